"""Names and values of fields in words: for forms, previews, the history and errors, so that all say the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from ltu_desktop.words import Words

PERSON = (
    "staff_number",
    "name",
    "first_names",
    "nir",
    "ntt",
    "sex",
    "birth_date",
    "address",
    "postcode",
    "town",
    "email",
    "phone",
    "status",
    "recognised_on",
    "decision_number",
    "site_id",
)
"""Columns of a person that a file, or a second record, may say differently."""

NAMES = {
    "staff_number": N_("Staff number"),
    "name": N_("Family name"),
    "first_names": N_("First names"),
    "nir": N_("Social security number (NIR)"),
    "ntt": N_("Temporary number (NTT)"),
    "sex": N_("Sex"),
    "birth_date": N_("Birth date"),
    "address": N_("Address"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "status": N_("Status"),
    "recognised_on": N_("Recognised by the committee on"),
    "decision_number": N_("Decision number"),
    "site": N_("Site"),
    "activity": N_("Activity"),
    "contract_start": N_("Start of contract"),
    "contract_end": N_("End of contract"),
    "contract_number": N_("Contract number"),
    "planned_end_on": N_("Planned end"),
    "nature": N_("Kind of contract"),
    "public_aid": N_("Other State aid"),
    "end_reason": N_("Reason of exit"),
    "start": N_("From"),
    "weekly_hours": N_("Weekly hours"),
    "monthly_hours": N_("Monthly hours"),
    "hourly_pay": N_("Hourly pay"),
    "job": N_("Job"),
    "category": N_("Category"),
    "paid_hours": N_("Paid hours"),
    "unpaid_hours": N_("Unpaid hours"),
    "code": N_("Code"),
    "siret": N_("SIRET"),
    "iban": N_("IBAN"),
    "signatory": N_("Signatory"),
    "signatory_quality": N_("Signatory’s capacity"),
    "contributions_valid_until": N_("Contributions certificate valid until"),
    "analytic_code": N_("Cost code"),
    "number": N_("Agreement number"),
    "signed_on": N_("Signed on"),
    "end_on": N_("End"),
    "fund": N_("Fund"),
    "territory": N_("Territory"),
    "committee": N_("Local committee"),
    "departments": N_("Departments"),
    "amendment": N_("Amendment"),
    "operator": N_("Operator"),
    "since": N_("Since"),
    "checked_on": N_("Checked on"),
    "day": N_("Date of the document"),
    "disability_until": N_("RQTH until"),
    "medical_check_due": N_("Medical check due on"),
    "ceiling_fte": N_("FTE ceiling"),
    "settings": N_("Settings"),
    "value": N_("Value"),
    "source": N_("Source"),
    "received_on": N_("Received on"),
    "amount": N_("Amount"),
    "payer": N_("Payer"),
    "label": N_("Bank description"),
    "end": N_("Until"),
    "pause": N_("Break"),
    "weeks": N_("Weeks"),
    "holidays": N_("Public holidays"),
    "title": N_("Need"),
    "weekly_minutes": N_("Hours a week"),
    "people_wanted": N_("People needed"),
    "palette": N_("Colour"),
    "demands": N_("What the work asks for"),
    "approved_on": N_("Approved by the committee on"),
    "ended_on": N_("Ended on"),
    "state": N_("State"),
    "noted_on": N_("Noted on"),
    "skill": N_("Skill"),
    "level": N_("Level"),
    "wish": N_("Wish"),
    "limits": N_("Limits"),
    "availability": N_("Availability"),
    "kind": N_("Kind"),
    "next_on": N_("Next step on"),
}
"""English names by code of field."""

_COLUMNS = {"start_on": "contract_start", "site_id": "site", "activity_id": "activity"}
STATUSES = {"ppde": N_("PPDE"), "other": N_("Other")}
_HOURS = {"weekly_hours", "monthly_hours", "paid_hours", "unpaid_hours"}


def field_name(words: Words, field: str) -> str:
    """Say a field's name."""
    code = _COLUMNS.get(field, field)
    return words.text(NAMES[code]) if code in NAMES else field


def field_value(words: Words, field: str, value: object) -> str:
    """Say a field's value; nothing is a dash."""
    if value is None or value == "":
        return "—"
    if field == "status":
        return words.text(STATUSES.get(str(value), str(value)))
    if isinstance(value, Decimal):
        if field == "weekly_hours" and value == value.to_integral_value():
            return f"{words.number(value, 0)}\u00a0h"
        if field in _HOURS:
            return words.hours(value)
        return words.money(value) if field in {"hourly_pay", "amount"} else words.value(value)
    return words.value(value) if isinstance(value, date) else str(value)
