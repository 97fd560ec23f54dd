"""Words of activities, skills and limits: codes of the file, as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.matching import Fit, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.words import Words

LIMITS: Final = {
    "lifting": N_("Carrying loads"),
    "driving": N_("Driving"),
    "standing": N_("Standing for long"),
    "heights": N_("Working at height"),
    "outdoors": N_("Working outdoors"),
    "machines": N_("Using machines"),
    "customers": N_("Dealing with customers"),
    "alone": N_("Working alone"),
}
"""What work may ask for and somebody may not do."""

LEVELS: Final = {
    0: N_("not yet"),
    1: N_("with help"),
    2: N_("unaided"),
    3: N_("can teach it"),
}
"""How well somebody masters a skill."""

NEED_STATES: Final = {
    "open": N_("Noted"),
    "studied": N_("Being studied"),
    "served": N_("Covered"),
    "closed": N_("Closed"),
}
"""States of a need of the territory."""

FITS: Final = {
    Fit.WISHED: N_("Wants to do it"),
    Fit.READY: N_("Can do it"),
    Fit.LEARNS: N_("Can learn it"),
    Fit.REFUSED: N_("Does not want it"),
    Fit.LIMITED: N_("Cannot do it"),
}
"""How somebody fits an activity."""

COLOURS: Final = {
    "REC": N_("Blue"),
    "MAR": N_("Dark green"),
    "COU": N_("Plum"),
    "EPI": N_("Orange"),
    "AID": N_("Violet"),
    "GAR": N_("Slate"),
    "RES": N_("Brick"),
    "ESV": N_("Olive"),
    "CON": N_("Teal"),
    "ADM": N_("Charcoal"),
}
"""Colour pairs by their code."""

PICTOGRAMS: Final = {
    "recycle": N_("Recycling"),
    "leaf": N_("Leaf"),
    "package": N_("Parcel"),
    "cooking-pot": N_("Pot"),
    "storefront": N_("Shop"),
    "scissors": N_("Scissors"),
    "handshake": N_("Handshake"),
    "paint-roller": N_("Paint roller"),
    "bus": N_("Bus"),
    "wrench": N_("Wrench"),
    "bell-ringing": N_("Bell"),
    "t-shirt": N_("Laundry"),
    "tree": N_("Tree"),
    "bicycle": N_("Bicycle"),
    "identification-badge": N_("Reception"),
    "book-open": N_("Book"),
    "desktop": N_("Computer"),
    "paw-print": N_("Animals"),
    "flower": N_("Flower"),
    "coffee": N_("Coffee"),
    "baby": N_("Children"),
    "palette": N_("Art"),
    "hand-palm": N_("Hand"),
    "star": N_("Star"),
    "house": N_("House"),
}
"""Pictograms to choose from; each has its outline for print in `resources/pictograms.toml`."""


def reason(words: Words, each: Reason, skills: Mapping[bytes, str]) -> str:
    """Say why somebody fits an activity or not."""
    skill = skills.get(each.skill or b"", "")
    if each.code == "limit":
        return words.text(N_("does not do: {limit}"), limit=_lower(words.text(LIMITS[each.limit])))
    if each.code == "refusal":
        return words.text(N_("does not want it"))
    if each.code == "wish":
        return words.text(N_("wants to do it"))
    if each.code == "worked":
        return words.text(N_("worked {hours} in it"), hours=words.duration(each.value))
    if each.code == "learns":
        return words.text(N_("wants to learn: {skill}"), skill=_lower(skill))
    if each.code == "lacks":
        return words.text(N_("would have to learn: {skill}"), skill=_lower(skill))
    return words.text(N_("{skill} ({level})"), skill=skill, level=words.text(LEVELS[each.value]))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
