"""Closed days of the sites, and the calendar of public holidays that each keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.work_time import country_of
from ltu_desktop.window.form import Field, choice_field, read_day, text_field, write_day
from ltu_desktop.window.pieces import label
from ltu_desktop.window.settings_list import NEW, PART, Line, ListSection
from ltu_desktop.window.settings_section import three_columns
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ltu_desktop.queries.planning_rows import ClosureRow

CALENDAR = "calendar"
NAMES = {
    "FR": N_("France"),
    "FR-57": N_("Alsace-Moselle (Moselle)"),
    "FR-6AE": N_("Alsace-Moselle (Alsace)"),
    "BE": N_("Belgium"),
    "NL": N_("Netherlands"),
    "GB-ENG": N_("England"),
    "RO": N_("Romania"),
    "DE": N_("Germany"),
    "LU": N_("Luxembourg"),
}


class ClosuresSection(ListSection):
    """Closed days are added, changed and taken off; each site has its calendar."""

    title: ClassVar[str] = N_("Closed days")

    _closures: Sequence[ClosureRow] = ()
    _sites: Sequence[tuple[str, str]] = ()
    _calendars: Mapping[bytes, str] = {}
    _holidays: Mapping[str, tuple[tuple[date, str], ...]] = {}

    def show_closures(
        self,
        closures: Sequence[ClosureRow],
        sites: Sequence[tuple[str, str]],
        calendars: Mapping[bytes, str],
        holidays: Mapping[str, tuple[tuple[date, str], ...]],
    ) -> None:
        """Show the closed days and the calendars; `holidays` are the coming ones of each calendar."""
        self._closures, self._sites, self._calendars, self._holidays = closures, sites, calendars, holidays
        self.show_again()

    def show_again(self) -> None:
        """Show what was read."""
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("Closed days")), text(N_("no work on these days; hours already planned need not be worked")))
        self.show_lines()
        self._show_calendars()
        self.end(stand)

    def texts(self) -> tuple[str, str, str]:
        """Say what this list says."""
        text = self.words.text
        return (
            text(N_("Add closed days")),
            text(N_("No closed days yet. Public holidays come from the calendar below.")),
            text(N_("New closed days")),
        )

    def lines(self) -> Sequence[Line]:
        """Return the closed days, latest first."""
        words, places = self.words, dict(self._sites)
        found = []
        for each in self._closures:
            days = words.day(each.start)
            if each.end != each.start:
                days = words.text(N_("{first} to {last}"), first=days, last=words.day(each.end))
            where = places.get(each.site_id.hex(), "") if each.site_id else words.text(N_("all sites"))
            found.append(Line(each.id, each.name, f"{days} · {where}"))
        return found

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of closed days."""
        text = self.words.text
        row = next((each for each in self._closures if each.id == key), None)
        sites = [("", text(N_("all sites"))), *self._sites]
        return {
            "name": text_field(text(N_("What for")), value=row.name if row else ""),
            "start": text_field(text(N_("First day")), value=write_day(row.start) if row else ""),
            "end": text_field(text(N_("Last day")), value=write_day(row.end) if row else ""),
            "site": choice_field(text(N_("Site")), sites, row.site_id.hex() if row and row.site_id else ""),
        }

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save closed days, or add them."""
        days: dict[str, Any] = {}
        for name in ("start", "end"):
            try:
                days[name] = read_day(values[name] or values["start"])
            except ValueError:
                self.fields[f"{PART}.{name}"].wrong(self.words.text(N_("This is not a date: day, month, year.")))
        if len(days) == 2 and days["start"] is None:
            self.fields[f"{PART}.start"].wrong(self.words.text(N_("This is not a date: day, month, year.")))
            return
        if len(days) < 2:
            return
        site = bytes.fromhex(values["site"]) if values["site"] else None

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import set_closure

            return set_closure(
                ctx, values["name"], days["start"], days["end"], site_id=site, closure_id=None if key == NEW else key
            )

        self.desk.act(
            action,
            lambda _done: self._added() if key == NEW else self.saved(),
            initiator=self,
            failed=lambda error: self.refused(PART, error),
        )

    def _added(self) -> None:
        self.open_key = None
        self.saved()

    def remove_line(self, key: bytes) -> None:
        """Take closed days off; undo brings them back."""

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import remove_closure

            return remove_closure(ctx, key)

        self.act(PART, action, self.words.text(N_("Closed days removed")))

    # ---- calendars ----

    def _show_calendars(self) -> None:
        words, text = self.words, self.words.text
        self.head(text(N_("Public holidays")), text(N_("the calendar that each site keeps")))
        if not self._sites:
            said = text(N_("Without a site, the calendar is that of France. Add your sites in the settings."))
            self.form.addWidget(label(said, Text.BODY, "text2", wrap=True))
        options = [(code, text(name)) for code, name in NAMES.items()]
        grid = three_columns()
        for at, (key, name) in enumerate(self._sites):
            calendar = self._calendars[bytes.fromhex(key)]
            known = options if calendar in NAMES else [*options, (calendar, calendar)]
            coming = self._holidays.get(calendar, ())
            below = []
            if coming:
                day, what = coming[0]
                below.append(text(N_("next: {day}, {name}"), day=words.day(day), name=what))
            limits = country_of(calendar)
            if limits != calendar.partition("-")[0]:  # rests and longest days are then another country's
                below.append(text(N_("working-time limits applied: {country}"), country=text(NAMES[limits])))
            field = choice_field(name, known, calendar, help_text="\n".join(below))
            widget = field.widget
            assert isinstance(widget, QComboBox)
            widget.setEnabled(self.desk.writable)
            widget.activated.connect(lambda _at, key=key: self._set_calendar(key))
            self.fields[f"{CALENDAR}.{key}"] = field
            grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(grid)

    def _set_calendar(self, key: str) -> None:
        widget = self.fields[f"{CALENDAR}.{key}"].widget
        assert isinstance(widget, QComboBox)
        calendar = str(widget.currentData())

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import set_calendar

            return set_calendar(ctx, bytes.fromhex(key), calendar)

        self.act(CALENDAR, action, self.words.text(N_("Calendar changed")))
