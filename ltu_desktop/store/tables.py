"""The tables: what the file holds. Money in cents, payroll hours in hundredths, time in minutes, never a float.

Every row has a UUIDv7 key of 16 bytes and a `version` that counts its edits. Months are text, `2026-10`.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

_MONTH = "{0} GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'"


def _table(name: str, *columns: Column[object] | CheckConstraint | UniqueConstraint | Index) -> Table:
    return Table(
        name,
        metadata,
        Column("id", LargeBinary(16), primary_key=True),
        Column("version", Integer, nullable=False, default=1, server_default="1"),
        *columns,
    )


def _ref(name: str, target: str, *, optional: bool = False, index: bool = True) -> Column[object]:
    return Column(name, LargeBinary(16), ForeignKey(f"{target}.id"), nullable=optional, index=index)


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False, default="", server_default="")


def _count(name: str, *, optional: bool = False) -> Column[object]:
    if optional:
        return Column(name, Integer)
    return Column(name, Integer, nullable=False, default=0, server_default="0")


def _flag(name: str) -> Column[object]:
    return Column(name, Integer, nullable=False, default=0, server_default="0")


employer = _table(
    "employer",
    Column("name", Text, nullable=False),
    _text("siret"),
    _text("address"),
    _text("postcode"),
    _text("town"),
    _text("iban"),
    _text("signatory"),
    _text("signatory_quality"),
    Column("contributions_valid_until", Date),  # end of the Urssaf certificate
)

site = _table(
    "site",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    _text("siret"),
    _text("address"),
    _text("postcode"),
    _text("town"),
)

activity = _table(
    "activity",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    _ref("site_id", "site", optional=True),
    _text("analytic_code"),
)

person = _table(
    "person",
    Column("staff_number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),  # family name, or the only name
    _text("first_names"),
    _text("folded"),  # name and first names without accents or case: search and order
    _text("nir"),  # 13 characters, without key
    _text("ntt"),  # temporary number when there is no NIR
    _text("sex"),
    Column("birth_date", Date),
    _text("address"),
    _text("postcode"),
    _text("town"),
    _text("email"),
    _text("phone"),
    Column("status", Text, CheckConstraint("status IN ('ppde', 'other')", name="status")),  # NULL: not said yet
    Column("recognised_on", Date),  # the committee's decision
    _text("decision_number"),
    _ref("site_id", "site", optional=True),
    Index("ix_person_folded", "folded"),
    Index("ix_person_nir", "nir"),
)

contract = _table(
    "contract",
    _ref("person_id", "person"),
    _text("number"),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date),  # real end
    Column("planned_end_on", Date),
    _text("nature"),  # payroll code: 01 open-ended
    _text("public_aid"),  # payroll code of another State aid: 99 none
    _text("end_reason"),  # payroll code
    CheckConstraint("end_on IS NULL OR end_on >= start_on", name="dates"),
)

contract_terms = _table(
    "contract_terms",
    _ref("contract_id", "contract"),
    Column("start_on", Date, nullable=False),
    _count("weekly_hours", optional=True),  # hundredths
    _count("monthly_hours", optional=True),  # hundredths, as payroll gives them
    _count("hourly_pay", optional=True),  # cents
    _text("job"),
    _text("category"),
    _ref("activity_id", "activity", optional=True),
    UniqueConstraint("contract_id", "start_on"),
)

payroll_file = _table(
    "payroll_file",
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("month", Text, CheckConstraint(_MONTH.format("month"), name="month"), nullable=False),
    Column("kind", Text, nullable=False),  # dsn, hours
    _text("siret"),
    _text("norm"),
    _text("software"),
    _text("nature"),  # 01 monthly…
    _text("type"),  # 01 normal, 03 cancels and replaces…
    _text("fraction"),
    _count("hours"),  # hundredths: control total
    _count("lines"),
    Column("received_on", Date, nullable=False),
    _ref("replaced_by_id", "payroll_file", optional=True),
    _text("unknown_codes"),  # JSON: rubric → how often
    Column("blob_sha256", Text, nullable=False),
    UniqueConstraint("sha256", "month", "siret", "fraction"),  # a file may hold several declarations: one row each
)

pay_month = _table(
    "pay_month",
    _ref("person_id", "person", index=False),
    _ref("payroll_file_id", "payroll_file"),
    Column("month", Text, CheckConstraint(_MONTH.format("month"), name="month"), nullable=False),  # worked in
    _text("contract_number"),
    _count("paid_hours"),  # hundredths, may be negative (back pay)
    _count("unpaid_hours"),
    _count("overtime_hours"),
    _count("complementary_hours"),
    _count("gross_pay", optional=True),  # cents
    _count("employer_cost", optional=True),
    _count("line"),  # of the file
    Index("ix_pay_month_month", "month", "person_id"),
    Index("ix_pay_month_person_id", "person_id", "month"),
)

absence = _table(
    "absence",
    _ref("person_id", "person"),
    Column("month", Text, CheckConstraint(_MONTH.format("month"), name="month"), nullable=False),
    Column("kind", Text, nullable=False),
    _count("hours"),  # hundredths
    _count("kept", optional=True),  # ten-thousandths of the pay kept
    _ref("payroll_file_id", "payroll_file", optional=True),
    Column("start_on", Date),
    Column("end_on", Date),
    Index("ix_absence_month", "month", "person_id"),
)

agreement = _table(
    "agreement",
    Column("scheme", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("signed_on", Date),
    Column("start_on", Date, nullable=False),
    Column("end_on", Date),
    _text("fund"),
    _text("territory"),
    _text("committee"),
    _text("departments"),
    CheckConstraint("end_on IS NULL OR end_on >= start_on", name="dates"),
)

agreement_terms = _table(
    "agreement_terms",
    _ref("agreement_id", "agreement"),
    Column("start_on", Date, nullable=False),
    _text("amendment"),
    Column("signed_on", Date),
    _count("ceiling_fte", optional=True),  # hundredths of an FTE
    _text("settings"),  # JSON: setting → option
    UniqueConstraint("agreement_id", "start_on"),
)

parameter_override = _table(
    "parameter_override",
    _ref("agreement_id", "agreement", optional=True),  # NULL: for the scheme at large
    Column("scheme", Text, nullable=False),
    Column("parameter", Text, nullable=False),
    Column("start_on", Date, nullable=False),
    Column("value", Text, nullable=False),  # a decimal as text
    Column("source", Text, nullable=False),
    Column("published_on", Date),
    _flag("provisional"),
    UniqueConstraint("scheme", "agreement_id", "parameter", "start_on"),
)

claim = _table(
    "claim",
    Column("scheme", Text, nullable=False),
    Column("month", Text, CheckConstraint(_MONTH.format("month"), name="month"), nullable=False),
    _count("number"),  # 1 initial, 2 and more corrective
    Column("state", Text, nullable=False),
    _text("reason"),  # of a return, or of a correction
    _ref("corrects_id", "claim", optional=True),
    _count("hours"),
    _count("total"),  # cents to be paid: of a corrective version, the difference
    UniqueConstraint("scheme", "month", "number"),
    CheckConstraint("state IN ('sealed', 'sent', 'returned', 'paid')", name="state"),
)

claim_line = _table(
    "claim_line",
    _ref("claim_id", "claim"),
    _ref("person_id", "person", optional=True),
    Column("month", Text, CheckConstraint(_MONTH.format("month"), name="month"), nullable=False),  # that is paid for
    _count("position"),
    _text("code"),  # of an adjustment of the whole claim
    _text("status"),
    _count("quantity"),
    Column("part", Text, nullable=False),
    _count("amount"),
    Index("ix_claim_line_month", "month", "person_id"),
)

sealed = _table(
    "sealed",
    _ref("claim_id", "claim"),
    Column("at", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("dossier", LargeBinary, nullable=False),  # canonical JSON
)

export = _table(
    "export",
    _ref("claim_id", "claim"),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),  # pdf, xlsx, csv, json
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
)

payment = _table(
    "payment",
    Column("received_on", Date, nullable=False),
    _count("amount"),  # cents; negative when money was taken back
    _text("payer"),
    _text("label"),  # what the bank line says
    _text("bank_id"),  # the bank's own number of the line
    _text("account"),
    _text("source"),  # name of the statement; empty when entered by hand
    _count("line"),
    Index("ix_payment_received_on", "received_on"),
)

payment_match = _table(
    "payment_match",
    _ref("payment_id", "payment"),
    _ref("claim_id", "claim"),
    _count("amount"),  # cents of the payment that settle the claim
    UniqueConstraint("payment_id", "claim_id"),
)

eligibility = _table(
    "eligibility",
    _ref("person_id", "person"),
    Column(
        "criterion",
        Text,
        CheckConstraint("criterion IN ('volunteer', 'without_job', 'resident')", name="criterion"),
        nullable=False,
    ),
    Column("since", Date),  # without a job since, living here since
    Column("checked_on", Date),
    _text("note"),
    UniqueConstraint("person_id", "criterion"),
)

health = _table(  # apart, so that a role can be kept from it
    "health",
    _ref("person_id", "person"),
    Column("disability_until", Date),  # RQTH
    Column("medical_check_due", Date),
    UniqueConstraint("person_id"),
)

attachment = _table(
    "attachment",
    Column("subject", Text, nullable=False),  # table of the row it belongs to
    Column("subject_id", LargeBinary(16), nullable=False, index=True),
    Column("name", Text, nullable=False),
    _text("media_type"),
    _text("kind"),
    Column("day", Date),
    _count("size"),
    Column("blob_sha256", Text, nullable=False),
)

operator = _table(
    "operator",
    Column("name", Text, nullable=False, unique=True),
    _text("quality"),
    Column(
        "role",
        Text,
        CheckConstraint("role IN ('administrator', 'reader', 'without_health')", name="role"),
        nullable=False,
        default="administrator",
        server_default="administrator",
    ),
)

setting = _table(
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
