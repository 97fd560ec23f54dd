"""The employer, sites, the agreement with its dated terms, and dated values that replace the pack's."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.checks import bad_value, check_day, check_number, field_error, hundredths_of, missing
from ltu_desktop.queries import agreements as queries
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.store.tables import agreement, agreement_terms, employer, parameter_override, site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.agreements import Place
    from ltu_desktop.store.journal import Changed

_EMPLOYER = ("name", "siret", "address", "postcode", "town", "iban", "signatory", "signatory_quality")
_AGREEMENT = ("number", "signed_on", "start_on", "end_on", "fund", "territory", "committee", "departments")


def set_employer(ctx: Context, values: Mapping[str, object]) -> Changed:
    """Say who the employer is; only the columns given change. SIRET and IBAN are checked."""
    with ctx.store.write("agreements.set_employer", initiator=ctx.initiator) as tx:
        known = queries.employer_row(tx.connection)
        checked: dict[str, Any] = {}
        for field, value in values.items():
            if field in {"siret", "iban"}:
                checked[field] = check_number(ctx, "", field, str(value or ""))
            elif field == "contributions_valid_until":
                checked[field] = value
            elif field in _EMPLOYER:
                checked[field] = " ".join(str(value or "").split())
            else:
                raise TypeError(f"employer.{field} is not changed this way")
        name = checked.get("name", known["name"] if known else "")
        if not name:
            raise missing(ctx, "", "name")
        tx.params["employer"] = name
        if known is None:
            tx.insert(employer, checked)
        else:
            tx.update(employer, known["id"], checked)
    return tx.changed


def add_site(ctx: Context, *, code: str, name: str, **fields: str) -> bytes:
    """Add a site; `fields` are `siret`, `address`, `postcode`, `town`."""
    with ctx.store.write("agreements.add_site", {"name": name}, initiator=ctx.initiator) as tx:
        values = {"code": code, "name": name, **fields}
        return tx.insert(site, checked_place(ctx, queries.sites(tx.connection), values, None))


def change_site(ctx: Context, site_id: bytes, **fields: str) -> Changed:
    """Change a site's code, name or address."""
    with ctx.store.write("agreements.change_site", initiator=ctx.initiator) as tx:
        known = queries.sites(tx.connection)
        tx.params["name"] = fields.get("name") or name_of(known, site_id)
        tx.update(site, site_id, checked_place(ctx, known, fields, site_id))
    return tx.changed


def remove_site(ctx: Context, site_id: bytes) -> Changed:
    """Remove a site that nobody uses."""
    with ctx.store.write("agreements.remove_site", initiator=ctx.initiator) as tx:
        used = any(each.site_id == site_id for each in queries.activities(tx.connection))
        tx.params["name"] = unused_place(ctx, queries.sites(tx.connection), site_id, used=used)
        tx.delete(site, site_id)
    return tx.changed


def checked_place(ctx: Context, known: list[Place], values: Mapping[str, str], key: bytes | None) -> dict[str, Any]:
    """Check the columns of a site or activity: code and name are needed, codes are told apart."""
    checked = {field: " ".join(value.split()) for field, value in values.items()}
    for field in ("code", "name"):
        if field in checked and not checked[field]:
            raise missing(ctx, checked.get("name", ""), field)
    if "siret" in checked:
        checked["siret"] = check_number(ctx, checked.get("name", ""), "siret", checked["siret"])
    for each in known:
        if each.id != key and "code" in checked and each.code.casefold() == checked["code"].casefold():
            raise field_error(
                ctx,
                checked.get("name", ""),
                "code",
                "code_taken",
                N_("The code {code} belongs to “{name}”."),
                N_("Give another code."),
                code=each.code,
                name=each.name,
            )
    return checked


def name_of(known: list[Place], key: bytes) -> str:
    """Return the name of a site or activity, empty when it is no more."""
    return next((each.name for each in known if each.id == key), "")


def unused_place(ctx: Context, known: list[Place], key: bytes, *, used: bool) -> str:
    """Return the name of a site or activity to be removed; raise `UserError` "place_in_use" when somebody needs it."""
    found = next((each for each in known if each.id == key), None)
    if found is not None and (found.used or used):
        raise field_error(
            ctx,
            found.name,
            "",
            "place_in_use",
            N_("“{name}” is in use and cannot be removed."),
            N_("Give those who use it another one first."),
            name=found.name,
        )
    return found.name if found else ""


def set_agreement(ctx: Context, values: Mapping[str, object], *, agreement_id: bytes | None = None) -> bytes:
    """Enter an agreement (`number`, `start_on`, …; `scheme` defaults to fr-tzcld), or change the one named."""
    with ctx.store.write("agreements.set_agreement", initiator=ctx.initiator) as tx:
        scheme = str(values.get("scheme", "fr-tzcld"))
        load_pack(scheme)
        known = {each.id: each for each in queries.agreements(tx.connection, scheme)}
        before = known.get(agreement_id) if agreement_id else None
        checked: dict[str, Any] = {"scheme": scheme}
        for field, value in values.items():
            if field in _AGREEMENT:
                checked[field] = " ".join(value.split()) if isinstance(value, str) else value
            elif field != "scheme":
                raise TypeError(f"agreement.{field} is not changed this way")
        number = checked.get("number", before.number if before else "")
        start = checked.get("start_on", before.start if before else None)
        end = checked.get("end_on", before.end if before else None)
        if not number:
            raise missing(ctx, "", "number")
        if start is None:
            raise missing(ctx, number, "start")
        check_day(ctx, number, "start", start)
        if end is not None and end < start:
            raise field_error(
                ctx,
                number,
                "end_on",
                "end_before_start",
                N_("The agreement would end on {end}, before it starts on {start}."),
                N_("Check both days."),
                start=start,
                end=end,
            )
        tx.params["number"] = number
        if agreement_id is None:
            return tx.insert(agreement, checked)
        tx.update(agreement, agreement_id, checked)
    return agreement_id


def set_terms(
    ctx: Context,
    agreement_id: bytes,
    *,
    start: date,
    ceiling_fte: Decimal | None = None,
    settings: Mapping[str, str] | None = None,
    amendment: str | None = None,
    signed_on: date | None = None,
) -> bytes:
    """Say what the agreement grants from a day on: the FTE ceiling and the settings; what is None stays as before.

    Settings are checked against the scheme's; one that equals its default is kept too, because the agreement says it.
    """
    with ctx.store.write("agreements.set_terms", initiator=ctx.initiator) as tx:
        scheme, number, begins = _agreement(tx.connection, agreement_id)
        if start < begins:
            raise field_error(
                ctx,
                number,
                "start",
                "before_agreement",
                N_("The amendment of {day} is before the agreement, which starts on {start}."),
                N_("Choose a later day."),
                day=start,
                start=begins,
            )
        rows = [each for each in _terms(tx.connection, scheme, agreement_id) if each.start <= start]
        former = rows[-1] if rows else None
        ceiling = former.ceiling_fte if former else None
        if ceiling_fte is not None:
            if ceiling_fte <= 0:
                raise bad_value(ctx, number, "ceiling_fte", ceiling_fte)
            ceiling = ceiling_fte
        chosen = {**(former.settings if former else {}), **_settings(ctx, number, scheme, settings or {})}
        values: dict[str, Any] = {
            "ceiling_fte": None if ceiling is None else hundredths_of(ctx, number, "ceiling_fte", ceiling),
            "settings": json.dumps(chosen, sort_keys=True) if chosen else "",
        }
        if amendment is not None:
            values["amendment"] = amendment.strip()
        if signed_on is not None:
            values["signed_on"] = signed_on
        tx.params |= {"number": number, "start": start, "ceiling": ceiling}
        if former is not None and former.start == start:
            tx.update(agreement_terms, former.id, values)
            return former.id
        return tx.insert(agreement_terms, {**values, "agreement_id": agreement_id, "start_on": start})


def _agreement(connection: Connection, agreement_id: bytes) -> tuple[str, str, date]:
    found = queries.agreement_head(connection, agreement_id)
    if found is None:
        raise UserError(
            "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
        )
    return found


def _terms(connection: Connection, scheme: str, agreement_id: bytes) -> tuple[queries.TermsInForce, ...]:
    return next(each.terms for each in queries.agreements(connection, scheme) if each.id == agreement_id)


def _settings(ctx: Context, number: str, scheme: str, chosen: Mapping[str, str]) -> dict[str, str]:
    rules = load_pack(scheme).settings
    for code, value in chosen.items():
        rule = rules.get(code)
        if rule is None or not rule.allows(value):
            raise field_error(
                ctx,
                number,
                "settings",
                "bad_setting",
                N_("The setting {code} cannot be “{value}”."),
                N_("Write hours, as in {options}.") if rule and rule.number else N_("Choose one of: {options}."),
                code=code,
                value=value,
                options=(rule.default if rule.number else ", ".join(rule.options)) if rule else ", ".join(rules),
            )
    return dict(chosen)


def add_override(
    ctx: Context,
    *,
    parameter: str,
    start: date,
    value: Decimal,
    source: str,
    scheme: str = "fr-tzcld",
    agreement_id: bytes | None = None,
    published: date | None = None,
    provisional: bool = False,
) -> bytes:
    """Add a dated value with its source, before the program ships one or because the agreement fixes its own.

    The same parameter and day again corrects the value. Without `agreement_id` it holds for the scheme at large.
    """
    with ctx.store.write("agreements.add_override", initiator=ctx.initiator) as tx:
        pack = load_pack(scheme)
        series = pack.series
        if parameter not in series:
            raise field_error(
                ctx,
                parameter,
                "value",
                "unknown_parameter",
                N_("The scheme has no value called “{parameter}”."),
                N_("Choose one of: {known}."),
                parameter=parameter,
                known=", ".join(series),
            )
        nothing = value == 0 and parameter == pack.scheme.full_month  # hours are divided by it
        if value < 0 or nothing or (series[parameter].unit == "ratio" and value > 2):
            raise bad_value(ctx, parameter, "value", value)
        if not source.strip():
            raise missing(ctx, parameter, "source")
        check_day(ctx, parameter, "start", start)
        values = {
            "value": str(value),
            "source": source.strip(),
            "published_on": published,
            "provisional": int(provisional),
        }
        tx.params |= {"parameter": parameter, "start": start, "value": value, "source": source.strip()}
        for each in queries.overrides(tx.connection, scheme, agreement_id):
            if (each.agreement_id, each.parameter, each.start) == (agreement_id, parameter, start):
                tx.update(parameter_override, each.id, values)
                return each.id
        return tx.insert(
            parameter_override,
            {**values, "scheme": scheme, "agreement_id": agreement_id, "parameter": parameter, "start_on": start},
        )


def remove_override(ctx: Context, override_id: bytes) -> Changed:
    """Remove a dated value: the program's own holds again."""
    with ctx.store.write("agreements.remove_override", initiator=ctx.initiator) as tx:
        found = queries.override(tx.connection, override_id)
        if found is not None:
            tx.params |= {"parameter": found[0], "start": found[1]}
        tx.delete(parameter_override, override_id)
    return tx.changed
