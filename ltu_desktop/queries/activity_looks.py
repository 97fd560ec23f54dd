"""How activities look: colour pair and pictogram by code; the activities to choose from. Read from resources once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from ltu_desktop import RESOURCES

OWN = "ADM"  # what an activity of somebody's own looks like until a look is chosen


@dataclass(frozen=True, slots=True)
class Pair:
    """Strong colour (bar, icon) and tint of a block, on light and on dark ground: six hexadecimal digits each."""

    bar: str
    tint: str
    dark_bar: str
    dark_tint: str


@dataclass(frozen=True, slots=True)
class Model:
    """An activity to choose from: its code, its names by language, its palette and its pictogram."""

    code: str
    names: dict[str, str]
    palette: str
    pictogram: str

    def name(self, language: str) -> str:
        """Return the name in a language, English where there is none."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True, slots=True)
class Look:
    """What an activity is shown with: the code of its palette, its colours, the name of its pictogram."""

    palette: str
    pair: Pair
    pictogram: str


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, Pair], dict[str, Model]]:
    with (RESOURCES / "activities.toml").open("rb") as file:
        data = tomllib.load(file)
    pairs = {code: Pair(**values) for code, values in data["palette"].items()}
    models = {
        code: Model(
            code,
            {key: text for key, text in values.items() if key not in {"palette", "pictogram"}},
            values["palette"],
            values["pictogram"],
        )
        for code, values in data["activity"].items()
    }
    return pairs, models


def palettes() -> dict[str, Pair]:
    """Return the colour pairs there are, by code."""
    return _read()[0]


def models() -> tuple[Model, ...]:
    """Return the activities to choose from, in the order of the list."""
    return tuple(_read()[1].values())


def look(code: str, palette: str = "", pictogram: str = "") -> Look:
    """Return what an activity is shown with: what was chosen for it, else what its code stands for, else `OWN`'s."""
    pairs, known = _read()
    model = known.get(code, known[OWN])
    chosen = palette if palette in pairs else model.palette
    return Look(chosen, pairs[chosen], pictogram or model.pictogram)
