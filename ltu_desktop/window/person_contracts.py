"""A person's contracts in the panel: the line of time, what can be done, and the form of what is being done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ltu_desktop.documents.claim_labels import EXIT_REASONS
from ltu_desktop.queries.people import NO_AID
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.contract_form import NATURES, ContractForm, Step, Wanted
from ltu_desktop.window.form import write_day
from ltu_desktop.window.pieces import Elided, Link, clear, column, label, row
from ltu_desktop.window.timeline import Timeline
from ltu_desktop.window.timeline_lay import Moves
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.queries.people import ContractRow, PersonDetail
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.window.timeline import Move
    from ltu_desktop.words import Words


def way_to(name: str, contracts: Sequence[ContractRow]) -> tuple[Step, ContractRow | None] | None:
    """Return the step that mends a field, and of which contract: the one that shows what is wrong, else the latest."""
    if name == "contract_start":
        return Step.ADD, None
    if not contracts or name not in WRONG:
        return None
    step, wrong = WRONG[name]
    return step, next((each for each in reversed(contracts) if wrong(each, contracts)), contracts[-1])


def _runs_over(each: ContractRow, contracts: Sequence[ContractRow]) -> bool:
    """Tell whether a contract goes on when a later one has begun."""
    later = [other.start for other in contracts if other.id != each.id and other.start >= each.start]
    return bool(later) and (each.end is None or each.end >= min(later))


WRONG: dict[str, tuple[Step, Callable[[ContractRow, Sequence[ContractRow]], bool]]] = {
    "contract_end": (Step.END, _runs_over),
    "end_reason": (Step.END, lambda each, _all: each.end is not None and not each.end_reason),
    "hourly_pay": (Step.AMEND, lambda each, _all: bool(each.terms)),
    "nature": (Step.CORRECT, lambda each, _all: each.nature not in {"", "01"}),
    "public_aid": (Step.CORRECT, lambda each, _all: each.public_aid not in NO_AID),
    "planned_end_on": (Step.CORRECT, lambda each, _all: each.planned_end is not None and each.end is None),
}
"""By a field's name: the step that mends it, and which contract shows that it is wrong."""


class Contracts(QWidget):
    """The contracts. `wanted` gives a `Wanted` change; `tried` one whose effect shall be told to `say_effect`."""

    wanted = Signal(object)
    tried = Signal(object)
    shown = Signal(QWidget)  # the form, which shall be in sight

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.person: PersonDetail | None = None
        self.ways: dict[str, Link] = {}
        self.timeline: Timeline | None = None
        self._moving: tuple[Wanted, Move] | None = None
        box = column(self, gap=10)
        self._above = column(gap=10)
        box.addLayout(self._above)
        self.form = ContractForm(words)  # stays while all around it is drawn anew
        self.form.wanted.connect(self.wanted)
        self.form.tried.connect(self.tried)
        self.form.closed.connect(self.focus_ways)
        box.addWidget(self.form)

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:
        """Show the contracts; the form stays open for the same person."""
        words, person = self._words, sheet.person
        self.person = person
        if not again and self.form.isVisible():
            self.form.leave()
        clear(self._above)
        now = next((each for each in reversed(person.contracts) if each.terms), None)
        said = ""
        if now is not None:
            terms = now.terms[-1]
            parts = [words.text(NATURES[now.nature]) if now.nature in NATURES else "", terms.job]
            if terms.hourly_pay is not None:
                parts.append(words.text(N_("{amount} an hour"), amount=words.money(terms.hourly_pay)))
            if terms.pattern:
                parts.append(words.text(N_("pattern “{name}”"), name=terms.pattern))
            said = " · ".join(part for part in parts if part)
        line = row(gap=10)
        line.addWidget(label(words.text(N_("Contract")), Text.SECTION))
        line.addWidget(Elided(said, Text.BODY, "text2"), 1)
        self._above.addLayout(line)
        self.timeline = None
        if person.contracts:
            self.timeline = Timeline(words, person.contracts, sheet.today, writable=sheet.writable)
            self.timeline.moved.connect(self._moved)
            self.timeline.asked.connect(self._asked)
            self._above.addWidget(self.timeline)
        else:
            self._above.addWidget(label(words.text(N_("None in the file.")), Text.DENSE, "text3"))
        latest = person.contracts[-1] if person.contracts else None
        if latest is not None and latest.end is not None:
            ended = words.text(N_("Ended on {day}"), day=words.day(latest.end))
            if latest.end > sheet.today:
                ended = words.text(N_("Ends on {day}"), day=words.day(latest.end))
            reason = EXIT_REASONS.get(latest.end_reason, "")
            why = f"{ended} · {words.text(reason)}" if reason else ended
            self._above.addWidget(label(why, Text.DENSE, "text2", wrap=True))
        self.ways = {}
        if sheet.writable:
            self._offer(person)

    def _offer(self, person: PersonDetail) -> None:
        """Offer what can be done now: amend and end what runs, take an end back, begin a further contract."""
        words = self._words
        latest = person.contracts[-1] if person.contracts else None
        ways: list[tuple[str, str, str]] = []
        if latest is not None and latest.terms:
            ways.append((Step.AMEND, words.text(N_("New amendment")), "plus-circle"))
        if latest is not None and latest.end is None:
            ways.append((Step.END, words.text(N_("End the contract…")), "sign-out"))
        if latest is None or latest.end is not None:
            ways.append((Step.ADD, words.text(N_("New contract")), "file-plus"))
        if latest is not None:
            ways.append((Step.CORRECT, words.term("contract", "Correct…"), "note-pencil"))
        if latest is not None and latest.end is not None:
            ways.append(("reopen", words.text(N_("Cancel the end")), "arrow-u-up-left"))
        line = row(gap=12)
        for code, text, icon in ways:
            link = Link(text, icon=icon)
            link.clicked.connect(lambda _on=False, code=code: self._begin(code))
            self.ways[code] = link
            line.addWidget(link)
        line.addStretch(1)
        self._above.addLayout(line)

    def _begin(self, code: str) -> None:
        person = self.person
        if person is None:
            return
        if code == "reopen":
            self.wanted.emit(Wanted(Step.END, person.id, person.contracts[-1].id, {"end": None}))
            return
        self.begin(Step(code))

    def begin(self, step: Step, values: dict[str, str] | None = None, contract: ContractRow | None = None) -> None:
        """Open the form of a step below the contracts, with values that are known already."""
        if self.person is not None:
            self.form.begin(step, self.person, values or {}, contract)
            QTimer.singleShot(0, self.form, lambda: self.shown.emit(self.form))

    def mend(self, name: str) -> bool:
        """Open the form that mends a field of a contract, with the focus in it; tell whether there is one."""
        found = way_to(name, self.person.contracts) if self.person is not None and self.ways else None
        if found is None:
            return False
        step, contract = found
        known: dict[str, str] = {}
        if step is Step.END and contract is not None:
            known["contract_end"] = write_day(contract.end)
        self.begin(step, known, contract)
        if step is Step.END and contract is not None and contract.end_reason:
            self.form.choose("end_reason", contract.end_reason)
        self.form.focus(name)
        return True

    def focus_ways(self) -> None:
        """Put the focus back where the form was asked for."""
        link = next(iter(self.ways.values()), None)
        if link is not None:
            link.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- moved on the line ----

    def _as_wanted(self, move: Move) -> Wanted | None:
        """Return the change that a day moved on the line stands for."""
        person, grip = self.person, move.grip
        if person is None:
            return None
        if grip.moves is Moves.AMENDMENT:
            return Wanted(Step.MOVE, person.id, grip.contract.id, {"terms_id": grip.terms.id, "start": move.day})
        return Wanted(Step.END, person.id, grip.contract.id, {"end": move.day, "reason": grip.contract.end_reason})

    def _moved(self, move: Move) -> None:
        wanted = self._as_wanted(move)
        if wanted is None:
            return
        if move.grip.moves is Moves.END and move.grip.day is None:
            self.begin(Step.END, {"contract_end": write_day(move.day)})  # why it ends is still to be said
            self.form.focus("end_reason")
        else:
            self.wanted.emit(wanted)

    def _asked(self, move: Move) -> None:
        wanted = self._as_wanted(move)
        if wanted is not None:
            self._moving = (wanted, move)
            self.tried.emit(wanted)

    def say_effect(self, wanted: Wanted, text: str) -> None:
        """Say what a change would do, where it was asked: at the day in the hand, or in the form."""
        if self._moving is not None and self._moving[0] is wanted:
            if self.timeline is not None:
                self.timeline.say_effect(self._moving[1], text)
        else:
            self.form.say_effect(wanted, text)
