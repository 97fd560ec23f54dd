"""The contrasts that the look demands: text 4.5, marks and borders of widgets 3, on every ground they stand on."""

from __future__ import annotations

import pytest

from ltu_desktop.window.tokens import ALL, SIZES, Appearance, Meaning, Tokens


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour[1:3]) + 0.7152 * linear(colour[3:5]) + 0.0722 * linear(colour[5:7])


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


GROUNDS = ("canvas", "surface", "sunken", "header", "raised", "hover", "selection", "accenttint")


@pytest.mark.parametrize("tokens", ALL.values(), ids=str)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_reads_on_every_ground(tokens: Tokens, ground: str) -> None:
    for name in ("text", "text2", "text3", "accent"):
        assert contrast(getattr(tokens, name), getattr(tokens, ground)) >= 4.5, name


@pytest.mark.parametrize("tokens", ALL.values(), ids=str)
def test_borders_and_the_focus_ring_stand_out(tokens: Tokens) -> None:
    for ground in ("canvas", "surface", "sunken", "header"):
        assert contrast(tokens.edge, getattr(tokens, ground)) >= 3, ground
        assert contrast(tokens.focus, getattr(tokens, ground)) >= 3, ground
    for accent in (tokens.accent, tokens.accenthover, tokens.accentpress):
        assert contrast(tokens.onaccent, accent) >= 4.5


@pytest.mark.parametrize("tokens", ALL.values(), ids=str)
@pytest.mark.parametrize("meaning", Meaning)
def test_a_meaning_reads_on_its_own_ground_and_on_the_pages(tokens: Tokens, meaning: Meaning) -> None:
    trio = tokens.meaning(meaning)
    pages = (tokens.surface, tokens.canvas, tokens.header, tokens.selection)
    popups_and_bars = (tokens.raised, tokens.hover, tokens.sunken, tokens.accenttint)
    for ground in (trio.bg, *pages, *popups_and_bars):
        assert contrast(trio.fg, ground) >= 4.5, ground
        assert contrast(trio.icon, ground) >= 3, ground
    badge = tokens.meaning(Meaning.BLOCKING)
    assert contrast(badge.bg, badge.icon) >= 4.5


@pytest.mark.parametrize("tokens", ALL.values(), ids=str)
def test_a_toast_reads_and_what_is_chosen_or_off_still_does(tokens: Tokens) -> None:
    assert contrast(tokens.surface, tokens.text) >= 4.5, "a toast is set in the ground's colour on the text's"
    assert contrast(tokens.text3, tokens.sunken) >= 4.5, "what is off"
    assert contrast(tokens.accent, tokens.accenttint) >= 4.5, "a chosen segment"
    assert contrast(tokens.focus, tokens.selection) >= 3, "the ring of a cell in its row"
    for meaning in Meaning:
        assert contrast(tokens.text, tokens.meaning(meaning).bg) >= 7, "the sentence on a band"


def test_high_contrast_keeps_text_above_seven() -> None:
    tokens = ALL[Appearance.CONTRAST]
    for ground in GROUNDS:
        assert min(contrast(colour, getattr(tokens, ground)) for colour in (tokens.text, tokens.text3)) >= 7


def test_no_text_is_smaller_than_twelve() -> None:
    assert min(size for size, _ in SIZES.values()) == 12
    assert {weight for _, weight in SIZES.values()} == {400, 600}
