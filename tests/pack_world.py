"""Rules packs for tests: signed with a key of the test's own, kept on a shelf of the test's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from ltu_desktop import places
from ltu_desktop.rules import pack_files, packs, signed

CODE = "fr-tzcld"
SIGNER = "Essai"
SECRET = bytes(range(32))
PUBLIC = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"  # of SECRET, by RFC 8032's derivation
RATE = '  { from = 2027-01-01, source = "expérimentation prolongée jusqu’au 31/12/2026 : régime 2027 attendu" },'
RATE_2027 = '  { from = 2027-01-01, value = "1.00", source = "arrêté du 15/01/2027" },'


class Bench:
    """A shelf in a test's folder, and packs to put on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def texts(self, *changes: tuple[str, str], file: str = "parameters.toml") -> dict[str, str]:
        """Return the shipped scheme's texts with changes in one of them."""
        texts = packs.texts_of(packs.shipped_folder(CODE))
        for old, new in changes:
            assert old in texts[file]
            texts[file] = texts[file].replace(old, new)
        return texts

    def file(
        self,
        *changes: tuple[str, str],
        edition: int = 2,
        texts: Mapping[str, str] | None = None,
        code: str = CODE,
        engine: str = packs.ENGINE,
        signer: str = SIGNER,
        name: str = "pack.ltupack",
    ) -> Path:
        """Write a signed pack file."""
        pack = pack_files.PackFile(
            code=code,
            edition=edition,
            issued=date(2027, 1, 20),
            engine=engine,
            note={"fr": "Taux 2027.", "en": "Rate of 2027."},
            files=dict(self.texts(*changes) if texts is None else texts),
        )
        path = self.folder / name
        path.write_bytes(signed.sign(pack_files.write_pack(pack), signer, SECRET))
        return path


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Believe the test's key, keep packs in the test's folder, and forget what was loaded before and after."""
    monkeypatch.setattr(signed, "signers", lambda: {SIGNER: bytes.fromhex(PUBLIC)})
    monkeypatch.setattr(places, "data", lambda: tmp_path / "data")
    packs.load.cache_clear()
    yield Bench(tmp_path)
    packs.load.cache_clear()
