"""The list of claims: a line for each month with payroll, and for each sealed version, with what still stands open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.rules.money import ZERO
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.page import Page
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_totals import TableWithTotals, Total
from ltu_desktop.window.tokens import ROW_LIST, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.words import Words


@dataclass(frozen=True)
class ClaimLine:
    """A month to be claimed (no row), or a sealed version."""

    month: Month
    number: int
    state: str
    hours: Decimal
    total: Decimal
    row: ClaimRow | None = None
    blockers: int = 0
    warnings: int = 0
    sent_on: date | None = None
    paid_on: date | None = None  # None where nobody noted the payment itself
    failed: bool = False  # no claim can be worked out for the month

    @property
    def key(self) -> object:
        """Lasting name of the line."""
        return self.row.id if self.row is not None else str(self.month)


def load_claims(ctx: Context) -> list[ClaimLine]:
    """Return the lines, latest month first; months with payroll and no claim are worked out."""
    from ltu_desktop.actions import claims
    from ltu_desktop.queries.claims import payroll_months
    from ltu_desktop.queries.payments import received_days, sent_days
    from ltu_desktop.rules.errors import UserError

    rows = claims.listing(ctx)
    with ctx.store.read() as connection:
        months = payroll_months(connection)
        sent, received = sent_days(connection), received_days(connection)
    found = [
        ClaimLine(
            row.month,
            row.number,
            row.state,
            row.hours,
            row.total,
            row,
            sent_on=sent.get(row.id) if row.state != "sealed" else None,  # it may have been taken back
            paid_on=received.get(row.id) if row.state == "paid" else None,
        )
        for row in rows
    ]
    claimed = {row.month for row in rows}
    open_months = [month for month in months if month not in claimed]
    for done, month in enumerate(open_months):
        ctx.progress(done, len(open_months))
        try:
            prepared = claims.review(ctx, month)
        except UserError:
            found.append(ClaimLine(month, 1, "draft", ZERO, ZERO, failed=True))
            continue
        problems = prepared.dossier.answer.problems
        found.append(
            ClaimLine(
                month,
                1,
                "draft",
                prepared.hours,
                prepared.total,
                blockers=sum(each.severity is Severity.BLOCKER for each in problems),
                warnings=sum(each.severity is Severity.WARNING for each in problems),
            )
        )
    return sorted(found, key=lambda line: (line.month, line.number), reverse=True)


STATES: dict[str, tuple[str, Meaning | None]] = {
    "draft": (N_("To seal"), None),
    "sealed": (N_("Sealed, to send"), Meaning.INFO),
    "sent": (N_("Sent"), Meaning.INFO),
    "returned": (N_("Returned"), Meaning.ATTENTION),
    "paid": (N_("Paid by the Fund"), Meaning.OK),
}


def claim_columns(words: Words) -> tuple[Column[ClaimLine], ...]:
    """Return the columns of the list."""

    def state(line: ClaimLine) -> Cell:
        text, meaning = STATES[line.state]
        if meaning is None or meaning is Meaning.OK:
            return Cell(words.text(text), "text2", icon="check-circle" if meaning else "")
        return Cell(words.text(text), f"{meaning}.fg", meaning=meaning, meaning_first=True)

    def points(line: ClaimLine) -> Cell:
        if line.failed:
            text = words.text(N_("no legal value for this month"))
            return Cell(text, "blocking.fg", strong=True, meaning=Meaning.BLOCKING, meaning_first=True)
        if line.row is not None:
            if line.paid_on is not None:
                text = words.text(N_("paid on {day}"), day=words.day(line.paid_on))
            elif line.sent_on is not None:
                text = words.text(N_("sent on {day}"), day=words.day(line.sent_on))
            else:
                text = words.text(N_("sealed on {day}"), day=words.day(line.row.sealed_at.astimezone().date()))
            return Cell(text if not line.row.reason else f"{text} · {line.row.reason}", "text3")
        if line.blockers:
            text = words.plural("{count} blocker", "{count} blockers", line.blockers)
            return Cell(text, "blocking.fg", strong=True, meaning=Meaning.BLOCKING, meaning_first=True)
        if line.warnings:
            text = words.plural("{count} point to check", "{count} points to check", line.warnings)
            return Cell(text, "attention.fg", meaning=Meaning.ATTENTION, meaning_first=True)
        return Cell(words.text(N_("nothing stands in the way")), "text3")

    def month(line: ClaimLine) -> Cell:
        name = words.month(line.month)
        return Cell(name[:1].upper() + name[1:], strong=True)

    def version(line: ClaimLine) -> Cell:
        if line.number == 1:
            return Cell(words.text(N_("initial")), "text2")
        return Cell(words.text(N_("correction {number}"), number=line.number - 1), "text2")

    return (
        Column("month", words.text(N_("Month")), month, 170, sort=lambda line: (line.month, line.number)),
        Column("version", words.text(N_("Version")), version, 130, yields=2),
        Column("state", words.text(N_("State of the claim")), state, 190, sort=lambda line: line.state),
        Column("points", words.text(N_("Follow-up")), points, 220, stretch=True),
        Column(
            "hours",
            words.text(N_("Fundable")),
            lambda line: Cell(words.number(line.hours)) if line.hours else QUIET_ZERO,
            130,
            unit="h",
            right=True,
            sort=lambda line: line.hours,
            yields=1,
        ),
        Column(
            "total",
            words.text(N_("Total")),
            lambda line: Cell(words.number(line.total), strong=True) if line.total else QUIET_ZERO,
            150,
            unit="€",
            right=True,
            sort=lambda line: line.total,
        ),
    )


class ClaimsPage(Page):
    """Months and their claims."""

    code: ClassVar[str] = "claims"
    tables: ClassVar[frozenset[str]] = frozenset(
        {"claim", "sealed", "payroll_file", "pay_month", "person", "contract", "contract_terms", "agreement",
         "agreement_terms", "parameter_override", "employer", "absence", "payment", "payment_match"}
    )  # fmt: skip

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        text = self.words.text
        self.head.add(commands.button("payroll.import"), commands.button("claim.open", kind=Kind.PRIMARY))
        self.model: RowsModel[ClaimLine] = RowsModel(claim_columns(self.words), key=lambda line: line.key)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.BODY, edge=24)
        self.table.setAccessibleName(text(N_("Claims")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._point(self.model.row(index)))
        self.with_totals = TableWithTotals(self.table)
        self.empty = EmptyPane(
            text(N_("There is no payroll in this file yet. A claim begins with a month’s payroll.")),
            commands.button("payroll.import", kind=Kind.PRIMARY),
        )
        self.body = QStackedWidget()
        self.body.addWidget(self.with_totals)
        self.body.addWidget(self.empty)
        self.box.addWidget(self.body, 1)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with claims."""
        return {
            "payroll.import": lambda: self.desk.go.emit("import", "payroll"),
            "claim.open": lambda: self.desk.go.emit("claim", None),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        words = self.words
        return [
            ("↑ ↓", words.text(N_("claim"))),
            (words.term("key", "Enter"), words.text(N_("open"))),
            (f"Ctrl {words.term('key', 'PgUp')}", words.text(N_("month before"))),
        ]

    def first_focus(self) -> QWidget | None:
        """Begin in the list."""
        return self.table

    def refresh(self) -> None:
        """Read the list again."""
        words = self.words
        self.head.say(words.text(N_("Claims")), words.text(N_("one a month, with its corrections")))
        writable = self.desk.writable
        self.commands.enable("payroll.import", on=writable, reason=self.desk.why_not)
        self.desk.act(load_claims, self._show, title=words.text(N_("Working out the claims")))

    def month_changed(self) -> None:
        """Point at the month."""
        self._choose_month()

    def _show(self, lines: list[ClaimLine]) -> None:
        self.model.set_rows(lines)
        self.body.setCurrentWidget(self.with_totals if lines else self.empty)
        words, year = self.words, self.desk.month.year
        asked = [line for line in lines if line.row is not None and line.month.year == year]
        sums = {
            "hours": sum((line.hours for line in asked), ZERO),
            "total": sum((line.total for line in asked), ZERO),
        }
        total = Total(
            words.text(N_("Claimed in {year}"), year=str(year)),
            {code: words.number(value) if value else QUIET_ZERO.text for code, value in sums.items()},
            quiet=f"· {words.plural('{count} claim', '{count} claims', len(asked))}",
            strong=True,
        )
        self.with_totals.totals.show_totals([total])
        if not self.table.currentIndex().isValid():
            self._choose_month()

    def _choose_month(self) -> None:
        found = next((line for line in self.model.rows() if line.month == self.desk.month), None)
        if found is not None:
            self.table.choose(found.key)

    def _point(self, line: ClaimLine | None) -> None:
        if line is not None:
            self.desk.set_month(line.month)

    def _open(self, line: ClaimLine) -> None:
        self.desk.set_month(line.month)
        self.desk.go.emit("claim", line.row.id if line.row is not None else None)
