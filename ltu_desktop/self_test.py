"""The built program tries itself: `--self-test OUT [FILE PASSPHRASE-FILE] [-platform NAME]`.

It opens the real window, opens an encrypted file there as a person does, makes the demo's claim, writes the sealed
claims of both as PDF and Excel, and draws the window. `OUT/report.json` says what came out, `OUT/lines.txt` holds every
line that anything said meanwhile: it must be empty.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import threading
import time
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ltu_desktop import __version__, app, licences, places
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.memory import Memory
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.frame import Frame

PEOPLE, MONTHS, PERIOD = 12, 3, Month(2026, 10)
LIMIT = 180  # seconds for any one step

_mistakes: list[BaseException] = []


class StuckError(Exception):
    """A step did not end."""


def main(arguments: Sequence[str]) -> int:
    """Run the test and return 0 when every step went well; the report tells which did not."""
    out = Path(arguments[0]).absolute()
    out.mkdir(parents=True, exist_ok=True)
    with (out / "lines.txt").open("w", encoding="utf-8", buffering=1) as lines:
        _listen(lines.write)
        report: dict[str, Any] = {
            "version": __version__,
            "python": platform.python_version(),
            "system": platform.system(),
            "program": sys.executable,
            "portable": str(places.portable() or ""),
        }
        code = 1
        try:
            given = list(arguments[1:])
            end = given.index("-platform") if "-platform" in given else len(given)
            _run(out, report, [Path(each).absolute() for each in given[:end]], given[end:])
            code = 0
        except Exception:  # noqa: BLE001  whatever it is, the report tells it
            report["failed"] = traceback.format_exc()
        (out / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return code


def _listen(write: Callable[[str], object]) -> None:
    """Write down whatever Qt, Python and the libraries say."""
    qInstallMessageHandler(lambda _kind, _place, text: write(f"Qt: {text}\n"))
    warnings.simplefilter("default")
    sys.excepthook = lambda _kind, error, _trace: _mistakes.append(error)
    threading.excepthook = lambda told: _mistakes.append(told.exc_value or StuckError(str(told.exc_type)))

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,  # noqa: ARG001  the standard library's own names
        line: str | None = None,  # noqa: ARG001
    ) -> None:
        write(f"{category.__name__}: {message} ({Path(filename).name}:{lineno})\n")

    warnings.showwarning = show


def _run(out: Path, report: dict[str, Any], given: Sequence[Path], arguments: Sequence[str]) -> None:
    qt = QApplication(["ltu-desktop", *arguments])
    qt.setApplicationName("LTU Desktop")
    memory = Memory(out / "settings")
    memory.language, memory.operator = "fr", "Essai"
    application = app.Application(qt, memory, app.SystemClock())
    frame = application.frame
    frame.resize(1366, 768)
    frame.painted.connect(lambda: report.setdefault("painted_at", time.time()))
    application.show(None)
    _until("first paint", lambda: "painted_at" in report and frame.filled)  # it comes after it
    frame.desk.worker.broken.connect(_mistakes.append)
    report["parts"] = [f"{part.name} {part.version}" for part in licences.parts()]

    report["demo"] = _demo(out)
    if given:
        report["opened"] = _open(frame, out, *given)
    else:
        _take(frame, out / "demo" / "demo.ltu")
    frame.go("claims")
    _rest(frame)
    _picture(frame, out / "claims.png")
    frame.go("home")
    _rest(frame)
    _picture(frame, out / "home.png")
    frame.close()
    qt.processEvents()
    _raise_mistakes()


def _demo(out: Path) -> dict[str, Any]:
    """Make the demo and tell its claim's figures, and the prints of its files."""
    from ltu_desktop.actions.demo.build import build

    made = build(out / "demo", period=PERIOD, words=Words("fr"), people=PEOPLE, months=MONTHS)
    totals = made.claim.dossier.answer.totals
    return {
        "claim": made.claim.row.sha256,
        "total": str(made.claim.row.total),
        "parts": {part: str(amount) for part, amount in totals.parts.items()},
        "files": {path.name: _print(path) for path in made.files},
    }


def _open(frame: Frame, out: Path, file: Path, secret: Path) -> dict[str, Any]:
    """Open an encrypted file in the window, with its passphrase typed, and write its sealed claim."""
    from PySide6.QtWidgets import QLineEdit

    start = frame.start
    start.open(file)
    _until("passphrase asked", lambda: start.views.currentWidget() is start.lock)
    _rest(frame)
    _picture(frame, out / "passphrase.png")
    field = start.lock.field.widget
    assert isinstance(field, QLineEdit)
    field.setText(secret.read_text(encoding="utf-8").splitlines()[0])
    start.lock.go_on()
    _until("file open", lambda: frame.desk.store is not None)
    _rest(frame)

    def export(ctx: Context) -> dict[str, Any]:
        from ltu_desktop.actions.claim_export import export as write
        from ltu_desktop.actions.claims import find, sealed_claim

        written = [write(ctx, PERIOD, kind, out / f"opened.{kind}") for kind in ("pdf", "xlsx")]
        claim = sealed_claim(ctx, find(ctx, PERIOD).id)
        return {
            "claim": claim.row.sha256,
            "total": str(claim.row.total),
            "people": len(claim.dossier.answer.lines),
            "files": {each.path.name: each.sha256 for each in written},
        }

    found: list[dict[str, Any]] = []
    frame.desk.act(export, found.append)
    _until("claim written", lambda: bool(found))
    return found[0]


def _take(frame: Frame, file: Path) -> None:
    start = frame.start
    start.open(file)
    _until("file open", lambda: frame.desk.store is not None)
    _rest(frame)


def _rest(frame: Frame) -> None:
    """Wait until the file's thread has nothing to do and all is painted."""
    _until("rest", lambda: not frame.desk.worker.busy())
    _pause(300)


def _until(what: str, reached: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not reached():
        _raise_mistakes()
        if time.monotonic() > end:
            raise StuckError(what)
        _pause(20)


def _raise_mistakes() -> None:
    if _mistakes:
        raise _mistakes[0]


def _pause(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _picture(frame: Frame, path: Path) -> None:
    frame.grab().save(str(path))


def _print(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
