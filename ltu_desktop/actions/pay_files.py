"""Payroll files in the register: which ones count, which a new one replaces, and what months come to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.imports import FieldChange, ReplacedFile
from ltu_desktop.queries.register import absence_rows, pay_rows, payroll
from ltu_desktop.rules.money import from_hundredths, to_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import absence, pay_month, payroll_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.drafts import Drafts
    from ltu_desktop.queries.register import Row

REPLACING = {"03", "05"}
"""Types of declaration that cancel and replace an earlier one; 04 only cancels."""


@dataclass
class Unit:
    """What counts or is replaced as one: a declaration of an establishment's month, or a month of an hours list.

    `known` is the file's row when this very file was imported before; `superseded` the later one that replaced it.
    """

    month: Month
    siret: str = ""
    fraction: str = ""
    type: str = ""
    file: Draft | None = None
    known: bool = False
    superseded: Row | None = None
    replaces: list[Row] = field(default_factory=list)
    used: bool = False


class PayFiles:
    """The payroll of the register, with a new file laid over it."""

    def __init__(self, connection: Connection) -> None:
        found = payroll(connection)
        self._connection = connection
        self.files = found.files
        self._counted = {row["id"] for row in found.files if row["replaced_by_id"] is None}
        self._by_file: dict[bytes, dict[tuple[bytes, str], tuple[int, int]]] = defaultdict(dict)
        self._months: dict[bytes, set[str]] = defaultdict(set)
        self._before: dict[tuple[bytes, str], list[int]] = defaultdict(lambda: [0, 0])
        for each in found.sums:
            self._by_file[each.file_id][each.person_id, each.month] = (each.paid, each.unpaid)
            if each.file_id in self._counted:
                self._months[each.person_id].add(each.month)
                total = self._before[each.person_id, each.month]
                total[0] += each.paid
                total[1] += each.unpaid
        self._minus: dict[tuple[bytes, str], list[int]] = defaultdict(lambda: [0, 0])
        self._away: set[bytes] = set()

    def open(self, unit: Unit, sha256: str) -> None:
        """Find out how a unit stands to the files there are: known already, superseded, or replacing some."""
        same_month = [row for row in self.files if row["month"] == str(unit.month) and row["siret"] == unit.siret]
        for row in same_month:
            if row["sha256"] == sha256 and row["fraction"] == unit.fraction:
                unit.known, unit.file = True, Draft(payroll_file, row)
                if row["replaced_by_id"] is not None:
                    unit.superseded = next(each for each in self.files if each["id"] == row["replaced_by_id"])
                return
        rivals = [
            row
            for row in same_month
            if row["id"] in self._counted and row["kind"] == "dsn" and _rivals(row["fraction"], unit.fraction)
        ]
        if unit.type not in {*REPLACING, "04"}:
            unit.superseded = next((row for row in rivals if row["type"] in REPLACING), None)
        if unit.superseded is None:
            for row in rivals:
                self.replace(unit, row)

    def replace(self, unit: Unit, row: Row) -> None:
        """Let a file's rows count no more."""
        unit.replaces.append(row)
        self._away.add(row["id"])
        for key, (paid, unpaid) in self._by_file[row["id"]].items():
            self._minus[key][0] += paid
            self._minus[key][1] += unpaid

    def known_months(self, person_id: bytes | None, but: Month) -> list[Month]:
        """Return the months of which payroll has spoken for a person, without the one it speaks of now."""
        if person_id is None:
            return []
        return [Month.parse(text) for text in sorted(self._months[person_id] - {str(but)})]

    def has(self, unit: Unit, person_id: bytes | None) -> bool:
        """Whether a known unit holds rows of a person already."""
        if unit.file is None or unit.file.id is None or person_id is None:
            return False
        return any(key[0] == person_id for key in self._by_file[unit.file.id])

    def replaced_people(self, units: Iterable[Unit]) -> set[bytes]:
        """Return the people who have rows in the files that are replaced."""
        return {key[0] for unit in units for row in unit.replaces for key in self._by_file[row["id"]]}

    def counted(self, person_id: bytes | None, month: Month, kind: str) -> bool:
        """Whether files of a kind already give a person's month."""
        return person_id is not None and any(
            row["kind"] == kind
            and row["id"] in self._counted
            and row["id"] not in self._away
            and (person_id, str(month)) in self._by_file[row["id"]]
            for row in self.files
        )

    def changes(self, person_id: bytes | None, declared: list[Month], new: Iterable[Draft]) -> list[FieldChange]:
        """Compare a person's hours by month before and after; a month that is not the only declared one is named."""
        plus: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for row in new:
            plus[row["month"]][0] += row["paid_hours"]
            plus[row["month"]][1] += row["unpaid_hours"] or 0
        gone = {month for owner, month in self._minus if owner == person_id}
        found = []
        for month in sorted(plus.keys() | gone):
            key = (person_id or b"", month)
            known = self._before.get(key)
            minus = self._minus.get(key, [0, 0])
            for index, name in enumerate(("paid_hours", "unpaid_hours")):
                before = known[index] if known else None
                after = (before or 0) - minus[index] + plus.get(month, [0, 0])[index]
                nothing_left = index == 0 and after == 0 and month not in plus
                shown = None if nothing_left else from_hundredths(after)
                if before == after or (index == 1 and not before and not after):
                    continue
                named = None if [Month.parse(month)] == declared else Month.parse(month)
                old = None if before is None or (index == 1 and not before) else from_hundredths(before)
                found.append(FieldChange(name, old, shown, named))
        return found

    def hours_lists(self, unit: Unit, people: set[bytes], drafts: Drafts) -> None:
        """Let payroll's word stand before an hours list's: replace the list, or drop the rows that payroll gives."""
        for row in self.files:
            if row["kind"] != "hours" or row["id"] not in self._counted or row["month"] != str(unit.month):
                continue
            owners = {key[0] for key in self._by_file[row["id"]]}
            if not owners & people:
                continue
            if owners <= people:
                self.replace(unit, row)
                continue
            for table, rows in (
                (pay_month, pay_rows(self._connection, row["id"])),
                (absence, absence_rows(self._connection, row["id"])),
            ):
                for each in rows:
                    if each["person_id"] in people:
                        drafts.add(Draft(table, each)).dropped = True
            for key, (paid, unpaid) in self._by_file[row["id"]].items():
                if key[0] in people:
                    self._minus[key][0] += paid
                    self._minus[key][1] += unpaid


def _rivals(known: str, new: str) -> bool:
    """Whether two fractions say the same: the same part, or a month cut into another number of parts."""
    return known == new or known[-1:] != new[-1:]


def replaced(units: Iterable[Unit]) -> tuple[ReplacedFile, ...]:
    """List the files that units replace, each once: a file of several establishments is kept as several."""
    files: dict[tuple[str, str], Row] = {}
    for unit in units:
        for row in unit.replaces:
            files.setdefault((row["name"], row["sha256"]), row)
    return tuple(ReplacedFile(row["id"], row["name"], row["received_on"]) for row in files.values())


def keep(unit: Unit, received_on: date, **values: Any) -> Draft:
    """Return the file's row of a unit; it is made when the file is not known."""
    if unit.file is None:
        unit.file = Draft(
            payroll_file,
            month=str(unit.month),
            siret=unit.siret,
            fraction=unit.fraction,
            type=unit.type,
            received_on=received_on,
            **values,
        )
    return unit.file


def use(unit: Unit, drafts: Drafts) -> None:
    """Have a unit's file written, with the mark on those it replaces."""
    if unit.used or unit.file is None:
        return
    unit.used = True
    if unit.file.new:
        drafts.add(unit.file)
        for row in unit.replaces:
            drafts.add(Draft(payroll_file, row))["replaced_by_id"] = unit.file


def hundredths(value: Decimal | None) -> int | None:
    """Turn hours or an amount into whole hundredths, None staying None."""
    return None if value is None else to_hundredths(value)
