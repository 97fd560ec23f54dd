"""Beside the attendance grid: a person's month and sheet, absences by form, the month's closing, the three-way match."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from ltu_desktop.actions.operators import add_operator
from ltu_desktop.window import dialogs
from ltu_desktop.window.attendance_tabs import ABSENCES, HOURS, MATCH, SENDINGS
from ltu_desktop.window.pieces import Link
from tests.studio import wait
from tests.window.attendance_hands import (
    CTRL,
    LEFT,
    NADIA,
    SHIFT,
    THIERRY,
    day,
    kept,
    key,
    middle,
    place,
    seen,
    to,
    toast,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.attendance_page import AttendancePage
    from tests.window.conftest import Desk

K = Qt.Key


@pytest.fixture
def desk(paid_attendance_desk: Desk) -> Desk:
    return paid_attendance_desk


def drop(widget: QWidget, path: Path) -> None:
    """Drop a file on a panel, as the mouse does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    widget.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier))


def choose(box: object, code: str) -> None:
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(code))


def fill(edit: object, text: str) -> None:
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


# ---- the person's month ----


def test_the_person_s_month_follows_the_grid(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 30)
    key(K.Key_F4)
    desk.rest()
    panel = page.panels.person
    assert panel.isVisible()
    assert panel.title.text() == "BENALI Nadia"
    assert (panel.received.isChecked(), panel.signed.isChecked()) == (True, True)
    assert panel.said == [
        "vide → CP · 12 nov. 10:42, Nadia Roussel a saisi 24 cases de présence, plusieurs personnes, octobre 2026"
    ]
    page.grid.setFocus()
    to(page, THIERRY, 27)
    wait(desk.frame, 200)
    assert panel.title.text() == "BAILLEUL Thierry"
    assert (panel.received.isChecked(), panel.signed.isEnabled()) == (False, False)
    key(K.Key_Escape)
    assert (panel.isVisible(), QApplication.focusWidget()) == (False, page.grid)


def test_a_sheet_is_noted_and_its_scan_is_dropped(desk: Desk, page: AttendancePage, tmp_path: Path) -> None:
    to(page, THIERRY, 1)
    x = page.grid.view.layout.totals_x + sum(page.grid.view.layout.totals) - 10
    spot = middle(page, place(page, THIERRY, 1))
    spot.setX(x)
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=spot)  # on the state of the sheet
    desk.rest()
    panel = page.panels.person
    panel.received.click()
    desk.rest()
    assert toast(desk) == "Enregistré pour BAILLEUL Thierry"
    assert page.grid.view.teams[0].sheets == "2 feuilles manquent"
    assert (panel.received.isChecked(), panel.signed.isChecked()) == (True, False)
    panel.signed.click()
    desk.rest()
    row = page.row_here()
    assert row is not None
    assert row.sheet is not None
    assert row.sheet.signed
    scan = tmp_path / "feuille-0102.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    drop(panel, scan)
    desk.rest()
    assert "Ouvrir une copie de feuille-0102.pdf" in [each.accessibleName() for each in panel.findChildren(Link)]
    row = page.row_here()
    assert row is not None
    assert row.sheet is not None
    assert row.sheet.attachments == 1


def test_the_history_of_a_cell_tells_who_changed_it(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 20)
    write("3")
    key(K.Key_Return)
    to(page, NADIA, 20)
    key(K.Key_Delete)
    to(page, NADIA, 20)
    key(K.Key_F4)
    desk.rest()
    told = page.panels.person.said
    assert len(told) == 2
    assert [each.split(" · ")[0] for each in told] == ["3 → vide", "7 → 3"]
    assert all("a saisi 1 case de présence, 0020, 20/10/2026" in each for each in told)


def test_the_history_of_a_cell_tells_what_it_became(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 20)
    for text in ("4 CP", "MAL", "5"):
        write(text)
        key(K.Key_Return)
        to(page, NADIA, 20)
    key(K.Key_Z, CTRL)
    desk.rest()
    to(page, NADIA, 20)
    key(K.Key_F4)
    desk.rest()
    turns = [each.split(" · ")[0] for each in page.panels.person.said]
    assert turns[:4] == ["5 → MAL", "MAL → 5", "4 CP → MAL", "7 → 4 CP"]


# ---- absences ----


def test_an_absence_by_form_says_its_effect_before_it_is_saved(
    desk: Desk, page: AttendancePage, tmp_path: Path
) -> None:
    to(page, NADIA, 22)
    key(K.Key_Right, SHIFT, 4)  # Thursday to Monday
    key(K.Key_N, CTRL)
    form = page.panels.absence
    assert QApplication.focusWidget() is form.fields["kind"].widget
    assert not form.save_button.isEnabled()
    choose(form.fields["kind"].widget, "sick_unpaid")
    wait(desk.frame, 350)
    assert form.plan is not None
    assert (form.plan.minutes, form.plan.worked) == (3 * 420, 3 * 420)
    texts = [each.text() for each in form.findChildren(QLabel) if each.isVisibleTo(form)]
    assert "3\u00a0j · 21,00\u00a0h".replace("\u00a0j", " j") in texts
    assert any(text.startswith("Demande d’octobre 2026") for text in texts)
    followed = "La paie est déjà importée\u00a0: la demande suit les heures qu’elle a payées."
    assert followed in texts, "why an unpaid absence leaves the claim as it is"
    assert kept(desk, NADIA, day(22)) == (420, ())  # nothing is saved yet
    proof = tmp_path / "arret.pdf"
    proof.write_bytes(b"%PDF-1.4 arret")
    drop(form, proof)
    assert form.proof_name.text() == "arret.pdf"
    form.save_button.click()
    desk.rest()
    assert kept(desk, NADIA, day(22)) == (None, (("sick_unpaid", 420),))
    assert (seen(page, NADIA, 24), seen(page, NADIA, 26)) == ("", "MAL")
    assert toast(desk) == "Enregistré pour BENALI Nadia"
    assert QApplication.focusWidget() is page.grid
    key(K.Key_Z, CTRL)
    desk.rest()
    assert kept(desk, NADIA, day(22)) == (420, ())


def test_the_form_refuses_in_words_at_the_field(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 24)  # a Saturday
    key(K.Key_N, CTRL)
    form = page.panels.absence
    wait(desk.frame, 350)
    assert not form.save_button.isEnabled()
    said = [each.text() for each in form.findChildren(QLabel) if each.isVisibleTo(form)]
    assert any(text.startswith("Rien n’est prévu") for text in said)
    fill(form.fields["first"].widget, "32/10/2026")
    key(K.Key_Return)
    assert form.fields["first"].is_wrong()
    fill(form.fields["first"].widget, "23/10/2026")
    fill(form.fields["last"].widget, "")
    choose(form.fields["part"].widget, "hours")
    fill(form.fields["hours"].widget, "huit")
    key(K.Key_Return)
    assert form.fields["hours"].is_wrong()
    fill(form.fields["hours"].widget, "2:30")
    wait(desk.frame, 350)
    assert form.plan is None or form.plan.minutes == 150
    key(K.Key_Escape)
    assert not form.isVisible()


def test_absences_are_listed_found_and_taken_off(desk: Desk, page: AttendancePage) -> None:
    assert "F2" in desk.frame.status.keys.text()
    page.segments.choose(ABSENCES)
    assert desk.frame.status.keys.text() == "F6\u00a0: panneau suivant", "the grid's keys mean nothing here"
    desk.rest()
    pane = page.tabs.absences
    lines = [
        (each.name, each.stretch.kind, each.stretch.first.day, each.stretch.last.day) for each in pane.model.rows()
    ]
    assert ("AMRANI Samira", "paid_leave", 5, 9) in lines  # over a day that she never works
    assert ("ALLARD Patrick", "sick_unpaid", 12, 13) in lines
    pane.table.setFocus()
    at = next(each for each in pane.model.rows() if each.name == "ALLARD Patrick")
    pane.table.choose((at.person_id, "sick_unpaid", at.stretch.first))
    key(K.Key_Delete)
    desk.rest()
    assert kept(desk, "0101", day(12)) == (None, ())
    assert all(each.name != "ALLARD Patrick" for each in pane.model.rows())
    key(K.Key_Z, CTRL)
    desk.rest()
    at = next(each for each in pane.model.rows() if each.name == "ALLARD Patrick")
    pane.table.choose((at.person_id, "sick_unpaid", at.stretch.first))
    key(K.Key_Return)
    desk.rest()
    assert page.segments.index() == HOURS
    assert page.grid.choice.active == place(page, "0101", 12)
    assert QApplication.focusWidget() is page.grid


# ---- closing ----


def test_what_is_missing_leads_to_its_cell_and_the_month_is_closed_and_opened(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 1)
    desk.frame.commands.do("attendance.close")
    desk.rest()
    panel = page.panels.closing
    assert panel.title.text() == "Clôturer octobre 2026"
    said = [item.accessibleName() for item in panel.items]
    assert said[0] == "BAILLEUL Thierry, 4 jours dès le 26 octobre"
    assert len(said) == 9
    whole = "Dans l’écart\u00a0: −84,00 h de jours sans saisie, −13,50 h de saisies qui diffèrent du prévu."
    assert whole in [each.text() for each in panel.findChildren(QLabel)]
    key(K.Key_Return)  # the first one has the focus
    assert page.grid.choice.active == place(page, THIERRY, 26)
    assert QApplication.focusWidget() is page.grid
    panel.go.click()
    assert panel.reason.is_wrong()
    fill(panel.reason.widget, "Trois feuilles suivront")
    key(K.Key_Return)
    desk.rest()
    assert toast(desk) == "Octobre 2026 est clôturé"
    assert panel.title.text() == "Octobre 2026, clôturé"
    assert page.close_button.text() == "Rouvrir le mois…"
    assert QApplication.focusWidget() is panel.reason.widget, "the hand stays in the panel"
    assert page.grid.lock.startswith("Octobre 2026 est clôturé depuis le 12/11/2026.")
    panel.go.click()
    assert panel.reason.is_wrong()  # to open it again asks why, too
    fill(panel.reason.widget, "Une feuille est venue")
    panel.go.click()
    desk.rest()
    assert toast(desk) == "Octobre 2026 est rouvert"
    assert page.close_button.text() == "Clôturer le mois…"
    assert page.grid.lock == ""
    key(K.Key_F8)
    desk.rest()
    key(K.Key_F8)
    assert page.grid.choice.active == place(page, "0103", 26)


def test_the_keys_that_are_shown_are_those_of_the_panel_that_has_the_focus(desk: Desk, page: AttendancePage) -> None:
    keys = desk.frame.status.keys
    of_the_grid = keys.text()
    assert of_the_grid.startswith("F2")
    desk.frame.commands.do("attendance.close")
    desk.rest()
    assert keys.text() == "F8\u00a0: point manquant suivant      F6\u00a0: panneau suivant      Échap\u00a0: retour"
    page.grid.setFocus()
    assert keys.text() == of_the_grid
    page.panels.closing.first().setFocus()
    assert keys.text().startswith("F8")
    key(K.Key_Escape)
    assert keys.text() == of_the_grid


def test_of_many_missing_things_the_first_are_listed_and_the_others_counted(desk: Desk, page: AttendancePage) -> None:
    desk.frame.commands.do("attendance.close")
    desk.rest()
    panel = page.panels.closing
    assert panel.plan is not None
    one = panel.plan.missing[0]
    many = tuple(replace(one, list_name=f"PERSONNE {at}") for at in range(50))
    panel.show_plan(replace(panel.plan, missing=many), many, lock="")
    assert len(panel.items) == 20, "ten thousand of them would stop the window for minutes"
    assert "et 30 autres" in {each.text() for each in panel.findChildren(QLabel)}


# ---- the match ----


def test_the_three_sides_are_held_against_each_other_and_causes_accepted(desk: Desk, page: AttendancePage) -> None:
    assert desk.frame.status.facts.text().startswith("1 case")
    page.segments.choose(MATCH)
    desk.rest()
    assert desk.frame.status.facts.text() == "", "no cell is in sight"
    pane = page.tabs.match
    states = {each.match.person: each.state for each in pane.model.rows()}
    assert states[NADIA] == "ok"
    assert states["0034"] == "ok"  # the unpaid day is on both sides
    assert states["0071"] == "open"
    assert states["0073"] == "open"
    gomes = next(each for each in pane.model.rows() if each.match.person == "0071")
    pane.table.choose(gomes.person_id)
    assert pane.detail.title.text() == "GOMES Samir"
    fill(pane.detail.note.widget, "prime de juillet")
    key(K.Key_Return)
    desk.rest()
    assert {each.match.person: each.state for each in pane.model.rows()}["0071"] == "accepted"
    assert pane.detail.back_button.isVisible()
    pane.detail.back_button.click()
    desk.rest()
    assert {each.match.person: each.state for each in pane.model.rows()}["0071"] == "open"
    pane.which.choose("open")
    assert NADIA not in {each.match.person for each in pane.model.rows()}
    pane.table.setFocus()
    pane.table.choose(gomes.person_id)
    key(K.Key_Return)
    assert page.grid.choice.active.row == place(page, "0071", 1).row


# ---- roles ----


def be(desk: Desk, page: AttendancePage, role: str) -> None:
    """Let somebody of a role sit down at the desk."""

    def action(ctx: Context) -> None:
        add_operator(ctx, "Ida Petit", role=role)

    desk.frame.desk.act(action, lambda _none: None)
    desk.rest()
    desk.frame.desk.sign("Ida Petit")
    page.refresh()
    desk.rest()


def test_a_reader_looks_and_changes_nothing(desk: Desk, page: AttendancePage) -> None:
    be(desk, page, "reader")
    to(page, NADIA, 20)
    write("3")
    assert page.grid.note.text == "Votre rôle permet de lire ce fichier, pas de le modifier."
    assert not desk.frame.commands.on("attendance.absence")
    key(K.Key_F4)
    desk.rest()
    assert not page.panels.person.received.isEnabled()


def test_without_health_absent_is_all_that_is_said(desk: Desk, page: AttendancePage) -> None:
    be(desk, page, "without_health")
    sheet = page.grid.sheet
    assert sheet.cell(place(page, "0101", 12)).code == "AB"
    to(page, "0101", 12)
    assert page.grid.accessibleDescription().endswith("lundi 12 octobre, absent, 7\u00a0h\u00a000")
    assert sheet.cell(place(page, NADIA, 30)).code == "CP"
    write("6")
    key(K.Key_Return)
    desk.rest()
    assert ("sick_unpaid", 420) in kept(desk, "0101", day(12))[1]  # what he may not see stays
    to(page, "0101", 12)
    key(K.Key_F4)
    desk.rest()
    assert page.panels.person.said[0].startswith("AB → 6 AB · ")
    assert not any("MAL" in each for each in page.panels.person.said)
    to(page, NADIA, 20)
    key(K.Key_N, CTRL)
    kinds = page.panels.absence.fields["kind"].widget
    assert isinstance(kinds, QComboBox)
    assert kinds.findData("sick_unpaid") == -1
    assert kinds.findData("paid_leave") >= 0


def test_a_scan_is_asked_for_by_its_key(
    desk: Desk, page: AttendancePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "feuille.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: scan)
    to(page, THIERRY, 2)
    key(K.Key_J, CTRL)
    desk.rest()
    assert toast(desk) == "Enregistré pour BAILLEUL Thierry"
    row = page.row_here()
    assert row is not None
    assert row.sheet is not None
    assert row.sheet.received_on is not None


# ---- to the accountant ----


def test_what_is_sent_is_kept_and_later_changes_are_told(
    desk: Desk, page: AttendancePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.segments.choose(SENDINGS)
    desk.rest()
    pane = page.tabs.sendings
    assert pane.shown is not None
    assert (pane.shown.sent, pane.shown.changes) == ((), ())
    assert [each.cells[1] for each in pane.shown.report.table("variables").rows][:2] == [
        "ALLARD Patrick",
        "AMRANI Samira",
    ]
    folder = tmp_path / "envois"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    pane.send_wanted.emit("csv")
    desk.rest()
    assert [path.name for path in folder.iterdir()] == [name for _, name in pane.shown.sent]
    page.segments.choose(HOURS)
    desk.rest()
    to(page, NADIA, 20)
    write("4")
    key(K.Key_Return)
    page.segments.choose(SENDINGS)
    desk.rest()
    assert pane.shown.changes[0] == "BENALI Nadia, Heures faites\u00a0: 147,00 → 144,00"
    box = pane.side.columns.rows["site"].tick
    assert not box.isChecked()
    box.click()
    desk.rest()
    assert pane.shown.chosen[-1] == "site"
    assert pane.side.columns.rows["site"].tick.isChecked()
    pane.export_wanted.emit("xlsx")
    desk.rest()
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".xlsx"]
    assert len(pane.shown.sent) == 1  # an export is no sending


def test_what_is_sent_is_kept_from_those_who_may_not_know_reasons(desk: Desk, page: AttendancePage) -> None:
    be(desk, page, "without_health")
    page.segments.choose(SENDINGS)
    desk.rest()
    pane = page.tabs.sendings
    assert pane.currentWidget() is pane.refused
    assert pane.refused.said.text().startswith("Votre rôle ne donne pas accès aux données de santé.")
