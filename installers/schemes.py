"""Sign what is brought to offices on a key: rules packs, and built programs. For those who publish.

    .venv/bin/python installers/schemes.py key PRIVATE-FILE                    make a key; prints its public part
    .venv/bin/python installers/schemes.py pack SCHEME PRIVATE-FILE OUT.ltupack --note-fr TEXT --note-en TEXT
    .venv/bin/python installers/schemes.py program SETUP PRIVATE-FILE          sign a built program: SETUP.ltusig

A pack is made of `resources/schemes/SCHEME` as it is in the checkout: enter the new values with their sources, prove
them by cases, raise the number in `edition.toml`, run the tests, then sign. The private file is 64 hexadecimal digits;
keep it off the network and out of the checkout. Its public part stands in `resources/signers.toml`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from ltu_desktop import __version__  # noqa: E402  the path comes first
from ltu_desktop.rules import pack_files, packs, signed  # noqa: E402

SIGNER = "LTU Desktop 2026"


def secret_of(file: Path) -> bytes:
    """Read a private key."""
    return bytes.fromhex(file.read_text(encoding="ascii").strip())


def make_key(file: Path) -> str:
    """Write a new private key where none is, readable by its owner only; return the public one."""
    from nacl.signing import SigningKey

    key = SigningKey.generate()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as target:
        target.write(key.encode().hex() + "\n")
    return key.verify_key.encode().hex()


def make_pack(code: str, note: dict[str, str]) -> bytes:
    """Return the content of a pack file, as the checkout's scheme is now."""
    folder = packs.shipped_folder(code)
    edition = pack_files.shipped(code)
    pack = pack_files.PackFile(code, edition.number, edition.issued, packs.ENGINE, note, packs.texts_of(folder))
    packs.load_texts(pack.files, folder)
    return pack_files.write_pack(pack)


def describe(program: Path, version: str = __version__) -> bytes:
    """Return what is signed of a built program: its name, version, size and SHA-256."""
    with program.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    told = {"name": program.name, "version": version, "size": program.stat().st_size, "sha256": digest}
    return msgspec.json.encode(told)


def main(arguments: list[str]) -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(dest="way", required=True)
    key = ways.add_parser("key")
    key.add_argument("private", type=Path)
    pack = ways.add_parser("pack")
    pack.add_argument("scheme", choices=packs.codes())
    pack.add_argument("private", type=Path)
    pack.add_argument("out", type=Path)
    pack.add_argument("--note-fr", required=True)
    pack.add_argument("--note-en", required=True)
    program = ways.add_parser("program")
    program.add_argument("setup", type=Path)
    program.add_argument("private", type=Path)
    given = parser.parse_args(arguments)
    if given.way == "key":
        print(f'[[signer]]\nname = "{SIGNER}"\npublic = "{make_key(given.private)}"')
        return 0
    secret = secret_of(given.private)
    if given.way == "pack":
        note = {"fr": given.note_fr, "en": given.note_en}
        given.out.write_bytes(signed.sign(make_pack(given.scheme, note), SIGNER, secret))
        print(given.out)
        return 0
    target = given.setup.with_name(given.setup.name + ".ltusig")
    target.write_bytes(signed.sign(describe(given.setup), SIGNER, secret))
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
