"""How fast files come in: a month's payroll, and a long staff list among thousands of people."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from ltu_desktop.actions import imports
from ltu_desktop.actions.context import Context
from ltu_desktop.actions.demo.cast import draw
from ltu_desktop.actions.demo.files import Declaration, staff_list
from ltu_desktop.actions.demo.months import Payroll
from ltu_desktop.actions.payroll import plan_dsn
from ltu_desktop.actions.staff_import import plan_staff
from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.staff import read_staff
from ltu_desktop.intake.tables import read_table
from ltu_desktop.queries.names import folded_name
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store
from ltu_desktop.words import Words
from tests.bench import Clock, in_turns, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

PACK = load("fr-tzcld")


def bench_payroll(line: Callable[[str, str, str], None]) -> None:
    """A month's payroll of 120 people, read, compared and written, beside writing as many rows to bare SQLite."""

    words, clock, random = Words("fr"), Clock(), Random(1)
    months = (Month(2026, 9), Month(2026, 10))
    cast = draw(random, months, 120)
    payroll = Payroll(random, cast, PACK)
    september, october = (Declaration(cast, month).bytes(payroll.slips(month)) for month in months)

    def take_in(store: Store, declaration: bytes) -> int:
        ctx = Context(store, words, clock)
        plan = plan_dsn(ctx, read_dsn(declaration, "month.dsn"), declaration)
        return len(imports.apply(ctx, plan).ids)

    with tempfile.TemporaryDirectory() as folder:
        before, work = Path(folder, "before.ltu"), Path(folder, "work.ltu")
        with Store.create(before, clock=clock, operator="bench") as store:
            ctx = Context(store, words, clock)
            sheet = read_table(staff_list(cast, words), "staff.xlsx")
            imports.apply(ctx, plan_staff(ctx, read_staff(sheet), sheet))
            take_in(store, september)

        def ours() -> int:
            shutil.copyfile(before, work)
            with Store.open(work, clock=clock, operator="bench") as store:
                return take_in(store, october)

        count = ours()

        def bare() -> None:
            path = Path(folder, "bare.db")
            path.unlink(missing_ok=True)
            connection = sqlite3.connect(path)
            connection.execute("CREATE TABLE row (id BLOB PRIMARY KEY, a TEXT, b TEXT, c INTEGER, d INTEGER, e TEXT)")
            rows = [(number.to_bytes(16), "a" * 20, "b" * 20, number, number, "c" * 40) for number in range(count)]
            connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?)", rows)
            connection.commit()
            connection.close()

        mine, theirs = in_turns(ours, bare)
    name = f"payroll import, 120 people, {count} rows"
    line(name, f"{mine:.2f} s, × {mine / theirs:.0f} of bare rows", "≤ 2 s")


SYLLABLES = ("ber", "tin", "la", "mar", "che", "du", "val", "go", "sou", "ré", "nou", "ga", "le", "fè", "bou", "char")
FIRST_NAMES = (
    "Zoé",
    "Anne-Sophie",
    "Jean",
    "Jean-Pierre",
    "Marie",
    "Karim",
    "Fatima",
    "Nadia",
    "Luc",
    "Hélène",
    "Éric",
)


def names(random: Random, count: int) -> list[tuple[str, str, date]]:
    """Draw people whose names are like each other."""
    return [
        (
            "".join(random.choices(SYLLABLES, k=random.choice((2, 3, 3, 4)))).capitalize(),
            " ".join(random.sample(FIRST_NAMES, random.choice((1, 1, 1, 2)))),
            date(1955, 1, 1) + timedelta(days=random.randrange(18_000)),
        )
        for _ in range(count)
    ]


def bench_staff(line: Callable[[str, str, str], None]) -> None:
    """The preview of a staff list of many newcomers among many known: who of them may be whom."""
    words, clock, random = Words("fr"), Clock(), Random(1)
    known = names(random, 10_000)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.create(Path(folder, "large.ltu"), clock=clock, operator="bench") as store,
    ):
        with store.write("bench") as tx:
            tx.insert_many(
                tables.person,
                [
                    {
                        "staff_number": f"F{at:05d}",
                        "name": name,
                        "first_names": first,
                        "folded": folded_name(name, first),
                        "birth_date": born,
                    }
                    for at, (name, first, born) in enumerate(known)
                ],
            )
        ctx = Context(store, words, clock)
        for count in (500, 5_000):
            rows = [*random.sample(known, count // 10), *names(random, count - count // 10)]
            text = "Nom;Prénom;Date de naissance\n" + "\n".join(
                f"{name};{first};{born:%d/%m/%Y}" if at % 2 else f"{name};{first};"
                for at, (name, first, born) in enumerate(rows)
            )
            sheet = read_table(text.encode(), "staff.csv")
            taken = seconds(partial(plan_staff, ctx, read_staff(sheet), sheet))
            line(f"preview of a staff list, {count} among 10,000 people", f"{taken:.1f} s", "≤ 10 s for 5,000")
