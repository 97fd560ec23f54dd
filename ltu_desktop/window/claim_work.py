"""What the claim page asks of the file, on the worker: load, seal, correct, note, export. Slow rooms come in here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.window.claim_figures import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ltu_desktop.actions.claim_export import Exported
    from ltu_desktop.actions.claims import Prepared, SealedClaim
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.rules.periods import Month


def load_claim(ctx: Context, month: Month, claim_id: bytes | None = None) -> Shown:
    """Return a version by its key, else the month's latest one, else the month's draft."""
    from ltu_desktop.actions import claims

    versions = tuple(row for row in claims.listing(ctx) if row.month == month)
    if claim_id is None and versions:
        claim_id = versions[0].id
    if claim_id is not None:
        found = claims.sealed_claim(ctx, claim_id)
        return Shown.of(ctx.words, found.dossier, found.row.total, found.row, versions)
    prepared = claims.review(ctx, month)
    return Shown.of(ctx.words, prepared.dossier, prepared.total)


def ask_correction(ctx: Context, month: Month) -> Prepared:
    """Return what a corrective version would hold; raise UserError where there can be none."""
    from ltu_desktop.actions import claims

    return claims.correction(ctx, month)


def seal(ctx: Context, month: Month) -> SealedClaim:
    """Seal the month's claim."""
    from ltu_desktop.actions import claims

    return claims.seal(ctx, month)


def correct(ctx: Context, month: Month, reason: str) -> SealedClaim:
    """Seal a corrective version."""
    from ltu_desktop.actions import claims

    return claims.correct(ctx, month, reason)


def move(ctx: Context, claim_id: bytes, state: str, reason: str = "") -> ClaimRow:
    """Note that a version was sent, paid or returned."""
    from ltu_desktop.actions import claims

    if state == "returned":
        return claims.return_(ctx, claim_id, reason)
    return claims.send(ctx, claim_id) if state == "sent" else claims.mark_paid(ctx, claim_id)


def export_files(ctx: Context, target: Month | bytes, kinds: Sequence[str], folder: Path) -> list[Exported]:
    """Write files of several kinds into a folder."""
    from ltu_desktop.actions import claim_export

    files = []
    for done, kind in enumerate(kinds):
        ctx.progress(done, len(kinds))
        files.append(claim_export.export(ctx, target, kind, folder))
    return files


def form_bytes(ctx: Context, shown: Shown, part: str = "form") -> bytes:
    """Draw the form or the annex of a claim."""
    from ltu_desktop.actions import claim_export
    from ltu_desktop.actions.logo import logo

    sha256 = shown.row.sha256 if shown.row is not None else None
    return claim_export.pages(shown.dossier, part, ctx.paper, sha256=sha256, logo=logo(ctx))


def count_blockers(ctx: Context, month: Month) -> int:
    """Count what keeps the month's claim from being sealed; 0 once it is sealed, or when there is nothing yet."""
    from ltu_desktop.actions import claims
    from ltu_desktop.queries.claims import payroll_months

    with ctx.store.read() as connection:
        if month not in payroll_months(connection):
            return 0
    if any(row.month == month for row in claims.listing(ctx)):
        return 0
    return len(claims.review(ctx, month).blockers)
