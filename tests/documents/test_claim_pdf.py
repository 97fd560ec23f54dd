"""The claim on paper, read back: every printed figure is the dossier's, whatever the claim."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import pytest
from msgspec.structs import replace

from ltu_desktop.documents import fonts, qr
from ltu_desktop.documents.claim_pdf import claim_form, sealed_document
from ltu_desktop.documents.csv_file import claim_csv
from ltu_desktop.rules.answer import Totals
from ltu_desktop.rules.dossier import Dossier, FileCard, seal_code, short_print
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import Words
from tests.documents.dossiers import NIR, SICK, corrective, hostile, make, sealed_print
from tests.documents.pdf_reader import MM, SPACES, Paper, number

PAPER_EDGE = 6.0  # office printers cut there
HOURS = ("contract", "paid", "a", "b", "c", "fundable")


def busy() -> Dossier:
    """A claim over both limits, with adjustments, chosen settings and six things to know."""
    dossier = make(44, others=3, ceiling="25", settings={"ten_percent": "running", "overtime": "count"})
    more = [
        replace(dossier.answer.problems[0], code=code, params={"hours": "200.00"})
        for code in ("hours_high", "no_contract")
    ]
    return replace(dossier, answer=replace(dossier.answer, problems=(*dossier.answer.problems, *more)))


@cache
def paper(kind: str, language: str = "fr") -> tuple[Dossier, Paper]:
    """A dossier and its form, drawn once for all tests."""
    dossier = {
        "44": lambda: make(44),
        "120": lambda: make(120),
        "47": lambda: make(47),
        "48": lambda: make(48),
        "one": lambda: make(1),
        "none": lambda: make(0),
        "draft": lambda: make(44, sealed=False),
        "corrective": lambda: corrective(44),
        "long corrective": lambda: corrective(70, changed=62),
        "hostile": hostile,
        "sites": lambda: make(90, sites=40),
        "busy": busy,
    }[kind]()
    sha256 = sealed_print(dossier) if dossier.head.sealed_at else None
    return dossier, Paper(claim_form(dossier, Words(language), sha256=sha256))


ALL = ("44", "120", "47", "48", "one", "none", "draft", "corrective", "long corrective", "hostile", "sites", "busy")


def list_rows(read: Paper) -> list[tuple[int, list[str]]]:
    """The rows of the nominal list: page (from 1) and texts from the left."""
    found = []
    for page in range(len(read.pages)):
        for row in read.rows(page):
            texts = [piece.text.translate(SPACES) for piece in row]
            if texts[0].isdigit() and len(texts) > 12 and re.fullmatch(r"F\d{4}", texts[1]):
                found.append((page + 1, texts))
    return found


def oracle(value: Decimal, language: str, *, dash: bool = False) -> str:
    """Write a figure as the specification says, by other means than the program's."""
    if dash and value == 0:
        return "–"
    text = f"{value:,.2f}"
    return text.replace(",", " ").replace(".", ",") if language == "fr" else text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["44", "120"])
def test_each_printed_line_is_the_answers(kind: str, language: str) -> None:
    dossier, read = paper(kind, language)
    lines = {line.person: line for line in dossier.answer.lines}
    rows = list_rows(read)
    assert [int(texts[0]) for _, texts in rows] == list(range(1, len(dossier.people) + 1))
    for card, (_, texts) in zip(dossier.people, rows, strict=True):
        line = lines[card.id]
        expected = [
            *(oracle(value, language) for value in (card.contract_hours or ZERO, line.paid_hours)),
            *(oracle(value, language, dash=True) for value in (line.hours_a, line.hours_b, line.hours_c)),
            oracle(line.quantity, language),
            oracle(Decimal(f"{line.fte:.2f}"), language),
            *(oracle(value, language) for value in (*line.parts.values(), line.total)),
        ]
        joined = "|".join(texts)
        assert texts[1] == card.id
        assert f"|{card.name.upper()} {card.first_names}|" in joined
        assert "|".join(expected) in joined, card.id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_carried_totals_are_the_sums_of_all_lines_above(language: str) -> None:
    dossier, read = paper("120", language)
    rows = list_rows(read)
    full = Decimal("151.67")
    carry, carried = (
        ("À reporter", "Report de la page {}")
        if language == "fr"
        else (
            "To be carried forward",
            "Carried from page {}",
        )
    )
    for page in range(2, 8):
        above = [texts[-12:] for at, texts in rows if at <= page]
        # the last eleven figures before a remark, if any: take them by the hours that the dossier knows
        ids = [texts[1] for at, texts in rows if at <= page]
        lines = [line for line in dossier.answer.lines if line.person in ids]
        cards = [card for card in dossier.people if card.id in ids]
        assert len(above) == len(lines)
        sums = [
            sum((card.contract_hours or ZERO for card in cards), ZERO),
            *(
                sum((getattr(line, name) for line in lines), ZERO)
                for name in ("paid_hours", "hours_a", "hours_b", "hours_c", "quantity")
            ),
        ]
        sums.append((sums[-1] / full).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
        sums += [sum((line.parts[part] for line in lines), ZERO) for part in ("state", "department")]
        sums.append(sum((line.total for line in lines), ZERO))
        labels = [carry if page < 7 else f"Total {Words(language).month(Month(2026, 10))} – 120 "]
        said = [row for row in read.lines(page - 1) if row.startswith(labels[0])]
        assert len(said) == 1, page
        assert [number(text) for text in said[0].split("|")[1:]] == sums
        if page < 7:
            after = [row for row in read.lines(page) if row.startswith(carried.format(page))]
            assert after[0].split("|")[1:] == said[0].split("|")[1:]


def test_twenty_lines_a_page_always() -> None:
    _, read = paper("120")
    pages = {int(texts[0]): page for page, texts in list_rows(read) if page < 8}
    assert [pages[line] for line in (1, 20, 21, 60, 61, 120)] == [2, 2, 3, 4, 5, 7]
    assert "Totaux, plafond" not in read.text(6)
    assert "Totaux, plafond" in read.text(7)  # after twenty lines part 4 has its own page


def test_a_quiet_claim_of_120_lines_takes_nine_pages() -> None:
    """Page 8 holds the totals, a bridge without gaps, and no change; page 9 the signatures."""
    dossier = make(120)
    line = dossier.answer.lines[0]  # 151.67 h, nothing taken off
    lines = tuple(replace(line, person=each.id) for each in dossier.facts.people)
    cards = tuple(replace(card, payroll_hours=line.paid_hours, back_pay_hours=ZERO) for card in dossier.people)
    total = {part: amount * 120 for part, amount in line.parts.items()}
    totals = Totals(total, line.total * 120, Decimal(120), Decimal(120))
    answer = replace(dossier.answer, lines=lines, totals=totals)
    bridge = (dossier.bridge[0], dossier.bridge[-1])
    quiet = replace(dossier, answer=answer, people=cards, changes=(), corrections=(), bridge=bridge)
    read = Paper(claim_form(quiet, Words("fr"), sha256="e" * 64))
    assert len(read.pages) == 9
    assert "Parties 4, 5 et 6" in read.text(7)
    assert "212 567,16|" not in read.text(6)
    assert oracle(line.total * 120, "fr") in read.text(6)


@pytest.mark.parametrize(("kind", "page"), [("47", 4), ("48", 4)])
def test_part_4_follows_the_list_only_where_eighty_millimetres_are_left(kind: str, page: int) -> None:
    _, read = paper(kind)
    texts = [read.text(index) for index in range(len(read.pages))]
    (place,) = [index + 1 for index, text in enumerate(texts) if "Règle des 10 % : part des non-PPDE" in text]
    assert place == (page if kind == "47" else page + 1)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_too_small_or_outside_the_paper(kind: str, language: str) -> None:
    _, read = paper(kind, language)
    for page, (pieces, sheet) in enumerate(zip(read.pages, read.pdf.pages, strict=True), 1):
        width, height = (float(value) / MM for value in list(sheet.MediaBox)[2:])
        for piece in pieces:
            if piece.text in {"PROJET", "DRAFT"}:
                continue
            assert piece.size >= 8 - 0.01, (page, piece)
            assert piece.x >= PAPER_EDGE, (page, piece)
            assert piece.right <= width - PAPER_EDGE, (page, piece)
            assert PAPER_EDGE <= piece.y <= height - PAPER_EDGE, (page, piece)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_no_text_stands_on_another(kind: str, language: str) -> None:
    _, read = paper(kind, language)
    for page, pieces in enumerate(read.pages, 1):
        placed = sorted((piece for piece in pieces if piece.text not in {"PROJET", "DRAFT"}), key=lambda piece: piece.y)
        for index, one in enumerate(placed):
            for other in placed[index + 1 :]:
                if other.y - one.y > 2.0:  # the height of a capital of 8 points, and a little
                    break
                clear = min(one.right, other.right) - max(one.x, other.x)
                assert clear <= 0.35, (page, one, other)


@pytest.mark.parametrize("kind", ALL)
def test_no_figure_is_cut(kind: str) -> None:
    _, read = paper(kind)
    for pieces in read.pages:
        for piece in pieces:
            assert not re.fullmatch(r"[\d\s.,+−/]*\d…", piece.text), piece.text


def test_amounts_of_the_first_page() -> None:
    dossier, read = paper("44")
    totals = dossier.answer.totals
    assert f"|{oracle(totals.total, 'fr')}" in "\n".join(read.lines(0))
    due = totals.total + Decimal("-94.16")
    (row,) = [line for line in read.lines(0) if line.startswith("Total demandé")]
    assert row.endswith(f"|{oracle(due, 'fr')}")
    sizes = {piece.text.translate(SPACES): piece.size for piece in read.pages[0]}
    assert sizes[oracle(due, "fr")] == 16
    assert sizes["Total demandé"] == 13


def test_a_draft_says_so_on_each_page_and_carries_no_print() -> None:
    dossier, read = paper("draft")
    for page in range(len(read.pages)):
        assert "PROJET" in read.text(page)
        assert not re.search("Empreinte [0-9d]", read.text(page))
    assert not re.search(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", read.text(0))
    assert b"LTU1" not in read.pdf.Root.Metadata.read_bytes()
    assert all("/XObject" not in page.Resources for page in read.pdf.pages)
    assert dossier.head.sealed_at is None


def drawn_modules(read: Paper, page: int) -> list[tuple[int, int, int]]:
    """Rebuild the QR code of a page from its rectangles: column, row from the top, length."""
    import pikepdf

    (form,) = read.pdf.pages[page].Resources.XObject.values()
    bars = []
    side = float(form.BBox[2])
    boxes = [
        [float(value) for value in each.operands]
        for each in pikepdf.parse_content_stream(form)
        if str(each.operator) == "re"
    ]
    module = min(box[3] for box in boxes)
    for x, y, width, height in boxes:
        bars.append((round(x / module), round((side - y - height) / module), round(width / module)))
    return sorted(bars)


@pytest.mark.parametrize(("page", "level", "side"), [(0, "m", 21.0), (1, "l", 13.0)])
def test_the_qr_code_is_the_seal(page: int, level: str, side: float) -> None:
    import segno

    dossier, read = paper("44")
    text = seal_code("2026-10", 1, sealed_print(dossier))
    assert re.fullmatch(r"LTU1:CDE:2026-10:V1:[0-9A-F]{64}", text)
    code = segno.make(text, error=level, boost_error=False, micro=False)
    expected = [[bool(module) for module in row] for row in code.matrix]
    size = len(expected)
    drawn = [[False] * size for _ in range(size)]
    for column, row, length in drawn_modules(read, page):
        for place in range(column, column + length):
            drawn[row][place] = True
    assert drawn == expected
    (form,) = read.pdf.pages[page].Resources.XObject.values()
    assert abs(float(form.BBox[2]) / MM - side) < 0.01
    assert code.mode == "alphanumeric"  # capitals only: denser


def test_bars_are_the_dark_runs() -> None:
    modules = ((True, True, False, True), (False, False, False, False), (True, True, True, True))
    assert list(qr.bars(modules)) == [(0, 0, 2), (3, 0, 1), (0, 2, 4)]


def test_each_page_repeats_print_number_and_warning() -> None:
    dossier, read = paper("44")
    short = short_print(sealed_print(dossier))
    for page in range(len(read.pages)):
        text = read.text(page)
        assert short in text
        assert f"Page {page + 1}/{len(read.pages)}" in text
        assert "Taux de l’État provisoire" in text


def test_a_corrective_version_shows_its_differences_first() -> None:
    dossier, read = paper("corrective")
    first = "\n".join(read.lines(0))
    assert "Version 2 – rectificative" in first
    assert f"Rectifie la version 1 ({short_print(dossier.head.corrects)}, scellée le 12/11/2026)" in first
    assert "1|F0101|AMRANI Samira|104,00|97,00|−7,00|1 216,23|1 134,37|−81,86|182,43|170,16|−12,27|−94,13" in first
    assert "2|F0102|BAILLEUL Thierry|116,67|123,67|+7,00|1 364,40|1 446,26|+81,86|204,66|216,94|+12,28|+94,14" in first
    assert len(read.pages) == 3
    assert not list_rows(read)[3:]


def test_a_long_corrective_version_keeps_every_line_and_the_total_with_the_last_two() -> None:
    _, read = paper("long corrective")
    rows = [(page, texts) for page, texts in list_rows(read) if len(texts) > 12]
    assert [int(texts[0]) for _, texts in rows] == list(range(1, 63))
    (place,) = [page + 1 for page in range(len(read.pages)) if "Total des différences" in read.text(page)]
    assert sum(1 for page, _ in rows if page == place) >= 2


def test_nothing_private_is_on_paper() -> None:
    for language in ("fr", "en"):
        dossier, _ = paper("hostile", language)
        whole = sealed_document(dossier, Words(language), sha256=sealed_print(dossier))
        read = Paper(whole)
        text = read.text()
        assert not re.search(r"(?<!\d)\d{13}(?!\d)", re.sub(r"[ \u00a0\u202f]", "", text.replace("\n", "¦")))
        assert NIR not in re.sub(r"\s", "", text)
        assert SICK not in text
        assert NIR.encode() not in whole
        assert NIR not in str(read.pdf.docinfo)
        assert NIR.encode() not in read.pdf.Root.Metadata.read_bytes()


def test_long_names_take_two_lines_and_are_cut_with_a_mark() -> None:
    _, read = paper("hostile")
    assert any(piece.text.startswith("WOLFESCHLEGEL") and piece.text.endswith("…") for piece in read.pages[1])
    assert any(piece.text.startswith("Marie-Amélie") for piece in read.pages[1])


def test_seven_digit_amounts_fit_and_are_whole() -> None:
    dossier = make(20)
    lines = tuple(
        replace(
            line,
            parts={"state": Decimal("1234567.89"), "department": Decimal("1185185.18")},
            total=Decimal("2419753.07"),
        )
        for line in dossier.answer.lines
    )
    totals = Totals(
        {"state": Decimal("24691357.80"), "department": Decimal("23703703.60")}, Decimal("48395061.40"), ZERO, ZERO
    )
    great = replace(dossier, answer=replace(dossier.answer, lines=lines, totals=totals))
    read = Paper(sealed_document(great, Words("fr"), sha256="a" * 64))
    assert "1 234 567,89|1 185 185,18|2 419 753,07" in "\n".join(read.lines(1))
    assert "24 691 357,80|23 703 703,60|48 395 061,40" in "\n".join(read.lines(1))


def test_a_figure_that_cannot_fit_is_a_fault() -> None:
    assert fonts.fit_figure("151,67", fonts.REGULAR, 9, 40) == 9
    assert 8 <= fonts.fit_figure("1\u202f234,56", fonts.REGULAR, 9, 28) < 9
    with pytest.raises(fonts.TooWide):
        fonts.fit_figure("1\u202f234\u202f567,89", fonts.REGULAR, 9, 27)


def test_a_letter_that_the_typeface_lacks_never_keeps_a_claim_from_paper() -> None:
    dossier = make(2)
    card = replace(dossier.people[0], name="李", first_names="\U0001f600 \u202eĐorđe\u0007 \U0001d400na")
    claim = replace(dossier, people=(card, dossier.people[1]))
    read = Paper(claim_form(claim, Words("fr"), sha256=None))
    assert any("? ? Đorđe Ana" in line for line in read.lines(1))
    rows = claim_csv(claim, Words("fr"), sha256=None).decode("utf-8-sig")
    assert "? ? Đorđe Ana" in rows


def test_a_sign_of_our_own_texts_that_the_typeface_lacks_is_a_fault() -> None:
    with pytest.raises(UserError) as caught:
        fonts.ems("→ ⚠", fonts.REGULAR)
    assert caught.value.code == "missing_sign"
    assert "⚠" in Words("fr").error(caught.value)


def test_the_narrow_space_is_widened_and_stays_what_it_is() -> None:
    _, read = paper("44")
    assert abs(fonts.ems("\u202f", fonts.REGULAR) - 0.19) < 1e-9
    assert any("\u202f" in piece.text for piece in read.pages[0])
    piece = next(piece for piece in read.pages[0] if "\u202f" in piece.text and piece.face.endswith("Regular"))
    assert abs(piece.width - fonts.ems(piece.text, fonts.REGULAR) * piece.size / MM) < 0.05


def test_texts_shrink_before_they_are_cut() -> None:
    text = "Bulletin rectifié le 27/11"
    whole = fonts.ems(text, fonts.REGULAR)
    assert fonts.fit_text(text, fonts.REGULAR, 9, whole * 9) == (text, 9)
    assert fonts.fit_text(text, fonts.REGULAR, 9, whole * 8.5)[0] == text
    cut, size = fonts.fit_text(text, fonts.REGULAR, 9, whole * 5)
    assert cut.endswith("…")
    assert size == 8
    assert fonts.wrap("a b", fonts.REGULAR, 9, 1000) == ["a b"]
    assert fonts.wrap(text, fonts.REGULAR, 9, whole * 6) == ["Bulletin rectifié", "le 27/11"]


def test_many_attachments_stand_before_the_signatures() -> None:
    dossier = make(3)
    files = tuple(FileCard(f"Pièce {number}", None, f"{number:064x}") for number in range(40))
    read = Paper(claim_form(replace(dossier, attachments=files), Words("fr"), sha256="b" * 64))
    last = read.text(len(read.pages) - 1)
    assert "Signature et cachet" in last
    assert "40 pièces, listées aux pages précédentes." in last
    assert "Pièce 39" in read.text(len(read.pages) - 2)
    assert "Aucune personne de la liste" in last  # the boxes never stand alone


def test_the_logo_stands_left_of_the_title() -> None:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGBA", (300, 100), (10, 80, 110, 128)).save(picture, "PNG")
    dossier = make(2)
    read = Paper(claim_form(dossier, Words("fr"), sha256="c" * 64, logo=picture.getvalue()))
    title = next(piece for piece in read.pages[0] if piece.text == "Demande de versement")
    assert title.x > 50


def test_empty_parts_are_said_in_words() -> None:
    _, read = paper("none")
    text = read.text()
    for sentence in (
        "Aucune personne n’est demandée ce mois-ci",
        "Aucune ligne avec écart",
        "Aucun changement ce mois-ci",
        "Aucune rectification d’un mois antérieur",
    ):
        assert sentence in text


def test_gaps_without_end_fill_columns_of_further_pages() -> None:
    dossier = make(120)
    cards = tuple(
        replace(card, payroll_hours=card.payroll_hours + 1, back_pay_hours=Decimal("1.00")) for card in dossier.people
    )
    read = Paper(claim_form(replace(dossier, people=cards), Words("fr"), sha256="d" * 64))
    text = read.text()
    assert "120 lignes avec écart" in text
    found = [piece for pieces in read.pages[7:] for piece in pieces if re.fullmatch(r"F\d{4}", piece.text)]
    assert {card.id for card in cards} <= {piece.text for piece in found}


def test_the_same_dossier_gives_the_same_bytes() -> None:
    dossier = make(10)
    sha256 = sealed_print(dossier)
    first = sealed_document(dossier, Words("fr"), sha256=sha256)
    assert sealed_document(dossier, Words("fr"), sha256=sha256) == first
    assert sealed_document(dossier, Words("en"), sha256=sha256) != first


def of_other_parts(count: int) -> Dossier:
    """A claim of a scheme that is paid in so many parts."""
    dossier = make(24, settings={"fte_decimals": "4"}, corrections=False)
    names = ("city", "region", "esf_plus", "ministry", "foundation")[:count]
    parts = {name: Decimal("1234.56") for name in names}
    lines = tuple(replace(line, parts=parts, total=Decimal("1234.56") * count) for line in dossier.answer.lines)
    whole = Totals({name: Decimal("29629.44") for name in names}, Decimal("29629.44") * count, ZERO, ZERO)
    answer = replace(dossier.answer, scheme="be-tzcld", lines=lines, totals=whole, year_to_date=None)
    return replace(dossier, answer=answer)


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_other_parts_than_two_share_the_room(count: int) -> None:
    dossier = of_other_parts(count)
    read = Paper(sealed_document(dossier, Words("en"), sha256="f" * 64))
    assert "|".join(["1,234.56"] * count) in "\n".join(read.lines(1))
    assert f"|{Decimal('1234.56') * count:,.2f}" in "\n".join(read.lines(1))
    for pieces in read.pages:
        for piece in pieces:
            assert piece.right <= 297 - PAPER_EDGE
    items = corrective(24, changed=3).corrections
    parts = {name: Decimal("1234.56") for name in dossier.answer.totals.parts}
    items = tuple(replace(item, parts_before=dict.fromkeys(parts, ZERO), parts_after=parts) for item in items)
    for version in (1, 2):
        changed = replace(dossier, corrections=items, head=replace(dossier.head, version=version))
        text = Paper(claim_form(changed, Words("en"), sha256="f" * 64)).text()
        assert text.count("+1,234.56") >= 3 * count


def test_many_values_and_things_to_know_squeeze_the_first_page_without_collision() -> None:
    dossier = busy()
    used = dossier.answer.parameters
    answer = replace(dossier.answer, parameters=(*used, *used[:4]))
    read = Paper(claim_form(replace(dossier, answer=answer), Words("fr"), sha256="f" * 64))
    pieces = sorted(read.pages[0], key=lambda piece: piece.y)
    for index, one in enumerate(pieces):
        for other in pieces[index + 1 :]:
            if other.y - one.y > 2.0:
                break
            assert min(one.right, other.right) - max(one.x, other.x) <= 0.35, (one, other)
    assert any("autres points" in piece.text for piece in pieces)
