"""The reports: which one at the left, its own value as a table in the middle; files and prints are what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import reports_work as work
from ltu_desktop.window.controls import Choice
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.form import read_day, write_day
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import column, label, row, rule, set_property
from ltu_desktop.window.reports_files import ReportFiles
from ltu_desktop.window.reports_list import REPORTS, ReportList
from ltu_desktop.window.reports_notes import Notes
from ltu_desktop.window.reports_seal import StatementSeal
from ltu_desktop.window.reports_table import ReportTable
from ltu_desktop.window.table_totals import TableWithTotals
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from ltu_desktop.documents import report as value
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk

ORDER_NAMES = {"name": N_("by name"), "site": N_("by site"), "job": N_("by job")}


class ReportsPage(Page):
    """One report at a time, with its options above and its notes below."""

    code: ClassVar[str] = "reports"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"employer", "site", "person", "contract", "contract_terms", "payroll_file", "pay_month", "agreement",
         "agreement_terms", "parameter_override", "claim", "claim_line", "sealed", "payment", "payment_match",
         "setting"}
    )  # fmt: skip

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.kind = REPORTS[0][0]
        self.shown: work.Shown | None = None
        self._day: date = desk.month.last
        self.seal_button = commands.button("reports.seal")
        self.head.add(self.seal_button, commands.button("reports.print"))
        self.files = ReportFiles(self, desk)
        self.sealing = StatementSeal(self, desk)
        self.sealing.changed.connect(self.refresh)
        self.export_button = commands.button("reports.export")
        self.export_button.drops = True
        self.head.add(self.export_button, commands.button("reports.preview"))
        across = row(gap=0)
        self.list = ReportList(self.words)
        self.list.chosen.connect(self.choose)
        self._edge = rule(vertical=True, tone="line2")
        across.addWidget(self.list)
        across.addWidget(self._edge)
        across.addWidget(self._middle(), 1)
        self.box.addLayout(across, 1)
        self.list.mark(self.kind)

    # ---- the middle ----

    def _middle(self) -> QWidget:
        holder = QFrame()
        holder.setProperty("ground", "surface")
        box = column(holder)
        box.addWidget(self._options())
        box.addWidget(rule(tone="line2"))
        self.table = ReportTable(self.words, edge=24)
        self.table.setProperty("pane", True)
        self.with_totals = TableWithTotals(self.table)
        self.empty = EmptyPane("", self.commands.button("payroll.import"))
        self.body = QStackedWidget()
        self.body.addWidget(self.with_totals)
        self.body.addWidget(self.empty)
        box.addWidget(self.body, 1)
        self.notes = Notes(self.words)
        box.addWidget(self.notes)
        return holder

    def _options(self) -> QWidget:
        text, every = self.words.text, self.words.term("filter", "All")
        self.report = Choice(text(N_("Report")), [(code, text(name)) for code, name, _ in REPORTS])
        self.report.is_set = lambda: False  # type: ignore[method-assign]  # a choice, not a filter
        self.report.chosen.connect(lambda code: self.choose(str(code)))
        self.period = Choice(text(N_("Period")), [(work.DAY, text(N_("one day"))), (work.YEAR, text(N_("whole year")))])
        self.year = Choice(text(N_("Year")), [(desk_year := self.desk.month.year, str(desk_year))])
        self.year.is_set = lambda: False  # type: ignore[method-assign]
        self.day_name = label(text(N_("Day")), Text.DENSE, "text3")
        self.day = QLineEdit()
        self.day.setFixedWidth(104)
        self.day.setAccessibleName(text(N_("Day")))
        self.day.editingFinished.connect(self._day_typed)
        self.part = Choice(text(N_("Part")), [("", "")])
        self.part.is_set = lambda: False  # type: ignore[method-assign]
        self.status = Choice(text(N_("Status")), [("", every)])
        self.site = Choice(text(N_("Site")), [("", every)])
        self.order = Choice(text(N_("Order")), [("", text(N_("by entry")))])
        for choice in (self.period, self.year, self.status, self.site, self.order):
            choice.chosen.connect(lambda _value: self.refresh())
        self.part.chosen.connect(lambda _value: self._show_part())
        bar = row(margins=(24, 0, 24, 0), gap=8)
        for widget in (self.report, self.period, self.day_name, self.day, self.year, self.part):
            bar.addWidget(widget)
        for widget in (self.status, self.site, self.order, self.sealing.choice):
            bar.addWidget(widget)
        bar.addWidget(self.sealing.why, 1)
        self.count = label("", Text.DENSE, "text3")
        bar.addWidget(self.count)
        holder = QFrame()
        holder.setProperty("pane", True)
        holder.setFixedHeight(48)
        holder.setLayout(bar)
        return holder

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with a report."""
        return {
            "reports.export": lambda: self.files.export(self.export_button),
            "reports.seal": lambda: self.sealing.seal(self._asked_year()),
            "reports.preview": lambda: self.files.preview("show"),
            "reports.print": lambda: self.files.preview("print"),
            "payroll.import": lambda: self.desk.go.emit("import", "payroll"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text = self.words.text
        return [
            ("↑ ↓", text(N_("report"))),
            ("F6", text(N_("next pane"))),
            ("F9", text(N_("preview"))),
            ("Ctrl E", text(N_("export"))),
        ]

    def show_what(self, what: object) -> None:
        """Show a report by its code."""
        if isinstance(what, str) and what in self.list.items:
            self._take(what)

    def place(self) -> object:
        """Return the report that is shown."""
        return self.kind

    def first_focus(self) -> QWidget | None:
        """Begin in the list, where arrows choose; without it in the table."""
        return self.report if self.compact() else self.list.current()

    def fit(self) -> None:
        """Give the list's room to the table in a narrow window."""
        super().fit()
        narrow = self.compact()
        self.list.setVisible(not narrow)
        self._edge.setVisible(not narrow)
        self.report.setVisible(narrow)
        self.count.setVisible(not narrow)
        self.day_name.setVisible(self._on_a_day() and not narrow)

    def month_changed(self) -> None:
        """Go along with the month: its last day, its year."""
        self._day = self.desk.month.last
        self._offer_years(self.shown.years if self.shown is not None else ())
        self.year.value = self.desk.month.year
        self.year.set_options(self._year_options)
        self.refresh()

    def refresh(self) -> None:
        """Build the report that the options ask for."""
        self._lay_options()
        ask = work.Ask(
            self.kind,
            self._asked_year(),
            self._day if self._on_a_day() else None,
            str(self.status.value),
            str(self.site.value),
            str(self.order.value),
            self.sealing.version,
        )
        writable = self.desk.writable
        self.commands.enable("payroll.import", on=writable, reason=self.desk.why_not)
        self.desk.act(
            lambda ctx: work.load_report(ctx, ask),
            self._show,
            title=self.words.text(N_("Drawing up the report")),
            failed=self._failed,
        )

    # ---- choosing ----

    def choose(self, kind: str) -> None:
        """Show another report."""
        if kind != self.kind:
            self._take(kind)
            self.refresh()

    def _take(self, kind: str) -> None:
        self.kind = kind
        self.list.mark(kind)
        self.report.value = kind
        self.report.set_options([(code, self.words.text(name)) for code, name, _ in REPORTS])
        for choice in (self.status, self.site, self.order, self.part):  # each report has its own
            choice.set_options([choice._options[0]])  # noqa: SLF001

    def _on_a_day(self) -> bool:
        return self.kind == "register" and self.period.value == work.DAY

    def _asked_year(self) -> int:
        return self.year.value if isinstance(self.year.value, int) else self.desk.month.year

    def _offer_years(self, years: tuple[int, ...]) -> None:
        offered = sorted({*years, self.desk.month.year, self._asked_year()}, reverse=True)
        self._year_options: list[tuple[object, str]] = [(year, str(year)) for year in offered]
        self.year.set_options(self._year_options)

    def _lay_options(self) -> None:
        """Show the options that this report has."""
        day = self._on_a_day()
        self.period.setVisible(self.kind == "register")
        self.day_name.setVisible(day and not self.compact())  # a day says by itself that it is one
        self.day.setVisible(day)
        self.year.setVisible(not day)
        self.seal_button.setVisible(self.kind == "statement")
        self.day.setText(write_day(self._day))
        set_property(self.day, "wrong", False)

    def _day_typed(self) -> None:
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        set_property(self.day, "wrong", day is None)
        wrong = self.words.text(N_("Give a day such as 31/10/2026."))
        self.day.setToolTip("" if day else wrong)
        self.day.setAccessibleDescription("" if day else wrong)
        if day is None:
            self.count.setText(wrong)
            self.count.show()
        elif day != self._day:
            self._day = day
            self.refresh()

    # ---- showing ----

    def _show(self, shown: work.Shown) -> None:
        if shown.ask.kind != self.kind:
            return  # another one was chosen meanwhile
        words, report = self.words, shown.report
        self.shown = shown
        every = words.term("filter", "All")
        self._offer_years(shown.years)
        for choice, values in ((self.status, shown.statuses), (self.site, shown.sites)):
            choice.set_options([("", every), *((text, text) for text in values)])
            choice.setVisible(len(values) > 1)
        orders = work.ORDERS.get(self.kind, ())
        self.order.set_options(
            [("", words.text(N_("by entry"))), *((code, words.text(ORDER_NAMES[code])) for code in orders)]
        )
        self.order.setVisible(bool(orders))
        parts: list[tuple[object, str]] = [
            (
                table.key,
                " · ".join(filter(None, (section.number, table.title or section.title))) or words.text(N_("Months")),
            )
            for section in report.sections
            for table in section.tables
        ]
        self.part.set_options(parts)
        self.part.setVisible(len(parts) > 1)
        short = report.subtitle.partition(" · ")[0]  # the order stands on paper
        self.head.say(report.title, short if self.kind == "statement" else report.subtitle)
        self.sealing.show(shown)
        self.table.setAccessibleName(report.title)
        self._show_part()

    def _show_part(self) -> None:
        shown = self.shown
        if shown is None:
            return
        report = shown.report
        table = report.table(str(self.part.value))
        first = table.key == report.tables[0].key
        self.with_totals.totals.show_totals(self.table.show_table(table, report.currency, shown.extents[table.key]))
        self.count.setText(self.words.plural("{count} row", "{count} rows", len(table.rows)))
        self.count.setVisible(not self.compact())  # there the choices need its room
        if table.rows:
            self.body.setCurrentWidget(self.with_totals)
        else:
            self._say_empty(table.empty or self.words.text(N_("There is nothing to report for this year.")))
        self._say_notes(report, table, first=first)
        there = bool(report.tables[0].rows)
        nothing = self.words.text(N_("There is nothing to write yet."))
        for code in ("reports.export", "reports.preview", "reports.print"):
            self.commands.enable(code, on=there, reason=nothing)

    def _say_empty(self, text: str) -> None:
        self.empty.said.setText(text)
        self.body.setCurrentWidget(self.empty)

    def _say_notes(self, report: value.Report, table: value.Table, *, first: bool) -> None:
        section = next(each for each in report.sections if table in each.tables)
        said = [*table.notes, *section.notes]
        if first:
            said += [note for each in report.sections if not each.tables for note in each.notes]
        self.notes.say(report.warnings if first else (), said)

    def _failed(self, error: UserError) -> None:
        self.shown = None
        self.sealing.show(None)
        self.notes.hide()
        self.count.setText("")
        self.part.hide()
        self._say_empty(self.words.error(error))
        for code in ("reports.export", "reports.preview", "reports.print"):
            self.commands.enable(code, on=False, reason=self.words.error(error))
