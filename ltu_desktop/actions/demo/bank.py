"""The demo's bank: a statement of the employer's account as CAMT.053, one for each month.

Most claims are paid alone, some two at a time, some by the State's part first and the Department's later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ltu_desktop.rules.money import ZERO, to_cent
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.actions.demo.cast import Cast

_PAID_AFTER = 23  # days after the first of the next month: the 24th
_SATURDAY = 5
_OPENING = Decimal("48215.40")
_PAYROLL = Decimal("0.83")  # of a claim, as net pay
_SALE = Decimal("1240.00")


@dataclass(frozen=True)
class _Move:
    day: date
    amount: Decimal
    who: str
    label: str


def statement(cast: Cast, paid: Sequence[tuple[Month, Mapping[str, Decimal]]]) -> bytes:
    """Write the account's statements over the months in which claims were paid; `paid` are months with their parts.

    Besides the Fund's money there are the payroll's debits, one a month, and one sale that is about no claim.
    """
    moves = _paid(paid)
    for month, parts in paid:
        net = to_cent(sum(parts.values(), ZERO) * _PAYROLL)
        moves.append(_Move(month.last, -net, "PERSONNEL", f"VIR SALAIRES {month.number:02d}/{month.year}"))
    last = paid[-1][0].plus(1)
    moves.append(_Move(last.first + timedelta(days=5), _SALE, "VILLE DE RIVES-LA-DEULE", "FACTURE F-0117 TABLES"))
    moves.sort(key=lambda move: (move.day, -move.amount))
    account = str(cast.house["employer"]["iban"])
    made, balance, number = [], _OPENING, 0
    for month, group in groupby(moves, key=lambda move: Month.of(move.day)):
        several = list(group)
        closing = balance + sum((move.amount for move in several), ZERO)
        made.append(_month(account, month, balance, closing, several, number))
        balance, number = closing, number + len(several)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">\n <BkToCstmrStmt>\n'
        f"  <GrpHdr><MsgId>RELEVE-{last}</MsgId><CreDtTm>{last.last}T06:00:00</CreDtTm></GrpHdr>\n"
        f"{''.join(made)} </BkToCstmrStmt>\n</Document>\n"
    ).encode()


def _paid(paid: Sequence[tuple[Month, Mapping[str, Decimal]]]) -> list[_Move]:
    """Turn claims into the Fund's transfers: of six months two come together, and one in two parts."""
    fund, words = "FONDS ETCLD", Words("fr")
    found = []
    for place, (month, parts) in enumerate(paid):
        total = sum(parts.values(), ZERO)
        day = _workday(month.plus(1).first + timedelta(days=_PAID_AFTER))
        name = words.month(month).upper()
        if place % 6 == 2 and place + 1 < len(paid):
            continue  # comes with the next one
        if place % 6 == 3:
            before, earlier = paid[place - 1]
            label = f"CDE {words.month(before).upper()} ET {name}"
            found.append(_Move(day, total + sum(earlier.values(), ZERO), fund, label))
        elif place % 6 == 5:
            later = _workday(day + timedelta(days=9))
            found.append(_Move(day, parts["state"], fund, f"CDE {name} PART ETAT"))
            found.append(_Move(later, total - parts["state"], fund, f"CDE {name} PART DEPARTEMENT"))
        else:
            found.append(_Move(day, total, fund, f"CDE {name}"))
    return found


def _workday(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def _month(account: str, month: Month, opening: Decimal, closing: Decimal, moves: Sequence[_Move], number: int) -> str:
    head = (
        f"  <Stmt>\n   <Id>{month}</Id>\n   <CreDtTm>{month.last}T23:00:00</CreDtTm>\n"
        f"   <Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        f"{_balance('OPBD', opening, month.first)}{_balance('CLBD', closing, month.last)}"
    )
    return head + "".join(_entry(move, number + place) for place, move in enumerate(moves, 1)) + "  </Stmt>\n"


def _balance(code: str, amount: Decimal, day: date) -> str:
    return f"   <Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(amount)}<Dt><Dt>{day}</Dt></Dt></Bal>\n"


def _entry(move: _Move, number: int) -> str:
    side = "Dbtr" if move.amount > 0 else "Cdtr"
    return (
        f"   <Ntry>\n    {_amount(move.amount)}<Sts>BOOK</Sts>\n"
        f"    <BookgDt><Dt>{move.day}</Dt></BookgDt><ValDt><Dt>{move.day}</Dt></ValDt>\n"
        f"    <AcctSvcrRef>RLD{number:07d}</AcctSvcrRef>\n"
        f"    <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
        f"<RltdPties><{side}><Nm>{escape(move.who)}</Nm></{side}></RltdPties>"
        f"<RmtInf><Ustrd>{escape(move.label)}</Ustrd></RmtInf></TxDtls></NtryDtls>\n   </Ntry>\n"
    )


def _amount(amount: Decimal) -> str:
    return f'<Amt Ccy="EUR">{abs(amount)}</Amt><CdtDbtInd>{"CRDT" if amount >= 0 else "DBIT"}</CdtDbtInd>'
