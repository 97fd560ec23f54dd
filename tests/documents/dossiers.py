"""Fictional dossiers, computed by the real calculator, for the tests of the printed documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

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
from ltu_desktop.rules.facts import Absence, AgreementFact, ContractFact, Facts, PersonFact, PersonMonth
from ltu_desktop.rules.money import ZERO, to_cent
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import sort_key

if TYPE_CHECKING:
    from ltu_desktop.rules.answer import Line

MONTH = Month(2026, 10)
NAMES = (
    "Amrani Samira,Bailleul Thierry,Belkacem Yanis,Berthelot Corinne,Boukhari Fatima,Bruneel Jean-Marc,"
    "Carlier Nathalie,Caudron Anne-Sophie,Cœur Gaël,Costa Manuel,Davaine Béatrice,De_la_Fontaine Nadège,Delannoy Zoé,"
    "Desmet Patrick,Diallo Mamadou,Dubreuil Christelle,El_Haddad Karim,Ferrand Joëlle,Fournier Maxime,"
    "Ghesquière Laurent,Guilbert Sandrine,Hamel Dominique,Herbaut Ludovic,Jankowski Irène,Koné Aïssata,"
    "Kowalczyk Élodie,Lecointe Fabrice,Lefèvre Monique,Lhermitte Bruno,Martel Valérie,Meunier Sébastien,Müller Astrid,"
    "Nguyễn Thị_Hoa,Özdemir Selim,Pavy Jocelyne,Pruvost Rémi,Quint Arnaud,Rasoanaivo Lala,Saint-Maxent Denis,"
    "Szymański Paweł,Traoré Noël,Vandamme Brigitte,Vermeersch Olivier,Zaïdi Leïla"
)
PEOPLE_NAMED = 44
WEEKS = ("35", "24", "30", "26", "24", "35", "35", "20", "35", "35", "24", "28", "24", "35", "35", "17.50")
NIR = "1850578006001"
SICK = "arrêt maladie"


def _name(index: int) -> tuple[str, str]:
    family, first = NAMES.split(",")[index % PEOPLE_NAMED].split(" ")
    tail = ("", " Bis", " Ter", " Quater", " Sexies")[index // PEOPLE_NAMED % 5]
    return family.replace("_", " "), first.replace("_", " ") + tail


def monthly(weekly: Decimal) -> Decimal:
    """Monthly hours of a weekly working time; 35 h are the 151.67 h of a full month."""
    return to_cent(weekly * 52 / 12)


def _month(index: int, hours: Decimal, *, plain: bool) -> PersonMonth:
    """A month: most are plain; in October some have leave, absence, class C, complementary hours or a cap."""
    if plain:
        return PersonMonth(paid_hours=hours)
    if index % 13 == 1:
        absences = (Absence("sick_paid", Decimal("28.00")), Absence("paid_leave", Decimal("7.00")))
        return PersonMonth(paid_hours=hours, absences=absences)
    if index % 11 == 3:
        return PersonMonth(paid_hours=hours - 21, absences=(Absence("unpaid_leave", Decimal("21.00")),))
    if index % 7 == 2:
        return PersonMonth(paid_hours=hours + Decimal("6.00"), complementary_hours=Decimal("6.00"))
    if index % 3 == 0:
        return PersonMonth(paid_hours=hours, absences=(Absence("paid_leave", Decimal("14.00")),))
    return PersonMonth(paid_hours=hours)


def facts(people: int, *, ceiling: Decimal, settings: dict[str, str] | None = None, others: int = 11) -> Facts:
    """People with payroll from January to October 2026; the employer's cost is known; one in `others` is not PPDE."""
    found = []
    for index in range(people):
        weekly = Decimal(WEEKS[index % len(WEEKS)])
        entered = date(2026, 10, 12) if index == 18 else date(2021 + index % 5, 1 + index % 12, 1 + index % 9)
        months = {}
        for month in MONTH.year_so_far():
            if month.last >= entered:
                pay = _month(index, monthly(weekly), plain=month != MONTH)
                months[str(month)] = replace(pay, employer_cost=to_cent(pay.paid_hours * Decimal("13.87")))
        found.append(
            PersonFact(
                id=f"F{index + 101:04d}",
                status="other" if index % others == others // 2 + 1 else "ppde",
                contracts=(ContractFact(entered, None, weekly, Decimal("12.31"), "01", "99"),),
                months=months,
            )
        )
    agreement = AgreementFact(ceiling, settings or {}, (), date(2027, 1, 31))
    return Facts(period=str(MONTH), agreement=agreement, people=tuple(found))


def make(
    people: int = 44,
    *,
    sealed: bool = True,
    ceiling: str = "",
    settings: dict[str, str] | None = None,
    corrections: bool = True,
    names: tuple[tuple[str, str], ...] = (),
    sites: int = 2,
    others: int = 11,
) -> Dossier:
    """Return an initial claim of October 2026 with so many people."""
    limit = Decimal(ceiling or "0") or max(Decimal(1), people * Decimal("0.84"))
    told = facts(people, ceiling=limit, settings=settings, others=others)
    answer = compute(load("fr-tzcld"), told)
    lines = {line.person: line for line in answer.lines if line.person}
    codes = [SiteCard("MO", "Le Moulin"), SiteCard("HA", "La Halle")][: max(1, sites)]
    codes += [SiteCard(f"S{number}", f"Atelier numéro {number}") for number in range(3, sites + 1)]
    cards = []
    for index, person in enumerate(told.people):
        family, first = names[index % len(names)] if names else _name(index)
        site = codes[0 if index % 5 in {0, 1, 3} else index % len(codes)].code
        cards.append(_card(index, person, lines[person.id], PersonCard("", family, first, person.status or "", site)))
    cards.sort(key=lambda card: sort_key(card.name, card.first_names))
    payroll = sum((card.payroll_hours for card in cards), ZERO)
    return Dossier(
        head=ClaimHead(
            id="0199",
            period=str(MONTH),
            version=1,
            author="Nadia Roussel",
            author_quality="responsable administrative",
            sealed_at=datetime(2026, 11, 12, 10, 42, tzinfo=UTC) if sealed else None,
        ),
        employer=EmployerCard(
            name="La Fabrique du Canal, entreprise à but d’emploi (association)",
            siret="12345678200010",
            address="4 quai du Moulin",
            postcode="59999",
            town="Rives-la-Deûle",
            iban_end="2407",
            signatory="Hélène Vasseur",
            signatory_quality="présidente",
        ),
        agreement=AgreementCard(
            number="2021-059-14",
            signed_on=date(2021, 6, 28),
            fund="Fonds ETCLD",
            territory="Rives-la-Deûle – quartiers du Moulin et de la Halle",
            committee="CLE de Rives-la-Deûle",
            departments="Nord (59)",
            amendment="6",
            amendment_on=date(2025, 12, 15),
            ceiling_fte=limit,
        ),
        facts=told,
        answer=answer,
        sites=tuple(codes),
        people=tuple(cards),
        bridge=_bridge(cards, lines),
        changes=_changes(told),
        corrections=_corrections() if corrections and people > 23 else (),
        payroll_files=(
            FileCard("dsn-2026-10.dsn", date(2026, 11, 10), "4c1977e0a2bd" + "0" * 52, "dsn", "P26V01", "01", payroll),
        ),
        attachments=(
            FileCard("Attestation de vigilance Urssaf", date(2026, 7, 31), "e2d40a965b1c" + "1" * 52, "vigilance"),
            FileCard("avenant-6.pdf", date(2025, 12, 15), "90cf37b8d652" + "2" * 52, "amendment"),
        ),
        program="LTU Desktop 0.1.0",
    )


def _card(index: int, person: PersonFact, line: Line, card: PersonCard) -> PersonCard:
    back = {9: Decimal("-14.00"), 23: Decimal("7.00")}.get(index, ZERO)
    remarks = []
    if index == 18:
        remarks.append(Remark("entry", {"day": date(2026, 10, 12)}))
    if index == 4:
        figures = {"before": Decimal("20.00"), "after": Decimal("24.00")}
        remarks.append(Remark("hours_change", {"day": date(2026, 10, 1)}, figures))
    if line.over_cap:
        remarks.append(Remark("cap", figures={"hours": line.quantity}))
    if line.hours_c:
        remarks.append(Remark("class_c", figures={"hours": line.hours_c}))
    if back:
        remarks.append(Remark("correction", {"month": date(2026, 9, 1)}))
    contract = person.contracts[0]
    return replace(
        card,
        id=person.id,
        entry=contract.start,
        exit=date(2026, 10, 16) if index == 41 else None,
        weekly_hours=contract.weekly_hours,
        contract_hours=monthly(contract.weekly_hours or ZERO),
        payroll_hours=line.paid_hours + back,
        back_pay_hours=back,
        source_file="dsn-2026-10.dsn",
        source_line=318 + 53 * index,
        remarks=tuple(remarks),
    )


def _bridge(cards: list[PersonCard], lines: dict[str, Line]) -> tuple[BridgeStep, ...]:
    listed = [lines[card.id] for card in cards]
    steps = (
        ("payroll", [card.payroll_hours for card in cards]),
        ("back_pay", [-card.back_pay_hours for card in cards]),
        ("class_c", [-line.hours_c for line in listed]),
        ("cap", [-line.over_cap for line in listed]),
        ("claim", [line.quantity for line in listed]),
    )
    ends = {"payroll", "claim"}
    return tuple(
        BridgeStep(code, len(hours) if code in ends else sum(1 for each in hours if each), sum(hours, ZERO))
        for code, hours in steps
        if code in ends or any(hours)
    )


def _changes(told: Facts) -> tuple[Change, ...]:
    ids = {person.id for person in told.people}
    every = (
        Change("entry", "F0119", date(2026, 10, 12), None, Decimal("30.00"), detail="2026-31"),
        Change("exit", "F0142", date(2026, 10, 16), Decimal("24.00"), None, reason="059"),
        Change("exit", "F0143", date(2026, 10, 30), Decimal("35.00"), None, reason="091", detail=SICK),
        Change("hours", "F0105", date(2026, 10, 1), Decimal("20.00"), Decimal("24.00")),
    )
    return tuple(change for change in every if change.person in ids)


def parts_of(hours: str) -> dict[str, Decimal]:
    """The two parts of some hours at 12.31 €, 95 % and 15 %, each step rounded."""
    state = to_cent(to_cent(Decimal("12.31") * Decimal(hours)) * Decimal("0.95"))
    return {"state": state, "department": to_cent(state * Decimal("0.15"))}


def _correction(person: str, before: str, after: str, reason: str, period: str = "2026-09") -> Correction:
    return Correction(
        period=period,
        version=1,
        sha256="88b041fd07c2" + "3" * 52,
        person=person,
        hours_before=Decimal(before),
        hours_after=Decimal(after),
        parts_before=parts_of(before),
        parts_after=parts_of(after),
        reason=reason,
    )


def _corrections() -> tuple[Correction, ...]:
    return (
        _correction("F0110", "151.67", "137.67", "Bulletin rectifié le 06/10"),
        _correction("F0124", "97.00", "104.00", "dsn-2026-10.dsn"),
    )


def corrective(people: int = 44, *, changed: int = 3, sealed: bool = True) -> Dossier:
    """Return a second version of October 2026 that differs in some lines."""
    first = make(people)
    pairs = (("104.00", "97.00"), ("116.67", "123.67"), ("104.00", "98.80"))
    items = tuple(
        _correction(first.people[index].id, *pairs[index % 3], "Bulletin rectifié le 27/11", str(MONTH))
        for index in range(changed)
    )
    head = replace(
        first.head,
        version=2,
        sealed_at=datetime(2026, 12, 3, 9, 15, tzinfo=UTC) if sealed else None,
        corrects=sealed_print(first),
        corrects_sealed_at=first.head.sealed_at,
        corrects_total=dict(first.answer.totals.parts),
        reason="bulletins rectifiés par le cabinet de paie",
    )
    return replace(first, head=head, corrections=items)


def hostile(people: int = 30) -> Dossier:
    """Return a claim whose free texts hold what paper must not show, and names of sixty letters."""
    long = (
        "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis",
        "Marie-Amélie Joséphine Wilhelmine Ségolène",
    )
    dossier = make(people, names=(long, ("O’Connor", "Ŧara"), ("NGUYỄN\u200b", "Thị\nHoa"), ("Zoe\u0308", "É")))
    spaced = "1 85 05 78 006 001 36"
    cards = tuple(
        replace(
            card,
            name=f"{card.name} {NIR}" if index == 3 else card.name,
            source_file=f"{NIR}.dsn",
            remarks=(*card.remarks, Remark("class_c"), Remark("cap", figures={"hours": Decimal("151.67")})),
        )
        for index, card in enumerate(dossier.people)
    )
    return replace(
        dossier,
        people=cards,
        employer=replace(dossier.employer, name=f"Employeur {spaced}"),
        head=replace(dossier.head, author=f"Nadia {NIR}36", reason=spaced),
        payroll_files=(replace(dossier.payroll_files[0], name=f"dsn-{NIR}.dsn"),),
        attachments=(FileCard(f"{SICK} {NIR}.pdf", date(2026, 10, 1), "a" * 64), *dossier.attachments),
        corrections=tuple(replace(item, reason=f"voir {spaced}") for item in dossier.corrections),
    )


def sealed_print(dossier: Dossier) -> str:
    """The SHA-256 of a dossier's canonical data."""
    return fingerprint(canonical(dossier))
