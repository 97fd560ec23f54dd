"""The list of people: filters above, rows, counts and FTE pinned at the foot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QMenu, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.text import fold
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.people_filters import Filters
from ltu_desktop.window.pieces import Elided, column, label, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import ROW_LIST, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ltu_desktop.queries.people import PersonRow
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.memory import Memory
    from ltu_desktop.words import Words

STOPS = frozenset({"status", "aid"})  # what keeps a person off the claim; the rest only asks for a look
MISSING = {
    "status": N_("Status missing"),
    "recognised_on": N_("Decision’s date missing"),
    "contract": N_("No contract"),
    "weekly_hours": N_("Weekly hours missing"),
    "aid": N_("State aid to check"),
}


def hours_text(words: Words, value: object) -> str:
    """Write weekly hours as short as they are: `35`, `17,5`."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",") if words.language == "fr" else plain


def fte_in_month(each: PersonRow) -> Decimal:
    """Return the FTE of somebody who is there in the month; of the others it counts nowhere."""
    return each.fte if each.present and each.fte is not None else ZERO


def people_columns(words: Words) -> tuple[Column[PersonRow], ...]:
    """Return the columns of the list."""

    def file_cell(each: PersonRow) -> Cell:
        meaning = Meaning.BLOCKING if STOPS & set(each.missing) else Meaning.ATTENTION
        if each.missing:
            text = words.text(MISSING[each.missing[0]])
            if len(each.missing) > 1:
                text = words.plural("{count} point missing", "{count} points missing", len(each.missing))
        elif each.to_check:
            text = words.plural("{count} point to check", "{count} points to check", len(each.to_check))
        if each.missing or each.to_check:
            return Cell(text, f"{meaning}.fg", strong=True, meaning=meaning, meaning_first=True)
        if each.file_state == "not_concerned":
            return Cell(words.term("file", "Not applicable"), "text3")
        return Cell(words.term("file", "Complete"), "text3")

    return (
        Column(
            "staff_number",
            words.term("column", "Staff no."),
            lambda each: Cell(each.staff_number, "text3"),
            56,
            sort=lambda each: each.staff_number,
            yields=6,
        ),
        Column(
            "name",
            words.text(N_("NAME First name")),
            lambda each: Cell(each.name.upper(), strong=True, quiet=each.first_names),
            220,
            stretch=True,
            sort=lambda each: each.folded,
        ),
        Column(
            "status",
            words.text(N_("Status")),
            lambda each: Cell(words.status(each.status), "text2"),
            88,
            sort=lambda each: each.status or "",
            yields=1,
        ),
        Column(
            "site",
            words.text(N_("Site")),
            lambda each: Cell(each.site, "text2") if each.site else QUIET_ZERO,
            110,
            sort=lambda each: fold(each.site),
            yields=7,
        ),
        Column(
            "activity",
            words.text(N_("Activity")),
            lambda each: Cell(each.activity, "text2") if each.activity else QUIET_ZERO,
            192,
            sort=lambda each: fold(each.activity),
            yields=8,
        ),
        Column(
            "weekly_hours",
            words.text(N_("h/week")),
            lambda each: QUIET_ZERO if each.weekly_hours is None else Cell(hours_text(words, each.weekly_hours)),
            64,
            right=True,
            sort=lambda each: each.weekly_hours or ZERO,
        ),
        Column(
            "fte",
            words.text(N_("FTE")),
            lambda each: Cell(words.fte(fte_in_month(each))) if fte_in_month(each) else QUIET_ZERO,
            56,
            right=True,
            sort=fte_in_month,
            yields=5,  # names are whole before it is seen
        ),
        Column(
            "entry",
            words.text(N_("Entry")),
            lambda each: Cell(words.day(each.entry), "text2") if each.entry else QUIET_ZERO,
            92,
            sort=lambda each: each.entry or date.min,
            yields=4,
        ),
        Column(
            "exit",
            words.text(N_("Exit")),
            lambda each: Cell(words.day(each.exit), "text2") if each.exit else QUIET_ZERO,
            92,
            sort=lambda each: each.exit or date.max,
            yields=3,
        ),
        Column(
            "paid_hours",
            words.text(N_("Paid")),
            lambda each: QUIET_ZERO if each.paid_hours is None else Cell(words.number(each.paid_hours)),
            76,
            unit="h",
            right=True,
            sort=lambda each: each.paid_hours or ZERO,
            yields=2,
        ),
        Column(
            "file",
            words.text(N_("Record")),
            file_cell,
            152,
            sort=lambda each: (not each.missing, each.file_state, each.folded),
        ),
    )


ALWAYS = frozenset({"name"})  # the column that cannot be taken off
OFF_AT_FIRST = frozenset({"entry", "exit", "paid_hours"})


class PeopleList(QFrame):
    """Filters, list and foot. Several people can be chosen: with Shift or Ctrl, by click or with the keyboard."""

    def __init__(self, words: Words, memory: Memory) -> None:
        super().__init__()
        self._words, self._memory = words, memory
        self.setProperty("ground", "surface")
        box = column(self)
        self.filters = Filters(words)
        self.search = self.filters.search
        self.columns_button = Button(icon="columns", kind=Kind.QUIET)
        self.columns_button.setToolTip(words.text(N_("Choose the columns")))
        self.columns_button.setAccessibleName(self.columns_button.toolTip())
        self.columns_button.clicked.connect(self._choose_columns)
        self.filters.bar.addWidget(self.columns_button)
        box.addWidget(self.filters)
        box.addWidget(rule(tone="line2"))
        self.model: RowsModel[PersonRow] = RowsModel(people_columns(words), key=lambda each: each.id)
        self.model.active = lambda each: each.present
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.BODY, edge=24)
        self.table.setSelectionMode(Table.SelectionMode.ExtendedSelection)
        self.table.setProperty("pane", True)
        self.table.setAccessibleName(words.text(N_("People")))
        self.table.order_by("name")
        self.table.take_off(memory.columns_off("people", OFF_AT_FIRST))
        box.addWidget(self.table, 1)
        box.addWidget(rule(tone="edge"))
        box.addWidget(self._foot())
        self.filters.changed.connect(self.filter)

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("ground", "header")
        foot.setFixedHeight(36)
        across = row(foot, margins=(24, 0, 24, 0), gap=12)
        self.count = label("", Text.STRONG)
        self.kinds = Elided("", Text.BODY, "text2")
        self.hours = label("", Text.BODY, "text2")
        self.fte = label("", Text.STRONG)
        across.addWidget(self.count)
        across.addWidget(self.kinds, 1)
        across.addWidget(self.hours)
        across.addWidget(self.fte)
        return foot

    def show_people(self, rows: Sequence[PersonRow], month: Month) -> None:
        """Show the people as of a month."""
        self.filters.show_people(rows, month)
        self.model.set_filtered(rows, self.filters.test())
        self._say_foot()

    def chosen_rows(self) -> list[PersonRow]:
        """Return the people who are chosen, in the order of the list."""
        return [self.model.rows()[place] for place in self.table.chosen_places()]

    def columns_menu(self) -> QMenu:
        """Make the menu of the columns that can be taken off."""
        menu = QMenu(self)
        for each in self.model.columns:
            if each.code not in ALWAYS:
                action = menu.addAction(each.head)
                action.setCheckable(True)
                action.setChecked(each.code not in self.table.off)
                action.triggered.connect(lambda on, code=each.code: self._show_column(code, on=on))
        return menu

    def _choose_columns(self) -> None:
        menu = self.columns_menu()
        menu.exec(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))
        menu.deleteLater()

    def _show_column(self, code: str, *, on: bool) -> None:
        self.table.take_off(self.table.off - {code} if on else self.table.off | {code})
        self._memory.keep_columns_off("people", self.table.off)

    def filter(self) -> None:
        """Show the rows that all filters let through."""
        self.model.filter(self.filters.test())
        self._say_foot()

    def show_all(self) -> None:
        """Take every filter off."""
        self.filters.clear()

    def show_lacking(self, field: str) -> str:
        """Leave in the list whose record is to complete; return the first staff number that lacks a field."""
        self.filters.set_values({"present": "month", "file": "missing"})
        return next((each.staff_number for each in self.model.rows() if field in each.missing), "")

    def _say_foot(self) -> None:
        words, rows = self._words, self.model.rows()
        self.table.say_nothing(words.text(N_("Nobody matches: clear the text, or take a filter off.")))
        self.count.setText(words.plural("{count} person", "{count} people", len(rows)))
        ppde = sum(1 for each in rows if each.status == "ppde")
        other = sum(1 for each in rows if each.status == "other")
        unsaid = len(rows) - ppde - other
        said = [words.plural("{count} PPDE", "{count} PPDE", ppde)] if ppde else []
        if other:
            said.append(words.plural("{count} other", "{count} others", other))
        if unsaid:
            said.append(words.plural("{count} without status", "{count} without status", unsaid))
        self.kinds.setText(" · ".join(said))
        self.hours.setText(words.text(N_("FTE by contract")))
        self.fte.setText(words.fte(sum((fte_in_month(each) for each in rows), ZERO)))
        counted = words.text(N_("Everybody employed in the month, including those who left during it"))
        for part in (self.hours, self.fte):
            part.setToolTip(counted)
