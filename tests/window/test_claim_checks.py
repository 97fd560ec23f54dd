"""The checks of a claim when there are thousands: few widgets, all within reach."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ltu_desktop.queries.names import list_name
from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.window.claim_checks import CheckItem, ChecksPane
from ltu_desktop.window.claim_figures import AT_ONCE, groups, weightiest_first
from ltu_desktop.window.pieces import Elided
from ltu_desktop.words import Words
from tests.documents.sample_claims import dossier

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


# Qt's offscreen platform says so of every window of a fixed size
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AGREEMENT = Problem("agreement_missing", Severity.BLOCKER, "agreement", {"month": "2026-10"})


def missing(at: int) -> Problem:
    return Problem("no_status", Severity.BLOCKER, f"F{at:05d}", at_stake=Decimal(at))


def show(pane: ChecksPane, *problems: Problem, period: str = "2026-10") -> None:
    whole = dossier(16)
    made = replace(
        whole, head=replace(whole.head, period=period), answer=replace(whole.answer, problems=list(problems))
    )
    list(pane.show_in_turns(made, groups(made)))


@pytest.fixture
def pane(qtbot: QtBot) -> ChecksPane:
    made = ChecksPane(Words("fr"))
    qtbot.addWidget(made)
    made.resize(248, 600)
    made.show()
    return made


def texts(pane: ChecksPane) -> list[str]:
    return [each.text() for each in pane.findChildren(QLabel)]


def codes(pane: ChecksPane) -> list[str]:
    return [item.problem.target for item in pane.items]


def test_namesakes_are_told_apart_by_their_staff_number(pane: ChecksPane) -> None:
    whole = dossier(16)
    first, other, *rest = whole.people
    twin = replace(other, name=first.name, first_names=first.first_names)
    problems = [replace(missing(1), target=card.id) for card in (first, twin, rest[0])]
    made = replace(whole, people=(first, twin, *rest), answer=replace(whole.answer, problems=problems))
    list(pane.show_in_turns(made, groups(made)))
    name, alone = (list_name(card.name, card.first_names) for card in (first, rest[0]))
    assert {f"{first.id} {name}", f"{twin.id} {name}", alone} <= {each.text() for each in pane.findChildren(Elided)}


def test_a_claim_that_was_shown_in_part_only_is_shown_whole_when_it_comes_again(pane: ChecksPane) -> None:
    whole = dossier(16)
    one, other = (
        replace(
            whole, answer=replace(whole.answer, problems=[AGREEMENT, missing(at), replace(missing(9), severity=mild)])
        )
        for at, mild in ((1, Severity.WARNING), (2, Severity.INFO))
    )
    next(iter(pane.show_in_turns(one, groups(one))))
    next(iter(pane.show_in_turns(other, groups(other))))
    list(pane.show_in_turns(one, groups(one)))
    assert codes(pane) == ["agreement", "F00001", "F00009"]


def test_the_whole_claim_comes_first_then_who_has_most_at_stake() -> None:
    unknown = Problem("no_status", Severity.BLOCKER, "F99999")
    assert weightiest_first((unknown, missing(1), missing(3), AGREEMENT, missing(2))) == (
        AGREEMENT,
        missing(3),
        missing(2),
        missing(1),
        unknown,
    )


def test_few_problems_keep_the_order_in_which_they_are_best_mended(pane: ChecksPane) -> None:
    show(pane, *map(missing, range(AT_ONCE)))
    assert codes(pane) == [f"F{at:05d}" for at in range(AT_ONCE)]
    QApplication.processEvents()
    assert all(item.isVisible() for item in pane.items)
    assert not any(section.more.isVisible() for section in pane._sections)


def test_of_thousands_the_weightiest_are_shown_and_the_next_ones_when_asked_for(pane: ChecksPane) -> None:
    show(pane, *map(missing, range(10_000)), AGREEMENT)
    assert len(pane.findChildren(CheckItem)) == AT_ONCE
    assert codes(pane) == ["agreement", *(f"F{10_000 - at:05d}" for at in range(1, AT_ONCE))]
    assert "10\u202f001" in texts(pane), "all are counted"
    assert "49\u202f995\u202f000,00" in texts(pane), "and weighed"
    more = pane._sections[0].more
    assert more.text() == "Afficher 30 points de plus"
    assert more.accessibleName() == "Bloquants\u00a0: Afficher 30 points de plus"
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert codes(pane) == ["agreement", *(f"F{10_000 - at:05d}" for at in range(1, 2 * AT_ONCE))]
    assert QApplication.focusWidget() is pane.items[AT_ONCE], "the keyboard reads on"
    more.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert len(pane.items) == 3 * AT_ONCE
    QApplication.processEvents()
    assert all(item.isVisible() for item in pane.items)


def test_the_last_ones_leave_nothing_to_ask_for(pane: ChecksPane) -> None:
    show(pane, *map(missing, range(AT_ONCE + 1)))
    more = pane._sections[0].more
    assert more.text() == "Afficher 1 point de plus"
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert len(pane.items) == AT_ONCE + 1
    assert not more.isVisible()


def test_the_next_problem_goes_on_to_those_not_shown_yet(pane: ChecksPane) -> None:
    count = AT_ONCE + 5
    show(pane, *map(missing, range(count)))
    chosen: list[Problem] = []
    pane.chosen.connect(chosen.append)
    for _ in range(count + 1):
        pane.next()
    assert [each.target for each in chosen] == [*(f"F{at:05d}" for at in reversed(range(count))), chosen[0].target]


def test_what_was_shown_and_chosen_stays_when_one_is_mended(pane: ChecksPane) -> None:
    problems = [missing(at) for at in range(3 * AT_ONCE)]
    show(pane, *problems)
    QTest.mouseClick(pane._sections[0].more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(pane.items[AT_ONCE + 3], Qt.MouseButton.LeftButton)
    chosen = pane.current()
    assert chosen == problems[2 * AT_ONCE - 4]
    show(pane, *problems[1:])
    assert pane.current() == chosen
    assert len(pane.items) == 2 * AT_ONCE
    heavier = [missing(at) for at in range(1000, 1000 + 3 * AT_ONCE)]
    show(pane, *problems, *heavier)
    assert pane.current() == chosen, "also where it would not be shown by itself"
    assert len(pane.items) == 4 * AT_ONCE + 4
    show(pane, *heavier, period="2026-09")
    assert pane.current() is None
    assert len(pane.items) == AT_ONCE, "another month begins anew"


def test_the_head_stands_over_the_amounts_when_a_long_list_is_there_from_the_start(qtbot: QtBot) -> None:
    pane = ChecksPane(Words("fr"))
    qtbot.addWidget(pane)
    pane.resize(248, 600)
    show(pane, *(missing(at) for at in range(1, 30)))  # the scroll bar has no width of its own yet
    pane.show()
    QApplication.processEvents()
    ends = {each.text(): each.mapTo(pane, each.rect().topRight()).x() for each in pane.findChildren(QLabel)}
    assert abs(ends["€ en jeu"] - ends["435,00"]) <= 1


def test_the_strip_counts_all(pane: ChecksPane) -> None:
    show(pane, *map(missing, range(10_000)))
    pane.show_strip(on=True)
    assert "10\u202f000" in [each.text() for each in pane._strip.findChildren(QLabel)]
    pane.next()
    assert not pane.folded()
