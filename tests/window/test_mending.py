"""Every problem of a claim, and every deadline, leads to the very field that mends it: the keyboard is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop.actions.targets import Target, target_of, target_of_deadline
from ltu_desktop.queries.home import Deadline
from ltu_desktop.rules.eligibility import RESIDENT
from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.window import mending
from ltu_desktop.window.form import value_of
from ltu_desktop.words.codes import PROBLEMS
from tests.claim_world import OCTOBER, World
from tests.window.conftest import opened_copy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk, Make

ENDED = date(2026, 10, 18)
TERMS: dict[str, dict[str, Any]] = {"0007": {"public_aid": "41"}, "0008": {"nature": "02"}}
PEOPLE = {
    "no_status": ("0001", "status"),
    "decision_missing": ("0002", "recognised_on"),
    "eligibility_doubtful": ("0003", f"point {RESIDENT}"),
    "contracts_overlap": ("0004", "contract_end of 2024-01-01"),
    "contract_ends_before_start": ("0005", "contract_end of 2025-05-01"),  # the file itself refuses it: the latest
    "no_contract": ("0006", "contract_start of a new one"),
    "cumulation": ("0007", "public_aid of 2025-07-01"),
    "not_open_ended": ("0008", "nature of 2025-08-01"),
    "pay_below_minimum": ("0009", "hourly_pay"),
    "exit_without_reason": ("0010", "end_reason of 2023-01-01"),
}
SETTINGS = {
    "employer_missing": "employer.name",
    "siret_missing": "employer.siret",
    "siret_doubtful": "employer.siret",
    "contributions_missing": "employer.contributions_valid_until",
    "contributions_expired": "employer.contributions_valid_until",
    "agreement_missing": "agreement.number",
    "ceiling_missing": "terms.ceiling_fte",
    "ceiling_used_up": "terms.ceiling_fte",
    "ceiling_pace": "terms.ceiling_fte",
    "open_setting": "terms.sick_paid",
    "provisional": "value of state_rate",
}
PAYROLL = (
    *("payroll_missing", "payroll_gap", "payroll_of_another_employer", "negative_hours", "unusable_hours"),
    *("no_payroll", "nothing_to_claim", "earlier_payroll_gone", "year_incomplete", "year_without_months"),
)
CLAIM = (
    *("hours_high", "others_over_limit", "others_over_limit_this_month", "ceiling_this_month", "aid_over_cost"),
    *("month_not_over", "corrections_included"),
)
DUE = {
    "contract_end": "planned_end_on of 2025-11-01",
    "disability": "disability_until",
    "medical_check": "medical_check_due",
    "support": "Button",
    "certificate": "employer.contributions_valid_until",
    "agreement_end": "agreement.end_on",
    "provisional": "value of state_rate",
    "no_value": "start of smic_hourly",
}
PARAMS = {"provisional": {"parameter": "state_rate"}, "open_setting": {"setting": "sick_paid"}}


@pytest.fixture(scope="session")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which each person has what one of the problems is about."""
    world = World(tmp_path_factory.mktemp("faults") / "fautes.ltu")
    world.employer()
    world.agreement()
    for at in range(1, 13):
        number = f"{at:04d}"
        status = None if number == "0001" else "ppde"
        start = None if number in {"0004", "0006", "0010"} else date(2025, at, 1)
        world.person(number, status=status, start=start, **TERMS.get(number, {}))
        if number not in {"0001", "0002"}:
            world.update(t.person, world.people[number], recognised_on=date(2020, 1, 6))
    world.insert(t.eligibility, person_id=world.people["0003"], criterion=RESIDENT, since=date(2025, 2, 20))
    world.contract("0004", date(2024, 1, 1))
    world.contract("0004", date(2026, 6, 1))
    world.contract("0010", date(2023, 1, 1), ENDED, end_reason="")
    world.payroll(OCTOBER, {f"{at:04d}": "151.67" for at in range(1, 11)})
    world.close()
    return world.path


@pytest.fixture
def office(make_window: Make, faults: Path, tmp_path: Path) -> Desk:
    return opened_copy(make_window(), faults, tmp_path)


def follow(office: Desk, target: Target) -> QWidget:
    mending.follow(office.frame.desk, target)
    office.rest()
    QTest.qWait(1)
    office.rest()
    found = QApplication.focusWidget()
    assert found is not None
    assert found.isVisible()
    return found


def place(office: Desk, found: QWidget) -> str:
    """Say where the focus is, in the words of the tables above."""
    page: Any = office.frame.page
    if page.code == "settings":
        section = page.section(page.current)
        named = [name for name, field in section.fields.items() if field.widget is found]
        if named:
            return str(named[0])
        fields = section.values.fields
        name = next(name for name, each in fields.items() if each.widget is found)
        return f"{name} of {value_of(fields['parameter'])}"
    assert page.code == "people"
    essentials, identity = page.panel.essentials, page.panel.identity
    form = essentials.contracts.form
    for name, field in form.fields.items():
        if field.widget is found:
            meant = form.meant
            return f"{name} of {meant.start if meant is not None else 'a new one'}" if name != "hourly_pay" else name
    fields = {"status": essentials.status, "recognised_on": essentials.day, **identity.fields, **identity.health}
    fields |= {f"point {code}": field for code, field in essentials.points.fields.items()}
    return next((name for name, each in fields.items() if each.widget is found), type(found).__name__)


def test_every_problem_of_a_claim_is_tried_here() -> None:
    of_claims = {code for code in PROBLEMS if not code.startswith(("cell_", "paste_", "plan_"))}
    further = {"hours_differ", "hours_differ_many", "decisions_missing", "months_not_claimed"}
    assert of_claims == {*PEOPLE, *SETTINGS, *PAYROLL, *CLAIM, *further}


def test_what_a_person_lacks_is_in_the_hand(office: Desk) -> None:
    found = {}
    for code, (number, _) in PEOPLE.items():
        widget = follow(office, target_of(Problem(code, Severity.BLOCKER, number), "2026-10"))
        page: Any = office.frame.page
        found[code] = (page.panel.person.staff_number, place(office, widget))
    assert found == PEOPLE


def test_what_the_settings_lack_is_in_the_hand(office: Desk) -> None:
    problems = {code: Problem(code, Severity.BLOCKER, "", PARAMS.get(code, {})) for code in SETTINGS}
    found = {code: place(office, follow(office, target_of(each, "2026-10"))) for code, each in problems.items()}
    assert found == SETTINGS


def test_a_missing_payroll_leads_to_the_choice_of_its_file(office: Desk) -> None:
    page: Any = office.frame.pages["import"]
    for code in PAYROLL:
        office.go("home")
        found = follow(office, target_of(Problem(code, Severity.BLOCKER, "payroll"), "2026-10"))
        assert (office.frame.page, page.purpose, found) == (page, "payroll", page.choose_button), code


def test_what_cannot_be_entered_leads_to_the_claim(office: Desk) -> None:
    for code in CLAIM:
        office.go("home")
        follow(office, target_of(Problem(code, Severity.WARNING, ""), "2026-10"))
        assert office.frame.page is office.frame.pages["claim"], code


def test_an_earlier_month_without_a_claim_is_shown(office: Desk) -> None:
    follow(office, target_of(Problem("months_not_claimed", Severity.WARNING, "", {"month": "2026-08"}), "2026-10"))
    assert office.frame.page is office.frame.pages["claim"]
    assert office.frame.desk.month == Month(2026, 8)


def test_many_decisions_that_are_missing_begin_with_the_first(office: Desk) -> None:
    found = follow(office, target_of(Problem("decisions_missing", Severity.WARNING, ""), "2026-10"))
    page: Any = office.frame.page
    assert place(office, found) == "recognised_on"
    assert page.panel.person.values["recognised_on"] is None
    assert all(each.missing for each in page.list.model.rows()), "the others are those that lack something too"


@pytest.mark.parametrize(("code", "number"), [("hours_differ", "0009"), ("hours_differ_many", "")])
def test_hours_that_differ_lead_to_the_match(paid_attendance_desk: Desk, code: str, number: str) -> None:
    office = paid_attendance_desk
    page: Any = office.go("attendance")
    wanted = page.hours.rows[3].staff_number if number else ""
    found = follow(office, target_of(Problem(code, Severity.WARNING, wanted), "2026-10"))
    table: Any = page.tabs.match.table
    assert not number or table.current_row().match.person == wanted
    assert found is table
    mending.follow(office.frame.desk, Target("attendance", page.hours.rows[2].staff_number))
    office.rest()
    assert QApplication.focusWidget() is page.grid, "whose days are meant is shown in the grid again"


def test_what_falls_due_is_in_the_hand(office: Desk) -> None:
    found = {}
    for kind in DUE:
        code = "state_rate" if kind == "provisional" else "smic_hourly"
        deadline = Deadline(kind, date(2026, 12, 1), 9, staff_number="0011", code=code)
        found[kind] = place(office, follow(office, target_of_deadline(deadline)))
    assert found == DUE


def test_a_file_that_is_only_read_opens_no_form(office: Desk) -> None:
    office.frame.desk.store.read_only = True  # type: ignore[union-attr]
    follow(office, target_of(Problem("exit_without_reason", Severity.WARNING, "0010"), "2026-10"))
    page: Any = office.frame.page
    assert page.panel.person.staff_number == "0010"
    assert page.panel.essentials.contracts.form.isHidden()
