"""The yearly statement sealed from its page: which version is shown, and the one question before a further one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import dialogs
from ltu_desktop.window import reports_work as work
from ltu_desktop.window.controls import Choice
from ltu_desktop.window.pieces import Elided
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.documents.statement_figures import Seal
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page


class StatementSeal(QObject):
    """The choice of the version and the sealing; `changed` asks the page to show what is chosen now."""

    changed = Signal()

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        text = desk.words.text
        self.choice = Choice(text(N_("Version")), [(0, text(N_("as it stands now")))])
        self.choice.chosen.connect(lambda _value: self.changed.emit())
        self.choice.hide()
        self.why = Elided("", Text.DENSE, "text3")  # it cannot be sealed now
        self.why.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def version(self) -> int:
        """The sealed version that is chosen, 0 for the statement as the file stands."""
        return self.choice.value if isinstance(self.choice.value, int) else 0

    def show(self, shown: work.Shown | None) -> None:
        """Offer the versions of a statement; nothing for another report."""
        words, commands = self._desk.words, self._page.commands
        statement = shown is not None and shown.ask.kind == "statement"
        sealed = shown.sealed if shown is not None else ()
        options: list[tuple[object, str]] = [(0, words.text(N_("as it stands now")))]
        options += [
            (
                version,
                words.text(N_("{version}, sealed on {day}"), version=version, day=words.day(at.astimezone().date())),
            )
            for version, at in sealed
        ]
        self.choice.set_options(options)
        self.choice.setVisible(statement and bool(sealed))
        draft = shown is not None and shown.report.draft
        reason = self._desk.why_not
        if self._desk.writable:
            reason = words.text(N_("Draft: {why}."), why=shown.report.unfinished) if draft and shown else ""
        if statement and self.version:
            reason = words.text(N_("Sealed already."))
        on = statement and self._desk.writable and not draft and not self.version
        commands.enable("reports.seal", on=on, reason=reason if statement else "")
        self.why.setText(reason if statement and not on else "")

    def seal(self, year: int) -> None:
        """Ask once, in words, then seal."""
        words = self._desk.words
        asked = dialogs.Question(
            self._page,
            words.text(N_("Seal the statement of {year}?"), year=str(year)),
            words.text(
                N_(
                    "Its figures will be fixed as they are now, with their fingerprint. What changes later goes into a "
                    "further version; a sealed one can be written again at any time, always the same."
                )
            ),
            words.term("button", "Seal"),
            words.text(N_("Not yet")),
            icon="lock-simple",
        )
        if asked.exec():
            self._desk.act(
                lambda ctx: work.seal(ctx, year),
                self._sealed,
                title=words.text(N_("Sealing the statement")),
                initiator=self._page,
            )
        asked.deleteLater()

    def _sealed(self, seal: Seal) -> None:
        self.choice.set_options([*self.choice._options, (seal.version, "")])  # noqa: SLF001  shown again at once
        self.choice.value = seal.version
        self.changed.emit()
        text = self._desk.words.text(N_("Sealed. Its fingerprint is {print}."), print=short_print(seal.sha256))
        self._desk.said.emit(text, False)
