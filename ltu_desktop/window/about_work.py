"""What is brought on a key, done from the window: a newer edition of the rules, a newer program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ltu_desktop.actions.schemes import InUse, Offer
    from ltu_desktop.actions.updates import Update
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.worker import Task

SCHEME: Final = "fr-tzcld"


class AboutWork(QObject):
    """The commands; `changed` tells that other rules are in use, `leave` that the program must close."""

    changed = Signal()
    leave = Signal()

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk, self._words = window, desk, desk.words
        self.brought: Offer | None = None  # what was taken since the start

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what can be done from everywhere."""
        return {"rules.add": self.add, "rules.back": self.back, "program.update": self.update}

    def add(self) -> None:
        """Ask for a pack; take it into use when every check is passed."""
        path = self._ask(N_("Choose a rules pack"), N_("Rules packs (*.ltupack)"))
        if path is None:
            return

        def job(_task: Task[tuple[Offer, InUse]]) -> tuple[Offer, InUse]:
            from ltu_desktop.actions import schemes

            offer = schemes.look(path)
            return offer, schemes.add(offer)

        self._desk.worker.run(job, self._added, title=self._words.text(N_("Checking the rules pack")))

    def _added(self, taken: tuple[Offer, InUse]) -> None:
        self.brought, used = taken
        self._tell(used)

    def back(self) -> None:
        """Take the last pack back."""

        def job(_task: Task[InUse]) -> InUse:
            from ltu_desktop.actions import schemes

            return schemes.take_back(SCHEME)

        self._desk.worker.run(job, self._taken_back)

    def _taken_back(self, used: InUse) -> None:
        self.brought = None
        self._tell(used)

    def _tell(self, used: InUse) -> None:
        words = self._words
        self._desk.said.emit(
            words.text(
                N_("Rules in use: edition {edition} of {day}"), edition=used.edition, day=words.day(used.issued)
            ),
            False,
        )
        self.changed.emit()
        self._desk.month_changed.emit()  # every page works its figures out again

    def update(self) -> None:
        """Ask for a newer program; start it when its signature is right and the person agrees."""
        path = self._ask(N_("Choose the installer"), N_("Installers (*.exe *.deb)"))
        if path is None:
            return

        def job(_task: Task[Update]) -> Update:
            from ltu_desktop.actions import updates

            return updates.look(path)

        self._desk.worker.run(job, self._offer, title=self._words.text(N_("Checking the installer")))

    def _offer(self, update: Update) -> None:
        text = self._words.text
        question = dialogs.Question(
            self._window,
            text(N_("Install version {version}?"), version=update.version),
            text(N_("Its signature is right. The program closes, and the installer starts. Your files stay.")),
            text(N_("Install")),
            text(N_("Not now")),
            icon="download-simple",
        )
        question.accepted.connect(lambda: self._start(update))
        question.open()

    def _start(self, update: Update) -> None:
        dialogs.open_file(update.path)
        if sys.platform == "win32":  # its files could not be replaced while it runs
            self.leave.emit()

    def _ask(self, title: str, kinds: str) -> Path | None:
        memory, text = self._desk.memory, self._words.text
        path = dialogs.ask_open(self._window, text(title), memory.folder, text(kinds))
        if path is not None:
            memory.folder = path.parent
        return path
