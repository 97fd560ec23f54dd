"""Laws of imports: order does not matter, what is done is undone, no hour is lost, the second time changes nothing."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.store import tables as t
from tests.actions.office import Office
from tests.intake.dsn_text import Rubric, block, contract, declaration, establishment, file, paid, person

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = [("Delannoy", "Zoé"), ("Cœur", "Jean"), ("Nguyễn", "Karim"), ("DE LA FONTAINE", "Nadege"), ("Müller", "Ömer")]
DAYS = [date(2024, 1, 15), date(2025, 3, 1), date(2026, 10, 5)]
HOURS = ["151.67", "104.00", "121.33", "60.01"]


@dataclass(frozen=True)
class Someone:
    """A person as both sources may know her."""

    name: tuple[str, str]
    listed: bool
    paid: bool
    list_nir: bool
    pay_nir: bool
    pay_number: bool
    status: str | None
    site: str
    entry: date | None
    start: date
    weekly: str | None
    quantity: str
    hours: str
    job: str
    ends: bool


someone = st.builds(
    Someone,
    name=st.sampled_from(NAMES),
    listed=st.booleans(),
    paid=st.booleans(),
    list_nir=st.booleans(),
    pay_nir=st.just(True),
    pay_number=st.booleans(),
    status=st.sampled_from(["ppde", "other", None]),
    site=st.sampled_from(["", "Loos"]),
    entry=st.sampled_from([None, *DAYS]),
    start=st.sampled_from(DAYS),
    weekly=st.sampled_from([None, "24", "28", "35"]),
    quantity=st.sampled_from(HOURS),
    hours=st.sampled_from(HOURS),
    job=st.sampled_from(["", "Agent polyvalent", "AGENT POLYVALENT", "Couturière"]),
    ends=st.booleans(),
)


def birth(index: int) -> date:
    return date(1970 + 3 * index, 1 + index, 1 + 2 * index)


def nir(index: int) -> str:
    born = birth(index)
    return f"2{born:%y%m}59350{index:03d}"


def latin(text: str) -> str:
    return text.encode("iso-8859-1", "replace").decode("iso-8859-1")


def rows(people: list[Someone]) -> list[StaffRow]:
    return [
        StaffRow(
            index + 2,
            f"F{index:04d}",
            each.name[0],
            each.name[1],
            birth_date=birth(index),
            nir=nir(index) if each.list_nir else "",
            status=each.status,
            site=each.site,
            entry=each.entry,
            weekly_hours=Decimal(each.weekly) if each.weekly and each.entry else None,
            job=each.job if each.entry else "",
            hourly_pay=Decimal("12.31") if each.entry else None,
        )
        for index, each in enumerate(people)
        if each.listed
    ]


def payroll(people: list[Someone]) -> bytes:
    parts: list[list[Rubric]] = []
    for index, each in enumerate(people):
        if not each.paid:
            continue
        name, first = (latin(text) for text in each.name)
        number = f"F{index:04d}" if each.pay_number else ""
        parts.append(
            person(_001=nir(index), _002=name, _003=name, _004=first, _006=f"{birth(index):%d%m%Y}", _019=number)
        )
        work = f"C{index}"
        parts.append(contract(_001=f"{each.start:%d%m%Y}", _009=work, _013=each.quantity))
        if each.ends:
            parts.append(block("62", {"001": "20102026", "002": "059"}))
        parts.append(paid(each.hours, number=work))
    return file(declaration(), establishment(), *parts)


@contextmanager
def two_offices() -> Iterator[tuple[Office, Office]]:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Office(Path(folder) / "a.ltu"), Office(Path(folder) / "b.ltu")
        yield first, second
        first.close()
        second.close()


@settings(max_examples=30)
@given(st.lists(someone, min_size=1, max_size=5))
def test_staff_list_and_payroll_in_any_order(people: list[Someone]) -> None:
    with two_offices() as (first, second):
        listed, declared = rows(people), payroll(people)
        first.staff(*listed)
        before = first.content()
        plan = first.dsn(declared)
        assert plan.totals.equal
        assert sum(row["paid_hours"] for row in first.rows(t.pay_month)) == int(plan.totals.hours_in_file * 100)
        after = first.content()

        second.dsn(declared)
        second.staff(*listed)
        assert second.content() == after

        assert first.dsn(declared).changes_nothing
        assert first.staff(*listed).changes_nothing
        assert first.content() == after
        if first.store.entries() and first.store.entries()[0].action == "imports.dsn":
            first.store.undo()
            assert first.content() == before


@settings(max_examples=12)
@given(st.permutations([8, 9, 10, 11]), st.lists(st.sampled_from(HOURS[:3]), min_size=4, max_size=4))
def test_months_of_payroll_in_any_order(order: list[int], quantities: list[str]) -> None:
    """Terms come out the same whatever the order of the months, and so do all hours."""
    with two_offices() as (first, second):
        for office, months in ((first, [8, 9, 10, 11]), (second, order)):
            for month in months:
                quantity = quantities[month - 8]
                days = {"start": f"01{month:02d}2026", "end": f"28{month:02d}2026"}
                data = file(
                    declaration(_005=f"01{month:02d}2026"),
                    establishment(),
                    person(),
                    contract(_013=quantity),
                    paid(quantity, **days),
                )
                office.dsn(data, f"{month}.dsn")

        def in_force(office: Office) -> list[int]:
            terms = office.terms("F0001")
            return [[row[2] for row in terms if row[0] <= date(2026, month, 15)][-1] for month in (8, 9, 10, 11)]

        assert in_force(second) == in_force(first) == [int(Decimal(each) * 100) for each in quantities]
        assert second.counted("F0001") == first.counted("F0001")
        assert len(second.terms("F0001")) >= len(first.terms("F0001"))
