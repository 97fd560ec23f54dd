"""Somebody's employment over the stretches of her contracts: its first and last day, and what changed in a month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ltu_desktop.rules.dossier import Change, Remark

if TYPE_CHECKING:
    from ltu_desktop.queries.claim_cards import PersonRow
    from ltu_desktop.queries.claim_facts import Stretch, Worker
    from ltu_desktop.rules.periods import Month


def _within(day: date | None, month: Month) -> bool:
    return day is not None and month.first <= day <= month.last


def changes(worker: Worker, person: PersonRow, month: Month) -> list[Change]:
    """Return entries, exits and changes of weekly hours of a month; contracts without a break count as one."""
    found = []
    number = person.staff_number
    for index, stretch in enumerate(worker.stretches):
        before = worker.stretches[index - 1] if index else None
        if before is not None and before.end != stretch.start - timedelta(days=1):
            before = None  # there was a break: this is a new entry
        after = worker.stretches[index + 1] if index + 1 < len(worker.stretches) else None
        if _within(stretch.start, month):
            if before is None:
                found.append(
                    Change("entry", number, stretch.start, None, stretch.weekly_hours, detail=person.decision_number)
                )
            elif before.weekly_hours != stretch.weekly_hours:
                found.append(Change("hours", number, stretch.start, before.weekly_hours, stretch.weekly_hours))
        if stretch.end is not None and _within(stretch.end, month):
            follows = after is not None and after.start == stretch.end + timedelta(days=1)
            if not follows:
                found.append(Change("exit", number, stretch.end, stretch.weekly_hours, None, reason=stretch.end_reason))
    return found


def remark(change: Change) -> Remark:
    """Return what the nominal list says of a change."""
    if change.kind == "hours":
        figures = {"before": change.before, "after": change.after}
        return Remark(
            "hours_change",
            {"day": change.day},
            {name: value for name, value in figures.items() if value is not None},
        )
    return Remark(change.kind, {"day": change.day})


def last_stretch(worker: Worker | None, month: Month) -> Stretch | None:
    """Return the terms in force at the month's end, or at the exit."""
    started = [each for each in worker.stretches if each.start <= month.last] if worker else []
    return started[-1] if started else None


def first_day(worker: Worker | None, month: Month) -> date | None:
    """Return the first day of the employment that holds the month, contracts without a break counting as one."""
    started = [each for each in worker.stretches if each.start <= month.last] if worker else []
    if not started:
        return None
    entry = started[-1].start
    for each in reversed(started[:-1]):
        if each.end is not None and each.end < entry - timedelta(days=1):
            break
        entry = min(entry, each.start)
    return entry


def last_day(worker: Worker | None, month: Month) -> date | None:
    """Return the last day of employment when it is known and not later than the month."""
    started = [each for each in worker.stretches if each.start <= month.last] if worker else []
    ends = [each.end for each in started]
    if not ends or any(end is None or end > month.last for end in ends):
        return None
    return max(end for end in ends if end is not None)
