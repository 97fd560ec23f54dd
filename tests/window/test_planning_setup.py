"""What plans rest on, as it is typed: cover needs, work patterns and whose they are, closed days, calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from sqlalchemy import select

from ltu_desktop.store import tables as t
from ltu_desktop.window.planning_repeat import repeated
from ltu_desktop.window.planning_setup import PlanningSetupPage
from ltu_desktop.window.planning_sheet import make_sheet, short_name, short_title
from ltu_desktop.window.planning_slots import Hours, read_hours, write_hours
from ltu_desktop.window.settings_list import PART
from ltu_desktop.window.spans import usual_break
from tests.claim_world import World
from tests.planning_world import MONDAY, planned_week

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.window.settings_list import ListSection
    from tests.window.conftest import Desk, Make
    from tests.window.planning_hands import Planning

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def desk(make_window: Make, tmp_path: Path) -> Desk:
    world = planned_week(tmp_path / "semaine.ltu")
    world.close()
    made = make_window()
    made.open(world.path)
    return made


def opened(desk: Desk, part: str) -> PlanningSetupPage:
    page = desk.go("plan_setup", part)
    assert isinstance(page, PlanningSetupPage)
    return page


def rows(desk: Desk, table: Any) -> list[Any]:
    store = desk.frame.desk.store
    assert store is not None
    with store.read() as connection:
        return list(connection.execute(select(table)))


def type_into(section: ListSection, name: str, text: str) -> None:
    widget: Any = section.fields[f"{PART}.{name}"].widget
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)


def pick(section: ListSection, name: str, code: str) -> None:
    widget: Any = section.fields[name].widget
    widget.setCurrentIndex(widget.findData(code))
    widget.activated.emit(widget.currentIndex())


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("", ()),
        ("8:30–12:00, 13:00–16:30", ((510, 720, 0), (780, 990, 0))),
        ("8h30-16h30 /60", ((510, 990, 60),)),
        ("13-16; 8-12", ((480, 720, 0), (780, 960, 0))),
    ],
)
def test_hours_are_read_as_they_are_typed(text: str, hours: tuple[Hours, ...]) -> None:
    assert read_hours(text) == hours
    assert read_hours(write_hours(hours)) == hours


@pytest.mark.parametrize("text", ["8", "12-8", "8-12, 11-13", "8-9 /60", "lundi"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_hours(text)


def test_a_series_takes_the_weekdays_of_its_weeks() -> None:
    wednesday = date(2026, 11, 18)
    assert repeated(wednesday, [2], 1) == ()
    assert repeated(wednesday, [2, 4], 2) == (date(2026, 11, 20), date(2026, 11, 25), date(2026, 11, 27))
    assert repeated(wednesday, [0, 2], 1) == ()  # Monday of this week is over


@pytest.mark.parametrize(("end", "pause"), [(870, 0), (871, 60), (990, 60)])
def test_a_long_shift_gets_its_break(end: int, pause: int) -> None:
    assert usual_break(510, end) == pause


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Accueil et administration", "Accueil"),
        ("Couture, retouche, repassage", "Couture"),
        ("Garage solidaire", "Garage"),
        ("Aide aux habitants", "Aide aux habitants"),
        ("Recyclerie", "Recyclerie"),
    ],
)
def test_long_names_of_activities_are_shortened(name: str, short: str) -> None:
    assert short_title(name) == short


def test_names_are_shortened_to_an_initial() -> None:
    assert short_name("DE LA TOUR Anne-Marie") == "DE LA TOUR A."


def test_blocks_say_as_much_as_tells_alike_ones_apart(planning: Planning) -> None:
    sheet = planning.board.sheet
    assert sheet is not None
    alike = {"BERTIN Sylvie": "DIALLO Sylvie"}
    people = [replace(each, list_name=alike.get(each.list_name, each.list_name)) for each in sheet.board.people]
    marks = [
        replace(each, name=f"Réparation {each.code}") if each.code in {"REC", "GAR"} else each
        for each in sheet.board.activities
    ]
    board, words = replace(sheet.board, people=tuple(people), activities=tuple(marks)), planning.page.words
    shown = [block for row in make_sheet(board, words).rows for cell in row.cells for block in cell.blocks]
    assert {block.short for block in shown if block.code in {"REC", "GAR", "COU"}} == {"REC", "GAR", "Couture"}
    by_activity = make_sheet(board, words, by_activity=True).rows
    names = {block.title for row in by_activity for cell in row.cells for block in cell.blocks}
    assert {"DIALLO M.", "DIALLO S.", "FAUCON"} <= names


def test_a_need_is_added_for_all_weekdays_changed_and_taken_off(desk: Desk) -> None:
    section = opened(desk, "needs").cover
    before = len(rows(desk, t.cover_need))
    desk.frame.commands.do("planning.add")
    pick(section, f"{PART}.activity", next(key for key, name in section._activities if name == "Recyclerie"))
    type_into(section, "people", "2")
    type_into(section, "start", "9h")
    type_into(section, "end", "12")
    QTest.mouseClick(section.add_button, LEFT)  # type: ignore[arg-type]
    desk.rest()
    added = [row for row in rows(desk, t.cover_need) if row.people == 2]
    assert [(row.weekday, row.start_minute, row.end_minute) for row in added] == [(at, 540, 720) for at in range(5)]
    page = desk.go("planning", MONDAY)
    lacks = {(each.mark.code, each.need.weekday) for each in page.board.sheet.lacks()}  # type: ignore[attr-defined]
    assert ("REC", 2) in lacks  # one of two is there
    opened(desk, "needs")
    section.open_line(added[0].id)
    type_into(section, "people", "3")
    QTest.keyClick(section.fields[f"{PART}.people"].widget, Qt.Key.Key_Return)
    desk.rest()
    assert sorted(row.people for row in rows(desk, t.cover_need) if row.people > 1) == [2, 2, 2, 2, 3]
    section.remove_line(added[0].id)
    desk.rest()
    assert len(rows(desk, t.cover_need)) == before + 4


def test_needs_stand_in_the_order_of_a_dictionary(desk: Desk) -> None:
    section = opened(desk, "needs").cover
    names = list(dict.fromkeys(line.title for line in section.lines()))
    assert names == ["Épicerie solidaire", "Garage solidaire", "Restauration"]


def test_a_list_that_did_not_change_is_not_made_anew(desk: Desk) -> None:
    section = opened(desk, "needs").cover
    made = section.opens
    desk.go("home")
    opened(desk, "needs")
    assert section.opens is made
    section.remove_line(next(iter(made)))
    desk.rest()
    assert len(section.opens) == len(made) - 1


def test_a_need_that_cannot_be_is_said_below_its_field(desk: Desk) -> None:
    section = opened(desk, "needs").cover
    before = len(rows(desk, t.cover_need))
    section.begin_new()
    type_into(section, "start", "soon")
    type_into(section, "people", "many")
    QTest.mouseClick(section.add_button, LEFT)  # type: ignore[arg-type]
    desk.rest()
    assert section.fields[f"{PART}.start"].is_wrong()
    assert section.fields[f"{PART}.people"].is_wrong()
    assert len(rows(desk, t.cover_need)) == before


def test_the_focus_and_the_keys_are_in_the_form_that_was_opened_and_esc_closes_it(desk: Desk) -> None:
    page, keys = opened(desk, "patterns"), desk.frame.status.keys
    of_the_page = "Ctrl N\u00a0: ajouter      Échap\u00a0: revenir au planning"
    at = QApplication.focusWidget()
    assert isinstance(at, QAbstractButton)
    assert (at.accessibleName(), at.isChecked()) == ("Rythmes de travail", True)
    assert keys.text() == of_the_page
    desk.frame.commands.do("planning.add")
    desk.rest()
    name = page.patterns.fields[f"{PART}.name"].widget
    assert QApplication.focusWidget() is name
    assert keys.text() == "Entrée\u00a0: ajouter      Échap\u00a0: abandonner"
    page.patterns.fields[f"{PART}.weeks"].widget.setFocus()
    assert keys.text() == "Échap\u00a0: abandonner", "Enter does nothing on a choice"
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert desk.frame.page is page
    add = page.patterns.add_button
    assert add is not None
    assert (page.patterns.open_key, QApplication.focusWidget()) == (None, add)
    assert keys.text() == of_the_page
    QTest.keyClick(add, Qt.Key.Key_Escape)
    assert desk.frame.page is not page


def test_a_pattern_of_two_weeks_is_typed_and_given_to_a_contract(desk: Desk) -> None:
    section = opened(desk, "patterns").patterns
    section.begin_new()
    type_into(section, "name", "Alternance")
    pick(section, f"{PART}.weeks", "2")
    assert section.fields[f"{PART}.name"].widget.text() == "Alternance"  # type: ignore[attr-defined]
    type_into(section, "0.0", "8:30-12, 13-16:30")
    type_into(section, "1.4", "8-14 /30")
    QTest.mouseClick(section.add_button, LEFT)  # type: ignore[arg-type]
    desk.rest()
    [pattern] = rows(desk, t.work_pattern)
    assert (pattern.name, pattern.weeks) == ("Alternance", 2)
    slots = {
        (row.week, row.weekday, row.start_minute, row.end_minute, row.break_minutes)
        for row in rows(desk, t.work_pattern_slot)
    }
    assert slots == {(0, 0, 510, 720, 0), (0, 0, 780, 990, 0), (1, 4, 480, 840, 30)}
    pick(section, "use.pattern", pattern.id.hex())
    section.fields["use.cycle"].widget.setText("18/11/2026")  # type: ignore[attr-defined]
    QTest.mouseClick(section.give, LEFT)
    desk.rest()
    [terms] = [row for row in rows(desk, t.contract_terms) if row.work_pattern_id is not None]
    assert (terms.work_pattern_id, terms.cycle_from) == (pattern.id, MONDAY)
    assert not section.removes[pattern.id].isEnabled()  # it is in use


def test_closed_days_are_added_and_a_site_takes_another_calendar(desk: Desk) -> None:
    section = opened(desk, "closures").closures
    section.begin_new()
    type_into(section, "name", "Inventaire")
    type_into(section, "start", "18/11/2026")
    QTest.mouseClick(section.add_button, LEFT)  # type: ignore[arg-type]
    desk.rest()
    [closure] = rows(desk, t.closure)
    assert (closure.name, closure.start_on, closure.end_on) == ("Inventaire", date(2026, 11, 18), date(2026, 11, 18))
    key = next(key for key, name in section._sites if name == "Loos")
    said = "limites du temps de travail appliquées\xa0: France"
    pick(section, f"calendar.{key}", "NL")
    desk.rest()
    assert said in section.fields[f"calendar.{key}"].widget.accessibleDescription()
    pick(section, f"calendar.{key}", "FR-57")
    desk.rest()
    assert said not in section.fields[f"calendar.{key}"].widget.accessibleDescription()
    assert [row.holidays for row in rows(desk, t.site) if row.name == "Loos"] == ["FR-57"]
    page = desk.go("planning", MONDAY)
    codes = {each.code for each in page.pointing.conflicts()}  # type: ignore[attr-defined]
    assert "closed_site" in codes


def test_a_person_s_contract_names_its_pattern(desk: Desk) -> None:
    section = opened(desk, "patterns").patterns
    section.begin_new()
    type_into(section, "name", "Matins")
    type_into(section, "0.0", "8-12")
    QTest.mouseClick(section.add_button, LEFT)  # type: ignore[arg-type]
    desk.rest()
    [pattern] = rows(desk, t.work_pattern)
    pick(section, "use.pattern", pattern.id.hex())
    QTest.mouseClick(section.give, LEFT)
    desk.rest()
    page = desk.go("people", "0051")
    said = [each.text() for each in page.findChildren(QLabel)]
    assert any("rythme «\u00a0Matins\u00a0»" in text for text in said)


def test_without_an_activity_the_page_says_what_to_do_first(make_window: Make, tmp_path: Path) -> None:
    world = World(tmp_path / "vide.ltu")
    world.person("0001", name="Benali")
    world.close()
    made = make_window()
    made.open(world.path)
    page = made.go("planning", MONDAY)
    assert page.nothing.isVisible()  # type: ignore[attr-defined]
    assert not made.frame.commands.on("planning.add")
