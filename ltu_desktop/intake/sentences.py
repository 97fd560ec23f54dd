"""The sentence of each finding's code, in English; the catalogue has the other languages."""

from __future__ import annotations

from ltu_desktop.rules.errors import N_

SENTENCES: dict[str, str] = {
    # numbers of people and establishments
    "nir_length": N_("Social security number with {count} characters: 13 expected, or 15 with the key."),
    "nir_form": N_("Social security number with a letter or sign out of place."),
    "nir_sex": N_("Social security number beginning with {read}: 1, 2, 3, 4, 7 or 8 expected."),
    "nir_month": N_("Social security number with the month of birth {read}, which does not exist."),
    "nir_key": N_("Wrong key of the social security number: {read} read, {expected} expected."),
    "nir_birth": N_("The social security number says born in {read}, the birth date says {expected}."),
    "ntt_form": N_("Temporary number not as expected: 1 or 2, then the employer’s SIREN, then letters or figures."),
    "siret_length": N_("SIRET with {count} characters: 14 expected."),
    "siret_form": N_("SIRET with a sign that is not a figure."),
    "siret_key": N_("Wrong SIRET: its control figure does not fit, a figure must be mistaken."),
    "iban_form": N_("Wrong IBAN: its length or its signs are not those of an account number."),
    "iban_key": N_("Wrong key of the IBAN: {read} read, {expected} expected."),
    # payroll declarations
    "test_file": N_("The file was marked as a trial by the payroll program."),
    "not_euro": N_("The declaration is in another currency (code {code}); the amounts are read as euros."),
    "people_in_empty": N_("A declaration of type {type}, which should hold nobody, holds {count} people."),
    "nobody": N_("The declaration holds nobody."),
    "count_of_declarations": N_("The file announces {announced} declarations and holds {count}."),
    "no_identifier": N_("Neither social security number, nor temporary number, nor staff number."),
    "birth_unknown": N_("Day or month of birth unknown in the payroll."),
    "quantity_unit": N_(
        "The contract’s quantity, {quantity} (unit {unit}), is not in hours: weekly hours to be typed."
    ),
    "contract_unknown": N_("Pay of a contract “{number}” that the declaration does not describe."),
    "second_end": N_("Two ends of one contract: {kept} kept, {former} left out."),
    "end_before_start": N_("The contract ends on {end}, before it starts on {start}."),
    "activity_place": N_("{measure} hours stand under a remuneration of type {type}, not 002: not added."),
    "activity_unit": N_("{measure} of paid work in another unit (code {unit}) than hours: not added."),
    "absence_unit": N_("{measure} not worked in another unit (code {unit}) than hours: not added."),
    "activity_kind": N_("{measure} hours of unknown activity {kind}: not added."),
    "rounded": N_("Hours or amounts with more than two decimals: the sum was rounded."),
    "gross_without_hours": N_("Gross pay of {gross} without paid hours."),
    "period_across": N_("Pay period from {start} to {end}: the hours are counted in {month}."),
    # staff and hours lists
    "other_tab": N_("The sheet “{tab}” was not read; the list was found in “{read}”."),
    "total_row": N_("Row of totals left out."),
    "cell_error": N_("The cell holds an error of the spreadsheet, {value}: left out."),
    "number_unreadable": N_("“{value}” is not a number: left out."),
    "number_doubtful": N_("“{value}” can be read in two ways (thousands or decimals): left out."),
    "number_range": N_("{value} is not between {least} and {most}: left out."),
    "number_rounded": N_("{value} rounded to {rounded}."),
    "date_impossible": N_("“{value}” is not a date that exists: left out."),
    "date_doubtful": N_("“{value}” can be read in two ways (the year needs four figures): left out."),
    "month_impossible": N_("“{value}” is not a month: left out."),
    "name_doubtful": N_("One cell for all names: “{name}” taken as the name, “{first_names}” as the first name."),
    "nir_none": N_("“{value}” instead of a social security number: left out."),
    "nir_shortened": N_("The spreadsheet has shortened the social security number: format the column as text."),
    "status_unknown": N_("Unknown status “{value}”: PPDE or Other expected."),
    "sex_unknown": N_("Unknown sex “{value}”: left out."),
    "email_form": N_("“{value}” is not an e-mail address: left out."),
    "no_identity": N_("Neither name nor staff number in this row."),
    "same_person_twice": N_("The same person already stands in row {row}."),
    "staff_number_twice": N_("Staff number {number} already stands in row {row}, for another person."),
    "nir_twice": N_("This social security number already stands in row {row}, for another person."),
    "month_missing": N_("The month is missing."),
    "hours_missing": N_("The paid hours are missing."),
    "hours_negative": N_("Negative hours, {hours}: read as pay taken back."),
    "same_month_twice": N_("The same person and month already stand in row {row}: both are added."),
}
