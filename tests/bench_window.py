"""How the window keeps pace: screens, gestures, the longest stop of a frame, memory.

`python -m tests.bench pages gestures memory`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.demo.build import build
from ltu_desktop.store import tables
from ltu_desktop.window import theme
from ltu_desktop.window.ahead import steps
from ltu_desktop.window.tokens import Appearance
from ltu_desktop.words import Words
from tests.claim_world import World
from tests.studio import OCTOBER, Studio, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtPrintSupport import QPrinter


class Beats:
    """A heart that beats in the event loop and remembers by how much it was ever late.

    Between two beats the loop sleeps, as the program's does: a loop that spins would take its turns from the worker.
    """

    EVERY = 4  # ms
    AFTER = 0.4  # seconds in which something may still come by itself

    def __init__(self, studio: Studio) -> None:
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        self._studio = studio
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(self.EVERY)
        self._timer.timeout.connect(self._beat)
        self._last = self._longest = 0.0
        self._came = False
        self._rested = 0.0  # when the worker had nothing left to do

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last - self.EVERY / 1000)
        self._last = now
        if not self._came or self._studio.frame.desk.worker.busy():
            self._rested = 0.0  # what was shown may ask for more
        elif not self._rested:
            self._rested = now
        elif now - self._rested > self.AFTER:
            self._loop.quit()

    def during(self, do: Callable[[], object]) -> tuple[float, float]:
        """Do something from the event loop; return until when it is all shown and the longest stop, in ms."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()
        self._came, self._rested = False, 0.0

        def begin() -> None:
            do()
            self._came = True

        QTimer.singleShot(0, begin)
        self._timer.start()
        begun = self._last = time.perf_counter()
        self._longest = 0.0
        self._loop.exec()
        self._timer.stop()
        return (self._rested - begun) * 1000, self._longest * 1000


def large_file(folder: Path, people: int) -> Path:
    """Make a file of many people, each with a contract and the hours of October."""
    world = World(folder / "large.ltu")
    world.employer()
    world.agreement(str(people))
    start = date(2021, 1, 1)
    with world.store.write("bench") as tx:
        numbers = [f"F{at:05d}" for at in range(people)]
        keys = tx.insert_many(
            tables.person,
            [
                {
                    "staff_number": number,
                    "name": f"Nom{number}",
                    "first_names": "Zoé",
                    "folded": f"nom{number} zoe".lower(),
                    "status": "ppde",
                }
                for number in numbers
            ],
        )
        contracts = tx.insert_many(
            tables.contract,
            [
                {"person_id": key, "start_on": start, "nature": "01", "public_aid": "99", "end_reason": ""}
                for key in keys
            ],
        )
        tx.insert_many(
            tables.contract_terms,
            [{"contract_id": key, "start_on": start, "weekly_hours": 3500} for key in contracts],
        )
    world.people.update(zip(numbers, keys, strict=True))
    world.payroll(OCTOBER, dict.fromkeys(numbers, "151.67"))
    world.close()
    return world.path


def demo_file(folder: Path, people: int) -> Path:
    """Make the example of two years."""
    return build(folder / "demo", period=OCTOBER, words=Words("fr"), people=people, months=24).store


def make_ahead(studio: Studio, beats: Beats) -> float:
    """Make all that is not seen yet step by step, as the program does while nobody is at work; return the longest stop, in ms."""
    made, stops, more = steps(studio.frame), [0.0], True

    def step() -> None:
        nonlocal more
        more = next(made, None) is not None

    while more:
        stops.append(beats.during(step)[1])
    return max(stops)


def into_file(path: Path, last: int) -> QPrinter:
    """Make a printer that writes a file, at the resolution of paper, and takes a document's first pages."""
    from ltu_desktop.window import printing

    printer = printing.printer_for("bench")
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPrintRange(printer.PrintRange.PageRange)
    printer.setFromTo(1, last)
    return printer


def gestures(studio: Studio) -> Iterator[tuple[str, Callable[[], object]]]:
    """What people do most on the pages, one after the other; each pair is a name and the doing of it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    frame, key = studio.frame, Qt.Key

    def press(code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or frame, code, held)

    def on(code: str) -> Any:
        frame.go(code)
        settle(frame)
        assert frame.page is not None
        first = frame.page.first_focus()
        if first is not None:
            first.setFocus()
        return frame.page

    def write(*keys: Qt.Key) -> None:
        for each in keys:
            press(each)

    def do(code: str) -> Callable[[], object]:
        return partial(frame.commands.do, code)

    people = on("people")
    yield "a new person", do("people.new")
    people.back()
    people.list.table.setFocus()
    yield "choose a person", partial(press, key.Key_Down)
    yield "choose everybody", partial(press, key.Key_A, Qt.KeyboardModifier.ControlModifier)
    yield "month before, everybody chosen", do("month.previous")
    yield "month after", do("month.next")
    people.filter_field().setFocus()
    yield "filter the list", partial(press, key.Key_E)
    yield "open the palette", do("view.palette")
    yield "search in it", partial(frame.palette_popup.entry.setText, "de")
    frame.palette_popup.vanish()
    yield "help", do("view.help")
    yield "history", do("view.history")
    yield "about", do("view.about")
    yield "list of keys", do("view.keys")
    frame.keys_help.vanish()
    on("claim").lines.table.setFocus()
    yield "choose a line", partial(press, key.Key_Down)
    yield "preview the claim", do("claim.preview")
    page: Any = frame.page
    yield "print eight pages of it", partial(page.send, into_file(studio.folder / "printed.pdf", 8))
    attendance = on("attendance")
    yield "type hours", partial(write, key.Key_7, key.Key_Return)
    yield "a person's month", do("attendance.person")
    yield "close the month", do("attendance.close")
    for at, name in ((1, "hours by activity"), (2, "absences"), (3, "match"), (4, "to payroll"), (0, "hours")):
        yield name, partial(attendance.segments.choose, at)
    yield "month sheets to print", do("attendance.print")
    on("planning")
    yield "next week", do("planning.next_week")
    yield "plan a shift", do("planning.add")
    yield "saved weeks", do("planning.templates")
    for code in ("register", "fte", "hours", "activities", "statement"):
        yield f"report {code}", partial(frame.go, "reports", code)
    for code in ("values", "agreement", "passphrase", "operators", "sites"):
        yield f"settings, {code}", partial(frame.go, "settings", code)
    yield "undo", do("edit.undo")


def bench_gestures(line: Callable[[str, str, str], None]) -> None:
    """What people do on the pages at 150 people × 24 months and at 10,000: how long until it is shown, and stops."""
    for people, make in ((150, demo_file), (10_000, large_file)):
        folder = Path(tempfile.mkdtemp())
        try:
            studio = Studio(make(folder, people))
            beats = Beats(studio)
            beats.during(studio.begin_open)
            studio.frame.whereabouts.stop()
            make_ahead(studio, beats)
            for name, do in gestures(studio):
                shown, stop = beats.during(do)
                line(f"{name}, {people} people", f"{shown:.0f} ms, longest stop {stop:.0f} ms", "stop ≤ 50 ms")
            studio.close()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def bench_pages(line: Callable[[str, str, str], None]) -> None:
    """Every screen at 150 people × 24 months and at 10,000 people, with the longest stop of a frame; then memory."""
    from PySide6.QtWidgets import QApplication

    for people, make, bar in ((150, demo_file, 200), (10_000, large_file, 1000)):
        folder = Path(tempfile.mkdtemp())
        try:
            studio = Studio(make(folder, people))
            beats = Beats(studio)
            named = f"{people} people"
            shown, stop = beats.during(studio.begin_open)
            studio.frame.whereabouts.stop()  # it writes the place down between visits, which shows nothing
            line(f"open the file, {named}", f"{shown:.0f} ms, longest stop {stop:.0f} ms", "stop ≤ 50 ms")
            line(
                f"pages made ahead of a visit, {named}",
                f"longest stop {make_ahead(studio, beats):.0f} ms",
                "stop ≤ 50 ms",
            )
            for code in studio.frame.pages:
                if code in {"import", "preview"}:
                    continue
                first, stop1 = beats.during(partial(studio.frame.go, code))
                again, stop2 = beats.during(partial(studio.frame.go, code))
                value = f"{first:.0f}, again {again:.0f} ms, stop {stop1:.0f}, {stop2:.0f} ms"
                line(f"{code}, {named}", value, f"≤ {bar} ms, stop ≤ 50 ms")
            qt = QApplication.instance()
            assert isinstance(qt, QApplication)
            for look in (Appearance.DARK, Appearance.LIGHT):
                _, stop = beats.during(partial(theme.apply, qt, look))
                line(f"appearance {look}, {named}", f"longest stop {stop:.0f} ms", "≤ 50 ms")
            studio.close()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


MEMORY = """
import resource, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ltu_desktop import app
from ltu_desktop.window.frame import Frame
todo = ["people", "claims", "claim", "payments", "reports", "settings", "attendance", "planning"]
def step():
    frames = [each for each in QApplication.topLevelWidgets() if isinstance(each, Frame)]
    if not frames or not frames[0].filled or frames[0].desk.store is None or frames[0].desk.worker.busy():
        return
    if todo:
        frames[0].go(todo.pop())
        return
    kinds = dict(line.split(":") for line in open("/proc/self/smaps_rollup") if "kB" in line)
    own = sum(int(kinds[kind].split()[0]) for kind in ("Private_Clean", "Private_Dirty"))
    print(own // 1024, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    frames[0].close()
qt = QApplication(["x"])
timer = QTimer(); timer.timeout.connect(step); timer.start(20)
app.main(sys.argv[1:])
"""


def bench_memory(line: Callable[[str, str, str], None]) -> None:
    """The memory of the real process once it has walked through all pages of 150 people × 24 months.

    Its own, as the task manager of Windows counts it, and beside it all that was ever resident, shared libraries too.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        example = demo_file(folder, 150)
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(example)],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)},
        )
        own, resident = done.stdout.split()
        line("memory, every page of 150 people × 24 months", f"{own} MB, with shared {resident} MB", "≤ 200 MB")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
