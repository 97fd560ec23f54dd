"""Which column of a bank's table is which, chosen by hand with the first rows in sight; remembered with the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QWidget

from ltu_desktop.intake.columns import LABELS
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, choice_field, value_of
from ltu_desktop.window.models import Cell, Column, RowsModel
from ltu_desktop.window.pieces import clear, column, label, row, rule, scrolled
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_widths import PAD
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.window.import_work import Columns
    from ltu_desktop.words import Words

FIELDS = (
    *("bank.date", "bank.amount", "bank.debit", "bank.credit"),
    *("bank.label", "bank.more", "bank.payer", "bank.id", "bank.direction", "bank.currency"),
)
MONEY = ("bank.amount", "bank.debit", "bank.credit")
LEAST, MOST = 96, 260  # of a column of the first rows
Sample = tuple[int, tuple[str, ...]]


class ColumnsPane(QFrame):
    """The choice; `wanted` gives our field → head."""

    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.fields: dict[str, Field] = {}
        self.setProperty("ground", "canvas")
        inside = QWidget()
        box = column(inside, margins=(24, 16, 24, 16), gap=10)
        box.addWidget(label(words.text(N_("Which column is which?")), Text.SECTION))
        said = words.text(
            N_(
                "A date, and an amount or a debit and a credit. "
                "The next file from this bank will be read in the same way."
            )
        )
        box.addWidget(label(said, Text.BODY, "text2", wrap=True))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for at, name in enumerate(FIELDS):
            field = choice_field(words.text(LABELS[name]), ())
            self.fields[name] = field
            self._grid.addWidget(field, at // 4, at % 4, Qt.AlignmentFlag.AlignTop)
        for at in range(4):
            self._grid.setColumnStretch(at, 1)
        box.addLayout(self._grid)
        ways = row(gap=8)
        self.button = Button(words.text(N_("Read with these columns")), icon="check", kind=Kind.PRIMARY)
        self.button.clicked.connect(self._read)
        ways.addWidget(self.button)
        ways.addStretch(1)
        box.addLayout(ways)
        box.addWidget(rule(tone="line2"))
        box.addWidget(label(words.text(N_("The first rows of the file")), Text.STRONG))
        self._rows = column()
        box.addLayout(self._rows, 1)
        column(self).addWidget(scrolled(inside))
        self.table: Table | None = None

    def first(self) -> QWidget:
        """Begin with the date."""
        return self.fields["bank.date"].widget

    def show_columns(self, found: Columns) -> None:
        """Offer a file's columns; those that are understood are chosen."""
        words = self._words
        options = [("", words.term("column", "none")), *((head, head) for head in found.heads if head)]
        for name, field in self.fields.items():
            combo = field.widget
            assert isinstance(combo, QComboBox)
            field.wrong("")
            combo.clear()
            for code, text in options:
                combo.addItem(text, code)
            combo.setCurrentIndex(max(0, combo.findData(found.mapping.get(name, ""))))
        clear(self._rows)
        metrics = theme.metrics(Text.DENSE_STRONG)
        widths = [
            min(max(metrics.horizontalAdvance(text) + 2 * PAD for text in (head, *cells)), MOST)
            for head, cells in (
                (head, [each[at] for each in found.rows if at < len(each)]) for at, head in enumerate(found.heads)
            )
        ]
        columns: tuple[Column[Sample], ...] = tuple(
            Column(
                str(at),
                head,
                lambda each, at=at: Cell(each[1][at] if at < len(each[1]) else ""),  # type: ignore[misc]  # a lambda
                max(widths[at], LEAST),
                stretch=at == len(found.heads) - 1,
                yields=at,
            )
            for at, head in enumerate(found.heads)
        )
        model: RowsModel[Sample] = RowsModel(columns, key=lambda each: each[0])
        model.set_rows(list(enumerate(found.rows)))
        self.table = Table(model, row_height=28)
        self.table.setAccessibleName(words.text(N_("The first rows of the file")))
        self._rows.addWidget(self.table)

    def mapping(self) -> dict[str, str]:
        """Return what is chosen: our field → head."""
        return {name: head for name, field in self.fields.items() if (head := value_of(field))}

    def _read(self) -> None:
        chosen = self.mapping()
        text = self._words.text
        self.fields["bank.date"].wrong("" if "bank.date" in chosen else text(N_("Choose the column with the date.")))
        some = any(name in chosen for name in MONEY)
        self.fields["bank.amount"].wrong("" if some else text(N_("An amount, or a debit and a credit.")))
        taken: dict[str, str] = {}
        for name, head in chosen.items():
            if head in taken and not self.fields[name].is_wrong():
                self.fields[name].wrong(text(N_("This column is chosen twice.")))
            taken[head] = name
        wrong = next((field for field in self.fields.values() if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(chosen)
