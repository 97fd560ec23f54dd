"""How many people each activity needs, on which days, from when to when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.form import Field, choice_field, read_day, text_field, write_day
from ltu_desktop.window.planning_sheet import span_text
from ltu_desktop.window.settings_list import NEW, PART, Line, ListSection
from ltu_desktop.window.spans import read_time, write_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.queries.planning_rows import NeedRow
    from ltu_desktop.words import Words

WEEKDAYS = "weekdays"
_MONDAY = date(2026, 10, 19)
EVERY = (
    ("0,1,2,3,4", N_("Monday to Friday")),
    ("0,1,2,3,4,5", N_("Monday to Saturday")),
    ("0,1,2,3,4,5,6", N_("Every day")),
)


def weekday_name(words: Words, weekday: int) -> str:
    """Name a weekday by its number, 0 for Monday."""
    return words.weekday(_MONDAY + timedelta(days=weekday))


class CoverSection(ListSection):
    """Needs are added for one or several weekdays, changed and taken off."""

    title: ClassVar[str] = N_("Cover needs")

    _needs: Sequence[NeedRow] = ()
    _activities: Sequence[tuple[str, str]] = ()
    _sites: Sequence[tuple[str, str]] = ()

    def show_needs(
        self, needs: Sequence[NeedRow], activities: Sequence[tuple[str, str]], sites: Sequence[tuple[str, str]]
    ) -> None:
        """Show the needs; `activities` and `sites` are (key in hexadecimal, name)."""
        self._needs, self._activities, self._sites = needs, activities, sites
        self.show_again()

    def show_again(self) -> None:
        """Show the needs that were read."""
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("Cover needs")), text(N_("how many people an activity needs to be open")))
        self.show_lines()
        self.end(stand)

    def texts(self) -> tuple[str, str, str]:
        """Say what this list says."""
        text = self.words.text
        return (
            text(N_("Add a need")),
            text(N_("No needs yet. Add how many people each activity needs, and the plan shows who is missing.")),
            text(N_("New cover need")),
        )

    def lines(self) -> Sequence[Line]:
        """Return the needs, activity by activity."""
        words, names = self.words, dict(self._activities)
        places = dict(self._sites)
        found = []
        order = {key: at for at, (key, _) in enumerate(self._activities)}
        for each in sorted(self._needs, key=lambda one: (order.get(one.activity_id.hex(), -1), one.weekday, one.start)):
            name = names.get(each.activity_id.hex())
            if name is None:
                continue  # an activity that has ended
            people = words.plural("{count} person", "{count} people", each.people)
            said = [weekday_name(words, each.weekday), span_text(each.start, each.end), people]
            if each.site_id is not None:
                said.append(places.get(each.site_id.hex(), ""))
            if each.end_on is not None:
                said.append(words.text(N_("until {day}"), day=words.day(each.end_on)))
            found.append(Line(each.id, name, " · ".join(said)))
        return found

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of a need."""
        words, text = self.words, self.words.text
        need = next((each for each in self._needs if each.id == key), None)
        days = [(str(at), weekday_name(words, at).capitalize()) for at in range(7)]
        options = days if need else [*((code, text(name)) for code, name in EVERY), *days]
        sites = [("", text(N_("activity’s site"))), *self._sites]
        return {
            "activity": choice_field(text(N_("Activity")), self._activities, need.activity_id.hex() if need else ""),
            WEEKDAYS: choice_field(text(N_("Days of the week")), options, str(need.weekday) if need else EVERY[0][0]),
            "people": text_field(text(N_("People")), value=str(need.people) if need else "1"),
            "start": text_field(words.term("time", "From"), value=write_time(need.start if need else 510)),
            "end": text_field(words.term("time", "To"), value=write_time(need.end if need else 990)),
            "site": choice_field(text(N_("Place")), sites, need.site_id.hex() if need and need.site_id else ""),
            "start_on": text_field(text(N_("From the day")), value=write_day(need.start_on) if need else ""),
            "end_on": text_field(text(N_("Until the day")), value=write_day(need.end_on) if need else ""),
        }

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save a need, or add one for each of its weekdays."""
        given = self._read(values)
        if given is None:
            return

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import set_cover_need

            return set_cover_need(ctx, **given, need_id=None if key == NEW else key)

        self.desk.act(
            action,
            lambda _done: self._added() if key == NEW else self.saved(),
            initiator=self,
            failed=lambda error: self.refused(PART, error),
        )

    def _read(self, values: Mapping[str, str]) -> dict[str, Any] | None:
        text = self.words.text
        given: dict[str, Any] = {}
        for name, read, wrong in (
            ("start", read_time, N_("Type a time, such as 8:30.")),
            ("end", read_time, N_("Type a time, such as 8:30.")),
            ("people", int, N_("Type a number of people.")),
            ("start_on", read_day, N_("This is not a date: day, month, year.")),
            ("end_on", read_day, N_("This is not a date: day, month, year.")),
        ):
            try:
                given[name] = read(values[name])
            except ValueError:
                self.fields[f"{PART}.{name}"].wrong(text(wrong))
        if len(given) < 5:
            return None
        return given | {
            "activity_id": bytes.fromhex(values["activity"]),
            "weekdays": [int(at) for at in values[WEEKDAYS].split(",")],
            "site_id": bytes.fromhex(values["site"]) if values["site"] else None,
        }

    def _added(self) -> None:
        self.open_key = None
        self.saved()

    def remove_line(self, key: bytes) -> None:
        """Take a need off; undo brings it back."""

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import remove_cover_need

            return remove_cover_need(ctx, key)

        self.act(PART, action, self.words.text(N_("Need removed")))
