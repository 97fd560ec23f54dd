"""Parameters and settings in the few words that the paper has room for; the codes are those of the scheme's pack."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ltu_desktop.documents.claim_labels import humanised
from ltu_desktop.words import N_

if TYPE_CHECKING:
    from ltu_desktop.words import Words

_PARAMETERS = {
    "smic_hourly": N_("Gross hourly SMIC"),
    "state_rate": N_("State’s rate"),
    "department_share": N_("Department’s share"),
    "full_month_hours": N_("Full-time month"),
    "others_limit": N_("Non-PPDE funded"),
    "start_up_unit": N_("Start-up grant per FTE"),
}

_SETTINGS = {
    "paid_absence": N_("Paid leave, holidays, training"),
    "unpaid_absence": N_("Absence not paid"),
    "sick_paid": N_("Sick leave, pay kept"),
    "protected_leave": N_("Work accident, mat., paternity"),
    "partial_activity": N_("Partial activity"),
    "complementary_hours": N_("Complementary hours"),
    "overtime": N_("Overtime"),
    "exit_leave": N_("Leave paid at exit"),
    "mid_month": N_("Entry, exit, amendment"),
    "cap_hours": N_("Cap per person"),
    "ten_percent": N_("10 % rule"),
    "rounding": N_("Rounding"),
    "fte_decimals": N_("FTE"),
}

_VALUES = {
    ("*", "count"): N_("counted"),
    ("*", "exclude"): N_("not counted"),
    ("*", "pro_rata"): N_("pro rata of pay kept"),
    ("complementary_hours", "up_to_cap"): N_("counted up to the cap"),
    ("mid_month", "hours_paid"): N_("hours paid"),
    ("mid_month", "calendar"): N_("by calendar days"),
    ("ten_percent", "yearly"): N_("once a year"),
    ("ten_percent", "running"): N_("each month, on the average"),
    ("rounding", "per_person"): N_("to the cent, half up, each step"),
    ("rounding", "on_sum"): N_("to the cent, on the sum only"),
    ("fte_decimals", "2"): N_("kept at 4 decimals, printed at 2"),
    ("fte_decimals", "4"): N_("kept and printed at 4 decimals"),
}


def parameter_name(code: str, words: Words) -> str:
    """Name a dated value of the scheme."""
    return words.text(_PARAMETERS[code]) if code in _PARAMETERS else humanised(code)


def setting_name(code: str, words: Words) -> str:
    """Name a setting. Settings carry no letter A, B, C: letter and setting together would give a reason away."""
    return words.text(_SETTINGS[code]) if code in _SETTINGS else humanised(code)


def setting_value(code: str, value: str, words: Words) -> str:
    """Say what a setting chooses."""
    found = _VALUES.get((code, value)) or _VALUES.get(("*", value))
    if found is not None:
        return words.text(found)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return humanised(value).lower()
    return words.hours(number) if code.endswith("hours") else words.number(number, max(0, -_exponent(number)))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
