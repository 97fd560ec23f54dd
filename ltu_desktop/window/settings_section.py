"""What every section of the settings is: a column that scrolls, its fields by name, and one way to save."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import theme
from ltu_desktop.window.form import Field, read_day, text_field, value_of, write_day
from ltu_desktop.window.pieces import Inside, Upright, column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QVBoxLayout

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.pieces import Link

SCHEME = "fr-tzcld"
WIDEST = 880
TWO_LINES = 300  # px, at most, that what is said of a line keeps in one line
EDGE = 24  # left and right of a section, its scroll bar included
GROUPS = {"siret": (3, 3, 3, 5), "iban": (4,) * 9}
"""How long numbers are read and printed: in groups."""
DAYS = frozenset({"contributions_valid_until", "start_on", "signed_on", "end_on"})


def in_groups(name: str, number: str) -> str:
    """Write a SIRET or an IBAN in groups; what has more or fewer characters than a SIRET stays as it is."""
    sizes = GROUPS[name]
    if name == "siret" and len(number) != sum(sizes):
        return number
    ends = [sum(sizes[:at]) for at in range(len(sizes) + 1)]
    return " ".join(filter(None, (number[start:end] for start, end in pairwise(ends))))


def said_width(text: str, use: Text) -> int:
    """Return the px that what is said of a line takes: it may take a second line before the words of links go."""
    return min(theme.metrics(use).horizontalAdvance(text), theme.grown(TWO_LINES))


def fit_links(links: Iterable[Link], *, needed: int, room: int) -> None:
    """Leave the links of lines their icons where a line with their words has no room: what stands before them is kept.

    `needed` are the px of the longest line with the words of its links.
    """
    few = needed > room
    for link in links:
        link.squeeze(on=few)
        link.setToolTip(link.accessibleDescription() or (link.accessibleName() if few else ""))


class Stand(NamedTuple):
    """What a part of a form was when it was begun anew: the field with the focus, how far the page was scrolled."""

    parts: tuple[str, ...]
    focus: str
    place: int
    before: QWidget | None


class Section(QWidget):
    """One section; it refreshes when it comes and when one of its tables changes."""

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    tables: ClassVar[frozenset[str]] = frozenset()
    upright: ClassVar[bool] = False  # in a side panel: never narrower than its fields
    widest: ClassVar[int] = WIDEST

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self.fields: dict[str, Field] = {}
        self.setAccessibleName(self.words.text(self.title))
        self.area: QScrollArea = Upright() if self.upright else QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        margins = (EDGE, 16, EDGE, 16)
        inside = Inside(self.area, margins)
        across = row(inside, margins=margins)
        holder = QWidget()
        holder.setMaximumWidth(self.widest)
        self.whole = column(holder, gap=12)
        self.form = column(gap=12)  # of the part that is being built
        self._bodies: dict[tuple[str, ...], QWidget] = {}
        self.whole.addStretch(1)
        across.addWidget(holder, 1)
        across.addStretch(0)
        self.area.setWidget(inside)
        column(self).addWidget(self.area)

    # ---- what a section says and is asked ----

    def refresh(self) -> None:
        """Read again what is shown."""

    def show_what(self, what: str, field: str = "") -> None:
        """Take what the section should put the focus at; with a field's code, at that field."""

    def first_focus(self) -> QWidget | None:
        """Return what gets the focus when the section comes."""
        return next((field.widget for field in self.fields.values() if field.widget.isEnabled()), None)

    def back(self) -> bool:
        """Take one step back: close what is open; False when nothing is."""
        return False

    def focus_field(self, code: str) -> None:
        """Put the focus into the field of a code; without one into the first that is empty."""
        fields = list(self.fields.items())
        named = (field for name, field in fields if code and name.partition(".")[2] == code)
        empty = (field for _, field in fields if not value_of(field))
        field = next(named, None) or next(empty, fields[0][1])
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(field)

    # ---- building ----

    def begin(self, *parts: str) -> Stand:
        """Begin the form anew, or those of its parts that are drawn together, apart from the page.

        Each thing added to a page in sight costs Qt a look at its style: a whole form at once costs half.
        """
        names = [name for name in self.fields if not parts or name.partition(".")[0] in parts]
        focus = next((name for name in names if self.fields[name].widget.hasFocus()), "")
        for name in names:
            self.fields.pop(name).widget.blockSignals(True)  # to be taken away is not to be left
        stand = Stand(parts, focus, self.area.verticalScrollBar().value(), self._bodies.get(parts))
        self._bodies[parts] = QWidget()
        self.form = column(self._bodies[parts], gap=12)
        return stand

    def end(self, stand: Stand) -> None:
        """Put the new form in the place of the old, and give it the focus and the place that the old one had."""
        before, at = stand.before, len(self._bodies) - 1
        if before is not None:
            at = self.whole.indexOf(before)
        self.whole.insertWidget(at, self._bodies[stand.parts])
        if stand.focus in self.fields:
            self.fields[stand.focus].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if before is not None:
            self.whole.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.area.verticalScrollBar().setValue(stand.place)

    def head(self, title: str, said: str = "", *, into: QVBoxLayout | None = None, below: bool = False) -> None:
        """Begin a part with its title and what is said of it; a line parts it from what stands above.

        `below`: that is in another form.
        """
        form = into or self.form
        head(form, title, said, below=below or form.count() > 0)

    def grid(
        self,
        part: str,
        names: Sequence[str],
        values: Mapping[str, Any],
        save: Callable[[str], None],
        said: Mapping[str, str] | None = None,
        wide: Collection[str] = (),
    ) -> None:
        """Add fields in three columns, named `part.name`; `save(part)` is called when one was left.

        Those that are `wide` take two columns.
        """
        grid = three_columns()
        at = 0
        for name in names:
            text = self.words.text(said[name]) if said and name in said else field_name(self.words, name)
            shown = write_day(values.get(name)) if name in DAYS else str(values.get(name) or "")
            field = text_field(text, value=shown)
            edit = field.widget
            assert isinstance(edit, QLineEdit)
            if name in DAYS:
                edit.setPlaceholderText(self.words.text(N_("dd/mm/yyyy")))
            edit.setEnabled(self.desk.writable)
            edit.editingFinished.connect(lambda part=part: save(part))
            self.fields[f"{part}.{name}"] = field
            grid.addWidget(field, at // 3, at % 3, 1, 2 if name in wide else 1, Qt.AlignmentFlag.AlignTop)
            at += 2 if name in wide else 1
        self.form.addLayout(grid)

    # ---- reading and saving ----

    def read_part(self, part: str, names: Sequence[str]) -> dict[str, Any] | None:
        """Return what is typed in a part; None when a day cannot be read, which is told below its field."""
        values: dict[str, Any] = {}
        right = True
        for name in names:
            field = self.fields[f"{part}.{name}"]
            field.wrong("")
            typed = value_of(field)
            if name not in DAYS:
                values[name] = typed
                continue
            try:
                values[name] = read_day(typed)
            except ValueError:
                field.wrong(self.words.text(N_("This is not a date: day, month, year.")))
                right = False
        return values if right else None

    def act(self, part: str, action: Callable[[Context], object], said: str = "") -> None:
        """Do an action of a part and say so; what is refused is told below its field."""
        self.desk.act(
            action, lambda _done: self.saved(said), initiator=self, failed=lambda error: self.refused(part, error)
        )

    def saved(self, said: str = "") -> None:
        """Say that a change is saved, and show it."""
        self.desk.said.emit(said or self.words.text(N_("Saved")), True)
        self.refresh()

    def refused(self, part: str, error: UserError) -> None:
        """Say what is refused below its field, or over the page when it is no field's."""
        name = str(error.params.get("field", ""))
        field = self.fields.get(f"{part}.{name}") or self.fields.get(f"{part}.{name}_on")
        if field is None:
            self.desk.troubled.emit(error)
        else:
            field.wrong(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))


def head(form: QVBoxLayout, title: str, said: str = "", *, below: bool = True) -> None:
    """Begin a part with its title and what is said of it; where it stands `below` another a line parts them."""
    if below:
        form.addSpacing(8)
        form.addWidget(rule())
    line = row(gap=10)
    line.addWidget(label(title, Text.SECTION), 0, Qt.AlignmentFlag.AlignTop)
    beside = label(said, Text.BODY, "text2", wrap=True)
    beside.setContentsMargins(0, 2, 0, 0)  # its first line on that of the title
    line.addWidget(beside, 1, Qt.AlignmentFlag.AlignTop)
    form.addLayout(line)


def three_columns() -> QGridLayout:
    """Make a grid of three equal columns."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(12)
    for at in range(3):
        grid.setColumnStretch(at, 1)
        kept = QWidget()  # an empty column would be dropped with its spacing: two fields would be wider than three
        kept.setFixedHeight(0)
        grid.addWidget(kept, 0, at, Qt.AlignmentFlag.AlignTop)
    return grid
