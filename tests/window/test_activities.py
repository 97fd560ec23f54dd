"""The page of activities and the person's skills and support, by clicks and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ltu_desktop.queries import activities as rows
from ltu_desktop.queries import skills as skill_rows
from ltu_desktop.window import dialogs
from ltu_desktop.window.form import Field
from ltu_desktop.window.spans import read_spans, read_time, write_spans
from tests.studio import OfficeClock, wait

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk

TODAY = OfficeClock().now().date()


def type_into(field: Field, text: str) -> None:
    edit = field.widget
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def listed(desk: Desk) -> dict[str, rows.ActivityRow]:
    store = desk.frame.desk.store
    assert store is not None
    with store.read() as connection:
        return {row.code: row for row in rows.activities(connection, TODAY)}


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def page(month: Desk) -> Any:
    shown: Any = month.go("activities")
    return shown


def test_the_first_activity_comes_from_the_list(month: Desk, page: Any) -> None:
    assert page.body.currentIndex() == 1  # says what to do first
    menu = page.menu()
    texts = [action.text() for action in menu.actions()]
    assert texts[:2] == ["Recyclerie", "Maraîchage"]
    menu.actions()[1].trigger()
    menu.deleteLater()
    month.rest()
    assert [(row.code, row.name) for row in listed(month).values()] == [("MAR", "Maraîchage")]
    assert page.table.current_row().name == "Maraîchage"
    type_into(page.form.fields["activity.approved_on"], "04/03/2025")
    month.rest()
    type_into(page.form.fields["activity.people_wanted"], "six")
    assert page.form.fields["activity.people_wanted"].is_wrong()
    type_into(page.form.fields["activity.people_wanted"], "6")
    month.rest()
    type_into(page.form.fields["activity.amount"], "1 200,50")
    month.rest()
    type_into(page.form.fields["activity.skill"], "Permis B")
    month.rest()
    QTest.mouseClick(page.form.colours.picks["COU"], Qt.MouseButton.LeftButton)
    month.rest()
    page.form.asks.demands["lifting"].click()
    month.rest()
    row = listed(month)["MAR"]
    assert (row.approved_on.isoformat(), row.people_wanted, row.demands) == ("2025-03-04", 6, ("lifting",))  # type: ignore[union-attr]
    assert (row.look.palette, str(row.turnover)) == ("COU", "1200.50")
    assert list(page.form.asks.removes)  # the skill has its line
    QTest.keyClick(page.form.colours.picks["COU"], Qt.Key.Key_Right)
    month.rest()
    assert listed(month)["MAR"].look.palette == "EPI"
    month.frame.desk.undo()
    month.rest()
    assert listed(month)["MAR"].look.palette == "COU"


def test_an_activity_of_ones_own_is_removed_again(month: Desk, page: Any) -> None:
    menu = page.menu()
    menu.actions()[-1].trigger()
    menu.deleteLater()
    month.rest()
    assert list(listed(month)) == ["A01"]
    page.form.remove_button.click()
    month.rest()
    assert listed(month) == {}


def test_what_is_being_typed_stays_when_the_page_reads_again_and_nothing_else_changed(month: Desk, page: Any) -> None:
    menu = page.menu()
    menu.actions()[1].trigger()
    menu.deleteLater()
    month.rest()
    typed = page.form.fields["activity.staffing_note"].widget
    typed.setFocus()
    QTest.keyClicks(typed, "Deux le matin")
    page.refresh()
    month.rest()
    assert page.form.fields["activity.staffing_note"].widget is typed
    assert typed.text() == "Deux le matin"
    QTest.keyClick(typed, Qt.Key.Key_Return)
    month.rest()
    assert listed(month)["MAR"].staffing_note == "Deux le matin"


def test_the_committees_decision_is_dropped_opened_and_taken_off(
    month: Desk, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.menu().actions()[1].trigger()
    month.rest()
    scan = tmp_path / "Décision du 4 mars.pdf"
    scan.write_bytes(b"%PDF-1.7 une page")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    page.form.dropEvent(
        QDropEvent(
            QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    month.rest()
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_file", opened.append)
    link, away = page.form.papers.links
    assert link.text() == "Décision du 4 mars.pdf"
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    month.rest()
    assert [path.read_bytes() for path in opened] == [b"%PDF-1.7 une page"]
    QTest.mouseClick(away, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.form.papers.links == []
    month.frame.commands.do("edit.undo")
    month.rest()
    assert len(page.form.papers.links) == 2
    page.form.remove_button.click()  # the paper goes with its activity, and comes back with it
    month.rest()
    assert listed(month) == {}
    month.frame.commands.do("edit.undo")
    month.rest()
    assert len(page.form.papers.links) == 2


def test_the_committees_decision_is_chosen_with_the_button(
    month: Desk, page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.menu().actions()[1].trigger()
    month.rest()
    scan = tmp_path / "Décision.pdf"
    scan.write_bytes(b"%PDF-1.7 une page")
    answers = [None, scan]  # the dialog is left first, then answered
    monkeypatch.setattr(dialogs, "ask_open", lambda *_asked: answers.pop(0))
    for links in (0, 2):
        QTest.mouseClick(page.form.papers.button, Qt.MouseButton.LeftButton)
        month.rest()
        assert len(page.form.papers.links) == links


def test_only_keys_that_do_something_are_offered_where_no_activity_is(month: Desk, page: Any) -> None:
    assert [keys for keys, _ in page.hints()] == ["Ctrl N"]
    page.menu().actions()[0].trigger()
    month.rest()
    assert [keys for keys, _ in page.hints()] == ["↑ ↓", "Entrée", "Ctrl N"]


def test_the_form_of_another_need_comes_into_sight(month: Desk, page: Any) -> None:
    menu = page.menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    month.frame.resize(911, 512)
    month.rest()
    page.segments.choose(1)
    page.needs.add_button.click()
    for at in range(9):
        month.rest()
        page.needs.fields["row.title"].widget.setText(f"Besoin {at}")
        page.needs.add_button.click()
        month.rest()
        page.needs.add_button.click()
    month.rest()
    title = page.needs.fields["row.title"].widget
    assert title.hasFocus()
    assert title.visibleRegion().boundingRect() == title.rect()


def test_a_need_is_noted_and_served(month: Desk, page: Any) -> None:
    menu = page.menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    month.rest()
    page.segments.choose(1)
    page.needs.add_button.click()
    month.rest()
    title = page.needs.fields["row.title"].widget
    assert title.hasFocus()
    QTest.keyClick(title, Qt.Key.Key_Escape)
    assert (page.needs.open_key, month.frame.page) == (None, page), "it closes the form, not the page"
    page.needs.add_button.click()
    month.rest()
    fields = page.needs.fields
    assert fields["row.title"].widget.hasFocus()
    QTest.keyClicks(fields["row.title"].widget, "Collecter les encombrants")
    QTest.keyClicks(fields["row.weekly_minutes"].widget, "trente")
    page.needs.add_button.click()
    assert fields["row.weekly_minutes"].is_wrong()
    fields["row.weekly_minutes"].widget.clear()
    QTest.keyClicks(fields["row.weekly_minutes"].widget, "30,5")
    page.needs.add_button.click()
    month.rest()
    [need] = page.shown.board.needs
    assert (need.title, need.weekly_minutes, need.state) == ("Collecter les encombrants", 1830, "open")
    assert month.frame.isActiveWindow(), "what its state is called is never a window of its own"
    page.needs.open_line(need.id)
    served = page.needs.fields["row.activity_id"].widget
    served.setCurrentIndex(1)
    served.activated.emit(1)
    month.rest()
    assert page.shown.board.needs[0].state == "served"


def test_who_fits_is_said_with_reasons(month: Desk, page: Any) -> None:
    menu = page.menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    month.rest()
    page.segments.choose(2)
    assert page.match.model.rowCount() == 24
    first = page.match.model.rows()[0]
    people: Any = month.go("people")
    people.list.table.choose(first.member.id)
    wait(month.frame, 200)
    people.panel.tabs.choose("skills")
    part = people.panel.parts["skills"]
    [wish] = part.wishes.values()
    wish.setCurrentIndex(2)  # a refusal
    wish.activated.emit(2)
    month.rest()
    month.go("activities")
    page.segments.choose(2)
    last = page.match.model.rows()[-1]
    assert last.member.id == first.member.id
    assert page.match.model.columns[1].say(last) == "Ne le veut pas"


def test_a_persons_skills_limits_hours_and_support(month: Desk) -> None:
    people: Any = month.go("people")
    wait(month.frame, 200)
    people.list.table.choose(people.list.model.rows()[2].id)
    wait(month.frame, 200)
    person = people.panel.person.id
    people.panel.tabs.choose("skills")
    part = people.panel.parts["skills"]
    QTest.keyClicks(part.new_skill.widget, "Permis B")
    QTest.keyClick(part.new_skill.widget, Qt.Key.Key_Return)
    month.rest()
    [level] = part.levels.values()
    level.setCurrentIndex(3)
    level.activated.emit(3)
    month.rest()
    part.limits["lifting"].click()
    month.rest()
    type_into(part.hours[0], "9-16")
    month.rest()
    type_into(part.hours[1], "demain")
    assert part.hours[1].is_wrong()
    people.panel.tabs.choose("support")
    log = people.panel.parts["support"]
    log.add_button.click()
    type_into(log.fields["day"], "05/10/2026")
    QTest.keyClicks(log.fields["minutes"].widget, "1,5")
    QTest.keyClicks(log.note, "Point sur six mois")
    QTest.keyClicks(log.fields["next_step"].widget, "Rappeler")
    log.add_button.click()
    month.rest()
    store = month.frame.desk.store
    assert store is not None
    with store.read() as connection:
        found = skill_rows.portrait(connection, person)
        [note] = skill_rows.notes(connection, person)
    assert [(each.name, each.level) for each in found.skills] == [("Permis B", 2)]
    assert found.limits == {"lifting"}
    assert found.hours == {0: ((540, 960),)}
    assert (note.minutes, note.note, note.next_step, note.kind) == (90, "Point sur six mois", "Rappeler", "interview")
    assert people.panel.tabs.current == "support"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("8:30-16:30", ((510, 990),)),
        ("8h30–12h, 13h à 16h30", ((510, 720), (780, 990))),
        ("13-16 ; 8-12", ((480, 720), (780, 960))),
        ("0-24", ((0, 1440),)),
    ],
)
def test_stretches_are_read_as_they_are_typed(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert read_spans(text) == spans
    assert read_spans(write_spans(spans)) == spans


@pytest.mark.parametrize("text", ["demain", "8", "12-8", "8-8", "8:75-9", "8-12, 11-13", "8-25"])
def test_what_is_no_stretch_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text.split(",", maxsplit=1)[0][:1]):
        read_spans(text)


def test_times() -> None:
    assert [read_time(text) for text in ("8", "8h", "8h30", "8:30", "24")] == [480, 480, 510, 510, 1440]
    with pytest.raises(ValueError, match="midi"):
        read_time("midi")
