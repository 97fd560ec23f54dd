"""The history drawer: sentences by day, a filter, what can be taken back from there, live, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop.actions import people as acts
from ltu_desktop.actions.context import Context
from ltu_desktop.store import tables
from ltu_desktop.window.controls import Button
from ltu_desktop.window.history_work import HistoryRow, later

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.window.history_drawer import HistoryDrawer
    from tests.window.conftest import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def entry(
    number: int, *, kind: str = "do", undoes: int | None = None, undone: bool = False, final: bool = False
) -> HistoryRow:
    return HistoryRow(number, date(2026, 11, 5), "10:00", f"entry {number}", kind, undoes, undone, final)


def change_towns(month: Desk, *towns: str) -> None:
    """Change people's towns, one after the other."""
    store = month.frame.desk.store
    assert store is not None
    ctx = Context(store, month.frame.words, month.frame.desk.clock)
    for town, key in zip(towns, keys(month), strict=False):
        acts.change_person(ctx, key, {"town": town})
    month.rest()


def keys(month: Desk) -> list[bytes]:
    store = month.frame.desk.store
    assert store is not None

    def query(connection: Connection) -> list[bytes]:
        return list(connection.execute(tables.person.select().order_by(tables.person.c.staff_number)).scalars())

    with store.read() as connection:
        return query(connection)


def towns(month: Desk) -> list[str | None]:
    store = month.frame.desk.store
    assert store is not None
    with store.read() as connection:
        found = connection.execute(tables.person.select().order_by(tables.person.c.staff_number)).mappings()
        return [row["town"] for row in found]


def open_history(month: Desk) -> HistoryDrawer:
    QTest.keyClick(month.frame, Qt.Key.Key_H, CONTROL)
    month.rest()
    return month.frame.drawers.history


def sentences(drawer: HistoryDrawer) -> list[str]:
    """Return the entries shown, without the heads of days."""
    return [found.text for at in range(drawer.list.count()) if (found := drawer._row_at(at)) is not None]


def test_the_history_says_what_was_done_the_last_first(month: Desk) -> None:
    change_towns(month, "Lille", "Roubaix")
    drawer = open_history(month)
    assert QApplication.focusWidget() is drawer.list
    first, second = sentences(drawer)[:2]
    assert "Roubaix" in first
    assert "Lille" in second
    assert first.startswith("Nadia Roussel a ")
    assert drawer.list.item(0).text() == "Aujourd’hui"


def test_it_follows_changes_and_keeps_the_chosen_entry(month: Desk) -> None:
    change_towns(month, "Lille")
    drawer = open_history(month)
    chosen = drawer.chosen()
    assert chosen is not None
    change_towns(month, "Douai")
    assert "Douai" in sentences(drawer)[0]
    again = drawer.chosen()
    assert again is not None
    assert again.number == chosen.number


def test_one_entry_is_undone_and_says_so(month: Desk) -> None:
    change_towns(month, "Lille", "Roubaix")
    drawer = open_history(month)
    QTest.keyClick(drawer.list, Qt.Key.Key_Down)
    QTest.keyClick(drawer.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is drawer.this
    before = towns(month)
    QTest.keyClick(drawer.this, Qt.Key.Key_Space)
    month.rest()
    after = towns(month)
    assert before[:2] == ["Lille", "Roubaix"]
    assert after[0] != "Lille"
    assert after[1] == "Roubaix"
    assert not drawer.this.isEnabled()
    assert drawer.reason.text() == "Cette entrée est déjà annulée."
    assert QApplication.focusWidget() is drawer.list


def test_what_came_after_is_undone_after_one_question(month: Desk) -> None:
    change_towns(month, "Lille")
    one = towns(month)
    change_towns(month, "Roubaix", "Douai", "Lens")
    drawer = open_history(month)
    for _ in range(3):
        QTest.keyClick(drawer.list, Qt.Key.Key_Down)
    chosen = drawer.chosen()
    assert chosen is not None
    assert "Lille" in chosen.text
    drawer.after.click()
    assert towns(month)[:3] == ["Roubaix", "Douai", "Lens"]
    assert drawer.yes.text() == "Annuler 3 changements"
    assert "3 changements seront annulés" in drawer.reason.text()
    assert QApplication.focusWidget() is drawer.yes
    drawer.no.click()
    assert drawer.question.isHidden()
    drawer.after.click()
    QTest.keyClick(drawer.yes, Qt.Key.Key_Space)
    month.rest()
    assert towns(month) == one
    assert "3 changements annulés" in month.frame.toast.accessibleName()
    assert not drawer.after.isEnabled()
    month.frame.toast.hide()


def test_a_sealed_claim_stands_in_the_way(month: Desk) -> None:
    change_towns(month, "Lille")
    drawer = open_history(month)
    drawer._rows = [entry(99, final=True), *drawer._rows]
    drawer._fill()
    drawer.list.setCurrentRow(drawer.list.currentRow() + 1)
    QTest.keyClick(drawer.list, Qt.Key.Key_Down)
    assert not drawer.after.isEnabled()
    assert "entry 99" in drawer.reason.text()
    keys = month.frame.status.keys
    assert "annuler…" in keys.text()
    drawer.list.setCurrentRow(1)  # the first entry below its day
    assert "annuler…" not in keys.text(), "a sealed claim is never undone"


def test_the_filter_reads_every_word(month: Desk) -> None:
    change_towns(month, "Saint-Étienne", "Roubaix")
    drawer = open_history(month)
    QTest.keyClick(month.frame, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is drawer.search
    QTest.keyClicks(drawer.search, "etienne")
    month.rest()
    assert len(sentences(drawer)) == 1
    QTest.keyClicks(drawer.search, " xyz")
    assert drawer.empty.isVisible()
    assert drawer.empty.text() == "Aucune entrée ne dit cela."


def test_esc_and_the_key_close_it_and_give_the_focus_back(month: Desk) -> None:
    search = month.frame.top.search
    search.setFocus()
    drawer = open_history(month)
    QTest.keyClick(drawer.list, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert QApplication.focusWidget() is search
    open_history(month)
    assert drawer.isVisible()
    QTest.keyClick(month.frame, Qt.Key.Key_H, CONTROL)
    assert not drawer.isVisible()
    month.rest()


def test_a_drawer_over_the_page_cuts_no_action_and_says_its_own_keys(month: Desk) -> None:
    page = month.go("claims")
    own = month.frame.status.keys.text()
    month.frame.commands.do("view.history")
    month.rest()
    drawer = month.frame.drawers.history
    assert "Échap" in month.frame.status.keys.text()
    assert month.frame.status.keys.text() != own
    left = drawer.mapTo(month.frame, drawer.rect().topLeft()).x()
    shown = [each for each in page.head.findChildren(Button) if each.isVisible()]
    assert shown
    for button in shown:
        assert button.mapTo(month.frame, button.rect().topRight()).x() < left
    inside = page.first_focus()
    assert inside is not None
    inside.setFocus()
    assert month.frame.status.keys.text() == own
    month.frame.commands.do("view.history")
    assert page.head.contentsMargins().right() == 0


def test_the_saved_state_leads_there_and_the_file_takes_it_away(month: Desk) -> None:
    QTest.mouseClick(month.frame.top.history, Qt.MouseButton.LeftButton)
    month.rest()
    assert month.frame.drawers.history.isVisible()
    month.frame.commands.do("file.close")
    month.rest()
    assert not month.frame.drawers.history.isVisible()
    assert not month.frame.commands.on("view.history")


def test_what_was_done_again_counts_once() -> None:
    rows = [
        entry(6, kind="redo", undoes=5),
        entry(5, kind="undo", undoes=4, undone=True),
        entry(4),
        entry(3, kind="note"),
        entry(2, undone=True),
        entry(1),
    ]
    assert later(rows, 1) == ([6], None)
    assert later(rows, 5) == ([6], None)
    assert later(rows, 6) == ([], None)


@given(st.lists(st.sampled_from(["do", "undo", "final"]), max_size=12), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_a_final_entry_after_the_place_forbids_all(kinds: list[str], place: int) -> None:
    rows: list[HistoryRow] = []
    open_ones: list[int] = []
    for number, kind in enumerate(kinds, 1):
        if kind == "undo" and open_ones:
            target = open_ones.pop()
            rows = [
                entry(
                    row.number,
                    undone=row.undone or row.number == target,
                    final=row.final,
                    kind=row.kind,
                    undoes=row.undoes,
                )
                for row in rows
            ]
            rows.insert(0, entry(number, kind="undo", undoes=target))
        elif kind == "final":
            open_ones.clear()
            rows.insert(0, entry(number, final=True))
        else:
            open_ones.append(number)
            rows.insert(0, entry(number))
    numbers, blocker = later(rows, place)
    finals = [row.number for row in rows if row.final and row.number > place]
    assert (blocker.number if blocker else None) == (finals[0] if finals else None)
    expected = [row.number for row in rows if row.number > place and row.kind == "do" and not row.undone]
    assert numbers == ([] if finals else expected)
