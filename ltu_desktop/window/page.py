"""What every page is: a head with title, context and actions, a body, and the commands it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Elided, column, label, narrow, row, rule
from ltu_desktop.window.tokens import PAGE_HEAD, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ltu_desktop.store.journal import Changed
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk


class PageHead(QFrame):
    """Title, one line of context, and the actions at the right; a way back where the page has one."""

    def __init__(self, commands: Commands, *, back: bool = False) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setFixedHeight(theme.grown(PAGE_HEAD))
        across = row(self, margins=(24, 0, 24, 0), gap=8)
        if back:
            way = commands.button("view.back", kind=Kind.QUIET, text="")
            across.addWidget(way)
            across.addSpacing(4)
        self.title = label("", Text.TITLE)
        self._titles = "", ""  # whole, and where the actions need its room
        self.context = Elided("", Text.BODY, "text2")
        across.addWidget(self.title)
        across.addSpacing(8)
        across.addWidget(self.context, 1)
        across.addStretch(0)  # in its place where it is hidden
        self.beside: list[QWidget] = []  # what a page puts beside its title
        self.actions_row: QHBoxLayout = row(gap=8)
        across.addLayout(self.actions_row)

    def say(self, title: str, context: str = "", *, short: str = "") -> None:
        """Set title and context; where the actions have too little room, a `short` title stands for the whole one."""
        self._titles = title, short or title
        self.title.setText(title)
        self.context.setText(context)
        self._squeeze()

    def add(self, *buttons: QWidget) -> None:
        """Add actions at the right."""
        for button in buttons:
            self.actions_row.addWidget(button)

    def cover(self, wide: int) -> None:
        """Leave free what something covers at the right, so that no action is cut."""
        self.setContentsMargins(0, 0, wide, 0)

    def event(self, event: QEvent) -> bool:
        """Give the actions the room there is."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._squeeze()
        return super().event(event)

    def _squeeze(self) -> None:
        """Leave actions their icons alone where all have no room, those with a key first; the one that matters never.

        Printer, arrow and eye are known, and have keys: the title gives way before the others lose their words.
        """
        shown = [each for each in self.findChildren(Button) if not each.isHidden()]
        quiet = sorted((each for each in shown if each.kind is Kind.NORMAL), key=lambda each: not each.hint)
        title, measure, room = self._titles[0], self.title.fontMetrics(), self.contentsRect().width()
        need = 72 + sum(each.sizeHint().width() + 24 for each in self.beside) + measure.horizontalAdvance(title)
        need += sum(each.needed(squeezed=False) + 8 for each in shown)
        if self.context.isVisibleTo(self):  # a short one stays whole, a long one gives way
            need += min(self.context.sizeHint().width(), 100)
        given = {each: each.needed(squeezed=False) - each.needed(squeezed=True) for each in quiet if each.icon_name}
        bare = []
        for each in quiet:
            if need > room and not each.hint and title != self._titles[1]:
                need -= measure.horizontalAdvance(title) - measure.horizontalAdvance(self._titles[1])
                title = self._titles[1]
            if each in given and need > room:
                need -= given[each]
                bare.append(each)
        for each in reversed(bare.copy()):  # a long one that had to give way may leave room for a short one
            if need + given[each] <= room:
                need += given[each]
                bare.remove(each)
        for each in quiet:
            each.squeeze(on=each in bare)
        if title != self.title.text():
            self.title.setText(title)


class Page(QWidget):
    """A page of the frame. It refreshes when shown, when the month changes, and when its tables change."""

    hinted = Signal()  # other keys are useful now
    code: ClassVar[str] = ""
    parent_code: str = ""  # the page that Esc and the navigation lead to
    tables: ClassVar[frozenset[str]] = frozenset()  # whose changes it shows

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk, self.commands, self.words = desk, commands, desk.words
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.box = column(self)
        self.head = PageHead(commands, back=bool(self.parent_code))
        self.box.addWidget(self.head)
        self.box.addWidget(rule(tone="line2"))
        self.stale = True

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what the page can do, by command."""
        return {}

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys most useful here, with what they do: for the status bar."""
        return []

    def show_what(self, what: object) -> None:
        """Take what the page should show, before it is refreshed."""

    def ahead(self) -> Iterator[str]:
        """Make what is only shown when it is asked for, a part in each turn; say which."""
        return iter(())

    def refresh(self) -> None:
        """Read again what is shown."""

    def month_changed(self) -> None:
        """Show another month."""
        self.refresh()

    def file_changed(self, changed: Changed) -> None:
        """Refresh when one of the page's tables changed, unless the page itself did it."""
        if changed.tables & self.tables and changed.initiator is not self:
            if self.isVisible():
                self.refresh()
            else:
                self.stale = True

    def compact(self) -> bool:
        """Tell whether the window is narrow, or what a drawer beside the page leaves of it."""
        return narrow(self)

    def fit(self) -> None:
        """Adapt to the window's width."""
        self.head.context.setVisible(not self.compact())
        for button in self.findChildren(Button):
            button.refit()

    def first_focus(self) -> QWidget | None:
        """Return what gets the focus when the page comes."""
        return None

    def place(self) -> object:
        """Return what `show_what` is to be given to come back to the same place."""
        return None

    def back(self) -> bool:
        """Take one step back inside the page; False when there is none."""
        return False

    def filter_field(self) -> QWidget | None:
        """Return the field that Ctrl+F goes to."""
        return None
