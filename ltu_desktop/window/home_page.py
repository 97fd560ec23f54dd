"""Home: what now? The month step by step, what blocks and what it costs, FTE, the year in euros, what falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.home_drawings import Gauge, YearBars
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import Elided, clear, column, label, row, rule
from ltu_desktop.window.tokens import NARROW, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.home import Home, HomeStep, Point
    from ltu_desktop.actions.targets import Target
    from ltu_desktop.queries.home import Deadline
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.words import Words

MOST_POINTS = 6
MOST_DEADLINES = 6

STEPS: dict[str, tuple[str, str]] = {
    "staff": (N_("Staff list"), N_("Import the staff list")),
    "payroll": (N_("Payroll"), N_("Import the payroll")),
    "checks": (N_("Checks"), N_("Mend the points")),
    "claim": (N_("Claim"), N_("Seal the claim")),
    "sent": (N_("Sending"), N_("Print, sign, send")),
    "paid": (N_("Payment"), N_("Record the payment")),
}
"""The steps of a month: what each is called, and what there is to do."""

STATES: dict[str, tuple[str, str]] = {
    "done": (N_("Done"), "ok"),
    "now": (N_("Now"), "attention"),
    "blocked": (N_("Blocked"), "blocking"),
    "to_come": (N_("To come"), "text3"),
}

_SIGNS = {"done": ("check-circle", "ok.icon"), "now": ("circle-half", "attention.icon"),
          "blocked": ("warning-octagon", "blocking.icon"), "to_come": ("circle", "edge")}  # fmt: skip


def load_home(ctx: Context, month: Month) -> Home:
    """Put the page together, over there."""
    from ltu_desktop.actions.home import overview

    return overview(ctx, month)


class HomePage(Page):
    """Answers "what now?" and leads there."""

    code: ClassVar[str] = "home"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"person", "contract", "contract_terms", "pay_month", "payroll_file", "claim", "payment", "payment_match",
         "agreement", "agreement_terms", "employer", "parameter_override", "absence", "eligibility", "health"}
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
        self.band, inner = _card("first")
        self.band.setFixedHeight(64)
        line = row(margins=(16, 8, 16, 8), gap=12)
        inner.addLayout(line)
        said = column(gap=2)
        said.addWidget(label(self.words.text(N_("Next step")), Text.NOTE, "text2"))
        self.now = Elided("", Text.STRONG, "text")
        said.addWidget(self.now)
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
        self.buttons = []
        step = home.next
        words = self.words
        self.next.setVisible(step is not None)
        if step is None:
            self.now.setText(words.text(N_("Nothing: the month is done.")))
        else:
            self.now.setText(self._to_do(step, home))
            self.next.setText(words.text(STEPS[step.code][1]))
            self.next.refit()
        for cards in (self.cards_left, self.cards_right):
            clear(cards)
        self.cards_left.addWidget(self._steps(home))
        self.cards_left.addWidget(self._points(home))
        if home.fte is not None:
            self.cards_right.addWidget(self._gauges(home))
        self.cards_right.addWidget(self._euros(home))
        self.cards_right.addWidget(self._deadlines(home.deadlines))

    def fit(self) -> None:
        """Give the right column its share only where there is room."""
        super().fit()
        narrow = self.window().width() < theme.grown(NARROW)
        self.across.setStretch(0, 14 if narrow else 16)

    # ---- what to do ----

    def _do_next(self) -> None:
        if self.home is not None and self.home.next is not None:
            self._go(self.home.next.go)

    def _go(self, target: Target) -> None:
        if target.page == "people":
            self.desk.go.emit("people", target.subject or None)
        elif target.page == "attendance":
            self.desk.go.emit("attendance", target.subject or None)
        elif target.page == "settings":
            self.desk.go.emit("settings", target.subject or None)
        elif target.page == "import":
            self.desk.go.emit("import", "payroll" if target.subject else "people")
        elif target.page == "payments" and "page.payments" in self.commands.actions:
            self.desk.go.emit("payments", None)
        else:
            self.desk.go.emit("claim", None)

    def _to_do(self, step: HomeStep, home: Home) -> str:
        words, month = self.words, self.words.of_month(home.month)
        if home.trouble is not None and step.code == "checks":
            return words.error(home.trouble)
        if step.code == "staff":
            return words.text(N_("Import the staff list: who works here, and who is PPDE"))
        if step.code == "payroll":
            return words.text(N_("Import the payroll file for {of_month}"), of_month=month)
        if step.code == "checks":
            return words.plural("Mend {count} blocking point", "Mend the {count} blocking points", step.count)
        if step.code == "claim":
            return words.text(N_("Read and seal the claim for {of_month}"), of_month=month)
        if step.code == "sent":
            return words.text(N_("Print, sign and send the claim for {of_month}"), of_month=month)
        return words.text(N_("Wait for the Fund’s payment, and record it"))

    # ---- cards ----

    def _steps(self, home: Home) -> QFrame:
        words = self.words
        done = sum(step.state == "done" for step in home.steps)
        card, box = _card()
        count = words.text(N_("{done} of {all} steps done"), done=done, all=len(home.steps))
        _head(box, words.text(N_("The month, step by step")), count)
        for step in home.steps:
            box.addWidget(rule())
            across = row(margins=(16, 0, 16, 0), gap=12)
            icon, tone = _SIGNS[step.state]
            across.addWidget(_sign(icon, tone))
            quiet = step.state == "to_come"
            name = label(
                words.text(STEPS[step.code][0]), Text.BODY if quiet else Text.STRONG, "text3" if quiet else "text"
            )
            name.setFixedWidth(theme.grown(120))
            across.addWidget(name)
            across.addWidget(Elided(self._said(step), Text.BODY, "text3" if quiet else "text2"), 1)
            word, tone = STATES[step.state]
            state = label(words.text(word), Text.DENSE_STRONG, tone)
            state.setMinimumWidth(theme.grown(70))
            across.addWidget(state)
            day = label(words.day(step.day) if step.day else "", Text.DENSE, "text2")
            day.setFixedWidth(theme.grown(84))
            across.addWidget(day)
            box.addWidget(_holder(across, 38))
        return card

    def _said(self, step: HomeStep) -> str:
        words = self.words
        if step.code == "staff":
            return words.plural("{count} person with a contract", "{count} people with a contract", step.count)
        if step.code == "payroll":
            if not step.files:
                return words.text(N_("no payroll file yet"))
            files = words.plural("{count} file", "{count} files", step.files)
            people = words.plural("{count} person", "{count} people", step.count)
            return f"{files} · {people}"
        if step.code == "checks":
            if step.count:
                blockers = words.plural("{count} blocker", "{count} blockers", step.count)
                return blockers + (f" · {words.money(step.amount)}" if step.amount else "")
            return words.text(N_("nothing stands in the way")) if step.state == "done" else ""
        if step.amount is None or not step.amount:
            return ""
        if step.code == "paid":
            return words.text(N_("{amount} still open"), amount=words.money(step.amount))
        return words.money(step.amount)

    def _points(self, home: Home) -> QFrame:
        words = self.words
        card, box = _card()
        blockers = home.blockers
        if blockers:
            title = words.plural("{count} blocking point", "{count} blocking points", len(blockers))
            _head(box, title, words.text(N_("{amount} at stake"), amount=words.money(home.at_stake)))
        else:
            _head(box, words.text(N_("Points to look at")), "")
        for point in home.points[:MOST_POINTS]:
            box.addWidget(rule())
            box.addWidget(self._point(point))
        if not home.points:
            box.addWidget(rule())
            none = words.text(N_("Nothing blocks, nothing to check."))
            box.addWidget(_holder(_line(label(none, Text.BODY, "text3")), 44))
        elif len(home.points) > MOST_POINTS:
            box.addWidget(rule())
            more = words.plural(
                "and {count} more in the claim", "and {count} more in the claim", len(home.points) - MOST_POINTS
            )
            box.addWidget(_holder(_line(label(more, Text.DENSE, "text3")), 36))
        return card

    def _point(self, point: Point) -> QWidget:
        words, problem = self.words, point.problem
        what, mend = words.problem(problem)
        meaning = Meaning.BLOCKING if problem.severity is Severity.BLOCKER else Meaning.ATTENTION
        across = row(margins=(16, 0, 16, 0), gap=12)
        across.addWidget(_sign(icons.MEANING_ICON[meaning], f"{meaning}.icon"))
        texts = column(gap=0)
        title = f"{point.name} · {what}" if point.name else what
        texts.addWidget(label(title, Text.STRONG, wrap=True))
        texts.addWidget(label(mend, Text.DENSE, "text2", wrap=True))
        across.addLayout(texts, 1)
        if problem.at_stake:
            across.addWidget(label(words.money(problem.at_stake), Text.STRONG))
        way = Button(words.text(N_("Mend")) if problem.severity is Severity.BLOCKER else words.text(N_("See")))
        way.setAccessibleName(f"{way.text()}: {title}")
        way.clicked.connect(lambda _on=False, target=point.target: self._go(target))
        self.buttons.append(way)
        across.addWidget(way)
        across.setContentsMargins(16, 8, 16, 8)
        holder = QWidget()
        holder.setMinimumHeight(57)
        holder.setLayout(across)
        return holder

    def _gauges(self, home: Home) -> QFrame:
        words = self.words
        card, box = _card()
        _head(box, words.text(N_("FTE and ceiling")), "")
        inside = column(margins=(16, 0, 16, 12), gap=6)
        box.addLayout(inside)
        fte = home.fte
        if fte is not None:
            figure = row(gap=8)
            figure.addWidget(label(words.fte(fte.month), Text.FIGURE))
            month = words.month(home.month).split()[0]
            figure.addWidget(label(words.text(N_("FTE in {month}"), month=month), Text.BODY, "text2"), 0, _FOOT)
            figure.addStretch(1)
            inside.addLayout(figure)
            if fte.ceiling:
                average, ceiling = words.fte(fte.year), words.fte(fte.ceiling)
                year = words.text(N_("average of the year: {fte} of {ceiling}"), fte=average, ceiling=ceiling)
                inside.addWidget(Gauge(fte.year, fte.ceiling, year))
                inside.addWidget(self._verdict(year, over=fte.year > fte.ceiling))
            else:
                inside.addWidget(label(words.text(N_("no ceiling entered")), Text.DENSE, "text3"))
        others = home.others
        if others is not None:
            average, limit = words.percent(others.year, 1), words.percent(others.limit, 0)
            said = words.text(N_("not PPDE: {ratio} on average, limit {limit}"), ratio=average, limit=limit)
            inside.addSpacing(4)
            inside.addWidget(Gauge(others.year, others.limit, said))
            inside.addWidget(self._verdict(said, over=others.year > others.limit))
        return card

    @staticmethod
    def _verdict(text: str, *, over: bool) -> QWidget:
        meaning = Meaning.ATTENTION if over else Meaning.OK
        across = row(gap=6)
        across.addWidget(_sign(icons.MEANING_ICON[meaning], f"{meaning}.icon", 16))
        across.addWidget(Elided(text, Text.DENSE, str(meaning) if over else "text2"), 1)
        return _holder(across, 20)

    def _euros(self, home: Home) -> QFrame:
        words = self.words
        card, box = _card()
        _head(box, words.text(N_("Claimed and paid")), words.text(N_("thousands of euros")))
        inside = column(margins=(16, 0, 16, 12), gap=8)
        box.addLayout(inside)
        inside.addWidget(YearBars(words, home.bars, home.waiting))
        year = home.year
        paid, claimed = words.money(year.paid), words.money(year.claimed)
        said = words.text(N_("{year}: {paid} paid of {claimed}"), year=str(home.month.year), paid=paid, claimed=claimed)
        inside.addWidget(Elided(said, Text.DENSE, "text2"))
        if year.late:
            inside.addWidget(self._verdict(words.text(N_("{amount} late"), amount=words.money(year.late)), over=True))
        return card

    def _deadlines(self, found: tuple[Deadline, ...]) -> QFrame:
        words = self.words
        card, box = _card()
        _head(box, words.text(N_("Deadlines")), "")
        for each in found[:MOST_DEADLINES]:
            box.addWidget(rule())
            across = row(margins=(16, 0, 16, 0), gap=12)
            day = label(words.day(each.day), Text.DENSE_STRONG)
            day.setFixedWidth(theme.grown(76))
            across.addWidget(day)
            across.addWidget(Elided(deadline_text(words, each), Text.DENSE, "text"), 1)
            soon = each.days <= 7 and each.kind != "provisional"
            across.addWidget(
                label(
                    _in_days(words, each),
                    Text.DENSE_STRONG if soon else Text.DENSE,
                    "attention" if soon else "text2",
                )
            )
            box.addWidget(_holder(across, 32))
        if not found:
            box.addWidget(rule())
            none = words.text(N_("Nothing ends or falls due within three months."))
            box.addWidget(_holder(_line(label(none, Text.BODY, "text3")), 44))
        if not self.desk.sees_health:
            box.addWidget(rule())
            hidden = words.text(N_("Health dates are hidden from your role."))
            box.addWidget(_holder(_line(label(hidden, Text.DENSE, "text3")), 32))
        return card


def deadline_text(words: Words, each: Deadline) -> str:
    """Say what ends or falls due."""
    told = {
        "certificate": words.text(N_("Contributions certificate")),
        "agreement_end": words.text(N_("Agreement {number}"), number=each.code),
        "contract_end": words.text(N_("{name}: end of contract"), name=each.name),
        "disability": words.text(N_("{name}: disability status"), name=each.name),
        "medical_check": words.text(N_("{name}: medical check"), name=each.name),
        "no_value": words.text(N_("{parameter}: not known"), parameter=words.parameter(each.code)),
        "provisional": words.parameter(each.code),
    }
    return told[each.kind]


def _in_days(words: Words, each: Deadline) -> str:
    if each.kind == "provisional":
        return words.text(N_("order awaited"))
    if each.days < 0:
        return words.text(N_("past"))
    return words.plural("in {count} day", "in {count} days", each.days)


_FOOT = Qt.AlignmentFlag.AlignBottom


def _card(kind: str = "true") -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("card", kind)
    return card, column(card)


def _head(box: QVBoxLayout, title: str, note: str) -> None:
    across = row(margins=(16, 0, 16, 0), gap=8)
    across.addWidget(label(title, Text.SECTION))
    across.addStretch(1)
    across.addWidget(label(note, Text.DENSE, "text2"))
    box.addWidget(_holder(across, 44))


def _line(*widgets: QWidget) -> QHBoxLayout:
    across = row(margins=(16, 0, 16, 0), gap=8)
    for widget in widgets:
        across.addWidget(widget)
    across.addStretch(1)
    return across


def _holder(layout: QLayout, height: int) -> QWidget:
    holder = QWidget()
    holder.setFixedHeight(height)
    holder.setLayout(layout)
    return holder


def _sign(icon: str, tone: str, size: int = 20) -> QLabel:
    sign = QLabel()
    sign.setFixedWidth(size + 2)
    icons.put(sign, icon, tone, size)
    return sign
