"""The catalogues are complete, agree with each other and with the code; numbers and dates follow words.md."""

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import ltu_desktop
from ltu_desktop.rules.errors import Problem, Severity, UserError
from ltu_desktop.rules.packs import codes as scheme_codes
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import LANGUAGES, Words, catalogue_files, codes, compile_catalogue

PACKAGE = Path(ltu_desktop.__file__).parent
Key = tuple[str, str]


def marked() -> dict[Key, list[str]]:
    """Collect the texts that the code marks, with the places where they stand."""
    found: dict[Key, list[str]] = defaultdict(list)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (asked := said_by(node)):
                texts = [
                    arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                if texts and texts[0] and (asked != "term" or len(texts) > 1):
                    key = (texts[0], texts[1]) if asked == "term" else ("", texts[0])
                    found[key].append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    return found


def said_by(call: ast.Call) -> str:
    """Tell which function of the catalogue a call is: `N_`, or `text`, `plural`, `term` of some `words`."""
    match call.func:
        case ast.Name("N_"):
            return "N_"
        case ast.Attribute(ast.Name("words" | "_words" | "w" | "self"), name) | ast.Attribute(
            ast.Attribute(_, "words" | "_words"), name
        ) if name in {"text", "plural", "term"}:
            return name
    return ""


def entries(path: Path) -> Iterator[tuple[Key, tuple[str, ...], tuple[str, ...]]]:
    """Read a catalogue: key, the originals, the translations."""
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                string = message.string or ""
                translations = (string,) if isinstance(string, str) else tuple(string)
                yield (message.context or "", originals[0]), originals, translations


MARKED = marked()
FRENCH = [(path.name, *entry) for path in catalogue_files("fr") for entry in entries(path)]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_marked_text_has_its_french() -> None:
    known = {key for _, key, _, translations in FRENCH if all(translations)}
    missing = {key: where[0] for key, where in MARKED.items() if key not in known}
    assert missing == {}


def test_no_translation_is_left_over() -> None:
    assert [(file, key) for file, key, _, _ in FRENCH if key not in MARKED] == []


def test_catalogues_do_not_say_where_a_text_stands() -> None:
    stale = [path.name for path in catalogue_files("fr") if re.search(r"^#:", path.read_text("utf-8"), re.MULTILINE)]
    assert stale == []  # the code moves on, and a search for the text finds it


def test_one_text_has_one_french_in_all_rooms() -> None:
    said: dict[Key, set[tuple[str, ...]]] = defaultdict(set)
    for _, key, _, translations in FRENCH:
        said[key].add(translations)
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_translations_keep_the_places_to_fill() -> None:
    for file, key, originals, translations in FRENCH:
        for text in translations:
            assert places(text) == places(originals[-1]) | ({"count"} & places(text)), (file, key)


def test_french_is_set_as_the_french_set_it() -> None:
    wrong = []
    for file, key, _, translations in FRENCH:
        for text in translations:
            bare = re.sub(r"\{[^}]*\}|https?://\S+|`[^`]*`|\d\d:\d\d", "x", text)
            if re.search(r"(?<![\u202f?!])[?!;]|[^\u00a0]:(?!\w)|« |« | »|'", bare.replace("&", "")):
                wrong.append((file, key[1], text))
    assert wrong == []


def test_catalogues_compile() -> None:
    for language in LANGUAGES:
        assert compile_catalogue(language)[:4] == b"\xde\x12\x04\x95"


def test_every_code_of_the_packs_has_words() -> None:
    for code in scheme_codes():
        pack = load(code)
        assert set(pack.series) <= set(codes.PARAMETERS)
        assert {name for name, series in pack.series.items() if series.unit == "ratio"} <= codes.RATIOS
        assert {component.part for component in pack.scheme.component} <= set(codes.PARTS)
        assert set(pack.statuses) <= set(codes.STATUSES)
        assert set(pack.absences) <= set(codes.ABSENCES)
        assert {series.unit for series in pack.series.values()} <= set(codes.UNITS)
        for rule in pack.scheme.setting:
            _, options = codes.SETTINGS[rule.code]
            assert set(rule.options) == set(options)


def test_every_problem_and_step_of_the_code_has_words() -> None:
    problems, steps = set(), set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        problems |= set(re.findall(r'Problem\(\s*"(\w+)"', text))
        if "rules" in path.parts:
            steps |= set(re.findall(r'(?:Step|\.step)\(\s*"(\w+)"', text))
    assert problems - set(codes.PROBLEMS) == set()
    assert steps - set(codes.STEPS) == set()


@pytest.mark.parametrize(
    ("said", "fr", "en"),
    [
        (lambda w: w.money(Decimal("1773.71")), "1\u202f773,71\u00a0€", "€1,773.71"),
        (lambda w: w.money(Decimal("-94.16")), "\u221294,16\u00a0€", "\u2212€94.16"),
        (lambda w: w.money(Decimal("94.16"), sign=True), "+94,16\u00a0€", "+€94.16"),
        (lambda w: w.money(Decimal("0.00"), sign=True), "0,00\u00a0€", "€0.00"),
        (lambda w: w.money(Decimal(2250), currency="RON"), "2\u202f250,00\u00a0RON", "RON\u00a02,250.00"),
        (lambda w: w.hours(Decimal("151.67")), "151,67\u00a0h", "151.67\u00a0h"),
        (lambda w: w.percent(Decimal("0.1039")), "10,39\u00a0%", "10.39%"),
        (lambda w: w.number(Decimal("-0.001")), "0,00", "0.00"),
        (lambda w: w.day(date(2026, 10, 16)), "16/10/2026", "16 Oct 2026"),
        (lambda w: w.moment(datetime(2026, 11, 12, 10, 42)), "12/11/2026, 10:42", "12 Nov 2026, 10:42"),  # noqa: DTZ001
        (lambda w: w.month(Month(2026, 10)), "octobre 2026", "October 2026"),
        (lambda w: w.months([]), "", ""),
        (lambda w: w.months([Month(2026, 8)]), "août 2026", "August 2026"),
        (
            lambda w: w.months([Month(2025, 12), *(Month(2026, number) for number in (7, 8))]),
            "décembre 2025, juillet et août 2026",
            "December 2025, July and August 2026",
        ),
        (lambda w: w.of_month(Month(2026, 10)), "d’octobre 2026", "October 2026"),
        (lambda w: w.of_month(Month(2026, 3)), "de mars 2026", "March 2026"),
        (lambda w: w.value(True), "oui", "yes"),
        (lambda w: w.value(1200), "1\u202f200", "1,200"),
        (
            lambda w: w.setting("sick_paid", "exclude"),
            ("Maladie, salaire maintenu", "hors demande"),
            ("Sick leave, pay kept", "not counted"),
        ),
        (lambda w: w.setting("cap_hours", "151.67")[1], "151,67\u00a0h", "151.67\u00a0h"),
        (lambda w: w.parameter_value(Decimal("0.95"), "ratio"), "95,00\u00a0%", "95.00%"),
        (lambda w: w.status(None), "non indiqué", "not stated"),
    ],
)
def test_formats(said: object, fr: object, en: object) -> None:
    assert callable(said)
    assert (said(Words("fr")), said(Words("en"))) == (fr, en)


def test_a_problem_is_said_with_its_values() -> None:
    problem = Problem("provisional", Severity.WARNING, "", {"parameter": "state_rate", "value": "0.95"})
    assert Words("fr").problem(problem)[0] == "Taux de l’État\u00a0: 95,00\u00a0% est provisoire"
    assert (
        Words("en")
        .problem(Problem("contributions_expired", Severity.WARNING, "", {"day": "2026-10-16"}))[0]
        .endswith("16 Oct 2026")
    )


def test_many_are_written_with_the_separator_of_the_language() -> None:
    problem = Problem("decisions_missing", Severity.WARNING, params={"count": "10000"})
    assert Words("fr").problem(problem)[0] == "10\u202f000 décisions du CLE sont sans date"
    assert Words("en").problem(problem)[0] == "10,000 decisions of the committee are not dated"


def test_an_error_names_a_dated_value_by_its_name_and_its_code() -> None:
    error = UserError("no_value", "no value of “{parameter}” is known for {day}.", params={"parameter": "state_rate"})
    error.params["day"] = date(2027, 1, 1)
    said = Words("fr").error(error)
    assert said == "aucune valeur de «\u00a0Taux de l’État (state_rate)\u00a0» n’est connue au 01/01/2027."


def test_an_error_says_where_what_and_what_next() -> None:
    error = UserError(
        "no_value",
        "the scheme begins on {day}.",
        "Known schemes: {known}.",
        "period",
        {"day": date(2017, 1, 1), "known": "a"},
    )
    assert Words("en").error(error) == "period: the scheme begins on 1 Jan 2017. Known schemes: a."
    assert Words("fr").error(error) == "period: le dispositif commence le 01/01/2017. Dispositifs connus\u00a0: a."


def test_an_unknown_language_is_a_bug() -> None:
    with pytest.raises(ValueError, match="unknown language"):
        Words("xx")


@pytest.mark.parametrize(
    ("minutes", "long", "short", "signed"),
    [
        (450, "7 h 30", "7 h 30", "+7 h 30"),
        (360, "6 h 00", "6 h", "+6 h 00"),
        (0, "0 h 00", "0 h", "0 h 00"),
        (-5, "−0 h 05", "−0 h 05", "−0 h 05"),
        (101 * 60 + 30, "101 h 30", "101 h 30", "+101 h 30"),
    ],
)
def test_working_time(minutes: int, long: str, short: str, signed: str) -> None:
    for language in LANGUAGES:
        words = Words(language)
        assert words.duration(minutes).replace("\u00a0", " ") == long
        assert words.duration(minutes, short=True).replace("\u00a0", " ") == short
        assert words.duration(minutes, sign=True).replace("\u00a0", " ") == signed


def test_times_of_day_and_days() -> None:
    french, english = Words("fr"), Words("en")
    assert [french.clock_time(each).replace("\u00a0", " ") for each in (510, 780, 1500)] == ["8 h 30", "13 h", "1 h"]
    assert french.clock_time(780, short=False).replace("\u00a0", " ") == "13 h 00"
    assert [english.clock_time(each) for each in (510, 780, 1500)] == ["8:30", "13:00", "1:00"]
    monday = date(2026, 10, 12)
    assert (french.weekday(monday), french.weekday(monday, short=True)) == ("lundi", "lun.")
    assert (english.weekday(monday), english.weekday(monday, short=True)) == ("Monday", "Mon")
    assert (french.day_of_month(monday), english.day_of_month(monday)) == ("12 octobre", "12 October")
