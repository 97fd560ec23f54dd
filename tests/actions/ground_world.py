"""People on the ground for tests: contracts with patterns, shifts, and short ways to type and to read cells."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ltu_desktop.actions.attendance import CellEntry, Recorded, record
from ltu_desktop.queries.attendance import month_grid
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import FixedClock, World

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.queries.attendance_rows import DayCell, MonthGrid, PersonMonth

OCTOBER = Month(2026, 10)


class Ground(World):
    """A file with people who work; rows of other rooms are put in directly."""

    def pattern(self, name: str, *slots: tuple[int, int, int, int, int], weeks: int = 1) -> bytes:
        """Put in a work pattern: (week, weekday, start, end, break) in minutes."""
        key = self.insert(t.work_pattern, name=name, weeks=weeks)
        with self.store.write("test") as tx:
            tx.insert_many(
                t.work_pattern_slot,
                [
                    {
                        "work_pattern_id": key,
                        "week": week,
                        "weekday": weekday,
                        "start_minute": start,
                        "end_minute": end,
                        "break_minutes": pause,
                    }
                    for week, weekday, start, end, pause in slots
                ],
            )
        return key

    def set_terms(self, number: str, **values: Any) -> None:
        """Change the first terms of a person's contract."""
        with self.store.read() as connection:
            query = select(t.contract_terms.c.id).join(t.contract, t.contract.c.id == t.contract_terms.c.contract_id)
            key = connection.execute(query.where(t.contract.c.person_id == self.people[number])).scalars().first()
        assert key is not None
        self.update(t.contract_terms, key, **values)

    def activity(self, code: str, name: str = "") -> bytes:
        return self.insert(t.activity, code=code, name=name or code)

    def shift(self, number: str, day: date, activity_id: bytes, start: int, end: int, pause: int = 0) -> bytes:
        return self.insert(
            t.shift,
            person_id=self.people[number],
            day=day,
            activity_id=activity_id,
            start_minute=start,
            end_minute=end,
            break_minutes=pause,
        )

    def type(self, number: str, day: date, text: str, activity_id: bytes | None = None) -> Recorded:
        return record(self.ctx, [CellEntry(self.people[number], day, text, activity_id=activity_id)])

    def grid(self, month: Month = OCTOBER, **how: Any) -> MonthGrid:
        with self.store.read() as connection:
            return month_grid(connection, month, **how)

    def row(self, number: str, month: Month = OCTOBER, **how: Any) -> PersonMonth:
        return next(each for each in self.grid(month, **how).people if each.staff_number == number)

    def cell(self, number: str, day: date, **how: Any) -> DayCell:
        return self.row(number, Month.of(day), **how).cells[day.day - 1]

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.store.read() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]


def october(day: int) -> date:
    """Return a day of October 2026, whose 1st is a Thursday."""
    return date(2026, 10, day)


def ground(path: Path) -> Ground:
    """Return a file of three people: 35 h, 24 h on four days of a pattern, and four days with a morning."""
    world = Ground(path, FixedClock(datetime(2026, 11, 12, 10, 42, tzinfo=UTC)))
    world.insert(t.site, code="MO", name="Le Moulin")
    world.person("F0001", name="Benali")
    world.person("F0002", name="Delannoy", weekly="24")
    four = world.pattern("Quatre jours", *((0, day, 510, 930, 60) for day in (0, 1, 2, 3)))
    world.set_terms("F0002", work_pattern_id=four)
    world.person("F0003", name="Kowalczyk", weekly="31.5")
    mornings = [(0, day, 540, 780, 0) for day in range(4)] + [(0, day, 840, 1020, 0) for day in range(4)]
    half = world.pattern("Quatre jours et demi", *mornings, (0, 4, 540, 750, 0))
    world.set_terms("F0003", work_pattern_id=half)
    return world
