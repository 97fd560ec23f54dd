"""What the import page asks of the file, on the worker: read a file, plan, plan again with answers, carry out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.imports import Answer, ImportPlan
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed


FIRST_ROWS = 8


@dataclass(frozen=True)
class Columns:
    """A table's heads, its first rows as texts, and which head was understood as which of our fields."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: dict[str, str]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            "unreadable",
            N_("The file cannot be read."),
            N_("Check that it is still there and not open elsewhere."),
            where=path.name,
        ) from error


def read_columns(ctx: Context, path: Path) -> Columns:
    """Read the heads and first rows of a bank's table."""
    from ltu_desktop.actions.bank_import import remembered_columns
    from ltu_desktop.intake.bank_table import FIELDS
    from ltu_desktop.intake.columns import match
    from ltu_desktop.intake.tables import read_table

    sheet = read_table(_bytes(path), path.name)
    found = match(sheet, FIELDS, remembered=remembered_columns(ctx))
    words = ctx.words
    rows = tuple(
        tuple("" if cell is None else words.value(cell) for cell in each.cells) for each in sheet.rows[:FIRST_ROWS]
    )
    return Columns(sheet.heads, rows, found.mapping)


def make_plan(
    ctx: Context, path: Path, purpose: str, month: Month, mapping: Mapping[str, str] | None = None
) -> ImportPlan:
    """Read a file and compare it with the register; `mapping` are columns of a bank's table, chosen by hand.

    A declaration is told by its content; a table is a staff list when `purpose` is "people", an hours list when it is
    "payroll", a bank's statement when it is "bank", else what its heads say. `month` is meant where an hours list names
    none.
    """
    from ltu_desktop.actions.bank_import import plan_bank, remembered_columns
    from ltu_desktop.actions.payroll import plan_dsn, plan_hours
    from ltu_desktop.actions.staff_import import plan_staff
    from ltu_desktop.intake.bank import read_bank
    from ltu_desktop.intake.bank_ofx import is_ofx
    from ltu_desktop.intake.columns import match
    from ltu_desktop.intake.dsn import read_dsn
    from ltu_desktop.intake.foreign import what_is
    from ltu_desktop.intake.hours import FIELDS, read_hours
    from ltu_desktop.intake.staff import read_staff
    from ltu_desktop.intake.tables import read_table

    data = _bytes(path)
    if purpose == "bank" or (purpose == "any" and (what_is(data) == "xml" or is_ofx(data))):
        return plan_bank(ctx, read_bank(data, path.name, dict(mapping) if mapping else None, remembered_columns(ctx)))
    if what_is(data) == "dsn":
        return plan_dsn(ctx, read_dsn(data, path.name), data)
    sheet = read_table(data, path.name)
    if purpose != "people" and (purpose == "payroll" or "paid_hours" in match(sheet, FIELDS).positions):
        return plan_hours(ctx, read_hours(sheet, month=month), sheet, data)
    return plan_staff(ctx, read_staff(sheet), sheet)


def plan_again(ctx: Context, plan: ImportPlan, answers: Mapping[str, Answer]) -> ImportPlan:
    """Compare again, with answers to the questions."""
    from ltu_desktop.actions.imports import answered

    return answered(ctx, plan, answers)


def carry_out(ctx: Context, plan: ImportPlan, leave: frozenset[str]) -> Changed:
    """Import: one transaction, one undo step."""
    from ltu_desktop.actions.imports import apply

    return apply(ctx, plan, leave=leave)
