"""Pieces of the argument parser: texts in the user's language, options that several commands share."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.words import Words

T = TypeVar("T")

# argparse's own sentences → ours; `{0}` is what the first group holds
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", N_("something is missing: {0}.")),
    (r"unrecognized arguments: (.*)", N_("this is not understood: {0}.")),
    (r"argument (\S+): not allowed with argument (\S+)", N_("{0} and {1} do not go together.")),
    (r"argument (\S+): expected .*", N_("{0} needs a value.")),
    (r"argument ([^:]*): invalid choice: (.*?) \(choose from .*", N_("{0}: there is no {1}.")),
    (r"argument ([^:]*): (.*)", N_("{0}: {1}.")),
)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help whose texts are texts: a percent sign in them stands for itself."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return action.help and action.help.replace("%", "%%")


class Parser(argparse.ArgumentParser):
    """argparse, speaking the user's language."""

    words: Words

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments in one sentence and how to get help; exit with 2."""
        said = message
        for pattern, sentence in _FAULTS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                said = self.words.text(sentence).format(*found.groups())
                break
        hint = self.words.text("See: {command}", command=f"{self.prog} --help")
        sys.stderr.write(f"{said} {hint}\n")
        raise SystemExit(2)

    def format_usage(self) -> str:
        """Return the usage line with its head in the user's language."""
        return self._translated(super().format_usage())

    def format_help(self) -> str:
        """Return the help with its heads in the user's language."""
        return self._translated(super().format_help())

    def _translated(self, text: str) -> str:
        heads = {
            "usage: ": self.words.term("help", "usage: "),
            "positional arguments:": self.words.term("help", "arguments:"),
            "options:": self.words.term("help", "options:"),
        }
        for english, ours in heads.items():
            text = re.sub(f"(?m)^{re.escape(english)}", ours, text)
        return text


class Maker:
    """Makes commands: parser, help with an example, the options that they share."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def top(self) -> tuple[Parser, argparse._SubParsersAction[Parser]]:
        """Return the parser of the program and where its commands go."""
        parser = self._parser(
            prog="ltu-desktop",
            description=self.words.text(
                "People, attendance and wage-subsidy claims of a job factory, in one offline file. "
                "Without arguments the window opens."
            ),
        )
        return parser, self._commands(parser)

    def _parser(self, prog: str, description: str) -> Parser:
        parser = Parser(
            prog=prog,
            description=description,
            formatter_class=Help,
            add_help=False,
            allow_abbrev=False,
        )
        parser.words = self.words
        parser.add_argument("-h", "--help", action="help", help=self.words.text("show this help and stop"))
        parser.add_argument(
            "--language",
            choices=LANGUAGES,
            default=argparse.SUPPRESS,
            help=self.words.text("language of texts and documents; that of the system unless given"),
        )
        return parser

    def _commands(self, parser: Parser) -> argparse._SubParsersAction[Parser]:
        return parser.add_subparsers(
            title=self.words.term("help", "commands"),
            metavar=self.words.term("help", "command"),
            required=True,
            parser_class=Parser,
        )

    def group(
        self, commands: argparse._SubParsersAction[Parser], name: str, help_: str
    ) -> argparse._SubParsersAction[Parser]:
        """Add a command that has commands of its own."""
        return self._commands(self._add(commands, name, help_))

    def command(
        self, commands: argparse._SubParsersAction[Parser], name: str, run: str, help_: str, example: str
    ) -> Parser:
        """Add a command with its help and an example; `run` names what carries it out: `claim.run_seal`."""
        parser = self._add(commands, name, help_)
        head = self.words.term("help", "example:")
        parser.epilog = "\n".join([head, *(f"  ltu-desktop {line}" for line in example.splitlines())])
        parser.set_defaults(run=run)
        return parser

    def _add(self, commands: argparse._SubParsersAction[Parser], name: str, help_: str) -> Parser:
        parser = commands.add_parser(
            name,
            help=help_,
            description=help_[:1].upper() + help_[1:] + ".",
            formatter_class=Help,
            add_help=False,
            allow_abbrev=False,
        )
        parser.words = self.words
        parser.add_argument("-h", "--help", action="help", help=self.words.text("show this help and stop"))
        parser.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return parser

    def store(self, parser: Parser) -> None:
        """Add the options of a command that works on a file."""
        parser.add_argument(
            "--store", type=Path, required=True, metavar="FILE", help=self.words.text("the employer’s file (.ltu)")
        )
        self.who(parser)

    def who(self, parser: Parser) -> None:
        """Add passphrase and operator."""
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="FILE",
            help=self.words.text("a file whose first line is the passphrase or the recovery key"),
        )
        parser.add_argument(
            "--operator",
            metavar=self.words.term("help", "NAME"),
            help=self.words.text("who works, for the history; the login name unless given"),
        )

    def period(self, parser: Parser, *, required: bool = True) -> None:
        """Add the month."""
        parser.add_argument(
            "--period",
            type=self.month,
            required=required,
            metavar="YYYY-MM",
            help=self.words.term("cli", "the month"),
        )

    def outputs(self, parser: Parser, *, sealed: bool = True) -> None:
        """Add the files that a claim can be written to; the sealed dossier not of a draft."""
        helps = {
            "pdf": self.words.text("write the claim: form and annex in one PDF, workbook and data attached"),
            "xlsx": self.words.text("write the workbook"),
            "csv": self.words.text("write the list"),
            "json": self.words.text("write the figures with all their steps; - for standard output"),
        }
        if sealed:
            text = self.words.text(
                "write all of these and the list of their SHA-256 into one archive, of a sealed claim"
            )
            helps["zip"] = text
        for kind, text in helps.items():
            parser.add_argument(f"--{kind}", type=Path, metavar="FILE", help=text)

    # types: argparse shows the message of ArgumentTypeError

    def _typed(self, text: str, read: Callable[[str], T], fault: str) -> T:
        try:
            return read(text)
        except (ValueError, InvalidOperation) as error:
            raise argparse.ArgumentTypeError(self.words.text(fault).format(text=text)) from error

    def month(self, text: str) -> Month:
        """Read a month."""
        return self._typed(text, Month.parse, N_("“{text}” is not a month (YYYY-MM)"))

    def day(self, text: str) -> date:
        """Read a day."""
        return self._typed(text, date.fromisoformat, N_("“{text}” is not a date (YYYY-MM-DD)"))

    def week(self, text: str) -> date:
        """Read a week, `2026-W43` or any day of it; return its Monday."""
        return self._typed(text, _monday, N_("“{text}” is not a week (YYYY-Www, or a day of it: YYYY-MM-DD)"))

    def number(self, text: str) -> Decimal:
        """Read a positive decimal with a dot or a comma."""
        return self._typed(text, _positive, N_("“{text}” is not a number"))

    def whole(self, text: str) -> int:
        """Read a positive whole number."""
        return self._typed(text, _whole, N_("“{text}” is not a whole number above zero"))

    def pair(self, text: str) -> tuple[str, str]:
        """Read `name=value`."""
        return self._typed(text, _pair, N_("“{text}” is not written name=value"))

    def share(self, text: str) -> tuple[Month, int, Decimal | None]:
        """Read a claim and what is to settle of it: `2026-10`, `2026-10/2`, `2026-10/2=-94.16`."""
        return self._typed(text, _share, N_("“{text}” is not written YYYY-MM, YYYY-MM/N or YYYY-MM=AMOUNT"))


def _share(text: str) -> tuple[Month, int, Decimal | None]:
    claim, mark, amount = text.partition("=")
    month, slash, number = claim.partition("/")
    value = Decimal(amount.replace(",", ".")) if mark else None
    if value is not None and not value.is_finite():
        raise ValueError(text)
    return Month.parse(month), _whole(number) if slash else 1, value


def _monday(text: str) -> date:
    day = date.fromisoformat(text)  # reads 2026-W43 too: its Monday
    return day - timedelta(days=day.weekday())


def _positive(text: str) -> Decimal:
    value = Decimal(text.replace(",", "."))
    if not value.is_finite() or value < 0:
        raise ValueError(text)
    return value


def _whole(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not (name and mark):
        raise ValueError(text)
    return name, value
