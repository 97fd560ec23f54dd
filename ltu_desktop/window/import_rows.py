"""An import's plan as rows of a table: groups by what would happen, one line for each value that would change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.actions.imports import FieldChange, ImportPlan, PlanRow
    from ltu_desktop.words import Words

REFUSED, QUESTION, CHANGED, UNCHANGED = "refused", "question", "changed", "unchanged"
NEW: Literal["new"] = "new"
ORDER = (REFUSED, QUESTION, CHANGED, NEW, UNCHANGED)  # what needs a decision first
TITLES = {
    REFUSED: N_("Refused"),
    QUESTION: N_("To decide"),
    CHANGED: N_("Changed"),
    NEW: N_("New"),
    UNCHANGED: N_("Unchanged"),
}
SAID = {
    REFUSED: N_("these lines will not be imported"),
    QUESTION: N_("is it somebody who is already known?"),
    CHANGED: N_("old value, then new value"),
    NEW: N_("not recorded yet"),
    UNCHANGED: N_("nothing changes"),
}
LOOKS: dict[str, tuple[str, str]] = {  # icon and tone of a group's head
    REFUSED: ("warning-octagon", "blocking"),
    QUESTION: ("question", "attention"),
    CHANGED: ("arrows-down-up", "info"),
    NEW: ("plus-circle", "ok"),
    UNCHANGED: ("caret-down", ""),  # it was folded
}

NOT_OF_A_BANK = frozenset({"staff_number", "before", "arrow"})  # columns that its movements do not fill
KINDS = "(*.dsn *.txt *.edi *.xlsx *.ods *.csv *.tsv)"
BANK_KINDS = "(*.xml *.ofx *.qfx *.csv *.xlsx *.ods *.tsv *.txt)"
HEADS = {
    "people": N_("Import people"),
    "payroll": N_("Import the payroll"),
    "bank": N_("Import the bank’s file"),
    "any": N_("Import a file"),
}
NOTE = N_("Payroll declaration (DSN), staff list or hours list from Excel, LibreOffice or CSV")
BANK_NOTE = N_("Statement of the bank as CAMT.053 or OFX, or its table from Excel, LibreOffice or CSV")


class Line(NamedTuple):
    """A line of the preview: the head of a group (no row, but how many there are), or one value of a person's row.

    `told` of a head: in how many of its rows something is to be read though it stops nothing.
    """

    key: str
    state: str
    rows: int = 0
    told: int = 0
    row: PlanRow | None = None
    change: FieldChange | None = None
    first: bool = True
    folded: bool = False


def may_leave(row: PlanRow) -> bool:
    """Tell whether a row may be taken or left, as one likes."""
    return row.state in {CHANGED, NEW} and not row.required


def lines_of(plan: ImportPlan, folded: frozenset[str]) -> tuple[Line, ...]:
    """Return the lines: groups in the order of what needs a decision, a folded group being its head alone."""
    found: list[Line] = []
    by_state: dict[str, list[PlanRow]] = defaultdict(list)
    for row in plan.rows:
        by_state[row.state].append(row)
    for state in ORDER:
        rows = by_state.get(state)
        if not rows:
            continue
        told = sum(row.problem is not None for row in rows) if state == UNCHANGED else 0  # elsewhere the lines show it
        found.append(Line(f"#{state}", state, len(rows), told, folded=state in folded))
        if state in folded:
            continue
        for row in rows:
            if plan.kind == "bank" and row.changes:  # a movement is one line: its words, then its euros
                euros = next(change for change in row.changes if change.field == "amount")
                found.append(Line(row.key, state, row=row, change=euros))
                continue
            if not row.changes:
                found.append(Line(row.key, state, row=row))
            for at, change in enumerate(row.changes):
                found.append(Line(f"{row.key}#{at}" if at else row.key, state, row=row, change=change, first=at == 0))
            if row.changes and row.problem is not None and state in {CHANGED, NEW}:  # in words, below its values
                found.append(Line(f"{row.key}#told", state, row=row, first=False))
    return tuple(found)


def plan_columns(
    words: Words,
    taken: Callable[[PlanRow], bool],
    answer: Callable[[PlanRow], str],
    *,
    bank: bool = False,
) -> tuple[Column[Line], ...]:
    """Return the columns; `taken` tells whether a row will be imported, `answer` what was decided about a question.

    Of a bank's file each line is one movement: who paid, the day and the words, the euros.
    """

    def check(line: Line) -> Cell:
        if line.row is None:  # the head of a group goes over all columns
            icon, meaning = LOOKS[line.state]
            icon = "caret-right" if line.folded else icon
            tone = f"{meaning}.fg" if meaning else "text"
            said = f"{words.integer(line.rows)}  ·  {words.text(SAID[line.state])}"
            if line.told:
                said += f"  ·  {words.plural('{count} remark', '{count} remarks', line.told)}"
            return Cell(words.text(TITLES[line.state]), tone, strong=True, quiet=said, icon=icon)
        if not line.first or line.state == REFUSED:
            return Cell("")
        said = words.text(N_("taken") if taken(line.row) else N_("left out"))
        return Cell(said, checked=taken(line.row), fixed=not may_leave(line.row))

    def number(line: Line) -> Cell:
        return Cell(line.row.staff_number if line.row is not None and line.first else "", "text3")

    def name(line: Line) -> Cell:
        if line.row is None:
            return Cell("")
        number = line.row.where.rpartition(":")[2]
        if not line.row.name and line.first and number.isdigit():  # to be found in the file again
            return Cell(words.text(N_("line {line}"), line=words.integer(int(number))), "text2")
        marked = line.row.problem is not None and line.state != REFUSED
        return Cell(line.row.name if line.first else "", meaning=Meaning.ATTENTION if marked and line.first else None)

    def field(line: Line) -> Cell:
        row = line.row
        if row is None:
            return Cell("")
        if line.state == REFUSED:
            return Cell(told(words, row), "blocking.fg")
        if line.state == QUESTION:
            return Cell(answer(row), link=True, icon="user")
        if line.change is None:
            return Cell(told(words, row) if row.problem is not None else "", "text2" if line.first else "attention.fg")
        if line.change.field == "amount":
            values = {change.field: change.after for change in row.changes}
            said = [field_value(words, "received_on", values["received_on"])]
            if str(values["label"]) != row.name:
                said.append(str(values["label"]))
            return Cell(" · ".join(said), "text2", quiet=told(words, row))
        text = field_name(words, line.change.field)
        if line.change.month is not None:
            text = f"{text} · {words.month(line.change.month)}"
        if line.change.since is not None:
            text = f"{text} · {words.day(line.change.since)}"
        return Cell(text, "text2")

    def before(line: Line) -> Cell:
        if line.change is None:
            return Cell("")
        if line.change.before in {None, ""}:
            return QUIET_ZERO
        return Cell(field_value(words, line.change.field, line.change.before), "text2")

    def after(line: Line) -> Cell:
        if line.change is None:
            return Cell("")
        return Cell(field_value(words, line.change.field, line.change.after), strong=line.state == CHANGED)

    who = words.text(N_("Payer or description")) if bank else words.text(N_("NAME First name"))
    value = words.text(N_("Date and remark")) if bank else words.term("import", "Field")
    return (
        Column("check", "", check, 40),
        Column("staff_number", words.term("column", "Staff no."), number, 62, yields=1),
        Column("name", who, name, 240, stretch=not bank),
        Column("field", value, field, 170, stretch=True),
        Column("before", words.text(N_("Before")), before, 150),
        Column("arrow", "", lambda line: Cell("→" if line.change is not None else "", "text3"), 30),
        Column("after", words.text(N_("After")), after, 130)
        if not bank
        else Column("after", field_name(words, "amount"), after, 110, right=True),
    )


def told(words: Words, row: PlanRow) -> str:
    """Say what is to be known of a row."""
    from ltu_desktop.actions.imports import sentence

    if row.problem is None:
        return ""
    return sentence(words, row.problem)
