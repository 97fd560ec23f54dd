"""What can be read of a window by a program: its texts, its names for a screen reader, and what is cut."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from ltu_desktop.window import theme
from ltu_desktop.window.bars import SearchButton
from ltu_desktop.window.controls import AROUND_TEXT, Choice
from ltu_desktop.window.form import Field
from ltu_desktop.window.menu import LANGUAGE_NAMES
from ltu_desktop.window.pieces import Elided
from ltu_desktop.window.reports_table import ReportTable
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import Text
from ltu_desktop.words import Words, catalogue_files

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCENTED = str.maketrans("aeiouyncAEIOU", "âéîöûÿñçÀÉÎÖÙ")
SOUNDS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class Longer(Words):
    """Words of no language: English ones, all accented and 40 % longer, as another language might be."""

    def __init__(self) -> None:
        super().__init__("en")

    def text(self, message: str, **params: object) -> str:
        return longer(super().text(message)).format(**params) if params else longer(super().text(message))

    def plural(self, one: str, many: str, count: int, **params: object) -> str:
        return longer(one if count == 1 else many).format(count=self.integer(count), **params)

    def term(self, context: str, message: str, **params: object) -> str:
        found = longer(super().term(context, message))
        return found.format(**params) if params else found


def longer(text: str) -> str:
    """Accent a text and lengthen each of its words by 40 %, leaving `{named}` places as they are."""

    def stretch(word: str) -> str:
        more = round(len(word) * 0.4)
        return (word + word[::-1][:more]).translate(ACCENTED) if word.isalpha() else word

    parts = re.split(r"(\{\w+\}|\w+)", text)
    return "".join(part if part.startswith("{") else stretch(part) for part in parts)


def plain(text: str) -> str:
    """Take the accents off a text."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


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
    own = {name for _, name in LANGUAGE_NAMES}  # each stands in its own language
    return {text for text in english - french - own if text and "{" not in text}


def several(text: object) -> list[str]:
    return [str(each) for each in text] if isinstance(text, tuple | list) else [str(text or "")]


def seen(root: QWidget) -> Iterator[QWidget]:
    """Give every widget that is shown, without a look into what is hidden: most pages are, and hold the most."""
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible():
            yield from seen(child)


def shown_texts(root: QWidget) -> list[str]:
    """Return every text that a person or a screen reader meets."""
    texts: list[str] = [root.windowTitle()]
    for widget in seen(root):
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(at) for at in range(widget.count())]
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
        texts += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    return [text for text in texts if text]


def nameless(root: QWidget) -> list[str]:
    """Return what can have the focus, or be clicked, and does not tell a screen reader what it is."""
    found = []
    for widget in seen(root):
        if isinstance(widget, QLineEdit) and isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
            continue  # a part of that
        takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not takes and not isinstance(widget, SOUNDS):
            continue
        if isinstance(widget, QAbstractItemView) and isinstance(widget.parentWidget(), QWidget) and not takes:
            continue  # the heads of a table, or a list that its field speaks for
        own = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
        if not (widget.accessibleName() or own):
            found.append(f"{type(widget).__name__} in {path_of(widget)}")
    return found


def path_of(widget: QWidget) -> str:
    """Say where a widget stands."""
    names = []
    above = widget.parentWidget()
    while above is not None:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names[:4])


def silent_cells(root: QWidget) -> list[str]:
    """Return the cells of tables that show something, be it a mark, and say nothing."""
    found = []
    for widget in seen(root):
        if isinstance(widget, Table):
            model = widget.rows_model
            for row in range(min(model.rowCount(), 5)):
                for column in range(model.columnCount()):
                    index = model.index(row, column)
                    cell = model.columns[column].cell(model.rows()[row])
                    shows = cell.text or cell.quiet or cell.meaning or cell.checked is not None
                    if shows and not index.data(Qt.ItemDataRole.AccessibleTextRole):
                        found.append(f"{widget.accessibleName()}: row {row}, {model.columns[column].code}")
    return found


def cut_texts(root: QWidget) -> list[str]:
    """Find texts that have less room than they need; what may be shortened says the whole in its tooltip."""
    found: list[str] = []
    for widget in seen(root):
        if isinstance(widget, Table):
            found += cut_cells(widget)
        needs = _needs(widget)
        if needs is None:
            continue
        text, room, need = needs
        if room < need:
            found.append(f"{text!r}: {room} < {need} ({type(widget).__name__} in {path_of(widget)})")
        inside = visible_part(widget, root)
        if not inside.isEmpty() and inside.width() < widget.width():
            found.append(f"{text!r} sticks out sideways ({path_of(widget)})")
    return found


def cut_names(root: QWidget) -> list[str]:
    """Find names of fields that are shortened: a tooltip helps nobody who fills in a form by its names."""
    return [
        f"{name.text()!r}: {name.width()} < {need} ({path_of(field)})"
        for field in seen(root)
        if isinstance(field, Field) and (name := field.label).isVisible()
        if name.width() < (need := name.fontMetrics().horizontalAdvance(name.text()))
    ]


def squeezed(root: QWidget) -> list[str]:
    """Find what is smaller than it bears or lies over its neighbour; and lists that scroll sideways.

    What is drawn and not written (a line of steps, a chip, a button of an icon alone) is known by this only. The grids
    of days, and reports of many months, scroll sideways by right.
    """
    found: list[str] = []
    for widget in seen(root):
        if isinstance(widget, Table) and not isinstance(widget, ReportTable) and widget.horizontalScrollBar().maximum():
            found.append(f"{widget.accessibleName()} scrolls sideways by {widget.horizontalScrollBar().maximum()}")
        if isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum():
            over = widget.horizontalScrollBar().maximum()
            found.append(f"what {path_of(widget)} holds scrolls sideways by {over}")
        layout = widget.layout()
        if layout is None or isinstance(layout, QStackedLayout):
            continue
        parts = [(each, each.geometry()) for each in _widgets(layout)]
        for at, (one, place) in enumerate(parts):
            if one.layout() is None and not isinstance(one, Elided | QStackedWidget | QSplitter):
                least = one.minimumSizeHint().expandedTo(one.minimumSize()).boundedTo(one.maximumSize())
                if place.width() < least.width() or place.height() < least.height():
                    has, bears = place.size().toTuple(), least.toTuple()
                    found.append(f"{_named(one)} is {has}, not {bears} ({path_of(one)})")
            found += [
                f"{_named(one)} lies over {_named(other)} ({path_of(one)})"
                for other, there in parts[at + 1 :]
                if place.intersects(there)
            ]
    return found


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    """Give the widgets of a layout that are shown, and of those within."""
    for at in range(layout.count()):
        item = layout.itemAt(at)
        assert item is not None
        widget, inner = item.widget(), item.layout()
        if widget is not None and widget.isVisible():
            yield widget
        elif inner is not None:
            yield from _widgets(inner)


def _named(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


def _needs(widget: QWidget) -> tuple[str, int, int] | None:
    """Return a widget's text with the room it has and the room it needs; None where nothing can be cut."""
    if isinstance(widget, Elided) or not isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit):
        return None
    if isinstance(widget, QLabel):
        if not widget.text():
            return None
        if widget.wordWrap():
            return widget.text(), widget.height(), widget.heightForWidth(widget.width())
        return widget.text(), widget.width(), widget.sizeHint().width()
    if isinstance(widget, QAbstractButton):
        if isinstance(widget, SearchButton | Choice) and widget.toolTip():
            return None  # they shorten their text and say the whole in the tooltip
        return (widget.text(), widget.width(), widget.sizeHint().width()) if widget.text() else None
    if isinstance(widget, QComboBox):
        text = widget.currentText()
        if widget.toolTip() == text:
            return None  # it shortens its text and says the whole in the tooltip
        return text, widget.width() - AROUND_TEXT, QFontMetrics(widget.font()).horizontalAdvance(text)
    text = widget.placeholderText() if not widget.text() else ""
    margins = widget.textMargins()
    room = widget.width() - 16 - margins.left() - margins.right()
    return (text, room, QFontMetrics(widget.font()).horizontalAdvance(text)) if text and not widget.toolTip() else None


def visible_part(widget: QWidget, root: QWidget) -> QRect:
    """Return what can be seen of a widget sideways: the part inside all that holds it."""
    area = QRect(widget.mapTo(root, widget.rect().topLeft()), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        area &= QRect(parent.mapTo(root, parent.rect().topLeft()), parent.size())
        parent = parent.parentWidget()
    return area


def cut_cells(table: Table) -> list[str]:
    """Find figures that have less room than they need, and heads whose tooltip does not say the whole."""
    found: list[str] = []
    model = table.rows_model
    head, body = QFontMetrics(theme.font(Text.DENSE_STRONG)), QFontMetrics(theme.font(Text.DENSE_STRONG))
    room = table.viewport().width()
    for at, column in enumerate(model.columns):
        if table.isColumnHidden(at):
            continue
        inner = table.inner(QRect(table.columnViewportPosition(at), 0, table.columnWidth(at), 30), at)
        if inner.right() > room + table.horizontalScrollBar().maximum():
            found.append(f"column {column.code} sticks out of {table.accessibleName()}")
        unit = QFontMetrics(theme.font(Text.DENSE)).horizontalAdvance(f" {column.unit}") if column.unit else 0
        whole = model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if head.horizontalAdvance(column.head) + unit > inner.width() and not str(whole).startswith(column.head):
            found.append(f"head {column.head!r} in {table.accessibleName()}")
        if column.right:
            found += [
                f"figure {column.cell(row).text!r} in {column.code}"
                for row in model.rows()
                if body.horizontalAdvance(column.cell(row).text) > inner.width()
            ]
    return found
