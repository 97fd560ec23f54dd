"""Papers in and out of the window: a file that is chosen or dropped is read, a paper is opened by a copy."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.desk import Desk


def read_file(path: Path) -> bytes:
    """Return what a file holds; UserError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            "cannot_read",
            N_("This file cannot be read."),
            N_("Check that it is still there and not open elsewhere."),
            path.name,
        ) from error


def dropped(event: QDropEvent) -> Path:
    """Return the file that was dropped."""
    return Path(event.mimeData().urls()[0].toLocalFile())


def open_copy(desk: Desk, key: bytes) -> None:
    """Open a copy of a paper with the computer's own program; copies go when ours ends."""

    def action(ctx: Context) -> Path:
        from ltu_desktop.actions.attachments import copy_to

        return copy_to(ctx, key, _folder())

    desk.act(action, dialogs.open_file)


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ltu-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
