"""The herald shows on the frame what the desk tells: the file, what is saved, what could be undone, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button
from ltu_desktop.window.frame import TITLE
from ltu_desktop.window.tokens import Meaning
from ltu_desktop.window.ways import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.store.journal import Changed, Entry
    from ltu_desktop.window.frame import Frame

OF_A_FILE = (
    *(f"settings.{code}" for code in SETTINGS),
    *("file.backup", "file.close", "month.previous", "month.next", "view.palette", "view.history"),
)
BADGE_AFTER = 400  # ms of rest before the blockers are counted


class Herald(QObject):
    """Listens to the desk for the frame and its pages."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame, self._words, self._desk = frame, frame.words, frame.desk
        self._badge = QTimer(self)
        self._badge.setSingleShot(True)
        self._badge.setInterval(BADGE_AFTER)
        self._badge.timeout.connect(self._ask_blockers)
        desk = self._desk
        desk.file_changed.connect(self._file_changed)
        desk.month_changed.connect(self._month_changed)
        desk.changed.connect(self._changed)
        desk.role_changed.connect(self._role_changed)
        desk.history_changed.connect(self._history)
        desk.said.connect(self.say)
        desk.waits.connect(self.say_saved)
        desk.counted.connect(frame.status.facts.setText)
        desk.troubled.connect(self.show_trouble)
        desk.worker.broken.connect(self._broken)
        frame.start.elsewhere.connect(self._offer_reading)
        frame.toast.undo.connect(desk.undo)
        self._history(None, None)

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what can be done to the whole file, on every page."""
        return {
            "file.close": self._desk.close_file,
            "file.backup": self._back_up,
            "edit.undo": self._desk.undo,
            "edit.redo": self._desk.redo,
        }

    def stop(self) -> None:
        """Ask for nothing more: the window closes."""
        self._badge.stop()

    # ---- the file and the month ----

    def let_work(self, *, on: bool) -> None:
        """Turn on or off what needs an open file."""
        commands = self._frame.commands
        for code in (*OF_A_FILE, *(f"page.{code}" for code in self._frame.pages)):
            if code in commands.actions:
                commands.enable(code, on=on)
        if not on:
            self._history(None, None)

    def _file_changed(self) -> None:
        frame, store = self._frame, self._desk.store
        frame.trouble.dismiss()
        if store is None:
            frame.whereabouts.forget()
            frame.setWindowTitle(TITLE)
            frame.ways.leave()
            frame.start.refresh()
            frame.show_start()
            return
        self.let_work(on=True)
        frame.setWindowTitle(f"{store.path.name} – {TITLE}")
        frame.outer.setCurrentWidget(frame.work)
        self.say_saved()
        frame.ways.spoil()
        if not frame.whereabouts.put_back():
            frame.go(next(iter(frame.pages)))

    def _role_changed(self) -> None:
        """Show everything again as the role of whoever works here lets it be seen and changed."""
        self.say_saved()
        self._desk.ask_history()
        self._frame.ways.spoil()
        self._frame.ways.refresh()

    def _month_changed(self) -> None:
        self._frame.top.month.say(self._words, self._desk.month)
        self._badge.start()
        self._frame.ways.spoil()
        page = self._frame.page
        if page is not None and self._desk.store is not None:
            page.stale = False
            page.month_changed()

    def _changed(self, changed: Changed) -> None:
        self.say_saved()
        self._badge.start()
        for page in self._frame.pages.made():
            page.file_changed(changed)

    def _ask_blockers(self) -> None:
        """Count what blocks the month's claim, for the badge in the navigation."""
        from ltu_desktop.window.claim_work import count_blockers

        month, button = self._desk.month, self._frame.navigation.buttons["page.claims"]
        self._desk.act(
            lambda ctx: count_blockers(ctx, month), button.set_badge, failed=lambda _error: button.set_badge(0)
        )

    # ---- what is said ----

    def say_saved(self, waits: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's argument
        """Show in words that all is saved, or that a change waits."""
        desk, top = self._desk, self._frame.top
        if desk.store is not None and not desk.writable:
            top.say_saved(self._words.text(N_("Read-only")), "eye", "attention", "attention.icon", desk.why_not)
        elif waits:
            top.say_saved(self._words.text(N_("A change is waiting")), "info", "info", "info.icon")
        elif desk.saved_at is None:
            top.say_saved(self._words.text(N_("All is saved")), "check-circle", "text3", "text3")
        else:
            at = f"{desk.saved_at.astimezone():%H:%M}"
            top.say_saved(self._words.text(N_("Saved at {time}"), time=at), "check-circle", "ok", "ok.icon")

    def _history(self, undoable: Entry | None, redoable: Entry | None) -> None:
        desk, commands = self._desk, self._frame.commands
        for code, entry, nothing in (
            ("edit.undo", undoable, N_("There is nothing to undo.")),
            ("edit.redo", redoable, N_("There is nothing to do again.")),
        ):
            reason = desk.why_not or self._words.text(nothing)
            commands.enable(code, on=desk.writable and entry is not None, reason=reason)
            commands.tell(code, desk.said_entry(entry) if entry is not None else "")

    def say(self, text: str, undo: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's arguments
        """Say in a toast what was done."""
        self._frame.toast.say(text, self._words.text(N_("Undo")) if undo else "", "Ctrl Z" if undo else "")

    def show_trouble(self, error: UserError) -> None:
        """Say what stands in the way, and what to do next."""
        bare = UserError(error.code, error.what, "", error.where, error.params)
        mend = UserError(error.code, error.mend, "", "", error.params)
        self._show_something()
        self._frame.trouble.say(self._words.error(bare), self._words.error(mend) if error.mend else "")

    def not_ours(self, path: Path) -> None:
        """Say that a file is none of ours, where no file is open to import it."""
        what, mend = N_("This is not an LTU Desktop file."), N_("Open a file that ends in .ltu.")
        self.show_trouble(UserError("not_ours", what, mend, path.name))

    def _offer_reading(self, error: UserError, path: Path) -> None:
        """Say who has the file, and offer to read it meanwhile."""
        way = Button(self._words.text(N_("Open read-only")), icon="eye")
        way.clicked.connect(lambda: self._frame.start.open(path, read_only=True))
        bare = UserError(error.code, error.what, "", path.name, error.params)
        self._show_something()
        self._frame.trouble.say(self._words.error(bare), "", way, meaning=Meaning.ATTENTION)

    def _broken(self, error: BaseException) -> None:
        from ltu_desktop.window.crash import write_report

        path = write_report(error, self._desk.clock)
        self._show_something()
        self._frame.trouble.say(
            self._words.text(N_("The program made a mistake. What was shown as saved is safe.")),
            self._words.text(N_("A report without any personal data lies in {path}."), path=path),
        )

    def _show_something(self) -> None:
        """Show the first page when a file did not open at the start: the bare ground leads nowhere."""
        if self._frame.outer.currentWidget() is self._frame.ground:
            self._frame.show_start()

    def _back_up(self) -> None:
        def done(path: Path) -> None:
            self.say(self._words.text(N_("Backed up and proven: {path}"), path=path))
            self._desk.backed_up.emit()

        self._desk.act(lambda ctx: ctx.store.backup(), done, title=self._words.text(N_("Backing up")))
