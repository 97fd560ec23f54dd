"""A month of attendance to look at and to type in: two teams in October 2026, whose last days are not all noted yet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.attendance import CellEntry, as_planned, record
from ltu_desktop.rules.money import to_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.ground_world import Ground, october

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER = Month(2026, 10)

# number, name, team, days of work (0: Monday) with their minutes
FIVE = dict.fromkeys(range(5), 420)
PEOPLE: tuple[tuple[str, str, str, dict[int, int]], ...] = (
    ("0021", "Amrani Samira", "REC", {0: 360, 1: 360, 3: 360, 4: 360}),
    ("0020", "Benali Nadia", "REC", FIVE),
    ("0085", "Bouchez Laurent", "REC", FIVE),
    ("0034", "Cousin Mickaël", "REC", {0: 300, 1: 300, 3: 300, 4: 300}),
    ("0042", "Delattre Sandrine", "REC", FIVE),
    ("0058", "Diallo Mamadou", "REC", {0: 420, 1: 420, 3: 420, 4: 420}),
    ("0061", "Essaadi Hassan", "REC", {0: 420, 1: 420, 3: 420, 4: 420}),
    ("0066", "Flament Amélie", "REC", FIVE),
    ("0067", "Flament Rose", "REC", FIVE),
    ("0071", "Gomes Samir", "REC", FIVE),
    ("0073", "Herman Olivier", "REC", dict.fromkeys(range(5), 360)),
    ("0079", "Keita Anissa", "REC", FIVE),
    ("0101", "Allard Patrick", "GAR", FIVE),
    ("0102", "Bailleul Thierry", "GAR", FIVE),
    ("0103", "Ferreira Rachid", "GAR", FIVE),
    ("0104", "Fontaine André", "GAR", FIVE),
)
TYPED: tuple[tuple[str, tuple[int, ...], str], ...] = (
    ("0021", (5, 6, 8, 9), "CP"),
    ("0020", (30,), "CP"),
    ("0034", (29,), "SS"),
    ("0042", (14,), "0"),
    ("0042", (15,), "0,5"),
    ("0058", (1, 2), "CP"),
    ("0061", (26, 27), "FO"),
    ("0066", (13, 14), "AT"),
    ("0067", (1, 2), "CP"),
    ("0071", (7,), "8"),
    ("0071", (9,), "6"),
    ("0079", (20,), "3,5 CP"),
    ("0101", (12, 13), "MAL"),
    ("0102", (27,), "CP"),
    ("0103", (29, 30), "CP"),
)


def attendance_month(path: Path, *, people: int = 0, filled: bool = True) -> Ground:
    """Return the open file; `people` more than the drawn ones for measuring, `filled`: most of the month is noted."""
    world = Ground(path)
    world.employer()
    world.agreement("36")
    site = world.insert(t.site, code="LO", name="Loos")
    other = world.insert(t.site, code="LI", name="Lille-Fives")
    teams = {
        "REC": world.insert(t.activity, code="REC", name="Recyclerie", site_id=site),
        "GAR": world.insert(t.activity, code="GAR", name="Garage solidaire", site_id=site),
        "MAR": world.insert(t.activity, code="MAR", name="Maraîchage", site_id=other),
    }
    patterns: dict[tuple[tuple[int, int], ...], bytes] = {}
    everybody = list(PEOPLE)
    everybody += [(f"2{at:03d}", f"Nom{at:03d} Prénom", "MAR", FIVE) for at in range(people)]
    for number, name, team, days in everybody:
        family, first = name.split(" ")
        shape = tuple(days.items())
        if shape not in patterns:
            slots = [(0, day, 480, 480 + minutes, 0) for day, minutes in shape]
            patterns[shape] = world.pattern(f"Semaine {len(patterns) + 1}", *slots)
        weekly = Decimal(sum(days.values())) / 60
        person = world.insert(
            t.person,
            staff_number=number,
            name=family,
            first_names=first,
            folded=f"{family} {first}".lower(),
            status="ppde",
            site_id=site if team != "MAR" else other,
        )
        world.people[number] = person
        key = world.insert(t.contract, person_id=person, start_on=date(2022, 1, 3), nature="01", public_aid="99")
        world.insert(
            t.contract_terms,
            contract_id=key,
            start_on=date(2022, 1, 3),
            weekly_hours=to_hundredths(weekly),
            work_pattern_id=patterns[shape],
            activity_id=teams[team],
        )
    if filled:
        _fill(world)
    return world


def _fill(world: Ground) -> None:
    entries = [CellEntry(world.people[number], october(day), text) for number, days, text in TYPED for day in days]
    record(world.ctx, entries)
    late = [world.people[number] for number in ("0102", "0103", "0104")]
    rest = [key for key in world.people.values() if key not in late]
    as_planned(world.ctx, OCTOBER.first, OCTOBER.last, rest)
    as_planned(world.ctx, OCTOBER.first, october(25), late)
    rows: list[dict[str, Any]] = []
    for number, key in world.people.items():
        if key not in late:
            signed = number not in {"0071", "0073", "0101"}
            rows.append(
                {"person_id": key, "month": str(OCTOBER), "received_on": date(2026, 11, 2), "signed": int(signed)}
            )
    with world.store.write("test") as tx:
        tx.insert_many(t.month_sheet, rows)


def pay(world: Ground) -> None:
    """Put in October's payroll: as the timesheets make us expect, but for three people."""
    hours = {
        number: str((Decimal(sum(days.values())) / 60 * 52 / 12).quantize(Decimal("0.01")))
        for number, _, _, days in PEOPLE
    }
    hours["0034"] = str(Decimal(hours["0034"]) - 5)  # unpaid leave, as on the sheet
    hours["0071"] = str(Decimal(hours["0071"]) + 9)  # more than anything explains
    del hours["0073"]
    world.payroll(OCTOBER, hours)
