"""Activities as their page shows them, with what they need and bring; the needs of the territory; who does what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ltu_desktop.queries.activity_looks import Look, look
from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.profiles import profiles, works
from ltu_desktop.rules.matching import Profile, Work
from ltu_desktop.rules.money import from_hundredths
from ltu_desktop.rules.text import fold
from ltu_desktop.store.tables import (
    activity,
    attachment,
    attendance,
    contract,
    contract_terms,
    cover_need,
    local_need,
    person,
    shift,
    site,
    skill,
    turnover,
    week_template_shift,
    wish,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection, Select, Table

    from ltu_desktop.rules.periods import Month


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity: what it is, how it looks, its approval, and figures of the year so far.

    `people` have it in their contract today; `minutes` were worked in it and `turnover` sold since January.
    """

    id: bytes
    version: int
    code: str
    name: str
    look: Look
    palette: str
    pictogram: str
    site_id: bytes | None
    site: str
    analytic_code: str
    approved_on: date | None
    approval_note: str
    proofs: int
    people_wanted: int | None
    staffing_note: str
    demands: tuple[str, ...]
    ended_on: date | None
    people: int
    needs: int
    minutes: int
    turnover: Decimal


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need of the territory and the activity that serves it."""

    id: bytes
    version: int
    title: str
    asked_by: str
    place: str
    weekly_minutes: int
    state: str
    activity_id: bytes | None
    activity: str
    noted_on: date
    note: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may be matched: her name as lists show it and her profile."""

    id: bytes
    staff_number: str
    list_name: str
    site_id: bytes | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class Board:
    """The matching board: activities with what they ask, everybody employed on a day, the names of skills."""

    activities: tuple[ActivityRow, ...]
    works: dict[bytes, Work]
    members: tuple[Member, ...]
    skills: dict[bytes, str]
    needs: tuple[NeedRow, ...]


def activities(connection: Connection, day: date) -> list[ActivityRow]:
    """Return all activities in the order of their names, with the figures of the year of `day` until then."""
    a = activity.c
    year = f"{day.year:04d}-01"
    first = day.replace(month=1, day=1)
    people = _people_by_activity(connection, day)
    proofs = _pairs(
        connection,
        select(attachment.c.subject_id, func.count())
        .where(attachment.c.subject == "activity")
        .group_by(attachment.c.subject_id),
    )
    needs = _pairs(
        connection,
        select(local_need.c.activity_id, func.count())
        .where(local_need.c.activity_id.is_not(None), local_need.c.state != "closed")
        .group_by(local_need.c.activity_id),
    )
    minutes = _pairs(
        connection,
        select(attendance.c.activity_id, func.sum(attendance.c.minutes))
        .where(attendance.c.day >= first, attendance.c.day <= day, attendance.c.activity_id.is_not(None))
        .group_by(attendance.c.activity_id),
    )
    sold = _pairs(
        connection,
        select(turnover.c.activity_id, func.sum(turnover.c.amount))
        .where(turnover.c.month >= year, turnover.c.month <= f"{day.year:04d}-{day.month:02d}")
        .group_by(turnover.c.activity_id),
    )
    rows = connection.execute(
        select(activity, site.c.name.label("site_name")).outerjoin(site, site.c.id == a.site_id).order_by(a.code)
    )
    found = [
        ActivityRow(
            row.id,
            row.version,
            row.code,
            row.name,
            look(row.code, row.palette, row.pictogram),
            row.palette,
            row.pictogram,
            row.site_id,
            row.site_name or "",
            row.analytic_code,
            row.approved_on,
            row.approval_note,
            proofs.get(row.id, 0),
            row.people_wanted,
            row.staffing_note,
            tuple(code for code in row.demands.split(",") if code),
            row.ended_on,
            people.get(row.id, 0),
            needs.get(row.id, 0),
            minutes.get(row.id, 0),
            from_hundredths(sold.get(row.id, 0)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: fold(each.name))


def _pairs(connection: Connection, query: Select[Any]) -> dict[bytes, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _people_by_activity(connection: Connection, day: date) -> dict[bytes, int]:
    """Count those whose terms on a day name each activity."""
    c, t = contract.c, contract_terms.c
    rows = connection.execute(
        select(c.person_id, t.activity_id)
        .join(contract_terms, t.contract_id == c.id)
        .where(c.start_on <= day, (c.end_on.is_(None)) | (c.end_on >= day), t.start_on <= day)
        .order_by(t.start_on)
    )
    latest = {row[0]: row[1] for row in rows}  # later terms win
    counts: dict[bytes, int] = defaultdict(int)
    for which in latest.values():
        if which is not None:
            counts[which] += 1
    return counts


def needs(connection: Connection) -> list[NeedRow]:
    """Return the needs of the territory: open ones first, then by the day they were noted."""
    n = local_need.c
    rows = connection.execute(
        select(local_need, activity.c.name.label("activity_name"))
        .outerjoin(activity, activity.c.id == n.activity_id)
        .order_by(n.noted_on, n.id)
    )
    order = {"open": 0, "studied": 1, "served": 2, "closed": 3}
    found = [
        NeedRow(
            row.id,
            row.version,
            row.title,
            row.asked_by,
            row.place,
            row.weekly_minutes,
            row.state,
            row.activity_id,
            row.activity_name or "",
            row.noted_on,
            row.note,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: order[each.state])


def need_title(connection: Connection, need_id: bytes) -> str:
    """Return a need's words, empty when it is no more."""
    return connection.execute(select(local_need.c.title).where(local_need.c.id == need_id)).scalar() or ""


def board(connection: Connection, day: date, known: Sequence[ActivityRow] | None = None) -> Board:
    """Return what the matching board needs: activities that go on, and everybody employed on a day.

    `known` are the activities of that day, where they were read already.
    """
    rows = activities(connection, day) if known is None else known
    going = [each for each in rows if each.ended_on is None or each.ended_on > day]
    asked = works(connection)
    wanted = {each.id: asked[each.id] for each in going}
    names = {row[0]: row[1] for row in connection.execute(select(skill.c.id, skill.c.name).order_by(skill.c.name))}
    return Board(tuple(going), wanted, tuple(_members(connection, day)), names, tuple(needs(connection)))


def _members(connection: Connection, day: date) -> list[Member]:
    p, c = person.c, contract.c
    rows = connection.execute(
        select(p.id, p.staff_number, p.name, p.first_names, p.site_id)
        .where(p.id.in_(select(c.person_id).where(c.start_on <= day, (c.end_on.is_(None)) | (c.end_on >= day))))
        .order_by(p.folded)
    ).all()
    known = profiles(connection, worked_until=day)
    return [
        Member(
            row.id,
            row.staff_number,
            list_name(row.name, row.first_names),
            row.site_id,
            known[row.id],
        )
        for row in rows
    ]


def is_used(connection: Connection, activity_id: bytes) -> bool:
    """Whether contracts, plans, hours, wishes or needs name an activity."""
    named: Sequence[Table] = (contract_terms, shift, attendance, cover_need, week_template_shift, wish, local_need)
    return any(
        connection.execute(select(table.c.id).where(table.c.activity_id == activity_id).limit(1)).first()
        for table in named
    )


def rows_of(connection: Connection, table: Table, activity_id: bytes) -> list[bytes]:
    """Return the keys of a table's rows that belong to an activity."""
    return list(connection.execute(select(table.c.id).where(table.c.activity_id == activity_id)).scalars())


def turnover_row(connection: Connection, activity_id: bytes, month: Month) -> bytes | None:
    """Return the key of what an activity sold in a month."""
    t = turnover.c
    found: bytes | None = connection.execute(
        select(t.id).where(t.activity_id == activity_id, t.month == str(month))
    ).scalar()
    return found


def turnover_of(connection: Connection, activity_id: bytes, year: int) -> dict[int, Decimal]:
    """Return what an activity sold in a year, by month (1 to 12)."""
    t = turnover.c
    rows = connection.execute(
        select(t.month, t.amount).where(t.activity_id == activity_id, t.month.like(f"{year:04d}-%")).order_by(t.month)
    )
    return {int(month[5:]): from_hundredths(amount) for month, amount in rows}
