"""The page of imports: a file is chosen, its columns where nobody knows them, looked at, and imported as one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import dialogs
from ltu_desktop.window import import_work as work
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.import_columns import ColumnsPane
from ltu_desktop.window.import_pieces import DropPane
from ltu_desktop.window.import_preview import ImportPreview
from ltu_desktop.window.import_rows import BANK_KINDS, BANK_NOTE, HEADS, KINDS, NOTE, QUESTION, REFUSED, may_leave
from ltu_desktop.window.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

    from ltu_desktop.actions.imports import Answer, ImportPlan
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk


class ImportPage(Page):
    """The steps of an import, one pane each: the file, its columns, the preview."""

    code: ClassVar[str] = "import"
    parent_code = "claims"

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.purpose = "payroll"
        self._coming: Path | None = None  # to be read as soon as the page is there
        self._path: Path | None = None  # read last
        self._asking = False  # which column is which
        text = self.words.text
        self.setAcceptDrops(True)
        self.another = commands.button("import.choose")
        self.columns_button = commands.button("import.columns")
        self.head.add(self.columns_button, self.another)
        self.choose_button = commands.button("import.choose", kind=Kind.PRIMARY, text=text(N_("Choose a file…")))
        self.drop = DropPane(text(N_("Drop the file here")), text(NOTE), self.choose_button)
        self.columns = ColumnsPane(self.words)
        self.columns.wanted.connect(self._read_as)
        self.preview = ImportPreview(self.words, commands)
        self.preview.answered.connect(self._plan_again)
        self.preview.decided.connect(self._say_commands)
        self.preview.decided.connect(self.hinted)
        self.body = QStackedWidget()
        for pane in (self.drop, self.columns, self.preview):
            self.body.addWidget(pane)
        self.box.addWidget(self.body, 1)

    @property
    def plan(self) -> ImportPlan | None:
        """What would change, once a file was read."""
        return self.preview.plan

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with an import."""
        return {
            "import.choose": self.choose,
            "import.columns": self.ask_columns,
            "import.apply": self.apply,
            "import.next_refused": self.preview.next_refused,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        words = self.words
        if self.body.currentWidget() is not self.preview:
            return []  # there is no line yet
        rows = self.plan.rows if self.plan is not None else ()
        states = {each.state for each in rows}
        f8 = words.text(N_("next refusal") if REFUSED in states else N_("next point"))
        keys = [
            (words.term("key", "Space"), words.text(N_("take or leave the line")), any(map(may_leave, rows))),
            ("F8", f8, states & {REFUSED, QUESTION}),
            (f"Ctrl {words.term('key', 'Enter')}", words.text(N_("import")), self._may_apply()),
        ]
        return [(key, said) for key, said, fits in keys if fits]

    def show_what(self, what: object) -> None:
        """Begin anew: for a purpose ("people", "payroll"), or at once with a file."""
        self.preview.plan = None
        self._asking = False
        self._coming = what if isinstance(what, Path) else None
        self.purpose = what if isinstance(what, str) else "any"
        if self._coming is None:
            self.parent_code = {"people": "people", "bank": "payments"}.get(self.purpose, "claims")

    def refresh(self) -> None:
        """Show the step that it is at."""
        self._say_head()
        shown = self.columns if self._asking else self.drop if self.plan is None else self.preview
        self.body.setCurrentWidget(shown)
        self.another.setVisible(shown is not self.drop)
        table = shown is self.preview and self._is_bank_table()
        self.columns_button.setVisible(table)
        self.hinted.emit()
        self.commands.enable("import.columns", on=table)
        self.commands.enable("import.choose", on=self.desk.writable)
        self._say_commands()
        if self._coming is not None:
            path, self._coming = self._coming, None
            self.read(path)

    def month_changed(self) -> None:
        """Keep the preview; only an hours list without months depends on it."""
        self._say_head()

    def filter_field(self) -> QWidget | None:
        """Return the filter of the preview."""
        return self.preview.search

    def first_focus(self) -> QWidget | None:
        """Begin where the file is chosen, or in the preview."""
        return self.preview.table if self.plan is not None else self.choose_button

    def _say_head(self) -> None:
        words = self.words
        read = self._path.name if self._asking and self._path is not None else ""
        name = self.plan.file.name if self.plan is not None else read
        self.head.say(words.text(HEADS[self.purpose]), name)
        self.drop.note.setText(words.text(BANK_NOTE if self.purpose == "bank" else NOTE))

    def _say_commands(self) -> None:
        self.commands.enable("import.apply", on=self._may_apply(), reason=self.preview.why_not())
        self.commands.enable("import.next_refused", on=self.plan is not None)

    def _may_apply(self) -> bool:
        return not self.preview.why_not() and self.desk.writable and bool(self.preview.taken())

    # ---- the file ----

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
        self._path = path
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
        self.preview.plan = None
        self._asking = False
        self.refresh()
        self.desk.troubled.emit(error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Light up for a file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self.drop.zone.light(on=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        """Calm down."""
        self.drop.zone.light(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Read the dropped file."""
        self.drop.zone.light(on=False)
        event.acceptProposedAction()
        self.read(Path(event.mimeData().urls()[0].toLocalFile()))

    # ---- the columns of a bank's table ----

    def _is_bank_table(self) -> bool:
        """Tell whether the file is a bank's table, and no statement in a format of its own."""
        plan = self.plan
        return plan is not None and plan.kind == "bank" and plan.file.type in {"csv", "xlsx", "ods"}

    def ask_columns(self) -> None:
        """Ask which column is which, with the first rows in sight."""
        path = self._path
        if path is not None:
            self.desk.act(lambda ctx: work.read_columns(ctx, path), self._show_columns)

    def _show_columns(self, found: work.Columns) -> None:
        self._asking = True
        self.columns.show_columns(found)
        self.refresh()
        self.columns.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_as(self, mapping: dict[str, str]) -> None:
        if self._path is not None:
            self.read(self._path, mapping)

    # ---- the preview ----

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan from its beginning."""
        self._asking = False
        self.preview.begin(plan)
        self.refresh()
        self.preview.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _plan_again(self, answers: dict[str, Answer]) -> None:
        plan = self.plan
        if plan is not None:
            self.desk.act(lambda ctx: work.plan_again(ctx, plan, answers), self._show_again)

    def _show_again(self, plan: ImportPlan) -> None:
        self.preview.show_plan(plan)
        self.refresh()

    def apply(self) -> None:
        """Write what was decided."""
        plan = self.plan
        if plan is None:
            return
        leave, taken = frozenset(self.preview.leave), self.preview.taken()
        self.desk.act(
            lambda ctx: work.carry_out(ctx, plan, leave),
            lambda _changed: self._done(plan, taken),
            title=self.words.text(N_("Importing")),
            initiator=self,
        )

    def _done(self, plan: ImportPlan, taken: int) -> None:
        self.preview.plan = None
        if plan.file.month is not None:
            self.desk.set_month(plan.file.month)
        self.desk.go.emit({"people": "people", "bank": "payments"}.get(plan.kind, "claim"), None)
        if plan.kind == "bank":
            text = self.words.plural("{count} payment imported", "{count} payments imported", taken)
        else:
            text = self.words.plural("{count} person imported", "{count} people imported", taken)
        self.desk.said.emit(text, True)
