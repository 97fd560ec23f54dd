"""The preview of an import: what a file would change, line by line, and what is decided about each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.text import fold
from ltu_desktop.window.controls import Segments
from ltu_desktop.window.import_facts import FactsPane
from ltu_desktop.window.import_pieces import PlanFoot, PlanTable
from ltu_desktop.window.import_rows import (
    NEW,
    NOT_OF_A_BANK,
    ORDER,
    QUESTION,
    REFUSED,
    TITLES,
    UNCHANGED,
    Line,
    lines_of,
    may_leave,
    plan_columns,
)
from ltu_desktop.window.models import RowsModel
from ltu_desktop.window.pieces import SearchField, column, row, rule
from ltu_desktop.window.tokens import ROW_IMPORT

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from ltu_desktop.actions.imports import Answer, ImportPlan, PlanRow
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words


class ImportPreview(QWidget):
    """The preview. `answered` wants the plan made again with these answers; `decided` tells that other lines count."""

    answered = Signal(object)
    decided = Signal()

    def __init__(self, words: Words, commands: Commands) -> None:
        super().__init__()
        self._words = words
        self.plan: ImportPlan | None = None
        self.leave: set[str] = set()
        self._answers: dict[str, Answer] = {}
        self._folded: set[str] = {UNCHANGED}
        self._states: list[str] = []  # those of the segments after the first, which is all
        whole = column(self)
        across = row(gap=0)
        whole.addLayout(across, 1)
        left = QFrame()
        left.setProperty("ground", "surface")
        box = column(left)
        box.addWidget(self._bar())
        box.addWidget(rule(tone="line2"))
        box.addWidget(self._table(), 1)
        across.addWidget(left, 1)
        across.addWidget(rule(vertical=True, tone="line2"))
        self.facts = FactsPane(words)
        across.addWidget(self.facts)
        whole.addWidget(rule(tone="edge"))
        self.foot = PlanFoot(words, commands)
        whole.addWidget(self.foot)

    def _bar(self) -> QWidget:
        bar = row(margins=(24, 0, 16, 0))
        self.segments = Segments()
        self.segments.chosen.connect(lambda _at: self._show_lines())
        self.search = SearchField(self._words.text(N_("Filter")), 180)
        self.search.textChanged.connect(lambda _text: self._show_lines())
        bar.addWidget(self.segments)
        bar.addStretch(1)
        bar.addWidget(self.search)
        top = QWidget()
        top.setFixedHeight(48)
        top.setLayout(bar)
        return top

    def _table(self) -> QWidget:
        words = self._words
        columns = plan_columns(words, self.takes, self._answer_text)
        self.model: RowsModel[Line] = RowsModel(columns, key=lambda line: line.key)
        self.model.active = lambda line: line.row is None or line.state == REFUSED or self.takes(line.row)
        self.table = PlanTable(self.model, row_height=ROW_IMPORT, edge=16)
        self.table.setAccessibleName(words.text(N_("What the import would change")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(self._act)
        self.table.clicked.connect(self._clicked)
        return self.table

    # ---- showing ----

    def begin(self, plan: ImportPlan) -> None:
        """Show a plan from its beginning."""
        self.leave = set(plan.aside)
        self._folded = {UNCHANGED}
        self.show_plan(plan)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan, begun or made again; what was left out stays out."""
        self.plan, self._answers = plan, dict(plan.answers)
        words = self._words
        self.facts.show_plan(plan)
        bank = plan.kind == "bank"
        self.model.columns = plan_columns(words, self.takes, self._answer_text, bank=bank)
        self.table.take_off(NOT_OF_A_BANK if bank else frozenset())
        counts = [(words.term("lines", "All"), words.integer(len(plan.rows)))]
        self._states = [state for state in ORDER if any(each.state == state for each in plan.rows)]
        counts += [
            (words.text(TITLES[state]), words.integer(sum(each.state == state for each in plan.rows)))
            for state in self._states
        ]
        self.segments.set_texts(counts)
        self._show_lines()

    def _show_lines(self) -> None:
        plan = self.plan
        if plan is None:
            return
        at = self.segments.index() - 1
        only = self._states[at] if 0 <= at < len(self._states) else ""
        text = fold(self.search.text())
        folded = frozenset() if only or text else frozenset(self._folded)
        self.model.set_rows(lines_of(plan, folded))

        def wanted(line: Line) -> bool:
            if only and line.state != only:
                return False
            return not text or (line.row is not None and text in fold(f"{line.row.name} {line.row.staff_number}"))

        self.model.filter(wanted)
        self.table.say_nothing(self._words.text(N_("No row matches: clear the text.")) if text else "")
        self.table.span_groups()
        self._say()

    def _say(self) -> None:
        """Tell what is decided: below the lines, beside them, and to the page."""
        plan = self.plan
        if plan is None:
            return
        refused = sum(each.state == REFUSED for each in plan.rows)
        self.foot.say(self.counting(), refused, len(self._open_questions()), bank=plan.kind == "bank")
        self.facts.say_reason(self.why_not(), nothing=self._nothing_new(plan))
        self.decided.emit()

    def _answer_text(self, each: PlanRow) -> str:
        words = self._words
        if each.key in self.leave:
            return words.text(N_("left out"))
        numbers: dict[str, list[str]] = {}
        for who in each.candidates[:2]:  # two may be called alike
            numbers.setdefault(who.name, []).append(who.staff_number)
        if numbers:
            names = ", ".join(f"{', '.join(filter(None, of))} {name}".strip() for name, of in numbers.items())
            return words.text(N_("Who is it? Perhaps {names}"), names=names)
        return words.text(N_("Who is it?"))

    # ---- what is decided ----

    def takes(self, each: PlanRow) -> bool:
        """Tell whether a row will be imported."""
        if each.state == QUESTION and each.key not in self._answers:
            return False
        return each.state != REFUSED and each.key not in self.leave

    def taken(self) -> int:
        """Return how many rows will be imported."""
        return sum(self.takes(each) for each in self.plan.rows) if self.plan is not None else 0

    def counting(self) -> int:
        """Return how many of them would change something."""
        rows = self.plan.rows if self.plan is not None else ()
        return sum(self.takes(each) and each.state != UNCHANGED for each in rows)

    def why_not(self) -> str:
        """Say why this cannot be imported yet, or nothing."""
        plan, text = self.plan, self._words.text
        if plan is None:
            return ""
        asked = len(self._open_questions())
        if asked:
            return self._words.plural("First identify {count} person.", "First identify {count} people.", asked)
        return text(N_("Nothing in this file is new.")) if self._nothing_new(plan) else ""

    def _nothing_new(self, plan: ImportPlan) -> bool:
        return plan.changes_nothing and not any(self.takes(each) and each.aside for each in plan.rows)

    def _open_questions(self) -> list[PlanRow]:
        rows = self.plan.rows if self.plan is not None else ()
        return [each for each in rows if each.state == QUESTION and each.key not in self.leave]

    # ---- deciding ----

    def _clicked(self, index: QModelIndex) -> None:
        line = self.model.row(index)
        code = self.model.columns[index.column()].code
        if line is not None and (line.row is None or code == "check" or (line.state == QUESTION and code == "field")):
            self._act(line)

    def _act(self, line: Line) -> None:
        """Fold a group, answer a question, or take or leave a line."""
        if line.row is None:
            self._folded ^= {line.state}
            self._show_lines()
            self.table.choose(line.key)
        elif line.state == QUESTION:
            self._ask(line)
        elif may_leave(line.row):
            self.leave ^= {line.row.key}
            self.model.touch()
            self._say()

    def question_menu(self, each: PlanRow) -> QMenu:
        """Make the menu of who a question row may be."""
        words = self._words
        menu = QMenu(self)
        for candidate in each.candidates:
            text = words.text(
                N_("It is {name} (no. {number})"), name=candidate.name, number=candidate.staff_number or "–"
            )
            menu.addAction(text).triggered.connect(lambda _on=False, who=candidate.person_id: self._answer(each, who))
        menu.addAction(words.text(N_("Someone new"))).triggered.connect(lambda: self._answer(each, NEW))
        menu.addSeparator()
        menu.addAction(words.text(N_("Leave this line out"))).triggered.connect(lambda: self._leave(each))
        return menu

    def _ask(self, line: Line) -> None:
        assert line.row is not None
        menu = self.question_menu(line.row)
        column_ = next(at for at, each in enumerate(self.model.columns) if each.code == "field")
        spot = self.table.visualRect(self.model.index(self.model.place(line.key), column_))
        menu.exec(self.table.viewport().mapToGlobal(QPoint(spot.left(), spot.bottom())))
        menu.deleteLater()

    def _answer(self, each: PlanRow, answer: Answer) -> None:
        self.leave.discard(each.key)
        self.answered.emit({**self._answers, each.key: answer})

    def _leave(self, each: PlanRow) -> None:
        self.leave.add(each.key)
        self.model.touch()
        self._say()

    def next_refused(self) -> None:
        """Go to the next line that is refused or to be decided."""
        rows = self.model.rows()
        here = self.table.currentIndex().row()
        for step in range(1, len(rows) + 1):
            line = rows[(here + step) % len(rows)]
            if line.row is not None and line.state in {REFUSED, QUESTION}:
                self.table.choose(line.key)
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
