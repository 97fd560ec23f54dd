"""Kinds of absence on the ground: the codes that people type, those that grid and paper show, and who may see which."""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN = "absent"
"""What a kind is called for those from whom reasons are kept."""

PAPER = "AB"
"""The code on paper of every absence whose reason stays at the office."""


@dataclass(frozen=True, slots=True)
class AbsenceKind:
    """One kind: `code` is typed (and told apart from all others), `chip` is what the grid shows.

    `shown` kinds may be seen by everybody and stand on paper; the reason of the others stays at the office.
    """

    kind: str
    code: str
    chip: str
    shown: bool = False

    @property
    def paper(self) -> str:
        """The code on sheets that go out."""
        return self.chip if self.shown else PAPER


KINDS: dict[str, AbsenceKind] = {
    each.kind: each
    for each in (
        AbsenceKind("paid_leave", "CP", "CP", shown=True),
        AbsenceKind("public_holiday", "JF", "JF", shown=True),
        AbsenceKind("training", "FO", "FO", shown=True),
        AbsenceKind("rest", "RC", "RC", shown=True),
        AbsenceKind("sick_unpaid", "MAL", "MAL"),
        AbsenceKind("sick_paid", "MALP", "MAL"),
        AbsenceKind("work_accident", "AT", "AT"),
        AbsenceKind("unpaid_leave", "SS", "SS"),
        AbsenceKind("maternity", "MP", "MP"),
        AbsenceKind("paternity", "PAT", "MP"),
        AbsenceKind("unjustified", "INJ", "INJ"),
        AbsenceKind("partial_activity", "AP", "AP"),
    )
}
"""All kinds by their name in payroll, in the order in which they are offered."""

BY_CODE: dict[str, str] = {each.code: each.kind for each in KINDS.values()} | {"MAT": "maternity"}
"""Kinds by the code that is typed."""

SHOWN = frozenset(each.kind for each in KINDS.values() if each.shown)
"""Kinds that everybody may see."""


def chip(kind: str) -> str:
    """Return the code that the grid shows for a kind; the paper's code for a kind that is hidden or not ours."""
    return KINDS[kind].chip if kind in KINDS else PAPER
