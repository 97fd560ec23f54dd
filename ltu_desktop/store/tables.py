"""The tables: what the file holds. Money in cents, payroll hours in hundredths, time in minutes, never a float."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from ltu_desktop.store.columns import MONTH, count, flag, metadata, ref, table, text
from ltu_desktop.store.ground import (
    absence_day,
    activity,
    activity_skill,
    attendance,
    availability,
    closure,
    cover_need,
    hours_reason,
    local_need,
    month_closing,
    month_sheet,
    payroll_sending,
    person_limit,
    person_skill,
    shift,
    skill,
    support_note,
    turnover,
    week_template,
    week_template_shift,
    wish,
    work_pattern,
    work_pattern_slot,
)

__all__ = [
    "EDITED",
    "absence",
    "absence_day",
    "activity",
    "activity_skill",
    "agreement",
    "agreement_terms",
    "attachment",
    "attendance",
    "availability",
    "blob",
    "claim",
    "claim_line",
    "closure",
    "contract",
    "contract_terms",
    "cover_need",
    "eligibility",
    "employer",
    "export",
    "health",
    "hours_reason",
    "journal",
    "journal_row",
    "local_need",
    "metadata",
    "month_closing",
    "month_sheet",
    "operator",
    "parameter_override",
    "pay_month",
    "payment",
    "payment_match",
    "payroll_file",
    "payroll_sending",
    "person",
    "person_limit",
    "person_skill",
    "sealed",
    "setting",
    "shift",
    "site",
    "skill",
    "support_note",
    "turnover",
    "week_template",
    "week_template_shift",
    "wish",
    "work_pattern",
    "work_pattern_slot",
]


employer = table(
    "employer",
    Column("name", Text, nullable=False),
    text("siret"),
    text("address"),
    text("postcode"),
    text("town"),
    text("iban"),
    text("signatory"),
    text("signatory_quality"),
    Column("contributions_valid_until", Date),  # end of the Urssaf certificate
)

site = table(
    "site",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    text("siret"),
    text("address"),
    text("postcode"),
    text("town"),
    Column("holidays", Text, nullable=False, default="FR", server_default="FR"),  # calendar: country, or country-region
)

person = table(
    "person",
    Column("staff_number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),  # family name, or the only name
    text("first_names"),
    text("folded"),  # name and first names without accents or case: search and order
    text("nir"),  # 13 characters, without key
    text("ntt"),  # temporary number when there is no NIR
    text("sex"),
    Column("birth_date", Date),
    text("address"),
    text("postcode"),
    text("town"),
    text("email"),
    text("phone"),
    Column("status", Text, CheckConstraint("status IN ('ppde', 'other')", name="status")),  # NULL: not said yet
    Column("recognised_on", Date),  # the committee's decision
    text("decision_number"),
    ref("site_id", "site", optional=True),
    Index("ix_person_folded", "folded"),
    Index("ix_person_nir", "nir"),
)

contract = table(
    "contract",
    ref("person_id", "person"),
    text("number"),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date),  # real end
    Column("planned_end_on", Date),
    text("nature"),  # payroll code: 01 open-ended
    text("public_aid"),  # payroll code of another State aid: 99 none
    text("end_reason"),  # payroll code
    CheckConstraint("end_on IS NULL OR end_on >= start_on", name="dates"),
)

contract_terms = table(
    "contract_terms",
    ref("contract_id", "contract"),
    Column("start_on", Date, nullable=False),
    count("weekly_hours", optional=True),  # hundredths
    count("monthly_hours", optional=True),  # hundredths, as payroll gives them
    count("hourly_pay", optional=True),  # cents
    text("job"),
    text("category"),
    ref("activity_id", "activity", optional=True),
    ref("work_pattern_id", "work_pattern", optional=True),
    Column("cycle_from", Date),  # a Monday of the pattern's week 0; NULL: the Monday of the terms' start
    UniqueConstraint("contract_id", "start_on"),
)

payroll_file = table(
    "payroll_file",
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),
    Column("kind", Text, nullable=False),  # dsn, hours
    text("siret"),
    text("norm"),
    text("software"),
    text("nature"),  # 01 monthly…
    text("type"),  # 01 normal, 03 cancels and replaces…
    text("fraction"),
    count("hours"),  # hundredths: control total
    count("lines"),
    Column("received_on", Date, nullable=False),
    ref("replaced_by_id", "payroll_file", optional=True),
    text("unknown_codes"),  # JSON: rubric → how often
    Column("blob_sha256", Text, nullable=False),
    UniqueConstraint("sha256", "month", "siret", "fraction"),  # a file may hold several declarations: one row each
)

pay_month = table(
    "pay_month",
    ref("person_id", "person", index=False),
    ref("payroll_file_id", "payroll_file"),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),  # worked in
    text("contract_number"),
    count("paid_hours"),  # hundredths, may be negative (back pay)
    count("unpaid_hours"),
    count("overtime_hours"),
    count("complementary_hours"),
    count("gross_pay", optional=True),  # cents
    count("employer_cost", optional=True),
    count("line"),  # of the file
    Index("ix_pay_month_month", "month", "person_id"),
    Index("ix_pay_month_person_id", "person_id", "month"),
)

absence = table(
    "absence",
    ref("person_id", "person"),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),
    Column("kind", Text, nullable=False),
    count("hours"),  # hundredths
    count("kept", optional=True),  # ten-thousandths of the pay kept
    ref("payroll_file_id", "payroll_file", optional=True),
    Column("start_on", Date),
    Column("end_on", Date),
    Index("ix_absence_month", "month", "person_id"),
)

agreement = table(
    "agreement",
    Column("scheme", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_on", Date),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date),
    text("fund"),
    text("territory"),
    text("committee"),
    text("departments"),
    CheckConstraint("end_on IS NULL OR end_on >= start_on", name="dates"),
)

agreement_terms = table(
    "agreement_terms",
    ref("agreement_id", "agreement"),
    Column("start_on", Date, nullable=False),
    text("amendment"),
    Column("signed_on", Date),
    count("ceiling_fte", optional=True),  # hundredths of an FTE
    text("settings"),  # JSON: setting → option
    UniqueConstraint("agreement_id", "start_on"),
)

parameter_override = table(
    "parameter_override",
    ref("agreement_id", "agreement", optional=True),  # NULL: for the scheme at large
    Column("scheme", Text, nullable=False),
    Column("parameter", Text, nullable=False),
    Column("start_on", Date, nullable=False),
    Column("value", Text, nullable=False),  # a decimal as text
    Column("source", Text, nullable=False),
    Column("published_on", Date),
    flag("provisional"),
    UniqueConstraint("scheme", "agreement_id", "parameter", "start_on"),
)

claim = table(
    "claim",
    Column("scheme", Text, nullable=False),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),
    count("number"),  # 1 initial, 2 and more corrective
    Column("state", Text, nullable=False),
    text("reason"),  # of a return, or of a correction
    ref("corrects_id", "claim", optional=True),
    count("hours"),
    count("total"),  # cents to be paid: of a corrective version, the difference
    UniqueConstraint("scheme", "month", "number"),
    CheckConstraint("state IN ('sealed', 'sent', 'returned', 'paid')", name="state"),
)

claim_line = table(
    "claim_line",
    ref("claim_id", "claim"),
    ref("person_id", "person", optional=True),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),  # that is paid for
    count("position"),
    text("code"),  # of an adjustment of the whole claim
    text("status"),
    count("quantity"),
    Column("part", Text, nullable=False),
    count("amount"),
    Index("ix_claim_line_month", "month", "person_id"),
)

sealed = table(
    "sealed",
    ref("claim_id", "claim"),
    Column("at", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("dossier", LargeBinary, nullable=False),  # canonical JSON
)

export = table(
    "export",
    ref("claim_id", "claim"),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),  # pdf, xlsx, csv, json, zip
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
)

payment = table(
    "payment",
    Column("received_on", Date, nullable=False),
    count("amount"),  # cents; negative when money was taken back
    text("payer"),
    text("label"),  # what the bank line says
    text("bank_id"),  # the bank's own number of the line
    text("account"),
    text("source"),  # name of the statement; empty when entered by hand
    count("line"),
    Index("ix_payment_received_on", "received_on"),
)

payment_match = table(
    "payment_match",
    ref("payment_id", "payment"),
    ref("claim_id", "claim"),
    count("amount"),  # cents of the payment that settle the claim
    UniqueConstraint("payment_id", "claim_id"),
)

eligibility = table(
    "eligibility",
    ref("person_id", "person"),
    Column(
        "criterion",
        Text,
        CheckConstraint("criterion IN ('volunteer', 'without_job', 'resident')", name="criterion"),
        nullable=False,
    ),
    Column("since", Date),  # without a job since, living here since
    Column("checked_on", Date),
    text("note"),
    UniqueConstraint("person_id", "criterion"),
)

health = table(  # apart, so that a role can be kept from it
    "health",
    ref("person_id", "person"),
    Column("disability_until", Date),  # RQTH
    Column("medical_check_due", Date),
    UniqueConstraint("person_id"),
)

attachment = table(
    "attachment",
    Column("subject", Text, nullable=False),  # table of the row it belongs to
    Column("subject_id", LargeBinary(16), nullable=False, index=True),
    Column("name", Text, nullable=False),
    text("media_type"),
    text("kind"),
    Column("day", Date),
    count("size"),
    Column("blob_sha256", Text, nullable=False),
)

operator = table(
    "operator",
    Column("name", Text, nullable=False, unique=True),
    text("quality"),
    Column(
        "role",
        Text,
        CheckConstraint("role IN ('administrator', 'reader', 'without_health')", name="role"),
        nullable=False,
        default="administrator",
        server_default="administrator",
    ),
)

setting = table(
    "setting",
    Column("key", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False),  # JSON
)

# Not part of undo: content that rows name by its hash, and the journal itself.

blob = Table(
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("journal.number"), unique=True),  # an entry is undone once, then redone…
    Column("final", Integer, nullable=False, server_default="0"),  # 1 stops undo, 2 only notes
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("params", Text, nullable=False),  # JSON: what the sentence needs
    Column("changes", Text, nullable=False),  # JSON: rows before and after; last, because it may be long
)

journal_row = Table(  # which entries touched a row: the journal's index
    "journal_row",
    metadata,
    Column("row_id", LargeBinary(16), primary_key=True),
    Column("number", Integer, ForeignKey("journal.number"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

EDITED = tuple(table for table in metadata.sorted_tables if table not in {blob, journal, journal_row})
"""The tables whose rows the journal keeps before and after, parents first."""
