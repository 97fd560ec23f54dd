"""Arguments, languages, errors: what the command line says when it is not understood, or when we are at fault."""

from __future__ import annotations

import builtins
import importlib
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop import __main__, cli
from ltu_desktop.cli import door, parser
from ltu_desktop.rules.errors import UserError
from ltu_desktop.words import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.cli.options import Parser


def commands(of: Parser, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Parser]]:
    """Walk through all commands that do something."""
    groups = [action for action in of._actions if action.choices and hasattr(action, "add_parser")]
    for group in groups:
        for name, child in dict(group.choices or {}).items():
            yield from commands(child, (*way, name))
    if not groups:
        yield way, of


ALL = dict(commands(parser.build(Words("en"))))


def test_the_commands_of_the_design_are_there() -> None:
    assert {" ".join(way) for way in ALL} >= {
        "demo",
        "new",
        "import people",
        "import hours",
        "import dsn",
        "compute",
        *(f"claim {name}" for name in ("prepare", "check", "seal", "send", "return", "correct", "export", "list")),
        "verify",
        "backup",
        "restore",
        "check",
        *(f"schemes {name}" for name in ("list", "show", "check")),
        "journal",
        "undo",
        "redo",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", list(ALL), ids=" ".join)
def test_every_command_has_help_with_an_example_that_it_understands(
    way: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*way, "--help", "--language", language]) == 0
    shown = capsys.readouterr().out.replace("\u00a0:", ":")
    head, _, examples = shown.partition({"fr": "exemple", "en": "example"}[language])
    assert head.startswith(f"usage: ltu-desktop {' '.join(way)}")
    lines = [line.strip() for line in examples.splitlines()[1:]]
    assert lines
    for line in lines:
        words = _split(line)
        assert tuple(words[1 : 1 + len(way)]) == way
        parser.build(Words("en")).parse_args(words[1:])  # SystemExit if the example is wrong


def _split(line: str) -> list[str]:
    import shlex

    return shlex.split(line.partition(" < ")[0])


def test_every_command_names_what_carries_it_out() -> None:
    for way, command in ALL.items():
        room, _, name = command.get_default("run").partition(".")
        assert callable(getattr(importlib.import_module(f"ltu_desktop.cli.{room}"), name)), way


def test_the_calculator_loads_neither_database_nor_documents() -> None:
    code = (
        "import sys; from ltu_desktop import cli; cli.main(['schemes', 'check']); "
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'reportlab', 'openpyxl', 'PySide6')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_passphrases_are_never_arguments() -> None:
    options = {option for command in ALL.values() for action in command._actions for option in action.option_strings}
    assert "--passphrase-file" in options
    assert not options & {"--passphrase", "--password"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "something is missing"),
        (["nothing"], "there is no 'nothing'"),
        (["compute"], "something is missing: SCHEME, FACTS."),
        (["compute", "fr-tzcld", "-", "--surprise"], "not understood: --surprise."),
        (["claim", "list", "--store"], "--store needs a value."),
        (["claim", "check", "--store", "x", "--period", "October"], "“October” is not a month (YYYY-MM)"),
        (["new", "x", "--ceiling", "many"], "“many” is not a number"),
        (["new", "x", "--ceiling", "-1"], "--ceiling"),
        (["new", "x", "--agreement-start", "soon"], "“soon” is not a date (YYYY-MM-DD)"),
        (["new", "x", "--setting", "sick_paid"], "“sick_paid” is not written name=value"),
        (["demo", "--people", "0"], "“0” is not a whole number above zero"),
        (["demo", "--people", "few"], "“few” is not a whole number above zero"),
    ],
)
def test_arguments_that_are_not_understood(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*arguments, "--language", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "--help" in err
    assert err.count("\n") == 1


def test_the_language_is_asked_for_or_the_system_s_or_french(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert door.language_of([]) == "fr"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert door.language_of([]) == "en"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert door.language_of([]) == "fr"
    assert door.language_of(["claim", "--language", "en"]) == "en"
    assert door.language_of(["--language=en"]) == "en"
    assert door.language_of(["--language"]) == "fr"
    assert cli.main(["--language", "klingon"]) == 2
    assert "klingon" in capsys.readouterr().err


def test_help_of_the_program_speaks_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help", "--language", "fr"]) == 0
    french = capsys.readouterr().out
    assert "commandes" in french
    assert "options\u00a0:" in french
    assert cli.main(["--help", "--language", "en"]) == 0
    assert "make a new file for an employer" in capsys.readouterr().out


def test_a_bug_gives_a_short_report_without_personal_data(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> list[str]:
        raise ValueError("Zoé Delannoy 2030199549097")

    monkeypatch.setattr("ltu_desktop.cli.calculator.codes", fail)
    assert cli.main(["schemes", "list", "--language", "en"]) == 1
    out, err = capsys.readouterr()
    assert "ValueError" in err
    assert "cli/calculator.py" in err
    assert "Delannoy" not in out + err
    assert "2030199549097" not in out + err
    assert "Traceback" not in err


def test_stopping_and_a_closed_pipe_are_no_faults(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> list[str]:
        raise KeyboardInterrupt

    def closed() -> list[str]:
        raise BrokenPipeError

    monkeypatch.setattr("ltu_desktop.cli.calculator.codes", stop)
    assert cli.main(["schemes", "list", "--language", "en"]) == 130
    assert "Nothing of the last step was saved" in capsys.readouterr().err
    silenced: list[bool] = []
    monkeypatch.setattr("ltu_desktop.cli.calculator.codes", closed)
    monkeypatch.setattr(door, "_silence", lambda: silenced.append(True))
    assert cli.main(["schemes", "list"]) == 0
    assert silenced == [True]


def test_reading_a_file_says_what_stands_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"content")
    assert door.read_file(tmp_path / "file") == b"content"
    for path, code in ((tmp_path, "is_folder"), (tmp_path / "none", "missing")):
        with pytest.raises(UserError) as raised:
            door.read_file(path)
        assert raised.value.code == code

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError) as raised:
        door.read_file(tmp_path / "file")
    assert raised.value.code == "unreadable"


def test_the_operator_is_the_login_name_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    import argparse

    at = door.Door(Words("en"))
    monkeypatch.setattr("getpass.getuser", lambda: "nadia")
    assert at.operator(argparse.Namespace(operator=None)) == "nadia"
    assert at.operator(argparse.Namespace(operator="Zoé")) == "Zoé"

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert at.operator(argparse.Namespace(operator=None)) == "?"


def test_the_clock_knows_its_zone() -> None:
    assert door.SystemClock().now().tzinfo is not None
    assert abs((door.SystemClock().now() - datetime.now(UTC)).total_seconds()) < 60


def test_without_arguments_the_window_opens_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ltu-desktop"])
    real = builtins.__import__

    def without(missing: str) -> Any:
        def load(name: str, *rest: Any) -> Any:
            if name == "ltu_desktop" and rest[2] and "app" in rest[2]:
                raise ModuleNotFoundError(name=missing)
            return real(name, *rest)

        return load

    monkeypatch.setattr(builtins, "__import__", without("PySide6.QtCore"))
    assert __main__.main() == 2
    assert "PySide6" in capsys.readouterr().err
    monkeypatch.setattr(builtins, "__import__", without("ltu_desktop.nothing"))
    with pytest.raises(ModuleNotFoundError):
        __main__.main()


def test_arguments_open_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["ltu-desktop", "schemes", "list"])
    assert __main__.main() == 0
    assert "fr-tzcld" in capsys.readouterr().out
