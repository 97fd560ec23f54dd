"""The claim on paper: seven parts in A4 landscape, with the calculation annex behind; PDF/A-3b with files attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_report
from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.pdf_claim_front import corrective_pages, first_page, recap_pages
from ltu_desktop.documents.pdf_claim_list import LINES_A_PAGE, list_pages
from ltu_desktop.documents.pdf_claim_parts import last_pages, middle_pages
from ltu_desktop.documents.pdf_frame import Frame, lower_first, paint
from ltu_desktop.documents.pdfa import About, Attachment, finish, language_tag
from ltu_desktop.rules.dossier import seal_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.pdf_frame import Page
    from ltu_desktop.documents.report import Report
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.words import Words


def claim_form(
    dossier: Dossier,
    words: Words,
    *,
    sha256: str | None,
    attachments: Sequence[Attachment] = (),
    logo: bytes | None = None,
) -> bytes:
    """Draw the claim alone; `sha256` None draws a draft. Give the bytes of a PDF/A-3b file."""
    frame = claim_frame(dossier, words, sha256=sha256, logo=logo)
    return render(frame, form_pages(frame, View(dossier)), dossier, attachments)


def sealed_document(
    dossier: Dossier,
    words: Words,
    *,
    sha256: str | None,
    attachments: Sequence[Attachment] = (),
    logo: bytes | None = None,
) -> bytes:
    """Draw the claim with its calculation annex behind, workbook and data attached: what is sent to the Fund."""
    from ltu_desktop.documents.annex_pdf import annex_pages

    frame = claim_frame(dossier, words, sha256=sha256, logo=logo)
    view = View(dossier)
    pages = form_pages(frame, view)
    return render(frame, [*pages, *annex_pages(frame, view)], dossier, attachments)


def claim_frame(dossier: Dossier, words: Words, *, sha256: str | None, logo: bytes | None = None) -> Frame:
    """Return what every page of a claim repeats."""
    report = claim_report.build(dossier, words)
    seal = seal_code(dossier.head.period, dossier.head.version, sha256) if sha256 else ""
    return Frame(report, words, report.subject, sha256, seal, logo)


def form_pages(frame: Frame, view: View) -> list[Page]:
    """Plan the form: of a corrective version the differences first and no full list."""
    if frame.report.corrective:
        return [*corrective_pages(frame), *recap_pages(frame), *last_pages(frame)]
    front = [first_page(frame), *list_pages(frame, view)]
    alone = front[-1] if len(front) > 2 + (max(1, len(frame.report.table("list").rows)) - 1) // LINES_A_PAGE else None
    return [*front, *middle_pages(frame, alone), *last_pages(frame)]


def document_title(report: Report, words: Words, name: str = "") -> str:
    """Return the title that a reader's window shows."""
    month = lower_first(report.period_text, words)
    version = words.text("version {number}", number=report.version)
    return f"{name or report.subject} – {month} – {version} – {report.owner}"


def render(
    frame: Frame, pages: Sequence[Page], dossier: Dossier, attachments: Sequence[Attachment], *, title: str = ""
) -> bytes:
    """Draw planned pages and make them an archive file; the same dossier gives the same bytes."""
    drawn = paint(pages, frame.draw)
    about = About(
        title=document_title(frame.report, frame.words, title),
        author=frame.report.author or frame.report.owner,
        subject=frame.report.subtitle,
        seal=frame.seal,
        language=language_tag(frame.report.language),
        program=dossier.program or "LTU Desktop",
        made=dossier.head.sealed_at if frame.sha256 else None,
    )
    return finish(drawn, about, attachments)
