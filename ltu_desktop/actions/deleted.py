"""What was deleted and is still away: where people look for it, with the way to bring it back, or why there is none.

Nothing is moved to a bin: the history holds every row as it was, and bringing back is undoing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.actions.journal_words import PHRASES, phrase
from ltu_desktop.queries.names import list_name

if TYPE_CHECKING:
    from datetime import datetime

    from ltu_desktop.actions.context import Context
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.store.journal import Change, Changed, Entry

VERBS = frozenset({"delete", "remove", "merge"})
"""Actions that take something away, by the last part of their code up to an underscore."""

LATEST = 200
"""How many are looked at: each asks whether it could be undone."""


@dataclass(frozen=True)
class Deleted:
    """An entry of the history that took something away; `name` is a person's, `why_not` what stands in the way."""

    number: int
    at: datetime
    operator: str
    what: str
    name: str
    why_not: UserError | None


def deleted(ctx: Context) -> list[Deleted]:
    """Return what was deleted and is away, the latest first."""
    entries = ctx.store.entries()
    undoes = {entry.number: entry.undoes for entry in entries}
    away: dict[int, Entry] = {}
    for entry in entries:
        root = entry.number
        while (before := undoes[root]) is not None:
            root = before
        if took_away(entry):
            away.setdefault(root, entry)  # done again: what did it last
    return [
        Deleted(
            entry.number,
            entry.at,
            entry.operator,
            phrase(ctx.words, entry),
            _name(ctx.store.changes(entry.number)),
            ctx.store.why_not(entry.number),
        )
        for entry in list(away.values())[:LATEST]
    ]


def bring_back(ctx: Context, number: int) -> Changed:
    """Bring back what an entry took away; raise UserError with what stands in the way."""
    return ctx.store.undo(number, initiator=ctx.initiator)


def took_away(entry: Entry) -> bool:
    """Tell whether an entry deleted something that is still away."""
    verb = entry.action.partition(".")[2].partition("_")[0]
    return verb in VERBS and entry.action in PHRASES and entry.kind in {"do", "redo"} and not entry.undone


def _name(changes: list[Change]) -> str:
    for change in changes:
        if change.table == "person" and change.before is not None and change.after is None:
            return list_name(str(change.before["name"]), str(change.before["first_names"]))
    return ""
