"""What the panel only shows of a person: her identity, and her months as payroll gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.queries.people import MonthRow, PersonDetail
    from ltu_desktop.words import Words

IDENTITY = ("birth_date", "address", "postcode", "town", "email", "phone")


def identity(words: Words, person: PersonDetail) -> QWidget | None:
    """Show what is known of her; None when nothing is."""
    known = [(code, person.values[code]) for code in IDENTITY if person.values[code]]
    if not known:
        return None
    whole = QWidget()
    box = column(whole, gap=10)
    box.addWidget(label(words.text(N_("Identity")), Text.SECTION))
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for at, (code, value) in enumerate(known):
        grid.addWidget(label(field_name(words, code), Text.DENSE, "text3"), at, 0)
        grid.addWidget(label(field_value(words, code, value), Text.DENSE, select=True, wrap=True), at, 1)
    box.addLayout(grid)
    box.addWidget(rule())
    return whole


def months(words: Words, person: PersonDetail) -> QWidget:
    """Show her months, with the file and line that each figure comes from."""
    whole = QWidget()
    box = column(whole, gap=10)
    head = row(gap=10)
    head.addWidget(label(words.text(N_("Months")), Text.SECTION))
    head.addWidget(label(words.text(N_("as payroll gives them")), Text.BODY, "text2"), 1)
    box.addLayout(head)
    if not person.months:
        box.addWidget(label(words.text(N_("No payroll yet.")), Text.DENSE, "text3"))
        return whole
    model: RowsModel[MonthRow] = RowsModel(month_columns(words), key=lambda each: each.month)
    model.set_rows(person.months)
    table = Table(model, row_height=28, edge=6)
    table.setAccessibleName(words.text(N_("Months")))
    table.setFixedHeight(32 + 28 * min(len(person.months), 12) + 1)
    box.addWidget(table)
    return whole


def month_columns(words: Words) -> tuple[Column[MonthRow], ...]:
    """Return the columns of a person's months."""

    def origin(each: MonthRow) -> Cell:
        counted = [one for one in each.origins if one.counts]
        if not counted:
            return QUIET_ZERO
        last = counted[-1]
        text = words.text(N_("{file}, line {line}"), file=last.file, line=last.line) if last.line else last.file
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
        Column("origin", words.text(N_("Source")), origin, 90, stretch=True, hide_below=390),
    )
