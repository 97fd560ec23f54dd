"""The panel of kept weeks: put one onto this week and the next ones after a look, keep the week that is shown."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_, Severity, UserError
from ltu_desktop.window import icons, theme
from ltu_desktop.window import planning_words as say
from ltu_desktop.window.controls import Button, Kind, Select
from ltu_desktop.window.form import choice_field, text_field, value_of
from ltu_desktop.window.pieces import Link, clear, column, label, row, rule, scrolled
from ltu_desktop.window.planning_week import week_text
from ltu_desktop.window.tokens import PAGE_HEAD, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.planning_weeks import TemplatePlan
    from ltu_desktop.queries.planning_rows import TemplateRow, WeekBoard
    from ltu_desktop.window.desk import Desk

MOST = 26


class TemplatesPane(QFrame):
    """Kept weeks. `done` tells that the file changed; `left` goes back to the conflicts."""

    done = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self.monday: date | None = None
        self.plan: TemplatePlan | None = None
        self._lock = ""
        self._asked = 0
        text = self.words.text
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setAccessibleName(text(N_("Saved weeks")))
        box = column(self)
        box.addWidget(self._head())
        box.addWidget(rule())
        inside = QWidget()
        body = column(inside, margins=(16, 12, 16, 12), gap=10)
        self._apply = QWidget()
        self._lay_apply(column(self._apply, gap=10))
        body.addWidget(self._apply)
        self._none = label(
            text(N_("No saved week yet. Plan a week, then save it under a name.")), Text.DENSE, "text2", wrap=True
        )
        body.addWidget(self._none)
        body.addWidget(rule())
        body.addWidget(label(text(N_("Save the week shown")), Text.STRONG))
        self.name = text_field(text(N_("Name of the saved week")))
        body.addWidget(self.name)
        across = row()
        self.keep = Button(text(N_("Save this week")), icon="stack")
        self.keep.clicked.connect(self._keep)
        across.addWidget(self.keep)
        across.addStretch(1)
        body.addLayout(across)
        self._why = label("", Text.NOTE, "text3", wrap=True)
        body.addWidget(self._why)
        body.addStretch(1)
        box.addWidget(scrolled(inside), 1)
        widget = self.name.widget
        assert isinstance(widget, QLineEdit)
        widget.returnPressed.connect(self._keep)

    def _head(self) -> QWidget:
        words = self.words
        head = QWidget()
        head.setFixedHeight(PAGE_HEAD)
        across = row(head, margins=(12, 0, 8, 0), gap=4)
        self.back = Button(icon="arrow-left", kind=Kind.PLAIN)
        self.back.setAccessibleName(words.text(N_("Back to the conflicts")))
        self.back.setToolTip(f"{self.back.accessibleName()} ({words.term('key', 'Esc')})")
        self.back.clicked.connect(self.left)
        across.addWidget(self.back)
        across.addWidget(label(words.text(N_("Saved weeks")), Text.SECTION), 1)
        return head

    def _lay_apply(self, box: QWidget | object) -> None:
        text = self.words.text
        add = box.addWidget  # type: ignore[union-attr]
        self.template = choice_field(text(N_("Apply this saved week")), [])
        assert isinstance(self.template.widget, Select)
        self.template.widget.activated.connect(lambda _at: self.look())
        add(self.template)
        self._since = label("", Text.DENSE, "text2", wrap=True)
        add(self._since)
        self.weeks = text_field(text(N_("For how many weeks")), value="1", width=80)
        widget = self.weeks.widget
        assert isinstance(widget, QLineEdit)
        widget.textEdited.connect(lambda _text: self.look())
        add(self.weeks)
        self.replace = QCheckBox(text(N_("Replace what is already planned")))
        self.replace.setFont(theme.font(Text.DENSE))
        self.replace.toggled.connect(lambda _on: self.look())
        add(self.replace)
        self._lines = column(gap=6)
        box.addLayout(self._lines)  # type: ignore[union-attr]
        across = row(gap=4)
        self.apply = Button("")
        self.apply.clicked.connect(self._put)
        self.remove = Link(text(N_("Remove")), icon="trash")
        self.remove.clicked.connect(self._remove)
        across.addWidget(self.apply)
        across.addStretch(1)
        across.addWidget(self.remove)
        box.addLayout(across)  # type: ignore[union-attr]

    # ---- showing ----

    def show_week(self, board: WeekBoard, templates: Sequence[TemplateRow], *, lock: str) -> None:
        """Show what is kept, and what putting it from this week on would do."""
        self.monday, self._lock = board.monday, lock
        widget = self.template.widget
        assert isinstance(widget, Select)
        chosen = widget.currentData()
        widget.clear()
        for each in templates:
            shifts = self.words.plural("{count} shift", "{count} shifts", each.shifts)
            widget.addItem(f"{each.name} · {shifts}", each.id.hex())
        widget.setCurrentIndex(max(0, widget.findData(chosen)))
        self._apply.setVisible(bool(templates))
        self._none.setVisible(not templates)
        self._since.setText(self.words.text(N_("from {week} on"), week=_lower(week_text(self.words, board.monday))))
        planned = any(person.shifts for person in board.people)
        nothing = "" if planned else self.words.text(N_("Nothing is planned in the week shown."))
        for button, why in ((self.keep, lock or nothing), (self.remove, lock)):
            button.setEnabled(not why)
            button.setToolTip(why)
        self._why.setText(nothing)
        self._why.setVisible(bool(nothing) and not lock)
        if templates and self.isVisible():
            self.look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Ask when it is seen, not with each week that is shown beside it."""
        super().showEvent(event)
        if self.monday is not None:
            self.look()

    def first(self) -> QWidget:
        """Return where the keyboard begins."""
        return self.template.widget if self._apply.isVisibleTo(self) else self.name.widget

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter in the panel."""
        text, term = self.words.text, self.words.term
        enter = [(term("key", "Enter"), text(N_("save")))] if self.name.widget.hasFocus() else []
        return [*enter, ("F6", text(N_("next pane"))), (term("key", "Esc"), text(N_("back to the conflicts")))]

    def _chosen(self) -> str:
        """Return the key of the chosen week in hexadecimal, empty when none is kept."""
        return value_of(self.template) if self.template.widget.count() else ""  # type: ignore[attr-defined]

    def mondays(self) -> list[date] | None:
        """Return the Mondays that are typed; None when it is no number of weeks."""
        assert self.monday is not None
        self.weeks.wrong("")
        try:
            count = int(value_of(self.weeks))
        except ValueError:
            count = 0
        if not 1 <= count <= MOST:
            self.weeks.wrong(self.words.text(N_("From 1 to {most} weeks."), most=MOST))
            return None
        return [self.monday + timedelta(days=7 * at) for at in range(count)]

    def look(self) -> None:
        """Ask what it would do; the answer to an older question is not shown."""
        mondays = self.mondays()
        key = self._chosen()
        self.plan = None
        self.apply.setEnabled(False)
        if mondays is None or not key or self.monday is None:
            return
        self._asked += 1
        asked, replace = self._asked, self.replace.isChecked()

        def ask(ctx: Context) -> TemplatePlan:
            from ltu_desktop.actions.planning_weeks import plan_template

            return plan_template(ctx, bytes.fromhex(key), mondays, replace=replace)

        self.desk.act(
            ask,
            lambda plan: self._say(plan) if asked == self._asked else None,
            title=self.words.text(N_("Looking through the weeks")),
        )

    def _say(self, plan: TemplatePlan) -> None:
        from ltu_desktop.actions.planning_weeks import SKIPPED

        words = self.words
        self.plan = plan
        clear(self._lines)
        self.said: list[str] = []
        added = words.plural("{count} shift will be planned", "{count} shifts will be planned", plan.added)
        self._line("plus-circle", "accent" if plan.added else "text3", added)
        if plan.replaced:
            said = words.plural("{count} shift will be removed", "{count} shifts will be removed", plan.replaced)
            self._line("arrows-clockwise", "attention.icon", said)
        for code, count in Counter(each.code for each in plan.skipped).most_common():
            why = words.text(SKIPPED[code])
            left = words.plural(
                "{count} shift will be left out: {why}", "{count} shifts will be left out: {why}", count, why=why
            )
            self._line("minus-circle", "text3", left)
        kinds = Counter((each.severity is not Severity.BLOCKER, each.code) for each in plan.told)
        for (light, code), count in sorted(kinds.items(), key=lambda each: (each[0][0], -each[1])):
            what = _lower(words.text(say.TITLES[code]))
            told = words.plural("{count} conflict: {what}", "{count} conflicts: {what}", count, what=what)
            meaning = Meaning.ATTENTION if light else Meaning.BLOCKING
            self._line(icons.MEANING_ICON[meaning], f"{meaning}.icon", told)
        many = len(plan.mondays)
        self.apply.setText(words.plural("Apply to {count} week", "Apply to {count} weeks", many))
        self.apply.refit()
        self.apply.setEnabled(bool(plan.added or plan.replaced) and not self._lock)

    def _line(self, icon: str, tone: str, text: str) -> None:
        across = row(gap=8)
        sign = QLabel()
        sign.setFixedWidth(16)
        icons.put(sign, icon, tone)
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(label(text, Text.DENSE, wrap=True), 1)
        self.said.append(text)
        self._lines.addLayout(across)

    # ---- doing ----

    def _put(self) -> None:
        plan, key, replace = self.plan, bytes.fromhex(self._chosen()), self.replace.isChecked()
        if plan is None:
            return

        def action(ctx: Context) -> TemplatePlan:
            from ltu_desktop.actions.planning_weeks import apply_template

            return apply_template(ctx, key, plan.mondays, replace=replace)

        def put(made: TemplatePlan) -> None:
            said = self.words.plural("{count} shift planned", "{count} shifts planned", made.added)
            self.desk.said.emit(say.with_left_out(self.words, said, made.skipped), True)
            self.done.emit()

        self.desk.act(action, put, title=self.words.text(N_("Planning the weeks")))

    def _keep(self) -> None:
        monday, name = self.monday, value_of(self.name)

        def action(ctx: Context) -> bytes:
            from ltu_desktop.actions.planning_weeks import save_template

            assert monday is not None
            return save_template(ctx, name, monday)

        def kept(_key: bytes) -> None:
            self.name.refill("")
            self.desk.said.emit(self.words.text(N_("The week is saved as “{name}”"), name=name), True)
            self.done.emit()

        def failed(error: UserError) -> None:
            self.name.wrong(self.words.error(error))

        self.desk.act(action, kept, failed=failed)

    def _remove(self) -> None:
        key = bytes.fromhex(self._chosen())

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.planning_weeks import remove_template

            return remove_template(ctx, key)

        def removed(_changed: object) -> None:
            self.desk.said.emit(self.words.text(N_("Saved week deleted; plans are unchanged")), True)
            self.done.emit()

        self.desk.act(action, removed)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
