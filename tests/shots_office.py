"""Pictures of what an office does with people, claims, payments and reports beyond looking at them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from ltu_desktop.actions import claims
from ltu_desktop.actions import people as actions
from ltu_desktop.actions.statements import seal_statement
from ltu_desktop.window.claim_page import ClaimPage
from ltu_desktop.window.import_page import ImportPage
from ltu_desktop.window.payments_page import OPEN_CLAIMS, PaymentsPage
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.reports_page import ReportsPage
from ltu_desktop.window.timeline import BAR, BAR_TOP
from tests.claim_world import OCTOBER, World, ready
from tests.report_world import YEAR, claimed_year
from tests.studio import Studio, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.actions.context import Context


def _people(studio: Studio) -> PeoplePage:
    studio.open()
    wait(studio.frame, 250)
    page = studio.frame.page
    assert isinstance(page, PeoplePage)
    return page


def _choose(studio: Studio, page: PeoplePage, place: int) -> None:
    page.list.table.choose(page.list.model.rows()[place].id)
    wait(studio.frame, 250)


def _write(widget: object, text: str) -> None:
    assert isinstance(widget, QLineEdit)
    widget.setText(text)
    widget.textEdited.emit(text)


def timeline(studio: Studio) -> None:
    """An amendment in the hand: what it would be, and its effect, below the line."""
    page = _people(studio)
    known = page.list.model.rows()[6]
    _choose(studio, page, 6)
    assert page.panel.person is not None
    contract = page.panel.person.contracts[-1]

    def amend(ctx: Context) -> None:
        actions.change_terms(ctx, contract.id, start=date(2026, 10, 12), weekly_hours=Decimal(35))

    studio.frame.desk.act(amend, lambda _done: None)
    settle(studio.frame)
    studio.frame.toast.hide()
    page.list.table.choose(known.id)
    line = page.panel.essentials.contracts.timeline
    assert line is not None
    grip = line.grips()[0]
    y = BAR_TOP + BAR // 2
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(grip.left, y))
    QTest.mouseMove(line, QPoint(grip.left - 60, y))
    wait(studio.frame, 500)


def identity(studio: Studio) -> None:
    page = _people(studio)
    _choose(studio, page, 8)
    page.panel.tabs.choose("identity")
    _write(page.panel.identity.fields["nir"].widget, "28003992")


def hire(studio: Studio) -> None:
    """Somebody who may be in the file already is being typed."""
    page = _people(studio)
    known = page.list.model.rows()[9]
    studio.frame.commands.do("people.new")
    settle(studio.frame)
    for name, text in (
        ("name", known.name),
        ("first_names", f"{known.first_names}e"),
        ("nir", "2 80 03 2A"),
        ("contract_start", "01/12/2026"),
        ("weekly_hours", "28"),
    ):
        _write(page.newcomer.fields[name].widget, text)
    wait(studio.frame, 500)


def _pick(widget: object, place: int) -> None:
    assert isinstance(widget, QComboBox)
    widget.setCurrentIndex(place)
    widget.activated.emit(place)


def many(studio: Studio) -> None:
    """Twelve people get another activity: shown one by one before it is done."""
    page = _people(studio)
    table = page.list.table
    _choose(studio, page, 3)
    for _ in range(11):
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    wait(studio.frame, 250)
    _pick(page.many.field.widget, 1)
    _pick(page.many.value.widget, 1)
    settle(studio.frame)


def merge(studio: Studio) -> None:
    """Two records of one person, of which both say something else."""
    page = _people(studio)
    first, _second = page.list.model.rows()[3:5]

    def double(ctx: Context) -> None:
        key = actions.add_person(
            ctx, staff_number="9001", name=first.name, first_names=f"{first.first_names} Marie", town="Loos"
        )
        actions.change_person(ctx, first.id, {"town": "Lille"})
        actions.change_person(ctx, key, {"phone": "03 20 00 00 00"})

    studio.frame.desk.act(double, lambda _done: None)
    settle(studio.frame)
    studio.frame.toast.hide()
    page.list.filters.search.setText(first.name)
    page.list.filters.present.choose("")
    _choose(studio, page, 0)
    _choose(studio, page, [each.id for each in page.list.model.rows()].index(first.id))
    QTest.keyClick(page.list.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    wait(studio.frame, 250)
    studio.frame.commands.do("people.merge")
    settle(studio.frame)


def keep_filter(studio: Studio) -> None:
    page = _people(studio)
    page.list.filters.status.choose("other")
    page.list.filters.ask_name()


def claim_total(studio: Studio) -> None:
    """The State's part of the whole claim, explained."""
    studio.open("claim")
    page = studio.frame.page
    assert isinstance(page, ClaimPage)
    assert page.lines is not None
    totals = page.lines.totals
    totals.setFocus()
    totals.choose(len(totals.texts()) - 1, "state")


def _claim(studio: Studio, name: str, do: Callable[[World], None]) -> ClaimPage:
    """Open a small file at its claim for October, after something was done with it."""
    world = ready(studio.folder / f"{name}.ltu")
    for number in range(4, 16):
        world.person(f"F{number:04d}", name=f"Martin{number}", first="Zoé", weekly="28")
    rows = {f"F{number:04d}": "121.33" for number in range(4, 16)}
    world.payroll(OCTOBER, rows, name="dsn-2026-10-b.dsn")
    do(world)
    world.close()
    studio.frame.start.open(world.path)
    settle(studio.frame)
    studio.frame.desk.set_month(OCTOBER)
    studio.frame.go("claim")
    settle(studio.frame)
    page = studio.frame.page
    assert isinstance(page, ClaimPage)
    return page


def _seal_and_pay_back(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    back = [(f"F{number:04d}", OCTOBER, f"-{number}.00") for number in (2, 5, 9, 14)]
    world.payroll(OCTOBER.plus(1), back, name="dsn-2026-11.dsn")


def sealed(studio: Studio) -> None:
    """Ask before a claim is sealed: the question says what cannot be undone."""
    page = _claim(studio, "a-sceller", lambda _world: None)
    studio.question(page.steps.seal)


def corrected(studio: Studio) -> None:
    """Ask before a corrective version is sealed: it says what it would hold."""
    _claim(studio, "a-rectifier", _seal_and_pay_back)
    studio.question(lambda: studio.frame.commands.do("claim.correct"))


def claim_corrections(studio: Studio) -> None:
    """A corrective version: before, after, the difference."""

    def correct(world: World) -> None:
        _seal_and_pay_back(world)
        claims.correct(world.ctx, OCTOBER, "heures rectifiées")

    _claim(studio, "rectifie", correct)


STRANGE = """Quand;Quoi;Combien;De qui;Remarque
04/11/2026;VIR CDE 09/2026;181250,20;FONDS ETCLD;
05/11/2026;VIR SUBVENTION FETE DE QUARTIER;412,00;COMMUNE DE SAINT-AUBIN;fete
06/11/2026;PRLV ELECTRICITE;-812,40;REUNIE;
"""


def bank_columns(studio: Studio) -> None:
    """A bank whose columns nobody knows."""
    path = studio.folder / "banque.csv"
    path.write_text(STRANGE, "utf-8")
    studio.open("import", "bank")
    page = studio.frame.page
    assert isinstance(page, ImportPage)
    page.read(path)
    settle(studio.frame)
    page.columns.button.click()


def open_claims(studio: Studio) -> None:
    studio.open("payments")
    page = studio.frame.page
    assert isinstance(page, PaymentsPage)
    page.segments.choose(OPEN_CLAIMS)


def statement_sealed(studio: Studio) -> None:
    """A year's statement, sealed; its versions can be chosen."""
    world = claimed_year(studio.folder / "annee.ltu")
    seal_statement(world.ctx, YEAR)
    world.close()
    studio.frame.start.open(world.path)
    settle(studio.frame)
    studio.frame.go("reports", "statement")
    settle(studio.frame)
    page = studio.frame.page
    assert isinstance(page, ReportsPage)
    page.year.choose(YEAR)
    settle(studio.frame)
    page.sealing.choice.choose(1)


SHOTS: tuple[Callable[[Studio], None], ...] = (
    timeline,
    identity,
    hire,
    many,
    merge,
    keep_filter,
    claim_total,
    sealed,
    corrected,
    claim_corrections,
    bank_columns,
    open_claims,
    statement_sealed,
)
