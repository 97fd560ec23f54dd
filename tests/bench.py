"""How fast the main job is, as ratios taken in one run: `python -m tests.bench [NAME …]`.

Each line is a median of several turns; where two things are compared they take turns, so that a slow moment of the
machine touches both. Nothing here is asserted: a ratio is for people to read (design §8 says what they expect).
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.facts import AgreementFact, ContractFact, Facts, PersonFact, PersonMonth
from ltu_desktop.rules.packs import load
from ltu_desktop.words import Words

PACK = load("fr-tzcld")
HOURS = [Decimal(text) for text in ("151.67", "121.33", "104.00", "130.00", "112.67")]
TURNS = 5


class Clock:
    """A fixed moment, so that two runs make the same files."""

    def now(self) -> datetime:
        return datetime(2026, 11, 5, 10, 0, tzinfo=UTC)


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def in_turns(*jobs: Callable[[], object], turns: int = TURNS) -> list[float]:
    """Run jobs in turns after one unmeasured round; give each one's median, in seconds."""
    for job in jobs:
        job()
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(turns):
        for index, job in enumerate(jobs):
            taken[index].append(seconds(job))
    return [statistics.median(each) for each in taken]


def line(name: str, value: str, target: str) -> None:
    print(f"{name:<58}{value:>34}   {target}", flush=True)


def facts(people: int) -> Facts:
    months = [f"2026-{number:02d}" for number in range(1, 11)]
    return Facts(
        "2026-10",
        AgreementFact(Decimal(100_000)),
        tuple(
            PersonFact(
                f"F{index:05d}",
                "ppde" if index % 12 else "other",
                (ContractFact(date(2020, 1, 1), None, Decimal("35.00"), Decimal("12.31"), "01", "99"),),
                {month: PersonMonth(HOURS[index % 5], Decimal("1500.00")) for month in months},
            )
            for index in range(people)
        ),
    )


def bench_claim() -> None:
    """A month's claim with all steps and ten months of year to date."""
    each: list[float] = []
    for people in (150, 1_000, 10_000, 61_000):
        turns = TURNS if people <= 1_000 else 1
        taken = in_turns(partial(compute, PACK, facts(people)), turns=turns)[0]
        each.append(taken / people)
        target = "≤ 100 ms" if people == 150 else "linear: about 1"
        line(f"claim, {people} people", f"{taken * 1000:.0f} ms, per person × {each[-1] / each[0]:.2f}", target)


def bench_documents() -> None:
    """The PDF against a bare reportlab table of its rows, the workbook against bare openpyxl of its cells."""
    from openpyxl import Workbook, load_workbook
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import LongTable, SimpleDocTemplate

    from ltu_desktop.documents.annex_pdf import annex
    from ltu_desktop.documents.claim_pdf import claim_form
    from ltu_desktop.documents.workbook import claim_workbook
    from tests.documents.sample_claims import dossier as sample

    dossier, words, sha = sample(150), Words("fr"), "ab" * 32
    rows = [
        [line.person or "", line.status, *(str(v) for v in (line.paid_hours, line.quantity, line.fte, line.total))] * 3
        for line in dossier.answer.lines
    ]
    annex_rows = [[s.code, s.formula, str(s.value), s.unit] for line in dossier.answer.lines for s in line.steps]

    def bare_pdf() -> None:
        page = landscape(A4)
        SimpleDocTemplate(BytesIO(), pagesize=page).build([LongTable(rows, repeatRows=1)])
        SimpleDocTemplate(BytesIO(), pagesize=A4).build([LongTable(annex_rows, repeatRows=1)])

    ours, bare = in_turns(lambda: (claim_form(dossier, words, sha256=sha), annex(dossier, words, sha256=sha)), bare_pdf)
    value = f"{ours * 1000:.0f} ms, × {ours / bare:.2f} of bare"
    line("claim PDF with annex, 150 people", value, "≤ 1.3 of bare table")

    made = claim_workbook(dossier, words, sha256=sha)
    sheets = [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(BytesIO(made))]

    def bare_workbook() -> None:
        book = Workbook(write_only=True)
        for cells in sheets:
            sheet = book.create_sheet()
            for row in cells:
                sheet.append(row)
        book.save(BytesIO())

    ours, bare = in_turns(lambda: claim_workbook(dossier, words, sha256=sha), bare_workbook)
    line("workbook, 150 people", f"{ours * 1000:.0f} ms, × {ours / bare:.2f} of bare", "≤ 1.2 of bare openpyxl")


def run(*command: str, **more: str) -> None:
    """Run a program offscreen, from the checkout's root, with more variables."""
    subprocess.run(
        command,
        check=True,
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def bench_process() -> None:
    """The whole process of a month's claim with PDF and workbook, beside LibreOffice on the same month's workbook."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        demo = [sys.executable, "-m", "ltu_desktop", "demo", "--people", "150", "--period", "2026-10"]
        taken = seconds(lambda: run(*demo, "--out", str(out / "demo")))
        line("demo, 150 people × 24 months, whole process", f"{taken:.1f} s", "≤ 20 s for 120 people")
        store = next((out / "demo").glob("*.ltu"))
        book = next((out / "demo").glob("demande*.xlsx"))
        claim = [sys.executable, "-m", "ltu_desktop", "claim", "export", "--store", str(store), "--period", "2026-10"]
        turn = iter(range(1000))

        def ours() -> None:
            number = next(turn)
            run(*claim, "--pdf", str(out / f"{number}.pdf"), "--xlsx", str(out / f"{number}.xlsx"))

        def office() -> None:
            profile = f"-env:UserInstallation=file://{out}/office"
            run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out / "office-out"), str(book))

        if shutil.which("soffice"):
            mine, theirs = in_turns(ours, office)
            value, target = f"{mine:.2f} s, × {mine / theirs:.2f}", "≤ 1 of LibreOffice"
        else:
            value, target = f"{in_turns(ours)[0]:.2f} s", "LibreOffice missing"
        line("claim export: PDF and workbook, whole process", value, target)


def bench_import() -> None:
    """A month's payroll, and a long staff list."""
    from tests import bench_import as imports

    imports.bench_payroll(line)
    imports.bench_staff(line)


def bench_file() -> None:
    """A search and a saved change in a file of 61,000 people."""
    from random import Random

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.people import change_person
    from ltu_desktop.queries.people import search
    from ltu_desktop.store import tables
    from ltu_desktop.store.file import Store

    random = Random(1)
    parts = ("ber", "tin", "la", "mar", "che", "du", "val", "go", "sou", "ré", "nou", "ga")
    names = ["".join(random.choices(parts, k=4)) for _ in range(61_000)]
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.create(Path(folder, "large.ltu"), clock=Clock(), operator="bench") as store,
    ):
        with store.write("bench") as tx:
            keys = tx.insert_many(
                tables.person,
                [
                    {
                        "staff_number": f"F{number:05d}",
                        "name": name.upper(),
                        "first_names": "Zoé",
                        "folded": f"{name} zoe".replace("é", "e"),
                        "status": "ppde",
                    }
                    for number, name in enumerate(names)
                ],
            )
            start = date(2020, 1, 1)
            tx.insert_many(tables.contract, [{"person_id": key, "start_on": start, "public_aid": "99"} for key in keys])
        ctx = Context(store, Words("fr"), Clock())
        towns = iter(f"Ville {number}" for number in range(1000))

        def look() -> None:
            with store.read() as connection:
                assert search(connection, "marbert zo")

        for name, job in (
            ("search by name, 61,000 people", look),
            (
                "a person's town changed and saved, 61,000 people",
                lambda: change_person(ctx, keys[7], {"town": next(towns)}),
            ),
        ):
            line(name, f"{in_turns(job, turns=25)[0] * 1000:.1f} ms", "≤ 30 ms")


def bench_attendance() -> None:
    """A month's grid of 150 people beside the raw SQL of its rows, in a small file and with 195,000 rows; edits."""
    from ltu_desktop.actions.attendance import CellEntry, as_planned, record
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance import month_grid
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store import tables
    from ltu_desktop.store.file import Store

    october, start = Month(2026, 10), date(2020, 1, 1)
    clock = Clock()
    for years in (0, 5):
        with (
            tempfile.TemporaryDirectory() as folder,
            Store.create(Path(folder, "ground.ltu"), clock=clock, operator="bench") as store,
        ):
            with store.write("bench") as tx:
                activities = tx.insert_many(
                    tables.activity, [{"code": f"A{number}", "name": f"Activité {number}"} for number in range(6)]
                )
                people = tx.insert_many(
                    tables.person,
                    [
                        {"staff_number": f"F{number:04d}", "name": f"NOM{number}", "folded": f"nom{number}"}
                        for number in range(150)
                    ],
                )
                contracts = tx.insert_many(tables.contract, [{"person_id": key, "start_on": start} for key in people])
                tx.insert_many(
                    tables.contract_terms,
                    [
                        {
                            "contract_id": key,
                            "start_on": start,
                            "weekly_hours": 3500,
                            "activity_id": activities[number % 6],
                        }
                        for number, key in enumerate(contracts)
                    ],
                )
            first = date(2026 - years, 11, 1)
            days = (first + timedelta(days=number) for number in range((date(2026, 11, 1) - first).days))
            worked = [day for day in days if day.weekday() < 5]
            with store.write("bench") as tx:
                rows = tx.insert_many(
                    tables.attendance,
                    [
                        {"person_id": key, "day": day, "activity_id": activities[number % 6], "minutes": 420}
                        for day in worked
                        for number, key in enumerate(people)
                    ],
                )
            ctx = Context(store, Words("fr"), clock)
            name = f"{len(rows):,} rows" if rows else "150 people × 5 days"
            if not rows:
                turns = []
                for _ in range(TURNS):
                    turns.append(seconds(partial(as_planned, ctx, date(2026, 10, 5), date(2026, 10, 9), people)))
                    store.undo()
                line(f"as planned with its journal, {name}", f"{statistics.median(turns) * 1000:.0f} ms", "≤ 300 ms")
                as_planned(ctx, october.first, october.last, people)
                name = "one month"

            def grid(store: Store = store) -> None:
                with store.read() as connection:
                    month_grid(connection, october)

            def bare(store: Store = store) -> None:
                a = tables.attendance.c
                with store.read() as connection:
                    query = select(a.person_id, a.day, a.activity_id, a.minutes)
                    connection.execute(query.where(a.day >= october.first, a.day <= october.last)).all()

            ours, raw = in_turns(grid, bare, turns=15)
            line(
                f"month grid of 150 people, {name}", f"{ours * 1000:.0f} ms, × {ours / raw:.1f} of raw SQL", "≤ 150 ms"
            )
            minutes = iter(range(240, 1000))

            def edit(ctx: Context = ctx, key: bytes = people[7], minutes: Iterator[int] = minutes) -> None:
                record(ctx, [CellEntry(key, date(2026, 10, 6), minutes=next(minutes))])

            taken = in_turns(edit, turns=25)[0]
            line(f"a cell typed and saved, {name}", f"{taken * 1000:.1f} ms", "≤ 30 ms")


OUR_WINDOW = """
import os, sys
from ltu_desktop import app
app.Application._after_paint = lambda *_: os._exit(0)  # what is taken down is no paint
sys.exit(app.main([]))
"""
BARE_WINDOW = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
qt = QApplication(sys.argv); window = Window(); window.resize(1366, 768); window.show()
sys.exit(qt.exec())
"""


def bench_window() -> None:
    """From the start of the process until just after the first paint, as installed, beside a bare PySide6 window."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:  # its catalogues are compiled
            wheel.extractall(folder)
        run(sys.executable, "-m", "compileall", "-q", str(Path(folder, "ltu_desktop")))  # as an installer does
        ours, bare = in_turns(
            lambda: run(sys.executable, "-P", "-c", OUR_WINDOW, PYTHONPATH=folder),
            lambda: run(sys.executable, "-P", "-c", BARE_WINDOW),
            turns=9,
        )
    line("first paint, whole process", f"{ours:.2f} s, × {ours / bare:.2f} of bare", "≤ 1.6 of a bare window")


def bench_grid() -> None:
    """The attendance page of 150 people: opened beside the bare query, drawn, scrolled, typed in until it is saved."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.attendance_keys import Choice, Spot
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.attendance_work import load
    from tests.attendance_world import OCTOBER, PEOPLE, attendance_month
    from tests.studio import Studio, settle

    with tempfile.TemporaryDirectory() as folder:
        world = attendance_month(Path(folder) / "octobre.ltu", people=150 - len(PEOPLE))
        world.close()
        studio = Studio(world.path)
        studio.open_file(world.path)
        frame = studio.frame
        frame.go("attendance")
        settle(frame)
        page, store = frame.pages["attendance"], frame.desk.store
        assert isinstance(page, AttendancePage)
        assert store is not None
        grid, ctx = page.grid, Context(store, frame.words, frame.desk.clock)

        def rest() -> None:
            while frame.desk.worker.busy():
                QApplication.processEvents()

        def opened() -> None:
            frame.go("attendance")
            rest()
            grid.viewport().repaint()

        def scrolled() -> None:
            bar = grid.verticalScrollBar()
            bar.setValue((bar.value() + 28) % bar.maximum())
            QApplication.processEvents()

        def typed() -> None:
            active = grid.choice.active
            grid.choose(Choice.at(Spot((active.row + 1) % 150, 5)))
            QTest.keyClick(grid, Qt.Key.Key_6)
            QTest.keyClick(grid.editor, Qt.Key.Key_Return)
            rest()

        bare, whole = in_turns(lambda: load(ctx, OCTOBER), opened)
        drawn, step, saved = in_turns(grid.viewport().repaint, scrolled, typed, turns=15)
        studio.close()
    line("attendance of 150 opens", f"{whole * 1000:.0f} ms, × {whole / bare:.1f} of its query", "≤ 150 ms")
    line("attendance grid drawn whole, one step", f"{drawn * 1000:.1f} ms, {step * 1000:.1f} ms", "≤ 16 ms")
    line("attendance cell typed until saved", f"{saved * 1000:.0f} ms", "≤ 30 ms")


def bench_planning() -> None:
    """A week of plans; see `tests.bench_planning`."""
    from tests import bench_planning as planning

    planning.bench_planning()
    planning.bench_paint()


def bench_pages() -> None:
    """Every screen of the window, and the longest stop of a frame."""
    from tests import bench_window

    bench_window.bench_pages(line)


def bench_gestures() -> None:
    """What people do on the pages, and the longest stop of a frame."""
    from tests import bench_window

    bench_window.bench_gestures(line)


def bench_memory() -> None:
    """The memory of the real process."""
    from tests import bench_window

    bench_window.bench_memory(line)


BENCHES = {
    "attendance": bench_attendance,
    "claim": bench_claim,
    "documents": bench_documents,
    "file": bench_file,
    "gestures": bench_gestures,
    "grid": bench_grid,
    "import": bench_import,
    "memory": bench_memory,
    "pages": bench_pages,
    "planning": bench_planning,
    "process": bench_process,
    "window": bench_window,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        BENCHES[name]()
