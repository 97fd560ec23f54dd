"""The checks at the left of a claim: what blocks, what to look at, what is in order; each with € and a way to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_, Problem, Severity
from ltu_desktop.window import icons
from ltu_desktop.window.claim_figures import WHOLE_CLAIM, Group, groups, verified
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Clickable, Elided, Link, Upright, clear, column, label, row, rule, set_property
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.words import Words

MEANINGS = {Severity.BLOCKER: Meaning.BLOCKING, Severity.WARNING: Meaning.ATTENTION, Severity.INFO: Meaning.INFO}
TITLES = {Severity.BLOCKER: N_("Blockers"), Severity.WARNING: N_("To check"), Severity.INFO: N_("Good to know")}
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
        amount = label(_amount(words, problem), Text.DENSE)
        head.addWidget(amount, 0, Qt.AlignmentFlag.AlignTop)
        texts.addLayout(head)
        if name:
            texts.addWidget(Elided(name, Text.DENSE, "text2"))
        self._more = QWidget()
        more = column(self._more, margins=(0, 4, 0, 0), gap=2)
        more.addWidget(label(mend, Text.NOTE, "text2", wrap=True))
        way = _way(words, problem)
        if way:
            link = Link(way, icon="arrow-right")
            link.clicked.connect(lambda: self.mend.emit(problem))
            line = row()
            line.addWidget(link)
            line.addStretch(1)
            more.addLayout(line)
        texts.addWidget(self._more)
        across.addLayout(texts, 1)
        self._more.hide()

    def unfold(self, *, on: bool) -> None:
        """Show what to do, or hide it again."""
        self._more.setVisible(on)


def _amount(words: Words, problem: Problem) -> str:
    return words.number(problem.at_stake) if problem.at_stake else ""


def _way(words: Words, problem: Problem) -> str:
    if problem.target in {"agreement", "employer"}:
        return words.text(N_("Open the settings"))
    if problem.code in {"payroll_missing", "payroll_gap", "no_payroll", "nothing_to_claim"}:
        return words.text(N_("Import the payroll…"))
    return "" if problem.target in WHOLE_CLAIM else words.text(N_("Open the person"))


class ChecksPane(QFrame):
    """The list of checks, or below 1200 px a strip with icons and counts."""

    chosen = Signal(object)  # a problem
    mend = Signal(object)
    folding = Signal(bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.items: list[CheckItem] = []
        self._current = -1
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        outer = column(self)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self._strip = QWidget()
        self._strip_box = column(self._strip)
        full = QWidget()
        box = column(full)
        head = row(margins=(16, 0, 16, 0))
        head.addWidget(label(words.text(N_("Checks")), Text.DENSE_STRONG))
        head.addStretch(1)
        head.addWidget(label(words.text(N_("€ at stake")), Text.NOTE, "text3"))
        self._fold = Button(icon="caret-double-left", kind=Kind.PLAIN, height=28)
        self._fold.setAccessibleName(words.text(N_("Fold the checks")))
        self._fold.clicked.connect(lambda: self.show_strip(on=True))
        head.addWidget(self._fold)
        holder = QWidget()
        holder.setFixedHeight(43)
        holder.setLayout(head)
        box.addWidget(holder)
        box.addWidget(rule())
        self._scroll = Upright()
        self._inside = QWidget()
        self._list = column(self._inside)
        self._scroll.setWidget(self._inside)
        box.addWidget(self._scroll, 1)
        self._stack.addWidget(full)
        self._stack.addWidget(self._strip)
        self._narrow = False
        self.show_strip(on=False)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width of the drawing, or of the strip."""
        return QSize(STRIP if self._stack.currentIndex() else WIDTH, 400)

    def show_strip(self, *, on: bool, narrow: bool | None = None) -> None:
        """Fold into a strip, or unfold."""
        if narrow is not None:
            self._narrow = narrow
        self._stack.setCurrentIndex(1 if on else 0)
        self._fold.setVisible(self._narrow)
        self.setFixedWidth(STRIP if on else WIDTH)
        self.folding.emit(on)

    def folded(self) -> bool:
        """Tell whether only the strip is shown."""
        return self._stack.currentIndex() == 1

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the problems of a dossier; the chosen one stays chosen when it is still there."""
        words = self._words
        before = self.items[self._current].problem if 0 <= self._current < len(self.items) else None
        asked = {each.target for each in dossier.answer.problems}
        names = {
            card.id: f"{card.name.upper()} {card.first_names}".strip() for card in dossier.people if card.id in asked
        }
        clear(self._list)
        clear(self._strip_box)
        self.items = []
        self._current = -1
        found = groups(dossier)
        for group in found:
            self._add_group(group, names)
        good = verified(words, dossier)
        if good:
            self._list.addLayout(self._title(words.text(N_("In order")), len(good), Meaning.OK, ""))
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
        self._add_strip(found, len(good))
        if before is not None:
            at = next((at for at, item in enumerate(self.items) if item.problem == before), -1)
            self._unfold(at)

    def _title(self, text: str, count: int, meaning: Meaning, amount: str) -> QHBoxLayout:
        line = row(margins=(16, 10, 16, 4), gap=8)
        line.addWidget(label(text, Text.DENSE_STRONG, str(meaning)))
        badge = label(str(count), Text.NOTE_STRONG, str(meaning))
        set_property(badge, "badge", str(meaning))
        line.addWidget(badge)
        line.addStretch(1)
        line.addWidget(label(amount, Text.DENSE_STRONG, str(meaning)))
        return line

    def _add_group(self, group: Group, names: dict[str, str]) -> None:
        amount = self._words.number(group.at_stake) if group.at_stake else ""
        title = self._words.text(TITLES[group.severity])
        self._list.addLayout(self._title(title, len(group.problems), MEANINGS[group.severity], amount))
        for problem in group.problems:
            item = CheckItem(self._words, problem, names.get(problem.target, ""))
            item.clicked.connect(lambda item=item: self._press(self.items.index(item)))
            item.mend.connect(self.mend)
            self._list.addWidget(item)
            self.items.append(item)
        self._list.addSpacing(6)
        self._list.addWidget(rule())

    def _add_strip(self, found: tuple[Group, ...], good: int) -> None:
        counts = [(MEANINGS[group.severity], len(group.problems), TITLES[group.severity]) for group in found]
        counts += [(Meaning.OK, good, N_("In order"))] if good else []
        for meaning, count, title in counts:
            spot = Clickable()
            spot.setFixedHeight(52)
            spot.setAccessibleName(f"{self._words.text(title)} {count}")
            spot.setToolTip(spot.accessibleName())
            spot.clicked.connect(lambda: self.show_strip(on=False))
            box = column(spot, margins=(0, 6, 0, 6))
            sign = QLabel()
            sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
            icons.put(sign, icons.MEANING_ICON[meaning], f"{meaning}.icon", 20)
            number = label(str(count), Text.DENSE_STRONG, str(meaning))
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

    def _press(self, at: int) -> None:
        """Choose a problem; pressed again, it leads to where it is mended."""
        problem = self.items[at].problem
        if at == self._current and _way(self._words, problem):
            self.mend.emit(problem)
        else:
            self.choose(at)

    def choose(self, at: int) -> None:
        """Choose a problem: it unfolds and the page shows its place."""
        self._unfold(at)
        if 0 <= at < len(self.items):
            self.chosen.emit(self.items[at].problem)

    def _unfold(self, at: int) -> None:
        self._current = at
        for place, item in enumerate(self.items):
            item.unfold(on=place == at)
        if 0 <= at < len(self.items):
            self._inside.adjustSize()
            self._scroll.ensureWidgetVisible(self.items[at], 0, 24)

    def next(self) -> None:
        """Choose the next problem, from the last back to the first."""
        if self.items:
            if self.folded():
                self.show_strip(on=False)
            at = (self._current + 1) % len(self.items)
            self.items[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.choose(at)

    def current(self) -> Problem | None:
        """Return the chosen problem."""
        return self.items[self._current].problem if 0 <= self._current < len(self.items) else None
