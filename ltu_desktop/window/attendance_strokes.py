"""Qt's keys as ours."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ltu_desktop.window.attendance_keys import Stroke

NAMES: Final = {
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_F2: "F2",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Menu: "Menu",
}


def stroke_of(event: QKeyEvent) -> Stroke:
    """Turn Qt's key into ours."""
    held = event.modifiers()
    key = Qt.Key(event.key())
    name = NAMES.get(key, chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else "")
    ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
    return Stroke(
        name,
        "" if ctrl else event.text(),
        ctrl,
        bool(held & Qt.KeyboardModifier.ShiftModifier),
        bool(held & Qt.KeyboardModifier.AltModifier),
    )
