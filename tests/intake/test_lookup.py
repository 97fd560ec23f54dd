"""People looked up among many: what is found is what comparing all with all finds."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from ltu_desktop.intake import lookup
from ltu_desktop.intake.likeness import MAYBE, Named, score
from ltu_desktop.intake.lookup import Lookup, Search, Texts, likely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

BORN = (date(1987, 1, 8), date(1987, 8, 1), date(1987, 1, 3), date(1966, 4, 3))
SYLLABLES = ("ma", "ri", "ber", "tin", "du", "pont", "é", "œ", "?", "-", " ", "d’", "LE", "x")


def plain(among: list[Named], who: Named) -> list[tuple[int, object]]:
    """Compare with all."""
    scores = [score(who, each) for each in among]
    return [(place, each) for place, each in enumerate(scores) if each >= MAYBE]


def texts(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(SYLLABLES), max_size=most).map("".join)


PEOPLE = st.builds(Named, texts(4), texts(3), st.sampled_from((None, *BORN)), st.one_of(st.just(""), texts(3)))


@settings(max_examples=300)
@given(among=st.lists(PEOPLE, max_size=30), who=PEOPLE)
def test_random_names_are_found_as_by_comparing_all(among: list[Named], who: Named) -> None:
    assert Lookup(among).near(who) == plain(among, who)


def spoiled(random: Random, who: Named) -> Named:
    """Write somebody as a second record might: letters changed, lost or added, names swapped, shortened, in one."""
    name, first, born = who.name, who.first_names, who.birth_date
    for _ in range(random.randrange(4)):
        texts = [name, first]
        which = random.randrange(2)
        at = random.randrange(len(texts[which]) + 1)
        cut = random.randrange(2)
        texts[which] = texts[which][:at] + random.choice(("", "e", "n", "?", " ")) + texts[which][at + cut :]
        name, first = texts
    if random.random() < 0.2:
        name, first = first, name
    if random.random() < 0.1:
        name, first = f"{name} {first}", ""
    if random.random() < 0.2:
        first = first.split(" ")[0]
    return Named(name, first, random.choice((born, born, None, random.choice(BORN))), random.choice(("", "", name[1:])))


@pytest.mark.parametrize("seed", range(4))
def test_names_like_each_other_are_found_as_by_comparing_all(seed: int) -> None:
    random = Random(seed)
    parts = ("ber", "tin", "la", "mar", "che", "du", "val", "go", "sou", "ré", "char", "dier")
    firsts = ("Zoé", "Anne-Sophie", "Jean", "Jean Pierre", "Marie", "Maria", "Fatima", "Mohamed Ali", "")
    among = [
        Named(
            "".join(random.choices(parts, k=random.choice((1, 2, 3, 5)))).capitalize(),
            random.choice(firsts),
            random.choice((None, *BORN)),
        )
        for _ in range(150)
    ]
    among += [spoiled(random, each) for each in random.choices(among, k=60)]
    many = Lookup(among)
    asked = [spoiled(random, each) for each in random.choices(among, k=60)]
    found = [many.near(who) for who in asked]
    assert likely(asked, among) == found
    assert likely(asked[:3], among) == found[:3]  # few are compared with all
    assert found == [plain(among, who) for who in asked]
    assert sum(map(len, found)) > 100  # the case is not an empty one


@settings(max_examples=300)
@given(known=st.lists(st.text("abc ", max_size=24), max_size=20), text=st.text("abc ", max_size=24))
def test_texts_are_near_from_a_ratio_on(known: list[str], text: str) -> None:
    kept = Texts()
    for each in known:
        kept.add(each)
    assert set(kept.near(text)) == {each for each in known if fuzz.ratio(text, each) >= 86}
    assert set(kept.near(text)) == {each for each in known if fuzz.ratio(text, each) >= 86}  # as remembered


def test_what_was_found_is_remembered_while_the_records_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def count(people: Sequence[Named], among: Sequence[Named]) -> list[list[tuple[int, Decimal]]]:
        asked.append(len(people))
        return likely(people, among)

    monkeypatch.setattr(lookup, "likely", count)
    zoe, anne = Named("Delannoy", "Zoé"), Named("Lefèvre", "Anne")
    search = Search()
    assert [len(each) for each in search.likely([zoe, anne, zoe], [zoe])] == [1, 0, 1]
    assert [len(each) for each in search.likely([anne, zoe], [zoe])] == [0, 1]
    assert [len(each) for each in search.likely([anne, zoe], [zoe, anne])] == [1, 1]
    assert asked == [2, 0, 2]


def test_nobody_is_found_among_nobody() -> None:
    assert Lookup([]).near(Named("Delannoy", "Zoé")) == []
