"""Who fits an activity: no selection, but skills, wishes, refusals and limits, each said as a reason. Pure.

Nobody is left out for lack of a skill: it is a reason to learn, not to exclude. Only what a person refuses, and what
she does not do (a limit that the activity asks for), keep her from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

LIMITS = ("lifting", "driving", "standing", "heights", "outdoors", "machines", "customers", "alone")
"""What somebody may not do, and what an activity may ask for. Why is nobody's business and is not kept."""

LEVELS = (0, 1, 2, 3)
"""Of a skill: not yet, with help, alone, can teach it."""


class Fit(StrEnum):
    """How somebody fits, best first."""

    WISHED = "wished"
    READY = "ready"
    LEARNS = "learns"
    REFUSED = "refused"
    LIMITED = "limited"


ORDER = {fit: place for place, fit in enumerate(Fit)}


@dataclass(frozen=True, slots=True)
class Work:
    """An activity: what it asks of those who do it alone (skill → level), which limits keep from it, when it ends.

    From `ended_on` on nobody is planned in it any more.
    """

    id: bytes
    skills: Mapping[bytes, int]
    demands: frozenset[str]
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A person: her skills (→ level), those she wants to learn, wishes, refusals, limits, hours worked by activity."""

    id: bytes
    skills: Mapping[bytes, int]
    learns: frozenset[bytes]
    wishes: frozenset[bytes]
    refusals: frozenset[bytes]
    limits: frozenset[str]
    minutes: Mapping[bytes, int]  # activity → worked so far


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody fits or not: `wish`, `refusal`, `limit`, `skill`, `learns`, `lacks`, `worked`; what it is about."""

    code: str
    skill: bytes | None = None
    limit: str = ""
    value: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person for an activity: how she fits, and why."""

    person: bytes
    fit: Fit
    reasons: tuple[Reason, ...]
    score: int


def candidate(work: Work, person: Profile) -> Candidate:
    """Say how a person fits an activity and why; the reasons that decide come first."""
    reasons = [Reason("limit", limit=code) for code in LIMITS if code in person.limits & work.demands]
    limited = bool(reasons)
    refused = work.id in person.refusals
    wished = work.id in person.wishes
    if refused:
        reasons.append(Reason("refusal"))
    if wished:
        reasons.append(Reason("wish"))
    lacks = 0
    score = 40 if wished else 0
    for skill, level in work.skills.items():
        has = person.skills.get(skill, 0)
        if has >= level:
            reasons.append(Reason("skill", skill, value=has))
            score += 10 + has
        elif skill in person.learns:
            reasons.append(Reason("learns", skill, value=has))
            score += 6
            lacks += 1
        else:
            reasons.append(Reason("lacks", skill, value=has))
            lacks += 1
    worked = person.minutes.get(work.id, 0)
    if worked:
        reasons.append(Reason("worked", value=worked))
        score += min(20, worked // 600)
    if limited:
        fit = Fit.LIMITED
    elif refused:
        fit = Fit.REFUSED
    elif wished:
        fit = Fit.WISHED
    else:
        fit = Fit.LEARNS if lacks else Fit.READY
    return Candidate(person.id, fit, tuple(reasons), score)


def candidates(work: Work, people: Iterable[Profile]) -> list[Candidate]:
    """Rank people for an activity: wishes, those who are ready, those who learn, refusals, limits."""
    found = [candidate(work, person) for person in people]
    return sorted(found, key=lambda each: (ORDER[each.fit], -each.score))
