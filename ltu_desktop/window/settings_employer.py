"""Settings: the employer as it stands on every claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.form import value_of
from ltu_desktop.window.settings_section import Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.queries.reading import Connection

IDENTITY = ("name", "siret", "address", "postcode", "town", "iban")
SIGNS = ("signatory", "signatory_quality", "contributions_valid_until")


def load_employer(connection: Connection) -> Mapping[str, Any]:
    """Read the employer's row; empty when nobody has said who it is."""
    from ltu_desktop.queries import agreements

    return agreements.employer_row(connection) or {}


class EmployerSection(Section):
    """Name, SIRET and address; who signs."""

    code: ClassVar[str] = "employer"
    title: ClassVar[str] = N_("Employer")
    icon: ClassVar[str] = "buildings"
    tables: ClassVar[frozenset[str]] = frozenset({"employer"})

    _kept: Mapping[str, Any] | None = None
    _wanted = ""

    def refresh(self) -> None:
        """Read the employer again."""
        self.desk.read(load_employer, self._show)

    def show_what(self, what: str) -> None:
        """Put the focus at the first empty field."""
        self._wanted = what

    def _show(self, kept: Mapping[str, Any]) -> None:
        stand = self.begin()
        self._kept = kept
        text = self.words.text
        self.head(text(N_("Employer")), text(N_("as it stands on every claim")))
        self.grid("employer", IDENTITY, kept, lambda _part: self._save())
        self.head(text(N_("Who signs")), "")
        self.grid("employer", SIGNS, kept, lambda _part: self._save())
        self.end(stand)
        if self._wanted:
            self._wanted = ""
            fields = list(self.fields.values())
            field = next((each for each in fields if not value_of(each)), fields[0])
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(field)

    def _save(self) -> None:
        kept = self._kept
        values = self.read_part("employer", (*IDENTITY, *SIGNS))
        if kept is None or values is None:
            return
        changed = {name: value for name, value in values.items() if (value or None) != (kept.get(name) or None)}
        if not changed:
            return

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.agreements import set_employer

            return set_employer(ctx, changed)

        self.act("employer", action)
