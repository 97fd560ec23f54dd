from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import key as keys

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=20, max_size=20)
SALT = b"LTU1" + bytes(range(12))
RAW = "534a3768762c89f954a60a4fea86238252063a9469e6b48f9dcb8deabca52ecb"
CODE = "W8GBC-4N6J9-P1DS0-5BH1B-QZ34F-GRQDB-PDJ51-86Q43"


def test_key_of_a_passphrase_is_the_one_written_down() -> None:
    # computed with `openssl kdf … SCRYPT` and `openssl kdf … HKDF`; guards the format for ever
    key = keys.derive("Étoile du matin", SALT)
    assert key.secret.hex() == keys.derive("E\u0301toile du matin", SALT).secret.hex()  # NFKC
    assert key.literal == f"x'{RAW}{SALT.hex()}'"
    assert key.recovery_code == CODE


def test_another_salt_gives_another_key() -> None:
    salts = {keys.new_salt() for _ in range(50)}
    assert len(salts) == 50
    assert all(len(salt) == 16 and salt.startswith(b"LTU1") for salt in salts)


def test_key_never_shows_itself() -> None:
    assert "secret" not in repr(keys.Key(b"secret" * 4, SALT))


def test_empty_passphrase_is_refused() -> None:
    with pytest.raises(UserError, match="empty"):
        keys.derive("", SALT)


@given(secrets)
def test_code_comes_back(secret: bytes) -> None:
    code = keys.write_code(secret)
    groups = code.split("-")
    assert [len(group) for group in groups] == [5] * 8
    assert set("".join(groups)) <= set(CROCKFORD)
    assert keys.read_code(code) == secret
    assert keys.read_code(code.replace("-", "")) == secret
    assert keys.read_code(f"  {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ") == secret
    assert keys.wrong_groups(code) == []


@given(secrets, st.integers(0, 39), st.integers(1, 31))
def test_each_wrong_character_is_found_in_its_group(secret: bytes, at: int, shift: int) -> None:
    text = keys.write_code(secret).replace("-", "")
    other = CROCKFORD[(CROCKFORD.index(text[at]) + shift) % 32]
    slipped = text[:at] + other + text[at + 1 :]
    assert keys.wrong_groups(slipped) == [at // 5 + 1]
    assert keys.read_code(slipped) is None


@given(secrets, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_each_swap_of_two_characters_is_found(secret: bytes, group: int, one: int, other: int) -> None:
    groups = [list(part) for part in keys.write_code(secret).split("-")]
    groups[group][one], groups[group][other] = groups[group][other], groups[group][one]
    slipped = "-".join("".join(part) for part in groups)
    expected = [] if slipped == keys.write_code(secret) else [group + 1]
    assert keys.wrong_groups(slipped) == expected


@given(secrets, st.integers(0, 7), st.integers(0, 7))
def test_swapped_groups_are_found(secret: bytes, one: int, other: int) -> None:
    groups = keys.write_code(secret).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    right = groups == keys.write_code(secret).split("-")
    assert keys.wrong_groups("-".join(groups)) == ([] if right else sorted({one + 1, other + 1}))


@pytest.mark.parametrize(
    ("group", "why"), [("ABC", "too short"), ("ABCDEF", "too long"), ("AB*DE", "no letter"), ("ABUDE", "U is not used")]
)
def test_group_of_another_shape_is_named(group: str, why: str) -> None:
    groups = keys.write_code(bytes(range(20))).split("-")
    groups[4] = group
    assert keys.wrong_groups("-".join(groups)) == [5], why
    assert keys.read_code("-".join(groups)) is None


def test_passphrase_of_eight_words_is_no_code() -> None:
    text = "le chat noir dort sur le vieux mur"
    assert keys.wrong_groups(text) == []
    assert keys.read_code(text) is None
    assert len(keys.candidates(text, SALT)) == 1


def test_code_is_tried_first_then_as_passphrase() -> None:
    code = keys.write_code(bytes(range(20)))
    first, second = keys.candidates(code, SALT)
    assert first.secret == bytes(range(20))
    assert second == keys.derive(code, SALT)


def test_each_group_is_checked_by_itself_as_it_is_typed() -> None:
    groups = keys.write_code(bytes(range(20))).split("-")
    assert all(keys.right_group(number, group.lower()) for number, group in enumerate(groups, 1))
    assert not keys.right_group(2, groups[0]), "a group knows its place"
    assert not keys.right_group(1, groups[0][:4])
    swapped = groups[5][1] + groups[5][0] + groups[5][2:]
    assert keys.right_group(6, swapped) is (swapped == groups[5])


def test_a_pasted_code_is_parted_into_groups() -> None:
    code = keys.write_code(bytes(range(20)))
    groups = code.split("-")
    assert keys.split_code(code) == groups
    assert keys.split_code(f" {code.replace('-', ' ').lower()} ") == groups
    assert keys.split_code("".join(groups)) == groups
    assert keys.split_code("o1") == ["01"]
    assert keys.split_code(" ") == []


def test_a_file_is_called_by_its_salt() -> None:
    salt = keys.MAGIC + bytes.fromhex("3c9f71") + bytes(9)
    assert keys.identifier(salt) == "3C9F-71"
    assert keys.identifier(keys.new_salt()) != keys.identifier(keys.new_salt())
