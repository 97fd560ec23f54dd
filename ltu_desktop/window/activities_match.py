"""The matching board: who fits an activity and why; who does what, against wishes. Nobody is selected out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.matching import Candidate, Fit, candidates
from ltu_desktop.window import icons, theme
from ltu_desktop.window.activities_words import FITS, reason
from ltu_desktop.window.controls import Choice
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import ROW_LIST, Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.queries.activities import ActivityRow, Board, Member
    from ltu_desktop.words import Words

WISH, REFUSAL = "heart", "prohibit"  # icons

MEANINGS = {
    Fit.WISHED: Meaning.OK,
    Fit.READY: Meaning.OK,
    Fit.LEARNS: Meaning.INFO,
    Fit.REFUSED: Meaning.ATTENTION,
    Fit.LIMITED: Meaning.ATTENTION,
}


@dataclass(frozen=True)
class Fitting:
    """A person for the chosen activity; `needs` are the activity's open needs."""

    member: Member
    candidate: Candidate
    minutes: int


class MatchView(QWidget):
    """People ranked for one activity, each with her reasons; Enter opens the person."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.board: Board | None = None
        box = column(self)
        bar = QWidget()
        across = row(bar, margins=(24, 8, 16, 8), gap=12)
        self.choice = Choice(words.text(N_("Activity")), [(b"", "–")])
        self.choice.chosen.connect(lambda _value: self._show())
        across.addWidget(self.choice)
        self.said = label("", Text.BODY, "text2", wrap=True)
        across.addWidget(self.said, 1)
        box.addWidget(bar)
        box.addWidget(rule(tone="line2"))
        self.model: RowsModel[Fitting] = RowsModel(self._columns(), key=lambda each: each.member.id)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.DENSE, edge=24)
        self.table.setAccessibleName(words.text(N_("Who fits")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(lambda each: self.opened.emit(each.member.id))
        box.addWidget(self.table, 1)

    def _columns(self) -> tuple[Column[Fitting], ...]:
        words = self.words
        return (
            Column(
                "name",
                words.text(N_("NAME First name")),
                lambda each: Cell(each.member.list_name, strong=True),
                190,
                stretch=True,
            ),
            Column(
                "fit",
                words.text(N_("Fits")),
                lambda each: Cell(
                    words.text(FITS[each.candidate.fit]), meaning=MEANINGS[each.candidate.fit], meaning_first=True
                ),
                150,
            ),
            Column("why", words.text(N_("Why")), self._why, 280, stretch=True),
            Column(
                "hours",
                words.text(N_("Hours worked here")),
                lambda each: Cell(words.duration(each.minutes)) if each.minutes else QUIET_ZERO,
                130,
                right=True,
            ),
        )

    def _why(self, each: Fitting) -> Cell:
        skills = self.board.skills if self.board is not None else {}
        said = {"worked", "wish"} if each.candidate.fit is Fit.WISHED else {"worked"}  # by the columns beside it
        reasons = [reason(self.words, one, skills) for one in each.candidate.reasons if one.code not in said]
        return Cell(" · ".join(f"{one[:1].upper()}{one[1:]}" for one in reasons), "text2")

    def show_board(self, board: Board) -> None:
        """Show who fits the chosen activity."""
        self.board = board
        options = [(each.id, each.name) for each in board.activities] or [(b"", "–")]
        self.choice.set_options(options)
        self._show()

    def _show(self) -> None:
        board = self.board
        if board is None:
            return
        work = board.works.get(self.choice.value)  # type: ignore[call-overload]  # any option is a key
        members = {each.id: each for each in board.members}
        found = candidates(work, [each.profile for each in board.members]) if work is not None else []
        self.model.set_rows(
            [
                Fitting(members[each.person], each, members[each.person].profile.minutes.get(work.id, 0) if work else 0)
                for each in found
            ]
        )
        activity = next((each for each in board.activities if each.id == self.choice.value), None)
        self.said.setText(self._say(activity, board))

    def _say(self, activity: ActivityRow | None, board: Board) -> str:
        if activity is None:
            return ""
        words = self.words
        parts = []
        if activity.people_wanted:
            parts.append(
                words.text(
                    N_("{people} people, {wanted} needed"),
                    people=words.integer(activity.people),
                    wanted=words.integer(activity.people_wanted),
                )
            )
        needs = [each.title for each in board.needs if each.activity_id == activity.id and each.state != "closed"]
        if needs:
            parts.append(words.text(N_("covers: {needs}"), needs=", ".join(needs)))
        return " · ".join(parts)


class DoesView(QWidget):
    """Who does what: hours by person and activity, with her wishes and refusals beside them."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        box = column(self)
        holder = QWidget()
        across = row(holder, margins=(24, 10, 16, 10), gap=6)
        across.addWidget(label(words.text(N_("Hours worked so far")), Text.BODY, "text2"))
        across.addSpacing(18)
        for icon, said in ((WISH, N_("wish")), (REFUSAL, N_("refusal"))):
            sign = QLabel()
            icons.put(sign, icon, "text2")
            across.addWidget(sign)
            across.addWidget(label(words.text(said), Text.BODY, "text2"))
            across.addSpacing(12)
        across.addStretch(1)
        box.addWidget(holder)
        box.addWidget(rule(tone="line2"))
        self.model: RowsModel[Member] = RowsModel((), key=lambda each: each.id)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.DENSE, edge=24)
        self.table.horizontalHeader().setFixedHeight(theme.grown(42))  # names of activities in two lines
        self.table.setAccessibleName(words.text(N_("Who does what")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(lambda each: self.opened.emit(each.id))
        box.addWidget(self.table, 1)

    def show_board(self, board: Board) -> None:
        """Show everybody, a column an activity."""
        words = self.words
        name: Column[Member] = Column(
            "name",
            words.text(N_("NAME First name")),
            lambda each: Cell(each.list_name, strong=True),
            240,
            sort=lambda each: each.list_name,
        )
        self.model.beginResetModel()
        self.model.columns = (name, *(self._column(each) for each in board.activities))
        self.model.endResetModel()
        self.model.set_rows(board.members)
        self.table.fit()

    @staticmethod
    def _icon(each: Member, activity: bytes) -> str:
        if activity in each.profile.refusals:
            return REFUSAL
        return WISH if activity in each.profile.wishes else ""

    def _column(self, activity: ActivityRow) -> Column[Member]:
        key = activity.id

        def cell(each: Member) -> Cell:
            minutes = each.profile.minutes.get(key, 0)
            text = self.words.integer(round(minutes / 60)) if minutes else "–"
            return Cell(text, "text" if minutes else "text3", icon=self._icon(each, key))

        def spoken(each: Member) -> str:
            said = {WISH: self.words.text(N_("wish")), REFUSAL: self.words.text(N_("refusal"))}
            return " ".join(
                part for part in (activity.name, cell(each).text, said.get(self._icon(each, key), "")) if part
            )

        return Column(
            activity.code,
            activity.name,
            cell,
            66,
            short=activity.code,
            right=True,
            stretch=True,
            sort=lambda each: each.profile.minutes.get(key, 0),
            spoken=spoken,
        )
