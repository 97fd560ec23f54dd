"""Closing the month beside the grid: what is missing, each a link into the very cell; close it, or open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from ltu_desktop.queries.names import namesakes
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.attendance_faces import hours_text
from ltu_desktop.window.attendance_side import Side
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import text_field, value_of
from ltu_desktop.window.pieces import Band, Clickable, Elided, Upright, clear, column, label, row
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.actions.closing import ClosingPlan, Missing
    from ltu_desktop.words import Words


MOST = 20  # things missing of a kind that are shown; the others come as these are mended


class ClosingPanel(Side):
    """The panel. `close_wanted` and `open_wanted` carry the reason; `shown` asks for the place of a missing thing."""

    close_wanted = Signal(str)
    open_wanted = Signal(str)
    shown = Signal(object)  # a Missing

    def __init__(self, words: Words) -> None:
        super().__init__(words, words.text(N_("Close the month")))
        self.plan: ClosingPlan | None = None
        self.items: list[Clickable] = []
        self._at = -1
        self.reason = text_field(words.text(N_("Why")))
        self.go = Button(kind=Kind.PRIMARY)
        self.go.clicked.connect(self._go)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)

    def first(self) -> QWidget:
        """Begin with the first thing missing, else with the reason or the button."""
        if self.items:
            return self.items[0]
        return self.reason.widget if self.reason.isVisibleTo(self) else self.go

    def show_plan(self, plan: ClosingPlan, missing: Sequence[Missing], *, lock: str) -> None:
        """Show what the month lacks; `lock` says why nothing can be changed."""
        words = self.words
        same = self.plan is not None and (self.plan.month, self.plan.closed_on) == (plan.month, plan.closed_on)
        kept = value_of(self.reason) if same else ""
        hand = QApplication.focusWidget()
        held = hand is not None and hand is not self.go and self.isAncestorOf(hand)
        self.plan = plan
        self.items, self._at = [], -1
        clear(self.body)
        title = words.text(N_("Close {month}") if plan.closed_on is None else N_("{month}, closed"))
        said = title.format(month=words.month(plan.month))
        self.title.setText(said[:1].upper() + said[1:])
        self.setAccessibleName(self.title.text())
        if plan.closed_on is not None:
            self._lay_closed(plan)
        else:
            self._lay_open(plan, missing)
        if plan.closed_on is None:  # else nothing stands above them
            self.section(words.text(N_("Hours of the month")))
        for name, minutes in (
            (words.term("column", "Planned"), plan.planned),
            (words.term("column", "Done"), plan.done),
            (words.term("column", "Away"), plan.absent),
            (words.term("column", "Gap"), plan.balance),
        ):
            self.fact(name, f"{hours_text(words, minutes)}\u00a0h" if minutes else "–")
        if plan.closed_on is None and plan.differing and plan.differing != plan.balance:
            said = words.text(
                N_("In the gap: {open} h of days without entry, {differing} h of entries that differ from the plan."),
                open=hours_text(words, plan.balance - plan.differing),
                differing=hours_text(words, plan.differing),
            )
            self.body.addWidget(label(said, Text.NOTE, "text3", wrap=True))
        asks = plan.closed_on is not None or plan.needs_note
        self.reason = text_field(
            words.text(N_("Reason for reopening") if plan.closed_on else N_("Reason for closing anyway"))
        )
        edit = self.reason.widget
        assert isinstance(edit, QLineEdit)
        edit.setText(kept)
        edit.returnPressed.connect(self._go)
        clear(self.below)
        self.below.addWidget(self.reason)
        self.reason.setVisible(asks)
        if lock:
            self.body.addWidget(label(lock, Text.DENSE, "text2", wrap=True))
        self.body.addStretch(1)
        self.go.setText(words.text(N_("Reopen the month") if plan.closed_on else N_("Close the month")))
        self.go.icon_name = "lock-simple-open" if plan.closed_on else "lock-simple"
        self.go.setEnabled(not lock and (plan.can_close or plan.closed_on is not None))
        self.go.setAccessibleName(self.go.text())
        self.go.refit()
        if not same:
            for area in self.findChildren(Upright):
                area.verticalScrollBar().setValue(0)  # what it was scrolled to is gone
        if held and not same:  # what the hand was in is gone
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_closed(self, plan: ClosingPlan) -> None:
        words = self.words
        assert plan.closed_on is not None
        said = words.text(
            N_("Its figures have been fixed since {day}. The reason for reopening is kept in the history."),
            day=words.day(plan.closed_on),
        )
        self.body.addWidget(label(said, Text.BODY, "text2", wrap=True))

    def _lay_open(self, plan: ClosingPlan, missing: Sequence[Missing]) -> None:
        from ltu_desktop.actions.closing import POINTS

        words = self.words
        if not plan.over:
            said = words.text(
                N_("The month is not over: it can be closed from {day} on."), day=words.day(plan.month.last)
            )
            self.body.addWidget(Band(Meaning.INFO, words.text(N_("Not yet")), said))
        elif not missing:
            self.body.addWidget(Band(Meaning.OK, words.text(N_("Nothing is missing.")), ""))
        hint = words.text(N_("Once the month is closed, its figures no longer change: planned, done, away, gap."))
        self.body.addWidget(label(hint, Text.DENSE, "text2", wrap=True))
        alike = namesakes(name for _, name in {(each.staff_number, each.list_name) for each in missing})
        for code, text in POINTS.items():
            group = [each for each in missing if each.code == code]
            if group:
                people = words.plural("{count} person", "{count} people", len(group))
                self.section(f"{words.text(text)} ({people})")
                items = column(gap=0)
                for each in group[:MOST]:
                    items.addWidget(self._item(each, each.staff_number if each.list_name in alike else ""))
                self.body.addLayout(items)
                if len(group) > MOST:
                    more = words.plural("and {count} more", "and {count} more", len(group) - MOST)
                    self.body.addWidget(label(more, Text.DENSE, "text2"))

    def _item(self, each: Missing, number: str) -> QWidget:
        words = self.words
        said = words.named(each.list_name, number)
        item = Clickable()
        across = row(item, margins=(0, 4, 0, 4), gap=8)  # in line with the title: the ring is around
        name = Elided(said, Text.DENSE)
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # on one line with the days
        across.addWidget(name, 1)
        if each.day is not None:
            days = words.plural(
                "{count} day from {day}", "{count} days from {day}", each.days, day=words.day_of_month(each.day)
            )
            across.addWidget(label(days, Text.DENSE, "text2"))
            across.addWidget(label(words.duration(each.minutes, short=True), Text.DENSE_STRONG))
            said = f"{said}, {days}"
        item.setProperty("ring", "bare")
        item.setMinimumHeight(28)
        item.setAccessibleName(said)
        item.clicked.connect(lambda each=each: self.shown.emit(each))
        self.items.append(item)
        return item

    def hints(self) -> list[tuple[str, str]]:
        """Add the key of what is missing."""
        missing = [("F8", self.words.text(N_("Next thing missing")).lower())] if self.items else []
        return [*missing, *super().hints()]

    def next(self) -> None:
        """Go to the next thing missing."""
        if self.items:
            self._at = (self._at + 1) % len(self.items)
            self.items[self._at].clicked.emit()

    def _go(self) -> None:
        plan = self.plan
        if plan is None or not self.go.isEnabled():
            return
        why = value_of(self.reason)
        needed = plan.closed_on is not None or plan.needs_note
        if needed and not why:
            self.reason.wrong(self.words.text(N_("Say why in a few words.")))
            self.reason.widget.setFocus()
            return
        (self.close_wanted if plan.closed_on is None else self.open_wanted).emit(why)

    def refuse(self, error: UserError) -> None:
        """Say what the file refuses, below the reason."""
        self.reason.setVisible(True)
        self.reason.wrong(self.words.error(error))
