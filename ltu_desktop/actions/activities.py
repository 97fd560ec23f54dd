"""Activities with their approval, look and staffing wishes, their turnover, and the needs of the territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.agreements import checked_place, name_of, unused_place
from ltu_desktop.actions.checks import bad_value, check_day, hundredths_of, missing
from ltu_desktop.queries import activities as queries
from ltu_desktop.queries import agreements as places
from ltu_desktop.queries import attachments as papers
from ltu_desktop.queries.activity_looks import models, palettes
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.matching import LIMITS
from ltu_desktop.store.tables import activity, activity_skill, attachment, local_need, turnover

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from ltu_desktop.actions.context import Context
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed

NEED_STATES = ("open", "studied", "served", "closed")
"""From heard of to over: `served` once an activity does it."""

_PLACE = {"code", "name", "analytic_code"}
_TEXTS = {"approval_note", "staffing_note", "pictogram"}
_DAYS = {"approved_on", "ended_on"}
_MOST_PEOPLE = 999
_MOST_MINUTES = 7 * 24 * 60


def add_activity(ctx: Context, *, code: str, name: str, **values: object) -> bytes:
    """Add an activity and return its key; `values` are further columns (`site_id`, `analytic_code`, `approved_on`…)."""
    with ctx.store.write("activities.add", {"name": name}, initiator=ctx.initiator) as tx:
        known = places.activities(tx.connection)
        checked = checked_place(ctx, known, {"code": code, "name": name}, None)
        return tx.insert(activity, {**checked, **_checked(ctx, known, name, values, None)})


def add_models(ctx: Context, codes: Collection[str], *, site_id: bytes | None = None) -> list[bytes]:
    """Add activities of the list to choose from, named in the window's language; those that are there are left."""
    with ctx.store.write("activities.add_models", {"count": len(codes)}, initiator=ctx.initiator) as tx:
        known = {each.code for each in places.activities(tx.connection)}
        rows = [
            {"code": model.code, "name": model.name(ctx.words.language), "site_id": site_id}
            for model in models()
            if model.code in codes and model.code not in known
        ]
        tx.params["count"] = len(rows)
        return tx.insert_many(activity, rows)


def change_activity(
    ctx: Context, activity_id: bytes, values: Mapping[str, object], *, expected_version: int | None = None
) -> Changed:
    """Change columns of an activity; `palette` and `demands` are checked against what there is."""
    with ctx.store.write("activities.change", initiator=ctx.initiator) as tx:
        known = places.activities(tx.connection)
        name = str(values.get("name") or name_of(known, activity_id))
        tx.params["name"] = name
        tx.update(activity, activity_id, _checked(ctx, known, name, values, activity_id), expected_version)
    return tx.changed


def _checked(
    ctx: Context, known: list[places.Place], place: str, values: Mapping[str, object], key: bytes | None
) -> dict[str, Any]:
    texts = {field: str(value or "") for field, value in values.items() if field in _PLACE}
    checked: dict[str, Any] = checked_place(ctx, known, texts, key)
    for field, value in values.items():
        if field in _PLACE:
            continue
        if field in _TEXTS:
            checked[field] = " ".join(str(value or "").split())
        elif field in _DAYS:
            checked[field] = _day(ctx, place, field, value)
        elif field == "palette":
            if value and value not in palettes():
                raise bad_value(ctx, place, field, value)
            checked[field] = str(value or "")
        elif field == "people_wanted":
            if value is not None and not (isinstance(value, int) and 0 <= value <= _MOST_PEOPLE):
                raise bad_value(ctx, place, field, value)
            checked[field] = value
        elif field == "demands":
            codes = [code for code in str(value or "").split(",") if code]
            if unknown := [code for code in codes if code not in LIMITS]:
                raise bad_value(ctx, place, field, unknown[0])
            checked[field] = ",".join(code for code in LIMITS if code in codes)
        elif field == "site_id":
            checked[field] = value
        else:
            raise TypeError(f"activity.{field} is not changed this way")
    return checked


def _day(ctx: Context, place: str, field: str, value: Any) -> Any:
    if value is not None:
        check_day(ctx, place, field, value)
    return value


def remove_activity(ctx: Context, activity_id: bytes) -> Changed:
    """Remove an activity that nothing names, with its papers; one that was worked in is ended instead (`ended_on`)."""
    with ctx.store.write("activities.remove", initiator=ctx.initiator) as tx:
        used = queries.is_used(tx.connection, activity_id)
        known = places.activities(tx.connection)
        tx.params["name"] = unused_place(ctx, known, activity_id, used=used)
        for paper in papers.keys_of(tx.connection, "activity", [activity_id]):
            tx.delete(attachment, paper)
        for table in (activity_skill, turnover):
            for row in queries.rows_of(tx.connection, table, activity_id):
                tx.delete(table, row)
        tx.delete(activity, activity_id)
    return tx.changed


def set_turnover(ctx: Context, activity_id: bytes, month: Month, amount: Decimal | None) -> Changed:
    """Say what an activity sold in a month, in euros; None takes it back."""
    with ctx.store.write("activities.set_turnover", {"month": month}, initiator=ctx.initiator) as tx:
        name = name_of(places.activities(tx.connection), activity_id)
        tx.params |= {"name": name, "amount": amount}
        known = queries.turnover_row(tx.connection, activity_id, month)
        cents = 0 if amount is None else hundredths_of(ctx, name, "amount", amount)
        if cents < 0:
            raise bad_value(ctx, name, "amount", amount)
        if amount is None:
            if known is not None:
                tx.delete(turnover, known)
        elif known is None:
            tx.insert(turnover, {"activity_id": activity_id, "month": str(month), "amount": cents})
        else:
            tx.update(turnover, known, {"amount": cents})
    return tx.changed


def add_need(ctx: Context, title: str, **values: object) -> bytes:
    """Note a need of the territory and return its key; `values` are further columns (`asked_by`, `place`…)."""
    with ctx.store.write("activities.add_need", initiator=ctx.initiator) as tx:
        checked = _need(ctx, {"title": title, "noted_on": ctx.clock.now().date(), **values})
        tx.params["name"] = checked["title"]
        return tx.insert(local_need, checked)


def change_need(
    ctx: Context, need_id: bytes, values: Mapping[str, object], *, expected_version: int | None = None
) -> Changed:
    """Change a need: its words, its hours, its state, or the activity that serves it."""
    with ctx.store.write("activities.change_need", initiator=ctx.initiator) as tx:
        checked = _need(ctx, values)
        tx.params["name"] = checked.get("title") or queries.need_title(tx.connection, need_id)
        if checked.get("activity_id") and "state" not in checked:
            checked["state"] = "served"
        tx.update(local_need, need_id, checked, expected_version)
    return tx.changed


def remove_need(ctx: Context, need_id: bytes) -> Changed:
    """Remove a need that was noted by mistake."""
    with ctx.store.write("activities.remove_need", initiator=ctx.initiator) as tx:
        tx.params["name"] = queries.need_title(tx.connection, need_id)
        tx.delete(local_need, need_id)
    return tx.changed


def _need(ctx: Context, values: Mapping[str, object]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for field, value in values.items():
        if field in {"title", "asked_by", "place", "note"}:
            checked[field] = " ".join(str(value or "").split())
        elif field == "weekly_minutes":
            if not isinstance(value, int) or not 0 <= value <= _MOST_MINUTES:
                raise bad_value(ctx, "", "weekly_minutes", value)
            checked[field] = value
        elif field == "state":
            if value not in NEED_STATES:
                raise bad_value(ctx, "", field, value)
            checked[field] = value
        elif field == "noted_on":
            checked[field] = _day(ctx, "", field, value)
        elif field == "activity_id":
            checked[field] = value
        else:
            raise TypeError(f"local_need.{field} is not changed this way")
    if "title" in checked and not checked["title"]:
        raise missing(ctx, "", "title")
    return checked


def gone() -> UserError:
    """Say that what was to be changed is no more."""
    return UserError(
        "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
    )
