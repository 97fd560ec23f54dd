"""How fast plans are: a week of 150 people read, judged, changed by hand, a kept week put onto ten; see `tests.bench`."""

from __future__ import annotations

import os
import statistics
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ltu_desktop.actions.context import Context
from ltu_desktop.actions.planning import change_shift
from ltu_desktop.actions.planning_weeks import apply_template, plan_template, save_template
from ltu_desktop.queries.planning import week_board
from ltu_desktop.rules.planning import check_drop, conflicts, substitutes
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store
from ltu_desktop.words import Words
from tests.bench import TURNS, Clock, in_turns, line, seconds

MONDAY = date(2026, 11, 2)
WEEKS = 104
PEOPLE = 150


def fill(store: Store) -> tuple[list[bytes], list[bytes]]:
    """Put in two years of plans, five days a week in two shifts a day; return the people and the activities."""
    with store.write("bench") as tx:
        sites = tx.insert_many(tables.site, [{"code": f"S{number}", "name": f"Site {number}"} for number in range(3)])
        activities = tx.insert_many(
            tables.activity,
            [
                {"code": f"A{number}", "name": f"Activité {number}", "site_id": sites[number % 3]}
                for number in range(12)
            ],
        )
        people = tx.insert_many(
            tables.person,
            [
                {"staff_number": f"F{at:04d}", "name": f"NOM{at}", "folded": f"nom{at}", "site_id": sites[at % 3]}
                for at in range(PEOPLE)
            ],
        )
        start = date(2020, 1, 1)
        contracts = tx.insert_many(tables.contract, [{"person_id": key, "start_on": start} for key in people])
        tx.insert_many(
            tables.contract_terms, [{"contract_id": key, "start_on": start, "weekly_hours": 3500} for key in contracts]
        )
        skills = tx.insert_many(tables.skill, [{"name": f"Compétence {number}"} for number in range(10)])
        tx.insert_many(
            tables.person_skill,
            [
                {"person_id": key, "skill_id": skills[(at + more) % 10], "level": 1 + more}
                for at, key in enumerate(people)
                for more in range(3)
            ],
        )
        tx.insert_many(
            tables.wish,
            [{"person_id": key, "activity_id": activities[at % 12], "kind": "wish"} for at, key in enumerate(people)],
        )
        tx.insert_many(
            tables.cover_need,
            [
                {"activity_id": key, "weekday": day, "start_minute": 510, "end_minute": 720, "people": 3}
                for key in activities
                for day in range(5)
            ],
        )
    first = MONDAY - timedelta(weeks=WEEKS - 4)
    with store.write("bench") as tx:
        tx.insert_many(
            tables.shift,
            [
                {
                    "person_id": key,
                    "day": first + timedelta(days=7 * week + day),
                    "activity_id": activities[(at + day) % 12],
                    "start_minute": begin,
                    "end_minute": begin + 210,
                    "break_minutes": 0,
                }
                for week in range(WEEKS)
                for day in range(5)
                for at, key in enumerate(people)
                for begin in (510, 780)
            ],
        )
    return people, activities


def bench_planning() -> None:
    """The week board beside the raw SQL of its shifts; conflicts, a drop, substitutes; a move saved; a kept week."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.create(Path(folder, "plan.ltu"), clock=Clock(), operator="bench") as store,
    ):
        people, activities = fill(store)
        ctx = Context(store, Words("fr"), Clock())

        def board(**how: Any) -> Any:
            with store.read() as connection:
                return week_board(connection, MONDAY, **how)

        def bare() -> None:
            s = tables.shift.c
            with store.read() as connection:
                query = select(*s).where(s.day >= MONDAY, s.day < MONDAY + timedelta(days=7))
                connection.execute(query.order_by(s.day, s.start_minute)).all()

        ours, raw = in_turns(board, bare, turns=15)
        value = f"{ours * 1000:.0f} ms, × {ours / raw:.1f} of raw SQL"
        line(f"week board of {PEOPLE} people, {WEEKS} weeks in the file", value, "≤ 30 ms")
        taken = in_turns(partial(board, activity_id=activities[3]), turns=15)[0]
        line("week board of one activity", f"{taken * 1000:.0f} ms", "≤ 30 ms")

        shown = board()
        week = shown.week
        span = week.of(people[7])[4]
        moved = replace(span, person=people[8], day=MONDAY + timedelta(days=2))
        for name, job, target in (
            (f"conflicts of the week, {PEOPLE} people", partial(conflicts, week), "≤ 30 ms"),
            ("what a drop would make", partial(check_drop, week, moved), "≤ 2 ms"),
            ("who could take a shift", partial(substitutes, week, span), "≤ 50 ms"),
        ):
            line(name, f"{in_turns(job, turns=25)[0] * 1000:.2f} ms", target)

        key = shown.people[9].shifts[0].id
        starts = iter(range(300, 500))
        taken = in_turns(lambda: change_shift(ctx, key, {"start": next(starts)}), turns=25)[0]
        line("a shift stretched and saved", f"{taken * 1000:.1f} ms", "≤ 30 ms")

        template = save_template(ctx, "Semaine", MONDAY)
        weeks = [MONDAY + timedelta(weeks=at) for at in range(5, 15)]
        turns = []
        for _ in range(TURNS):
            turns.append(seconds(partial(apply_template, ctx, template, weeks)))
            store.undo()
        look = in_turns(partial(plan_template, ctx, template, weeks), turns=3)[0]
        rows = [
            {**shift_of(each), "day": each.day + timedelta(weeks=20)} for row in shown.people for each in row.shifts
        ]

        def insert() -> None:
            with store.write("bench") as tx:
                for _ in weeks:
                    tx.insert_many(tables.shift, rows)
            store.undo()

        bare_write = in_turns(insert, turns=3)[0]
        median = statistics.median(turns)
        name = f"a kept week onto ten, {10 * len(rows):,} shifts"
        line(f"{name}: shown", f"{look * 1000:.0f} ms", "≤ 1 s")
        line(f"{name}: put", f"{median * 1000:.0f} ms, × {median / bare_write:.1f} of its rows", "≤ 2 of its rows")


def bench_paint() -> None:
    """The week board of the example's 150 people × 7 days drawn: what an office screen shows of it, and all its rows.

    Beside it the same number of texts, drawn by the same painter into the same picture.
    """
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtWidgets import QApplication

    from ltu_desktop.window import theme
    from ltu_desktop.window.planning_board import Board, Verdict
    from ltu_desktop.window.planning_paint import paint
    from ltu_desktop.window.planning_sheet import make_sheet
    from ltu_desktop.window.tokens import Appearance, Meaning
    from tests.bench_window import demo_file

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qt = QApplication.instance() or QApplication(["bench"])
    assert isinstance(qt, QApplication)
    theme.prepare(qt)
    theme.apply(qt, Appearance.LIGHT)
    words, monday = Words("fr"), date(2026, 10, 12)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(demo_file(Path(folder), PEOPLE), clock=Clock(), operator="bench") as store,
        store.read() as connection,
    ):
        sheet = make_sheet(week_board(connection, monday), words, sunday=True)
    board = Board(words, lambda _put: Verdict(Meaning.OK, ""))
    board.show()
    for name, height in (("of an office screen", 600), (f"of all {len(sheet.rows)} rows", 42 * len(sheet.rows) + 82)):
        board.resize(1100, height)
        board.show_sheet(sheet, monday, faded=False)
        image = QImage(board.viewport().size(), QImage.Format.Format_RGB32)
        rows = [sheet.rows[at] for at in board.view.lay.visible()]
        texts = sum(3 + 2 * sum(len(cell.blocks) + bool(cell.away) for cell in row.cells) for row in rows)

        def draw(image: QImage = image) -> None:
            paint(QPainter(image), board.view, image.rect())

        def plain(image: QImage = image, texts: int = texts) -> None:
            painter = QPainter(image)
            for at in range(texts):
                painter.drawText(at % 90 * 11, at // 90 * 14, "08:30 - 12:00")

        ours, bare = in_turns(draw, plain, turns=15)
        value = f"{ours * 1000:.1f} ms, × {ours / bare:.1f} of {texts} plain texts"
        line(f"week board {name} painted", value, "≤ 16 ms")
    board.close()


def shift_of(each: Any) -> dict[str, Any]:
    """Return the columns of a shift that a copy has."""
    return {
        "person_id": each.person_id,
        "activity_id": each.activity_id,
        "start_minute": each.start,
        "end_minute": each.end,
        "break_minutes": each.pause,
    }
