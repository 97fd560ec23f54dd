"""What the history says of attendance: how many cells, of whom, when. Never a reason of absence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.store.journal import Entry
    from ltu_desktop.words import Words

SUBJECTS = ("attendance.", "absences.", "closing.", "concordance.", "variables.")


def shown(words: Words, entry: Entry) -> dict[str, str]:
    """Say the cells, the people and the days of an entry."""
    params = entry.params
    found: dict[str, str] = {}
    if isinstance(cells := params.get("cells"), int):
        found["cells"] = words.plural("{count} cell", "{count} cells", cells)
    person = params.get("person")
    found["whom"] = str(person) if person else words.text("several people")
    if isinstance(month := params.get("month"), Month):
        found["in_month"] = words.month(month)
    day, month = params.get("day"), params.get("month")
    if isinstance(day, date):
        found["when"] = words.day(day)
    elif isinstance(month, Month):
        found["when"] = words.month(month)
    return found
