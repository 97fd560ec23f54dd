"""Pieces of the import page: the place where a file is dropped, the table of what would change, the foot below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import BY_CODE
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.pieces import DropZone, column, label, row
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.import_rows import Line
    from ltu_desktop.words import Words


class PlanTable(Table):
    """The lines of a plan; heads of groups stand on their own ground across the table, Space takes or leaves."""

    def ground(self, row: Line) -> str:
        """Set the heads of groups off."""
        return "header" if row.row is None else "surface"

    def needs(self) -> dict[int, int]:
        """Leave the heads of groups out, which do not stand in the first column alone."""
        return {**super().needs(), 0: theme.grown(self.rows_model.columns[0].width)}

    def span_groups(self) -> None:
        """Let the heads of groups, and the words about a row, go over several columns."""
        self.clearSpans()
        codes = [each.code for each in self.rows_model.columns]
        field = codes.index("field")
        for place, line in enumerate(self.rows_model.rows()):
            if line.row is None:
                self.setSpan(place, 0, 1, len(codes))
            elif line.change is None:
                self.setSpan(place, field, 1, len(codes) - field)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Space acts on a line as Enter does."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            line = self.current_row()
            if line is not None:
                self.opened.emit(line)
            event.accept()
            return
        super().keyPressEvent(event)


class PlanFoot(QFrame):
    """How many lines are ready, refused and to decide; and the two ways out: cancel, import."""

    def __init__(self, words: Words, commands: Commands) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ground", "header")
        self.setFixedHeight(56)
        across = row(self, margins=(24, 0, 24, 0), gap=10)
        self._good, self._bad, self._open = QLabel(), QLabel(), QLabel()
        self.ready = label("", Text.STRONG)
        self.refused = label("", Text.STRONG, "blocking")
        self.asked = label("", Text.STRONG, "attention")
        for sign, icon, tone, said in (
            (self._good, "check-circle", "ok.icon", self.ready),
            (self._bad, "warning-octagon", "blocking.icon", self.refused),
            (self._open, "question", "attention.icon", self.asked),
        ):
            icons.put(sign, icon, tone)
            across.addWidget(sign)
            across.addWidget(said)
        across.addStretch(1)
        self.leave_button = commands.button("view.back", text=words.text(N_("Cancel")), icon="x")
        self.apply_button = commands.button("import.apply", kind=Kind.PRIMARY)
        across.addWidget(self.leave_button)
        across.addWidget(self.apply_button)

    def say(self, taken: int, refused: int, asked: int, *, bank: bool) -> None:
        """Say the counts, of a bank's file lines, of another people; `taken` are those that change something."""
        words = self._words
        if not taken:
            self.ready.setText(words.text(N_("Nothing to import")))
        elif bank:
            self.ready.setText(words.plural("{count} line ready", "{count} lines ready", taken))
        else:
            self.ready.setText(words.plural("{count} person ready", "{count} people ready", taken))
        self._good.setVisible(bool(taken))
        self.refused.setText(words.plural("{count} refused", "{count} refused", refused))
        self.asked.setText(words.plural("{count} to decide", "{count} to decide", asked))
        for count, widgets in ((refused, (self._bad, self.refused)), (asked, (self._open, self.asked))):
            for widget in widgets:
                widget.setVisible(bool(count))
        if not taken:
            self.apply_button.setText(words.text(BY_CODE["import.apply"].text))
        elif bank:
            self.apply_button.setText(words.plural("Import {count} line", "Import {count} lines", taken))
        else:
            self.apply_button.setText(words.plural("Import {count} person", "Import {count} people", taken))
        self.apply_button.refit()


class DropPane(QFrame):
    """Before there is a file: choose one, or drop it here."""

    def __init__(self, text: str, note: str, way: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        outer = column(self, margins=(24, 24, 24, 24))
        self.zone = DropZone()
        box = column(self.zone, gap=12)
        box.addStretch(1)
        sign = QLabel()
        icons.put(sign, "download-simple", "accent", 32)
        box.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self.said = label(text, Text.SECTION)
        box.addWidget(self.said, 0, Qt.AlignmentFlag.AlignHCenter)
        self.note = label(note, Text.BODY, "text2")
        box.addWidget(self.note, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(way, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        outer.addWidget(self.zone, 1)
