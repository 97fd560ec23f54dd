"""Rows for tables: frozen structs, columns as data, sorting and filtering in memory. No database, no colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.window.tokens import Meaning

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: a text, its tone, an icon of a meaning after (or before) it, more text in a quiet tone."""

    text: str
    tone: str = "text"
    strong: bool = False
    meaning: Meaning | None = None
    meaning_first: bool = False
    quiet: str = ""  # follows the text, in the third tone
    checked: bool | None = None  # a check box instead of a text
    fixed: bool = False  # a check box that is not to be changed
    icon: str = ""  # before the text
    link: bool = False


QUIET_ZERO = Cell("–", "text3")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: head, what a cell shows, how it sorts, and how it is read aloud.

    A head with a `short` may take two lines, and says that where its words have no room in them.
    `width` is in logical pixels: what a column likes to have, and the most that a text claims before others have to go.
    Those that `stretch` take what is left over. Where there is too little room the columns with the greatest `yields`
    go first, all that have the same together; 0 never goes.
    """

    code: str
    head: str
    cell: Callable[[Row], Cell]
    width: int
    unit: str = ""
    short: str = ""
    right: bool = False
    stretch: bool = False
    sort: Callable[[Row], Any] | None = None
    spoken: Callable[[Row], str] | None = None
    yields: int = 0

    def say(self, row: Row) -> str:
        """Return the cell's text for a screen reader."""
        if self.spoken:
            return self.spoken(row)
        cell = self.cell(row)
        return " ".join(part for part in (cell.text, cell.quiet) if part)


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of one kind in columns; keeps what is shown apart from all there is."""

    shown_changed = Signal()

    def __init__(self, columns: Sequence[Column[Row]], *, key: Callable[[Row], object]) -> None:
        """`key` names a row for good, so that the selection survives a refresh."""
        super().__init__()
        self.columns = tuple(columns)
        self._key = key
        self._all: tuple[Row, ...] = ()
        self._shown: list[Row] = []
        self._wanted: Callable[[Row], bool] | None = None
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.active: Callable[[Row], bool] | None = None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows under the same filter and order."""
        self._all = tuple(rows)
        self._lay()

    def set_filtered(self, rows: Sequence[Row], wanted: Callable[[Row], bool] | None) -> None:
        """Show other rows under another filter."""
        self._wanted = wanted
        self.set_rows(rows)

    def all_rows(self) -> tuple[Row, ...]:
        """Return every row, shown or not."""
        return self._all

    def rows(self) -> list[Row]:
        """Return the rows that are shown, in their order."""
        return self._shown

    def row(self, index: Index) -> Row | None:
        """Return the row of an index."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def cell(self, index: Index) -> Cell | None:
        """Return what the cell of an index shows."""
        row = self.row(index)
        return None if row is None else self.columns[index.column()].cell(row)

    def is_active(self, row: Row) -> bool:
        """Tell whether a row is not off."""
        return self.active is None or self.active(row)

    def place(self, key: object) -> int:
        """Return where the row with a key is shown, or -1."""
        return next((place for place, row in enumerate(self._shown) if self._key(row) == key), -1)

    def key(self, row: Row) -> object:
        """Return the lasting name of a row."""
        return self._key(row)

    def filter(self, wanted: Callable[[Row], bool] | None) -> None:
        """Show only some rows; None shows all."""
        if wanted is not None or self._wanted is not None:
            self._wanted = wanted
            self._lay()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        self._sorted = (column, order) if column >= 0 and self.columns[column].sort else None
        self._lay()

    def _lay(self) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        keys = [(self._key(row) if (row := self.row(index)) is not None else None, index.column()) for index in old]
        shown = [row for row in self._all if self._wanted is None or self._wanted(row)]
        if self._sorted:
            column, order = self._sorted
            sort = self.columns[column].sort
            assert sort is not None
            shown.sort(key=sort, reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = shown
        if old:
            places = {self._key(row): place for place, row in enumerate(shown)}
            self.changePersistentIndexList(
                old, [self.index(places[key], column) if key in places else QModelIndex() for key, column in keys]
            )
        self.layoutChanged.emit()
        self.shown_changed.emit()

    def touch(self) -> None:
        """Tell that cells look different though the rows are the same."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  Qt's name
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802  Qt's name
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell's text, or its spoken text."""
        row = self.row(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.cell(row).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.head} {column.say(row)}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802  Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a column's head."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return f"{column.head} {column.unit}".strip()
        return None

    def as_text(self, places: Sequence[int] | None = None, off: frozenset[str] = frozenset()) -> str:
        """Return rows as tab-separated text with heads, for a spreadsheet; figures keep no thousands separators.

        The columns whose code is in `off` are left out.
        """
        columns = [column for column in self.columns if column.code not in off]
        wanted = range(len(self._shown)) if places is None else places
        lines = ["\t".join(f"{column.head} {column.unit}".strip() for column in columns)]
        lines += ["\t".join(_plain(column, self._shown[place]) for column in columns) for place in wanted]
        return "\n".join(lines)


def _plain(column: Column[Any], row: Any) -> str:
    text = column.cell(row).text
    if column.right:
        return (
            "" if text == QUIET_ZERO.text else text.replace("\u202f", "").replace("\u00a0", " ").replace("\u2212", "-")
        )
    return text.replace("\t", " ").replace("\n", " ")
