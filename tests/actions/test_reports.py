"""Reports worked out of a file, against the same figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from ltu_desktop.actions import claims, report_year, reports
from ltu_desktop.actions.reports import Options, build, export, file_name, years
from ltu_desktop.documents.report import Cell, Report, Role, Row, Table, plain
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.report_world import FULL, MONTHS, YEAR, YearWorld, amounts, cent, claimed_year, house, month_due, payroll_of

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


def cells(table: Table, row: Row) -> dict[str, object]:
    return {column.key: plain(cell) for column, cell in zip(table.columns, row.cells, strict=True)}


def rows(report: Report, table: str) -> dict[str, dict[str, object]]:
    found = report.table(table)
    return {row.key: cells(found, row) for row in found.rows}


def total(report: Report, table: str) -> dict[str, object]:
    found = report.table(table)
    return cells(found, found.totals[0])


def pairs(report: Report, table: str) -> dict[str, object]:
    found = report.table(table)
    return {row.key: plain(row.cells[1]) for row in (*found.rows, *found.totals)}


def fte(hours: Decimal, months: int = 1) -> Decimal:
    return (hours / (FULL * months)).quantize(Decimal("0.0001"), "ROUND_HALF_UP")


# ---------------------------------------------------------------- register


def test_the_register_of_a_day(plain_house: YearWorld) -> None:
    plain_house.person("F0005", name="Parti", start=date(2020, 2, 1), end=date(2025, 5, 31))
    report = build(plain_house.ctx, "register", Options.on(date(2025, 5, 31)))
    found = rows(report, "register")
    assert list(found) == ["F0001", "F0003", "F0002", "F0005"]  # by entry, then by name
    assert found["F0005"]["exit"] == date(2025, 5, 31)
    assert found["F0001"] == {
        "number": 1,
        "id": "F0001",
        "name": "DELANNOY Zoé",
        "birth": None,
        "sex": "",
        "status": "PPDE",
        "site": "",
        "job": "",
        "entry": date(2020, 1, 1),
        "exit": None,
        "nature": "CDI",
        "weekly": Decimal("24.00"),
        "fte": Decimal("0.6857"),
    }
    assert total(report, "register")["weekly"] == Decimal("99.00")
    assert total(report, "register")["fte"] == Decimal("2.8286")
    assert total(report, "register")["name"] == "4 personnes"
    assert (report.period_text, report.name) == ("31/05/2025", "registre-personnel-2025-05-31")
    assert report.subtitle == "Personnes employées le 31/05/2025"


def test_the_register_of_a_period_counts_entries_and_exits(plain_house: YearWorld) -> None:
    plain_house.person("F0005", name="Parti", start=date(2020, 2, 1), end=date(2025, 5, 31), nature="02")
    plain_house.contract("F0005", date(2025, 9, 1), weekly=None, nature="89")
    plain_house.update(t.person, plain_house.people["F0005"], sex="01", birth_date=date(1990, 2, 28))
    report = build(plain_house.ctx, "register", Options(year=2025), "en")
    found = rows(report, "register")
    assert list(found) == ["F0001", "F0003", "F0002", "F0005", "F0004", "F0005#2"]
    assert [found[key]["nature"] for key in ("F0005", "F0005#2")] == ["Fixed-term", "Code 89"]
    assert (found["F0005"]["sex"], found["F0005"]["birth"], found["F0005#2"]["fte"]) == ("M", date(1990, 2, 28), None)
    table = report.table("register")
    assert total(report, "register")["name"] == "5 people"
    assert total(report, "register")["weekly"] is None  # those who left and those who came do not add up
    assert "Over the period: 2 entries, 1 exit." in table.notes
    assert "1 contract without weekly hours: not counted in the total." in table.notes
    assert (report.period_text, report.name) == ("2025", "registre-personnel-2025")
    part = build(plain_house.ctx, "register", Options(start=date(2025, 1, 1), end=date(2025, 6, 30)))
    assert list(rows(part, "register")) == ["F0001", "F0003", "F0002", "F0005"]
    assert part.name == "registre-personnel-2025-01-01-2025-06-30"


def test_qualifications_have_a_column_when_somebody_has_one(plain_house: YearWorld) -> None:
    with plain_house.store.write("test") as tx:
        first = tx.connection.execute(t.contract_terms.select()).first()
        assert first is not None
        tx.update(t.contract_terms, first.id, {"category": "Niveau I 1850590000142 85", "job": "couture"})
    report = build(plain_house.ctx, "register", Options.on(date(2025, 5, 31)))
    assert rows(report, "register")["F0001"]["job"] == "couture"
    assert rows(report, "register")["F0001"]["category"] == "Niveau I [numéro masqué]"


def test_a_report_obeys_the_screens_filter_and_order(plain_house: YearWorld) -> None:
    day = date(2025, 12, 31)
    options = Options(start=day, end=day, shown=("F0004", "F0001", "gone"), said="Statut : PPDE")
    report = build(plain_house.ctx, "register", options)
    found = rows(report, "register")
    assert [(key, row["number"]) for key, row in found.items()] == [("F0004", 1), ("F0001", 2)]
    assert total(report, "register")["weekly"] == Decimal("44.00")
    assert report.table("register").notes[0] == "Liste filtrée\u00a0: 2 lignes sur 4."
    assert report.subtitle.endswith(" · Statut : PPDE")


def test_nobody_is_a_line_in_words(plain_house: YearWorld) -> None:
    table = build(plain_house.ctx, "register", Options.on(date(2001, 1, 1))).table("register")
    assert (table.rows, table.totals, table.empty) == ((), (), "Personne n’est employé à cette date.")


# ---------------------------------------------------------------- FTE


def test_fte_by_month_are_contracts_and_hours_over_full_time(plain_house: YearWorld) -> None:
    for number in (1, 2, 7):  # nothing was read for March to June
        payroll_of(plain_house, Month(YEAR, number))
    report = build(plain_house.ctx, "fte", Options(year=YEAR))
    found = rows(report, "fte")
    assert list(found) == [f"{YEAR}-{number:02d}" for number in range(1, 8)]
    january, march, july = (found[f"{YEAR}-{number:02d}"] for number in (1, 3, 7))
    assert january == {
        "month": "Janvier",
        "people:ppde": 2,
        "people:other": 1,
        "contract:ppde": Decimal("1.6857"),  # (24 + 35) ÷ 35
        "contract:other": Decimal("0.1429"),
        "contract:total": Decimal("1.8286"),
        "worked:ppde": fte(Decimal("255.67")),
        "worked:other": fte(Decimal("20.00")),
        "worked:total": fte(Decimal("275.67")),
        "worked:ratio": Decimal("0.0726"),
        "year:fte": fte(Decimal("275.67")),
        "year:ratio": Decimal("0.0726"),
        "year:funded": fte(Decimal("275.67")),
        "ceiling": Decimal("4.00"),
    }
    assert (march["contract:ppde"], march["worked:total"], march["year:fte"], march["ceiling"]) == (
        Decimal("1.6857"),
        None,
        None,
        None,
    )
    assert july["contract:ppde"] == Decimal("2.2571")
    whole = Decimal("275.67") * 2 + Decimal("362.34")
    assert july["year:fte"] == fte(whole, 3)
    average = total(report, "fte")
    assert average["month"] == "Moyenne de 3 mois"
    assert average["worked:total"] == fte(whole, 3)
    assert average["contract:ppde"] == ((Decimal("1.6857") * 2 + Decimal("2.2571")) / 3).quantize(Decimal("0.0001"))
    assert "dans la limite de 10\u00a0%" in report.table("fte").notes[-1]


def test_too_many_others_are_not_funded(plain_house: YearWorld) -> None:
    plain_house.payroll(MONTHS[0], {"F0001": "90.00", "F0003": "60.00"})
    report = build(plain_house.ctx, "fte", Options(year=YEAR), "en")
    assert total(report, "fte")["year:funded"] == fte(Decimal(105))
    assert report.table("fte").notes[-1] == ("10 % rule: the others are 40.00% on average, above the limit of 10%.")
    part = build(plain_house.ctx, "fte", Options(year=YEAR, shown=()))
    assert (part.table("fte").rows, part.table("fte").totals) == ((), ())


def test_a_year_without_payroll_is_a_line_in_words(plain_house: YearWorld) -> None:
    for kind in ("fte", "hours"):
        table = build(plain_house.ctx, kind, Options(year=1999)).table(kind)
        assert (table.rows, table.totals) == ((), ())
        assert table.empty == "Aucune paie n’est importée pour cette année."


# ---------------------------------------------------------------- hours


def test_hours_by_month_and_person(plain_house: YearWorld) -> None:
    plain_house.payroll(MONTHS[0], {"F0001": "104.00", "F0002": "151.67"})
    plain_house.payroll(MONTHS[1], {"F0001": "90.50"}, unpaid_hours=1350)
    report = build(plain_house.ctx, "hours", Options(year=YEAR))
    found = rows(report, "hours")
    assert list(found) == ["F0001/paid", "F0001/unpaid", "F0002/paid"]
    first, second, third = found.values()
    assert [first[key] for key in ("number", "name", "status", "kind")] == [1, "DELANNOY Zoé", "PPDE", "Payées"]
    assert (first["m01"], first["m02"], first["m03"], first["total"]) == (
        Decimal("104.00"),
        Decimal("90.50"),
        None,
        Decimal("194.50"),
    )
    assert (second["number"], second["kind"], second["m01"], second["m02"]) == (
        None,
        "Non\u00a0payées",
        None,
        Decimal("13.50"),
    )
    assert third["number"] == 2
    table = report.table("hours")
    paid, unpaid = (cells(table, row) for row in table.totals)
    assert (paid["name"], paid["m01"], paid["m02"], paid["m03"], paid["total"]) == (
        "Payées\u00a0: 2 personnes",
        Decimal("255.67"),
        Decimal("90.50"),
        None,
        Decimal("346.17"),
    )
    assert (unpaid["name"], unpaid["total"]) == ("Non\u00a0payées\u00a0: 1 personne", Decimal("13.50"))
    shown = build(plain_house.ctx, "hours", Options(year=YEAR, shown=("F0002/paid",))).table("hours")
    assert [row.key for row in shown.rows] == ["F0002/paid"]
    assert [cells(shown, row)["total"] for row in shown.totals] == [Decimal("151.67")]


# ---------------------------------------------------------------- the yearly statement


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
    assert (found["2025-03"]["state:paid"], found["2025-03"]["remark"]) == (first[0], "Corrigé en avr.")
    asked = sum(first) + sum(march) - sum(first)
    came = asked - 1000
    own = cent(came * first[0] / asked) + cent(came * (march[0] - first[0]) / asked)
    assert found["2025-04"]["state:paid"] == own
    assert found["2025-04"]["gap"] == sum(first) - came
    assert found["2025-04"]["remark"] == "Corr. comprise\u00a0: mars, reste à verser"
    # December is not paid, but January's claim took 4 h of it back
    taken = (december[0] - second[0], december[1] - second[1])
    assert (found["2025-12"]["state:paid"], found["2025-12"]["department:paid"]) == taken
    assert found["2025-12"]["remark"] == "Corrigé en janv., non versé"
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
    assert "corrige aussi des mois d’une autre année" in notes
    assert (report.draft, report.name) == (False, "releve-cde-2025-v1")
    assert report.warnings == ("Dotation d’amorçage par ETP provisoire",)
    assert [box.fields[0][1] for box in report.section("signatures").boxes] == ["Hélène Vasseur, présidente", "", ""]


def test_the_other_years_part_of_a_claim_is_left_to_the_other_year(world: YearWorld) -> None:
    report = build(world.ctx, "statement", Options(year=2026), "en")
    found = rows(report, "months")
    assert found["2026-01"]["remark"] == "With corr. of Dec"
    assert found["2026-01"]["gap"] == ZERO  # paid in full: what it took back belongs to December
    assert found["2026-02"]["remark"] == "No claim"
    assert found["2026-03"]["remark"] == ""
    assert found["2026-02"]["state:due"] is None
    assert report.draft
    assert report.name == "releve-cde-2026-v1"
    assert file_name(report, "pdf") == "releve-cde-2026-v1-projet.pdf"
    notes = "\n".join(report.section("notes").notes)
    assert "Months without a sealed claim: February, March" in notes
    assert "The year is not over" in notes
    assert "11 months without a claim" in report.warnings
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
    assert rows(report, "months")["2025-01"]["remark"] == "Non versé"
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
    assert row["remark"] == "Rectifiée, trop versé"
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
            2: "95,00\u00a0% puis 90,00\u00a0% au 01/02 provisoire",
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


# ---------------------------------------------------------------- questions and files


@pytest.mark.parametrize(
    ("kind", "options", "code"),
    [
        ("fte", Options(), "no_year"),
        ("hours", Options(year=26), "no_year"),
        ("register", Options(), "no_year"),
        ("register", Options(start=date(2025, 2, 1), end=date(2025, 1, 1)), "wrong_period"),
    ],
)
def test_a_question_that_cannot_be_answered(plain_house: YearWorld, kind: str, options: Options, code: str) -> None:
    with pytest.raises(UserError) as caught:
        build(plain_house.ctx, kind, options)
    assert caught.value.code == code


def test_an_unknown_report_is_a_bug(plain_house: YearWorld) -> None:
    with pytest.raises(ValueError, match="no such report"):
        build(plain_house.ctx, "horoscope", Options(year=2025))


def test_files_are_named_by_us_and_never_overwritten(plain_house: YearWorld, tmp_path: Path) -> None:
    before = len(plain_house.store.entries())
    report = build(plain_house.ctx, "register", Options.on(date(2025, 5, 31)))
    folder = tmp_path / "out"
    folder.mkdir()
    first = export(plain_house.ctx, report, "csv", folder)
    second = export(plain_house.ctx, report, "csv", folder)
    assert [first.path.name, second.path.name] == [
        "registre-personnel-2025-05-31.csv",
        "registre-personnel-2025-05-31-2.csv",
    ]
    assert first.sha256 == second.sha256
    own = export(plain_house.ctx, report, "csv", folder / "liste.csv")
    assert own.path.read_bytes() == first.path.read_bytes()
    assert len(plain_house.store.entries()) == before  # nothing is written into the employer's file


def test_years_are_those_of_payroll_and_claims(world: YearWorld) -> None:
    assert years(world.ctx) == [2026, 2025]
    assert reports.KINDS == ("register", "fte", "hours", "activities", "statement")
