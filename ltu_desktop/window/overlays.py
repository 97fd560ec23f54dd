"""What lies over a page for a while: work under way, and trouble said in words. Never a window over a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Band, clear, column, give_shadow, label, row
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from typing import Any

    from ltu_desktop.window.worker import Task, Worker
    from ltu_desktop.words import Words

PATIENCE = 300  # ms before work under way is shown


class Progress(QFrame):
    """Work that takes longer than 0.3 s: its name, how far it is in words, and a way to stop it."""

    def __init__(self, parent: QWidget, worker: Worker, words: Words) -> None:
        super().__init__(parent)
        self._words = words
        self._task: Task[Any] | None = None
        self.setProperty("popup", True)
        self.setFixedWidth(320)
        box = column(self, margins=(14, 12, 14, 12), gap=8)
        head = row()
        self._title = label("", Text.STRONG)
        self._count = label("", Text.DENSE, "text2")
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        box.addLayout(head)
        line = row(gap=12)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._stop = Button(words.text(N_("Stop")), icon="x")
        self._stop.clicked.connect(self._cancel)
        line.addWidget(self._bar, 1)
        line.addWidget(self._stop)
        box.addLayout(line)
        give_shadow(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._appear)
        worker.started.connect(self._started)
        worker.progressed.connect(self._progressed)
        worker.ended.connect(self._ended)
        self.hide()

    def _started(self, task: Task[Any]) -> None:
        if self._task is None and task.title:
            self._task = task
            self._title.setText(task.title)
            self._count.setText("")
            self._bar.setRange(0, 0)
            self._stop.setVisible(False)  # only work that tells its progress can be stopped
            self._timer.start()

    def _appear(self) -> None:
        parent = self.parentWidget()
        assert parent is not None
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 44)
        self.show()
        self.raise_()

    def _progressed(self, task: Task[Any], done: int, total: int) -> None:
        if task is self._task:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            words = self._words
            said = words.text(N_("{done} of {total}"), done=words.integer(done), total=words.integer(total))
            self._count.setText(said)
            self._stop.setVisible(True)

    def _ended(self, task: Task[Any]) -> None:
        if task is self._task:
            self._task = None
            self._timer.stop()
            self.hide()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


class Trouble(QFrame):
    """Something in the user's world said no: one sentence and the next step, over the page until it is closed."""

    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.text = ""
        self.setProperty("ground", "canvas")
        self._box = column(self, margins=(24, 8, 24, 8))
        self.hide()

    def say(self, title: str, text: str, *ways: QWidget, meaning: Meaning = Meaning.BLOCKING) -> None:
        """Show the sentence and the next step, with buttons that take it."""
        clear(self._box)
        self.text = f"{title} {text}".strip()
        band = Band(meaning, title, text)
        for way in ways:
            band.ways.addWidget(way)
        close = Button(icon="x", kind=Kind.PLAIN)
        close.setAccessibleName(self._words.text(N_("Close this message")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.dismiss)
        band.ways.addWidget(close)
        self._box.addWidget(band)
        self.show()

    def dismiss(self) -> None:
        """Take the sentence away."""
        if self.isVisible():
            self.text = ""
            self.hide()
            self.closed.emit()
