"""The window is painted before anything slow is loaded."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ltu_desktop import app
from ltu_desktop.window import theme
from ltu_desktop.window.memory import Memory
from ltu_desktop.words import Words
application = QApplication([])
theme.prepare(application)
frame = app.build(Memory(Path(sys.argv[1])), app.SystemClock(), Words("fr"), "x")
seen = []
frame.painted.connect(lambda: seen.extend(sys.modules))
frame.show()
while not seen:
    application.processEvents()
slow = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "pikepdf", "qtawesome", "odf", "PySide6.QtPdf"}
print(sorted(slow & set(seen)))
frame.close()
"""


def test_nothing_slow_is_loaded_before_the_first_paint(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.stdout.strip(), done.stderr.strip()) == ("[]", "")
