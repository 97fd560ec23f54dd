"""What of a week is shown: by person or by activity, of a site, of an activity, with Sunday or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import planning_work as work
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Choice, Kind, Segments
from ltu_desktop.window.pieces import row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.queries.planning_rows import ActivityMark, SiteMark
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words

BY_PERSON, BY_ACTIVITY = 0, 1


class Filters(QFrame):
    """The bar above the board."""

    changed = Signal()

    def __init__(self, words: Words, commands: Commands) -> None:
        super().__init__()
        text, self._every = words.text, words.term("filter", "All")
        self.segments = Segments()
        self.segments.set_texts([(text(N_("By person")), ""), (text(N_("By activity")), "")])
        self.segments.choose(BY_PERSON)
        self.segments.chosen.connect(lambda _at: self.changed.emit())
        self.site = Choice(text(N_("Site")), [(None, self._every)])
        self.activity = Choice(text(N_("Activity")), [(None, self._every)])
        for choice in (self.site, self.activity):
            choice.chosen.connect(lambda _value: self.changed.emit())
        self.sunday = QCheckBox(text(N_("Show Sunday")))
        self.sunday.setFont(theme.font(Text.DENSE))
        self.sunday.toggled.connect(lambda _on: self.changed.emit())
        bar = row(self, margins=(24, 0, 24, 0), gap=8)
        for widget in (self.segments, self.site, self.activity):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(commands.button("view.activities", kind=Kind.QUIET))
        bar.addWidget(self.sunday)
        self.setProperty("pane", True)
        self.setFixedHeight(48)

    def offer(self, sites: Sequence[SiteMark], activities: Sequence[ActivityMark]) -> None:
        """Take the sites and activities that can be chosen."""
        self.site.set_options([(None, self._every), *((each.id, each.name) for each in sites)])
        self.activity.set_options([(None, self._every), *((mark.id, mark.name) for mark in activities)])

    def show_all(self) -> None:
        """Take the filters off."""
        for choice in (self.site, self.activity):
            choice.choose(None)

    def choice(self) -> work.Choice:
        """Return what is to be shown."""
        site, activity = (each if isinstance(each, bytes) else None for each in (self.site.value, self.activity.value))
        return work.Choice(self.segments.index() == BY_ACTIVITY, self.sunday.isChecked(), site, activity)
