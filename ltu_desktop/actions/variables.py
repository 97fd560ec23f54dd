"""Variables for the accountant: a month's hours and absences in a layout that is remembered, and what changed since.

A sending writes a file and keeps the figures as they went out, so that later changes can be told.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from ltu_desktop.actions.remembered import remember, remembered
from ltu_desktop.documents import names
from ltu_desktop.documents.list_reports import Issue
from ltu_desktop.documents.variables_report import Layout, report
from ltu_desktop.queries import claim_cards
from ltu_desktop.queries import variables as queries
from ltu_desktop.rules.absence_kinds import KINDS
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.variables import DEFAULT, KEYS, VariableChange, changes
from ltu_desktop.store.roles import WITHOUT_HEALTH, no_health, role_of
from ltu_desktop.store.tables import payroll_sending
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.documents.report import Report
    from ltu_desktop.queries.variables import SendingRow
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.rules.variables import PersonVariables
    from ltu_desktop.store.journal import Changed

FORMATS = ("xlsx", "csv", "pdf")
_KEY = "variables.layout"
_LONGEST = 60


def layout(connection: Connection) -> Layout:
    """Return the layout that was chosen last, ours until then."""
    kept = remembered(connection, _KEY, {"columns": [[key, ""] for key in DEFAULT], "kinds": {}})
    return Layout(tuple((key, name) for key, name in kept["columns"]), dict(kept["kinds"]))


def set_layout(ctx: Context, columns: Sequence[tuple[str, str]], kinds: Mapping[str, str]) -> Changed:
    """Choose the columns (key and name, "" for ours) in their order, and how the accountant calls kinds of absence.

    Raises UserError `no_columns` for none, `column_twice` for one that is asked for twice.
    """
    keys = [key for key, _ in columns]
    if set(keys) - set(KEYS) or set(kinds) - set(KINDS):
        raise TypeError("no such column or kind of absence")
    if not keys:
        raise UserError("no_columns", N_("A layout needs a column at least."), N_("Choose the columns to be sent."))
    if len(set(keys)) < len(keys):
        raise UserError("column_twice", N_("A column is there twice."), N_("Keep it once."))
    with ctx.store.write("variables.set_layout", initiator=ctx.initiator) as tx:
        chosen = {
            "columns": [[key, _tidy(name)] for key, name in columns],
            "kinds": {kind: _tidy(name) for kind, name in kinds.items() if name.strip()},
        }
        remember(tx, _KEY, chosen)
        tx.params["columns"] = len(keys)
    return tx.changed


def _tidy(name: str) -> str:
    return " ".join(name.split())[:_LONGEST]


def build(ctx: Context, month: Month, language: str | None = None, *, paper: bool = False) -> Report:
    """Return the month's variables as a report, for `paper` in tables that fit on it.

    Raises UserError `no_health` for a role that reasons are kept from.
    """
    with ctx.store.read() as connection:
        return _build(ctx, connection, month, language, paper=paper)[0]


def changed_since(ctx: Context, month: Month) -> tuple[VariableChange, ...]:
    """Return what is not as it was sent last; nothing when nothing was sent."""
    with ctx.store.read() as connection:
        _may_see(ctx, connection)
        return _changes(queries.variables(connection, month), queries.sendings(connection, month))


def sendings(ctx: Context, month: Month) -> list[SendingRow]:
    """Return the month's sendings, the latest first."""
    with ctx.store.read() as connection:
        _may_see(ctx, connection)
        return queries.sendings(connection, month)


def export(ctx: Context, month: Month, kind: str, path: Path) -> Path:
    """Write the variables as xlsx, csv or pdf to a file or into a folder, never over an existing one."""
    made = build(ctx, month, paper=kind == "pdf")
    return _write(made, _render(ctx, made, kind), kind, path)


def send(ctx: Context, month: Month, kind: str, path: Path) -> Path:
    """Write the variables and keep them as sent: later changes are told against them. Lies outside undo."""
    with ctx.store.write("variables.send", aside=True, initiator=ctx.initiator) as tx:
        made, people = _build(ctx, tx.connection, month, None, paper=kind == "pdf")
        data = _render(ctx, made, kind)
        content = {each.staff_number: each.content() for each in people}
        tx.insert(
            payroll_sending,
            {
                "month": str(month),
                "at": ctx.clock.now().isoformat(),
                "name": _name(made, kind) if path.is_dir() else path.name,
                "sha256": hashlib.sha256(data).hexdigest(),
                "content": json.dumps(content, ensure_ascii=False, sort_keys=True),
            },
        )
        tx.params |= {"month": month, "count": len(people)}
        return _write(made, data, kind, path)  # inside: when it cannot be written, nothing was sent


def _build(
    ctx: Context, connection: Connection, month: Month, language: str | None, *, paper: bool
) -> tuple[Report, tuple[PersonVariables, ...]]:
    _may_see(ctx, connection)
    people = queries.variables(connection, month)
    sent = queries.sendings(connection, month)
    card = claim_cards.employer_card(connection)
    issue = Issue(card.name if card else "", "", ctx.store.path.name, ctx.clock.now().date(), ctx.store.operator)
    words = Words(language) if language else ctx.words
    at = sent[0].at if sent else None
    changed = _changes(people, sent)
    return report(people, changed, at, layout(connection), month, issue, words, paper=paper), people


def _changes(people: tuple[PersonVariables, ...], sent: list[SendingRow]) -> tuple[VariableChange, ...]:
    return changes(sent[0].content, {each.staff_number: each.content() for each in people}) if sent else ()


def _may_see(ctx: Context, connection: Connection) -> None:
    if role_of(connection, ctx.store.operator) == WITHOUT_HEALTH:
        raise no_health()


def _render(ctx: Context, made: Report, kind: str) -> bytes:
    from ltu_desktop.documents.csv_file import to_csv
    from ltu_desktop.documents.reports import render

    words = Words(made.language)
    if kind == "csv":  # for a program: the rows alone, no titles around them
        table = made.table("variables")
        return to_csv(table.columns, [row.cells for row in table.rows], words)
    return render(made, kind, words, at=ctx.clock.now())


def _name(made: Report, kind: str) -> str:
    return names.report_file(made.name, kind)


def _write(made: Report, data: bytes, kind: str, path: Path) -> Path:
    folder, name = (path, _name(made, kind)) if path.is_dir() else (path.parent, path.name)
    return names.write_new(folder, name, data)
