"""The year's statement worked out of a file: claimed, paid, due, against the same figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from ltu_desktop.actions import claims, report_year, reports
from ltu_desktop.actions.reports import Options, build, export, file_name, years
from ltu_desktop.documents.report import Cell, Role
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.report_hands import fte, pairs, rows, total
from tests.report_world import FULL, MONTHS, YEAR, YearWorld, amounts, cent, claimed_year, house, month_due

ZERO = Decimal(0)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[YearWorld]:
    made = claimed_year(tmp_path / "fabrique.ltu")
    yield made
    made.close()


@pytest.fixture
def plain_house(tmp_path: Path) -> Iterator[YearWorld]:
    made = house(tmp_path / "fabrique.ltu")
    yield made
    made.close()


def test_the_statement_is_what_was_claimed_and_what_came(world: YearWorld) -> None:
    report = build(world.ctx, "statement", Options(year=YEAR))
    found = rows(report, "months")
    first = month_due(Decimal(104), FULL, Decimal(20))
    second = month_due(Decimal(104), FULL, Decimal(20), Decimal("86.67"))
    march = month_due(Decimal(111), FULL, Decimal(20))
    december = month_due(Decimal(104), Decimal("147.67"), Decimal(20), Decimal("86.67"))
    due = [first, first, march, first, first, first, second, second, second, second, second, december]
    state, department = (sum(pair[place] for pair in due) for place in (0, 1))
    for month, pair in zip(MONTHS, due, strict=True):
        row = found[str(month)]
        assert (row["state:due"], row["department:due"]) == pair, month
        assert row["reference"] == Decimal("11.88")
        assert row["gap"] == row["state:gap"] + row["department:gap"]  # type: ignore[operator]
    # January to the cent; April's claim holds March's correction, and 1 000 € less came than it asks for
    assert (found["2025-01"]["state:paid"], found["2025-01"]["gap"]) == (first[0], ZERO)
    assert (found["2025-03"]["state:paid"], found["2025-03"]["remark"]) == (first[0], "Rectifiée en avr.")
    asked = sum(first) + sum(march) - sum(first)
    came = asked - 1000
    own = cent(came * first[0] / asked) + cent(came * (march[0] - first[0]) / asked)
    assert found["2025-04"]["state:paid"] == own
    assert found["2025-04"]["gap"] == sum(first) - came
    assert found["2025-04"]["remark"] == "Reste à verser, rectifie mars"
    # December is not paid, but January's claim took 4 h of it back
    taken = (december[0] - second[0], december[1] - second[1])
    assert (found["2025-12"]["state:paid"], found["2025-12"]["department:paid"]) == taken
    assert found["2025-12"]["remark"] == "Demande non versée, rectifiée en janv."
    rule = found["others_limit"]
    assert (rule["state:due"], rule["gap"], rule["remark"]) == (ZERO, ZERO, "Respectée, voir C")
    year = total(report, "months")
    hours = Decimal("275.67") * 5 + Decimal("282.67") + Decimal("362.34") * 5 + Decimal("358.34")
    assert (year["state:due"], year["department:due"], year["hours"]) == (state, department, hours)
    assert year["fte"] == fte(hours, 12)
    paid = sum(first) * 3 + came + sum(first) * 2 + sum(second) * 5 + sum(taken)
    balance = pairs(report, "balance")
    assert (balance["due"], balance["paid"], balance["rest"]) == (
        state + department,
        paid,
        state + department - paid,
    )
    for column in ("state:due", "state:paid", "department:paid", "gap"):
        values = [row[column] or ZERO for row in found.values()]
        assert sum(values) == year[column]  # type: ignore[arg-type]


def test_the_statement_names_its_parameters_grant_and_pieces(world: YearWorld) -> None:
    report = build(world.ctx, "statement", Options(year=YEAR))
    assert pairs(report, "grant") == {
        "before": Decimal("1.6857"),  # (24 + 35) ÷ 35
        "after": Decimal("2.2571"),
        "growth": Decimal("0.5714"),
        "unit": "6\u202f361,00\u00a0€ provisoire",
        "amount": cent(Decimal("0.5714") * 6361),
    }
    assert pairs(report, "ceiling") == {
        "ceiling": Decimal("4.00"),
        "average": Decimal("2.1049"),
        "state_rate": "95,00\u00a0%",
        "department_share": "15,00\u00a0%",
        "smic_hourly": "11,88",
    }
    others = pairs(report, "others")
    assert (others["other"], others["adjustment"]) == (fte(Decimal(240), 12), "0,00\u00a0€")
    claimed = total(report, "claims")
    assert claimed["own"] == pairs(report, "balance")["due"]
    assert list(rows(report, "claims").values())[-1]["month"] == "Janvier 2026"
    assert [row["claim"] for row in rows(report, "payments").values()] == [
        f"{month} 2025, version 1" for month in ("janvier", "février", "mars", "avril")
    ]
    notes = "\n".join(report.section("notes").notes)
    assert "8 demandes sont notées payées" in notes
    assert "1 versement reçu en 2025 n’est pas entièrement rapproché\u00a0: reste 12,34\u00a0€." in notes
    assert "rectifie aussi des mois d’une autre année" in notes
    assert (report.draft, report.name) == (False, "releve-cde-2025-v1")
    assert report.warnings == ("Dotation d’amorçage par ETP provisoire",)
    assert [box.fields[0][1] for box in report.section("signatures").boxes] == ["Hélène Vasseur, présidente", "", ""]


def test_the_other_years_part_of_a_claim_is_left_to_the_other_year(world: YearWorld) -> None:
    report = build(world.ctx, "statement", Options(year=2026), "en")
    found = rows(report, "months")
    assert found["2026-01"]["remark"] == "Corrects Dec"
    assert found["2026-01"]["gap"] == ZERO  # paid in full: what it took back belongs to December
    assert found["2026-02"]["remark"] == "No claim"
    assert found["2026-03"]["remark"] == ""
    assert found["2026-02"]["state:due"] is None
    assert report.draft
    assert report.name == "releve-cde-2026-v1"
    assert file_name(report, "pdf") == "releve-cde-2026-v1-projet.pdf"
    notes = "\n".join(report.section("notes").notes)
    assert "Months without a sealed claim: February." in notes, "March is not over"
    assert "The year is not over" in notes
    assert "1 month without a claim" in report.warnings
    value = pairs(report, "ceiling")["smic_hourly"]
    assert value == "12.02"  # of the months claimed


def test_the_ten_percent_rule_takes_off_what_the_year_has_too_much(plain_house: YearWorld) -> None:
    for month in MONTHS[:2]:
        plain_house.payroll(month, {"F0001": "90.00", "F0003": "60.00"})
        plain_house.at(2025, month.number + 1, 12)
        claims.seal(plain_house.ctx, month)
    plain_house.at(2026, 1, 20)
    report = build(plain_house.ctx, "statement", Options(year=YEAR))
    state, department = (2 * value for value in month_due(Decimal(90), Decimal(60)))
    off = [cent(value * 90 / 300) for value in (state, department)]  # 2 × (60 − 10 % of 150)
    rule = rows(report, "months")["others_limit"]
    assert [rule["state:due"], rule["department:due"]] == [-each for each in off]
    assert rule["remark"] == "Dépassée, voir C"
    assert pairs(report, "balance")["rest"] == state + department - sum(off)
    assert rows(report, "months")["2025-01"]["remark"] == "Non versée"
    assert report.draft  # ten months have no claim
    assert "Mois sans demande scellée\u00a0: mars, avril" in "\n".join(report.section("notes").notes)


def test_ceiling_and_running_rule_are_taken_off_once(tmp_path: Path) -> None:
    world = house(tmp_path / "b.ltu")
    agreement = world.insert(
        t.agreement, scheme="fr-tzcld", number="B", start_on=date(2025, 1, 1), end_on=date(2025, 2, 28)
    )
    world.terms_of(agreement, date(2025, 1, 1), "0.1", ten_percent="running")
    for month in MONTHS[:2]:
        world.payroll(month, {"F0001": "90.00", "F0003": "60.00"})
        claims.seal(world.ctx, month)
    world.at(2026, 1, 20)
    report = build(world.ctx, "statement", Options(year=YEAR))
    claimed = sum((row.total for row in claims.listing(world.ctx)), ZERO)
    assert pairs(report, "balance")["due"] == claimed
    assert total(report, "months")["hours"] == cent(Decimal("0.1") * 12 * FULL)
    assert rows(report, "months")["others_limit"]["gap"] == ZERO
    world.close()


def test_corrective_versions_and_money_taken_back(plain_house: YearWorld) -> None:
    plain_house.payroll(MONTHS[0], {"F0001": "104.00"})
    claims.seal(plain_house.ctx, MONTHS[0])
    plain_house.payroll(MONTHS[1], [("F0001", MONTHS[0], "-10.00")], name="moins.dsn")
    claims.correct(plain_house.ctx, MONTHS[0], "trop payé")
    asked = sum(amounts(Decimal(104)), ZERO)
    plain_house.payment(date(2025, 3, 1), asked, {plain_house.claim_of(MONTHS[0]): asked})
    report = build(plain_house.ctx, "statement", Options(year=YEAR))
    row = rows(report, "months")["2025-01"]
    assert row["state:due"] == amounts(Decimal(94))[0]
    assert row["remark"] == "Trop versé, rectifiée"
    found = report.table("balance").totals[0]
    assert found.cells[0] == "L’employeur doit"
    assert isinstance(found.cells[1], Cell)
    assert found.cells[1].value == asked - sum(amounts(Decimal(94)))
    assert found.role is Role.GRAND
    assert [row["version"] for row in rows(report, "claims").values()] == [1, 2]


def test_two_rates_in_a_year_are_told_with_their_day(tmp_path: Path) -> None:
    world = house(tmp_path / "c.ltu")
    for month, rate in ((1, "0.95"), (2, "0.90"), (3, "0.85")):
        if month > 1:
            world.insert(
                t.parameter_override,
                scheme="fr-tzcld",
                parameter="state_rate",
                start_on=date(2025, month, 1),
                value=rate,
                source="arrêté",
                provisional=int(month == 2),
            )
        world.payroll(Month(YEAR, month), {"F0001": "104.00"})
        claims.seal(world.ctx, Month(YEAR, month))
        report = build(world.ctx, "statement", Options(year=YEAR))
        said = pairs(report, "ceiling")["state_rate"]
        expected = {
            1: "95,00\u00a0%",
            2: "95,00\u00a0% puis 90,00\u00a0% au\u00a001/02 provisoire",
            3: "95,00\u00a0% → 90,00\u00a0% → 85,00\u00a0% provisoire",
        }[month]
        assert said == expected
    english = build(world.ctx, "statement", Options(year=YEAR), "en")
    assert "State’s rate provisional" in english.warnings
    world.close()


def test_an_empty_file_and_old_years_still_make_a_statement(tmp_path: Path) -> None:
    world = YearWorld(tmp_path / "empty.ltu")
    report = build(world.ctx, "statement", Options(year=2019))
    assert report.owner == ""
    assert pairs(report, "balance")["rest"] == ZERO
    assert report.table("balance").totals[0].cells[0] == "Rien à régler"
    assert [section.key for section in report.sections if section.number] == ["balance", "ceiling", "others"]
    assert report.table("claims").empty == "Aucune demande n’est scellée pour cette année."
    assert list(pairs(report, "ceiling")) == ["average"]
    assert rows(report, "months")["2019-05"]["remark"] == "Sans demande"
    assert years(world.ctx) == []
    for kind in reports.FORMATS:
        assert export(world.ctx, report, kind, tmp_path).path.stat().st_size > 500
    world.close()


def test_a_year_before_the_scheme_knows_any_value(plain_house: YearWorld) -> None:
    report = build(plain_house.ctx, "statement", Options(year=2012))
    assert [section.key for section in report.sections if section.number] == ["balance", "ceiling"]
    assert rows(report, "months")["others_limit"]["remark"] == ""
    assert not any("10\u00a0%" in note for note in report.section("notes").notes)


def test_a_value_taken_away_later_does_not_stop_the_statement(plain_house: YearWorld) -> None:
    month = Month(2027, 1)
    rate = plain_house.insert(
        t.parameter_override,
        scheme="fr-tzcld",
        parameter="state_rate",
        start_on=month.first,
        value="0.80",
        source="arrêté",
    )
    plain_house.payroll(month, {"F0001": "104.00"})
    plain_house.at(2027, 2, 12)
    total_claimed = claims.seal(plain_house.ctx, month).row.total
    plain_house.delete(t.parameter_override, rate)
    report = build(plain_house.ctx, "statement", Options(year=2027))
    assert pairs(report, "balance")["due"] == total_claimed
    assert "state_rate" not in pairs(report, "ceiling")


def test_a_scheme_without_yearly_grant_has_no_block_for_it(
    plain_house: YearWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load("fr-tzcld")
    monthly = tuple(each for each in pack.scheme.component if each.period == "month")
    monkeypatch.setattr(
        report_year,
        "load_pack",
        lambda _: msgspec.structs.replace(pack, scheme=msgspec.structs.replace(pack.scheme, component=monthly)),
    )
    report = build(plain_house.ctx, "statement", Options(year=YEAR))
    assert [section.key for section in report.sections if section.number] == ["balance", "ceiling", "others"]


def test_hours_unknown_at_a_year_end_are_told(plain_house: YearWorld) -> None:
    plain_house.person("F0007", name="Nouveau", start=date(2025, 3, 1), weekly=None)
    report = build(plain_house.ctx, "statement", Options(year=YEAR))
    assert "1 contrat sans durée hebdomadaire\u00a0: non compté dans ces ETP." in report.section("notes").notes
    assert pairs(report, "grant")["after"] == Decimal("2.2571")
