"""The lines of a claim in the middle: filters, the table of figures, totals pinned below."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from ltu_desktop.documents.claim_labels import part as part_name
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.rules.text import fold
from ltu_desktop.window import theme
from ltu_desktop.window.claim_corrections import (
    CorrectionRow,
    correction_columns,
    correction_rows,
    correction_total,
)
from ltu_desktop.window.claim_explained import (
    DIFFERENCE,
    differences,
    explain_asked,
    explain_correction,
    explain_included,
    explain_line,
    explain_total,
)
from ltu_desktop.window.claim_figures import FTE, FUNDABLE, PAID, TOTAL, LineRow, Shown
from ltu_desktop.window.claim_totals import ChosenTotals
from ltu_desktop.window.controls import Choice, Segments
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.pieces import SearchField, column, label, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_totals import TableWithTotals, Total
from ltu_desktop.window.tokens import ROW_CLAIM, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from PySide6.QtGui import QResizeEvent

    from ltu_desktop.documents.claim_view import Entry, Sums
    from ltu_desktop.rules.answer import Line
    from ltu_desktop.window.claim_explained import Explained
    from ltu_desktop.words import Words

Figure: TypeAlias = "Callable[[LineRow], Decimal]"
MARKS = {Severity.BLOCKER: Meaning.BLOCKING, Severity.WARNING: Meaning.ATTENTION, Severity.INFO: Meaning.INFO}


def line_columns(words: Words, parts: tuple[str, ...], currency: str) -> tuple[Column[LineRow], ...]:
    """Return the columns of a claim's lines; the figures' codes are those of `claim_figures`."""
    sign = "€" if currency == "EUR" else currency

    def amount(
        of: Callable[[LineRow], Decimal], decimals: int = 2, *, strong: bool = False
    ) -> Callable[[LineRow], Cell]:
        def cell(each: LineRow) -> Cell:
            value = of(each)
            return Cell(words.number(value, decimals), strong=strong) if value else QUIET_ZERO

        return cell

    def figure(
        code: str, head: str, unit: str, width: int, of: Figure, decimals: int = 2, *, yields: int = 0, **more: bool
    ) -> Column[LineRow]:
        return Column(
            code,
            head,
            amount(of, decimals, strong=more.get("strong", False)),
            width,
            unit=unit,
            right=True,
            sort=of,
            yields={PAID: 3, FTE: 2}.get(code, yields),
        )

    def part(code: str) -> Column[LineRow]:
        yields = 0 if code == parts[0] else 1  # then names would be cut; the explanation says each part
        return figure(
            code, part_name(code, words, short=True), sign, 70, lambda each: each.line.parts[code], yields=yields
        )

    return (
        Column(
            "staff_number",
            words.term("column", "Staff no."),
            lambda each: Cell(each.staff_number, "text3"),
            48,
            sort=lambda each: each.staff_number,
            yields=4,
        ),
        Column(
            "name",
            words.text(N_("NAME First name")),
            lambda each: Cell(each.name, meaning=MARKS[each.severity] if each.severity else None),
            180,
            stretch=True,
            sort=lambda each: fold(each.name),
            spoken=lambda each: spoken_name(words, each),
        ),
        Column(
            "status",
            words.text(N_("Status")),
            lambda each: Cell(words.status(each.line.status) if each.card else "", "text2"),
            52,
            sort=lambda each: each.line.status,
            yields=5,  # where large totals need the room it goes first: there is a filter, and a total of each
        ),
        figure(PAID, words.text(N_("Paid")), "h", 66, lambda each: each.line.paid_hours),
        figure(FUNDABLE, words.text(N_("Fundable")), "h", 80, lambda each: each.line.quantity),
        figure(FTE, words.text(N_("FTE")), "", 54, lambda each: each.line.fte, 4),
        *(part(code) for code in parts),
        figure(TOTAL, words.text(N_("Total")), sign, 74, lambda each: each.line.total, strong=True),
    )


def spoken_name(words: Words, each: LineRow) -> str:
    """Say a name with what its icon means."""
    said = {Severity.BLOCKER: N_("blocker"), Severity.WARNING: N_("to check"), Severity.INFO: N_("information")}
    return f"{each.name}, {words.text(said[each.severity])}" if each.severity else each.name


def _least(widget: QWidget) -> int:
    """Return the width that a thing in the bar needs at least."""
    return max(widget.minimumWidth(), 0 if isinstance(widget, SearchField) else widget.sizeHint().width())


class LinesPane(QFrame):
    """Filters above, lines, totals below."""

    explained = Signal(object)  # the chosen figure, as an `Explained`
    opened = Signal(object)  # a LineRow

    def __init__(self, words: Words, parts: tuple[str, ...], currency: str) -> None:
        super().__init__()
        self._words = words
        self._shown: Shown | None = None
        self._sites = 0
        self._of = ""  # the sealed version that is shown
        self._ways: list[Callable[[str], Explained]] = []  # how each row of the totals is explained, by column
        self.parts = parts
        self.setProperty("ground", "surface")
        box = column(self)
        bar = row(margins=(12, 0, 12, 0), gap=8)
        every = words.term("filter", "All")
        self.status = Choice(words.text(N_("Status")), [("", every)])
        self.site = Choice(words.text(N_("Site")), [("", every)])
        self.search = SearchField(words.text(N_("Filter")), 150)
        self._count = label("", Text.DENSE, "text2")
        self.views = Segments()  # all lines, or only what is corrected
        self.views.chosen.connect(self._show_view)
        bar.addWidget(self.views)
        bar.addWidget(self.status)
        bar.addWidget(self.site)
        bar.addWidget(self.search)
        bar.addStretch(1)
        bar.addWidget(self._count)
        holder = QWidget()
        holder.setFixedHeight(theme.grown(44))
        holder.setLayout(bar)
        box.addWidget(holder)
        box.addWidget(rule(tone="line2"))
        self.model: RowsModel[LineRow] = RowsModel(line_columns(words, parts, currency), key=lambda each: each.key)
        self.table = Table(self.model, row_height=ROW_CLAIM, by_cell=True)
        self.table.setProperty("pane", True)
        self.table.setAccessibleName(words.text(N_("Lines of the claim")))
        self.totals = ChosenTotals(self.table)
        self.totals.chosen.connect(self._explain_total)
        lines = QWidget()
        inside = column(lines)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.totals)
        self.corrected: RowsModel[CorrectionRow] = RowsModel(
            correction_columns(words, parts, currency), key=lambda each: each.place
        )
        self.corrections = Table(self.corrected, row_height=ROW_CLAIM, by_cell=True)
        self.corrections.setProperty("pane", True)
        self.corrections.setAccessibleName(words.text(N_("Corrections")))
        self.with_difference = TableWithTotals(self.corrections)
        self.body = QStackedWidget()
        self.body.addWidget(lines)
        self.body.addWidget(self.with_difference)
        box.addWidget(self.body, 1)
        self.table.cell_chosen.connect(self._explain_line)
        self.table.opened.connect(self.opened)
        self.corrections.cell_chosen.connect(self._explain_correction)
        for choice in (self.status, self.site):
            choice.chosen.connect(lambda _value: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())

    def show_claim(self, shown: Shown) -> None:
        """Show the lines and totals of a claim; the chosen figure stays chosen."""
        self._shown = shown
        words = self._words
        every = words.term("filter", "All")
        rows = shown.rows
        statuses = sorted({each.line.status for each in rows if each.card}, reverse=True)
        self.status.set_options([("", every), *((code, words.status(code)) for code in statuses)])
        used = {each.card.site for each in rows if each.card}
        sites = [(site.code, site.name) for site in shown.dossier.sites if site.code in used]
        self.site.set_options([("", every), *sites])
        self._sites = len(sites)
        self.model.set_rows(rows)
        self._say_corrections(shown)
        self._filter()
        self._fit_bar()
        if not self.table.currentIndex().isValid() and rows:
            self.table.choose(rows[0].key, TOTAL)

    # ---- lines, or what is corrected ----

    def _say_corrections(self, shown: Shown) -> None:
        words = self._words
        found = correction_rows(words, shown)
        self.corrected.set_rows(found)
        self.with_difference.totals.show_totals([correction_total(words, found, self.parts)])
        first = shown.dossier.head.id != self._of and bool(found) and shown.dossier.head.version > 1
        self._of = shown.dossier.head.id
        self.views.setVisible(bool(found))
        if found:
            self.views.set_texts(
                [
                    (words.text(N_("Lines")), words.integer(len(self.model.all_rows()))),
                    (words.text(N_("Corrections")), words.integer(len(found))),
                ]
            )
        if first or (not found and self.body.currentIndex()):
            self.show_view(1 if found else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Show in the bar what has room."""
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Show what has room: the count goes first, then the filters that are not set; the views are never cut."""
        lines = self.body.currentIndex() == 0
        shown = {self.search: lines, self._count: lines, self.site: lines and self._sites > 1, self.status: lines}
        need = 24 + (self.views.sizeHint().width() + 8 if not self.views.isHidden() else 0)
        need += sum(8 + _least(each) for each, here in shown.items() if here)
        for each in (self._count, self.site, self.status):
            if need > self.width() and shown[each] and not (isinstance(each, Choice) and each.is_set()):
                shown[each] = False
                need -= 8 + _least(each)
        for widget, here in shown.items():
            widget.setVisible(here)

    def show_view(self, place: int) -> None:
        """Show all lines (0) or what is corrected (1)."""
        if place != self.body.currentIndex() and self.views.isVisibleTo(self):
            self.views.choose(place)
        self._show_view(place)

    def _show_view(self, place: int) -> None:
        self.body.setCurrentIndex(place)
        self._fit_bar()
        table = self.corrections if place else self.table
        if place and not table.currentIndex().isValid() and self.corrected.rows():
            table.choose(self.corrected.rows()[0].place, TOTAL)
        self.explain_current()

    def current_table(self) -> Table:
        """Return the table that is shown."""
        return self.corrections if self.body.currentIndex() else self.table

    def explain_current(self) -> None:
        """Explain the chosen figure again."""
        table = self.current_table()
        chosen = table.current_row()
        if chosen is not None:
            (self._explain_correction if table is self.corrections else self._explain_line)(
                chosen, table.current_code()
            )

    def _explain_line(self, chosen: LineRow, code: str) -> None:
        if self._shown is not None and self.body.currentIndex() == 0:
            self.explained.emit(explain_line(self._words, self._shown, chosen, code))

    def _explain_correction(self, chosen: CorrectionRow, code: str) -> None:
        if self._shown is not None and self.body.currentIndex() == 1:
            code = code if code.startswith((DIFFERENCE, "hours_")) else TOTAL
            self.explained.emit(explain_correction(self._words, self._shown, chosen.item, chosen.name, code))

    def _explain_total(self, place: int, code: str) -> None:
        self.explained.emit(self._ways[place](code))

    def choose_person(self, staff_number: str, code: str = TOTAL) -> bool:
        """Choose a person's line; filters that hide it are taken off."""
        found = next((each for each in self.model.all_rows() if each.staff_number == staff_number), None)
        if found is None:
            return False
        self.show_view(0)
        if self.model.place(found.key) < 0:
            self.search.clear()
            self.status.choose("")
            self.site.choose("")
        return self.table.choose(found.key, self.table.current_code() or code)

    def _filter(self) -> None:
        shown = self._shown
        if shown is None:
            return
        status, site, text = self.status.value, self.site.value, fold(self.search.text())

        def wanted(each: LineRow) -> bool:
            return (
                (not status or (each.card is not None and each.line.status == status))
                and (not site or (each.card is not None and each.card.site == site))
                and (not text or text in fold(f"{each.name} {each.staff_number}"))
            )

        filtered = bool(status or site or text)
        self.model.filter(wanted if filtered else None)
        nothing = N_("No line matches: clear the text, or take a filter off.")
        self.table.say_nothing(self._words.text(nothing) if filtered else "")
        count = len(self.model.rows())
        self._count.setText(self._words.plural("{count} line", "{count} lines", count))
        self._say_totals(shown, filtered=filtered)

    def _say_totals(self, shown: Shown, *, filtered: bool) -> None:
        words, view = self._words, shown.view
        totals: list[Total] = []
        self._ways = []

        def add(total: Total, way: Callable[[str], Explained]) -> None:
            totals.append(total)
            self._ways.append(way)

        def add_sum(name: str, entries: list[Entry], rest: list[Line], sums: Sums, *, strong: bool = False) -> None:
            total = self._total(name, sums, strong=strong)
            add(total, lambda code: explain_total(words, shown, name, code, entries, rest))

        if filtered:
            keys = {each.key for each in self.model.rows()}
            entries = [entry for entry in view.entries if f"{entry.card.id}/{entry.number}" in keys]
            rest = [each.line for each in self.model.rows() if each.card is None]
            add_sum(words.text(N_("Shown")), entries, rest, view.sums(entries, rest))
        elif len(view.by_status) > 1:
            for code, (entries, sums) in sorted(view.by_status.items(), reverse=True):
                add_sum(words.status(code), entries, [], sums)
        every, adjusted = list(view.entries), list(view.adjustments)
        add_sum(words.text(N_("Total")), every, adjusted, view.everything, strong=not shown.included)
        totals[-1].values[FTE] = words.fte(shown.dossier.answer.totals.fte)
        if shown.included:
            own = {**view.everything.parts, TOTAL: view.everything.total}
            more = {code: differences(shown.included, code) for code in own}
            add(
                Total(
                    words.text(N_("Corrections")),
                    {code: words.number(amount, sign=True) for code, amount in more.items()},
                    quiet=words.text(N_("of earlier months")),
                ),
                lambda code: explain_included(words, shown, code),
            )
            asked = {code: words.number(amount + more[code]) for code, amount in own.items()}
            add(
                Total(words.text(N_("Total claimed")), asked, strong=True),
                lambda code: explain_asked(words, shown, code),
            )
        self.totals.show_totals(totals)

    def _total(self, name: str, sums: Sums, *, strong: bool = False) -> Total:
        words = self._words
        values = {
            PAID: words.number(sums.paid),
            FUNDABLE: words.number(sums.fundable),
            FTE: words.fte(sums.fte),
            **{code: words.number(amount) for code, amount in sums.parts.items()},
            TOTAL: words.number(sums.total),
        }
        people = words.plural("{count} employee", "{count} employees", sums.people)
        return Total(name, values, quiet=people, strong=strong)
