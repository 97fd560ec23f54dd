"""The recovery sheet read back: every group in its place, twice, nothing too small, nothing on another text."""

from __future__ import annotations

from datetime import date

import pytest

from ltu_desktop.documents.recovery_pdf import RecoveryFacts, recovery_sheet
from ltu_desktop.store.key import write_code
from ltu_desktop.words import Words
from tests.documents.pdf_reader import MM, Paper

CODE = write_code(bytes(range(40, 60)))
FACTS = RecoveryFacts("fabrique-du-canal.ltu", "3C9F-71", 2, date(2026, 11, 22), CODE)


def read(language: str, facts: RecoveryFacts = FACTS) -> Paper:
    return Paper(recovery_sheet(facts, Words(language)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_sheets_carry_the_whole_code_group_by_group(language: str) -> None:
    paper = read(language)
    assert len(paper.pages) == 2
    for pieces in paper.pages:
        signs = [piece for piece in pieces if piece.size == 23]
        rows = sorted({round(piece.y, 1) for piece in signs})
        found = []
        for y in rows:
            line = [piece.text for piece in sorted(signs, key=lambda piece: piece.x) if round(piece.y, 1) == y]
            found += ["".join(line[:5]), "".join(line[5:])]
        assert "-".join(found) == CODE


def test_it_says_which_key_of_which_file_and_which_copy() -> None:
    paper = read("fr")
    for page, copy in enumerate(("1 sur 2", "2 sur 2")):
        text = paper.text(page)
        for said in ("fabrique-du-canal.ltu", "3C9F-71", "2 (remplace la clé 1)", "22/11/2026", copy):
            assert said in text
    first = RecoveryFacts("a.ltu", "0000-00", 1, date(2026, 1, 2), CODE, copies=1)
    assert "remplace" not in read("fr", first).text()


def test_the_code_stays_out_of_what_a_program_prints_by_mistake() -> None:
    assert CODE not in repr(FACTS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_too_small_outside_or_on_another_text(language: str) -> None:
    for pieces in read(language).pages:
        placed = sorted(pieces, key=lambda piece: piece.y)
        for index, one in enumerate(placed):
            assert one.size >= 8, one
            assert one.x >= 10, one
            assert one.right <= 200, one
            assert one.y <= 290, one
            assert not one.text.endswith("…"), one
            for other in placed[index + 1 :]:
                if other.y - one.y > 2.0:
                    break
                assert min(one.right, other.right) - max(one.x, other.x) <= 0.35, (one, other)


def test_the_code_reader_reads_the_same_code() -> None:
    import pikepdf
    import segno

    paper = read("fr")
    (form,) = paper.pdf.pages[0].Resources.XObject.values()
    boxes = [
        [float(value) for value in each.operands]
        for each in pikepdf.parse_content_stream(form)
        if str(each.operator) == "re"
    ]
    module, side = min(box[3] for box in boxes), float(form.BBox[2])
    assert side / MM == pytest.approx(50)
    dark = {
        (round((side - y - height) / module), round(x / module) + step)
        for x, y, width, height in boxes
        for step in range(round(width / module))
    }
    code = segno.make(CODE, error="q", micro=False, boost_error=False)
    wanted = {(row, column) for row, line in enumerate(code.matrix) for column, on in enumerate(line) if on}
    assert dark == wanted
