"""LibreOffice calculates our workbooks anew, without the results we stored, and finds the sealed cents.

All files go through one start of the program. Its profile is private and lies in the test's folder.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.workbook import claim_workbook
from ltu_desktop.documents.workbook_live import Mode, live
from ltu_desktop.rules.dossier import Dossier
from ltu_desktop.rules.facts import Facts, PersonFact, PersonMonth
from ltu_desktop.rules.money import to_cent
from ltu_desktop.words import Words
from tests.documents import sample_claims
from tests.documents.test_workbook import at_sites, hostile, three_parts, two_rates

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice, the outside oracle, is not installed")
WORDS = Words("fr")


def half_cents(count: int = 150) -> Dossier:
    """A claim of which every State part falls on half a cent before rounding: 95 % of an amount that ends so."""
    hours = Decimal("20.00")
    found: list[Decimal] = []
    while len(found) < count:
        base = to_cent(Decimal("12.31") * hours)
        if (base * 95 * 100) % 100 == 50:
            found.append(hours)
        hours += Decimal("0.01")
    given = sample_claims.dossier(count)
    facts = given.facts
    people = tuple(
        replace(person, months={"2026-10": PersonMonth(paid)}) for person, paid in zip(facts.people, found, strict=True)
    )
    changed = replace(facts, people=people)
    answer = sample_claims.answer(changed)
    cards = {card.id: card for card in given.people}
    paid = dict(zip((person.id for person in people), found, strict=True))
    ready = tuple(replace(card, payroll_hours=paid[card.id]) for card in cards.values())
    return replace(given, facts=changed, answer=answer, people=ready)


def small(hours: tuple[str, ...]) -> Facts:
    """Facts of a few people of both statuses, for claims with strange hours."""
    given = sample_claims.facts(len(hours))
    people: list[PersonFact] = []
    for person, paid in zip(given.people, hours, strict=True):
        people.append(replace(person, months={"2026-10": PersonMonth(Decimal(paid))}))
    return replace(given, people=tuple(people))


def paid_back(given: Dossier) -> Dossier:
    """A claim whose payroll takes 14 hours of an earlier month back from one person, and 2 that nobody can explain."""
    changed = {
        "F0102": {"payroll_hours": Decimal("137.67"), "back_pay_hours": Decimal("-14.00")},
        "F0130": {"payroll_hours": Decimal("128.00")},
    }
    cards = tuple(replace(card, **changed.get(card.id, {})) for card in given.people)
    return replace(given, people=cards)


CLAIMS: dict[str, Dossier] = {}


def claims() -> dict[str, Dossier]:
    """The claims that are calculated anew, made once."""
    if not CLAIMS:
        CLAIMS["initial"] = sample_claims.dossier()
        CLAIMS["large"] = sample_claims.dossier(150)
        CLAIMS["halves"] = half_cents()
        CLAIMS["corrective"] = sample_claims.dossier(version=2)
        CLAIMS["on_sum"] = sample_claims.dossier(settings={"rounding": "on_sum"})
        CLAIMS["adjusted"] = sample_claims.dossier(settings={"ten_percent": "running"})
        CLAIMS["columns"] = two_rates(sample_claims.dossier(corrections=()))
        CLAIMS["hostile"] = hostile()
        settings = {"unpaid_absence": "count", "mid_month": "calendar"}
        CLAIMS["by_setting"] = paid_back(sample_claims.dossier(settings=settings, corrections=()))
        CLAIMS["three_parts"] = three_parts(sample_claims.dossier(corrections=()))
        CLAIMS["many_sites"] = at_sites(sample_claims.dossier(60), [f"S{number}" for number in range(25)] + [""])
        CLAIMS["odd_sites"] = at_sites(sample_claims.dossier(40), ["", "A*", "A?", "<B", '"C"', "1", "A/ppde", "D/x"])
        CLAIMS["same_sites"] = at_sites(sample_claims.dossier(40), ["mo", "MO", "01", "1"])
        CLAIMS["nobody"] = sample_claims.dossier(0, corrections=())
        odd = small(("0.01", "151.67", "0.00", "220.00", "33.33"))
        cards = tuple(card for card in sample_claims.dossier(5).people)
        paid = {person.id: person.months["2026-10"].paid_hours for person in odd.people}
        ready = tuple(replace(card, payroll_hours=paid[card.id]) for card in cards)
        base = sample_claims.dossier(5, corrections=())
        CLAIMS["odd"] = replace(base, facts=odd, answer=sample_claims.answer(odd), people=ready)
    return CLAIMS


@cache
def workbook(name: str) -> bytes:
    """The workbook of a claim, made once."""
    given = claims()[name]
    return claim_workbook(given, WORDS, sha256=sample_claims.seal(given))


def stripped(content: bytes) -> bytes:
    """The workbook without any stored result of a formula."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            archive.writestr(name, part)
    return target.getvalue()


def tampered(content: bytes) -> bytes:
    """The workbook after somebody took an hour off the first person and kept the seal."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                part, count = re.subn(rb'(<c r="I5" s="\d+"><v>)151.67(</v>)', rb"\g<1>150.67\2", part)
                assert count == 1
            archive.writestr(name, part)
    return target.getvalue()


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each claim's workbook after LibreOffice calculated it, by name; `tampered` is the initial one, changed."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "in").mkdir()
    for name in claims():
        content = workbook(name)
        (folder / "in" / f"{name}.xlsx").write_bytes(stripped(content))
        if name == "initial":
            (folder / "in" / "tampered.xlsx").write_bytes(stripped(tampered(content)))
    profile = (folder / "profile").as_uri()
    command = [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    command += [str(path) for path in sorted((folder / "in").iterdir())]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    made = {path.stem: path for path in Path(folder / "out").glob("*.xlsx")}
    assert len(made) == len(claims()) + 1, run.stderr
    return {name: load_workbook(path, data_only=True) for name, path in made.items()}


def figure(value: Any) -> Decimal:
    assert isinstance(value, int | float), value
    return Decimal(repr(value))


def columns_of(sheet: Any) -> dict[str, int]:
    """Where the amounts of a list stand, from the right: total, parts, hours."""
    heads = [str(cell.value or "").split("\n")[0] for cell in sheet[4]]
    return {head: index for index, head in enumerate(heads, 1)}


NAMES = tuple(claims()) if OFFICE else ()


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_and_total_is_the_sealed_one(calculated: dict[str, Any], name: str) -> None:
    given = claims()[name]
    view = View(given)
    sheet = calculated[name]["Liste"]
    at = columns_of(sheet)
    last = at[WORDS.term("list", "Total")]
    amounts = range(last - len(view.parts), last + 1)
    for row, entry in enumerate(view.entries, 5):
        line = entry.line
        assert [figure(sheet.cell(row, column).value) for column in amounts] == [*line.parts.values(), line.total]
        assert figure(sheet.cell(row, at[WORDS.term("list", "Fund.")]).value) == line.quantity
        assert figure(sheet.cell(row, at[WORDS.term("list", "FTE")]).value) == line.fte
    totals = given.answer.totals
    assert [figure(sheet.cell(2, column).value) for column in amounts] == [*totals.parts.values(), totals.total]
    people = view.sums(view.entries)
    assert [figure(sheet.cell(3, column).value) for column in amounts] == [*people.parts.values(), people.total]
    assert figure(sheet.cell(2, at[WORDS.term("list", "FTE")]).value) == view.everything.fte


@pytest.mark.parametrize("name", NAMES)
def test_the_check_finds_no_gap_and_the_first_sheet_says_so(calculated: dict[str, Any], name: str) -> None:
    book = calculated[name]
    check = book["Contrôle"]
    count = len(claims()[name].answer.totals.parts) + 1
    area = check.iter_rows(min_row=2, min_col=3 + 2 * count, max_col=2 + 3 * count)
    gaps = [cell.value for row in area for cell in row if row[0].row != 3]
    assert len(gaps) >= 6
    assert set(gaps) == {0}
    assert verdict(book) == WORDS.text("Agrees with the sealed claim")
    stored = load_workbook(io.BytesIO(workbook(name)), data_only=True)
    for sheet in ("Demande", "Totaux", "Rapprochement", "Changements"):
        for row in stored[sheet]:
            for cell in row:
                if isinstance(cell.value, int | float):
                    found = book[sheet][cell.coordinate].value
                    assert figure(found) == figure(cell.value), f"{sheet} {cell.coordinate}"


def verdict(book: Any) -> str:
    sheet = book["Demande"]
    label = WORDS.term("workbook", "Check of the amounts")
    return str(next(row[1].value for row in sheet if row[0].value == label))


def test_each_way_of_writing_is_among_the_claims() -> None:
    modes = {live(View(given)).mode for given in claims().values()}
    assert modes == {Mode.NAMES, Mode.COLUMNS, Mode.VALUES}
    exact = [step.exact for line in half_cents().answer.lines for step in line.steps if step.code == "state"]
    assert len(exact) == 150
    assert all(
        value is not None and str(value).rstrip("0").endswith("5") and (value * 1000) % 10 == 5 for value in exact
    )


def test_an_hour_taken_off_shows_at_once(calculated: dict[str, Any]) -> None:
    book = calculated["tampered"]
    assert verdict(book) == WORDS.text("Gap: do not send")
    check = book["Contrôle"]
    assert figure(check["I4"].value) == Decimal("-11.7")
    assert figure(check["I2"].value) == Decimal("-11.7")


def test_each_hour_between_payroll_and_claim_has_its_column(calculated: dict[str, Any]) -> None:
    sheet = calculated["by_setting"]["Rapprochement"]
    heads = [str(cell.value or "").split("\n")[0] for cell in sheet[3]]
    assert heads[3:11] == ["Paie", "Rappels", "Classe C", "Plafond", "Réglage", "Attendu", "Demande", "Écart"]
    rows = {row[1].value: [figure(cell.value) for cell in row[3:11]] for row in sheet.iter_rows(4, 23)}
    assert [str(value) for value in rows["F0102"]] == ["137.67", "14", "0", "0", "0", "151.67", "151.67", "0"]
    assert [str(value) for value in rows["F0130"]] == ["128", "0", "0", "0", "0", "128", "130", "2"]
    assert rows["F0121"][4:] == [Decimal(21), Decimal("151.67"), Decimal("151.67"), 0]
    assert rows["F0144"][4] != 0  # entered on the 12th: hours by the calendar
    assert rows["F0144"][7] == 0


def test_texts_that_look_like_formulas_are_still_texts(calculated: dict[str, Any]) -> None:
    given = claims()["hostile"]
    sheet = calculated["hostile"]["Liste"]
    for row, card in enumerate(given.people, 5):
        cell = sheet.cell(row, 3)
        assert cell.data_type == "s"
        if card.name.startswith(("=", "+", "-", "@")):
            assert str(cell.value).startswith(card.name[:1])
