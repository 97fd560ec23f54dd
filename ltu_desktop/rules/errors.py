"""The two kinds of trouble that are not our bugs: a world that says no, and a figure that needs a look."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

import msgspec


@dataclass
class UserError(Exception):
    """Something in the user's world stops us: wrong key, full disk, bad file. Never a bug of ours.

    `what` and `mend` are English sentences with `{named}` places, marked with `N_` where they are raised, so that
    `words.Words.error` can say them in the user's language. `where` is a place: a file, a line, a path in the facts.
    The command line prints it and exits with 2.
    """

    code: str
    what: str
    mend: str = ""
    where: str = ""
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English, for logs and tests; people read `words.Words.error`."""
        text = self.what.format(**self.params)
        return f"{self.where}: {text}" if self.where else text


class Severity(StrEnum):
    """How much a problem weighs: a blocker stops sealing, a warning asks for a look, an info only tells."""

    BLOCKER = "blocker"
    WARNING = "warning"
    INFO = "info"


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding of the checks: a code that `words` turns into a sentence, and the place to mend.

    `target` is the staff number of the person (or "" for the whole claim, "agreement", "employer");
    `params` are values for the sentence, as text; `at_stake` is in the scheme's currency.
    """

    code: str
    severity: Severity
    target: str = ""
    params: dict[str, str] = {}
    at_stake: Decimal | None = None


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "marked, translated later"
    """Mark a text for the catalogue and give it back untouched."""
    return text
