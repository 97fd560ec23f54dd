"""People and their contracts, one change at a time; staff lists are planned by `plan_staff`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.checks import bad_value, check_day, check_fields, field_error, hundredths_of
from ltu_desktop.actions.preview import masked
from ltu_desktop.actions.staff_import import plan_staff
from ltu_desktop.queries import people as queries
from ltu_desktop.queries.attachments import keys_of
from ltu_desktop.queries.names import folded_name
from ltu_desktop.queries.person_rows import rows_of, tables
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.money import from_hundredths
from ltu_desktop.store.tables import attachment, contract, contract_terms, person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.people import ContractRow, PersonDetail
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

__all__ = [
    "add_contract",
    "add_person",
    "change_contract",
    "change_person",
    "change_terms",
    "delete_person",
    "end_contract",
    "move_terms",
    "plan_staff",
    "remove_terms",
    "set_status",
]

_OPEN_ENDED, _NO_AID = "01", "99"
_FIELDS = {"number": "contract_number", "start_on": "contract_start", "site_id": "site"}
_LONGEST_WEEK = Decimal(60)


def add_person(ctx: Context, *, staff_number: str, name: str, first_names: str = "", **fields: object) -> bytes:
    """Add a person and return her key; `fields` are further columns (`status`, `birth_date`, `nir`, `site_id`…)."""
    with ctx.store.write("people.add", {"person": staff_number.strip()}, initiator=ctx.initiator) as tx:
        values = {"staff_number": staff_number, "name": name, "first_names": first_names, **fields}
        checked = check_fields(ctx, tx.connection, values, None)
        checked["folded"] = folded_name(checked["name"], checked["first_names"])
        return tx.insert(person, checked)


def change_person(
    ctx: Context, person_id: bytes, values: Mapping[str, object], *, expected_version: int | None = None
) -> Changed:
    """Change columns of a person; raise `UserError` with the field's name in `params["field"]` when one cannot be."""
    with ctx.store.write("people.change", initiator=ctx.initiator) as tx:
        known = _person(tx.connection, person_id)
        checked = check_fields(ctx, tx.connection, values, known)
        changed = {name: value for name, value in checked.items() if known.values[name] != value}
        if {"name", "first_names"} & changed.keys():
            whole = {**known.values, **changed}
            changed["folded"] = folded_name(whole["name"], whole["first_names"])
        tx.params |= {"person": known.staff_number, **_told(tx.connection, known.values, changed)}
        tx.update(person, person_id, changed, expected_version)
    return tx.changed


def _told(connection: Connection, before: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Say in the journal what changed: one field with its values, or how many."""
    names = [name for name in changed if name != "folded"]
    if len(names) != 1:
        return {"count": len(names), "fields": ",".join(_FIELDS.get(name, name) for name in names)}
    [name] = names
    old, new = before[name], changed[name]
    if name in {"nir", "ntt"}:
        old, new = masked(old), masked(new)
    if name == "site_id":
        places = queries.places(connection)
        old, new = places.get(old, ""), places.get(new, "")
    return {"field": _FIELDS.get(name, name), "before": old, "after": new}


def set_status(
    ctx: Context,
    person_id: bytes,
    status: str | None,
    *,
    recognised_on: date | None = None,
    decision_number: str = "",
) -> Changed:
    """Say whether a person is PPDE (`ppde`) or not (`other`), with the committee's decision."""
    with ctx.store.write("people.set_status", initiator=ctx.initiator) as tx:
        known = _person(tx.connection, person_id)
        values: dict[str, object] = {"status": status}
        if recognised_on is not None:
            values["recognised_on"] = recognised_on
        if decision_number:
            values["decision_number"] = decision_number
        checked = check_fields(ctx, tx.connection, values, known)
        tx.params |= {"person": known.staff_number, "before": known.values["status"], "after": status}
        tx.update(person, person_id, checked)
    return tx.changed


def delete_person(ctx: Context, person_id: bytes) -> Changed:
    """Delete a person who was entered by mistake; refused once payroll has spoken of her."""
    with ctx.store.write("people.delete", initiator=ctx.initiator) as tx:
        known = _person(tx.connection, person_id)
        if queries.is_used(tx.connection, person_id):
            raise UserError(
                "person_in_use",
                N_("{person} is in payroll files, absences or claims, and cannot be deleted."),
                N_("End the contract instead."),
                where=known.staff_number,
                params={"person": known.list_name},
            )
        tx.params["person"] = known.staff_number
        for each in known.contracts:
            for terms in each.terms:
                tx.delete(contract_terms, terms.id)
            tx.delete(contract, each.id)
        for table in tables():
            keys = [row["id"] for row in rows_of(tx.connection, table, person_id)]
            _delete_papers(tx, str(table.name), keys)
            for key in keys:
                tx.delete(table, key)
        _delete_papers(tx, "person", [person_id])
        tx.delete(person, person_id)
    return tx.changed


def _delete_papers(tx: Write, subject: str, keys: list[bytes]) -> None:
    for key in keys_of(tx.connection, subject, keys):
        tx.delete(attachment, key)


def add_contract(
    ctx: Context,
    person_id: bytes,
    *,
    start: date,
    weekly_hours: Decimal,
    end: date | None = None,
    planned_end: date | None = None,
    number: str = "",
    nature: str = _OPEN_ENDED,
    public_aid: str = _NO_AID,
    hourly_pay: Decimal | None = None,
    job: str = "",
    category: str = "",
    activity_id: bytes | None = None,
) -> bytes:
    """Add a contract with its first terms and return its key; codes are payroll's."""
    with ctx.store.write("people.add_contract", initiator=ctx.initiator) as tx:
        known = _person(tx.connection, person_id)
        _check_span(ctx, known, start, end, None)
        _check_planned(ctx, known, start, planned_end)
        terms = _checked_terms(ctx, known, weekly_hours, hourly_pay)
        key = tx.insert(
            contract,
            {
                "person_id": person_id,
                "number": number.strip(),
                "start_on": start,
                "end_on": end,
                "planned_end_on": planned_end,
                "nature": nature,
                "public_aid": public_aid,
            },
        )
        tx.insert(
            contract_terms,
            {
                **terms,
                "contract_id": key,
                "start_on": start,
                "job": job.strip(),
                "category": category,
                "activity_id": activity_id,
            },
        )
        tx.params |= {"person": known.staff_number, "start": start, "hours": weekly_hours}
    return key


def change_contract(
    ctx: Context,
    contract_id: bytes,
    *,
    expected_version: int | None = None,
    start: date | None = None,
    planned_end: date | None = None,
    number: str | None = None,
    nature: str | None = None,
    public_aid: str | None = None,
) -> Changed:
    """Correct a contract's start, number or codes; a new start takes the first terms along."""
    with ctx.store.write("people.change_contract", initiator=ctx.initiator) as tx:
        known, found = _contract(tx.connection, contract_id)
        values: dict[str, Any] = {}
        if start is not None and start != found.start:
            _check_span(ctx, known, start, found.end, contract_id)
            values["start_on"] = start
            _move_terms(tx, ctx, known, found, start)
        if planned_end is not None:
            _check_planned(ctx, known, start or found.start, planned_end)
            values["planned_end_on"] = planned_end
        for column, value in (("number", number), ("nature", nature), ("public_aid", public_aid)):
            if value is not None:
                values[column] = value.strip()
        before = {
            "start_on": found.start,
            "planned_end_on": found.planned_end,
            "number": found.number,
            "nature": found.nature,
            "public_aid": found.public_aid,
        }
        changed = {column: value for column, value in values.items() if value != before[column]}
        tx.params |= {"person": known.staff_number, **_told(tx.connection, before, changed)}
        tx.update(contract, contract_id, changed, expected_version)
    return tx.changed


def _move_terms(tx: Write, ctx: Context, known: PersonDetail, found: ContractRow, start: date) -> None:
    """Let the first terms begin on the contract's new day; later ones must stay inside."""
    if not found.terms:
        return
    if len(found.terms) > 1 and found.terms[1].start <= start:
        raise field_error(
            ctx,
            known.staff_number,
            "contract_start",
            "start_after_terms",
            N_("The contract would start on {start}, but an amendment holds since {day}."),
            N_("Choose a day before that, or remove the amendment first."),
            start=start,
            day=found.terms[1].start,
        )
    tx.update(contract_terms, found.terms[0].id, {"start_on": start})


def change_terms(
    ctx: Context,
    contract_id: bytes,
    *,
    start: date,
    weekly_hours: Decimal | None = None,
    hourly_pay: Decimal | None = None,
    job: str | None = None,
    category: str | None = None,
    activity_id: bytes | None = None,
) -> bytes:
    """Amend a contract from a day on and return the terms' key; what is None stays as it was on that day.

    Terms that already begin on that day are corrected; later ones keep holding from their own day.
    """
    with ctx.store.write("people.change_terms", initiator=ctx.initiator) as tx:
        known, found = _contract(tx.connection, contract_id)
        if start < found.start or (found.end is not None and start > found.end):
            raise field_error(
                ctx,
                known.staff_number,
                "start",
                "outside_contract",
                N_("The amendment of {day} is outside the contract, which runs from {start} to {end}."),
                N_("Choose a day within the contract."),
                day=start,
                start=found.start,
                end=found.end or "…",
            )
        rows = queries.terms_rows(tx.connection, contract_id)
        before = [row for row in rows if row["start_on"] <= start]
        former: dict[str, Any] = dict(before[-1]) if before else {}
        values: dict[str, Any] = _checked_terms(ctx, known, weekly_hours, hourly_pay)
        for column, value in (("job", job), ("category", category), ("activity_id", activity_id)):
            if value is not None:
                values[column] = value.strip() if isinstance(value, str) else value
        changed = {column: value for column, value in values.items() if value != former.get(column)}
        tx.params |= {"person": known.staff_number, "start": start, **_told_terms(tx.connection, former, changed)}
        if former.get("start_on") == start:
            tx.update(contract_terms, former["id"], changed)
            return bytes(former["id"])
        if not changed and former:
            return bytes(former["id"])
        columns = ("weekly_hours", "monthly_hours", "hourly_pay", "job", "category", "activity_id")
        kept = {column: former[column] for column in columns if column in former}
        return tx.insert(contract_terms, {**kept, **values, "contract_id": contract_id, "start_on": start})


def _told_terms(connection: Connection, former: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    shown = {column: value for column, value in changed.items() if column != "monthly_hours"}
    if len(shown) != 1:
        return {"count": len(shown), "fields": ",".join(shown)}
    [column] = shown
    old, new = former.get(column), shown[column]
    if column == "activity_id":
        places = queries.places(connection)
        old, new = places.get(old or b"", ""), places.get(new or b"", "")
    elif column in {"weekly_hours", "hourly_pay"}:
        old, new = (None if value is None else from_hundredths(value) for value in (old, new))
    return {"field": column, "before": old, "after": new}


def move_terms(ctx: Context, terms_id: bytes, start: date) -> Changed:
    """Let an amendment begin on another day, between the terms before it and those after it.

    The contract's first terms go with the contract's start (`change_contract`).
    """
    with ctx.store.write("people.move_terms", initiator=ctx.initiator) as tx:
        contract_id = queries.contract_of_terms(tx.connection, terms_id)
        if contract_id is None:
            raise _gone()
        known, found = _contract(tx.connection, contract_id)
        at = next(at for at, each in enumerate(found.terms) if each.id == terms_id)
        if at == 0:
            raise UserError(
                "first_terms",
                N_("These are the contract’s first terms: they begin with it."),
                N_("Change the contract’s start instead."),
                where=known.staff_number,
            )
        after = found.terms[at + 1].start if at + 1 < len(found.terms) else None
        outside = (found.end is not None and start > found.end) or (after is not None and start >= after)
        if start <= found.terms[at - 1].start or outside:
            raise field_error(
                ctx,
                known.staff_number,
                "start",
                "between_terms",
                N_("The amendment cannot begin on {day}: others hold before or after it."),
                N_("Choose a day between its neighbours, within the contract."),
                day=start,
            )
        tx.params |= {"person": known.staff_number, "before": found.terms[at].start, "after": start}
        tx.update(contract_terms, terms_id, {"start_on": start})
    return tx.changed


def remove_terms(ctx: Context, terms_id: bytes) -> Changed:
    """Remove an amendment; what held before it goes on. The contract's first terms cannot be removed."""
    with ctx.store.write("people.remove_terms", initiator=ctx.initiator) as tx:
        contract_id = queries.contract_of_terms(tx.connection, terms_id)
        if contract_id is None:
            raise _gone()
        known, found = _contract(tx.connection, contract_id)
        row = next(each for each in found.terms if each.id == terms_id)
        if row is found.terms[0]:
            raise UserError(
                "first_terms",
                N_("These are the contract’s first terms: they cannot be removed."),
                N_("Change them instead."),
                where=known.staff_number,
            )
        tx.params |= {"person": known.staff_number, "start": row.start}
        tx.delete(contract_terms, terms_id)
    return tx.changed


def end_contract(ctx: Context, contract_id: bytes, end: date | None, *, reason: str = "") -> Changed:
    """End a contract on its last day, with payroll's code of the reason; None takes the end back."""
    with ctx.store.write("people.end_contract", initiator=ctx.initiator) as tx:
        known, found = _contract(tx.connection, contract_id)
        _check_span(ctx, known, found.start, end, contract_id)
        tx.params |= {"person": known.staff_number, "end": end, "reason": reason if end else ""}
        tx.update(contract, contract_id, {"end_on": end, "end_reason": reason if end else ""})
    return tx.changed


def _person(connection: Connection, person_id: bytes) -> PersonDetail:
    found = queries.person(connection, person_id)
    if found is None:
        raise _gone()
    return found


def _contract(connection: Connection, contract_id: bytes) -> tuple[PersonDetail, ContractRow]:
    owner = queries.owner_of_contract(connection, contract_id)
    if owner is None:
        raise _gone()
    known = _person(connection, owner)
    return known, next(each for each in known.contracts if each.id == contract_id)


def _gone() -> UserError:
    return UserError(
        "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
    )


def _check_span(ctx: Context, known: PersonDetail, start: date, end: date | None, but: bytes | None) -> None:
    """Refuse a contract that ends before it starts, or that overlaps another of the person."""
    check_day(ctx, known.staff_number, "contract_start", start)
    if end is not None:
        check_day(ctx, known.staff_number, "contract_end", end)
        if end < start:
            raise field_error(
                ctx,
                known.staff_number,
                "contract_end",
                "end_before_start",
                N_("The contract would end on {end}, before it starts on {start}."),
                N_("Check both days."),
                start=start,
                end=end,
            )
    for other in known.contracts:
        if other.id != but and (other.end is None or other.end >= start) and (end is None or end >= other.start):
            raise field_error(
                ctx,
                known.staff_number,
                "contract_start",
                "contracts_overlap",
                N_("The contract overlaps the one of {start}."),
                N_("End that one first, or choose other days."),
                start=other.start,
            )


def _check_planned(ctx: Context, known: PersonDetail, start: date, planned: date | None) -> None:
    if planned is not None and planned < start:
        raise field_error(
            ctx,
            known.staff_number,
            "planned_end_on",
            "end_before_start",
            N_("The contract would end on {end}, before it starts on {start}."),
            N_("Check both days."),
            start=start,
            end=planned,
        )


def _checked_terms(
    ctx: Context, known: PersonDetail, weekly_hours: Decimal | None, hourly_pay: Decimal | None
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if weekly_hours is not None:
        if not 0 < weekly_hours <= _LONGEST_WEEK:
            raise bad_value(ctx, known.staff_number, "weekly_hours", weekly_hours)
        values |= {
            "weekly_hours": hundredths_of(ctx, known.staff_number, "weekly_hours", weekly_hours),
            "monthly_hours": None,  # payroll's own figure comes with its next file
        }
    if hourly_pay is not None:
        if hourly_pay <= 0:
            raise bad_value(ctx, known.staff_number, "hourly_pay", hourly_pay)
        values["hourly_pay"] = hundredths_of(ctx, known.staff_number, "hourly_pay", hourly_pay)
    return values
