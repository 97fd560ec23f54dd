"""Claims: prepare, seal, send, note a return or a payment, correct. Files are written by `claim_export`.

A sealed claim is never changed; what turns out different later goes into a corrective version, or into part 6.2 of the
next month's claim. See `claim_dossier` for why nothing can be asked for twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec

from ltu_desktop.actions.claim_dossier import Draft, draft
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.rules.dossier import Dossier, canonical, fingerprint, short_print
from ltu_desktop.rules.errors import N_, Severity, UserError
from ltu_desktop.rules.money import ZERO, to_hundredths
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import claim, claim_line, sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance_rows import MonthGrid
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.rules.errors import Problem
    from ltu_desktop.store.file import Store
    from ltu_desktop.store.gate import Write
    from ltu_desktop.words import Words

HOME_SCHEME = "fr-tzcld"

WHOLE = frozenset({"", "agreement", "employer", "payroll"})
"""Targets of problems that concern the whole claim; every other one is a person's staff number."""

# state → the states it may follow
_FOLLOWS = {
    "sent": ("sealed", "returned"),
    "returned": ("sent",),
    "paid": ("sent",),
}


@dataclass(frozen=True)
class SealedClaim:
    """A sealed version: its row, its dossier and the SHA-256 of the sealed data."""

    row: ClaimRow
    dossier: Dossier
    data: bytes

    @property
    def sha256(self) -> str:
        """The print of the sealed data, 64 hexadecimal characters."""
        return self.row.sha256


_LAST: WeakKeyDictionary[Store, tuple[object, Prepared]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Prepared:
    """A month as it stands: the dossier of its next version and what that version would ask for."""

    dossier: Dossier
    total: Decimal
    hours: Decimal
    corrective: bool

    @property
    def blockers(self) -> tuple[Problem, ...]:
        """What stands in the way of sealing."""
        return blockers(self.dossier)


def blockers(dossier: Dossier) -> tuple[Problem, ...]:
    """Return the problems of a dossier that stop sealing."""
    return tuple(each for each in dossier.answer.problems if each.severity is Severity.BLOCKER)


def at_stake(problems: Iterable[Problem]) -> Decimal:
    """Return what some problems put at stake together: of those of one person, or of the whole claim, the greatest."""
    people: dict[str, Decimal] = {}
    whole = ZERO
    for each in problems:
        stake = each.at_stake or ZERO
        if each.target in WHOLE:
            whole = max(whole, stake)
        else:
            people[each.target] = max(people.get(each.target, ZERO), stake)
    return max(whole, sum(people.values(), ZERO))


def _draft(ctx: Context, connection: Connection, month: Month, scheme: str, grid: MonthGrid | None = None) -> Draft:
    today = ctx.clock.now().date()
    return draft(connection, month, scheme, author=ctx.store.operator, today=today, grid=grid)


def prepare(ctx: Context, month: Month, scheme: str = HOME_SCHEME) -> Dossier:
    """Work out a month's claim without writing anything; of a claimed month, the corrective version it would need.

    Raises UserError ("no_value") for a month without a legal value.
    """
    return review(ctx, month, scheme).dossier


def review(ctx: Context, month: Month, scheme: str = HOME_SCHEME, *, grid: MonthGrid | None = None) -> Prepared:
    """Prepare a month's claim and tell what its next version would ask for; `grid`: its attendance, if read before.

    The last answer is kept as long as nothing is written: Home, the badge and the claim's own page ask one after the
    other for the same.
    """
    rules, today = load_pack(scheme).version, ctx.clock.now().date()
    asked = (ctx.store.journal_head(), month, scheme, rules, ctx.store.operator, today)
    kept = _LAST.get(ctx.store)
    if kept is not None and kept[0] == asked:
        return kept[1]
    with ctx.store.read() as connection:
        work = _draft(ctx, connection, month, scheme, grid)
    prepared = Prepared(work.dossier, work.total, work.hours, bool(work.versions))
    _LAST[ctx.store] = (asked, prepared)
    return prepared


def seal(ctx: Context, month: Month, scheme: str = HOME_SCHEME) -> SealedClaim:
    """Seal a month's initial claim: freeze its dossier and write its lines, corrections of earlier months included.

    Raises UserError "blockers" while something stands in the way, "already_sealed" when the month is claimed.
    """
    with ctx.store.write("claims.seal", params={"month": month}, final=True, initiator=ctx.initiator) as tx:
        work = _draft(ctx, tx.connection, month, scheme)
        if work.versions:
            raise UserError(
                "already_sealed",
                N_("the claim for {month} is already sealed."),
                mend=N_("What has changed since goes into a corrective version."),
                params={"month": month},
            )
        return _write(ctx, tx, work, month, scheme)


def correct(ctx: Context, month: Month, reason: str, scheme: str = HOME_SCHEME) -> SealedClaim:
    """Seal a corrective version that holds only the differences with what was claimed for the month.

    Raises UserError "nothing_changed" when there is none, "not_sealed" when the month was never claimed, "no_reason".
    """
    reason = reason.strip()
    if not reason:
        raise UserError("no_reason", N_("a correction needs a reason."), mend=N_("Say in a few words what was wrong."))
    with ctx.store.write(
        "claims.correct", params={"month": month, "reason": reason}, final=True, initiator=ctx.initiator
    ) as tx:
        work = _draft(ctx, tx.connection, month, scheme)
        _need_differences(month, work.dossier, claimed=bool(work.versions))
        return _write(ctx, tx, work, month, scheme, reason)


def correction(ctx: Context, month: Month, scheme: str = HOME_SCHEME) -> Prepared:
    """Return what a corrective version would hold; raise as `correct` would, so that nobody is asked for nothing."""
    prepared = review(ctx, month, scheme)
    _need_differences(month, prepared.dossier, claimed=prepared.corrective)
    _need_no_blockers(ctx, month, prepared.dossier)
    return prepared


def _need_differences(month: Month, dossier: Dossier, *, claimed: bool) -> None:
    if not claimed:
        raise UserError(
            "not_sealed",
            N_("no claim for {month} is sealed: there is nothing to correct."),
            mend=N_("Seal the month’s claim first."),
            params={"month": month},
        )
    if not dossier.corrections:
        raise UserError(
            "nothing_changed",
            N_("nothing has changed since the claim for {month} was sealed."),
            mend=N_("Correct the hours, contracts or settings first, then try again."),
            params={"month": month},
        )


def _need_no_blockers(ctx: Context, month: Month, dossier: Dossier) -> None:
    stopped = blockers(dossier)
    if stopped:
        raise UserError(
            "blockers",
            N_("the claim for {month} cannot be sealed: {count} points stand in the way, {amount} at stake."),
            mend=N_("See them with “check”, fix them and try again."),
            params={"month": month, "count": len(stopped), "amount": ctx.words.money(at_stake(stopped))},
        )


def _write(ctx: Context, tx: Write, work: Draft, month: Month, scheme: str, reason: str = "") -> SealedClaim:
    _need_no_blockers(ctx, month, work.dossier)
    now = ctx.clock.now().replace(microsecond=0)
    number = work.dossier.head.version
    key = tx.insert(
        claim,
        {
            "scheme": scheme,
            "month": str(month),
            "number": number,
            "state": "sealed",
            "reason": reason,
            "corrects_id": work.versions[0].id if work.versions else None,
            "hours": to_hundredths(work.hours),
            "total": to_hundredths(work.total),
        },
    )
    head = msgspec.structs.replace(work.dossier.head, id=key.hex(), sealed_at=now, reason=reason)
    dossier = msgspec.structs.replace(work.dossier, head=head)
    data = canonical(dossier)
    tx.insert_many(claim_line, _line_rows(key, work))
    tx.insert(sealed, {"claim_id": key, "at": now.isoformat(), "sha256": fingerprint(data), "dossier": data})
    tx.params.update(
        {
            "version": number,
            "total": work.total,
            "people": sum(1 for line in work.dossier.answer.lines if line.person is not None),
            "print": short_print(fingerprint(data)),
        }
    )
    row = claim_rows.claim_by_id(tx.connection, key)
    assert row is not None  # it was written just above
    return SealedClaim(row, dossier, data)


def _line_rows(key: bytes, work: Draft) -> list[dict[str, str | int | bytes | None]]:
    """Turn claimed lines into rows, one a part; hours stand on the first part only, so that they can be summed."""
    return [
        {
            "claim_id": key,
            "person_id": line.key[0],
            "month": str(line.month),
            "position": position,
            "code": line.key[1],
            "status": line.status,
            "quantity": 0 if index else to_hundredths(line.quantity),
            "part": part,
            "amount": to_hundredths(amount),
        }
        for position, line in enumerate(work.lines, 1)
        for index, (part, amount) in enumerate(line.parts.items())
    ]


def send(ctx: Context, claim_id: bytes) -> ClaimRow:
    """Note that a sealed version went to the Fund."""
    return _move(ctx, claim_id, "sent", "claims.send")


def return_(ctx: Context, claim_id: bytes, reason: str) -> ClaimRow:
    """Note that the Fund returned a version, with its reason."""
    reason = reason.strip()
    if not reason:
        raise UserError(
            "no_reason", N_("a return needs the Fund’s reason."), mend=N_("Copy it from the Fund’s letter.")
        )
    return _move(ctx, claim_id, "returned", "claims.return", reason)


def mark_paid(ctx: Context, claim_id: bytes) -> ClaimRow:
    """Note that the Fund paid a version in full."""
    return _move(ctx, claim_id, "paid", "claims.pay")


def _move(ctx: Context, claim_id: bytes, state: str, action: str, reason: str = "") -> ClaimRow:
    with ctx.store.write(action, initiator=ctx.initiator) as tx:
        row = _known(tx.connection, claim_id)
        if row.state not in _FOLLOWS[state]:
            raise UserError(
                "wrong_state",
                N_("version {version} of the claim for {month} is “{state}”: that cannot be done now."),
                mend=N_("The order is: sealed, sent, then returned or paid."),
                params={"version": row.number, "month": row.month, "state": state_name(ctx.words, row.state)},
            )
        values: dict[str, str] = {"state": state}
        if reason:
            values["reason"] = reason
            tx.params["reason"] = reason
        tx.update(claim, claim_id, values, expected_version=row.version)
        tx.params.update({"month": row.month, "version": row.number})
        return _known(tx.connection, claim_id)


def _known(connection: Connection, claim_id: bytes) -> ClaimRow:
    row = claim_rows.claim_by_id(connection, claim_id)
    if row is None:
        raise UserError("no_claim", N_("there is no such claim in this file."), mend=N_("List the claims first."))
    return row


def month_of(dossier: Dossier) -> Month:
    """Return the month that a dossier is for."""
    return Month.parse(dossier.head.period)


def state_name(words: Words, state: str) -> str:
    """Name a claim's state."""
    return {
        "draft": words.term("claim state", "draft"),
        "sealed": words.term("claim state", "sealed"),
        "sent": words.term("claim state", "sent"),
        "returned": words.term("claim state", "returned"),
        "paid": words.term("claim state", "paid"),
    }[state]


def find(ctx: Context, month: Month, number: int | None = None, scheme: str = HOME_SCHEME) -> ClaimRow:
    """Return a version of a month's claim, the latest unless one is named; raise UserError "not_sealed"."""
    with ctx.store.read() as connection:
        rows = claim_rows.claims(connection, scheme, month)
    for row in rows:
        if number in {None, row.number}:
            return row
    raise UserError(
        "not_sealed",
        N_("no such version of the claim for {month} is sealed."),
        mend=N_("Seal it first, or list what there is."),
        params={"month": month},
    )


def sealed_claim(ctx: Context, claim_id: bytes) -> SealedClaim:
    """Return a sealed version with its dossier."""
    from ltu_desktop.rules.dossier import read

    with ctx.store.read() as connection:
        row = _known(connection, claim_id)
        data = claim_rows.sealed_data(connection, claim_id)
    return SealedClaim(row, read(data), data)


def listing(ctx: Context, scheme: str = HOME_SCHEME) -> list[ClaimRow]:
    """Return all versions, the latest month and version first."""
    with ctx.store.read() as connection:
        return claim_rows.claims(connection, scheme)
