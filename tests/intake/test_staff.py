"""Staff lists: the same people from any kind of file, wrong rows refused with the reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.identity import nir_key
from ltu_desktop.intake.names import Split, split_name
from ltu_desktop.intake.sheet_records import StaffList, StaffRow
from ltu_desktop.intake.staff import read_staff
from ltu_desktop.intake.tables import read_table
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.words import Words
from tests.intake.dsn_text import OCTOBER
from tests.intake.sheets import Rows, Value, as_csv, as_ods, as_xlsx

NIR = "203019954909726"


def read(rows: Rows) -> StaffList:
    return read_staff(read_table(as_csv(rows), "liste.csv"))


def one(**values: Value) -> StaffRow:
    """Read a list of one person: `one(Nom="…", **{"Clé NIR": "26"})`."""
    (row,) = read([["Matricule", *values], ["F0001", *values.values()]]).rows
    return row


def codes(row: StaffRow) -> list[str]:
    return [problem.code for problem in row.problems]


# ---------------------------------------------------------------- whole lists


def test_the_sample_list() -> None:
    staff = read_staff(read_table((OCTOBER / "staff.csv").read_bytes(), "staff.csv"))
    assert (len(staff.rows), staff.problems, staff.unknown_columns) == (12, (), ())
    assert staff.mapping == {
        "staff_number": "Matricule",
        "name": "Nom",
        "first_names": "Prénom",
        "birth_date": "Date de naissance",
        "nir": "NIR",
        "status": "Statut",
    }
    assert staff.rows[4] == StaffRow(
        row=6,
        staff_number="F0005",
        name="Nguyễn",
        first_names="Karim",
        birth_date=date(1996, 7, 25),
        nir="1960780477600",
        status="ppde",
    )
    assert [row.status for row in staff.rows].count("other") == 1


FULL: Rows = [
    ["Matricule", "Nom", "Prénom", "Date de naissance", "NIR", "Sexe", "Statut", "Reconnu le", "N° de décision", "Site",
     "Activité", "Entrée", "Sortie", "Durée hebdomadaire", "Taux horaire", "Emploi", "Code postal", "Ville", "E-mail",
     "Téléphone", "IBAN", "Pointure"],
    ["F0001", "Delannoy", "Zoé", date(2003, 1, 3), "2 03 01 99 549 097 26", "F", "PPDE", date(2022, 5, 4), "CLE-12",
     "Loos", "Couture", date(2022, 6, 1), None, Decimal("24.5"), Decimal("12.31"), "Couturière", "59120", "Loos",
     "zoe@exemple.fr", "06 12 34 56 78", "FR14 2004 1010 0505 0001 3M02 606", "38"],
    ["F0002", "De La Fontaine", None, None, None, None, "Autre", None, None, None, None, date(2016, 1, 4),
     date(2026, 10, 20), Decimal(35), None, None, None, None, None, None, None, None],
]  # fmt: skip


@pytest.mark.parametrize("data", [as_csv(FULL), as_xlsx(FULL), as_ods(FULL)], ids=["csv", "xlsx", "ods"])
def test_all_fields_from_any_kind_of_file(data: bytes) -> None:
    staff = read_staff(read_table(data, "liste"))
    assert staff.problems == ()
    assert staff.unknown_columns == ("Pointure",)
    assert staff.rows == (
        StaffRow(
            row=2, staff_number="F0001", name="Delannoy", first_names="Zoé", birth_date=date(2003, 1, 3),
            nir="2030199549097", sex="02", status="ppde", recognised_on=date(2022, 5, 4), decision_number="CLE-12",
            site="Loos", activity="Couture", entry=date(2022, 6, 1), weekly_hours=Decimal("24.50"),
            hourly_pay=Decimal("12.31"), job="Couturière", postcode="59120", town="Loos", email="zoe@exemple.fr",
            phone="06 12 34 56 78", iban="FR1420041010050500013M02606",
        ),
        StaffRow(
            row=3, staff_number="F0002", name="De La Fontaine", status="other", entry=date(2016, 1, 4),
            exit=date(2026, 10, 20), weekly_hours=Decimal("35.00"),
        ),
    )  # fmt: skip


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(
            st.text("ABCDEéœ'- ", min_size=1, max_size=8).filter(
                lambda text: text.strip("-' ") and text == text.strip()
            ),
            st.one_of(st.none(), st.dates(date(1930, 1, 1), date(2010, 1, 1))),
            st.one_of(st.none(), st.integers(0, 6000).map(lambda cents: Decimal(cents).scaleb(-2))),
            st.sampled_from([None, "PPDE", "Autre", "peut-être"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_list_is_the_same_people_from_any_kind_of_file(
    rows: list[tuple[str, date | None, Decimal | None, str | None]],
) -> None:
    heads = ["Matricule", "Nom", "Né le", "Durée hebdo", "Statut"]
    whole: Rows = [heads, *([f"F{place}", *row] for place, row in enumerate(rows))]
    lists = [read_staff(read_table(data, "l")) for data in (as_csv(whole), as_xlsx(whole), as_ods(whole))]
    assert lists[0].rows == lists[1].rows == lists[2].rows
    assert [(row.name, row.birth_date, row.weekly_hours) for row in lists[0].rows] == [
        (" ".join(name.split()), born, hours) for name, born, hours, _ in rows
    ]


def test_numbers_that_excel_made_of_texts_are_texts_again() -> None:
    rows: Rows = [
        ["Matricule", "Nom", "NIR", "Code postal", "Téléphone"],
        [Decimal(147), "Delannoy", Decimal(203019954909726), Decimal(1000), Decimal(612345678)],
    ]
    for data in (as_xlsx(rows), as_ods(rows)):
        (row,) = read_staff(read_table(data, "l")).rows
        assert (row.staff_number, row.nir, row.postcode, row.phone) == ("147", "2030199549097", "01000", "0612345678")
        assert row.problems == ()


def test_a_list_that_names_nobody_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        read([["Statut", "Site"], ["PPDE", "Loos"]])
    assert caught.value.code == "missing_column"
    assert "Statut, Site" in str(caught.value)
    assert "Statut, Site" in Words("fr").error(caught.value)


def test_statuses_alone_by_staff_number_are_a_list() -> None:
    staff = read([["Matricule", "Statut"], ["F0001", "ppde"], ["F0002", "autre"]])
    assert [(row.staff_number, row.status) for row in staff.rows] == [("F0001", "ppde"), ("F0002", "other")]
    assert staff.problems == ()


def test_rows_of_totals_and_repeated_heads_are_left_out() -> None:
    staff = read(
        [
            ["Matricule", "Nom", "Durée hebdo"],
            ["F0001", "Delannoy", Decimal(24)],
            ["matricule", "NOM", "Durée hebdo"],
            ["F0002", "Totalin", Decimal(24)],
            ["Total", None, Decimal(48)],
            [None, "Total général", Decimal(48)],
        ]
    )
    assert [row.name for row in staff.rows] == ["Delannoy", "Totalin"]
    assert [(one.code, one.line, one.severity) for one in staff.problems] == [
        ("total_row", 5, Severity.INFO),
        ("total_row", 6, Severity.INFO),
    ]


def test_a_mapping_by_hand_and_one_remembered() -> None:
    sheet = read_table(as_csv([["Zone A", "Zone B"], ["Delannoy", "oui"]]), "l")
    by_hand = read_staff(sheet, {"name": "Zone A", "status": "Zone B"})
    assert (by_hand.rows[0].name, by_hand.rows[0].status) == ("Delannoy", "ppde")
    again = read_staff(sheet, remembered=[by_hand.mapping])
    assert again == by_hand
    assert msgspec.json.decode(msgspec.json.encode(again.mapping)) == by_hand.mapping


# ---------------------------------------------------------------- single values


def test_a_wrong_key_refuses_the_row_with_both_keys() -> None:
    row = one(Nom="Guérin", NIR="2030199549097 31")
    (problem,) = row.problems
    assert row.refused
    assert row.nir == ""
    assert (problem.code, problem.line, problem.column, problem.target) == ("nir_key", 2, "NIR", "F0001")
    assert problem.say(Words("fr")) == "Clé du NIR fausse\u00a0: 31 lue, 26 attendue."


def test_a_key_may_stand_beside_the_number() -> None:
    good = one(Nom="Delannoy", NIR="2030199549097", **{"Clé NIR": "26"})
    assert (good.nir, good.problems) == ("2030199549097", ())
    assert codes(one(Nom="Delannoy", NIR="2030199549097", **{"Clé NIR": "27"})) == ["nir_key"]
    # a key that lost its first zero
    nir = next(f"18701595718{number:02d}" for number in range(100) if nir_key(f"18701595718{number:02d}") < "10")
    assert one(Nom="Delannoy", NIR=nir, **{"Clé NIR": nir_key(nir)[1]}).nir == nir


@pytest.mark.parametrize(
    ("written", "code", "refused"),
    [
        ("2,03E+14", "nir_shortened", True),
        ("2.03019954909726E+14", "nir_shortened", True),
        ("20301", "nir_length", True),
        ("en cours", "nir_none", False),
        ("203139954909726", "nir_month", True),
    ],
)
def test_numbers_that_cannot_be(written: str, code: str, *, refused: bool) -> None:
    row = one(Nom="Delannoy", NIR=written)
    assert (codes(row), row.refused, row.nir) == ([code], refused, "")


def test_a_number_that_disagrees_with_the_birth_date_is_kept_and_told() -> None:
    row = one(Nom="Delannoy", NIR=NIR, **{"Né le": date(2003, 2, 3)})
    assert (codes(row), row.refused, row.nir) == (["nir_birth"], False, "2030199549097")


@pytest.mark.parametrize(
    ("written", "status"),
    [
        *((text, "ppde") for text in ("PPDE", "ppde", "Oui", "O", "x", "1", "Personne privée durablement d’emploi")),
        *((text, "other") for text in ("Autre", "AUTRES", "Encadrant·e".replace("·e", ""), "encadrante", "Non", "n", "0")),
        *((text, "other") for text in ("Hors PPDE", "Support", "other", "Encadrement", "no")),
        (None, None),
    ],
)  # fmt: skip
def test_words_for_the_status(written: str | None, status: str | None) -> None:
    row = one(Nom="Delannoy", Statut=written)
    assert (row.status, row.problems) == (status, ())


def test_an_unknown_status_is_none_and_told() -> None:
    row = one(Nom="Delannoy", Statut="CDD")
    (problem,) = row.problems
    assert (row.status, row.refused, problem.code) == (None, False, "status_unknown")
    assert problem.say(Words("fr")) == "Statut inconnu «\u00a0CDD\u00a0»\u00a0: PPDE ou Autre attendu."


@pytest.mark.parametrize(
    ("head", "written", "code", "field"),
    [
        ("Né le", "31/02/1987", "date_impossible", "birth_date"),
        ("Né le", "10/31/1987", "date_impossible", "birth_date"),
        ("Né le", "03/01/26", "date_doubtful", "birth_date"),
        ("Entrée", "bientôt", "date_impossible", "entry"),
        ("Durée hebdo", "151,67", "number_range", "weekly_hours"),
        ("Durée hebdo", "plein temps", "number_unreadable", "weekly_hours"),
        ("Taux horaire", "1,234,5", "number_unreadable", "hourly_pay"),
        ("E-mail", "zoe(at)exemple", "email_form", "email"),
        ("IBAN", "FR15 2004 1010 0505 0001 3M02 606", "iban_key", "iban"),
        ("NTT", "X", "ntt_form", "ntt"),
        ("Sexe", "?!x", "sex_unknown", "sex"),
        ("Emploi", "#REF!", "cell_error", "job"),
    ],
)
def test_values_that_cannot_be_read_are_left_out_and_told(head: str, written: str, code: str, field: str) -> None:
    row = one(Nom="Delannoy", **{head: written})
    (problem,) = row.problems
    assert (problem.code, problem.line, problem.column, problem.severity) == (code, 2, head, Severity.WARNING)
    assert not row.refused
    assert getattr(row, field) in {None, ""}
    for language in ("fr", "en"):
        assert "{" not in problem.say(Words(language))


@pytest.mark.parametrize("nothing", ["", "-", "—", "néant", "?", "n/a"])
def test_signs_for_nothing_are_nothing(nothing: str) -> None:
    row = one(Nom="Delannoy", **{"Né le": nothing, "Durée hebdo": nothing})
    assert (row.birth_date, row.weekly_hours, row.problems) == (None, None, ())


def test_hours_computed_by_a_spreadsheet_are_rounded_and_told() -> None:
    data = as_xlsx([["Matricule", "Nom", "Durée mensuelle"], ["F1", "Delannoy", Decimal(35 * 52) / 12]])
    (row,) = read_staff(read_table(data, "l")).rows
    assert row.monthly_hours == Decimal("151.67")
    assert [(one.code, one.severity) for one in row.problems] == [("number_rounded", Severity.INFO)]


def test_dates_that_lost_their_format_are_dates() -> None:
    data = as_xlsx([["Matricule", "Nom", "Né le", "Entrée"], ["F1", "Delannoy", Decimal(37624), Decimal(1062022)]])
    (row,) = read_staff(read_table(data, "l")).rows
    assert (row.birth_date, row.entry, row.problems) == (date(2003, 1, 3), date(2022, 6, 1), ())


def test_an_exit_before_the_entry_refuses_the_row() -> None:
    row = one(Nom="Delannoy", Entrée=date(2026, 2, 1), Sortie=date(2026, 1, 1))
    assert (codes(row), row.refused) == (["end_before_start"], True)


def test_a_row_without_name_or_number_is_refused() -> None:
    (row,) = read([["Nom", "Statut"], [None, "PPDE"]]).rows
    assert (codes(row), row.refused) == (["no_identity"], True)


def test_two_people_under_one_number_are_refused_and_one_person_twice_is_told() -> None:
    heads = ["Matricule", "Nom", "Prénom", "NIR"]
    staff = read(
        [heads, ["F1", "Delannoy", "Zoé", NIR], ["f1", "DELANNOY", "Zoe", NIR], ["F1", "Caudron", "Gaël", None],
         ["F2", "Caudron", "Gaël", NIR], ["F3", None, None, None]]
    )  # fmt: skip
    assert [(codes(row), row.refused) for row in staff.rows] == [
        ([], False),
        (["same_person_twice"], False),
        (["staff_number_twice"], True),
        (["nir_twice"], True),
        ([], False),
    ]
    assert staff.rows[2].problems[0].params == {"row": 2, "number": "F1"}
    assert NIR[:13] not in staff.rows[3].problems[0].say(Words("fr"))


def test_one_name_and_birth_date_twice_without_any_number_is_refused() -> None:
    heads = ["Nom", "Prénom", "Date de naissance", "Statut"]
    staff = read(
        [heads, ["Petit", "Jean", "01/01/1980", "PPDE"], ["PETIT", "Jean", "1/1/80", "Autre"],
         ["Petit", "Jean", "02/01/1980", "PPDE"], ["Petit", "Jean", None, "PPDE"]]
    )  # fmt: skip
    assert [(codes(row), row.refused) for row in staff.rows] == [
        ([], False),
        (["same_person_twice"], True),
        ([], False),
        ([], False),
    ]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("DELANNOY Zoé", Split("DELANNOY", "Zoé")),
        ("Zoé DELANNOY", Split("DELANNOY", "Zoé")),
        ("Delannoy, Zoé Marie", Split("Delannoy", "Zoé Marie")),
        ("DE LA FONTAINE Nadège", Split("DE LA FONTAINE", "Nadège")),
        ("de LA FONTAINE Nadège", Split("de LA FONTAINE", "Nadège")),
        ("Nadège DE LA FONTAINE", Split("DE LA FONTAINE", "Nadège")),
        ("d’ARTAGNAN Charles", Split("d’ARTAGNAN", "Charles")),
        ("KOWALCZYK-NGUYỄN Anne-Sophie", Split("KOWALCZYK-NGUYỄN", "Anne-Sophie")),
        ("Mme DELANNOY Zoé", Split("DELANNOY", "Zoé")),
        ("M. Traoré Noël", Split("Traoré", "Noël")),
        ("Delannoy Zoé", Split("Delannoy", "Zoé")),
        ("DELANNOY ZOE", Split("DELANNOY", "ZOE")),
        ("MARTIN Jean J.", Split("MARTIN", "Jean J.")),
        ("Suryani", Split("Suryani", "")),
        ("", Split("", "")),
        ("De La Fontaine Nadège", Split("De La Fontaine", "Nadège", sure=False)),
        ("Nadège de la Fontaine", Split("Nadège de la", "Fontaine", sure=False)),
    ],
)
def test_names_in_one_cell(text: str, split: Split) -> None:
    assert split_name(text) == split


def test_a_doubtful_name_is_told() -> None:
    (row,) = read([["Salarié", "Statut"], ["De La Fontaine Nadège", "PPDE"]]).rows
    assert (row.name, row.first_names, codes(row)) == ("De La Fontaine", "Nadège", ["name_doubtful"])


def test_the_name_in_use_comes_before_the_name_of_birth() -> None:
    assert one(**{"Nom de naissance": "Martin", "Nom d'usage": "Durand"}).name == "Durand"
    assert one(**{"Nom de naissance": "Martin", "Nom d'usage": None}).name == "Martin"
    assert one(Salarié="DURAND", Prénom="Anne").first_names == "Anne"
