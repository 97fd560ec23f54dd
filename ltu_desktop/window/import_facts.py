"""What is known of a file before it is imported: its kind, its control total, what it replaces, what it left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window import icons, theme
from ltu_desktop.window.pieces import Band, Elided, Link, Upright, clear, column, label, row, rule
from ltu_desktop.window.settings_section import in_groups
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.actions.imports import ImportPlan
    from ltu_desktop.words import Words

WIDTH = 308
AT_ONCE = 20  # problems of the file that are shown, and added when more are asked for
KINDS = {
    "people": N_("Staff list"),
    "dsn": N_("Payroll declaration (DSN)"),
    "hours": N_("Hours list"),
    "bank": N_("Bank’s file"),
}
TYPES = {  # type of declaration, as the norm numbers them
    "01": N_("normal"),
    "02": N_("normal, nobody"),
    "03": N_("cancels and replaces"),
    "04": N_("cancels"),
    "05": N_("cancels and replaces, nobody"),
}


MEANINGS = {Severity.BLOCKER: Meaning.BLOCKING, Severity.WARNING: Meaning.ATTENTION, Severity.INFO: Meaning.INFO}


class FactsPane(QFrame):
    """The file's facts at the right of the preview."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ground", "canvas")
        self.setFixedWidth(theme.grown(WIDTH))
        outer = column(self)
        scroll = Upright()
        inside = QWidget()
        self._box = column(inside, margins=(20, 12, 20, 0), gap=8)
        scroll.setWidget(inside)
        outer.addWidget(scroll)
        self._problems = column(gap=8)
        self._reason: Band | None = None
        self._unwritten: Band | None = None

    def show_plan(self, plan: ImportPlan) -> None:
        """Show the facts of a plan's file."""
        words, file = self._words, plan.file
        clear(self._box)
        self._reason = None
        self._box.addWidget(label(words.text(N_("The file")), Text.STRONG))
        facts = [
            (N_("Name"), file.name),
            (N_("Kind"), words.text(KINDS[plan.kind])),
            (N_("Month"), words.month(file.month) if file.month is not None else ""),
            (N_("Type"), words.text(TYPES[file.type]) if file.type in TYPES else file.type.upper()),
            (N_("Standard"), file.norm),
            (N_("Encoding"), file.encoding),
            (N_("SIRET"), in_groups("siret", file.siret)),
            (N_("Lines"), words.integer(file.lines) if file.lines else ""),
        ]
        for name, value in facts:
            if value:
                self._box.addLayout(self._fact(words.text(name), value))
        for replaced in file.replaces:
            self._box.addLayout(
                self._fact(words.text(N_("Replaces")), f"{replaced.name} · {words.day(replaced.received_on)}")
            )
        if plan.kind != "people":
            self._totals(plan)
        self._problems = column(gap=8)
        self._box.addLayout(self._problems)
        self._show_problems(plan, 0)
        if plan.unknown_codes:
            count = sum(plan.unknown_codes.values())
            text = words.plural("{count} value is not read", "{count} values are not read", count)
            names = ", ".join(list(plan.unknown_codes)[:6])
            self._box.addWidget(label(f"{text}{words.colon} {names}", Text.NOTE, "text3", wrap=True))
        self._unwritten = Band(
            Meaning.INFO,
            words.text(N_("Nothing is written yet.")),
            words.text(N_("The whole import can be undone in one step (Ctrl Z).")),
        )
        self._box.addWidget(self._unwritten)
        self._box.addStretch(1)

    def say_reason(self, reason: str, *, nothing: bool) -> None:
        """Say why the import cannot be done now; where there is nothing to write, nothing is said of writing."""
        if self._unwritten is not None:
            self._unwritten.setVisible(not nothing)
        if self._reason is not None:
            self._reason.hide()
            self._reason.deleteLater()
            self._reason = None
        if reason:
            self._reason = Band(Meaning.INFO if nothing else Meaning.ATTENTION, reason)
            self._box.insertWidget(max(0, self._box.count() - 1), self._reason)

    def _totals(self, plan: ImportPlan) -> None:
        words, totals = self._words, plan.totals
        self._box.addWidget(rule())
        self._box.addWidget(label(words.text(N_("Control total")), Text.STRONG))
        bank = plan.kind == "bank"
        said = words.money if bank else words.number
        whole = N_("All movements in the file") if bank else N_("Paid hours in the file")
        self._box.addLayout(self._fact(words.text(whole), said(totals.hours_in_file)))
        self._box.addLayout(self._fact(words.text(N_("Sum of the lines read")), said(totals.hours_in_rows)))
        if totals.earlier:
            self._box.addLayout(self._fact(words.text(N_("of which earlier months")), said(totals.earlier)))
        meaning = Meaning.OK if totals.equal else Meaning.BLOCKING
        equal = N_("Every line was read") if bank else N_("No hour is lost")
        text = equal if totals.equal else N_("The two sums differ")
        line = row(gap=6)
        sign = QLabel()
        icons.put(sign, icons.MEANING_ICON[meaning], f"{meaning}.icon")
        line.addWidget(sign)
        line.addWidget(label(words.text(text), Text.STRONG, str(meaning)), 1)
        self._box.addLayout(line)

    def _show_problems(self, plan: ImportPlan, first: int) -> None:
        """Show the next problems of the file, and a way to those after them: a wrong column makes thousands."""
        for problem in plan.problems[first : first + AT_ONCE]:
            self._problem(problem.severity, plan, problem)
        rest = len(plan.problems) - first - AT_ONCE
        if rest > 0:
            more = Link(
                self._words.plural("Show {count} more", "Show {count} more", min(rest, AT_ONCE)), icon="caret-down"
            )
            more.clicked.connect(lambda: self._more_asked(more, plan, first + AT_ONCE))
            self._problems.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            if first:
                more.setFocus(Qt.FocusReason.OtherFocusReason)  # where the one before it was

    def _more_asked(self, more: Link, plan: ImportPlan, first: int) -> None:
        self._problems.removeWidget(more)
        more.hide()
        more.deleteLater()
        self._show_problems(plan, first)

    def _problem(self, severity: Severity, plan: ImportPlan, problem: object) -> None:
        from ltu_desktop.actions.imports import sentence
        from ltu_desktop.intake.findings import Finding

        assert isinstance(problem, Finding)
        where = (
            self._words.text(N_("line {line}"), line=self._words.integer(problem.line))
            if problem.line
            else plan.file.name
        )
        self._problems.addWidget(Band(MEANINGS[severity], sentence(self._words, problem), where))

    @staticmethod
    def _fact(name: str, value: str) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(label(name, Text.DENSE, "text2"))
        said = Elided(value, Text.DENSE)
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(said, 1)
        return line
