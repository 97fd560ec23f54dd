"""Commands of a claim: prepare, check, seal, send, return, pay, correct, export, list, and verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop.actions import claim_export, claims
from ltu_desktop.actions.verify import Finding, verify
from ltu_desktop.cli.door import WORLD, read_file
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.money import ZERO

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from decimal import Decimal

    from ltu_desktop.actions.claim_export import Exported
    from ltu_desktop.actions.context import Context
    from ltu_desktop.cli.door import Door
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.rules.errors import Problem

STDOUT = Path("-")


def run_prepare(door: Door, args: argparse.Namespace) -> int:
    """Work a claim out and write drafts; the file stays as it is."""
    with door.open(args, read_only=True) as ctx:
        work = claims.review(ctx, args.period)
        if args.json != STDOUT:
            _summary(door, work.dossier, work.total)
        _problems(door, work.dossier.answer.problems, door.tell)
        _write(door, args, lambda kind, path: claim_export.export_draft(ctx, work.dossier, kind, path))
        if args.json == STDOUT:
            door.put(claim_export.claim_json(work.dossier, sha256=None, state="draft"))
    return 0


def run_check(door: Door, args: argparse.Namespace) -> int:
    """Say the problems of a claim; exit code 2 when one of them blocks sealing."""
    with door.open(args, read_only=True) as ctx:
        work = claims.review(ctx, args.period)
        if args.json == STDOUT:
            door.put(claim_export.claim_json(work.dossier, sha256=None, state="draft"))
            return WORLD if work.blockers else 0
        _problems(door, work.dossier.answer.problems, door.say)
        _write(door, args, lambda kind, path: claim_export.export_draft(ctx, work.dossier, kind, path))
    blockers = len(work.blockers)
    if not work.dossier.answer.problems:
        door.say(door.words.text("Nothing to fix: the claim can be sealed."))
    elif not blockers:
        door.say(door.words.text("Nothing stands in the way: the claim can be sealed."))
    else:
        door.tell(
            door.words.plural(
                "{count} point stands in the way of sealing.", "{count} points stand in the way of sealing.", blockers
            )
        )
    return WORLD if blockers else 0


def run_seal(door: Door, args: argparse.Namespace) -> int:
    """Seal a month’s initial claim and write the files asked for."""
    with door.open(args) as ctx:
        work = claims.review(ctx, args.period)
        _problems(door, work.dossier.answer.problems, door.tell)
        return _sealed(door, args, ctx, claims.seal(ctx, args.period))


def run_correct(door: Door, args: argparse.Namespace) -> int:
    """Seal a corrective version and write the files asked for."""
    with door.open(args) as ctx:
        work = claims.review(ctx, args.period)
        _problems(door, work.dossier.answer.problems, door.tell)
        return _sealed(door, args, ctx, claims.correct(ctx, args.period, args.reason))


def _sealed(door: Door, args: argparse.Namespace, ctx: Context, found: claims.SealedClaim) -> int:
    _state(door, found.row)
    _write(door, args, lambda kind, path: claim_export.export(ctx, found.row.id, kind, path))
    if args.json == STDOUT:
        door.put(claim_export.claim_json(found.dossier, sha256=found.sha256, state=found.row.state))
    return 0


def run_send(door: Door, args: argparse.Namespace) -> int:
    """Note that a version was sent."""
    return _moved(door, args, claims.send)


def run_pay(door: Door, args: argparse.Namespace) -> int:
    """Note that a version was paid."""
    return _moved(door, args, claims.mark_paid)


def run_return(door: Door, args: argparse.Namespace) -> int:
    """Note that a version was returned, with the Fund’s reason."""
    return _moved(door, args, lambda ctx, key: claims.return_(ctx, key, args.reason))


def _moved(door: Door, args: argparse.Namespace, move: Callable[[Context, bytes], ClaimRow]) -> int:
    with door.open(args) as ctx:
        _state(door, move(ctx, claims.find(ctx, args.period, args.version).id))
    return 0


def run_export(door: Door, args: argparse.Namespace) -> int:
    """Write a version, or a draft when none is sealed, to files."""
    with door.open(args) as ctx:
        target: bytes | None = None
        versions = [row for row in claims.listing(ctx) if row.month == args.period]
        if versions or args.version:
            target = claims.find(ctx, args.period, args.version).id
        if not any(getattr(args, kind, None) for kind in claim_export.KINDS):
            args.pdf, args.xlsx = Path(), Path()  # the two that a month needs, named by us, here
        _write(door, args, lambda kind, path: claim_export.export(ctx, target or args.period, kind, path))
        if args.json == STDOUT:
            door.put(claim_export.json_of(ctx, target or args.period))
    return 0


def run_list(door: Door, args: argparse.Namespace) -> int:
    """List the versions of all months, or of one."""
    with door.open(args, read_only=True) as ctx:
        rows = [row for row in claims.listing(ctx) if args.period in {None, row.month}]
    for row in rows:
        _state(door, row)
    if not rows:
        door.say(door.words.text("No claim is sealed yet."))
    return 0


def run_verify(door: Door, args: argparse.Namespace) -> int:
    """Tell whether a file is one that went out; exit code 2 when it is not, or was altered."""
    data = read_file(args.file)
    with door.open(args, read_only=True) as ctx:
        verdict = verify(ctx, data, args.file.name)
    door.say(f"{verdict.text} {verdict.mend}")
    return 0 if verdict.finding is Finding.INTACT else WORLD


def _write(door: Door, args: argparse.Namespace, export: Callable[[str, Path], Exported]) -> None:
    """Write the files asked for and say where they are."""
    wanted = [(kind, path) for kind in claim_export.KINDS if (path := getattr(args, kind, None)) is not None]
    for kind, path in wanted:
        if path == STDOUT:
            continue  # JSON only; the caller puts it out last
        found = export(kind, path)
        line = door.words.text("written: {path}", path=found.path)
        (door.tell if args.json == STDOUT else door.say)(line)


def _state(door: Door, row: ClaimRow) -> None:
    """Say one version in a line."""
    words = door.words
    line = words.text(
        "{month}, version {version}: {state}, {hours}, {total}, fingerprint {print}",
        month=words.month(row.month),
        version=row.number,
        state=claims.state_name(words, row.state),
        hours=words.hours(row.hours, sign=row.corrective),
        total=words.money(row.total, sign=row.corrective),
        print=short_print(row.sha256),
    )
    door.say(f"{line} – {row.reason}" if row.reason else line)


def _summary(door: Door, dossier: Dossier, total: Decimal) -> None:
    """Say a draft's figures."""
    words, answer = door.words, dossier.answer
    month = claims.month_of(dossier)
    people = sum(1 for line in answer.lines if line.person)
    door.say(
        words.text(
            "Claim for {month}, draft of version {version}", month=words.month(month), version=dossier.head.version
        )
    )
    hours = sum((line.quantity for line in answer.lines), ZERO)
    rows = [
        (words.term("cli", "People"), words.integer(people)),
        (words.term("cli", "Fundable hours"), words.hours(hours)),
        (words.term("cli", "FTE"), words.fte(answer.totals.fte)),
        *((words.part(part), words.money(amount)) for part, amount in answer.totals.parts.items()),
        (words.term("cli", "The month"), words.money(answer.totals.total)),
    ]
    if dossier.corrections or total != answer.totals.total:
        rows.append((words.text("To be asked for"), words.money(total, sign=True)))
    width = max(len(name) for name, _ in rows) + 2
    right = max(len(value) for _, value in rows)
    for name, value in rows:
        door.say(f"  {name:<{width}}{value:>{right}}")


def _problems(door: Door, problems: Iterable[Problem], write: Callable[[str], None]) -> None:
    """Say problems, the gravest first: how grave, where, what, the € at stake, what to do."""
    words = door.words
    names = {
        Severity.BLOCKER: words.term("severity", "BLOCKER"),
        Severity.WARNING: words.term("severity", "to check"),
        Severity.INFO: words.term("severity", "information"),
    }
    places = {
        "agreement": words.term("cli", "agreement"),
        "employer": words.term("cli", "employer"),
        "payroll": words.term("cli", "payroll"),
        "": words.term("cli", "claim"),
    }
    order = list(names)
    for problem in sorted(problems, key=lambda each: order.index(each.severity)):
        what, mend = words.problem(problem)
        place = places.get(problem.target, problem.target)
        stake = words.text(" ({amount} at stake)", amount=words.money(problem.at_stake)) if problem.at_stake else ""
        write(f"{names[problem.severity]} · {place}{words.colon} {what}{stake}. {mend}")
