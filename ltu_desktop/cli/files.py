"""Commands of the employer's file: new, import, backup, restore, check, journal, undo, redo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop.actions import imports
from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.actions.imports import NEW, RowState
from ltu_desktop.actions.journal_words import done, sentence
from ltu_desktop.cli import house
from ltu_desktop.cli.door import WORLD, passphrase, read_file
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.backups import folder_of, listed, preview, restore
from ltu_desktop.store.file import Store

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.imports import Answer, FieldChange, ImportPlan, PlanRow
    from ltu_desktop.cli.door import Door
    from ltu_desktop.cli.options import Maker, Parser
    from ltu_desktop.words import Words


def add(make: Maker, commands: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands to the parser."""
    words = make.words
    parser = make.command(
        commands,
        "new",
        _new,
        words.text("make a new file for an employer"),
        'new fabrique.ltu --employer "La Fabrique du Canal" --siret 12345678200010 '
        "--agreement 2021-059-14 --agreement-start 2021-06-28 --ceiling 36",
    )
    parser.add_argument("store", type=Path, metavar="FILE", help=words.text("the file to make (.ltu)"))
    make.who(parser)
    house.employer_options(make, parser, "--employer")
    house.agreement_options(make, parser, "--agreement", "--agreement-start")

    sub = make.group(commands, "import", words.text("take a staff list, an hours list or a payroll declaration in"))
    for kind, file, help_ in (
        ("people", "personnel.csv", words.text("a staff list: Excel, LibreOffice or CSV")),
        ("dsn", "dsn-2026-10.dsn", words.text("a monthly payroll declaration (DSN)")),
        ("hours", "heures-2026-10.xlsx", words.text("an hours list: Excel, LibreOffice or CSV")),
    ):
        parser = make.command(sub, kind, _import, help_, f"import {kind} {file} --store fabrique.ltu --dry-run")
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
        _backup,
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
        _restore,
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
        _check,
        words.text("check the file: pages, references, history"),
        "check --store fabrique.ltu",
    )
    make.store(parser)
    parser = make.command(
        commands, "journal", _journal, words.text("show who did what when"), "journal --store fabrique.ltu --limit 20"
    )
    make.store(parser)
    parser.add_argument(
        "--limit", type=make.whole, default=50, metavar="N", help=words.text("how many entries, 50 unless given")
    )
    parser = make.command(commands, "undo", _undo, words.text("take the last change back"), "undo --store fabrique.ltu")
    make.store(parser)
    parser.add_argument("--entry", type=make.whole, metavar="N", help=words.text("another entry than the last one"))
    parser = make.command(
        commands, "redo", _redo, words.text("do again what was undone last"), "redo --store fabrique.ltu"
    )
    make.store(parser)


# ---- new ----


def _new(door: Door, args: argparse.Namespace) -> int:
    words = door.words
    store = Store.create(args.store, clock=door.clock, operator=door.operator(args), passphrase=passphrase(args))
    try:
        with store:
            ctx = door.context(store)
            house.enter(ctx, args)
            code = store.recovery_code()
    except BaseException:
        args.store.unlink(missing_ok=True)  # half a file would stand in the way of the next try
        raise
    door.say(words.text("made: {path}", path=args.store))
    if code:
        door.say(words.text("Recovery code, for paper only: it opens the file without the passphrase."))
        door.say(code)
    return 0


# ---- import ----


def _import(door: Door, args: argparse.Namespace) -> int:
    data = read_file(args.file)
    with door.open(args, read_only=args.dry_run) as ctx:
        plan = _plan(ctx, args, data)
        answers = _answers(plan, args.answer)
        if answers:
            plan = imports.answered(ctx, plan, answers)
        _show(door, plan, rows=args.dry_run)
        if args.dry_run:
            door.say(door.words.text("Nothing was changed."))
            return 0
        unknown = set(args.leave) - {row.key for row in plan.rows}
        if unknown:
            raise _no_row(min(unknown))
        imports.apply(ctx, plan, leave=frozenset(args.leave))
    door.say(door.words.text("Imported."))
    return 0


def _plan(ctx: Context, args: argparse.Namespace, data: bytes) -> ImportPlan:
    name = args.file.name
    if args.kind == "dsn":
        from ltu_desktop.actions.payroll import plan_dsn
        from ltu_desktop.intake.dsn import read_dsn

        return plan_dsn(ctx, read_dsn(data, name), data)
    from ltu_desktop.intake.tables import read_table

    sheet = read_table(data, name)
    if args.kind == "people":
        from ltu_desktop.actions.staff_import import plan_staff
        from ltu_desktop.intake.staff import read_staff

        return plan_staff(ctx, read_staff(sheet), sheet)
    from ltu_desktop.actions.payroll import plan_hours
    from ltu_desktop.intake.hours import read_hours

    return plan_hours(ctx, read_hours(sheet, month=args.period), sheet, data)


def _answers(plan: ImportPlan, given: list[tuple[str, str]]) -> dict[str, Answer]:
    """Turn `row=staff number` into who the row is."""
    found: dict[str, Answer] = {}
    for key, who in given:
        row = next((row for row in plan.rows if row.key == key), None)
        if row is None:
            raise _no_row(key)
        if who == NEW:
            found[key] = NEW
            continue
        person = next((each.person_id for each in row.candidates if each.staff_number == who), None)
        if person is None:
            raise UserError(
                "no_candidate",
                N_("{row} cannot be {who}."),
                mend=N_("Choose one of: {known}, new."),
                where=row.where,
                params={
                    "row": key,
                    "who": who,
                    "known": ", ".join(each.staff_number for each in row.candidates) or "–",
                },
            )
        found[key] = person
    return found


def _no_row(key: str) -> UserError:
    return UserError(
        "no_row", N_("the file has no row “{row}”."), mend=N_("Rows are named by --dry-run."), params={"row": key}
    )


def _show(door: Door, plan: ImportPlan, *, rows: bool) -> None:
    """Say what an import comes to: counts, hours, what asks for a look; with `rows` each changed person."""
    words = door.words
    counts = {
        RowState.NEW: words.term("cli", "new"),
        RowState.CHANGED: words.term("cli", "changed"),
        RowState.UNCHANGED: words.term("cli", "unchanged"),
        RowState.REFUSED: words.term("cli", "refused"),
        RowState.QUESTION: words.term("cli", "to be answered"),
    }
    said = [f"{plan.count(state)} {name}" for state, name in counts.items() if plan.count(state)]
    head = f"{plan.file.name}{words.colon} {', '.join(said) or '0'}"
    if plan.file.month is not None:
        hours = words.hours(plan.totals.hours_in_rows)
        head += words.text(" – {month}, {hours}", month=words.month(plan.file.month), hours=hours)
    door.say(head)
    for replaced in plan.file.replaces:
        door.tell(
            words.text("replaces: {name}, received on {day}", name=replaced.name, day=words.day(replaced.received_on))
        )
    for finding in plan.problems:
        where = f"{plan.file.name}:{finding.line}" if finding.line else plan.file.name
        door.tell(f"{where}{words.colon} {imports.sentence(words, finding)}")
    for row in plan.rows:
        if row.problem is not None:
            door.tell(f"{_who(row)}{words.colon} {imports.sentence(words, row.problem)} ({row.where}, {row.key})")
        if row.state is RowState.QUESTION:
            door.tell(_question(words, row))
        elif rows and row.state in {RowState.NEW, RowState.CHANGED}:
            changes = ", ".join(_change(words, change) for change in row.changes)
            door.say(f"  {_who(row)} ({counts[row.state]}){words.colon} {changes}")


def _who(row: PlanRow) -> str:
    return " ".join(part for part in (row.staff_number, row.name) if part)


def _question(words: Words, row: PlanRow) -> str:
    known = ", ".join(f"{each.staff_number} {each.name}" for each in row.candidates)
    return words.text(
        "{row} ({where}): who is {name}? Known: {known}. "
        "Say --answer {row}=STAFF, --answer {row}=new or --leave {row}.",
        row=row.key,
        where=row.where,
        name=row.name,
        known=known or "–",
    )


def _change(words: Words, change: FieldChange) -> str:
    name = field_name(words, change.field)
    if change.month is not None:
        name = f"{name} ({words.month(change.month)})"
    after = field_value(words, change.field, change.after)
    if change.before is None:
        return f"{name} {after}"
    return f"{name} {field_value(words, change.field, change.before)} → {after}"


# ---- copies, checks, history ----


def _backup(door: Door, args: argparse.Namespace) -> int:
    with door.open(args, read_only=True) as ctx:
        path = ctx.store.backup(args.to)
    door.say(door.words.text("backed up and proven: {path}", path=path))
    return 0


def _restore(door: Door, args: argparse.Namespace) -> int:
    words = door.words
    if args.backup is None:
        found = listed(folder_of(args.store), args.store.stem)
        for each in found:
            door.say(f"{words.moment(each.at)}  {each.path}")
        door.tell(words.text("Name the backup to restore.") if found else words.text("There is no backup yet."))
        return WORLD
    if args.dry_run:
        with door.open(args, read_only=True) as ctx:
            change = preview(ctx.store, args.backup, passphrase(args))
        for table, (now, then) in change.rows.items():
            door.say(f"{table}{words.colon} {now} → {then}")
        for entry in change.lost:
            door.say(words.text("would be lost: {what}", what=sentence(words, entry)))
        door.say(door.words.text("Nothing was changed."))
        return 0
    aside = restore(
        args.backup, args.store, clock=door.clock, operator=door.operator(args), passphrase=passphrase(args)
    )
    door.say(words.text("restored: {path}", path=args.store))
    if aside is not None:
        door.say(words.text("kept aside: {path}", path=aside))
    return 0


def _check(door: Door, args: argparse.Namespace) -> int:
    with door.open(args, read_only=True) as ctx:
        found = ctx.store.check()
    for problem in found:
        door.tell(door.words.error(problem))
    if not found:
        door.say(door.words.text("All is well."))
    return WORLD if found else 0


def _journal(door: Door, args: argparse.Namespace) -> int:
    with door.open(args, read_only=True) as ctx:
        entries = ctx.store.entries(limit=args.limit)
    for entry in entries:
        mark = door.words.text(" (undone)") if entry.undone else ""
        door.say(f"{entry.number:>5}  {sentence(door.words, entry, door.clock.now().date())}{mark}")
    return 0


def _undo(door: Door, args: argparse.Namespace) -> int:
    with door.open(args) as ctx:
        ctx.store.undo(args.entry)
        return _last(door, ctx)


def _redo(door: Door, args: argparse.Namespace) -> int:
    with door.open(args) as ctx:
        ctx.store.redo()
        return _last(door, ctx)


def _last(door: Door, ctx: Context) -> int:
    (entry,) = ctx.store.entries(limit=1)
    door.say(done(door.words, entry))
    return 0
