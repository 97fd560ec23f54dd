"""Commands of the calculator alone: compute, schemes. They need no file of an employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import schemes
from ltu_desktop.cli.door import WORLD, read_file
from ltu_desktop.rules import cases as oracles
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.facts_json import answer_json, read_facts
from ltu_desktop.rules.packs import codes, load, texts_in_use

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.cli.door import Door
    from ltu_desktop.words import Words


def run_compute(door: Door, args: argparse.Namespace) -> int:
    """Compute facts from a file or standard input; the answer goes out as JSON."""
    pack = load(args.scheme)
    door.put(answer_json(compute(pack, read_facts(read_file(args.facts), pack))))
    return 0


def run_list(door: Door, args: argparse.Namespace) -> int:
    """List the schemes with their editions in use."""
    del args
    for code in codes():
        used = schemes.in_use(code)
        door.say(f"{code}  {used.name}  ({edition(door.words, used)})")
    return 0


def edition(words: Words, used: schemes.InUse) -> str:
    """Say which edition of a scheme is in use, and where it comes from."""
    text = N_("edition {edition} of {day}, brought as a pack") if used.brought else N_("edition {edition} of {day}")
    return words.text(text, edition=used.edition, day=words.day(used.issued))


def run_add(door: Door, args: argparse.Namespace) -> int:
    """Check a pack, say what it brings, and take it into use."""
    words, offer = door.words, schemes.look(args.file)
    door.say(offer.file.note.get(words.language, ""))
    for new in offer.values:
        value = "?" if new.value.value is None else words.parameter_value(new.value.value, new.unit)
        mark = " – " + words.term("cli", "provisional") if new.value.provisional else ""
        since = words.text("from {day}", day=words.day(new.value.start))
        door.say(f"  {words.parameter(new.parameter)}{words.colon} {value} {since} ({new.value.source}){mark}")
    door.say(words.plural("{count} case agrees", "{count} cases agree", offer.cases))
    if args.dry_run:
        door.say(words.text("Nothing was changed."))
    else:
        door.say(words.text("In use: {edition}", edition=edition(words, schemes.add(offer))))
    return 0


def run_back(door: Door, args: argparse.Namespace) -> int:
    """Take the last pack back."""
    code = args.scheme if args.scheme in codes() else load(args.scheme).code  # an unknown one is refused there
    door.say(door.words.text("In use: {edition}", edition=edition(door.words, schemes.take_back(code))))
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
        found = oracles.cases(*texts_in_use(code))
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
