"""Plain lists as reports: the staff register, FTE by month and status, payroll hours by month.

Keys of tables and columns, for every language: register[number id name birth sex status site job category entry exit
nature weekly fte] · fte[month, people:… contract:… worked:… year:… ceiling] · hours[number id name status kind
m01…m12 total]. A row's key is the staff number (`F0012#2` for a second stay), the month, or the staff number with
`/paid`, `/unpaid`. No list holds a social security number or a reason of absence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.report import Column, Kind, Report, Role, Row, Section, Table
from ltu_desktop.rules.money import ZERO, to_fte
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from ltu_desktop.queries.reports import Employment, PaidHours
    from ltu_desktop.rules.worked import Worked
    from ltu_desktop.words import Words

Shown = tuple[str, ...] | None
"""Keys of the rows that a screen shows, in its order; None shows all."""

FULL_WEEK = Decimal(35)
_MONTHS = range(1, 13)


@dataclass(frozen=True)
class Issue:
    """Who draws a report up, when, and from which file; `said` is how the screen names its filter."""

    owner: str
    owner_line: str
    file: str
    day: date
    author: str = ""
    said: str = ""


@dataclass(frozen=True)
class MonthFte:
    """A month's FTE: contracts in force on its last day, and what was worked; `so_far` are January to this month.

    `main` and `other` are contractual FTE by status. `worked` is None without payroll, `ceiling` without an agreement.
    """

    month: Month
    main: Decimal
    other: Decimal
    worked: Worked | None
    so_far: Worked | None
    ceiling: Decimal | None


def put_under(
    issue: Issue, words: Words, *, title: str, subtitle: str, period: str, said: str, name: str, section: Section
) -> Report:
    """Put a list's one section under its heading."""
    return Report(
        title=title,
        subtitle=f"{subtitle} · {issue.said}" if issue.said else subtitle,
        language=words.language,
        period=period,
        period_text=said,
        version=1,
        version_text="",
        subject=title,
        owner=labels.safe(issue.owner, words),
        owner_line=issue.owner_line,
        sealed_line=words.text("Drawn up on {day}", day=words.day(issue.day)),
        currency="EUR",
        sections=(section,),
        author=labels.safe(issue.author, words),
        name=name,
        file=issue.file,
    )


def pick(rows: Sequence[Row], shown: Shown) -> list[Row]:
    """Return the rows that are shown, in the screen's order."""
    if shown is None:
        return list(rows)
    known = {row.key: row for row in rows}
    return [known[key] for key in shown if key in known]


def _numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(Row((number, *row.cells[1:]), row.role, row.key) for number, row in enumerate(rows, 1))


def left_out(rows: Sequence[Row], shown: Sequence[Row], words: Words) -> tuple[str, ...]:
    """Say that a screen's filter leaves rows out, so that nobody takes the list for the whole."""
    if len(rows) == len(shown):
        return ()
    text = words.text(
        "Filtered list: {shown} of {count} rows.", shown=words.integer(len(shown)), count=words.integer(len(rows))
    )
    return (text,)


# ---------------------------------------------------------------- the staff register


def register(
    employments: Sequence[Employment], start: date, end: date, issue: Issue, words: Words, shown: Shown = None
) -> Report:
    """Return the staff register on a day (`start` = `end`) or over a period, in the order of entry."""
    on_a_day = start == end
    qualified = any(each.category for each in employments)
    columns = _register_columns(words, qualified=qualified)
    stays: Counter[str] = Counter()
    rows = []
    kept: dict[str, Employment] = {}
    for each in employments:
        number = each.member.staff_number
        stays[number] += 1
        key = number if stays[number] == 1 else f"{number}#{stays[number]}"
        kept[key] = each
        rows.append(_register_row(each, key, words, qualified=qualified))
    listed = pick(rows, shown)
    some = [kept[row.key] for row in listed]
    people = len({each.member.id for each in some})
    weekly = [each.weekly_hours for each in some if each.weekly_hours is not None]
    values: dict[str, str | Decimal] = {"name": words.plural("{count} person", "{count} people", people)}
    notes = list(left_out(rows, listed, words))
    if on_a_day:
        values |= {"weekly": sum(weekly, ZERO), "fte": to_fte(sum(weekly, ZERO) / FULL_WEEK)}
        notes.append(words.text("FTE: weekly hours of the contracts in force ÷ 35."))
        said = words.day(end)
        subtitle = words.text("People employed on {day}", day=words.day(end))
    else:
        entries = sum(1 for each in some if each.entry >= start)
        exits = sum(1 for each in some if each.exit is not None)
        moved = (
            words.plural("{count} entry", "{count} entries", entries),
            words.plural("{count} exit", "{count} exits", exits),
        )
        notes.append(words.text("Over the period: {moved}.", moved=", ".join(moved)))
        notes.append(words.text("Job and hours are those of the period’s last day, or of the last day worked."))
        whole = start == start.replace(month=1, day=1) and end == start.replace(month=12, day=31)
        said = str(start.year) if whole else f"{words.day(start)} – {words.day(end)}"
        subtitle = words.text("People employed from {start} to {end}", start=words.day(start), end=words.day(end))
    notes.append(words.text("Contracts that follow each other without a break make one line."))
    lacking = sum(1 for each in some if each.weekly_hours is None)
    if lacking:
        notes.append(
            words.plural(
                "{count} contract without weekly hours: not counted in the total.",
                "{count} contracts without weekly hours: not counted in the total.",
                lacking,
            )
        )
    table = Table(
        "register",
        columns,
        _numbered(listed),
        (Row(tuple(values.get(column.key) for column in columns), Role.GRAND),) if listed else (),
        empty=words.text("Nobody is employed then."),
        notes=tuple(notes),
    )
    day = end.isoformat() if on_a_day else f"{start.isoformat()}-{end.isoformat()}"
    return put_under(
        issue,
        words,
        title=words.text("Staff register"),
        subtitle=subtitle,
        period=day,
        said=said,
        name=f"registre-personnel-{said if said.isdigit() else day}",
        section=Section("register", "", tables=(table,)),
    )


def _register_columns(words: Words, *, qualified: bool) -> tuple[Column, ...]:
    return (
        Column("number", words.term("list", "No."), Kind.COUNT),
        Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
        Column("name", words.term("list", "NAME First name"), strong=True),
        Column("birth", words.term("register", "Born on"), Kind.DATE),
        Column("sex", words.term("register", "Sex")),
        Column("status", words.term("list", "Status")),
        Column("site", words.term("list", "Site")),
        Column("job", words.term("register", "Job")),
        *((Column("category", words.term("register", "Qualification")),) if qualified else ()),
        Column("entry", words.term("list", "Entry"), Kind.DATE),
        Column("exit", words.term("list", "Exit"), Kind.DATE),
        Column("nature", words.term("list", "Contract")),
        Column("weekly", words.term("register", "Weekly hours"), Kind.HOURS, unit="h"),
        Column("fte", words.term("list", "FTE"), Kind.FTE),
    )


def _register_row(each: Employment, key: str, words: Words, *, qualified: bool) -> Row:
    member = each.member
    return Row(
        (
            None,
            labels.safe(member.staff_number, words),
            labels.safe(member.name, words),
            member.birth_date,
            _sex(member.sex, words),
            words.status(member.status),
            labels.safe(member.site, words),
            labels.safe(each.job, words),
            *((labels.safe(each.category, words),) if qualified else ()),
            each.entry,
            each.exit,
            nature(each.nature, words),
            each.weekly_hours,
            None if each.weekly_hours is None else to_fte(each.weekly_hours / FULL_WEEK),
        ),
        key=key,
    )


@lru_cache(maxsize=64)
def _sex(code: str, words: Words) -> str:
    return {"01": words.term("sex", "M"), "02": words.term("sex", "F")}.get(code, "")


@lru_cache(maxsize=256)  # asked for in each row
def nature(code: str, words: Words) -> str:
    """Name payroll's code of a contract's nature shortly; an unknown code is shown as it is."""
    known = {
        "01": words.term("nature", "Open-ended"),
        "02": words.term("nature", "Fixed-term"),
        "03": words.term("nature", "Temporary"),
        "29": words.term("nature", "Internship"),
    }
    return known.get(code, words.term("nature", "Code {code}", code=code) if code else "")


# ---------------------------------------------------------------- FTE by month and status


def fte(year: int, months: Sequence[MonthFte], issue: Issue, words: Words, shown: Shown = None) -> Report:
    """Return FTE by month and status: contractual and worked, ceiling, the 10 % rule, funded FTE."""
    columns = _fte_columns(words)
    rows = [_fte_row(each, words) for each in months]
    listed = pick(rows, shown)
    by_key = {str(each.month): each for each in months}
    some = [by_key[row.key] for row in listed]
    counted = [each for each in some if each.worked is not None]
    notes = list(left_out(rows, listed, words))
    notes += [
        words.text("Contractual: weekly hours of the contracts in force on the month’s last day ÷ 35."),
        words.text("Worked: hours that the claim counts ÷ hours of a full-time month."),
    ]
    last = next((each.so_far for each in reversed(counted)), None)
    if last is not None and last.limit is not None:
        notes.append(_ten_percent(last, words))
    table = Table(
        "fte",
        columns,
        tuple(listed),
        (_fte_average(counted, columns, words),) if counted else (),
        empty=words.text("No payroll is read for this year."),
        notes=tuple(notes),
    )
    return put_under(
        issue,
        words,
        title=words.text("FTE by month and status"),
        subtitle=words.text("Contractual and worked full-time equivalents, ceiling and 10% rule"),
        period=str(year),
        said=str(year),
        name=f"etp-{year}",
        section=Section("fte", "", tables=(table,)),
    )


def _fte_columns(words: Words) -> tuple[Column, ...]:
    main, other, both = words.status("ppde"), words.term("fte", "Others"), words.term("list", "Total")
    contract, done = words.term("fte", "Contractual FTE"), words.term("fte", "FTE worked")
    so_far = words.term("fte", "Since January (worked)")
    people = words.term("fte", "People paid")

    def ratio(of: str, group: str) -> Column:
        head, short = words.term("fte", "Others’ share"), words.term("fte short", "Others’ share")
        return Column(f"{of}:ratio", head, Kind.PERCENT, unit="%", group=group, short=short, dash=True)

    return (
        Column("month", words.term("fte", "Month")),
        Column("people:ppde", main, Kind.COUNT, group=people, dash=True),
        Column("people:other", other, Kind.COUNT, group=people, dash=True),
        Column("contract:ppde", main, Kind.FTE, group=contract),
        Column("contract:other", other, Kind.FTE, group=contract),
        Column("contract:total", both, Kind.FTE, group=contract, strong=True),
        Column("worked:ppde", main, Kind.FTE, group=done, dash=True),
        Column("worked:other", other, Kind.FTE, group=done, dash=True),
        Column("worked:total", both, Kind.FTE, group=done, dash=True, strong=True),
        ratio("worked", done),
        Column("year:fte", words.term("fte", "Average"), Kind.FTE, group=so_far, dash=True),
        ratio("year", so_far),
        Column("year:funded", words.term("fte", "Funded FTE"), Kind.FTE, group=so_far, dash=True, strong=True),
        Column("ceiling", words.term("fte", "Ceiling FTE"), Kind.FTE),
    )


def _fte_row(each: MonthFte, words: Words) -> Row:
    """Without payroll nothing is known of what was worked: "–" on screen and paper, no figure in files."""
    now, year = each.worked, each.so_far
    return Row(
        (
            labels.month_name(str(each.month), words),
            *((now.main_people, now.other_people) if now else ("",) * 2),
            each.main,
            each.other,
            each.main + each.other,
            *((now.main_fte, now.other_fte, now.fte, now.others_ratio) if now else ("",) * 4),
            *((year.fte, year.others_ratio, year.funded_fte) if now and year else ("",) * 3),
            each.ceiling,
        ),
        key=str(each.month),
    )


def _fte_average(months: Sequence[MonthFte], columns: Sequence[Column], words: Words) -> Row:
    """Return the mean over the months that have payroll; worked FTE are those of the summed hours."""
    count = Decimal(len(months))
    whole: Worked | None = None
    for each in months:
        assert each.worked is not None  # only such months are given
        whole = each.worked if whole is None else whole.and_(each.worked)
    assert whole is not None
    values: dict[str, str | Decimal | None] = {
        "month": words.plural("Average of {count} month", "Average of {count} months", len(months)),
        "contract:ppde": to_fte(sum((each.main for each in months), ZERO) / count),
        "contract:other": to_fte(sum((each.other for each in months), ZERO) / count),
        "contract:total": to_fte(sum((each.main + each.other for each in months), ZERO) / count),
        "worked:ppde": whole.main_fte,
        "worked:other": whole.other_fte,
        "worked:total": whole.fte,
        "worked:ratio": whole.others_ratio,
        "year:fte": whole.fte,
        "year:ratio": whole.others_ratio,
        "year:funded": whole.funded_fte,
        "ceiling": whole.ceiling,
    }
    return Row(tuple(values.get(column.key) for column in columns), Role.GRAND)


def _ten_percent(year: Worked, words: Words) -> str:
    """Say how the year stands against the rule for those who are not PPDE."""
    values = {"ratio": words.percent(year.others_ratio), "limit": words.percent(year.limit or ZERO, 0)}
    if year.limit is not None and year.others_ratio > year.limit:
        return words.text("10% rule: the others are {ratio} on average, above the limit of {limit}.", **values)
    return words.text("10% rule: the others are {ratio} on average, within the limit of {limit}.", **values)


# ---------------------------------------------------------------- payroll hours by month


def hours(year: int, people: Sequence[PaidHours], issue: Issue, words: Words, shown: Shown = None) -> Report:
    """Return each person's payroll hours by month worked; unpaid hours are a second line of those who have some."""
    paid, unpaid = words.term("hours", "Paid"), words.term("hours", "Unpaid")
    columns = (
        Column("number", words.term("list", "No."), Kind.COUNT),
        Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
        Column("name", words.term("list", "NAME First name")),
        Column("status", words.term("list", "Status")),
        Column("kind", words.term("list", "Hours")),
        *(Column(f"m{month:02d}", _short(Month(year, month), words), Kind.HOURS, dash=True) for month in _MONTHS),
        Column("total", words.term("list", "Total"), Kind.HOURS, unit="h", strong=True),
    )
    rows = []
    for each in people:
        rows.append(_hours_row(each, "paid", paid, lambda pair: pair[0], words))
        if any(gone for _, gone in each.months.values()):
            rows.append(_hours_row(each, "unpaid", unpaid, lambda pair: pair[1] or None, words))
    listed = pick(rows, shown)
    totals = [_hours_total(listed, kind, name, columns, words) for kind, name in (("paid", paid), ("unpaid", unpaid))]
    table = Table(
        "hours",
        columns,
        _hours_numbered(listed),
        tuple(row for row in totals if row is not None),
        empty=words.text("No payroll is read for this year."),
        notes=(
            *left_out(rows, listed, words),
            words.text(
                "Hours are shown in the month they were worked, including back pay from later files, "
                "in hundredths of an hour."
            ),
        ),
    )
    return put_under(
        issue,
        words,
        title=words.text("Payroll hours by month"),
        subtitle=words.text("Hours paid, and hours neither worked nor paid, as payroll declares them"),
        period=str(year),
        said=str(year),
        name=f"heures-paie-{year}",
        section=Section("hours", "", tables=(table,)),
    )


def _short(month: Month, words: Words) -> str:
    name = labels.short_month(month, words)
    return name[:1].upper() + name[1:]


def _hours_row(
    each: PaidHours,
    kind: str,
    name: str,
    take: Callable[[tuple[Decimal, Decimal]], Decimal | None],
    words: Words,
) -> Row:
    values = [take(each.months[month]) if month in each.months else None for month in _MONTHS]
    hours = ["" if value is None else value for value in values]  # read as "–" on screen and paper, no figure in files
    return Row(
        (
            None,
            labels.safe(each.staff_number, words),
            labels.safe(each.name, words),
            words.status(each.status),
            name,
            *hours,
            sum((value for value in values if value is not None), ZERO),
        ),
        key=f"{each.staff_number}/{kind}",
    )


def _hours_numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give each person a number on her first line only."""
    found: list[Row] = []
    numbers: dict[str, int] = {}
    for row in rows:
        owner = row.key.rpartition("/")[0]
        first = owner not in numbers
        number = numbers.setdefault(owner, len(numbers) + 1)
        found.append(Row((number if first else None, *row.cells[1:]), row.role, row.key))
    return tuple(found)


def _hours_total(rows: Sequence[Row], kind: str, name: str, columns: Sequence[Column], words: Words) -> Row | None:
    """Add up the lines of one kind; None when there is none."""
    some = [row for row in rows if row.key.endswith(f"/{kind}")]
    if not some:
        return None
    first = len(columns) - len(_MONTHS) - 1
    sums: list[Decimal | str] = []
    for place in range(first, len(columns)):
        values = [value for row in some if isinstance(value := row.cells[place], Decimal)]
        sums.append(sum(values, ZERO) if values else "")
    people = words.plural("{count} person", "{count} people", len(some))
    return Row(
        (None, "", f"{name}{words.colon} {people}", "", "", *sums), Role.GRAND if kind == "paid" else Role.TOTAL, kind
    )
