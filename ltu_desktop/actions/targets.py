"""Where a problem is mended: the page, whom or what it is about, and the very field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.queries.home import Deadline
    from ltu_desktop.rules.errors import Problem


@dataclass(frozen=True)
class Target:
    """A place in the program: a page by its code (`people`, `attendance`, `claims`, `settings`, `import`, `payments`).

    `subject` is a staff number on `people` and `attendance`; `agreement`, `employer` or `values:PARAMETER` in the
    settings; a month elsewhere. `field` is the field's code as actions name it (`actions.fields.NAMES`) or that of an
    agreement's setting, "" when there is no single one; `eligibility` is the point that does not fit, `support` the
    log of support, `match` the three-way match. `day`: the day of that person's attendance.
    """

    page: str
    subject: str = ""
    field: str = ""
    day: date | None = None


_PERSON = {
    "no_status": "status",
    "decision_missing": "recognised_on",
    "eligibility_doubtful": "eligibility",
    "contracts_overlap": "contract_end",
    "contract_ends_before_start": "contract_end",
    "no_contract": "contract_start",
    "cumulation": "public_aid",
    "not_open_ended": "nature",
    "pay_below_minimum": "hourly_pay",
    "exit_without_reason": "end_reason",
}
"""Problems that are mended in a field of the person."""

_SETTINGS = {
    "employer_missing": ("employer", "name"),
    "siret_missing": ("employer", "siret"),
    "siret_doubtful": ("employer", "siret"),
    "contributions_missing": ("employer", "contributions_valid_until"),
    "contributions_expired": ("employer", "contributions_valid_until"),
    "agreement_missing": ("agreement", "number"),
    "ceiling_missing": ("agreement", "ceiling_fte"),
    "ceiling_used_up": ("agreement", "ceiling_fte"),
    "ceiling_pace": ("agreement", "ceiling_fte"),
}
"""Problems that are mended in a field of the settings."""

_PAYROLL = frozenset(
    {
        "payroll_missing",
        "payroll_gap",
        "payroll_of_another_employer",
        "negative_hours",
        "unusable_hours",
        "no_payroll",
        "nothing_to_claim",
        "earlier_payroll_gone",
        "year_incomplete",
        "year_without_months",
    }
)
"""Problems that another payroll file mends."""

_DUE = {
    "contract_end": "planned_end_on",
    "disability": "disability_until",
    "medical_check": "medical_check_due",
    "support": "support",
}
"""What falls due for a person, and the field in which it is noted."""


def target_of_deadline(deadline: Deadline) -> Target:
    """Return where what ends or falls due is dealt with."""
    if deadline.kind in _DUE:
        return Target("people", deadline.staff_number, _DUE[deadline.kind])
    if deadline.kind == "certificate":
        return Target("settings", *_SETTINGS["contributions_expired"])
    if deadline.kind == "agreement_end":
        return Target("settings", "agreement", "end_on")
    return Target("settings", f"values:{deadline.code}", "value")


def target_of(problem: Problem, month: str) -> Target:
    """Return where a problem of a month's claim is mended; the claim itself when there is nothing to enter."""
    if problem.code in _PERSON:
        return Target("people", problem.target, _PERSON[problem.code])
    if problem.code == "provisional":
        return Target("settings", f"values:{problem.params.get('parameter', '')}", "value")
    if problem.code == "open_setting":
        return Target("settings", "agreement", problem.params.get("setting", "settings"))
    if problem.code in _SETTINGS:
        return Target("settings", *_SETTINGS[problem.code])
    if problem.code in _PAYROLL:
        return Target("import", problem.params.get("month", month))
    if problem.code == "decisions_missing":
        return Target("people", "", "recognised_on")
    if problem.code in {"hours_differ", "hours_differ_many"}:
        return Target("attendance", problem.target, "match")
    if problem.code == "months_not_claimed":
        return Target("claims", problem.params.get("month", month))
    return Target("claims", month)
