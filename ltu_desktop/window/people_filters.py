"""The filters above the list of people: typed, chosen, and kept under a name in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.text import fold
from ltu_desktop.window.controls import Button, Choice, Kind
from ltu_desktop.window.pieces import SearchField, column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from ltu_desktop.queries.people import PersonRow
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.words import Words


class Filters(QFrame):
    """The bar of filters; `changed` tells that others are set. `kept` and `given_up` are to be done in the file."""

    changed = Signal()
    kept = Signal(str, object)  # a name, and what the filters are set to
    given_up = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._sites = 0
        self._known: Mapping[str, Mapping[str, str]] = {}
        every = words.term("filter", "All")
        self.search = SearchField(words.text(N_("Filter the list")), 160)
        self.search.setMinimumWidth(112)
        self.present = Choice(
            words.text(N_("Present")), [("", words.term("people", "All")), ("month", words.text(N_("this month")))]
        )
        self.status = Choice(words.text(N_("Status")), [("", every)])
        self.site = Choice(words.text(N_("Site")), [("", every)])
        self.file = Choice(
            words.text(N_("Record")),
            [("", every), ("missing", words.text(N_("to complete"))), ("complete", words.text(N_("in order")))],
        )
        self.choices = {"present": self.present, "status": self.status, "site": self.site, "file": self.file}
        self.bar = row(margins=(24, 0, 16, 0), gap=8)
        for widget in (self.search, *self.choices.values()):
            self.bar.addWidget(widget)
        self.bar.setStretchFactor(self.search, 1)
        self.bar.addStretch(0)
        self.kept_button = Button(icon="funnel", kind=Kind.QUIET)
        self.kept_button.setToolTip(words.text(N_("Saved filters")))
        self.kept_button.setAccessibleName(self.kept_button.toolTip())
        self.kept_button.clicked.connect(self._open_menu)
        self.bar.addWidget(self.kept_button)
        self.line = holder = QWidget()
        holder.setFixedHeight(48)
        holder.setLayout(self.bar)
        box = column(self)
        box.addWidget(holder)
        box.addWidget(self._naming())
        self.search.textChanged.connect(lambda _text: self.changed.emit())
        for choice in self.choices.values():
            choice.chosen.connect(lambda _value: self.changed.emit())
        self.present.choose("month")

    def _naming(self) -> QWidget:
        """Make the line in which a filter that shall be kept gets its name."""
        words = self._words
        self.naming = QFrame()
        self.naming.setProperty("ground", "header")
        outer = column(self.naming)
        outer.addWidget(rule(tone="line2"))
        across = row(margins=(24, 6, 16, 6), gap=8)
        asked = label(words.text(N_("Save this filter as")), Text.DENSE, "text2")
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.name.setMaximumWidth(260)
        self.name.setAccessibleName(asked.text())
        asked.setBuddy(self.name)
        self.name.returnPressed.connect(self._keep)
        self.keep_button = Button(words.text(N_("Save")), icon="check", height=28)
        self.keep_button.clicked.connect(self._keep)
        leave = Button(icon="x", kind=Kind.QUIET, height=28)
        leave.setAccessibleName(words.text(N_("Cancel")))
        leave.setToolTip(leave.accessibleName())
        leave.clicked.connect(self.leave)
        across.addWidget(asked)
        across.addWidget(self.name, 1)
        across.addWidget(self.keep_button)
        across.addStretch(0)
        across.addWidget(leave)
        outer.addLayout(across)
        self.naming.hide()
        return self.naming

    # ---- what is set ----

    def values(self) -> dict[str, str]:
        """Return what is set, by the filter's code; filters that are not set are left out."""
        found = {code: str(choice.value) for code, choice in self.choices.items() if choice.is_set()}
        if self.search.text().strip():
            found["text"] = self.search.text().strip()
        return found

    def set_values(self, values: Mapping[str, str]) -> None:
        """Set the filters; those that are not named are taken off, values that are no longer there too."""
        self.search.setText(values.get("text", ""))
        for code, choice in self.choices.items():
            choice.choose(choice.valid(values.get(code, "")))

    def clear(self) -> None:
        """Take every filter off."""
        self.set_values({})

    def begin(self) -> None:
        """Begin as at first: those who are there in the month."""
        self.naming.hide()
        self.set_values({"present": "month"})

    def test(self) -> Callable[[PersonRow], bool]:
        """Return what tells whether a row passes all filters as they are set now."""
        present = self.present.value == "month"
        parts, status, site = fold(self.search.text()).split(), self.status.value, self.site.value
        missing = {"": None, "missing": True}.get(str(self.file.value), False)

        def passes(each: PersonRow) -> bool:
            return (
                (not present or each.present)
                and (not status or (each.status or "?") == status)
                and (not site or each.site == site)
                and (missing is None or missing == bool(each.missing))
                and (not parts or all(part in f"{each.folded} {each.staff_number}" for part in parts))
            )

        return passes

    def show_people(self, rows: Sequence[PersonRow], month: Month) -> None:
        """Offer the values that the people have."""
        words = self._words
        every = words.term("filter", "All")
        name = words.month(month).split(" ")[0]
        self.present.set_options(
            [("", words.term("people", "All")), ("month", words.text(N_("in {month}"), month=name))]
        )
        codes = {each.status or "" for each in rows}
        statuses: list[tuple[object, str]] = [(code, words.status(code)) for code in ("ppde", "other") if code in codes]
        if "" in codes:
            statuses.append(("?", words.status("")))
        self.status.set_options([("", every), *statuses])
        sites = sorted({each.site for each in rows if each.site}, key=fold)
        self.site.set_options([("", every), *((site, site) for site in sites)])
        self._sites = len(sites)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Leave filters out where there is no room for them, unless they are set."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show the filters for which there is room."""
        room = self.width() - 40 - self.search.minimumWidth() - 8
        room -= sum(each.sizeHint().width() + 8 for each in self.line.findChildren(Button))
        for choice in (self.present, self.status, self.file, self.site):
            useful = choice is not self.site or self._sites > 1
            room -= choice.sizeHint().width() + 8
            choice.setVisible(useful and (room >= 0 or choice.is_set()))

    # ---- kept filters ----

    def show_kept(self, known: Mapping[str, Mapping[str, str]]) -> None:
        """Offer the filters that the file keeps."""
        self._known = known

    def menu(self) -> QMenu:
        """Make the menu of kept filters: set one, keep what is set, give one up."""
        words, now = self._words, self.values()
        menu = QMenu(self)
        for name, values in self._known.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(dict(values) == now)
            action.triggered.connect(lambda _on=False, values=values: self.set_values(values))
        if self._known:
            menu.addSeparator()
        keep = menu.addAction(words.text(N_("Save this filter…")))
        keep.setEnabled(bool(now))
        keep.triggered.connect(self.ask_name)
        off = menu.addAction(words.text(N_("Clear all filters")))
        off.setEnabled(bool(now))
        off.triggered.connect(self.clear)
        if self._known:
            away = menu.addMenu(words.text(N_("Remove")))
            for name in self._known:
                away.addAction(name).triggered.connect(lambda _on=False, name=name: self.given_up.emit(name))
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.exec(self.kept_button.mapToGlobal(self.kept_button.rect().bottomLeft()))
        menu.deleteLater()

    def ask_name(self) -> None:
        """Ask under which name the filters that are set shall be kept."""
        now = self.values()
        same = next((name for name, values in self._known.items() if dict(values) == now), "")
        said = [choice.label() for choice in self.choices.values() if choice.is_set()]
        self.name.setText(same or ", ".join([*said, *([now["text"]] if "text" in now else [])]))
        self.naming.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _keep(self) -> None:
        name = self.name.text().strip()
        if name:
            self.kept.emit(name, self.values())
            self.leave()

    def leave(self) -> None:
        """Close the line of the name."""
        inside = self.naming.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.naming.hide()
        if inside:
            self.kept_button.setFocus(Qt.FocusReason.OtherFocusReason)
