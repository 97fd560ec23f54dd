"""Passphrases: how good they are in words, changing them, and the sheet that only its number is noted of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.actions import operators, passphrases
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.actions.passphrases import Strength, strength
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import key as keys
from tests.actions.office import Office
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(keys, "derive", lambda text, salt: keys.Key((text.encode() + bytes(20))[:20], salt))
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Strength.NONE),
        ("   ", Strength.NONE),
        ("lille", Strength.WEAK),
        ("mot de passe", Strength.WEAK),
        ("password", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("0123456789", Strength.WEAK),
        ("soleil soleil soleil soleil", Strength.WEAK),
        ("moulin recyclerie", Strength.WEAK),
        ("moulin girafe tambour neige", Strength.FAIR),
        ("moulin girafe tambour neige pastel", Strength.STRONG),
        ("moulin-girafe-tambour-neige-pastel", Strength.STRONG),
        ("Xq7!vR2#mK9z", Strength.STRONG),
    ],
)
def test_strength_is_told_in_words(text: str, found: Strength) -> None:
    assert strength(text) == found
    assert passphrases.STRENGTH_NAMES[found]


@given(st.text(min_size=1, max_size=30), st.text(alphabet="abcdefgh", min_size=4, max_size=8))
def test_a_further_word_never_makes_it_weaker(text: str, word: str) -> None:
    order = list(Strength)
    assert order.index(strength(f"{text} {word}")) >= order.index(strength(text)) - (strength(text) is Strength.NONE)


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def test_each_new_passphrase_is_a_new_key_with_its_own_number(office: Office) -> None:
    assert (passphrases.key_number(office.ctx), passphrases.file_identifier(office.ctx)) == (0, "")
    passphrases.change(office.ctx, "one")
    assert last(office) == "protected the file by a passphrase"
    assert passphrases.key_number(office.ctx) == 1
    first = passphrases.file_identifier(office.ctx)
    passphrases.change(office.ctx, "two")
    assert last(office) == "changed the passphrase"
    assert passphrases.key_number(office.ctx) == 2
    assert passphrases.file_identifier(office.ctx) != first
    passphrases.change(office.ctx, None)
    assert last(office) == "took the passphrase off"
    assert passphrases.key_number(office.ctx) == 0


def test_a_file_made_with_a_passphrase_has_key_one(tmp_path: Path, office: Office) -> None:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.file import Store

    with Store.create(tmp_path / "b.ltu", clock=office.clock, operator="A.", passphrase="one") as store:
        ctx = Context(store, office.ctx.words, office.clock)
        assert passphrases.key_number(ctx) == 1
        passphrases.change(ctx, "two")
        assert passphrases.key_number(ctx) == 2


def test_the_sheet_holds_the_code_and_the_history_its_number_alone(office: Office) -> None:
    passphrases.change(office.ctx, "one")
    code = str(office.store.recovery_code())
    paper = Paper(passphrases.sheet(office.ctx))
    signs = sorted(piece.text for piece in paper.pages[0] if piece.size == 23)
    assert signs == sorted(code.replace("-", ""))
    assert passphrases.file_identifier(office.ctx) in paper.text(0)
    assert passphrases.printed(office.ctx) == 1
    assert last(office) == "printed recovery sheet no. 1"
    assert [path.name for path in office.store.path.parent.iterdir() if path.suffix == ".pdf"] == []


def test_a_file_without_passphrase_has_no_sheet(office: Office) -> None:
    with pytest.raises(UserError) as error:
        passphrases.sheet(office.ctx)
    assert error.value.code == "no_passphrase"


def test_only_an_administrator_changes_the_passphrase_and_prints(office: Office) -> None:
    operators.add_operator(office.ctx, "B.", role="without_health")
    office.store.operator = "B."
    for call in (lambda: passphrases.change(office.ctx, "x"), lambda: passphrases.sheet(office.ctx)):
        with pytest.raises(UserError) as error:
            call()
        assert error.value.code == "administrators_only"
    assert not office.store.encrypted
