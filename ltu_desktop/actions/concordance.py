"""Three-way match of a month: timesheet, payroll, claim; causes that somebody has found out are kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions.remembered import remember, remembered
from ltu_desktop.queries import claim_facts
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.queries import concordance as queries
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.attendance import hours_to_minutes, minutes_to_hundredths
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.concordance import REASONS, TOLERANCE, Match, Reason, Rules, match
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.store.tables import hours_reason

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance_rows import MonthGrid
    from ltu_desktop.queries.claim_facts import Source
    from ltu_desktop.queries.concordance import ReasonRow
    from ltu_desktop.rules.answer import Answer
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed, Value

SCHEME = "fr-tzcld"
OK, ACCEPTED, OPEN = "ok", "accepted", "open"
_TOLERANCE = "concordance.tolerance"
_MOST = Decimal(20)


@dataclass(frozen=True)
class Row:
    """A person's month: how the three sides match, and what was accepted of what differs.

    `state` is `ok` (all agree), `accepted` (all causes were accepted as they are) or `open`.
    """

    person_id: bytes
    list_name: str
    match: Match
    accepted: tuple[ReasonRow, ...]
    state: str


@dataclass(frozen=True)
class Concordance:
    """A month's three-way match, people in the order of their names; `tolerance` in hours."""

    month: Month
    tolerance: Decimal
    rows: tuple[Row, ...]

    @property
    def open(self) -> tuple[Row, ...]:
        """The people whose hours differ and nobody has said why."""
        return tuple(each for each in self.rows if each.state == OPEN)


def review(ctx: Context, month: Month, scheme: str = SCHEME) -> Concordance:
    """Match a month's three sides. Raises UserError ("no_value") for a month without a legal value."""
    with ctx.store.read() as connection:
        source = claim_facts.load(connection, month, month, scheme)
        answer = compute(load_pack(scheme), source.facts(month))
        return concordance(connection, month, source, answer, scheme)


def concordance(
    connection: Connection,
    month: Month,
    source: Source,
    answer: Answer,
    scheme: str,
    grid: MonthGrid | None = None,
) -> Concordance:
    """Match a month's three sides, its claim being worked out, and perhaps its attendance read, already."""
    found = queries.sides(connection, month, source, answer, claim_rows.ledger(connection, scheme, month), grid)
    most = tolerance(connection)
    paid = frozenset(kind for kind, rule in load_pack(scheme).absences.items() if rule.paid)
    kept = queries.accepted(connection, month)
    rows = []
    for each in match(found.people, Rules(paid, found.told_kinds, most)):
        key = found.ids[each.person]
        rows.append(Row(key, found.names[each.person], each, kept.get(key, ()), _state(each, kept.get(key, ()), most)))
    return Concordance(month, most, tuple(rows))


def open_matches(
    connection: Connection,
    month: Month,
    source: Source,
    answer: Answer,
    scheme: str,
    grid: MonthGrid | None = None,
) -> tuple[Match, ...]:
    """Return what a claim's checks tell: matches that differ and were not accepted; none while nobody keeps hours."""
    if not queries.has_sheets(connection, month):
        return ()
    return tuple(row.match for row in concordance(connection, month, source, answer, scheme, grid).open)


def _state(each: Match, kept: tuple[ReasonRow, ...], most: Decimal) -> str:
    if each.matched:
        return OK
    known = {row.code: from_hundredths(minutes_to_hundredths(row.minutes)) for row in kept}
    told = all(abs(known.get(reason.code, ZERO) - reason.hours) <= most for reason in each.reasons)
    return ACCEPTED if told and all(reason.code in known for reason in each.reasons) else OPEN


def tolerance(connection: Connection) -> Decimal:
    """Return the hours that two sides may differ by without being told."""
    return Decimal(remembered(connection, _TOLERANCE, str(TOLERANCE)))


def set_tolerance(ctx: Context, hours: Decimal) -> Changed:
    """Say by how many hours a month two sides may differ, 0 to 20."""
    with ctx.store.write("concordance.set_tolerance", initiator=ctx.initiator) as tx:
        if not ZERO <= hours <= _MOST:
            raise UserError(
                "bad_tolerance",
                N_("“{value}” cannot be right: the tolerance lies between 0 and {most} hours a month."),
                N_("Check the value."),
                params={"value": hours, "most": _MOST},
            )
        tx.params |= {"before": tolerance(tx.connection), "after": hours}
        remember(tx, _TOLERANCE, str(hours))
    return tx.changed


def accept(ctx: Context, month: Month, person_id: bytes, reasons: tuple[Reason, ...], *, note: str = "") -> Changed:
    """Keep the causes of a difference as found out; it is told again when its hours change later."""
    with ctx.store.write("concordance.accept", initiator=ctx.initiator) as tx:
        number = _number(tx.connection, person_id)
        known = {row.code: row for row in queries.accepted(tx.connection, month).get(person_id, ())}
        for each in reasons:
            if each.code not in REASONS:
                raise TypeError(f"no cause {each.code}")
            values: dict[str, Value] = {"minutes": hours_to_minutes(each.hours), "note": " ".join(note.split())}
            if each.code in known:
                tx.update(hours_reason, known[each.code].id, values)
            else:
                tx.insert(hours_reason, {"person_id": person_id, "month": str(month), "code": each.code, **values})
        tx.params |= {"person": number, "month": month, "count": len(reasons)}
    return tx.changed


def take_back(ctx: Context, month: Month, person_id: bytes) -> Changed:
    """Take the accepted causes of a person's month back."""
    with ctx.store.write("concordance.take_back", initiator=ctx.initiator) as tx:
        tx.params |= {"person": _number(tx.connection, person_id), "month": month}
        for row in queries.accepted(tx.connection, month).get(person_id, ()):
            tx.delete(hours_reason, row.id)
    return tx.changed


def _number(connection: Connection, person_id: bytes) -> str:
    number = staff_number(connection, person_id)
    if number is None:
        raise UserError(
            "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
        )
    return number
