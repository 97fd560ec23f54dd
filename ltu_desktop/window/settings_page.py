"""The settings: sections at the left, one shown. What is typed is saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from ltu_desktop.actions.targets import Target
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import Band, clear, column, row, rule
from ltu_desktop.window.settings_agreement import AgreementSection
from ltu_desktop.window.settings_backups import BackupsSection
from ltu_desktop.window.settings_deleted import DeletedSection
from ltu_desktop.window.settings_employer import EmployerSection
from ltu_desktop.window.settings_operators import OperatorsSection
from ltu_desktop.window.settings_passphrase import PassphraseSection
from ltu_desktop.window.settings_rail import Rail
from ltu_desktop.window.settings_sites import SitesSection
from ltu_desktop.window.settings_window import WindowSection
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from ltu_desktop.store.journal import Changed
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.settings_section import Section

SECTIONS: tuple[type[Section], ...] = (
    EmployerSection,
    AgreementSection,
    SitesSection,
    OperatorsSection,
    BackupsSection,
    PassphraseSection,
    WindowSection,
    DeletedSection,
)
WHERE = {"values": "agreement"}
"""Sections of what can be asked for by another name."""


class SettingsPage(Page):
    """What holds for all months, by section; a section is made when it is first wanted."""

    code: ClassVar[str] = "settings"

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        text = self.words.text
        self.sections: dict[str, Section] = {}
        self._kinds = {kind.code: kind for kind in SECTIONS}
        self.current = SECTIONS[0].code
        self._told = column()
        self.box.addLayout(self._told)
        across = row(gap=0)
        self.rail = Rail([(kind.code, kind.icon, text(kind.title)) for kind in SECTIONS])
        self.rail.chosen.connect(self.choose)
        self.stack = QStackedWidget()
        self.stack.setProperty("pane", True)
        across.addWidget(self.rail)
        across.addWidget(rule(vertical=True, tone="line2"))
        across.addWidget(self.stack, 1)
        self.box.addLayout(across, 1)

    def section(self, code: str) -> Section:
        """Return a section, made now when it was never shown."""
        if code not in self.sections:
            self.sections[code] = self._kinds[code](self.desk)
            self.stack.addWidget(self.sections[code])
        return self.sections[code]

    def choose(self, code: str) -> None:
        """Show a section."""
        self.current = code
        self.refresh()

    def show_what(self, what: object) -> None:
        """Show a section: by its name or `values:PARAMETER` at what is missing there, or by a target at its field."""
        asked = what.subject if isinstance(what, Target) else what
        if isinstance(asked, str) and asked:
            name = asked.partition(":")[0]
            self.current = WHERE.get(name, name)
            self.section(self.current).show_what(asked, what.field if isinstance(what, Target) else "")

    def place(self) -> object:
        """Return the section that is shown."""
        return self.current

    def first_focus(self) -> QWidget | None:
        """Begin in the section, or in the list of sections while it is being read."""
        return self.section(self.current).first_focus() or self.rail.items[self.current]

    def back(self) -> bool:
        """Take one step back in the section."""
        return self.section(self.current).back()

    def refresh(self) -> None:
        """Read the section again."""
        section = self.section(self.current)
        self.rail.show_section(self.current)
        self.stack.setCurrentWidget(section)
        self._say_why()
        section.refresh()

    def file_changed(self, changed: Changed) -> None:
        """Refresh when the shown section's tables changed, unless the section itself did it."""
        section = self.sections.get(self.current)
        if section is not None and self.isVisible():
            if changed.tables & section.tables and changed.initiator is not section:
                section.refresh()
        else:
            self.stale = True

    def _say_why(self) -> None:
        """Say why nothing can be changed, where that is so, once: no toast says it again."""
        clear(self._told)
        text, why = self.words.text, self.desk.why_not
        self.head.say(text(N_("Settings")), "" if why else text(N_("saved as you type, and undoable")))
        if why:
            self.desk.said.emit("", False)
            holder = QWidget()
            box = column(holder, margins=(24, 8, 24, 8))
            box.addWidget(Band(Meaning.INFO, why))
            self._told.addWidget(holder)
