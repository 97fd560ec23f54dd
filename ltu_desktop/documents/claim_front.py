"""The claim's front page as values: who, with which parameters and settings, how much, what to know; and part 7."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.claim_changes import corrections_total, corrective
from ltu_desktop.documents.claim_tables import adjustment_name, currency_sign, part_columns
from ltu_desktop.documents.report import (
    Cell,
    Column,
    Kind,
    Role,
    Row,
    Section,
    SignatureBox,
    Table,
)
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.money import ZERO
from ltu_desktop.words import NBSP

if TYPE_CHECKING:
    from ltu_desktop.documents.claim_view import View
    from ltu_desktop.documents.report import Value
    from ltu_desktop.rules.answer import Used
    from ltu_desktop.rules.dossier import AgreementCard, FileCard
    from ltu_desktop.words import Words

HOME_SCHEME = "fr-tzcld"


def subtitle(view: View, words: Words) -> str:
    """Return what is claimed: the scheme's own name for it."""
    if view.dossier.answer.scheme == HOME_SCHEME:
        return words.text("Contribution to job development (CDE) – monthly statement")
    return words.text("Scheme {code} – monthly statement", code=view.dossier.answer.scheme)


def cap(view: View, words: Words) -> str:
    """Return the most hours a person may count in a month, as the setting says."""
    chosen = next((each.value for each in view.dossier.answer.settings if each.code == "cap_hours"), None)
    try:
        return words.number(Decimal(chosen)) if chosen else words.number(view.full_month or Decimal("151.67"))
    except ArithmeticError:
        return str(chosen)


def owner_line(view: View, words: Words) -> str:
    """Return the second line of the footers: agreement and amendment."""
    return agreement_line(view.dossier.agreement, words)


def agreement_line(agreement: AgreementCard, words: Words) -> str:
    """Name an agreement and its amendment; say when there is none."""
    said = []
    if agreement.number:
        said.append(words.text("Agreement {number}", number=labels.safe(agreement.number, words)))
    if agreement.amendment:
        said.append(words.text("amendment {number}", number=_numbered(agreement.amendment, words)))
    return " · ".join(said) or words.text("No agreement recorded")


def sealed_line(view: View, words: Words) -> str:
    """Return when the claim was sealed, or that it is a draft."""
    sealed = view.dossier.head.sealed_at
    if sealed is None:
        return words.text("Draft, not sealed")
    return words.text("Sealed on {day} at {time}", day=words.day(sealed.date()), time=f"{sealed:%H:%M}")


def _numbered(number: str, words: Words) -> str:
    """Put "n°" before a number that is only figures; leave a name as it is."""
    text = labels.safe(number, words)
    return words.term("number", "no. {number}", number=text) if text[:1].isdigit() else text


def grouped(siret: str) -> str:
    """Write a SIRET in groups, parted by no-break spaces; anything else as it is."""
    digits = "".join(char for char in siret if char.isdigit())
    if len(digits) != 14:
        return siret
    return NBSP.join((digits[:3], digits[3:6], digits[6:9], digits[9:]))


# ---------------------------------------------------------------- part 1


def identification(view: View, words: Words) -> Table:
    """Return the employer, the agreement and who made the claim, label by label."""
    employer, agreement, head = view.dossier.employer, view.dossier.agreement, view.dossier.head
    town = " ".join(part for part in (employer.postcode, employer.town) if part)
    contract = ", ".join(part for part in (_agreement(view, words), labels.safe(agreement.fund, words)) if part)
    author = ", ".join(labels.safe(part, words) for part in (head.author, head.author_quality) if part)
    account = ""
    if employer.iban_end:
        account = words.text("account of the agreement, IBAN ending in {end}", end=employer.iban_end)
    pairs = (
        ("employer", words.term("identification", "Employer"), labels.safe(employer.name, words)),
        ("siret", "SIRET", grouped(employer.siret)),
        (
            "address",
            words.term("identification", "Address"),
            labels.safe(", ".join(part for part in (employer.address, town) if part), words),
        ),
        ("territory", words.term("identification", "Territory"), labels.safe(agreement.territory, words)),
        ("committee", words.term("identification", "Local committee (CLE)"), labels.safe(agreement.committee, words)),
        ("agreement", words.term("identification", "Agreement"), contract),
        ("amendment", words.term("identification", "Amendment in force"), _amendment(view, words)),
        ("department", words.term("identification", "Department"), labels.safe(agreement.departments, words)),
        ("author", words.term("identification", "Prepared by"), author),
        ("sealed", words.term("identification", "Sealed on"), _sealed(view, words)),
        ("account", words.term("identification", "Payment"), account),
    )
    rows = tuple(
        Row((label, value or "–"), Role.SUBTOTAL if key == "employer" else Role.LINE, key)
        for key, label, value in pairs
    )
    return Table("identification", (Column("label", ""), Column("value", "")), rows)


def _sealed(view: View, words: Words) -> str:
    sealed = view.dossier.head.sealed_at
    if sealed is None:
        return words.text("not sealed: draft")
    return words.text("{day} at {time}", day=words.day(sealed.date()), time=f"{sealed:%H:%M}")


def _agreement(view: View, words: Words) -> str:
    agreement = view.dossier.agreement
    if not agreement.number:
        return ""
    number = _numbered(agreement.number, words)
    if agreement.signed_on is None:
        return number
    return words.text("{number} of {day}", number=number, day=words.day(agreement.signed_on))


def _amendment(view: View, words: Words) -> str:
    agreement = view.dossier.agreement
    said = _numbered(agreement.amendment, words) if agreement.amendment else ""
    if said and agreement.amendment_on:
        said = words.text("{number} of {day}", number=said, day=words.day(agreement.amendment_on))
    if agreement.ceiling_fte is None:
        return said
    limit = words.text(
        "ceiling {year}: {fte} FTE", year=view.dossier.head.period[:4], fte=words.fte(agreement.ceiling_fte)
    )
    return f"{said}, {limit}" if said else limit


# ---------------------------------------------------------------- part 2


def parameters(view: View, words: Words) -> Table:
    """Return the dated values that the claim used, with their source; provisional ones are marked."""
    rows = [_parameter_row(used, view, words) for used in view.dossier.answer.parameters]
    agreement = view.dossier.agreement
    if agreement.ceiling_fte is not None and view.used("ceiling_fte") is None:
        source = words.text("Amendment {number}", number=_numbered(agreement.amendment, words))
        if not agreement.amendment:
            source = words.term("parameters", "Agreement")
        row = Row(
            (
                words.term("parameters", "Yearly ceiling"),
                Cell(agreement.ceiling_fte, Kind.FTE, words.term("unit", "FTE")),
                agreement.terms_from or agreement.amendment_on or agreement.signed_on,
                source,
            ),
            key="ceiling_fte",
        )
        place = next((index for index, each in enumerate(rows) if each.key == "others_limit"), len(rows))
        rows.insert(place, row)
    return Table(
        "parameters",
        (
            Column("label", words.term("parameters", "Parameter")),
            Column("value", words.term("parameters", "Value"), Kind.NUMBER, strong=True),
            Column("since", words.term("parameters", "Since"), Kind.DATE),
            Column("source", words.term("parameters", "Source")),
        ),
        tuple(rows),
        empty=words.text("No dated value was used"),
    )


def _parameter_row(used: Used, view: View, words: Words) -> Row:
    source = labels.source(used.source, words)
    source = source[:1].upper() + source[1:]
    if used.provisional:
        last = source.rpartition(" : ")[2]  # "rate of 2025 : order of 2026 awaited": what is awaited says it
        source = words.text("Provisional: {source}", source=last[:1].lower() + last[1:])
    elif used.overridden:
        source = words.text("{source} (of the agreement)", source=source)
    role = Role.MARKED if used.provisional else Role.LINE
    return Row(
        (parameter_name(used.code, words), parameter_cell(used, view, words), used.start, source), role, used.code
    )


def parameter_name(code: str, words: Words) -> str:
    """Name a dated value of the scheme."""
    return labels.said(words.parameter(code), code)


def parameter_cell(used: Used, view: View, words: Words) -> Cell:
    """Return a parameter's value with the unit it is printed with."""
    unit = used.unit
    if unit == "ratio":
        return Cell(used.value, Kind.PERCENT)
    if unit.startswith(view.dossier.answer.currency):
        places = max(2, -int(used.value.as_tuple().exponent))
        return Cell(used.value, Kind.MONEY, currency_sign(view), places)
    if unit == "h":
        return Cell(used.value, Kind.HOURS, "h")
    places = max(0, -int(used.value.as_tuple().exponent))
    return Cell(used.value, Kind.NUMBER, words.term("unit", "FTE") if unit == "FTE" else unit, places)


def settings(view: View, words: Words) -> Table:
    """Return all settings; one that the agreement fixes names the amendment instead of "default"."""
    agreement = view.dossier.agreement
    origin = words.term("parameters", "Agreement")
    short = origin
    if agreement.amendment:
        origin = words.text("amendment {number}", number=_numbered(agreement.amendment, words))
        short = words.term("paper", "am. {number}", number=labels.safe(agreement.amendment, words))
    rows = []
    for setting in view.dossier.answer.settings:
        source = words.term("settings", "default") if setting.default else origin
        mark = "" if setting.default else f" ({short})"
        rows += [
            Row((name, f"{value}{mark}", source), key=setting.code)
            for name, value in _setting_lines(setting.code, setting.value, words)
        ]
    return Table(
        "settings",
        (
            Column("label", words.term("settings", "Setting")),
            Column("value", words.term("settings", "Choice")),
            Column("source", words.term("settings", "Origin")),
        ),
        tuple(rows),
        title=words.term("settings", "Settings"),
        note=words.text("Not fixed by any text: the application’s defaults, to be confirmed by the Fund."),
    )


def _setting_lines(code: str, value: str, words: Words) -> list[tuple[str, str]]:
    """Say a setting in words short enough for paper; rounding takes two lines: how, and in which order."""
    if code == "rounding":
        order = words.text("base, then each part") if value == "per_person" else words.text("on the sum only")
        return [
            (words.text("Rounding"), words.text("to the cent, half up")),
            (words.text("Order, per person") if value == "per_person" else words.text("Order"), order),
        ]
    try:
        name, said = words.setting(code, value)
    except ArithmeticError:  # a number is wanted and something else stands there: shown as it is
        name, said = words.setting(code, "0")[0], value
    if code == "protected_leave":
        name = words.text("Work accident, mat., paternity")
    return [(labels.said(name, code), said)]


# ---------------------------------------------------------------- the amount


def amount(view: View, words: Words) -> Table:
    """Return what is claimed: the month, the corrections, the total; of a corrective version only the difference."""
    columns = (
        Column("label", ""),
        *part_columns(view, words, sign=False),
        Column("total", words.term("list", "Total"), Kind.MONEY, unit=currency_sign(view)),
    )
    if corrective(view):
        return Table("amount", columns, _corrective_amount(view, words))
    period = labels.period(view.dossier.head.period, words)
    month = period[:1].upper() + period[1:]
    listed = view.sums(view.entries)
    rows = [_amount_row(words.text("{month} (nominal list, part 3)", month=month), listed.parts, key="list")]
    rows += [
        _amount_row(adjustment_name(line, words), line.parts, view.parts, key=line.code or "adjustment")
        for line in view.adjustments
    ]
    corrections = corrections_total(view.dossier.corrections, view.parts)
    if view.dossier.corrections:
        periods = sorted({item.period for item in view.dossier.corrections})
        label = words.text(
            "Corrections of earlier months ({months}, part 6.2)",
            months=", ".join(labels.period(item, words) for item in periods),
        )
        rows.append(_amount_row(label, corrections, key="corrections"))
    total = {part: view.dossier.answer.totals.parts[part] + corrections[part] for part in view.parts}
    return Table(
        "amount", columns, tuple(rows), (_amount_row(words.text("Total claimed"), total, role=Role.GRAND, key="total"),)
    )


def _corrective_amount(view: View, words: Words) -> tuple[Row, ...]:
    head = view.dossier.head
    parts = corrections_total(view.dossier.corrections, view.parts)
    before = {part: head.corrects_total.get(part, ZERO) for part in view.parts}
    after = {part: before[part] + parts[part] for part in view.parts}
    label = words.text("Version {number}", number=head.version - 1)
    if head.corrects_sealed_at is not None:
        day = words.day(head.corrects_sealed_at.date())
        label = words.text("Version {number}, claimed on {day}", number=head.version - 1, day=day)
    total = sum(parts.values(), ZERO)
    if total < 0:
        said = words.text("Difference to be taken back by the Fund")
    elif total > 0:
        said = words.text("Difference to be paid by the Fund")
    else:
        said = words.text("Difference")
    return (
        _amount_row(label, before, key="before"),
        _amount_row(said, parts, role=Role.GRAND, key="difference"),
        _amount_row(words.text("After correction"), after, key="after"),
    )


def _amount_row(
    label: str,
    parts: dict[str, Decimal],
    order: tuple[str, ...] | None = None,
    *,
    role: Role = Role.LINE,
    key: str = "",
) -> Row:
    values: list[Value] = [parts.get(part, ZERO) for part in (order or tuple(parts))]
    return Row((label, *values, sum((parts.get(part, ZERO) for part in (order or tuple(parts))), ZERO)), role, key)


# ---------------------------------------------------------------- part 7


def attachment_name(file: FileCard, words: Words) -> str:
    """Name an attached file by its kind; a bare file name is not printed: it may hold a person's name or a reason."""
    known = {
        "annex": words.term("attachment", "Calculation annex (PDF)"),
        "workbook": words.term("attachment", "Workbook of the claim (XLSX)"),
        "vigilance": words.term("attachment", "Urssaf certificate (attestation de vigilance)"),
        "agreement": words.term("attachment", "Agreement"),
        "amendment": words.term("attachment", "Amendment to the agreement"),
        "contract": words.term("attachment", "Contract"),
        "decision": words.term("attachment", "Decision of the local committee"),
        "payslip": words.term("attachment", "Payslips"),
        "payroll": words.term("attachment", "Payroll file"),
    }
    name = labels.safe(file.name, words)
    if file.kind in known:
        return known[file.kind]
    if name and not labels.is_file_name(name):
        return name
    return words.term("attachment", "Supporting document ({kind})", kind=name.rpartition(".")[2].upper())


def attachments(view: View, words: Words) -> Table:
    """Return the attached files with the beginning of their SHA-256."""
    rows = tuple(
        Row((number, attachment_name(file, words), file.day, short_print(file.sha256)), key=file.sha256)
        for number, file in enumerate(view.dossier.attachments, 1)
    )
    return Table(
        "attachments",
        (
            Column("number", words.term("list", "No."), Kind.COUNT),
            Column("label", words.term("attachment", "Document")),
            Column("day", words.term("changes", "Date"), Kind.DATE),
            Column("sha256", words.term("attachment", "SHA-256 (beginning)"), Kind.CODE),
        ),
        rows,
        title=words.text("Attachments"),
        empty=words.text("No attachment"),
        notes=(words.text("Full fingerprints: JSON data of the claim."),) if rows else (),
    )


def declarations(view: View, words: Words) -> Section:
    """Return part 7: what the employer declares, the attachments, the boxes to sign."""
    home = view.dossier.answer.scheme == HOME_SCHEME
    contributions = words.text("The employer is up to date with its social contributions.")
    agreement = view.dossier.facts.agreement
    if agreement is not None and agreement.contributions_valid_until is not None:
        until = words.day(agreement.contributions_valid_until)
        contributions += " " + words.text("Urssaf certificate valid until {day}.", day=until)
    month = labels.of_period(view.dossier.head.period, words)
    statements = [
        words.text(
            "Nobody on the list is employed with another State aid for employment (décret 2021-863, art.\u00a020)."
        )
        if home
        else words.text("Nobody on the list is employed with another public aid for the same job."),
        contributions,
        words.text(
            "The hours of the list are those of the payroll of {month}, but for the gaps explained in part 5.",
            month=month,
        ),
    ]
    if home:
        statements.append(
            words.text("The people with the status PPDE were recognised by the local committee before they were hired.")
        )
    employer = view.dossier.employer
    signatory = ", ".join(labels.safe(part, words) for part in (employer.signatory, employer.signatory_quality) if part)
    name, place, day = (
        words.term("signature", "Name and position"),
        words.term("signature", "Signed at"),
        words.term("signature", "On"),
    )
    boxes = (
        SignatureBox(
            words.term("signature", "Employer"),
            ((name, signatory), (place, ""), (day, "")),
            words.term("signature", "Signature and stamp"),
        ),
        SignatureBox(
            words.term("signature", "Local committee’s visa (if the agreement asks for it)"),
            ((name, ""), (place, ""), (day, "")),
            words.term("signature", "Signature"),
        ),
        SignatureBox(
            words.term("signature", "Reserved for the Fund"),
            (
                (words.term("signature", "Received on"), ""),
                (words.term("signature", "Checked by"), ""),
                (words.term("signature", "Amount granted {currency}", currency=currency_sign(view)), ""),
            ),
            words.term("signature", "Remarks, date and signature"),
            tinted=True,
        ),
    )
    return Section(
        "declarations",
        words.text("Declarations and signatures"),
        "7",
        tables=(attachments(view, words),),
        statements=tuple(statements),
        boxes=boxes,
        notes=(
            words.text("I declare, for the employer named in part 1:"),
            words.text("The boxes are ticked by hand by the signatory."),
        ),
    )
