"""The first page: three choices, a new file, passphrases, a file that somebody else has open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ltu_desktop.actions.agreements import set_employer
from ltu_desktop.store.file import Store
from ltu_desktop.window import dialogs
from ltu_desktop.window.controls import Select
from tests.claim_world import FixedClock
from tests.studio import wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.window.conftest import Desk


def typed(text: str) -> None:
    QTest.keyClicks(focused(), text)


def focused() -> QLineEdit:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    return widget


def test_begins_at_the_first_choice(window: Desk) -> None:
    start = window.frame.start
    assert QApplication.focusWidget() is start.first
    assert window.frame.outer.currentWidget() is start


def test_in_a_low_window_every_way_is_in_sight_without_scrolling(window: Desk) -> None:
    start = window.frame.start
    window.frame.resize(911, 512)
    wait(window.frame, 30)
    for button in (start.first, start.example, start.there, start.choices.rescue):
        assert not button.visibleRegion().isEmpty()
        assert button.visibleRegion().boundingRect() == button.rect()
    start.begin_new()
    start.maker.go_on()
    wait(window.frame, 30)
    assert start.maker.on_button.visibleRegion().boundingRect() == start.maker.on_button.rect()


def test_a_new_file_is_made_with_the_keyboard_alone(window: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = window.folder / "neuf.ltu"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: path)
    start = window.frame.start
    QTest.keyClick(start.first, Qt.Key.Key_Space)
    typed("La Fabrique")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    typed("un deux trois")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    typed("un deux trois")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    window.rest()
    assert start.views.currentWidget() is start.paper
    code = start.paper.code.code
    QTest.keyClick(start.paper.on_button, Qt.Key.Key_Space)
    window.rest()
    assert window.frame.outer.currentWidget() is window.frame.work
    assert "chiffré" in window.frame.status.file.text()
    assert not [
        edit.text() for edit in start.findChildren(QLineEdit) if edit.text() and edit.echoMode() != edit.EchoMode.Normal
    ]
    window.frame.desk.close_file()
    window.rest()
    with Store.open(path, clock=FixedClock(), operator="x", passphrase=code) as store:
        assert [entry.action for entry in store.entries()] == ["paper.set_language", "agreements.set_employer"]


def test_a_missing_name_and_unlike_passphrases_are_told_in_their_fields(window: Desk) -> None:
    start = window.frame.start
    start.begin_new()
    QTest.keyClicks(start.maker.secret.widget, "a")
    QTest.keyClick(start.maker.again.widget, Qt.Key.Key_Return)
    assert start.maker.name.is_wrong()
    assert not start.maker.secret.is_wrong()
    assert start.maker.again.is_wrong()
    assert QApplication.focusWidget() is start.maker.name.widget
    assert "Indiquez le nom" in focused().accessibleDescription()


def test_while_another_file_is_asked_for_nothing_is_done_to_the_open_one(month: Desk) -> None:
    frame = month.frame
    page = month.go("people")
    frame.drawers.toggle("history")
    month.rest()
    frame.herald.say("Supprimé", undo=True)
    frame.commands.do("file.new")
    month.rest()
    assert frame.outer.currentWidget() is frame.start
    assert (frame.drawers.open, frame.toast.isVisible()) == (None, False)
    of_the_file = ("page.home", "month.next", "view.palette", "view.history", "people.new")
    assert [code for code in of_the_file if frame.commands.on(code)] == []
    assert QApplication.focusWidget() is frame.start.maker.name.widget
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    month.rest()
    assert (frame.outer.currentWidget(), frame.page) == (frame.work, page)
    assert [code for code in of_the_file if not frame.commands.on(code)] == []
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)


def test_what_is_undone_rests_while_another_file_is_asked_for(month: Desk) -> None:
    frame = month.frame
    month.go("people")
    frame.desk.act(lambda ctx: set_employer(ctx, {"town": "Loos"}), lambda _done: None)
    month.rest()
    assert frame.commands.on("edit.undo")
    frame.commands.do("file.new")
    month.rest()
    assert not frame.commands.on("edit.undo")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    month.rest()
    assert frame.commands.on("edit.undo")


@pytest.mark.parametrize(("size", "beside"), [((1366, 768), True), ((1093, 614), False)])
def test_help_stands_beside_the_first_page_where_there_is_room(
    window: Desk, size: tuple[int, int], *, beside: bool
) -> None:
    frame, start = window.frame, window.frame.start
    frame.resize(*size)
    wait(frame, 30)
    frame.commands.do("view.help")
    wait(frame, 30)
    help_left = frame.drawers.help.mapTo(frame, QPoint(0, 0)).x()
    ways = [start.first, start.example, start.there, *start.findChildren(Select)]
    right = max(each.mapTo(frame, each.rect().topRight()).x() for each in ways)
    assert (right < help_left) is beside
    frame.commands.do("view.help")
    wait(frame, 30)
    assert max(each.mapTo(frame, each.rect().topRight()).x() for each in ways) > help_left


def test_an_encrypted_file_asks_for_its_passphrase(window: Desk) -> None:
    path = window.folder / "secret.ltu"
    Store.create(path, clock=FixedClock(), operator="x", passphrase="sesame").close()
    window.open(path)
    start = window.frame.start
    assert start.views.currentWidget() is start.lock
    typed("autre")
    QTest.keyClick(start.lock.field.widget, Qt.Key.Key_Return)
    window.rest()
    assert start.lock.field.is_wrong()
    assert window.frame.desk.store is None
    typed("sesame")  # what was wrong is selected, so typing replaces it
    QTest.keyClick(start.lock.field.widget, Qt.Key.Key_Return)
    window.rest()
    assert window.frame.outer.currentWidget() is window.frame.work


def test_a_file_open_elsewhere_can_be_read(window: Desk, open_month: Path) -> None:
    path = window.folder / "pris.ltu"
    path.write_bytes(open_month.read_bytes())
    with Store.open(path, clock=FixedClock(), operator="Marie"):
        window.open(path)
        assert "Marie" in window.frame.trouble.text
        way = next(w for w in window.frame.trouble.findChildren(type(window.frame.top.undo)) if w.text())
        QTest.mouseClick(way, Qt.MouseButton.LeftButton)
        window.rest()
        assert not window.frame.desk.writable
        assert "lecture seule" in window.frame.status.file.text()
        assert not window.frame.commands.on("people.import")
        assert "lecture seule" in window.frame.commands.reasons["people.import"]
        window.frame.desk.close_file()
        window.rest()


def test_a_dropped_file_opens_and_is_remembered(window: Desk, open_month: Path) -> None:
    path = window.folder / "pose.ltu"
    path.write_bytes(open_month.read_bytes())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.frame.dropEvent(event)
    window.rest()
    assert window.frame.desk.store is not None
    assert window.frame.desk.memory.recent == [path]
    assert str(window.frame.desk.month) == "2026-10"


def test_a_foreign_file_is_refused_in_words(window: Desk) -> None:
    path = window.folder / "lettre.ltu"
    path.write_text("Bonjour", "utf-8")
    window.open(path)
    assert window.frame.trouble.isVisible()
    assert "lettre.ltu" in window.frame.trouble.text
    QTest.keyClick(window.frame, Qt.Key.Key_Escape)
    window.frame.commands.do("view.back")
    assert not window.frame.trouble.isVisible()


def test_a_changed_file_is_backed_up_when_it_is_closed(window: Desk, open_month: Path) -> None:
    path = window.folder / "garde.ltu"
    path.write_bytes(open_month.read_bytes())
    window.open(path)
    window.frame.commands.do("file.close")
    window.rest()
    assert not (window.folder / "garde-backups").exists(), "nothing changed, nothing to back up"
    window.open(path)
    window.frame.desk.act(lambda ctx: set_employer(ctx, {"town": "Loos"}), lambda _changed: None)
    window.rest()
    window.frame.commands.do("file.close")
    window.rest()
    assert len(list((window.folder / "garde-backups").glob("*.ltu"))) == 1


def test_closing_the_window_backs_up_and_lets_the_file_go(make_window: Callable[[], Desk], open_month: Path) -> None:
    window = make_window()
    path = window.folder / "fin.ltu"
    path.write_bytes(open_month.read_bytes())
    window.open(path)
    window.frame.desk.act(lambda ctx: set_employer(ctx, {"town": "Loos"}), lambda _changed: None)
    window.rest()
    window.frame.close()
    assert len(list((window.folder / "fin-backups").glob("*.ltu"))) == 1
    with Store.open(path, clock=FixedClock(), operator="x") as store:
        assert not store.read_only


def test_opening_the_open_file_again_shows_it(window: Desk, open_month: Path) -> None:
    path = window.folder / "deja.ltu"
    path.write_bytes(open_month.read_bytes())
    window.open(path)
    store = window.frame.desk.store
    window.frame.start.begin_new()
    window.open(path)
    assert window.frame.desk.store is store
    assert window.frame.outer.currentWidget() is window.frame.work
    assert window.frame.trouble.text == ""
