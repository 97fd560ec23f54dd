"""Pictures of every page, to be looked at after each change: `python -m tests.gallery OUT [--only NAME]`.

The example's file is built once; each page is shown in light and dark, French and English, on an office screen, and in
French also at 125 % (1093 × 614 logical pixels), on a large screen and in high contrast.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop import app as door
from ltu_desktop.actions.demo.build import build
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import theme
from ltu_desktop.window.contract_form import Step
from ltu_desktop.window.memory import Memory
from ltu_desktop.window.payment_form import NewPayment
from ltu_desktop.window.tokens import Appearance
from ltu_desktop.words import Words
from tests.claim_world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.window.frame import Frame

LIMIT = 60  # seconds that a page may take to come to rest
OCTOBER = Month(2026, 10)


@dataclass
class OfficeClock:
    """A working day after the month."""

    moment: datetime = datetime(2026, 11, 5, 14, 32, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


def settle(frame: Frame) -> None:
    """Wait until the worker rests and everything is drawn."""
    end = time.monotonic() + LIMIT
    for _ in range(3):
        QApplication.processEvents()
        while frame.desk.worker.busy():
            if time.monotonic() > end:
                raise TimeoutError("the page did not come to rest")
            QApplication.processEvents()
            time.sleep(0.002)
    QApplication.processEvents()


def wait(frame: Frame, milliseconds: int) -> None:
    """Let timers run for a while."""
    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QApplication.processEvents()
    settle(frame)


def make_example(folder: Path, *, people: int = 118, months: int = 4) -> Path:
    """Build the example's file: October 2026 is open, the months before are claimed."""
    return build(folder / "demo", period=OCTOBER, words=Words("fr"), people=people, months=months).store


NAMES = (
    *("Adjaoud Lydia", "Allard Patrick", "Amrani Samira", "Bailleul Thierry", "Baudouin Karim", "Benali Nadia"),
    *("Bertin Sylvie", "Bouchez Laurent", "Camara Fatou", "Caron Isabelle", "Carpentier Joël", "Cousin Mickaël"),
    *("Da-Silva Maria", "Delattre Sandrine", "Demaret Octavie", "Dubois Farid", "Gomes Samir", "Guérin Christelle"),
    *("Kaci Rose", "Lambert Hélène", "Leroy Yann", "Nguyen Thi-Mai", "Poirier Serge", "Zeroual Inès"),
)


def make_open_month(folder: Path) -> Path:
    """Build a small file whose October is not claimed yet: two people block it, and one has a doubtful contract."""
    world = World(folder / "ouvert.ltu")
    world.employer()
    world.agreement("36")
    hours = {}
    for at, name in enumerate(NAMES):
        number = f"{at * 7 + 11:04d}"
        family, first = name.split(" ")
        weekly = ("35", "28", "30", "24")[at % 4]
        world.person(
            number,
            status=None if at == 4 else "other" if at % 12 == 7 else "ppde",
            name=family,
            first=first,
            weekly=weekly,
            start=date(2021 + at % 5, 1 + at % 12, 1 + at),
            public_aid="41" if at == 10 else "99",
        )
        hours[number] = str((Decimal(weekly) * 52 / 12).quantize(Decimal("0.01")) - (7 if at % 5 == 1 else 0))
    world.payroll(OCTOBER, hours)
    world.close()
    return world.path


class Studio:
    """One window with the example open."""

    def __init__(self, example: Path, *, look: Appearance, language: str, size: tuple[int, int]) -> None:
        application = QApplication.instance() or QApplication(["gallery"])
        assert isinstance(application, QApplication)
        if not theme.state().sheet:
            theme.prepare(application)
        theme.apply(application, look)
        self.folder = Path(tempfile.mkdtemp())
        file = self.folder / "fabrique-des-possibles.ltu"
        shutil.copy(example, file)
        self.frame = door.build(Memory(self.folder), OfficeClock(), Words(language), "Marie Courtois")
        door.furnish(self.frame)
        self.frame.resize(*size)
        self.frame.show()
        settle(self.frame)
        self._file, self.example = file, example

    def open(self) -> None:
        """Open the example."""
        assert self.frame.start is not None
        self.frame.start.open(self._file)
        settle(self.frame)
        self.frame.go("people")
        settle(self.frame)

    def close(self) -> None:
        """Close the window."""
        self.frame.close()
        self.frame.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        shutil.rmtree(self.folder, ignore_errors=True)


def start(studio: Studio) -> None:
    """Show the first page."""


def new_file(studio: Studio) -> None:
    assert studio.frame.start is not None
    studio.frame.start.begin_new()
    studio.frame.start.maker.go_on()


def home(studio: Studio) -> None:
    """Show what now: the month is blocked by two people."""
    assert studio.frame.start is not None
    studio.frame.start.open(make_open_month(studio.folder))
    settle(studio.frame)


def home_done(studio: Studio) -> None:
    studio.open()
    studio.frame.go("home")


def people(studio: Studio) -> None:
    studio.open()
    studio.frame.go("people")
    wait(studio.frame, 250)


def person(studio: Studio) -> None:
    people(studio)
    page = studio.frame.page
    table = page.list.table  # type: ignore[union-attr]
    rows = page.list.model.rows()  # type: ignore[union-attr]
    table.choose(next((each for each in rows if each.missing), rows[4]).id)
    wait(studio.frame, 250)


def amendment(studio: Studio) -> None:
    """Type a further amendment; what is wrong stands below its field."""
    person(studio)
    panel = studio.frame.page.panel  # type: ignore[union-attr]
    panel.begin_contract(Step.AMEND)
    panel.contract_form.fields["start"].widget.setText("01/12/2026")
    panel.contract_form.save_button.click()
    settle(studio.frame)


def claims(studio: Studio) -> None:
    studio.open()
    studio.frame.go("claims")


def claim(studio: Studio) -> None:
    studio.open()
    studio.frame.go("claim")
    settle(studio.frame)
    page = studio.frame.pages["claim"]
    page.lines.table.choose(page.lines.model.rows()[5].key, "state")  # type: ignore[attr-defined]


def draft(studio: Studio) -> None:
    assert studio.frame.start is not None
    studio.frame.start.open(make_open_month(studio.folder))
    settle(studio.frame)
    studio.frame.go("claim")
    settle(studio.frame)
    page = studio.frame.pages["claim"]
    page.lines.table.choose(page.lines.model.rows()[5].key, "state")  # type: ignore[attr-defined]
    wait(studio.frame, 500)


def check(studio: Studio) -> None:
    draft(studio)
    studio.frame.commands.do("claim.next_problem")


def payments(studio: Studio) -> None:
    """Show what the bank paid: one claim in part, one to the cent, and money that fits none."""
    studio.open()
    studio.frame.go("payments")
    settle(studio.frame)
    page = studio.frame.pages["payments"]
    waiting = [each for each in page.board.claims if each.open]  # type: ignore[attr-defined]
    for euros, payer, words in (
        (Decimal("412.00"), "COMMUNE DE SAINT-AUBIN-LES-EAUX", "VIR SUBVENTION FETE DE QUARTIER"),
        (waiting[0].open, "FONDS ETCLD", f"VIR CDE {waiting[0].month}"),
    ):
        page._add(NewPayment(date(2026, 11, 4), euros, payer, words))  # type: ignore[attr-defined]
        settle(studio.frame)
    studio.frame.toast.hide()


def payments_by_month(studio: Studio) -> None:
    payments(studio)
    studio.frame.pages["payments"].segments.choose(2)  # type: ignore[attr-defined]


def payment_new(studio: Studio) -> None:
    payments(studio)
    studio.frame.commands.do("payments.add")
    studio.frame.pages["payments"].form.fields["amount"].wrong("Ce n’est pas un montant")  # type: ignore[attr-defined]


BANK_LIST = """Date;Libellé;Débit;Crédit
04/11/2026;VIR FONDS ETCLD CDE 09/2026;;181250,20
04/11/2026;PRLV ELECTRICITE REUNIE;812,40;
32/11/2026;VIR FONDS ETCLD;;12,00
"""


def import_bank(studio: Studio) -> None:
    studio.open()
    path = studio.folder / "releve.csv"
    path.write_text(BANK_LIST, "utf-8")
    studio.frame.go("import", "bank")
    studio.frame.pages["import"].read(path)  # type: ignore[attr-defined]


def preview(studio: Studio) -> None:
    claim(studio)
    studio.frame.commands.do("claim.preview")
    settle(studio.frame)
    wait(studio.frame, 700)  # pages are rendered on Qt's own thread


def import_empty(studio: Studio) -> None:
    studio.open()
    studio.frame.go("import", "payroll")


LIST = """Matricule;Nom;Prénom;Date de naissance;Statut;Heures hebdo;Date d'entrée
{number};{name};{first};;PPDE;30;
9001;Nouvelle;Zoé;02/03/1980;PPDE;28;01/10/2026
9002;{name};{first}e;;PPDE;28;01/10/2026
;;;;PPDE;28;01/10/2026
9004;Fausse;Jeanne;;PPDE;28;32/10/2026
9005;Fin;Avant;;PPDE;28;01/10/2026
"""


def import_people(studio: Studio) -> None:
    studio.open()
    page = studio.frame.pages["people"]
    known = page.list.model.rows()[3]  # type: ignore[attr-defined]
    path = studio.folder / "personnel.csv"
    text = LIST.format(number=known.staff_number, name=known.name, first=known.first_names)
    path.write_text(text, "utf-8")
    studio.frame.go("import", "people")
    studio.frame.pages["import"].read(path)  # type: ignore[attr-defined]


def import_payroll(studio: Studio) -> None:
    """Read the last payroll again: what is known already is folded."""
    studio.open()
    studio.frame.go("import", "payroll")
    folder = studio.example.parent / "paie"
    if folder.is_dir():
        studio.frame.pages["import"].read(max(folder.glob("*.dsn")))  # type: ignore[attr-defined]


def new_person(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("people.new")


def settings(studio: Studio) -> None:
    studio.open()
    studio.frame.go("settings")


def values(studio: Studio) -> None:
    studio.open()
    studio.frame.go("settings", "values")


def report(studio: Studio) -> None:
    studio.open()
    studio.frame.go("reports")


def report_fte(studio: Studio) -> None:
    studio.open()
    studio.frame.go("reports", "fte")


def report_hours(studio: Studio) -> None:
    studio.open()
    studio.frame.go("reports", "hours")


def report_statement(studio: Studio) -> None:
    studio.open()
    studio.frame.go("reports", "statement")


def palette(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("view.palette")
    studio.frame.palette_popup.entry.setText("de")
    wait(studio.frame, 200)


def keys(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("view.keys")


def history(studio: Studio) -> None:
    claims(studio)
    studio.frame.commands.do("view.history")


def help_page(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("view.help")


def trouble(studio: Studio) -> None:
    people(studio)
    studio.frame.take_file(studio.folder / "window.ini")


SHOTS: tuple[Callable[[Studio], None], ...] = (
    start,
    home,
    home_done,
    new_file,
    people,
    person,
    amendment,
    claims,
    claim,
    draft,
    check,
    payments,
    payments_by_month,
    payment_new,
    import_bank,
    preview,
    import_empty,
    import_people,
    import_payroll,
    new_person,
    report,
    report_fte,
    report_hours,
    report_statement,
    settings,
    values,
    palette,
    keys,
    history,
    help_page,
    trouble,
)
WAYS = (
    (Appearance.LIGHT, "fr", (1366, 768)),
    (Appearance.LIGHT, "en", (1366, 768)),
    (Appearance.DARK, "fr", (1366, 768)),
    (Appearance.CONTRAST, "fr", (1366, 768)),
    (Appearance.LIGHT, "fr", (1093, 614)),
    (Appearance.LIGHT, "fr", (1920, 1080)),
)


def shoot(example: Path, out: Path, only: str = "") -> list[Path]:
    """Make the pictures; return where they are."""
    made = []
    for look, language, size in WAYS:
        for shot in SHOTS:
            if only and only not in {shot.__name__, language, look}:
                continue
            studio = Studio(example, look=look, language=language, size=size)
            try:
                shot(studio)
                settle(studio.frame)
                path = out / f"{shot.__name__}_{look}_{language}_{size[0]}.png"
                picture(studio.frame).save(str(path))  # type: ignore[attr-defined]
                made.append(path)
            finally:
                studio.close()
    return made


def picture(widget: QWidget) -> object:
    """Take a picture of a window."""
    return widget.grab()


def main(arguments: Sequence[str]) -> int:
    """Make the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="a page, a language or an appearance")
    parser.add_argument("--example", type=Path, help="a file to show instead of the built example")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        example = given.example or make_example(Path(folder))
        for path in shoot(example, given.out, given.only):
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
