"""What the history drawer asks of the file: the journal in sentences, and what taking back to a place would take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.journal import Entry
    from ltu_desktop.words import Words


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of the journal: who did what, with what decides whether it can be undone."""

    number: int
    day: date
    time: str
    text: str
    kind: str
    undoes: int | None
    undone: bool
    final: bool

    @property
    def can_be_undone(self) -> bool:
        """Tell whether it has its effect and may lose it."""
        return self.kind in {"do", "redo"} and not self.undone and not self.final


def load(ctx: Context, limit: int | None) -> tuple[list[HistoryRow], bool]:
    """Return the latest entries, the last one first, and whether there are older ones."""
    entries = ctx.store.entries(limit=None if limit is None else limit + 1)
    return [_row(ctx.words, entry) for entry in entries[:limit]], limit is not None and len(entries) > limit


def _row(words: Words, entry: Entry) -> HistoryRow:
    from ltu_desktop.actions.journal_words import PHRASES, done

    said = done(words, entry) if entry.action in PHRASES else words.text(N_("brought the file up to date"))
    return HistoryRow(
        number=entry.number,
        day=entry.at.date(),
        time=f"{entry.at:%H:%M}",
        text=f"{entry.operator} {said}",
        kind=entry.kind,
        undoes=entry.undoes,
        undone=entry.undone,
        final=entry.final,
    )


def later(rows: Sequence[HistoryRow], number: int) -> tuple[list[int], HistoryRow | None]:
    """Return what came after an entry and has its effect, the latest first; and what forbids to take it all back.

    `rows` are the latest entries without a gap, the last one first. An entry that was done again counts once.
    """
    undoes = {row.number: row.undoes for row in rows}
    found: list[int] = []
    seen: set[int] = set()
    for row in rows:
        if row.number <= number:
            break
        if row.final:
            return [], row
        root = row.number
        while (before := undoes.get(root)) is not None:
            root = before
        if row.can_be_undone and root not in seen:
            found.append(row.number)
        seen.add(root)
    return found, None


def undo(ctx: Context, numbers: Sequence[int]) -> int:
    """Take entries back one after the other; return how many. One that cannot be stops there, with its reason."""
    for done, number in enumerate(numbers):
        ctx.progress(done, len(numbers))
        ctx.store.undo(number, initiator=ctx.initiator)
    return len(numbers)
