"""What happened on the demo's ground: who planned what, who worked, who was away; skills, wishes, needs, support.

It agrees with the demo's payroll: who is not paid for a while was away then, whoever is paid more worked more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ltu_desktop.actions import activities, skills, support
from ltu_desktop.queries.day_targets import public_holidays
from ltu_desktop.rules.attendance import hours_to_minutes
from ltu_desktop.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from sqlalchemy import Table

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.demo.cast import Cast, Worker
    from ltu_desktop.actions.demo.months import Slip
    from ltu_desktop.rules.periods import Month

MORNING, NOON, AFTERNOON = 8 * 60 + 30, 12 * 60, 13 * 60
_BREAK = AFTERNOON - NOON
_LONG = NOON - MORNING  # a longer day goes over noon
_STOPS = {"60": "sick_unpaid", "65": "unpaid_leave"}
_ONE = timedelta(days=1)
Row = dict[str, Any]


@dataclass
class _Days:
    """Rows of a month, by table."""

    shifts: list[Row] = field(default_factory=list)
    attendance: list[Row] = field(default_factory=list)
    absences: list[Row] = field(default_factory=list)
    sheets: list[Row] = field(default_factory=list)


@dataclass
class Ground:
    """The demo's ground, month by month; `random` is its own, so that payroll is drawn the same without it."""

    ctx: Context
    cast: Cast
    random: Random

    @cached_property
    def people(self) -> dict[str, bytes]:
        """People by staff number."""
        return self._keys(t.person, "staff_number")

    @cached_property
    def activities(self) -> dict[str, bytes]:
        """Activities by name."""
        return self._keys(t.activity, "name")

    def _keys(self, table: Table, column: str) -> dict[str, bytes]:
        with self.ctx.store.read() as connection:
            return {row[0]: row[1] for row in connection.execute(select(table.c[column], table.c.id))}

    # ---- a month

    def month(self, month: Month, slips: Iterable[Slip], *, last: bool) -> None:
        """Enter a month's plan, attendance and absences; of the last one some sheets have not come yet."""
        days = _Days()
        for index, slip in enumerate(slips):
            self._person(days, slip, month, missing=last and index % 17 == 5)
        with self.ctx.store.write("demo.month", {"month": month}) as tx:
            tx.insert_many(t.shift, days.shifts)
            tx.insert_many(t.attendance, days.attendance)
            tx.insert_many(t.absence_day, days.absences)
            tx.insert_many(t.month_sheet, days.sheets)

    def _person(self, days: _Days, slip: Slip, month: Month, *, missing: bool) -> None:
        worker, random = slip.worker, self.random
        key, own = self.people[worker.number], self.activities[worker.activity]
        plan = self._plan(worker, month)
        away = self._away(slip, plan, month)
        extra = hours_to_minutes(slip.pays[0].beyond)
        other = random.choice(sorted(self.activities))
        for day, minutes in plan.items():
            days.shifts += self._shifts(worker, day, minutes, other)
            if missing and day > month.last - 6 * _ONE:
                continue  # the sheet of the last week is still on the site
            kind, gone = away.get(day, ("", 0))
            if gone:
                part = "day" if gone == minutes else "hours"
                days.absences.append({"person_id": key, "day": day, "kind": kind, "minutes": gone, "part": part})
            more = min(extra, 120) if not gone else 0
            extra -= more
            if gone < minutes or more:
                done = minutes - gone + more
                origin = "planned" if done == minutes else "typed"
                days.attendance.append(
                    {"person_id": key, "day": day, "activity_id": own, "minutes": done, "origin": origin}
                )
        if not missing:
            received = month.plus(1).first + _ONE
            days.sheets.append(
                {"person_id": key, "month": str(month), "received_on": received, "signed": int(random.random() < 0.9)}
            )

    def _plan(self, worker: Worker, month: Month) -> dict[date, int]:
        """Return the minutes planned on each day on which she works."""
        first, last = max(month.first, worker.start), min(month.last, worker.end or month.last)
        holidays = public_holidays("FR", month.year)
        found = {}
        for number in range((last - first).days + 1):
            day = first + number * _ONE
            minutes = week_of(worker.weekly_on(day), int(worker.number[1:])).get(day.weekday(), 0)
            if minutes and day not in holidays:
                found[day] = minutes
        return found

    def _shifts(self, worker: Worker, day: date, minutes: int, other: str) -> list[Row]:
        """Plan a day: one shift over noon, or on some Wednesdays two, the second in another activity."""
        key, own = self.people[worker.number], self.activities[worker.activity]
        if day.weekday() == 2 and minutes > _LONG and int(worker.number[1:]) % 6 == 0:
            return [
                _shift(key, day, own, MORNING, _LONG),
                _shift(key, day, self.activities[other], AFTERNOON, minutes - _LONG),
            ]
        return [_shift(key, day, own, MORNING, minutes)]

    def _away(self, slip: Slip, plan: dict[date, int], month: Month) -> dict[date, tuple[str, int]]:
        """Return who is away when and why: what payroll does not pay, and paid leave."""
        random = self.random
        found: dict[date, tuple[str, int]] = {}
        left = hours_to_minutes(slip.pays[0].unpaid)
        if left:
            [stop] = slip.stops or [None]
            kind = _STOPS[stop.block] if stop else "unjustified"
            start = stop.start if stop else random.choice([*plan, month.first])
            for day, minutes in plan.items():
                if day >= start and left:
                    gone = min(minutes, left)
                    found[day] = (kind, gone)
                    left -= gone
        free = [day for day in plan if day not in found]
        if month.number == 8:
            begin = random.choice((0, 5, 10))
            leave = free[begin : begin + 8]
        elif month.number == 12:
            leave = free[-4:]
        else:
            leave = [day for day in free if random.random() < 0.035]
        return found | {day: ("paid_leave", plan[day]) for day in leave}

    # ---- what goes on besides

    def ahead(self, month: Month) -> None:
        """Plan the two weeks after the last month, say how many people each activity needs, keep a typical week."""
        monday = month.last + _ONE * (7 - month.last.weekday())
        other = self.cast.house["activity"][0]["name"]
        ground = self.cast.house["ground"]
        rows: list[Row] = []
        typical: list[Row] = []
        staffed: dict[tuple[bytes, int], int] = defaultdict(int)
        for worker in self.cast.workers:
            if worker.end is not None:
                continue
            for weekday, minutes in week_of(worker.weekly_on(monday), int(worker.number[1:])).items():
                first, second = (monday + (7 * week + weekday) * _ONE for week in (0, 1))
                for day in (first, second):
                    if day not in public_holidays("FR", day.year):
                        rows += self._shifts(worker, day, minutes, other)
                staffed[self.activities[worker.activity], weekday] += 1
                for row in self._shifts(worker, first, minutes, other):
                    kept = {name: value for name, value in row.items() if name != "day"}
                    typical.append({**kept, "weekday": weekday})
        with self.ctx.store.write("demo.ahead") as tx:
            tx.insert_many(t.shift, _with_trouble(rows, monday))
            template = tx.insert(t.week_template, {"name": ground["template"]})
            tx.insert_many(t.week_template_shift, [{**row, "week_template_id": template} for row in typical])
            tx.insert_many(
                t.cover_need,
                [
                    {"activity_id": key, "weekday": weekday, "start_minute": MORNING, "end_minute": NOON + _BREAK + 180,
                     "people": max(1, people - (people + weekday) % 3 + (1 if people % 5 == 0 else 0))}
                    for (key, weekday), people in sorted(staffed.items())
                ],
            )  # fmt: skip
            year = month.last.year
            tx.insert(
                t.closure,
                {
                    "start_on": date(year, 12, 24),
                    "end_on": date(year, 12, 31),
                    "name": self.cast.house["ground"]["closure"],
                },
            )

    def portraits(self, month: Month) -> None:
        """Enter approvals, turnover, needs of the territory, and what some people can, wish, do not do and plan."""
        ctx, random, house = self.ctx, self.random, self.cast.house
        for index, each in enumerate(house["activity"]):
            key = self.activities[each["name"]]
            details: Row = {"analytic_code": f"{611 + index}", "people_wanted": 4 + index, "demands": each["demands"]}
            if "palette" in each:
                details["palette"] = each["palette"]
            if index:  # the committee has not decided on the newest one yet
                details["approved_on"] = self.cast.months[0].first - timedelta(days=200 - 20 * index)
            activities.change_activity(ctx, key, details)
            if each["sells"]:
                for back in range(min(12, len(self.cast.months))):
                    amount = Decimal(random.randint(each["sells"] // 2, each["sells"]))
                    activities.set_turnover(ctx, key, month.plus(-back), amount)
            for name in each["skills"]:
                skills.set_activity_skill(ctx, key, skills.add_skill(ctx, name), 2)
        for need in house["need"]:
            served = self.activities.get(need["activity"])
            activities.add_need(
                ctx,
                need["title"],
                asked_by=need["asked_by"],
                place=need["place"],
                weekly_minutes=need["hours"] * 60,
                state=need["state"],
                activity_id=served,
                noted_on=month.first - timedelta(days=random.randint(3, 300)),
            )
        present = [worker for worker in self.cast.workers if worker.end is None]
        for worker in present[: 3 * len(present) // 4]:
            self._portrait(worker, month)

    def _portrait(self, worker: Worker, month: Month) -> None:
        ctx, random, house = self.ctx, self.random, self.cast.house
        key = self.people[worker.number]
        [own] = [each for each in house["activity"] if each["name"] == worker.activity]
        for name in own["skills"]:
            level = random.randint(1, 3)
            skills.set_person_skill(ctx, key, skills.add_skill(ctx, name), level, wants_to_learn=level == 1)
        skills.set_wish(ctx, key, self.activities[worker.activity], skills.WISH)
        draw = random.random()
        elsewhere = random.choice([each["name"] for each in house["activity"] if each is not own])
        if draw < 0.5:
            kind = skills.WISH if draw < 0.35 else skills.REFUSAL
            skills.set_wish(ctx, key, self.activities[elsewhere], kind)
        if draw > 0.8:
            others = [code for code in ("lifting", "driving", "standing", "heights") if code not in own["demands"]]
            skills.set_limits(ctx, key, {random.choice(others)})
        if draw > 0.92:
            skills.set_availability(ctx, key, {weekday: [(MORNING, 16 * 60 + 30)] for weekday in (0, 1, 3, 4)})
        if draw < 0.3:
            note = random.choice(house["ground"]["notes"])
            support.add_note(
                ctx,
                key,
                day=month.first + timedelta(days=random.randint(0, 20)),
                kind=note[0],
                minutes=int(note[1]),
                note=note[2],
                next_step=note[3],
                next_on=month.last + timedelta(days=random.randint(5, 60)) if note[3] else None,
            )


def week_of(weekly: Decimal, number: int) -> dict[int, int]:
    """Return the minutes of each weekday of somebody's week: five days, four, or three for the shortest."""
    days = 5 if weekly >= 30 else 4 if weekly >= 20 else 3
    weekdays = list(range(5))
    for _ in range(5 - days):
        weekdays.pop((number * 2 + len(weekdays)) % len(weekdays))
    minutes = hours_to_minutes(weekly)
    each = minutes // days // 15 * 15
    found = dict.fromkeys(weekdays, each)
    found[weekdays[0]] += minutes - each * days
    return found


def _shift(person: bytes, day: date, activity: bytes, start: int, minutes: int) -> Row:
    pause = _BREAK if start < NOON and minutes > _LONG else 0
    return {
        "person_id": person,
        "day": day,
        "activity_id": activity,
        "start_minute": start,
        "end_minute": start + minutes + pause,
        "break_minutes": pause,
    }


def _with_trouble(rows: list[Row], monday: date) -> list[Row]:
    """Leave two things for the planner to see: an evening too late, and an hour in two places at once."""
    first = [row for row in rows if row["day"] < monday + 5 * _ONE]
    if len(first) > 60:
        late = first[30]
        late["start_minute"], late["end_minute"], late["break_minutes"] = 14 * 60, 21 * 60 + 30, 30
        twice = first[50]
        again = next(row for row in first if row["activity_id"] != twice["activity_id"])
        rows.append(_shift(twice["person_id"], twice["day"], again["activity_id"], 11 * 60, 90))
    return rows
