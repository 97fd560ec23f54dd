"""The cards of the home page: the month's steps, what blocks, FTE, the year in euros, what falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from ltu_desktop.actions.targets import Target, target_of_deadline
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Button
from ltu_desktop.window.home_drawings import BarKey, Gauge, YearBars
from ltu_desktop.window.pieces import Clickable, column, label, row, rule
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ltu_desktop.actions.home import Home, HomeStep, Point
    from ltu_desktop.queries.home import Deadline
    from ltu_desktop.words import Words

MOST_POINTS = 6
MOST_DEADLINES = 6

STEPS: dict[str, tuple[str, str]] = {
    "staff": (N_("Staff list"), N_("Import the staff list")),
    "attendance": (N_("Attendance"), N_("Open the attendance")),
    "payroll": (N_("Payroll"), N_("Import the payroll")),
    "checks": (N_("Checks"), N_("Fix the blockers")),
    "claim": (N_("Claim"), N_("Open the claim")),
    "sent": (N_("Signing, sending"), N_("Open the claim")),
    "paid": (N_("Payment"), N_("Record the payment")),
}
"""The steps of a month: what each is called, and what there is to do."""

STATES: dict[str, tuple[str, str]] = {
    "done": (N_("Done"), "ok"),
    "now": (N_("To do"), "attention"),
    "blocked": (N_("Blocked"), "blocking"),
    "open": (N_("To finish"), "text2"),
    "to_come": (N_("To come"), "text3"),
}

_SIGNS = {"done": ("check-circle", "ok.icon"), "now": ("circle-half", "attention.icon"),
          "blocked": ("warning-octagon", "blocking.icon"), "open": ("circle-half", "text3"),
          "to_come": ("circle", "edge")}  # fmt: skip


def steps_card(words: Words, home: Home, go: Callable[[Target], None]) -> QFrame:
    """Show the month step by step: how far each one is; each leads to where it is done."""
    done = sum(step.state == "done" for step in home.steps)
    card, box = make_card()
    count = words.plural("{count} step of {all} done", "{count} steps of {all} done", done, all=len(home.steps))
    _head(box, words.text(N_("The month, step by step")), count)
    strong = theme.metrics(Text.STRONG)
    widest = max(strong.horizontalAdvance(words.text(called)) for called, _ in STEPS.values())
    for step in home.steps:
        box.addWidget(rule())
        across = row(margins=(16, 0, 16, 0), gap=12)
        icon, tone = _SIGNS[step.state]
        across.addWidget(_sign(icon, tone))
        quiet = step.state == "to_come"
        called, said = words.text(STEPS[step.code][0]), step_text(words, step)
        name = label(called, Text.BODY if quiet else Text.STRONG, "text3" if quiet else "text")
        name.setFixedWidth(max(theme.grown(120), widest + 2))
        across.addWidget(name)
        across.addWidget(label(said, Text.BODY, "text3" if quiet else "text2", wrap=True), 1)
        word, tone = STATES[step.state]
        state = label(words.text(word), Text.DENSE_STRONG, tone)
        state.setMinimumWidth(theme.grown(70))
        across.addWidget(state)
        day = label(words.day(step.day) if step.day else "", Text.DENSE, "text2")
        day.setFixedWidth(theme.grown(84))
        across.addWidget(day)
        spoken = " · ".join(part for part in (called, said, state.text(), day.text()) if part)
        box.addWidget(_way(across, 38, spoken, step.go, go))
    return card


def step_text(words: Words, step: HomeStep) -> str:
    """Say how far a step is, in its numbers."""
    if step.code == "staff":
        return words.plural("{count} person with a contract", "{count} people with a contract", step.count)
    if step.code == "attendance":
        return " · ".join(_said_of_attendance(words, step))
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


def _said_of_attendance(words: Words, step: HomeStep) -> Iterator[str]:
    if step.state == "done":
        yield words.text(N_("the month is closed"))
    elif step.count:
        yield words.plural("{count} point to complete", "{count} points to complete", step.count)
    else:
        yield words.text(N_("complete: it can be closed"))
    if step.differ:
        yield words.plural("{count} differs from the payroll", "{count} differ from the payroll", step.differ)


def points_card(words: Words, home: Home, go: Callable[[Target], None]) -> tuple[QFrame, list[Button]]:
    """Show what blocks and what to look at, the dearest first, each with the button that leads there."""
    buttons = []
    card, box = make_card()
    blockers = len(home.blockers)
    others = len(home.points) - blockers
    title = [words.plural("{count} blocker", "{count} blockers", blockers)] if blockers else []
    title += [words.plural("{count} point to check", "{count} points to check", others)] if others else []
    stake = words.text(N_("{amount} at stake"), amount=words.money(home.at_stake)) if blockers else ""
    _head(box, " · ".join(title) or words.text(N_("Points of the claim")), stake)
    for point in home.points[:MOST_POINTS]:
        box.addWidget(rule())
        shown, button = _point(words, point, go)
        box.addWidget(shown)
        buttons.append(button)
    for button in buttons:  # the amounts before them stand in one column
        button.setFixedWidth(max(each.sizeHint().width() for each in buttons))
    if not home.points:
        box.addWidget(rule())
        sealed = any(step.code == "claim" and step.state == "done" for step in home.steps)
        none = words.text(
            N_("It is sealed: what changes later goes into a correction.")
            if sealed
            else N_("Nothing blocks, nothing to check.")
        )
        box.addWidget(_holder(_line(label(none, Text.BODY, "text3")), 44))
    elif len(home.points) > MOST_POINTS:
        box.addWidget(rule())
        more = words.plural(
            "and {count} more in the claim", "and {count} more in the claim", len(home.points) - MOST_POINTS
        )
        across = _line(label(more, Text.DENSE, "text2"))
        box.addWidget(_way(across, 36, more, Target("claims", str(home.month)), go))
    return card, buttons


def _point(words: Words, point: Point, go: Callable[[Target], None]) -> tuple[QWidget, Button]:
    problem = point.problem
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
    way = Button(words.text(N_("Fix")) if problem.severity is Severity.BLOCKER else words.text(N_("See")))
    way.setAccessibleName(f"{way.text()}: {title}")
    way.clicked.connect(lambda _on=False, target=point.target: go(target))
    across.addWidget(way)
    across.setContentsMargins(16, 8, 16, 8)
    holder = QWidget()
    holder.setMinimumHeight(57)
    holder.setLayout(across)
    return holder, way


def gauges_card(words: Words, home: Home) -> QFrame:
    """FTE against the ceiling, and those who are not PPDE against their limit."""
    card, box = make_card()
    _head(box, words.text(N_("FTE and ceiling")), "")
    inside = column(margins=(16, 0, 16, 12), gap=6)
    box.addLayout(inside)
    fte = home.fte
    if fte is not None:
        figure = row(gap=8)
        big = label(words.fte(fte.month), Text.FIGURE)
        month = words.month(home.month).split()[0]
        beside = label(words.text(N_("FTE in {month}"), month=month), Text.BODY, "text2")
        beside.setContentsMargins(0, 0, 0, big.fontMetrics().descent() - beside.fontMetrics().descent())  # one baseline
        figure.addWidget(big)
        figure.addWidget(beside, 0, _FOOT)
        figure.addStretch(1)
        inside.addLayout(figure)
        if fte.ceiling:
            average, ceiling = words.fte(fte.year), words.fte(fte.ceiling)
            year = words.text(N_("average for the year: {fte} of {ceiling}"), fte=average, ceiling=ceiling)
            inside.addWidget(Gauge(fte.year, fte.ceiling, year))
            inside.addWidget(_verdict(year, over=fte.year > fte.ceiling))
        else:
            inside.addWidget(label(words.text(N_("no ceiling entered")), Text.DENSE, "text3"))
    others = home.others
    if others is not None:
        average, limit = words.percent(others.year, 1), words.percent(others.limit, 0)
        said = words.text(N_("not PPDE: {ratio} on average, limit {limit}"), ratio=average, limit=limit)
        inside.addSpacing(4)
        inside.addWidget(Gauge(others.year, others.limit, said))
        inside.addWidget(_verdict(said, over=others.year > others.limit))
    return card


def _verdict(text: str, *, over: bool) -> QWidget:
    meaning = Meaning.ATTENTION if over else Meaning.OK
    across = row(gap=6)
    across.addWidget(_sign(icons.MEANING_ICON[meaning], f"{meaning}.icon", 16))
    across.addWidget(label(text, Text.DENSE, str(meaning) if over else "text2", wrap=True), 1)
    holder = QWidget()
    holder.setLayout(across)
    return holder


def euros_card(words: Words, home: Home) -> QFrame:
    """Show the year in euros: claimed, paid, late."""
    card, box = make_card()
    _head(box, words.text(N_("Claimed and paid")), words.text(N_("thousands of euros")))
    inside = column(margins=(16, 0, 16, 12), gap=8)
    box.addLayout(inside)
    bars = YearBars(words, home.bars, home.waiting)
    inside.addWidget(bars)
    if bars.kinds():
        inside.addWidget(BarKey(words, bars.kinds()))
    year = home.year
    paid, claimed = words.money(year.paid), words.money(year.claimed)
    said = words.text(N_("{year}: {paid} paid of {claimed}"), year=str(home.month.year), paid=paid, claimed=claimed)
    if year.claimed or year.paid:
        inside.addWidget(label(said, Text.DENSE, "text2", wrap=True))
    if year.late:
        inside.addWidget(_verdict(words.text(N_("{amount} late"), amount=words.money(year.late)), over=True))
    return card


def deadlines_card(
    words: Words, found: tuple[Deadline, ...], go: Callable[[Target], None], *, sees_health: bool
) -> QFrame:
    """Show what ends or falls due, the next first; each leads to where it is dealt with."""
    card, box = make_card()
    _head(box, words.text(N_("Deadlines")), "")
    for each in found[:MOST_DEADLINES]:
        box.addWidget(rule())
        across = row(margins=(16, 0, 16, 0), gap=10)
        day = label("–" if each.kind == "provisional" else words.day(each.day), Text.DENSE_STRONG)
        day.setFixedWidth(theme.grown(76))
        across.addWidget(day)
        told, left = deadline_text(words, each), _in_days(words, each)
        across.addWidget(label(told, Text.DENSE, "text", wrap=True), 1)
        soon = each.days <= 7 and each.kind != "provisional"
        across.addWidget(
            label(
                left,
                Text.DENSE_STRONG if soon else Text.DENSE,
                "attention" if soon else "text2",
            )
        )
        spoken = f"{day.text()} · {told} · {left}"
        box.addWidget(_way(across, 32, spoken, target_of_deadline(each), go))
    if not found:
        box.addWidget(rule())
        none = words.text(N_("Nothing ends or falls due within three months."))
        box.addWidget(_holder(_line(label(none, Text.BODY, "text3")), 44))
    if not sees_health:
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
        "support": _support(words, each),
        "medical_check": words.text(N_("{name}: medical check"), name=each.name),
        "no_value": words.text(N_("{parameter}: not known"), parameter=words.parameter(each.code)),
        "provisional": words.parameter(each.code),
    }
    return told[each.kind]


def _support(words: Words, each: Deadline) -> str:
    if each.count > 1:
        return words.plural("{count} support follow-up", "{count} support follow-ups", each.count)
    return words.text(N_("{name}: support follow-up"), name=each.name)


def _in_days(words: Words, each: Deadline) -> str:
    if each.kind == "provisional":
        return words.text(N_("order awaited"))
    if each.days < 0:
        return words.text(N_("past"))
    if not each.days:
        return words.text(N_("today"))
    return words.plural("in {count} day", "in {count} days", each.days)


_FOOT = Qt.AlignmentFlag.AlignBottom


def make_card(kind: str = "true") -> tuple[QFrame, QVBoxLayout]:
    """Return an empty card and the column in it."""
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


def _way(across: QHBoxLayout, height: int, spoken: str, target: Target, go: Callable[[Target], None]) -> Clickable:
    """Make a row that leads somewhere, by mouse and by key; it grows with a text of two lines."""
    way = Clickable()
    way.setMinimumHeight(height)
    across.setContentsMargins(16, 6, 16, 6)
    across.addWidget(_sign("caret-right", "text3", 14))
    way.setLayout(across)
    way.setAccessibleName(spoken)
    way.clicked.connect(lambda: go(target))
    return way


def _sign(icon: str, tone: str, size: int = 20) -> QLabel:
    sign = QLabel()
    sign.setFixedWidth(size + 2)
    icons.put(sign, icon, tone, size)
    return sign
