"""The yearly statement sealed: its figures frozen with their SHA-256, to be drawn again whenever, always the same.

A sealed version is never changed; when claims or payments change later, a further version is sealed beside it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.actions.claims import HOME_SCHEME
from ltu_desktop.actions.report_year import statement as work_out
from ltu_desktop.documents.statement_figures import Seal, Statement
from ltu_desktop.queries.statements import sealed_statements, statement_key
from ltu_desktop.rules.dossier import fingerprint, short_print
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.statements import SealedStatement


def seal_statement(ctx: Context, year: int, scheme: str = HOME_SCHEME) -> Seal:
    """Seal a year's statement as it stands.

    Raises UserError "year_open" while the year is not over or a month has no claim, "nothing_changed" when the latest
    version says the same.
    """
    now = ctx.clock.now().replace(microsecond=0)
    with ctx.store.write("statements.seal", {"year": str(year)}, aside=True, initiator=ctx.initiator) as tx:
        told = work_out(tx.connection, year, scheme, now.date())
        if told.draft:
            raise UserError(
                "year_open",
                N_("the statement of {year} is not complete: the year is not over, or months have no claim."),
                mend=N_("Seal the missing claims first; until then export the statement as a draft."),
                params={"year": str(year)},
            )
        data = msgspec.json.encode(told, order="sorted")
        known = sealed_statements(tx.connection, year)
        if known and known[0].data == data:
            raise UserError(
                "nothing_changed",
                N_("version {version} of the statement of {year} says the same."),
                mend=N_("Export that one again."),
                params={"version": known[0].version, "year": str(year)},
            )
        seal = Seal(known[0].version + 1 if known else 1, now, fingerprint(data))
        value = {"at": now.isoformat(), "sha256": seal.sha256, "figures": data.decode()}
        tx.insert(setting, {"key": statement_key(year, seal.version), "value": json.dumps(value, ensure_ascii=False)})
        tx.params |= {"version": seal.version, "print": short_print(seal.sha256)}
    return seal


def read_statement(connection: Connection, year: int, version: int) -> tuple[Statement, Seal]:
    """Return a sealed version's figures; raise UserError "not_sealed" without it, "altered" when its print differs."""
    found: SealedStatement | None = next(
        (each for each in sealed_statements(connection, year) if each.version == version), None
    )
    if found is None:
        raise UserError(
            "not_sealed",
            N_("no such version of the statement of {year} is sealed."),
            mend=N_("Seal it first, or choose another version."),
            params={"year": str(year)},
        )
    if fingerprint(found.data) != found.sha256:
        raise UserError(
            "altered",
            N_("version {version} of the statement of {year} is not what was sealed: its fingerprint differs."),
            mend=N_("Do not rely on it. Restore a backup from before, and compare."),
            params={"version": version, "year": str(year)},
        )
    return msgspec.json.decode(found.data, type=Statement), Seal(version, found.at, found.sha256)
