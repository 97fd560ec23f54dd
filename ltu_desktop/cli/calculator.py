"""Commands of the calculator alone: compute, schemes. They need no file of an employer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop import RESOURCES
from ltu_desktop.cli.door import WORLD, read_file
from ltu_desktop.rules import cases as oracles
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.facts_json import answer_json, read_facts
from ltu_desktop.rules.packs import codes, load

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.cli.door import Door
    from ltu_desktop.cli.options import Maker, Parser


def add(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands to the parser."""
    words = make.words
    parser = make.command(
        commands,
        "compute",
        _compute,
        words.text("compute a claim from facts in JSON; the answer is JSON on standard output"),
        "compute fr-tzcld facts.json\ncompute fr-tzcld - < facts.json > answer.json",
    )
    parser.add_argument(
        "scheme", metavar="SCHEME", help=words.text("code of the scheme: {codes}", codes=", ".join(codes()))
    )
    parser.add_argument("facts", type=Path, metavar="FACTS", help=words.text("the facts; - for standard input"))

    sub = make.group(commands, "schemes", words.text("list, show and check the subsidy schemes"))
    make.command(sub, "list", _list, words.text("list the schemes"), "schemes list")
    parser = make.command(
        sub, "show", _show, words.text("show a scheme’s dated values and settings"), "schemes show fr-tzcld"
    )
    parser.add_argument("scheme", metavar="SCHEME", help=words.text("code of the scheme"))
    parser = make.command(
        sub, "check", _check, words.text("compute a scheme’s published cases and compare"), "schemes check fr-tzcld"
    )
    parser.add_argument("scheme", nargs="?", metavar="SCHEME", help=words.text("code of the scheme; all unless given"))


def _compute(door: Door, args: argparse.Namespace) -> int:
    pack = load(args.scheme)
    door.put(answer_json(compute(pack, read_facts(read_file(args.facts), pack))))
    return 0


def _list(door: Door, args: argparse.Namespace) -> int:
    del args
    for code in codes():
        door.say(f"{code}  {load(code).scheme.name}")
    return 0


def _show(door: Door, args: argparse.Namespace) -> int:
    words, pack = door.words, load(args.scheme)
    scheme = pack.scheme
    door.say(f"{scheme.code}  {scheme.name}")
    door.say(words.text("Paid by: {authority}", authority=scheme.authority))
    door.say(words.text("Texts: {texts}", texts=", ".join(scheme.legal_base)))
    door.say(words.text("Version: {version}", version=pack.version))
    for code, series in pack.series.items():
        door.say()
        door.say(f"{words.parameter(code)} ({code})")
        for value in series.values:
            said = "?" if value.value is None else words.parameter_value(value.value, series.unit)
            mark = " – " + words.term("cli", "provisional") if value.provisional else ""
            door.say(f"  {words.day(value.start)}  {said:>12}  {value.source}{mark}")
    door.say()
    door.say(words.text("Settings that no text fixes (default first)"))
    for rule in scheme.setting:
        name, chosen = words.setting(rule.code, rule.default)
        others = ", ".join(words.setting(rule.code, each)[1] for each in rule.options if each != rule.default)
        door.say(f"  {name} ({rule.code}){words.colon} {chosen}" + (f" | {others}" if others else ""))
    return 0


def _check(door: Door, args: argparse.Namespace) -> int:
    words, wrong = door.words, 0
    for code in [args.scheme] if args.scheme else codes():
        pack = load(code)
        found = oracles.cases(RESOURCES / "schemes" / code)
        bad = 0
        for file, case in found:
            differences = oracles.check(pack, case)
            bad += bool(differences)
            for difference in differences:
                door.tell(f"{code}/{file}, {case.name}{words.colon} {difference}")
        wrong += bad
        good = len(found) - bad
        door.say(words.text("{code}: {good} of {all} cases agree", code=code, good=good, all=len(found)))
    return WORLD if wrong else 0
