"""The logo: made ready for paper, kept with the employer's papers, printed on the claim, undone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from ltu_desktop.actions import claim_export, logo
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.documents.logo import LARGEST, prepare
from ltu_desktop.rules.errors import UserError
from tests.actions.office import Office
from tests.claim_world import OCTOBER, ready
from tests.documents.pdf_reader import MM, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.claim_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def picture(size: tuple[int, int] = (300, 100), kind: str = "PNG", colour: tuple[int, ...] = (200, 0, 0, 128)) -> bytes:
    target = io.BytesIO()
    image = Image.new("RGBA", size, colour)
    (image.convert("RGB") if kind == "JPEG" else image).save(target, kind)
    return target.getvalue()


def test_a_picture_is_made_opaque_and_small() -> None:
    made = Image.open(io.BytesIO(prepare("l.png", picture((4000, 1000)))))
    assert (made.format, made.mode) == ("PNG", "RGB")
    assert made.size == (960, 240)
    assert made.width <= LARGEST[0]
    assert made.height <= LARGEST[1]
    assert made.getpixel((5, 5)) == (227, 127, 127), "half red on white"
    assert prepare("l.png", picture()) == prepare("l.png", picture())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"])
def test_usual_kinds_of_picture_are_taken(kind: str) -> None:
    assert prepare("l", picture(kind=kind)).startswith(b"\x89PNG")


@pytest.mark.parametrize("data", [b"", b"Bonjour", picture()[:60], b"<svg/>"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as error:
        prepare("lettre.txt", data)
    assert (error.value.code, error.value.where) == ("logo_unreadable", "lettre.txt")


def test_a_logo_is_kept_replaced_removed_and_brought_back(world: World) -> None:
    assert logo.logo(world.ctx) is None
    logo.remove_logo(world.ctx)
    assert world.store.entries(limit=1)[0].action != "logo.remove", "there was none"
    logo.set_logo(world.ctx, "l.png", picture())
    first = logo.logo(world.ctx)
    assert first == prepare("l.png", picture())
    logo.set_logo(world.ctx, "l.jpg", picture(kind="JPEG"))
    assert logo.logo(world.ctx) != first
    world.store.undo()
    assert logo.logo(world.ctx) == first
    logo.remove_logo(world.ctx)
    assert logo.logo(world.ctx) is None
    assert phrase(world.ctx.words, world.store.entries()[0]) == "a retiré le logo"
    world.store.undo()
    assert logo.logo(world.ctx) == first


def test_a_file_without_an_employer_has_no_logo(tmp_path: Path) -> None:
    office = Office(tmp_path / "b.ltu")
    with pytest.raises(UserError) as error:
        logo.set_logo(office.ctx, "l.png", picture())
    assert error.value.code == "no_employer"
    office.close()


def heights(data: bytes) -> list[float]:
    """Find how high pictures are drawn on the first page, in millimetres: the matrix before each `Do` of an image."""
    import pikepdf

    pdf = Paper(data).pdf
    page = pdf.pages[0]
    images = {name for name, each in page.Resources.get("/XObject", {}).items() if each.get("/Subtype") == "/Image"}
    found, matrix = [], [0.0] * 6
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "cm":
            matrix = [float(value) for value in instruction.operands]
        elif str(instruction.operator) == "Do" and str(instruction.operands[0]) in images:
            found.append(matrix[3] / MM)
    return found


@pytest.mark.parametrize(("size", "high"), [((300, 100), 12.0), ((1000, 100), 4.0)])
def test_the_claim_bears_it_at_most_twelve_millimetres_high(
    world: World, tmp_path: Path, size: tuple[int, int], high: float
) -> None:
    plain = claim_export.export(world.ctx, OCTOBER, "pdf", tmp_path / "without.pdf")
    assert heights(plain.path.read_bytes()) == []
    logo.set_logo(world.ctx, "l.png", picture(size))
    written = claim_export.export(world.ctx, OCTOBER, "pdf", tmp_path / "with.pdf")
    assert heights(written.path.read_bytes()) == [pytest.approx(high, abs=0.05)]
