"""Archive files: a drawn PDF becomes PDF/A-3b, with its metadata, its colour profile and the files it carries."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from _typeshed import ReadableBuffer
    from pikepdf import Pdf


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the PDF; `relationship` is PDF/A-3's word: Data, Source, Alternative or Supplement."""

    name: str
    content: bytes
    media_type: str
    description: str = ""
    relationship: str = "Data"


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself. `seal` is the code that `verify` reads back; `made` the moment of sealing."""

    title: str
    author: str
    subject: str
    seal: str
    language: str
    program: str
    made: datetime | None = None


def language_tag(language: str) -> str:
    """Return what a document says its language is."""
    return {"fr": "fr-FR", "en": "en-GB"}.get(language, language)


def finish(drawn: bytes, about: About, attachments: Sequence[Attachment] = ()) -> bytes:
    """Turn a drawn PDF into PDF/A-3b: the same input gives the same bytes."""
    target = _InTurns()
    _write(drawn, about, attachments, target)
    return target.getvalue()


def _write(drawn: bytes, about: About, attachments: Sequence[Attachment], target: _InTurns) -> None:
    import pikepdf
    from pikepdf import Dictionary, Name, String
    from pikepdf.pdfa import prepare, resolve_save_kwargs

    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        for number in range(1, int(pdf.trailer.Size)):
            pdf.get_object(number, 0)  # read one by one: all at once would leave other threads no turn
        for page in pdf.pages:
            if "/Trans" in page:
                del page["/Trans"]  # reportlab writes one on every page; an archive may not move
        root = pdf.Root
        root.Lang = String(about.language)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        if "/Outlines" in root:
            root.PageMode = Name.UseOutlines
        _describe(pdf, about)
        _attach(pdf, attachments, about)
        prepare(pdf, "3b")
        _settle(pdf, about)
        pdf.save(target, **{**resolve_save_kwargs("3b"), "deterministic_id": True})
        _let_go(pdf)


class _InTurns(io.BytesIO):
    """What is written piece by piece, each by Python: so other threads have their turns before the file is whole."""

    def write(self, piece: ReadableBuffer, /) -> int:
        return super().write(piece)


def _let_go(pdf: Pdf) -> None:
    """Empty a PDF object by object: freed whole, in one call, it would leave other threads no turn."""
    from pikepdf import Dictionary

    for number in range(1, int(pdf.trailer.Size)):
        item = pdf.get_object(number, 0)
        if isinstance(item, Dictionary):
            for key in list(item.keys()):
                del item[key]


def _describe(pdf: Pdf, about: About) -> None:
    """Write the document information, from which the XMP metadata is made."""
    from pikepdf import Dictionary, String

    said = {"/Title": about.title, "/Author": about.author, "/Subject": about.subject, "/Creator": about.program}
    if about.seal:
        said["/Keywords"] = about.seal
    if about.made is not None:
        moment = f"D:{about.made.astimezone(UTC):%Y%m%d%H%M%S}Z"
        said |= {"/CreationDate": moment, "/ModDate": moment}
    pdf.trailer.Info = pdf.make_indirect(Dictionary({key: String(value) for key, value in said.items()}))


def _settle(pdf: Pdf, about: About) -> None:
    """Take the moment of writing out of the metadata: the same dossier gives the same bytes."""
    from pikepdf import String

    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        if "xmp:MetadataDate" in meta:
            del meta["xmp:MetadataDate"]
        meta["pdf:Producer"] = about.program
    pdf.trailer.Info.Producer = String(about.program)


def _attach(pdf: Pdf, attachments: Sequence[Attachment], about: About) -> None:
    """Embed files as associated files of the whole document."""
    from pikepdf import Array, Dictionary, Name, String

    listed = []
    names: list[object] = []
    for item in sorted(attachments, key=lambda each: each.name):
        params = Dictionary(Size=len(item.content), CheckSum=String(hashlib.md5(item.content).digest()))  # noqa: S324  PDF's own checksum
        if about.made is not None:
            params.ModDate = String(f"D:{about.made.astimezone(UTC):%Y%m%d%H%M%S}Z")
        stream = pdf.make_stream(
            item.content, Type=Name.EmbeddedFile, Subtype=Name("/" + item.media_type), Params=params
        )
        spec = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(item.name),
                UF=String(item.name),
                Desc=String(item.description or item.name),
                AFRelationship=Name("/" + item.relationship),
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        listed.append(spec)
        names += [String(item.name), spec]
    if listed:
        pdf.Root.AF = Array(listed)
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))


def attached(document: bytes) -> dict[str, bytes]:
    """Return the files that a PDF carries, by name."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def count_pages(document: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as pdf:
        return int(pdf.Root.Pages.Count)


def first_pages(document: bytes, most: int) -> tuple[bytes, int]:
    """Return a PDF of a document's first pages, the document itself when it has no more, and how many it has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as pdf:
        count = int(pdf.Root.Pages.Count)
        return (document if count <= most else _copied(pdf, range(most))), count


def some_pages(document: bytes, parts: Iterable[Sequence[int]]) -> Iterator[bytes]:
    """Give a PDF for each part of a document of ours: its pages, from 0, in that order."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as pdf:
        for part in parts:
            yield _copied(pdf, part)


def _copied(pdf: Pdf, pages: Sequence[int]) -> bytes:
    """Copy pages into a PDF of their own; only these are read, for in our documents all pages hang on one branch."""
    import pikepdf

    target = io.BytesIO()
    with pikepdf.new() as made:
        for page in pages:
            made.pages.append(pikepdf.Page(made.copy_foreign(pdf.Root.Pages.Kids[page])))
        made.save(target)
    return target.getvalue()
