"""Parts of the panel that show: a person's documents, her months as payroll gives them, what was done to her."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.person_papers import Papers
from ltu_desktop.window.person_part import Part, section
from ltu_desktop.window.pieces import clear, label
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import TABLE_HEAD, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ltu_desktop.queries.person_months import MonthRow
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.words import Words


class Months(Part):
    """Her months as payroll gives them, with the file and line that each figure comes from."""

    code: ClassVar[str] = "months"
    title: ClassVar[str] = N_("Months")

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.box.addLayout(section(words.text(N_("Months")), words.text(N_("as payroll gives them"))))
        self._none = label(words.text(N_("No payroll yet.")), Text.DENSE, "text3")
        self.model: RowsModel[MonthRow] = RowsModel(month_columns(words), key=lambda each: each.month)
        self.table = Table(self.model, row_height=28, edge=6)
        self.table.setAccessibleName(words.text(N_("Months")))
        self.box.addWidget(self._none)
        self.box.addWidget(self.table)
        self.box.addStretch(1)

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:  # noqa: ARG002  nothing is typed here
        """Show her months, the latest first."""
        months = sheet.person.months
        self._none.setVisible(not months)
        self.table.setVisible(bool(months))
        self.model.set_rows(months)
        self.table.setFixedHeight(TABLE_HEAD + 28 * len(months) + 1)

    def first(self) -> QWidget | None:
        """Begin in the table."""
        return self.table


class History(Part):
    """What was done to her lately, in sentences."""

    code: ClassVar[str] = "history"
    title: ClassVar[str] = N_("History")

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:  # noqa: ARG002  nothing is typed here
        """Show the latest entries."""
        clear(self.box)
        self.box.addLayout(section(self.words.text(N_("History"))))
        for said in sheet.history:
            self.box.addWidget(label(said, Text.DENSE, "text2", wrap=True, select=True))
        if not sheet.history:
            self.box.addWidget(label(self.words.text(N_("Nothing yet.")), Text.DENSE, "text3"))
        self.box.addStretch(1)


class Documents(Part):
    """Her documents: attached or dropped, opened by a copy. `wanted` says what a new one is."""

    code: ClassVar[str] = "documents"
    title: ClassVar[str] = N_("Documents")

    wanted = Signal(str)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.papers: Papers | None = None

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:  # noqa: ARG002  nothing is typed here
        """Show the documents."""
        clear(self.box)
        concerned = sheet.checklist is not None and sheet.checklist.concerned
        self.papers = Papers(self.words, sheet.papers, concerned=concerned, writable=sheet.writable)
        self.papers.wanted.connect(self.wanted)
        self.papers.opened.connect(self.opened)
        self.papers.removed.connect(self.removed)
        self.box.addLayout(section(self.words.text(N_("Documents"))))
        self.box.addWidget(self.papers)
        self.box.addStretch(1)

    def count(self, sheet: Sheet) -> int:
        """Count the documents."""
        return len(sheet.papers)

    def put_hand(self, name: str) -> bool:
        """Put the focus at the way to attach one."""
        if name != "papers" or self.papers is None:
            return False
        self.papers.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def first(self) -> QWidget | None:
        """Begin with the way to attach one."""
        return self.papers.add_button if self.papers is not None else None


def month_columns(words: Words) -> tuple[Column[MonthRow], ...]:
    """Return the columns of a person's months."""

    def origin(each: MonthRow) -> Cell:
        counted = [one for one in each.origins if one.counts]
        if not counted:
            return QUIET_ZERO
        last = counted[-1]
        text = (
            words.text(N_("{file}, line {line}"), file=last.file, line=words.integer(last.line))
            if last.line
            else last.file
        )
        return Cell(text, "text3")

    return (
        Column("month", words.text(N_("Month")), lambda each: Cell(words.month(each.month)), 112),
        Column(
            "paid",
            words.text(N_("Paid")),
            lambda each: Cell(words.number(each.paid_hours)),
            70,
            unit="h",
            right=True,
        ),
        Column(
            "unpaid",
            words.text(N_("Unpaid")),
            lambda each: Cell(words.number(each.unpaid_hours)) if each.unpaid_hours else QUIET_ZERO,
            98,
            unit="h",
            right=True,
        ),
        Column("origin", words.text(N_("Source")), origin, 90, stretch=True, yields=1),
    )
