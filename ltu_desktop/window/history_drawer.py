"""The history (Ctrl+H): the journal in sentences by day, and what can be taken back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStackedWidget, QStyledItemDelegate, QWidget

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.text import fold
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Button, Kind, rounded
from ltu_desktop.window.drawer import WIDTH, Drawer
from ltu_desktop.window.history_work import HistoryRow, later, load, undo
from ltu_desktop.window.pieces import SearchField, column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ltu_desktop.store.journal import Changed
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.models import Index
    from ltu_desktop.words import Words

FIRST: Final = 300  # entries read at first; a filter or the last line reads them all
LEFT, RIGHT = 44, 16
_ROW: Final = Qt.ItemDataRole.UserRole + 1
_NOTE: Final = Qt.ItemDataRole.UserRole + 2
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


class _Delegate(QStyledItemDelegate):
    """Draws the head of a day, or an entry: its sentence in full, then when it was and its number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  Qt's name
        view = option.widget
        width = (view.viewport().width() if isinstance(view, QListWidget) else theme.grown(WIDTH)) - LEFT - RIGHT
        if index.data(_ROW) is None:
            return QSize(width, 34)
        metrics = theme.metrics(Text.DENSE)
        text = metrics.boundingRect(QRect(0, 0, width, 2000), _WRAP, index.data())
        return QSize(width, text.height() + 16 + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, view = QRect(option.rect), option.widget
        entry: HistoryRow | None = index.data(_ROW)
        painter.save()
        if entry is None:
            painter.fillRect(rect, theme.colour("header"))
            painter.setFont(theme.font(Text.DENSE_STRONG))
            painter.setPen(theme.colour("text2"))
            painter.drawText(rect.adjusted(16, 0, -RIGHT, 0), int(Qt.AlignmentFlag.AlignVCenter), index.data())
            painter.restore()
            return
        if isinstance(view, QListWidget) and view.currentRow() == index.row():
            focus = view.hasFocus()
            painter.fillRect(rect, theme.colour("selection" if focus else "sunken"))
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, theme.colour("accent" if focus else "edge"))
            if focus:
                rounded(painter, rect.adjusted(4, 2, -2, -2), "", "focus", 4, 2)
        changed = "info" if entry.kind == "note" else "note-pencil"  # what changed no data was not written
        icon = "lock-simple" if entry.final else "arrow-u-up-left" if entry.undone else changed
        icons.draw(painter, icon, "text3", QRect(rect.left() + 14, rect.top() + 8, 20, 18))
        inside = rect.adjusted(LEFT, 8, -RIGHT, -8)
        painter.setFont(theme.font(Text.DENSE))
        painter.setPen(theme.colour("text3" if entry.undone or entry.kind == "undo" else "text"))
        painter.drawText(inside.adjusted(0, 0, 0, -16), _WRAP, index.data())
        painter.setFont(theme.font(Text.NOTE))
        painter.setPen(theme.colour("text3"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignBottom), index.data(_NOTE))
        painter.fillRect(QRect(rect.left() + 16, rect.bottom(), rect.width() - 32, 1), theme.colour("line"))
        painter.restore()


class _List(QListWidget):
    """The entries; Enter goes on to what can be done with one."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class HistoryDrawer(Drawer):
    """The journal, the last entry first; it follows every change while it is open."""

    hinted = Signal()  # other keys are useful now

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        words = desk.words
        text = words.text
        super().__init__(parent, words, text(N_("History")))
        self._desk = desk
        self._rows: list[HistoryRow] = []
        self._all = self._more = False
        self._asked: list[int] = []
        self._number: int | None = None
        self.search = SearchField(text(N_("Filter the history")), theme.grown(WIDTH))
        bar = QWidget()
        inner = row(bar, margins=(16, 8, 16, 8))
        inner.addWidget(self.search, 1)
        self.body.addWidget(bar)
        self.body.addWidget(rule())
        self.list = _List(text(N_("History")))
        self.empty = label("", Text.BODY, "text2", wrap=True)
        self.empty.setContentsMargins(16, 16, 16, 16)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.empty)
        self.body.addWidget(self._middle, 1)
        self.older = Button(text(N_("Show older entries")), icon="clock-counter-clockwise", kind=Kind.QUIET)
        self._below = QWidget()  # the way to what is older, below its line
        below = column(self._below, gap=0)
        below.addWidget(rule())
        across = row(margins=(2, 0, 0, 0))  # its icon below those of the entries
        across.addWidget(self.older)
        across.addStretch(1)
        below.addLayout(across)
        self.body.addWidget(self._below)
        self.body.addWidget(rule(tone="line2"))
        self.body.addWidget(self._foot(words))
        self.search.textChanged.connect(lambda _text: self._typed())
        self.list.currentRowChanged.connect(lambda _at: self._say_ways())
        self.list.entered.connect(self._to_ways)
        self.older.clicked.connect(self._read_all)
        desk.changed.connect(self._changed)
        desk.file_changed.connect(self._other_file)

    def _foot(self, words: Words) -> QWidget:
        text = words.text
        foot = QWidget()
        box = column(foot, margins=(16, 12, 16, 12), gap=8)
        self.reason = label("", Text.DENSE, "text2", wrap=True)
        box.addWidget(self.reason)
        self.ways = QWidget()
        ways = row(self.ways)
        self.this = Button(text(N_("Undo this")))
        self.after = Button(text(N_("Undo what came after")))
        self.this.clicked.connect(self._undo_this)
        self.after.clicked.connect(self._undo_after)
        ways.addWidget(self.this)
        ways.addWidget(self.after)
        ways.addStretch(1)
        box.addWidget(self.ways)
        self.question = QWidget()
        asked = row(self.question)
        self.yes = Button("", icon="check", kind=Kind.PRIMARY)
        self.no = Button(text(N_("Leave as it is")))
        self.yes.clicked.connect(self._undo_asked)
        self.no.clicked.connect(self._leave)
        asked.addWidget(self.yes)
        asked.addWidget(self.no)
        asked.addStretch(1)
        box.addWidget(self.question)
        self.question.hide()
        return foot

    def first(self) -> QWidget:
        """Begin in the list."""
        return self.list

    def filter_field(self) -> QWidget | None:
        """Filter the entries."""
        return self.search

    def hints(self) -> list[tuple[str, str]]:
        """Say how to go through the entries."""
        text = self.words.text
        can = self.this.isEnabled() or self.after.isEnabled()
        enter = [(self.words.term("key", "Enter"), text(N_("undo…")))] if can else []
        return [("↑↓", text(N_("choose"))), *enter, ("Ctrl F", text(N_("filter"))), *super().hints()]

    # ---- reading ----

    def refresh(self) -> None:
        """Read the journal again."""
        limit = None if self._all else FIRST
        self._desk.act(lambda ctx: load(ctx, limit), self._show)

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.refresh()

    def _other_file(self) -> None:
        self._rows, self._all, self._number = [], False, None
        if self._desk.store is None:
            self.vanish()
        elif self.isVisible():
            self.refresh()

    def _read_all(self) -> None:
        self._all = True
        self.refresh()

    def _typed(self) -> None:
        if self.search.text() and self._more:
            self._read_all()
        else:
            self._fill()

    def _show(self, found: tuple[list[HistoryRow], bool]) -> None:
        self._rows, self._more = found
        self._fill()

    def _fill(self) -> None:
        self._asked = []
        wanted = fold(self.search.text()).split()
        rows = [each for each in self._rows if not wanted or _holds(fold(each.text), wanted)]
        chosen, scrolled = self._number, self.list.verticalScrollBar().value()
        self.list.blockSignals(True)
        self.list.clear()
        day: date | None = None
        for each in rows:
            if each.day != day:
                day = each.day
                head = QListWidgetItem(self._day(day))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            self.list.addItem(self._item(each))
        self.list.blockSignals(False)
        places = [at for at in range(self.list.count()) if self._row_at(at) is not None]
        again = [at for at in places if (found := self._row_at(at)) is not None and found.number == chosen]
        if places:
            self.list.setCurrentRow((again or places)[0])
            self.list.verticalScrollBar().setValue(scrolled if again else 0)
        self.empty.setText(
            self.words.text(N_("No entry says this."))
            if self._rows
            else self.words.text(N_("Nothing was changed yet."))
        )
        self._middle.setCurrentIndex(0 if places else 1)
        self._below.setVisible(self._more)
        self._say_ways()

    def _item(self, each: HistoryRow) -> QListWidgetItem:
        text = self.words.text
        item = QListWidgetItem(each.text)
        state = text(N_("undone")) if each.undone else text(N_("for good")) if each.final else ""
        number = text(N_("no. {number}"), number=self.words.integer(each.number))
        note = " · ".join(part for part in (each.time, number, state) if part)
        item.setData(_ROW, each)
        item.setData(_NOTE, note)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.text}, {self._day(each.day)}, {note}")
        return item

    def _day(self, day: date) -> str:
        from babel.dates import format_date

        today = self._desk.clock.now().date()
        if day == today:
            return self.words.text(N_("Today"))
        pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
        said = format_date(day, pattern, locale="fr_FR" if self.words.language == "fr" else "en_GB")
        return said[:1].upper() + said[1:]

    def _row_at(self, at: int) -> HistoryRow | None:
        item = self.list.item(at)
        found = item.data(_ROW) if at >= 0 and item is not None else None
        return found if isinstance(found, HistoryRow) else None

    # ---- taking back ----

    def chosen(self) -> HistoryRow | None:
        """Return the entry that is chosen."""
        return self._row_at(self.list.currentRow())

    def _say_ways(self) -> None:
        chosen, text = self.chosen(), self.words.text
        self._asked = []
        self.question.hide()
        self.ways.show()
        self._number = chosen.number if chosen is not None else self._number
        numbers, blocker = later(self._rows, chosen.number) if chosen is not None else ([], None)
        writable = self._desk.writable
        self.this.setEnabled(writable and chosen is not None and chosen.can_be_undone)
        self.after.setEnabled(writable and bool(numbers))
        if chosen is None:
            reason = ""
        elif not writable:
            reason = self._desk.why_not
        elif blocker is not None:
            reason = text(N_("What came before this entry stays: {what}"), what=blocker.text)
        elif chosen.final:
            reason = text(N_("This entry is for good: a sealed claim is corrected, never undone."))
        elif chosen.undone:
            reason = text(N_("This entry was undone already."))
        elif chosen.kind == "note":
            reason = text(N_("This entry changed no data: there is nothing to undo."))
        elif chosen.kind == "undo":
            reason = text(N_("This entry took something back. Redo does it again."))
        else:
            reason = ""
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.hinted.emit()

    def _to_ways(self) -> None:
        for way in (self.this, self.after):
            if way.isEnabled():
                way.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _undo_this(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self._undo([chosen.number])

    def _undo_after(self) -> None:
        """Take back what came after; ask first, in words, when that is more than one entry."""
        chosen = self.chosen()
        numbers, _ = later(self._rows, chosen.number) if chosen is not None else ([], None)
        if len(numbers) <= 1:
            self._undo(numbers)
            return
        words = self.words
        self._asked = numbers
        count = len(numbers)
        self.reason.setText(
            words.plural(
                "{count} change is undone. It can be done again.",
                "{count} changes are undone, the latest first. They can be done again.",
                count,
            )
        )
        self.yes.setText(words.plural("Undo {count} change", "Undo {count} changes", count))
        self.yes.refit()
        self.reason.show()
        self.ways.hide()
        self.question.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo_asked(self) -> None:
        self._undo(self._asked)

    def _leave(self) -> None:
        self._say_ways()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self, numbers: list[int]) -> None:
        if not numbers:
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.act(
            lambda ctx: undo(ctx, numbers), self._undone, title=self.words.text(N_("Undoing")), failed=self._refused
        )

    def _undone(self, count: int) -> None:
        said = self.words.plural("{count} change undone", "{count} changes undone", count)
        self._desk.said.emit(said, False)

    def _refused(self, error: UserError) -> None:
        self._desk.troubled.emit(error)
        self.refresh()


def _holds(text: str, wanted: list[str]) -> bool:
    return all(part in text for part in wanted)
