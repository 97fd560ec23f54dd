"""What the attendance pages show: typed rows, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.rules.attendance_days import DayTarget, Missed, cell_text

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.rules.periods import Month


@dataclass(frozen=True, slots=True)
class ActivityHead:
    """An activity as a filter and as a row's team: its colour and pictogram may be empty (by code then)."""

    id: bytes
    code: str
    name: str
    palette: str
    pictogram: str
    site_id: bytes | None


@dataclass(frozen=True, slots=True)
class DayHead:
    """A column of the grid; `holiday_name` is empty on other days."""

    day: date
    weekend: bool
    holiday_name: str


@dataclass(frozen=True, slots=True)
class DayCell:
    """A person's day. `done` is 0 both when nobody said anything and when 0 was typed: `said` tells.

    `kind` is that of the longest absence ("absent" when reasons are hidden), `code` what stands on the grid for it;
    `holiday` are the minutes that a holiday or a closed day takes from the plan, `closed` that the place is closed.
    `changed`: differs from the plan; `planned_only`: some of the plan is neither worked nor missed yet.
    `by_activity` are the minutes worked by activity (None: not said).
    """

    target: int = 0
    done: int = 0
    absent: int = 0
    kind: str = ""
    code: str = ""
    holiday: int = 0
    closed: bool = False
    changed: bool = False
    planned_only: bool = False
    by_activity: tuple[tuple[bytes | None, int], ...] = ()
    absences: tuple[Missed, ...] = ()
    morning: int = 0
    said: bool = False

    @property
    def open(self) -> int:
        """Planned minutes that are neither worked nor missed."""
        return max(0, self.target - self.absent - self.done)

    @property
    def balance(self) -> int:
        """Minutes that neither work nor absence explains: negative when some are missing."""
        return self.done + self.absent - self.target

    def text(self, mark: str = ",") -> str:
        """Write the cell as it is typed; hidden absences are left out."""
        shown = tuple(each for each in self.absences if each.kind != "absent")
        return cell_text(self.done if self.said else None, shown, DayTarget(self.target, self.morning), mark)


@dataclass(frozen=True, slots=True)
class SheetState:
    """A person's month sheet: the day on which it came, whether it is signed, how many papers hang on it."""

    received_on: date | None = None
    signed: bool = False
    attachments: int = 0
    id: bytes | None = None


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """A row of the grid, with its sums in minutes; `team` is the activity of her contract terms.

    `planned`, `done`, `absent` and `balance` are the frozen ones once the month is closed. `holiday` are the minutes
    that holidays and closed days took from the plan: they are in none of the other sums.
    """

    person_id: bytes
    staff_number: str
    list_name: str
    weekly_minutes: int | None
    team: bytes | None
    site_id: bytes | None
    cells: tuple[DayCell, ...]
    planned: int
    done: int
    absent: int
    holiday: int
    balance: int
    sheet: SheetState


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month of attendance; `closed_on` is None while it can be changed."""

    month: Month
    days: tuple[DayHead, ...]
    people: tuple[PersonMonth, ...]
    activities: tuple[ActivityHead, ...]
    closed_on: date | None
    closing_note: str
