"""Commands that say who the employer is, what the agreement grants, and which dated values hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import agreements
from ltu_desktop.actions.claims import HOME_SCHEME
from ltu_desktop.queries import agreements as queries
from ltu_desktop.rules.packs import load

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.cli.door import Door

_EMPLOYER = ("name", "siret", "address", "postcode", "town", "iban", "signatory", "signatory_quality")
_AGREEMENT = ("number", "start_on", "end_on", "signed_on", "fund", "territory", "committee", "departments")


def enter(ctx: Context, args: argparse.Namespace) -> None:
    """Enter employer and agreement as far as the arguments tell them."""
    given = {field: getattr(args, "employer_name" if field == "name" else field) for field in _EMPLOYER}
    given["contributions_valid_until"] = args.contributions_valid_until
    values = {field: value for field, value in given.items() if value is not None}
    if values:
        agreements.set_employer(ctx, values)
    if args.number is not None:
        enter_agreement(ctx, args)


def enter_agreement(ctx: Context, args: argparse.Namespace) -> None:
    """Enter an agreement, or change the one of this number, and its terms."""
    with ctx.store.read() as connection:
        known = next((each for each in queries.agreements(connection, HOME_SCHEME) if each.number == args.number), None)
    values = {field: getattr(args, field) for field in _AGREEMENT if getattr(args, field) is not None}
    key = known.id if known is not None else None
    if known is None or len(values) > 1:
        key = agreements.set_agreement(ctx, values, agreement_id=key)
    assert key is not None  # it is known, or has just been made
    if args.ceiling is None and args.amendment is None and not args.setting:
        return
    start: date = args.terms_start or args.start_on or (known.start if known else values["start_on"])
    agreements.set_terms(
        ctx,
        key,
        start=start,
        ceiling_fte=args.ceiling,
        settings=dict(args.setting) or None,
        amendment=args.amendment,
    )


def run_employer(door: Door, args: argparse.Namespace) -> int:
    """Enter the employer’s data and say them."""
    args.number = None
    with door.open(args) as ctx:
        enter(ctx, args)
        with ctx.store.read() as connection:
            row = queries.employer_row(connection) or {}
    door.say(" · ".join(str(row[field]) for field in ("name", "siret", "postcode", "town") if row.get(field)))
    return 0


def run_agreement(door: Door, args: argparse.Namespace) -> int:
    """Enter an agreement or its terms and say them."""
    with door.open(args) as ctx:
        enter_agreement(ctx, args)
        with ctx.store.read() as connection:
            found = [each for each in queries.agreements(connection, HOME_SCHEME) if each.number == args.number]
    words = door.words
    for each in found:
        door.say(words.text("agreement {number} from {start}", number=each.number, start=words.day(each.start)))
        for terms in each.terms:
            ceiling = words.fte(terms.ceiling_fte) if terms.ceiling_fte is not None else "–"
            line = words.text("  from {start}: ceiling {ceiling} FTE", start=words.day(terms.start), ceiling=ceiling)
            said = [f"{name} {value}" for name, value in (words.setting(*pair) for pair in terms.settings.items())]
            door.say(", ".join([line, *said]))
    return 0


def run_value(door: Door, args: argparse.Namespace) -> int:
    """Enter a dated value of the home scheme."""
    with door.open(args) as ctx:
        agreements.add_override(
            ctx,
            parameter=args.parameter,
            start=args.start,
            value=args.value,
            source=args.source,
            published=args.published,
            provisional=args.provisional,
        )
    words = door.words
    value = words.parameter_value(args.value, load(HOME_SCHEME).series[args.parameter].unit)
    door.say(f"{words.parameter(args.parameter)}{words.colon} {value} ({words.day(args.start)}, {args.source})")
    return 0
