"""The pages there are, in the order of the navigation; a file opens on the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.window.claim_page import ClaimPage
from ltu_desktop.window.people_page import PeoplePage

if TYPE_CHECKING:
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page


def make_pages(desk: Desk, commands: Commands) -> list[Page]:
    """Make every page of the frame."""
    return [PeoplePage(desk, commands), ClaimPage(desk, commands)]
