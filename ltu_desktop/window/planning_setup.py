"""What plans rest on, one part at a time: cover needs, work patterns and who has them, closed days and calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Segments
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import row, rule
from ltu_desktop.window.planning_closures import ClosuresSection
from ltu_desktop.window.planning_needs import CoverSection
from ltu_desktop.window.planning_patterns import PatternsSection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.planning_rows import ActivityMark, ClosureRow, NeedRow, PatternRow
    from ltu_desktop.queries.planning_terms import PatternUse
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk

NEEDS, PATTERNS, CLOSURES = range(3)


@dataclass(frozen=True)
class Setup:
    """All that the page shows; `sites` are (key in hexadecimal, name), `calendars` the sites' by key."""

    needs: tuple[NeedRow, ...]
    patterns: tuple[PatternRow, ...]
    uses: tuple[PatternUse, ...]
    closures: tuple[ClosureRow, ...]
    activities: tuple[ActivityMark, ...]
    sites: tuple[tuple[str, str], ...]
    calendars: dict[bytes, str]
    holidays: dict[str, tuple[tuple[date, str], ...]]


def load(ctx: Context) -> Setup:
    """Read all that the page shows; holidays of the next twelve months."""
    from ltu_desktop.queries import planning
    from ltu_desktop.queries.day_targets import FRANCE, public_holidays
    from ltu_desktop.queries.planning_terms import pattern_uses, site_calendars

    today = ctx.clock.now().date()
    with ctx.store.read() as connection:
        places = site_calendars(connection)
        calendars = {key: calendar for key, _, calendar in places}
        until = today + timedelta(days=365)
        holidays = {
            calendar: tuple(
                sorted(
                    (day, name)
                    for year in {today.year, until.year}
                    for day, name in public_holidays(calendar, year, ctx.words.language).items()
                    if today <= day <= until
                )
            )
            for calendar in {FRANCE, *calendars.values()}
        }
        return Setup(
            tuple(planning.cover_needs(connection)),
            tuple(planning.patterns(connection)),
            tuple(pattern_uses(connection, today)),
            tuple(planning.closures(connection)),
            tuple(mark for mark in planning.activity_marks(connection) if mark.ended_on is None),
            tuple((key.hex(), name) for key, name, _ in places),
            calendars,
            holidays,
        )


class PlanningSetupPage(Page):
    """Needs, patterns, closures."""

    code: ClassVar[str] = "plan_setup"
    parent_code = "planning"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"cover_need", "work_pattern", "work_pattern_slot", "closure", "site", "activity", "contract_terms"}
    )

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        text = self.words.text
        self.head.say(text(N_("Needs and patterns")))
        self.segments = Segments()
        self.segments.set_texts(
            [(text(N_("Cover needs")), ""), (text(N_("Work patterns")), ""), (text(N_("Closed days")), "")]
        )
        self.segments.choose(NEEDS)
        self._setup: Setup | None = None
        self._told: tuple[object, ...] | None = None  # what is shown at present
        self._unseen: set[int] = set()  # parts that do not show yet what was read
        self.segments.chosen.connect(self._turned)
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setProperty("pane", True)
        bar.setFixedHeight(48)
        across = row(bar, margins=(24, 0, 16, 0))
        across.addWidget(self.segments)
        across.addStretch(1)
        self.cover, self.patterns, self.closures = CoverSection(desk), PatternsSection(desk), ClosuresSection(desk)
        self.sections: tuple[Any, ...] = (self.cover, self.patterns, self.closures)
        for each in self.sections:
            setattr(each, "refresh", self.refresh)  # noqa: B010  the page reads for its sections
        self.views = QStackedWidget()
        for section in self.sections:
            self.views.addWidget(section)
        self.box.addWidget(bar)
        self.box.addWidget(rule(tone="line2"))
        self.box.addWidget(self.views, 1)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done here."""
        return {"planning.add": self._begin_new}

    def _begin_new(self) -> None:
        self.sections[self.segments.index()].begin_new()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text, term = self.words.text, self.words.term
        return [("Ctrl N", text(N_("add"))), (term("key", "Esc"), text(N_("back to the plan")))]

    def show_what(self, what: object) -> None:
        """Show a part: `needs`, `patterns`, `closures`."""
        places = {"needs": NEEDS, "patterns": PATTERNS, "closures": CLOSURES}
        if isinstance(what, str) and what in places:
            self.segments.choose(places[what])

    def first_focus(self) -> QWidget | None:
        """Begin in the part that is shown."""
        return self.segments

    def back(self) -> bool:
        """Close the line that is open."""
        return bool(self.sections[self.segments.index()].back())

    def refresh(self) -> None:
        """Read again what is shown."""
        self.commands.enable("planning.add", on=self.desk.writable, reason=self.desk.why_not)
        self.desk.act(load, self._take)

    def _take(self, setup: Setup) -> None:
        told = (setup, self.desk.writable)
        if told == self._told and not any(section.open_key for section in self.sections):
            return  # it stands as it is
        self._setup, self._told = setup, told
        self._unseen = {NEEDS, PATTERNS, CLOSURES}
        self._fill(self.segments.index())

    def _fill(self, at: int) -> None:
        """Show in a part what was read, when it comes in sight."""
        setup = self._setup
        if setup is None or at not in self._unseen:
            return
        self._unseen.remove(at)
        if at == NEEDS:
            activities = [(mark.id.hex(), mark.name) for mark in setup.activities]
            self.cover.show_needs(setup.needs, activities, setup.sites)
        elif at == PATTERNS:
            self.patterns.show_patterns(setup.patterns, setup.uses)
        else:
            self.closures.show_closures(setup.closures, setup.sites, setup.calendars, setup.holidays)

    def _turned(self, at: int) -> None:
        self._fill(at)
        self.views.setCurrentIndex(at)
