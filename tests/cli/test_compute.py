"""The calculator alone, by the command line."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop import cli

if TYPE_CHECKING:
    from pathlib import Path

FACTS: dict[str, Any] = {
    "period": "2024-01",
    "agreement": {"ceiling_fte": "100", "settings": {}, "overrides": []},
    "people": [
        {
            "id": "A1",
            "status": "ppde",
            "contracts": [{"start": "2023-09-01", "end": None, "weekly_hours": "35.00", "hourly_pay": "11.65"}],
            "months": {
                "2024-01": {
                    "paid_hours": "151.67",
                    "gross_pay": "1766.96",
                    "absences": [{"kind": "sick_unpaid", "hours": "0.00"}],
                }
            },
        }
    ],
}


def run(path: Path, facts: object, capsysbinary: pytest.CaptureFixture[bytes], *more: str) -> tuple[int, bytes, str]:
    path.write_bytes(facts if isinstance(facts, bytes) else json.dumps(facts).encode())
    code = cli.main(["compute", "fr-tzcld", str(path), "--language", "en", *more])
    out, err = capsysbinary.readouterr()
    return code, out, err.decode()


def test_worked_example_of_the_law(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, err = run(tmp_path / "facts.json", FACTS, capsysbinary)
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert {key: answer[key] for key in ("scheme", "period", "currency", "provisional", "problems")} == {
        "scheme": "fr-tzcld",
        "period": "2024-01",
        "currency": "EUR",
        "provisional": False,
        "problems": [],
    }
    (line,) = answer["lines"]
    assert {key: line[key] for key in ("person", "quantity", "fte", "parts", "total")} == {
        "person": "A1",
        "quantity": "151.67",
        "fte": "1.0000",
        "parts": {"state": "1678.61", "department": "251.79"},
        "total": "1930.40",
    }
    base = next(step for step in line["steps"] if step["code"] == "base")
    assert (base["formula"], base["value"], base["unit"]) == ("11.65 × 151.67", "1766.96", "EUR")
    assert base["source"]
    assert answer["totals"] == {
        "parts": {"state": "1678.61", "department": "251.79"},
        "total": "1930.40",
        "fte": "1.0000",
        "funded_fte": "1.0000",
    }


def test_standard_input_in_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ltu_desktop", "compute", "fr-tzcld", "-"],
        input=json.dumps(FACTS).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["totals"]["total"] == "1930.40"


def test_a_year_computes_its_yearly_parts(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    facts = {"period": "2024", "stocks": {"2023-12-31": "58.00", "2024-12-31": "78.00"}, "people": []}
    code, out, _ = run(tmp_path / "facts.json", facts, capsysbinary)
    assert code == 0
    assert json.loads(out)["totals"]["parts"]["start_up"] == "127220.00"  # 20 × 6 361


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the worked example with one value changed: `people.0.months.2024-01.paid_hours`."""
    facts = copy.deepcopy(FACTS)
    *way, last = path.split(".")
    place: Any = facts
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value
    return facts


PAID = "people.0.months.2024-01.paid_hours"
SAID = "people[0].months.2024-01.paid_hours: "


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (b"{not json", "facts: "),
        (b"", "facts: "),
        (b"\xff\xfe", "facts: "),
        (b"[]", "facts: "),
        (changed("surprise", "1"), "surprise: "),
        (changed("people.0.months.2024-01.surprise", "1"), "people[0].months.2024-01.surprise: "),
        (changed(PAID, 151.67), SAID),
        (changed(PAID, 151), SAID),
        (changed(PAID, "-1.00"), SAID),
        (changed(PAID, "1000.00"), SAID),
        (changed(PAID, "NaN"), SAID),
        (changed(PAID, "151,67"), SAID),
        (changed(PAID, None), SAID),
        (changed("people.0.months.2024-01.gross_pay", "-5.00"), "people[0].months.2024-01.gross_pay: "),
        (changed("people.0.contracts.0.weekly_hours", "99.00"), "people[0].contracts[0].weekly_hours: "),
        (changed("people.0.contracts.0.end", "2023-08-31"), "people[0].contracts[0].end: "),
        (changed("people.0.contracts.0.start", "1st May"), "people[0].contracts[0].start: "),
        (changed("people.0.status", "boss"), "people[0].status: "),
        (changed("period", "2024-13"), "period: "),
        (changed("period", "2027-01"), "period: "),  # a month without a rate
        (changed("period", "1999-01"), "period: "),
        (changed("agreement.settings", {"surprise": "count"}), "agreement.settings.surprise: "),
        (changed("agreement.ceiling_fte", "-1"), "agreement.ceiling_fte: "),
        ({**FACTS, "people": FACTS["people"] * 2}, "people[1].id: "),
        ({"people": []}, ""),
    ],
)
def test_refusals_name_the_place_and_write_no_answer(
    facts: object, where: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, out, err = run(tmp_path / "facts.json", facts, capsysbinary)
    assert (code, out) == (2, b"")
    assert err.startswith(where)
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_unknown_scheme_and_missing_file(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.main(["compute", "fr-unknown", "-", "--language", "en"]) == 2
    assert "fr-tzcld" in capsysbinary.readouterr().err.decode()
    assert cli.main(["compute", "fr-tzcld", str(tmp_path / "none.json"), "--language", "en"]) == 2
    assert "none.json: this file does not exist." in capsysbinary.readouterr().err.decode()
    assert cli.main(["compute", "fr-tzcld", str(tmp_path), "--language", "en"]) == 2
    assert "folder" in capsysbinary.readouterr().err.decode()


def test_schemes_are_listed_shown_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schemes", "list"]) == 0
    assert "fr-tzcld" in capsys.readouterr().out
    assert cli.main(["schemes", "show", "fr-tzcld", "--language", "fr"]) == 0
    shown = capsys.readouterr().out
    assert "12,31\u00a0€" in shown
    assert "95,00\u00a0%" in shown
    assert cli.main(["schemes", "check", "--language", "en"]) == 0
    assert "cases agree" in capsys.readouterr().out
