"""Rows of drafts as the values that a preview shows: before and after, in hours, euros, days and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.fields import PERSON
from ltu_desktop.actions.imports import FieldChange, RowState
from ltu_desktop.rules.money import from_hundredths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_HUNDREDTHS = {"weekly_hours", "monthly_hours", "hourly_pay"}
_CONTRACT = {"start_on": "contract_start", "end_on": "contract_end", "number": "contract_number"}
_NEW_PERSON = ("status", "birth_date", "site_id")  # what is worth a line when all is new
_CONTRACTS = ("start_on", "end_on", "end_reason", "number", "planned_end_on", "nature", "public_aid")
_TERMS = ("weekly_hours", "monthly_hours", "hourly_pay", "job", "category", "activity_id")


def masked(number: str) -> str:
    """Show only the end of a NIR or temporary number: enough to tell two apart, too little to copy."""
    return f"…{number[-3:]}" if number else ""


def changes(
    person: Draft, contracts: Iterable[Draft], terms: Callable[[Draft], Iterable[Draft]], names: Mapping[bytes, str]
) -> list[FieldChange]:
    """List what would change of a person, her contracts and their terms; `names` are sites and activities by key."""
    found = _fields(person, _NEW_PERSON if person.new else PERSON, names)
    for contract in contracts:
        found += _fields(contract, ("start_on", "end_on", "end_reason") if contract.new else _CONTRACTS, names)
        former: Draft | None = None
        for row in sorted(terms(contract), key=lambda each: each["start_on"]):
            found += _terms(row, former, contract, names)
            former = row
    return found


def _fields(draft: Draft, columns: tuple[str, ...], names: Mapping[bytes, str]) -> list[FieldChange]:
    changed = {column: (before, after) for column, before, after in draft.changed()}
    return [
        FieldChange(_CONTRACT.get(column, _code(column)), _value(column, before, names), _value(column, after, names))
        for column, (before, after) in ((name, changed[name]) for name in columns if name in changed)
    ]


def _terms(row: Draft, former: Draft | None, contract: Draft, names: Mapping[bytes, str]) -> list[FieldChange]:
    found: list[FieldChange] = []
    since = row["start_on"] if row["start_on"] != contract["start_on"] else None
    for column in _TERMS:
        after = row[column]
        before = former[column] if row.new and former is not None else (row.before or {}).get(column)
        if (before or None) == (after or None):
            continue
        if column == "monthly_hours" and any(each.field == "weekly_hours" for each in found):
            continue  # the weekly hours say it
        found.append(
            FieldChange(_code(column), _value(column, before, names), _value(column, after, names), since=since)
        )
    return found


def _code(column: str) -> str:
    return column.removesuffix("_id")


def _value(column: str, value: Any, names: Mapping[bytes, str]) -> Any:
    if value is None or value == "":
        return None
    if column in _HUNDREDTHS:
        return from_hundredths(value)
    if column in {"nir", "ntt"}:
        return masked(value)
    if column.endswith("_id"):
        return value["name"] if isinstance(value, Draft) else names.get(value, "")
    return value


def state_of(person: Draft, changed: Iterable[FieldChange]) -> RowState:
    """Tell what happens with a row: only values that replace others make it `changed`, if the person is known."""
    found = list(changed)
    if person.new:
        return RowState.NEW
    if not found:
        return RowState.UNCHANGED
    only_pay = all(each.before is None and each.field in {"paid_hours", "unpaid_hours"} for each in found)
    return RowState.NEW if only_pay else RowState.CHANGED
