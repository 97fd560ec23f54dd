"""The tables of what happens on the ground: activities, skills, plans, attendance. Time in minutes, never a float.

A shift or an absence belongs to the day on which it starts. Weekdays count from 0, Monday.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, LargeBinary, Text, UniqueConstraint

from ltu_desktop.store.columns import MONTH, count, flag, ref, table, text

_SPAN = "start_minute >= 0 AND start_minute < 1440 AND end_minute > start_minute AND end_minute <= 2160"
_PAUSE = "break_minutes >= 0 AND break_minutes < end_minute - start_minute"

activity = table(
    "activity",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    ref("site_id", "site", optional=True),
    text("analytic_code"),
    text("palette"),  # code of a colour pair of the looks; empty: by the activity's code
    text("pictogram"),  # name of an icon; empty: by the activity's code
    Column("approved_on", Date),  # the committee found its jobs additional
    text("approval_note"),
    count("people_wanted", optional=True),  # staffing wish
    text("staffing_note"),
    text("demands"),  # codes of limits that forbid the work, parted by commas: lifting,driving
    Column("ended_on", Date),  # no new shifts from then on
)

turnover = table(
    "turnover",
    ref("activity_id", "activity", index=False),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),
    count("amount"),  # cents
    UniqueConstraint("activity_id", "month"),
)

local_need = table(
    "local_need",
    Column("title", Text, nullable=False),  # what is needed
    text("asked_by"),
    text("place"),
    count("weekly_minutes"),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('open', 'studied', 'served', 'closed')", name="state"),
        nullable=False,
        default="open",
        server_default="open",
    ),
    ref("activity_id", "activity", optional=True),  # what serves it
    Column("noted_on", Date, nullable=False),
    text("note"),
)

skill = table("skill", Column("name", Text, nullable=False, unique=True))

activity_skill = table(  # what an activity asks of those who do it alone
    "activity_skill",
    ref("activity_id", "activity", index=False),
    ref("skill_id", "skill"),
    count("level"),  # 1 with help, 2 alone, 3 can teach it
    UniqueConstraint("activity_id", "skill_id"),
)

person_skill = table(
    "person_skill",
    ref("person_id", "person", index=False),
    ref("skill_id", "skill"),
    count("level"),  # 0 not yet, 1 with help, 2 alone, 3 can teach it
    flag("wants_to_learn"),
    UniqueConstraint("person_id", "skill_id"),
)

wish = table(
    "wish",
    ref("person_id", "person", index=False),
    ref("activity_id", "activity"),
    Column("kind", Text, CheckConstraint("kind IN ('wish', 'refusal')", name="kind"), nullable=False),
    text("note"),
    UniqueConstraint("person_id", "activity_id"),
)

person_limit = table(  # like health data: why is never kept, only what somebody does not do
    "person_limit",
    ref("person_id", "person", index=False),
    Column("kind", Text, nullable=False),  # lifting, driving, standing, heights, outdoors, machines, customers, alone
    text("note"),
    UniqueConstraint("person_id", "kind"),
)

availability = table(  # when somebody can work; nobody's rows: always
    "availability",
    ref("person_id", "person"),
    Column("weekday", Integer, CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"), nullable=False),
    count("start_minute"),
    count("end_minute"),
    CheckConstraint("start_minute >= 0 AND end_minute <= 1440 AND start_minute < end_minute", name="minutes"),
)

support_note = table(  # support and training: what was done with somebody, and what comes next
    "support_note",
    ref("person_id", "person"),
    Column("day", Date, nullable=False),
    Column(
        "kind",
        Text,
        CheckConstraint("kind IN ('interview', 'support', 'project', 'training')", name="kind"),
        nullable=False,
    ),
    count("minutes"),
    text("note"),
    text("next_step"),
    Column("next_on", Date),
    flag("done"),  # the next step is done
)

work_pattern = table(
    "work_pattern",
    Column("name", Text, nullable=False, unique=True),
    Column("weeks", Integer, CheckConstraint("weeks BETWEEN 1 AND 12", name="weeks"), nullable=False, default=1),
)

work_pattern_slot = table(
    "work_pattern_slot",
    ref("work_pattern_id", "work_pattern"),
    count("week"),  # of the cycle, from 0
    Column("weekday", Integer, CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"), nullable=False),
    count("start_minute"),
    count("end_minute"),
    count("break_minutes"),
    CheckConstraint(_SPAN, name="span"),
    CheckConstraint(_PAUSE, name="pause"),
)

closure = table(
    "closure",
    ref("site_id", "site", optional=True),  # NULL: everywhere
    Column("start_on", Date, nullable=False),
    Column("end_on", Date, nullable=False),
    Column("name", Text, nullable=False),
    CheckConstraint("end_on >= start_on", name="dates"),
)

cover_need = table(  # how many people an activity needs, week by week
    "cover_need",
    ref("activity_id", "activity"),
    ref("site_id", "site", optional=True),
    Column("weekday", Integer, CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"), nullable=False),
    count("start_minute"),
    count("end_minute"),
    Column("people", Integer, CheckConstraint("people > 0", name="people"), nullable=False),
    Column("start_on", Date),  # NULL: since ever
    Column("end_on", Date),  # NULL: for ever
    CheckConstraint(_SPAN, name="span"),
    CheckConstraint("end_on IS NULL OR start_on IS NULL OR end_on >= start_on", name="dates"),
)

shift = table(
    "shift",
    ref("person_id", "person", index=False),
    Column("day", Date, nullable=False),
    ref("activity_id", "activity"),
    ref("site_id", "site", optional=True),  # NULL: where the activity is
    count("start_minute"),  # of the day; an end after 1440 is on the next day
    count("end_minute"),
    count("break_minutes"),  # unpaid
    Column("series_id", LargeBinary(16), index=True),  # shifts that were made together
    text("note"),
    CheckConstraint(_SPAN, name="span"),
    CheckConstraint(_PAUSE, name="pause"),
    Index("ix_shift_day", "day", "person_id"),
    Index("ix_shift_person_id", "person_id", "day"),
)

week_template = table("week_template", Column("name", Text, nullable=False, unique=True))

week_template_shift = table(
    "week_template_shift",
    ref("week_template_id", "week_template"),
    ref("person_id", "person"),
    Column("weekday", Integer, CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"), nullable=False),
    ref("activity_id", "activity"),
    ref("site_id", "site", optional=True),
    count("start_minute"),
    count("end_minute"),
    count("break_minutes"),
    CheckConstraint(_SPAN, name="span"),
    CheckConstraint(_PAUSE, name="pause"),
)

attendance = table(  # what was worked
    "attendance",
    ref("person_id", "person", index=False),
    Column("day", Date, nullable=False),
    ref("activity_id", "activity", optional=True),  # NULL: no activity was named
    Column("minutes", Integer, CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"), nullable=False),
    text("origin"),  # typed, planned, imported
    Index("ix_attendance_day", "day", "person_id", "minutes", "activity_id"),  # a month is read from it alone
    Index("ix_attendance_person_id", "person_id", "day"),
)

absence_day = table(  # the hours of a planned day that somebody was away, and why
    "absence_day",
    ref("person_id", "person", index=False),
    Column("day", Date, nullable=False),
    Column("kind", Text, nullable=False),  # as in payroll: paid_leave, sick_unpaid…
    Column("minutes", Integer, CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"), nullable=False),
    Column(
        "part", Text, CheckConstraint("part IN ('day', 'morning', 'afternoon', 'hours')", name="part"), nullable=False
    ),
    count("kept", optional=True),  # ten-thousandths of the pay kept
    text("note"),
    UniqueConstraint("person_id", "day", "kind"),
    Index("ix_absence_day_day", "day", "person_id"),
)

month_sheet = table(  # the sheet of a person's month; its figures stand still once the month is closed
    "month_sheet",
    ref("person_id", "person", index=False),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),
    Column("received_on", Date),
    flag("signed"),
    count("planned_minutes", optional=True),
    count("done_minutes", optional=True),
    count("absent_minutes", optional=True),
    UniqueConstraint("person_id", "month"),
    Index("ix_month_sheet_month", "month", "person_id"),
)

month_closing = table(
    "month_closing",
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False, unique=True),
    Column("closed_on", Date, nullable=False),
    text("note"),  # why it was closed in spite of what is missing
)

hours_reason = table(  # why timesheet, payroll and claim differ for a person and month, as somebody found out
    "hours_reason",
    ref("person_id", "person", index=False),
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False),
    Column("code", Text, nullable=False),
    count("minutes"),  # that are explained
    text("note"),
    UniqueConstraint("person_id", "month", "code"),
)

payroll_sending = table(  # what the accountant was sent, so that later changes can be listed
    "payroll_sending",
    Column("month", Text, CheckConstraint(MONTH.format("month"), name="month"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON: the rows as sent
)
