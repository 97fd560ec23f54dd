"""A month's dossier, worked out of the file: figures, people, payroll bridge, changes, corrections. Writes nothing.

What is claimed for a month is a ledger: the sum of all lines that name it, whichever claim holds them. A correction,
in a corrective version or in part 6.2 of a later claim, is recomputed minus ledger, line by line. So the versions of
a month always add up to the month recomputed, and nothing can be asked for twice.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop import __version__
from ltu_desktop.actions import claim_checks, employment
from ltu_desktop.actions.concordance import open_matches
from ltu_desktop.queries import claim_cards, claim_facts
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.queries.claims import Due
from ltu_desktop.queries.eligibility import open_points
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.dossier import (
    BridgeStep,
    Change,
    ClaimHead,
    Correction,
    Dossier,
    EmployerCard,
    PersonCard,
    Remark,
)
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from ltu_desktop.queries.attendance_rows import MonthGrid
    from ltu_desktop.queries.claim_cards import Payroll, PersonRow
    from ltu_desktop.queries.claim_facts import Source
    from ltu_desktop.queries.claims import ClaimRow, Key, Ledger
    from ltu_desktop.rules.answer import Answer, Line
    from ltu_desktop.rules.facts import Facts
    from ltu_desktop.rules.packs import Pack

PROGRAM = f"LTU Desktop {__version__}"


@dataclass(frozen=True)
class ClaimedLine:
    """A line to be written with a claim: for whom, for which month, how much."""

    key: Key
    month: Month
    status: str
    quantity: Decimal
    parts: dict[str, Decimal]


@dataclass(frozen=True)
class Difference:
    """A line of an earlier version that has become another one."""

    key: Key
    status: str
    before: Due
    after: Due

    def line(self, month: Month) -> ClaimedLine:
        """Return the line that makes up the difference."""
        parts = {
            part: self.after.parts.get(part, ZERO) - self.before.parts.get(part, ZERO)
            for part in [*self.after.parts, *(part for part in self.before.parts if part not in self.after.parts)]
        }
        return ClaimedLine(self.key, month, self.status, self.after.quantity - self.before.quantity, parts)


@dataclass(frozen=True)
class Draft:
    """A dossier without seal and the lines that sealing it writes; `versions` are the month's own, latest first."""

    dossier: Dossier
    lines: tuple[ClaimedLine, ...]
    versions: tuple[ClaimRow, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def total(self) -> Decimal:
        """What this version asks for."""
        return sum((amount for line in self.lines for amount in line.parts.values()), ZERO)

    @property
    def hours(self) -> Decimal:
        """Hours of the claimed month in this version (of a corrective one, the difference)."""
        month = self.dossier.head.period
        return sum((line.quantity for line in self.lines if str(line.month) == month), ZERO)


class _Prints(msgspec.Struct):
    """The part of a sealed dossier that tells whether a month must be computed again."""

    facts_prints: dict[str, str] = {}


def differences(ledger: Ledger, lines: Iterable[Line], ids: dict[str, bytes]) -> list[Difference]:
    """Compare what was claimed with what is now computed; equal lines are left out."""
    before = dict(ledger)
    found = []
    for line in lines:
        key: Key = (ids[line.person], "") if line.person is not None else (None, line.code)
        old, new = before.pop(key, Due()), Due(line.quantity, dict(line.parts))
        found.append(Difference(key, line.status, old, new))
    found += [Difference(key, "", old, Due(ZERO, dict.fromkeys(old.parts, ZERO))) for key, old in before.items()]
    return [each for each in found if not _same(each.before, each.after)]


def _same(before: Due, after: Due) -> bool:
    parts = before.parts.keys() | after.parts.keys()
    return before.quantity == after.quantity and all(
        before.parts.get(part, ZERO) == after.parts.get(part, ZERO) for part in parts
    )


def draft(
    connection: Connection, month: Month, scheme: str, *, author: str, today: date, grid: MonthGrid | None = None
) -> Draft:
    """Work out a month's next version: the initial one with corrections of earlier months, or a corrective one.

    `grid` is the month's attendance, where it was read already.
    """
    return _Work(connection, month, scheme, author, today, grid).draft()


class _Work:
    """One preparation: what was read, once, for all parts of the dossier."""

    def __init__(
        self, connection: Connection, month: Month, scheme: str, author: str, today: date, grid: MonthGrid | None
    ) -> None:
        self.connection, self.month, self.author, self.today, self.grid = connection, month, author, today, grid
        self.pack: Pack = load_pack(scheme)
        self.latest_first = claim_rows.claims(connection, scheme)
        self.versions = tuple(each for each in self.latest_first if each.month == month)
        self.earlier = sorted(
            (each for each in self.latest_first if each.month < month and each.number == 1),
            key=lambda each: each.month,
        )
        self.latest = {each.month: each for each in reversed(self.latest_first)}
        first = month if self.versions or not self.earlier else self.earlier[0].month
        self.source: Source = claim_facts.load(connection, first, month, scheme)
        self.paid_months = claim_rows.payroll_months(connection)
        self.facts = self.source.facts(month)
        self.prints = {str(month): self._print(self.facts)}
        self.answer: Answer = compute(self.pack, self.facts)
        self.people = claim_cards.people(connection)
        self.ids = {person.staff_number: person.id for person in self.people.values()}
        self.places = {key: place for place, key in enumerate(self.people)}
        self.payroll = claim_cards.payroll(connection, month)
        self.workers = {worker.person_id: worker for worker in self.source.workers}

    def draft(self) -> Draft:
        """Put the parts together."""
        own: list[Difference] = []
        corrections: list[Correction] = []
        lines: list[ClaimedLine] = []
        if self.versions:
            own = self._differences(self.month, self.answer)
            corrections = [self._correction(each, self.versions[0]) for each in own]
            lines = [each.line(self.month) for each in own]
        else:
            lines = [
                ClaimedLine(
                    (self.ids[line.person], "") if line.person is not None else (None, line.code),
                    self.month,
                    line.status,
                    line.quantity,
                    dict(line.parts),
                )
                for line in self.answer.lines
            ]
            lines.sort(key=lambda line: self._place(line.key))
            for claim, changed in self._earlier_changes():
                corrections += [self._correction(each, self.latest[claim.month]) for each in changed]
                lines += [each.line(claim.month) for each in changed]
        dossier = self._dossier(tuple(corrections))
        return Draft(dossier, tuple(lines), self.versions, tuple(own))

    # -------------------------------------------------------- corrections

    def _earlier_changes(self) -> list[tuple[ClaimRow, list[Difference]]]:
        """Recompute the earlier claimed months whose facts are not those on which they were last computed."""
        found = []
        known = self._known_prints() if self.earlier else {}
        for claim in self.earlier:
            name = str(claim.month)
            if claim.month not in self.paid_months:
                continue  # its payroll was taken back: a check says so, nothing is claimed back silently
            facts = self.source.facts(claim.month)
            self.prints[name] = self._print(facts)
            if self.prints[name] == known.get(name):
                continue
            changed = self._differences(claim.month, compute(self.pack, facts))
            if changed:
                found.append((claim, changed))
        return found

    def _differences(self, month: Month, answer: Answer) -> list[Difference]:
        """Compare a month computed with what is claimed for it, in the order of the nominal list."""
        ledger = claim_rows.ledger(self.connection, self.pack.code, month)
        return sorted(differences(ledger, answer.lines, self.ids), key=lambda each: self._place(each.key))

    def _place(self, key: Key) -> tuple[int, str]:
        """Return where a line stands in the list: people by name, then adjustments of the whole claim."""
        person, code = key
        return (len(self.places), code) if person is None else (self.places[person], code)

    def _print(self, facts: Facts) -> str:
        """Return what stands for a computation: its facts and its rules."""
        return hashlib.sha256(self.pack.version.encode() + msgspec.json.encode(facts)).hexdigest()

    def _known_prints(self) -> dict[str, str]:
        """Return the prints on which months were last computed, from the newest initial claim and what followed it."""
        by_age = sorted(self.latest_first, key=lambda claim: claim.id)
        start = max(index for index, claim in enumerate(by_age) if claim.number == 1)
        found: dict[str, str] = {}
        for claim in by_age[start:]:
            data = claim_rows.sealed_data(self.connection, claim.id)
            found |= msgspec.json.decode(data, type=_Prints).facts_prints
        return found

    def _correction(self, each: Difference, origin: ClaimRow) -> Correction:
        person, code = each.key
        return Correction(
            period=str(origin.month),
            version=origin.number,
            sha256=origin.sha256,
            person=self.people[person].staff_number if person is not None else "",
            hours_before=each.before.quantity,
            hours_after=each.after.quantity,
            parts_before=self._ordered(each.before.parts),
            parts_after=self._ordered(each.after.parts),
            reason=code if person is None else self._cause(person, origin.month),
        )

    def _ordered(self, parts: dict[str, Decimal]) -> dict[str, Decimal]:
        """Return parts in the scheme's order; one that the scheme no longer has comes last."""
        order = [*self.answer.totals.parts, *parts]
        return {part: parts[part] for part in order if part in parts}

    def _cause(self, person: bytes, month: Month) -> str:
        """Name the payroll file of another month that paid a person for the corrected one, if one did."""
        payroll = self.payroll.get(person)
        if payroll is None:
            return ""
        return payroll.late_file if month == self.month else payroll.back_pay_files.get(str(month), "")

    # -------------------------------------------------------- the dossier

    def _dossier(self, corrections: tuple[Correction, ...]) -> Dossier:
        agreement = self.source.agreement_in_force(self.month)
        agreement_id = agreement.id if agreement else None
        employer = claim_cards.employer_card(self.connection)
        changes = self._changes()
        bridge = self._bridge()
        problems = claim_checks.problems(self._situation(employer, changes, bridge, corrections))
        claimed = {line.person for line in self.answer.lines}
        # without the month's payroll everybody lacks it: that is said once, not for each person
        told = [each for each in self.answer.problems if each.code != "no_payroll" or self.month in self.paid_months]
        return Dossier(
            head=self._head(employer),
            employer=employer or EmployerCard(name=""),
            agreement=claim_cards.agreement_card(self.connection, agreement_id, self.month),
            facts=self.facts,
            answer=msgspec.structs.replace(self.answer, problems=(*told, *problems)),
            sites=claim_cards.sites(self.connection),
            people=self._cards(changes, corrections),
            bridge=bridge,
            changes=changes,
            corrections=corrections,
            payroll_files=claim_cards.payroll_files(self.connection, self.month),
            attachments=claim_cards.attachments(self.connection, agreement_id),
            in_payroll_not_claimed=sum(
                1 for key, each in self.payroll.items() if each.worked and self.people[key].staff_number not in claimed
            ),
            claimed_not_in_payroll=sum(
                1 for line in self.answer.lines if line.person is not None and not self._payroll(line.person).in_files
            ),
            facts_prints=self.prints,
            program=PROGRAM,
        )

    def _situation(
        self,
        employer: EmployerCard | None,
        changes: tuple[Change, ...],
        bridge: tuple[BridgeStep, ...],
        corrections: tuple[Correction, ...],
    ) -> claim_checks.Situation:
        agreement = self.source.agreement_in_force(self.month)
        points = open_points(self.connection, self.month.last)
        return claim_checks.Situation(
            month=self.month,
            today=self.today,
            employer=employer,
            has_agreement=agreement is not None,
            agreement_start=agreement.start if agreement else None,
            has_ceiling=self.facts.agreement is not None and self.facts.agreement.ceiling_fte is not None,
            has_certificate=self.source.contributions_valid_until is not None,
            answer=self.answer,
            bridge=bridge,
            exits=[(each.person, each.day) for each in changes if each.kind == "exit" and not each.reason],
            corrections=() if self.versions else corrections,
            payroll=self.paid_months,
            payroll_sirets=claim_cards.payroll_sirets(self.connection, self.month),
            claimed=[each.month for each in self.earlier],
            matches=open_matches(
                self.connection, self.month, self.source, self.answer, self.pack.scheme.code, self.grid
            ),
            points={self.people[key].staff_number: states for key, states in points.items()},
            last_total=self.earlier[-1].total if self.earlier else None,
        )

    def _head(self, employer: EmployerCard | None) -> ClaimHead:
        quality = claim_cards.operator_quality(self.connection, self.author)
        if not quality and employer is not None and employer.signatory == self.author:
            quality = employer.signatory_quality
        head = ClaimHead(id="", period=str(self.month), version=1, author=self.author, author_quality=quality)
        if not self.versions:
            return head
        corrected = self.versions[0]
        return msgspec.structs.replace(
            head,
            version=corrected.number + 1,
            corrects=corrected.sha256,
            corrects_sealed_at=corrected.sealed_at,
            corrects_total=claim_rows.asked_by_part(self.connection, self.pack.code, self.month),
        )

    def _payroll(self, staff_number: str) -> Payroll:
        return self.payroll.get(self.ids[staff_number]) or claim_cards.Payroll()

    def _cards(self, changes: tuple[Change, ...], corrections: tuple[Correction, ...]) -> tuple[PersonCard, ...]:
        """Return the cards of all whom the claim names, in the order of the nominal list."""
        lines = {line.person: line for line in self.answer.lines if line.person is not None}
        named = lines.keys() | {change.person for change in changes} | {each.person for each in corrections}
        named |= {person.id for person in self.facts.people if str(self.month) in person.months}
        corrected = {each.person: Month.parse(each.period) for each in reversed(corrections) if not self.versions}
        own: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            own[change.person].append(change)
        return tuple(
            self._card(
                person,
                lines.get(person.staff_number),
                own.get(person.staff_number, ()),
                corrected.get(person.staff_number),
            )
            for person in self.people.values()
            if person.staff_number in named
        )

    def _card(
        self, person: PersonRow, line: Line | None, changes: Sequence[Change], corrected: Month | None
    ) -> PersonCard:
        payroll = self._payroll(person.staff_number)
        worker = self.workers.get(person.id)
        stretch = employment.last_stretch(worker, self.month)
        remarks = [employment.remark(change) for change in changes]
        remarks += self._figures(person, line, payroll)
        if corrected is not None:
            remarks.append(Remark("correction", {"month": corrected.first}))
        end = employment.last_day(worker, self.month)
        return PersonCard(
            id=person.staff_number,
            name=person.name,
            first_names=person.first_names,
            status=person.status or "",
            site=person.site,
            entry=employment.first_day(worker, self.month),
            exit=end,
            weekly_hours=stretch.weekly_hours if stretch else None,
            contract_hours=stretch.monthly_hours if stretch else None,
            payroll_hours=payroll.own + payroll.back_pay,
            back_pay_hours=payroll.back_pay - payroll.late,
            source_file=payroll.file,
            source_line=payroll.line,
            remarks=tuple(remarks),
        )

    def _figures(self, person: PersonRow, line: Line | None, payroll: Payroll) -> list[Remark]:
        if line is None:
            return []
        worker = self.workers.get(person.id)
        pay = worker.months.get(str(self.month)) if worker else None
        found = []
        if pay is not None and pay.complementary_hours:
            found.append(Remark("complementary", figures={"hours": pay.complementary_hours}))
        if line.over_cap:
            found.append(Remark("cap", figures={"hours": line.quantity}))
        if line.hours_c:
            found.append(Remark("class_c", figures={"hours": line.hours_c}))
        if not payroll.in_files:
            found.append(Remark("no_payroll"))
        return found

    # -------------------------------------------------------- payroll to claim

    def _bridge(self) -> tuple[BridgeStep, ...]:
        """Lead from the control totals of the payroll files to the claimed hours, in named steps."""
        files = claim_cards.payroll_files(self.connection, self.month)
        lines = [line for line in self.answer.lines if line.person is not None]
        claimed = {line.person for line in lines}
        unclaimed = [each.worked for key, each in self.payroll.items() if self.people[key].staff_number not in claimed]
        calendar = [line.paid_hours - self._payroll(line.person or "").worked for line in lines]
        if not any(step.code == "calendar_hours" for line in lines for step in line.steps):
            calendar = []  # hours paid are claimed as they are: a difference would be unexplained
        control = sum((each.hours or ZERO for each in files if each.kind == "dsn"), ZERO)
        control += sum((each.listed for each in self.payroll.values()), ZERO)
        steps = {
            "back_pay": [each.late - each.back_pay for each in self.payroll.values()],
            "unclaimed": [-hours for hours in unclaimed],
            "calendar": calendar,
            "class_c": [-line.hours_c for line in lines],
            "added": [line.quantity - (line.paid_hours - line.hours_c - line.over_cap) for line in lines],
            "cap": [-line.over_cap for line in lines],
        }
        found = [BridgeStep("payroll", sum(1 for each in self.payroll.values() if each.in_files), control)]
        for code, hours in steps.items():
            if any(hours):
                found.append(BridgeStep(code, sum(1 for each in hours if each), sum(hours, ZERO)))
        found.append(BridgeStep("claim", len(lines), sum((line.quantity for line in lines), ZERO)))
        return tuple(found)

    # -------------------------------------------------------- changes since last month

    def _changes(self) -> tuple[Change, ...]:
        """Return entries, exits and changes of weekly hours of the month, in the order of the nominal list."""
        known = [(self.workers[key], person) for key, person in self.people.items() if key in self.workers]
        return tuple(change for worker, person in known for change in employment.changes(worker, person, self.month))
