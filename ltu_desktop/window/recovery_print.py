"""The recovery sheet goes from memory to the printer: no file, no preview, no print into a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ltu_desktop.actions.context import Context

_INTO_FILES = re.compile(r"pdf|xps|onenote|fax", re.IGNORECASE)


def print_sheet(ctx: Context, printer: QPrinter) -> int:
    """Draw the sheets, print them, and note their number alone in the history; return that. Runs on the worker."""
    from ltu_desktop.actions.passphrases import printed, sheet
    from ltu_desktop.window.printing import print_pdf

    print_pdf(sheet(ctx), printer, ctx.progress)
    return printed(ctx)


def refuse_files(printer: QPrinter) -> None:
    """Raise UserError for a printer that writes a file, or sends what it is given away."""
    from PySide6.QtPrintSupport import QPrinter

    native = printer.outputFormat() == QPrinter.OutputFormat.NativeFormat and not printer.outputFileName()
    if not native or _INTO_FILES.search(printer.printerName()):
        raise UserError(
            "prints_a_file",
            N_("This printer writes to a file: a copy of the key would stay on the computer."),
            N_("Choose a paper printer nearby, or copy the key by hand."),
        )


def no_printer() -> UserError:
    """Say that this computer has no printer."""
    return UserError(
        "no_printer",
        N_("This computer has no printer."),
        N_("Show the key and copy it by hand, group by group."),
    )
