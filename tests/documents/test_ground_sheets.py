"""Month sheets, weekly slips and wall plans, read back from their PDFs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest

from ltu_desktop.documents.ground import Stint, WallRow
from ltu_desktop.documents.ground_pages import joined
from ltu_desktop.documents.month_sheet_pdf import month_sheets_pdf
from ltu_desktop.documents.shades import READABLE, contrast, under_white
from ltu_desktop.documents.wall_pdf import A4_SCALE, blocks_of, usual_hours, wall_pdf
from ltu_desktop.documents.week_slip_pdf import week_slips_pdf
from ltu_desktop.queries.activity_looks import palettes
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import Words
from tests.documents.ground_samples import (
    COU,
    IMPRINT,
    MAR,
    REC,
    busy_slip,
    day_of,
    moulin,
    stint,
    zoe_sheet,
    zoe_slip,
)
from tests.documents.pdf_reader import SPACES, Paper

FR, EN = Words("fr"), Words("en")
REASONS = ("maladie", "sick", "maternité", "accident", "injustifiée", "MAL", "INJ", "sans solde")


def paper(data: bytes) -> Paper:
    found = Paper(data)
    for page, pieces in zip(found.pdf.pages, found.pages, strict=True):
        wide, high = (float(each) / 72 * 25.4 for each in page.MediaBox[2:])
        assert pieces, "an empty page"
        for piece in pieces:
            assert piece.x >= 5.5
            assert piece.right <= max(wide, 420) - 5.5
            assert piece.y <= max(high, 297) - 5.5
            assert piece.size >= 7.99
    return found


def lines(found: Paper, page: int = 0) -> list[str]:
    return found.lines(page)


# ---- month sheets


def test_a_filled_sheet_says_each_date_once_and_adds_up() -> None:
    found = paper(month_sheets_pdf([zoe_sheet(filled=True)], FR, IMPRINT))
    rows = lines(found)
    for number in range(1, 32):
        day = date(2026, 10, number)
        [row] = [row for row in rows if row.split("|")[:2] == [FR.weekday(day, short=True), str(number)]]
        assert ("6 h 00" in row) == (day.weekday() < 4)
    assert "lun.|12|Maraîchage|6 h 00|8 h 30 – 12 h 00|13 h 00 – 15 h 30|6 h 00" in rows
    assert "mer.|14|Recyclerie|6 h 00|9 h 00|+3 h 00" in rows  # other hours than planned: the pen says which
    assert "mar.|20|Maraîchage|6 h 00|0 h 00|−6 h 00|CP" in rows
    assert "Total semaine 42|24 h 00|27 h 00|+3 h 00" in rows
    assert "Total du mois|102 h 00|102,00 h|102,00 h|102 h 00|0 h 00" in rows
    assert "Salarié·e|DELANNOY Zoé|Responsable|GHESQUIÈRE Laurent" in rows
    assert "DELANNOY Zoé|F0128|Le Moulin|24 h par semaine" in rows


def test_a_blank_sheet_leaves_room_for_the_pen() -> None:
    rows = lines(paper(month_sheets_pdf([zoe_sheet(filled=False)], FR, IMPRINT)))
    assert "lun.|12|Maraîchage|6 h 00" in rows
    assert "Total semaine 42|24 h 00" in rows
    assert "Total du mois|102 h 00|102,00 h" in rows


def test_all_staff_in_one_file_with_a_bookmark_each() -> None:
    sheets = [replace(zoe_sheet(filled=False), list_name=f"N{number} Zoé") for number in range(3)]
    data = month_sheets_pdf(sheets, FR, IMPRINT)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 3
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["N0 Zoé", "N1 Zoé", "N2 Zoé"]
        assert str(pdf.Root.Lang) == "fr-FR"
    assert month_sheets_pdf(sheets, FR, IMPRINT) == data  # the same sheets, the same bytes


def test_a_month_of_six_weeks_fits_on_its_page() -> None:
    august = Month(2026, 8)  # from a Saturday to a Monday
    sheet = zoe_sheet(filled=True)
    days = tuple(replace(sheet.days[at], day=august.first + timedelta(days=at)) for at in range(31))
    found = paper(month_sheets_pdf([replace(sheet, month=august, days=days)], FR, IMPRINT))
    rows = lines(found)
    assert len([row for row in rows if row.startswith("Total semaine")]) == 6
    place = {piece.text: piece.y for piece in found.pages[0]}
    foot = next(piece.y for piece in found.pages[0] if "imprimée le" in piece.text)
    assert place["Salarié·e"] + 26 < foot


def test_a_reason_never_reaches_paper() -> None:
    sheet = zoe_sheet(filled=True)
    days = tuple(replace(day, code="MAL") if day.day.day == 20 else day for day in sheet.days)
    with pytest.raises(AssertionError, match="reason"):
        month_sheets_pdf([replace(sheet, days=days)], FR, IMPRINT)


# ---- weekly slips


def test_a_slip_says_one_thing_a_line() -> None:
    found = paper(week_slips_pdf([zoe_slip()], FR, IMPRINT))
    text = found.text(0).replace("\n", "|")
    assert "Zoé" in text
    assert "12 au 16 octobre" in text
    for day in ("Lundi|12", "Mardi|13", "Mercredi|14", "Jeudi|15", "Vendredi|16|Pas de travail"):
        assert day in text
    assert text.count("8 h 30|→|12 h|13 h|→|15 h 30") == 4
    assert "Cette semaine : 24 heures" in text
    assert "Jeudi, je travaille à La Halle." in text
    assert "03 53 01 00 17" in text
    big = [piece.size for piece in found.pages[0] if piece.text in {"Maraîchage", "Recyclerie"}]
    assert big == [19.0] * 4


def test_a_busy_week_stays_above_the_contact() -> None:
    found = paper(week_slips_pdf([busy_slip()], EN, IMPRINT))
    place = {piece.text.translate(SPACES): piece.y for piece in found.pages[0]}
    assert place["This week: 42 h 30"] < place["A problem? I call Nadia."] - 8
    assert "On Monday" not in found.text(0)  # each line says its place already
    assert found.text(0).count("8:30 → 12:00") == 6


def test_two_slips_on_a_page_to_be_cut() -> None:
    data = week_slips_pdf([zoe_slip(), busy_slip(), zoe_slip()], FR, IMPRINT, two_up=True)
    found = paper(data)
    assert len(found.pages) == 2
    zoe = next(piece for piece in found.pages[0] if piece.text == "Zoé")
    other = next(piece for piece in found.pages[0] if piece.text == "Marie-Christine")
    assert zoe.x < 148 < other.x


# ---- the wall


def row_of(found: Paper, name: str) -> str:
    """What stands beside a name: its texts have baselines of their own."""
    who = next(piece for piece in found.pages[0] if piece.text == name)
    beside = sorted((piece for piece in found.pages[0] if abs(piece.y - who.y) < 3), key=lambda piece: piece.x)
    return "|".join(piece.text.translate(SPACES) for piece in beside)


def test_the_wall_says_who_works_where() -> None:
    found = paper(wall_pdf([moulin()], FR, IMPRINT))
    rows = lines(found)
    assert "Le Moulin|Semaine 42|du lundi 12 au vendredi 16 octobre" in rows
    assert any("Matin : 8 h 30 à 12 h" in row for row in rows)
    assert any("Après-midi : 13 h à 16 h 30" in row for row in rows)
    assert "Lundi 12|Mardi 13|Mercredi 14|Jeudi 15|Vendredi 16" in rows
    assert row_of(found, "Zoé") == ("Zoé|H.|Couture|Garage|Couture|→ 15 h 30|Couture|→ 15 h 30|–|Couture|Garage")
    present = next(row for row in rows if row.startswith("Présents"))
    assert present == (
        "Présents|matin 22|après-midi 20|matin 23|après-midi 21|matin 23|après-midi 21|matin 22|après-midi 20"
        "|matin 22|après-midi 20"
    )


def test_elsewhere_is_said_and_not_counted() -> None:
    wall = moulin(1)
    row = WallRow("Zoé", "D.", (day_of(MAR, place="La Halle"), *((),) * 4))
    found = paper(wall_pdf([replace(wall, rows=(row,))], FR, IMPRINT))
    assert row_of(found, "Zoé") == "Zoé|D.|→ La Halle|–|–|–|–"
    assert next(each for each in lines(found) if each.startswith("Présents")).startswith(
        "Présents|matin 0|après-midi 0"
    )


def test_half_a_day_is_read_from_as_far_as_a_day_beside_it() -> None:
    shop = replace(REC, name="Épicerie solidaire")
    halves = (stint(shop, "8:30", "12:00"), stint(MAR, "13:00", "16:30"))
    row = WallRow("Zoé", "D.", (halves, day_of(shop, "16:30"), *((),) * 3))
    found = paper(wall_pdf([replace(moulin(1), rows=(row,))], FR, IMPRINT))
    sizes = {piece.text: piece.size for piece in found.pages[0]}
    assert sizes["Épicerie"] == sizes["solidaire"] >= 12, "in two lines"
    assert sizes["Épicerie solidaire"] == 17


def test_a_long_list_is_shared_between_sheets_of_even_length() -> None:
    found = paper(wall_pdf([moulin(40)], FR, IMPRINT))
    assert len(found.pages) == 2
    counts = [sum(piece.size == 18 and piece.x < 30 for piece in page) for page in found.pages]
    assert counts == [20, 20]
    assert "Présents" not in found.text(0)
    assert "Présents" in found.text(1)


def test_on_a4_nothing_is_under_eight_points() -> None:
    long = Stint(replace(MAR, name="Couture et retouche de vêtements de travail"), 510, 720, 0, "Le Moulin")
    row = WallRow("Marie-Christine-Antoinette", "D.", ((long,), *((),) * 4))
    found = Paper(wall_pdf([replace(moulin(1), rows=(row,))], FR, IMPRINT, a4=True))
    assert min(piece.size for piece in found.pages[0]) * A4_SCALE >= 7.99
    assert [round(float(each)) for each in found.pdf.pages[0].MediaBox[2:]] == [842, 595]


def test_what_is_said_never_tells_a_reason() -> None:
    for data in (
        wall_pdf([moulin()], FR, IMPRINT),
        week_slips_pdf([zoe_slip()], FR, IMPRINT),
        month_sheets_pdf([zoe_sheet(filled=True)], FR, IMPRINT),
    ):
        text = Paper(data).text()
        assert [word for word in REASONS if word in text] == []


# ---- what the drawings rest on


def test_stretches_that_touch_are_one() -> None:
    whole = (stint(MAR, "8:00", "10:00"), stint(MAR, "10:00", "12:00"), stint(REC, "12:00", "13:00"))
    assert joined(reversed(whole)) == [stint(MAR, "8:00", "12:00"), stint(REC, "12:00", "13:00")]


@pytest.mark.parametrize(
    ("stints", "blocks"),
    [
        ((), []),
        ((stint(MAR, "8:30", "16:30", pause=60),), ["day"]),
        ((stint(MAR, "8:30", "12:00"),), ["morning"]),
        ((stint(MAR, "13:00", "16:30"),), ["afternoon"]),
        ((stint(MAR, "8:30", "12:00"), stint(MAR, "13:00", "16:00")), ["day"]),
        ((stint(MAR, "8:30", "12:00"), stint(COU, "13:00", "16:00")), ["morning", "afternoon"]),
        ((stint(MAR, "8:00", "10:00"), stint(COU, "10:00", "12:00")), ["morning", "morning"]),
        (
            (stint(MAR, "8:00", "10:00"), stint(COU, "10:00", "12:00"), stint(MAR, "13:00", "15:00")),
            ["morning", "morning", "afternoon"],
        ),
    ],
)
def test_a_day_falls_into_blocks(stints: tuple[Stint, ...], blocks: list[str]) -> None:
    assert [half for half, _ in blocks_of(stints)] == blocks
    wall = replace(moulin(1), rows=(WallRow("Zoé", "D.", (stints, *((),) * 4)),))
    text = Paper(wall_pdf([wall], FR, IMPRINT)).text()
    for each in stints:
        assert each.mark.name in text


def test_usual_hours_are_those_of_most() -> None:
    assert usual_hours(moulin()) == {"morning": (510, 720), "afternoon": (780, 990)}
    assert usual_hours(replace(moulin(1), rows=())) == {}


@pytest.mark.parametrize("code", sorted(palettes()))
def test_white_can_be_read_on_every_band(code: str) -> None:
    assert contrast("FFFFFF", under_white(palettes()[code].bar)) >= READABLE
