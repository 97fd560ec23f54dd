"""The menu of the window: file, language, appearance; and the choices that the settings offer too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMenu

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.tokens import Appearance

if TYPE_CHECKING:
    from ltu_desktop.window.frame import Frame
    from ltu_desktop.window.memory import Memory

APPEARANCES = (
    (None, N_("Same as the system")),
    (Appearance.LIGHT, N_("Light")),
    (Appearance.DARK, N_("Dark")),
    (Appearance.CONTRAST, N_("High contrast")),
)
LANGUAGE_NAMES = (("fr", "Français"), ("en", "English"))  # each in its own language


def window_menu(frame: Frame) -> QMenu:
    """Make the menu."""
    words, commands = frame.words, frame.commands
    menu = commands.menu(frame, (("file.new", "file.open", "file.demo"), ("file.backup", "file.restore", "file.close")))
    menu.addSeparator()
    languages = menu.addMenu(words.text(N_("Language")))
    for code, name in LANGUAGE_NAMES:
        action = languages.addAction(name)
        action.setCheckable(True)
        action.setChecked(code == words.language)
        action.triggered.connect(lambda _on=False, code=code: frame.language_chosen.emit(code))
    looks = menu.addMenu(words.text(N_("Appearance")))
    for appearance, text in APPEARANCES:
        action = looks.addAction(words.text(text))
        action.setCheckable(True)
        action.setChecked(appearance == theme.state().chosen)
        action.triggered.connect(lambda _on=False, appearance=appearance: appear(frame.desk.memory, appearance))
    menu.addSeparator()
    for code in ("view.history", "view.help", "view.about", "file.quit"):
        menu.addAction(commands.actions[code])
    return menu


def appear(memory: Memory, appearance: Appearance | None) -> None:
    """Take an appearance, now and at the next start; None follows the system."""
    memory.appearance = appearance
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, appearance)
