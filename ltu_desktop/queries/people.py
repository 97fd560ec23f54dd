"""People as lists and panels show them: who is there in a month, one person with her contracts and months, search."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, literal, or_, select

from ltu_desktop.queries.claim_facts import monthly_hours, weekly_hours
from ltu_desktop.queries.eligibility import open_points
from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.person_months import months_of
from ltu_desktop.rules.eligibility import RECOGNISED, State
from ltu_desktop.rules.money import from_hundredths, to_fte
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold
from ltu_desktop.store import tables
from ltu_desktop.store.tables import (
    absence,
    activity,
    contract,
    contract_terms,
    pay_month,
    payroll_file,
    site,
    work_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.queries.person_months import MonthRow

FULL_WEEK = Decimal(35)
"""Hours of a full-time week: contractual FTE are shown against it (the claim counts hours paid)."""
NO_AID = ("", "99")
"""Payroll's codes of a contract without another State aid."""


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people, as of a month.

    `weekly_hours`, `fte`, `activity`, `entry` and `exit` are those of the month's contract, else of the latest before;
    `present` tells that a contract or payroll is there in the month. `missing` are codes of what her file lacks:
    `status`, `recognised_on` (PPDE only), `contract`, `weekly_hours`, `aid` (a contract with another State aid);
    `to_check` are the other points of her eligibility that are not said or do not fit the hire (PPDE only).
    """

    id: bytes
    staff_number: str
    name: str
    first_names: str
    folded: str
    status: str | None
    site: str
    activity: str
    weekly_hours: Decimal | None
    fte: Decimal | None
    entry: date | None
    exit: date | None
    paid_hours: Decimal | None
    present: bool
    missing: tuple[str, ...]
    to_check: tuple[str, ...] = ()

    @property
    def list_name(self) -> str:
        """`NOM Prénom`."""
        return list_name(self.name, self.first_names)

    @property
    def file_state(self) -> str:
        """`missing`, `to_check` (only points of her eligibility), `complete` or `not_concerned` (status other)."""
        if self.missing:
            return "missing"
        if self.to_check:
            return "to_check"
        return "not_concerned" if self.status == "other" else "complete"


@dataclass(frozen=True)
class TermsRow:
    """Terms of a contract from a day on, up to `end` (None: still in force)."""

    id: bytes
    version: int
    start: date
    end: date | None
    weekly_hours: Decimal | None
    monthly_hours: Decimal | None
    fte: Decimal | None
    hourly_pay: Decimal | None
    job: str
    category: str
    activity_id: bytes | None
    activity: str
    pattern: str = ""  # the name of the work pattern


@dataclass(frozen=True)
class ContractRow:
    """A contract with its terms, oldest first; codes are payroll's."""

    id: bytes
    version: int
    number: str
    start: date
    end: date | None
    planned_end: date | None
    nature: str
    public_aid: str
    end_reason: str
    terms: tuple[TermsRow, ...]


@dataclass(frozen=True)
class PersonDetail:
    """All about one person; `values` are the columns of her row, as `actions.people.change_person` takes them."""

    id: bytes
    version: int
    staff_number: str
    list_name: str
    values: dict[str, Any]
    site: str
    contracts: tuple[ContractRow, ...]
    months: tuple[MonthRow, ...]


@dataclass(frozen=True)
class Found:
    """A person as the search shows her."""

    id: bytes
    staff_number: str
    list_name: str
    status: str | None
    site: str
    birth_date: date | None


def fte_of(weekly: Decimal | None) -> Decimal | None:
    """Return the contractual FTE of weekly hours, with four decimals."""
    return None if weekly is None else to_fte(weekly / FULL_WEEK)


@dataclass(frozen=True)
class _Contract:
    id: bytes
    start: date
    end: date | None
    public_aid: str


def people(connection: Connection, month: Month) -> list[PersonRow]:
    """List everybody as of a month, by name without accents or case."""
    contracts: dict[bytes, list[_Contract]] = defaultdict(list)
    c = contract.c
    for owner, key, start, end, aid in connection.execute(
        select(c.person_id, c.id, c.start_on, c.end_on, c.public_aid).order_by(c.start_on)
    ):
        contracts[owner].append(_Contract(key, start, end, aid))
    t = contract_terms.c
    terms: dict[bytes, list[Any]] = defaultdict(list)
    for row in connection.execute(
        select(t.contract_id, t.start_on, t.weekly_hours, t.monthly_hours, func.coalesce(activity.c.name, ""))
        .outerjoin(activity, activity.c.id == t.activity_id)
        .order_by(t.start_on)
    ):
        terms[row[0]].append(row)
    paid = _paid(connection, month)
    points = open_points(connection, month.last)
    p = tables.person.c
    rows = connection.execute(
        select(
            p.id,
            p.staff_number,
            p.name,
            p.first_names,
            p.folded,
            p.status,
            func.coalesce(site.c.name, ""),
            p.recognised_on,
        )
        .outerjoin(site, site.c.id == p.site_id)
        .order_by(p.folded, p.staff_number)
    )
    return [
        _person_row(row, contracts.get(row[0], ()), terms, paid.get(row[0]), month, points.get(row[0], {}))
        for row in rows
    ]


def _paid(connection: Connection, month: Month) -> dict[bytes, int]:
    p = pay_month.c
    rows = connection.execute(
        select(p.person_id, func.sum(p.paid_hours))
        .join(payroll_file, payroll_file.c.id == p.payroll_file_id)
        .where(p.month == str(month), payroll_file.c.replaced_by_id.is_(None))
        .group_by(p.person_id)
    )
    return {row[0]: row[1] for row in rows}


def _person_row(
    row: Any,
    contracts: Sequence[_Contract],
    terms: dict[bytes, list[Any]],
    paid: int | None,
    month: Month,
    points: Mapping[str, State],
) -> PersonRow:
    key, staff_number, name, first_names, folded, status, site_name, recognised_on = row
    here = [each for each in contracts if each.start <= month.last and (each.end is None or each.end >= month.first)]
    shown = here or [each for each in contracts if each.start <= month.last][-1:] or list(contracts[:1])
    hours: list[Decimal] = []
    doing = ""
    day = month.last
    for each in shown:
        last = min(day, each.end) if each.end else day
        in_force = [one for one in terms[each.id] if one[1] <= last] or terms[each.id][:1]
        if in_force:
            weekly = weekly_hours(in_force[-1][2], in_force[-1][3])
            hours += [weekly] if weekly is not None else []
            doing = in_force[-1][4] or doing
    weekly_sum = sum(hours, Decimal("0.00")) if hours else None
    missing = [
        code
        for code, lacks in (
            ("status", status is None),
            ("recognised_on", status == "ppde" and recognised_on is None),
            ("contract", not contracts),
            ("weekly_hours", bool(shown) and weekly_sum is None),
            ("aid", any(each.public_aid not in NO_AID for each in here)),
        )
        if lacks
    ]
    return PersonRow(
        id=key,
        staff_number=staff_number,
        name=name,
        first_names=first_names,
        folded=folded,
        status=status,
        site=site_name,
        activity=doing,
        weekly_hours=weekly_sum,
        fte=fte_of(weekly_sum),
        entry=shown[0].start if shown else None,
        exit=shown[-1].end if shown else None,
        paid_hours=None if paid is None else from_hundredths(paid),
        present=bool(here) or paid is not None,
        missing=tuple(missing),
        to_check=tuple(
            criterion
            for criterion, state in points.items()
            if criterion != RECOGNISED or state is State.DOUBTFUL  # a missing decision stands in `missing`
        ),
    )


def person(connection: Connection, person_id: bytes) -> PersonDetail | None:
    """Return all about one person, or None when she is not in the file."""
    row = connection.execute(select(tables.person).where(tables.person.c.id == person_id)).mappings().one_or_none()
    if row is None:
        return None
    values = {name: value for name, value in row.items() if name not in {"id", "version", "folded"}}
    place = connection.execute(select(site.c.name).where(site.c.id == row["site_id"])).scalar() or ""
    return PersonDetail(
        id=person_id,
        version=row["version"],
        staff_number=row["staff_number"],
        list_name=list_name(row["name"], row["first_names"]),
        values=values,
        site=place,
        contracts=contracts_of(connection, person_id),
        months=months_of(connection, person_id),
    )


def contracts_of(connection: Connection, person_id: bytes) -> tuple[ContractRow, ...]:
    """Return a person's contracts with their terms, oldest first."""
    c, t = contract.c, contract_terms.c
    terms: dict[bytes, list[Any]] = defaultdict(list)
    for row in connection.execute(
        select(
            contract_terms,
            func.coalesce(activity.c.name, "").label("activity_name"),
            work_pattern.c.name.label("pattern_name"),
        )
        .join(contract, c.id == t.contract_id)
        .outerjoin(activity, activity.c.id == t.activity_id)
        .outerjoin(work_pattern, work_pattern.c.id == t.work_pattern_id)
        .where(c.person_id == person_id)
        .order_by(t.start_on)
    ):
        terms[row.contract_id].append(row)
    rows = connection.execute(select(contract).where(c.person_id == person_id).order_by(c.start_on, c.number))
    return tuple(
        ContractRow(
            row.id,
            row.version,
            row.number,
            row.start_on,
            row.end_on,
            row.planned_end_on,
            row.nature,
            row.public_aid,
            row.end_reason,
            _terms_rows(terms[row.id], row.end_on),
        )
        for row in rows
    )


def _terms_rows(rows: Sequence[Any], end: date | None) -> tuple[TermsRow, ...]:
    found = []
    for index, row in enumerate(rows):
        weekly = weekly_hours(row.weekly_hours, row.monthly_hours)
        after = rows[index + 1].start_on if index + 1 < len(rows) else None
        found.append(
            TermsRow(
                row.id,
                row.version,
                row.start_on,
                _day_before(after) if after else end,
                weekly,
                monthly_hours(row.weekly_hours, row.monthly_hours),
                fte_of(weekly),
                None if row.hourly_pay is None else from_hundredths(row.hourly_pay),
                row.job,
                row.category,
                row.activity_id,
                row.activity_name,
                row.pattern_name or "",
            )
        )
    return tuple(found)


def _day_before(day: date) -> date:
    from datetime import timedelta

    return day - timedelta(days=1)


def search(connection: Connection, text: str, limit: int = 20) -> list[Found]:
    """Find people by parts of their names (without accents, in any order), by staff number or by NIR.

    Those whose family name begins with the text come first.
    """
    words = fold(text).split()
    if not words:
        return []
    p = tables.person.c
    plain = text.strip()
    by_name = and_(*(func.instr(p.folded, word) > 0 for word in words))
    chosen = [by_name, p.staff_number.istartswith(plain, autoescape=True)]
    digits = "".join(plain.split())
    if len(digits) >= 5:
        chosen.append(p.nir.startswith(digits[:13].upper(), autoescape=True))
    place = func.instr(
        literal(" ").concat(p.folded), f" {words[0]}"
    )  # where one of her names begins so; 1: the first one
    rank = case((p.staff_number == plain, 0), (place == 1, 1), (place > 1, 2), else_=3)
    best = select(p.id, rank.label("rank")).where(or_(*chosen)).order_by(rank, p.folded, p.staff_number).limit(limit)
    few = best.subquery()
    rows = connection.execute(
        select(p.id, p.staff_number, p.name, p.first_names, p.status, func.coalesce(site.c.name, ""), p.birth_date)
        .join(few, few.c.id == p.id)
        .outerjoin(site, site.c.id == p.site_id)
        .order_by(few.c.rank, p.folded, p.staff_number)
    )
    return [
        Found(key, number, list_name(name, first_names), status, place, born)
        for key, number, name, first_names, status, place, born in rows
    ]


def places(connection: Connection) -> dict[bytes, str]:
    """Return the names of all sites and activities by key."""
    found: dict[bytes, str] = {}
    for table in (site, activity):
        found.update({row[0]: row[1] for row in connection.execute(select(table.c.id, table.c.name))})
    return found


def number_owner(connection: Connection, staff_number: str) -> tuple[bytes, str] | None:
    """Return who bears a staff number: key and list name."""
    p = tables.person.c
    row = connection.execute(select(p.id, p.name, p.first_names).where(p.staff_number == staff_number)).first()
    return (row[0], list_name(row[1], row[2])) if row else None


def staff_number(connection: Connection, person_id: bytes) -> str | None:
    """Return a person's staff number, or None when she is not in the file."""
    p = tables.person.c
    found: str | None = connection.execute(select(p.staff_number).where(p.id == person_id)).scalar()
    return found


def staff_numbers(connection: Connection) -> list[str]:
    """Return all staff numbers."""
    return list(connection.execute(select(tables.person.c.staff_number)).scalars())


def is_used(connection: Connection, person_id: bytes) -> bool:
    """Whether payroll, absences, hours worked or claims speak of a person."""
    spoken = (pay_month, absence, tables.claim_line, tables.attendance, tables.absence_day, tables.month_sheet)
    columns = [table.c.person_id for table in spoken]
    return any(connection.execute(select(column).where(column == person_id).limit(1)).first() for column in columns)


def owner_of_contract(connection: Connection, contract_id: bytes) -> bytes | None:
    """Return the person of a contract."""
    found: bytes | None = connection.execute(select(contract.c.person_id).where(contract.c.id == contract_id)).scalar()
    return found


def contract_of_terms(connection: Connection, terms_id: bytes) -> bytes | None:
    """Return the contract of terms."""
    found: bytes | None = connection.execute(
        select(contract_terms.c.contract_id).where(contract_terms.c.id == terms_id)
    ).scalar()
    return found


def terms_rows(connection: Connection, contract_id: bytes) -> list[dict[str, Any]]:
    """Return a contract's terms as whole rows, oldest first."""
    t = contract_terms.c
    rows = connection.execute(select(contract_terms).where(t.contract_id == contract_id).order_by(t.start_on))
    return [dict(row) for row in rows.mappings()]
