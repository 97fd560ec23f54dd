"""Sheets for the ground to be drawn in tests: October 2026 of a small site, the same people on all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
from ltu_desktop.queries.activity_looks import look
from ltu_desktop.rules.periods import Month

OCTOBER = Month(2026, 10)
MONDAY = date(2026, 10, 12)


def mark(code: str, name: str) -> Mark:
    found = look(code)
    return Mark(name, found.pictogram, found.pair.bar, found.pair.tint)


MAR, REC, RES = mark("MAR", "Maraîchage"), mark("REC", "Recyclerie"), mark("RES", "Restauration")
COU, GAR, AID = mark("COU", "Couture"), mark("GAR", "Garage"), mark("AID", "Aide aux habitants")
IMPRINT = Imprint(
    "La Fabrique du Canal", datetime(2026, 10, 8, 9, tzinfo=UTC), Contact("Nadia", "03 53 01 00 17"), "LTU Desktop"
)


def stint(which: Mark, start: str, end: str, place: str = "Le Moulin", pause: int = 0) -> Stint:
    return Stint(which, _minutes(start), _minutes(end), pause, place)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def day_of(which: Mark, end: str = "15:30", place: str = "Le Moulin") -> tuple[Stint, ...]:
    return (stint(which, "8:30", "12:00", place), stint(which, "13:00", end, place))


def zoe_sheet(*, filled: bool) -> MonthSheet:
    """Monday to Thursday at six hours; Wednesdays the 14th and 28th three hours more, the 20th a paid leave."""
    days = []
    for number in range(31):
        day = OCTOBER.first + timedelta(days=number)
        works = day.weekday() < 4
        planned = 360 if works else 0
        done: int | None = None
        code = ""
        if filled:
            done = planned
            if day.day in {14, 28}:
                done = planned + 180
            if day.day == 20:
                done, code = 0, "CP"
        stints = day_of(REC if day.weekday() == 2 else MAR) if works else ()
        days.append(SheetDay(day, stints, planned, done, code, rest=day.weekday() > 4))
    sentence = "Fait 102,00 h + congés payés 6,00 h, dont complémentaires 6,00 h." if filled else ""
    return MonthSheet(
        "DELANNOY Zoé", "F0128", "Le Moulin", 24 * 60, OCTOBER, tuple(days), filled, "GHESQUIÈRE Laurent", sentence
    )


def zoe_slip() -> WeekSlip:
    days = [WeekDay(MONDAY + timedelta(days=at), day_of(REC if at == 2 else MAR)) for at in range(4)]
    days[3] = WeekDay(days[3].day, day_of(MAR, place="La Halle"))
    return WeekSlip("Zoé", (*days, WeekDay(MONDAY + timedelta(days=4), ())), 24 * 60, "Le Moulin")


def busy_slip() -> WeekSlip:
    """Two activities a day, six days, and a split place."""
    halves = (stint(AID, "8:30", "12:00"), stint(COU, "13:00", "16:30", "La Halle"))
    days = tuple(WeekDay(MONDAY + timedelta(days=at), halves) for at in range(6))
    return WeekSlip("Marie-Christine", days, 42 * 60 + 30, "Le Moulin")


NAMES = (
    *("Arnaud", "Bruno", "Corinne", "Denis", "Dominique", "Fabrice", "Gaël", "Jean-Marc", "Karim", "Laurent"),
    *("Ludovic", "Mamadou", "Manuel", "Maxime", "Nathalie", "Noël", "Olivier", "Patrick", "Paweł", "Rémi"),
    *("Samira", "Sébastien", "Selim", "Thierry", "Zoé"),
)


def moulin(people: int = 25) -> Wall:
    days = tuple(MONDAY + timedelta(days=at) for at in range(5))
    marks = (MAR, RES, GAR, REC, COU)
    rows = []
    for at in range(people):
        week: list[tuple[Stint, ...]] = []
        for day in range(5):
            first = marks[at % 5]
            if (at + day) % 9 == 0:
                week.append(())
            elif (at + day) % 4 == 0:
                week.append((stint(first, "8:30", "12:00"), stint(marks[(at + 3) % 5], "13:00", "16:30")))
            elif (at + day) % 11 == 0:
                week.append((stint(first, "8:30", "12:00"),))
            elif at == 24:
                week.append(day_of(first, "15:30", "La Halle" if day == 3 else "Le Moulin"))
            else:
                week.append(day_of(first, "16:30"))
        rows.append(WallRow(NAMES[at % 25], f"{'QLBSHLCBEG'[at % 10]}.", tuple(week)))
    return Wall("Le Moulin", "Le Moulin", days, tuple(rows))
