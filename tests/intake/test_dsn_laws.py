"""Any declaration written is read back as it was meant."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.dsn_records import DsnPerson
from ltu_desktop.intake.identity import nir_key
from ltu_desktop.rules.periods import Month
from tests.intake.dsn_text import (
    Rubric,
    activity,
    block,
    contract,
    declaration,
    establishment,
    paid,
    person,
    remuneration,
    text,
)

OCTOBER = Month(2026, 10)
hundredths = st.integers(-20_000, 80_000).map(lambda value: f"{Decimal(value).scaleb(-2):.2f}")
days = st.dates(date(2016, 1, 1), date(2026, 12, 31))
names = st.text("ABCÉçœ' -?abcdefghij\u0159", min_size=1, max_size=12).filter(str.strip)


def dsn(day: date) -> str:
    return f"{day:%d%m%Y}"


class Line(NamedTuple):
    """Some hours of one contract in one month."""

    number: str
    month: Month
    kind: str
    hours: str


class Told(NamedTuple):
    """A person as written, and what is to be read of her."""

    name: str
    first_names: str
    contracts: list[tuple[str, date, str]]
    lines: list[Line]
    gross: list[Line]


@st.composite
def told(draw: st.DrawFn) -> Told:
    numbers = draw(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=3, unique=True))
    contracts = [(number, draw(days), draw(hundredths.filter(lambda text: text[0] != "-"))) for number in numbers]
    line = st.builds(
        Line,
        st.sampled_from(numbers),
        st.sampled_from([OCTOBER, OCTOBER.plus(-1), OCTOBER.plus(-13)]),
        st.sampled_from(["01", "02"]),
        hundredths,
    )
    return Told(draw(names), draw(names), contracts, draw(st.lists(line, max_size=6)), draw(st.lists(line, max_size=3)))


def written(one: Told, place: int) -> list[Rubric]:
    nir = f"1870159571{place:03d}"
    rubrics = person(_001=nir, _002=one.name, _003="", _004=one.first_names, _006="08011987", _019=f"F{place:04d}")
    for number, start, quantity in one.contracts:
        rubrics += contract(_009=number, _001=dsn(start), _013=quantity)
        rubrics += block("99", {"001": "kept"})
    for line in one.gross:
        rubrics += remuneration("001", line.hours, "", line.number, dsn(line.month.first), dsn(line.month.last))
    for line in one.lines:
        rubrics += remuneration("002", "1.00", "", line.number, dsn(line.month.first), dsn(line.month.last))
        rubrics += activity(line.kind, line.hours)
    return rubrics


def check(found: DsnPerson, one: Told, place: int) -> None:
    assert (found.staff_number, len(nir_key(found.nir))) == (f"F{place:04d}", 2)
    assert (found.family_name, found.first_names) == (one.name.strip(), one.first_names.strip())
    assert [(each.number, each.start, each.quantity) for each in found.contracts] == [
        (number, start, Decimal(quantity)) for number, start, quantity in one.contracts
    ]
    hours: dict[tuple[str, Month, str], Decimal] = defaultdict(Decimal)
    for line in one.lines:
        hours[line.number, line.month, line.kind] += Decimal(line.hours)
    gross: dict[tuple[str, Month], Decimal] = defaultdict(Decimal)
    for line in one.gross:
        gross[line.number, line.month] += Decimal(line.hours)
    pay = {(each.contract_number, each.month): each for each in found.pay}
    assert len(pay) == len(found.pay)
    assert set(pay) == {(number, month) for number, month, _ in hours} | set(gross)
    for key, each in pay.items():
        assert each.paid_hours == hours[*key, "01"]
        assert each.unpaid_hours == hours[*key, "02"]
        assert each.gross_pay == gross.get(key)


@settings(max_examples=60)
@given(
    sites=st.lists(st.lists(told(), max_size=3), min_size=1, max_size=3),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    bare=st.booleans(),
)
def test_what_is_written_is_read_back(sites: list[list[Told]], encoding: str, *, bare: bool) -> None:
    parts = [declaration()]
    people: list[tuple[Told, int]] = []
    for nic, site in enumerate(sites, 17):
        parts.append(establishment(f"{nic:05d}"))
        for one in site:
            people.append((one, len(people)))
            parts.append(written(one, len(people) - 1))
    whole = text(*parts)
    data = (whole.replace("\r\n", "\n") if bare else whole).encode(encoding)
    found = read_dsn(data, "any.dsn")
    (month,) = found.declarations
    assert len(month.persons) == len(people)
    for person_read, (one, place) in zip(month.persons, people, strict=True):
        check(person_read, one, place)
    assert month.sirets == tuple(f"999000111{nic:05d}" for nic in range(17, 17 + len(sites)))
    expected = sum((Decimal(line.hours) for one, _ in people for line in one.lines if line.kind == "01"), Decimal(0))
    assert found.paid_hours == found.hours_read == expected
    kept = {one.rubric: one.count for one in found.unknown}
    assert kept.get("S21.G00.99.001", 0) == sum(len(one.contracts) for one, _ in people)
    lines = whole.split("\r\n")
    assert all(lines[each.line - 1].startswith("S21.G00.30.001") for each in month.persons)
    assert all(
        lines[each.line - 1].startswith("S21.G00.51.001") for person_read in month.persons for each in person_read.pay
    )


@settings(max_examples=60)
@given(st.data())
def test_a_line_taken_out_doubled_or_broken_is_refused(data: st.DataObject) -> None:
    """No change of a single line goes unseen, but for the digits of a value."""
    import pytest

    from ltu_desktop.rules.errors import UserError

    lines = (
        text(declaration(), establishment(), person(), contract(), paid("104.00")).encode("iso-8859-1").splitlines(True)
    )
    place = data.draw(st.integers(0, len(lines) - 1))
    change = data.draw(st.sampled_from(["out", "doubled", "cut", "quote"]))
    line = lines[place]
    lines[place : place + 1] = {
        "out": [],
        "doubled": [line, line],
        "cut": [line[: data.draw(st.integers(1, 16))] + b"\r\n"],
        "quote": [line.replace(b"'\r\n", b"\r\n")],
    }[change]
    with pytest.raises(UserError) as caught:
        read_dsn(b"".join(lines), "any.dsn")
    assert caught.value.mend
    assert caught.value.where.startswith("any.dsn")
