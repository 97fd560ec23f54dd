"""About: the version, the rules in use, and the parts with their licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from ltu_desktop import __version__
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import theme
from ltu_desktop.window.about_work import SCHEME
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.drawer import Drawer
from ltu_desktop.window.help_drawer import dress, reading
from ltu_desktop.window.pieces import column, rule

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

    from ltu_desktop.actions.schemes import InUse, Offer
    from ltu_desktop.window.about_work import AboutWork
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words


class AboutDrawer(Drawer):
    """A text with links to the licences, and below it what can be brought on a key."""

    def __init__(self, parent: QWidget, commands: Commands, words: Words, work: AboutWork) -> None:
        super().__init__(parent, words, words.text(N_("About LTU Desktop")))
        self._commands, self._work = commands, work
        self.part = ""  # whose licence is shown
        self.back = Button(words.text(N_("Back")), icon="arrow-left", kind=Kind.QUIET)
        self.back.clicked.connect(self.refresh)
        self.head.insertWidget(1, self.back)
        self.text = reading(words.text(N_("About LTU Desktop")))
        self.text.anchorClicked.connect(self._follow)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(rule())
        foot = QWidget()
        below = column(foot, margins=(16, 12, 16, 12), gap=8)
        for code in ("rules.add", "rules.back", "program.update"):
            below.addWidget(commands.button(code))
        self.body.addWidget(foot)
        work.changed.connect(self.refresh)
        theme.state().changed.connect(self._again)

    def first(self) -> QWidget:
        """Begin in the text, which the arrows scroll."""
        return self.text

    def refresh(self) -> None:
        """Show the version, the rules and the parts."""
        self.part = ""
        self.back.hide()
        self.text.setMarkdown("\n".join([*self._program(), *self._rules(), *self._parts()]))
        dress(self.text.document())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.setFocus()

    def _program(self) -> list[str]:
        text = self.words.text
        return [
            f"# LTU Desktop {__version__}",
            "",
            text(N_("Free software under the European Union Public Licence (EUPL-1.2). It works without a network.")),
            "",
        ]

    def _rules(self) -> list[str]:
        from ltu_desktop.actions import schemes

        words = self.words
        lines = ["## " + words.text(N_("The rules in use")), ""]
        try:
            used = schemes.in_use(SCHEME)
        except UserError as error:
            return [*lines, words.error(error), ""]
        reason = words.text(N_("The rules in use came with the program: there is no pack to undo."))
        self._commands.enable("rules.back", on=used.brought, reason=reason)
        return [*lines, used.name, "", self._edition(used), "", *self._brought(self._work.brought)]

    def _edition(self, used: InUse) -> str:
        text = (
            N_("Edition {edition} of {day}, brought as a pack.")
            if used.brought
            else N_("Edition {edition} of {day}, which came with the program.")
        )
        return self.words.text(text, edition=used.edition, day=self.words.day(used.issued))

    def _brought(self, offer: Offer | None) -> list[str]:
        """Tell what a pack brought that was taken a moment ago."""
        if offer is None:
            return []
        words = self.words
        lines = [offer.file.note.get(words.language, ""), ""]
        for new in offer.values:
            value = "?" if new.value.value is None else words.parameter_value(new.value.value, new.unit)
            since = words.text(N_("from {day}"), day=words.day(new.value.start))
            lines.append(f"- {words.parameter(new.parameter)}{words.colon} {value} {since} ({new.value.source})")
        agree = words.plural("{count} case agrees", "{count} cases agree", offer.cases)
        return [*lines, "", f"{agree}.", ""]

    def _parts(self) -> list[str]:
        from ltu_desktop import licences

        lines = ["## " + self.words.text(N_("Components and licences")), ""]
        for part in licences.parts():
            named = f"{part.name} {part.version}"
            link = f"[{named}](part:{part.name})" if part.papers else named
            lines.append(f"- {link}, {part.licence}")
        return lines

    def _follow(self, link: QUrl) -> None:
        """Show the licence of a part."""
        self._show(link.path())

    def _show(self, part: str) -> None:
        from ltu_desktop import licences

        self.part = part
        self.text.setPlainText("\n\n\n".join(licences.texts_of(part)))
        dress(self.text.document())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.back.show()

    def _again(self) -> None:
        """Take the colours of another appearance."""
        if self.part:
            self._show(self.part)
        elif self.isVisible():
            self.refresh()
