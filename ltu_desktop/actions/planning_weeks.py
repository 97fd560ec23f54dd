"""Weeks that are used again: a template is put onto many weeks at once, after a look at what it would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.checks import field_error, missing
from ltu_desktop.queries import planning as queries
from ltu_desktop.queries.calendars import Places
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.planning import Span, of_person
from ltu_desktop.rules.text import fold
from ltu_desktop.store.closed import closed_months, refuse_closed
from ltu_desktop.store.tables import shift, week_template, week_template_shift

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.rules.planning import Conflict, Week
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

SKIPS = ("activity_ended", "outside_contract", "absent", "holiday", "closed_site", "refused_activity", "limit")
"""Conflicts for which a shift of a template is left out."""

CLOSED, PLANNED = "closed_month", "planned"
"""Further reasons: the month is closed, the person has a plan on that day already."""

SKIPPED = {
    CLOSED: N_("the month is closed"),
    "activity_ended": N_("the activity has ended"),
    "outside_contract": N_("no contract then"),
    "absent": N_("away on that day"),
    "holiday": N_("a public holiday"),
    "closed_site": N_("the place is closed on that day"),
    "refused_activity": N_("refuses this activity"),
    "limit": N_("cannot do this work"),
    PLANNED: N_("planned already on that day"),
}
"""Why a shift is left out, in words, by code; the first that holds is told."""

_ONE = timedelta(days=1)
_KEPT = ("person_id", "activity_id", "site_id", "start_minute", "end_minute", "break_minutes", "note")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A shift of a template that is left out: whose, when, and the code of the reason."""

    person_id: bytes
    list_name: str
    day: date
    code: str


@dataclass(frozen=True)
class Laid:
    """What was laid onto a week: the keys of the new shifts, and what was left out."""

    added: list[bytes]
    skipped: tuple[Skipped, ...]


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
                ctx, wanted, "", "name_taken", N_("Another saved week has this name."), N_("Give another name.")
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

    Left out are shifts of people who are away, not employed, against it or may not, on holidays and closed days, and
    all in closed months; a plan that is there stays, unless it is replaced. Raises UserError `month_closed` when
    nothing is left because of it.
    """
    with ctx.store.write("planning.apply_template", initiator=ctx.initiator) as tx:
        weeks = sorted(mondays)
        plan, rows, old = _plan(ctx, tx.connection, template_id, weeks, replace=replace)
        tx.params |= {"name": plan.template, "first": weeks[0], "last": weeks[-1], "count": len(rows)}
        write(tx, rows, old, plan.skipped)
    return plan


def write(
    tx: Write, rows: Sequence[dict[str, Any]], old: Sequence[ShiftRow], skipped: Sequence[Skipped]
) -> list[bytes]:
    """Write what is laid onto weeks, and return the new keys."""
    if not rows and not old:
        refuse_closed(tx.connection, [each.day for each in skipped if each.code == CLOSED])
    for each in old:
        tx.delete(shift, each.id)
    return tx.insert_many(shift, list(rows))


def _plan(
    ctx: Context, connection: Connection, template_id: bytes, mondays: Sequence[date], *, replace: bool
) -> tuple[TemplatePlan, list[dict[str, Any]], list[ShiftRow]]:
    pieces = queries.template_shifts(connection, template_id)
    whom = {each["person_id"] for each in pieces}
    laying = Laying(connection)
    for done, monday in enumerate(mondays, 1):
        laying.lay(pieces, monday, whom, replace=replace)
        ctx.progress(done, len(mondays))
    plan = TemplatePlan(
        queries.names(connection, week_template, template_id),
        tuple(mondays),
        len(laying.rows),
        len(laying.old),
        tuple(laying.skipped),
        tuple(laying.told),
    )
    return plan, laying.rows, laying.old


class Laying:
    """Shifts laid onto weeks: `rows` to add, `old` ones to take off, those left out, the conflicts they would make."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._places = Places.read(connection)
        self._closed = closed_months(connection)
        self.rows: list[dict[str, Any]] = []
        self.old: list[ShiftRow] = []
        self.skipped: list[Skipped] = []
        self.told: list[Conflict] = []

    def lay(
        self, pieces: Sequence[Mapping[str, Any]], monday: date, whom: Collection[bytes] | None, *, replace: bool
    ) -> None:
        """Lay pieces (columns of shifts with a key and a weekday) onto a week; `whom`: whose plan counts, None: all."""
        board = queries.week_board(self._connection, monday)
        there = [each for row in board.people if whom is None or row.person_id in whom for each in row.shifts]
        planned = {(each.person_id, each.day) for each in there} if not replace else set()
        new: list[Span] = []
        for each in pieces:
            day = monday + each["weekday"] * _ONE
            where = each["site_id"] or self._places.activities[each["activity_id"]][2]
            span = Span(
                each["id"], each["person_id"], day, each["start_minute"], each["end_minute"], each["break_minutes"],
                each["activity_id"], where,
            )  # fmt: skip
            if self._is_closed(day):
                code = CLOSED
            else:
                code = _against(board.week, span) or (PLANNED if (span.person, day) in planned else "")
            if code:
                self.skipped.append(Skipped(span.person, self._places.people[span.person][1], day, code))
                continue
            new.append(span)
            self.rows.append({name: each.get(name, "") for name in _KEPT} | {"day": day})
        gone = [each for each in there if not self._is_closed(each.day)] if replace else []
        self.old += gone
        self.told += _told(board.week, new, {each.id for each in gone})

    def _is_closed(self, day: date) -> bool:
        return str(Month.of(day)) in self._closed


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
