"""Laws of the calculator, and the proof that other kinds are more functions of the same pipeline."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.rules.answer import Answer
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.facts import Absence, AgreementFact, ContractFact, Facts, PersonFact, PersonMonth
from ltu_desktop.rules.kinds import KINDS, Ask, sources
from ltu_desktop.rules.money import to_cent
from ltu_desktop.rules.packs import Pack, load, load_folder
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.quantity import QUANTITIES, HourRules, Hours, months_between

PACK = load("fr-tzcld")
D = Decimal
HOURS = st.integers(0, 31000).map(lambda cents: D(cents) / 100)
CHOICES = st.fixed_dictionaries(
    {},
    optional={rule.code: st.sampled_from(rule.options) for rule in PACK.scheme.setting if rule.options},
)


@st.composite
def months(draw: st.DrawFn) -> PersonMonth:
    kinds = draw(st.lists(st.sampled_from(sorted(PACK.absences)), max_size=3, unique=True))
    return PersonMonth(
        draw(HOURS),
        absences=tuple(
            Absence(kind, draw(st.integers(0, 15000).map(lambda c: D(c) / 100)), D("0.5")) for kind in kinds
        ),
        overtime_hours=draw(st.none() | st.just(D("7.50"))),
        complementary_hours=draw(st.none() | st.just(D("3.25"))),
        leave_indemnity_hours=draw(st.none() | st.just(D("14.00"))),
    )


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    period = draw(st.sampled_from(["2024-03", "2026-06", "2023-10"]))
    keys = [str(each) for each in Month.parse(period).year_so_far()[-3:]]
    people = tuple(
        PersonFact(
            f"F{index}",
            draw(st.sampled_from(["ppde", "ppde", "other", None])),
            (ContractFact(date(2020, 1, 1), weekly_hours=D("28.00")),),
            {key: draw(months()) for key in keys},
        )
        for index in range(draw(st.integers(0, 5)))
    )
    ceiling = draw(st.none() | st.sampled_from([D("0.10"), D("0.50"), D("100")]))
    return Facts(period, AgreementFact(ceiling, draw(CHOICES)), people)


@settings(max_examples=80)
@given(worlds())
def test_lines_add_up_to_the_totals_to_the_cent(facts: Facts) -> None:
    answer = compute(PACK, facts)
    for part, amount in answer.totals.parts.items():
        assert sum((line.parts[part] for line in answer.lines), D(0)) == amount
    assert sum((line.total for line in answer.lines), D(0)) == answer.totals.total
    for line in answer.lines:
        assert line.total == sum(line.parts.values(), D(0))
        assert all(amount == to_cent(amount) for amount in line.parts.values())


@settings(max_examples=80)
@given(worlds())
def test_what_is_fundable_is_within_what_was_paid_and_the_cap(facts: Facts) -> None:
    assert facts.agreement is not None
    counted = facts.agreement.settings.get("unpaid_absence") == "count"
    counted |= facts.agreement.settings.get("partial_activity") == "count"
    for line in compute(PACK, facts).lines:
        if line.person is None:
            continue
        assert 0 <= line.quantity <= D("151.67")
        if not counted:
            assert line.quantity == min(line.paid_hours - line.hours_c, D("151.67"))
        assert line.over_cap >= 0


@settings(max_examples=40)
@given(worlds())
def test_the_ceiling_is_never_passed(facts: Facts) -> None:
    answer = compute(PACK, facts)
    year = answer.year_to_date
    assert year is not None
    if year.ceiling_fte_months is not None:
        assert year.used_fte_months <= year.ceiling_fte_months + D("0.0002")
        assert year.ceiling_left is not None
        assert year.ceiling_left >= D("-0.0002")


@settings(max_examples=40)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(facts: Facts, random: object) -> None:
    from msgspec.structs import replace

    people = list(facts.people)
    random.shuffle(people)  # type: ignore[attr-defined]  # hypothesis gives a Random it does not name
    one, other = compute(PACK, facts), compute(PACK, replace(facts, people=tuple(people)))
    assert one.totals == other.totals
    if one.settings[-2].value == "per_person":  # a cent of a rounded sum goes to whoever comes first
        assert {line.person: line.parts for line in one.lines} == {line.person: line.parts for line in other.lines}


PLAIN = st.sampled_from(["151.67", "151.670", "75.84", "160.00"]).map(lambda hours: PersonMonth(D(hours)))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["ppde", "other"]), PLAIN | months()), min_size=2, max_size=6),
    CHOICES.filter(lambda chosen: chosen.get("rounding") != "on_sum"),
)
def test_a_line_is_the_same_whoever_else_is_there(given: list[tuple[str, PersonMonth]], chosen: dict[str, str]) -> None:
    contract = ContractFact(date(2020, 1, 1), weekly_hours=D("28.00"))
    people = [
        PersonFact(f"F{index}", status, (contract,), {"2026-06": pay}) for index, (status, pay) in enumerate(given)
    ]
    agreement = AgreementFact(None, chosen)
    together = compute(PACK, Facts("2026-06", agreement, tuple(people))).lines
    alone = [compute(PACK, Facts("2026-06", agreement, (person,))).lines for person in people]
    told = [repr(line) for line in together if line.person is not None]  # figures as they are written, too
    assert told == [repr(line) for lines in alone for line in lines if line.person is not None]


@settings(max_examples=60)
@given(st.lists(HOURS.filter(lambda hours: hours <= D("151.67")), min_size=1, max_size=8))
def test_rounding_on_the_sum_gives_the_sum_of_one(hours: list[Decimal]) -> None:
    agreement = AgreementFact(settings={"rounding": "on_sum"})
    people = tuple(PersonFact(f"F{i}", "ppde", months={"2026-06": PersonMonth(each)}) for i, each in enumerate(hours))
    totals = compute(PACK, Facts("2026-06", agreement, people)).totals
    base = to_cent(D("12.31") * sum(hours, D(0)))
    state = to_cent(base * D("0.95"))
    assert totals.parts == {"state": state, "department": to_cent(state * D("0.15"))}


def one(month: PersonMonth, *, contracts: Sequence[ContractFact] = (), status: str | None = "ppde") -> Answer:
    contracts = tuple(contracts) or (ContractFact(date(2020, 1, 1)),)
    return compute(PACK, Facts("2024-01", people=(PersonFact("A", status, contracts, {"2024-01": month}),)))


def codes(answer: Answer) -> dict[str, Severity]:
    return {problem.code: problem.severity for problem in answer.problems}


@pytest.mark.parametrize(
    ("answer", "code", "severity"),
    [
        (one(PersonMonth(D("-7.00"))), "negative_hours", Severity.BLOCKER),
        (one(PersonMonth(D("700.00"))), "unusable_hours", Severity.BLOCKER),
        (one(PersonMonth(D("215.00"))), "hours_high", Severity.WARNING),
        (one(PersonMonth(D("10.00")), contracts=[ContractFact(date(2024, 2, 1))]), "no_contract", Severity.BLOCKER),
        (
            one(PersonMonth(D("10.00")), contracts=[ContractFact(date(2024, 1, 1)), ContractFact(date(2024, 1, 15))]),
            "contracts_overlap",
            Severity.BLOCKER,
        ),
        (
            one(PersonMonth(D("10.00")), contracts=[ContractFact(date(2024, 1, 9), date(2024, 1, 8))]),
            "contract_ends_before_start",
            Severity.BLOCKER,
        ),
        (
            one(PersonMonth(D("10.00")), contracts=[ContractFact(date(2020, 1, 1), nature="02")]),
            "not_open_ended",
            Severity.WARNING,
        ),
        (
            one(PersonMonth(D("10.00")), contracts=[ContractFact(date(2020, 1, 1), hourly_pay=D("11.52"))]),
            "pay_below_minimum",
            Severity.WARNING,
        ),
        (one(PersonMonth(D("151.67"), employer_cost=D("1900.00"))), "aid_over_cost", Severity.WARNING),
    ],
)
def test_each_fault_has_its_problem(answer: Answer, code: str, severity: Severity) -> None:
    assert codes(answer)[code] == severity


def test_a_whole_stretch_after_another_does_not_overlap() -> None:
    stretches = [ContractFact(date(2024, 1, 1), date(2024, 1, 14)), ContractFact(date(2024, 1, 15))]
    assert codes(one(PersonMonth(D("10.00")), contracts=stretches)) == {}


def test_a_contract_without_payroll_is_told_and_one_outside_the_month_is_not() -> None:
    people = (
        PersonFact("A", "ppde", (ContractFact(date(2020, 1, 1)),)),
        PersonFact("B", "ppde", (ContractFact(date(2024, 2, 1)),)),
        PersonFact("C", None, (ContractFact(date(2020, 1, 1)),)),
    )
    found = [(each.code, each.target) for each in compute(PACK, Facts("2024-01", people=people)).problems]
    assert found == [("no_payroll", "A"), ("no_status", "C"), ("no_payroll", "C")]


def test_an_expired_certificate_and_a_quick_pace_are_told() -> None:
    agreement = AgreementFact(D("0.50"), contributions_valid_until=date(2024, 1, 30))
    people = (PersonFact("A", "ppde", (ContractFact(date(2020, 1, 1)),), {"2024-01": PersonMonth(D("151.67"))}),)
    found = codes(compute(PACK, Facts("2024-01", agreement, people)))
    assert found == {"contributions_expired": Severity.WARNING, "ceiling_pace": Severity.WARNING}


def test_one_month_above_ceiling_or_ten_percent_is_only_told() -> None:
    def pay(january: str, february: str) -> dict[str, PersonMonth]:
        return {"2024-01": PersonMonth(D(january)), "2024-02": PersonMonth(D(february))}

    contracts = (ContractFact(date(2020, 1, 1)),)
    people = (
        PersonFact("A", "ppde", contracts, pay("100.00", "151.67")),
        PersonFact("B", "other", contracts, pay("0.00", "20.00")),
    )
    found = codes(compute(PACK, Facts("2024-02", AgreementFact(D("1.00")), people)))
    assert found == {"others_over_limit_this_month": Severity.INFO, "ceiling_this_month": Severity.INFO}


def test_the_running_limit_gives_back_when_the_average_falls() -> None:
    contracts = (ContractFact(date(2020, 1, 1)),)
    people = (
        PersonFact("A", "ppde", contracts, {"2024-01": PersonMonth(D("80.00")), "2024-02": PersonMonth(D("151.67"))}),
        PersonFact("B", "other", contracts, {"2024-01": PersonMonth(D("20.00"))}),
    )
    running = AgreementFact(settings={"ten_percent": "running"})
    january = compute(PACK, Facts("2024-01", running, people)).lines[-1]
    february = compute(PACK, Facts("2024-02", running, people)).lines[-1]
    assert (january.code, january.quantity) == ("others_limit", D("-10.00"))
    assert (february.code, february.quantity) == ("others_limit", D("10.00"))  # 20 is under 10 % of 251.67


def test_the_guard_knows_the_cost_only_when_all_costs_are_known() -> None:
    contracts = (ContractFact(date(2020, 1, 1)),)
    people = (
        PersonFact("A", "ppde", contracts, {"2024-01": PersonMonth(D("151.67"), employer_cost=D("2000.00"))}),
        PersonFact("B", "ppde", contracts, {"2024-01": PersonMonth(D("151.67"))}),
    )
    guard = compute(PACK, Facts("2024-01", people=people)).guard
    assert guard is not None
    assert (guard.aid_to_smic, guard.employer_cost, guard.aid_to_cost) == (D("1.0925"), None, None)
    whole = compute(PACK, Facts("2024-01", people=people[:1])).guard
    assert whole is not None
    assert (whole.employer_cost, whole.aid_to_cost) == (D("2000.00"), D("0.9652"))


def test_a_year_takes_off_the_others_over_ten_percent_and_says_what_is_missing() -> None:
    def year(hours: str) -> dict[str, PersonMonth]:
        return {f"2024-{number:02d}": PersonMonth(D(hours)) for number in range(1, 12)}

    contracts = (ContractFact(date(2020, 1, 1)),)
    people = (PersonFact("A", "ppde", contracts, year("90.00")), PersonFact("B", "other", contracts, year("30.00")))
    paid = {"state": D("0.00"), "department": D("0.00")}
    answer = compute(PACK, Facts("2024", people=people, paid=paid))
    settlement = answer.settlement
    assert settlement is not None
    # 120 h funded of 330 others: 30 × 11 − 10 % × 120 × 11 = 198 h of 1 320 taken off, at the year's average
    assert answer.lines[0].steps[0].formula.endswith("× 198.00 ÷ 1320.00")
    assert settlement.due["state"] + answer.lines[0].steps[0].value == answer_sum(people, "state")
    assert answer.totals.parts == settlement.due
    assert codes(answer) == {"year_incomplete": Severity.WARNING}
    assert compute(PACK, Facts("2024", people=people)).settlement is None


def test_a_year_of_which_only_what_was_paid_is_told_says_so() -> None:
    answer = compute(PACK, Facts("2024", paid={"state": D("10.00"), "department": D("1.50")}))
    assert (answer.settlement, answer.totals.total) == (None, D(0))
    assert codes(answer) == {"year_without_months": Severity.WARNING}
    assert codes(compute(PACK, Facts("2024"))) == {}


def answer_sum(people: tuple[PersonFact, ...], part: str) -> Decimal:
    answers = [compute(PACK, Facts(f"2024-{number:02d}", people=people)) for number in range(1, 12)]
    return sum((answer.totals.parts[part] for answer in answers), D(0))


def test_a_provisional_grant_is_flagged() -> None:
    stocks = {"2024-12-31": D("70.00"), "2025-12-31": D("70.50")}
    answer = compute(PACK, Facts("2025", stocks=stocks))
    assert (answer.provisional, answer.totals.total) == (True, D("3180.50"))
    assert codes(answer) == {"provisional": Severity.WARNING}


# ---- another scheme: K3 (a flat month, pro rata of worked hours) and K1 with steps and uplift, as data and one function

SCHEME = """
code = "xx-flat"
country = "XX"
currency = "RON"
name = "a flat month, and a wage by year of employment"
authority = "-"
legal_base = ["law"]
valid_from = 2018-01-01
main_status = "funded"
full_month = "normal_hours"

[[component]]
part = "flat"
kind = "flat_month"
base = "flat"
quantity = "worked_hours"
source = "art. 80"

[[component]]
part = "wage"
kind = "reference_wage"
base = "wage_hour"
quantity = "contract_hours"
uplift = "charges"
cap = "most"
source = "art. 16"
rate_steps = [{ first = 1, last = 24, rate = "1.00" }, { first = 25, last = 36, rate = "0.90" }]
"""
PARAMETERS = """
[normal_hours]
unit = "h"
values = [{ from = 2018-01-01, value = "160.00", source = "law" }]
[flat]
unit = "RON"
values = [
  { from = 2018-01-01, value = "900.00", source = "old law" },
  { from = 2018-07-09, value = "2250.00", source = "new law" },
]
[wage_hour]
unit = "RON/h"
values = [{ from = 2018-01-01, value = "10.00", source = "law" }]
[charges]
unit = "ratio"
values = [{ from = 2018-01-01, value = "0.19", source = "law" }]
[most]
unit = "RON"
values = [{ from = 2018-01-01, value = "1000.00", source = "law" }]
"""


def flat_month(ask: Ask) -> Decimal:
    """K3: a fixed amount of a full month, pro rata of the hours of each slice."""
    whole = D(0)
    for piece in ask.slices:
        day = piece.span.start
        flat, normal = ask.parameters.on("flat", day), ask.parameters.on("normal_hours", day)
        exact = flat * piece.quantity / normal
        amount = ask.round(exact)
        ask.step("flat", f"{flat} × {piece.quantity} ÷ {normal}", exact, amount, ask.parameters.source("flat", day))
        whole += amount
    return whole


def contract_hours(_rules: HourRules, person: PersonFact, _month: Month, _pay: PersonMonth, _hours: Hours) -> Decimal:
    return to_cent((person.contracts[0].weekly_hours or D(0)) * 4)


def worked_hours(_rules: HourRules, _person: PersonFact, _month: Month, pay: PersonMonth, _hours: Hours) -> Decimal:
    return pay.paid_hours


@pytest.fixture
def flat_pack(tmp_path: Path) -> Pack:
    (tmp_path / "scheme.toml").write_text(SCHEME, "utf-8")
    (tmp_path / "parameters.toml").write_text(PARAMETERS, "utf-8")
    return load_folder(tmp_path)


def flat_answer(pack: Pack, hire: date, period: str) -> Answer:
    person = PersonFact(
        "A", "funded", (ContractFact(hire, weekly_hours=D("20.00")),), {period: PersonMonth(D("160.00"))}
    )
    return compute(
        pack,
        Facts(period, people=(person,)),
        kinds={**KINDS, "flat_month": flat_month},
        quantities={**QUANTITIES, "worked_hours": worked_hours, "contract_hours": contract_hours},
    )


def test_another_kind_slices_the_month_where_the_law_changes(flat_pack: Pack) -> None:
    line = flat_answer(flat_pack, date(2018, 1, 1), "2018-07").lines[0]
    # 8 days of 31 at 900, 23 days at 2 250: 41.29 h and 118.71 h of 160
    assert [step.formula for step in line.steps if step.code == "flat"] == [
        "900.00 × 41.29 ÷ 160.00",
        "2250.00 × 118.71 ÷ 160.00",
    ]
    assert line.parts["flat"] == D("232.26") + D("1669.36")
    assert line.parts["wage"] == D("952.00")  # 80 h × 10 × 1.19
    assert [step.source for step in line.steps if step.code == "flat"] == ["old law", "new law"]


def test_a_rate_step_by_month_of_employment_slices_too(flat_pack: Pack) -> None:
    line = flat_answer(flat_pack, date(2018, 1, 16), "2020-01").lines[0]
    # the 25th month begins on 16 January: 15 days at 100 %, 16 days at 90 %
    formulas = [step.formula for step in line.steps if step.code == "wage"]
    assert formulas == ["387.10 × 1.00 × 1.19", "412.90 × 0.90 × 1.19"]
    later = flat_answer(flat_pack, date(2018, 1, 16), "2021-06").lines[0]
    assert later.parts["wage"] == D("0.00")


def test_a_cap_holds(flat_pack: Pack) -> None:
    person = PersonFact(
        "A", "funded", (ContractFact(date(2018, 1, 1), weekly_hours=D("40.00")),), {"2018-08": PersonMonth(D(160))}
    )
    answer = compute(
        flat_pack,
        Facts("2018-08", people=(person,)),
        kinds={**KINDS, "flat_month": flat_month},
        quantities={**QUANTITIES, "worked_hours": worked_hours, "contract_hours": contract_hours},
    )
    assert answer.lines[0].parts == {"flat": D("2250.00"), "wage": D("1000.00")}
    assert answer.guard is not None
    assert answer.year_to_date is not None
    assert answer.year_to_date.ceiling_left is None


def test_months_of_employment_count_from_one() -> None:
    hired = date(2018, 1, 16)
    assert [months_between(hired, day) for day in (hired, date(2018, 2, 15), date(2018, 2, 16), date(2020, 1, 16))] == [
        1,
        1,
        2,
        25,
    ]


def test_a_source_named_within_another_is_said_once() -> None:
    assert sources("art. 24", "art. 24, yearly", "") == "art. 24, yearly"


def test_a_scheme_without_reference_wage_asks_for_no_least_pay(tmp_path: Path) -> None:
    scheme = SCHEME[: SCHEME.index('[[component]]\npart = "wage"')]
    (tmp_path / "scheme.toml").write_text(scheme, "utf-8")
    (tmp_path / "parameters.toml").write_text(PARAMETERS, "utf-8")
    pay = {"2018-08": PersonMonth(D("160.00"))}
    person = PersonFact("A", "funded", (ContractFact(date(2018, 1, 1), hourly_pay=D("1.00")),), pay)
    answer = compute(
        load_folder(tmp_path),
        Facts("2018-08", people=(person,)),
        kinds={"flat_month": flat_month},
        quantities={"worked_hours": worked_hours},
    )
    assert answer.totals.total == D("2250.00")
    assert answer.problems == ()


def test_a_wage_without_rate_is_paid_whole(tmp_path: Path) -> None:
    scheme = SCHEME.replace(
        'rate_steps = [{ first = 1, last = 24, rate = "1.00" }, { first = 25, last = 36, rate = "0.90" }]', ""
    )
    (tmp_path / "scheme.toml").write_text(scheme, "utf-8")
    (tmp_path / "parameters.toml").write_text(PARAMETERS, "utf-8")
    assert flat_answer(load_folder(tmp_path), date(2018, 1, 1), "2018-08").lines[0].parts["wage"] == D("952.00")


def test_calendar_hours_leave_out_contracts_of_other_months_and_unknown_hours() -> None:
    contracts = (
        ContractFact(date(2023, 1, 1), date(2023, 12, 31), D("35.00")),
        ContractFact(date(2024, 1, 16), date(2024, 1, 31), D("24.00")),
        ContractFact(date(2024, 1, 1), date(2024, 1, 3)),
    )
    person = PersonFact("A", "ppde", contracts, {"2024-01": PersonMonth(D("60.00"))})
    agreement = AgreementFact(settings={"mid_month": "calendar"})
    line = compute(PACK, Facts("2024-01", agreement, (person,))).lines[0]
    assert (line.quantity, line.steps[0].code) == (D("53.68"), "calendar_hours")


@pytest.mark.parametrize("settings_of_year", [{}, {"ten_percent": "running"}])
def test_no_amount_is_minus_zero(settings_of_year: dict[str, str]) -> None:
    """Before July 2021 the Department gives nothing: taking hours off takes nothing off its part."""
    people = tuple(
        PersonFact(f"F{index}", status, (ContractFact(date(2018, 1, 1)),), {"2019-01": PersonMonth(D("151.67"))})
        for index, status in enumerate(["ppde", "other"])
    )
    for ceiling in (D("0"), D("0.05")):
        answer = compute(PACK, Facts("2019-01", AgreementFact(ceiling, settings_of_year), people))
        told = [amount for line in answer.lines for amount in (*line.parts.values(), line.total)]
        told += [step.value for line in answer.lines for step in line.steps]
        assert [amount for amount in told if amount.is_signed() and not amount] == []
        assert [step.formula for line in answer.lines for step in line.steps if step.formula == "−0.00"] == []
