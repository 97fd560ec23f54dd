"""The passphrase in the window: set, changed, forgotten; its recovery code goes to the printer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import key as keys
from ltu_desktop.window import dialogs, recovery_print
from ltu_desktop.window.settings_page import SettingsPage
from tests.window.settings_hands import passphrase, secret, shown, store_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said of dialogs where there is no screen


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.mark.usefixtures("cheap")
def test_a_passphrase_is_set_told_how_good_changed_and_taken_off(month: Desk) -> None:
    page = passphrase(month)
    assert "quiconque trouve le fichier" in shown(page)
    first, again = page.fields["key.first"], page.fields["key.again"]
    QTest.keyClicks(first.widget, "lille")
    assert "Faible" in shown(page)
    assert isinstance(first.widget, QLineEdit)
    first.widget.clear()
    QTest.keyClicks(first.widget, "moulin girafe tambour neige pastel")
    assert "Solide" in shown(page)
    assert page.change_button is not None
    assert not page.change_button.isEnabled()
    assert "Saisissez-la deux fois" in shown(page)
    QTest.keyClick(again.widget, Qt.Key.Key_Return)
    assert again.is_wrong()
    assert QApplication.focusWidget() is again.widget
    QTest.keyClicks(again.widget, "moulin girafe tambour neige pastel")
    assert page.change_button.isEnabled()
    assert "Saisissez-la deux fois" not in shown(page)
    QTest.mouseClick(page.change_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert store_of(month).encrypted
    assert "chiffré" in month.frame.status.file.text()
    assert "pas encore été imprimée" in shown(page)
    assert "anciennes fiches" not in shown(page), "it is the first key"
    assert not any(edit.text() for edit in page.findChildren(QLineEdit) if edit.isVisible())
    assert page.remove_button is not None
    QTest.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    (question,) = page.findChildren(dialogs.Question)
    QTest.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    month.rest()
    assert not store_of(month).encrypted
    month.frame.toast.hide()


@pytest.mark.usefixtures("cheap")
def test_the_sheet_is_printed_from_memory_and_its_number_noted(
    month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store_of(month).change_passphrase("sesame")
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papier.pdf"))  # stands for the paper
    monkeypatch.setattr(dialogs, "ask_printer", lambda *_: printer)
    page = passphrase(month)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert page.print_button is not None
    QTest.mouseClick(page.print_button, Qt.MouseButton.LeftButton)
    month.rest()
    made = {path.name for path in tmp_path.rglob("*") if path.is_file()} - {path.name for path in before}
    assert made <= {"papier.pdf", "fabrique.ltu-wal", "fabrique.ltu-shm"}
    entry = store_of(month).entries(limit=1)[0]
    assert (entry.action, entry.params) == ("store.print_recovery", {"sheet": 1})
    assert "pas encore été imprimée" not in shown(page)
    month.frame.toast.hide()


@pytest.mark.usefixtures("cheap")
def test_the_code_can_be_shown_and_hidden(month: Desk) -> None:
    store_of(month).change_passphrase("sesame")
    page = passphrase(month)
    assert page.show_button is not None
    QTest.mouseClick(page.show_button, Qt.MouseButton.LeftButton)
    month.rest()
    groups = str(store_of(month).recovery_code()).split("-")
    assert all(f"{number}\n{group}\n" in f"{shown(page)}\n" for number, group in enumerate(groups, 1))
    assert page.show_button is not None
    QTest.mouseClick(page.show_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert not any(group in shown(page) for group in groups)


def test_without_a_printer_the_way_by_hand_is_told(month: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    store_of(month).change_passphrase("sesame")
    page = passphrase(month)
    page.print()
    assert "pas d’imprimante" in month.frame.trouble.text


def test_printers_that_make_files_are_refused(tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    with pytest.raises(UserError) as error:
        recovery_print.refuse_files(printer)
    assert error.value.code == "prints_a_file"


def opened(window: Desk) -> bool:
    return window.frame.desk.store is not None


@pytest.mark.usefixtures("cheap")
def test_a_recovery_code_is_typed_in_groups_and_a_slip_is_named(window: Desk) -> None:
    path, code = secret(window)
    window.open(path)
    start = window.frame.start
    QTest.mouseClick(start.lock.turn, Qt.MouseButton.LeftButton)
    boxes = start.lock.boxes
    assert QApplication.focusWidget() is boxes.boxes[0]
    assert keys.identifier(path.read_bytes()[:16]) in shown(window)
    groups = code.split("-")
    for at, group in enumerate(groups[:2]):
        assert QApplication.focusWidget() is boxes.boxes[at], "the hand goes on by itself"
        QTest.keyClicks(boxes.boxes[at], group.lower())
    wrong = groups[2][:4] + ("0" if groups[2][4] != "0" else "1")
    QTest.keyClicks(boxes.boxes[2], wrong)
    assert "Groupe 3" in boxes.said.text()
    assert boxes.boxes[2].property("wrong")
    assert QApplication.focusWidget() is boxes.boxes[2], "the hand stays where the slip is"
    QTest.keyClick(boxes.boxes[2], Qt.Key.Key_Return)
    window.rest()
    assert not opened(window), "a slip is not tried"
    assert not start.lock.on_button.isEnabled()
    QTest.keyClick(boxes.boxes[2], Qt.Key.Key_Backspace)
    QTest.keyClicks(boxes.boxes[2], groups[2][4])
    QTest.keyClick(boxes.boxes[2], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is boxes.boxes[3], "the hand goes where a group is missing"
    QGuiApplication.clipboard().setText(" ".join(groups[3:]))
    QTest.keyClick(boxes.boxes[3], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "justes" in boxes.said.text()
    assert start.lock.on_button.isEnabled()
    QTest.keyClick(boxes.boxes[7], Qt.Key.Key_Return)
    window.rest()
    assert opened(window)
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    assert page.current == "passphrase", "a new passphrase comes next"
    assert boxes.text() == "-" * 7, "the code is forgotten"
    window.frame.toast.hide()


@pytest.mark.usefixtures("cheap")
def test_a_code_reader_fills_all_groups_and_backspace_goes_back(window: Desk) -> None:
    path, code = secret(window)
    window.open(path)
    start = window.frame.start
    start.lock.turn.click()
    boxes = start.lock.boxes
    for sign in code:  # a code reader types as a keyboard does, into whatever has the hand
        at = QApplication.focusWidget()
        assert isinstance(at, QLineEdit)
        QTest.keyClicks(at, sign)
    assert boxes.text() == code
    boxes.boxes[4].clear()
    boxes.boxes[4].setFocus()
    QTest.keyClick(boxes.boxes[4], Qt.Key.Key_Backspace)
    assert QApplication.focusWidget() is boxes.boxes[3]
    start.lock.turn.click()
    assert not start.lock.by_code


def test_a_new_file_may_go_without_a_passphrase(window: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = window.folder / "libre.ltu"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    start = window.frame.start
    start.begin_new()
    assert "quiconque trouve le fichier" in shown(window)
    QTest.keyClicks(start.maker.name.widget, "La Fabrique")
    QTest.keyClick(start.maker.name.widget, Qt.Key.Key_Return)
    window.rest()
    store = window.frame.desk.store
    assert store is not None
    assert not store.encrypted


@pytest.mark.usefixtures("cheap")
def test_the_sheet_of_a_new_file_is_printed_from_the_first_page(
    window: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "papier.pdf"))
    path = window.folder / "neuf.ltu"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    start = window.frame.start
    start.begin_new()
    QTest.keyClicks(start.maker.name.widget, "La Fabrique")
    QTest.keyClicks(start.maker.secret.widget, "un deux trois")
    QTest.keyClicks(start.maker.again.widget, "un deux trois")
    QTest.keyClick(start.maker.again.widget, Qt.Key.Key_Return)
    window.rest()

    def none(*_: object) -> None:
        raise recovery_print.no_printer()

    monkeypatch.setattr(dialogs, "ask_printer", none)
    QTest.keyClick(start.paper.print_button, Qt.Key.Key_Space)
    assert "pas d’imprimante" in start.paper.said.text()
    monkeypatch.setattr(dialogs, "ask_printer", lambda *_: printer)
    QTest.keyClick(start.paper.print_button, Qt.Key.Key_Space)
    window.rest()
    assert "n° 1 imprimée" in start.paper.said.text()
    QTest.keyClick(start.paper.on_button, Qt.Key.Key_Space)
    window.rest()
    assert window.frame.desk.store is not None
    assert not start.paper.code.code
