"""The key of an encrypted file: from a passphrase or a printed recovery code to SQLCipher's raw key.

    salt    = the file's first 16 bytes: `LTU1` and 12 random bytes
    secret  = scrypt(passphrase in NFKC, salt, n=2**16, r=8, p=1), 160 bits
    raw key = HKDF-SHA-256(secret, "ltu key"), 256 bits

The recovery code *is* the secret, in Crockford's base32: nothing is kept beside the file or in it, so the one file
stays one file. A new passphrase means a new salt, hence a new secret, a new code and a newly written file: neither the
old passphrase nor the old code opens it. That is the gain over a wrapped key, which an old code would open for ever.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field

from ltu_desktop.rules.errors import N_, UserError

MAGIC = b"LTU1"
SALT_SIZE = 16
SECRET_SIZE = 20
GROUPS = 8
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Key:
    """What opens an encrypted file; never printed, never logged."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def literal(self) -> str:
        """The key and salt as SQLCipher takes them in `PRAGMA key` and `ATTACH … KEY`: without derivation."""
        extracted = hmac.digest(bytes(32), self.secret, "sha256")
        raw = hmac.digest(extracted, b"ltu key\x01", "sha256")
        return f"x'{raw.hex()}{self.salt.hex()}'"

    @property
    def recovery_code(self) -> str:
        """The secret for paper: 8 groups of 4 characters and a check character."""
        return write_code(self.secret)


def identifier(salt: bytes) -> str:
    """Name a file by its salt, for the recovery sheet and the page that asks for its code: `3C9F-71`."""
    text = salt[len(MAGIC) : len(MAGIC) + 3].hex().upper()
    return f"{text[:4]}-{text[4:]}"


def new_salt() -> bytes:
    """Return a salt for a new file; its first bytes tell that the file is ours."""
    return MAGIC + secrets.token_bytes(SALT_SIZE - len(MAGIC))


def derive(passphrase: str, salt: bytes) -> Key:
    """Derive the key from a passphrase (0.2 s and 64 MB by intent); raise UserError when it is empty."""
    if not passphrase:
        raise UserError("passphrase_empty", N_("The passphrase is empty."), N_("Choose a passphrase."))
    text = unicodedata.normalize("NFKC", passphrase).encode()
    secret = hashlib.scrypt(text, salt=salt, n=2**16, r=8, p=1, maxmem=2**27, dklen=SECRET_SIZE)
    return Key(secret, salt)


def candidates(text: str, salt: bytes) -> list[Key]:
    """Return the keys that a typed text may mean, the likelier first: a recovery code, a passphrase."""
    secret = read_code(text)
    as_code = [Key(secret, salt)] if secret is not None else []
    return [*as_code, derive(text, salt)]


def write_code(secret: bytes) -> str:
    """Write a secret of 20 bytes as a recovery code."""
    value = int.from_bytes(secret)
    digits = [(value >> shift) & 31 for shift in range(155, -1, -5)]
    groups = [digits[at : at + 4] for at in range(0, 32, 4)]
    return "-".join(
        "".join(_DIGITS[digit] for digit in [*group, _check(number, group)]) for number, group in enumerate(groups, 1)
    )


def read_code(text: str) -> bytes | None:
    """Read a recovery code (case, spaces, hyphens, O for 0, I and L for 1 do not matter); None when it is none."""
    groups = _groups(text)
    if groups is None or wrong_groups(text):
        return None
    value = 0
    for group in groups:
        for digit in group[:4]:
            value = value << 5 | _DIGITS.index(digit)
    return value.to_bytes(SECRET_SIZE)


def wrong_groups(text: str) -> list[int]:
    """Return the numbers (1 to 8) of the groups that hold a slip; empty also when the text is no code at all.

    A text counts as a code when it has eight groups of which at least half are right.
    """
    groups = _groups(text)
    if groups is None:
        return []
    wrong = [number for number, group in enumerate(groups, 1) if not _right(number, group)]
    return wrong if len(wrong) <= GROUPS // 2 else []


def _groups(text: str) -> list[str] | None:
    groups = re.split(r"[\s\-‐–—]+", _plain(text))  # noqa: RUF001  the hyphens that word processors write
    if len(groups) == 1 and len(groups[0]) == GROUPS * 5:
        groups = [groups[0][at : at + 5] for at in range(0, GROUPS * 5, 5)]
    if len(groups) != GROUPS or sum(_right(number, group) for number, group in enumerate(groups, 1)) < GROUPS // 2:
        return None
    return groups


def right_group(number: int, text: str) -> bool:
    """Tell whether a typed group (1 to 8) of a recovery code has the check character that it must have."""
    return _right(number, _plain(text))


def split_code(text: str) -> list[str]:
    """Part a text that is pasted or read by a code reader into groups of five characters, as they are typed."""
    plain = re.sub(r"[\s\-‐–—]+", "", _plain(text))  # noqa: RUF001  the hyphens that word processors write
    return [plain[at : at + 5] for at in range(0, len(plain), 5)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES).strip()


def _right(number: int, group: str) -> bool:
    if len(group) != 5 or not set(group) <= set(_DIGITS):
        return False
    *digits, check = (_DIGITS.index(digit) for digit in group)
    return check == _check(number, digits)


def _check(number: int, digits: list[int]) -> int:
    """Weigh the digits in the field of 32 elements: finds each wrong digit, each swap of two, each swap of groups."""
    total = number
    for weight, digit in enumerate(digits, 1):
        product = digit
        for _ in range(weight):
            product = product << 1 ^ (0b100101 if product & 16 else 0)
        total ^= product
    return total
