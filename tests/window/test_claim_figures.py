"""Every figure of a claim is explained, down to the payroll file's line and the order: lines, totals, corrections."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop.actions import claims
from ltu_desktop.documents import claim_labels
from ltu_desktop.store import tables as t
from ltu_desktop.window.claim_corrections import correction_rows
from ltu_desktop.window.claim_explained import (
    DIFFERENCE,
    HOURS_AFTER,
    HOURS_BEFORE,
    Explained,
    explain_correction,
    explain_line,
    explain_total,
)
from ltu_desktop.window.claim_figures import FTE, FUNDABLE, PAID, TOTAL, Shown
from ltu_desktop.window.claim_page import ClaimPage
from ltu_desktop.words import Words
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.rules.periods import Month
    from tests.window.conftest import Desk

WORDS = Words("fr")
ORDERS = ("décret 2021-863", "arrêté du 22/05/2026")
HOURS = (PAID, FUNDABLE)


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def sources(found: Explained) -> str:
    return " | ".join(each.source for each in found.told)


def test_each_figure_of_each_line_rests_on_a_payroll_line_and_an_order(world: World) -> None:
    prepared = claims.review(world.ctx, OCTOBER)
    shown = Shown.of(WORDS, prepared.dossier, prepared.total)
    parts = tuple(prepared.dossier.answer.totals.parts)
    rows = shown.rows
    assert len(rows) == 3
    lines = {"F0001": 100, "F0002": 101, "F0003": 102}
    for row, code in product(rows, (PAID, FUNDABLE, FTE, *parts, TOTAL)):
        found = explain_line(WORDS, shown, row, code)
        assert found.person == row.staff_number
        assert f"dsn-2026-10.dsn, ligne {lines[row.staff_number]}" in sources(found), (row.name, code)
        if code in {*parts, TOTAL}:
            assert all(order in sources(found) for order in ORDERS), (row.name, code)
        if code == FTE:
            assert "151,67" in sources(found)
        assert all(each.source for each in found.told), f"{row.name} {code}: a step rests on nothing"
        assert not re.search("(?<!\u202f);", sources(found)), "French has a space before a semicolon"
    assert any("; " in step.source for row in rows for step in row.line.steps), "what is sealed joins them bare"


def test_adjustments_rest_on_the_agreement_or_the_rule(world: World) -> None:
    with world.store.write("test") as tx:
        for row in tx.connection.execute(t.agreement_terms.select()).all():
            tx.update(t.agreement_terms, row.id, {"ceiling_fte": 10, "settings": '{"ten_percent": "running"}'})
    prepared = claims.review(world.ctx, OCTOBER)
    shown = Shown.of(WORDS, prepared.dossier, prepared.total)
    rows = {row.line.code: row for row in shown.rows if row.card is None}
    assert set(rows) == {"others_limit", "ceiling"}
    off = explain_line(WORDS, shown, rows["others_limit"], TOTAL)
    assert "art. 24, moyenne annuelle" in off.told[0].source
    ceiling = explain_line(WORDS, shown, rows["ceiling"], TOTAL)
    assert ceiling.told[0].source == "convention 2021-059-14, avenant 6"
    assert ceiling.told[0].formula
    assert ceiling.person == ""
    whole = explain_total(WORDS, shown, "Total", TOTAL, list(shown.view.entries), list(shown.view.adjustments))
    assert [each.name for each in whole.told][2:4] == [rows["others_limit"].name, rows["ceiling"].name]
    assert whole.told[3].source == "convention 2021-059-14, avenant 6"


def test_each_total_says_what_it_adds_up_and_rests_on(world: World) -> None:
    prepared = claims.review(world.ctx, OCTOBER)
    shown = Shown.of(WORDS, prepared.dossier, prepared.total)
    view, totals = shown.view, prepared.dossier.answer.totals
    for code in (PAID, FUNDABLE, FTE, *totals.parts, TOTAL):
        found = explain_total(WORDS, shown, "Total", code, list(view.entries), list(view.adjustments))
        assert [each.formula for each in found.told[:2]] == ["somme de 2 lignes", "somme de 1 ligne"]
        if code in HOURS:
            assert "dsn-2026-10.dsn" in sources(found)
        elif code == FTE:
            assert "décret 2021-863" in sources(found)
        else:
            assert all(order in sources(found) for order in ORDERS), code
    whole = explain_total(WORDS, shown, "Total", TOTAL, list(view.entries), [])
    assert whole.figure == WORDS.money(totals.total)
    some = explain_total(WORDS, shown, "PPDE", PAID, list(view.entries)[:1], [])
    assert "dsn" not in sources(some), "the way from payroll is that of the whole claim"


def test_each_figure_of_a_correction_says_before_after_and_why(world: World) -> None:
    first = claims.seal(world.ctx, OCTOBER)
    rows = [("F0001", OCTOBER, "-4.00")]
    world.payroll(OCTOBER.plus(1), rows, name="dsn-2026-11.dsn")
    world.payroll(OCTOBER.plus(1), {}, name="x.dsn")
    second = claims.correct(world.ctx, OCTOBER, "heures")
    shown = Shown.of(WORDS, second.dossier, second.row.total, second.row)
    [row] = correction_rows(WORDS, shown)
    assert row.name == "DELANNOY Zoé"
    figures = {
        code: explain_correction(WORDS, shown, row.item, row.name, code)
        for code in (HOURS_BEFORE, HOURS_AFTER, TOTAL, f"{DIFFERENCE}state", f"{DIFFERENCE}department")
    }
    assert figures[HOURS_BEFORE].figure == "104,00\u00a0h"
    assert figures[HOURS_AFTER].figure == "100,00\u00a0h"
    # 12.31 × 104 → 1216.23 and 182.43; 12.31 × 100 → 1169.45 and 175.42
    assert figures[f"{DIFFERENCE}state"].figure == "−46,78\u00a0€"
    assert figures[f"{DIFFERENCE}department"].figure == "−7,01\u00a0€"
    assert figures[TOTAL].figure == "−53,79\u00a0€"
    for code, found in figures.items():
        assert f"version 1, empreinte {first.sha256[:4].upper()}" in sources(found), code
        assert "dsn-2026-1" in sources(found), code
    assert all(order in sources(figures[TOTAL]) for order in ORDERS)
    assert "1\u202f169,45 − 1\u202f216,23" in figures[TOTAL].text("\u00a0:")


# ---- in the window ----


@pytest.fixture
def page(month: Desk) -> ClaimPage:
    shown = month.go("claim")
    assert isinstance(shown, ClaimPage)
    return shown


def explained(page: ClaimPage) -> str:
    return page.explain.text()


def test_a_total_is_clicked_explained_and_copied(page: ClaimPage, month: Desk) -> None:
    assert page.lines is not None
    totals = page.lines.totals
    rows = totals.texts()
    QTest.mouseClick(totals, Qt.MouseButton.LeftButton, pos=totals.area(len(rows) - 1, "state").center())
    assert page.shown is not None
    amount = page.shown.dossier.answer.totals.parts["state"]
    assert page.words.money(amount) in explained(page)
    assert "décret 2021-863" in explained(page)
    month.frame.commands.do("claim.copy")
    assert QApplication.clipboard().text() == explained(page)


def test_totals_are_reached_with_the_keyboard(page: ClaimPage) -> None:
    assert page.lines is not None
    totals = page.lines.totals
    page.lines.table.setFocus()
    QTest.keyClick(page.lines.table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is totals
    QTest.keyClick(totals, Qt.Key.Key_Down)
    QTest.keyClick(totals, Qt.Key.Key_Down)
    QTest.keyClick(totals, Qt.Key.Key_Left)
    assert (totals.place, totals.code) == (len(totals.texts()) - 1, "department")
    assert "Total" in explained(page)
    for _ in totals.texts():
        QTest.keyClick(totals, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.lines.table, "above the first total the lines begin"


def claim_of(month: Desk, path: Path, wanted: Month) -> ClaimPage:
    """Open a file and turn to a month as a person does; return its claim page."""
    month.open(path)
    while month.frame.desk.month != wanted:
        month.frame.commands.do("month.next" if month.frame.desk.month < wanted else "month.previous")
    page = month.go("claim")
    assert isinstance(page, ClaimPage)
    return page


def test_the_totals_lead_to_what_is_asked_for_with_corrections_of_earlier_months(month: Desk, tmp_path: Path) -> None:
    november = OCTOBER.plus(1)
    world = ready(tmp_path / "avant.ltu")
    claims.seal(world.ctx, OCTOBER)
    rows = [("F0002", november, "121.33"), ("F0001", november, "104.00"), ("F0001", OCTOBER, "-4.00")]
    world.payroll(november, rows, name="dsn-2026-11.dsn")
    asked = claims.review(world.ctx, november).total
    world.close()
    page = claim_of(month, world.path, november)
    assert page.lines is not None
    assert page.shown is not None
    totals = page.lines.totals
    own, corrections, whole = totals.texts()[-3:]
    of_month, state = page.shown.dossier.answer.totals.total, page.shown.dossier.answer.totals.parts["state"]
    assert [each.name for each in (own, corrections, whole)] == ["Total", "Rectifications", "Total demandé"]
    assert [each.strong for each in (own, corrections, whole)] == [False, False, True]
    assert (own.values[TOTAL], corrections.values[TOTAL]) == (WORDS.number(of_month), "−53,79")
    assert whole.values[TOTAL] == WORDS.number(asked) == WORDS.number(of_month - Decimal("53.79"))
    at = totals.texts().index(own)
    QTest.mouseClick(totals, Qt.MouseButton.LeftButton, pos=totals.area(at, FTE).center())
    QTest.keyClick(totals, Qt.Key.Key_Down)
    assert (totals.place, totals.code) == (at + 1, TOTAL), "there are no FTE in a correction"
    assert "Octobre 2026\u00a0: −53,79\u00a0€ – somme de 1 ligne" in explained(page)
    QTest.mouseClick(totals, Qt.MouseButton.LeftButton, pos=totals.area(at + 2, "state").center())
    assert f"Total demandé · Part de l’État\u00a0: {WORDS.money(state - Decimal('46.78'))}\n" in explained(page)
    assert "Rectifications de mois antérieurs\u00a0: −46,78\u00a0€" in explained(page)


def test_a_corrective_version_shows_first_what_it_corrects(month: Desk, tmp_path: Path) -> None:
    world = ready(tmp_path / "corrige.ltu")
    claims.seal(world.ctx, OCTOBER)
    world.payroll(OCTOBER.plus(1), [("F0001", OCTOBER, "-4.00")], name="dsn-2026-11.dsn")
    claims.correct(world.ctx, OCTOBER, "heures")
    world.close()
    shown = claim_of(month, world.path, OCTOBER)
    lines = shown.lines
    assert lines is not None
    assert lines.body.currentIndex() == 1
    assert lines.corrections.isVisible()
    [row] = lines.corrected.rows()
    assert row.item.hours_after == Decimal("100.00")
    assert lines.with_difference.totals.texts()[0].values[TOTAL] == "−53,79"
    assert "DELANNOY Zoé" in explained(shown)
    lines.views.choose(0)
    assert lines.table.isVisible()
    assert not lines.corrections.isVisible()
    assert lines.choose_person("F0002")
    shown.refresh()
    month.rest()
    assert lines.table.isVisible(), "a refresh does not turn the page"


@pytest.mark.parametrize(("language", "joint"), [("fr", "\u202f; "), ("en", "; ")])
def test_a_quoted_source_keeps_its_french_space_in_any_language(language: str, joint: str) -> None:
    sealed = "décret 2021-863 ; ETP = h ÷ 151,67; arrêté du 22/05/2026"
    said = claim_labels.source(sealed, Words(language))
    assert said == f"décret 2021-863\u202f; ETP = h ÷ 151,67{joint}arrêté du 22/05/2026"
