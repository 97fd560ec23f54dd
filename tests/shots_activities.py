"""Pictures of activities, needs, who fits what, and of a person's skills and support."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ltu_desktop.window import document_page
from ltu_desktop.window.paper_page import Ask
from tests.studio import OCTOBER, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.studio import Studio


def activities(studio: Studio) -> None:
    studio.open("activities")


def activities_needs(studio: Studio) -> None:
    activities(studio)
    page: Any = studio.frame.page
    page.segments.choose(1)
    page.needs.begin_new()
    settle(studio.frame)


def activities_fits(studio: Studio) -> None:
    activities(studio)
    page: Any = studio.frame.page
    page.segments.choose(2)
    settle(studio.frame)


def activities_does(studio: Studio) -> None:
    activities(studio)
    page: Any = studio.frame.page
    page.segments.choose(3)
    settle(studio.frame)


def activities_none(studio: Studio) -> None:
    """Show what a file without any activity says."""
    studio.open_month()
    studio.frame.go("activities")
    settle(studio.frame)


def _person(studio: Studio, tab: str) -> None:
    studio.open()
    wait(studio.frame, 250)
    page: Any = studio.frame.page
    page.list.table.choose(page.list.model.rows()[3].id)
    wait(studio.frame, 250)
    page.panel.tabs.choose(tab)
    settle(studio.frame)


def person_skills(studio: Studio) -> None:
    _person(studio, "skills")


def person_support(studio: Studio) -> None:
    _person(studio, "support")
    page: Any = studio.frame.page
    page.panel.parts["support"].begin()
    settle(studio.frame)


def paper_wall(studio: Studio) -> None:
    studio.open("paper", Ask("planning", monday=date(2026, 11, 2)))
    wait(studio.frame, 900)


def paper_sheets(studio: Studio) -> None:
    studio.open("paper", Ask("attendance", month=OCTOBER))
    wait(studio.frame, 900)


def paper_many(studio: Studio) -> None:
    """Show that a very long document is shown in part."""
    shown, document_page.SHOWN = document_page.SHOWN, 20
    paper_sheets(studio)
    document_page.SHOWN = shown


SHOTS: tuple[Callable[[Studio], None], ...] = (
    activities,
    activities_needs,
    activities_fits,
    activities_does,
    activities_none,
    person_skills,
    person_support,
    paper_wall,
    paper_sheets,
    paper_many,
)
