"""The accountant's variables of a month as a report: a row a person in the chosen columns, the absences, the changes.

Keys of tables: variables[the layout's keys] (on paper, where a layout is too wide, in parts: variables, variables-2…) ·
absences[number name kind first last days hours] · changes[number name
figure before after]. A row's key is the staff number. Reasons of absence stand in it: it goes to payroll only.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents.list_reports import put_under
from ltu_desktop.documents.report import Column, Kind, Role, Row, Section, Table
from ltu_desktop.rules.absence_kinds import KINDS
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.variables import PERSON, hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ltu_desktop.documents.list_reports import Issue
    from ltu_desktop.documents.report import Report, Value
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.rules.variables import PersonVariables, VariableChange
    from ltu_desktop.words import Words

NAMES = {
    "staff_number": N_("Staff number"),
    "list_name": N_("NAME First name"),
    "name": N_("Family name"),
    "first_names": N_("First names"),
    "site": N_("Site"),
    "weekly_hours": N_("Weekly hours"),
    "monthly_hours": N_("Monthly hours"),
    "planned": N_("Planned hours"),
    "done": N_("Hours worked"),
    "holiday": N_("Public holidays and closed days, hours"),
    "extra": N_("Extra hours (overtime and complementary)"),
    "missing": N_("Hours missing"),
    "absent": N_("Hours absent"),
}
"""What the keys of a person and of her figures are called."""

SHORT = {
    "site": N_("Site"),
    "weekly_hours": N_("h/week"),
    "monthly_hours": N_("h/month"),
    "planned": N_("Hours planned"),
    "done": N_("Worked"),
    "holiday": N_("Holidays"),
    "extra": N_("Extra"),
    "missing": N_("Missing"),
    "absent": N_("Hours away"),
}
"""What figures are called above narrow columns on paper."""

_OF_KIND = {"hours": N_("{kind}, hours"), "days": N_("{kind}, days"), "dates": N_("{kind}, dates")}
_SHORT_OF_KIND = {"hours": N_("{kind} hours"), "days": N_("{kind} days"), "dates": N_("{kind} dates")}
_MOST = 15  # figures beside each other on paper


@dataclass(frozen=True, slots=True)
class Layout:
    """What the accountant wants: columns as (key, name), name "" for ours; `kinds` are his names of absences."""

    columns: tuple[tuple[str, str], ...]
    kinds: Mapping[str, str]


def kind_name(kind: str, layout: Layout, words: Words) -> str:
    """Name a kind of absence as the accountant does, else in words."""
    return layout.kinds.get(kind) or words.absence(kind)


def column_name(key: str, layout: Layout, words: Words) -> str:
    """Name a column as the accountant does, else in words."""
    given = dict(layout.columns).get(key, "")
    if given:
        return given
    kind, _, figure = key.rpartition(".")
    return words.text(_OF_KIND[figure], kind=kind_name(kind, layout, words)) if kind else words.text(NAMES[key])


def report(
    people: Sequence[PersonVariables],
    changes: Sequence[VariableChange],
    sent_at: datetime | None,
    layout: Layout,
    month: Month,
    issue: Issue,
    words: Words,
    *,
    paper: bool = False,
) -> Report:
    """Return the month's variables; `changes` since the sending at `sent_at` (None: nothing was sent yet).

    For `paper` a wide layout is parted into tables, each with its people.
    """
    keys = [key for key, _ in layout.columns]
    parts = _parted(keys) if paper else [keys]
    tables = [_variables(people, part, layout, words, number) for number, part in enumerate(parts, 1)]
    tables.append(_absences(people, layout, words))
    if sent_at is not None:
        tables.append(_changes(changes, sent_at, layout, words))
    return put_under(
        issue,
        words,
        title=words.text("Variables for payroll"),
        subtitle=words.plural("{count} person", "{count} people", len(people)),
        period=str(month),
        said=words.month(month),
        name=f"variables-{month}",
        section=Section("variables", "", tables=tuple(tables)),
    )


def _parted(keys: list[str]) -> list[list[str]]:
    """Part a layout into tables of so many figures, each with who it is about; the people's own columns lead."""
    who = [key for key in keys if key in PERSON]
    figures = [key for key in keys if key not in PERSON]
    if len(figures) <= _MOST:
        return [keys]
    least = [key for key in who if key in {"staff_number", "list_name"}] or who[:1]
    return [(who if at == 0 else least) + figures[at : at + _MOST] for at in range(0, len(figures), _MOST)]


def _variables(
    people: Sequence[PersonVariables], keys: Sequence[str], layout: Layout, words: Words, number: int
) -> Table:
    columns = tuple(_column(key, layout, words) for key in keys)
    rows = tuple(Row(tuple(_shown(each.value(key)) for key in keys), key=each.staff_number) for each in people)
    sums = [_sum(people, key) for key in keys]
    if sums[0] == "":
        sums[0] = words.text("Total")
    totals = (Row(tuple(sums), Role.TOTAL),) if people else ()
    name = words.term("sheet", "Variables")
    return Table(
        "variables" if number == 1 else f"variables-{number}",
        columns,
        rows,
        totals,
        title=name if number == 1 else f"{name} {number}",
        empty=words.text("Nobody this month."),
    )


def _column(key: str, layout: Layout, words: Words) -> Column:
    kind = Kind.TEXT
    if key in PERSON:
        kind = Kind.CODE if key == "staff_number" else Kind.TEXT
    elif key.endswith(".days"):
        kind = Kind.NUMBER
    elif not key.endswith(".dates"):
        kind = Kind.HOURS
    head, short = column_name(key, layout, words), dict(layout.columns)[key]
    absence, _, figure = key.rpartition(".")
    if not short and absence:
        short = words.text(_SHORT_OF_KIND[figure], kind=layout.kinds.get(absence) or KINDS[absence].code)
    elif not short and key in SHORT:
        short = words.text(SHORT[key])
    return Column(key, head, kind, short, dash=kind in {Kind.HOURS, Kind.NUMBER})


def _shown(value: Value) -> Value:
    return value if value is not None else ""


def _sum(people: Sequence[PersonVariables], key: str) -> Value:
    if key in PERSON or key.endswith(".dates") or key == "weekly_hours":
        return ""
    return sum((value for each in people if isinstance(value := each.value(key), Decimal)), Decimal("0.00"))


def _absences(people: Sequence[PersonVariables], layout: Layout, words: Words) -> Table:
    columns = (
        Column("number", words.text("Staff number"), Kind.CODE),
        Column("name", words.text("NAME First name")),
        Column("code", words.text("Code"), Kind.CODE),
        Column("kind", words.text("Absence")),
        Column("first", words.text("From"), Kind.DATE),
        Column("last", words.text("To"), Kind.DATE),
        Column("days", words.text("Days"), Kind.NUMBER),
        Column("hours", words.text("Hours"), Kind.HOURS),
    )
    rows = tuple(
        Row(
            (
                person.staff_number,
                person.list_name,
                KINDS[each.kind].chip if each.kind in KINDS else "",
                kind_name(each.kind, layout, words),
                each.first,
                each.last,
                each.days,
                hours(each.minutes),
            ),
            key=person.staff_number,
        )
        for person in people
        for each in person.stretches
    )
    return Table("absences", columns, rows, title=words.term("sheet", "Absences"), empty=words.text("No absence."))


def _changes(changes: Sequence[VariableChange], sent_at: datetime, layout: Layout, words: Words) -> Table:
    columns = (
        Column("number", words.text("Staff number"), Kind.CODE),
        Column("name", words.text("NAME First name")),
        Column("figure", words.text("Variable")),
        Column("before", words.text("Value sent")),
        Column("after", words.text("Value now")),
    )
    rows = tuple(
        Row(
            (
                each.staff_number,
                each.list_name,
                column_name(each.key, layout, words),
                _text(each.before, each.key, words),
                _text(each.after, each.key, words),
            ),
            key=each.staff_number,
        )
        for each in changes
    )
    return Table(
        "changes",
        columns,
        rows,
        title=words.text("Changed since the sending of {day}", day=words.moment(sent_at)),
        empty=words.text("Nothing has changed since."),
    )


def _text(value: str, key: str, words: Words) -> str:
    """Write a figure that was kept as text."""
    if not value or key.endswith(".dates"):
        return value or "–"
    return words.number(Decimal(value))
