"""Settings: the sites, where people and activities are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.form import Field, text_field
from ltu_desktop.window.settings_list import NEW, PART, Line, ListSection
from ltu_desktop.window.settings_section import in_groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.agreements import Place
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.rules.periods import Month

FIELDS = ("code", "name", "siret", "address", "postcode", "town")
NAMES = {"code": N_("Code (short, for lists)"), "name": N_("Name of the site")}


def load_sites(connection: Connection, month: Month) -> tuple[list[Place], dict[bytes, int]]:
    """Read the sites, and how many people with a contract in a month each has."""
    from ltu_desktop.queries import agreements

    return agreements.sites(connection), agreements.employed_at_sites(connection, month)


class SitesSection(ListSection):
    """Sites are added, renamed and removed; one in use stays."""

    code: ClassVar[str] = "sites"
    title: ClassVar[str] = N_("Sites")
    icon: ClassVar[str] = "map-pin"
    tables: ClassVar[frozenset[str]] = frozenset({"site", "person", "activity", "contract"})

    _places: Sequence[Place] = ()
    _employed: Mapping[bytes, int] = {}

    def refresh(self) -> None:
        """Read the sites again, with the people of the month."""
        self.desk.read(partial(load_sites, month=self.desk.month), self._show)

    def _show(self, found: tuple[Sequence[Place], Mapping[bytes, int]]) -> None:
        self._places, self._employed = found
        self.show_again()

    def show_again(self) -> None:
        """Show the sites that were read."""
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("Sites")), text(N_("the code identifies the site in lists and claims")))
        self.show_lines()
        self.end(stand)

    def texts(self) -> tuple[str, str, str]:
        """Say what a list of sites says."""
        text = self.words.text
        return (
            text(N_("Add a site")),
            text(N_("There is no site yet. Add one when your people work at several places.")),
            text(N_("New site")),
        )

    def lines(self) -> Sequence[Line]:
        """Return the sites with how many people each has."""
        words = self.words
        found = []
        for each in self._places:
            count = self._employed.get(each.id, 0)  # as many as Home counts: who left stays in the file
            used = (
                words.plural("{count} person with a contract", "{count} people with a contract", count) if count else ""
            )
            stays = words.text(N_("It is in use: give its people another site first.")) if each.used else ""
            said = " · ".join(part for part in (in_groups("siret", each.siret), each.town, used) if part)
            found.append(Line(each.id, f"{each.code} · {each.name}", said, stays=stays))
        return found

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of a site."""
        place = next((each for each in self._places if each.id == key), None)
        words = self.words
        shown = {name: getattr(place, name) for name in FIELDS} if place is not None else {}
        if shown:
            shown["siret"] = in_groups("siret", shown["siret"])
        return {
            name: text_field(
                words.text(NAMES[name]) if name in NAMES else field_name(words, name),
                value=shown.get(name, ""),
            )
            for name in FIELDS
        }

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save a site's fields that changed, or add it."""
        from ltu_desktop.intake.identity import compact

        place = next((each for each in self._places if each.id == key), None)
        given = {**values, "siret": compact(values["siret"])}
        changed = {name: value for name, value in given.items() if place and value != getattr(place, name)}
        if place is not None and not changed:
            return

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import agreements

            if place is None:
                return agreements.add_site(ctx, **given)
            return agreements.change_site(ctx, key, **changed)

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
        """Remove a site; undo brings it back."""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import agreements

            return agreements.remove_site(ctx, key)

        self.act(PART, action, self.words.text(N_("Site removed")))
