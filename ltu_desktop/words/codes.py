"""The sentences behind the codes of `rules`: problems, steps, parameters, settings, statuses, parts, absences.

A test walks the packs and the rules and refuses a code without its words. The last word of a parameter's name says how
its value is written: `hours`, `fte`, `ratio`, `amount`, `day`, `month`; others are written as they are.
"""

from __future__ import annotations

from ltu_desktop.rules.errors import N_

PROBLEMS: dict[str, tuple[str, str]] = {
    "no_status": (
        N_("Status missing: PPDE or other?"),
        N_("Enter the person’s status, or import the staff list. Without it this person is not claimed."),
    ),
    "negative_hours": (
        N_("Payroll gives {hours} for the month"),
        N_("Ask the payroll office for the corrected file; the month is not claimed until then."),
    ),
    "unusable_hours": (
        N_("Hours beyond the month: {hours}"),
        N_("Check the payroll file; the month is not claimed until then."),
    ),
    "contracts_overlap": (
        N_("Two contracts overlap"),
        N_("Correct the end of the first contract or the start of the second."),
    ),
    "contract_ends_before_start": (N_("A contract ends before it starts"), N_("Correct one of the two dates.")),
    "no_payroll": (
        N_("Nothing in payroll for {month}"),
        N_("Normal on unpaid leave for the whole month; otherwise import the payroll file that holds this person."),
    ),
    "no_contract": (
        N_("{hours} paid without a contract in the month"),
        N_("Add the contract, or check the exit date."),
    ),
    "hours_high": (N_("{hours} paid in one month"), N_("More than 48 h a week: check with the payroll office.")),
    "cumulation": (
        N_("State aid declared in payroll (code {code})"),
        N_("This hire cannot carry another State aid: correct the code in payroll, or remove the person."),
    ),
    "not_open_ended": (
        N_("Contract is not open-ended (code {code})"),
        N_("The scheme funds open-ended contracts: check the contract’s nature."),
    ),
    "pay_below_minimum": (
        N_("Hourly pay of {pay_amount} is below the minimum wage of {least_amount}"),
        N_("Check the contract’s hourly pay."),
    ),
    "open_setting": (
        N_("{hours} with no rule on how to treat them ({setting})"),
        N_("Ask the Fund, then choose the setting in the agreement."),
    ),
    "provisional": (
        N_("{parameter}: {value} is provisional"),
        N_("When the order is published, add it; the lines are computed again and the difference shown."),
    ),
    "contributions_expired": (
        N_("Contributions certificate expired on {day}"),
        N_("Ask Urssaf for a new certificate and enter its end date."),
    ),
    "others_over_limit": (
        N_("Not PPDE: {year_ratio} of FTE on average, limit {limit_ratio}"),
        N_("Nothing is taken off this month; the account is made at the yearly settlement."),
    ),
    "others_over_limit_this_month": (
        N_("Not PPDE: {month_ratio} of FTE this month, average {year_ratio}, limit {limit_ratio}"),
        N_("The average of the year counts: nothing to do now."),
    ),
    "ceiling_used_up": (
        N_("Ceiling of {ceiling_fte} FTE used up for the year"),
        N_("The part above it is taken off in a line of its own; an amendment can raise the ceiling."),
    ),
    "ceiling_pace": (
        N_("{year_fte} FTE on average, ceiling {ceiling_fte}"),
        N_("At this pace the ceiling is used up before the year’s end ({left_fte} FTE-months left)."),
    ),
    "ceiling_this_month": (
        N_("{fte} FTE this month, ceiling {ceiling_fte}"),
        N_("The average of the year counts: nothing to do now."),
    ),
    "aid_over_cost": (
        N_("Public money is {cost_ratio} of the employer’s cost"),
        N_("It must stay below 100% (art. 24): check the employer’s cost; the claim may be sealed."),
    ),
    # what only the file knows (actions.claim_checks)
    "employer_missing": (N_("The employer is not entered yet"), N_("Enter the employer’s name and SIRET.")),
    "siret_missing": (N_("The employer’s SIRET is missing"), N_("Enter it with the employer.")),
    "siret_doubtful": (
        N_("The employer’s SIRET {siret} has a control figure that does not fit"),
        N_("Check it figure by figure: the Fund pays by this number."),
    ),
    "payroll_of_another_employer": (
        N_("Payroll comes from another employer (SIRET {siret})"),
        N_("Check that it is the right file, or the employer’s SIRET."),
    ),
    "agreement_missing": (
        N_("No agreement with the Fund is in force in {month}"),
        N_("Enter the agreement: number, start, FTE ceiling. Until then the figures use the default settings."),
    ),
    "ceiling_missing": (N_("The agreement has no FTE ceiling"), N_("Enter the ceiling of the current amendment.")),
    "contributions_missing": (
        N_("No contributions certificate (Urssaf) is entered"),
        N_("Enter the day until which it is valid."),
    ),
    "payroll_missing": (
        N_("Payroll for {month} is not imported"),
        N_("Import the month’s payroll file (DSN) or its hours."),
    ),
    "nothing_to_claim": (
        N_("Nobody can be claimed for {month}"),
        N_("Check the people’s status and the payroll file."),
    ),
    "payroll_gap": (
        N_("{hours} between payroll and claim remain unexplained"),
        N_("Import the payroll file again; if the gap stays, check its control total."),
    ),
    "month_not_over": (
        N_("{month} is not over yet"),
        N_("What happens until its end would have to be corrected later."),
    ),
    "exit_without_reason": (
        N_("Exit on {day} without a reason"),
        N_("Enter the reason of the exit as payroll declares it."),
    ),
    "decision_missing": (
        N_("The date of the committee’s decision is missing"),
        N_("It is in the committee’s minutes: enter it on the person’s record."),
    ),
    "decisions_missing": (
        N_("{count} decisions of the committee are not dated"),
        N_(
            "The dates are in the committee’s minutes: enter them on each record, or import a staff list that has them."
        ),
    ),
    "eligibility_doubtful": (
        N_("An eligibility item does not match the hire"),
        N_("Check the person’s eligibility: one of its dates is too late for the date of the hire."),
    ),
    "months_not_claimed": (
        N_("{count} earlier months have payroll and no claim, since {month}"),
        N_("Seal them first, so that corrections fall into the right claim."),
    ),
    "earlier_payroll_gone": (
        N_("{month} was claimed, but its payroll is no longer in the file"),
        N_("Import that payroll again; until then nothing is corrected for the month."),
    ),
    "corrections_included": (
        N_("{count} corrections of earlier months are included, since {month}"),
        N_("See part 6.2: they are paid or taken back with this claim."),
    ),
    # timesheet, payroll and claim beside each other (rules.concordance)
    "hours_differ": (
        N_("{gap_hours} difference between timesheet and payroll: {why_reasons}"),
        N_("Look at the three-way match: correct the source that is wrong, or accept the cause."),
    ),
    "hours_differ_many": (
        N_("Timesheet and payroll differ for {count} people"),
        N_("Look at the three-way match: correct the source that is wrong, or accept the causes."),
    ),
    # a cell of the attendance grid that is not taken (rules.attendance)
    "cell_unreadable": (
        N_("“{text}” is neither hours nor a code of absence."),
        N_("Type hours (7, 7:30, 7.5) or a code (CP, MAL, FO…); CPm and CPa are half a day."),
    ),
    "cell_too_long": (N_("“{text}”: a day has 24 hours."), N_("Check the hours.")),
    "cell_twice": (N_("“{text}” says two things at once."), N_("Give the hours once, and each code once.")),
    "cell_which_absence": (
        N_("“{text}” stands for any absence on paper."),
        N_("Give its kind: CP, MAL, AT, SS, FO, MP, INJ, AP or RC."),
    ),
    "cell_no_target": (
        N_("“{text}”: nothing is planned then, so nothing is missed."),
        N_("Leave it empty, or plan the day first."),
    ),
    "cell_over_target": (
        N_("“{text}” is more than what is planned, {target_minutes}."),
        N_("Give the planned time at most."),
    ),
    # a cell of a block or file that is not taken (actions.attendance_paste)
    "paste_nobody": (N_("“{text}” belongs to no row of people."), N_("Paste where there are as many people below.")),
    "paste_unknown": (
        N_("“{who}” is neither a name nor a staff number here."),
        N_("Check the name or the staff number."),
    ),
    "paste_several": (N_("Several people are called “{who}”."), N_("Give the staff number.")),
    "paste_outside": (
        N_("“{text}” belongs to no day of the month."),
        N_("Check the day above it, or paste further left."),
    ),
    "paste_activity": (N_("There is no activity “{text}”."), N_("Check its name or code.")),
    "paste_closed": (N_("“{text}”: the month is closed."), N_("Reopen the month, then paste again.")),
    "paste_again": (N_("“{text}”: this day was given already."), N_("Keep one of the two.")),
    "paste_no_health": (N_("Health data are kept from your role."), N_("Ask an administrator.")),
    # a row of a list of shifts that is not taken (actions.plan_files)
    "plan_day": (N_("The day cannot be read."), N_("Write it as 05/10/2026.")),
    "plan_times": (N_("The times are no stretch of work."), N_("Give start and end as 8:30 and 12:00.")),
    "plan_pause": (N_("The break cannot be read, or leaves no work."), N_("Give it in minutes.")),
    "plan_site": (N_("There is no site “{site}”."), N_("Check its name or code.")),
    "plan_overlap": (
        N_("Something else is planned for this person at that time."),
        N_("Take one of the two off the plan."),
    ),
    "year_without_months": (
        N_("What was paid is compared with nothing: the year has no month of payroll"),
        N_("Import the year’s payroll, or give the months in the facts."),
    ),
    "year_incomplete": (N_("Only {count} months of the year have payroll"), N_("Import the missing months.")),
}

OF_ONE: dict[str, str] = {
    "corrections_included": N_("1 correction of an earlier month is included: {month}"),
    "months_not_claimed": N_("1 earlier month has payroll and no claim: {month}"),
    "year_incomplete": N_("Only 1 month of the year has payroll"),
}
"""What a problem of several things says when there is only one."""

OFFICE_ONLY = frozenset(
    {
        "open_setting",
        "decision_missing",
        "decisions_missing",
        "eligibility_doubtful",
        "hours_differ",
        "hours_differ_many",
    }
)
"""Problems that no paper nor file that goes out tells: they name a kind of absence, or somebody's eligibility."""

STEPS: dict[str, str] = {
    "paid_hours": N_("Paid hours"),
    "calendar_hours": N_("Contract hours by calendar days"),
    "class_c": N_("Paid but not counted"),
    "counted_unpaid": N_("Unpaid but counted"),
    "fundable_hours": N_("Fundable hours"),
    "fte": N_("FTE"),
    "base": N_("Base"),
    "state": N_("State’s part"),
    "department": N_("Department’s part"),
    "start_up": N_("Start-up grant"),
    "stock_growth": N_("Growth of PPDE FTE"),
    "hours_off": N_("Hours taken off"),
    "others_limit": N_("Above the 10% rule"),
    "on_sum": N_("Share of the rounding of the sum"),
}

PARTS: dict[str, str] = {
    "state": N_("State’s part"),
    "department": N_("Department’s part"),
    "start_up": N_("Start-up grant"),
}

LINES: dict[str, str] = {
    "ceiling": N_("Above the agreement’s ceiling"),
    "others_limit": N_("Above the 10% rule"),
    "start_up": N_("Start-up grant"),
    "settlement": N_("Yearly settlement"),
}

STATUSES: dict[str, str] = {"ppde": N_("PPDE"), "other": N_("Other"), "": N_("not stated")}

PARAMETERS: dict[str, str] = {
    "smic_hourly": N_("Gross hourly SMIC"),
    "state_rate": N_("State’s rate"),
    "department_share": N_("Department’s share"),
    "full_month_hours": N_("Full-time month"),
    "others_limit": N_("Others funded (not PPDE)"),
    "start_up_unit": N_("Start-up grant per FTE"),
}

RATIOS = frozenset({"state_rate", "department_share", "others_limit"})
"""The parameters that are written in percent."""

SETTINGS: dict[str, tuple[str, dict[str, str]]] = {
    "paid_absence": (
        N_("Paid leave, holidays, training"),
        {"count": N_("counted"), "exclude": N_("not counted")},
    ),
    "unpaid_absence": (N_("Unpaid absence"), {"exclude": N_("not counted"), "count": N_("counted")}),
    "sick_paid": (
        N_("Sick leave, pay kept"),
        {"exclude": N_("not counted"), "pro_rata": N_("pro rata of pay kept"), "count": N_("counted")},
    ),
    "protected_leave": (
        N_("Work accident, maternity, paternity"),
        {"exclude": N_("not counted"), "pro_rata": N_("pro rata of pay kept"), "count": N_("counted")},
    ),
    "partial_activity": (N_("Short-time working"), {"exclude": N_("not counted"), "count": N_("counted")}),
    "complementary_hours": (
        N_("Complementary hours"),
        {"up_to_cap": N_("counted"), "exclude": N_("not counted")},
    ),
    "overtime": (N_("Overtime"), {"exclude": N_("not counted"), "count": N_("counted")}),
    "exit_leave": (N_("Leave paid at exit"), {"exclude": N_("not counted"), "count": N_("counted")}),
    "mid_month": (
        N_("Entry, exit, amendment"),
        {"hours_paid": N_("hours paid"), "calendar": N_("calendar days")},
    ),
    "cap_hours": (N_("Cap per person"), {}),
    "ten_percent": (N_("10% rule"), {"yearly": N_("at year’s end"), "running": N_("running average")}),
    "rounding": (
        N_("Rounding to the cent, half up"),
        {"per_person": N_("base, then parts, per person"), "on_sum": N_("on the sum only")},
    ),
    "fte_decimals": (N_("FTE"), {"2": N_("kept at 4 decimals, printed at 2"), "4": N_("printed at 4 decimals")}),
}

CAUSES: dict[str, str] = {
    "overtime": N_("Overtime"),
    "complementary": N_("Complementary hours"),
    "unpaid_leave": N_("Unpaid leave"),
    "sick_pay": N_("Sick pay from the health insurance"),
    "unjustified": N_("Unjustified absence"),
    "partial_activity": N_("Short-time working"),
    "unpaid_absence": N_("Unpaid absence"),
    "entry_exit": N_("Entry or exit in the month"),
    "hours_change": N_("Change of hours in the month"),
    "back_pay": N_("Back pay"),
    "holiday": N_("Public holiday"),
    "missing_hours": N_("Planned, not worked, but paid"),
    "sheet_incomplete": N_("Days missing on the timesheet"),
    "no_sheet": N_("Paid, no timesheet"),
    "not_in_payroll": N_("On the timesheet, not in payroll"),
    "not_on_sheet": N_("Paid, neither planned nor worked"),
    "leave_kind": N_("Leave counted otherwise"),
    "rounding": N_("Rounding"),
    "not_claimed": N_("Paid, not claimed"),
    "claim_outdated": N_("Claimed before payroll changed"),
    "unexplained": N_("Unexplained"),
}
"""Why timesheet, payroll and claim differ (rules.concordance)."""

ABSENCES: dict[str, str] = {
    "paid_leave": N_("Paid leave"),
    "public_holiday": N_("Public holiday"),
    "training": N_("Training"),
    "sick_unpaid": N_("Sick leave, unpaid"),
    "sick_paid": N_("Sick leave, pay kept"),
    "unpaid_leave": N_("Unpaid leave"),
    "unjustified": N_("Unjustified absence"),
    "suspension": N_("Suspension"),
    "unpaid": N_("Unpaid absence"),
    "work_accident": N_("Work accident"),
    "maternity": N_("Maternity"),
    "paternity": N_("Paternity"),
    "partial_activity": N_("Short-time working"),
    "rest": N_("Compensatory rest"),
    "absent": N_("Absent"),
}

UNITS: dict[str, str] = {
    "EUR": "€",
    "EUR/h": N_("€/h"),
    "EUR/FTE": N_("€/FTE"),
    "h": "h",
    "FTE": N_("FTE"),
    "ratio": "",
}
