"""From arguments to an exit code: language, clock, files opened and closed, errors said in words."""

from __future__ import annotations

import getpass
import locale
import os
import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop import __version__
from ltu_desktop.actions.context import Context
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.words import LANGUAGES, Words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ltu_desktop.rules.clock import Clock
    from ltu_desktop.store.file import Store

WORLD = 2
BUG = 1
STOPPED = 130  # what a shell expects after Ctrl+C


class SystemClock:
    """The computer's clock, in its time zone."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now().astimezone()


@dataclass
class Door:
    """What every command is given: words, clock, and ways to answer."""

    words: Words
    clock: Clock = field(default_factory=SystemClock)

    def say(self, text: str = "") -> None:
        """Write a line of the result."""
        sys.stdout.write(text + "\n")

    def put(self, data: bytes) -> None:
        """Write a result of bytes as they are."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def tell(self, text: str) -> None:
        """Write a line that is not part of the result: progress, a problem."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def operator(self, args: argparse.Namespace) -> str:
        """Return the name that journal entries carry: as given, else the login name."""
        if args.operator:
            return str(args.operator)
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):  # no name is known for this login
            return "?"

    @contextmanager
    def open(self, args: argparse.Namespace, *, read_only: bool = False) -> Iterator[Context]:
        """Open the file named by `--store` and give a context to work with."""
        from ltu_desktop.store.file import Store

        with Store.open(
            args.store,
            clock=self.clock,
            operator=self.operator(args),
            passphrase=passphrase(args),
            read_only=read_only,
        ) as store:
            yield self.context(store)

    def context(self, store: Store) -> Context:
        """Return a context for an open file."""
        return Context(store, self.words, self.clock)


def passphrase(args: argparse.Namespace) -> str | None:
    """Return the first line of `--passphrase-file`, None without one."""
    if args.passphrase_file is None:
        return None
    first, *_ = read_file(args.passphrase_file).decode("utf-8-sig", "replace").splitlines() or [""]
    return str(first)


def read_file(path: Path) -> bytes:
    """Return a file's bytes, those of standard input for `-`; raise UserError when it cannot be read."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise UserError(
            "is_folder", N_("this is a folder, not a file."), mend=N_("Name the file in it."), where=str(path)
        ) from error
    except FileNotFoundError as error:
        raise UserError(
            "missing", N_("this file does not exist."), mend=N_("Check the folder and the name."), where=str(path)
        ) from error
    except OSError as error:
        raise UserError(
            "unreadable",
            N_("this file cannot be read."),
            mend=N_("Check that it is yours to read and that its disk is there."),
            where=str(path),
        ) from error


def language_of(argv: Sequence[str]) -> str:
    """Return the language to speak: `--language`, else that of the system, else French."""
    for index, argument in enumerate(argv):
        name, _, value = argument.partition("=")
        if name == "--language":
            wanted = value or (argv[index + 1] if index + 1 < len(argv) else "")
            if wanted in LANGUAGES:
                return wanted
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    system = next((name for name in names if name), "") or locale.getlocale()[0] or ""
    return "en" if system.lower().startswith("en") else "fr"


def main(argv: Sequence[str] | None = None, clock: Clock | None = None) -> int:
    """Run a command and return its exit code."""
    from ltu_desktop.cli.parser import build

    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    door = Door(Words(language_of(arguments)), clock or SystemClock())
    try:
        args = build(door.words).parse_args(arguments)
        room, _, name = args.run.partition(".")
        return int(getattr(import_module(f"ltu_desktop.cli.{room}"), name)(door, args))
    except SystemExit as stop:  # argparse: help, or arguments that are not understood
        return stop.code if isinstance(stop.code, int) else WORLD
    except UserError as error:
        door.tell(door.words.error(error))
        return WORLD
    except BrokenPipeError:  # whoever read our output has had enough
        _silence()
        return 0
    except KeyboardInterrupt:
        door.tell(door.words.text("Stopped. Nothing of the last step was saved."))
        return STOPPED
    except Exception as error:  # noqa: BLE001  the last resort: whatever it is, no names leave this machine
        door.tell(report(error, door.words))
        return BUG


def no_window() -> int:
    """Say that the window's library is missing; return the exit code."""
    _speak_utf8()
    words = Words(language_of(()))
    Door(words).tell(
        words.text(
            "The window cannot open: its library (PySide6) is not installed. Install the program again, or use the "
            "command line: ltu-desktop --help"
        )
    )
    return WORLD


def report(error: BaseException, words: Words) -> str:
    """Write a bug's report: kind of error and places in the code; messages may hold names, so they are left out."""
    inside = Path(__file__).parent.parent
    places = [
        f"  {Path(frame.filename).relative_to(inside).as_posix()}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(inside)
    ]
    head = words.text(
        "This is a fault of the program, not yours; nothing half-done was saved. Please send us these lines:"
    )
    return "\n".join([head, f"  LTU Desktop {__version__}, {type(error).__name__}", *places])


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console prefers, so that redirected output is the same everywhere."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _silence() -> None:
    """Let the interpreter's last flush go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
