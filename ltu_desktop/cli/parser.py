"""All commands and their options, in the order of a month's work.

A command names what carries it out (`claim.run_seal` in this package), so that only that part of the program is loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop.cli.options import Maker
from ltu_desktop.cli.parser_attendance import attendance, plan
from ltu_desktop.rules.packs import codes

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.cli.options import Parser
    from ltu_desktop.words import Words


def build(words: Words) -> Parser:
    """Build the parser of the whole command line, in one language."""
    make = Maker(words)
    parser, commands = make.top()
    for add in (_demo, _files, _house, plan, attendance, _claim, _payments, _report, _calculator):
        add(make, commands)
    return parser


def _demo(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    parser = make.command(
        commands,
        "demo",
        "show.run_demo",
        words.text("make a fictional job factory with its payroll files and its last claim"),
        "demo --out demo --people 120 --months 24",
    )
    parser.add_argument("--out", type=Path, default=Path("ltu-demo"), metavar="DIR", help=words.text("a new folder"))
    parser.add_argument(
        "--people", type=make.whole, default=120, metavar="N", help=words.text("people at work at the end")
    )
    parser.add_argument("--months", type=make.whole, default=24, metavar="N", help=words.text("months of payroll"))
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help=words.text("another number makes another factory")
    )
    make.period(parser, required=False)


def _files(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    parser = make.command(
        commands,
        "new",
        "files.run_new",
        words.text("make a new file for an employer"),
        'new fabrique.ltu --employer "La Fabrique du Canal" --siret 12345678200010 '
        "--agreement 2021-059-14 --agreement-start 2021-06-28 --ceiling 36",
    )
    parser.add_argument("store", type=Path, metavar="FILE", help=words.text("the file to make (.ltu)"))
    make.who(parser)
    _employer_options(make, parser, "--employer")
    _agreement_options(make, parser, "--agreement", "--agreement-start")

    sub = make.group(
        commands, "import", words.text("take a staff list, an hours list, a payroll declaration or a bank’s file in")
    )
    for kind, file, help_ in (
        ("people", "personnel.csv", words.text("a staff list: Excel, LibreOffice or CSV")),
        ("dsn", "dsn-2026-10.dsn", words.text("a monthly payroll declaration (DSN)")),
        ("hours", "heures-2026-10.xlsx", words.text("an hours list: Excel, LibreOffice or CSV")),
        ("bank", "releve-2026-11.xml", words.text("a bank’s file: CAMT.053, OFX, CSV or Excel")),
    ):
        parser = make.command(
            sub, kind, "files.run_import", help_, f"import {kind} {file} --store fabrique.ltu --dry-run"
        )
        parser.set_defaults(kind=kind)
        parser.add_argument("file", type=Path, metavar="FILE", help=words.text("the file to read"))
        make.store(parser)
        if kind == "hours":
            make.period(parser, required=False)
        parser.add_argument(
            "--dry-run", action="store_true", help=words.text("show what would change, and change nothing")
        )
        parser.add_argument(
            "--leave",
            action="append",
            default=[],
            metavar="ROW",
            help=words.text("leave a row out (may be given again)"),
        )
        if kind == "bank":
            parser.add_argument(
                "--take",
                action="append",
                default=[],
                metavar="ROW",
                help=words.text("take a row in that was put aside (may be given again); all takes every one"),
            )
            continue
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            type=make.pair,
            metavar="ROW=STAFF|new",
            help=words.text("say who a row is: a staff number, or new (may be given again)"),
        )

    parser = make.command(
        commands,
        "backup",
        "files.run_backup",
        words.text("make a proven copy of the file"),
        "backup --store fabrique.ltu --to /media/cle/sauvegardes",
    )
    make.store(parser)
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help=words.text("folder of the copy; beside the file unless given")
    )
    parser = make.command(
        commands,
        "restore",
        "files.run_restore",
        words.text("put a backup in the place of the file, which is kept aside"),
        "restore fabrique-20261112-104200-57-1a2b3c4d.ltu --store fabrique.ltu --dry-run",
    )
    parser.add_argument(
        "backup", type=Path, nargs="?", metavar="BACKUP", help=words.text("the backup; without it those there are")
    )
    make.store(parser)
    parser.add_argument("--dry-run", action="store_true", help=words.text("show what would change, and change nothing"))
    parser = make.command(
        commands,
        "check",
        "files.run_check",
        words.text("check the file: pages, references, history"),
        "check --store fabrique.ltu",
    )
    make.store(parser)
    parser = make.command(
        commands,
        "journal",
        "files.run_journal",
        words.text("show who did what when"),
        "journal --store fabrique.ltu --limit 20",
    )
    make.store(parser)
    parser.add_argument(
        "--limit", type=make.whole, default=50, metavar="N", help=words.text("how many entries, 50 unless given")
    )
    parser = make.command(
        commands, "undo", "files.run_undo", words.text("take the last change back"), "undo --store fabrique.ltu"
    )
    make.store(parser)
    parser.add_argument("--entry", type=make.whole, metavar="N", help=words.text("another entry than the last one"))
    parser = make.command(
        commands, "redo", "files.run_redo", words.text("do again what was undone last"), "redo --store fabrique.ltu"
    )
    make.store(parser)


def _house(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    parser = make.command(
        commands,
        "employer",
        "house.run_employer",
        words.text("say who the employer is; what is not given stays"),
        'employer --store fabrique.ltu --name "La Fabrique du Canal" --siret 12345678200010 '
        "--contributions-until 2027-03-31",
    )
    make.store(parser)
    _employer_options(make, parser, "--name")
    parser = make.command(
        commands,
        "agreement",
        "house.run_agreement",
        words.text("enter the agreement with the Fund, or an amendment; what is not given stays"),
        "agreement --store fabrique.ltu --number 2021-059-14 --start 2021-06-28 --ceiling 36\n"
        "agreement --store fabrique.ltu --number 2021-059-14 --from 2027-01-01 --amendment 7 --ceiling 40 "
        "--setting sick_paid=count",
    )
    make.store(parser)
    _agreement_options(make, parser, "--number", "--start")
    parser = make.command(
        commands,
        "value",
        "house.run_value",
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


def _employer_options(make: Maker, parser: Parser, name: str) -> None:
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


def _agreement_options(make: Maker, parser: Parser, number: str, start: str) -> None:
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


def _claim(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    sub = make.group(commands, "claim", words.text("prepare, check, seal, correct and export a month’s claim"))
    month = "--store fabrique.ltu --period 2026-10"

    def one(name: str, run: str, help_: str, more: str = "") -> Parser:
        parser = make.command(sub, name, run, help_, f"claim {name} {month}{more}")
        make.store(parser)
        make.period(parser)
        return parser

    make.outputs(
        one(
            "prepare",
            "claim.run_prepare",
            words.text("work the claim out, without writing anything into the file"),
            " --pdf projet.pdf",
        ),
        sealed=False,
    )
    make.outputs(
        one("check", "claim.run_check", words.text("list what stands in the way and what asks for a look")),
        sealed=False,
    )
    make.outputs(
        one(
            "seal",
            "claim.run_seal",
            words.text("freeze the claim; later changes go into corrective versions"),
            " --pdf demande.pdf",
        )
    )
    version = words.text("which version, the latest unless given")
    for name, run, help_ in (
        ("send", "claim.run_send", words.text("note that the claim went to the Fund")),
        ("return", "claim.run_return", words.text("note that the Fund returned the claim, with its reason")),
        ("pay", "claim.run_pay", words.text("note that the Fund paid the claim in full")),
    ):
        parser = one(name, run, help_, ' --reason "IBAN"' if name == "return" else "")
        parser.add_argument("--version", type=make.whole, metavar="N", help=version)
        if name == "return":
            parser.add_argument("--reason", required=True, help=words.text("the Fund’s reason"))
    parser = one(
        "correct",
        "claim.run_correct",
        words.text("seal a corrective version: only the differences"),
        ' --reason "heures rectifiées"',
    )
    parser.add_argument(
        "--reason",
        default=words.text("corrected after sealing"),
        help=words.text("what was wrong, for the Fund"),
    )
    make.outputs(parser)
    parser = one(
        "export",
        "claim.run_export",
        words.text("write the latest version (or a draft) to files"),
        " --pdf demande.pdf --xlsx demande.xlsx",
    )
    parser.add_argument("--version", type=make.whole, metavar="N", help=version)
    make.outputs(parser)
    parser = make.command(
        sub, "list", "claim.run_list", words.text("list the claims of the file"), "claim list --store fabrique.ltu"
    )
    make.store(parser)
    make.period(parser, required=False)

    parser = make.command(
        commands,
        "verify",
        "claim.run_verify",
        words.text("tell whether a claim’s file is one that was exported, unchanged"),
        "verify demande-cde-2026-10-v1.pdf --store fabrique.ltu",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=words.text("the PDF, workbook, CSV or JSON file"))
    make.store(parser)


def _payments(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    sub = make.group(commands, "payments", words.text("list payments, propose and match the claims that they settle"))
    parser = make.command(
        sub,
        "list",
        "payments.run_list",
        words.text("list the payments and the claims that wait for money"),
        "payments list --store fabrique.ltu --open",
    )
    make.store(parser)
    parser.add_argument("--open", action="store_true", help=words.text("only payments of which something is left"))
    parser = make.command(
        sub,
        "propose",
        "payments.run_propose",
        words.text("propose which payment settles which claims, without writing anything into the file"),
        "payments propose --store fabrique.ltu",
    )
    make.store(parser)
    parser = make.command(
        sub,
        "match",
        "payments.run_match",
        words.text("match a payment with claims, or all that is proposed with confidence"),
        "payments match 1f3a9c42 2026-09 2026-10=1773.71 --store fabrique.ltu\n"
        "payments match --proposed --store fabrique.ltu",
    )
    parser.add_argument(
        "payment", nargs="?", metavar="PAYMENT", help=words.text("the payment, as “payments list” names it")
    )
    parser.add_argument(
        "claims",
        nargs="*",
        type=make.share,
        default=[],
        metavar="YYYY-MM[/N][=EUR]",
        help=words.text("a claim by month, version if not the first, amount if not all that fits"),
    )
    parser.add_argument(
        "--proposed", action="store_true", help=words.text("carry out all proposals that are sure (80 and more)")
    )
    make.store(parser)


def _report(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    sub = make.group(commands, "report", words.text("staff register, FTE, payroll hours, activities, yearly statement"))
    helps = {
        "register": words.text("who is employed on a day or during a year, in the order of entry"),
        "fte": words.text("FTE by month and status, contractual and worked, with ceiling and 10% rule"),
        "hours": words.text("each person’s hours paid and unpaid by month, as payroll declares them"),
        "activities": words.text("hours worked, cost, subsidy and turnover by activity and site"),
        "statement": words.text("the year for the convention: due, paid, difference, settlement, start-up grant"),
    }
    for kind, help_ in helps.items():
        when = "--on 2026-10-31" if kind == "register" else "--year 2026"
        parser = make.command(
            sub, kind, "report.run_report", help_, f"report {kind} --store fabrique.ltu {when} --pdf . --xlsx ."
        )
        parser.set_defaults(kind=kind, on=None)
        make.store(parser)
        year = parser.add_mutually_exclusive_group() if kind == "register" else parser
        year.add_argument(
            "--year",
            type=make.whole,
            required=kind != "register",
            metavar="YYYY",
            help=words.term("cli", "the year"),
        )
        if kind == "register":
            year.add_argument(
                "--on", type=make.day, metavar="YYYY-MM-DD", help=words.text("the day; today unless given")
            )
        for form, text in (
            ("pdf", words.text("write it to print; a folder is enough")),
            ("xlsx", words.text("write the workbook; a folder is enough")),
            ("csv", words.text("write it as text for other programs; a folder is enough")),
        ):
            parser.add_argument(f"--{form}", type=Path, metavar="FILE", help=text)


def _calculator(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    words = make.words
    parser = make.command(
        commands,
        "compute",
        "calculator.run_compute",
        words.text("compute a claim from facts in JSON; the answer is JSON on standard output"),
        "compute fr-tzcld facts.json\ncompute fr-tzcld - < facts.json > answer.json",
    )
    parser.add_argument(
        "scheme", metavar="SCHEME", help=words.text("code of the scheme: {codes}", codes=", ".join(codes()))
    )
    parser.add_argument("facts", type=Path, metavar="FACTS", help=words.text("the facts; - for standard input"))

    sub = make.group(commands, "schemes", words.text("list, show and check the subsidy schemes"))
    make.command(sub, "list", "calculator.run_list", words.text("list the schemes"), "schemes list")
    parser = make.command(
        sub,
        "show",
        "calculator.run_show",
        words.text("show a scheme’s dated values and settings"),
        "schemes show fr-tzcld",
    )
    parser.add_argument("scheme", metavar="SCHEME", help=words.text("code of the scheme"))
    parser = make.command(
        sub,
        "check",
        "calculator.run_check",
        words.text("compute a scheme’s published cases and compare"),
        "schemes check fr-tzcld",
    )
    parser.add_argument("scheme", nargs="?", metavar="SCHEME", help=words.text("code of the scheme; all unless given"))
    parser = make.command(
        sub,
        "add",
        "calculator.run_add",
        words.text("take a newer edition of a scheme into use, from its signed file"),
        "schemes add fr-tzcld-2.ltupack",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=words.text("the pack (.ltupack)"))
    parser.add_argument("--dry-run", action="store_true", help=words.text("show what would change, and change nothing"))
    parser = make.command(
        sub,
        "back",
        "calculator.run_back",
        words.text("put the last pack aside and use the edition before it"),
        "schemes back fr-tzcld",
    )
    parser.add_argument("scheme", metavar="SCHEME", help=words.text("code of the scheme"))
