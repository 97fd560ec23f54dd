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
    "activity_kind": N_("{measure} hours of unknown activity {kind}: not added."),
    "rounded": N_("Hours or amounts with more than two decimals: the sum was rounded."),
    "gross_without_hours": N_("Gross pay of {gross} without paid hours."),
    "period_across": N_("Pay period from {start} to {end}: the hours are counted in {month}."),
}
