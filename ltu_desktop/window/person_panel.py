"""One person at the right of the list: who she is above, tabs below it, and the chosen part of her record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.person_essentials import Essentials
from ltu_desktop.window.person_facts import Documents, History, Months
from ltu_desktop.window.person_identity import Identity
from ltu_desktop.window.person_part import WIDTH, Part
from ltu_desktop.window.person_skills import Skills
from ltu_desktop.window.person_support import Support
from ltu_desktop.window.pieces import JOINER, Upright, column, label, row, rule
from ltu_desktop.window.tabs import Tabs
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from ltu_desktop.queries.people import PersonDetail
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.words import Words

PARTS: tuple[type[Part], ...] = (Essentials, Identity, Skills, Support, Documents, Months, History)
"""What stands behind the tabs, in their order; a further part is added here."""

P = TypeVar("P", bound=Part)


class PersonPanel(QFrame):
    """The panel. What is typed in its parts is saved at once: signals say what, `person_work` does it."""

    closed = Signal()
    paper_wanted = Signal(object, str, object)  # the person, what the paper is, its path (None: it is asked for)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.sheet: Sheet | None = None
        self.kept = ""  # the place that shall have the focus again when the panel is drawn anew
        self._dropped: Path | None = None
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setAcceptDrops(True)
        box = column(self)
        head = row(margins=(20, 12, 12, 4), gap=8)
        names = column(gap=2)
        self.name = label("", Text.TITLE, wrap=True)
        self.facts = label("", Text.DENSE, "text2", wrap=True)
        names.addWidget(self.name)
        names.addWidget(self.facts)
        head.addLayout(names, 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(words.text(N_("Close the panel")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        self.tabs = Tabs([(kind.code, words.text(kind.title)) for kind in PARTS], words.text(N_("More tabs")))
        box.addWidget(self.tabs)
        box.addWidget(rule())
        self._scroll = Upright()
        inside = QWidget()
        whole = column(inside, margins=(20, 12, 20, 16))
        self.parts: dict[str, Part] = {kind.code: kind(words) for kind in PARTS}
        self._waiting: dict[str, Sheet] = {}  # by parts that do not show it yet
        self._filled: dict[str, bytes] = {}  # by parts, whom they show
        for part in self.parts.values():
            whole.addWidget(part, 1)
            part.hide()
        self._scroll.setWidget(inside)
        box.addWidget(self._scroll, 1)
        self.essentials = self.part(Essentials)
        self.identity = self.part(Identity)
        self.essentials.contracts.shown.connect(lambda form: self._scroll.ensureWidgetVisible(form, 0, 12))
        self.documents.wanted.connect(self._want_paper)
        self.essentials.points.wanted.connect(self._want_paper)
        self.tabs.chosen.connect(lambda _code: self._show_part())
        self._show_part()

    def part(self, kind: type[P]) -> P:
        """Return a part by its class."""
        found = self.parts[kind.code]
        assert isinstance(found, kind)
        self._fill(kind.code)
        return found

    @property
    def documents(self) -> Documents:
        """The person's papers."""
        return self.part(Documents)

    @property
    def person(self) -> PersonDetail | None:
        """The person that is shown."""
        return self.sheet.person if self.sheet is not None else None

    @property
    def current(self) -> Part:
        """The part that is shown."""
        return self.parts[self.tabs.current]

    def _show_part(self) -> None:
        """Show the part of the chosen tab; the others wait."""
        self._fill(self.tabs.current)
        for code, part in self.parts.items():
            part.setVisible(code == self.tabs.current)
        self._scroll.verticalScrollBar().setValue(0)

    def _fill(self, code: str) -> None:
        """Show the person in a part that waited: only one is seen at a time, and all of them would stop the window."""
        sheet = self._waiting.pop(code, None)
        if sheet is not None:
            again = self._filled.get(code) == sheet.person.id
            self._filled[code] = sheet.person.id
            self.parts[code].show_sheet(sheet, again=again)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a person; the same one stays where she is scrolled, and what is being typed stays typed."""
        words, person = self._words, sheet.person
        again = self.person is not None and self.person.id == person.id
        place = self._scroll.verticalScrollBar().value() if again else 0
        self.sheet = sheet
        first = str(person.values["first_names"])
        self.name.setText(person.list_name.removesuffix(first) + first.replace("-", f"-{JOINER}"))
        activity = sheet.listed.activity if sheet.listed is not None else ""
        facts = [words.text(N_("no. {number}"), number=person.staff_number), person.site, activity]
        self.facts.setText(" · ".join(part for part in facts if part))
        self.setAccessibleName(person.list_name)
        for code, part in self.parts.items():
            self._waiting[code] = sheet
            self.tabs.say_count(code, part.count(sheet))
        for code in {self.tabs.current, Essentials.code, Identity.code}:  # what the file refuses is said in these two
            self._fill(code)
        self._scroll.verticalScrollBar().setValue(place)
        kept, self.kept = self.kept, ""
        if kept:
            self.current.put_hand(kept)

    def keep_hand(self) -> None:
        """Remember in which place the hand is, for the panel is drawn anew."""
        self.kept = self.current.hand()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Lay the parts out for the room there is."""
        super().resizeEvent(event)
        for part in self.parts.values():
            part.spread(wide=self.width() >= WIDTH - 20)

    def refuse(self, name: str, text: str) -> bool:
        """Say below its field what the file refuses; tell whether there is such a field."""
        return self.essentials.refuse(name, text) or self.identity.refuse(name, text)

    def focus_missing(self) -> bool:
        """Put the focus into the very field that is missing; tell whether one is."""
        widget = self.essentials.missing_field()
        if widget is None:
            return False
        self.tabs.choose(Essentials.code)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(widget)
        return True

    def focus_field(self, name: str) -> bool:
        """Put the focus into a field, by its name in `actions.fields`, whatever tab it is on; tell whether there is."""
        for code, part in self.parts.items():
            self._fill(code)
            widget = part.mend(name)
            if widget is not None:
                self.tabs.choose(code)
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(widget)
                return True
        return False

    def begin(self, field: str) -> None:
        """Take the focus: in the wanted field, in what is missing, or where the shown part begins."""
        writable = self.sheet is not None and self.sheet.writable
        if not (field and writable and self.focus_field(field)) and not self.focus_missing() and writable:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where the shown part begins."""
        widget = self.current.first()
        if widget is not None and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- documents ----

    def _want_paper(self, code: str) -> None:
        path, self._dropped = self._dropped, None
        self.paper_wanted.emit(self.person, code, path)

    def ask_paper(self, path: Path | None = None) -> None:
        """Ask what a paper is that shall be attached; without a path the file is asked for next."""
        papers = self.documents.papers
        if papers is not None and papers.add_button.isEnabled():
            self.tabs.choose(Documents.code)
            self._dropped = path
            self._scroll.ensureWidgetVisible(papers.add_button)
            papers.ask()
            self._dropped = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one document."""
        if len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Attach the dropped document, once it is said what it is."""
        event.acceptProposedAction()
        path = Path(event.mimeData().urls()[0].toLocalFile())
        QTimer.singleShot(0, self, lambda: self.ask_paper(path))  # the drag must end before a menu opens
