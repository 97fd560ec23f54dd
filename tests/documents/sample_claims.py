"""Fictional claims for tests of documents: computed by the calculator, so that each line has its real steps."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from ltu_desktop.rules import packs
from ltu_desktop.rules.answer import Answer
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.dossier import (
    AgreementCard,
    BridgeStep,
    Change,
    ClaimHead,
    Correction,
    Dossier,
    EmployerCard,
    FileCard,
    PersonCard,
    Remark,
    SiteCard,
    canonical,
    fingerprint,
)
from ltu_desktop.rules.facts import Absence, AgreementFact, ContractFact, Facts, Override, PersonFact, PersonMonth
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.text import fold

SEALED_AT = datetime(2026, 11, 12, 10, 42, tzinfo=UTC)
FULL = Decimal("151.67")

# number, name, first names, status, site, entry, weekly hours, paid, paid leave (A), unpaid (B), sick with pay (C)
_KNOWN = (
    ("F0102", "Amrani", "Samira", "ppde", "MO", "2021-09-06", "35", "151.67", "14.00", "0", "0"),
    ("F0110", "Bailleul", "Thierry", "ppde", "MO", "2022-03-01", "24", "104.00", "0", "0", "0"),
    ("F0130", "Belkacem", "Yanis", "ppde", "HA", "2024-05-13", "30", "130.00", "0", "0", "0"),
    ("F0103", "Berthelot", "Corinne", "ppde", "MO", "2021-09-06", "26", "112.67", "0", "0", "0"),
    ("F0116", "Boukhari", "Fatima", "ppde", "HA", "2022-10-03", "24", "104.00", "7.00", "0", "0"),
    ("F0101", "Carlier", "Nathalie", "other", "MO", "2021-07-01", "35", "151.67", "0", "0", "0"),
    ("F0113", "Cœur", "Gaël", "ppde", "MO", "2022-06-07", "35", "151.67", "3.50", "0", "0"),
    ("F0108", "De La Fontaine", "Nadège", "ppde", "HA", "2022-01-10", "28", "121.33", "7.00", "0", "0"),
    ("F0128", "Delannoy", "Zoé", "ppde", "MO", "2024-03-04", "24", "110.00", "6.00", "0", "0"),
    ("F0104", "Desmet", "Patrick", "ppde", "MO", "2021-09-06", "35", "151.67", "21.00", "0", "28.00"),
    ("F0121", "Diallo", "Mamadou", "ppde", "MO", "2023-05-02", "35", "130.67", "0", "21.00", "0"),
    ("F0115", "El Haddad", "Karim", "ppde", "MO", "2022-09-05", "35", "156.67", "0", "0", "0"),
    ("F0125", "Ferrand", "Joëlle", "ppde", "HA", "2023-11-06", "24", "89.60", "0", "14.40", "0"),
    ("F0144", "Fournier", "Maxime", "ppde", "MO", "2026-10-12", "24", "70.91", "0", "0", "0"),
    ("F0124", "Vandamme", "Brigitte", "ppde", "HA", "2023-10-02", "24", "56.73", "7.00", "0", "0"),
    ("F0142", "Zaïdi", "Leïla", "ppde", "HA", "2026-05-04", "24", "104.00", "0", "0", "0"),
)
_FAMILY = (
    "Lhermitte",
    "Jankowski",
    "Lefèvre",
    "Costa",
    "Quint",
    "Traoré",
    "Vermeersch",
    "Œuvrard",
    "Nguyen",
    "D’Hondt",
)
_FIRST = ("Irène", "Bruno", "Noël", "Olivier", "Éloïse", "Arnaud", "Thi Mai", "Anne-Sophie")


@cache
def pack() -> packs.Pack:
    """The home scheme, read once."""
    return packs.load("fr-tzcld")


def facts(count: int = 20, *, settings: dict[str, str] | None = None, overrides: tuple[Override, ...] = ()) -> Facts:
    """Facts of October 2026 for some people: the known ones first, then made-up ones, always the same."""
    chance = random.Random(7)
    people = []
    for index in range(count):
        if index < len(_KNOWN):
            number, _, _, status, _, entry, weekly, paid, a, b, c = _KNOWN[index]
        else:
            hours = chance.choice(("75.83", "86.67", "104.00", "121.33", "130.00", "151.67", "151.67"))
            paid = f"{Decimal(hours) - Decimal(chance.randrange(0, 900)) / 100 * chance.choice((0, 1)):.2f}"
            number, status, entry = f"F{1000 + index}", "other" if index % 17 == 0 else "ppde", "2024-01-08"
            weekly, a, b, c = "28", chance.choice(("0", "7.00")), chance.choice(("0", "0", "3.50")), "0"
        kinds = (("paid_leave", a), ("unpaid_leave", b), ("sick_paid", c))
        absences = tuple(Absence(kind, Decimal(hours)) for kind, hours in kinds if Decimal(hours))
        month = PersonMonth(Decimal(paid), Decimal(paid) * Decimal("12.31"), absences=absences)
        contract = ContractFact(date.fromisoformat(entry), None, Decimal(weekly), Decimal("12.31"), "01", "99")
        people.append(PersonFact(number, status, (contract,), {"2026-10": month}))
    return Facts("2026-10", AgreementFact(Decimal(36), settings or {}, overrides, date(2027, 1, 31)), tuple(people))


def answer(given: Facts) -> Answer:
    """Compute the facts by the home scheme."""
    return compute(pack(), given)


def dossier(
    count: int = 20,
    *,
    settings: dict[str, str] | None = None,
    overrides: tuple[Override, ...] = (),
    corrections: tuple[Correction, ...] | None = None,
    version: int = 1,
    sealed: bool = True,
) -> Dossier:
    """A whole claim of October 2026; a version above 1 is a corrective one, with three differences."""
    given = facts(count, settings=settings, overrides=overrides)
    found = answer(given)
    cards = [_card(index, person) for index, person in enumerate(given.people)]
    if corrections is None:
        corrections = DIFFERENCES if version > 1 else CORRECTIONS
    paid = sum((line.paid_hours for line in found.lines), ZERO)
    class_c = sum((line.hours_c for line in found.lines), ZERO)
    over_cap = sum((line.over_cap for line in found.lines), ZERO)
    claimed = sum((line.quantity for line in found.lines if line.person), ZERO)
    steps = (
        BridgeStep("payroll", len(cards), paid),
        BridgeStep("class_c", 1, -class_c),
        BridgeStep("cap", 1, -over_cap),
        BridgeStep("claim", len(cards), claimed),
    )
    changes = (
        Change("entry", "F0144", date(2026, 10, 12), None, Decimal("24.00"), detail="CDI ; décision 2026-31"),
        Change("exit", "F0124", date(2026, 10, 16), Decimal("24.00"), None, "059"),
        Change("hours_change", "F0116", date(2026, 10, 1), Decimal("20.00"), Decimal("24.00")),
    )
    head = ClaimHead(
        id="0198",
        period="2026-10",
        version=version,
        author="Nadia Roussel",
        author_quality="responsable administrative",
        sealed_at=SEALED_AT if sealed else None,
        corrects="d3f1be2ed8c6" + "0" * 52 if version > 1 else "",
        corrects_sealed_at=SEALED_AT if version > 1 else None,
        corrects_total={"state": Decimal("62366.07"), "department": Decimal("9354.88")} if version > 1 else {},
        reason="Bulletins rectifiés" if version > 1 else "",
    )
    return Dossier(
        head=head,
        employer=EmployerCard(
            "La Fabrique du Canal, entreprise à but d’emploi (association)",
            "12345678200010",
            "4 quai du Moulin",
            "59999",
            "Rives-la-Deûle",
            "2407",
            "Hélène Vasseur",
            "présidente",
        ),
        agreement=AgreementCard(
            "2021-059-14",
            date(2021, 6, 28),
            "Fonds ETCLD",
            "Rives-la-Deûle – quartiers du Moulin et de la Halle",
            "CLE de Rives-la-Deûle",
            "Nord (59)",
            "6",
            date(2025, 12, 15),
            Decimal(36),
        ),
        facts=given,
        answer=found,
        sites=(SiteCard("MO", "Le Moulin"), SiteCard("HA", "La Halle")),
        people=tuple(sorted(cards, key=lambda card: fold(f"{card.name} {card.first_names}"))),
        bridge=steps,
        changes=changes if count >= len(_KNOWN) else (),
        corrections=corrections,
        payroll_files=(FileCard("dsn-2026-10.dsn", date(2026, 11, 10), "4c1977e0a2bd" + "1" * 52, "dsn", "P26V01"),),
        attachments=(FileCard("Attestation de vigilance", date(2026, 7, 31), "e2d40a965b1c" + "2" * 52, "vigilance"),),
        program="LTU Desktop",
    )


def seal(given: Dossier) -> str:
    """The SHA-256 of a dossier's canonical form."""
    return fingerprint(canonical(given))


def _card(index: int, person: PersonFact) -> PersonCard:
    month = person.months["2026-10"]
    weekly = person.contracts[0].weekly_hours or Decimal(35)
    if index < len(_KNOWN):
        _, name, first, _, site, entry, *_ = _KNOWN[index]
    else:
        name = f"{_FAMILY[index % len(_FAMILY)]}-{chr(65 + index // 26 % 26)}{chr(97 + index % 26)}"
        first, site, entry = _FIRST[index % len(_FIRST)], ("MO", "HA")[index % 2], "2024-01-08"
    remarks = []
    if month.paid_hours > FULL:
        remarks.append(Remark("cap", figures={"hours": FULL}))
    if any(absence.kind == "sick_paid" for absence in month.absences):
        remarks.append(Remark("class_c"))
    if entry.startswith("2026-10"):
        remarks.append(Remark("entry", {"day": date.fromisoformat(entry)}))
    if person.id == "F0116":
        figures = {"before": Decimal(20), "after": Decimal(24)}
        remarks.append(Remark("hours_change", {"day": date(2026, 10, 1)}, figures))
    return PersonCard(
        person.id,
        name,
        first,
        person.status or "",
        site,
        date.fromisoformat(entry),
        date(2026, 10, 16) if person.id == "F0124" else None,
        weekly,
        (weekly / 35 * FULL).quantize(Decimal("0.01")),
        month.paid_hours,
        source_file="dsn-2026-10.dsn",
        source_line=100 + index,
        remarks=tuple(remarks),
    )


def _correction(period: str, person: str, hours: str, states: str, departments: str, reason: str) -> Correction:
    before, after = (Decimal(value) for value in hours.split())
    state, department = (tuple(Decimal(value) for value in each.split()) for each in (states, departments))
    return Correction(
        period,
        1,
        "88b041fd07c2" + "3" * 52,
        person,
        before,
        after,
        {"state": state[0], "department": department[0]},
        {"state": state[1], "department": department[1]},
        reason,
    )


CORRECTIONS = (
    _correction("2026-09", "F0102", "151.67 137.67", "1773.71 1609.98", "266.06 241.50", "Bulletin rectifié le 06/10"),
    _correction("2026-09", "F0110", "97.00 104.00", "1134.37 1216.23", "170.16 182.43", "Rappel de paie"),
)
"""Two differences of September: −188.29 and +94.13."""

DIFFERENCES = (
    _correction("2026-10", "F0110", "104.00 97.00", "1216.23 1134.37", "182.43 170.16", "Bulletin rectifié le 27/11"),
    _correction("2026-10", "F0130", "116.67 123.67", "1364.40 1446.26", "204.66 216.94", "Bulletin rectifié le 27/11"),
    _correction("2026-10", "F0142", "104.00 98.80", "1216.23 1155.42", "182.43 173.31", "Heures mal reprises"),
)
"""Three differences with version 1: −94.13, +94.14, −69.93."""
