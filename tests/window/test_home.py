"""Home: it says what now, leads to the very field, and its drawings lie where the numbers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ltu_desktop.actions.home import HomeStep, StepState
from ltu_desktop.actions.targets import Target
from ltu_desktop.queries.home import Deadline, MonthBar
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.home_cards import deadline_text, step_text
from ltu_desktop.window.home_drawings import gauge_parts, lay_bars
from ltu_desktop.window.home_page import HomePage
from ltu_desktop.window.pieces import Clickable
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from tests.window.conftest import Desk

D = Decimal


def home(month: Desk) -> HomePage:
    page = month.go("home")
    assert isinstance(page, HomePage)
    return page


def test_a_file_opens_on_what_to_do_now(month: Desk) -> None:
    assert next(iter(month.frame.pages)) == "home"
    page = home(month)
    assert page.now.text() == "Corriger les 2 points bloquants"
    assert page.next.text() == "Corriger"
    assert page.next.hasFocus()


def test_the_next_step_leads_to_the_person_that_blocks_most(month: Desk) -> None:
    page = home(month)
    assert page.home is not None
    first = page.home.points[0].target
    QTest.keyClick(page.next, Qt.Key.Key_Space)
    month.rest()
    assert month.frame.page is month.frame.pages["people"]
    assert month.frame.page.panel.isVisible()  # type: ignore[attr-defined]
    assert first.page == "people"


def test_each_point_has_its_button_and_names_it(month: Desk) -> None:
    page = home(month)
    assert page.home is not None
    names = [button.accessibleName() for button in page.buttons]
    assert names[0].startswith("Corriger: ")
    assert [name.startswith("Corriger") for name in names[:2]] == [True, True]
    assert not any(name.startswith("Corriger") for name in names[2:])
    QTest.mouseClick(page.buttons[1], Qt.MouseButton.LeftButton)
    month.rest()
    assert month.frame.page is month.frame.pages["people"]


def way_of(page: HomePage, spoken: str) -> Clickable:
    return next(way for way in page.findChildren(Clickable) if way.accessibleName().startswith(spoken))


@pytest.mark.parametrize(
    ("spoken", "code"),
    [
        ("Liste du personnel · ", "people"),
        ("Paie · ", "import"),
        ("Contrôles · ", "people"),
        ("Demande · ", "claim"),
        ("Paiement · ", "payments"),
        ("31/01/2027 · ", "settings"),
    ],
)
def test_each_step_and_each_deadline_leads_to_its_place(month: Desk, spoken: str, code: str) -> None:
    way = way_of(home(month), spoken)
    assert way.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    month.rest()
    assert month.frame.page is month.frame.pages[code]
    QTest.keyClick(way_of(home(month), spoken), Qt.Key.Key_Return)
    month.rest()
    assert month.frame.page is month.frame.pages[code]


def test_the_attendance_tells_who_differs_from_the_payroll() -> None:
    step = HomeStep("attendance", StepState.DONE, Target("attendance"))
    assert step_text(Words("fr"), step) == "le mois est clôturé"
    assert step_text(Words("fr"), replace(step, differ=1)) == "le mois est clôturé · 1\u00a0écart avec la paie"
    left = replace(step, state=StepState.OPEN, count=3, differ=12)
    assert step_text(Words("fr"), left) == "3 points à compléter · 12\u00a0écarts avec la paie"
    assert step_text(Words("fr"), replace(left, count=0, differ=0)) == "complet\u00a0: le mois peut être clos"


def test_a_month_without_anything_asks_for_payroll(month: Desk) -> None:
    home(month)
    month.frame.desk.set_month(Month(2026, 11))
    month.rest()
    page = home(month)
    assert page.next.text() == "Importer la paie"
    page.next.click()
    month.rest()
    assert month.frame.page is month.frame.pages["import"]


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [
        ("50", "100", (45, 90)),
        ("100", "100", (86, 86)),
        ("0", "100", (0, 90)),
        ("200", "100", (95, 48)),
        ("0", "0", (0, 0)),
    ],
)
def test_a_gauge_keeps_value_and_limit_on_the_track(value: str, limit: str, expected: tuple[int, int]) -> None:
    assert gauge_parts(D(value), D(limit), 100) == pytest.approx(expected, abs=5)
    assert max(gauge_parts(D(value), D(limit), 100)) <= 100


def test_bars_stack_what_is_paid_late_and_expected() -> None:
    months = [
        MonthBar(Month(2026, 8), D(100), D(60), D(40), D(40), "sent"),
        MonthBar(Month(2026, 9), D(200), D(0), D(200), D(0), "sent"),
        MonthBar(Month(2026, 10), D(0), D(0), D(0), D(0), ""),
    ]
    august, september, october = lay_bars(months, D(150), 300, 100, 32)
    assert (august.paid, august.late, august.expected) == (30, 20, 0)
    assert (september.paid, september.late, september.expected) == (0, 0, 100)
    assert (october.expected, october.waiting) == (75, True)
    assert [bar.left for bar in (august, september, october)] == [34, 134, 234]
    assert lay_bars([], D(0), 300, 100, 32) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "kind",
    [
        "certificate",
        "agreement_end",
        "contract_end",
        "disability",
        "medical_check",
        "support",
        "no_value",
        "provisional",
    ],
)
def test_each_deadline_is_said(language: str, kind: str) -> None:
    code = "state_rate" if kind in {"no_value", "provisional"} else "2021-059"
    told = deadline_text(Words(language), Deadline(kind, date(2026, 12, 1), 20, name="BÂ Anne", code=code))
    assert told
    assert "_" not in told
    if kind in {"contract_end", "disability", "medical_check", "support"}:
        assert "BÂ Anne" in told
