import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.facts_json import answer_json, read_facts
from ltu_desktop.rules.packs import load
from ltu_desktop.words import Words

PACK = load("fr-tzcld")
MONTH = "people[0].months.2024-01"


def facts(**changes: Any) -> dict[str, Any]:
    """Build one person's January; `a__b` names a place, a value of ... takes the key out."""
    value: dict[str, Any] = {
        "period": "2024-01",
        "agreement": {"ceiling_fte": "100", "settings": {}, "overrides": []},
        "people": [
            {
                "id": "A1",
                "status": "ppde",
                "contracts": [{"start": "2023-09-01", "end": None, "weekly_hours": "35.00", "hourly_pay": "11.65"}],
                "months": {"2024-01": {"paid_hours": "151.67", "absences": [{"kind": "sick_unpaid", "hours": "0.00"}]}},
            }
        ],
    }
    for name, new in changes.items():
        place: Any = value
        *path, last = name.split("__")
        for step in path:
            place = place[int(step) if step.isdigit() else step.replace("_2024", "2024").replace("_01", "-01")]
        place[last] = new
    return value


def refusal(raw: object) -> UserError:
    data = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    with pytest.raises(UserError) as refused:
        compute(PACK, read_facts(data, PACK))
    return refused.value


def january(**pay: Any) -> dict[str, Any]:
    return facts(people__0__months={"2024-01": {"paid_hours": "151.67", **pay}})


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b"not json", "facts"),
        (b'{"period": "2024-01"', "facts"),
        (b"\xff\xfe", "facts"),
        ([], "facts"),
        ({}, "period"),
        (b"[" * 100_000, "facts"),
        (b'{"people":' * 50_000, "facts"),
        (facts(period="\u00b2\u2070\u00b2\u2074"), "period"),
        (facts(period="\u0662\u0660\u0662\u0664"), "period"),
        (facts(period="0000-05"), "period"),
        (facts(people__0__id=""), "people[0].id"),
        (facts(people__0__months=None), "people[0].months"),
        (facts(people={}), "people"),
        (january(paid_hours="\u0661\u0665\u0661.67"), f"{MONTH}.paid_hours"),
        (facts(paid={"state": "1.005"}), "paid.state"),
        (facts(agreement__settings={"cap_hours": "151.667"}), "agreement.settings.cap_hours"),
        (facts(agreement__settings={"cap_hours": "1" * 40}), "agreement.settings.cap_hours"),
        (
            facts(people__0__months={"\u0662\u0660\u0662\u0664-01": {"paid_hours": "1.00"}}),
            "people[0].months.\u0662\u0660\u0662\u0664-01",
        ),
        (
            facts(
                agreement__overrides=[
                    {"parameter": "full_month_hours", "from": "2024-01-01", "value": "0", "source": "?"}
                ]
            ),
            "agreement.overrides[0].value",
        ),
        (facts(colour="red"), "colour"),
        (facts(period="2024-13"), "period"),
        (facts(period="24-01"), "period"),
        (facts(period="2021-03"), "period"),
        (facts(period="2016-12"), "period"),
        (facts(period="2027-01", people__0__months={"2027-01": {"paid_hours": "1.00"}}), "period"),
        (facts(period="2016"), "period"),
        (facts(period="2024", stocks={"2023-12-31": "1.00"}), "stocks.2024-12-31"),
        (facts(period="2024", stocks={"tomorrow": "1.00"}), "stocks.tomorrow"),
        (facts(period="2024", stocks={"2023-12-31": "-1.00"}), "stocks.2023-12-31"),
        (facts(paid={"town": "1.00"}), "paid.town"),
        (january(paid_hours=151.67), f"{MONTH}.paid_hours"),
        (january(paid_hours=151), f"{MONTH}.paid_hours"),
        (january(paid_hours="1e2"), f"{MONTH}.paid_hours"),
        (january(paid_hours="NaN"), f"{MONTH}.paid_hours"),
        (january(paid_hours="151,67"), f"{MONTH}.paid_hours"),
        (january(paid_hours="-0.01"), f"{MONTH}.paid_hours"),
        (january(paid_hours="310.01"), f"{MONTH}.paid_hours"),
        (january(paid_hours="151.667"), f"{MONTH}.paid_hours"),
        (january(paid_hours=None), f"{MONTH}.paid_hours"),
        (january(paidhours="1.00"), f"{MONTH}.paidhours"),
        (january(overtime_hours="-1.00"), f"{MONTH}.overtime_hours"),
        (january(gross_pay="-1.00"), f"{MONTH}.gross_pay"),
        (january(employer_cost="1.001"), f"{MONTH}.employer_cost"),
        (january(absences=[{"kind": "holiday", "hours": "1.00"}]), f"{MONTH}.absences[0].kind"),
        (january(absences=[{"kind": "training", "hours": "-1.00"}]), f"{MONTH}.absences[0].hours"),
        (january(absences=[{"kind": "sick_paid", "hours": "1.00", "kept": "1.5"}]), f"{MONTH}.absences[0].kept"),
        (january(absences=[{"kind": "training"}]), f"{MONTH}.absences[0].hours"),
        (facts(people__0__months={"January": {"paid_hours": "1.00"}}), "people[0].months.January"),
        (facts(people__0__months={"2024-01": {}}), f"{MONTH}.paid_hours"),
        (facts(people__0__status="boss"), "people[0].status"),
        (facts(people__0__id=7), "people[0].id"),
        (facts(people__0__contracts=[{"start": "2023-09-01", "end": "2023-08-31"}]), "people[0].contracts[0].end"),
        (facts(people__0__contracts=[{"start": "2023-02-30"}]), "people[0].contracts[0].start"),
        (
            facts(people__0__contracts=[{"start": "2023-02-01", "weekly_hours": "61.00"}]),
            "people[0].contracts[0].weekly_hours",
        ),
        (
            facts(people__0__contracts=[{"start": "2023-02-01", "hourly_pay": "-1.00"}]),
            "people[0].contracts[0].hourly_pay",
        ),
        (facts(people=[{"id": "A"}, {"id": "B"}, {"id": "A"}]), "people[2].id"),
        (facts(agreement__ceiling_fte="-1"), "agreement.ceiling_fte"),
        (facts(agreement__settings={"siesta": "count"}), "agreement.settings.siesta"),
        (facts(agreement__settings={"overtime": "sometimes"}), "agreement.settings.overtime"),
        (facts(agreement__settings={"cap_hours": "many"}), "agreement.settings.cap_hours"),
        (
            facts(agreement__overrides=[{"parameter": "wage", "from": "2024-01-01", "value": "1", "source": "?"}]),
            "agreement.overrides[0].parameter",
        ),
        (
            facts(
                agreement__overrides=[{"parameter": "state_rate", "from": "2024-01-01", "value": "-1", "source": "?"}]
            ),
            "agreement.overrides[0].value",
        ),
        (
            facts(
                agreement__overrides=[
                    {"parameter": "state_rate", "from": "2024-01-01", "value": "1", "source": "?", "provisional": 1}
                ]
            ),
            "agreement.overrides[0].provisional",
        ),
        (facts(agreement__overrides=[{"parameter": "state_rate"}]), "agreement.overrides[0].from"),
    ],
)
def test_refused_with_the_path_of_the_fault(raw: object, where: str) -> None:
    error = refusal(raw)
    assert error.where == where
    assert str(error).startswith(f"{where}: ")


@pytest.mark.parametrize(
    ("raw", "french"),
    [
        (b"{", "facts: ce n’est pas du JSON, près de la ligne 1."),
        (b'{"period": "\xe9"}', "facts: ce n’est pas du JSON."),
        (facts(colour="red"), "colour: mot inconnu ici."),
        (facts(people__0__months={"2024-01": {}}), f"{MONTH}.paid_hours: il manque ici une valeur."),
        (
            facts(people__0__contracts=[{"start": "2023-02-30"}]),
            "people[0].contracts[0].start: « 2023-02-30 » n’est pas une date (AAAA-MM-JJ).",
        ),
        (facts(people__0__id=7), "people[0].id: ici, un texte est attendu, entre guillemets."),
        (facts(people={}), "people: ici, une liste [ ] est attendue."),
        (facts(people=["A"]), "people[0]: ici, un objet { } est attendu."),
        (january(paid_hours=None), f"{MONTH}.paid_hours: un montant s’écrit comme un texte, « null »."),
    ],
)
def test_refusals_are_said_in_french_and_the_path_as_the_machine_reads_it(raw: object, french: str) -> None:
    said = Words("fr").error(refusal(raw)).replace("\u00a0", " ")
    assert said == f"{french} Corrigez les données à cet endroit et relancez."


def test_a_cap_of_whole_hours_gives_hours_with_two_decimals() -> None:
    told = facts(agreement__settings={"cap_hours": "140"})
    answer = compute(PACK, read_facts(json.dumps(told).encode(), PACK))
    assert str(answer.lines[0].quantity) == "140.00"


def test_the_worked_example_is_the_answer_of_the_design() -> None:
    answer = json.loads(answer_json(compute(PACK, read_facts(json.dumps(facts()).encode(), PACK))))
    line = answer["lines"][0]
    assert {key: line[key] for key in ("person", "quantity", "fte", "parts", "total")} == {
        "person": "A1",
        "quantity": "151.67",
        "fte": "1.0000",
        "parts": {"state": "1678.61", "department": "251.79"},
        "total": "1930.40",
    }
    base = next(step for step in line["steps"] if step["code"] == "base")
    assert base["formula"] == "11.65 × 151.67"
    assert (base["value"], base["exact"], base["unit"]) == ("1766.96", "1766.9555", "EUR")
    assert answer["totals"] == {
        "parts": {"state": "1678.61", "department": "251.79"},
        "total": "1930.40",
        "fte": "1.0000",
        "funded_fte": "1.0000",
    }
    assert answer["problems"] == []
    assert (answer["scheme"], answer["period"], answer["currency"], answer["provisional"]) == (
        "fr-tzcld",
        "2024-01",
        "EUR",
        False,
    )


def test_a_claim_object_stands_beside_the_answer() -> None:
    answer = compute(PACK, read_facts(json.dumps(facts()).encode(), PACK))
    told = json.loads(answer_json(answer, {"id": "1", "version": "1", "state": "sealed", "sha256": "ab"}))
    assert told["claim"]["state"] == "sealed"
    assert told["totals"]["total"] == "1930.40"


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_any_other_input_is_refused_in_words(data: bytes) -> None:
    assert refusal(data).where


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(["agreement", "people", "period", "stocks", "paid"]), JSON)
def test_no_value_anywhere_gives_a_traceback(key: str, value: object) -> None:
    data = json.dumps(facts(**{key: value})).encode()
    try:
        compute(PACK, read_facts(data, PACK))
    except UserError as error:
        assert error.where


def test_no_number_is_a_binary_fraction() -> None:
    """Walk the annotations of every value that the rules read or give."""
    from ltu_desktop.rules import answer as answers
    from ltu_desktop.rules import dossier, errors
    from ltu_desktop.rules import facts as told

    seen = 0
    for module in (answers, dossier, errors, told):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
                for field in msgspec.structs.fields(kind):
                    seen += 1
                    assert "float" not in str(field.type), (kind, field.name)
    assert seen > 100
    assert all(isinstance(v.value, Decimal | None) for s in PACK.series.values() for v in s.values)


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ('{"period": "2024-01", "period": "2024-02"}', "period"),
        ('{"period": "2024-01", "people": [{"id": "A1"}, {"id": "A2", "status": "ppde", "id": "A3"}]}', "people[1].id"),
        ('{"people": [{"id": "A1", "months": {"2024-01": {}, "2024-01": {}}}]}', "people[0].months.2024-01"),
        ('{"period": "2024-01", "list": [[1, 2.5], [{"a": {"b": 1, "b": 2}}]], "zz": {}}', "list[1][0].a.b"),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_path(raw: str, where: str) -> None:
    refused = refusal(raw.encode())
    assert (refused.code, refused.where) == ("bad_facts", where)
    assert "deux fois" in Words("fr").error(refused)
