"""Records that may be one person, found among thousands without comparing each with each.

What is found is exactly what `likeness.score` finds when it compares all with all: the indexes here only leave out
pairs whose score cannot come to `MAYBE`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from ltu_desktop.intake.likeness import MAYBE, at_most, births, first_names, folded, score_folded, wholes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.intake.likeness import Folded, Named, Way

_ALIKE = 86
"""Unless two people are born on one day, their names together must be so alike that the score comes to `MAYBE`.

So must be one of the two, family names or first names: both below would be below together.
"""
_FAMILY = 77
"""And so alike must be the family names at least, however alike the first names are."""
_FEW = 5
"""So few people are compared with all sooner than the indexes are made."""


@lru_cache
def _lengths(length: int) -> tuple[tuple[int, int], ...]:
    """Return the lengths of which a text can be alike to one of this length, each with the letters not shared at most.

    Of two texts, `fuzz.ratio` is the share of the letters of both that stand in both in one order.
    """
    found = []
    for other in range(length * 2 + 1):
        both = length + other
        apart = both * (100 - _ALIKE) // 100
        apart -= (apart - both) % 2  # a letter shared is one of each
        if apart >= abs(length - other):
            found.append((other, apart))
    return tuple(found)


def _cuts(length: int, count: int) -> Iterator[tuple[int, int]]:
    """Cut a length into so many pieces, about equally long: begin and end of each."""
    return pairwise(length * at // count for at in range(count + 1))


@lru_cache
def _places(here: int) -> tuple[tuple[int, int, int, int, int], ...]:
    """Return where a text so long may hold a piece of one alike: its length, letters apart, piece by number; where."""
    found = []
    for length, apart in _lengths(here):
        lost = (apart + length - here) // 2  # letters of the other that this one lacks, at most
        for at, (begin, end) in enumerate(_cuts(length, apart + 1)):
            first, last = max(0, begin - lost), min(here - end + begin, begin + apart - lost)
            found += [(length, apart, at, start, start + end - begin) for start in range(first, last + 1)]
    return tuple(found)


class Texts:
    """Texts that are looked up by others nearly like them.

    When two texts do not share at most n letters, one of n + 1 pieces into which the one is cut stands in the other as
    it is, and near the same place.
    """

    def __init__(self) -> None:
        self._pieces: dict[tuple[int, int, int, str], list[str]] = defaultdict(list)
        self._known: set[str] = set()
        self._near: dict[str, list[str]] = {}

    def add(self, text: str) -> None:
        """Take a text in, before any is looked up."""
        if text in self._known:
            return
        self._known.add(text)
        for apart in {apart for _, apart in _lengths(len(text))}:
            for at, (begin, end) in enumerate(_cuts(len(text), apart + 1)):
                self._pieces[len(text), apart, at, text[begin:end]].append(text)

    def near(self, text: str) -> list[str]:
        """Return the texts that are so alike to this one that it matters."""
        found = self._near.get(text)
        if found is None:
            found = self._near[text] = self._look(text) if self._known else []
        return found

    def _look(self, text: str) -> list[str]:
        met: set[str] = set()
        for length, apart, at, start, end in _places(len(text)):
            sharing = self._pieces.get((length, apart, at, text[start:end]))
            if sharing:
                met.update(sharing)
        return [each for each in met if fuzz.ratio(text, each) >= _ALIKE]


class _Ways:
    """Ways to read records that have first names, looked up by family name and first names."""

    def __init__(self) -> None:
        self._families, self._firsts = Texts(), Texts()
        self._by_family: dict[str, list[int]] = defaultdict(list)
        self._by_first: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._beginnings: dict[str, set[str]] = defaultdict(set)  # first names by the first one, two, … of them
        self._near_firsts: dict[str, list[str]] = {}

    def add(self, way: Way, place: int) -> None:
        """Take a record's way in, before any is looked up."""
        first = way.first or ""
        for family in way.names:
            self._families.add(family)
            self._by_family[family].append(place)
            self._by_first[first][family].append(place)
        for beginning in _beginnings(first):
            self._firsts.add(beginning)
            self._beginnings[beginning].add(first)

    def near(self, way: Way) -> Iterator[int]:
        """Give the places of records whose names may be alike enough."""
        firsts = self._firsts_near(way.first or "")
        for family in way.names:
            for other in self._families.near(family):
                yield from self._by_family[other]
            for first in firsts:
                others = self._by_first[first]
                for other, _, _ in process.extract(
                    family, others.keys(), scorer=fuzz.ratio, score_cutoff=_FAMILY, limit=None
                ):
                    yield from others[other]

    def _firsts_near(self, first: str) -> list[str]:
        found = self._near_firsts.get(first)
        if found is None:
            near = {text for beginning in _beginnings(first) for text in self._firsts.near(beginning)}
            others = {other for text in near for other in self._beginnings[text]}
            found = [other for other in others if first_names(first, other) >= _ALIKE]
            self._near_firsts[first] = found
        return found


def _beginnings(first: str) -> list[str]:
    """Return the first one, two, … of first names, and all of them."""
    words = first.split()
    return [" ".join(words[: count + 1]) for count in range(len(words))] or [""]


class Lookup:
    """Records among which people are looked up; each is named by its place."""

    def __init__(self, among: Iterable[Named]) -> None:
        self._records: list[Folded] = []
        self._born: dict[date, list[int]] = defaultdict(list)
        self._wild: list[int] = []  # letters lost to an alphabet may be any: these are compared with everybody
        self._straight, self._swapped = _Ways(), _Ways()
        self._bare: dict[str, list[int]] = defaultdict(list)  # those without first names
        self._bare_texts = Texts()
        for place, each in enumerate(among):
            self._add(folded(each), place)

    def _add(self, record: Folded, place: int) -> None:
        self._records.append(record)
        if record.birth_date is not None:
            self._born[record.birth_date].append(place)
        if record.wild:
            self._wild.append(place)
            return
        for way, ways in zip(record.ways, (self._straight, self._swapped), strict=False):
            if way.first is not None:
                ways.add(way, place)
                continue
            for name in way.names:
                self._bare_texts.add(name)
                self._bare[name].append(place)

    @cached_property
    def _whole(self) -> tuple[Texts, dict[str, list[int]]]:
        """Everybody by all names written in one, made when somebody without first names is looked up."""
        texts, places = Texts(), defaultdict(list)
        for place, record in enumerate(self._records):
            for text in (text for way in record.ways for text in wholes(way) if not record.wild):
                texts.add(text)
                places[text].append(place)
        return texts, places

    def near(self, who: Named) -> list[tuple[int, Decimal]]:
        """Return the places of all records that may be this person, in their order, with their scores."""
        one = folded(who)
        found = []
        for place in sorted(set(self._met(one))):
            other = self._records[place]
            if one.birth_date and other.birth_date and not births(one.birth_date, other.birth_date):
                continue  # names alone do not come to it
            if (one.wild or other.wild) and score_folded(one, other, at_most) < MAYBE:
                continue
            score = score_folded(one, other)
            if score >= MAYBE:
                found.append((place, score))
        return found

    def _met(self, one: Folded) -> Iterator[int]:
        if one.wild:
            yield from range(len(self._records))
            return
        yield from self._wild
        if one.birth_date is not None:
            yield from self._born[one.birth_date]
        for way in one.ways:
            texts, places = self._whole if way.first is None else (self._bare_texts, self._bare)
            for whole in wholes(way):
                for text in texts.near(whole):
                    yield from places[text]
            if way.first is not None:
                yield from self._straight.near(way)
        if one.ways[0].first is not None:
            yield from self._swapped.near(one.ways[0])


def likely(people: Sequence[Named], among: Sequence[Named]) -> list[list[tuple[int, Decimal]]]:
    """Find for each of some people the places of all records that may be her, in their order, with their scores."""
    if len(people) > _FEW:
        lookup = Lookup(among)
        return [lookup.near(who) for who in people]
    records = [folded(each) for each in among]
    compared = [[score_folded(one, other) for other in records] for one in map(folded, people)]
    return [[(place, score) for place, score in enumerate(scores) if score >= MAYBE] for scores in compared]


class Search:
    """Finds people as `likely` does, and remembers it while the records stay the same.

    A preview is made anew with each answer to its questions, and twice more when it is carried out.
    """

    def __init__(self) -> None:
        self._among: Sequence[Named] = ()
        self._found: dict[Named, list[tuple[int, Decimal]]] = {}

    def likely(self, people: Sequence[Named], among: Sequence[Named]) -> list[list[tuple[int, Decimal]]]:
        """Find for each of some people who she may be."""
        if among != self._among:
            self._among, self._found = among, {}
        new = [who for who in dict.fromkeys(people) if who not in self._found]
        self._found.update(zip(new, likely(new, among), strict=True))
        return [self._found[who] for who in people]
