"""How activities look: what was chosen wins, then the code, then the look of an activity of one's own."""

import tomllib

import pytest

from ltu_desktop import RESOURCES
from ltu_desktop.queries.activity_looks import OWN, look, models, palettes


def test_what_was_chosen_wins_over_the_code() -> None:
    assert look("MAR").palette == "MAR"
    assert look("MAR").pictogram == "leaf"
    assert look("MAR", "COU", "scissors") == look("X", "COU", "scissors")
    assert look("MAR", "COU").pair == palettes()["COU"]
    assert look("LOU").pair == palettes()[OWN]  # an own activity
    assert look("MAR", "gone").palette == "MAR"  # a palette of a later release


def test_the_activities_of_the_field_are_offered_in_both_languages() -> None:
    assert len(models()) == 15
    for model in models():
        assert model.palette in palettes()
        assert model.name("fr") != model.name("en")
        assert model.name("nl") == model.name("en")


@pytest.mark.parametrize("name", sorted({model.pictogram for model in models()}))
def test_each_pictogram_can_be_printed(name: str) -> None:
    with (RESOURCES / "pictograms.toml").open("rb") as file:
        path = tomllib.load(file)[name]["path"]
    steps = {"M": 2, "L": 2, "C": 6, "Z": 0}
    words = path.split()
    at = 0
    while at < len(words):
        count = steps[words[at]]
        assert all(-64 <= int(word) <= 1088 for word in words[at + 1 : at + 1 + count])
        at += 1 + count
