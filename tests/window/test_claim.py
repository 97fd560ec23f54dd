"""The claim page: what blocks and how to mend it, each figure explained, sealing, corrections, files, preview, print."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from ltu_desktop.actions.agreements import add_override
from ltu_desktop.actions.people import change_contract, set_status
from ltu_desktop.queries.people import people, person
from ltu_desktop.window import dialogs
from ltu_desktop.window.claim_figures import FTE, FUNDABLE, TOTAL
from ltu_desktop.window.claim_page import ClaimPage
from ltu_desktop.window.claims_page import ClaimsPage
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.preview_page import PreviewPage
from tests.studio import wait

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.claim_lines import LinesPane
    from tests.window.conftest import Desk

# Qt's offscreen platform says so of every window of a fixed size
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def page(month: Desk) -> ClaimPage:
    shown = month.go("claim")
    assert isinstance(shown, ClaimPage)
    return shown


def lines(page: ClaimPage) -> LinesPane:
    assert page.lines is not None
    return page.lines


def mend(month: Desk) -> None:
    """Mend what blocks: a status and a State aid."""

    def job(ctx: Context) -> None:
        with ctx.store.read() as connection:
            rows = {each.staff_number: each for each in people(connection, month.frame.desk.month)}
            found = person(connection, rows["0081"].id)
        assert found is not None
        set_status(ctx, rows["0039"].id, "ppde")
        change_contract(ctx, found.contracts[0].id, public_aid="99")

    month.frame.desk.act(job, lambda _none: None)
    month.rest()
    assert month.frame.trouble.text == ""


def answer(*, yes: bool, text: str = "") -> None:
    """Answer the question that the next step asks."""

    timer = QTimer(QApplication.instance())

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, dialogs.Question):
            return
        timer.stop()
        timer.deleteLater()
        try:
            for field in dialog.findChildren(QPlainTextEdit):
                assert dialog.focusWidget() is field
                QTest.keyClicks(field, "  ")
                assert not dialog.yes.isEnabled(), "a reason is words"
                assert dialog.yes.accessibleDescription() == field.placeholderText()
                QTest.keyClicks(field, text)
                assert dialog.yes.isEnabled() == bool(text)
            QTest.keyClick(dialog.yes if yes else dialog.no, Qt.Key.Key_Space)
        except AssertionError:
            dialog.reject()  # else the test waits for an answer without end
            raise

    timer.timeout.connect(press)
    timer.start(5)


def seal(page: ClaimPage, month: Desk) -> None:
    mend(month)
    answer(yes=True)
    month.frame.commands.do("claim.seal")
    month.rest()
    month.frame.toast.hide()


def texts(widget: object) -> str:
    return " | ".join(each.text() for each in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_says_what_blocks_with_the_euros_at_stake(page: ClaimPage, month: Desk) -> None:
    assert [item.problem.code for item in page.checks.items][:2] == ["no_status", "cumulation"]
    said = texts(page.checks)
    assert "Bloquants" in said
    assert "BAUDOUIN Karim" in said
    assert "2\u202f039,77" in said
    assert not month.frame.commands.on("claim.seal")
    assert month.frame.commands.reasons["claim.seal"] == "Pour sceller\u00a0: corriger les 2 points bloquants"
    assert page.reason.text() == month.frame.commands.reasons["claim.seal"]
    wait(month.frame, 450)  # the badge counts after a while
    assert month.frame.navigation.buttons["page.claims"].badge == 2


def test_f8_goes_from_point_to_point_and_shows_the_line_and_what_to_do(page: ClaimPage, month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_F8)
    first = page.checks.current()
    assert first is not None
    assert first.code == "no_status"
    QTest.keyClick(month.frame, Qt.Key.Key_F8)
    second = page.checks.current()
    assert second is not None
    assert second.target == lines(page).table.current_row().staff_number == "0081"
    assert page.words.problem(second)[1] in texts(page.checks)
    for _ in page.checks.items:
        QTest.keyClick(month.frame, Qt.Key.Key_F8)
    assert page.checks.current() == second, "after the last comes the first"


def test_the_way_to_mend_leads_to_the_very_field(page: ClaimPage, month: Desk) -> None:
    page.checks.items[0].mend.emit(page.checks.items[0].problem)
    month.rest()
    people_page = month.frame.pages["people"]
    assert isinstance(people_page, PeoplePage)
    assert month.frame.page is people_page
    assert QApplication.focusWidget() is people_page.panel.essentials.status.widget
    month.frame.toast.hide()


def test_arrows_choose_a_figure_and_its_steps_follow(page: ClaimPage) -> None:
    table = lines(page).table
    table.setFocus()
    row = next(each for each in lines(page).model.rows() if each.staff_number == "0011")
    table.choose(row.key, TOTAL)
    assert "2\u202f039,77\u00a0€" in texts(page.explain)
    assert page.explain.text().count("\n") == len(row.line.steps)
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.current_code() == "state"
    said = page.explain.text()
    assert "1\u202f867,06 × 95\u00a0% = 1\u202f773,7070" in said
    assert "12,31 × 151,67 = 1\u202f867,0577" in said
    assert said.split("\n")[-1].endswith("arrêté 2026 attendu")
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.current_code() == FTE
    assert "151,67 ÷ 151,67" in page.explain.text()
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.current_code() == FUNDABLE
    assert page.explain.text().split("\n")[-1].startswith("2. Heures finançables")


def test_the_explanation_can_be_copied(page: ClaimPage, month: Desk) -> None:
    month.frame.commands.do("claim.copy")
    assert QApplication.clipboard().text() == page.explain.text()


def test_totals_stay_below_and_follow_the_filter(page: ClaimPage) -> None:
    pane = lines(page)
    assert page.shown is not None
    totals = page.shown.dossier.answer.totals
    whole = pane.totals.texts()[-1]
    assert whole.strong
    assert whole.values[TOTAL] == page.words.number(totals.total)
    assert [total.name for total in pane.totals.texts()] == ["PPDE", "Autre", "Total"]
    QTest.keyClicks(pane.search, "benali")
    shown, whole_again = pane.totals.texts()
    assert (shown.name, shown.values[TOTAL]) == ("Affichées", page.words.number(pane.model.rows()[0].line.total))
    assert whole_again == whole
    assert pane.choose_person("0011"), "a filter that hides the line is taken off"
    assert pane.search.text() == ""
    QTest.keyClicks(pane.search, "zz")
    assert pane.table.accessibleDescription().startswith("Aucune ligne ne correspond")


def test_mending_turns_sealing_on_without_a_reload(page: ClaimPage, month: Desk) -> None:
    row = lines(page).table.current_row().key
    mend(month)
    assert month.frame.commands.on("claim.seal")
    assert not page.reason.isVisible()
    assert lines(page).table.current_row().key == row
    wait(month.frame, 450)  # the badge counts after a while
    assert month.frame.navigation.buttons["page.claims"].badge == 0


def test_sealing_asks_once_and_can_be_left(page: ClaimPage, month: Desk) -> None:
    mend(month)
    assert page.states.accessibleName() == "Préparée, Vérifiée, À sceller (en cours), Envoyée, Payée"
    answer(yes=False)
    month.frame.commands.do("claim.seal")
    month.rest()
    assert page.shown is not None
    assert page.shown.state == "draft"
    seal(page, month)
    assert page.shown.state == "sealed"
    assert page.states.accessibleName() == "Préparée, Vérifiée, Scellée, À envoyer (en cours), Payée"
    assert "empreinte" in page.facts.text()
    assert not month.frame.commands.on("claim.seal")
    assert month.frame.commands.on("claim.send")


def test_a_claim_is_sent_returned_and_corrected(page: ClaimPage, month: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(page, month)
    month.frame.commands.do("claim.send")
    month.rest()
    assert page.shown is not None
    assert page.shown.state == "sent"
    claims = month.go("claims")
    assert isinstance(claims, ClaimsPage)
    line, follow = claims.model.rows()[0], claims.model.columns[3]
    assert follow.cell(line).text.startswith("envoyée le ")
    assert month.go("claim") is page
    month.frame.resize(911, 512)
    month.rest()
    said = ("claim.returned", "claim.paid", "claim.correct")
    assert not any(page._buttons[code].squeezed for code in said), "what is known by its icon gives way before words"
    assert page.head.title.text() == "Demande", "its month stands above"
    month.frame.resize(1366, 768)
    month.rest()
    assert page.head.title.text() == "Demande d’octobre 2026"
    answer(yes=True, text="heures a revoir")
    month.frame.commands.do("claim.returned")
    month.rest()
    assert page.shown.row is not None
    assert (page.shown.row.state, page.shown.row.reason) == ("returned", "heures a revoir")
    asked: list[dialogs.Question] = []
    with monkeypatch.context() as unasked:
        unasked.setattr(dialogs.Question, "exec", asked.append)
        month.frame.commands.do("claim.correct")
        month.rest()
    assert asked == [], "of nothing there is nothing to ask"
    assert "rien n’a changé" in month.frame.trouble.text
    first = page.shown.row

    def publish(ctx: Context) -> None:
        since, order = date(2026, 1, 1), "arrêté du 15/12/2026"
        add_override(ctx, parameter="state_rate", start=since, value=Decimal("0.94"), source=order)

    month.frame.desk.act(publish, lambda _none: None)
    month.rest()
    answer(yes=True, text="taux publie")
    month.frame.commands.do("claim.correct")
    month.rest()
    assert page.shown.row is not None
    assert (page.shown.row.number, page.shown.row.reason) == (2, "taux publie")
    assert page.shown.row.corrects_id == first.id
    month.frame.toast.hide()


def test_files_are_written_into_the_chosen_folder(
    page: ClaimPage, month: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = month.folder / "sortie"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    page.steps.write(("csv", "json", "xlsx"))
    month.rest()
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".json", ".xlsx"]
    answer_ = json.loads(next(folder.glob("*.json")).read_text("utf-8"))
    assert page.shown is not None
    assert answer_["totals"]["total"] == str(page.shown.dossier.answer.totals.total)
    assert str(folder) in month.frame.toast.accessibleName()
    month.frame.toast.hide()


def test_the_preview_shows_the_form_and_prints_it(page: ClaimPage, month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_F9)
    month.rest()
    preview = month.frame.page
    assert isinstance(preview, PreviewPage)
    assert month.frame.trouble.text == ""
    assert QApplication.focusWidget() is preview.view, "arrows scroll the pages"
    pages = preview.count
    assert pages >= 2
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(100)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(month.folder / "imprime.pdf"))
    preview.send(printer)
    month.rest()
    assert (month.folder / "imprime.pdf").stat().st_size > 10_000
    assert month.frame.toast.accessibleName() == f"{pages} pages envoyées à l’imprimante"
    month.frame.toast.hide()
    month.frame.commands.do("view.back")
    month.rest()
    assert month.frame.page is page


def test_a_month_without_payroll_says_what_to_do_first(page: ClaimPage, month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    month.rest()
    assert page.body.currentWidget() is page.empty
    assert "pas encore importée" in page.empty.said.text()


@pytest.mark.parametrize("code", ["claim.seal", "claim.correct", "claim.returned"])
def test_steps_without_return_are_no_plain_buttons(code: str, page: ClaimPage, month: Desk) -> None:
    assert month.frame.commands.actions[code].text().endswith("…")
