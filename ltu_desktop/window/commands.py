"""Every action a person can take, once: menus, buttons, tooltips, the palette and the help read this list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Button, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ltu_desktop.words import Words


@dataclass(frozen=True, slots=True)
class Command:
    """An action: its code, its text, its icon, its key, and the group under which help and palette list it.

    `short` is the text of its button where the page already says the rest.
    """

    code: str
    text: str
    icon: str
    group: str
    keys: str = ""
    short: str = ""


PAGES: Final = N_("Pages")
FILE: Final = N_("File")
EDIT: Final = N_("Changes")
MONTH: Final = N_("Month")
PEOPLE: Final = N_("People")
ATTENDANCE: Final = N_("Attendance")
PLANNING: Final = N_("Planning")
CLAIM: Final = N_("Claim")
PAYMENTS: Final = N_("Payments")
IMPORT: Final = N_("Import")
REPORTS: Final = N_("Reports")
VIEW: Final = N_("View")
ACTIVITIES: Final = N_("Activities")
PAPER: Final = N_("Printing for the sites")
HELP: Final = N_("Help")

COMMANDS: Final = (
    Command("page.home", N_("Home"), "house", PAGES, "Alt+1"),
    Command("page.people", N_("People"), "users", PAGES, "Alt+2"),
    Command("page.planning", N_("Planning"), "calendar-blank", PAGES, "Alt+3"),
    Command("page.attendance", N_("Attendance"), "table", PAGES, "Alt+4"),
    Command("page.claims", N_("Claims"), "receipt", PAGES, "Alt+5"),
    Command("page.payments", N_("Payments"), "bank", PAGES, "Alt+6"),
    Command("page.reports", N_("Reports"), "chart-bar", PAGES, "Alt+7"),
    Command("page.settings", N_("Settings"), "gear", PAGES, "Alt+8"),
    Command("file.new", N_("New file…"), "file-plus", FILE),
    Command("file.open", N_("Open a file…"), "folder-open", FILE, "Ctrl+O"),
    Command("file.demo", N_("Open the example"), "play-circle", FILE),
    Command("file.backup", N_("Back up now"), "shield-check", FILE),
    Command("file.restore", N_("Restore a backup…"), "clock-counter-clockwise", FILE),
    Command("settings.passphrase", N_("Passphrase and recovery sheet"), "lock-simple", FILE),
    Command("settings.operators", N_("Who works with this file"), "users-three", FILE),
    Command("settings.sites", N_("The sites"), "map-pin", FILE),
    Command("settings.deleted", N_("What was removed"), "trash", FILE),
    Command("file.close", N_("Close the file"), "x-circle", FILE),
    Command("file.quit", N_("Quit"), "sign-out", FILE, "Ctrl+Q"),
    Command("edit.undo", N_("Undo"), "arrow-u-up-left", EDIT, "Ctrl+Z"),
    Command("edit.redo", N_("Redo"), "arrow-u-up-right", EDIT, "Ctrl+Y"),
    Command("month.previous", N_("Previous month"), "caret-left", MONTH, "Ctrl+PgUp"),
    Command("month.next", N_("Next month"), "caret-right", MONTH, "Ctrl+PgDown"),
    Command("people.new", N_("New person"), "user-plus", PEOPLE, "Ctrl+N"),
    Command("people.import", N_("Import people…"), "download-simple", PEOPLE, "Ctrl+I", N_("Import…")),
    Command("people.export", N_("Export the list (Excel, CSV)…"), "export", PEOPLE, "Ctrl+E", N_("Export")),
    Command("people.change_many", N_("Change the selected people…"), "users-three", PEOPLE),
    Command("people.merge", N_("Merge the two selected records…"), "git-merge", PEOPLE),
    Command("people.keep_filter", N_("Save this filter…"), "funnel", PEOPLE),
    Command("people.attach", N_("Attach a document…"), "paperclip", PEOPLE, "Ctrl+J"),
    Command("planning.add", N_("Plan a shift…"), "plus", PLANNING, "Ctrl+N", N_("Plan…")),
    Command(
        "planning.copy_week", N_("Copy the previous week into this one"), "copy", PLANNING, "", N_("Copy previous week")
    ),
    Command("planning.templates", N_("Saved weeks…"), "stack", PLANNING, "Ctrl+T", N_("Saved weeks")),
    Command("planning.setup", N_("Needs, patterns, closed days…"), "sliders", PLANNING, "", N_("Needs and patterns")),
    Command("planning.previous_week", N_("Previous week"), "caret-left", PLANNING, "Alt+Left"),
    Command("planning.next_week", N_("Next week"), "caret-right", PLANNING, "Alt+Right"),
    Command("planning.this_week", N_("Back to this week"), "calendar-check", PLANNING, "Alt+Home"),
    Command("planning.next_conflict", N_("Next conflict"), "warning-octagon", PLANNING, "F8"),
    Command("planning.copy", N_("Copy the shift"), "copy", PLANNING, "Ctrl+C"),
    Command("planning.paste", N_("Paste the shift here"), "clipboard-text", PLANNING, "Ctrl+V"),
    Command("planning.copy_right", N_("Copy the shift to the next day"), "arrow-line-right", PLANNING, "Ctrl+R"),
    Command("planning.copy_down", N_("Copy the shift to the person below"), "arrow-line-down", PLANNING, "Ctrl+D"),
    Command("view.activities", N_("Activities and needs"), "recycle", ACTIVITIES, "", N_("Activities")),
    Command("activities.add", N_("Add an activity…"), "plus", ACTIVITIES, "Ctrl+N"),
    Command("planning.print", N_("Print the week for the sites…"), "printer", PLANNING, "Ctrl+P", N_("Print")),
    Command(
        "attendance.as_planned", N_("Fill as planned…"), "calendar-check", ATTENDANCE, "Ctrl+Shift+P", N_("As planned")
    ),
    Command("attendance.absence", N_("Enter an absence…"), "calendar-x", ATTENDANCE, "Ctrl+N", N_("Absence…")),
    Command("attendance.person", N_("The person’s month"), "user", ATTENDANCE, "F4"),
    Command("attendance.attach", N_("Attach the scanned sheet…"), "paperclip", ATTENDANCE, "Ctrl+J"),
    Command(
        "attendance.close", N_("Close or reopen the month…"), "lock-simple", ATTENDANCE, "", N_("Close the month…")
    ),
    Command("attendance.import", N_("Import attendance (Excel, CSV)…"), "download-simple", ATTENDANCE, "Ctrl+I"),
    Command("attendance.export", N_("Export the month (Excel, CSV)…"), "export", ATTENDANCE, "Ctrl+E"),
    Command("attendance.next_missing", N_("Next thing missing"), "warning-octagon", ATTENDANCE, "F8"),
    Command("attendance.paste", N_("Paste from Excel"), "clipboard-text", ATTENDANCE, "Ctrl+V"),
    Command("attendance.fill_down", N_("Fill down"), "arrow-line-down", ATTENDANCE, "Ctrl+D"),
    Command("attendance.fill_right", N_("Fill right"), "arrow-line-right", ATTENDANCE, "Ctrl+R"),
    Command("attendance.print", N_("Print the month sheets…"), "printer", ATTENDANCE, "Ctrl+P", N_("Print")),
    Command("paper.print", N_("Print for the sites…"), "printer", PAPER, "Ctrl+P", N_("Print")),
    Command("paper.save", N_("Save the document as PDF…"), "file-pdf", PAPER, "", N_("Save as PDF…")),
    Command("payroll.import", N_("Import the payroll…"), "download-simple", CLAIM, "Ctrl+Shift+I"),
    Command("claim.open", N_("Open the month’s claim"), "receipt", CLAIM),
    Command("claim.seal", N_("Seal the claim…"), "lock-simple", CLAIM, "", N_("Seal…")),
    Command("claim.send", N_("Note that the claim was sent"), "paper-plane-tilt", CLAIM, "", N_("Mark as sent")),
    Command("claim.paid", N_("Note that the claim was paid"), "bank", CLAIM, "", N_("Mark as paid")),
    Command("claim.export", N_("Export the claim (PDF, Excel, CSV, JSON)…"), "export", CLAIM, "Ctrl+E", N_("Export")),
    Command("claim.print", N_("Print the claim…"), "printer", CLAIM, "Ctrl+P", N_("Print")),
    Command("claim.preview", N_("Preview the form"), "eye", CLAIM, "F9", N_("Preview")),
    Command("claim.correct", N_("Correct the claim…"), "note-pencil", CLAIM, "", N_("Correct…")),
    Command(
        "claim.returned",
        N_("Note that the claim was returned…"),
        "envelope-simple-open",
        CLAIM,
        "",
        N_("Mark as returned…"),
    ),
    Command("claim.next_problem", N_("Next point"), "warning-octagon", CLAIM, "F8"),
    Command("claim.copy", N_("Copy the explanation"), "copy", CLAIM, "", N_("Copy")),
    Command("payments.import", N_("Import the bank’s file…"), "download-simple", PAYMENTS, "Ctrl+I"),
    Command("payments.add", N_("Add a payment"), "plus", PAYMENTS, "Ctrl+N"),
    Command("payments.accept", N_("Accept the proposal"), "check", PAYMENTS, "Ctrl+Return", N_("Accept")),
    Command("payments.accept_sure", N_("Accept the sure matches"), "checks", PAYMENTS),
    Command("payments.change", N_("Change the payment"), "pencil-simple", PAYMENTS, "F2"),
    Command("payments.remove", N_("Remove the payment"), "trash", PAYMENTS, "", N_("Remove")),
    Command("import.choose", N_("Another file…"), "folder-open", IMPORT, ""),
    Command("import.columns", N_("Choose the columns by hand…"), "columns", IMPORT, "", N_("Columns…")),
    Command("import.apply", N_("Import the chosen lines"), "check", IMPORT, "Ctrl+Return"),
    Command("import.next_refused", N_("Next refusal"), "warning-octagon", IMPORT, "F8"),
    Command("reports.seal", N_("Seal the statement…"), "lock-simple", REPORTS, "", N_("Seal…")),
    Command("reports.export", N_("Export the report (PDF, Excel, CSV)…"), "export", REPORTS, "Ctrl+E", N_("Export")),
    Command("reports.print", N_("Print the report…"), "printer", REPORTS, "Ctrl+P", N_("Print")),
    Command("reports.preview", N_("Preview the report"), "eye", REPORTS, "F9", N_("Preview")),
    Command("view.filter", N_("Filter the list"), "magnifying-glass", VIEW, "Ctrl+F"),
    Command("view.palette", N_("Search and do"), "magnifying-glass", VIEW, "Ctrl+K"),
    Command("view.pane", N_("Next pane"), "columns", VIEW, "F6"),
    Command("view.back", N_("One step back"), "arrow-left", VIEW, "Esc"),
    Command("view.history", N_("History"), "clock-counter-clockwise", VIEW, "Ctrl+H"),
    Command("view.help", N_("Help for this page"), "question", HELP, "F1", N_("Help")),
    Command("view.keys", N_("Keyboard shortcuts"), "keyboard", HELP, "Shift+F1"),
    Command("view.about", N_("About LTU Desktop"), "info", HELP),
    Command("rules.add", N_("Open a rules pack…"), "file-plus", HELP),
    Command("rules.back", N_("Undo the last rules pack"), "arrow-u-up-left", HELP),
    Command("program.update", N_("Open a newer installer…"), "download-simple", HELP),
)

BY_CODE: Final = {command.code: command for command in COMMANDS}


def key_text(words: Words, keys: str) -> str:
    """Write a key as people read it: `Ctrl E`, `Ctrl Entrée`."""
    names = {
        "PgUp": words.term("key", "PgUp"),
        "PgDown": words.term("key", "PgDn"),
        "Return": words.term("key", "Enter"),
        "Esc": words.term("key", "Esc"),
        "Shift": words.term("key", "Shift"),
        "Home": words.term("key", "Home"),
        "Left": "←",
        "Right": "→",
    }
    return " ".join(names.get(part, part) for part in keys.split("+"))


class Commands(QObject):
    """The actions of a window: pages bring what they can do, the rest is off."""

    def __init__(self, window: QWidget, words: Words) -> None:
        super().__init__(window)
        self._words = words
        self._handlers: dict[str, Callable[[], None]] = {}
        self._page: tuple[str, ...] = ()
        self._buttons: dict[str, list[Button]] = {}
        self.reasons: dict[str, str] = {}
        self._tips: dict[str, str] = {}
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(words.text(command.text), self)
            action.setEnabled(False)
            if command.keys:
                action.setShortcut(QKeySequence(command.keys))
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _on=False, code=command.code: self.do(code))
            window.addAction(action)
            self.actions[command.code] = action
        for other in ("Ctrl+Shift+Z",):  # what hands know from other programs
            self.actions["edit.redo"].setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence(other)])
        for code in ("import.apply", "payments.accept"):
            self.actions[code].setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])

    def do(self, code: str) -> None:
        """Do a command, when somebody is there to do it."""
        handler = self._handlers.get(code)
        if handler is not None and self.actions[code].isEnabled():
            handler()

    def bind(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Give commands that hold on every page."""
        for code, handler in handlers.items():
            self._handlers[code] = handler
            self.enable(code, on=True)

    def page(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Give the commands of the page that is shown, in place of those of the page before."""
        for code in self._page:
            self._handlers.pop(code, None)
            self.enable(code, on=False)
        self._page = tuple(code for code in handlers if code not in self._handlers)
        self.bind({code: handlers[code] for code in self._page})

    def enable(self, code: str, *, on: bool, reason: str = "") -> None:
        """Turn a command on or off; a reason says why it is off, in words, wherever the command is shown."""
        on = on and code in self._handlers
        self.actions[code].setEnabled(on)
        self.reasons[code] = "" if on else reason
        for button in self._buttons.get(code, []):
            self._dress(button, code)

    def tell(self, code: str, tip: str) -> None:
        """Say in a command's tooltip what exactly it would do now."""
        self._tips[code] = tip
        for button in self._buttons.get(code, []):
            self._dress(button, code)

    def on(self, code: str) -> bool:
        """Tell whether a command can be done now."""
        return self.actions[code].isEnabled()

    def button(
        self, code: str, *, kind: Kind = Kind.NORMAL, text: str | None = None, icon: str | None = None, key: bool = True
    ) -> Button:
        """Make a button of a command; its text, key, tooltip and state follow it. `text=""` shows the icon alone."""
        command = BY_CODE[code]
        shown = self._words.text(command.short or command.text) if text is None else text
        hint = key_text(self._words, command.keys) if key and shown else ""
        made = Button(shown, icon=command.icon if icon is None else icon, kind=kind, hint=hint)
        made.clicked.connect(lambda: self.do(code))
        made.destroyed.connect(lambda: self._forget(code, made))
        self._buttons.setdefault(code, []).append(made)
        self._dress(made, code)
        return made

    def _forget(self, code: str, button: Button) -> None:
        if button in self._buttons.get(code, []):
            self._buttons[code].remove(button)

    def _dress(self, button: Button, code: str) -> None:
        command, reason = BY_CODE[code], self.reasons.get(code, "")
        whole = self._words.text(command.text)
        key = key_text(self._words, command.keys)
        button.setEnabled(self.actions[code].isEnabled())
        button.setAccessibleName(button.text() or whole)
        button.setAccessibleDescription(reason)
        tip = f"{whole} ({key})" if key else whole
        button.setToolTip(reason or "\n".join(part for part in (tip, self._tips.get(code, "")) if part))

    def menu(self, parent: QWidget, groups: Iterable[Iterable[str]]) -> QMenu:
        """Make a menu of commands in groups parted by lines."""
        menu = QMenu(parent)
        theme.dress(menu)
        for place, group in enumerate(groups):
            if place:
                menu.addSeparator()
            for code in group:
                action = self.actions[code]
                action.setIcon(icons.icon(BY_CODE[code].icon))
                menu.addAction(action)
        return menu
