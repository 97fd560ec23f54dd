"""The page of what is printed for the sites: chosen, looked at, saved, printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtPdf import QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from ltu_desktop.actions import planning
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.window import dialogs, document_page
from ltu_desktop.window.paper_page import Ask
from ltu_desktop.window.pieces import Band
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ltu_desktop.actions.context import Context
    from tests.window.conftest import Desk

MONDAY = date(2026, 10, 19)


def plan(desk: Desk) -> None:
    def action(ctx: Context) -> None:
        with ctx.store.write("test") as tx:
            people = tx.connection.execute(t.person.select().order_by(t.person.c.folded)).all()
            garden = tx.insert(t.activity, {"code": "MAR", "name": "Maraîchage"})
        for each in people[:3]:
            planning.add_shift(ctx, each.id, MONDAY, garden, 510, 990, pause=60)

    desk.frame.desk.act(action, lambda _done: None)
    desk.rest()


def test_a_week_is_looked_at_saved_and_printed(month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plan(month)
    page: Any = month.go("paper", Ask("people", monday=MONDAY))
    assert page.name.startswith("planning-2026-s43-")
    assert page.count == 1
    QTest.mouseClick(page.kinds["slips"], Qt.MouseButton.LeftButton)
    month.rest()
    assert page.count == 3
    QTest.keyClicks(page.fields["name"].widget, "Nadia")
    QTest.keyClicks(page.fields["phone"].widget, "0353010017")
    QTest.keyClick(page.fields["phone"].widget, Qt.Key.Key_Return)
    month.rest()
    assert "Nadia" in Paper(page.data).text(0)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    page.save()
    month.rest()
    assert [path.name for path in folder.iterdir()] == ["fiches-semaine-2026-s43.pdf"]
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.send(printer)
    month.rest()
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("change", ["another width", "another document"])
def test_a_page_that_was_drawn_for_what_was_before_does_not_stay(qtbot: QtBot, month: Desk, change: str) -> None:
    plan(month)
    page: Any = month.go("paper", Ask("people", monday=MONDAY))
    view = page.view
    renderer = view.findChild(QPdfPageRenderer)
    red = QImage(600, 800, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)

    def is_red() -> bool:
        seen = view.viewport().grab().toImage()
        return bool(seen.pixelColor(seen.width() // 2, 60) == QColor(Qt.GlobalColor.red))

    drawn = []
    renderer.pageRendered.connect(lambda *_: drawn.append(1))
    view.resize(view.width() - 20, view.height())
    qtbot.waitUntil(lambda: bool(drawn))
    if change == "another width":
        view.resize(view.width() - 20, view.height())
    else:
        view.show_data(page.data)
    renderer.pageRendered.emit(0, red.size(), red, QPdfDocumentRenderOptions(), 0)
    assert is_red(), "it comes late"
    qtbot.waitUntil(lambda: not is_red())


def test_a_week_without_a_plan_says_what_to_do(month: Desk) -> None:
    page: Any = month.go("paper", Ask("people", monday=date(2026, 1, 5)))
    assert page.trouble.isVisible()
    assert "Planifiez d’abord la semaine" in page.trouble.said.text()
    assert page.count == 0
    page.save()
    page.print()  # nothing to print: nothing happens
    QTest.keyClick(month.frame, Qt.Key.Key_Escape)
    month.rest()
    assert month.frame.page is not None
    assert month.frame.page.code == "people"


def test_month_sheets_of_the_chosen_or_of_all(month: Desk) -> None:
    store = month.frame.desk.store
    assert store is not None
    with store.read() as connection:
        people = tuple(connection.execute(t.person.select()).scalars().all()[:2])
    page: Any = month.go("paper", Ask("people", month=Month(2026, 10), people=people))
    assert page.count == 2
    QTest.mouseClick(page.only, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.count == 24
    QTest.mouseClick(page.kinds["filled"], Qt.MouseButton.LeftButton)
    month.rest()
    assert "Fait 0,00 h." in Paper(page.data).text(0)


def test_of_very_many_pages_the_first_are_shown_and_all_are_printed_and_saved(
    month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(document_page, "SHOWN", 5)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    store = month.frame.desk.store
    assert store is not None
    with store.read() as connection:
        people = tuple(connection.execute(t.person.select()).scalars().all()[:5])
    page: Any = month.go("paper", Ask("people", month=Month(2026, 10), people=people))

    def told() -> list[str]:
        return [band.accessibleName() for band in page.findChildren(Band) if band.isVisible()]

    assert (page.view.count(), told()) == (5, [])
    QTest.mouseClick(page.only, Qt.MouseButton.LeftButton)
    month.rest()
    sentence = "Les 5 premières des 24 pages sont affichées Toutes sont imprimées et enregistrées."
    assert (page.view.count(), told()) == (5, [sentence])
    assert page.head.context.text().endswith("24 pages")
    page.save()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.send(printer)
    month.rest()
    assert [len(Paper(path.read_bytes()).pages) for path in folder.iterdir()] == [24]
    assert len(Paper((tmp_path / "printed.pdf").read_bytes()).pages) == 24
    QTest.mouseClick(page.only, Qt.MouseButton.LeftButton)
    month.rest()
    assert (page.view.count(), told()) == (5, [])
