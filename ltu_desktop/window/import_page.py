"""The preview of an import: what would change, before anything is written. One page for people and payroll."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.text import fold
from ltu_desktop.window import dialogs, icons
from ltu_desktop.window import import_work as work
from ltu_desktop.window.controls import Kind, Segments
from ltu_desktop.window.import_columns import ColumnsPane
from ltu_desktop.window.import_facts import FactsPane
from ltu_desktop.window.import_pieces import DropPane, PlanTable
from ltu_desktop.window.import_rows import (
    BANK_KINDS,
    BANK_NOTE,
    HEADS,
    KINDS,
    NEW,
    NOTE,
    ORDER,
    QUESTION,
    REFUSED,
    TITLES,
    UNCHANGED,
    Line,
    lines_of,
    plan_columns,
)
from ltu_desktop.window.models import RowsModel
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import SearchField, column, label, row, rule, set_property
from ltu_desktop.window.tokens import ROW_IMPORT, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from ltu_desktop.actions.imports import Answer, ImportPlan, PlanRow
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.store.journal import Changed
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk


class ImportPage(Page):
    """Choose a file, look at what it would change, decide, import: one undo step."""

    code: ClassVar[str] = "import"
    parent_code = "claims"

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.plan: ImportPlan | None = None
        self.purpose = "payroll"
        self.leave: set[str] = set()
        self.answers: dict[str, Answer] = {}
        self._folded: set[str] = {UNCHANGED}
        self._path: Path | None = None
        text = self.words.text
        self.setAcceptDrops(True)
        self.another = commands.button("import.choose")
        self.columns_button = commands.button("import.columns")
        self.head.add(self.columns_button, self.another)
        self.body = QStackedWidget()
        self.choose_button = commands.button("import.choose", kind=Kind.PRIMARY, text=text(N_("Choose a file…")))
        self.drop = DropPane(
            text(N_("Drop the file here")),
            text(NOTE),
            self.choose_button,
        )
        self.body.addWidget(self.drop)
        self.body.addWidget(self._preview())
        self.columns = ColumnsPane(self.words)
        self.columns.wanted.connect(self._read_as)
        self.body.addWidget(self.columns)
        self._asking = False  # which column is which
        self._read_path: Path | None = None
        self.box.addWidget(self.body, 1)

    def _preview(self) -> QWidget:
        words = self.words
        holder = QWidget()
        across = row(holder, gap=0)
        left = QFrame()
        left.setProperty("ground", "surface")
        box = column(left)
        bar = row(margins=(24, 0, 16, 0))
        self.segments = Segments()
        self.segments.chosen.connect(lambda _at: self._show_lines())
        self.search = SearchField(words.text(N_("Filter")), 180)
        self.search.textChanged.connect(lambda _text: self._show_lines())
        bar.addWidget(self.segments)
        bar.addStretch(1)
        bar.addWidget(self.search)
        top = QWidget()
        top.setFixedHeight(48)
        top.setLayout(bar)
        box.addWidget(top)
        box.addWidget(rule(tone="line2"))
        columns = plan_columns(words, self._taken, self._answer_text)
        self.model: RowsModel[Line] = RowsModel(columns, key=lambda line: line.key)
        self.model.active = lambda line: line.row is None or line.state == REFUSED or self._taken(line.row)
        self.table = PlanTable(self.model, row_height=ROW_IMPORT, edge=16)
        self.table.setAccessibleName(words.text(N_("What the import would change")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(self._act)
        self.table.clicked.connect(self._clicked)
        box.addWidget(self.table, 1)
        box.addWidget(rule(tone="edge"))
        box.addWidget(self._foot())
        across.addWidget(left, 1)
        across.addWidget(rule(vertical=True, tone="line2"))
        self.facts = FactsPane(words)
        across.addWidget(self.facts)
        return holder

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("ground", "header")
        foot.setFixedHeight(56)
        across = row(foot, margins=(24, 0, 16, 0), gap=10)
        self._good, self._bad, self._open = QLabel(), QLabel(), QLabel()
        self.ready = label("", Text.STRONG)
        self.refused = label("", Text.STRONG, "blocking")
        self.asked = label("", Text.STRONG, "attention")
        for sign, icon, tone, said in (
            (self._good, "check-circle", "ok.icon", self.ready),
            (self._bad, "warning-octagon", "blocking.icon", self.refused),
            (self._open, "question", "attention.icon", self.asked),
        ):
            icons.put(sign, icon, tone)
            across.addWidget(sign)
            across.addWidget(said)
        across.addStretch(1)
        self.leave_button = self.commands.button("view.back", text=self.words.text(N_("Abandon")), icon="x")
        self.apply_button = self.commands.button("import.apply", kind=Kind.PRIMARY)
        across.addWidget(self.leave_button)
        across.addWidget(self.apply_button)
        return foot

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with an import."""
        return {
            "import.choose": self.choose,
            "import.columns": self.ask_columns,
            "import.apply": self.apply,
            "import.next_refused": self.next_refused,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        words = self.words
        return [
            (words.term("key", "Space"), words.text(N_("take or leave the line"))),
            ("F8", words.text(N_("next refusal"))),
            (f"Ctrl {words.term('key', 'Enter')}", words.text(N_("import"))),
        ]

    def show_what(self, what: object) -> None:
        """Begin anew: for a purpose ("people", "payroll"), or at once with a file."""
        self.plan = None
        self._asking = False
        self._path = what if isinstance(what, Path) else None
        self.purpose = what if isinstance(what, str) else "any"
        self.parent_code = {"people": "people", "bank": "payments"}.get(self.purpose, "claims")

    def refresh(self) -> None:
        """Show the plan, or ask for a file."""
        self._say_head()
        self.body.setCurrentIndex(2 if self._asking else 0 if self.plan is None else 1)
        self.another.setVisible(self.plan is not None or self._asking)
        table = self.plan is not None and self.plan.kind == "bank" and bool(self._table_kind()) and not self._asking
        self.columns_button.setVisible(table)
        self.commands.enable("import.columns", on=table)
        self.commands.enable("import.choose", on=self.desk.writable)
        self._say_commands()
        if self._path is not None:
            path, self._path = self._path, None
            self.read(path)

    def month_changed(self) -> None:
        """Keep the preview; only an hours list without months depends on it."""
        self._say_head()

    def filter_field(self) -> QWidget | None:
        """Return the filter of the preview."""
        return self.search

    def first_focus(self) -> QWidget | None:
        """Begin where the file is chosen, or in the preview."""
        return self.table if self.plan is not None else self.choose_button

    def _say_head(self) -> None:
        words = self.words
        name = self.plan.file.name if self.plan is not None else ""
        self.head.say(words.text(HEADS[self.purpose]), name)
        self.drop.note.setText(words.text(BANK_NOTE if self.purpose == "bank" else NOTE))

    # ---- a file ----

    def choose(self) -> None:
        """Ask for the file and read it."""
        memory = self.desk.memory
        bank = self.purpose == "bank"
        named = self.words.text(N_("Statements of the bank") if bank else N_("Lists and declarations"))
        kinds = f"{named} {BANK_KINDS if bank else KINDS};;{self.words.text(N_('All files'))} (*)"
        path = dialogs.ask_open(self, self.words.text(N_("Which file?")), memory.folder, kinds)
        if path is not None:
            memory.folder = path.parent
            self.read(path)

    def read(self, path: Path, mapping: dict[str, str] | None = None) -> None:
        """Read a file (a bank's table with columns chosen by hand) and show what it would change."""
        purpose, month = self.purpose, self.desk.month
        self._read_path = path
        self.desk.act(
            lambda ctx: work.make_plan(ctx, path, purpose, month, mapping),
            self.show_plan,
            title=self.words.text(N_("Reading the file")),
            failed=self._unread,
        )

    def _unread(self, error: UserError) -> None:
        if self.purpose == "bank" and error.code in {"missing_column", "missing_head"}:
            self.ask_columns()
            return
        self.plan = None
        self._asking = False
        self.refresh()
        self.desk.troubled.emit(error)

    # ---- the columns of a bank's table ----

    def _table_kind(self) -> str:
        """Return the kind of a bank's table; "" for a statement in a format of its own."""
        kind = self.plan.file.type if self.plan is not None else ""
        return kind if kind in {"csv", "xlsx", "ods"} else ""

    def ask_columns(self) -> None:
        """Ask which column is which, with the first rows in sight."""
        path = self._read_path
        if path is not None:
            self.desk.act(lambda ctx: work.read_columns(ctx, path), self._show_columns)

    def _show_columns(self, found: work.Columns) -> None:
        self._asking = True
        self.columns.show_columns(found)
        self.refresh()
        self.columns.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_as(self, mapping: dict[str, str]) -> None:
        if self._read_path is not None:
            self.read(self._read_path, mapping)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Light up for a file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            set_property(self.drop.zone, "drop", "over")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        """Calm down."""
        set_property(self.drop.zone, "drop", "true")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Read the dropped file."""
        set_property(self.drop.zone, "drop", "true")
        event.acceptProposedAction()
        self.read(Path(event.mimeData().urls()[0].toLocalFile()))

    # ---- the plan ----

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan from its beginning."""
        self.plan = plan
        self._asking = False
        self.leave, self.answers = set(plan.aside), dict(plan.answers)
        self._folded = {UNCHANGED}
        self._say_plan()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_plan(self) -> None:
        plan = self.plan
        assert plan is not None
        words = self.words
        self.facts.show_plan(plan)
        self.model.columns = plan_columns(words, self._taken, self._answer_text, bank=plan.kind == "bank")
        self.table.fit()
        counts = [(words.term("filter", "All"), words.integer(len(plan.rows)))]
        self._states = [state for state in ORDER if any(each.state == state for each in plan.rows)]
        counts += [
            (words.text(TITLES[state]), words.integer(sum(each.state == state for each in plan.rows)))
            for state in self._states
        ]
        self.segments.set_texts(counts)
        self._show_lines()
        self.refresh()

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
        self.table.span_groups()
        self._say_foot()

    def _taken(self, each: PlanRow) -> bool:
        if each.state == QUESTION and each.key not in self.answers:
            return False
        return each.state != REFUSED and each.key not in self.leave

    def _open_questions(self) -> list[PlanRow]:
        plan = self.plan
        rows = plan.rows if plan is not None else ()
        return [each for each in rows if each.state == QUESTION and each.key not in self.leave]

    def _say_foot(self) -> None:
        plan, words = self.plan, self.words
        if plan is None:
            return
        taken = sum(self._taken(each) for each in plan.rows)
        refused = sum(each.state == REFUSED for each in plan.rows)
        asked = len(self._open_questions())
        bank = plan.kind == "bank"
        self.ready.setText(
            words.plural("{count} line ready", "{count} lines ready", taken)
            if bank
            else words.plural("{count} person ready", "{count} people ready", taken)
        )
        self.refused.setText(words.plural("{count} refused", "{count} refused", refused))
        self.asked.setText(words.plural("{count} to decide", "{count} to decide", asked))
        for shown, widgets in ((refused, (self._bad, self.refused)), (asked, (self._open, self.asked))):
            for widget in widgets:
                widget.setVisible(bool(shown))
        self.apply_button.setText(
            words.plural("Import {count} line", "Import {count} lines", taken)
            if bank
            else words.plural("Import {count} person", "Import {count} people", taken)
        )
        self.apply_button.refit()
        self._say_commands()

    def _say_commands(self) -> None:
        plan, words = self.plan, self.words
        reason = ""
        if plan is not None:
            if self._open_questions():
                reason = words.text(N_("First say who the people to decide are."))
            elif plan.changes_nothing and not any(self._taken(each) and each.aside for each in plan.rows):
                reason = words.text(N_("Nothing in this file is new."))
        on = plan is not None and not reason and self.desk.writable and any(self._taken(each) for each in plan.rows)
        self.commands.enable("import.apply", on=on, reason=reason)
        self.facts.say_reason(reason)
        self.commands.enable("import.next_refused", on=plan is not None)

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
        elif line.state not in {REFUSED, UNCHANGED} and not line.row.required:
            self.leave ^= {line.row.key}
            self.model.touch()
            self._say_foot()

    def question_menu(self, each: PlanRow) -> QMenu:
        """Make the menu of who a question row may be."""
        words = self.words
        menu = QMenu(self)
        for candidate in each.candidates:
            text = words.text(
                N_("It is {name} (no. {number})"), name=candidate.name, number=candidate.staff_number or "–"
            )
            menu.addAction(text).triggered.connect(lambda _on=False, who=candidate.person_id: self._answer(each, who))
        menu.addAction(words.text(N_("Somebody new"))).triggered.connect(lambda: self._answer(each, NEW))
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
        plan = self.plan
        if plan is not None:
            self.leave.discard(each.key)
            answers = {**self.answers, each.key: answer}
            self.desk.act(lambda ctx: work.plan_again(ctx, plan, answers), self._again)

    def _again(self, plan: ImportPlan) -> None:
        self.plan = plan
        self.answers = dict(plan.answers)
        self._say_plan()

    def _leave(self, each: PlanRow) -> None:
        self.leave.add(each.key)
        self.model.touch()
        self._say_foot()

    def _answer_text(self, each: PlanRow) -> str:
        words = self.words
        if each.key in self.leave:
            return words.text(N_("left out"))
        names = [candidate.name for candidate in each.candidates[:2]]
        if names:
            return words.text(N_("Who is it? Perhaps {names}"), names=", ".join(names))
        return words.text(N_("Who is it?"))

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

    # ---- importing ----

    def apply(self) -> None:
        """Write what was decided."""
        plan = self.plan
        if plan is None:
            return
        leave = frozenset(self.leave)
        self.desk.act(
            lambda ctx: work.carry_out(ctx, plan, leave),
            lambda changed: self._done(plan, changed),
            title=self.words.text(N_("Importing")),
            initiator=self,
        )

    def _done(self, plan: ImportPlan, _changed: Changed) -> None:
        taken = sum(self._taken(each) for each in plan.rows)
        self.plan = None
        if plan.file.month is not None:
            self.desk.set_month(plan.file.month)
        self.desk.go.emit({"people": "people", "bank": "payments"}.get(plan.kind, "claim"), None)
        if plan.kind == "bank":
            text = self.words.plural("{count} payment imported", "{count} payments imported", taken)
        else:
            text = self.words.plural("{count} person imported", "{count} people imported", taken)
        self.desk.said.emit(text, True)
