"""A month of attendance as a workbook or CSV: what is written can be read back by `attendance_paste.plan_file`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import names
from ltu_desktop.documents.attendance_report import report
from ltu_desktop.documents.list_reports import Issue
from ltu_desktop.queries import claim_cards
from ltu_desktop.queries.attendance import month_grid
from ltu_desktop.store.roles import WITHOUT_HEALTH, role_of
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.documents.report import Report
    from ltu_desktop.rules.periods import Month

FORMATS = ("xlsx", "csv")


def build(
    ctx: Context,
    month: Month,
    *,
    site_id: bytes | None = None,
    activity_id: bytes | None = None,
    language: str | None = None,
) -> Report:
    """Return a month's grid as a report; reasons of absence are left out for a role that they are kept from."""
    words = Words(language) if language else ctx.words
    with ctx.store.read() as connection:
        reasons = role_of(connection, ctx.store.operator) != WITHOUT_HEALTH
        grid = month_grid(
            connection, month, site_id=site_id, activity_id=activity_id, reasons=reasons, language=words.language
        )
        card = claim_cards.employer_card(connection)
    issue = Issue(card.name if card else "", "", ctx.store.path.name, ctx.clock.now().date(), ctx.store.operator)
    return report(grid, issue, words)


def export(ctx: Context, made: Report, kind: str, path: Path) -> Path:
    """Write a grid as xlsx or csv to a file or into a folder, never over an existing one."""
    from ltu_desktop.documents.reports import render

    data = render(made, kind, Words(made.language), at=ctx.clock.now())
    folder, name = (path, names.report_file(made.name, kind)) if path.is_dir() else (path.parent, path.name)
    return names.write_new(folder, name, data)
