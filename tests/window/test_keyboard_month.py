"""A month without a mouse: hire, import the payroll, mend what blocks, seal, export, record a payment and match it.

All of it is keys, sent to whatever has the focus; the pages are only looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from ltu_desktop import cli
from tests.claim_world import FixedClock
from tests.intake.dsn_text import OCTOBER
from tests.studio import wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.window.frame import Frame
    from tests.window.conftest import Desk

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
HIRED = "F0009"


class Hands:
    """Two hands on a keyboard, and eyes that see where the focus is."""

    def __init__(self, window: Desk) -> None:
        self.window = window

    @staticmethod
    def at() -> QWidget:
        """Return what takes the keys: a menu, else what has the focus; there is always something."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "the focus is lost"
        return target

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier, times: int = 1) -> None:
        """Press a key, and wait for what it does."""
        modifiers = Qt.KeyboardModifier.NoModifier
        for each in held:
            modifiers |= each
        for _ in range(times):
            QTest.keyClick(self.at(), key, modifiers)
        self.window.rest()

    def type(self, text: str) -> None:
        """Type a text; QTest itself has no keys for letters with accents."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.at(), letter)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.at(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def press_then(self, key: Qt.Key, *held: Qt.KeyboardModifier, then: Callable[[], None]) -> None:
        """Press a key that opens a dialog or a menu, and go on in there."""
        wrong: list[Exception] = []
        came: list[bool] = []

        def go_on() -> None:
            if (
                QApplication.activePopupWidget() is None
                and QApplication.activeModalWidget() is None
                and patience.isActive()
            ):
                QTimer.singleShot(20, go_on)  # it has not come yet
                return
            try:
                then()
            except Exception as error:  # noqa: BLE001  raised again below, once nothing stands open
                wrong.append(error)
            came.append(True)

        def give_up() -> None:
            for open_ in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
                if open_ is not None:
                    wrong.append(AssertionError(f"{open_.windowTitle()} {type(open_).__name__} still stands"))
                    open_.close()

        patience = QTimer()
        patience.setSingleShot(True)
        patience.timeout.connect(give_up)
        patience.start(10_000)
        QTimer.singleShot(150, go_on)
        self.press(key, *held)
        patience.stop()
        assert came, "nothing opened"
        if wrong:
            raise wrong[0]

    def write_path(self, path: Path) -> None:
        """Write a path into the dialog that asks for a file."""
        field = self.at()
        assert isinstance(field, QLineEdit)
        dialog = field.window()
        for text in (str(path), path.name):  # the dialog may first open the folder, which its list offers meanwhile
            self.select_all_and_type(text)
            QTest.keyClick(field, Qt.Key.Key_Return)
            if not dialog.isVisible():
                return

    def select_all_and_type(self, text: str) -> None:
        QTest.keyClick(self.at(), Qt.Key.Key_A, CTRL)
        self.type(text)

    def tab_to(self, wanted: Callable[[QWidget], bool], most: int = 40) -> QWidget:
        """Go from field to field until something is reached."""
        for _ in range(most):
            if wanted(self.at()):
                return self.at()
            QTest.keyClick(self.at(), Qt.Key.Key_Tab)
        raise AssertionError("Tab does not lead there")

    def named(self, name: str) -> QWidget:
        """Go to the field or button with a name."""
        return self.tab_to(lambda widget: name in {widget.accessibleName(), getattr(widget, "text", str)()})


@pytest.fixture
def factory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An employer with an agreement and a staff list that lacks one of those whom October's payroll pays."""
    path, staff = tmp_path / "fabrique.ltu", tmp_path / "personnel.csv"
    lines = (OCTOBER / "staff.csv").read_text("utf-8-sig").splitlines()
    staff.write_text("\n".join(line for line in lines if not line.startswith(HIRED)), "utf-8")
    employer = ("--employer", "La Fabrique Fictive", "--siret", "99900011100017", "--contributions-until", "2027-03-31")
    agreement = ("--agreement", "2021-059-14", "--agreement-start", "2021-06-28", "--ceiling", "36")
    for arguments in (
        ("new", str(path), *employer, *agreement),
        ("import", "people", str(staff), "--store", str(path)),
    ):
        assert cli.main([*arguments, "--language", "fr"], clock=FixedClock()) == 0
    capsys.readouterr()
    return path


def page_of(frame: Frame) -> str:
    return frame.page.code if frame.page is not None else ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs on no screen
def test_a_month_without_a_mouse(make_window: Callable[..., Desk], factory: Path, tmp_path: Path) -> None:
    window = make_window()
    frame, hands = window.frame, Hands(window)
    name, first, birth, nir = next(
        line.split(";")[1:5]
        for line in (OCTOBER / "staff.csv").read_text("utf-8-sig").splitlines()
        if line.startswith(HIRED)
    )

    # open the file
    hands.press_then(Qt.Key.Key_O, CTRL, then=lambda: hands.write_path(factory))
    window.rest()
    assert frame.windowTitle().startswith("fabrique.ltu")

    # hire a person: her status is not known yet
    hands.press(Qt.Key.Key_2, ALT)
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type(name)
    for field, text in (
        ("Prénoms", first),
        ("Matricule", HIRED),
        ("Date de naissance", "/".join(reversed(birth.split("-")))),
        ("N° de sécurité sociale (NIR)", nir),
    ):
        hands.named(field)
        hands.select_all_and_type(text)
    hands.press(Qt.Key.Key_Return)
    wait(frame, 250)
    assert frame.pages["people"].panel.name.text() == f"{name.upper()} {first}"  # type: ignore[attr-defined]

    # import the payroll
    hands.press(Qt.Key.Key_1, ALT)
    hands.press(Qt.Key.Key_I, CTRL, SHIFT)
    hands.press_then(Qt.Key.Key_Space, then=lambda: hands.write_path(OCTOBER / "dsn-2026-10.dsn"))
    wait(frame, 100)
    hands.press(Qt.Key.Key_Return, CTRL)
    wait(frame, 100)

    # look at the checks: the first point leads into the very field
    hands.press(Qt.Key.Key_5, ALT)
    hands.press(Qt.Key.Key_Return)
    wait(frame, 100)
    assert page_of(frame) == "claim"
    assert not frame.commands.on("claim.seal")
    hands.press(Qt.Key.Key_F8)
    hands.press(Qt.Key.Key_Return)
    wait(frame, 250)
    status = hands.at()
    assert isinstance(status, QComboBox)
    assert (status.accessibleName(), page_of(frame)) == ("Statut", "people")
    hands.press(Qt.Key.Key_P)
    assert status.currentText() == "PPDE"
    wait(frame, 250)

    # seal
    hands.press(Qt.Key.Key_5, ALT)
    hands.press(Qt.Key.Key_Return)
    wait(frame, 100)
    hands.press(Qt.Key.Key_K, CTRL)
    hands.type(">sceller")

    def confirm() -> None:
        hands.named("Sceller")
        QTest.keyClick(hands.at(), Qt.Key.Key_Space)

    hands.press_then(Qt.Key.Key_Return, then=confirm)
    wait(frame, 100)
    shown = frame.pages["claim"].shown  # type: ignore[attr-defined]
    assert shown.state == "sealed"
    asked = shown.asked

    # export the form into a folder of its own
    folder = tmp_path / "demande"
    folder.mkdir()

    def choose_pdf() -> None:
        QTimer.singleShot(300, lambda: hands.write_path(folder))
        QTest.keyClick(hands.at(), Qt.Key.Key_Down)
        QTest.keyClick(hands.at(), Qt.Key.Key_Return)

    hands.press_then(Qt.Key.Key_E, CTRL, then=choose_pdf)
    wait(frame, 100)
    [paper] = folder.iterdir()
    assert paper.read_bytes().startswith(b"%PDF")

    # record what the bank paid, and match it
    hands.press(Qt.Key.Key_6, ALT)
    hands.press(Qt.Key.Key_N, CTRL)
    for field_, text in (("Reçu le", "12/11/2026"), ("Montant", str(asked)), ("Payeur", "Fonds ETCLD")):
        hands.named(field_)
        hands.select_all_and_type(text.replace(".", ","))
    hands.press(Qt.Key.Key_Return)
    wait(frame, 250)
    hands.press(Qt.Key.Key_Return, CTRL)
    wait(frame, 100)
    [row] = frame.pages["payments"].model.rows()  # type: ignore[attr-defined]
    assert (row.amount, row.left) == (asked, 0)
    frame.toast.hide()
