"""What stands on the pages: complete, in one language, and nowhere cut, on an office screen and at 125 %."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Choice
from ltu_desktop.window.pieces import Elided
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import Text
from ltu_desktop.words import Words, catalogue_files
from tests.studio import wait
from tests.window.test_import import STAFF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.window.import_page import ImportPage
    from tests.window.conftest import Desk

SIZES = [(1366, 768), (1093, 614)]


def english_only() -> set[str]:
    """English texts that French says otherwise: none of them may stand on a French page."""
    from babel.messages.pofile import read_po

    english: set[str] = set()
    french: set[str] = set()
    for path in catalogue_files("fr"):
        with path.open("rb") as file:
            for message in read_po(file):
                english |= set(several(message.id))
                french |= set(several(message.string))
    return {text for text in english - french if text and "{" not in text}


def several(text: object) -> list[str]:
    return [str(each) for each in text] if isinstance(text, tuple | list) else [str(text or "")]


def shown_texts(root: QWidget) -> list[str]:
    texts: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        if isinstance(widget, Choice):
            texts.append(widget.label())
        if isinstance(widget, Table):
            texts += [column.head for column in widget.rows_model.columns]
            for row in widget.rows_model.rows()[:40]:
                texts += [
                    part
                    for column in widget.rows_model.columns
                    for part in (column.cell(row).text, column.cell(row).quiet)
                ]
        texts += [widget.toolTip(), widget.accessibleName()]
    return [text for text in texts if text]


def cut_texts(root: QWidget) -> list[str]:
    """Find texts that have less room than they need; what may be shortened says the whole in its tooltip."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, Elided):
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                if widget.height() < widget.heightForWidth(widget.width()):
                    found.append(f"{widget.text()!r}: {widget.height()} < {widget.heightForWidth(widget.width())} high")
            elif widget.width() < widget.sizeHint().width():
                found.append(f"{widget.text()!r}: {widget.width()} < {widget.sizeHint().width()}")
        if isinstance(widget, Button | Choice) and widget.width() < widget.sizeHint().width():
            found.append(f"{widget.text()!r}: {widget.width()} < {widget.sizeHint().width()}")
        if isinstance(widget, QLabel | Button | Choice):
            inside = visible_part(widget, root)
            if inside.isEmpty():
                continue
            if inside.width() < widget.width():
                found.append(f"{widget.text()!r} sticks out sideways")
        if isinstance(widget, Table):
            found += cut_cells(widget)
    return found


def visible_part(widget: QWidget, root: QWidget) -> QRect:
    """Return what can be seen of a widget sideways: the part inside all that holds it."""
    area = QRect(widget.mapTo(root, widget.rect().topLeft()), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        area &= QRect(parent.mapTo(root, parent.rect().topLeft()), parent.size())
        parent = parent.parentWidget()
    return area


def cut_cells(table: Table) -> list[str]:
    found: list[str] = []
    model = table.rows_model
    head, body = QFontMetrics(theme.font(Text.DENSE_STRONG)), QFontMetrics(theme.font(Text.DENSE_STRONG))
    room = table.viewport().width()
    for at, column in enumerate(model.columns):
        if table.isColumnHidden(at):
            continue
        inner = table.inner(QRect(table.columnViewportPosition(at), 0, table.columnWidth(at), 30), at)
        if inner.right() > room:
            found.append(f"column {column.code} sticks out")
        unit = QFontMetrics(theme.font(Text.DENSE)).horizontalAdvance(f" {column.unit}") if column.unit else 0
        if head.horizontalAdvance(column.head) + unit > inner.width():
            found.append(f"head {column.head!r}")
        if column.right:
            found += [
                f"figure {column.cell(row).text!r} in {column.code}"
                for row in model.rows()
                if body.horizontalAdvance(column.cell(row).text) > inner.width()
            ]
    return found


def start(window: Desk) -> None:
    window.frame.desk.close_file()
    window.rest()


def new_file(window: Desk) -> None:
    start(window)
    assert window.frame.start is not None
    window.frame.start.begin_new()
    window.frame.start.maker.go_on()


def people(window: Desk) -> None:
    window.go("people")


def person(window: Desk) -> None:
    window.go("people", "0039")


def claims(window: Desk) -> None:
    window.go("claims")


def claim(window: Desk) -> None:
    window.go("claim")


def problem(window: Desk) -> None:
    window.go("claim")
    window.frame.commands.do("claim.next_problem")


def empty_claim(window: Desk) -> None:
    window.go("claim")
    window.frame.commands.do("month.previous")


def import_file(window: Desk) -> None:
    window.go("import", "people")


def preview_of_import(window: Desk) -> None:
    path = window.folder / "personnel.csv"
    path.write_text(STAFF, "utf-8")
    page: ImportPage = window.go("import", "people")  # type: ignore[assignment]
    page.read(path)


def settings(window: Desk) -> None:
    window.go("settings")


def keys(window: Desk) -> None:
    window.frame.commands.do("view.keys")


def home(window: Desk) -> None:
    window.go("home")


def payments(window: Desk) -> None:
    window.go("payments")


def reports(window: Desk) -> None:
    window.go("reports")


PAGES = [
    start, new_file, people, person, claims, claim, problem, empty_claim, import_file, preview_of_import, settings, keys,
    home, payments, reports,
]  # fmt: skip


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_every_page_is_whole_and_in_one_language(
    size: tuple[int, int], language: str, make_window: Callable[..., Desk], open_month: Path, tmp_path: Path
) -> None:
    window = make_window(language, size)
    path = tmp_path / "f.ltu"
    foreign = english_only()
    wrong: list[str] = []
    for show in PAGES:
        shutil.copy(open_month, path) if not path.exists() else None
        window.open(path)
        show(window)
        window.rest()
        wait(window.frame, 30)
        root = window.frame.centralWidget()
        assert root is not None
        for text in shown_texts(root):
            if re.search(r"\{\w+\}", text) or re.fullmatch(r"[a-z]+(_[a-z]+)+", text):
                wrong.append(f"{show.__name__}: raw {text!r}")
            if language == "fr" and text in foreign:
                wrong.append(f"{show.__name__}: English {text!r}")
        wrong += [f"{show.__name__}: cut {text}" for text in cut_texts(root)]
        for popup in (window.frame.keys_help, window.frame.palette_popup):
            popup.vanish()
        window.frame.toast.hide()
    assert not wrong, "\n".join(wrong)


def test_every_table_speaks(month: Desk) -> None:
    """A screen reader hears the head and the value of each cell, and a name for each table, field and button."""
    for code in ("people", "claims", "claim", "settings"):
        page = month.go(code)
        for table in page.findChildren(QTableView):
            assert table.accessibleName(), code
        for widget in page.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QLineEdit) and widget.isVisible():
                assert widget.accessibleName() or getattr(widget, "text", str)(), (code, widget)
    assert Words("fr").text("Status") == "Statut"
