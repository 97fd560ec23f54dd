"""The points of eligibility and the documents in the panel: saved, refused at the field, attached, opened by a copy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ltu_desktop.rules.eligibility import VOLUNTEER, WITHOUT_JOB
from ltu_desktop.window import dialogs
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.person_papers import POINT, Papers, Points
from tests.studio import wait

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    shown = month.go("people", "0018")
    assert isinstance(shown, PeoplePage)
    return shown


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Entretien.pdf"
    path.write_bytes(b"%PDF-1.7 the interview")
    return path


def points(page: PeoplePage) -> Points:
    return page.panel.essentials.points


def papers(page: PeoplePage) -> Papers:
    assert page.panel.documents.papers is not None
    return page.panel.documents.papers


def write(page: PeoplePage, code: str, text: str) -> None:
    field = points(page).fields[code].widget
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def attach(page: PeoplePage, month: Desk, code: str, path: Path) -> None:
    page.panel.paper_wanted.emit(page.panel.person, code, path)
    month.rest()
    month.frame.toast.hide()


def shown_day(page: PeoplePage, code: str) -> str:
    field = points(page).fields[code].widget
    assert isinstance(field, QLineEdit)
    return field.text()


def test_a_point_is_saved_with_its_day_and_undone(page: PeoplePage, month: Desk) -> None:
    write(page, VOLUNTEER, "12012022")
    month.rest()
    assert shown_day(page, VOLUNTEER) == "12/01/2022"
    assert QApplication.focusWidget() is points(page).fields[VOLUNTEER].widget, "the hand stays"
    assert page.panel.current.hand() == f"{POINT}{VOLUNTEER}"
    month.frame.commands.do("edit.undo")
    month.rest()
    assert shown_day(page, VOLUNTEER) == ""
    month.frame.toast.hide()


def test_a_day_that_does_not_fit_the_hire_is_told_at_its_field(page: PeoplePage, month: Desk) -> None:
    write(page, WITHOUT_JOB, "01/01/2022")
    month.rest()
    field = points(page).fields[WITHOUT_JOB]
    assert field.is_wrong(), "less than a year before the hire of 2 February 2022"
    assert "02/02/2021" in field.widget.accessibleDescription()
    write(page, WITHOUT_JOB, "41/01/2022")
    assert points(page).fields[WITHOUT_JOB].is_wrong()
    write(page, WITHOUT_JOB, "01/01/2999")
    month.rest()
    assert points(page).fields[WITHOUT_JOB].is_wrong(), "the file refuses it"
    assert not month.frame.trouble.isVisible()
    month.frame.toast.hide()


def test_the_list_does_not_call_complete_who_lacks_a_point(page: PeoplePage, month: Desk) -> None:
    day = page.panel.essentials.day.widget
    assert isinstance(day, QLineEdit)
    day.setFocus()
    QTest.keyClicks(day, "15012022")
    QTest.keyClick(day, Qt.Key.Key_Return)
    month.rest()
    model = page.list.model
    record = next(column for column in model.columns if column.code == "file")
    row = next(each for each in model.rows() if each.staff_number == "0018")
    assert record.cell(row).text == "3 points à vérifier"
    month.frame.toast.hide()


def test_who_is_not_ppde_has_no_points(month: Desk) -> None:
    page = month.go("people", "0060")
    assert isinstance(page, PeoplePage)
    assert page.panel.essentials.points.isHidden()
    assert not [code for code, _ in papers(page).kinds() if code.startswith(POINT)]


def test_a_document_is_attached_opened_by_a_copy_and_taken_off(
    page: PeoplePage, month: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_file", opened.append)
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: scan)
    papers(page).wanted.emit(f"{POINT}{VOLUNTEER}")
    month.rest()
    assert list(papers(page).links) == ["Entretien.pdf"]
    scan.unlink()
    QTest.mouseClick(papers(page).links["Entretien.pdf"], Qt.MouseButton.LeftButton)
    month.rest()
    assert [path.read_bytes() for path in opened] == [b"%PDF-1.7 the interview"]
    papers(page).removed.emit(_key(page))
    month.rest()
    assert not papers(page).links
    month.frame.commands.do("edit.undo")
    month.rest()
    assert list(papers(page).links) == ["Entretien.pdf"]
    month.frame.toast.hide()


def _key(page: PeoplePage) -> bytes:
    store = page.desk.store
    assert store is not None
    assert page.panel.person is not None
    from ltu_desktop.queries.attachments import of_person

    with store.read() as connection:
        [paper] = of_person(connection, page.panel.person.id, "administrator")
    return paper.id


def test_what_cannot_be_attached_is_told(page: PeoplePage, month: Desk, tmp_path: Path) -> None:
    program = tmp_path / "virus.exe"
    program.write_bytes(b"MZ")
    attach(page, month, "letter", program)
    assert month.frame.trouble.isVisible()
    attach(page, month, "letter", tmp_path / "gone.pdf")
    assert "gone.pdf" in month.frame.trouble.text
    assert not papers(page).links


class Dragged:
    """A file held over the panel, or let go."""

    def __init__(self, path: Path) -> None:
        self._data = QMimeData()
        self._data.setUrls([QUrl.fromLocalFile(str(path))])
        self.taken = False

    def mimeData(self) -> QMimeData:  # noqa: N802  Qt's name
        return self._data

    def acceptProposedAction(self) -> None:  # noqa: N802  Qt's name
        self.taken = True


def test_a_dropped_file_waits_until_it_is_said_what_it_is(
    page: PeoplePage, month: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Papers, "ask", lambda each: each.wanted.emit("letter"))
    drag = Dragged(scan)
    page.panel.dragEnterEvent(drag)  # type: ignore[arg-type]
    assert drag.taken
    page.panel.dropEvent(drag)  # type: ignore[arg-type]
    wait(month.frame, 20)
    month.rest()
    assert list(papers(page).links) == ["Entretien.pdf"]
    assert page.panel.person is not None
    assert page.panel.person.contracts[0].start == date(2022, 2, 2)
    month.frame.toast.hide()


def test_ctrl_j_asks_what_to_attach(page: PeoplePage, month: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def ask(each: Papers) -> None:
        asked.append(each)

    monkeypatch.setattr(Papers, "ask", ask)
    QTest.keyClick(month.frame, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert asked == [papers(page)]


def test_a_point_leads_to_its_proof_or_to_attaching_one(
    page: PeoplePage, month: Desk, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = points(page).proofs[VOLUNTEER]
    assert "Joindre" in link.accessibleName()
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: scan)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    month.rest()
    assert "Entretien.pdf" in link.accessibleName()
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_file", opened.append)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    month.rest()
    assert [path.read_bytes() for path in opened] == [scan.read_bytes()]
    month.frame.toast.hide()
