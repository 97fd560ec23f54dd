"""The help's own pictures, cut out of the pages: `python -m tests.gallery --help-pictures` renews them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPixmap, QRegion

from ltu_desktop import RESOURCES
from ltu_desktop.window.tokens import Appearance
from ltu_desktop.words import LANGUAGES
from tests import gallery, shots_attendance, shots_planning
from tests.studio import Studio, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

PICTURES = RESOURCES / "help" / "pictures"
FOLDERS = {Appearance.LIGHT: PICTURES, Appearance.DARK: PICTURES / "dark"}
WIDTH = 664  # pixels, twice as many as the drawer has room for


@dataclass(frozen=True)
class Cut:
    """A part of a page: which shot, which widget of the page, and the area of it."""

    name: str
    shot: Callable[[Studio], None]
    widget: Callable[[QWidget], QWidget]
    area: QRect


def cuts() -> tuple[Cut, ...]:
    """Return the parts that are shown, one for each page of the help that has a picture."""
    return (
        Cut("home", gallery.home, lambda page: page, QRect(0, 56, 640, 330)),
        Cut("people", gallery.person, lambda page: page.panel, QRect(0, 0, 470, 314)),  # type: ignore[attr-defined]
        Cut("claim", gallery.check, lambda page: page, QRect(0, 56, 600, 321)),
        Cut("payments", gallery.payments, lambda page: page, QRect(0, 56, 640, 330)),
        Cut("planning", shots_planning.planning, lambda page: page, QRect(0, 56, 640, 342)),
        Cut("attendance", shots_attendance.attendance, lambda page: page, QRect(0, 56, 640, 360)),
    )


def draw(example: Path) -> list[Path]:
    """Draw every picture in both languages, light and dark; return where they are."""
    made = []
    for language, (look, folder), cut in product(LANGUAGES, FOLDERS.items(), cuts()):
        folder.mkdir(parents=True, exist_ok=True)
        studio = Studio(example, look=look, language=language)
        try:
            cut.shot(studio)
            settle(studio.frame)
            wait(studio.frame, 300)
            assert studio.frame.page is not None
            path = folder / f"{cut.name}-{language}.png"
            taken(cut.widget(studio.frame.page), cut.area).save(str(path))
            made.append(path)
        finally:
            studio.close()
    return made


def taken(widget: QWidget, area: QRect) -> QImage:
    """Take an area of a widget at twice its size, so that it is crisp on any screen, in its 256 commonest colours."""
    area &= widget.rect()
    pixmap = QPixmap(area.size() * 2)
    pixmap.setDevicePixelRatio(2)
    widget.render(pixmap, QPoint(), QRegion(area))
    image = pixmap.toImage().scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(image.constBits()).cast("I")
    table = [colour for colour, _ in Counter(pixels).most_common(256)]
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
