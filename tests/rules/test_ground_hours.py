"""Absences of the ground beside payroll's: the greater of each kind counts, never the sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.ground_hours import Kinds, joined

PAID = {"paid_leave", "sick_paid", "work_accident"}
NAMELESS = "unpaid"


@pytest.mark.parametrize(
    ("payroll", "ground", "unpaid", "expected"),
    [
        ({}, {}, 0, {}),
        ({}, {}, 700, {("unpaid", None): 700}),
        ({("sick_paid", 5000): 1400}, {}, 0, {("sick_paid", 5000): 1400}),
        ({}, {("sick_paid", None): 1400}, 0, {("sick_paid", None): 1400}),
        # as much on both sides is said once, more on one side counts
        ({("sick_paid", 5000): 1400}, {("sick_paid", None): 1400}, 0, {("sick_paid", 5000): 1400}),
        ({("sick_paid", 5000): 700}, {("sick_paid", None): 1400}, 0, {("sick_paid", 5000): 1400}),
        (
            {("sick_paid", 5000): 700},
            {("sick_paid", 2500): 1400},
            0,
            {("sick_paid", 5000): 700, ("sick_paid", 2500): 700},
        ),
        (
            {("sick_paid", 5000): 300, ("sick_paid", 2500): 400},
            {("sick_paid", None): 900},
            0,
            {("sick_paid", 5000): 300, ("sick_paid", 2500): 400, ("sick_paid", None): 200},
        ),
        ({("sick_paid", None): 1400}, {("sick_paid", None): 700}, 0, {("sick_paid", None): 1400}),
        # one sick leave under two names
        ({("sick_unpaid", None): 1400}, {("sick_paid", None): 1400}, 1400, {("sick_unpaid", None): 1400}),
        (
            {("sick_unpaid", None): 700},
            {("sick_paid", None): 1400},
            700,
            {("sick_unpaid", None): 700, ("sick_paid", None): 700},
        ),
        # unpaid hours without a name get one
        ({}, {("unpaid_leave", None): 700}, 700, {("unpaid_leave", None): 700}),
        ({}, {("unpaid_leave", None): 300}, 700, {("unpaid_leave", None): 300, ("unpaid", None): 400}),
        ({}, {("unpaid_leave", None): 900}, 700, {("unpaid_leave", None): 900}),
        # payroll left those hours out already: they are not taken off a second time
        ({}, {("work_accident", None): 700}, 700, {("unpaid", None): 700, ("work_accident", None): 0}),
        (
            {},
            {("unpaid_leave", None): 300, ("work_accident", None): 700},
            700,
            {("unpaid_leave", None): 300, ("unpaid", None): 400, ("work_accident", None): 300},
        ),
    ],
)
def test_cases(payroll: Kinds, ground: Kinds, unpaid: int, expected: Kinds) -> None:
    assert joined(payroll, ground, unpaid, PAID, NAMELESS) == expected


KINDS = st.sampled_from(["paid_leave", "sick_paid", "sick_unpaid", "work_accident", "unpaid_leave"])
SIDE = st.dictionaries(st.tuples(KINDS, st.sampled_from([None, 5000])), st.integers(0, 16_000), max_size=6)


def total(kinds: Kinds, *names: str) -> int:
    return sum(hours for (kind, _), hours in kinds.items() if kind in names)


@given(SIDE, SIDE, st.integers(0, 16_000))
def test_never_less_than_payroll_and_never_more_than_the_greater(payroll: Kinds, ground: Kinds, unpaid: int) -> None:
    found = joined(payroll, ground, unpaid, PAID, NAMELESS)
    families = (("sick_paid", "sick_unpaid"), ("paid_leave",), ("work_accident",), ("unpaid_leave",))
    for family in families:
        assert total(payroll, *family) <= total(found, *family) <= max(total(payroll, *family), total(ground, *family))
    for key, hours in payroll.items():
        assert found[key] >= hours


@given(SIDE, st.integers(0, 16_000))
def test_what_both_say_alike_changes_nothing(payroll: Kinds, unpaid: int) -> None:
    assert joined(payroll, payroll, unpaid, PAID, NAMELESS) == joined(payroll, {}, unpaid, PAID, NAMELESS)
