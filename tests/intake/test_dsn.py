"""A payroll declaration is read whole; what is odd in it is told."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.dsn_records import Declaration, DsnFile, DsnPay, DsnPerson
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.periods import Month
from tests.intake.dsn_text import (
    HEAD,
    OCTOBER,
    SAMPLE,
    Rubric,
    activity,
    block,
    contract,
    declaration,
    establishment,
    file,
    paid,
    person,
    refusal,
    remuneration,
    text,
)

EXPECTED = json.loads((OCTOBER / "expected.json").read_text("utf-8"))


def read(*parts: list[Rubric], declarations: int = 1) -> DsnFile:
    return read_dsn(file(*parts, declarations=declarations), "oct.dsn")


def only(*parts: list[Rubric]) -> DsnPerson:
    """Read a file of one person of one establishment."""
    (found,) = read(declaration(), establishment(), *parts).declarations[0].persons
    return found


def codes(of: DsnFile | DsnPerson) -> list[str]:
    return [problem.code for problem in of.problems]


# ---------------------------------------------------------------- the sample month


def test_sample_month_whole() -> None:
    read_file = read_dsn(SAMPLE, "dsn-2026-10.dsn")
    (month,) = read_file.declarations
    assert read_file.problems == ()
    assert (read_file.encoding, read_file.norm, read_file.lines) == ("ISO-8859-1", "P26V01", 629)
    assert (read_file.software, read_file.publisher, read_file.software_version) == (
        "PaieLibre",
        "Editeur Fictif",
        "26.4",
    )
    assert not read_file.test
    assert (month.nature, month.type, month.part, month.month) == ("01", "01", (1, 1), Month(2026, 10))
    assert (month.siren, month.sirets) == ("999000111", ("99900011100017",))
    hours = {one.staff_number: str(sum(pay.paid_hours for pay in one.pay)) for one in month.persons}
    assert hours == {line["matricule"]: line["paid_hours"] for line in EXPECTED["lines"]}
    assert str(read_file.paid_hours) == str(read_file.hours_read) == EXPECTED["totals"]["paid_hours"]
    assert read_file.persons == 12


def test_sample_persons_in_detail() -> None:
    persons = read_dsn(SAMPLE, "oct.dsn").declarations[0].persons
    first, corsican, leaver = persons[0], persons[1], persons[3]
    assert (first.nir, first.name, first.first_names, first.sex) == ("2030199549097", "Delannoy", "Zoé", "02")
    assert (first.birth_date, first.postcode, first.town) == (date(2003, 1, 3), "59120", "LOOS")
    assert first.line == 30
    (terms,) = first.contracts
    assert (terms.start, terms.nature, terms.public_aid, terms.job) == (
        date(2018, 9, 1),
        "01",
        "99",
        "AGENT POLYVALENT",
    )
    assert (terms.weekly_hours, terms.monthly_hours, terms.full_time) == (Decimal("24.00"), Decimal("104.00"), False)
    assert first.pay[0].gross_pay == Decimal("1280.24")
    assert corsican.nir == "166042A435061"
    assert corsican.pay[0].overtime_hours == Decimal("6.50")
    assert leaver.family_name == "C?ur"
    assert (leaver.contracts[0].end_date, leaver.contracts[0].end_reason) == (date(2026, 10, 20), "059")


def test_rubrics_not_read_are_counted_and_those_of_the_norm_are_expected() -> None:
    unknown = {one.rubric: one for one in read_dsn(SAMPLE, "oct.dsn").unknown}
    bases = unknown["S21.G00.78.004"]
    assert (bases.count, bases.line, bases.sample, bases.expected) == (12, 78, "1280.24", True)
    assert all(one.expected for one in unknown.values())
    read_rubrics = 629 - sum(one.count for one in unknown.values())
    assert read_rubrics == len([line for line in SAMPLE.splitlines() if line[:14].decode() not in unknown])


def test_utf8_and_bare_newlines_read_the_same() -> None:
    plain = read_dsn(SAMPLE, "oct.dsn")
    twin = SAMPLE.decode("iso-8859-1").replace("\r\n", "\n").encode("utf-8")
    for data in (twin, b"\xef\xbb\xbf" + twin):
        other = read_dsn(data, "oct.dsn")
        assert other.encoding == "UTF-8"
        assert other.declarations == plain.declarations
        assert other.unknown == plain.unknown


def test_letters_that_iso_lacks_are_kept_in_utf8_and_windows_files() -> None:
    whole = text(declaration(), establishment(), person(_002="Cœur"), contract())
    for encoding, named in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        found = read_dsn(whole.encode(encoding), "oct.dsn")
        assert (found.encoding, found.declarations[0].persons[0].family_name) == (named, "Cœur")


def test_control_letters_of_iso_do_not_break_lines() -> None:
    whole = text(declaration(), establishment(), person(_002="A\x85B\x81"), contract()).encode("iso-8859-1")
    assert read_dsn(whole, "oct.dsn").declarations[0].persons[0].family_name == "A\x85B\x81"


def test_apostrophes_and_empty_values_stand_in_values() -> None:
    found = only([*person(_002="D'ARTAGNAN'")], contract(_010=" "))
    assert found.family_name == "D'ARTAGNAN'"
    assert found.contracts[0].planned_end is None


# ---------------------------------------------------------------- the tree


def test_several_establishments() -> None:
    found = read(
        declaration(),
        establishment("00017"),
        person(),
        contract(),
        paid("104.00"),
        establishment("00025"),
        person(_019="F0002"),
        contract(),
        paid("10.00"),
    )
    (month,) = found.declarations
    assert month.sirets == ("99900011100017", "99900011100025")
    assert [(one.staff_number, one.siret) for one in month.persons] == [
        ("F0001", "99900011100017"),
        ("F0002", "99900011100025"),
    ]
    assert found.paid_hours == Decimal("114.00")
    again = read(declaration(), establishment(), person(), establishment("00025"), establishment(), person())
    assert again.declarations[0].sirets == ("99900011100017", "99900011100025")
    assert [one.siret for one in again.declarations[0].persons] == ["99900011100017"] * 2


def test_several_contracts_keep_their_hours_apart() -> None:
    found = only(
        person(),
        contract(_009="A", _013="60.00"),
        block("62", {"001": "15102026", "002": "031"}),
        contract(_009="B", _001="16102026", _013="151.67", _014="10"),
        paid("30.00", number="A", end="15102026"),
        [*remuneration("017", "20.00", "2.00", number="A", end="15102026")],
        paid("80.00", number="B", start="16102026"),
        [*remuneration("018", "30.00", "3.00", number="B", start="16102026")],
    )
    assert [one.end_date for one in found.contracts] == [date(2026, 10, 15), None]
    assert [
        (pay.contract_number, pay.paid_hours, pay.complementary_hours, pay.overtime_hours) for pay in found.pay
    ] == [
        ("A", Decimal("30.00"), Decimal("2.00"), Decimal("0.00")),
        ("B", Decimal("80.00"), Decimal("0.00"), Decimal("3.00")),
    ]


def test_two_contracts_of_one_number_are_told_apart_by_their_dates() -> None:
    found = only(
        person(),
        contract(_009="1", _014="20"),
        block("62", {"001": "15102026", "002": "031"}),
        contract(_009="1", _001="16102026", _014="10"),
        [*remuneration("017", "20.00", "2.00", number="1", end="15102026")],
        [*remuneration("017", "20.00", "3.00", number="1", start="16102026")],
    )
    assert [pay.complementary_hours for pay in found.pay] == [Decimal("2.00"), Decimal("0.00")]
    assert [pay.overtime_hours for pay in found.pay] == [Decimal("0.00"), Decimal("3.00")]


def test_back_pay_is_negative_hours_of_another_month() -> None:
    found = read(
        declaration(),
        establishment(),
        person(),
        contract(),
        paid("104.00"),
        remuneration("001", "-86.17", start="01092026", end="30092026"),
        paid("-7.00", start="01092026", end="30092026"),
        activity("02", "7.00"),
    )
    october, september = found.declarations[0].persons[0].pay
    assert (october.month, october.paid_hours) == (Month(2026, 10), Decimal("104.00"))
    assert (september.month, september.paid_hours, september.unpaid_hours, september.gross_pay) == (
        Month(2026, 9),
        Decimal("-7.00"),
        Decimal("7.00"),
        Decimal("-86.17"),
    )
    assert found.paid_hours == found.hours_read == Decimal("97.00")
    assert found.earlier_hours == Decimal("-7.00"), "the preview says why the month's own hours are 104"
    assert found.problems == ()


def test_lines_of_one_period_are_added() -> None:
    (pay,) = only(
        person(), contract(), remuneration("001", "100.00"), paid("50.00"), activity("01", "4.50"), activity("02", "3.00"),
        remuneration("001", "20.00"), paid("-1.25"), remuneration("019", "9.00", "2.00"),
    ).pay  # fmt: skip
    assert (pay.paid_hours, pay.unpaid_hours, pay.gross_pay) == (Decimal("53.25"), Decimal("3.00"), Decimal("120.00"))
    assert pay.partial_activity_hours == Decimal("2.00")
    assert [one.type for one in pay.remunerations] == ["001", "002", "001", "002", "019"]
    assert [one.measure for one in pay.activities] == [
        Decimal("50.00"),
        Decimal("4.50"),
        Decimal("3.00"),
        Decimal("-1.25"),
    ]


def test_leaves_suspensions_changes_and_end_belong_to_their_contract() -> None:
    found = only(
        person(),
        contract(_009="A"),
        block("41", {"001": "01102026", "007": "86.67", "021": "C0000"}),
        block("41", {"001": "15102026"}),
        block("60", {"001": "01", "002": "04102026", "003": "12102026"}),
        block("60", {"001": "06", "002": "20102026", "010": "25102026"}),
        block("62", {"001": "31102026", "002": "059"}),
        block("65", {"001": "501", "002": "26102026", "003": "28102026"}),
        contract(_009="B"),
        block("65", {"001": "112", "002": "01102026"}),
    )
    first, second = found.contracts
    assert [(one.on, one.former_quantity) for one in first.changes] == [
        (date(2026, 10, 1), Decimal("86.67")),
        (date(2026, 10, 15), None),
    ]
    assert first.changes[0].former == {"S21.G00.41.007": "86.67", "S21.G00.41.021": "C0000"}
    assert [(one.reason, one.last_day_worked, one.planned_end, one.resumed_on) for one in first.sick_leaves] == [
        ("01", date(2026, 10, 4), date(2026, 10, 12), None),
        ("06", date(2026, 10, 20), None, date(2026, 10, 25)),
    ]
    assert (first.end_date, first.end_reason) == (date(2026, 10, 31), "059")
    assert [(one.reason, one.start, one.end) for one in first.suspensions] == [
        ("501", date(2026, 10, 26), date(2026, 10, 28))
    ]
    assert [(one.reason, one.end) for one in second.suspensions] == [("112", None)]
    assert second.end_date is None


def test_people_without_nir_follow_each_other() -> None:
    (month,) = read(
        declaration(),
        establishment(),
        person(_001="", _019="", _020="1999000111ABC42"),
        person(_001="", _019="F0002"),
        person(),
    ).declarations
    assert [(one.nir, one.ntt, one.staff_number) for one in month.persons] == [
        ("", "1999000111ABC42", ""),
        ("", "", "F0002"),
        ("2030199549097", "", "F0001"),
    ]


# ---------------------------------------------------------------- kinds of declaration


def months(found: DsnFile) -> list[tuple[Month, int]]:
    return [(one.month, len(one.persons)) for one in found.declarations]


def test_several_declarations_in_one_file() -> None:
    found = read(
        declaration(_005="01092026"),
        establishment(),
        person(),
        contract(),
        paid("1.00", start="01092026", end="30092026"),
        declaration(),
        establishment("00025"),
        person(),
        contract(),
        paid("2.00"),
        declarations=2,
    )
    assert months(found) == [(Month(2026, 9), 1), (Month(2026, 10), 1)]
    assert [one.sirets for one in found.declarations] == [("99900011100017",), ("99900011100025",)]
    assert [one.line for one in found.declarations] == [6, 41]
    assert codes(found) == []


@pytest.mark.parametrize(("kind", "replaces"), [("01", False), ("02", False), ("03", True), ("04", True), ("05", True)])
def test_types_tell_whether_they_replace(kind: str, *, replaces: bool) -> None:
    empty = kind in {"02", "04", "05"}
    found = read(declaration(_002=kind), establishment(), [] if empty else [*person(), *contract()])
    assert (found.declarations[0].type, found.declarations[0].replaces) == (kind, replaces)
    assert codes(found) == []


def test_people_in_an_empty_type_and_nobody_in_a_full_one_are_told() -> None:
    assert codes(read(declaration(_002="04"), establishment(), person())) == ["people_in_empty"]
    assert codes(read(declaration(_002="01"), establishment())) == ["nobody"]


def test_fractions_say_which_part_they_are() -> None:
    parts = [read(declaration(_003=part), establishment(), person()).declarations[0].part for part in ("12", "22")]
    assert parts == [(1, 2), (2, 2)]
    for wrong in ("21", "1", "01", "1A", "123"):
        assert refusal(file(declaration(_003=wrong), establishment())).code == "impossible_fraction"


@pytest.mark.parametrize("nature", ["02", "04", "05", "07", "08"])
def test_only_monthly_declarations_are_taken(nature: str) -> None:
    error = refusal(file(declaration(_001=nature), establishment(), person()))
    assert (error.code, error.where) == ("not_monthly", "oct.dsn:6")
    assert nature in str(error)


def test_trial_files_other_currencies_and_miscounted_declarations_are_told() -> None:
    head = [rubric if rubric.code[-3:] != "005" else Rubric(rubric.code, "01") for rubric in HEAD]
    found = read_dsn(file(declaration(_010="02"), establishment(), person(), head=head, declarations=2), "oct.dsn")
    assert found.test
    assert {(one.code, one.line) for one in found.problems} == {
        ("test_file", 4), ("not_euro", 11), ("count_of_declarations", 25),
    }  # fmt: skip


# ---------------------------------------------------------------- hours that are not added, and other findings


def test_paid_work_in_days_or_elsewhere_is_kept_and_told_but_not_added() -> None:
    found = read(
        declaration(),
        establishment(),
        person(),
        contract(),
        paid("10.00"),
        activity("01", "2.00", "12"),
        activity("02", "1.00", "12"),
        activity("03", "4.00"),
        remuneration("001", "100.00"),
        activity("01", "5.00"),
    )
    (one,) = found.declarations[0].persons
    assert one.pay[0].paid_hours == Decimal("10.00")
    assert len(one.pay[0].activities) == 5
    assert [(problem.code, problem.line) for problem in one.problems] == [
        ("activity_unit", 43),
        ("absence_unit", 46),
        ("activity_kind", 47),
        ("activity_place", 55),
    ]
    # the control total knows of the five hours that stand in the wrong place
    assert (found.paid_hours, found.hours_read) == (Decimal("15.00"), Decimal("10.00"))


def test_pay_of_an_undescribed_contract_is_kept_and_told() -> None:
    found = only(person(), contract(_009="A"), paid("10.00", number="Z"))
    assert (found.pay[0].contract_number, found.pay[0].paid_hours) == ("Z", Decimal("10.00"))
    assert codes(found) == ["contract_unknown"]
    # nothing said: the only contract is meant
    assert only(person(), contract(_009="A"), paid("10.00", number="")).pay[0].contract_number == "A"


def test_a_period_across_months_counts_in_the_declared_month() -> None:
    found = only(person(), contract(), paid("100.00", start="26092026", end="25102026"))
    assert (found.pay[0].month, codes(found)) == (Month(2026, 10), ["period_across"])
    earlier = only(person(), contract(), paid("100.00", start="26072026", end="25082026"))
    assert earlier.pay[0].month == Month(2026, 8)


def test_more_than_two_decimals_are_rounded_in_the_sum_and_told() -> None:
    found = only(person(), contract(), paid("10.004"), activity("01", "0.004"))
    assert (found.pay[0].paid_hours, codes(found)) == (Decimal("10.01"), ["rounded"])


def test_gross_pay_without_hours_is_told() -> None:
    assert codes(only(person(), contract(), remuneration("001", "10.00"))) == ["gross_without_hours"]
    assert codes(only(person(), contract(), remuneration("001", "0.00"))) == []


def test_numbers_of_people_are_checked() -> None:
    wrong_month = only(person(_001="2031399549097"), contract())
    assert [(one.code, one.severity, one.line, one.target) for one in wrong_month.problems] == [
        ("nir_month", Severity.WARNING, 14, "F0001")
    ]
    assert (wrong_month.nir, wrong_month.staff_number, wrong_month.refused) == ("", "F0001", False)
    with_key = only(person(_001="203019954909731"), contract())
    assert (with_key.nir, with_key.problems[0].code) == ("", "nir_key")
    assert with_key.problems[0].params == {"read": "31", "expected": "26"}
    assert codes(only(person(_001="", _019=""), contract())) == ["no_identifier"]
    assert codes(only(person(_001="", _020="X1"), contract())) == ["ntt_form"]
    other_birth = only(person(_006="03012004"), contract())
    assert (codes(other_birth), other_birth.refused) == (["nir_birth"], False)


def test_an_unknown_birth_day_is_no_impossible_date() -> None:
    found = only(person(_006="99992003"), contract())
    assert (found.birth_date, codes(found)) == (None, ["birth_unknown"])


def test_ends_that_cannot_be_are_told() -> None:
    early = only(person(), contract(), block("62", {"001": "01012018", "002": "059"}))
    assert (codes(early), early.refused) == (["end_before_start"], True)
    twice = only(
        person(), contract(), block("62", {"001": "01102026"}), contract(_009="B"), block("62", {"001": "02102026"}),
        block("65", {"001": "501", "002": "01102026"}), block("62", {"001": "03102026"}),
    )  # fmt: skip
    assert codes(twice) == ["second_end"]
    assert [one.end_date for one in twice.contracts] == [date(2026, 10, 1), date(2026, 10, 3)]


@pytest.mark.parametrize(
    ("unit", "reference", "quantity", "weekly", "monthly"),
    [
        ("10", "151.67", "151.67", "35.00", "151.67"),
        ("10", "151.67", "104.00", "24.00", "104.00"),
        ("10", "151.67", "86.67", "20.00", "86.67"),
        ("10", "", "112.67", "26.00", "112.67"),
        ("10", "169.00", "169.00", "39.00", "169.00"),
        ("10", "152.00", "104.00", "24.00", "104.00"),
        ("10", "35.00", "28.00", "28.00", "121.34"),
        ("10", "39.00", "39.00", "39.00", "169.00"),
        ("10", "1607.00", "1607.00", "35.00", "151.67"),
        ("12", "218.00", "218.00", None, None),
        ("10", "151.67", "-1.00", None, None),
    ],
)
def test_weekly_hours_of_a_contract(
    unit: str, reference: str, quantity: str, weekly: str | None, monthly: str | None
) -> None:
    found = only(person(), contract(_011=unit, _012=reference, _013=quantity))
    (terms,) = found.contracts
    assert terms.weekly_hours == (Decimal(weekly) if weekly else None)
    assert terms.monthly_hours == (Decimal(monthly) if monthly else None)
    assert terms.quantity == Decimal(quantity)
    assert codes(found) == ([] if weekly else ["quantity_unit"])


def test_unknown_rubrics_are_kept() -> None:
    found = read(
        declaration(), establishment(), person(), block("99", {"001": "x", "002": "y"}), block("99", {"001": "z"})
    )
    assert [(one.rubric, one.count, one.line, one.sample, one.expected) for one in found.unknown] == [
        ("S21.G00.99.001", 2, 24, "x", False),
        ("S21.G00.99.002", 1, 25, "y", False),
    ]


def test_the_record_is_a_value() -> None:
    one, other = read_dsn(SAMPLE, "oct.dsn"), read_dsn(SAMPLE, "oct.dsn")
    assert one == other
    assert msgspec.json.encode(one.declarations[0].persons)
    assert isinstance(one.declarations[0], Declaration)
    assert isinstance(one.declarations[0].persons[0].pay[0], DsnPay)
