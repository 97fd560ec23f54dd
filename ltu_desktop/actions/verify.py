"""Verify a file: whether it is a claim of ours, and whether its bytes are those that went out.

The SHA-256 of each exported file is kept in the store, so one changed byte is enough to be told. The seal that the
file carries says which claim it pretends to be.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ltu_desktop.documents.evidence import evidence
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.claims import ClaimRow


class Finding(StrEnum):
    """What a verified file turned out to be."""

    INTACT = "intact"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The outcome: the claim the file belongs to (or pretends to), in words, with the next step."""

    finding: Finding
    text: str
    mend: str
    sha256: str
    claim: ClaimRow | None = None


def verify(ctx: Context, data: bytes, name: str) -> Verdict:
    """Tell whether a file is one of ours as it was exported, one that was altered, or an unknown one."""
    sha256 = hashlib.sha256(data).hexdigest()
    with ctx.store.read() as connection:
        known = _known(connection, sha256)
        if known is not None:
            return _intact(ctx, known, name, sha256)
        claim = _pretended(connection, data, name)
    if claim is None:
        return _unknown(ctx, name, sha256)
    text = ctx.words.text(
        N_("{name} says it is version {version} of the claim for {month}, but it is not the file that was exported."),
        name=name,
        version=claim.number,
        month=ctx.words.month(claim.month),
    )
    mend = ctx.words.text(
        N_("Do not rely on it. Export the claim again and compare: fingerprint {print}."),
        print=short_print(claim.sha256),
    )
    return Verdict(Finding.ALTERED, text, mend, sha256, claim)


def _known(connection: Connection, sha256: str) -> ClaimRow | None:
    """Return the claim whose exported file has exactly these bytes."""
    rows = claim_rows.exports_by_print(connection, sha256)
    return claim_rows.claim_by_id(connection, rows[0].claim_id) if rows else None


def _pretended(connection: Connection, data: bytes, name: str) -> ClaimRow | None:
    """Return the claim that a file pretends to be, by its seal or else by its name."""
    try:
        found = evidence(data, name)
    except UserError:  # no seal in it
        found = None
    if found is not None and found.seal_code:
        return claim_rows.claim_by_print(connection, found.seal_code.rpartition(":")[2].lower())
    rows = claim_rows.exports_by_name(connection, name)
    return claim_rows.claim_by_id(connection, rows[-1].claim_id) if rows else None


def _intact(ctx: Context, claim: ClaimRow, name: str, sha256: str) -> Verdict:
    words = ctx.words
    text = words.text(
        N_("{name} is intact: version {version} of the claim for {month}, sealed on {moment}, {total}."),
        name=name,
        version=claim.number,
        month=words.month(claim.month),
        moment=words.moment(claim.sealed_at),
        total=words.money(claim.total),
    )
    mend = words.text(N_("Nothing to do. Fingerprint: {print}."), print=short_print(claim.sha256))
    return Verdict(Finding.INTACT, text, mend, sha256, claim)


def _unknown(ctx: Context, name: str, sha256: str) -> Verdict:
    return Verdict(
        Finding.UNKNOWN,
        ctx.words.text(N_("{name} belongs to no claim sealed in this file."), name=name),
        ctx.words.text(N_("Check that it is the right file, or open the store that holds its claim.")),
        sha256,
    )
