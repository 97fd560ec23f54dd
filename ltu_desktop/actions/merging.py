"""What a source may change of a person: the staff list says who people are, payroll fills what nobody has said.

Written so that the order of imports does not matter: the same two sources give the same person in either order.
"""

from __future__ import annotations

import hashlib
from itertools import count
from typing import TYPE_CHECKING

from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.likeness import alike
from ltu_desktop.queries.names import folded_name, list_name
from ltu_desktop.rules.errors import Severity

if TYPE_CHECKING:
    from ltu_desktop.actions.drafts import Draft
    from ltu_desktop.actions.matching import Identity, People

GENERATED = "X-"
"""How a staff number begins that we made up, because payroll gave none; a real one takes its place."""

_PLAIN = ("nir", "ntt", "sex", "birth_date", "address", "postcode", "town", "email", "phone")


def better(mine: str, theirs: str) -> str:
    """Of two spellings of one name or title, return the better one: no `?`, then more accents, then mixed case."""
    return theirs if _quality(theirs) > _quality(mine) else mine


def _quality(text: str) -> tuple[bool, int, bool]:
    return bool(text) and "?" not in text, sum(not letter.isascii() for letter in text), not text.isupper()


def same_name(a: str, b: str) -> bool:
    """Whether two names are one but for accents, case, punctuation or `?`."""
    return alike(a, b) >= 100


def merge(draft: Draft, who: Identity, people: People, *, staff: bool) -> Finding | None:
    """Put what a row says into a person; tell when payroll's name is really another one."""
    finding = _merge_names(draft, who, staff=staff)
    for column in _PLAIN:
        value = getattr(who, column)
        if value and (staff or not draft[column]):
            draft[column] = value
    number = draft["staff_number"] or ""
    if (
        who.staff_number
        and (staff or not number or number.startswith(GENERATED))
        and people.number_taken(who.staff_number) in {None, draft}
    ):
        people.renumber(draft, who.staff_number)
    draft["folded"] = folded_name(draft["name"], draft["first_names"] or "")
    return finding


def _merge_names(draft: Draft, who: Identity, *, staff: bool) -> Finding | None:
    if not who.name:
        return None
    if not draft["name"]:
        draft["name"], draft["first_names"] = who.name, who.first_names
        return None
    finding = None
    spellings = [name for name in (who.name, who.use_name) if name and same_name(name, draft["name"])]
    if spellings:
        for spelling in spellings:
            draft["name"] = _chosen(draft["name"], spelling, staff=staff)
    elif staff:
        draft["name"] = who.name
    else:
        finding = Finding(
            "name_differs",
            Severity.WARNING,
            target=draft["staff_number"] or "",
            params={
                "file": list_name(who.name, who.first_names),
                "here": list_name(draft["name"], draft["first_names"] or ""),
            },
        )
    if who.first_names and not draft["first_names"]:
        draft["first_names"] = who.first_names
    elif who.first_names and same_name(who.first_names, draft["first_names"]):
        draft["first_names"] = _chosen(draft["first_names"], who.first_names, staff=staff)
    elif who.first_names and staff:
        draft["first_names"] = who.first_names
    return finding


def _chosen(mine: str, theirs: str, *, staff: bool) -> str:
    """Keep the better spelling; between equals, the staff list's."""
    if staff and _quality(theirs) == _quality(mine):
        return theirs
    return better(mine, theirs)


def made_up_number(who: Identity, people: People) -> str:
    """Make a staff number for somebody whom payroll does not number.

    It hangs on the person alone, so that the order of imports does not matter.
    """
    seed = who.nir or who.ntt or f"{folded_name(who.name, who.first_names)}|{who.birth_date}"
    digests = (hashlib.sha256(f"{seed}|{turn}".encode()).digest() for turn in count())
    numbers = (f"{GENERATED}{int.from_bytes(digest[:4]) % 100_000:05d}" for digest in digests)
    return next(number for number in numbers if people.number_taken(number) is None)
