"""What a file is when it is not what was asked for, told by its first bytes."""

from __future__ import annotations

from ltu_desktop.rules.errors import N_

_STARTS = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"SQLite format 3\x00", "database"),
    (b"{\\rtf", "document"),
)

SENTENCES: dict[str, str] = {
    "empty": N_("The file is empty."),
    "pdf": N_("This is a PDF document."),
    "xlsx": N_("This is an Excel workbook."),
    "ods": N_("This is a LibreOffice spreadsheet."),
    "old_office": N_("This is an old Office file (.xls or .doc), or one locked with a password."),
    "document": N_("This is a text document (Word or LibreOffice)."),
    "archive": N_("This is a compressed archive (.zip): the file must first be taken out of it."),
    "picture": N_("This is a picture."),
    "xml": N_("This is an XML file."),
    "html": N_("This is a web page."),
    "database": N_("This is a database."),
    "dsn": N_("This is a payroll declaration (DSN)."),
    "utf16": N_("This is a text written in UTF-16."),
    "binary": N_("This is a file of an unknown kind, which is not text."),
    "text": N_("This is a text of another kind."),
}
"""What to say of each kind, as the first sentence of a refusal."""


def what_is(data: bytes) -> str:
    """Tell what kind of file it is, as a key of `SENTENCES`."""
    start = data[:4096]
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty"
    for mark, kind in _STARTS:
        if start.startswith(mark):
            return kind
    if start.startswith(b"PK"):
        return _zipped(data)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf16"
    if b"\x00" in start:
        return "binary"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "html"
    if text.startswith(b"<"):
        return "xml"
    if text.startswith(b"s10.g00.") or b"\ns21.g00." in text:
        return "dsn"
    return "text"


def _zipped(data: bytes) -> str:
    """Tell spreadsheets and documents, which are zip archives, by the names at their end and their beginning."""
    names = data[:4096] + data[-65536:]
    if b"xl/workbook" in names or b"xl/worksheets" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in data[:200]:
        return "ods"
    if b"opendocument." in data[:200] or b"word/" in names:
        return "document"
    return "archive"
