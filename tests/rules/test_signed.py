"""Signed files: only what a known signer signed, unchanged, is believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules import pack_files, signed
from ltu_desktop.rules.errors import UserError
from tests.pack_world import SECRET, SIGNER, Bench, bench

__all__ = ["bench"]


@pytest.mark.parametrize(
    ("secret", "public", "message", "signature"),
    [  # RFC 8032, 7.1, tests 1 and 2: the scheme is the one that everybody means by Ed25519
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_the_library_signs_as_the_standard_says(secret: str, public: str, message: str, signature: str) -> None:
    from nacl.signing import SigningKey

    key = SigningKey(bytes.fromhex(secret))
    assert key.verify_key.encode().hex() == public
    assert key.sign(bytes.fromhex(message)).signature.hex() == signature


@pytest.mark.usefixtures("bench")
def test_what_was_signed_comes_back_as_it_was() -> None:
    content = "é\n\nsigner: x\n".encode() * 3
    assert signed.open_signed(signed.sign(content, SIGNER, SECRET), "x") == content


@pytest.mark.usefixtures("bench")
@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: data[:-1], "bad_signature"),
        (lambda data: data + b" ", "bad_signature"),
        (lambda data: data.replace(b"content", b"c0ntent"), "bad_signature"),
        (lambda data: data.replace(b"signer: Essai", b"signer: Autre"), "unknown_signer"),
        (lambda data: data.replace(b"signed 1", b"signed 2"), "not_signed"),
        (lambda data: data.replace(b"\n\n", b"\n"), "not_signed"),
        (lambda _data: b"", "not_signed"),
        (lambda data: data.upper(), "not_signed"),
    ],
)
def test_what_was_changed_is_refused(spoil: object, code: str) -> None:
    assert callable(spoil)
    data = spoil(signed.sign(b"the content", SIGNER, SECRET))
    with pytest.raises(UserError) as refused:
        signed.open_signed(data, "pack.ltupack")
    assert (refused.value.code, refused.value.where) == (code, "pack.ltupack")
    assert refused.value.mend


@given(at=st.integers(0, 2000), bit=st.integers(0, 7))
def test_no_bit_can_be_changed(at: int, bit: int) -> None:
    data = bytearray(signed.sign(b"x" * 500, SIGNER, SECRET))
    data[at % len(data)] ^= 1 << bit
    with pytest.MonkeyPatch.context() as patch:
        from nacl.signing import SigningKey

        patch.setattr(signed, "signers", lambda: {SIGNER: SigningKey(SECRET).verify_key.encode()})
        with pytest.raises(UserError):
            signed.open_signed(bytes(data), "x")


def test_another_persons_key_is_not_believed(bench: Bench) -> None:
    data = signed.sign(b"the content", SIGNER, bytes(32))
    with pytest.raises(UserError) as refused:
        signed.open_signed(data, str(bench.folder))
    assert refused.value.code == "bad_signature"


def test_the_program_knows_at_least_one_signer() -> None:
    known = signed.signers()
    assert known
    assert all(len(key) == 32 for key in known.values())


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"code": "fr-tzcld"}', b"\xff"])
def test_a_signed_file_of_another_kind_is_no_pack(bench: Bench, content: bytes) -> None:
    with pytest.raises(UserError) as refused:
        pack_files.read_pack(signed.sign(content, SIGNER, SECRET), Path("x.ltupack"))
    assert refused.value.code == "bad_pack_file"


def test_a_huge_file_is_not_even_read_as_a_signature(bench: Bench) -> None:
    with pytest.raises(UserError) as refused:
        pack_files.read_pack(b" " * (pack_files.LARGEST + 1), Path("x.ltupack"))
    assert refused.value.code == "bad_pack_file"
