"""Rows in tables: filtered, ordered, copied, spoken; the choice survives what changes around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, Role, RowsModel


@dataclass(frozen=True)
class Fruit:
    name: str
    weight: Decimal


COLUMNS = (
    Column[Fruit]("name", "Fruit", lambda each: Cell(each.name, quiet="mûr"), 80, sort=lambda each: each.name),
    Column[Fruit](
        "weight",
        "Poids",
        lambda each: Cell(f"1\u202f{each.weight}") if each.weight else QUIET_ZERO,
        60,
        unit="g",
        right=True,
        sort=lambda each: each.weight,
        spoken=lambda each: f"{each.weight} grammes",
    ),
)
FRUITS = (Fruit("poire", Decimal(3)), Fruit("kiwi", Decimal(0)), Fruit("ananas", Decimal(9)))


def model(rows: tuple[Fruit, ...] = FRUITS) -> RowsModel[Fruit]:
    made = RowsModel(COLUMNS, key=lambda each: each.name)
    made.set_rows(rows)
    return made


def names(of: RowsModel[Fruit]) -> list[str]:
    return [each.name for each in of.rows()]


def test_orders_and_filters_without_losing_rows() -> None:
    of = model()
    of.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(of) == ["ananas", "poire", "kiwi"]
    of.filter(lambda each: "i" in each.name)
    assert names(of) == ["poire", "kiwi"]
    assert len(of.all_rows()) == 3
    of.filter(None)
    of.sort(0)
    assert names(of) == ["ananas", "kiwi", "poire"]


@given(
    st.permutations([Fruit(name, Decimal(at)) for at, name in enumerate("abcdefg")]),
    st.sets(st.sampled_from("abcdefg")),
)
def test_a_kept_index_follows_its_row(rows: list[Fruit], hidden: set[str]) -> None:
    of = model(tuple(sorted(rows, key=lambda each: each.name)))
    kept = QPersistentModelIndex(of.index(3, 1))
    of.set_rows(rows)
    of.filter(lambda each: each.name not in hidden)
    if "d" in hidden:
        assert not kept.isValid()
    else:
        row = of.row(kept)
        assert row is not None
        assert (row.name, kept.column()) == ("d", 1)


def test_a_cell_is_shown_and_spoken() -> None:
    of = model()
    assert of.data(of.index(0, 0)) == "poire"
    assert of.data(of.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Fruit poire mûr"
    assert of.data(of.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Poids 3 grammes"
    assert of.data(of.index(1, 1), Role.CELL) == QUIET_ZERO
    assert of.data(of.index(0, 0), Role.ROW) == FRUITS[0]
    assert of.data(QModelIndex()) is None
    assert of.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == "Poids g"


def test_copies_figures_that_a_spreadsheet_can_add() -> None:
    assert model().as_text().split("\n") == ["Fruit\tPoids g", "poire\t13", "kiwi\t", "ananas\t19"]
    assert model().as_text([1]).split("\n")[1:] == ["kiwi\t"]
