"""Who works in the demo's job factory: people, contracts, amendments, exits. Drawn from a seed, nothing is real."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ltu_desktop import RESOURCES

if TYPE_CHECKING:
    from random import Random

    from ltu_desktop.rules.periods import Month

FULL_TIME = Decimal("35.00")
PART_TIMES = tuple(Decimal(text) for text in ("32.00", "30.00", "28.00", "26.00", "24.00", "24.00", "20.00", "17.50"))
NOT_A_COMMUNE = 900
"""Numbers of communes above all real ones: the social security numbers are valid and nobody's."""


@dataclass(frozen=True)
class Terms:
    """Weekly hours from a day on."""

    start: date
    weekly: Decimal


@dataclass
class Worker:
    """A person of the demo with her one contract. `hourly` is None for those who earn the minimum wage."""

    number: str
    family: str
    first: str
    sex: str
    birth: date
    nir: str
    status: str
    recognised_on: date | None
    decision: str
    address: str
    postcode: str
    town: str
    site: str
    activity: str
    job: str
    start: date
    terms: list[Terms]
    nature: str = "01"
    hourly: Decimal | None = None
    end: date | None = None
    end_reason: str = ""
    planned_end: date | None = None

    @property
    def contract_number(self) -> str:
        """The number of her contract in payroll."""
        return f"C{self.number[1:]}"

    def weekly_on(self, day: date) -> Decimal:
        """Return the weekly hours in force on a day."""
        return [each.weekly for each in self.terms if each.start <= day][-1]

    def here(self, month: Month) -> bool:
        """Whether she is employed on a day of the month."""
        return self.start <= month.last and (self.end is None or self.end >= month.first)


@dataclass(frozen=True)
class Cast:
    """The job factory: its particulars (`resources/demo/factory.toml`) and its workers by staff number."""

    house: dict[str, Any]
    workers: tuple[Worker, ...]
    months: tuple[Month, ...] = field(default=())


@lru_cache
def house() -> dict[str, Any]:
    """Return the fictional employer, agreement, sites, activities and names."""
    with (RESOURCES / "demo" / "factory.toml").open("rb") as file:
        return tomllib.load(file)


def draw(random: Random, months: tuple[Month, ...], people: int) -> Cast:
    """Draw a cast: `people` at work at the end of the last month, half of them part time, some gone before.

    In the last month somebody enters, somebody leaves and somebody's hours change, when there are people enough.
    """
    leavers = people // 8
    others = max(1, round(people * 8 / 120)) if people > 1 else 0
    total = people + leavers
    starts, ends = _life(random, months, people, leavers)
    part_time = [False] * (total - total // 2) + [True] * (total // 2)
    random.shuffle(part_time)
    taken: set[tuple[str, str]] = set()
    workers = []
    for index in range(total):
        # the others (support and supervision) are among those who were there from the beginning
        other = index < others
        start, end = starts[index], ends[index]
        weekly = FULL_TIME if other or not part_time[index] else random.choice(PART_TIMES)
        workers.append(_worker(random, index, start, end, weekly, other=other, only=index == total // 2, taken=taken))
    _change_hours(random, workers, months)
    for worker in workers:
        if worker.nature != "01":
            worker.planned_end = months[-1].plus(2).last
    workers.sort(key=lambda worker: worker.start)
    for index, worker in enumerate(workers, 1):
        worker.number = f"F{index:04d}"
    for worker in workers:
        if worker.status == "ppde":
            worker.recognised_on = worker.start - timedelta(days=random.randint(5, 60))
            worker.decision = f"{worker.recognised_on.year}-{int(worker.number[1:]):03d}"
    return Cast(house(), tuple(workers), months)


def _life(random: Random, months: tuple[Month, ...], people: int, leavers: int) -> tuple[list[date], list[date | None]]:
    """Draw first and last days: the leavers come last in the lists and were all there before the first month."""
    first, last = months[0], months[-1]
    entrants = min(people // 4, people - 1) if len(months) > 1 else 0
    starts = [first.first - timedelta(days=random.randint(30, 6 * 365)) for _ in range(people - entrants)]
    for index in range(entrants):
        month = last if index == 0 else random.choice(months[1:])
        starts.append(month.first + timedelta(days=random.choice((0, 0, 0, 4, 11, 14))))
    starts += [first.first - timedelta(days=random.randint(60, 6 * 365)) for _ in range(leavers)]
    ends: list[date | None] = [None] * people
    for index in range(leavers):
        month = last if index == 0 else random.choice(months)
        ends.append(random.choice((month.first + timedelta(days=15), month.last, month.first + timedelta(days=22))))
    return [_working(day) for day in starts], ends


def _working(day: date) -> date:
    """Return the day, or the Monday after it when it falls on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _worker(
    random: Random,
    index: int,
    start: date,
    end: date | None,
    weekly: Decimal,
    *,
    other: bool,
    only: bool,
    taken: set[tuple[str, str]],
) -> Worker:
    names = house()["names"]
    sex = random.choice("12")
    while True:
        family, first = random.choice(names["family"]), random.choice(names["men" if sex == "1" else "women"])
        if (family, first) not in taken:
            break
    taken.add((family, first))
    if only:
        family, first = names["only_name"], ""
    activity = random.choice(house()["activity"])
    # the sites' sizes are about two to one: draw again now and then
    if activity["site"] != house()["site"][0]["name"] and random.random() < 0.2:
        activity = random.choice(house()["activity"][:5])
    birth = date(start.year - random.randint(22, 60), random.randint(1, 12), random.randint(1, 28))
    postcode, town = random.choice(names["towns"])
    reasons = house()["exits"]
    supervisor = other and index == 1  # one of them stands in for somebody, on a fixed-term contract
    return Worker(
        number="",
        family=family,
        first=first,
        sex=sex,
        birth=birth,
        nir=_nir(random, sex, birth, index),
        status="other" if other else "ppde",
        recognised_on=None,
        decision="",
        address=f"{random.randint(1, 99)} {random.choice(names['streets'])}",
        postcode=postcode,
        town=town,
        site=activity["site"],
        activity=activity["name"],
        job="ENCADRANT TECHNIQUE" if other else activity["job"],
        start=start,
        terms=[Terms(start, weekly)],
        nature="02" if supervisor else "01",
        hourly=Decimal(random.randint(1450, 1950)).scaleb(-2) if other else None,
        end=end,
        end_reason=random.choices(list(reasons), list(reasons.values()))[0] if end else "",
    )


def _nir(random: Random, sex: str, birth: date, index: int) -> str:
    """Make a number of 13 characters; one person in forty was born in Corsica, one in ten abroad."""
    department = random.choice(("2A", "2B")) if index % 40 == 3 else "99" if random.random() < 0.1 else "59"
    commune = NOT_A_COMMUNE + random.randint(0, 89)
    return f"{sex}{birth.year % 100:02d}{birth.month:02d}{department}{commune:03d}{random.randint(1, 999):03d}"


def _change_hours(random: Random, workers: list[Worker], months: tuple[Month, ...]) -> None:
    """Give some part-timers an amendment inside the months; one falls into the last month, one inside a month."""
    eligible = [
        worker
        for worker in workers
        if worker.status == "ppde"
        and worker.end is None
        and worker.start < months[0].first
        and worker.terms[0].weekly != FULL_TIME
    ]
    if len(months) < 2:
        return
    for index, worker in enumerate(eligible[: max(1, len(workers) // 10)]):
        month = months[-1] if index < 2 else random.choice(months[1:])
        day = month.first + timedelta(days=11 if index == 1 else 0)
        before = worker.terms[0].weekly
        after = random.choice([each for each in (*PART_TIMES, FULL_TIME) if each != before])
        worker.terms.append(Terms(day, after))
