"""One bad file per rule of the loader; the oracles of every pack."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltu_desktop import RESOURCES
from ltu_desktop.rules.cases import Case, cases, check
from ltu_desktop.rules.dated import DatedValue, Parameters, Series
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.facts import Override
from ltu_desktop.rules.packs import codes, load, load_folder, texts_in_use

SCHEME = (RESOURCES / "schemes" / "fr-tzcld" / "scheme.toml").read_text("utf-8")
PARAMETERS = (RESOURCES / "schemes" / "fr-tzcld" / "parameters.toml").read_text("utf-8")
ALL_CASES = [(code, file, case) for code in codes() for file, case in cases(*texts_in_use(code))]


@pytest.mark.parametrize(("code", "file", "case"), ALL_CASES, ids=[f"{c}:{f}:{case.name}" for c, f, case in ALL_CASES])
def test_oracle(code: str, file: str, case: Case) -> None:
    assert check(load(code), case) == []


def folder(tmp_path: Path, scheme: str = SCHEME, parameters: str = PARAMETERS) -> Path:
    (tmp_path / "scheme.toml").write_text(scheme, "utf-8")
    (tmp_path / "parameters.toml").write_text(parameters, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("scheme", "parameters", "file", "words"),
    [
        (SCHEME.replace('code = "fr-tzcld"', 'code = "fr-tzcld"\ncolour = "red"', 1), PARAMETERS, "scheme", "colour"),
        (
            SCHEME.replace('currency = "EUR"', 'currency = "EUR"\ncurrency = "GBP"', 1),
            PARAMETERS,
            "scheme",
            "overwrite",
        ),
        (SCHEME.replace('country = "FR"', "country = 33", 1), PARAMETERS, "scheme", "country"),
        (SCHEME.replace('base = "smic_hourly"', 'base = "minimum_wage"'), PARAMETERS, "scheme", "minimum_wage"),
        (SCHEME.replace('of = "state"', 'of = "nation"'), PARAMETERS, "scheme", "nation"),
        (SCHEME.replace('part = "department"', 'part = "state"'), PARAMETERS, "scheme", "state: twice"),
        (SCHEME.replace('code = "overtime"', 'code = "exit_leave"'), PARAMETERS, "scheme", "exit_leave: twice"),
        (SCHEME.replace('default = "yearly"', 'default = "never"'), PARAMETERS, "scheme", "never"),
        (SCHEME.replace('setting = "partial_activity"', 'setting = "nothing"'), PARAMETERS, "scheme", "nothing"),
        (SCHEME, PARAMETERS.replace("2017-01-01", "2015-01-01", 1), "parameters", "smic_hourly"),
        (SCHEME, PARAMETERS.replace('"9.76"', "9.76"), "parameters", "smic_hourly.values[1].value"),
        (SCHEME, PARAMETERS.replace('source = "décret 2016-1818"', 'sources = "?"'), "parameters", "smic_hourly"),
        (SCHEME, "[smic_hourly\n", "parameters", "line 1"),
    ],
)
def test_a_bad_pack_is_refused_with_file_and_key(
    tmp_path: Path, scheme: str, parameters: str, file: str, words: str
) -> None:
    with pytest.raises(UserError) as refused:
        load_folder(folder(tmp_path, scheme, parameters))
    assert refused.value.code == "bad_pack"
    assert refused.value.where.endswith(f"{file}.toml")
    assert words in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"scheme\.toml"):
        load_folder(tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (folder(tmp_path) / "parameters.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match=r"parameters\.toml"):
        load_folder(tmp_path)


def test_an_unknown_scheme_names_the_known_ones() -> None:
    with pytest.raises(UserError) as refused:
        load("xx-none")
    assert refused.value.params == {"code": "xx-none", "known": "fr-tzcld"}


def test_the_version_follows_the_content_not_the_line_ends(tmp_path: Path) -> None:
    one = load_folder(folder(tmp_path)).version
    (tmp_path / "scheme.toml").write_bytes(SCHEME.replace("\n", "\r\n").encode())
    assert load_folder(tmp_path).version == one == load("fr-tzcld").version
    other = load_folder(folder(tmp_path, parameters=PARAMETERS.replace("12.31", "12.32"))).version
    assert other != one


def test_every_value_has_a_source_and_was_published_near_its_day() -> None:
    for code, series in load("fr-tzcld").series.items():
        for each in series.values:
            assert each.source, code
            if each.published:
                assert abs((each.published - each.start).days) < 120, (code, each.start)


def series(*values: tuple[str, str, str | None]) -> Series:
    return Series(
        "EUR",
        tuple(
            DatedValue(date.fromisoformat(start), "law", Decimal(value), date.fromisoformat(known) if known else None)
            for start, value, known in values
        ),
    )


def test_an_order_that_came_late_is_left_out_when_we_look_back() -> None:
    rate = series(("2023-01-01", "1.02", None), ("2023-07-01", "0.95", "2023-07-31"))
    july = date(2023, 7, 15)
    now, then = rate.on(july), rate.on(july, known_on=date(2023, 7, 20))
    assert now is not None
    assert then is not None
    assert (now.value, then.value) == (Decimal("0.95"), Decimal("1.02"))
    assert rate.on(date(2022, 12, 31)) is None


def test_overrides_stand_over_the_pack_and_keep_their_source() -> None:
    rate = series(("2023-01-01", "0.95", None), ("2024-01-01", "0.94", None))
    own: dict[str, Any] = {"parameter": "rate", "source": "avenant 3"}
    overrides = (
        Override(start=date(2023, 6, 1), value=Decimal("0.99"), **own),
        Override(start=date(2024, 1, 1), value=Decimal("0.93"), provisional=True, **own),
    )
    parameters = Parameters({"rate": rate}, overrides)
    assert parameters.on("rate", date(2023, 5, 31)) == Decimal("0.95")
    assert parameters.on("rate", date(2023, 6, 1)) == Decimal("0.99")
    assert parameters.on("rate", date(2024, 2, 1)) == Decimal("0.93")
    assert parameters.source("rate", date(2024, 2, 1)) == "avenant 3"
    assert parameters.source("rate", date(2020, 1, 1)) == ""
    assert [each.provisional for each in parameters.used.values()] == [False, False, True]
    assert parameters.changes(("rate",), date(2023, 6, 1), date(2024, 1, 1)) == [date(2024, 1, 1)]


def test_a_case_that_differs_says_where() -> None:
    pack = load("fr-tzcld")
    facts = {
        "period": "2024-01",
        "people": [{"id": "A", "status": "ppde", "months": {"2024-01": {"paid_hours": "1.00"}}}],
    }
    wrong = Case(
        "wrong", "none", facts, {"totals": {"total": "1.00"}, "lines": [{"person": "B"}], "scheme": {"a": "b"}}
    )
    assert check(pack, wrong) == [
        ".totals.total: expected '1.00', got '12.73'",
        ".lines[B]: missing",
        ".scheme: expected {'a': 'b'}, got 'fr-tzcld'",
    ]
    assert check(pack, Case("refusal", "none", facts, refused="period")) == [
        "expected a refusal at period, got an answer"
    ]
    bad = Case("bad", "none", {"period": "never"}, {})
    assert check(pack, bad)[0].startswith("refused at period")
