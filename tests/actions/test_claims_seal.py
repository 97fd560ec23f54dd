"""Claims: prepared from the file, sealed once, corrected by differences only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims
from ltu_desktop.queries import claims as rows
from ltu_desktop.rules.dossier import canonical, fingerprint, read
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.rules.errors import Problem

SEPTEMBER, NOVEMBER = OCTOBER.plus(-1), OCTOBER.plus(1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "empty.ltu")
    yield made
    made.close()


def found(dossier: Dossier, code: str) -> Problem | None:
    return next((each for each in dossier.answer.problems if each.code == code), None)


def steps(dossier: Dossier) -> dict[str, str]:
    return {step.code: f"{step.lines}: {step.hours}" for step in dossier.bridge}


def due(world: World, month: Month) -> dict[str, Decimal]:
    with world.store.read() as connection:
        ledger = rows.ledger(connection, "fr-tzcld", month)
    names = {key: number for number, key in world.people.items()}
    return {names[key[0]] if key[0] else key[1]: each.total for key, each in ledger.items()}


def test_prepared_claim_says_who_how_much_and_where_from(world: World) -> None:
    dossier = claims.prepare(world.ctx, OCTOBER)
    assert [(each.id, each.name) for each in dossier.people] == [
        ("F0001", "Delannoy"),
        ("F0003", "Kowalczyk"),
        ("F0002", "Traoré"),
    ]
    assert dossier.answer.totals.total == Decimal("4447.08")
    assert steps(dossier) == {"payroll": "3: 330.67", "claim": "3: 330.67"}
    card = dossier.people[0]
    assert (card.source_file, card.source_line, card.payroll_hours) == ("dsn-2026-10.dsn", 100, Decimal("104.00"))
    assert (card.contract_hours, card.weekly_hours) == (Decimal("104.00"), Decimal("24.00"))
    assert (dossier.head.version, dossier.head.sealed_at, dossier.head.author) == (1, None, "Nadia Roussel")
    assert dossier.agreement.number == "2021-059-14"
    assert dossier.agreement.ceiling_fte == Decimal("36.00")
    assert [each.name for each in dossier.payroll_files] == ["dsn-2026-10.dsn"]
    assert claims.blockers(dossier) == ()
    assert claims.listing(world.ctx) == []  # nothing was written


def test_nothing_stands_in_an_empty_file_but_what_is_missing(empty: World) -> None:
    dossier = claims.prepare(empty.ctx, OCTOBER)
    assert {each.code for each in claims.blockers(dossier)} == {
        "employer_missing",
        "agreement_missing",
        "payroll_missing",
    }
    assert dossier.answer.totals.total == 0
    with pytest.raises(UserError, match="cannot be sealed: 3 points") as raised:
        claims.seal(empty.ctx, OCTOBER)
    assert raised.value.code == "blockers"
    assert claims.listing(empty.ctx) == []


def test_missing_agreement_blocks_with_what_the_claim_would_bring(world: World) -> None:
    with world.store.read() as connection:
        (agreement,) = connection.execute(t.agreement.select()).all()
    world.update(t.agreement, agreement.id, end_on=date(2026, 9, 30))
    dossier = claims.prepare(world.ctx, OCTOBER)
    problem = found(dossier, "agreement_missing")
    assert problem is not None
    assert (problem.severity, problem.target, problem.at_stake) == (
        Severity.BLOCKER,
        "agreement",
        Decimal("4447.08"),
    )
    assert dossier.answer.totals.total == Decimal("4447.08")  # with the default settings
    assert dossier.agreement.number == ""


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"siret": ""}, "siret_missing", Severity.BLOCKER),
        ({"siret": "99900011100017"}, "payroll_of_another_employer", Severity.WARNING),
        ({"contributions_valid_until": None}, "contributions_missing", Severity.WARNING),
        ({"contributions_valid_until": date(2026, 10, 30)}, "contributions_expired", Severity.WARNING),
    ],
)
def test_employer_is_checked(world: World, change: dict[str, object], code: str, severity: Severity) -> None:
    with world.store.read() as connection:
        (employer,) = connection.execute(t.employer.select()).all()
    world.update(t.employer, employer.id, **change)
    problem = found(claims.prepare(world.ctx, OCTOBER), code)
    assert problem is not None
    assert (problem.severity, problem.target) == (severity, "employer")


def test_person_without_status_is_not_claimed_and_says_what_she_would_bring(world: World) -> None:
    world.person("F0004", name="Ziani", status=None)
    world.payroll(OCTOBER, {"F0004": "151.67"}, "second.dsn")
    dossier = claims.prepare(world.ctx, OCTOBER)
    problem = found(dossier, "no_status")
    assert problem is not None
    assert (problem.severity, problem.target, problem.at_stake) == (Severity.BLOCKER, "F0004", Decimal("2039.77"))
    assert dossier.in_payroll_not_claimed == 1
    assert steps(dossier) == {"payroll": "4: 482.34", "unclaimed": "1: -151.67", "claim": "3: 330.67"}


def test_what_is_at_stake_is_counted_once(world: World) -> None:
    for number in ("F0004", "F0005"):
        world.person(number, status=None)
    world.payroll(OCTOBER, {"F0004": "151.67", "F0005": "104.00"}, "second.dsn")
    world.contract("F0004", date(2021, 1, 1))  # overlaps her first one: another blocker of the same person
    with pytest.raises(UserError) as raised:
        claims.seal(world.ctx, OCTOBER)
    assert raised.value.params["count"] == 3
    assert raised.value.params["amount"] == world.ctx.words.money(Decimal("2039.77") + Decimal("1398.66"))


def test_hours_that_no_row_explains_block(world: World) -> None:
    world.update(t.payroll_file, world.files["dsn-2026-10.dsn"], hours=34067)
    problem = found(claims.prepare(world.ctx, OCTOBER), "payroll_gap")
    assert problem is not None
    assert (problem.severity, problem.params) == (Severity.BLOCKER, {"hours": "10.00"})


def test_cap_back_pay_and_late_pay_are_steps_of_the_bridge(world: World) -> None:
    world.payroll(SEPTEMBER, {"F0001": "97.00", "F0002": "151.67"})
    world.payroll(NOVEMBER, [("F0001", OCTOBER, "-3.00")])
    world.payroll(OCTOBER, [("F0001", SEPTEMBER, "7.00"), ("F0002", OCTOBER, "6.50")], "part2.dsn")
    dossier = claims.prepare(world.ctx, OCTOBER)
    assert steps(dossier) == {
        "payroll": "3: 344.17",
        "back_pay": "1: -10.00",
        "cap": "1: -6.50",
        "claim": "3: 327.67",
    }
    card = dossier.people[0]
    assert (card.payroll_hours, card.back_pay_hours) == (Decimal("111.00"), Decimal("10.00"))
    assert [each.code for each in dossier.people[2].remarks] == ["cap"]


def test_settings_that_count_unpaid_or_calendar_hours_leave_no_gap(empty: World) -> None:
    empty.employer()
    empty.agreement(settings={"unpaid_absence": "count", "mid_month": "calendar", "sick_paid": "exclude"})
    empty.person("F1", start=date(2026, 10, 15))
    empty.person("F2")
    empty.payroll(OCTOBER, {"F1": "80.00", "F2": "120.00"})
    empty.absence("F2", OCTOBER, "unpaid_leave", "14.00")
    empty.absence("F2", OCTOBER, "sick_paid", "7.00")
    dossier = claims.prepare(empty.ctx, OCTOBER)
    assert {step.code for step in dossier.bridge} == {"payroll", "calendar", "class_c", "added", "claim"}
    assert found(dossier, "payroll_gap") is None


def test_an_hours_list_that_lost_rows_to_a_declaration_leaves_no_gap(world: World) -> None:
    world.person("F0009", name="Peña")
    listed = world.payroll(OCTOBER, {"F0009": "100.00"}, "heures.csv")
    world.update(t.payroll_file, listed, kind="hours", hours=25167)
    dossier = claims.prepare(world.ctx, OCTOBER)
    assert found(dossier, "payroll_gap") is None
    assert steps(dossier)["payroll"] == "4: 430.67"


def test_entries_exits_and_hours_are_shown_as_changes_and_remarks(world: World) -> None:
    world.person("F0010", name="Entrant", start=date(2026, 10, 12), weekly="24")
    world.person("F0011", name="Sortante", end=date(2026, 10, 16), weekly="20")
    world.person("F0012", name="Change", start=None)
    contract = world.contract("F0012", date(2024, 1, 1), None, "20")
    world.terms(contract, date(2026, 10, 1), "24")
    world.person("F0013", name="Relais", start=date(2025, 1, 1), end=date(2026, 10, 11), weekly="20")
    world.contract("F0013", date(2026, 10, 12), None, "20")  # another contract without a break: no change at all
    world.person("F0014", name="Sansmotif", end=date(2026, 10, 30))
    with world.store.read() as connection:
        last = connection.execute(t.contract.select().where(t.contract.c.person_id == world.people["F0014"])).one()
    world.update(t.contract, last.id, end_reason="")
    dossier = claims.prepare(world.ctx, OCTOBER)
    assert [
        (each.kind, each.person, each.day.day, each.before, each.after, each.reason) for each in dossier.changes
    ] == [
        ("hours", "F0012", 1, Decimal("20.00"), Decimal("24.00"), ""),
        ("entry", "F0010", 12, None, Decimal("24.00"), ""),
        ("exit", "F0014", 30, Decimal("35.00"), None, ""),
        ("exit", "F0011", 16, Decimal("20.00"), None, "059"),
    ]
    cards = {card.id: card for card in dossier.people}
    assert [remark.code for remark in cards["F0010"].remarks] == ["entry"]
    assert cards["F0012"].remarks[0].figures == {"before": Decimal("20.00"), "after": Decimal("24.00")}
    assert (cards["F0011"].entry, cards["F0011"].exit) == (date(2020, 1, 1), date(2026, 10, 16))
    problem = found(dossier, "exit_without_reason")
    assert problem is not None
    assert (problem.target, problem.params) == ("F0014", {"day": "2026-10-30"})


def test_an_employment_of_several_contracts_starts_with_the_first(world: World) -> None:
    world.person("F0020", start=date(2018, 1, 1), end=date(2019, 12, 31))
    world.contract("F0020", date(2021, 1, 1), date(2026, 9, 30))
    world.contract("F0020", date(2026, 10, 1))
    world.payroll(OCTOBER, {"F0020": "10.00"}, "more.dsn")
    cards = {card.id: card for card in claims.prepare(world.ctx, OCTOBER).people}
    assert (cards["F0020"].entry, cards["F0020"].exit) == (date(2021, 1, 1), None)


def test_a_person_in_payroll_without_a_contract_has_no_entry(world: World) -> None:
    world.person("F0030", start=None)
    world.payroll(OCTOBER, {"F0030": "10.00"}, "more.dsn")
    dossier = claims.prepare(world.ctx, OCTOBER)
    card = next(card for card in dossier.people if card.id == "F0030")
    assert (card.entry, card.exit, card.contract_hours) == (None, None, None)
    assert [each.code for each in claims.blockers(dossier)] == ["no_contract"]


def test_changed_facts_that_change_no_line_are_no_correction(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    world.payroll(NOVEMBER, {"F0001": "104.00"})
    with world.store.read() as connection:
        terms = connection.execute(t.contract_terms.select()).first()
    assert terms is not None
    world.update(t.contract_terms, terms.id, weekly_hours=2800)
    assert claims.prepare(world.ctx, NOVEMBER).corrections == ()


def test_a_month_that_is_not_over_is_told(world: World) -> None:
    world.clock.moment = datetime(2026, 10, 31, 9, tzinfo=UTC)
    assert found(claims.prepare(world.ctx, OCTOBER), "month_not_over") is not None
    world.clock.moment = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert found(claims.prepare(world.ctx, OCTOBER), "month_not_over") is None


def test_sealing_freezes_the_dossier_and_writes_its_lines(world: World) -> None:
    draft = claims.prepare(world.ctx, OCTOBER)
    sealed = claims.seal(world.ctx, OCTOBER)
    assert sealed.sha256 == fingerprint(sealed.data)
    assert read(sealed.data) == sealed.dossier
    assert canonical(sealed.dossier) == sealed.data
    assert sealed.dossier.answer == draft.answer
    assert sealed.dossier.head.sealed_at == world.clock.moment
    assert sealed.dossier.head.id == sealed.row.id.hex()
    assert claims.month_of(sealed.dossier) == OCTOBER
    assert (sealed.row.number, sealed.row.state, sealed.row.total, sealed.row.hours) == (
        1,
        "sealed",
        Decimal("4447.08"),
        Decimal("330.67"),
    )
    assert claims.sealed_claim(world.ctx, sealed.row.id) == sealed
    assert claims.listing(world.ctx) == [sealed.row]
    with world.store.read() as connection:
        written = rows.lines(connection, sealed.row.id)
    assert sum(line.amount for line in written) == Decimal("4447.08")
    assert sum(line.quantity for line in written) == Decimal("330.67")
    assert [line.staff_number for line in written] == ["F0001", "F0001", "F0003", "F0003", "F0002", "F0002"]  # by name
    assert {line.name for line in written} == {"DELANNOY Zoé", "TRAORÉ Zoé", "KOWALCZYK Zoé"}


def test_a_seal_is_final(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    (entry,) = world.store.entries(1)
    assert (entry.action, entry.final) == ("claims.seal", True)
    assert entry.params["month"] == OCTOBER
    assert entry.params["total"] == Decimal("4447.08")
    assert world.store.undoable() is None
    with pytest.raises(UserError):
        world.store.undo(entry.number)
    with pytest.raises(UserError, match="already sealed"):
        claims.seal(world.ctx, OCTOBER)
    assert len(claims.listing(world.ctx)) == 1


@pytest.mark.parametrize("settings", [{}, {"ten_percent": "running"}, {"rounding": "on_sum"}])
def test_adjustments_of_the_whole_claim_are_lines_too(empty: World, settings: dict[str, str]) -> None:
    empty.employer()
    empty.agreement("0.10", settings)
    for number, status in (("F1", "ppde"), ("F2", "other"), ("F3", "other")):
        empty.person(number, status=status)
    empty.payroll(SEPTEMBER, {"F1": "133.33", "F2": "101.11", "F3": "7.77"})
    claims.seal(empty.ctx, SEPTEMBER)
    empty.payroll(OCTOBER, [("F1", OCTOBER, "133.34"), ("F2", OCTOBER, "101.10"), ("F1", SEPTEMBER, "3.50")])
    sealed = claims.seal(empty.ctx, OCTOBER)
    assert {each.code for each in sealed.dossier.answer.lines if each.person is None} >= {"ceiling"}
    assert sum(due(empty, OCTOBER).values()) == sealed.dossier.answer.totals.total
    assert sum(due(empty, SEPTEMBER).values()) == claims.prepare(empty.ctx, SEPTEMBER).answer.totals.total
    assert claims.prepare(empty.ctx, SEPTEMBER).corrections == ()


def test_states_follow_their_order_and_can_be_undone(world: World) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id
    with pytest.raises(UserError, match="cannot be done now"):
        claims.mark_paid(world.ctx, key)
    assert claims.send(world.ctx, key).state == "sent"
    with pytest.raises(UserError, match="reason"):
        claims.return_(world.ctx, key, "  ")
    returned = claims.return_(world.ctx, key, "IBAN illisible")
    assert (returned.state, returned.reason) == ("returned", "IBAN illisible")
    world.store.undo()
    assert claims.find(world.ctx, OCTOBER).state == "sent"
    assert claims.mark_paid(world.ctx, key).state == "paid"
    with pytest.raises(UserError):
        claims.send(world.ctx, key)
    with pytest.raises(UserError, match="no such claim"):
        claims.send(world.ctx, b"\0" * 16)


def test_a_correction_holds_only_differences(world: World) -> None:
    first = claims.seal(world.ctx, OCTOBER)
    with pytest.raises(UserError, match="nothing has changed"):
        claims.correct(world.ctx, OCTOBER, "rien")
    with pytest.raises(UserError, match="needs a reason"):
        claims.correct(world.ctx, OCTOBER, " ")
    with pytest.raises(UserError, match="nothing to correct"):
        claims.correct(world.ctx, NOVEMBER, "trop tôt")
    for month, why in ((OCTOBER, "nothing has changed"), (NOVEMBER, "nothing to correct")):
        with pytest.raises(UserError, match=why):
            claims.correction(world.ctx, month)  # what the window asks before it asks anybody
    world.payroll(NOVEMBER, [("F0001", OCTOBER, "-7.00")])
    assert claims.correction(world.ctx, OCTOBER).total == Decimal("-94.13")
    second = claims.correct(world.ctx, OCTOBER, "bulletin rectifié")
    assert (second.row.number, second.row.total, second.row.hours) == (2, Decimal("-94.13"), Decimal("-7.00"))
    assert second.row.corrects_id == first.row.id
    head = second.dossier.head
    assert (head.version, head.corrects, head.reason) == (2, first.sha256, "bulletin rectifié")
    assert head.corrects_total == {"state": Decimal("3867.03"), "department": Decimal("580.05")}
    (correction,) = second.dossier.corrections
    assert correction.reason == "dsn-2026-11.dsn"
    assert (correction.person, correction.hours_before, correction.hours_after) == (
        "F0001",
        Decimal("104.00"),
        Decimal("97.00"),
    )
    assert second.dossier.answer.totals.total == Decimal("4447.08") - Decimal("94.13")
    assert sum(due(world, OCTOBER).values()) == second.dossier.answer.totals.total
    third = claims.prepare(world.ctx, OCTOBER)
    assert (third.head.version, third.corrections) == (3, ())
    assert claims.find(world.ctx, OCTOBER, 1) == first.row
    with pytest.raises(UserError):
        claims.find(world.ctx, OCTOBER, 3)


def test_a_person_who_disappears_is_taken_back_whole(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    other = world.payroll(OCTOBER, {"F0001": "104.00", "F0002": "151.67"}, "replaces.dsn")
    world.update(t.payroll_file, world.files["dsn-2026-10.dsn"], replaced_by_id=other)
    second = claims.correct(world.ctx, OCTOBER, "payée par erreur")
    (correction,) = second.dossier.corrections
    assert (correction.person, correction.hours_after) == ("F0003", Decimal(0))
    assert sum(correction.parts_after.values()) == 0
    assert due(world, OCTOBER)["F0003"] == 0


def test_next_claim_includes_what_changed_in_earlier_ones_once(world: World) -> None:
    first = claims.seal(world.ctx, OCTOBER)
    hours = [("F0001", NOVEMBER, "104.00"), ("F0002", NOVEMBER, "151.67"), ("F0001", OCTOBER, "-7.00")]
    world.payroll(NOVEMBER, hours)
    world.clock.moment = datetime(2026, 12, 10, tzinfo=UTC)
    second = claims.seal(world.ctx, NOVEMBER)
    (correction,) = second.dossier.corrections
    assert (correction.period, correction.version, correction.sha256) == ("2026-10", 1, first.sha256)
    assert (correction.person, correction.reason) == ("F0001", "dsn-2026-11.dsn")
    assert second.row.total == second.dossier.answer.totals.total - Decimal("94.13")
    assert second.row.hours == Decimal("255.67")
    problem = found(second.dossier, "corrections_included")
    assert problem is not None
    assert problem.at_stake == Decimal("-94.13")
    assert Words("en").problem(problem)[0] == "1 correction of an earlier month is included: October 2026"
    card = next(card for card in second.dossier.people if card.id == "F0001")
    assert card.remarks[-1].days == {"month": date(2026, 10, 1)}
    # it is covered: neither a corrective version nor the next claim asks for it again
    assert sum(due(world, OCTOBER).values()) == Decimal("4447.08") - Decimal("94.13")
    with pytest.raises(UserError, match="nothing has changed"):
        claims.correct(world.ctx, OCTOBER, "encore")
    world.payroll(Month(2026, 12), {"F0001": "104.00"})
    assert claims.prepare(world.ctx, Month(2026, 12)).corrections == ()


def test_an_earlier_month_whose_payroll_is_gone_is_told_and_left_alone(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    world.payroll(NOVEMBER, {"F0001": "104.00"})
    with world.store.read() as connection:
        for row in connection.execute(t.pay_month.select().where(t.pay_month.c.month == "2026-10")).all():
            world.delete(t.pay_month, row.id)
    world.delete(t.payroll_file, world.files["dsn-2026-10.dsn"])
    dossier = claims.prepare(world.ctx, NOVEMBER)
    assert dossier.corrections == ()
    problem = found(dossier, "earlier_payroll_gone")
    assert problem is not None
    assert problem.params == {"month": "2026-10"}


def test_months_with_payroll_and_without_claim_are_told(world: World) -> None:
    world.payroll(Month(2021, 5), {"F0001": "100.00"})  # before the agreement
    world.payroll(Month(2026, 8), {"F0001": "100.00"})
    world.payroll(SEPTEMBER, {"F0001": "100.00"})
    problem = found(claims.prepare(world.ctx, OCTOBER), "months_not_claimed")
    assert problem is not None
    assert problem.params == {"count": "2", "month": "2026-08"}


def test_missing_payroll_is_said_once_and_puts_the_last_claim_at_stake(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    dossier = claims.prepare(world.ctx, NOVEMBER)
    problem = found(dossier, "payroll_missing")
    assert problem is not None
    assert problem.at_stake == Decimal("4447.08")
    assert found(dossier, "no_payroll") is None
    world.update(t.person, world.people["F0003"], status="ppde")
    world.payroll(NOVEMBER, [("F0003", OCTOBER, "-3.00"), ("F0001", OCTOBER, "1.00")], "rappels.dsn")
    second = claims.correct(world.ctx, OCTOBER, "rappels")
    assert [each.person for each in second.dossier.corrections] == ["F0001", "F0003"]


def test_missing_payroll_puts_the_month_s_claim_at_stake_not_its_correction(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    world.payroll(OCTOBER, {"F0001": "1.00"}, "rappels.dsn")
    claims.correct(world.ctx, OCTOBER, "rappels")
    problem = found(claims.prepare(world.ctx, NOVEMBER), "payroll_missing")
    assert problem is not None
    assert problem.at_stake == Decimal("4447.08")


def test_payroll_of_nobody_claimable_blocks(empty: World) -> None:
    empty.employer()
    empty.agreement()
    empty.person("F1", status=None)
    empty.payroll(OCTOBER, {"F1": "10.00"})
    assert found(claims.prepare(empty.ctx, OCTOBER), "nothing_to_claim") is not None


def test_agreement_without_ceiling_is_told(empty: World) -> None:
    empty.employer()
    empty.insert(t.agreement, scheme="fr-tzcld", number="1", start_on=date(2021, 1, 1))
    assert found(claims.prepare(empty.ctx, OCTOBER), "ceiling_missing") is not None


def test_papers_of_employer_and_agreement_are_listed_and_no_others(world: World) -> None:
    with world.store.read() as connection:
        agreement = connection.execute(t.agreement.select()).one()
        employer = connection.execute(t.employer.select()).one()
    for subject, key, name in (
        ("agreement", agreement.id, "avenant-6.pdf"),
        ("employer", employer.id, "urssaf.pdf"),
        ("person", world.people["F0001"], "rqth.pdf"),
    ):
        world.insert(t.attachment, subject=subject, subject_id=key, name=name, blob_sha256="ab" * 32)
    assert [each.name for each in claims.prepare(world.ctx, OCTOBER).attachments] == ["avenant-6.pdf", "urssaf.pdf"]


def test_nothing_personal_goes_into_a_sealed_dossier(world: World) -> None:
    world.update(t.person, world.people["F0001"], nir="2030199549097", birth_date=date(2003, 1, 3), phone="0601020304")
    data = claims.seal(world.ctx, OCTOBER).data.decode()
    assert "2030199549097" not in data
    assert "2003-01-03" not in data
    assert "0601020304" not in data
