"""From the bytes of a declaration to its numbered lines: alphabet, foreign files, truncation, shape of a line."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from ltu_desktop.intake.foreign import SENTENCES, what_is
from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUBRIC = re.compile(r"S[0-9]{2}\.G[0-9]{2}\.[0-9]{2}\.[0-9]{3}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_FIRST_RUBRIC = "S10.G00.00.001,"
_COUNT_RUBRIC = "S90.G00.90.001"
_END_BLOCK = "S90.G00.90."

_SEND_AGAIN = N_("Ask for the file again from the payroll program; nothing has been changed.")
_TELL_PAYROLL = N_("Report this line to the payroll office and ask for a corrected file; nothing has been changed.")


def refuse(name: str, line: int, code: str, what: str, mend: str = _TELL_PAYROLL, **params: object) -> UserError:
    """Make the refusal of a whole file, at one of its lines."""
    return UserError(code, what, mend, where=f"{name}:{line}" if line else name, params=params)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8 when it reads as such, else ISO-8859-1.

    The norm asks for ISO-8859-1; Windows programs put their own letters (œ) where that alphabet has control codes.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.isascii():
        return data.decode("ascii"), "ISO-8859-1"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if any(0x80 <= byte < 0xA0 for byte in data):
        try:
            return data.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            pass
    return data.decode("iso-8859-1"), "ISO-8859-1"


class Lines:
    """The lines of a file that was found whole: iterate to get number, rubric and value of each."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        text, self.encoding = decode(data)
        # not splitlines(), which also breaks at letters of other alphabets; blank lines at the end say nothing
        lines = text.replace("\r\n", "\n").rstrip("\n\r \x1a").split("\n")
        if not _RUBRIC.match(lines[0]):
            kind = what_is(data)
            if kind == "dsn":
                raise self._malformed(1, lines[0])
            raise refuse(
                name,
                0,
                "not_a_declaration",
                SENTENCES[kind],
                N_("Choose the payroll declaration (a .dsn file) that the payroll program makes each month."),
            )
        self._lines = lines
        self.count = len(lines)
        self._check_start()
        self._check_end()

    def _check_start(self) -> None:
        for number, line in enumerate(self._lines[1:], 2):
            if line.startswith(_FIRST_RUBRIC):
                raise refuse(
                    self.name,
                    number,
                    "several_files",
                    N_("A second file begins here: several declaration files were put together."),
                    N_("Import them one after the other."),
                )

    def _check_end(self) -> None:
        # the last line is S90.G00.90.002, or .001 in older norms
        last = self._lines[-1]
        if not (last.startswith(_END_BLOCK) and last.endswith("'") and len(last) > 17):
            raise refuse(
                self.name,
                self.count,
                "truncated",
                N_("The file stops at line {count}, before its end (S90.G00.90 is missing): it is not complete."),
                _SEND_AGAIN,
                count=self.count,
            )
        for line in self._lines[-1:-3:-1]:
            if line.startswith(_COUNT_RUBRIC):
                said = line[16:-1]
                if not said.isdecimal() or int(said) != self.count:
                    raise refuse(
                        self.name,
                        self.count,
                        "wrong_count",
                        N_("The file announces {announced} lines and has {count}: lines are missing or in excess."),
                        _SEND_AGAIN,
                        announced=int(said) if said.isdecimal() else said,
                        count=self.count,
                    )
                return
        raise refuse(
            self.name,
            self.count,
            "truncated",
            N_("The end of the file does not say how many lines it has (S90.G00.90.001): it is not complete."),
            _SEND_AGAIN,
        )

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        """Give number, rubric and value of each line; refuse a line of another shape."""
        known: set[str] = set()
        for number, line in enumerate(self._lines, 1):
            rubric = line[:14]
            if line[14:16] != ",'" or line[-1] != "'" or len(line) < 17:
                raise self._malformed(number, line)
            if rubric not in known:
                if not _RUBRIC.fullmatch(rubric):
                    raise self._malformed(number, line)
                known.add(rubric)
            yield number, rubric, line[16:-1]

    def _malformed(self, number: int, line: str) -> UserError:
        if not line.strip():
            return refuse(self.name, number, "malformed_line", N_("The line is empty."))
        return refuse(
            self.name,
            number,
            "malformed_line",
            N_("The line does not have the form of a declaration ({form}): {text}"),
            form="S21.G00.30.001,'…'",
            text=line[:14],  # no value: it may be a name
        )


@lru_cache(maxsize=2048)
def number_of(text: str) -> Decimal | None:
    """Read a number with a decimal point, perhaps negative; None when it is not one."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


@lru_cache(maxsize=2048)
def date_of(text: str) -> date | None:
    """Read a date JJMMAAAA; None when there is no such day."""
    if len(text) != 8 or not text.isdecimal() or not text.isascii():
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
