"""Payroll: declarations (DSN) and hours lists, compared with the register before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import imports
from ltu_desktop.actions.dsn_import import DsnSource

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.dsn_records import DsnFile


def plan_dsn(ctx: Context, file: DsnFile, content: bytes) -> imports.ImportPlan:
    """Compare a payroll declaration with the register; `content` is the file itself, kept with the import."""
    return imports.plan(ctx, DsnSource(file, content))
