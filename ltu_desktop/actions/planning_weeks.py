"""Weeks that are kept and used again: a template is put onto many weeks at once, after a look at what it would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.checks import field_error, missing
from ltu_desktop.queries import planning as queries
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.planning import Span, of_person
from ltu_desktop.rules.text import fold
from ltu_desktop.store.closed import refuse_closed
from ltu_desktop.store.tables import shift, week_template, week_template_shift

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.rules.planning import Conflict, Week
    from ltu_desktop.store.journal import Changed

SKIPS = ("outside_contract", "absent", "holiday", "closed_site", "refused_activity", "limit")
"""Conflicts for which a shift of a template is left out."""

PLANNED = "planned"
"""Left out because the person has a plan on that day already."""

_ONE = timedelta(days=1)
_KEPT = ("person_id", "activity_id", "site_id", "start_minute", "end_minute", "break_minutes")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A shift of a template that is left out: whose, when, and the code of the reason."""

    person_id: bytes
    list_name: str
    day: date
    code: str


@dataclass(frozen=True)
class TemplatePlan:
    """What putting a template onto weeks would do; `told` are the conflicts that it would make besides."""

    template: str
    mondays: tuple[date, ...]
    added: int
    replaced: int
    skipped: tuple[Skipped, ...]
    told: tuple[Conflict, ...]


def save_template(ctx: Context, name: str, monday: date, *, people: Collection[bytes] | None = None) -> bytes:
    """Keep a week under a name and return its key; one of that name is replaced."""
    with ctx.store.write("planning.save_template", initiator=ctx.initiator) as tx:
        wanted = _name(ctx, name)
        tx.params |= {"name": wanted, "first": monday}
        rows = queries.shifts_of(tx.connection, monday, monday + 6 * _ONE, people)
        known = _named(tx.connection, wanted)
        if known is not None:
            for each in queries.template_shifts(tx.connection, known):
                tx.delete(week_template_shift, each["id"])
        key = known if known is not None else tx.insert(week_template, {"name": wanted})
        tx.insert_many(
            week_template_shift,
            [
                {
                    "week_template_id": key,
                    "person_id": each.person_id,
                    "weekday": each.day.weekday(),
                    "activity_id": each.activity_id,
                    "site_id": each.site_id,
                    "start_minute": each.start,
                    "end_minute": each.end,
                    "break_minutes": each.pause,
                }
                for each in rows
            ],
        )
        tx.params["count"] = len(rows)
    return key


def rename_template(ctx: Context, template_id: bytes, name: str) -> Changed:
    """Give a kept week another name."""
    with ctx.store.write("planning.rename_template", initiator=ctx.initiator) as tx:
        wanted = _name(ctx, name)
        tx.params["name"] = wanted
        known = _named(tx.connection, wanted)
        if known is not None and known != template_id:
            raise field_error(
                ctx, wanted, "", "name_taken", N_("Another kept week has this name."), N_("Give another name.")
            )
        tx.update(week_template, template_id, {"name": wanted})
    return tx.changed


def remove_template(ctx: Context, template_id: bytes) -> Changed:
    """Forget a kept week; the plans that were made with it stay."""
    with ctx.store.write("planning.remove_template", initiator=ctx.initiator) as tx:
        tx.params["name"] = queries.names(tx.connection, week_template, template_id)
        for each in queries.template_shifts(tx.connection, template_id):
            tx.delete(week_template_shift, each["id"])
        tx.delete(week_template, template_id)
    return tx.changed


def plan_template(
    ctx: Context, template_id: bytes, mondays: Collection[date], *, replace: bool = False
) -> TemplatePlan:
    """Show what putting a kept week onto other weeks would do; nothing is written."""
    with ctx.store.read() as connection:
        plan, _, _ = _plan(ctx, connection, template_id, sorted(mondays), replace=replace)
    return plan


def apply_template(
    ctx: Context, template_id: bytes, mondays: Collection[date], *, replace: bool = False
) -> TemplatePlan:
    """Put a kept week onto other weeks, all of them in one undo step.

    Left out are shifts of people who are away, not employed, against it or may not, on holidays and closed days; a
    plan that is there stays, unless it is replaced.
    """
    with ctx.store.write("planning.apply_template", initiator=ctx.initiator) as tx:
        weeks = sorted(mondays)
        plan, rows, old = _plan(ctx, tx.connection, template_id, weeks, replace=replace)
        refuse_closed(tx.connection, {row["day"] for row in rows} | {each.day for each in old})
        tx.params |= {"name": plan.template, "first": weeks[0], "last": weeks[-1], "count": len(rows)}
        for each in old:
            tx.delete(shift, each.id)
        tx.insert_many(shift, rows)
    return plan


def _plan(
    ctx: Context, connection: Connection, template_id: bytes, mondays: Sequence[date], *, replace: bool
) -> tuple[TemplatePlan, list[dict[str, Any]], list[Any]]:
    template = queries.template_shifts(connection, template_id)
    people = {each["person_id"] for each in template}
    rows: list[dict[str, Any]] = []
    old: list[Any] = []
    skipped: list[Skipped] = []
    told: list[Conflict] = []
    for done, monday in enumerate(mondays, 1):
        board = queries.week_board(connection, monday)
        names = {each.person_id: each.list_name for each in board.people}
        there = [each for row in board.people if row.person_id in people for each in row.shifts]
        planned = {(each.person_id, each.day) for each in there}
        new: list[Span] = []
        for each in template:
            day = monday + each["weekday"] * _ONE
            span = Span(
                each["id"], each["person_id"], day, each["start_minute"], each["end_minute"], each["break_minutes"],
                each["activity_id"], each["site_id"],
            )  # fmt: skip
            code = _against(board.week, span)
            if not code and not replace and (span.person, day) in planned:
                code = PLANNED
            if code:
                skipped.append(Skipped(span.person, names.get(span.person, ""), day, code))
                continue
            new.append(span)
            rows.append({name: each[name] for name in _KEPT} | {"day": day})
        if replace:
            old += there
        told += _told(board.week, new, {each.id for each in there} if replace else set())
        ctx.progress(done, len(mondays))
    plan = TemplatePlan(
        queries.names(connection, week_template, template_id),
        tuple(mondays),
        len(rows),
        len(old),
        tuple(skipped),
        tuple(told),
    )
    return plan, rows, old


def _against(week: Week, span: Span) -> str:
    """Return the code for which a shift is left out, or nothing."""
    found = {each.code for each in of_person(week, span.person, (span,))}
    return next((code for code in SKIPS if code in found), "")


def _told(week: Week, new: Sequence[Span], gone: set[bytes]) -> list[Conflict]:
    """Return the conflicts that new shifts would make with what stays."""
    found: list[Conflict] = []
    keys = {each.key for each in new}
    for person in sorted({each.person for each in new}):
        stays = [each for each in week.of(person) if each.key not in gone]
        whole = [*stays, *(each for each in new if each.person == person)]
        found += [each for each in of_person(week, person, whole) if keys & set(each.spans)]
    return found


def _name(ctx: Context, name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise missing(ctx, "", "name")
    return wanted


def _named(connection: Connection, name: str) -> bytes | None:
    return next((each.id for each in queries.templates(connection) if fold(each.name) == fold(name)), None)
