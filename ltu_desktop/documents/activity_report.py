"""Hours and cost by activity and site as a report: what each activity took, cost, was funded and sold in a year.

Keys: activities[site activity analytic people hours share cost per_hour subsidy turnover rest]; a row's key is the
activity's code and site, `-` for what nothing attributes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.list_reports import left_out, pick, put_under
from ltu_desktop.documents.report import Column, Kind, Report, Role, Row, Section, Table
from ltu_desktop.rules.money import ZERO, to_cent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.list_reports import Issue, Shown
    from ltu_desktop.queries.analytic import ActivityYear, Year
    from ltu_desktop.words import Words

NOWHERE = "-"


def activities(year: int, found: Year, issue: Issue, words: Words, shown: Shown = None) -> Report:
    """Return the year's hours, cost, subsidy and turnover by activity and site."""
    columns = _columns(words)
    whole = sum(row.minutes for row in found.rows)
    kept = {_key(row): row for row in found.rows}
    rows = [_row(row, whole, words) for row in found.rows]
    listed = pick(rows, shown)
    some = [kept[row.key] for row in listed]
    notes = [
        *left_out(rows, listed, words),
        words.text("Hours worked, as the attendance says; cost and subsidy of a month go by the hours worked in it."),
        words.text("Subsidy: what was claimed, State’s and Department’s parts, corrections included."),
    ]
    if found.gross_only:
        notes.append(
            words.plural(
                "{count} person’s month lacks the employer’s cost in payroll: its gross pay stands for it.",
                "{count} people’s months lack the employer’s cost in payroll: their gross pay stands for it.",
                found.gross_only,
            )
        )
    table = Table(
        "activities",
        columns,
        tuple(listed),
        (_total(some, whole, columns, words),) if some else (),
        empty=words.text("No attendance and no payroll is kept for this year."),
        notes=tuple(notes),
    )
    return put_under(
        issue,
        words,
        title=words.text("Hours and cost by activity"),
        subtitle=words.text("By activity and site: hours worked, cost, subsidy, turnover"),
        period=str(year),
        said=str(year),
        name=f"activites-{year}",
        section=Section("activities", "", tables=(table,)),
    )


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("site", words.term("list", "Site")),
        Column("activity", words.term("list", "Activity"), strong=True),
        Column("analytic", words.term("activities", "Cost code"), Kind.CODE, words.term("activities", "Code")),
        Column("people", words.term("activities", "People"), Kind.COUNT),
        Column("hours", words.term("activities", "Hours"), Kind.HOURS, unit="h"),
        Column("share", words.term("activities", "Share"), Kind.PERCENT, unit="%"),
        Column("cost", words.term("activities", "Cost"), Kind.MONEY, unit="€"),
        Column("per_hour", words.term("activities", "Cost per hour"), Kind.MONEY, unit="€"),
        Column("subsidy", words.term("activities", "Subsidy"), Kind.MONEY, unit="€"),
        Column("turnover", words.term("activities", "Turnover"), Kind.MONEY, unit="€"),
        Column("rest", words.term("activities", "Left over"), Kind.MONEY, unit="€", strong=True),
    )


def _key(row: ActivityYear) -> str:
    return f"{row.code}/{row.site}" if row.activity else NOWHERE


def _row(row: ActivityYear, whole: int, words: Words) -> Row:
    name = labels.safe(row.activity, words) if row.activity else words.term("activities", "Not attributed")
    return Row(
        (
            labels.safe(row.site, words),
            name,
            labels.safe(row.analytic_code, words),
            row.people or None,
            *_figures(row, whole),
        ),
        key=_key(row),
    )


def _figures(row: ActivityYear, whole: int) -> tuple[Decimal | None, ...]:
    hours = to_cent(Decimal(row.minutes) / 60)
    return (
        hours,
        Decimal(row.minutes) / whole if whole else None,
        row.cost,
        to_cent(row.cost * 60 / row.minutes) if row.minutes else None,
        row.subsidy,
        row.turnover,
        row.subsidy + row.turnover - row.cost,
    )


def _total(rows: Sequence[ActivityYear], whole: int, columns: Sequence[Column], words: Words) -> Row:
    minutes = sum(row.minutes for row in rows)
    cost, subsidy, sold = (sum((getattr(row, name) for row in rows), ZERO) for name in ("cost", "subsidy", "turnover"))
    values: dict[str, str | Decimal | None] = {
        "activity": words.term("list", "Total"),
        "hours": sum((to_cent(Decimal(row.minutes) / 60) for row in rows), ZERO),  # the printed lines add up
        "share": Decimal(minutes) / whole if whole else None,
        "cost": cost,
        "per_hour": to_cent(cost * 60 / minutes) if minutes else None,
        "subsidy": subsidy,
        "turnover": sold,
        "rest": subsidy + sold - cost,
    }
    return Row(tuple(values.get(column.key) for column in columns), Role.GRAND)
