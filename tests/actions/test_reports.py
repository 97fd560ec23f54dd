"""Reports worked out of a file, against the same figures worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ltu_desktop.actions import reports
from ltu_desktop.actions.reports import Options, build, export, years
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.report_hands import cells, fte, rows, total
from tests.report_world import MONTHS, YEAR, YearWorld, claimed_year, house, payroll_of


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
    assert report.subtitle == "Personnes employées le\u00a031/05/2025"


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
        "",
        "",
        Decimal("4.00"),  # in force though nothing was worked
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
    assert report.table("fte").notes[-1] == ("10% rule: the others are 40.00% on average, above the limit of 10%.")
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
        "",
        Decimal("194.50"),
    )
    assert (second["number"], second["kind"], second["m01"], second["m02"]) == (
        None,
        "Non\u00a0payées",
        "",
        Decimal("13.50"),
    )
    assert third["number"] == 2
    table = report.table("hours")
    paid, unpaid = (cells(table, row) for row in table.totals)
    assert (paid["name"], paid["m01"], paid["m02"], paid["m03"], paid["total"]) == (
        "Payées\u00a0: 2 personnes",
        Decimal("255.67"),
        Decimal("90.50"),
        "",
        Decimal("346.17"),
    )
    assert (unpaid["name"], unpaid["total"]) == ("Non\u00a0payées\u00a0: 1 personne", Decimal("13.50"))
    shown = build(plain_house.ctx, "hours", Options(year=YEAR, shown=("F0002/paid",))).table("hours")
    assert [row.key for row in shown.rows] == ["F0002/paid"]
    assert [cells(shown, row)["total"] for row in shown.totals] == [Decimal("151.67")]


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
