"""The passphrase: how good one is, in words; changing it; the recovery sheet that goes to paper and nowhere else."""

from __future__ import annotations

import math
import unicodedata
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from ltu_desktop.actions.backups import may_restore
from ltu_desktop.documents.recovery_pdf import RecoveryFacts, recovery_sheet
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import key as keys

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context

SET, CHANGED, REMOVED = "set", "changed", "removed"
CHANGE, PRINTED = "store.change_passphrase", "store.print_recovery"
COPIES = 2
"""How many sheets are printed: one for the safe, one for another house."""

_LETTER = 2.0  # bits of a further letter of a word
_WORD, _LONG_WORD = 11.0, 4  # bits of a word drawn from a common vocabulary, letters from which it counts as one
_FAIR, _STRONG = 34.0, 50.0
_COMMON = frozenset({"motdepasse", "mot de passe", "password", "passphrase", "azerty", "azertyuiop", "qwerty"})


class Strength(StrEnum):
    """How long a passphrase would hold against somebody who has the file and a fast computer."""

    NONE = "none"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


STRENGTH_NAMES = {
    Strength.NONE: N_("Without a passphrase, anyone who finds the file can read it."),
    Strength.WEAK: N_("Weak: quickly guessed. Choose four words that have nothing to do with each other."),
    Strength.FAIR: N_("Fair: one more word would make it strong."),
    Strength.STRONG: N_("Strong: nobody will guess it."),
}
"""The strengths in words."""


def strength(text: str) -> Strength:
    """Judge a passphrase, by words when it has several, else by signs; repeats and runs count little."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if not plain:
        return Strength.NONE
    found = 0.0 if plain in _COMMON else max(_by_signs(plain), _by_words(plain))
    return Strength.STRONG if found >= _STRONG else Strength.FAIR if found >= _FAIR else Strength.WEAK


def _by_words(plain: str) -> float:
    words = {word for word in plain.replace("-", " ").split() if len(set(word)) >= _LONG_WORD}
    return _WORD * len(words - _COMMON)


def _by_signs(plain: str) -> float:
    fresh = 1 + sum(1 for former, sign in pairwise(plain) if abs(ord(sign) - ord(former)) > 1)
    counted = min(fresh, 1.5 * len(set(plain)))  # signs that come again and again tell less
    if plain.replace("-", "").replace(" ", "").isalpha():
        return _LETTER * counted
    digits = any(sign.isdigit() for sign in plain)
    letters = any(sign.isalpha() for sign in plain)
    others = any(not sign.isalnum() for sign in plain)
    return 0.8 * math.log2(10 * digits + 26 * letters + 32 * others) * counted


def change(ctx: Context, passphrase: str | None) -> None:
    """Protect the file by another passphrase, or by none; the old one and its sheet open it no more.

    Raises UserError for anybody but an administrator, for an empty passphrase, while somebody else reads the file.
    """
    may_restore(ctx.role)
    ctx.store.change_passphrase(passphrase)


def file_identifier(ctx: Context) -> str:
    """Return what the sheet calls the file; empty for one without passphrase."""
    key = ctx.store.opened.key
    return keys.identifier(key.salt) if key else ""


def key_number(ctx: Context) -> int:
    """Return which key of the file the present one is: each new passphrase makes another; 0 without passphrase."""
    if not ctx.store.encrypted:
        return 0
    kinds = [str(entry.params.get("what")) for entry in reversed(ctx.store.entries()) if entry.action == CHANGE]
    at_first = 0 if kinds[:1] == [SET] else 1
    return at_first + sum(1 for kind in kinds if kind != REMOVED)


def sheet(ctx: Context) -> bytes:
    """Draw the recovery sheets, in memory alone, as PDF for the printer; raise UserError without a passphrase."""
    may_restore(ctx.role)
    code = ctx.store.recovery_code()
    if code is None:
        raise UserError(
            "no_passphrase",
            N_("This file has no passphrase, hence no recovery sheet."),
            N_("Choose a passphrase first."),
        )
    facts = RecoveryFacts(
        ctx.store.path.name, file_identifier(ctx), key_number(ctx), ctx.clock.now().date(), code, COPIES
    )
    return recovery_sheet(facts, ctx.paper)


def printed(ctx: Context) -> int:
    """Note in the history that a sheet was printed, by its number and nothing else; return that."""
    number = key_number(ctx)
    ctx.store.note("store.print_recovery", {"sheet": number})
    return number
