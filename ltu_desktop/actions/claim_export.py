"""Write a claim to a file: PDF, workbook, CSV, JSON, or all of them in one archive. What a seal sent out is remembered.

The PDF is the whole claim in one archive file: the form, the annex that explains each amount, the workbook and the
data attached. What goes out names no reason of absence: the sealed data, which rest on them, stay in the store. A draft
may be written too: it says that it is one, and is not remembered.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.actions.claims import HOME_SCHEME, review, sealed_claim
from ltu_desktop.actions.logo import logo as employer_logo
from ltu_desktop.documents import names
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.rules.dossier import seal_code
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.facts_json import answer_json
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import export as export_table
from ltu_desktop.words import Words
from ltu_desktop.words.codes import OFFICE_ONLY

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.documents.pdfa import Attachment
    from ltu_desktop.rules.dossier import Dossier

KINDS = ("pdf", "xlsx", "csv", "json", "zip")
"""The kinds of file, which are also their endings."""


@dataclass(frozen=True)
class Exported:
    """A file that was written; `sealed` is false for a draft."""

    path: Path
    kind: str
    sha256: str
    sealed: bool


@dataclass(frozen=True)
class _Subject:
    """What is exported: a dossier, and what is known of its seal."""

    dossier: Dossier
    claim_id: bytes | None = None
    sha256: str | None = None
    state: str = "draft"


def claim_json(dossier: Dossier, *, sha256: str | None, state: str) -> bytes:
    """Write a claim as the answer of `compute` with a `claim` object besides, which lists the corrections if any.

    Problems for the office's eyes only are left out; hours of an open setting stand on the line (C).
    """
    head = dossier.head
    claim: dict[str, object] = {"id": head.id or None, "version": head.version, "state": state, "sha256": sha256}
    if dossier.corrections:
        claim["corrections"] = msgspec.to_builtins(dossier.corrections)
    told = tuple(problem for problem in dossier.answer.problems if problem.code not in OFFICE_ONLY)
    return answer_json(msgspec.structs.replace(dossier.answer, problems=told), claim)


def content(
    dossier: Dossier, kind: str, words: Words, *, sha256: str | None, state: str, logo: bytes | None = None
) -> bytes:
    """Return the bytes of a claim's file of one kind, in the language of `words`; the PDF bears the logo."""
    if kind == "pdf":
        from ltu_desktop.documents.claim_pdf import sealed_document

        attached = _attached(dossier, words, sha256=sha256, state=state)
        return sealed_document(dossier, words, sha256=sha256, attachments=attached, logo=logo)
    if kind == "xlsx":
        from ltu_desktop.documents.workbook import claim_workbook

        return claim_workbook(dossier, words, sha256=sha256)
    if kind == "csv":
        from ltu_desktop.documents.csv_file import claim_csv

        return claim_csv(dossier, words, sha256=sha256)
    if kind == "zip":
        return _archive(dossier, words, sha256=sha256, state=state, logo=logo)
    return claim_json(dossier, sha256=sha256, state=state)


def _archive(dossier: Dossier, words: Words, *, sha256: str | None, state: str, logo: bytes | None) -> bytes:
    """Pack all files of a sealed claim with their prints; raise UserError "not_sealed" for a draft."""
    from ltu_desktop.documents.sealed_zip import sealed_zip

    head = dossier.head
    if sha256 is None or head.sealed_at is None:
        raise UserError(
            "not_sealed",
            N_("the sealed dossier of {month} cannot be written: the claim is still a draft."),
            mend=N_("Seal the claim first, or export the draft as PDF or Excel."),
            params={"month": Month.parse(head.period)},
        )
    files = {
        names.claim_file(head.period, head.version, kind): content(
            dossier, kind, words, sha256=sha256, state=state, logo=logo
        )
        for kind in KINDS
        if kind != "zip"
    }
    code = seal_code(head.period, head.version, sha256)
    return sealed_zip(files, words, code=code, at=head.sealed_at.astimezone(UTC))


def pages(dossier: Dossier, part: str, words: Words, *, sha256: str | None, logo: bytes | None = None) -> bytes:
    """Return the pages of the `form` or of the `annex` alone, to look at or to print."""
    if part == "annex":
        from ltu_desktop.documents.annex_pdf import annex

        return annex(dossier, words, sha256=sha256)
    from ltu_desktop.documents.claim_pdf import claim_form

    return claim_form(dossier, words, sha256=sha256, logo=logo)


def _attached(dossier: Dossier, words: Words, *, sha256: str | None, state: str) -> list[Attachment]:
    """Return what the PDF carries: the workbook, and the claim's data."""
    from ltu_desktop.documents.pdfa import Attachment
    from ltu_desktop.documents.workbook import claim_workbook

    period, version, sealed = dossier.head.period, dossier.head.version, sha256 is not None
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return [
        Attachment(
            names.claim_file(period, version, "xlsx", sealed=sealed),
            claim_workbook(dossier, words, sha256=sha256),
            workbook,
            words.text("The claim as a workbook"),
            "Alternative",
        ),
        Attachment(
            names.claim_file(period, version, "json", sealed=sealed),
            claim_json(dossier, sha256=sha256, state=state),
            "application/json",
            words.text("The claim as data"),
            "Data",
        ),
    ]


def export(
    ctx: Context,
    target: Month | bytes,
    kind: str,
    path: Path,
    language: str | None = None,
    scheme: str = HOME_SCHEME,
) -> Exported:
    """Write a month's latest version (a draft when none is sealed), or a named version, to a file or into a folder.

    An existing file is never overwritten: the new one gets `-2`. Raises UserError "cannot_write".
    """
    return _export(ctx, _subject(ctx, target, scheme), kind, path, language)


def export_draft(ctx: Context, dossier: Dossier, kind: str, path: Path, language: str | None = None) -> Exported:
    """Write a prepared dossier, marked as a draft, to a file or into a folder."""
    return _export(ctx, _Subject(dossier), kind, path, language)


def json_of(ctx: Context, target: Month | bytes, scheme: str = HOME_SCHEME) -> bytes:
    """Return what `export` would write as JSON, for standard output; nothing is remembered."""
    subject = _subject(ctx, target, scheme)
    return claim_json(subject.dossier, sha256=subject.sha256, state=subject.state)


def _export(ctx: Context, subject: _Subject, kind: str, path: Path, language: str | None) -> Exported:
    words = Words(language) if language else ctx.paper
    logo = employer_logo(ctx)
    data = content(subject.dossier, kind, words, sha256=subject.sha256, state=subject.state, logo=logo)
    sha256 = hashlib.sha256(data).hexdigest()
    head = subject.dossier.head
    folder, name = (path.parent, path.name)
    if path.is_dir():
        sealed = subject.claim_id is not None
        folder, name = path, names.claim_file(head.period, head.version, kind, sealed=sealed)
    if subject.claim_id is None:
        return Exported(names.write_new(folder, name, data), kind, sha256, sealed=False)
    with ctx.store.read() as connection:
        known = any(each.claim_id == subject.claim_id for each in claim_rows.exports_by_print(connection, sha256))
    if known:  # the same bytes went out before: nothing new to remember
        return Exported(names.write_new(folder, name, data), kind, sha256, sealed=True)
    written: Path | None = None
    try:
        with ctx.store.write(
            "claims.export",
            {"month": Month.parse(head.period), "version": head.version},
            aside=True,
            initiator=ctx.initiator,
        ) as tx:
            written = names.write_new(folder, name, data)
            tx.params["name"] = written.name
            tx.insert(
                export_table,
                {
                    "claim_id": subject.claim_id,
                    "at": ctx.clock.now().replace(microsecond=0).isoformat(),
                    "kind": kind,
                    "name": written.name,
                    "sha256": sha256,
                },
            )
    except BaseException:
        if written is not None:
            written.unlink(missing_ok=True)
        raise
    return Exported(written, kind, sha256, sealed=True)


def _subject(ctx: Context, target: Month | bytes, scheme: str) -> _Subject:
    if isinstance(target, bytes):
        found = sealed_claim(ctx, target)
        return _Subject(found.dossier, found.row.id, found.sha256, found.row.state)
    with ctx.store.read() as connection:
        versions = claim_rows.claims(connection, scheme, target)
    if versions:
        return _subject(ctx, versions[0].id, scheme)
    return _Subject(review(ctx, target, scheme).dossier)
