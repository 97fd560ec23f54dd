"""A year's statement sealed: frozen with its print, drawn again the same, a further version when things change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import reports
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.actions.reports import Options
from ltu_desktop.actions.statements import read_statement, seal_statement
from ltu_desktop.documents.report import plain
from ltu_desktop.queries.statements import sealed_statements
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.report_world import MONTHS, YEAR, YearWorld, claimed_year, house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ltu_desktop.documents.report import Report


@pytest.fixture
def world(tmp_path: Path) -> Iterator[YearWorld]:
    made = claimed_year(tmp_path / "fabrique.ltu")
    yield made
    made.close()


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        call()
    return error.value.code


def drawn(world: YearWorld, version: int) -> Report:
    return reports.build(world.ctx, "statement", Options(year=YEAR, version=version))


def paid(report: Report) -> object:
    table = report.table("months")
    return plain(table.totals[0].cells[table.index("state:paid")])


def test_a_sealed_statement_stays_what_it_was_and_a_further_version_tells_what_changed(
    world: YearWorld, tmp_path: Path
) -> None:
    before = drawn(world, 0)
    first = seal_statement(world.ctx, YEAR)
    assert (first.version, len(first.sha256)) == (1, 64)
    said = phrase(world.ctx.words, world.store.entries()[0])
    assert said.startswith("a scellé la version 1 du relevé de 2025, empreinte ")
    assert paid(drawn(world, 1)) == paid(before)
    assert refused(lambda: seal_statement(world.ctx, YEAR)) == "nothing_changed"
    world.payment(date(2026, 2, 1), Decimal("100.00"), {world.claim_of(MONTHS[3]): Decimal("100.00")})
    world.at(2026, 4, 1)
    assert paid(drawn(world, 1)) == paid(before), "the sealed figures do not move"
    assert paid(drawn(world, 0)) != paid(before)
    second = seal_statement(world.ctx, YEAR)
    assert (second.version, second.sha256 == first.sha256) == (2, False)
    assert paid(drawn(world, 2)) == paid(drawn(world, 0))
    with world.store.read() as connection:
        assert [each.version for each in sealed_statements(connection, YEAR)] == [2, 1]
        assert sealed_statements(connection, YEAR + 1) == []
    report = drawn(world, 1)
    assert (report.name, report.version, report.draft) == ("releve-cde-2025-v1", 1, False)
    assert first.sha256[:4].upper() in report.sealed_line
    for kind in reports.FORMATS:
        made = reports.export(world.ctx, report, kind, tmp_path)
        world.at(2026, 5, 1 + reports.FORMATS.index(kind))
        assert reports.export(world.ctx, drawn(world, 1), kind, tmp_path).sha256 == made.sha256, "always the same"


def test_sealing_is_not_undone(world: YearWorld) -> None:
    seal_statement(world.ctx, YEAR)
    world.store.undo()
    with world.store.read() as connection:
        assert len(sealed_statements(connection, YEAR)) == 1


def test_a_year_that_is_open_is_not_sealed(tmp_path: Path) -> None:
    world = house(tmp_path / "a.ltu")
    try:
        assert refused(lambda: seal_statement(world.ctx, YEAR)) == "year_open"
    finally:
        world.close()


def test_a_version_that_is_not_there_or_was_altered_is_told(world: YearWorld) -> None:
    assert refused(lambda: drawn(world, 3)) == "not_sealed"
    seal_statement(world.ctx, YEAR)
    assert world.store.check() == []
    with world.store.write("test") as tx:
        row = tx.connection.execute(t.setting.select().where(t.setting.c.key == f"statement.{YEAR}.1")).one()
        tx.update(t.setting, row.id, {"value": row.value.replace("Fonds ETCLD", "Fonds XXXXX")})
    with world.store.read() as connection:
        assert refused(lambda: read_statement(connection, YEAR, 1)) == "altered"
    [told] = world.store.check()  # the history knows of the change, so that only the print tells
    assert told.code == "statement_altered"
    assert Words("fr").error(told).startswith(f"La version 1 du relevé de {YEAR} n’est pas ce qui a été scellé")
