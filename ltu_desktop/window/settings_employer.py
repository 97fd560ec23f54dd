"""Settings: the employer as it stands on every claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs
from ltu_desktop.window.controls import Button
from ltu_desktop.window.pieces import row
from ltu_desktop.window.settings_section import GROUPS, Section, in_groups

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ltu_desktop.actions.context import Context

IDENTITY = ("name", "siret", "address", "postcode", "town", "iban")
WIDE = frozenset({"name", "address", "iban"})
NAMES = {"name": N_("Name of the employer"), "contributions_valid_until": N_("Valid until")}
PICTURES = "PNG, JPEG (*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff)"
LOGO_ROOM = (200, 60)  # the shape of its 40 × 12 mm on paper
SIGNS = ("signatory", "signatory_quality")
CERTIFICATE = ("contributions_valid_until",)


@dataclass(frozen=True)
class Kept:
    """The employer's row, empty when nobody has said who it is; the logo as PNG, None without one."""

    row: Mapping[str, Any]
    logo: bytes | None


def load_employer(ctx: Context) -> Kept:
    """Read the employer and the logo."""
    from ltu_desktop.actions.logo import logo
    from ltu_desktop.queries import agreements

    with ctx.store.read() as connection:
        row = agreements.employer_row(connection) or {}
    return Kept(row, logo(ctx))


def read_logo(ctx: Context, path: Path) -> object:
    """Take a picture as the logo."""
    from ltu_desktop.actions.logo import set_logo

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            "cannot_read",
            N_("This file cannot be read."),
            N_("Check that it is still there and not open elsewhere."),
            path.name,
        ) from error
    return set_logo(ctx, path.name, content)


class EmployerSection(Section):
    """Name, SIRET and address; who signs."""

    code: ClassVar[str] = "employer"
    title: ClassVar[str] = N_("Employer")
    icon: ClassVar[str] = "buildings"
    tables: ClassVar[frozenset[str]] = frozenset({"employer", "attachment"})

    _kept: Mapping[str, Any] | None = None
    _wanted: str | None = None

    def refresh(self) -> None:
        """Read the employer again."""
        self.desk.act(load_employer, self._show)

    def show_what(self, what: str, field: str = "") -> None:  # noqa: ARG002  it is the employer
        """Put the focus at a field, or at the first that is empty."""
        self._wanted = field

    def _show(self, found: Kept) -> None:
        stand = self.begin()
        self._kept = kept = found.row
        text = self.words.text
        self.head(text(N_("Employer")), text(N_("as it stands on every claim")))
        shown = {**kept, **{name: in_groups(name, kept.get(name) or "") for name in GROUPS}}
        self.grid("employer", IDENTITY, shown, lambda _part: self._save(), NAMES, WIDE)
        self.head(text(N_("Who signs")), "")
        self.grid("employer", SIGNS, kept, lambda _part: self._save())
        self.head(text(N_("Contributions certificate")))
        self.grid("employer", CERTIFICATE, kept, lambda _part: self._save(), NAMES)
        self._logo(found.logo)
        self.end(stand)
        if self._wanted is not None:
            field, self._wanted = self._wanted, None
            self.focus_field(field)

    def _logo(self, logo: bytes | None) -> None:
        """Show the logo as it is printed, and what can be done with it."""
        text = self.words.text
        self.head(text(N_("Logo")), text(N_("at the top left of the claims, 12 mm high at most")))
        across = row(gap=12)
        self.picture = QLabel()
        if logo is not None:
            drawn = QPixmap()
            drawn.loadFromData(logo)
            ratio = self.devicePixelRatioF()
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            drawn = drawn.scaled(QSize(*LOGO_ROOM) * ratio, keep, smooth)
            drawn.setDevicePixelRatio(ratio)
            self.picture.setPixmap(drawn)
            self.picture.setAccessibleName(text(N_("The logo")))
            across.addWidget(self.picture)
        self.choose_button = Button(
            text(N_("Choose another…")) if logo else text(N_("Choose a picture…")), icon="image"
        )
        self.choose_button.clicked.connect(self.choose_logo)
        self.remove_button = Button(text(N_("No logo")), icon="trash")
        self.remove_button.clicked.connect(self.remove_logo)
        self.remove_button.setVisible(logo is not None)
        for button in (self.choose_button, self.remove_button):
            button.setEnabled(self.desk.writable)
            across.addWidget(button)
        across.addStretch(1)
        self.form.addLayout(across)

    def choose_logo(self) -> None:
        """Choose a picture as the logo."""
        memory, text = self.desk.memory, self.words.text
        path = dialogs.ask_open(self, text(N_("Which picture?")), memory.folder, PICTURES)
        if path is not None:
            memory.folder = path.parent
            self.act("logo", lambda ctx: read_logo(ctx, path), text(N_("The logo is kept in the file.")))

    def remove_logo(self) -> None:
        """Print no logo any more."""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.logo import remove_logo

            return remove_logo(ctx)

        self.act("logo", action, self.words.text(N_("No logo is printed any more.")))

    def _save(self) -> None:
        from ltu_desktop.intake.identity import compact

        kept = self._kept
        values = self.read_part("employer", (*IDENTITY, *SIGNS, *CERTIFICATE))
        if kept is None or values is None:
            return
        values |= {name: compact(values[name]) for name in GROUPS}
        changed = {name: value for name, value in values.items() if (value or None) != (kept.get(name) or None)}
        if not changed:
            return

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.agreements import set_employer

            return set_employer(ctx, changed)

        self.act("employer", action)
