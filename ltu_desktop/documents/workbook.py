"""The claim as a workbook: seven sheets, typed cells, live formulas with their sealed results stored beside them.

Demande · Liste · Totaux · Rapprochement · Changements · Paramètres · Contrôle. The texts are those of the claim's
report, so that workbook, PDF and CSV cannot disagree. Nothing is protected: who plays with a figure sees "Contrôle"
turn red and the first sheet say that it is not to be sent.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_report
from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.tables import program
from ltu_desktop.documents.workbook_detail import write_changes, write_reconciliation, write_totals
from ltu_desktop.documents.workbook_draft import Draft
from ltu_desktop.documents.workbook_front import write_claim, write_parameters
from ltu_desktop.documents.workbook_list import write_check, write_list
from ltu_desktop.documents.workbook_live import live
from ltu_desktop.documents.xlsx import Book, Properties, printed
from ltu_desktop.rules.dossier import seal_code, short_print
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.words import Words

SEAL = "LTU-seal"
_LONGEST_OWNER = 60  # characters: a header holds 255 with its codes


def claim_workbook(dossier: Dossier, words: Words, *, sha256: str | None) -> bytes:
    """Return a claim's workbook; equal dossiers give equal bytes.

    `sha256` is that of the sealed data, kept as a document property (`LTU1:CDE:…`); None makes a draft, marked as such
    on every sheet and page.
    """
    view = View(dossier)
    draft = Draft(view, claim_report.build(dossier, words), words, live(view), sha256, Book())
    for key, title, landscape in (
        ("claim", words.term("sheet", "Claim"), False),
        ("list", words.term("sheet", "List"), True),
        ("totals", words.term("sheet", "Totals"), False),
        ("reconciliation", words.term("sheet", "Reconciliation"), True),
        ("changes", words.term("sheet", "Changes"), True),
        ("parameters", words.term("sheet", "Parameters"), True),
        ("check", words.term("sheet", "Check"), False),
    ):
        draft.sheets[key] = draft.book.sheet(title, (), landscape=landscape)
    _furnish(draft)
    # each sheet after those whose cells its formulas name
    write_parameters(draft)
    write_list(draft)
    write_changes(draft)
    write_totals(draft)
    write_reconciliation(draft)
    write_claim(draft)
    write_check(draft)
    return draft.book.save(_properties(draft))


def _furnish(draft: Draft) -> None:
    """Set what every page bears: document and sheet above, print, warnings and page below."""
    report, words = draft.report, draft.words
    owner = report.owner if len(report.owner) <= _LONGEST_OWNER else report.owner[: _LONGEST_OWNER - 1] + "…"
    about = " · ".join(part for part in (report.subject, owner, report.period_text, report.version_text) if part)
    draft.book.header = (
        f"&8{printed(about)}",
        f"&B{printed(words.term('paper', 'DRAFT'))}" if draft.mark else "",
        "&8&A",
    )
    seal = words.text("Fingerprint {print}", print=short_print(draft.sha256)) if draft.sha256 else report.sealed_line
    page = words.term("paper", "Page {number}/{count}", number="&P", count="&N")
    draft.book.footer = (f"&8{printed(seal)}", f"&8{printed(', '.join(report.warnings)[:80])}", f"&8{page}")


def _properties(draft: Draft) -> Properties:
    report, head = draft.report, draft.view.dossier.head
    return Properties(
        title=f"{report.subject} – {report.period_text} – {report.version_text} – {report.owner}",
        author=report.owner,
        subject=report.subtitle,
        language={"fr": "fr-FR"}.get(report.language, "en-GB"),
        at=head.sealed_at or datetime.combine(_last_day(head.period), time()),
        program=program(),
        custom={SEAL: seal_code(head.period, head.version, draft.sha256)} if draft.sha256 else {},
    )


def _last_day(period: str) -> date:
    """Return the last day of a claim's month or year: the date that a draft's file bears."""
    return Month.parse(period).last if len(period) > len("2026") else date(int(period), 12, 31)
