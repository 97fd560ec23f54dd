"""The system's own dialogs for choosing files, and the one question that is asked before what cannot be undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import column, label, row
from ltu_desktop.window.ring import FocusRing
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINTER_DPI = 300


def ask_open(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """Ask which file to open."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    parent.activateWindow()  # not every window system gives the focus back by itself
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, path: Path, kinds: str) -> Path | None:
    """Ask where a new file should lie."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(path), kinds)
    parent.activateWindow()
    return Path(name) if name else None


def open_file(path: Path) -> None:
    """Open a file with the program that the computer has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Ask for a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    parent.activateWindow()
    return Path(name) if name else None


def ask_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Ask for a printer with paper; raise UserError when there is none, or when a file would be made."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

    from ltu_desktop.window import recovery_print

    if not QPrinterInfo.availablePrinterNames():
        raise recovery_print.no_printer()
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(PRINTER_DPI)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
    taken = dialog.exec()
    dialog.deleteLater()
    if not taken:
        return None
    recovery_print.refuse_files(printer)
    return printer


class Why(QWidget):
    """A reason to be given in words: its name, its field, and what is wanted there."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        box = column(self, gap=4)
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(wanted)
        self.field.setFixedHeight(80)
        self.field.setTabChangesFocus(True)
        above = label(name, Text.DENSE, "text2")
        above.setBuddy(self.field)
        box.addWidget(above)
        box.addWidget(self.field)

    def text(self) -> str:
        """Return what was given, without the spaces around it."""
        return self.field.toPlainText().strip()


class Question(QDialog):
    """A step that cannot be undone, asked once, in words; a body widget may show more.

    `why` is a reason that must be given in its field: without a word there the step is off and says so.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        no: str,
        *,
        icon: str = "",
        body: QWidget | None = None,
        why: Why | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        theme.dress(self)
        self.setFixedWidth(480)
        box = column(self, margins=(24, 20, 24, 20), gap=12)
        box.addWidget(label(title, Text.TITLE, wrap=True))
        box.addWidget(label(text, Text.BODY, "text2", wrap=True))
        if body is not None:
            box.addWidget(body)
        if why is not None:
            box.addWidget(why)
        box.addSpacing(4)
        ways = row(gap=8)
        ways.addStretch(1)
        self.no = Button(no)
        self.yes = Button(yes, icon=icon, kind=Kind.PRIMARY)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        ways.addWidget(self.no)
        ways.addWidget(self.yes)
        box.addLayout(ways)
        self.resize(480, box.totalHeightForWidth(480))  # left to itself it measures the texts in a narrower width
        self._ring = FocusRing(self)
        if why is not None:
            why.field.textChanged.connect(lambda: self._need(why))
            self._need(why)
            why.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif body is None:
            self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _need(self, why: Why) -> None:
        """Offer the step once the reason is there."""
        said = bool(why.text())
        self.yes.setEnabled(said)
        self.yes.setToolTip("" if said else why.wanted)
        self.yes.setAccessibleDescription("" if said else why.wanted)

    def done(self, result: int) -> None:
        """Close, and give the focus back to the window that asked."""
        super().done(result)
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()
