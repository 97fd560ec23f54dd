"""The side of the week board: conflicts mended, substitutes found, kept weeks put on others; a strip where it is narrow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from ltu_desktop.store import tables as t
from tests.planning_world import MONDAY, planned_week
from tests.window.planning_hands import LEFT, Planning, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Make


def test_a_substitute_is_found_in_two_clicks(planning: Planning) -> None:
    clicks = 0
    line = next(each for each in planning.page.sides.side.covers if each.lack.mark.code == "EPI")
    assert line.lack.need.weekday == 2
    assert "possible" in line.possible.text()
    QTest.mouseClick(line, LEFT)
    clicks += 1
    planning.desk.rest()
    pane = planning.page.sides.substitutes
    assert pane.isVisible()
    name = pane.buttons[0].accessibleName().removeprefix("Confier à ")
    QTest.mouseClick(pane.buttons[0], LEFT)
    clicks += 1
    planning.desk.rest()
    assert clicks <= 3
    family = name.split()[0].capitalize()
    assert (2, "EPI", 540, 1020) in planning.planned(family)
    assert not [
        each for each in planning.page.sides.side.covers if each.lack.need.weekday == 2 and each.lack.mark.code == "EPI"
    ]
    assert planning.board.sheet is not None
    assert planning.board.sheet.rows[planning.board.view.spot.row].title == name


def test_conflicts_are_named_with_their_rule_and_mended(planning: Planning) -> None:
    found = {each.code for each in planning.page.pointing.conflicts()}
    assert {"daily_rest", "two_sites"} & found >= {"daily_rest"}
    card = next(each for each in planning.page.sides.side.cards.values() if each.conflict.code == "daily_rest")
    assert card.accessibleName().startswith("Repos trop court\u00a0: 9\u00a0h\u00a030. FAUCON Tiphaine.")
    assert card.mend_button is not None
    assert card.mend_button.text() == "Décaler à 8:30"
    QTest.mouseClick(card.mend_button, LEFT)
    planning.desk.rest()
    assert (3, "MAR", 510, 900) in planning.planned("Faucon")
    assert "daily_rest" not in {each.code for each in planning.page.pointing.conflicts()}


def test_what_is_unchanged_at_the_side_keeps_its_widgets_and_the_focus(planning: Planning) -> None:
    side = planning.page.sides.side
    cards, covers = list(side.cards.values()), list(side.covers)
    planning.do("planning.next_conflict")
    button = next(card.mend_button for card in cards if card.mend_button is not None)
    button.setFocus()
    planning.page.refresh()
    planning.desk.rest()
    assert list(side.cards.values()) == cards
    assert side.covers == covers
    assert QApplication.focusWidget() is button
    assert cards[0].property("card") == "first"
    assert all("possible" in line.possible.text() for line in covers)
    planning.drag(planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    assert list(side.cards.values()) == cards, "it changed nothing that they say"
    QTest.mouseClick(button, LEFT)
    planning.desk.rest()
    assert not set(side.cards.values()) & set(cards)


def test_f8_leads_from_conflict_to_conflict(planning: Planning) -> None:
    planning.do("planning.next_conflict")
    first = planning.board.view.chosen
    assert first
    planning.do("planning.next_conflict")
    assert planning.board.view.chosen != first


def test_a_kept_week_is_put_on_others_after_a_look(planning: Planning) -> None:
    pane = planning.page.sides.templates
    planning.do("planning.templates")
    assert pane.isVisible()
    QTest.keyClicks(pane.name.widget, "Semaine type")
    QTest.mouseClick(pane.keep, LEFT)
    planning.desk.rest()
    planning.do("planning.next_week")
    pane.weeks.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(pane.weeks.widget, "2")
    planning.desk.rest()
    assert pane.said[0] == "114 créneaux seront planifiés"
    assert "2 conflits\u00a0: repos trop court" in pane.said
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]  # nothing is written yet
    QTest.mouseClick(pane.apply, LEFT)
    planning.desk.rest()
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4, 7, 8, 10, 11, 14, 15, 17, 18]
    planning.do("edit.undo")
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]
    pane.weeks.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(pane.weeks.widget, "0")
    assert pane.weeks.is_wrong()
    assert not pane.apply.isEnabled()
    QTest.mouseClick(pane.remove, LEFT)
    planning.desk.rest()
    assert not pane.template.isVisible()
    assert not pane.keep.isEnabled()  # nothing is planned there
    assert "Rien" in pane.keep.toolTip()
    planning.do("planning.previous_week")
    assert pane.keep.isEnabled()
    planning.do("view.back")
    assert not pane.isVisible()


def test_kept_weeks_are_looked_through_when_they_are_seen(planning: Planning) -> None:
    pane = planning.page.sides.templates
    planning.do("planning.templates")
    QTest.keyClicks(pane.name.widget, "Semaine type")
    QTest.mouseClick(pane.keep, LEFT)
    planning.desk.rest()
    assert pane.plan is not None
    planning.do("view.back")
    planning.do("planning.next_week")
    assert pane.plan.mondays == (MONDAY,), "nobody sees it: the board need not wait for it"
    planning.do("planning.templates")
    assert pane.plan.mondays == (MONDAY + timedelta(days=7),)
    assert pane.said[0] == "57 créneaux seront planifiés"


def test_alike_conflicts_of_a_person_are_told_together(planning: Planning) -> None:
    store = planning.desk.frame.desk.store
    assert store is not None
    with store.read() as connection:
        person = connection.execute(select(t.person.c.id).where(t.person.c.name == "Allard")).scalar_one()
        garage = connection.execute(select(t.activity.c.id).where(t.activity.c.code == "GAR")).scalar_one()
    with store.write("test") as tx:
        tx.insert(t.wish, {"person_id": person, "activity_id": garage, "kind": "refusal"})
    planning.desk.rest()
    cards = [each for each in planning.page.sides.side.cards.values() if each.conflict.code == "refused_activity"]
    assert len(cards) == 1
    assert "Lun. 16, mar. 17, mer. 18, jeu. 19, ven. 20, 8:30–16:30" in cards[0].accessibleName()
    assert len(cards[0].conflict.spans) == 5


def test_a_narrow_window_has_a_strip_in_place_of_the_side(make_window: Make, tmp_path: Path) -> None:
    world = planned_week(tmp_path / "semaine.ltu")
    world.close()
    planning = opened(make_window(size=(1093, 614)), world.path)
    page = planning.page
    assert page.sides.strip.isVisible()
    assert not page.sides.side.isVisible()
    assert page.sides.strip.parts[0].accessibleName() == "3 conflits"
    assert page.sides.strip.parts[1].accessibleName() == "3 besoins à couvrir"
    QTest.mouseClick(page.sides.strip.parts[1], LEFT)
    assert page.sides.side.isVisible()
    assert planning.board.view.lay.lefts[-1] <= planning.board.viewport().width()


def test_the_key_of_conflicts_brings_the_side_that_says_them(make_window: Make, tmp_path: Path) -> None:
    world = planned_week(tmp_path / "semaine.ltu")
    world.close()
    planning = opened(make_window(size=(1093, 614)), world.path)
    side = planning.page.sides.side
    assert not side.isVisible()
    planning.key(Qt.Key.Key_F8)
    assert side.isVisible()
    assert side.cards[0].property("card") == "first"
    assert QApplication.focusWidget() is planning.board


def test_in_a_week_without_people_nothing_is_to_be_covered(planning: Planning) -> None:
    page = planning.page
    assert page.sides.side.covers
    page.go_to(date(2019, 1, 7))
    planning.desk.rest()
    assert page.empty.isVisible()
    assert [key for key, _ in page.hints()] == ["F6"]  # none of a board that is not there
    assert "contrat" in planning.desk.frame.commands.reasons["planning.add"]
    assert page.sides.side.covers == []
    assert page.sides.strip.parts[1].accessibleName() == "0 besoin à couvrir"


def test_a_need_that_nobody_can_cover_leads_nowhere(planning: Planning) -> None:
    line = planning.page.sides.side.covers[0]
    line.say(0)
    QTest.mouseClick(line, LEFT)
    planning.desk.rest()
    assert planning.page.sides.side.isVisible()
    line.say(2)
    QTest.mouseClick(line, LEFT)
    planning.desk.rest()
    assert planning.page.sides.substitutes.isVisible()
