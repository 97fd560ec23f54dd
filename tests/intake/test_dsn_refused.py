"""What is no whole payroll declaration is refused, with its line, or told what it is instead."""

from __future__ import annotations

import pytest

from ltu_desktop.intake.dsn import read_dsn
from tests.intake.dsn_text import (
    HEAD,
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


def test_a_truncated_file_is_refused_wherever_it_stops() -> None:
    lines = SAMPLE.splitlines(keepends=True)
    for count in [*range(40, len(lines), 40), len(lines) - 1]:
        error = refusal(b"".join(lines[:count]))
        assert error.code in {"truncated", "wrong_count"}, count
        assert str(count) in str(error)
        assert error.mend
    for size in [*range(7, len(SAMPLE), 1511), len(SAMPLE) - 3, len(SAMPLE) - 17, len(SAMPLE) - 25]:
        assert refusal(SAMPLE[:size]).code in {"truncated", "wrong_count", "not_a_declaration"}, size


def test_a_missing_or_doubled_line_is_told_with_both_numbers() -> None:
    lines = SAMPLE.splitlines(keepends=True)
    for changed, count in ((lines[:100] + lines[101:], 628), (lines[:100] + lines[99:], 630)):
        error = refusal(b"".join(changed))
        assert (error.code, error.params) == ("wrong_count", {"announced": 629, "count": count})


def test_two_files_put_together_are_told_as_such() -> None:
    error = refusal(SAMPLE + SAMPLE)
    assert (error.code, error.where) == ("several_files", "oct.dsn:630")


def test_an_end_that_does_not_count_is_refused() -> None:
    lines = SAMPLE.splitlines(keepends=True)
    assert refusal(b"".join([*lines[:-2], lines[-1]])).code == "truncated"
    assert refusal(b"".join([*lines[:-2], b"S90.G00.90.001,'many'\r\n", lines[-1]])).code == "wrong_count"


def test_blank_lines_at_the_end_say_nothing() -> None:
    assert read_dsn(SAMPLE + b"\r\n \r\n\x1a", "oct.dsn").lines == 629


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", "Excel"),
        (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "LibreOffice"),
        (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "text document"),
        (b"PK\x03\x04\x14\x00\x06\x00a.dsn", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "old Office"),
        (b'<?xml version="1.0"?>\n<a/>', "XML"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"SQLite format 3\x00", "database"),
        ("S10.G00.00.001,'x'".encode("utf-16"), "UTF-16"),
        (b"\x00\x01\x02MZ", "unknown kind"),
        (b"Matricule;Nom\r\nF0001;Delannoy\r\n", "another kind"),
    ],
)
def test_a_foreign_file_is_told_what_it_is(data: bytes, said: str) -> None:
    error = refusal(data)
    assert (error.code, error.where) == ("not_a_declaration", "oct.dsn")
    assert said in str(error)
    assert ".dsn" in error.mend


@pytest.mark.parametrize(
    "line",
    [
        "",
        "S21.G00.30.001",
        "S21.G00.30.01,'1'",
        "S21.G0X.30.001,'1'",
        "S21.G00.30.001;'1'",
        "S21.G00.30.001,'1",
        "hello",
        "S21.G00.30.001,'",
    ],
)
def test_a_malformed_line_is_refused_with_its_number(line: str) -> None:
    lines = text(declaration(), establishment(), person(), contract()).split("\r\n")
    lines[20] = line
    error = refusal("\r\n".join(lines).encode())
    assert (error.code, error.where) == ("malformed_line", "oct.dsn:21")


def test_a_declaration_behind_a_blank_line_is_malformed_not_foreign() -> None:
    assert refusal(b"\r\n" + SAMPLE).where == "oct.dsn:1"


@pytest.mark.parametrize(
    ("parts", "code", "line"),
    [
        ([*person(), *contract(_001="31022026")], "impossible_date", 24),
        ([*person(_006="32012003")], "impossible_date", 19),
        ([*person(_006="3012003")], "impossible_date", 19),
        ([*person(_006="0301200X")], "impossible_date", 19),
        ([*person(), *contract(_013="104,00")], "impossible_number", 31),
        ([*person(), *contract(), *paid("1e3")], "impossible_number", 39),
        ([*person(), *contract(), *paid("١٢")], "impossible_number", 39),
        ([*person(), *contract(), *remuneration("001", "NaN")], "impossible_number", 37),
        ([*person(), *contract(), *remuneration("001", start="31102026", end="01102026")], "impossible_period", 34),
        ([*person(), *contract(), *block("51", {"001": "01102026", "002": "31102026"})], "missing_rubric", 33),
        ([*person(_002="")], "missing_rubric", 14),
        ([*person(), *contract(), *block("62", {"002": "059"})], "missing_rubric", 33),
        ([*contract()], "out_of_place", 14),
        ([*activity("01", "1.00")], "out_of_place", 14),
        ([*person(), *activity("01", "1.00")], "out_of_place", 24),
        ([*person(), *block("62", {"001": "01102026"})], "out_of_place", 24),
        (HEAD, "several_files", 14),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(parts: list[Rubric], code: str, line: int) -> None:
    error = refusal(text(declaration(), establishment(), parts).encode("utf-8"))
    assert (error.code, error.where) == (code, f"oct.dsn:{line}")


def test_blocks_before_their_parents_are_refused() -> None:
    assert refusal(file(block("11", {"001": "00017"}))).code == "out_of_place"
    assert refusal(file(block("06", {"001": "999000111"}))).code == "out_of_place"
    assert refusal(file(declaration(), person())).code == "out_of_place"
    assert refusal(file(declaration(_002="09"))).code == "unknown_type"
    assert refusal(file(declaration(_004="x"))).code == "impossible_number"
    assert refusal(file()).code == "no_declaration"
    assert refusal(file(declaration(_005=""))).code == "missing_rubric"
