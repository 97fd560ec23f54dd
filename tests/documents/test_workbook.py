"""The claim's workbook, read back cell by cell and compared with the dossier it was drawn from."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from ltu_desktop.documents import claim_report
from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.report import plain
from ltu_desktop.documents.workbook import claim_workbook
from ltu_desktop.documents.workbook_live import Mode, live
from ltu_desktop.rules.answer import Used
from ltu_desktop.rules.dossier import AgreementCard, ClaimHead, Dossier, EmployerCard, seal_code
from ltu_desktop.rules.money import to_cent
from ltu_desktop.words import Words
from tests.documents import sample_claims

WORDS = Words("fr")
FRENCH = ["Demande", "Liste", "Totaux", "Rapprochement", "Changements", "Paramètres", "Contrôle"]
ENGLISH = ["Claim", "List", "Totals", "Reconciliation", "Changes", "Parameters", "Check"]
KINDS: dict[str, dict[str, Any]] = {
    "initial": {},
    "corrective": {"version": 2},
    "on the sum": {"settings": {"rounding": "on_sum"}},
    "with an adjustment": {"settings": {"ten_percent": "running"}},
    "nobody": {"count": 0, "corrections": ()},
    "draft": {"sealed": False},
}


def make(given: Dossier, language: str = "fr") -> bytes:
    sealed = given.head.sealed_at is not None
    return claim_workbook(given, Words(language), sha256=sample_claims.seal(given) if sealed else None)


def shown(content: bytes) -> Any:
    """The workbook as a program sees it that does not calculate."""
    return load_workbook(io.BytesIO(content), data_only=True)


def formulas(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def figure(value: Any) -> Decimal:
    assert isinstance(value, int | float), value
    return Decimal(repr(value))


def row_of(sheet: Any, text: str) -> int:
    """The first row with a cell that begins with a text."""
    found = (cell.row for row in sheet for cell in row if isinstance(cell.value, str) and cell.value.startswith(text))
    return int(next(found))


@pytest.mark.parametrize(("language", "titles"), [("fr", FRENCH), ("en", ENGLISH)])
@pytest.mark.parametrize("kind", KINDS)
def test_seven_sheets_in_order(kind: str, language: str, titles: list[str]) -> None:
    assert shown(make(sample_claims.dossier(**KINDS[kind]), language)).sheetnames == titles


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_dossier_gives_the_same_bytes(kind: str) -> None:
    given = sample_claims.dossier(**KINDS[kind])
    assert make(given) == make(given)


@pytest.mark.parametrize("kind", ["initial", "on the sum", "with an adjustment", "draft"])
def test_the_list_holds_each_line_of_the_dossier(kind: str) -> None:
    given = sample_claims.dossier(**KINDS[kind])
    sheet = shown(make(given))["Liste"]
    lines = {line.person: line for line in given.answer.lines}
    for index, card in enumerate(given.people):
        cells = [cell.value for cell in sheet[5 + index]]
        line = lines[card.id]
        assert cells[:2] == [index + 1, card.id]
        assert cells[2] == f"{card.name.upper()} {card.first_names}"
        assert [cell.date() if isinstance(cell, datetime) else cell for cell in cells[5:7]] == [card.entry, card.exit]
        hours = [card.contract_hours, line.paid_hours, line.hours_a, line.hours_b, line.hours_c, line.quantity]
        assert [figure(cell) for cell in cells[7:13]] == hours
        assert figure(cells[13]) == line.fte
        assert [figure(cell) for cell in cells[15:18]] == [line.parts["state"], line.parts["department"], line.total]
        assert figure(cells[14]) == to_cent(Decimal("12.31") * line.quantity)
    totals = given.answer.totals
    assert [figure(sheet.cell(2, column).value) for column in (16, 17, 18)] == [*totals.parts.values(), totals.total]
    assert figure(sheet.cell(2, 13).value) == sum(line.quantity for line in given.answer.lines)


def test_amounts_are_live_formulas_with_their_results_beside_them() -> None:
    content = make(sample_claims.dossier())
    sheet = formulas(content)["Liste"]
    assert [sheet[f"{letter}5"].value for letter in "MNOPQR"] == [
        "=ROUND(MIN(I5-L5,PLAFOND_H),2)",
        "=ROUND(M5/H_MOIS,4)",
        "=ROUND(SMIC*M5,2)",
        "=ROUND(O5*TAUX,2)",
        "=ROUND(P5*PART,2)",
        "=ROUND(P5+Q5,2)",
    ]
    assert sheet["P2"].value == "=ROUND(SUM(P5:P24),2)"
    assert sheet["P3"].value == "=ROUND(SUBTOTAL(109,P5:P24),2)"
    assert sheet["N2"].value == "=ROUND(M2/H_MOIS,4)"
    for part in xml_of_sheets(content):
        for cell in re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>(?:(?!</c>).)*</c>", part):
            assert re.search(r"<v>[^<]+</v>", cell), f"a formula without its result: {cell}"


def xml_of_sheets(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]


def test_names_point_at_the_parameters() -> None:
    book = shown(make(sample_claims.dossier()))
    values = {}
    for name, defined in book.defined_names.items():
        sheet, cell = next(iter(defined.destinations))
        values[name] = figure(book[sheet][cell].value)
    assert values == {
        "SMIC": Decimal("12.31"),
        "TAUX": Decimal("0.95"),
        "PART": Decimal("0.15"),
        "H_MOIS": Decimal("151.67"),
        "PLAFOND_H": Decimal("151.67"),
        "PLAFOND_ETP": Decimal(36),
        "LIMITE_AUTRES": Decimal("0.1"),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_no_macro_no_link_no_volatile_no_array(kind: str) -> None:
    content = make(sample_claims.dossier(**KINDS[kind]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]
    texts = "".join(re.findall(r"<f[^>]*>[^<]*</f>", "".join(xml_of_sheets(content))))
    assert not re.search(r"\b(NOW|TODAY|RAND\w*|OFFSET|INDIRECT|CELL|INFO|SUMPRODUCT)\(|t=\"array\"|\[", texts)


def test_nothing_lies_in_a_temporary_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert make(sample_claims.dossier(3))


def test_openpyxl_waits_until_a_workbook_is_made() -> None:
    program = (
        "import sys, ltu_desktop.documents.workbook, ltu_desktop.documents.tables; print('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True).stdout.strip() == b"False"


def test_without_a_cap_per_person_the_amounts_are_values() -> None:
    given = sample_claims.dossier(3)
    settings = tuple(each for each in given.answer.settings if each.code != "cap_hours")
    changed = replace(given, answer=replace(given.answer, settings=settings))
    assert live(View(changed)).mode is Mode.VALUES
    assert "PLAFOND_H" not in formulas(make(changed)).defined_names


def test_the_list_is_set_up_for_screen_and_paper() -> None:
    sheet = formulas(make(sample_claims.dossier()))["Liste"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("D5", "A4:S24", "$4:$4")
    widths = [dimension.width - 0.71 for dimension in sheet.column_dimensions.values()]  # without Excel’s own margin
    assert sum(widths) <= 165
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.sheet_view.showGridLines
    assert not sheet.protection.sheet
    formats = {sheet[cell].number_format for cell in ("P5", "R5")}
    assert formats == {"#,##0.00"}
    assert sheet["J5"].number_format == '#,##0.00;\\-#,##0.00;"–"'
    assert (sheet["F5"].number_format, sheet["N5"].number_format, sheet["B5"].number_format) == (
        "dd/mm/yyyy",
        "0.00",
        "@",
    )


def test_every_sheet_prints_one_page_wide_with_its_print_below() -> None:
    given = sample_claims.dossier()
    book = formulas(make(given))
    landscapes = {"Liste", "Rapprochement", "Changements", "Paramètres"}
    frozen = {"Liste": "D5", "Rapprochement": "D4", "Contrôle": "B4"}
    for sheet in book:
        assert sheet.page_setup.orientation == ("landscape" if sheet.title in landscapes else "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes == frozen.get(sheet.title)
        assert re.search(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", sheet.oddFooter.left.text)
        assert "Page &P/&N" in sheet.oddFooter.right.text
        assert "&A" in sheet.oddHeader.right.text


def test_the_seal_is_a_property_and_a_draft_has_none() -> None:
    given = sample_claims.dossier()
    sha256 = sample_claims.seal(given)
    book = formulas(make(given))
    assert book.custom_doc_props["LTU-seal"].value == seal_code("2026-10", 1, sha256)
    assert book.properties.created == book.properties.modified == given.head.sealed_at.replace(tzinfo=None)  # type: ignore[union-attr]
    draft = formulas(make(sample_claims.dossier(sealed=False)))
    assert len(draft.custom_doc_props) == 0
    mark = WORDS.term("paper", "DRAFT")
    assert mark in draft["Demande"]["A3"].value
    for sheet in draft:
        assert mark in sheet.oddHeader.center.text


def test_the_first_sheet_says_who_and_how_much() -> None:
    given = sample_claims.dossier()
    sheet = shown(make(given))["Demande"]
    assert sheet.cell(row_of(sheet, "SIRET"), 2).value == "123\u00a0456\u00a0782\u00a000010"
    total = row_of(sheet, WORDS.text("Total claimed"))
    expected = [given.answer.totals.parts["state"] - Decimal("81.87"), given.answer.totals.parts["department"]]
    expected[1] -= Decimal("12.29")
    assert [figure(sheet.cell(total, column).value) for column in (2, 3, 4)] == [*expected, sum(expected)]
    assert sheet.cell(row_of(sheet, "Contrôle des montants"), 2).value == "Conforme au dossier scellé"


def test_a_corrective_version_claims_its_differences() -> None:
    book = shown(make(sample_claims.dossier(version=2)))
    sheet = book["Demande"]
    row = row_of(sheet, WORDS.text("Difference to be taken back by the Fund"))
    rows = [[figure(sheet.cell(row + step, column).value) for column in (2, 3, 4)] for step in (-1, 0, 1)]
    assert [[str(value) for value in values] for values in rows] == [
        ["62366.07", "9354.88", "71720.95"],
        ["-60.81", "-9.11", "-69.92"],
        ["62305.26", "9345.77", "71651.03"],
    ]
    changes = book["Changements"]
    first = row_of(changes, "F0110")
    assert [figure(changes.cell(first, column).value) for column in (6, 9, 12, 13)] == [
        Decimal(-7),
        Decimal("-81.86"),
        Decimal("-12.27"),
        Decimal("-94.13"),
    ]
    assert formulas(make(sample_claims.dossier(version=2)))["Changements"][f"I{first}"].value.startswith("=ROUND(H")


def test_totals_by_site_and_status_are_those_of_the_report() -> None:
    given = sample_claims.dossier(50)
    content = make(given)
    table = claim_report.build(given, WORDS).table("totals")
    sheet, live_sheet = shown(content)["Totaux"], formulas(content)["Totaux"]
    for index, row in enumerate((*table.rows, *table.totals), 3):
        assert sheet.cell(index, 1).value == row.cells[0]
        assert [figure(cell.value) for cell in sheet[index][1:7]] == [
            Decimal(str(plain(cell))) for cell in row.cells[1:]
        ]
    texts = [live_sheet.cell(3, column).value for column in (2, 3, 4, 5)]
    assert texts[0] == "=COUNTIFS('Liste'!$E$5:$E$54,\"=MO\",'Liste'!$D$5:$D$54,\"=PPDE\")"
    assert texts[1].startswith("=ROUND(SUMIFS('Liste'!$M$5:$M$54,")
    assert texts[2] == "=ROUND(C3/H_MOIS,4)"


def test_reconciliation_holds_every_person_and_explains_the_gaps() -> None:
    given = sample_claims.dossier()
    sheet = shown(make(given))["Rapprochement"]
    lines = {line.person: line for line in given.answer.lines}
    for index, card in enumerate(given.people):
        cells = [cell.value for cell in sheet[4 + index]]
        line = lines[card.id]
        zero = Decimal(0)
        expected = [card.payroll_hours, zero, -line.hours_c, -line.over_cap, line.quantity, line.quantity, zero]
        assert [figure(cell) for cell in cells[3:10]] == expected
        assert bool(cells[10]) == bool(line.hours_c or line.over_cap)


def test_settings_that_a_formula_cannot_follow_write_values_and_say_so() -> None:
    given = sample_claims.dossier(settings={"rounding": "on_sum"})
    assert live(View(given)).mode is Mode.VALUES
    book = formulas(make(given))
    assert all(not str(book["Liste"].cell(5, column).value).startswith("=") for column in range(1, 19))
    assert row_of(book["Liste"], "Les montants de cette liste sont des valeurs")
    assert book["Liste"]["P2"].value.startswith("=ROUND(SUM(")


def test_values_that_differ_from_line_to_line_stand_in_columns() -> None:
    given = two_rates(sample_claims.dossier(corrections=()))
    found = live(View(given))
    assert found.mode is Mode.COLUMNS
    book = formulas(make(given))
    sheet = book["Liste"]
    heads = [cell.value.split("\n")[0] for cell in sheet[4]]
    assert heads[14:18] == ["SMIC", "Taux", "Part", "Base"]
    assert [sheet[f"{letter}5"].value for letter in "RST"] == ["=ROUND(O5*M5,2)", "=ROUND(R5*P5,2)", "=ROUND(S5*Q5,2)"]
    assert {sheet.cell(row, 16).value for row in range(5, 25)} == {0.95, 1.02}
    assert "TAUX" not in book.defined_names


def two_rates(given: Dossier) -> Dossier:
    """A claim of which every second line has another State rate."""
    lines = []
    for index, line in enumerate(given.answer.lines):
        rate = Decimal("1.02") if index % 2 else Decimal("0.95")
        state = to_cent(to_cent(Decimal("12.31") * line.quantity) * rate)
        parts = {"state": state, "department": to_cent(state * Decimal("0.15"))}
        lines.append(replace(line, parts=parts, total=sum(parts.values(), Decimal("0.00"))))
    sums = {part: sum((line.parts[part] for line in lines), Decimal("0.00")) for part in ("state", "department")}
    totals = replace(given.answer.totals, parts=sums, total=sum(sums.values(), Decimal("0.00")))
    other = Used("state_rate", Decimal("1.02"), "ratio", date(2021, 7, 1), "arrêté")
    used = (*given.answer.parameters, other)
    return replace(given, answer=replace(given.answer, lines=tuple(lines), totals=totals, parameters=used))


def three_parts(given: Dossier) -> Dossier:
    """A claim on a territory with two Departments: the second pays one euro a line."""
    euro = Decimal("1.00")
    lines = tuple(
        replace(line, parts={**line.parts, "department:62": euro}, total=line.total + euro)
        for line in given.answer.lines
    )
    totals = given.answer.totals
    parts = {**totals.parts, "department:62": euro * len(lines)}
    totals = replace(totals, parts=parts, total=totals.total + euro * len(lines))
    return replace(given, answer=replace(given.answer, lines=lines, totals=totals))


def at_sites(given: Dossier, codes: list[str]) -> Dossier:
    """A claim whose people are spread over some sites, which have no names."""
    cards = tuple(replace(card, site=codes[index % len(codes)]) for index, card in enumerate(given.people))
    return replace(given, people=cards, sites=())


def test_a_scheme_with_other_parts_has_its_columns_and_values() -> None:
    given = three_parts(sample_claims.dossier(corrections=()))
    book = shown(make(given))
    line = next(line for line in given.answer.lines if line.person == given.people[0].id)
    assert [figure(cell.value) for cell in book["Liste"][5][15:19]] == [*line.parts.values(), line.total]
    total = row_of(book["Demande"], WORDS.text("Total claimed"))
    amounts = [figure(book["Demande"].cell(total, column).value) for column in (2, 3, 4, 5)]
    assert amounts == [*given.answer.totals.parts.values(), given.answer.totals.total]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_claim_with_hardly_anything_known_is_still_a_workbook(language: str) -> None:
    given = sample_claims.dossier(3)
    bare = Dossier(ClaimHead("", "2026-10", 1), EmployerCard(""), AgreementCard(), given.facts, given.answer)
    nothing = replace(given.answer, parameters=(), settings=(), year_to_date=None, guard=None, problems=())
    unset = replace(given, agreement=AgreementCard(), answer=nothing, bridge=(), payroll_files=())
    yearly = replace(given, head=replace(given.head, period="2026"), corrections=())
    for each in (bare, unset, yearly):
        book = shown(make(each, language))
        totals = each.answer.totals
        head = [str(cell.value or "").split("\n")[0] for cell in book.worksheets[1][4]]
        last = head.index(Words(language).term("list", "Total"))
        assert figure(book.worksheets[1].cell(2, last + 1).value) == totals.total


def test_sums_too_wide_for_their_column_widen_it() -> None:
    given = sample_claims.dossier()
    totals = given.answer.totals
    parts = {part: amount * 10_000 for part, amount in totals.parts.items()}
    lines = tuple(
        replace(line, parts={part: amount * 10_000 for part, amount in line.parts.items()}, total=line.total * 10_000)
        for line in given.answer.lines
    )
    totals = replace(totals, parts=parts, total=totals.total * 10_000)
    wide = formulas(make(replace(given, answer=replace(given.answer, lines=lines, totals=totals))))["Liste"]
    plain_one = formulas(make(given))["Liste"]
    assert wide.column_dimensions["R"].width > len("311,411,200.00") * 0.95
    assert plain_one.column_dimensions["R"].width == pytest.approx(9.5 + 0.71)


def test_an_adjustment_stands_below_the_people_and_counts() -> None:
    given = sample_claims.dossier(settings={"ten_percent": "running"})
    adjustment = next(line for line in given.answer.lines if line.person is None)
    content = make(given)
    sheet = shown(content)["Liste"]
    assert [figure(sheet.cell(26, column).value) for column in (13, 16, 17, 18)] == [
        adjustment.quantity,
        adjustment.parts["state"],
        adjustment.parts["department"],
        adjustment.total,
    ]
    assert formulas(content)["Liste"]["P2"].value == "=ROUND(SUM(P5:P26),2)"
    assert formulas(content)["Liste"]["P3"].value == "=ROUND(SUBTOTAL(109,P5:P24),2)"
    assert figure(sheet["R2"].value) == given.answer.totals.total


HOSTILE = ('=HYPERLINK("http://x";"y")', "+33 6", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "a & <b> \x07\ufffe", "* ~?")


def hostile() -> Dossier:
    """A claim whose people bear texts that a spreadsheet could take for formulas."""
    given = sample_claims.dossier(16)
    texts = [HOSTILE[index % len(HOSTILE)] for index in range(len(given.people))]
    cards = tuple(replace(card, name=text, first_names="") for card, text in zip(given.people, texts, strict=True))
    employer = replace(given.employer, name="=1+1 & Cie")
    return replace(given, people=cards, employer=employer)


def test_texts_that_look_like_formulas_stay_texts() -> None:
    book = formulas(make(hostile()))
    sheet = book["Liste"]
    for row in range(5, 21):
        cell = sheet.cell(row, 3)
        assert cell.data_type == "s"
        if cell.value[0] in "=+-@":
            assert cell.quotePrefix
    assert book["Demande"].cell(row_of(book["Demande"], WORDS.term("identification", "Employer")), 2).data_type == "s"


def test_staff_numbers_that_a_search_cannot_tell_apart_are_linked_directly() -> None:
    given = sample_claims.dossier(16)
    ids = {"F0102": "F*", "F0110": "f*"}
    cards = tuple(replace(card, id=ids.get(card.id, card.id)) for card in given.people)
    lines = tuple(replace(line, person=ids.get(line.person or "", line.person)) for line in given.answer.lines)
    changed = replace(given, people=cards, answer=replace(given.answer, lines=lines))
    sheet = formulas(make(changed))["Contrôle"]
    assert sheet["F4"].value == "='Liste'!P5"
    assert "MATCH" in formulas(make(given))["Contrôle"]["F4"].value


def test_the_check_holds_what_was_sealed() -> None:
    given = sample_claims.dossier()
    sheet = shown(make(given))["Contrôle"]
    lines = {line.person: line for line in given.answer.lines}
    for index, card in enumerate(given.people):
        line = lines[card.id]
        parts = [line.parts["state"], line.parts["department"], line.total]
        cells = [figure(cell.value) for cell in sheet[4 + index][2:11]]
        assert cells == [*parts, *parts, 0, 0, 0]
    assert sheet.conditional_formatting


def test_a_claim_of_nobody_says_so() -> None:
    sheet = shown(make(sample_claims.dossier(0, corrections=())))["Liste"]
    assert sheet["A5"].value == WORDS.text("Nobody is claimed this month")
    assert figure(sheet["R2"].value) == 0
