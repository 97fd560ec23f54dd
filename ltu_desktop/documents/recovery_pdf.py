"""The recovery sheet: the code that opens a file when its passphrase is lost, for paper and for nothing else.

The bytes go straight to the printer and are forgotten: never to a file, a preview, a backup or a history.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD
from ltu_desktop.documents.pdf_sheet import ACCENT, GREY, INK, MM, PORTRAIT, RULE, TINT, WHITE, Sheet
from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.words import Words

LEFT, RIGHT, MIDDLE = 16.0, 194.0, 109.0
BOX, BOX_HIGH, GAP = 9.3, 13.2, 0.55
CODE_SIDE = 50.0


@dataclass(frozen=True)
class RecoveryFacts:
    """What the sheet says; `number` counts the keys of the file, `copies` the sheets that are printed."""

    file: str
    identifier: str
    number: int
    day: date
    code: str = field(repr=False)
    copies: int = 2


def recovery_sheet(facts: RecoveryFacts, words: Words) -> bytes:
    """Draw the sheets, one page each, and give the PDF."""
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    target = io.BytesIO()
    size = (PORTRAIT[0] * MM, PORTRAIT[1] * MM)
    canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1, initialFontName=REGULAR)
    canvas.setTitle(words.term("paper", "Recovery sheet"))
    sheet = Sheet(canvas, canvas._doc, PORTRAIT)  # noqa: SLF001  fonts are subset by document
    for copy in range(1, facts.copies + 1):
        sheet.begin(PORTRAIT)
        _page(sheet, facts, copy, words)
        sheet.finish()
    canvas.save()
    return target.getvalue()


def _page(sheet: Sheet, facts: RecoveryFacts, copy: int, words: Words) -> None:
    text = words.text
    sheet.text(LEFT, 22.0, words.term("paper", "Recovery sheet"), 26, face=SEMIBOLD)
    sheet.text(LEFT, 29.5, text(N_("To open the file again when its passphrase is lost")), 13, colour=GREY)
    sheet.rule(LEFT, 33.0, RIGHT - LEFT, 1.6, ACCENT)
    _facts(sheet, facts, words)
    _warning(sheet, words)
    _code(sheet, facts, words)
    _steps(sheet, facts, words)
    _to_do(sheet, words)
    _where(sheet, facts, copy, words)
    sheet.rule(LEFT, 277.0, RIGHT - LEFT, 0.5, RULE)
    promise = N_(
        "The program keeps no copy of this sheet. Without passphrase and sheet the file is lost: nobody can open it."
    )
    sheet.fitted(LEFT, 281.5, text(promise), RIGHT - LEFT, 9.5)
    number = words.term("paper", "Page {number}/{count}", number=copy, count=facts.copies)
    sheet.text(RIGHT, 285.8, number, 9.5, face=SEMIBOLD, align="r")


def _facts(sheet: Sheet, facts: RecoveryFacts, words: Words) -> None:
    text = words.text
    number = text(N_("{number} (replaces key {former})"), number=facts.number, former=facts.number - 1)
    for x, room, name, value in (
        (LEFT, 59.0, text(N_("File")), facts.file),
        (78.0, 41.0, text(N_("File identifier")), facts.identifier),
        (122.0, 41.0, text(N_("Key no.")), number if facts.number > 1 else str(facts.number)),
        (166.0, 28.0, text(N_("Made on")), words.day(facts.day)),
    ):
        sheet.fitted(x, 38.5, name, room, 9.5, colour=GREY)
        sheet.fitted(x, 44.0, fonts.printable(value), room, 12, face=SEMIBOLD)


def _warning(sheet: Sheet, words: Words) -> None:
    sheet.tint(LEFT, 50.0, RIGHT - LEFT, 12.0, INK)
    sheet.tint(LEFT + 5.4, 55.2, 5.2, 4.0, WHITE)  # a lock: body, and a bow of three rules
    sheet.upright(LEFT + 6.5, 52.9, 2.4, 1.6, WHITE)
    sheet.upright(LEFT + 9.5, 52.9, 2.4, 1.6, WHITE)
    sheet.rule(LEFT + 6.2, 53.0, 3.6, 1.6, WHITE)
    text = words.text
    room = RIGHT - LEFT - 20
    strong = text(N_("Whoever has this sheet can open the file."))
    sheet.fitted(LEFT + 16, 55.2, strong, room, 11.5, face=SEMIBOLD, colour=WHITE)
    rest = text(N_("Treat it like the key of a safe: no photograph, no e-mail, no open cupboard."))
    sheet.fitted(LEFT + 16, 60.0, rest, room, 10.5, colour=WHITE)


def _code(sheet: Sheet, facts: RecoveryFacts, words: Words) -> None:
    text = words.text
    sheet.text(LEFT, 72.0, text(N_("Recovery code")), 14, face=SEMIBOLD)
    for index, group in enumerate(facts.code.split("-")):
        x, y = LEFT + (index % 2) * 60.0, 75.5 + (index // 2) * 18.2
        sheet.text(x, y + 9.6, str(index + 1), 10.5, face=SEMIBOLD, colour=GREY)
        for place, sign in enumerate(group):
            left = x + 6.0 + place * (BOX + GAP)
            last = place == len(group) - 1
            if last:  # the check character
                sheet.box(left, y, BOX, BOX_HIGH, 0.5, colour=RULE, fill=TINT)
            else:
                sheet.box(left, y, BOX, BOX_HIGH, 1.2)
            sheet.text(left + BOX / 2, y + 9.4, sign, 23, face=BOLD, align="c")
    sheet.code(RIGHT - CODE_SIDE, 75.5, CODE_SIDE, facts.code, "q")
    reader = text(N_("The same key, for a code reader that is plugged in"))
    sheet.paragraph(RIGHT - CODE_SIDE, 130.5, reader, CODE_SIDE, 9, colour=GREY)
    y = 151.0
    for line in (
        N_("The 5th box (grey) of each group checks the other four: the computer says which group is mistyped."),
        N_("There is no O, I, L or U. A round is a zero (0), a stroke is a 1. Capitals or not, it is the same."),
    ):
        sheet.fitted(LEFT, y, text(line), RIGHT - LEFT, 9.5)
        y += 4.4


def _title(sheet: Sheet, x: float, y: float, width: float, text: str) -> None:
    sheet.fitted(x, y, text, width, 14, face=SEMIBOLD)
    sheet.rule(x, y + 2.0, width, 0.9, ACCENT)


def _steps(sheet: Sheet, facts: RecoveryFacts, words: Words) -> None:
    text = words.text
    _title(sheet, LEFT, 169.0, RIGHT - LEFT, text(N_("When the passphrase is lost")))
    steps = (
        (
            text(N_("Open LTU Desktop and choose the file.")),
            text(N_("On the page that asks for the passphrase: “I have a recovery sheet”.")),
        ),
        (
            text(N_("Type the eight groups, or read them with a code reader.")),
            text(N_("Check that the identifier shown is {identifier}."), identifier=facts.identifier),
        ),
        (text(N_("Choose a new passphrase.")), text(N_("A new sheet is printed. Destroy this one."))),
    )
    for index, (strong, rest) in enumerate(steps, 1):
        y = 174.5 + (index - 1) * 13.5
        sheet.rounded(LEFT, y, 8.8, 8.8, ACCENT, 4.4)
        sheet.text(LEFT + 4.4, y + 6.0, str(index), 12.5, face=SEMIBOLD, colour=WHITE, align="c")
        sheet.fitted(LEFT + 13, y + 3.6, strong, RIGHT - LEFT - 13, 12, face=SEMIBOLD)
        sheet.fitted(LEFT + 13, y + 8.6, rest, RIGHT - LEFT - 13, 10.5, colour=GREY)


def _to_do(sheet: Sheet, words: Words) -> None:
    text = words.text
    width = MIDDLE - LEFT - 8
    _title(sheet, LEFT, 226.0, width, text(N_("To do now")))
    for index, line in enumerate(
        (
            N_("Print on a printer that stands near."),
            N_("One into the safe, one to another house."),
            N_("Try it: type group 1 on the screen."),
            N_("Destroy the former sheets."),
        )
    ):
        y = 231.5 + index * 8.0
        sheet.tick_box(LEFT, y, 4.2, 0.9)
        sheet.fitted(LEFT + 7, y + 3.4, text(line), width - 7, 10.5)


def _where(sheet: Sheet, facts: RecoveryFacts, copy: int, words: Words) -> None:
    text = words.text
    _title(sheet, MIDDLE, 226.0, RIGHT - MIDDLE, text(N_("Where this sheet is")))
    which = text(N_("{copy} of {copies}"), copy=copy, copies=facts.copies)
    for index, (name, value) in enumerate(
        ((N_("Copy"), which), (N_("Place"), ""), (N_("Kept by"), ""), (N_("On, initials"), ""))
    ):
        y = 235.0 + index * 8.4
        sheet.fitted(MIDDLE, y, text(name), 20, 10, colour=GREY)
        sheet.text(MIDDLE + 23, y - 0.4, value, 10.5, face=SEMIBOLD)
        sheet.rule(MIDDLE + 22, y + 1.4, RIGHT - MIDDLE - 22, 0.5, RULE)
