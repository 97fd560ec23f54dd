"""What goes out on paper to the sites: the plan on the wall, weekly slips, month sheets. In the documents' language.

No reason of an absence leaves the office: who is away has no shift, and a month sheet bears the codes of paper only.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import names
from ltu_desktop.documents.ground import (
    Contact,
    Imprint,
    Mark,
    MonthSheet,
    SheetDay,
    Stint,
    Wall,
    WallRow,
    WeekDay,
    WeekSlip,
)
from ltu_desktop.documents.tables import program
from ltu_desktop.queries import claim_cards
from ltu_desktop.queries import planning as plans
from ltu_desktop.queries.activity_looks import look, palettes
from ltu_desktop.queries.attendance import month_grid
from ltu_desktop.queries.day_targets import FRANCE, public_holidays
from ltu_desktop.queries.person_rows import first_names
from ltu_desktop.queries.settings import setting_row
from ltu_desktop.rules.absence_kinds import KINDS, PAPER
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.money import to_cent
from ltu_desktop.store.tables import setting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance_rows import DayCell, PersonMonth
    from ltu_desktop.queries.planning_rows import ActivityMark, PersonWeek, ShiftRow, WeekBoard
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed
    from ltu_desktop.words import Words

CONTACT = "print_contact"
"""The setting that says whom to call; as JSON `{"name", "phone"}`."""

_ONE = timedelta(days=1)
_WORKDAYS = 5  # weekdays that a plan always shows


@dataclass(frozen=True, slots=True)
class Printed:
    """A document for paper: its bytes (PDF/A) and the name of its file."""

    data: bytes
    name: str


# ---------------------------------------------------------------- whom to call


def contact(connection: Connection) -> Contact | None:
    """Return whom to call when something is wrong, or None when nobody has said."""
    row = setting_row(connection, CONTACT)
    values = json.loads(row.value) if row is not None else {}
    return Contact(values["name"], values["phone"]) if values.get("name") and values.get("phone") else None


def set_contact(ctx: Context, name: str, phone: str) -> Changed:
    """Say whom to call; it stands on slips and walls."""
    with ctx.store.write("paper.set_contact", initiator=ctx.initiator) as tx:
        value = json.dumps({"name": " ".join(name.split()), "phone": " ".join(phone.split())}, ensure_ascii=False)
        row = setting_row(tx.connection, CONTACT)
        if row is None:
            tx.insert(setting, {"key": CONTACT, "value": value})
        else:
            tx.update(setting, row.id, {"value": value})
    return tx.changed


# ---------------------------------------------------------------- a week


def wall(
    ctx: Context,
    monday: date,
    *,
    site_id: bytes | None = None,
    activity_id: bytes | None = None,
    a4: bool = False,
) -> Printed:
    """Draw a week for the wall: of a site, of an activity, or one sheet for each site. Raises UserError `no_plan`."""
    from ltu_desktop.documents.wall_pdf import wall_pdf

    words = ctx.paper
    with ctx.store.read() as connection:
        board = plans.week_board(connection, monday, reasons=False)
        imprint = _imprint(ctx, connection)
        given = first_names(connection)
    sites = {each.id: each.name for each in board.sites}
    wanted: list[tuple[bytes | None, bytes | None]] = [(site_id, activity_id)]
    if site_id is None and activity_id is None and board.sites:
        wanted = [(each.id, None) for each in board.sites]
    walls = [
        found for where, which in wanted if (found := _wall(board, imprint.employer, sites, given, where, which)).rows
    ]
    if not walls:
        raise _no_plan(words, monday)
    place = names.slug(walls[0].title) if len(walls) == 1 else ""
    name = "-".join(part for part in (f"planning-{_week(monday)}", place) if part)
    return Printed(wall_pdf(walls, words, imprint, a4=a4), f"{name}.pdf")


def slips(
    ctx: Context,
    monday: date,
    *,
    people: Collection[bytes] | None = None,
    site_id: bytes | None = None,
    activity_id: bytes | None = None,
    two_up: bool = False,
) -> Printed:
    """Draw the weekly slips of those who work in a week, by name. Raises UserError `no_plan`."""
    from ltu_desktop.documents.week_slip_pdf import week_slips_pdf

    words = ctx.paper
    with ctx.store.read() as connection:
        board = plans.week_board(connection, monday, site_id=site_id, activity_id=activity_id, reasons=False)
        imprint = _imprint(ctx, connection)
        given = first_names(connection)
    sites = {each.id: each.name for each in board.sites}
    rows = [row for row in board.people if row.shifts and (people is None or row.person_id in people)]
    days = _days(board, rows)
    found = []
    for row in rows:
        stints = _stints(board, row, sites)
        found.append(
            WeekSlip(
                given.get(row.person_id) or row.list_name,
                tuple(WeekDay(day, tuple(stints.get(day, ()))) for day in days),
                sum(each.end - each.start - each.pause for day in stints.values() for each in day),
                sites.get(row.site_id or b"", ""),
            )
        )
    if not found:
        raise _no_plan(words, monday)
    data = week_slips_pdf(found, words, imprint, two_up=two_up)
    return Printed(data, f"fiches-semaine-{_week(monday)}.pdf")


def _no_plan(words: Words, monday: date) -> UserError:
    return UserError(
        "no_plan",
        N_("Nobody is planned in the week of {monday}."),
        N_("Plan the week first, or choose another one."),
        params={"monday": words.day(monday)},
    )


def _week(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-s{week:02d}"


def _days(board: WeekBoard, rows: Sequence[PersonWeek]) -> list[date]:
    """Return Monday to Friday, and the days of the weekend on which somebody works."""
    used = {shift.day for row in rows for shift in row.shifts}
    days = [board.monday + at * _ONE for at in range(7)]
    return [day for at, day in enumerate(days) if at < _WORKDAYS or day in used]


def _marks(board: WeekBoard) -> dict[bytes, Mark]:
    found = {}
    for each in board.activities:
        pair = palettes()[each.palette]
        found[each.id] = Mark(each.name.split(",")[0], each.pictogram, pair.bar, pair.tint)
    return found


def _stints(board: WeekBoard, row: PersonWeek, sites: Mapping[bytes, str]) -> dict[date, list[Stint]]:
    marks = _marks(board)
    homes = {each.id: each.site_id for each in board.activities}
    found: dict[date, list[Stint]] = {}
    for each in row.shifts:
        if _is_away(row, each):
            continue
        place = sites.get(each.site_id or homes.get(each.activity_id) or b"", "")
        found.setdefault(each.day, []).append(Stint(marks[each.activity_id], each.start, each.end, each.pause, place))
    return found


def _is_away(row: PersonWeek, shift: ShiftRow) -> bool:
    """Tell whether somebody is away all day: then she is not on the plan, and nothing says why."""
    return any(each.day == shift.day and each.part == "day" for each in row.away)


def _wall(
    board: WeekBoard,
    employer: str,
    sites: Mapping[bytes, str],
    given: Mapping[bytes, str],
    site_id: bytes | None,
    activity_id: bytes | None,
) -> Wall:
    activity = next((each for each in board.activities if each.id == activity_id), None)
    place = sites.get(site_id or b"", "")
    title = activity.name.split(",")[0] if activity is not None else place or employer
    homes = {each.id: each.site_id for each in board.activities}
    chosen = []
    for row in board.people:
        at_home = site_id is None or row.site_id == site_id
        there = any((each.site_id or homes.get(each.activity_id)) == site_id for each in row.shifts)
        named = activity_id is None or any(each.activity_id == activity_id for each in row.shifts)
        if row.shifts and named and (at_home or there):
            chosen.append(row)
    days = _days(board, chosen)
    rows = []
    for row in chosen:
        stints = _stints(board, row, sites)
        family = row.list_name.removesuffix(given.get(row.person_id, "")).strip()
        first = given.get(row.person_id) or row.list_name
        initial = f"{family[:1]}." if family and first != row.list_name else ""
        rows.append(WallRow(first, initial, tuple(tuple(stints.get(day, ())) for day in days)))
    rows.sort(key=lambda each: (names.slug(each.first_name), each.initial))
    return Wall(title, place, tuple(days), tuple(rows))


# ---------------------------------------------------------------- a month


def month_sheets(
    ctx: Context,
    month: Month,
    *,
    people: Collection[bytes] | None = None,
    site_id: bytes | None = None,
    activity_id: bytes | None = None,
    filled: bool = False,
) -> Printed:
    """Draw the month sheets of all or some people, blank or `filled` as the month was; raise UserError `no_sheet`."""
    from ltu_desktop.documents.month_sheet_pdf import month_sheets_pdf

    words = ctx.paper
    with ctx.store.read() as connection:
        grid = month_grid(connection, month, site_id=site_id, activity_id=activity_id, language=words.language)
        rows = [row for row in grid.people if people is None or row.person_id in people]
        shifts = plans.shifts_of(connection, month.first, month.last, [row.person_id for row in rows])
        marks = {each.id: each for each in plans.activity_marks(connection)}
        sites = plans.site_names(connection)
        calendars = plans.calendars(connection)
        imprint = _imprint(ctx, connection)
        card = claim_cards.employer_card(connection)
    if not rows:
        raise UserError(
            "no_sheet",
            N_("Nobody is employed in {month}."),
            N_("Choose another month or other people."),
            params={"month": month},
        )
    planned = defaultdict(list)
    for each in shifts:
        planned[each.person_id].append(each)
    found = []
    for row in rows:
        own = planned[row.person_id]
        holidays = public_holidays(calendars.get(row.site_id, FRANCE), month.year)
        days = tuple(
            _sheet_day(row.cells[at], month.first + at * _ONE, own, marks, sites, row, holidays, filled=filled)
            for at in range(month.days)
        )
        found.append(
            MonthSheet(
                row.list_name,
                row.staff_number,
                sites.get(row.site_id or b"", ""),
                row.weekly_minutes,
                month,
                days,
                filled,
                card.signatory if card is not None else "",
                _sentence(words, row) if filled else "",
            )
        )
    name = f"feuilles-presence-{month}"
    if len(found) == 1:
        name += f"-{names.slug(found[0].staff_number)}"
    return Printed(month_sheets_pdf(found, words, imprint), f"{name}.pdf")


def _sheet_day(
    cell: DayCell,
    day: date,
    own: Sequence[ShiftRow],
    marks: Mapping[bytes, ActivityMark],
    sites: Mapping[bytes, str],
    row: PersonMonth,
    holidays: Collection[date],
    *,
    filled: bool,
) -> SheetDay:
    stints = [
        Stint(
            _mark(marks[each.activity_id]),
            each.start,
            each.end,
            each.pause,
            sites.get(each.site_id or marks[each.activity_id].site_id or b"", ""),
        )
        for each in own
        if each.day == day
    ]
    team = marks.get(row.team) if row.team and cell.target else None
    code = _code(cell) if filled else ""
    if day in holidays:
        code = "JF"
    rest = day.weekday() > 4 or day in holidays or cell.closed
    return SheetDay(
        day, tuple(stints), cell.target, cell.done if filled else None, code, rest, _mark(team) if team else None
    )


def _mark(each: ActivityMark) -> Mark:
    found = look(each.code, each.palette, each.pictogram)
    return Mark(each.name.split(",")[0], found.pictogram, found.pair.bar, found.pair.tint)


def _code(cell: DayCell) -> str:
    """Return the code that may stand on paper for a day's absence."""
    if not cell.absent:
        return ""
    return KINDS[cell.kind].paper if cell.kind in KINDS else PAPER


def _sentence(words: Words, row: PersonMonth) -> str:
    """Tie the sheet to the hours that are paid: what was done, and what was away with the reasons that paper bears."""
    minutes: Counter[str] = Counter()
    for cell in row.cells:
        if cell.absent:
            minutes[_code(cell)] += cell.absent
    said = [words.text(N_("Done {hours}"), hours=words.hours(_hours(row.done)))]
    said += [f"{code} {words.hours(_hours(total))}" for code, total in sorted(minutes.items())]
    if row.holiday:
        said.append(f"JF {words.hours(_hours(row.holiday))}")
    return " + ".join(said) + "."


def _hours(minutes: int) -> Decimal:
    return to_cent(Decimal(minutes) / 60)


def _imprint(ctx: Context, connection: Connection) -> Imprint:
    card = claim_cards.employer_card(connection)
    employer = (card.name if card else "").split(",")[0]
    return Imprint(employer or ctx.store.path.stem, ctx.clock.now(), contact(connection), program())
