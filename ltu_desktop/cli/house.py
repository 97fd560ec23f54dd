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
    from ltu_desktop.cli.options import Maker, Parser

_EMPLOYER = ("name", "siret", "address", "postcode", "town", "iban", "signatory", "signatory_quality")
_AGREEMENT = ("number", "start_on", "end_on", "signed_on", "fund", "territory", "committee", "departments")


def add(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands to the parser."""
    words = make.words
    parser = make.command(
        commands,
        "employer",
        _employer,
        words.text("say who the employer is; what is not given stays"),
        'employer --store fabrique.ltu --name "La Fabrique du Canal" --siret 12345678200010 '
        "--contributions-until 2027-03-31",
    )
    make.store(parser)
    employer_options(make, parser, "--name")
    parser = make.command(
        commands,
        "agreement",
        _agreement,
        words.text("enter the agreement with the Fund, or an amendment; what is not given stays"),
        "agreement --store fabrique.ltu --number 2021-059-14 --start 2021-06-28 --ceiling 36\n"
        "agreement --store fabrique.ltu --number 2021-059-14 --from 2027-01-01 --amendment 7 --ceiling 40 "
        "--setting sick_paid=count",
    )
    make.store(parser)
    agreement_options(make, parser, "--number", "--start")
    parser = make.command(
        commands,
        "value",
        _value,
        words.text("enter a dated legal value with its source, before the program ships it"),
        'value state_rate 0.94 --from 2026-01-01 --source "arrêté du 15/12/2026" --store fabrique.ltu',
    )
    parser.add_argument(
        "parameter", metavar="PARAMETER", help=words.text("code of the value, as “schemes show” lists it")
    )
    parser.add_argument("value", type=make.number, metavar="VALUE", help=words.text("the value"))
    parser.add_argument(
        "--from",
        dest="start",
        type=make.day,
        required=True,
        metavar="YYYY-MM-DD",
        help=words.text("day from which it holds"),
    )
    parser.add_argument("--source", required=True, help=words.text("the text that fixes it"))
    parser.add_argument("--published", type=make.day, metavar="YYYY-MM-DD", help=words.text("day of publication"))
    parser.add_argument("--provisional", action="store_true", help=words.text("mark it as provisional"))
    make.store(parser)


def employer_options(make: Maker, parser: Parser, name: str) -> None:
    """Add the options of an employer; `name` is the option of its name."""
    words = make.words
    group = parser.add_argument_group(words.term("cli", "employer"))
    group.add_argument(name, dest="employer_name", metavar="NAME", help=words.text("name as printed on the claim"))
    group.add_argument("--siret", help=words.text("its SIRET, 14 digits"))
    group.add_argument("--address", help=words.text("street and number"))
    group.add_argument("--postcode", help=words.term("cli", "postcode"))
    group.add_argument("--town", help=words.term("cli", "town"))
    group.add_argument("--iban", help=words.text("account that the Fund pays to"))
    group.add_argument("--signatory", metavar="NAME", help=words.text("who signs the claim"))
    group.add_argument("--signatory-quality", metavar="TEXT", help=words.text("what the signatory is in the house"))
    group.add_argument(
        "--contributions-until",
        dest="contributions_valid_until",
        type=make.day,
        metavar="YYYY-MM-DD",
        help=words.text("last day of the contributions certificate (Urssaf)"),
    )


def agreement_options(make: Maker, parser: Parser, number: str, start: str) -> None:
    """Add the options of an agreement and its terms; `number` and `start` are the options of these two."""
    words = make.words
    group = parser.add_argument_group(words.term("cli", "agreement"))
    needed = number == "--number"
    group.add_argument(
        number, dest="number", required=needed, metavar="NUMBER", help=words.text("number of the agreement")
    )
    group.add_argument(start, dest="start_on", type=make.day, metavar="YYYY-MM-DD", help=words.text("its first day"))
    group.add_argument("--end", dest="end_on", type=make.day, metavar="YYYY-MM-DD", help=words.text("its last day"))
    group.add_argument("--signed-on", type=make.day, metavar="YYYY-MM-DD", help=words.text("day of signature"))
    group.add_argument("--fund", help=words.text("who pays"))
    group.add_argument("--territory", help=words.text("the territory"))
    group.add_argument("--committee", help=words.text("the local employment committee (CLE)"))
    group.add_argument("--departments", help=words.text("the Department or Departments"))
    group.add_argument(
        "--ceiling", type=make.number, metavar="N", help=words.text("greatest number of FTE in the year")
    )
    group.add_argument("--amendment", metavar="TEXT", help=words.text("number of the current amendment"))
    group.add_argument(
        "--setting",
        action="append",
        default=[],
        type=make.pair,
        metavar="NAME=VALUE",
        help=words.text("a setting that the agreement fixes, as “schemes show” lists it (may be given again)"),
    )
    group.add_argument(
        "--from",
        dest="terms_start",
        type=make.day,
        metavar="YYYY-MM-DD",
        help=words.text("day from which ceiling and settings hold; the agreement’s first day unless given"),
    )


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


def _employer(door: Door, args: argparse.Namespace) -> int:
    args.number = None
    with door.open(args) as ctx:
        enter(ctx, args)
        with ctx.store.read() as connection:
            row = queries.employer_row(connection) or {}
    door.say(" · ".join(str(row[field]) for field in ("name", "siret", "postcode", "town") if row.get(field)))
    return 0


def _agreement(door: Door, args: argparse.Namespace) -> int:
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


def _value(door: Door, args: argparse.Namespace) -> int:
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
