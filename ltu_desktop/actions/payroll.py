"""Payroll: declarations (DSN) and hours lists, compared with the register before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import imports
from ltu_desktop.actions.dsn_import import DsnSource
from ltu_desktop.actions.hours_import import HoursSource

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.dsn_records import DsnFile
    from ltu_desktop.intake.sheet_records import HoursList, Sheet


def plan_dsn(ctx: Context, file: DsnFile, content: bytes) -> imports.ImportPlan:
    """Compare a payroll declaration with the register; `content` is the file itself, kept with the import."""
    return imports.plan(ctx, DsnSource(file, content))


def plan_hours(ctx: Context, hours: HoursList, sheet: Sheet, content: bytes) -> imports.ImportPlan:
    """Compare an hours list with the register; `sheet` and `content` are the file that it was read from.

    Payroll's word stands before a list's: a person whose month a declaration already gives is refused, and a
    declaration that comes later takes the place of the list's rows.
    """
    return imports.plan(ctx, HoursSource(hours, sheet, content))
