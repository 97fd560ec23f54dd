"""The language of the documents is the file's, not the window's: exports are written in it, whoever asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claim_export, paper
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.rules.errors import UserError
from ltu_desktop.words import Words
from tests.claim_world import OCTOBER, ready

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_choice_documents_speak_as_the_window(tmp_path: Path) -> None:
    world = ready(tmp_path / "a.ltu")
    assert world.ctx.paper.language == "fr"
    assert replace(world.ctx, words=Words("en")).paper.language == "en"
    world.close()


def test_a_chosen_language_is_kept_in_the_file_and_undone(tmp_path: Path) -> None:
    world = ready(tmp_path / "a.ltu")
    english = replace(world.ctx, words=Words("en"))
    paper.set_language(world.ctx, "fr")
    assert english.paper.language == "fr"
    paper.set_language(world.ctx, "en")
    assert world.ctx.paper.language == "en"
    assert phrase(world.ctx.words, world.store.entries()[0]) == "a choisi la langue des documents\u00a0: anglais"
    world.store.undo()
    assert english.paper.language == "fr"
    world.store.undo()
    assert english.paper.language == "en", "nothing is chosen again"
    world.close()


def test_exports_are_written_in_the_files_language_unless_another_is_named(tmp_path: Path) -> None:
    world = ready(tmp_path / "a.ltu")
    paper.set_language(world.ctx, "en")
    written = claim_export.export(world.ctx, OCTOBER, "csv", tmp_path / "en.csv")
    named = claim_export.export(world.ctx, OCTOBER, "csv", tmp_path / "fr.csv", language="fr")
    assert "Staff" in written.path.read_text("utf-8-sig")
    assert "Matr" in named.path.read_text("utf-8-sig")
    world.close()


def test_a_language_without_documents_is_refused(tmp_path: Path) -> None:
    world = ready(tmp_path / "a.ltu")
    with pytest.raises(UserError) as error:
        paper.set_language(world.ctx, "nl")
    assert "fr, en" in world.ctx.words.error(error.value)
    world.close()
