"""Read statements as OFX, 1 (SGML, where values need no closing tag) and 2 (XML): the few fields that a payment has.

Both are walked tag by tag: groups are closed in both, and only groups matter here.
"""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.intake.bank_records import MOST, BankLine, Statement
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.tables import decode
from ltu_desktop.rules.errors import N_, Severity, UserError
from ltu_desktop.rules.money import to_cent

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([A-Za-z0-9._]+)[^<>]*>([^<]*)", re.ASCII)
_LEFT_OUT = re.compile(r"<!--.*?-->|<[?].*?[?]>", re.DOTALL)
_QUOTED = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{0,5})?|[+-]?[.,][0-9]{1,5}", re.ASCII)
_STATEMENTS = {"STMTRS", "CCSTMTRS"}
_BALANCES = {"LEDGERBAL", "AVAILBAL"}


def is_ofx(data: bytes) -> bool:
    """Tell OFX by its head: `OFXHEADER` or the tag `<OFX>` near the start."""
    start = data[:4096].replace(b"\x00", b"").upper()  # without the zeros of UTF-16
    return b"OFXHEADER" in start or b"<OFX>" in start


def read_ofx(data: bytes, name: str) -> list[Statement]:
    """Read all statements of a file; raise `UserError` with the place where it is cut off, or when it has none."""
    return _Reader(name).read(decode(data))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.statements: list[Statement] = []

    def read(self, text: str) -> list[Statement]:
        text = _LEFT_OUT.sub(lambda found: "\n" * found[0].count("\n"), text)
        text = _QUOTED.sub(lambda found: html.escape(found[1], quote=False), text)
        inside: str = ""  # the group whose values are gathered
        values: dict[str, str] = {}
        head: dict[str, str] = {}
        lines: list[BankLine] = []
        at = line = 0
        for line, closing, tag, value in _tags(text):
            if tag == "OFX" and closing:
                break
            if tag in _STATEMENTS and not closing:
                head, lines = {}, []
            elif tag in _STATEMENTS:
                self._close(inside, line)
                self.statements.append(_statement(head, lines))
            elif tag == "STMTTRN" or tag in _BALANCES:
                if closing and tag == "STMTTRN":
                    lines.append(_movement(values, at, head))
                elif not closing:
                    self._close(inside, line)
                    values, at = {}, line
                inside = "" if closing else tag
            elif not closing and value:
                place = values if inside == "STMTTRN" else head
                place.setdefault(f"{inside}.{tag}" if inside in _BALANCES else tag, value)
        else:
            raise self._broken(line)
        if not self.statements:
            raise UserError(
                "no_statement",
                N_("The file holds no statement of a bank account."),
                N_("Ask the bank’s site for the movements of the account."),
                where=self.name,
            )
        return self.statements

    def _close(self, inside: str, line: int) -> None:
        """Refuse a group that begins or ends inside another one's movement: something between is missing."""
        if inside:
            raise self._broken(line)

    def _broken(self, line: int) -> UserError:
        return UserError(
            "broken_bank",
            N_("The file is cut off or damaged here."),
            N_("Get it from the bank’s site once more."),
            where=f"{self.name}:{max(line, 1)}",
        )


def _tags(text: str) -> Iterator[tuple[int, bool, str, str]]:
    """Give each tag: its line, whether it closes, its name, the value that follows."""
    line, before = 1, 0
    for found in _TAG.finditer(text):
        line += text.count("\n", before, found.start())
        before = found.start()
        yield line, bool(found[1]), found[2].upper(), " ".join(html.unescape(found[3]).split())


def _statement(head: dict[str, str], lines: list[BankLine]) -> Statement:
    return Statement(lines=tuple(lines), account=_account(head), closing=_amount(head.get("LEDGERBAL.BALAMT", "")))


def _account(head: dict[str, str]) -> str:
    """Name the account as the bank prints it: bank, branch, number."""
    return " ".join(part for tag in ("BANKID", "BRANCHID", "ACCTID") if (part := head.get(tag, "")))


def _movement(values: dict[str, str], line: int, head: dict[str, str]) -> BankLine:
    amount = _amount(values.get("TRNAMT", ""))
    day = _day(values.get("DTPOSTED", "") or values.get("DTUSER", ""))
    currency = values.get("CURSYM") or head.get("CURDEF", "EUR")
    problems = []
    if currency != "EUR":
        problems.append(Finding("not_euros", Severity.BLOCKER, line=line, params={"currency": currency}))
    if day is None:
        problems.append(Finding("day_missing", Severity.BLOCKER, line=line))
    if not amount or abs(amount) > MOST:
        problems.append(Finding("amount_missing", Severity.BLOCKER, line=line))
        amount = None
    return BankLine(
        line=line,
        received_on=day,
        amount=amount,
        payer=values.get("NAME", ""),
        label=values.get("MEMO", "") or values.get("NAME", ""),
        bank_id=values.get("FITID", ""),
        account=_account(head),
        problems=tuple(problems),
    )


def _amount(text: str) -> Decimal | None:
    if not _AMOUNT.fullmatch(text):
        return None
    value = Decimal(text.replace(",", "."))
    return to_cent(value) if to_cent(value) == value else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:8])
    except ValueError:
        return None
