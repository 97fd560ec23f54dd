"""Pictures of very long names and of ten thousand people: on each page that lists or shows somebody."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ltu_desktop.rules.text import fold
from ltu_desktop.store import tables as t
from ltu_desktop.store.file import Store
from ltu_desktop.window.attendance_tabs import HOURS
from ltu_desktop.window.payment_form import NewPayment
from tests.attendance_world import attendance_month
from tests.bench_window import large_file
from tests.planning_world import MONDAY, planned_week
from tests.studio import OfficeClock, Studio, make_open_month, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = (
    ("de La Rochefoucauld-Montmorency-Laval", "Marie-Antoinette Élisabeth Philippine"),
    ("Amarasinghe", ""),
    ("Ramanantsoa Andriamampoinimerina", "Hasinavalona Tsiferana"),
    ("Brzęczyszczykiewicz-Łukasiewicz", "Stanisława Małgorzata"),
    ("Παπαδοπούλου", "Αικατερίνη"),
    ("Ô", "Bá"),
    ("Шевченко-Коваленко", "Олександра"),
)
ACTIVITIES = (
    "Réparation et revalorisation de meubles et d’électroménager",
    "Accompagnement des habitants dans leurs démarches en ligne",
    "Entretien des jardins partagés, des berges et des chemins",
)
SITE = "Ancienne filature Saint-Exupéry, bâtiment des ateliers du bord de Deûle"
EMPLOYER = "Entreprise à but d’emploi des quartiers solidaires de la vallée de la Haute-Deûle et du Moulin"


def lengthen(path: Path) -> None:
    """Give everybody, each activity, each site and the employer of a file a very long name (or a very short one)."""
    with Store.open(path, clock=OfficeClock(), operator="Marie-Antoinette Courtois de La Rochefoucauld") as store:
        with store.read() as connection:
            found = {
                table: list(connection.execute(select(table.c.id).order_by(table.c.id)).scalars())
                for table in (t.person, t.activity, t.site, t.employer)
            }
        with store.write("test") as tx:
            for at, key in enumerate(found[t.person]):
                name, first = PEOPLE[at % len(PEOPLE)]
                tx.update(t.person, key, {"name": name, "first_names": first, "folded": fold(f"{name} {first}")})
            for at, key in enumerate(found[t.activity]):
                tx.update(t.activity, key, {"name": ACTIVITIES[at % len(ACTIVITIES)]})
            for key in found[t.site]:
                tx.update(t.site, key, {"name": SITE})
            for key in found[t.employer]:
                tx.update(t.employer, key, {"name": EMPLOYER})


@cache
def _built(kind: str) -> bytes:
    """Build a file once; its copies are as good."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}.ltu"
        if kind == "ten-thousand":
            path = large_file(Path(folder), 10_000)
            with Store.open(path, clock=OfficeClock(), operator="x") as store, store.write("test") as tx:
                tx.insert(t.activity, {"code": "REC", "name": "Recyclerie"})
            return path.read_bytes()
        if kind == "open":
            make_open_month(path.parent).rename(path)
        else:
            world = planned_week(path) if kind == "week" else attendance_month(path)
            world.close()
        lengthen(path)
        return path.read_bytes()


def _open(studio: Studio, kind: str) -> None:
    studio.open_made(f"{kind}.ltu", lambda: _built(kind))


@cache
def _long_example(example: Path) -> bytes:
    """Lengthen the names of an example once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(example, folder))
        lengthen(path)
        return path.read_bytes()


def _names(studio: Studio, code: str, what: object = None) -> Any:
    """Open the example with very long names, at a page."""
    studio.open_made("noms-longs.ltu", lambda: _long_example(studio.example))
    studio.frame.go(code, what)
    wait(studio.frame, 250 if code == "people" else 0)
    return studio.frame.page


def names_home(studio: Studio) -> None:
    _names(studio, "home")


def names_person(studio: Studio) -> None:
    page = _names(studio, "people")
    rows = page.list.model.rows()
    page.list.table.choose(max(rows, key=lambda each: len(each.list_name)).id)
    wait(studio.frame, 250)


def names_claim(studio: Studio) -> None:
    _open(studio, "open")
    studio.frame.go("claim")
    settle(studio.frame)
    page: Any = studio.frame.page
    page.lines.table.choose(page.lines.model.rows()[5].key, "state")


def names_payments(studio: Studio) -> None:
    """More than a million from a payer of many words."""
    page = _names(studio, "payments")
    payer = "AGENCE DE SERVICES ET DE PAIEMENT, DIRECTION REGIONALE DES HAUTS-DE-FRANCE, SERVICE DES AIDES A L EMPLOI"
    page.steps._add(NewPayment(date(2026, 11, 4), Decimal("1234567.89"), payer, f"VIR SEPA {payer} REF 20261104-0012"))
    settle(studio.frame)
    studio.frame.toast.hide()


def names_report(studio: Studio) -> None:
    _names(studio, "reports", "hours")


def names_activities(studio: Studio) -> None:
    _names(studio, "activities")


def names_fits(studio: Studio) -> None:
    _names(studio, "activities").segments.choose(2)


def names_palette(studio: Studio) -> None:
    _names(studio, "people")
    studio.frame.commands.do("view.palette")
    studio.frame.palette_popup.entry.setText("de la")
    wait(studio.frame, 200)


LIST = "Matricule;Nom;Prénom;Statut;Heures hebdo;Date d'entrée\n"


def names_import(studio: Studio) -> None:
    _names(studio, "people")
    path = studio.folder / "personnel.csv"
    rows = (f"9{at:03d};{name};{first};PPDE;28;01/10/2026\n" for at, (name, first) in enumerate(PEOPLE))
    path.write_text(LIST + "".join(rows), "utf-8")
    studio.frame.go("import", "people")
    studio.frame.pages["import"].read(path)  # type: ignore[attr-defined]


def names_attendance(studio: Studio) -> None:
    _open(studio, "month")
    studio.frame.go("attendance")
    settle(studio.frame)
    page: Any = studio.frame.page
    page.segments.choose(HOURS)


def names_planning(studio: Studio) -> None:
    _open(studio, "week")
    studio.frame.go("planning", MONDAY)


def _large(studio: Studio, code: str, what: object = None) -> Any:
    _open(studio, "ten-thousand")
    studio.frame.go(code, what)
    settle(studio.frame)
    return studio.frame.page


def large_people(studio: Studio) -> None:
    page = _large(studio, "people")
    wait(studio.frame, 250)
    page.list.table.choose(page.list.model.rows()[5000].id)
    wait(studio.frame, 250)


def large_claim(studio: Studio) -> None:
    page = _large(studio, "claim")
    page.lines.table.choose(page.lines.model.rows()[5000].key, "state")


def large_claims(studio: Studio) -> None:
    _large(studio, "claims")


def large_payments(studio: Studio) -> None:
    _large(studio, "payments")


def large_report(studio: Studio) -> None:
    _large(studio, "reports", "hours")


def large_planning(studio: Studio) -> None:
    _large(studio, "planning", MONDAY)


def large_attendance(studio: Studio) -> None:
    _large(studio, "attendance")


def large_palette(studio: Studio) -> None:
    _large(studio, "people")
    studio.frame.commands.do("view.palette")
    studio.frame.palette_popup.entry.setText("nom")
    wait(studio.frame, 200)


def large_import(studio: Studio) -> None:
    """Read a staff list of ten thousand, who are all known: every second one works less."""
    _large(studio, "people")
    path = studio.folder / "personnel.csv"
    rows = (f"F{at:05d};NomF{at:05d};Zoé;PPDE;{35 - at % 2 * 7};01/01/2021\n" for at in range(10_000))
    path.write_text(LIST + "".join(rows), "utf-8")
    studio.frame.go("import", "people")
    studio.frame.pages["import"].read(path)  # type: ignore[attr-defined]


SHOTS: tuple[Callable[[Studio], None], ...] = (
    names_home,
    names_person,
    names_claim,
    names_payments,
    names_report,
    names_activities,
    names_fits,
    names_palette,
    names_import,
    names_attendance,
    names_planning,
)
LARGE: tuple[Callable[[Studio], None], ...] = (
    large_people,
    large_claims,
    large_claim,
    large_payments,
    large_report,
    large_planning,
    large_attendance,
    large_palette,
    large_import,
)
"""Ten thousand of everything: too slow for a walk through all that is shown."""
