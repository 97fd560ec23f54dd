"""The appearance in force: fonts, palette and style sheet, all made from the tokens."""

from __future__ import annotations

import contextlib
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleFactory, QStyleOption, QWidget

from ltu_desktop.window.tokens import ALL, LIGHT, SIZES, Appearance, Meaning, Text, Tokens

FAMILY: Final = "Source Sans Pro"


class _State(QObject):
    """What is in force now; `changed` tells painters to draw again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.chosen: Appearance | None = None  # None: as the system


_state: list[_State] = []


def state() -> _State:
    """Return the one holder of the appearance in force."""
    if not _state:
        _state.append(_State())
    return _state[0]


def tokens() -> Tokens:
    """Return the colours in force."""
    return state().tokens


def colour(name: str) -> QColor:
    """Return a colour by its token's name (`text2`), or by a meaning and its part (`blocking.fg`)."""
    meaning, _, part = name.partition(".")
    if part:
        return QColor(getattr(tokens().meaning(Meaning(meaning)), part))
    return QColor(getattr(tokens(), name))


def load_fonts() -> None:
    """Load Source Sans, so that the window looks the same on every machine."""
    found = find_spec("font_source_sans_pro")
    assert found is not None
    assert found.origin is not None
    for name in ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf"):
        QFontDatabase.addApplicationFont(str(Path(found.origin).parent / "files" / name))


def font(text: Text) -> QFont:
    """Return the font of a use of text, with tabular figures."""
    size, weight = SIZES[text]
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def system_appearance() -> Appearance:
    """Return what the system asks for."""
    hints = QGuiApplication.styleHints()
    with contextlib.suppress(AttributeError, RuntimeError):  # Qt below 6.10 cannot tell
        accessibility = hints.accessibility()
        if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Appearance.CONTRAST
    return Appearance.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Appearance.LIGHT


def apply(application: QApplication, chosen: Appearance | None = None) -> None:
    """Put an appearance in force everywhere; None follows the system."""
    holder = state()
    holder.chosen = chosen
    holder.tokens = ALL[chosen or system_appearance()]
    application.setPalette(palette(holder.tokens))
    application.setStyleSheet(style_sheet(holder.tokens))
    holder.changed.emit()


def prepare(application: QApplication) -> None:
    """Set fonts and style once, and follow the system's appearance from now on."""
    load_fonts()
    application.setFont(font(Text.BODY))
    application.setStyle(Style())
    apply(application)
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
    for meaning, trio in tokens.meanings.items():
        rules.append(f'QLabel[tone="{meaning}"] {{ color: {trio.fg}; }}')
        rules.append(
            f'QFrame[band="{meaning}"] {{ background: {trio.bg}; border: none; '
            f"border-left: 4px solid {trio.icon}; border-radius: 4px; }}"
        )
        rules.append(
            f'QLabel[badge="{meaning}"] {{ background: {trio.bg}; color: {trio.fg}; '
            "border-radius: 8px; padding: 0 6px; }"
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
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog {{ background: {t.canvas}; }}
QDialog {{ background: {t.raised}; }}
QLineEdit, QPlainTextEdit, QComboBox {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; border-radius: 4px;
    padding: 0 8px; min-height: 30px; selection-background-color: {t.selection}; selection-color: {t.text}; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: {t.text2}; }}
QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled {{
    background: {t.sunken}; color: {t.text3}; border-color: {t.line2}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{
    border: 2px solid {blocking.icon}; padding: 0 7px; min-height: 28px; }}
QPlainTextEdit {{ padding: 6px 8px; }}
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
QAbstractScrollArea {{ background: transparent; border: none; }}
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
QCheckBox, QRadioButton {{ spacing: 8px; min-height: 32px; }}
QFrame[card="true"] {{ background: {t.surface}; border: 1px solid {t.line2}; border-radius: 8px; }}
QFrame[card="first"] {{ background: {t.surface}; border: 2px solid {t.accent}; border-radius: 8px; }}
QFrame[popup="true"] {{ background: {t.raised}; border: 1px solid {t.line2}; border-radius: 8px; }}
QFrame[drop="true"] {{ background: transparent; border: 1px dashed {t.edge}; border-radius: 8px; }}
QFrame[drop="over"] {{ background: {t.accenttint}; border: 2px dashed {t.accent}; border-radius: 8px; }}
QFrame[toast="true"] {{ background: {t.text}; border: none; border-radius: 6px; }}
QLabel {{ background: transparent; }}
{_tones(tokens)}
"""


class Style(QProxyStyle):
    """Fusion with our check boxes; the ring of the focus is drawn by `ring.FocusRing`, around the widget."""

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))

    def drawPrimitive(  # noqa: N802  Qt's name
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw check marks and arrows with the tokens, and no dotted focus frames."""
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            return
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            on = bool(option.state & QStyle.StateFlag.State_On)
            enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
            draw_check(painter, option.rect.center().x(), option.rect.center().y(), on=on, enabled=enabled)
            return
        super().drawPrimitive(element, option, painter, widget)


def draw_check(painter: QPainter, x: int, y: int, *, on: bool, enabled: bool = True) -> None:
    """Draw a check box of 16 px around a centre."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, top = x - 7.5, y - 7.5
    if on and enabled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(int(left), int(top), 16, 16, 3, 3)
        pen = QPen(colour("onaccent"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        tick = ((left + 4, top + 8.2), (left + 6.9, top + 11), (left + 12, top + 5.2))
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in tick]))
    else:
        painter.setPen(QPen(colour("edge" if enabled else "line2"), 1))
        painter.setBrush(colour("surface" if enabled else "sunken"))
        painter.drawRoundedRect(QRectF(left, top, 15, 15), 3, 3)
    painter.restore()
