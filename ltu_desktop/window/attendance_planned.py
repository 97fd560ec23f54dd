"""The popup of “as planned” for a team: what it would fill, before it does; Enter fills, Esc leaves all as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons
from ltu_desktop.window.attendance_faces import hours_text
from ltu_desktop.window.controls import Button, Kind, Segments
from ltu_desktop.window.pieces import StayInside, clear, column, give_shadow, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.actions.attendance import AsPlanned
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.words import Words

WEEK, MONTH = 0, 1


def span(which: int, month: Month, day: date) -> tuple[date, date]:
    """Return the first and last day: the day's week inside the month, or the whole month."""
    if which == MONTH:
        return month.first, month.last
    monday = day - timedelta(days=day.weekday())
    return max(monday, month.first), min(monday + timedelta(days=6), month.last)


class PlannedPopup(QFrame):
    """The popup. `asked` wants the counts for a span; `wanted` fills what was counted."""

    asked = Signal(int)
    wanted = Signal(object)
    left = Signal()

    WIDTH, LEAST, FREE = 460, 380, 8

    def __init__(self, parent: QWidget, words: Words) -> None:
        super().__init__(parent)
        self._words = words
        self.people: tuple[bytes, ...] = ()
        self.plan: AsPlanned | None = None
        self.said: list[tuple[str, str]] = []  # what it says, line by line, with the hours
        self.setProperty("popup", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = column(self, margins=(16, 14, 12, 12), gap=10)
        head = row(gap=10)
        sign = QLabel()
        icons.put(sign, "calendar-check", "accent", 20)
        head.addWidget(sign)
        self._title = label("", Text.SECTION, wrap=True)
        head.addWidget(self._title, 1)
        box.addLayout(head)
        self.spans = Segments()
        self.spans.chosen.connect(self.asked)
        box.addWidget(self.spans)
        self._lines = column(gap=6)
        box.addLayout(self._lines)
        ways = row(gap=8)
        ways.addWidget(label(words.text(N_("One undo takes it all back")), Text.NOTE, "text3", wrap=True), 1)
        self.no = Button(words.text(N_("Cancel")), kind=Kind.QUIET, hint=words.term("key", "Esc"))
        self.no.clicked.connect(self.vanish)
        self.yes = Button(words.term("button", "Fill"), kind=Kind.PRIMARY, hint=words.term("key", "Enter"))
        self.yes.clicked.connect(self._go)
        ways.addWidget(self.no)
        ways.addWidget(self.yes)
        box.addLayout(ways)
        give_shadow(self)
        StayInside(self)
        self.hide()

    def ask(self, team: str, people: Sequence[bytes], week: str, month: str, which: int) -> None:
        """Begin for a team; the counts come with `show_plan`."""
        self.people = tuple(people)
        self.plan = None
        self._title.setText(self._words.text(N_("{team}: as planned"), team=team, colon=self._words.colon))
        self.setAccessibleName(self._title.text())
        self.spans.set_texts([(week, ""), (month, "")])
        self.spans.choose(which)
        self.yes.setEnabled(False)

    def show_plan(self, plan: AsPlanned, at: QPoint, filled: int, sums: int) -> None:
        """Say what would be filled, at a place of the page, and cut no `sums`.

        Where that is too low, left of the days to be `filled`.
        """
        words = self._words
        self.plan = plan
        clear(self._lines)
        self.said = []
        self._say(
            "plus-circle",
            "accent" if plan.cells else "text3",
            words.plural("{count} empty cell becomes “done”", "{count} empty cells become “done”", plan.cells),
            f"{hours_text(words, plan.minutes)}\u00a0h",
        )
        absences, said, future = plan.absences, plan.said, plan.future
        for count, text in (
            (
                absences,
                words.plural("{count} cell of absence, kept", "{count} cells of absence, kept", absences),
            ),
            (said, words.plural("{count} cell typed already, kept", "{count} cells typed already, kept", said)),
            (future, words.plural("{count} cell still to come, left", "{count} cells still to come, left", future)),
        ):
            if count:
                self._say("check-circle", "ok.icon", text, "")
        self.yes.setEnabled(plan.cells > 0)
        parent = self.parentWidget()
        assert parent is not None
        self._take(self.WIDTH)
        x, low = at.x(), parent.height() - self.height() - self.FREE
        if low < at.y() and filled - 2 * self.FREE >= self.LEAST:  # over days that stay as they are
            self._take(min(self.WIDTH, filled - 2 * self.FREE))
            x, low = min(x, filled - self.width() - self.FREE), parent.height() - self.height() - self.FREE
        x = max(self.FREE, min(x, sums - self.width() - self.FREE))
        self.move(x, max(self.FREE, min(at.y(), low)))
        self.show()
        self.raise_()
        (self.yes if plan.cells else self.no).setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, width: int) -> None:
        """Take a width, and the height that is needed with it."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedWidth(width)
        self.resize(width, layout.totalHeightForWidth(width))

    def _say(self, icon: str, tone: str, text: str, value: str) -> None:
        self.said.append((text, value))
        across = row(gap=10)
        sign = QLabel()
        sign.setFixedWidth(20)
        icons.put(sign, icon, tone)
        across.addWidget(sign)
        said = label(text, Text.BODY)
        said.setMinimumHeight(20)
        across.addWidget(said, 1)
        if value:
            across.addWidget(label(value, Text.STRONG))
        self._lines.addLayout(across)
        sign.show()
        said.show()  # what is not shown yet counts for nothing when the height is measured

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter in the popup."""
        words = self._words
        fill = [(words.term("key", "Enter"), words.text(N_("fill as planned")))]
        away = (words.term("key", "Esc"), words.text(N_("cancel")))
        return [*(fill if self.yes.isEnabled() else []), away]

    def _go(self) -> None:
        plan = self.plan
        self.vanish()
        if plan is not None and plan.cells:
            self.wanted.emit(plan)

    def vanish(self) -> None:
        """Go."""
        self.hide()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Enter fills and Esc leaves from anywhere inside."""
        if isinstance(event, QKeyEvent) and event.key() in {
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        }:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                event.accept()
                if event.key() == Qt.Key.Key_Escape:
                    self.vanish()
                elif self.yes.isEnabled():
                    self._go()
                else:
                    self.vanish()
                return True
        return super().event(event)
