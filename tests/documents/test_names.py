"""Names of files: fixed patterns, no accent, no person, and never over an existing file."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.documents import names
from ltu_desktop.rules.errors import UserError


def test_names_of_the_specification() -> None:
    assert names.claim_file("2026-10", 1, "pdf") == "demande-cde-2026-10-v1.pdf"
    assert names.claim_file("2026-10", 2, "xlsx", sealed=False) == "demande-cde-2026-10-v2-projet.xlsx"


@given(st.text(max_size=200))
def test_a_slug_is_a_safe_part_of_a_name(text: str) -> None:
    made = names.slug(text)
    assert len(made) <= 60
    assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in made)
    assert made == made.strip("-")
    assert names.slug(made) == made


def test_letters_keep_their_sound() -> None:
    assert names.slug("Œuvre d’Été, ÆØ Straße") == "oeuvre-d-ete-aeo-strasse"


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    paths = [names.write_new(tmp_path, "a-2026.10.pdf", content) for content in (b"1", b"2", b"3")]
    assert [path.name for path in paths] == ["a-2026.10.pdf", "a-2026.10-2.pdf", "a-2026.10-3.pdf"]
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]


def test_a_name_taken_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"theirs")
    offered = iter([tmp_path / "a.pdf", tmp_path / "a-2.pdf"])
    monkeypatch.setattr(names, "free_path", lambda *_: next(offered))
    assert names.write_new(tmp_path, "a.pdf", b"ours").name == "a-2.pdf"
    assert (tmp_path / "a.pdf").read_bytes() == b"theirs"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        names.write_new(tmp_path / "gone", "a.pdf", b"")
    assert caught.value.code == "cannot_write"
    assert caught.value.where == str(tmp_path / "gone")


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "full"), (errno.EACCES, "written")])
def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    real = Path.open

    def failing(path: Path, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        file = real(path, mode, *args, **kwargs)

        class Full:
            def __enter__(self) -> Self:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def close(self) -> None:
                file.close()

            def write(self, _content: bytes) -> None:
                raise OSError(number, "no")

        return Full()

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(UserError, match=said):
        names.write_new(tmp_path, "a.pdf", b"content")
    assert not list(tmp_path.iterdir())
