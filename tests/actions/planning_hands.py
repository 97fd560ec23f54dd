"""Short ways to look at a week of plans: its board, somebody's shifts, what the journal says, what was refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.queries import planning as queries
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.ground_world import Ground

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.queries.planning_rows import ShiftRow, WeekBoard

MONDAY = date(2026, 11, 16)
WEEK = timedelta(days=7)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value.code


def content(world: Ground) -> dict[str, Any]:
    with world.store.read() as connection:
        return {table.name: connection.execute(select(table).order_by(table.c.id)).all() for table in t.EDITED}


def last(world: Ground) -> str:
    return phrase(Words("en"), world.store.entries()[0])


def board(world: Ground, monday: date = MONDAY, **how: Any) -> WeekBoard:
    with world.store.read() as connection:
        return queries.week_board(connection, monday, **how)


def shifts(world: Ground, number: str, monday: date = MONDAY) -> list[ShiftRow]:
    key = world.people[number]
    return [shift for row in board(world, monday).people if row.person_id == key for shift in row.shifts]
