"""Absences seen on the ground, joined to those that payroll tells: the greater counts, never the sum.

Payroll's word stands; the ground adds only what payroll does not say as much of itself. All in hundredths of an hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Kinds = dict[tuple[str, int | None], int]
"""Hundredths of an hour by kind and part of the pay that was kept (ten-thousandths)."""

_SICK = {"sick_paid": "sick", "sick_unpaid": "sick"}
# one sick leave under two names: the office sees no payslip and may take it for paid where payroll does not


def joined(
    payroll: Mapping[tuple[str, int | None], int],
    ground: Mapping[tuple[str, int | None], int],
    unpaid: int,
    paid_kinds: Collection[str],
    nameless: str,
) -> Kinds:
    """Return a month's absences of one person.

    `unpaid` are all hours that payroll declares as not paid; those that no kind explains are `nameless`. They are
    somebody's absence too: the ground's unpaid kinds give them a name, and its paid kinds are held against them.
    """
    found: Kinds = dict(payroll)
    without_name = max(0, unpaid - sum(hours for (kind, _), hours in payroll.items() if kind not in paid_kinds))
    beyond = _beyond(payroll, ground)
    for key, hours in beyond.items():
        if key[0] not in paid_kinds:
            without_name = max(0, without_name - hours)
            found[key] = found.get(key, 0) + hours
    held = without_name
    for key, hours in beyond.items():
        if key[0] in paid_kinds:
            said = min(hours, held)
            held -= said
            found[key] = found.get(key, 0) + hours - said
    if without_name:
        found[nameless, None] = found.get((nameless, None), 0) + without_name
    return found


def _beyond(payroll: Mapping[tuple[str, int | None], int], ground: Mapping[tuple[str, int | None], int]) -> Kinds:
    """Return the ground's hours beyond payroll's of the same kind; what was kept is payroll's to say."""
    left: dict[str, int] = {}
    kept: dict[str, set[int | None]] = {}
    for (kind, part), hours in payroll.items():
        left[_SICK.get(kind, kind)] = left.get(_SICK.get(kind, kind), 0) + hours
        kept.setdefault(kind, set()).add(part)
    found: Kinds = {}
    for (kind, part), hours in sorted(ground.items(), key=lambda each: (each[0][0], each[0][1] or 0)):
        family = _SICK.get(kind, kind)
        said = min(hours, max(0, left.get(family, 0)))
        left[family] = left.get(family, 0) - said
        if hours > said:
            told = part if part is not None or len(kept.get(kind, ())) != 1 else next(iter(kept[kind]))
            found[kind, told] = found.get((kind, told), 0) + hours - said
    return found
