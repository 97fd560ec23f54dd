"""The calculation annex on paper, read back."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from ltu_desktop.documents.annex_pdf import annex
from ltu_desktop.documents.claim_pdf import sealed_document
from ltu_desktop.rules.answer import Step
from ltu_desktop.rules.dossier import Dossier
from ltu_desktop.words import Words
from tests.documents.dossiers import corrective, make, sealed_print
from tests.documents.pdf_reader import SPACES, Paper
from tests.documents.test_claim_pdf import oracle


@cache
def paper(people: int, language: str = "fr") -> tuple[Dossier, Paper]:
    """A dossier and its annex, drawn once for all tests."""
    dossier = make(people)
    return dossier, Paper(annex(dossier, Words(language), sha256=sealed_print(dossier)))


def blocks(read: Paper, page: int) -> list[str]:
    """The staff numbers of the blocks of a page, from the top."""
    return [
        row[1].text
        for row in read.rows(page)
        if len(row) > 2 and row[1].text.startswith("F0") and row[0].text.isdigit()
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_amount_is_redone_step_by_step(language: str) -> None:
    dossier, read = paper(44, language)
    text = "\n".join(line for page in range(len(read.pages)) for line in read.lines(page))
    cards = {card.id: card for card in dossier.people}
    parts = text.split("|F0")
    for line in dossier.answer.lines:
        assert line.person is not None
        card = cards[line.person]
        (block,) = [part for part in parts if part.startswith(f"{card.id[2:]}|{card.name.upper()}")][:1]
        base = next(step for step in line.steps if step.code == "base")
        exact = f"{base.exact if base.exact is not None else base.value:,.4f}"
        if language == "fr":
            exact = exact.replace(",", " ").replace(".", ",")
        assert f"12{'.' if language == 'en' else ','}31 × {oracle(line.quantity, language)}|=|{exact}|→|" in block
        for amount in (base.value, *line.parts.values(), line.total):
            assert oracle(amount, language) in block
        assert f"|{oracle(line.quantity, language)}|" in block
        fte = f"{line.fte:.4f}"
        assert (fte if language == "en" else fte.replace(".", ",")) in block


def test_nine_blocks_on_the_first_page_and_ten_after() -> None:
    _, read = paper(120)
    counts = [len(blocks(read, page)) for page in range(len(read.pages))]
    assert counts[0] == 9
    assert set(counts[1:-1]) == {10}
    assert sum(counts[:-1]) + counts[-1] >= 120


def test_half_a_cent_is_marked_where_it_fell() -> None:
    dossier, read = paper(44)
    halves = [
        step
        for line in dossier.answer.lines
        for step in line.steps
        if step.unit == "EUR" and step.exact is not None and (step.exact * 1000) % 10 == 5
    ]
    marks = [piece for pieces in read.pages for piece in pieces if piece.text == "½"]
    assert len(marks) == len(halves)


def test_corrections_of_earlier_months_come_last() -> None:
    _, read = paper(44)
    last = read.text(len(read.pages) - 1)
    assert "Rectifications de mois antérieurs (partie 6.2)" in last
    assert "−188,29 €" in last
    assert "151,67 h → 1 773,71 + 266,06" in last
    assert last.index("ZAÏDI Leïla") < last.index("Rectifications de mois antérieurs")


def test_every_person_has_a_bookmark_in_the_claims_order() -> None:
    dossier, read = paper(44)
    with read.pdf.open_outline() as outline:
        (root,) = outline.root
        titles = [item.title for item in root.children]
    assert root.title == "Annexe de calcul"
    names = [f"{number} {card.name.upper()} {card.first_names}" for number, card in enumerate(dossier.people, 1)]
    assert titles == names


def test_a_block_with_many_steps_stands_higher_and_is_whole() -> None:
    """A month cut by a change of rate has a base and a part for each stretch."""
    dossier = make(12)
    line = dossier.answer.lines[0]
    money = [step for step in line.steps if step.unit == "EUR"]
    hours = [step for step in line.steps if step.unit != "EUR"]
    long = replace(line, steps=(*hours, *money[:2], *money[:2], *money[:2], *money))
    changed = replace(dossier, answer=replace(dossier.answer, lines=(long, *dossier.answer.lines[1:])))
    read = Paper(annex(changed, Words("fr"), sha256=None))
    assert sum(len(blocks(read, page)) for page in range(len(read.pages))) == 12
    assert len(blocks(read, 0)) == 8
    assert read.text(0).count("Base [1]") == 8 - 1 + 4


def test_a_step_of_another_scheme_is_named_as_well_as_can_be() -> None:
    dossier = make(1)
    line = dossier.answer.lines[0]
    odd = Step("wage_value", "0.40 × 12.31", line.total, "EUR", "some law")
    changed = replace(dossier, answer=replace(dossier.answer, lines=(replace(line, steps=(*line.steps, odd)),)))
    assert "Wage value" in Paper(annex(changed, Words("fr"), sha256=None)).text()


def test_an_annex_without_people_says_so() -> None:
    _, read = paper(0)
    assert "Aucune personne n’est demandée ce mois-ci" in read.text()


def test_behind_the_claim_the_annex_goes_on_counting_pages() -> None:
    dossier = make(12)
    read = Paper(sealed_document(dossier, Words("fr"), sha256=sealed_print(dossier)))
    count = len(read.pages)
    for page in range(count):
        assert f"Page {page + 1}/{count}" in read.text(page)
    sizes = [tuple(round(float(value)) for value in list(page.MediaBox)[2:]) for page in read.pdf.pages]
    assert sizes == [(842, 595)] * (count - 2) + [(595, 842)] * 2


def test_a_corrective_annex_says_what_it_leaves_out() -> None:
    dossier = corrective(44, changed=3)
    read = Paper(annex(dossier, Words("fr"), sha256=sealed_print(dossier)))
    assert "41 lignes sans changement : voir la version précédente" in read.text(0)
    assert blocks(read, 0)[:3] == [card.id for card in dossier.people[:3]]


def test_no_text_is_smaller_than_eight_points() -> None:
    _, read = paper(44)
    assert min(piece.size for pieces in read.pages for piece in pieces) >= 8
    assert all(" " not in piece.text or piece.text.translate(SPACES) for pieces in read.pages for piece in pieces)
