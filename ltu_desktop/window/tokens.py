"""The tokens: the one table of colours and measures. Palette, style sheet and delegates read it, nothing else does.

Source: the table of the look (section 1). Contrasts are measured by `tests/window/test_tokens.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Appearance(StrEnum):
    """The three appearances; the system's choice is followed unless a person chooses."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Meaning(StrEnum):
    """The four meanings, each told by colour, icon and word together."""

    OK = "ok"
    ATTENTION = "attention"
    BLOCKING = "blocking"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Trio:
    """Colours of a meaning: text, ground of a chip or band, icon and bar."""

    fg: str
    bg: str
    icon: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one appearance, by use."""

    appearance: Appearance
    canvas: str  # page ground, side panes
    surface: str  # tables, cards, fields, top bar
    sunken: str  # navigation, status bar, gauge track
    header: str  # table heads, pinned totals
    weekend: str  # days on which nobody works (high contrast: hatched)
    raised: str  # popups only
    hover: str  # row or button under the pointer
    selection: str  # selected row or range
    text: str  # values, names, titles
    text2: str  # labels, secondary columns
    text3: str  # hints, units, shortcuts
    line: str  # hairlines between rows
    line2: str  # pane edges, tags
    edge: str  # borders of fields, buttons, check boxes
    accent: str  # primary button, links, current page, bars
    accenthover: str
    accentpress: str
    accenttint: str  # set filter, next-step band
    onaccent: str  # text on accent
    focus: str  # ring, 2 px, 1 px away from the widget
    shadow: str  # under popups and toasts, with its alpha
    meanings: dict[Meaning, Trio]

    def meaning(self, meaning: Meaning) -> Trio:
        """Return the three colours of a meaning."""
        return self.meanings[meaning]


LIGHT = Tokens(
    appearance=Appearance.LIGHT,
    canvas="#F4F3F0",
    surface="#FFFFFF",
    sunken="#EAE8E3",
    header="#F8F7F5",
    weekend="#EFEDE8",
    raised="#FFFFFF",
    hover="#F1F0EC",
    selection="#D5E8EC",
    text="#1D1F21",
    text2="#46494D",
    text3="#62656A",
    line="#DEDBD5",
    line2="#C6C2BA",
    edge="#85817A",
    accent="#0B5F73",
    accenthover="#094E5F",
    accentpress="#073E4C",
    accenttint="#E1EFF2",
    onaccent="#FFFFFF",
    focus="#0B5F73",
    shadow="#29000000",
    meanings={
        Meaning.OK: Trio("#1B6535", "#E6F3E9", "#23834A"),
        Meaning.ATTENTION: Trio("#7A4B00", "#FDF1D6", "#B06D00"),
        Meaning.BLOCKING: Trio("#A01D1D", "#FCE9E7", "#C62F2B"),
        Meaning.INFO: Trio("#3A4A9B", "#EAEDFA", "#4F60B8"),
    },
)

DARK = Tokens(
    appearance=Appearance.DARK,
    canvas="#16191B",
    surface="#1E2224",
    sunken="#111416",
    header="#23282A",
    weekend="#181B1D",
    raised="#272C2F",
    hover="#262B2E",
    selection="#1F434C",
    text="#ECEDEC",
    text2="#C3C7C8",
    text3="#A8AEB0",
    line="#33393C",
    line2="#454C50",
    edge="#7C8589",
    accent="#6CC3D5",
    accenthover="#86D0DF",
    accentpress="#9FDBE7",
    accenttint="#1B363D",
    onaccent="#06242B",
    focus="#8FDCEB",
    shadow="#73000000",
    meanings={
        Meaning.OK: Trio("#8FD6A5", "#1B3324", "#62BE80"),
        Meaning.ATTENTION: Trio("#F0C674", "#3A2E14", "#DDA63A"),
        Meaning.BLOCKING: Trio("#FFABA3", "#42201F", "#F07A70"),
        Meaning.INFO: Trio("#B3C0FF", "#252C4D", "#8F9FF2"),
    },
)

CONTRAST = Tokens(
    appearance=Appearance.CONTRAST,
    canvas="#000000",
    surface="#000000",
    sunken="#000000",
    header="#000000",
    weekend="#000000",
    raised="#000000",
    hover="#262626",
    selection="#003B66",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#E6E6E6",
    line="#8C8C8C",
    line2="#B5B5B5",
    edge="#FFFFFF",
    accent="#FFE14D",
    accenthover="#FFEC8F",
    accentpress="#FFFFFF",
    accenttint="#000000",
    onaccent="#000000",
    focus="#FFE14D",
    shadow="#00000000",
    meanings={
        Meaning.OK: Trio("#7CF0A0", "#000000", "#7CF0A0"),
        Meaning.ATTENTION: Trio("#FFD166", "#000000", "#FFD166"),
        Meaning.BLOCKING: Trio("#FF9C94", "#000000", "#FF9C94"),
        Meaning.INFO: Trio("#9CC9FF", "#000000", "#9CC9FF"),
    },
)

ALL = {tokens.appearance: tokens for tokens in (LIGHT, DARK, CONTRAST)}


class Text(StrEnum):
    """Sizes of text, named by use; see `SIZES`."""

    FIGURE = "figure"  # the one big figure of a pane
    TITLE = "title"  # page title
    SECTION = "section"
    BODY = "body"  # body and fields
    STRONG = "strong"
    DENSE = "dense"  # dense tables
    DENSE_STRONG = "dense_strong"
    NOTE = "note"  # notes, shortcuts
    NOTE_STRONG = "note_strong"


SIZES: dict[Text, tuple[int, int]] = {  # pixels, weight; nothing below 12
    Text.FIGURE: (28, 600),
    Text.TITLE: (20, 600),
    Text.SECTION: (16, 600),
    Text.BODY: (14, 400),
    Text.STRONG: (14, 600),
    Text.DENSE: (13, 400),
    Text.DENSE_STRONG: (13, 600),
    Text.NOTE: (12, 400),
    Text.NOTE_STRONG: (12, 600),
}

SCALES = (100, 110, 125, 150)  # sizes of the texts that can be chosen, in per cent

# heights and widths of the frame, in logical pixels
NAV_WIDTH = 80
NAV_ITEM = 60
TOP_BAR = 52
PAGE_HEAD = 56
STATUS_BAR = 28
STATE_BAR = 40
ROW_LIST = 36
ROW_COMPACT = 28  # what a row of a list becomes when rows are compact
ROW_CLAIM = 30
ROW_IMPORT = 32
TABLE_HEAD = 32
TARGET = 32  # least height of something to click
NARROW = 1200  # below this width of the window, hints and subtitles go
LEAST = 900  # px: the narrowest window
LOWEST = 420  # px: the lowest one, on an office screen at 150 % between its title and the task bar
ASIDE = "aside"  # the window's property: how much of its width a drawer beside the page takes
