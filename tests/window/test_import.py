"""Imports: seen before written, decided line by line, one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ltu_desktop.queries.people import people
from ltu_desktop.window import dialogs
from ltu_desktop.window.import_page import ImportPage
from ltu_desktop.window.import_rows import CHANGED, NEW, QUESTION, REFUSED, UNCHANGED
from ltu_desktop.window.pieces import Link

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk

STAFF = """Matricule;Nom;Prénom;Date de naissance;Statut;Heures hebdo;Date d'entrée
0011;Adjaoud;Lydia;;PPDE;35;
0018;Allard;Patrick;;Autre;28;
9001;Nouvelle;Zoé;02/03/1980;PPDE;28;01/10/2026
;Benali;Nadia;01/02/1970;PPDE;28;01/10/2026
;;;;PPDE;28;01/10/2026
"""
HOURS = """Matricule;Mois;Heures payées
0011;11/2026;151,67
0018;11/2026;100,00
"""


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def staff(month: Desk) -> Path:
    path = month.folder / "personnel.csv"
    path.write_text(STAFF, "utf-8")
    return path


def shown(month: Desk, path: Path, purpose: str = "people") -> ImportPage:
    page = month.go("import", purpose)
    assert isinstance(page, ImportPage)
    page.read(path)
    month.rest()
    assert month.frame.trouble.text == ""
    return page


def states(page: ImportPage) -> list[str]:
    return [line.state for line in page.preview.model.rows() if line.row is None]


def register(month: Desk) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    desk = month.frame.desk
    desk.read(
        lambda connection: people(connection, desk.month),
        lambda rows: found.update({each.list_name: each.status for each in rows}),
    )
    month.rest()
    return found


def test_a_folded_group_says_that_there_is_something_to_read_in_it(month: Desk, staff: Path) -> None:
    staff.write_text("Matricule;Nom;Prénom;Statut;Heures hebdo\n0011;Adjaoud;Lydia;PPDE;28\n", "utf-8")
    page = shown(month, staff)
    (head,) = page.preview.model.rows()
    cell = page.preview.model.columns[0].cell(head)
    assert (head.state, cell.quiet, cell.icon) == (UNCHANGED, "1  ·  rien ne change  ·  1 remarque", "caret-right")
    QTest.keyClick(page.preview.table, Qt.Key.Key_Space)
    assert page.preview.model.columns[0].cell(page.preview.model.rows()[0]).icon == "caret-down"


def test_asks_for_a_file_first(month: Desk, staff: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: staff)
    month.frame.commands.do("people.import")
    page = month.frame.page
    assert isinstance(page, ImportPage)
    assert page.head.title.text() == "Importer des personnes"
    assert QApplication.focusWidget() is page.choose_button
    QTest.keyClick(page.choose_button, Qt.Key.Key_Space)
    month.rest()
    assert page.plan is not None
    assert QApplication.focusWidget() is page.preview.table


def test_shows_what_needs_a_decision_first_and_writes_nothing(month: Desk, staff: Path) -> None:
    before = register(month)
    page = shown(month, staff)
    assert states(page) == [REFUSED, QUESTION, CHANGED, NEW, UNCHANGED]
    assert page.preview.foot.ready.text() == "2 personnes prêtes", "what is unchanged is not counted"
    assert page.preview.foot.refused.text() == "1 refusée"
    assert page.preview.foot.asked.text() == "1 à décider"
    assert register(month) == before
    said = [
        page.preview.model.columns[3].say(line)
        for line in page.preview.model.rows()
        if line.state == REFUSED and line.row
    ]
    assert said == ["Ni nom ni matricule sur cette ligne."]
    column = next(each for each in page.preview.model.columns if each.code == "name")
    refused = next(line for line in page.preview.model.rows() if line.state == REFUSED and line.row)
    assert column.cell(refused).text == "ligne 6", "it is to be found in the file again"
    assert not [line for line in page.preview.model.rows() if line.state == UNCHANGED and line.row], (
        "nothing to do is folded"
    )


def test_only_what_can_be_done_with_a_line_is_offered(month: Desk, staff: Path) -> None:
    page = shown(month, staff)
    lines = [line for line in page.preview.model.rows() if line.row and line.first and line.state != REFUSED]
    fixed = {line.state: page.preview.model.columns[0].cell(line).fixed for line in lines}
    assert fixed == {QUESTION: True, CHANGED: False, NEW: False}
    assert [said for _, said in page.hints()] == ["prendre ou laisser la ligne", "refus suivant"]
    staff.write_text("Matricule;Nom;Prénom;Statut\n9000;Benali;Nadia;PPDE\n", "utf-8")
    page = shown(month, staff)
    assert states(page) == [QUESTION]
    assert [said for _, said in page.hints()] == ["point suivant"]


def test_a_question_must_be_answered_before_importing(month: Desk, staff: Path) -> None:
    page = shown(month, staff)
    assert not month.frame.commands.on("import.apply")
    assert "Identifiez d’abord 1 personne" in month.frame.commands.reasons["import.apply"]
    assert any("Identifiez d’abord 1 personne" in each.text() for each in page.preview.facts.findChildren(QLabel))
    month.frame.commands.do("import.next_refused")
    month.frame.commands.do("import.next_refused")
    line = page.preview.table.current_row()
    assert line.state == QUESTION
    code = next(each for each in page.preview.model.columns if each.code == "field")
    assert code.cell(line).text == "Qui est-ce\u202f? Peut-être 0046 BENALI Nadia"
    menu = page.preview.question_menu(line.row)
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "C’est BENALI Nadia (n°\u00a00046)"
    assert "Une nouvelle personne" in texts
    menu.actions()[0].trigger()
    menu.deleteLater()
    month.rest()
    assert QUESTION not in states(page)
    assert month.frame.commands.on("import.apply")


def test_of_thousands_of_new_sites_a_few_are_told_and_the_next_when_asked_for(month: Desk, staff: Path) -> None:
    lines = [f"8{at:03d};Nouvelle{at};Zoé;PPDE;Lieu {at}" for at in range(50)]
    staff.write_text("\n".join(["Matricule;Nom;Prénom;Statut;Site", *lines]), "utf-8")
    page = shown(month, staff)
    told = [20]
    for said in ("Afficher 20 points de plus", "Afficher 10 points de plus"):
        (more,) = page.preview.facts.findChildren(Link)
        assert more.text() == said
        QTest.keyClick(more, Qt.Key.Key_Space)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        month.rest()
        told.append(sum("Lieu" in each.text() for each in page.preview.facts.findChildren(QLabel)))
    assert told == [20, 40, 50]
    assert not page.preview.facts.findChildren(Link)


def test_space_leaves_a_line_and_ctrl_enter_imports_the_rest(month: Desk, staff: Path) -> None:
    page = shown(month, staff)
    question = next(line for line in page.preview.model.rows() if line.row is not None and line.state == QUESTION)
    assert question.row is not None
    menu = page.preview.question_menu(question.row)
    menu.actions()[-1].trigger()
    menu.deleteLater()
    changed = next(line for line in page.preview.model.rows() if line.row is not None and line.state == CHANGED)
    page.preview.table.choose(changed.key)
    page.preview.table.setFocus()
    QTest.keyClick(page.preview.table, Qt.Key.Key_Space)
    assert page.preview.foot.ready.text() == "1 personne prête"
    assert page.preview.foot.apply_button.text() == "Importer 1 personne"
    before = register(month)
    QTest.keyClick(month.frame, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    month.rest()
    after = register(month)
    assert set(after) - set(before) == {"NOUVELLE Zoé"}
    assert after["ALLARD Patrick"] == "ppde", "the line that was left stays as it was"
    assert month.frame.page is month.frame.pages["people"]
    QTest.keyClick(month.frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    month.rest()
    assert register(month) == before
    month.frame.toast.hide()


def test_hours_are_controlled_and_lead_to_the_months_claim(month: Desk) -> None:
    path = month.folder / "heures.csv"
    path.write_text(HOURS, "utf-8")
    page = shown(month, path, "payroll")
    said = [each.text() for each in page.preview.facts.findChildren(QLabel)]
    assert "Aucune heure perdue" in said
    assert "251,67" in said
    month.frame.commands.do("import.apply")
    month.rest()
    assert month.frame.page is month.frame.pages["claim"]
    assert str(month.frame.desk.month) == "2026-11"
    month.frame.toast.hide()


def test_segments_and_filter_narrow_the_preview(month: Desk, staff: Path) -> None:
    page = shown(month, staff)
    page.preview.segments._parts[4].click()
    assert {line.state for line in page.preview.model.rows()} == {NEW}
    page.preview.segments._parts[0].click()
    QTest.keyClicks(page.preview.search, "allard")
    assert {line.row.name for line in page.preview.model.rows() if line.row is not None} == {"ALLARD Patrick"}


def test_the_same_file_again_changes_nothing(month: Desk) -> None:
    path = month.folder / "connu.csv"
    path.write_text("Matricule;Nom;Prénom\n0011;Adjaoud;Lydia\n", "utf-8")
    page = shown(month, path)
    assert month.frame.commands.reasons["import.apply"] == "Rien de nouveau dans ce fichier."
    told = [each.text() for each in page.preview.facts.findChildren(QLabel) if each.isVisible()]
    assert "Rien n’est encore écrit." not in told, "there is nothing to be written"
    assert page.hints() == [], "no line can be taken, none is refused, nothing can be imported"


def test_an_unreadable_file_is_told_and_another_can_be_chosen(month: Desk) -> None:
    path = month.folder / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    page = month.go("import", "people")
    assert isinstance(page, ImportPage)
    page.read(path)
    month.rest()
    assert "photo.png" in month.frame.trouble.text
    assert page.body.currentIndex() == 0
    month.frame.commands.do("view.back")
    assert month.frame.trouble.text == ""


def test_a_file_dropped_on_a_page_leads_back_to_it(month: Desk) -> None:
    month.go("people")
    frame = month.frame
    for _again in range(2):
        frame.take_file(month.folder / "nothing.txt")
        month.rest()
        assert frame.page is frame.pages["import"]
        assert frame.navigation.buttons["page.people"].isChecked()
    frame.trouble.dismiss()
    frame.commands.do("view.back")
    assert frame.page is frame.pages["people"]
