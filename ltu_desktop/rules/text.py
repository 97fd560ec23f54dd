"""Names compared: without accents, case or punctuation."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# letters that are not a base letter with a mark; ASCII on the right, in lower case
_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)


class _Plain(dict[int, str]):
    """What each character is folded into, worked out when it is first met: lists of thousands are folded at once."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code).casefold().translate(_LETTERS)).casefold().translate(_LETTERS)
        kept = (letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
        return self.setdefault(code, "".join(kept))


_PLAIN = _Plain()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Fold a name for search: lower case, no accents, `œ` as `oe`, all but letters and digits as single spaces.

    `fold("  D’ARTAGNAN-Cœur ") == "d artagnan coeur"`; folding twice changes nothing. Letters of other scripts stay.
    """
    return " ".join(text.translate(_PLAIN).split())


def sort_key(*texts: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Order names as a French reader expects: by folded text, then by the text itself so that the order is total."""
    return tuple(fold(text) for text in texts), texts
