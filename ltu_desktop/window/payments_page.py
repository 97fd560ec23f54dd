"""The page of payments: what the bank says, which claims it settles, and what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.text import fold
from ltu_desktop.window import payments_work as work
from ltu_desktop.window.controls import Kind, Segments
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.models import RowsModel
from ltu_desktop.window.page import Page
from ltu_desktop.window.payment_form import PaymentForm
from ltu_desktop.window.payment_panel import WIDTH, PaymentPanel
from ltu_desktop.window.payments_steps import PaymentsSteps
from ltu_desktop.window.payments_tables import payment_columns, payment_totals
from ltu_desktop.window.payments_views import MonthsView, OpenClaimsView
from ltu_desktop.window.pieces import SearchField, column, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_totals import TableWithTotals
from ltu_desktop.window.tokens import ROW_LIST, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ltu_desktop.actions.payment_proposals import Proposal
    from ltu_desktop.queries.payments import PaymentRow
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.payments_work import Board, MonthLine

ALL, TO_MATCH, OPEN_CLAIMS, BY_MONTH = range(4)


class PaymentsPage(Page):
    """Payments at the left, the chosen one at the right; or expected against received by month."""

    code: ClassVar[str] = "payments"
    tables: ClassVar[frozenset[str]] = frozenset({"payment", "payment_match", "claim", "sealed"})

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.board: Board | None = None
        self._wanted: bytes | None = None
        text = self.words.text
        self.head.add(commands.button("payments.add"), commands.button("payments.import"))
        self.segments = Segments()
        self.segments.chosen.connect(lambda _at: self._show_view())
        self.search = SearchField(text(N_("Filter")), 180)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.sure_button = commands.button("payments.accept_sure")
        self.views = QStackedWidget()
        self.views.addWidget(self._payments_view())
        self.by_month = MonthsView(self.words)
        self.by_month.opened.connect(self._open_month)
        self.by_month.table.chosen.connect(lambda _line: self.hinted.emit())
        self.open_claims = OpenClaimsView(self.words)
        self.open_claims.opened.connect(self._open_claim)
        self.views.addWidget(self.by_month)
        self.views.addWidget(self.open_claims)
        filled = QWidget()
        box = column(filled)
        box.addWidget(self._bar())
        box.addWidget(rule(tone="line2"))
        box.addWidget(self.views, 1)
        self.empty = EmptyPane(
            text(
                N_(
                    "There are no payments in this file yet. "
                    "Import the bank’s file: payments from the Fund are picked out for you."
                )
            ),
            commands.button("payments.import", kind=Kind.PRIMARY),
        )
        self.steps = PaymentsSteps(self, desk)
        self.body = QStackedWidget()
        self.body.addWidget(filled)
        self.body.addWidget(self.empty)
        self.box.addWidget(self.body, 1)

    def _bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setFixedHeight(48)
        across = row(bar, margins=(24, 0, 24, 0))
        across.addWidget(self.segments)
        across.addStretch(1)
        across.addWidget(self.sure_button)
        across.addWidget(self.search)
        return bar

    def _payments_view(self) -> QWidget:
        words = self.words
        self.model: RowsModel[PaymentRow] = RowsModel(payment_columns(words, self._state), key=lambda each: each.id)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.DENSE, edge=24)
        self.table.setAccessibleName(words.text(N_("Payments")))
        self.table.setProperty("pane", True)
        self.table.chosen.connect(lambda _row: self._follow())
        self.table.opened.connect(lambda _row: self._enter())
        self.with_totals = TableWithTotals(self.table)
        self.with_totals.setMinimumWidth(380)
        self.panel = PaymentPanel(words, self.commands)
        self.panel.opened.connect(self._open_claim)
        self.panel.closed.connect(self.back)
        self.form = PaymentForm(words, self.desk.clock.now().date())
        self.form.closed.connect(self.back)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        for pane in (self.with_totals, self.panel, self.form):
            self.panes.addWidget(pane)
        self.panes.setStretchFactor(0, 1)
        self.panel.hide()
        self.form.hide()
        return self.panes

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with payments."""
        return {
            "payments.import": lambda: self.desk.go.emit("import", "bank"),
            "payments.add": self.begin_new,
            "payments.accept": self.panel.accept,
            "payments.accept_sure": lambda: self.steps.accept(self._sure()),
            "payments.change": self._begin_change,
            "payments.remove": self.steps.remove,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text, enter, add = self.words.text, self.words.term("key", "Enter"), ("Ctrl N", self.words.text(N_("add")))
        if self.body.currentIndex():
            return [add]
        if self.form.isVisible():
            return [(enter, self.form.add_button.text().lower()), (self.words.term("key", "Esc"), text(N_("back")))]
        if self._view() == OPEN_CLAIMS:
            return [("↑ ↓", text(N_("claim"))), (enter, text(N_("open"))), add]
        if self._view() == BY_MONTH:
            line = self.by_month.table.current_row()
            opens = [(enter, text(N_("open")))] if line is not None and self._claimed(line) is not None else []
            return [("↑ ↓", text(N_("month"))), *opens, add]
        accept = [(f"Ctrl {enter}", text(N_("accept the proposal")))] if self._proposed() else []
        return [("↑ ↓", text(N_("payment"))), (enter, text(N_("into the panel"))), *accept, add]

    def show_what(self, what: object) -> None:
        """Show a payment by its key."""
        self._wanted = what if isinstance(what, bytes) else None

    def first_focus(self) -> QWidget | None:
        """Begin in the list."""
        return self.table

    def filter_field(self) -> QWidget | None:
        """Return the filter of the list."""
        return self.search if self._view() in {ALL, TO_MATCH} else None

    def back(self) -> bool:
        """Close the form or the panel."""
        if self.form.isVisible() or self.panel.isVisible():
            self.form.hide()
            self.panel.hide()
            self._show()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def fit(self) -> None:
        """Give the panel less room in a narrow window."""
        super().fit()
        side = 340 if self.compact() else WIDTH
        self.panes.setSizes([10_000, side, side])

    def month_changed(self) -> None:
        """Payments of all months stand here; the month of the claims does not change them."""

    def refresh(self) -> None:
        """Read the page again."""
        words = self.words
        self.head.say(words.text(N_("Payments")), words.text(N_("what came in, and the claims that it settles")))
        self.desk.act(work.load, self._take, title=words.text(N_("Looking for what goes together")))
        self._say_commands()

    # ---- showing ----

    def _state(self, payment: PaymentRow) -> str:
        return self.board.state(payment) if self.board is not None else work.OPEN

    def _view(self) -> int:
        return max(0, self.segments.index())

    def _take(self, board: Board) -> None:
        self.board = board
        self.model.set_rows(board.payments)
        self.by_month.show_board(board)
        self.open_claims.show_board(board)
        self._show()
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        if not self.form.isVisible():
            self._follow()

    def _show(self) -> None:
        board, words = self.board, self.words
        if board is None:
            return
        open_rows = [each for each in board.payments if each.left]
        self.segments.set_texts(
            [
                (words.text(N_("All payments")), words.integer(len(board.payments))),
                (words.text(N_("To match")), words.integer(len(open_rows))),
                (words.text(N_("Open claims")), words.integer(len(self.open_claims.model.all_rows()))),
                (words.text(N_("Expected and received")), ""),
            ]
        )
        # without any payment the months still tell what is expected, once a claim was sealed
        nothing = not board.payments and not board.claims and not self.form.isVisible()
        self.body.setCurrentIndex(1 if nothing else 0)
        self._show_view()

    def _show_view(self) -> None:
        listed = self._view() in {ALL, TO_MATCH}
        self.views.setCurrentIndex({BY_MONTH: 1, OPEN_CLAIMS: 2}.get(self._view(), 0))
        self.search.setVisible(listed)
        self._filter()
        self._say_commands()
        self.hinted.emit()

    def _filter(self) -> None:
        text, only_open = fold(self.search.text()), self._view() == TO_MATCH

        def wanted(each: PaymentRow) -> bool:
            if only_open and not each.left:
                return False
            amounts = f"{each.amount} {self.words.number(each.amount)}"
            return not text or text in fold(f"{each.payer} {each.label} {amounts} {self.words.day(each.received_on)}")

        self.model.filter(wanted)
        nothing = N_("No payment matches: clear the text.") if text else N_("Every payment is matched.")
        self.table.say_nothing(self.words.text(nothing))
        self.with_totals.totals.show_totals(payment_totals(self.words, self.model.rows()))
        rows = self.model.rows()
        if rows and not self.table.currentIndex().isValid():
            self.table.choose(rows[0].id)
        elif not rows:
            self._follow()  # none is chosen any more

    def _follow(self) -> None:
        """Show the current payment in the panel."""
        board, current = self.board, self.table.current_row()
        if board is None or current is None or self.form.isVisible():  # what is being typed stays
            if current is None:
                self.panel.hide()
            self._say_commands()
            return
        if self.panel.isHidden():
            self.panel.show()
            self.fit()
        self.panel.show_payment(current, board, writable=self.desk.writable)
        self._say_commands()

    def _enter(self) -> None:
        """Go into the panel, onto what is to be decided."""
        self.form.hide()
        self.hinted.emit()
        self._follow()
        target = self.panel.first()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, QLineEdit):
            target.selectAll()

    def _sure(self) -> list[Proposal]:
        return [each for each in self.board.proposals if each.sure] if self.board is not None else []

    def _chosen(self) -> bool:
        return self.panel.isVisible() and self.panel.payment is not None and self._view() in {ALL, TO_MATCH}

    def _proposed(self) -> bool:
        return self._chosen() and self.panel.has_proposal()

    def _say_commands(self) -> None:
        words, writable = self.words, self.desk.writable
        readonly = self.desk.why_not
        for code in ("payments.import", "payments.add"):
            self.commands.enable(code, on=writable, reason=readonly)
        chosen = self._chosen()
        none = readonly if not writable else words.text(N_("Choose a payment first."))
        for code in ("payments.change", "payments.remove"):
            self.commands.enable(code, on=writable and chosen, reason=none)
        unsaid = readonly if not writable else words.text(N_("Nothing is proposed for this payment."))
        self.commands.enable("payments.accept", on=writable and self._proposed(), reason=unsaid)
        sure = len(self._sure())
        few = readonly if not writable else words.text(N_("Fewer than two matches are sure."))
        self.commands.enable("payments.accept_sure", on=writable and sure > 1, reason=few)
        self.sure_button.setText(words.plural("Accept {count} sure match", "Accept {count} sure matches", sure))
        self.sure_button.refit()
        self.sure_button.setVisible(sure > 1 and self._view() in {ALL, TO_MATCH})
        self.hinted.emit()  # there may be a proposal now, or none any more

    # ---- the form, and after a change ----

    def begin_new(self) -> None:
        """Ask in the panel's place for a new payment."""
        if self._view() not in {ALL, TO_MATCH}:
            self.segments.choose(ALL)
        self.body.setCurrentIndex(0)
        self.panel.hide()
        self._show_form(None)

    def _begin_change(self) -> None:
        payment = self.panel.payment
        if payment is not None:
            self.panel.hide()
            self._show_form(payment)

    def _show_form(self, payment: PaymentRow | None) -> None:
        self.form.begin(payment)
        self.form.show()
        self.fit()
        self._say_commands()
        self.hinted.emit()
        self.form.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_again(self, board: Board, place: int) -> None:
        """Show the board after a change, the hand staying where it was in the list."""
        self._take(board)
        rows = self.model.rows()
        if rows and not self.table.currentIndex().isValid():
            self.table.choose(rows[min(max(place, 0), len(rows) - 1)].id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    def show_added(self, board: Board, key: bytes | None) -> None:
        """Show what was typed in the list, instead of the form."""
        self._wanted = key
        self.form.hide()
        self.search.clear()
        self.show_again(board, 0)

    # ---- where it leads ----

    def _open_claim(self, claim_id: bytes) -> None:
        claim = self.board.claim(claim_id) if self.board is not None else None
        if claim is not None:
            self.desk.set_month(claim.month)
            self.desk.go.emit("claim", claim_id)

    def _claimed(self, line: MonthLine) -> Month | None:
        """Return the month of a line that has a claim to open; money may come in during one that has none."""
        claims = self.board.claims if self.board is not None else ()
        return next((claim.month for claim in claims if claim.month == line.flow.period), None)

    def _open_month(self, line: MonthLine) -> None:
        month = self._claimed(line)
        if month is not None:
            self.desk.set_month(month)
            self.desk.go.emit("claim", None)
