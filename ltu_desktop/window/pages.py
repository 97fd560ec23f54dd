"""The pages there are, in the order of the navigation; a file opens on the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.window.claim_page import ClaimPage
from ltu_desktop.window.claims_page import ClaimsPage
from ltu_desktop.window.home_page import HomePage
from ltu_desktop.window.import_page import ImportPage
from ltu_desktop.window.payments_page import PaymentsPage
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.preview_page import PreviewPage
from ltu_desktop.window.reports_page import ReportsPage
from ltu_desktop.window.settings_page import SettingsPage

if TYPE_CHECKING:
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page


def make_pages(desk: Desk, commands: Commands) -> list[Page]:
    """Make every page of the frame."""
    kinds = (
        HomePage,
        PeoplePage,
        ClaimsPage,
        ClaimPage,
        PaymentsPage,
        ImportPage,
        PreviewPage,
        ReportsPage,
        SettingsPage,
    )
    return [kind(desk, commands) for kind in kinds]
