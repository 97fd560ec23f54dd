"""Who is who: find the person of the file whom a row of an import means, or ask.

Numbers first (NIR, temporary number, staff number), then names with the birth date. People whom a number has already
given to another row of the same import are not offered to a row that has only a name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.actions.imports import Candidate
from ltu_desktop.intake.likeness import MAYBE, SAME, Named, score
from ltu_desktop.queries.names import list_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.actions.drafts import Draft
    from ltu_desktop.intake.lookup import Search

    Likely = list[tuple[Decimal, Draft]]


@dataclass(frozen=True)
class Identity:
    """What a row says of a person; what it does not say is "" or None."""

    staff_number: str = ""
    name: str = ""
    first_names: str = ""
    use_name: str = ""
    nir: str = ""
    ntt: str = ""
    sex: str = ""
    birth_date: date | None = None
    address: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""

    @property
    def named(self) -> Named:
        """Its part that is compared when no number decides."""
        return Named(self.name, self.first_names, self.birth_date, self.use_name)


@dataclass(frozen=True)
class Match:
    """The person meant, or nobody, or the people whom she may be."""

    draft: Draft | None = None
    candidates: tuple[Candidate, ...] = ()


def named(draft: Draft) -> Named:
    """Return what a person of the file is compared by."""
    return Named(draft["name"], draft["first_names"] or "", draft["birth_date"])


_NUMBERS = ("nir", "ntt", "staff_number")


class People:
    """The people of the file, by each of their numbers."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.drafts: list[Draft] = []
        self.by_id: dict[bytes, Draft] = {}
        self._numbers: dict[str, dict[str, list[Draft]]] = {name: defaultdict(list) for name in _NUMBERS}
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Take a person in."""
        self.drafts.append(draft)
        if draft.id is not None:
            self.by_id[draft.id] = draft
        for column in _NUMBERS:
            if draft[column]:
                self._numbers[column][draft[column]].append(draft)

    def renumber(self, draft: Draft, staff_number: str) -> None:
        """Give a person another staff number; the former one stays taken until the import is written."""
        draft["staff_number"] = staff_number
        self._numbers["staff_number"][staff_number].append(draft)

    def number_taken(self, staff_number: str) -> Draft | None:
        """Return who bears a staff number."""
        found = self._numbers["staff_number"].get(staff_number)
        return found[0] if found else None

    def by_number(self, who: Identity) -> Match | None:
        """Find by numbers; None when no number of the row is known."""
        for column, value in (("nir", who.nir), ("ntt", who.ntt)):
            found = self._numbers[column].get(value, ()) if value else ()
            if len(found) == 1:
                return Match(found[0])
            if found:
                return Match(candidates=_candidates(who, found))
        owner = self.number_taken(who.staff_number) if who.staff_number else None
        if owner is None:
            return None
        if not who.name or (_likely(who, owner) and not (owner["nir"] and who.nir and owner["nir"] != who.nir)):
            return Match(owner)
        return Match(candidates=_candidates(who, [owner]))

    def likely(self, many: Sequence[Identity], search: Search) -> list[Likely]:
        """Say of each of some people who she may be, with how alike they are."""
        found = search.likely([who.named for who in many], [named(draft) for draft in self.drafts])
        return [[(likeness, self.drafts[place]) for place, likeness in each] for each in found]

    def by_name(self, who: Identity, found: Likely, taken: Collection[int]) -> Match:
        """Find by names and birth date among those whom no other row has; likely but not certain ones are asked."""
        if not who.name:
            return Match()
        asked: Likely = []
        certain_but_taken: list[Draft] = []  # the same person on two lines: somebody has to say so
        for likeness, draft in found:
            if id(draft) in taken:
                if likeness >= SAME and _certain(who, draft):
                    certain_but_taken.append(draft)
                continue
            apart = bool(who.nir and draft["nir"] and who.nir != draft["nir"])
            if likeness >= SAME or not apart:
                asked.append((likeness, draft))
        same = [draft for likeness, draft in asked if likeness >= SAME]
        if len(same) == 1 and not certain_but_taken and _certain(who, same[0]):
            return Match(same[0])
        return Match(candidates=_candidates(who, [*certain_but_taken, *(draft for _, draft in asked)]))


def _certain(who: Identity, draft: Draft) -> bool:
    """Whether one name and one birth date make one person: not when both bear a NIR, which then differ."""
    return bool(who.birth_date and draft["birth_date"] == who.birth_date and not (who.nir and draft["nir"]))


def _likely(who: Identity, draft: Draft) -> bool:
    return score(who.named, named(draft)) >= MAYBE


def _candidates(who: Identity, drafts: Iterable[Draft]) -> tuple[Candidate, ...]:
    found = [
        Candidate(
            draft.id or b"",
            draft["staff_number"],
            list_name(draft["name"], draft["first_names"]),
            int(score(who.named, named(draft))),
        )
        for draft in drafts
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.staff_number)))
