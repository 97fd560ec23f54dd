"""Names written in one cell, taken apart: `NOM Prénom`, `Prénom NOM`, `Nom, Prénom`."""

from __future__ import annotations

import msgspec

from ltu_desktop.intake.heads import any_of
from ltu_desktop.rules.text import fold

_TITLES = any_of("m|mr|mme|mlle|mrs|ms|miss|monsieur|madame|mademoiselle")
_PARTICLES = any_of("al|ben|bin|d|da|de|del|della|den|der|di|do|dos|du|el|la|le|les|van|von|y")


class Split(msgspec.Struct, frozen=True):
    """A full name taken apart; `sure` is false when nothing in the writing told the two parts from each other."""

    name: str
    first_names: str
    sure: bool = True


def split_name(text: str) -> Split:
    """Take a full name apart: by a comma, by capitals, else the first of two words is the family name."""
    before, comma, after = text.partition(",")
    if comma and before.strip() and after.strip():
        return Split(" ".join(before.split()), " ".join(after.replace(",", " ").split()))
    words = text.replace(",", " ").split()
    while len(words) > 1 and fold(words[0]) in _TITLES and (words[0].endswith(".") or words[0].lower() != words[0]):
        words = words[1:]
    if len(words) < 2:
        return Split(" ".join(words), "")
    capitals = [_is_capitals(word) for word in words]
    for place in range(1, len(words)):
        left, right = words[:place], words[place:]
        if _family(left, capitals[:place]) and not any(capitals[place:]):
            return Split(" ".join(left), " ".join(right))
        if _family(right, capitals[place:]) and not any(capitals[:place]) and not _is_particle(left[-1]):
            return Split(" ".join(right), " ".join(left))
    if len(words) == 2:
        return Split(words[0], words[1])
    return Split(" ".join(words[:-1]), words[-1], sure=False)


def _family(words: list[str], capitals: list[bool]) -> bool:
    """Whether all words are in capitals but for particles, which do not end a name."""
    return capitals[-1] and all(big or _is_particle(word) for word, big in zip(words, capitals, strict=True))


def _is_capitals(word: str) -> bool:
    core = word[2:] if word[:2].lower() in {"d'", "d’", "l'", "l’"} else word
    return core.isupper() and sum(letter.isalpha() for letter in core) >= 2


def _is_particle(word: str) -> bool:
    return fold(word) in _PARTICLES and not word.isupper()
