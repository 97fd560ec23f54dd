"""Checks of single values on their way into the file; what is wrong is said with its field and the next step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.fields import STATUSES, field_name, field_value
from ltu_desktop.intake.identity import check_iban, check_nir, check_ntt, check_siret, compact
from ltu_desktop.intake.sentences import SENTENCES
from ltu_desktop.queries.people import number_owner, places
from ltu_desktop.rules.errors import N_, Severity, UserError
from ltu_desktop.rules.money import to_hundredths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.findings import Finding
    from ltu_desktop.queries.people import PersonDetail

_FIRST_YEAR, _YEARS_AHEAD = 1900, 50
_NEEDED = {"staff_number", "name"}
_TEXTS = _NEEDED | {"first_names", "sex", "address", "postcode", "town", "email", "phone", "decision_number"}
_DAYS = {"birth_date", "recognised_on"}
_NUMBERS = {"nir": check_nir, "ntt": check_ntt, "siret": check_siret, "iban": check_iban}


def field_error(
    ctx: Context, place: str, field: str, code: str, what: str, mend: str, /, **params: object
) -> UserError:
    """Make an error that names the place (a staff number, an agreement) and the field, which `params` hold too."""
    where = ", ".join(part for part in (place, field_name(ctx.words, field)) if part)
    return UserError(code, what, mend, where=where, params={**params, "field": field})


def bad_value(ctx: Context, place: str, field: str, value: object) -> UserError:
    """Refuse a value that cannot be."""
    return field_error(
        ctx,
        place,
        field,
        "bad_value",
        N_("“{value}” cannot be right."),
        N_("Check the value."),
        value=field_value(ctx.words, field, value),
    )


def missing(ctx: Context, place: str, field: str) -> UserError:
    """Refuse an empty value where one is needed."""
    return field_error(ctx, place, field, "missing", N_("This cannot be empty."), N_("Fill it in."))


def check_day(ctx: Context, place: str, field: str, day: date, *, future: bool = True) -> None:
    """Refuse a day out of this world, or one that is still to come where it must not be."""
    today = ctx.clock.now().date()
    if day.year < _FIRST_YEAR or day.year > today.year + _YEARS_AHEAD or (not future and day > today):
        raise bad_value(ctx, place, field, day)


def hundredths_of(ctx: Context, place: str, field: str, value: Decimal) -> int:
    """Turn hours or an amount into whole hundredths; refuse more than two decimals."""
    try:
        return to_hundredths(value)
    except ValueError:
        raise field_error(
            ctx,
            place,
            field,
            "decimals",
            N_("“{value}” has more than two decimals."),
            N_("Round it to two decimals."),
            value=value,
        ) from None


def check_number(ctx: Context, place: str, field: str, value: str, birth_date: date | None = None) -> str:
    """Return a NIR, NTT, SIRET or IBAN in its compact form (a NIR without its key); refuse a wrong one."""
    number = compact(value)
    if not number:
        return ""
    finding = check_nir(number, birth_date) if field == "nir" else _NUMBERS[field](number)
    if finding is not None and finding.severity is Severity.BLOCKER:
        raise _found(ctx, place, field, finding)
    return number[:13] if field == "nir" else number


def _found(ctx: Context, place: str, field: str, finding: Finding) -> UserError:
    return field_error(
        ctx, place, field, finding.code, SENTENCES[finding.code], N_("Check the number."), **finding.params
    )


def check_fields(
    ctx: Context, connection: Connection, values: Mapping[str, object], known: PersonDetail | None
) -> dict[str, Any]:
    """Check the columns of a person and return them as the file keeps them."""
    place = known.staff_number if known else str(values.get("staff_number", ""))
    checked: dict[str, Any] = {}
    for field, value in values.items():
        if field in _TEXTS:
            checked[field] = " ".join(str(value or "").split())
            if field in _NEEDED and not checked[field]:
                raise missing(ctx, place, field)
        elif field in _DAYS:
            if value is not None:
                if not isinstance(value, date):
                    raise bad_value(ctx, place, field, value)
                check_day(ctx, place, field, value, future=False)
            checked[field] = value
        elif field in {"nir", "ntt"}:
            birth = values.get("birth_date", known.values["birth_date"] if known else None)
            checked[field] = check_number(
                ctx, place, field, str(value or ""), birth if isinstance(birth, date) else None
            )
        elif field == "status":
            if value not in {None, *STATUSES}:
                raise bad_value(ctx, place, field, value)
            checked[field] = value
        elif field == "site_id":
            if value is not None and value not in places(connection):
                raise bad_value(ctx, place, field, "?")
            checked[field] = value
        else:
            raise TypeError(f"person.{field} is not changed this way")
    if "staff_number" in checked:
        owner = number_owner(connection, checked["staff_number"])
        if owner is not None and (known is None or owner[0] != known.id):
            raise field_error(
                ctx,
                place,
                "staff_number",
                "number_taken",
                N_("The staff number {number} belongs to {name}."),
                N_("Give another number."),
                number=checked["staff_number"],
                name=owner[1],
            )
    return checked
