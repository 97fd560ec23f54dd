"""The pages there are, in the order of the navigation; a file opens on the first. Each is made when it is wanted."""

from __future__ import annotations

from importlib import import_module
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final

from ltu_desktop.window import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.worker import Task

PAGES: Final = {
    "home": "home_page.HomePage",
    "people": "people_page.PeoplePage",
    "planning": "planning_page.PlanningPage",
    "plan_setup": "planning_setup.PlanningSetupPage",
    "attendance": "attendance_page.AttendancePage",
    "activities": "activities_page.ActivitiesPage",
    "claims": "claims_page.ClaimsPage",
    "claim": "claim_page.ClaimPage",
    "payments": "payments_page.PaymentsPage",
    "import": "import_page.ImportPage",
    "preview": "preview_page.PreviewPage",
    "paper": "paper_page.PaperPage",
    "reports": "reports_page.ReportsPage",
    "settings": "settings_page.SettingsPage",
}

WORK: Final = {
    "planning": (
        "ltu_desktop.actions.planning_weeks",
        "ltu_desktop.queries.planning",
        "ltu_desktop.rules.planning",
        "holidays.countries.france",  # another country's take a little at its first visit
    ),
    "plan_setup": ("ltu_desktop.queries.planning_terms",),
    "attendance": tuple(
        f"ltu_desktop.window.attendance_{part}"
        for part in ("absence", "absences", "closing", "match", "person", "sendings")
    ),
    "reports": (
        "ltu_desktop.actions.reports",
        "ltu_desktop.documents.claim_front",
        "ltu_desktop.documents.fonts:register",
    ),
}
"""What the work of a page loads over there when it is first done, or calls once, and the first visit need not wait for.
"""


class Pages:
    """The pages by their code, in order; `came` is told of each one that is made."""

    def __init__(self, desk: Desk, commands: Commands, came: Callable[[Page], object]) -> None:
        self._desk, self._commands, self._came = desk, commands, came
        self._made: dict[str, Page] = {}
        self._bare: dict[str, Page] = {}  # built ahead, not yet taken in

    def __iter__(self) -> Iterator[str]:
        return iter(PAGES)

    def __getitem__(self, code: str) -> Page:
        if code not in self._made:
            page = self._build(code)
            self._made[code] = page
            del self._bare[code]
            self._came(page)
            theme.dress(page)  # once it is whole: each thing added to a dressed page costs Qt a look at its style
        return self._made[code]

    @staticmethod
    def _kind(code: str) -> type[Page]:
        module, _, name = PAGES[code].partition(".")
        kind: type[Page] = getattr(import_module(f"ltu_desktop.window.{module}"), name)
        return kind

    def _build(self, code: str) -> Page:
        if code not in self._bare:
            self._bare[code] = self._kind(code)(self._desk, self._commands)
        return self._bare[code]

    def _load(self, code: str) -> None:
        """Load over there what a page and its work are made of."""

        def load(_task: Task[None]) -> None:
            self._kind(code)
            for name in WORK.get(code, ()):
                found = resolve_name(name)
                if callable(found):
                    found()

        self._desk.worker.run(load, lambda _none: None)

    def ahead(self) -> Iterator[str]:
        """Load each page that nobody has visited yet, build it, take it in, make its parts: one step for each turn."""
        for code in PAGES:
            for step in (self._load, self._build, self.__getitem__):
                if code not in self._made:
                    step(code)
                    yield code
            yield from self[code].ahead()

    def made(self) -> list[Page]:
        """Return the pages that were visited already."""
        return list(self._made.values())
