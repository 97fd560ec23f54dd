"""A plan as a list: a row a shift, as it can be read back.

Keys: plan[number name day start end pause hours activity site].
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents.list_reports import put_under
from ltu_desktop.documents.report import Column, Kind, Role, Row, Section, Table
from ltu_desktop.rules.attendance import minutes_to_hundredths
from ltu_desktop.rules.money import from_hundredths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.documents.list_reports import Issue
    from ltu_desktop.documents.report import Report
    from ltu_desktop.queries.calendars import Places
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.words import Words


def report(shifts: Sequence[ShiftRow], places: Places, first: date, last: date, issue: Issue, words: Words) -> Report:
    """Return the shifts of some days as a report, in the order of days and times."""
    columns = (
        Column("number", words.text("Staff number"), Kind.CODE),
        Column("name", words.text("NAME First name")),
        Column("day", words.term("plan", "Date"), Kind.DATE),
        Column("start", words.term("plan", "Start"), Kind.CODE),
        Column("end", words.term("plan", "End"), Kind.CODE),
        Column("pause", words.term("plan", "Break"), Kind.COUNT, unit="(min)"),
        Column("hours", words.text("Hours"), Kind.HOURS),
        Column("activity", words.term("plan", "Activity"), Kind.CODE),
        Column("site", words.term("plan", "Site"), Kind.CODE),
    )
    rows = tuple(
        Row(
            (
                places.people[each.person_id][0],
                places.people[each.person_id][1],
                each.day,
                clock(each.start),
                clock(each.end),
                each.pause,
                _hours(each.minutes),
                places.activities[each.activity_id][0],
                places.sites[each.site_id].code if each.site_id else "",
            ),
            key=each.id.hex(),
        )
        for each in shifts
    )
    whole = _hours(sum(each.minutes for each in shifts))
    total = Row((words.text("Total"), "", None, "", "", None, whole, "", ""), Role.TOTAL)
    return put_under(
        issue,
        words,
        title=words.term("plan", "Plan"),
        subtitle=words.plural("{count} shift", "{count} shifts", len(rows)),
        period=f"{first}_{last}",
        said=words.text("from {first} to {last}", first=words.day(first), last=words.day(last)),
        name=f"planning-{first}",
        section=Section(
            "plan",
            "",
            tables=(
                Table(
                    "plan",
                    columns,
                    rows,
                    (total,) if rows else (),
                    title=words.term("sheet", "Plan"),
                    empty=words.text("Nothing is planned."),
                ),
            ),
        ),
    )


def clock(minutes: int) -> str:
    """Write a time of day as spreadsheets read it: `8:30`; an end on the next day is that day's time."""
    return f"{minutes % 1440 // 60}:{minutes % 60:02d}"


def _hours(minutes: int) -> Decimal:
    return from_hundredths(minutes_to_hundredths(minutes))
