"""Pictures of every page, to be looked at after each change: `python -m tests.gallery OUT [--only NAME,…]`.

`--only` takes pages, appearances, languages and widths: `--only people,claim,light,fr,1366` is quickly made. The
example's file is built once; each page is shown in light and dark, French and English, on an office screen, and in
French also at 125 % and at 150 % (1093 × 614 and 911 × 512 logical pixels), on a large screen and in high contrast.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ltu_desktop.rules.periods import Month
from ltu_desktop.window.contract_form import Step
from ltu_desktop.window.payment_form import NewPayment
from ltu_desktop.window.payments_page import PaymentsPage
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.tokens import Appearance
from tests import (
    shots_activities,
    shots_attendance,
    shots_focus,
    shots_names,
    shots_office,
    shots_planning,
    shots_settings,
)
from tests.studio import Studio, make_example, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def start(studio: Studio) -> None:
    """Show the first page."""
    studio.close_file()


def new_file(studio: Studio) -> None:
    studio.close_file()
    studio.frame.start.begin_new()
    studio.frame.start.maker.go_on()


def start_help(studio: Studio) -> None:
    start(studio)
    studio.frame.commands.do("view.help")


def home(studio: Studio) -> None:
    """Show what now: the month is blocked by two people."""
    studio.open_month()


def home_done(studio: Studio) -> None:
    studio.open("home")


def people(studio: Studio) -> None:
    studio.open()
    page = studio.frame.page
    assert isinstance(page, PeoplePage)
    page.list.search.clear()
    wait(studio.frame, 250)


def people_nobody(studio: Studio) -> None:
    """Show that no filter lets anybody through."""
    people(studio)
    page = studio.frame.page
    assert isinstance(page, PeoplePage)
    page.list.search.setText("tchekhov")


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
    panel.essentials.contracts.begin(Step.AMEND)
    panel.essentials.contracts.form.fields["start"].widget.setText("01/12/2026")
    panel.essentials.contracts.form.save_button.click()
    settle(studio.frame)


def claims(studio: Studio) -> None:
    studio.open("claims")


def claim(studio: Studio) -> None:
    studio.open("claim")
    page = studio.frame.pages["claim"]
    page.lines.table.choose(page.lines.model.rows()[5].key, "state")  # type: ignore[attr-defined]


def draft(studio: Studio) -> None:
    studio.open_month()
    studio.frame.go("claim")
    settle(studio.frame)
    page = studio.frame.pages["claim"]
    page.lines.table.choose(page.lines.model.rows()[5].key, "state")  # type: ignore[attr-defined]
    wait(studio.frame, 500)


def check(studio: Studio) -> None:
    draft(studio)
    studio.frame.commands.do("claim.next_problem")


def returned(studio: Studio) -> None:
    """Ask for the reason with which a claim came back."""
    studio.open()
    studio.frame.desk.set_month(Month(2026, 9))  # it was sent
    studio.frame.go("claim")
    settle(studio.frame)
    studio.question(lambda: studio.frame.commands.do("claim.returned"))


def payments(studio: Studio) -> None:
    """Show what the bank paid: one claim in part, one to the cent, and money that fits none."""
    studio.open("payments")
    page = studio.frame.pages["payments"]
    waiting = [each for each in page.board.claims if each.open]  # type: ignore[attr-defined]
    for euros, payer, words in (
        (Decimal("412.00"), "COMMUNE DE SAINT-AUBIN-LES-EAUX", "VIR SUBVENTION FETE DE QUARTIER"),
        (waiting[0].open, "FONDS ETCLD", f"VIR CDE {waiting[0].month}"),
    ):
        page.steps._add(NewPayment(date(2026, 11, 4), euros, payer, words))  # type: ignore[attr-defined]
        settle(studio.frame)
    studio.frame.toast.hide()


def payments_by_month(studio: Studio) -> None:
    payments(studio)
    studio.frame.pages["payments"].segments.choose(3)  # type: ignore[attr-defined]


def payment_new(studio: Studio) -> None:
    payments(studio)
    studio.frame.commands.do("payments.add")
    page = studio.frame.pages["payments"]
    assert isinstance(page, PaymentsPage)
    page.form.add_button.click()


BANK_LIST = """Date;Libellé;Débit;Crédit
04/11/2026;VIR FONDS ETCLD CDE 09/2026;;181250,20
04/11/2026;PRLV ELECTRICITE REUNIE;812,40;
32/11/2026;VIR FONDS ETCLD;;12,00
"""


def import_bank(studio: Studio) -> None:
    path = studio.folder / "releve.csv"
    path.write_text(BANK_LIST, "utf-8")
    studio.open("import", "bank")
    studio.frame.pages["import"].read(path)  # type: ignore[attr-defined]


def preview(studio: Studio) -> None:
    claim(studio)
    studio.frame.commands.do("claim.preview")
    settle(studio.frame)
    wait(studio.frame, 700)  # pages are rendered on Qt's own thread


def import_empty(studio: Studio) -> None:
    studio.open("import", "payroll")


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
    studio.open("import", "payroll")
    folder = studio.example.parent / "paie"
    if folder.is_dir():
        studio.frame.pages["import"].read(max(folder.glob("*.dsn")))  # type: ignore[attr-defined]


def new_person(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("people.new")


def settings(studio: Studio) -> None:
    studio.open("settings")


def values(studio: Studio) -> None:
    studio.open("settings", "values")


def report(studio: Studio) -> None:
    studio.open("reports")


def report_fte(studio: Studio) -> None:
    studio.open("reports", "fte")


def report_hours(studio: Studio) -> None:
    studio.open("reports", "hours")


def report_statement(studio: Studio) -> None:
    studio.open("reports", "statement")


def palette(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("view.palette")
    studio.frame.palette_popup.entry.setText("de")
    wait(studio.frame, 200)


def palette_nothing(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("view.palette")
    studio.frame.palette_popup.entry.setText("tchekhov")
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


def about(studio: Studio) -> None:
    people(studio)
    studio.frame.commands.do("view.about")


def trouble(studio: Studio) -> None:
    people(studio)
    studio.frame.take_file(studio.folder / "window.ini")


SHOTS: tuple[Callable[[Studio], None], ...] = (
    start,
    start_help,
    home,
    home_done,
    new_file,
    people,
    people_nobody,
    person,
    amendment,
    claims,
    claim,
    draft,
    check,
    returned,
    payments,
    payments_by_month,
    payment_new,
    import_bank,
    preview,
    import_empty,
    import_people,
    import_payroll,
    new_person,
    *shots_office.SHOTS,
    report,
    report_fte,
    report_hours,
    report_statement,
    settings,
    values,
    palette,
    palette_nothing,
    keys,
    history,
    help_page,
    about,
    trouble,
    *shots_settings.SHOTS,
    *shots_attendance.SHOTS,
    *shots_activities.SHOTS,
    *shots_planning.SHOTS,
    *shots_names.SHOTS,
)
WAYS = (
    (Appearance.LIGHT, "fr", (1366, 768)),
    (Appearance.LIGHT, "en", (1366, 768)),
    (Appearance.DARK, "fr", (1366, 768)),
    (Appearance.CONTRAST, "fr", (1366, 768)),
    (Appearance.LIGHT, "fr", (1093, 614)),
    (Appearance.LIGHT, "fr", (911, 512)),
    (Appearance.LIGHT, "fr", (1920, 1080)),
)


Way = tuple[Appearance, str, tuple[int, int]]


def shoot(example: Path, out: Path, shots: Sequence[Callable[[Studio], None]], ways: Sequence[Way]) -> list[Path]:
    """Make the pictures, and of each way a sheet with all of them small; return where they are."""
    made = []
    for look, language, size in ways:
        of_way = []
        for shot in shots:
            studio = Studio(example, look=look, language=language, size=size)
            try:
                shot(studio)
                settle(studio.frame)
                path = out / f"{shot.__name__}_{look}_{language}_{size[0]}.png"
                studio.picture().save(str(path))
                of_way.append(path)
            finally:
                studio.close()
        if len(of_way) > 1:
            made.append(contact_sheet(of_way, out / f"all_{look}_{language}_{size[0]}.png"))
        made += of_way
    return made


def contact_sheet(pictures: Sequence[Path], path: Path, across: int = 4, width: int = 480) -> Path:
    """Set pictures side by side with their names, to be seen at one glance."""
    drawn = [QPixmap(str(each)).scaledToWidth(width, Qt.TransformationMode.SmoothTransformation) for each in pictures]
    height = max(each.height() for each in drawn) + 24
    rows = -(-len(drawn) // across)
    sheet = QPixmap(across * (width + 8), rows * height)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    for at, (each, source) in enumerate(zip(drawn, pictures, strict=True)):
        x, y = at % across * (width + 8), at // across * height
        painter.drawText(x + 4, y + 16, source.stem)
        painter.drawPixmap(x, y + 22, each)
    painter.end()
    sheet.save(str(path))
    return path


def main(arguments: Sequence[str]) -> int:
    """Make the pictures that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--help-pictures", action="store_true", help="renew the pictures of the help instead")
    parser.add_argument("--only", default="", help="pages, appearances, languages or widths, by commas")
    parser.add_argument("--example", type=Path, help="a file to show instead of the built example")
    given = parser.parse_args(arguments)
    if given.help_pictures:
        from tests import help_pictures

        with tempfile.TemporaryDirectory() as folder:
            for path in help_pictures.draw(given.example or make_example(Path(folder))):
                sys.stdout.write(f"{path}\n")
        return 0
    if given.out is None:
        parser.error("where shall the pictures go?")
    wanted = set(filter(None, given.only.split(",")))
    every = (*SHOTS, *shots_names.LARGE, *shots_focus.SHOTS)
    shots = [shot for shot in every if shot.__name__ in wanted] or every
    rest = wanted - {shot.__name__ for shot in every}
    ways = [way for way in WAYS if rest <= {str(way[0]), way[1], str(way[2][0])}]
    if not ways:
        parser.error(f"nothing is called {', '.join(sorted(rest))}")
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        example = given.example or make_example(Path(folder))
        for path in shoot(example, given.out, shots, ways):
            sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
