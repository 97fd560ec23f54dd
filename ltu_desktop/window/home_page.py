"""Home: what now? The month step by step, what blocks and what it costs, FTE, the year in euros, what falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QScrollArea, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import home_cards as cards
from ltu_desktop.window import icons, mending, theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import clear, column, label, row
from ltu_desktop.window.tokens import Text
from ltu_desktop.words import NBSP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtGui import QResizeEvent

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.home import Home, HomeStep
    from ltu_desktop.actions.targets import Target
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk


TWO_COLUMNS = 960  # below this width of the page the right column stands below the left one


def load_home(ctx: Context, month: Month) -> Home:
    """Put the page together, over there."""
    from ltu_desktop.actions.home import overview

    return overview(ctx, month)


class HomePage(Page):
    """Answers "what now?" and leads there."""

    code: ClassVar[str] = "home"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"person", "contract", "contract_terms", "pay_month", "payroll_file", "claim", "payment", "payment_match",
         "agreement", "agreement_terms", "employer", "parameter_override", "absence", "eligibility", "health",
         "attendance", "absence_day", "shift", "month_sheet", "month_closing", "support_note"}
    )  # fmt: skip

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.home: Home | None = None
        self.next = Button(kind=Kind.PRIMARY, icon="arrow-right")
        self.next.clicked.connect(self._do_next)
        self.buttons: list[Button] = []
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        self.across = row(body, margins=(24, 12, 24, 16), gap=16)
        self.left, self.right = column(gap=12), column(gap=12)
        self.across.addLayout(self.left, 16)
        self.across.addLayout(self.right, 9)
        scroll.setWidget(body)
        self.box.addWidget(scroll, 1)
        self.band, inner = cards.make_card("first")
        self.band.setMinimumHeight(64)
        line = row(margins=(16, 8, 16, 8), gap=12)
        inner.addLayout(line)
        said = column(gap=2)
        said.addWidget(label(self.words.text(N_("Next step")), Text.NOTE, "text2"))
        self.now = label("", Text.STRONG, wrap=True)
        said.addWidget(self.now)
        sign = QLabel()
        icons.put(sign, "arrow-right", "accent", 20)
        line.insertWidget(0, sign)
        line.addLayout(said, 1)
        line.addWidget(self.next)
        self.left.addWidget(self.band)
        self.cards_left, self.cards_right = column(gap=12), column(gap=12)
        self.left.addLayout(self.cards_left)
        self.left.addStretch(1)
        self.right.addLayout(self.cards_right)
        self.right.addStretch(1)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be begun from here."""
        return {
            "people.import": lambda: self.desk.go.emit("import", "people"),
            "payroll.import": lambda: self.desk.go.emit("import", "payroll"),
            "claim.open": lambda: self.desk.go.emit("claim", None),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        words = self.words
        return [
            (words.term("key", "Tab"), words.text(N_("from point to point"))),
            (words.term("key", "Enter"), words.text(N_("open"))),
        ]

    def first_focus(self) -> QWidget | None:
        """Begin with the next step."""
        return self.next

    def refresh(self) -> None:
        """Read the month again."""
        month = self.desk.month
        name = self.words.month(month)
        self.head.say(name[:1].upper() + name[1:], self.words.text(N_("where the month stands, and what to do now")))
        reason = self.desk.why_not
        for code in self.handlers():
            self.commands.enable(code, on=self.desk.writable or code == "claim.open", reason=reason)
        self.desk.act(lambda ctx: load_home(ctx, month), self.show_home)

    def show_home(self, home: Home) -> None:
        """Show a month."""
        if home.month != self.desk.month:
            return
        self.home = home
        step = home.next
        words = self.words
        self.next.setVisible(step is not None)
        if step is None:
            self.now.setText(words.text(N_("Nothing: the month is done.")))
        else:
            self.now.setText(self._to_do(step, home))
            self.next.setText(words.text(cards.STEPS[step.code][1]))
            self.next.refit()
        self.desk.worker.in_turns(self._show_cards(home), lambda: self.home is home)

    def _show_cards(self, home: Home) -> Iterator[str]:
        """Show what is to be done, then what stands beside it; say what comes next."""
        words = self.words
        clear(self.cards_left)
        points, self.buttons = cards.points_card(words, home, self._go)
        self.cards_left.addWidget(cards.steps_card(words, home, self._go))
        self.cards_left.addWidget(points)
        yield "right"
        clear(self.cards_right)
        if home.fte is not None:
            self.cards_right.addWidget(cards.gauges_card(words, home))
        self.cards_right.addWidget(cards.euros_card(words, home))
        self.cards_right.addWidget(
            cards.deadlines_card(words, home.deadlines, self._go, sees_health=self.desk.sees_health)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Set the right column below the left one where there is little room for two."""
        super().resizeEvent(event)
        two = event.size().width() >= theme.grown(TWO_COLUMNS)
        self.across.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
        self.across.setStretch(0, (14 if self.compact() else 16) if two else 0)
        self.across.setStretch(1, 9 if two else 0)

    # ---- what to do ----

    def _do_next(self) -> None:
        if self.home is not None and self.home.next is not None:
            self._go(self.home.next.go)

    def _go(self, target: Target) -> None:
        mending.follow(self.desk, target)

    def _to_do(self, step: HomeStep, home: Home) -> str:
        words, month = self.words, self.words.of_month(home.month).replace(" ", NBSP)  # no year alone in a line
        if home.trouble is not None and step.code == "checks":
            return words.error(home.trouble)
        if step.code == "staff":
            return words.text(N_("Import the staff list: who works here, and who is PPDE"))
        if step.code == "attendance":
            if home.over:
                return words.text(N_("Complete and close the attendance for {of_month}"), of_month=month)
            return words.text(N_("Note who worked and who was away in {month}"), month=words.month(home.month))
        if step.code == "payroll":
            return words.text(N_("Import the payroll file for {of_month}"), of_month=month)
        if step.code == "checks":
            return words.plural("Fix {count} blocker", "Fix the {count} blockers", step.count)
        if step.code == "claim":
            return words.text(N_("Read and seal the claim for {of_month}"), of_month=month)
        if step.code == "sent":
            return words.text(N_("Print, sign and send the claim for {of_month}"), of_month=month)
        return words.text(N_("Wait for the Fund’s payment, and record it"))
