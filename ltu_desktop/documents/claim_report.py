"""The claim as a report: seven parts, and for a corrective version its differences first.

Keys of sections and their tables: identification[identification] · parameters[parameters, settings] · amount[amount] ·
notice · list[list] · totals[totals, year] · reconciliation[bridge, gaps] · changes[changes, corrections] ·
declarations[attachments]; a corrective version has difference[difference] besides. Columns of `list`: number id name
status site entry exit contract paid a b c fundable fte part:<code>… total remark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_changes as changed
from ltu_desktop.documents import claim_front as front
from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents import claim_notices as notices
from ltu_desktop.documents import claim_tables as tables
from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.report import Report, Section
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.rules.dossier import Dossier, FileCard
    from ltu_desktop.words import Words


def build(dossier: Dossier, words: Words) -> Report:
    """Turn a dossier into the claim's report, in the document's language."""
    view = View(dossier)
    corrective = changed.corrective(view)
    month = labels.period(dossier.head.period, words)
    kind = words.term("version", "corrective") if corrective else words.term("version", "initial")
    version = words.text("Version {number} – {kind}", number=dossier.head.version, kind=kind)
    sections = (
        *((_difference(view, words),) if corrective else ()),
        Section("identification", words.text("Identification"), "1", tables=(front.identification(view, words),)),
        _parameters(view, words),
        _amount(view, words),
        Section("notice", words.text("To know before checking"), notices=notices.notices(view, words)),
        _list(view, words),
        _totals(view, words),
        _reconciliation(view, words),
        _changes(view, words),
        front.declarations(view, words),
    )
    return Report(
        title=words.text("Claim for payment"),
        subtitle=front.subtitle(view, words),
        language=words.language,
        period=dossier.head.period,
        period_text=month[:1].upper() + month[1:],
        version=dossier.head.version,
        version_text=version,
        subject=words.text("CDE claim"),
        owner=labels.safe(dossier.employer.name, words).split(",")[0],  # what follows a comma is its legal form
        owner_line=front.owner_line(view, words),
        sealed_line=front.sealed_line(view, words),
        currency=dossier.answer.currency,
        sections=sections,
        corrective=corrective,
        author=labels.safe(dossier.head.author, words),
        warnings=notices.provisional_names(view, words),
    )


def _parameters(view: View, words: Words) -> Section:
    month = labels.period(view.dossier.head.period, words)
    return Section(
        "parameters",
        words.text("Parameters used"),
        "2",
        note=words.text("Values in force in {month}", month=month),
        tables=(front.parameters(view, words), front.settings(view, words)),
    )


def _amount(view: View, words: Words) -> Section:
    everything = view.everything
    people = words.plural("{count} person", "{count} people", len(view.numbers))
    hours = words.text("{hours} fundable", hours=words.hours(everything.fundable))
    fte = words.text("{fte} FTE", fte=words.fte(everything.fte))
    if changed.corrective(view):
        title = words.text("Amount after correction")
    else:
        title = words.text("Amount claimed from the Fund")
    return Section("amount", title, note=f"{people} · {hours} · {fte}", tables=(front.amount(view, words),))


def _list(view: View, words: Words) -> Section:
    note = words.text(
        "Fundable = paid − C, at most {cap} h.  Absences: A paid and counted (inside “paid”), B not paid, "
        "C paid but not counted",
        cap=front.cap(view, words),
    )
    return Section("list", words.text("Nominal list"), "3", note=note, tables=(tables.nominal_list(view, words),))


def _totals(view: View, words: Words) -> Section:
    year = tables.year_to_date(view, words)
    gauges = notices.gauges(view, words)
    return Section(
        "totals",
        words.text("Totals, ceiling and 10% rule") if len(gauges) > 1 else words.text("Totals"),
        "4",
        tables=(tables.totals(view, words), *((year,) if year is not None else ())),
        gauges=gauges,
    )


def _reconciliation(view: View, words: Words) -> Section:
    files = [_payroll_file(file, words) for file in view.dossier.payroll_files]
    return Section(
        "reconciliation",
        words.text("Reconciliation with payroll"),
        "5",
        note=labels.semicolon(words).join(files),
        tables=(changed.bridge(view, words), changed.gaps(view, words)),
    )


def _payroll_file(file: FileCard, words: Words) -> str:
    name = words.text("“{name}”", name=labels.safe(file.name, words))
    said = [f"DSN {name}" if file.kind == "dsn" else name]
    if file.norm:
        said.append(words.text("norm {norm}", norm=file.norm))
    if file.nature:
        known = {"01": words.term("dsn", "normal"), "03": words.term("dsn", "cancels and replaces")}
        said.append(known.get(file.nature, file.nature))
    if file.day:
        said.append(words.text("received on {day}", day=words.day(file.day)))
    if file.sha256:
        said.append(f"SHA-256 {short_print(file.sha256)}…")
    return ", ".join(said)


def _changes(view: View, words: Words) -> Section:
    try:
        before = words.month(Month.parse(view.dossier.head.period).plus(-1)).rsplit(" ", 1)[0]  # without its year
        title = words.text("Changes since {month} and corrections", month=before)
    except ValueError:
        title = words.text("Changes and corrections")
    return Section("changes", title, "6", tables=(changed.changes(view, words), changed.corrections(view, words)))


def _difference(view: View, words: Words) -> Section:
    head = view.dossier.head
    before = head.version - 1
    unchanged = len(view.numbers) - len({item.person for item in view.dossier.corrections} & set(view.numbers))
    note = words.plural(
        "{count} line without change: see version {version}.",
        "{count} lines without change: see version {version}.",
        unchanged,
        version=before,
    )
    sealed = head.corrects_sealed_at
    if head.corrects and sealed:
        band = words.text(
            "Corrects version {version} ({print}, sealed on {day}), which stays valid for the lines not named. "
            "Only the differences below are to be paid or taken back.",
            version=before,
            print=short_print(head.corrects),
            day=words.day(sealed.date()),
        )
    else:
        band = words.text(
            "Corrects version {version}, which stays valid for the lines not named. "
            "Only the differences below are to be paid or taken back.",
            version=before,
        )
    notes = [band]
    if head.reason:
        notes.append(words.text("Reason: {reason}", reason=labels.safe(head.reason, words)))
    return Section(
        "difference",
        words.text("Differences with version {version}", version=before),
        note=note,
        tables=(changed.differences(view, words),),
        notes=tuple(notes),
    )
