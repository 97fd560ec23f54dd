"""Our PDFs are archives: PDF/A-3b, with their files attached, their language, title and seal."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pikepdf.pdfa import validate_written

from ltu_desktop.documents.claim_pdf import claim_form, sealed_document
from ltu_desktop.documents.pdfa import About, Attachment, attached, finish, first_pages
from ltu_desktop.rules.dossier import Dossier, canonical, seal_code
from ltu_desktop.words import Words
from tests.documents.dossiers import corrective, hostile, make, sealed_print
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = (
    Attachment(
        "demande-cde-2026-10-v1.xlsx", b"PK\x03\x04 workbook", "application/vnd.ms-excel", "Classeur", "Alternative"
    ),
    Attachment("dossier-cde-2026-10-v1.json", b'{"a": 1}', "application/json", "Données", "Source"),
)


def document(dossier: Dossier, language: str = "fr") -> bytes:
    sha256 = sealed_print(dossier) if dossier.head.sealed_at else None
    return sealed_document(dossier, Words(language), sha256=sha256, attachments=FILES)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["plain", "draft", "corrective", "hostile", "none"])
def test_every_kind_of_claim_is_pdf_a_3b(kind: str, language: str) -> None:
    makers: dict[str, Callable[[], Dossier]] = {
        "plain": lambda: make(25),
        "draft": lambda: make(12, sealed=False),
        "corrective": lambda: corrective(25),
        "hostile": hostile,
        "none": lambda: make(0),
    }
    dossier = makers[kind]()
    report = validate_written(io.BytesIO(document(dossier, language)), "3b")
    assert report.verdict == "pass", [str(finding) for finding in report.findings]


@pytest.mark.parametrize(
    ("language", "lang", "title"),
    [
        ("fr", "fr-FR", "Demande CDE – octobre 2026 – version 1 – La Fabrique du Canal"),
        ("en", "en-GB", "CDE claim – October 2026 – version 1 – La Fabrique du Canal"),
    ],
)
def test_what_a_document_says_of_itself(language: str, lang: str, title: str) -> None:
    dossier = make(25)
    with pikepdf.open(io.BytesIO(document(dossier, language))) as pdf:
        root = pdf.Root
        assert str(root.Lang) == lang
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == title
        assert str(pdf.docinfo["/Author"]) == "Nadia Roussel"
        assert str(pdf.docinfo["/Producer"]) == "LTU Desktop 0.1.0"
        seal = seal_code("2026-10", 1, sealed_print(dossier))
        assert str(pdf.docinfo["/Keywords"]) == seal
        assert seal.encode() in root.Metadata.read_bytes()
        with pdf.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
            assert meta["dc:title"] == title
        (intent,) = root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert b"sRGB" in intent.DestOutputProfile.read_bytes()


def test_the_outline_is_the_parts_and_the_annex() -> None:
    with pikepdf.open(io.BytesIO(document(make(25)))) as pdf, pdf.open_outline() as outline:
        titles = [item.title.replace("\u00a0", " ") for item in outline.root]
        assert titles == [
            "1 Identification",
            "2 Paramètres utilisés",
            "Montant demandé au Fonds",
            "3 Liste nominative",
            "4 Totaux, plafond et règle des 10 %",
            "5 Rapprochement avec la paie",
            "6 Changements depuis septembre et rectifications",
            "7 Déclarations et signatures",
            "Annexe de calcul",
        ]
        assert len(outline.root[-1].children) == 25


def test_files_are_attached_as_associated_files() -> None:
    data = document(make(3))
    assert attached(data) == {item.name: item.content for item in FILES}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        specs = {str(spec.UF): spec for spec in pdf.Root.AF}
        for item in FILES:
            spec = specs[item.name]
            assert str(spec.AFRelationship) == f"/{item.relationship}"
            assert str(spec.EF.F.Subtype) == f"/{item.media_type}"
            assert str(spec.Desc) == item.description
            assert int(spec.EF.F.Params.Size) == len(item.content)


def test_the_sealed_data_come_back_byte_for_byte() -> None:
    dossier = make(12)
    data = canonical(dossier)
    files = [Attachment("dossier.json", data, "application/json", relationship="Source")]
    whole = claim_form(dossier, Words("fr"), sha256=sealed_print(dossier), attachments=files)
    assert attached(whole)["dossier.json"] == data


def test_every_font_is_embedded_and_a_subset() -> None:
    with pikepdf.open(io.BytesIO(document(make(25)))) as pdf:
        names = set()
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                names.add(str(font.BaseFont))
        assert {name.partition("+")[2] for name in names} == {"SourceSansPro-Regular", "SourceSansPro-Semibold"}
        assert all("/Trans" not in page for page in pdf.pages)


def test_the_same_input_gives_the_same_bytes_and_no_moment_of_writing() -> None:
    dossier = make(5)
    assert document(dossier) == document(dossier)
    with pikepdf.open(io.BytesIO(document(dossier))) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert b"2026-11-12T10:42:00" in metadata
        assert f"{datetime.now(UTC):%Y-%m-%d}T".encode() not in metadata


def test_a_document_without_moment_or_seal_is_an_archive_too() -> None:
    from reportlab.pdfgen.canvas import Canvas

    from ltu_desktop.documents import fonts

    fonts.register()
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, initialFontName=fonts.REGULAR)
    canvas.drawString(100, 100, "Feuille")
    canvas.save()
    data = finish(target.getvalue(), About("Feuille", "Nadia", "présences", "", "fr-FR", "LTU Desktop 0.1.0"))
    assert validate_written(io.BytesIO(data), "3b").verdict == "pass"


def test_the_first_pages_of_a_document_read_as_they_do_in_it() -> None:
    whole = document(make(60))
    pages = [Paper(whole).text(at) for at in range(len(Paper(whole).pages))]
    assert len(set(pages)) == len(pages) > 3
    for most in (1, 3, len(pages) - 1):
        first, count = first_pages(whole, most)
        reader = Paper(first)
        assert [reader.text(at) for at in range(len(reader.pages))] == pages[:most]
        assert count == len(pages)
    assert first_pages(whole, len(pages)) == (whole, len(pages))
