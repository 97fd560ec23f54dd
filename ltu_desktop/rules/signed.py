"""Signed files: what is brought on a key is believed only when its maker signed it (Ed25519, by libsodium).

A signed file is one line `LTU Desktop signed 1`, the signer's name, the signature in hexadecimal, and the content:

    LTU Desktop signed 1
    signer: LTU Desktop 2026
    signature: 3a5f…
    (an empty line)
    the content, to the end of the file
"""

from __future__ import annotations

import re
import tomllib
from typing import Final

from ltu_desktop import RESOURCES
from ltu_desktop.rules.errors import N_, UserError

HEAD: Final = b"LTU Desktop signed 1\n"
_FORM: Final = re.compile(rb"LTU Desktop signed 1\nsigner: ([^\n]{1,80})\nsignature: ([0-9a-f]{128})\n\n")
FAKED: Final = N_("Do not use it. Ask for it again where it comes from.")


def signers() -> dict[str, bytes]:
    """Return the public keys that the program believes, by the signer's name."""
    with (RESOURCES / "signers.toml").open("rb") as file:
        return {each["name"]: bytes.fromhex(each["public"]) for each in tomllib.load(file)["signer"]}


def open_signed(data: bytes, where: str) -> bytes:
    """Return the content of a signed file.

    Raises UserError "not_signed", "unknown_signer" or "bad_signature"; nothing of the content was looked at then.
    """
    found = _FORM.match(data)
    if found is None:
        raise UserError(
            "not_signed",
            N_("this is not a file that LTU Desktop signs."),
            mend=N_("Choose the file as it was delivered; its name ends in .ltupack."),
            where=where,
        )
    name, content = found[1].decode("utf-8", "replace"), data[found.end() :]
    key = signers().get(name)
    if key is None:
        raise UserError(
            "unknown_signer",
            N_("it is signed by “{name}”, whom this version of the program does not know."),
            mend=N_("Install the newest version of the program, or ask for the file where it comes from."),
            where=where,
            params={"name": name},
        )
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(name.encode() + b"\n" + content, bytes.fromhex(found[2].decode("ascii")))
    except BadSignatureError as error:
        raise UserError(
            "bad_signature", N_("its signature does not fit: it was changed on the way."), mend=FAKED, where=where
        ) from error
    return content


def sign(content: bytes, name: str, secret: bytes) -> bytes:
    """Return a signed file; `secret` is the signer's private key (32 bytes). For those who publish."""
    from nacl.signing import SigningKey

    signature = SigningKey(secret).sign(name.encode() + b"\n" + content).signature
    return HEAD + f"signer: {name}\nsignature: {signature.hex()}\n\n".encode() + content
