"""The needs of the territory: who needs what, where, how many hours a week, and which activity serves it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.attendance import hours_to_minutes
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.activities_words import NEED_STATES
from ltu_desktop.window.form import Field, choice_field, read_number, text_field
from ltu_desktop.window.settings_list import NEW, PART, Line, ListSection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.queries.activities import NeedRow

NAMES = {
    "title": N_("What is needed"),
    "asked_by": N_("Asked for by"),
    "place": N_("Where"),
    "note": N_("Note"),
    "activity_id": N_("Covered by"),
}


class NeedsSection(ListSection):
    """Needs are noted, studied, given to an activity, closed."""

    title: ClassVar[str] = N_("Local needs")
    widest: ClassVar[int] = 1180
    name_width: ClassVar[int] = 300
    narrowest: ClassVar[int] = 240

    _needs: Sequence[NeedRow] = ()
    _activities: Sequence[tuple[str, str]] = ()

    def show_needs(self, needs: Sequence[NeedRow], activities: Sequence[tuple[str, str]]) -> None:
        """Show the needs; `activities` are (key in hexadecimal, name)."""
        self._needs, self._activities = needs, activities
        self.show_again()

    def show_again(self) -> None:
        """Show the needs that were read."""
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("Local needs")), text(N_("work that nobody does yet, and what covers it")))
        self.show_lines()
        self.end(stand)

    def texts(self) -> tuple[str, str, str]:
        """Say what this list says."""
        text = self.words.text
        return (
            text(N_("Add a need")),
            text(N_("There are no needs yet. Add what residents, associations or the town ask for.")),
            text(N_("New need")),
        )

    def lines(self) -> Sequence[Line]:
        """Return the needs with what is known of them."""
        words = self.words
        found = []
        for each in self._needs:
            hours = words.text(N_("{hours} a week"), hours=words.duration(each.weekly_minutes, short=True))
            said = [each.asked_by, each.place, hours if each.weekly_minutes else "", each.activity]
            line = " · ".join(part for part in said if part)
            found.append(Line(each.id, each.title, line, tag=words.text(NEED_STATES[each.state])))
        return found

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of a need."""
        words = self.words
        need = self._need(key)
        fields: dict[str, Field] = {}
        for name in ("title", "asked_by", "place"):
            fields[name] = text_field(words.text(NAMES[name]), value=getattr(need, name) if need else "")
        hours = words.number(Decimal(need.weekly_minutes) / 60) if need and need.weekly_minutes else ""
        fields["weekly_minutes"] = text_field(field_name(words, "weekly_minutes"), value=hours, unit="h")
        states = [(code, words.text(said)) for code, said in NEED_STATES.items()]
        fields["state"] = choice_field(field_name(words, "state"), states, need.state if need else "open")
        served = need.activity_id.hex() if need and need.activity_id else ""
        fields["activity_id"] = choice_field(words.text(NAMES["activity_id"]), [("", "–"), *self._activities], served)
        fields["note"] = text_field(words.text(NAMES["note"]), value=need.note if need else "")
        return fields

    def _need(self, key: bytes) -> NeedRow | None:
        return next((each for each in self._needs if each.id == key), None)

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save what changed of a need, or note a new one."""
        need = self._need(key)
        given: dict[str, Any] = dict(values)
        try:
            hours = read_number(values["weekly_minutes"])
        except ValueError:
            wrong = self.words.text(N_("Type a number of hours, such as 7,5."))
            self.fields[f"{PART}.weekly_minutes"].wrong(wrong)
            return
        given["weekly_minutes"] = hours_to_minutes(hours) if hours is not None else 0
        given["activity_id"] = bytes.fromhex(values["activity_id"]) if values["activity_id"] else None
        if need is not None:
            given = {name: value for name, value in given.items() if value != getattr(need, name)}
            if not given:
                return

        def action(ctx: Any) -> object:
            from ltu_desktop.actions import activities

            if need is None:
                return activities.add_need(ctx, given.pop("title"), **given)
            return activities.change_need(ctx, key, given)

        self.desk.act(
            action,
            lambda _done: self._added() if key == NEW else self.saved(),
            failed=lambda error: self.refused(PART, error),
        )

    def _added(self) -> None:
        self.open_key = None
        self.saved()

    def remove_line(self, key: bytes) -> None:
        """Remove a need; undo brings it back."""

        def action(ctx: Any) -> object:
            from ltu_desktop.actions import activities

            return activities.remove_need(ctx, key)

        self.desk.act(action, lambda _done: self.saved(self.words.text(N_("Need removed"))))
