"""The commands of plans and attendance, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.cli.options import Maker, Parser


def attendance(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of attendance."""
    words = make.words
    sub = make.group(
        commands, "attendance", words.text("a month’s hours and absences: show, take in, match, close, send")
    )
    month = "--store fabrique.ltu --period 2026-10"

    def one(name: str, help_: str, more: str = "", before: str = "") -> Parser:
        parser = make.command(sub, name, f"attendance.run_{name}", help_, f"attendance {name} {before}{month}{more}")
        make.store(parser)
        make.period(parser)
        return parser

    def dry(parser: Parser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help=words.text("show what would change, and change nothing")
        )

    one("show", words.text("show the month’s grid"))
    parser = one("export", words.text("write the month’s grid as a workbook or CSV"), " --xlsx presences.xlsx")
    for kind, text in (("xlsx", words.text("write the workbook")), ("csv", words.text("write the list"))):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=text)
    parser = one(
        "import",
        words.text("take a month’s grid or list in: Excel, LibreOffice or CSV"),
        " --dry-run",
        "presences.xlsx ",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=words.text("the file to read"))
    dry(parser)
    parser = one("close", words.text("close the month, or say what it lacks"), ' --note "feuille perdue"')
    parser.add_argument("--note", default="", help=words.text("why it is closed in spite of what is missing"))
    dry(parser)
    parser = one("reopen", words.text("open a closed month again"), ' --reason "feuille rectifiée"')
    parser.add_argument("--reason", required=True, help=words.text("why, for the history"))
    one("match", words.text("say whose timesheet, payroll and claim differ, and why"))
    parser = one("variables", words.text("the month’s variables for payroll"), " --csv variables.csv --send")
    for kind, text in (
        ("xlsx", words.text("write the workbook")),
        ("csv", words.text("write the list")),
        ("pdf", words.text("write the pages")),
    ):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=text)
    parser.add_argument(
        "--send", action="store_true", help=words.text("keep them as sent, so that later changes are told")
    )
    parser = make.command(
        sub,
        "sheets",
        "paper.run_sheets",
        words.text("write the month sheets of all, to print and sign"),
        f"attendance sheets {month} --pdf feuilles.pdf",
    )
    make.store(parser)
    make.period(parser)
    _paper(make, parser)
    parser.add_argument(
        "--filled", action="store_true", help=words.text("as the month was; to fill by hand unless given")
    )


def _paper(make: Maker, parser: Parser) -> None:
    """Add what all that is printed for the sites shares: the site, the activity and the file."""
    words = make.words
    parser.add_argument(
        "--site", metavar=words.term("help", "NAME"), help=words.text("only this site (its name or code)")
    )
    parser.add_argument(
        "--activity", metavar=words.term("help", "NAME"), help=words.text("only this activity (its name or code)")
    )
    parser.add_argument(
        "--pdf", type=Path, required=True, metavar="FILE", help=words.text("write the pages; a folder is enough")
    )


def plan(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of plans."""
    words = make.words
    sub = make.group(commands, "plan", words.text("plans: show, write, take in, calendars"))
    days = "--store fabrique.ltu --from 2026-10-05 --to 2026-10-11"

    def one(name: str, help_: str, more: str) -> Parser:
        parser = make.command(sub, name, f"plan.run_{name}", help_, f"plan {name} {more}")
        make.store(parser)
        return parser

    def span(parser: Parser) -> None:
        for option, name, text in (
            ("--from", "first", words.text("the first day")),
            ("--to", "last", words.text("the last day")),
        ):
            parser.add_argument(option, dest=name, type=make.day, required=True, metavar="YYYY-MM-DD", help=text)

    parser = one("show", words.text("show the plan of some days, or write it"), f"{days} --xlsx planning.xlsx")
    span(parser)
    for kind, text in (
        ("xlsx", words.text("write the workbook")),
        ("csv", words.text("write the list")),
        ("pdf", words.text("write the pages")),
    ):
        parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=text)
    parser = one(
        "import",
        words.text("take a list of shifts in: Excel, LibreOffice or CSV"),
        "planning.xlsx --store fabrique.ltu --dry-run",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=words.text("the file to read"))
    parser.add_argument("--dry-run", action="store_true", help=words.text("show what would change, and change nothing"))
    parser = one(
        "ical", words.text("write calendars (iCalendar), one a person and one a site"), f"{days} --out calendriers"
    )
    span(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=words.text("the folder to write into"))
    week = "--store fabrique.ltu --week 2026-W43 --pdf"
    for name, text, file, option, more in (
        (
            "wall",
            words.text("write the plan of a week for the wall, a sheet for each site"),
            "mur.pdf",
            "--a4",
            words.text("on A4; on A3 unless given"),
        ),
        (
            "slips",
            words.text("write the slips of a week, one for each person who works"),
            "fiches.pdf",
            "--two-up",
            words.text("two on a page of A4; one on A5 unless given"),
        ),
    ):
        parser = make.command(sub, name, f"paper.run_{name}", text, f"plan {name} {week} {file}")
        make.store(parser)
        parser.add_argument(
            "--week",
            type=make.week,
            required=True,
            metavar="YYYY-Www",
            help=words.text("the week, or a day of it (YYYY-MM-DD)"),
        )
        _paper(make, parser)
        parser.add_argument(option, action="store_true", help=more)
