"""Draw `resources/icons/ltu-desktop.ico` from the .svg beside it: `python -m installers.icon`, after a change of it."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)  # what Windows asks for at 100, 125 and 150 %


def png(drawing: QSvgRenderer, size: int) -> bytes:
    """Draw at one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Put pictures of several sizes into one icon file."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place, entries, body = len(head) + 16 * len(pictures), b"", b""
    for size, data in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place + len(body))
        body += data
    return head + entries + body


def main() -> int:
    """Write the icon."""
    _application = QGuiApplication(["icon", "-platform", "offscreen"])
    drawing = QSvgRenderer(str(ICONS / "ltu-desktop.svg"))
    (ICONS / "ltu-desktop.ico").write_bytes(ico({size: png(drawing, size) for size in SIZES}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
