"""Read statements of an account as ISO 20022 CAMT.053, all versions; names of elements are the norm's.

XML is read by the standard library, guarded by `defusedxml`; each element knows its line, for places in messages.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from ltu_desktop.intake.bank_records import MOST, BankLine, Statement
from ltu_desktop.intake.findings import Finding
from ltu_desktop.rules.errors import N_, Severity, UserError
from ltu_desktop.rules.money import to_cent

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = "line"  # attribute of ours on each element
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{0,5})?|\.[0-9]{1,5}", re.ASCII)
_NOTHING = {"", "NOTPROVIDED", "NONREF", "NOREF"}
_ASK = N_("Ask the bank’s site for a statement in CAMT.053.")
_OTHERS = {
    "BkToCstmrAcctRpt": N_("This is a report of the day (CAMT.052), whose lines may still change."),
    "BkToCstmrDbtCdtNtfctn": N_("This is a notice of single movements (CAMT.054), not a statement."),
    "CstmrCdtTrfInitn": N_("This is an order to the bank (PAIN.001), not a statement."),
}


class _Builder(TreeBuilder):
    """Builds elements without namespaces, each with the line where it begins."""

    parser: Any = None

    def start(self, tag: str, attrs: dict[Any, Any]) -> Element:
        line = self.parser.parser.CurrentLineNumber
        return super().start(tag.rpartition("}")[2], {**attrs, _LINE: str(line)})

    def end(self, tag: str) -> Element:
        return super().end(tag.rpartition("}")[2])


def read_camt(data: bytes, name: str) -> list[Statement]:
    """Read all statements of a file; raise `UserError` for broken XML and for XML of another kind."""
    root = _tree(data, name)
    if root.tag == "Document" and root.findall("BkToCstmrStmt"):
        return [_statement(each) for each in root.findall("BkToCstmrStmt/Stmt")]
    said = next((_OTHERS[child.tag] for child in root if child.tag in _OTHERS), N_("This is an XML file."))
    raise UserError("not_bank", said, _ASK, where=name)


def _tree(data: bytes, name: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import XMLParser

    builder = _Builder()
    builder.parser = parser = XMLParser(target=builder)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        line, _ = error.position
        raise UserError(
            "broken_bank",
            N_("The file is cut off or damaged here."),
            N_("Get it from the bank’s site once more."),
            where=f"{name}:{line}",
        ) from error
    except (DefusedXmlException, LookupError, ValueError) as error:  # tricks of XML, an unknown encoding
        raise UserError("not_bank", N_("This is an XML file."), _ASK, where=name) from error
    return root


def _statement(found: Element) -> Statement:
    account = _text(found, "Acct/Id/IBAN") or _text(found, "Acct/Id/Othr/Id")
    statement_id = _text(found, "Id") or _text(found, "ElctrncSeqNb")
    lines: list[BankLine] = []
    problems: list[Finding] = []
    for entry in found.findall("Ntry"):
        if (_text(entry, "Sts/Cd") or _text(entry, "Sts") or "BOOK") != "BOOK":
            problems.append(Finding("not_booked", Severity.INFO, line=_line(entry)))
            continue
        lines += _lines(entry, account, statement_id)
    balances = {_text(each, "Tp/CdOrPrtry/Cd"): _signed(each, each) for each in found.findall("Bal")}
    return Statement(
        lines=tuple(lines),
        account=account,
        opening=balances.get("OPBD", balances.get("PRCD")),
        closing=balances.get("CLBD"),
        line=_line(found),
        problems=tuple(problems),
    )


def _lines(entry: Element, account: str, statement_id: str) -> Iterator[BankLine]:
    """Give an entry's movements: each transaction of a batch when their amounts make up the entry, else the whole."""
    amount = _signed(entry, entry)
    details = entry.findall("NtryDtls/TxDtls")
    reference = _text(entry, "AcctSvcrRef")
    if not reference and (number := _text(entry, "NtryRef")):
        reference = f"{statement_id}/{number}"
    parts = [_signed(each, entry) for each in details]
    known = [part for part in parts if part is not None]
    if len(details) > 1 and len(known) == len(parts) and sum(known) == amount:
        for position, (each, part) in enumerate(zip(details, known, strict=True), 1):
            bank_id = _text(each, "Refs/AcctSvcrRef")
            if bank_id in {"", reference}:
                bank_id = f"{reference}/{position}" if reference else _reference(each)
            yield _made(entry, each, part, bank_id, account)
        return
    first = details[0] if details else entry
    bank_id = reference or _text(first, "Refs/AcctSvcrRef") or _reference(first)
    yield _made(entry, first, amount, bank_id, account, together=len(details) > 1)


def _made(
    entry: Element, details: Element, amount: Decimal | None, bank_id: str, account: str, *, together: bool = False
) -> BankLine:
    line = _line(details)
    day = _day(entry)
    problems = []
    currency = _currency(details) or _currency(entry)
    if currency not in {"", "EUR"}:
        problems.append(Finding("not_euros", Severity.BLOCKER, line=line, params={"currency": currency}))
    if day is None:
        problems.append(Finding("day_missing", Severity.BLOCKER, line=line))
    if amount is None:
        problems.append(Finding("amount_missing", Severity.BLOCKER, line=line))
    if together:
        problems.append(Finding("batch_whole", line=line))
    side = "Cdtr" if amount is not None and amount < 0 else "Dbtr"
    payer = next(
        (
            found
            for place in (f"{side}/Nm", f"{side}/Pty/Nm", f"Ultmt{side}/Nm", f"Ultmt{side}/Pty/Nm")
            if (found := _text(details, f"RltdPties/{place}"))
        ),
        "",
    )
    return BankLine(line, day, amount, payer, _label(entry, details), bank_id, account, tuple(problems))


def _label(entry: Element, details: Element) -> str:
    """Say what the movement is for: the payer's words, else the bank's, and the payer's reference."""
    said = [_clean(each.text) for each in details.findall("RmtInf/Ustrd")]
    said += [_clean(each.text) for each in details.findall("RmtInf/Strd/CdtrRefInf/Ref")]
    if not any(said):
        said = [_text(details, "AddtlTxInf") or _text(entry, "AddtlNtryInf")]
    said.append(_reference(details))
    found: list[str] = []
    for text in said:
        if text and not any(text in other for other in found):
            found.append(text)
    return " / ".join(found)


def _reference(details: Element) -> str:
    found = _text(details, "Refs/EndToEndId")
    return "" if found.upper() in _NOTHING else found


def _signed(holder: Element, direction: Element) -> Decimal | None:
    """Return an element's amount, negative for a debit; None when there is none that can be."""
    text = _text(holder, "Amt") or _text(holder, "AmtDtls/TxAmt/Amt")
    if not _AMOUNT.fullmatch(text):
        return None
    value = Decimal(text)
    if not 0 < value <= MOST and holder.tag != "Bal":
        return None
    if to_cent(value) != value:
        return None
    debit = (_text(holder, "CdtDbtInd") or _text(direction, "CdtDbtInd")) == "DBIT"
    return -to_cent(value) if debit else to_cent(value)


def _currency(holder: Element) -> str:
    amounts = (*holder.findall("Amt"), *holder.findall("AmtDtls/TxAmt/Amt"))
    return amounts[0].get("Ccy", "") if amounts else ""


def _day(entry: Element) -> date | None:
    for place in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        try:
            return date.fromisoformat(_text(entry, place)[:10])
        except ValueError:
            continue
    return None


def _line(found: Element) -> int:
    return int(found.get(_LINE, "0"))


def _text(found: Element, path: str) -> str:
    return _clean(found.findtext(path))


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
