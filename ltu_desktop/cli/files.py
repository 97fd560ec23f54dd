"""Commands of the employer's file: new, import, backup, restore, check, journal, undo, redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import imports
from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.actions.imports import NEW, RowState
from ltu_desktop.actions.journal_words import done, sentence
from ltu_desktop.cli import house
from ltu_desktop.cli.door import WORLD, passphrase, read_file
from ltu_desktop.rules.errors import N_, Severity, UserError
from ltu_desktop.store.backups import folder_of, listed, preview, restore
from ltu_desktop.store.file import Store

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.imports import Answer, FieldChange, ImportPlan, PlanRow
    from ltu_desktop.cli.door import Door
    from ltu_desktop.words import Words


# ---- new ----


def run_new(door: Door, args: argparse.Namespace) -> int:
    """Make a file, with employer and agreement when they are given; say its recovery code once."""
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


def run_import(door: Door, args: argparse.Namespace) -> int:
    """Take a file in, or only show what it would change."""
    data = read_file(args.file)
    with door.open(args, read_only=args.dry_run) as ctx:
        plan = _plan(ctx, args, data)
        answers = _answers(plan, getattr(args, "answer", []))
        if answers:
            plan = imports.answered(ctx, plan, answers)
        _show(door, plan, rows=args.dry_run)
        if plan.aside:
            door.tell(door.words.text("Rows put aside stay out: --dry-run shows them, --take ROW takes one in."))
        if args.dry_run:
            door.say(door.words.text("Nothing was changed."))
            return 0
        imports.apply(ctx, plan, leave=_left(plan, args))
    door.say(door.words.text("Imported."))
    return 0


def _left(plan: ImportPlan, args: argparse.Namespace) -> frozenset[str]:
    """Return the rows that stay out: those put aside, unless taken, and those named."""
    take = set(getattr(args, "take", []))
    take = set(plan.aside) if "all" in take else take
    unknown = (take | set(args.leave)) - {row.key for row in plan.rows}
    if unknown:
        raise _no_row(min(unknown))
    return (plan.aside - take) | frozenset(args.leave)


def _plan(ctx: Context, args: argparse.Namespace, data: bytes) -> ImportPlan:
    name = args.file.name
    if args.kind == "dsn":
        from ltu_desktop.actions.payroll import plan_dsn
        from ltu_desktop.intake.dsn import read_dsn

        return plan_dsn(ctx, read_dsn(data, name), data)
    if args.kind == "bank":
        from ltu_desktop.actions.bank_import import plan_bank, remembered_columns
        from ltu_desktop.intake.bank import read_bank

        return plan_bank(ctx, read_bank(data, name, remembered=remembered_columns(ctx)))
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
        RowState.NEW: (N_("{count} new"), N_("{count} new")),
        RowState.CHANGED: (N_("{count} changed"), N_("{count} changed")),
        RowState.UNCHANGED: (N_("{count} unchanged"), N_("{count} unchanged")),
        RowState.REFUSED: (N_("{count} refused"), N_("{count} refused")),
        RowState.QUESTION: (N_("{count} to be answered"), N_("{count} to be answered")),
    }
    found = [(sum(row.state is state and not row.aside for row in plan.rows), texts) for state, texts in counts.items()]
    said = [words.plural(*texts, count) for count, texts in found if count]
    if plan.aside:
        said.append(words.plural("{count} put aside", "{count} put aside", len(plan.aside)))
    head = f"{plan.file.name}{words.colon} {', '.join(said) or '0'}"
    if plan.file.month is not None:
        hours = words.hours(plan.totals.hours_in_rows)
        head += words.text(" – {month}, {hours}", month=words.month(plan.file.month), hours=hours)
    door.say(head)
    for replaced in plan.file.replaces:
        door.tell(
            words.text("replaces: {name}, received on {day}", name=replaced.name, day=words.day(replaced.received_on))
        )
    if plan.unknown_codes:
        names = ", ".join(plan.unknown_codes)
        door.tell(f"{plan.file.name}{words.colon} {words.text('not read: {names}', names=names)}")
    for finding in plan.problems:
        where = f"{plan.file.name}:{finding.line}" if finding.line else plan.file.name
        door.tell(f"{where}{words.colon} {imports.sentence(words, finding)}")
    for row in plan.rows:
        if row.problem is not None and not (row.aside and row.problem.severity is Severity.INFO):
            door.tell(f"{_who(row)}{words.colon} {imports.sentence(words, row.problem)} ({_place(row)})")
        if row.state is RowState.QUESTION:
            door.tell(_question(words, row))
        elif rows and row.state in {RowState.NEW, RowState.CHANGED}:
            key = f" [{row.key}]" if row.aside else ""
            changes = ", ".join(_change(words, change) for change in row.changes)
            state = words.term("row", "new") if row.state is RowState.NEW else words.term("row", "changed")
            state = words.term("cli", "put aside") if row.aside else state
            door.say(f"  {_who(row)} ({state}){key}{words.colon} {changes}")


def _place(row: PlanRow) -> str:
    return row.where if row.required else f"{row.where}, {row.key}"  # the key serves to leave a row out


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


def run_backup(door: Door, args: argparse.Namespace) -> int:
    """Make a proven copy."""
    with door.open(args, read_only=True) as ctx:
        path = ctx.store.backup(args.to)
    door.say(door.words.text("backed up and proven: {path}", path=path))
    return 0


def run_restore(door: Door, args: argparse.Namespace) -> int:
    """Restore a backup, show what that would change, or list the backups there are."""
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


def run_check(door: Door, args: argparse.Namespace) -> int:
    """Check the file; exit code 2 when something is wrong with it."""
    with door.open(args, read_only=True) as ctx:
        found = ctx.store.check()
    for problem in found:
        door.tell(door.words.error(problem))
    if not found:
        door.say(door.words.text("All is well."))
    return WORLD if found else 0


def run_journal(door: Door, args: argparse.Namespace) -> int:
    """Show the last entries of the history, the latest first."""
    with door.open(args, read_only=True) as ctx:
        entries = ctx.store.entries(limit=args.limit)
    for entry in entries:
        mark = door.words.text(" (undone)") if entry.undone else ""
        door.say(f"{entry.number:>5}  {sentence(door.words, entry, door.clock.now().date())}{mark}")
    return 0


def run_undo(door: Door, args: argparse.Namespace) -> int:
    """Take an entry back and say which."""
    with door.open(args) as ctx:
        ctx.store.undo(args.entry)
        return _last(door, ctx)


def run_redo(door: Door, args: argparse.Namespace) -> int:
    """Do again what was undone last and say what."""
    with door.open(args) as ctx:
        ctx.store.redo()
        return _last(door, ctx)


def _last(door: Door, ctx: Context) -> int:
    (entry,) = ctx.store.entries(limit=1)
    door.say(done(door.words, entry))
    return 0
