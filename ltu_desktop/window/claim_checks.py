"""The checks at the left of a claim: what blocks, what to look at, what is in order; each with € and a way to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QWidget

from ltu_desktop.actions.targets import target_of
from ltu_desktop.queries.names import list_name, namesakes
from ltu_desktop.rules.errors import N_, Problem, Severity
from ltu_desktop.window import icons, theme
from ltu_desktop.window.claim_figures import AT_ONCE, Group, verified
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Clickable, Elided, Link, Upright, clear, column, label, row, rule, set_property
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ltu_desktop.rules.dossier import Dossier, PersonCard
    from ltu_desktop.words import Words

MEANINGS = {Severity.BLOCKER: Meaning.BLOCKING, Severity.WARNING: Meaning.ATTENTION, Severity.INFO: Meaning.INFO}
TITLES = {Severity.BLOCKER: N_("Blockers"), Severity.WARNING: N_("To check"), Severity.INFO: N_("Information")}
WAYS = {
    "people": N_("Open the person"),
    "settings": N_("Open the settings"),
    "import": N_("Import the payroll…"),
    "attendance": N_("Open the three-way match"),
}
WIDTH, STRIP = 248, 52


class CheckItem(Clickable):
    """One problem; when chosen it also says what to do and offers the way there."""

    mend = Signal(object)

    def __init__(self, words: Words, problem: Problem, name: str) -> None:
        super().__init__()
        self.problem = problem
        title, mend = words.problem(problem)
        meaning = MEANINGS[problem.severity]
        self.setAccessibleName(
            " ".join(
                part
                for part in (words.text(TITLES[problem.severity]), title, name, _amount(words, problem), mend)
                if part
            )
        )
        across = row(self, margins=(16, 6, 16, 6), gap=10)
        sign = QLabel()
        sign.setFixedWidth(18)
        icons.put(sign, icons.MEANING_ICON[meaning], f"{meaning}.icon", 18)
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        texts = column(gap=1)
        head = row(gap=8)
        head.addWidget(label(title, Text.DENSE_STRONG, wrap=True), 1)
        if _amount(words, problem):
            head.addWidget(label(_amount(words, problem), Text.DENSE), 0, Qt.AlignmentFlag.AlignTop)
        texts.addLayout(head)
        if name:
            texts.addWidget(Elided(name, Text.DENSE, "text2"))
        self._words, self._mend, self._texts = words, mend, texts
        self._more: QWidget | None = None
        across.addLayout(texts, 1)

    def unfold(self, *, on: bool) -> None:
        """Show what to do, or hide it again; it is made when it is first shown."""
        if on and self._more is None:
            self._more = self._make_more()
            self._texts.addWidget(self._more)
        if self._more is not None:
            self._more.setVisible(on)

    def _make_more(self) -> QWidget:
        made = QWidget()
        more = column(made, margins=(0, 4, 0, 0), gap=2)
        more.addWidget(label(self._mend, Text.NOTE, "text2", wrap=True))
        way = _way(self._words, self.problem)
        if way:
            link = Link(way, icon="arrow-right")
            link.clicked.connect(lambda: self.mend.emit(self.problem))
            line = row()
            line.addWidget(link)
            line.addStretch(1)
            more.addLayout(line)
        return made


def _amount(words: Words, problem: Problem) -> str:
    return words.number(problem.at_stake) if problem.at_stake else ""


def _way(words: Words, problem: Problem) -> str:
    target = target_of(problem, "")
    if target.page == "people" and not target.subject:
        return words.text(N_("Open the people concerned"))
    return words.text(WAYS[target.page]) if target.page in WAYS else ""


def _told_apart(people: Sequence[PersonCard], told: set[str]) -> dict[str, str]:
    """Return the names of some people of a claim by staff number; of namesakes the staff number comes first."""
    names = {card.id: list_name(card.name, card.first_names) for card in people}
    alike = namesakes(names.values())
    return {key: f"{key} {name}" if name in alike else name for key, name in names.items() if key in told}


class Section(QWidget):
    """The problems of one weight; of very many the weightiest, and the next ones when they are asked for."""

    pressed = Signal(object)  # an item
    mend = Signal(object)

    def __init__(self, words: Words, group: Group, names: dict[str, str], room: int) -> None:
        """`names` are the people's by staff number, `room` is how many problems are to be shown at least."""
        super().__init__()
        self.group, self.items = group, list[CheckItem]()
        self._words, self._names = words, names
        box = column(self)
        self._title = words.text(TITLES[group.severity])
        amount = words.number(group.at_stake) if group.at_stake else ""
        box.addLayout(title_row(self._title, words.integer(len(group.problems)), MEANINGS[group.severity], amount))
        self._list = column()
        box.addLayout(self._list)
        self.more = Link(icon="caret-down")
        self.more.clicked.connect(self._more_asked)
        around = row(margins=(40, 4, 16, 4))
        around.addWidget(self.more)
        around.addStretch(1)
        box.addLayout(around)
        box.addSpacing(6)
        box.addWidget(rule())
        self._show(max(AT_ONCE, room))

    def rest(self) -> int:
        """Return how many are not shown yet."""
        return len(self.group.problems) - len(self.items)

    def show_more(self) -> None:
        """Add the next ones."""
        self._show(len(self.items) + AT_ONCE)

    def reveal(self, problem: Problem) -> CheckItem | None:
        """Return the item of a problem, shown if it was not yet; None when there is no such problem."""
        if problem not in self.group.problems:
            return None
        at = self.group.problems.index(problem)
        if at >= len(self.items):
            self._show(at + 1)
        return self.items[at]

    def _show(self, count: int) -> None:
        for problem in self.group.problems[len(self.items) : count]:
            item = CheckItem(self._words, problem, self._names.get(problem.target, ""))
            item.clicked.connect(lambda item=item: self.pressed.emit(item))
            item.mend.connect(self.mend)
            self._list.addWidget(item)
            self.items.append(item)
        words, next_ones = self._words, min(AT_ONCE, self.rest())
        text = words.plural("Show {count} more", "Show {count} more", next_ones)
        self.more.setText(text)
        self.more.setAccessibleName(f"{self._title}{words.colon} {text}")
        self.more.setVisible(bool(next_ones))

    def _more_asked(self) -> None:
        """Add the next ones and go to the first of them, so that the keyboard reads on."""
        first = len(self.items)
        self.show_more()
        self.items[first].setFocus(Qt.FocusReason.OtherFocusReason)


def title_row(text: str, count: str, meaning: Meaning, amount: str = "") -> QHBoxLayout:
    """Make the head of a section: what it is, how many, what is at stake."""
    line = row(margins=(16, 10, 16, 4), gap=8)
    line.addWidget(label(text, Text.DENSE_STRONG, str(meaning)))
    badge = label(count, Text.NOTE_STRONG, str(meaning))
    set_property(badge, "badge", str(meaning))
    line.addWidget(badge)
    line.addStretch(1)
    line.addWidget(label(amount, Text.DENSE_STRONG, str(meaning)))
    return line


class ChecksPane(QFrame):
    """The list of checks, or below 1200 px a strip with icons and counts."""

    chosen = Signal(object)  # a problem
    mend = Signal(object)
    folding = Signal(bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._sections: list[Section] = []
        self._chosen: CheckItem | None = None
        self._shown: tuple[object, ...] | None = None  # what is told at present
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        outer = column(self)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self._strip = QWidget()
        self._strip_box = column(self._strip)
        full = QWidget()
        box = column(full)
        self._head = head = row(margins=(16, 0, 16, 0))
        head.addWidget(label(words.text(N_("Checks")), Text.DENSE_STRONG))
        head.addStretch(1)
        head.addWidget(label(words.text(N_("€ at stake")), Text.NOTE, "text3"))
        self._fold = Button(icon="caret-double-left", kind=Kind.PLAIN, height=28)
        self._fold.setAccessibleName(words.text(N_("Fold the checks")))
        self._fold.clicked.connect(lambda: self.show_strip(on=True))
        head.addWidget(self._fold)
        holder = QWidget()
        holder.setFixedHeight(theme.grown(43))
        holder.setLayout(head)
        box.addWidget(holder)
        box.addWidget(rule())
        self._scroll = Upright()
        self._inside = QWidget()
        self._list = column(self._inside)
        self._scroll.setWidget(self._inside)
        box.addWidget(self._scroll, 1)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._fit_head)
        self._stack.addWidget(full)
        self._stack.addWidget(self._strip)
        self._narrow = False
        self.show_strip(on=False)

    def _fit_head(self, _least: int, most: int) -> None:
        """Let the head stand over the amounts, beside the scroll bar where there is one."""
        self._head.setContentsMargins(
            16, 0, 16 + (self._scroll.verticalScrollBar().sizeHint().width() if most else 0), 0
        )

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width of the drawing, or of the strip."""
        return QSize(STRIP if self._stack.currentIndex() else WIDTH, 400)

    def show_strip(self, *, on: bool, narrow: bool | None = None) -> None:
        """Fold into a strip, or unfold."""
        if narrow is not None:
            self._narrow = narrow
        self._stack.setCurrentIndex(1 if on else 0)
        self._fold.setVisible(self._narrow)
        full = theme.grown(WIDTH) if self._narrow else WIDTH  # there it has the room of the explanation
        self.setFixedWidth(STRIP if on else full)
        self.folding.emit(on)

    def folded(self) -> bool:
        """Tell whether only the strip is shown."""
        return self._stack.currentIndex() == 1

    @property
    def items(self) -> list[CheckItem]:
        """The problems that are shown, in their order."""
        return [item for section in self._sections for item in section.items]

    def show_in_turns(self, dossier: Dossier, found: tuple[Group, ...]) -> Iterator[str]:
        """Show the problems of a dossier, sorted by weight, in turns; the chosen one stays chosen when still there."""
        words = self._words
        good = verified(words, dossier)
        told = {each.target for group in found for each in group.problems}
        names = _told_apart(dossier.people, told)
        shown = (dossier.head.period, found, names, tuple(each.text for each in good))
        if shown == self._shown:
            return  # it stands as it is, with what was unfolded
        before = self.current()
        same = self._shown is not None and self._shown[0] == shown[0]
        room = {each.group.severity: len(each.items) for each in self._sections} if same else {}
        self._shown = None  # another claim may come before this one is shown whole
        clear(self._list)
        clear(self._strip_box)
        self._sections = []
        self._chosen = None
        for group in found:
            section = Section(words, group, names, room.get(group.severity, 0))
            section.pressed.connect(self._press)
            section.mend.connect(self.mend)
            self._list.addWidget(section)
            self._sections.append(section)
            yield "checks"
        if good:
            self._list.addLayout(title_row(words.text(N_("In order")), words.integer(len(good)), Meaning.OK))
            for each in good:
                line = row(margins=(16, 3, 16, 3), gap=10)
                sign = QLabel()
                icons.put(sign, "check-circle", "ok.icon", 16)
                line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(label(each.text, Text.DENSE, "text2", wrap=True), 1)
                self._list.addLayout(line)
            self._list.addSpacing(8)
        if not found and not good:
            empty = words.text(N_("Nothing to check yet."))
            self._list.addWidget(label(f"  {empty}", Text.DENSE, "text3"))
        self._list.addStretch(1)
        yield "strip"
        self._add_strip(found, len(good))
        self._shown = shown
        if before is not None:
            self._unfold(next(filter(None, (section.reveal(before) for section in self._sections)), None))
        yield "explanation"

    def _add_strip(self, found: tuple[Group, ...], good: int) -> None:
        counts = [(MEANINGS[group.severity], len(group.problems), TITLES[group.severity]) for group in found]
        counts += [(Meaning.OK, good, N_("In order"))] if good else []
        for meaning, count, title in counts:
            spot = Clickable()
            spot.setFixedHeight(theme.grown(52))
            spot.setAccessibleName(f"{self._words.text(title)} {self._words.integer(count)}")
            spot.setToolTip(spot.accessibleName())
            spot.clicked.connect(lambda: self.show_strip(on=False))
            box = column(spot, margins=(0, 6, 0, 6))
            sign = QLabel()
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            icons.put(sign, icons.MEANING_ICON[meaning], f"{meaning}.icon", 20)
            number = label(self._words.integer(count), Text.DENSE_STRONG, str(meaning))
            number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(sign)
            box.addWidget(number)
            self._strip_box.addWidget(spot)
            self._strip_box.addWidget(rule())
        way = Button(icon="caret-right", kind=Kind.PLAIN)
        way.setAccessibleName(self._words.text(N_("Unfold the checks")))
        way.clicked.connect(lambda: self.show_strip(on=False))
        self._strip_box.addSpacing(8)
        self._strip_box.addWidget(way, 0, Qt.AlignmentFlag.AlignHCenter)
        self._strip_box.addStretch(1)

    def _press(self, item: CheckItem) -> None:
        """Choose a problem; pressed again, it leads to where it is mended."""
        if item is self._chosen and _way(self._words, item.problem):
            self.mend.emit(item.problem)
        else:
            self._choose(item)

    def _choose(self, item: CheckItem) -> None:
        """Choose a problem: it unfolds and the page shows its place."""
        self._unfold(item)
        self.chosen.emit(item.problem)

    def _unfold(self, item: CheckItem | None) -> None:
        if self._chosen is not None:
            self._chosen.unfold(on=False)
        self._chosen = item
        if item is not None:
            item.unfold(on=True)
            self._inside.adjustSize()
            self._scroll.ensureWidgetVisible(item, 0, 24)

    def next(self) -> None:
        """Choose the next problem, shown or not yet, from the last back to the first."""
        if not self._sections:
            return
        if self.folded():
            self.show_strip(on=False)
        for section in self._sections:
            if self._chosen is section.items[-1] and section.rest():
                section.show_more()
        items = self.items
        at = items.index(self._chosen) + 1 if self._chosen is not None else 0
        item = items[at % len(items)]
        item.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._choose(item)

    def current(self) -> Problem | None:
        """Return the chosen problem."""
        return self._chosen.problem if self._chosen is not None else None
