"""Findings: what an import has to say about one place of a file, as a code that people read as a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.words import Words

Value = str | int | Decimal | date | Month


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to know about one place of a file: a blocker refuses the row, a warning asks for a look.

    `line` is the line of a declaration or the row of a sheet (from 1, 0 for the whole file), `column` the column's head
    or the rubric, `target` the staff number where there is one. `params` fill the sentence of `SENTENCES`.
    """

    code: str
    severity: Severity = Severity.WARNING
    line: int = 0
    column: str = ""
    target: str = ""
    params: dict[str, Value] = {}

    def say(self, words: Words) -> str:
        """Say the finding as a sentence in the user's language, without its place."""
        from ltu_desktop.intake.sentences import SENTENCES

        params = {key: words.value(value) for key, value in self.params.items()}
        return words.text(SENTENCES[self.code]).format(**params)
