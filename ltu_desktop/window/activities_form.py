"""An activity's own particulars, at the right of the list: what it is, how it looks, who approved it, what it asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.queries.activity_looks import Look, palettes
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.activities_asks import ActivityAsks
from ltu_desktop.window.activities_papers import ActivityPapers
from ltu_desktop.window.activities_words import COLOURS, PICTOGRAMS
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import choice_field, read_day, read_number, text_field, value_of, write_day
from ltu_desktop.window.paper_copies import dropped
from ltu_desktop.window.picks import Picks
from ltu_desktop.window.pieces import label, row
from ltu_desktop.window.planning_blocks import colours as block_colours
from ltu_desktop.window.settings_section import Section
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ltu_desktop.queries.activities import ActivityRow
    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.form import Field

PART = "activity"
DAYS = ("approved_on", "ended_on")
NAMES = {
    "name": N_("Name of the activity"),
    "code": N_("Code (three letters)"),
    "approval_note": N_("Session, number of the decision"),
    "staffing_note": N_("Staffing wishes"),
    "ended_on": N_("Ended on (no new shifts)"),
}
WIDTH = 470


class ActivityForm(Section):
    """The form; what is typed is saved at once. `closed` asks the page to hide it."""

    title: ClassVar[str] = N_("Activity")
    upright: ClassVar[bool] = True

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.activity: ActivityRow | None = None
        self._sites: Sequence[tuple[str, str]] = ()
        self._asked: Mapping[bytes, int] = {}
        self._skills: Mapping[bytes, str] = {}
        self._sold: Decimal | None = None
        self._papers: Sequence[AttachmentRow] = ()
        self._told: tuple[object, ...] | None = None  # what is shown at present
        self.setAcceptDrops(True)
        self.colours = self.pictures = Picks(())
        self.setProperty("pane", True)

    def show_activity(
        self,
        activity: ActivityRow,
        *,
        sites: Sequence[tuple[str, str]],
        asked: Mapping[bytes, int],
        skills: Mapping[bytes, str],
        sold: Decimal | None,
        papers: Sequence[AttachmentRow],
    ) -> None:
        """Show an activity; `asked` are levels by skill, `sold` is the turnover of the desk's month."""
        told = (activity, sites, asked, skills, sold, papers, self.desk.month, self.desk.writable)
        if told == self._told:
            return  # it stands as it is, with what is being typed
        self._told = told
        self.activity, self._sites, self._asked, self._skills, self._sold = activity, sites, asked, skills, sold
        self._papers = papers
        held = self._held_picks()
        stand = self.begin()
        words = self.words
        top = row(gap=8)
        top.addWidget(label(activity.name, Text.TITLE, wrap=True), 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(words.text(N_("Close the panel")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.closed)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(top)
        self._identity(activity)
        self._look(activity)
        self._approval(activity)
        self._staffing(activity)
        self._turnover()
        self._end(activity)
        self.end(stand)
        if held:
            picks = self.colours if held == "palette" else self.pictures
            picks.picks[picks.value()].setFocus(Qt.FocusReason.OtherFocusReason)

    def _held_picks(self) -> str:
        """Return which row of pictures the focus is in."""
        for name, picks in (("palette", self.colours), ("pictogram", self.pictures)):
            if any(pick.hasFocus() for pick in picks.picks.values()):
                return name
        return ""

    # ---- parts ----

    def _identity(self, activity: ActivityRow) -> None:
        site = choice_field(
            field_name(self.words, "site"),
            [("", "–"), *self._sites],
            activity.site_id.hex() if activity.site_id else "",
        )
        self._pair(self._text("name", activity.name), self._text("code", activity.code))
        self._pair(self._add("site_id", site), self._text("analytic_code", activity.analytic_code))

    def _look(self, activity: ActivityRow) -> None:
        words = self.words
        self.head(words.text(N_("Look")), words.text(N_("on the screen, on the wall and on the slips")))
        pairs = palettes()
        bars = {code: block_colours(Look(code, pairs[code], ""))[0] for code in COLOURS}
        colours = Picks([(code, words.text(COLOURS[code]), bars[code]) for code in COLOURS])
        colours.show_value(activity.look.palette)
        colours.setAccessibleName(field_name(words, "palette"))
        pictures = Picks([(name, words.text(said), name) for name, said in PICTOGRAMS.items()])
        pictures.show_value(activity.look.pictogram)
        pictures.setAccessibleName(words.text(N_("Pictogram")))
        for name, picks in (("palette", colours), ("pictogram", pictures)):
            picks.setEnabled(self.desk.writable)
            picks.chosen.connect(lambda value, name=name: self._save({name: value}))
            self.form.addWidget(picks)
        self.colours, self.pictures = colours, pictures

    def _approval(self, activity: ActivityRow) -> None:
        words = self.words
        self.head(words.text(N_("Additionality")), words.text(N_("the committee found that no other job is replaced")))
        self._pair(
            self._text("approved_on", write_day(activity.approved_on)),
            self._text("approval_note", activity.approval_note),
        )
        self.papers = ActivityPapers(self.desk, activity.id, self._papers, partial(self.act, PART))
        self.form.addWidget(self.papers)

    def _staffing(self, activity: ActivityRow) -> None:
        words = self.words
        self.head(words.text(N_("Who it takes")))
        wanted = "" if activity.people_wanted is None else str(activity.people_wanted)
        self._pair(self._text("people_wanted", wanted), self._text("staffing_note", activity.staffing_note))
        self.asks = ActivityAsks(self.desk, activity, self._asked, self._skills, partial(self.act, PART))
        self.fields[f"{PART}.skill"] = self.asks.skill
        self.form.addWidget(self.asks)

    def _turnover(self) -> None:
        words, month = self.words, self.desk.month
        self.head(words.text(N_("Turnover")), words.text(N_("what it sold, month by month")))
        shown = "" if self._sold is None else words.number(self._sold)
        self._pair(
            self._text("amount", shown, said=words.text(N_("Sold in {month}"), month=words.month(month)), unit="€"),
            None,
        )

    def _end(self, activity: ActivityRow) -> None:
        words = self.words
        self.head(words.text(N_("End")))
        self._pair(self._text("ended_on", write_day(activity.ended_on)), None)
        across = row()
        self.remove_button = Button(words.text(N_("Remove the activity")), icon="trash", kind=Kind.QUIET)
        self.remove_button.setEnabled(self.desk.writable)
        self.remove_button.clicked.connect(self._remove)
        across.addWidget(self.remove_button)
        across.addStretch(1)
        self.form.addLayout(across)

    # ---- fields ----

    def _text(self, name: str, value: str, *, said: str = "", unit: str = "") -> Field:
        words = self.words
        text = said or (words.text(NAMES[name]) if name in NAMES else field_name(words, name))
        field = text_field(text, value=value, unit=unit)
        edit = field.widget
        assert isinstance(edit, QLineEdit)
        if name in DAYS:
            edit.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        edit.editingFinished.connect(lambda: self._save_field(name))
        return self._add(name, field)

    def _add(self, name: str, field: Field) -> Field:
        field.widget.setEnabled(self.desk.writable)
        if isinstance(field.widget, QComboBox):
            field.widget.activated.connect(lambda _at: self._save_field(name))
        self.fields[f"{PART}.{name}"] = field
        return field

    def _pair(self, first: QWidget, second: QWidget | None) -> None:
        across = row(gap=16)
        across.addWidget(first, 1, Qt.AlignmentFlag.AlignTop)
        if second is not None:
            across.addWidget(second, 1, Qt.AlignmentFlag.AlignTop)
        else:
            across.addStretch(1)
        self.form.addLayout(across)

    # ---- saving ----

    def _save_field(self, name: str) -> None:
        activity = self.activity
        field = self.fields.get(f"{PART}.{name}")
        if activity is None or field is None:
            return
        field.wrong("")
        typed = value_of(field)
        try:
            value: Any = self._read(name, typed)
        except ValueError:
            text = self.words.text
            field.wrong(
                text(N_("This is not a date: day, month, year."))
                if name in DAYS
                else text(N_("Type a number, such as 12 or 1 234,50."))
            )
            return
        if name == "amount":
            if value != self._sold:
                self._sell(value)
        elif value != getattr(activity, name):
            self._save({name: value})

    @staticmethod
    def _read(name: str, typed: str) -> Any:
        if name in DAYS:
            return read_day(typed)
        if name == "site_id":
            return bytes.fromhex(typed) if typed else None
        if name == "people_wanted":
            return int(typed) if typed else None
        return read_number(typed) if name == "amount" else typed

    def _save(self, values: Mapping[str, object]) -> None:
        activity = self.activity
        if activity is None:
            return

        def action(ctx: Any) -> object:
            from ltu_desktop.actions import activities

            return activities.change_activity(ctx, activity.id, values)

        self.act(PART, action)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one file: the committee's decision."""
        if self.desk.writable and len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.papers.attach(dropped(event))

    def _sell(self, amount: Decimal | None) -> None:
        activity, month = self.activity, self.desk.month
        assert activity is not None

        def action(ctx: Any) -> object:
            from ltu_desktop.actions import activities

            return activities.set_turnover(ctx, activity.id, month, amount)

        self.act(PART, action)

    def _remove(self) -> None:
        activity = self.activity
        assert activity is not None

        def action(ctx: Any) -> object:
            from ltu_desktop.actions import activities

            return activities.remove_activity(ctx, activity.id)

        self.act(PART, action, self.words.text(N_("Activity removed")))
