"""The employer, sites, activities, the agreement and its dated values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import activities, agreements
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.queries import agreements as queries
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCHEME = "fr-tzcld"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.fixture
def signed(office: Office) -> bytes:
    return agreements.set_agreement(office.ctx, {"number": "2021-059-14", "start_on": date(2021, 7, 1)})


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def refused(call: Callable[[], Any]) -> UserError:
    with pytest.raises(UserError) as error:
        call()
    assert error.value.mend
    return error.value


def in_force(office: Office, day: date) -> queries.TermsInForce | None:
    with office.store.read() as connection:
        found = queries.agreement_on(connection, SCHEME, day)
    return found.on(day) if found else None


def test_the_employer_is_entered_and_changed(office: Office) -> None:
    assert refused(lambda: agreements.set_employer(office.ctx, {"town": "LOOS"})).code == "missing"
    agreements.set_employer(office.ctx, {"name": " La  Fabrique ", "siret": "732 829 320 00074", "iban": ""})
    agreements.set_employer(office.ctx, {"contributions_valid_until": date(2027, 1, 31)})
    with office.store.read() as connection:
        row = queries.employer_row(connection)
    assert row is not None
    assert (row["name"], row["siret"], row["contributions_valid_until"]) == (
        "La Fabrique",
        "73282932000074",
        date(2027, 1, 31),
    )
    assert last(office) == "changed the employer’s data"
    error = refused(lambda: agreements.set_employer(office.ctx, {"siret": "7328293200007"}))
    assert (error.code, error.where) == ("siret_length", "SIRET")
    agreements.set_employer(office.ctx, {"siret": "73282932000075"})  # a doubtful key is told by the claim's checks
    assert refused(lambda: agreements.set_employer(office.ctx, {"iban": "FR76 3000 1007 9412 3456 7890 186"})).code == (
        "iban_key"
    )
    with pytest.raises(TypeError):
        agreements.set_employer(office.ctx, {"colour": "red"})


def test_nobody_is_the_employer_at_first(office: Office) -> None:
    with office.store.read() as connection:
        assert queries.employer_row(connection) is None
        assert queries.agreement_on(connection, SCHEME, date(2026, 1, 1)) is None


def test_sites_are_added_changed_and_removed(office: Office) -> None:
    loos = agreements.add_site(office.ctx, code="L", name="Loos", town="LOOS", siret="73282932000074")
    agreements.change_site(office.ctx, loos, name="Loos Centre")
    assert last(office) == "changed the site “Loos Centre”"
    agreements.change_site(office.ctx, loos, postcode="59120")
    assert last(office) == "changed the site “Loos Centre”"
    assert refused(lambda: agreements.add_site(office.ctx, code="l", name="Lille")).code == "code_taken"
    assert refused(lambda: agreements.add_site(office.ctx, code="", name="Lille")).code == "missing"
    office.staff(StaffRow(2, "F1", "A", "B", site="Loos Centre"))
    assert refused(lambda: agreements.remove_site(office.ctx, loos)).code == "place_in_use"
    lille = agreements.add_site(office.ctx, code="LI", name="Lille")
    sewing = activities.add_activity(office.ctx, code="COU", name="Couture", site_id=lille)
    assert refused(lambda: agreements.remove_site(office.ctx, lille)).code == "place_in_use"
    activities.remove_activity(office.ctx, sewing)
    agreements.remove_site(office.ctx, lille)
    assert last(office) == "removed the site “Lille”"
    with office.store.read() as connection:
        assert [(each.code, each.used, each.postcode) for each in queries.sites(connection)] == [("L", 1, "59120")]
    assert refused(lambda: agreements.remove_site(office.ctx, lille)).code == "gone"


def test_activities_are_added_changed_and_removed(office: Office) -> None:
    loos = agreements.add_site(office.ctx, code="L", name="Loos")
    sewing = activities.add_activity(office.ctx, code="COU", name="Couture", analytic_code="611")
    activities.change_activity(office.ctx, sewing, {"site_id": loos})
    activities.change_activity(office.ctx, sewing, {"name": "Couture, retouche"})
    assert last(office) == "changed the activity “Couture, retouche”"
    with office.store.read() as connection:
        [found] = queries.activities(connection)
    assert (found.site_id, found.analytic_code, found.used) == (loos, "611", 0)
    office.staff(StaffRow(2, "F1", "A", "B", activity="COU", entry=date(2024, 1, 1)))
    assert refused(lambda: activities.remove_activity(office.ctx, sewing)).code == "place_in_use"


def test_an_agreement_is_entered_changed_and_found_by_its_day(office: Office, signed: bytes) -> None:
    assert (
        agreements.set_agreement(
            office.ctx,
            {"scheme": SCHEME, "end_on": date(2026, 12, 31), "territory": " Loos  Les Oliveaux "},
            agreement_id=signed,
        )
        == signed
    )
    assert last(office) == "changed the agreement 2021-059-14"
    with office.store.read() as connection:
        assert queries.agreement_on(connection, SCHEME, date(2021, 6, 30)) is None
        assert queries.agreement_on(connection, SCHEME, date(2027, 1, 1)) is None
        found = queries.agreement_on(connection, SCHEME, date(2026, 12, 31))
    assert found is not None
    assert (found.id, found.territory, found.on(date(2026, 1, 1))) == (signed, "Loos Les Oliveaux", None)
    for values, code in (
        ({"start_on": date(2022, 1, 1)}, "missing"),
        ({"number": "2"}, "missing"),
        ({"number": "2", "start_on": date(1800, 1, 1)}, "bad_value"),
        ({"number": "2", "start_on": date(2022, 1, 1), "end_on": date(2021, 1, 1)}, "end_before_start"),
        ({"scheme": "xx-none"}, "unknown_scheme"),
    ):
        assert refused(partial(agreements.set_agreement, office.ctx, values)).code == code
    with pytest.raises(TypeError):
        agreements.set_agreement(office.ctx, {"colour": "red"})


def test_terms_hold_from_their_day_and_keep_what_is_not_said(office: Office, signed: bytes) -> None:
    agreements.set_terms(
        office.ctx, signed, start=date(2025, 1, 1), ceiling_fte=Decimal(30), settings={"overtime": "count"}
    )
    assert last(office) == "changed the terms of the agreement 2021-059-14 from 1 Jan 2025"
    agreements.set_terms(
        office.ctx,
        signed,
        start=date(2026, 1, 1),
        ceiling_fte=Decimal("36.5"),
        settings={"cap_hours": "150"},
        amendment="6",
        signed_on=date(2025, 12, 5),
    )
    first, second = in_force(office, date(2025, 12, 31)), in_force(office, date(2026, 1, 1))
    assert first is not None
    assert second is not None
    assert (first.ceiling_fte, first.settings) == (Decimal("30.00"), {"overtime": "count"})
    assert (second.ceiling_fte, second.amendment, second.signed_on) == (Decimal("36.50"), "6", date(2025, 12, 5))
    assert second.settings == {"overtime": "count", "cap_hours": "150"}
    again = agreements.set_terms(office.ctx, signed, start=date(2026, 1, 1), settings={"overtime": "exclude"})
    assert again == second.id
    corrected = in_force(office, date(2026, 6, 1))
    assert corrected is not None
    assert (corrected.ceiling_fte, corrected.settings["overtime"]) == (Decimal("36.50"), "exclude")


def test_terms_may_leave_everything_open(office: Office, signed: bytes) -> None:
    agreements.set_terms(office.ctx, signed, start=date(2025, 1, 1))
    found = in_force(office, date(2025, 1, 1))
    assert found is not None
    assert (found.ceiling_fte, found.settings) == (None, {})


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"start": date(2021, 6, 30)}, "before_agreement"),
        ({"ceiling_fte": Decimal(0)}, "bad_value"),
        ({"ceiling_fte": Decimal("30.123")}, "decimals"),
        ({"settings": {"overtime": "perhaps"}}, "bad_setting"),
        ({"settings": {"colour": "red"}}, "bad_setting"),
        ({"settings": {"cap_hours": "many"}}, "bad_setting"),
        ({"settings": {"cap_hours": "-1"}}, "bad_setting"),
        ({"settings": {"cap_hours": "NaN"}}, "bad_setting"),
        ({"settings": {"cap_hours": "151.667"}}, "bad_setting"),
    ],
)
def test_terms_that_cannot_be_are_refused(office: Office, signed: bytes, more: dict[str, Any], code: str) -> None:
    given = {"start": date(2025, 1, 1), **more}
    error = refused(lambda: agreements.set_terms(office.ctx, signed, **given))
    assert error.code == code
    assert error.where.startswith("2021-059-14, ")
    assert office.rows(t.agreement_terms) == []


def test_terms_of_an_agreement_that_is_gone_are_refused(office: Office) -> None:
    error = refused(lambda: agreements.set_terms(office.ctx, b"0" * 16, start=date(2025, 1, 1)))
    assert error.code == "gone"


def test_a_dated_value_comes_with_its_source(office: Office, signed: bytes) -> None:
    first = agreements.add_override(
        office.ctx,
        parameter="state_rate",
        start=date(2027, 1, 1),
        value=Decimal("0.90"),
        source=" arrêté du 30/12/2026 ",
        published=date(2026, 12, 30),
    )
    assert last(office) == "set “State’s rate” to 90.00% from 1 Jan 2027, source: arrêté du 30/12/2026"
    own = agreements.add_override(
        office.ctx,
        parameter="state_rate",
        start=date(2027, 1, 1),
        value=Decimal("0.92"),
        source="convention",
        agreement_id=signed,
        provisional=True,
    )
    agreements.add_override(
        office.ctx, parameter="smic_hourly", start=date(2027, 1, 1), value=Decimal("12.50"), source="décret"
    )
    assert last(office) == "set “Gross hourly SMIC” to 12.50 from 1 Jan 2027, source: décret"
    same = agreements.add_override(
        office.ctx, parameter="state_rate", start=date(2027, 1, 1), value=Decimal("0.91"), source="rectificatif"
    )
    assert same == first
    with office.store.read() as connection:
        large = queries.overrides(connection, SCHEME)
        both = queries.overrides(connection, SCHEME, signed)
    assert [(each.parameter, each.value, each.provisional) for each in large] == [
        ("smic_hourly", Decimal("12.50"), False),
        ("state_rate", Decimal("0.91"), False),
    ]
    assert [each.id for each in both if each.provisional] == [own]
    agreements.remove_override(office.ctx, own)
    assert last(office) == "removed the value of “State’s rate” from 1 Jan 2027"
    assert refused(lambda: agreements.remove_override(office.ctx, own)).code == "gone"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"parameter": "moon"}, "unknown_parameter"),
        ({"value": Decimal(-1)}, "bad_value"),
        ({"value": Decimal(95)}, "bad_value"),
        ({"parameter": "full_month_hours", "value": Decimal(0)}, "bad_value"),
        ({"source": " "}, "missing"),
        ({"start": date(1800, 1, 1)}, "bad_value"),
    ],
)
def test_a_dated_value_that_cannot_be_is_refused(office: Office, more: dict[str, Any], code: str) -> None:
    given = {"parameter": "state_rate", "start": date(2027, 1, 1), "value": Decimal("0.9"), "source": "arrêté", **more}
    assert refused(lambda: agreements.add_override(office.ctx, **given)).code == code
    assert office.rows(t.parameter_override) == []
