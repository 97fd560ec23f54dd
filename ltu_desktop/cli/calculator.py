"""Commands of the calculator alone: compute, schemes. They need no file of an employer."""

from __future__ import annotations

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


def run_compute(door: Door, args: argparse.Namespace) -> int:
    """Compute facts from a file or standard input; the answer goes out as JSON."""
    pack = load(args.scheme)
    door.put(answer_json(compute(pack, read_facts(read_file(args.facts), pack))))
    return 0


def run_list(door: Door, args: argparse.Namespace) -> int:
    """List the schemes that come with the program."""
    del args
    for code in codes():
        door.say(f"{code}  {load(code).scheme.name}")
    return 0


def run_show(door: Door, args: argparse.Namespace) -> int:
    """Show a scheme: its texts, dated values and settings."""
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


def run_check(door: Door, args: argparse.Namespace) -> int:
    """Compute the published cases of one scheme or of all; exit code 2 when one differs."""
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
