"""A cell of the attendance grid as text: `7`, `7:30`, `7,5`, `7h30`, `CP`, `CP/2`, `CP3,5`, `4 CP`; and back again.

A cell says all of a person's day: hours worked come first, then absences. A code alone is the whole day (or what the
hours worked leave of it), `½CP` or `CP/2` half of it, `CPm` and `CPa` morning and afternoon, `CP3,5` some hours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ltu_desktop.rules.absence_kinds import BY_CODE, KINDS, PAPER
from ltu_desktop.rules.errors import Problem, Severity

DAY_MINUTES = 24 * 60

DAY, HALF, MORNING, AFTERNOON, HOURS = "day", "half", "morning", "afternoon", "hours"

_SHOWN_PART = {DAY: "{0}", HALF: "½{0}", MORNING: "{0}m", AFTERNOON: "{0}a"}
_TYPED_PART = {"": DAY, "/2": HALF, "½": HALF, "M": MORNING, "A": AFTERNOON}
_CODES = "|".join(sorted((*BY_CODE, PAPER), key=len, reverse=True))
_ABSENCE = re.compile(rf"(?P<half>½)?(?P<code>{_CODES})(?P<part>/2|½|[MA](?![A-Z]))?(?![A-Z])")
_HOURS = re.compile(
    r"(?P<h>[0-9]{1,3})\s?[H:]\s?(?P<m>[0-9]{2})|(?:(?P<dec>[0-9]{0,3}[.,][0-9]{1,2})|(?P<whole>[0-9]{1,3}))(?:\s?H)?"
)
_BETWEEN = re.compile(r"[\s+;]*")


@dataclass(frozen=True, slots=True)
class AbsencePart:
    """An absence of a cell; `minutes` only when the part is `hours`."""

    kind: str
    part: str = DAY
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says: minutes worked (None: nothing said of them) and absences. Nothing at all clears the day."""

    minutes: int | None = None
    absences: tuple[AbsencePart, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the cell is cleared."""
        return self.minutes is None and not self.absences


def refusal(code: str, text: str, **params: str) -> Problem:
    """Refuse a cell; the place is named by whoever knows it."""
    return Problem(code, Severity.BLOCKER, params={"text": text.strip(), **params})


def parse_cell(text: str) -> Entry | Problem:
    """Read a cell; give a `Problem` (`cell_unreadable`, `cell_too_long`, `cell_twice`, `cell_which_absence`) if not."""
    plain = " ".join(text.upper().split())
    worked: int | None = None
    absences: list[AbsencePart] = []
    at = 0
    while at < len(plain):
        if found := _ABSENCE.match(plain, at):
            at = found.end()
            if found["code"] == PAPER:
                return refusal("cell_which_absence", text)
            part = HALF if found["half"] else _TYPED_PART[found["part"] or ""]
            minutes = None
            if part == DAY and (hours := _HOURS.match(plain, at + (plain[at : at + 1] == " "))):
                part, minutes, at = HOURS, _minutes(hours), hours.end()
                if minutes == 0:
                    return refusal("cell_unreadable", text)
            elif found["half"] and found["part"]:
                return refusal("cell_unreadable", text)
            absences.append(AbsencePart(BY_CODE[found["code"]], part, minutes))
        elif hours := _HOURS.match(plain, at):
            if worked is not None:
                return refusal("cell_twice", text)
            worked, at = _minutes(hours), hours.end()
        else:
            return refusal("cell_unreadable", text)
        at = _gap(plain, at)
    if len({each.kind for each in absences}) < len(absences) or sum(each.part == DAY for each in absences) > 1:
        return refusal("cell_twice", text)
    if any(minutes < 0 for minutes in (worked or 0, *(each.minutes or 0 for each in absences))):
        return refusal("cell_unreadable", text)
    if max(worked or 0, *(each.minutes or 0 for each in absences), 0) > DAY_MINUTES:
        return refusal("cell_too_long", text)
    return Entry(worked, tuple(absences))


def _gap(plain: str, at: int) -> int:
    found = _BETWEEN.match(plain, at)
    assert found is not None
    return found.end()


def _minutes(found: re.Match[str]) -> int:
    """Return minutes; -1 for minutes of an hour that cannot be."""
    if found["h"]:
        rest = int(found["m"])
        return int(found["h"]) * 60 + rest if rest < 60 else -1
    return hours_to_minutes(Decimal((found["dec"] or found["whole"]).replace(",", ".")))


def hours_to_minutes(hours: Decimal) -> int:
    """Turn decimal hours into whole minutes, half up: 7.33 h are 440 minutes."""
    return int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP))


def minutes_to_hundredths(minutes: int) -> int:
    """Turn minutes into hundredths of an hour, half away from zero: 440 minutes are 7.33 h."""
    sign = -1 if minutes < 0 else 1
    return sign * ((abs(minutes) * 10 + 3) // 6)


def show_minutes(minutes: int, mark: str = ",") -> str:
    """Write minutes shortly and without loss: `7`, `7,5`, and `7:20` where two decimals cannot say it."""
    sign, size = ("−" if minutes < 0 else ""), abs(minutes)
    hours, rest = divmod(size, 60)
    if rest % 3:
        return f"{sign}{hours}:{rest:02d}"
    decimals = f"{rest * 5 // 3:02d}".rstrip("0")
    return f"{sign}{hours}{mark}{decimals}" if decimals else f"{sign}{hours}"


def show_entry(entry: Entry, mark: str = ",") -> str:
    """Write a cell as it would be typed: reading it gives the entry back."""
    said = [] if entry.minutes is None else [show_minutes(entry.minutes, mark)]
    for each in entry.absences:
        code = KINDS[each.kind].code
        if each.part == HOURS:
            said.append(code + show_minutes(each.minutes or 0, mark))
        else:
            said.append(_SHOWN_PART[each.part].format(code))
    return " ".join(said)
