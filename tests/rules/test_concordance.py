"""Timesheet, payroll and claim beside each other: each seeded discrepancy is found and named, a clean month is silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.concordance import REASONS, Hours, Rules, match
from ltu_desktop.rules.money import ZERO
from ltu_desktop.words.codes import CAUSES

PAID = frozenset({"paid_leave", "sick_paid", "work_accident", "training", "rest", "maternity", "paternity"})
RULES = Rules(PAID, frozenset({"paid_leave"}))
RATE = Decimal("13.4490")


def d(text: str) -> Decimal:
    return Decimal(text) + ZERO


def clean(person: str, base: str = "151.67", planned: str = "154", **more: object) -> Hours:
    """A person whose month agrees: all that was planned is done, the contract's hours are paid and claimed."""
    made = Hours(
        person,
        base=d(base),
        full_time=base == "151.67",
        on_sheet=True,
        planned=d(planned),
        done=d(planned),
        holiday=d("7"),
        in_payroll=True,
        paid=d(base),
        claimed=d(base),
        due=d(base),
        rate=RATE,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def off(each: Hours, hours: str, kind: str) -> Hours:
    """Let somebody miss planned hours."""
    return replace(each, done=each.done - d(hours), missed={**each.missed, kind: d(hours)})


def pay(each: Hours, change: str, **more: object) -> Hours:
    """Let payroll pay more or less, and the claim with it."""
    paid = each.paid + d(change)
    return replace(each, paid=paid, claimed=paid, due=paid, **more)  # type: ignore[arg-type]


def clean_month() -> list[Hours]:
    """What an ordinary month holds, all of it in order."""
    full = [clean(f"F{index:02d}") for index in range(20)]
    part = [clean(f"P{index:02d}", "104.00", "102") for index in range(20)]
    return [
        *full,
        *part,
        off(clean("A1", declared={"paid_leave": d("14")}), "14", "paid_leave"),
        pay(off(clean("A2"), "7", "unpaid_leave"), "-7", unpaid=d("7")),
        pay(off(clean("A3"), "35", "sick_unpaid"), "-35", unpaid=d("35"), declared={"sick_unpaid": d("35")}),
        off(clean("A4"), "14", "sick_paid"),
        pay(clean("A5", done=d("160")), "6", extra=d("6")),  # overtime, worked and paid
        pay(clean("A6", "104.00", "102", done=d("105")), "3", extra=d("3")),
        clean("A7", "75.84", "77", bases=(("calendar", d("78.28")), ("entry_exit", d("151.67")))),
        pay(clean("A8", "75.84", "77", bases=(("calendar", d("78.28")), ("entry_exit", d("151.67")))), "2.44"),
        clean("A9", "120.00", "118", bases=(("calendar", d("121.00")), ("hours_change", d("151.67")))),
        clean("B1", done=d("154.4")),  # within the tolerance
        Hours("B2", in_payroll=True, paid=d("0.25")),
        Hours("B3", base=d("151.67"), planned=ZERO),  # on parental leave: no side speaks of her
        Hours(
            "B4",
            on_sheet=True,
            planned=d("10"),
            done=d("10"),
            in_payroll=True,
            paid=d("10"),
            claimed=d("10"),
            due=d("10"),
        ),
    ]


def test_a_clean_month_raises_no_alarm() -> None:
    found = match(clean_month(), RULES)
    assert [(each.person, each.reasons) for each in found if not each.matched] == []
    assert all(each.at_stake is None for each in found)


Seed = tuple[str, str, Callable[[Hours], Hours]]


def worked_more(hours: str) -> Callable[[Hours], Hours]:
    return lambda each: replace(each, done=each.done + d(hours))


def missed_unpaid(hours: str, kind: str) -> Callable[[Hours], Hours]:
    return lambda each: off(each, hours, kind)


def not_paid(hours: str) -> Callable[[Hours], Hours]:
    return lambda each: pay(each, f"-{hours}", unpaid=d(hours))


def paid_more(hours: str) -> Callable[[Hours], Hours]:
    return lambda each: pay(each, hours, extra=d(hours))


def sick_not_paid(hours: str) -> Callable[[Hours], Hours]:
    return lambda each: pay(off(each, hours, "sick_paid"), f"-{hours}", unpaid=d(hours))


def left_open(hours: str) -> Callable[[Hours], Hours]:
    return lambda each: replace(each, done=each.done - d(hours), open=d(hours), holiday=ZERO)


def seeds() -> list[Seed]:
    """Fifty discrepancies: the cause that must be named, the hours, and how it comes about."""
    found: list[Seed] = []
    for hours in ("2", "3.5", "7", "14"):
        found += [
            ("overtime", f"-{hours}", worked_more(hours)),
            ("overtime", hours, paid_more(hours)),
            ("unpaid_leave", hours, missed_unpaid(hours, "unpaid_leave")),
            ("sick_pay", hours, missed_unpaid(hours, "sick_unpaid")),
            ("sick_pay", f"-{hours}", sick_not_paid(hours)),
            ("unjustified", hours, missed_unpaid(hours, "unjustified")),
            ("partial_activity", hours, missed_unpaid(hours, "partial_activity")),
            ("missing_hours", hours, worked_more(f"-{hours}")),
            ("sheet_incomplete", hours, left_open(hours)),
            ("unpaid_absence", f"-{hours}", not_paid(hours)),
        ]
    found += [
        ("back_pay", "-7", lambda each: pay(each, "-7", back_pay=d("-7"))),
        ("back_pay", "10.5", lambda each: pay(each, "10.5", back_pay=d("10.5"))),
        ("holiday", "7", lambda each: pay(each, "7", planned=d("150"), done=d("150"))),
        ("holiday", "-7", lambda each: pay(each, "-7")),
        ("not_in_payroll", "-154", lambda each: replace(each, in_payroll=False, paid=ZERO, claimed=None, due=None)),
        ("no_sheet", "151.67", lambda each: replace(each, on_sheet=False, done=ZERO)),
        ("not_on_sheet", "151.67", lambda each: replace(each, on_sheet=False, done=ZERO, planned=ZERO)),
        ("leave_kind", "-7", lambda each: off(each, "7", "paid_leave")),
        ("claim_outdated", "-4", lambda each: replace(pay(each, "0"), claimed=each.paid - d("4"))),
        ("unexplained", "23.45", lambda each: pay(each, "23.45")),
    ]
    return found


def test_there_are_fifty_seeds() -> None:
    assert len(seeds()) == 50


def test_fifty_discrepancies_are_all_found_and_named_among_the_clean() -> None:
    wrong = [make(clean(f"X{index:02d}")) for index, (_, _, make) in enumerate(seeds())]
    found = match([*clean_month(), *wrong], RULES)
    named = {
        each.person: [(reason.code, reason.hours) for reason in each.reasons] for each in found if not each.matched
    }
    assert named == {f"X{index:02d}": [(code, d(hours))] for index, (code, hours, _) in enumerate(seeds())}
    stakes = {each.person: each.at_stake for each in found if not each.matched}
    assert stakes["X00"] == Decimal("26.90")  # 2 h at 13.4490


def named(each: Hours, rules: Rules = RULES) -> list[tuple[str, str]]:
    [found] = match([each], rules)
    return [(reason.code, str(reason.hours)) for reason in found.reasons]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        # part-timers work complementary hours
        (replace(clean("A", "104.00", "102"), done=d("107")), [("complementary", "-5.00")]),
        # entry, exit and amendment paid as if the month were whole
        (
            pay(clean("A", "75.84", "77", bases=(("calendar", d("78.28")), ("entry_exit", d("151.67")))), "75.83"),
            [("entry_exit", "75.83")],
        ),
        (
            pay(clean("A", "120", "118", bases=(("calendar", d("121")), ("hours_change", d("104")))), "-16"),
            [("hours_change", "-16.00")],
        ),
        # two causes at once, and a cause with a rest that nobody knows
        (
            off(replace(clean("A"), done=d("158")), "7", "unpaid_leave"),
            [("overtime", "-4.00"), ("unpaid_leave", "7.00")],
        ),
        (
            pay(off(clean("A"), "7", "unpaid_leave"), "5", back_pay=d("5")),
            [("unpaid_leave", "7.00"), ("back_pay", "5.00")],
        ),
        (pay(off(clean("A"), "30", "unpaid_leave"), "2"), [("unpaid_leave", "30.00"), ("unexplained", "2.00")]),
        # payroll declares a sick leave that the sheet does not know
        (pay(clean("A"), "-14", unpaid=d("14"), declared={"sick_unpaid": d("14")}), [("sick_pay", "-14.00")]),
        # nobody has said the contract's hours
        (pay(clean("A"), "9.33", base=None), []),
        (pay(clean("A"), "0", base=None), [("unexplained", "-9.33")]),
        # paid, and no line in the claim
        (replace(clean("A"), claimed=None, due=None), [("not_claimed", "-151.67")]),
        (replace(clean("A"), claimed=None), []),
        # next to nothing
        (replace(clean("A"), in_payroll=False, paid=ZERO, done=d("0.5"), claimed=None, due=None), []),
        (replace(clean("A"), on_sheet=False, paid=d("0.25"), claimed=None, due=None), []),
    ],
)
def test_causes(hours: Hours, expected: list[tuple[str, str]]) -> None:
    assert named(hours) == expected


def test_rounding_is_named_when_nothing_is_tolerated() -> None:
    strict = replace(RULES, tolerance=ZERO)
    assert named(pay(clean("A"), "0.02"), strict) == [("rounding", "0.02")]
    assert named(clean("A"), strict) == []


def test_a_month_without_any_timesheet_is_not_held_against_payroll() -> None:
    people = [replace(clean(f"F{index}"), on_sheet=False, done=ZERO) for index in range(3)]
    assert all(each.matched for each in match(people, RULES))


def test_an_employer_who_pays_real_hours_is_matched_by_them() -> None:
    people = [
        *(pay(clean(f"F{index}"), "9.33") for index in range(3)),  # 154 worked and 7 of a holiday
        pay(off(clean("A"), "7", "unpaid_leave"), "2.33"),
        pay(off(clean("B"), "7", "sick_paid"), "9.33"),
        pay(off(clean("C"), "7", "unpaid_leave"), "9.33"),
        clean("D", base="0", paid=d("161"), claimed=d("161"), due=d("161")),
    ]
    found = match(people, RULES)
    assert {
        each.person: [(one.code, str(one.hours)) for one in each.reasons] for each in found if not each.matched
    } == {"C": [("unpaid_leave", "7.00")]}
    assert found[0].expected == d("161")


def test_every_cause_has_words() -> None:
    assert set(REASONS) == set(CAUSES)


@given(
    st.decimals(0, 40, places=2),
    st.decimals(-40, 40, places=2),
    st.decimals(0, 40, places=2),
    st.sampled_from(["unpaid_leave", "sick_paid", "paid_leave"]),
)
def test_what_is_named_adds_up_to_the_gap(missed: Decimal, change: Decimal, more: Decimal, kind: str) -> None:
    each = off(replace(clean("A"), done=d("154") + more), str(missed), kind)
    [found] = match([pay(each, str(change))], Rules(PAID))
    assert found.gap == found.hours.paid - (found.expected or ZERO)
    named = sum((reason.hours for reason in found.reasons), ZERO)
    assert abs(named - found.gap) <= RULES.tolerance
    assert bool(found.reasons) == (abs(found.gap) > RULES.tolerance)
