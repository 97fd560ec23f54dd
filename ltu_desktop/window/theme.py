"""The appearance in force: fonts, palette and style sheet, all made from the tokens.

The style sheet is given to each part of the window (`dress`), never to the application: that takes Qt five times as
long, and a part that is hidden can wait for its new colours.
"""

from __future__ import annotations

import contextlib
import weakref
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop.window.tokens import (
    ALL,
    LIGHT,
    ROW_COMPACT,
    ROW_LIST,
    SIZES,
    Appearance,
    Meaning,
    Text,
    Tokens,
)

FAMILY: Final = "Source Sans Pro"


class _State(QObject):
    """What is in force now; `changed` tells painters to draw again, `dressed` that a part has its new colours."""

    changed = Signal()
    dressed = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.chosen: Appearance | None = None  # None: as the system
        self.scale = 100  # size of the texts in per cent
        self.compact = False  # rows of lists
        self.sheet = ""
        self.parts: list[weakref.ref[QWidget]] = []
        self.frozen: list[QWidget] = []  # the parts in sight, while they take other colours
        self.waiting: list[QWidget] = []  # the hidden ones that take them later
        self.next = QTimer(self)
        self.next.setSingleShot(True)
        self.next.setInterval(1)  # a timer of 0 ms is a posted event, and these are all sent in one turn
        self.next.timeout.connect(self.go_on)

    def alive(self) -> list[QWidget]:
        """Return the dressed parts that are still there, and forget the others."""
        found = [(each, each()) for each in self.parts]
        self.parts = [each for each, part in found if part is not None and shiboken6.isValid(part)]
        return [part for _, part in found if part is not None and shiboken6.isValid(part)]

    @property
    def changing(self) -> bool:
        """Tell whether parts have still to take the colours in force."""
        return bool(self.frozen or self.waiting)

    def go_on(self) -> None:
        """Dress the parts in sight, then show them, then the hidden ones one by one: no turn stops the window long."""
        self.frozen = [part for part in self.frozen if shiboken6.isValid(part)]
        self.waiting = [part for part in self.waiting if shiboken6.isValid(part)]
        bare = [part for part in self.frozen if not part.styleSheet()]
        if bare:
            for part in bare:
                self.dress(part)
        elif self.frozen:
            for part in self.frozen:
                part.setUpdatesEnabled(True)
            self.frozen = []
        elif self.waiting:
            part = self.waiting[0]
            if part.styleSheet():
                part.setStyleSheet("")  # over an old sheet Qt matches all that a part holds twice
            else:
                del self.waiting[0]
                self.dress(part)
        if self.changing:
            self.next.start()

    def dress(self, part: QWidget) -> None:
        """Give an undressed part the colours in force."""
        part.setStyleSheet(self.sheet)
        self.dressed.emit(part)


_state: list[_State] = []


def state() -> _State:
    """Return the one holder of the appearance in force."""
    if not _state:
        _state.append(_State())
    return _state[0]


def tokens() -> Tokens:
    """Return the colours in force."""
    return state().tokens


def contrast() -> bool:
    """Tell whether high contrast is in force: grounds say nothing there, edges do."""
    return tokens().appearance is Appearance.CONTRAST


def colour(name: str) -> QColor:
    """Return a colour by its token's name (`text2`), or by a meaning and its part (`blocking.fg`); change it never."""
    return _colour(tokens().appearance, name)


@cache
def _colour(appearance: Appearance, name: str) -> QColor:
    """Make a colour once: painting asks for several in each cell."""
    known = ALL[appearance]
    meaning, _, part = name.partition(".")
    return QColor(getattr(known.meaning(Meaning(meaning)), part) if part else getattr(known, name))


def load_fonts() -> None:
    """Load Source Sans, so that the window looks the same on every machine."""
    found = find_spec("font_source_sans_pro")
    assert found is not None
    assert found.origin is not None
    for name in ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf"):
        QFontDatabase.addApplicationFont(str(Path(found.origin).parent / "files" / name))
    _font.cache_clear()


def grown(length: int) -> int:
    """Return a length that grows with the texts: heights of rows, bars and buttons, widths made for words."""
    return round(length * state().scale / 100)


def row_height(height: int) -> int:
    """Return the height of a table's rows as it was chosen: comfortable lists may become compact."""
    return grown(ROW_COMPACT if state().compact and height >= ROW_LIST else height)


def measure(application: QApplication, scale: int, rows: str) -> None:
    """Take the size of the texts and the rows for windows that are made from now on."""
    state().scale, state().compact = scale, rows == "compact"
    application.setFont(font(Text.BODY))


def font(text: Text) -> QFont:
    """Return the font of a use of text, with tabular figures; change it never."""
    return _font(text, state().scale)[0]


def metrics(text: Text) -> QFontMetrics:
    """Return the measures of the font of a use of text."""
    return _font(text, state().scale)[1]


@cache
def _font(text: Text, scale: int) -> tuple[QFont, QFontMetrics]:
    """Make a font once: painting asks for it cell by cell."""
    size, weight = SIZES[text]
    made = QFont(FAMILY)
    made.setPixelSize(round(size * scale / 100))
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made, QFontMetrics(made)


def system_appearance() -> Appearance:
    """Return what the system asks for."""
    hints = QGuiApplication.styleHints()
    with contextlib.suppress(AttributeError, RuntimeError):  # Qt below 6.10 cannot tell
        accessibility = hints.accessibility()
        if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Appearance.CONTRAST
    return Appearance.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Appearance.LIGHT


def colour_in(application: QApplication, chosen: Appearance | None = None) -> None:
    """Take an appearance's colours, for a window without texts: all that the first paint needs."""
    holder = state()
    holder.chosen = chosen
    holder.tokens = ALL[chosen or system_appearance()]
    application.setPalette(palette(holder.tokens))


def apply(application: QApplication, chosen: Appearance | None = None) -> None:
    """Put an appearance in force everywhere, in a few short turns; None follows the system."""
    colour_in(application, chosen)
    holder = state()
    holder.sheet = style_sheet(holder.tokens)
    alive = holder.alive()
    holder.frozen = [part for part in alive if part.isVisible()]
    holder.waiting = [part for part in alive if not part.isVisible()]
    for part in holder.frozen:
        part.setUpdatesEnabled(False)  # it keeps its old colours in sight until it is whole in the new ones
        part.setStyleSheet("")
    holder.changed.emit()
    holder.next.start()


def dress(part: QWidget) -> None:
    """Give a part of the window the style sheet, now and after every change; all that it holds follows it."""
    holder = state()
    holder.alive()
    holder.parts.append(weakref.ref(part))
    part.setStyleSheet(holder.sheet)


def prepare(application: QApplication, chosen: Appearance | None = None) -> None:
    """Set fonts and an appearance, and follow the system's from now on while none is chosen."""
    load_fonts()
    application.setFont(font(Text.BODY))
    apply(application, chosen)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda: _follow(application))


def _follow(application: QApplication) -> None:
    if state().chosen is None:
        apply(application)


def palette(tokens: Tokens) -> QPalette:
    """Make Qt's palette, for all that no style sheet reaches."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, tokens.canvas),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.header),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.text),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
        (role.Accent, tokens.accent),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line2),
        (role.Dark, tokens.edge),
        (role.Shadow, tokens.edge),
    ):
        made.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text3))
    return made


def _tones(tokens: Tokens) -> str:
    rules = [
        f'QLabel[tone="{name}"] {{ color: {getattr(tokens, name)}; }}'
        for name in ("text", "text2", "text3", "accent", "onaccent", "surface")
    ]
    framed = tokens.appearance is Appearance.CONTRAST
    for meaning, trio in tokens.meanings.items():
        edge = f"1px solid {trio.icon}" if framed else "none"
        rules.append(f'QLabel[tone="{meaning}"] {{ color: {trio.fg}; }}')
        rules.append(
            f'QFrame[band="{meaning}"] {{ background: {trio.bg}; border: {edge}; '
            f"border-left: 4px solid {trio.icon}; border-radius: 4px; "
            "border-top-left-radius: 0; border-bottom-left-radius: 0; }"
        )
        rules.append(
            f'QLabel[badge="{meaning}"] {{ background: {trio.bg}; color: {trio.fg}; '
            f"border: {edge}; border-radius: 8px; padding: 0 6px; }}"
        )
    grounds = [
        f'QFrame[ground="{name}"] {{ background: {getattr(tokens, name)}; border: none; }}'
        for name in ("canvas", "surface", "sunken", "header", "raised", "text", "accenttint")
    ]
    lines = [
        f'QFrame[rule="{name}"] {{ background: {getattr(tokens, name)}; border: none; }}'
        for name in ("line", "line2", "edge")
    ]
    return "\n".join((*rules, *grounds, *lines))


def style_sheet(tokens: Tokens) -> str:
    """Make the one style sheet; fonts are set on the widgets, never here."""
    t = tokens
    blocking = tokens.meaning(Meaning.BLOCKING)
    off = "dashed" if tokens.appearance is Appearance.CONTRAST else "solid"  # no grey is left to tell it by
    tile = f"1px solid {t.line2}" if tokens.appearance is Appearance.CONTRAST else "none"  # its ground is black
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog {{ background: {t.canvas}; }}
QDialog {{ background: {t.raised}; }}
QAbstractScrollArea {{ background: transparent; border: none; }}
QLineEdit, QPlainTextEdit, QComboBox {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; border-radius: 4px;
    padding: 0 8px; selection-background-color: {t.selection}; selection-color: {t.text}; }}
QComboBox {{ padding: 0 4px 0 10px; }} /* Qt sets the text of the others 2 and 4 px further in */
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {t.text3}; }}
QLineEdit, QComboBox {{ min-height: {grown(30)}px; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: {t.text2}; }}
QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled {{
    background: {t.sunken}; color: {t.text3}; border-color: {t.line2}; border-style: {off}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{
    border: 2px solid {blocking.icon}; padding: 0 7px; min-height: {grown(30) - 2}px; }}
QComboBox[wrong="true"] {{ padding: 0 3px 0 9px; }}
QPlainTextEdit {{ padding: 6px; }}
QTextBrowser {{ padding: 5px; }}
QLineEdit[cell="true"] {{
    border: 2px solid {t.focus}; border-radius: 0; padding: 0 2px; min-height: 0; }}
QLineEdit[cell="true"][bad="true"] {{
    border: 2px solid {blocking.icon}; background: {blocking.bg}; color: {blocking.fg}; }}
QLineEdit[bare="true"] {{ border: none; background: transparent; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{
    background: {t.raised}; border: 1px solid {t.line2}; outline: none; padding: 4px;
    selection-background-color: {t.selection}; selection-color: {t.text}; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.line2}; padding: 6px; }}
QMenu::item {{ padding: 7px 24px 7px 12px; border-radius: 4px; color: {t.text}; }}
QMenu::item:selected {{ background: {t.selection}; }}
QMenu::item:disabled {{ color: {t.text3}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 6px 4px; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line2}; padding: 6px 8px; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QTableView, QListView {{ background: {t.surface}; border: none; outline: none; }}
QTableView::item {{ border: none; }}
QHeaderView {{ background: {t.header}; border: none; }}
QTableCornerButton::section {{ background: {t.header}; border: none; }}
QSplitter::handle {{ background: {t.line2}; }}
QSplitter::handle:hover {{ background: {t.accent}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.text3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.sunken}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
QCheckBox, QRadioButton {{ spacing: 9px; min-height: 32px; padding-left: 1px; }}
QCheckBox[dense="true"] {{ spacing: 6px; }}
QFrame[card="true"] {{ background: {t.surface}; border: 1px solid {t.line2}; border-radius: 8px; }}
QFrame[card="first"] {{ background: {t.accenttint}; border: 2px solid {t.accent}; border-radius: 8px; }}
QFrame[tile="true"] {{ background: {t.accenttint}; border: {tile}; border-radius: 8px; }}
QFrame[card="first"] QFrame[tile="true"] {{ background: {t.surface}; }}
QFrame[popup="true"] QListView {{ background: {t.raised}; }}
QFrame[popup="true"] {{ background: {t.raised}; border: 1px solid {t.line2}; border-radius: 8px; }}
QFrame[toast="true"] {{ background: {t.text}; border: none; border-radius: 6px; }}
QLabel {{ background: transparent; }}
{_tones(tokens)}
"""
