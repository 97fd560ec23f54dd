"""The panel that finds somebody for a shift: who could take it, and why; one click gives it to her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.matching import Fit
from ltu_desktop.window import icons, theme
from ltu_desktop.window import planning_words as say
from ltu_desktop.window.activities_words import FITS, reason
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Elided, clear, column, label, row, rule, scrolled
from ltu_desktop.window.planning_sheet import look_of, span_text
from ltu_desktop.window.planning_side import Swatch, quiet
from ltu_desktop.window.tokens import PAGE_HEAD, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.rules.planning import Span, Substitute
    from ltu_desktop.window.planning_sheet import Sheet
    from ltu_desktop.words import Words

SHOWN = 20
FIT_ICONS = {Fit.WISHED: "star", Fit.READY: "check-circle", Fit.LEARNS: "graduation-cap"}


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What somebody is looked for: a shift of somebody who cannot come, or a slot of a need (`shift` None)."""

    span: Span
    shift: ShiftRow | None = None


class SubstitutesPane(QFrame):
    """Lists who could take a shift, best first. `taken` gives it; `left` goes back to the conflicts."""

    taken = Signal(object, object)  # Vacancy, Substitute
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.vacancy: Vacancy | None = None
        self.buttons: list[Button] = []
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        box = column(self)
        head = QWidget()
        head.setFixedHeight(PAGE_HEAD)
        across = row(head, margins=(12, 0, 8, 0), gap=4)
        self.back = Button(icon="arrow-left", kind=Kind.PLAIN)
        self.back.setAccessibleName(words.text(N_("Back to the conflicts")))
        self.back.setToolTip(f"{self.back.accessibleName()} ({words.term('key', 'Esc')})")
        self.back.clicked.connect(self.left)
        across.addWidget(self.back)
        across.addWidget(label(words.text(N_("Find a substitute")), Text.SECTION), 1)
        box.addWidget(head)
        box.addWidget(rule())
        self._what = column(margins=(16, 10, 16, 10), gap=4)
        box.addLayout(self._what)
        box.addWidget(rule())
        inside = QWidget()
        self._list = column(inside, margins=(8, 4, 8, 12))
        box.addWidget(scrolled(inside), 1)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter in the panel."""
        text, term = self.words.text, self.words.term
        return [("F6", text(N_("next pane"))), (term("key", "Esc"), text(N_("back to the conflicts")))]

    def ask(self, vacancy: Vacancy, sheet: Sheet) -> None:
        """Say for what somebody is looked for; the people come with `show_people`."""
        words, span = self.words, vacancy.span
        self.vacancy = vacancy
        mark = sheet.marks[span.activity]
        clear(self._what)
        line = row(gap=8)
        line.addWidget(Swatch(look_of(mark), mark.code))
        line.addWidget(Elided(mark.name, Text.STRONG), 1)
        self._what.addLayout(line)
        when = f"{words.weekday(span.day)} {words.day_of_month(span.day)}, {span_text(span.start, span.end)}"
        self._what.addWidget(label(when, Text.DENSE))
        person = sheet.people.get(span.person)
        if person is not None:
            said = words.text(N_("in place of {name}"), name=sheet.who(person, words))
            self._what.addWidget(label(said, Text.DENSE, "text2"))
        clear(self._list)
        self.buttons = []
        self.setAccessibleName(words.text(N_("Find a substitute")))

    def show_people(
        self, found: Sequence[Substitute], sheet: Sheet, skills: Mapping[bytes, str], limit: int = SHOWN
    ) -> None:
        """List the people."""
        clear(self._list)
        self.buttons = []
        for each in found[:limit]:
            self._list.addWidget(self._person(each, sheet, skills))
        if not found:
            said = self.words.text(
                N_("Nobody is free, rested and willing at that time. Move the shift, or ask somebody to swap.")
            )
            holder = column(margins=(8, 8, 8, 0))
            holder.addLayout(quiet(said, ok=False))
            self._list.addLayout(holder)
        self._list.addStretch(1)
        first = self.buttons[0] if self.buttons else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _person(self, each: Substitute, sheet: Sheet, skills: Mapping[bytes, str]) -> QWidget:
        words = self.words
        holder = QWidget()
        across = row(holder, margins=(8, 8, 8, 8), gap=8)
        sign = QLabel()
        sign.setFixedWidth(16)
        if each.told or (each.left is not None and each.left < 0):
            icons.put(sign, "warning", "attention.icon")
        else:
            icons.put(sign, FIT_ICONS.get(each.fit, "user"), "ok.icon" if each.fit is not Fit.LEARNS else "text2")
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        texts = column(gap=0)
        person = sheet.people[each.person]
        texts.addWidget(Elided(sheet.who(person, words), Text.DENSE_STRONG))
        said = [words.text(FITS[each.fit])]
        said += [reason(words, one, skills) for one in each.reasons if one.code in {"skill", "learns", "lacks"}][:2]
        if each.same_site:
            said.append(words.text(N_("same site")))
        texts.addWidget(label(" · ".join(said), Text.NOTE, "text2", wrap=True))
        if each.left is not None:
            left = words.duration(abs(each.left), short=True)
            left_said, tone = words.text(N_("{hours} left in the contract"), hours=left), "text3"
            if each.left == 0:
                left_said = words.text(N_("contract hours reached"))
            elif each.left < 0:
                left_said, tone = words.text(N_("{hours} more than the contract"), hours=left), "attention"
            texts.addWidget(label(left_said, Text.NOTE, tone, wrap=True))
        for told in each.told:
            if told.code != "over_contract":
                texts.addWidget(label(say.note(words, told), Text.NOTE, "attention", wrap=True))
        across.addLayout(texts, 1)
        take = Button(words.text(N_("Assign")), height=28)
        take.setFont(theme.font(Text.DENSE_STRONG))
        take.padding = 8
        take.setAccessibleName(words.text(N_("Assign to {name}"), name=sheet.who(person, words)))
        take.clicked.connect(lambda: self.taken.emit(self.vacancy, each))
        across.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
        self.buttons.append(take)
        return holder
