"""A block of attendance from a file or from a spreadsheet with its heads: what it would do, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ltu_desktop.rules.attendance_days import cell_text
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.attendance_side import Side
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Band, clear, label
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.actions.attendance_paste import CellChange, PastePlan, Refused
    from ltu_desktop.words import Words

MOST = 40  # cells that are told one by one


class TakePanel(Side):
    """The panel; `wanted` takes in what was shown."""

    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words, words.text(N_("Import attendance")))
        self.plan: PastePlan | None = None
        self.go = Button(words.term("button", "Import"), icon="check", kind=Kind.PRIMARY)
        self.go.clicked.connect(self._go)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)

    def first(self) -> QWidget:
        """Begin with the button."""
        return self.go

    def show_plan(self, plan: PastePlan) -> None:
        """Say what a block would do."""
        words, self.plan = self.words, plan
        clear(self.body)
        if plan.file:
            self.body.addWidget(label(plan.file, Text.STRONG, wrap=True))
        self.fact(words.text(N_("Cells that change")), words.integer(plan.changed))
        self.fact(words.text(N_("Cells already the same")), words.integer(plan.unchanged))
        self.fact(words.text(N_("Cells left out")), words.integer(len(plan.refused)))
        if plan.ignored:
            said = words.text(N_("Columns left out: {names}"), names=", ".join(plan.ignored))
            self.body.addWidget(label(said, Text.DENSE, "text2", wrap=True))
        if not plan.changed:
            self.body.addWidget(Band(Meaning.INFO, words.text(N_("Nothing would change."))))
        if plan.changes:
            self.section(words.text(N_("What changes")))
            for each in plan.changes[:MOST]:
                self.body.addWidget(label(self._change(each), Text.DENSE, "text2", wrap=True))
            self._more(len(plan.changes))
        if plan.refused:
            self.section(words.text(N_("Left out")))
            for said in self._refused(plan.refused[:MOST]):
                self.body.addWidget(label(said, Text.DENSE, "text2", wrap=True))
            self._more(len(plan.refused))
        self.body.addStretch(1)
        self.go.setEnabled(plan.changed > 0)

    def _more(self, count: int) -> None:
        if count > MOST:
            said = self.words.plural("and {count} more", "and {count} more", count - MOST)
            self.body.addWidget(label(said, Text.DENSE, "text2"))

    def _change(self, each: CellChange) -> str:
        """Say whose cell becomes what: an empty one is a dash."""
        words = self.words
        was, then = (
            cell_text(outcome.done, outcome.absences, each.target, words.mark) or "–"
            for outcome in (each.before, each.after)
        )
        day = f"{words.weekday(each.day, short=True)} {words.day_of_month(each.day)}"
        return f"{each.who} · {day} · {was}\u00a0→\u00a0{then}"

    def _refused(self, refused: Sequence[Refused]) -> list[str]:
        """Say why cells are left out; what is wrong in the same way all along a row is said once."""
        words = self.words
        rows: dict[tuple[int, str], list[Refused]] = {}
        for each in refused:
            rows.setdefault((each.row, words.problem(each.problem)[0]), []).append(each)
        said = []
        for (row, what), alike in rows.items():
            one = alike[0]
            place = words.text(N_("row {row}, column {column}"), row=row, column=one.column)
            if len(alike) > 1:
                place = words.plural("row {row} ({count} cell)", "row {row} ({count} cells)", len(alike), row=row)
            who = one.who or (words.day(one.day) if one.day is not None else "")
            said.append(" · ".join(part for part in (place, "" if who in what else who, what) if part))
        return said

    def _go(self) -> None:
        if self.plan is not None:
            self.wanted.emit(self.plan)
