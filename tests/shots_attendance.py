"""Pictures of a month's attendance: looked at, typed in, filled as planned."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from ltu_desktop.actions.context import Context
from ltu_desktop.actions.variables import send
from ltu_desktop.window.attendance_keys import Choice, Spot
from ltu_desktop.window.attendance_page import AttendancePage
from ltu_desktop.window.attendance_tabs import ABSENCES, ACTIVITIES, HOURS, MATCH, SENDINGS
from tests.attendance_world import attendance_month, pay
from tests.claim_world import World
from tests.studio import OfficeClock, Studio, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable

NADIA, THIERRY = "0020", "0102"


@cache
def _month() -> bytes:
    """Build the month once; its copies are as good."""
    with tempfile.TemporaryDirectory() as folder:
        world = attendance_month(Path(folder) / "octobre.ltu")
        pay(world)
        world.close()
        return world.path.read_bytes()


def _attendance(studio: Studio) -> AttendancePage:
    studio.open_made("octobre.ltu", _month)
    studio.frame.go("attendance")
    settle(studio.frame)
    page = studio.frame.page
    assert isinstance(page, AttendancePage)
    page.segments.choose(HOURS)
    page.panels.vanish()
    settle(studio.frame)
    return page


def _to(page: AttendancePage, number: str, day: int) -> None:
    sheet = page.grid.sheet
    row = next(at for at in range(len(sheet.shown)) if sheet.row(at).staff_number == number)
    page.grid.choose(Choice.at(Spot(row, day - 1)))


def attendance(studio: Studio) -> None:
    """The month as it is."""
    _to(_attendance(studio), "0042", 15)


def attendance_typed(studio: Studio) -> None:
    """A range, a cell being typed, and what Ctrl Enter would do."""
    page = _attendance(studio)
    _to(page, NADIA, 20)
    for key, times in ((Qt.Key.Key_Right, 3), (Qt.Key.Key_Down, 2)):
        for _ in range(times):
            QTest.keyClick(page.grid, key, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(page.grid, "3")
    QTest.keyClicks(page.grid.editor, ",5")


def attendance_wrong(studio: Studio) -> None:
    """A text that cannot be read stays, with the reason."""
    page = _attendance(studio)
    _to(page, NADIA, 13)
    QTest.keyClicks(page.grid, "2")
    QTest.keyClicks(page.grid.editor, "6")
    QTest.keyClick(page.grid.editor, Qt.Key.Key_Return)


def attendance_planned(studio: Studio) -> None:
    """What "as planned" would fill."""
    page = _attendance(studio)
    _to(page, THIERRY, 26)
    studio.frame.commands.do("attendance.as_planned")
    settle(studio.frame)


def attendance_activities(studio: Studio) -> None:
    """Hours by activity, of one person and of everybody."""
    page = _attendance(studio)
    _to(page, NADIA, 20)
    page.segments.choose(ACTIVITIES)
    settle(studio.frame)


def attendance_person(studio: Studio) -> None:
    """A person's month beside the grid."""
    page = _attendance(studio)
    _to(page, NADIA, 30)
    studio.frame.commands.do("attendance.person")
    settle(studio.frame)


def attendance_absence(studio: Studio) -> None:
    """An absence by its form, with its effect."""
    page = _attendance(studio)
    _to(page, NADIA, 27)
    for _ in range(2):
        QTest.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    studio.frame.commands.do("attendance.absence")
    kinds = page.panels.absence.fields["kind"].widget
    assert isinstance(kinds, QComboBox)
    kinds.setCurrentIndex(kinds.findData("unpaid_leave"))
    wait(studio.frame, 350)


def attendance_absences(studio: Studio) -> None:
    """All absences of the month."""
    page = _attendance(studio)
    page.segments.choose(ABSENCES)
    settle(studio.frame)


def attendance_closing(studio: Studio) -> None:
    """What the month lacks before it is closed."""
    _attendance(studio)
    studio.frame.commands.do("attendance.close")
    settle(studio.frame)


def attendance_closed(studio: Studio) -> None:
    """A closed month."""
    page = _attendance(studio)
    studio.frame.commands.do("attendance.close")
    settle(studio.frame)
    reason = page.panels.closing.reason.widget
    assert isinstance(reason, QLineEdit)
    reason.setText("trois feuilles suivront")
    page.panels.closing.go.click()
    settle(studio.frame)
    studio.frame.toast.hide()


def attendance_match(studio: Studio) -> None:
    """Timesheet, payroll and claim side by side."""
    page = _attendance(studio)
    page.segments.choose(MATCH)
    settle(studio.frame)


def home_attendance(studio: Studio) -> None:
    """Home of a month whose hours are kept: what its closing lacks, and whose payroll differs."""
    _attendance(studio)
    studio.frame.go("home")


def attendance_sendings(studio: Studio) -> None:
    """What goes to the accountant: sent once, and changed since."""
    page = _attendance(studio)
    store = studio.frame.desk.store
    assert store is not None
    ctx = Context(store, studio.frame.words, OfficeClock())
    send(ctx, studio.frame.desk.month, "csv", studio.folder)
    _to(page, NADIA, 20)
    QTest.keyClick(page.grid, Qt.Key.Key_4)
    QTest.keyClick(page.grid.editor, Qt.Key.Key_Return)
    settle(studio.frame)
    page.segments.choose(SENDINGS)
    settle(studio.frame)


def attendance_taken(studio: Studio) -> None:
    """A block with heads, looked at before it is taken in."""
    page = _attendance(studio)
    _to(page, NADIA, 1)
    page.exchange.ask_block("Matricule\t12/10/2026\t13/10/2026\n0085\t5\tCP\n0020\t7\t4\n9999\t7\t7\n0021\tx\t\n")
    settle(studio.frame)


def attendance_empty(studio: Studio) -> None:
    """Nobody works here yet."""
    path = studio.folder / "vide.ltu"
    if not path.exists():
        World(path).close()
    studio.open_file(path)
    studio.frame.go("attendance")


SHOTS: tuple[Callable[[Studio], None], ...] = (
    attendance,
    attendance_typed,
    attendance_wrong,
    attendance_planned,
    attendance_activities,
    attendance_person,
    attendance_absence,
    attendance_absences,
    attendance_closing,
    attendance_closed,
    attendance_match,
    home_attendance,
    attendance_sendings,
    attendance_taken,
    attendance_empty,
)
