"""Declarations for tests, written rubric by rubric: whole ones, and hostile ones."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.rules.errors import UserError

OCTOBER = Path(__file__).parent / "october"
SAMPLE = (OCTOBER / "dsn-2026-10.dsn").read_bytes()


class Rubric(NamedTuple):
    code: str
    value: str


def block(code: str, values: dict[str, str]) -> list[Rubric]:
    """One block: `block("30", {"001": …})`; the code without its `S21.G00.`."""
    prefix = code if code.startswith("S") else f"S21.G00.{code}"
    return [Rubric(f"{prefix}.{number}", value) for number, value in values.items()]


HEAD = block("S10.G00.00", {"001": "PaieLibre", "002": "Editeur Fictif", "003": "26.4", "005": "02", "006": "P26V01"})


def declaration(**changes: str) -> list[Rubric]:
    """Open a declaration of October 2026: `declaration(_002="03")` changes a rubric."""
    values = {"001": "01", "002": "01", "003": "11", "004": "1", "005": "01102026", "010": "01"}
    values |= {number.removeprefix("_"): value for number, value in changes.items()}
    return block("S20.G00.05", values) + block("06", {"001": "999000111"})


def establishment(nic: str = "00017") -> list[Rubric]:
    return block("11", {"001": nic})


def person(**changes: str) -> list[Rubric]:
    """Open a person; `person(_001="")` leaves a rubric out."""
    values = {
        "001": "2030199549097",
        "002": "Delannoy",
        "003": "Delannoy",
        "004": "Zoé",
        "005": "02",
        "006": "03012003",
        "008": "5 RUE DES BRUYERES",
        "009": "59120",
        "010": "LOOS",
        "019": "F0001",
    }
    values |= {number.removeprefix("_"): value for number, value in changes.items()}
    return block("30", {number: value for number, value in sorted(values.items()) if value})


def contract(**changes: str) -> list[Rubric]:
    values = {
        "001": "01092018",
        "006": "AGENT POLYVALENT",
        "007": "01",
        "008": "99",
        "009": "C0001",
        "011": "10",
        "012": "151.67",
        "013": "104.00",
        "014": "20",
    }
    values |= {number.removeprefix("_"): value for number, value in changes.items()}
    return block("40", {number: value for number, value in sorted(values.items()) if value})


def remuneration(
    kind: str,
    amount: str = "",
    hours: str = "",
    number: str = "C0001",
    start: str = "01102026",
    end: str = "31102026",
) -> list[Rubric]:
    values = {"001": start, "002": end, "010": number, "011": kind, "012": hours, "013": amount}
    return block("51", {name: value for name, value in values.items() if value})


def activity(kind: str, measure: str, unit: str = "10") -> list[Rubric]:
    values = {"001": kind, "002": measure, "003": unit}
    return block("53", {number: value for number, value in values.items() if value})


def paid(hours: str, **where: str) -> list[Rubric]:
    """Pay of some hours: the remuneration of type 002 and its activity."""
    return [*remuneration("002", "1280.24", **where), *activity("01", hours)]


def text(*parts: list[Rubric], head: list[Rubric] = HEAD, declarations: int = 1) -> str:
    """Write a whole file, ended as the norm asks: the number of lines counts the end's own two."""
    rubrics = [*head, *(rubric for part in parts for rubric in part)]
    end = block("S90.G00.90", {"001": str(len(rubrics) + 2), "002": str(declarations)})
    return "".join(f"{code},'{value}'\r\n" for code, value in [*rubrics, *end])


def file(*parts: list[Rubric], head: list[Rubric] = HEAD, declarations: int = 1) -> bytes:
    return text(*parts, head=head, declarations=declarations).encode("iso-8859-1")


def month(number: int, *parts: list[Rubric], kind: str = "01", **more: str) -> bytes:
    """A declaration of one establishment for a month of 2026."""
    return file(declaration(_002=kind, _005=f"01{number:02d}2026", **more), establishment(), *parts)


def pay(month: int, hours: str, **where: str) -> list[Rubric]:
    last = {9: 30, 11: 30}.get(month, 31)
    return paid(hours, start=f"01{month:02d}2026", end=f"{last}{month:02d}2026", **where)


BOB = {"_001": "1660499351053", "_002": "Traore", "_003": "Traore", "_004": "Noel", "_006": "03041966", "_019": "F0002"}


def refusal(data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read_dsn(data, "oct.dsn")
    return caught.value
