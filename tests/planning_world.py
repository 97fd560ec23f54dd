"""A week of plans to look at and to move: twelve people, two conflicts, needs that are not all covered."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.rules.money import to_hundredths
from ltu_desktop.store import tables as t
from tests.actions.ground_world import Ground

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = date(2026, 11, 16)

ACTIVITIES = {
    "REC": ("Recyclerie", "LO"),
    "MAR": ("Maraîchage", "LI"),
    "COU": ("Couture, retouche, repassage", "LO"),
    "EPI": ("Épicerie solidaire", "LO"),
    "AID": ("Aide aux habitants", "LI"),
    "GAR": ("Garage solidaire", "LO"),
    "RES": ("Restauration", "LO"),
    "ESV": ("Espaces verts", "LI"),
    "CON": ("Conciergerie", "LI"),
    "ADM": ("Accueil et administration", "LO"),
}

# number, name, status, weekly hours, shifts: (days, activity, start, end, break)
Shift = tuple[tuple[int, ...], str, int, int, int]
PEOPLE: tuple[tuple[str, str, str, str, tuple[Shift, ...]], ...] = (
    ("0051", "Adjaoud Lydia", "ppde", "28", (((0, 1, 3, 4), "EPI", 540, 1020, 60),)),
    ("0101", "Allard Patrick", "ppde", "35", (((0, 1, 2, 3, 4), "GAR", 510, 990, 60),)),
    ("0102", "Bailleul Thierry", "ppde", "35", (((0, 1, 4), "GAR", 510, 990, 60), ((2, 3), "MAR", 510, 990, 60))),
    ("0064", "Bertin Sylvie", "ppde", "26", (((0, 3), "COU", 510, 720, 0), ((0,), "COU", 780, 990, 0),
                                             ((1, 2, 4), "COU", 510, 930, 60))),
    ("0070", "Camara Fatou", "ppde", "28", (((0, 1, 4), "RES", 510, 990, 60),)),
    ("0007", "Caron Isabelle", "other", "35", (((0, 1, 2, 3, 4), "ADM", 510, 990, 60),)),
    ("0058", "Diallo Mamadou", "ppde", "28", (((0, 1, 3), "REC", 510, 990, 60), ((4,), "GAR", 510, 720, 0),
                                              ((4,), "REC", 660, 870, 0))),
    ("0088", "Faucon Tiphaine", "ppde", "28", (((0, 1), "MAR", 420, 840, 60), ((2,), "RES", 990, 1290, 0),
                                               ((3,), "MAR", 420, 810, 30), ((5,), "EPI", 540, 840, 0))),
    ("0103", "Ferreira Alain", "ppde", "28", (((0, 1, 4), "ESV", 510, 990, 60), ((2,), "AID", 510, 720, 0),
                                              ((2,), "AID", 780, 990, 0))),
    ("0091", "Garnier Nicolas", "ppde", "26", (((0,), "AID", 510, 720, 0), ((0,), "CON", 780, 990, 0),
                                               ((1, 4), "AID", 510, 930, 60), ((3,), "AID", 510, 720, 0))),
    ("0071", "Gomes Samir", "ppde", "35", (((0, 1, 2, 3, 4), "REC", 510, 990, 60),)),
    ("0079", "Hammadi Anissa", "ppde", "32", (((0, 1, 3, 4), "CON", 480, 1020, 60),)),
)  # fmt: skip
NEEDS = (((0, 1, 2, 3, 4), "EPI", 540, 1020, 1), ((0, 1, 2, 3, 4), "GAR", 510, 990, 1), ((2, 3), "RES", 510, 990, 1))


def planned_week(path: Path, *, people: int = 0, monday: date = MONDAY) -> Ground:
    """Return the open file with its week; `people` more than the drawn ones for measuring, `monday` another week."""
    world = Ground(path)
    world.employer()
    world.agreement("36")
    sites = {
        "LO": world.insert(t.site, code="LO", name="Loos"),
        "LI": world.insert(t.site, code="LI", name="Lille-Fives"),
    }
    activities = {
        code: world.insert(t.activity, code=code, name=name, site_id=sites[place])
        for code, (name, place) in ACTIVITIES.items()
    }
    everybody = list(PEOPLE)
    everybody += [
        (f"2{at:03d}", f"Nom{at:03d} Prénom", "ppde", "35", (((0, 1, 2, 3, 4, 5, 6), "REC", 510, 810, 0),))
        for at in range(people)
    ]
    rows: list[dict[str, Any]] = []
    for number, name, status, weekly, shifts in everybody:
        family, first = name.split(" ")
        person = world.insert(
            t.person,
            staff_number=number,
            name=family,
            first_names=first,
            folded=f"{family} {first}".lower(),
            status=status,
            site_id=sites["LO"],
        )
        world.people[number] = person
        key = world.insert(t.contract, person_id=person, start_on=date(2022, 1, 3), nature="01", public_aid="99")
        world.insert(
            t.contract_terms,
            contract_id=key,
            start_on=date(2022, 1, 3),
            weekly_hours=to_hundredths(Decimal(weekly)),
        )
        rows += [
            {
                "person_id": person,
                "day": monday + timedelta(days=day),
                "activity_id": activities[code],
                "start_minute": start,
                "end_minute": end,
                "break_minutes": pause,
            }
            for days, code, start, end, pause in shifts
            for day in days
        ]
    needs: list[dict[str, Any]] = [
        {
            "activity_id": activities[code],
            "weekday": day,
            "start_minute": start,
            "end_minute": end,
            "people": count,
        }
        for days, code, start, end, count in NEEDS
        for day in days
    ]
    with world.store.write("test") as tx:
        tx.insert_many(t.shift, rows)
        tx.insert_many(t.cover_need, needs)
    world.insert(
        t.absence_day,
        person_id=world.people["0070"],
        day=monday + timedelta(days=3),
        kind="sick_unpaid",
        minutes=420,
        part="day",
    )
    return world
