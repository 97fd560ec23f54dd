"""Who is who when no number says it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.likeness import MAYBE, SAME, Named, _folded, alike, at_most, score
from ltu_desktop.intake.staff import read_staff
from ltu_desktop.intake.tables import read_table
from tests.intake.dsn_text import OCTOBER

BORN, TWIN, OTHER = date(1987, 1, 8), date(1987, 8, 1), date(1966, 4, 3)


def people(name: str, first_names: str = "", born: date | None = BORN, use_name: str = "") -> Named:
    return Named(name, first_names, born, use_name)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (people("Cœur", "Jean-Baptiste"), people("C?ur", "JEAN BAPTISTE")),
        (people("Nguyễn", "Karim"), people("NGUY?N", "Karim")),
        (people("Szymański", "Ömer"), people("Szyma?ski", "?mer")),
        (people("Lefèvre", "Anne"), people("LEFEVRE", "anne")),
        (people("Martin", "Anne", use_name="Durand"), people("Durand", "Anne")),
        (people("Durand", "Anne", use_name="Martin"), people("Martin", "Anne", use_name="Durand")),
        (people("Karim", "Nguyen"), people("Nguyen", "Karim")),
        (people("Delannoy Zoé"), people("Delannoy", "Zoé")),
        (people("Zoé Delannoy"), people("Zoé", "Delannoy")),
        (people("Delannoy", "Zoé Marie Louise"), people("Delannoy", "Zoé")),
        (people("Suryani"), people("Suryani")),
        (people("De La Fontaine", "Nadège"), people("de la fontaine", "Nadege")),
        (people("Kowalczyk", "Anne-Sophie"), people("Kowalcyk", "Anne Sophie")),
    ],
)
def test_one_person(a: Named, b: Named) -> None:
    assert score(a, b) >= SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (people("Delannoy", "Zoé"), people("Delannoy", "Zoé", TWIN)),  # day and month swapped
        (people("Delannoy", "Zoé"), people("Delannoy", "Zoé", date(1987, 1, 3))),  # one figure
        (people("Delannoy", "Zoé", None), people("Delannoy", "Zoé")),
        (people("Delannoy", "Zoé", None), people("Delannoy", "Zoé", None)),
    ],
)
def test_perhaps_one_person(a: Named, b: Named) -> None:
    assert MAYBE <= score(a, b) < SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (people("Delannoy", "Zoé"), people("Delannoy", "Françoise", OTHER)),
        (people("Delannoy", "Zoé"), people("Delannoy", "Zoé", OTHER)),  # mother and daughter
        (people("Martin", "Jean"), people("Durand", "Jean")),
        (people("Delannoy", "Zoé"), people("", "")),
        (people("?", "?"), people("Delannoy", "Zoé", OTHER)),
    ],
)
def test_two_people(a: Named, b: Named) -> None:
    assert score(a, b) < MAYBE


def test_twins_of_one_name_are_not_taken_for_one() -> None:
    assert score(people("Delannoy", "Paul"), people("Delannoy", "Zoé")) < MAYBE


@settings(max_examples=80)
@given(
    names=st.lists(st.text("abcéœ?' -", max_size=8), min_size=6, max_size=6),
    born=st.lists(st.sampled_from([None, BORN, TWIN, OTHER]), min_size=2, max_size=2),
)
def test_order_does_not_matter(names: list[str], born: list[date | None]) -> None:
    a, b = Named(names[0], names[1], born[0], names[2]), Named(names[3], names[4], born[1], names[5])
    assert score(a, b) == score(b, a)
    assert Decimal(0) <= score(a, b) <= Decimal(100)


@settings(max_examples=80)
@given(name=st.text("abcdéèœŁøñ -", min_size=1, max_size=10), place=st.integers(0, 9))
def test_a_letter_lost_to_the_alphabet_costs_nothing(name: str, place: int) -> None:
    at = place % len(name)
    if name[at].isalpha():
        assert alike(name, name[:at] + "?" + name[at + 1 :]) == 100


@settings(max_examples=300)
@given(a=st.text("abcéœ? -", max_size=10), b=st.text("abcéœ? -", max_size=10))
def test_names_are_no_more_alike_than_they_can_be(a: str, b: str) -> None:
    assert at_most(_folded(a), _folded(b)) >= alike(a, b)


def test_the_sample_payroll_and_staff_list_name_the_same_twelve() -> None:
    payroll = read_dsn((OCTOBER / "dsn-2026-10.dsn").read_bytes(), "oct.dsn").declarations[0].persons
    staff = read_staff(read_table((OCTOBER / "staff.csv").read_bytes(), "staff.csv")).rows
    for one in payroll:
        scores = {
            row.staff_number: score(
                Named(one.family_name, one.first_names, one.birth_date, one.use_name),
                Named(row.name, row.first_names, row.birth_date),
            )
            for row in staff
        }
        assert scores.pop(one.staff_number) == 100
        assert max(scores.values()) < MAYBE
