"""What is done on the page of payments: matched, taken back, entered, changed, removed; each is told with Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.window import payments_work as work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.payment_proposals import Proposal
    from ltu_desktop.queries.payments import PaymentRow
    from ltu_desktop.store.journal import Changed
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.payment_form import NewPayment
    from ltu_desktop.window.payments_page import PaymentsPage
    from ltu_desktop.window.payments_work import Board


class PaymentsSteps(QObject):
    """Joins the panel and the form to the desk."""

    def __init__(self, page: PaymentsPage, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        page.panel.accepted.connect(lambda proposal: self.accept([proposal]))
        page.panel.matched.connect(self._match)
        page.panel.unmatched.connect(self._unmatch)
        page.form.wanted.connect(self._add)

    def _do(self, action: Callable[[Context], Changed], said: str) -> None:
        """Do something, keep the list where it is, and say it with Undo."""
        place = self._page.table.currentIndex().row()

        def job(ctx: Context) -> Board:
            action(ctx)
            return work.load(ctx)

        def done(board: Board) -> None:
            self._page.show_again(board, place)
            self._desk.said.emit(said, True)

        self._desk.act(job, done, initiator=self._page)

    def accept(self, proposals: Sequence[Proposal]) -> None:
        """Match as proposed."""
        count = sum(len(each.payments) for each in proposals)
        said = self._desk.words.plural("{count} payment matched", "{count} payments matched", count)
        self._do(lambda ctx: work.accept(ctx, proposals), said)

    def _match(self, payment: PaymentRow, shares: Sequence[tuple[bytes, Decimal]]) -> None:
        amount = self._desk.words.money(sum((euros for _, euros in shares), ZERO))
        said = self._desk.words.text(N_("Matched: {amount}"), amount=amount)
        self._do(lambda ctx: work.match(ctx, payment.id, shares), said)

    def _unmatch(self, payment: PaymentRow, claim_id: bytes) -> None:
        said = self._desk.words.text(N_("The match was taken back"))
        self._do(lambda ctx: work.unmatch(ctx, payment.id, claim_id), said)

    def remove(self) -> None:
        """Remove the payment that is shown, with its matches."""
        payment = self._page.panel.payment
        if payment is not None:
            said = self._desk.words.text(N_("Removed: {amount}"), amount=self._desk.words.money(payment.amount))
            self._do(lambda ctx: work.remove(ctx, payment.id), said)

    def _add(self, new: NewPayment) -> None:
        former = self._page.form.payment
        values = {"received_on": new.received_on, "amount": new.amount, "payer": new.payer, "label": new.label}

        def job(ctx: Context) -> tuple[Board, bytes | None]:
            if former is not None:
                work.change(ctx, former, values)
                return work.load(ctx), None
            key = work.add(ctx, received_on=new.received_on, amount=new.amount, payer=new.payer, label=new.label)
            return work.load(ctx), key

        def done(found: tuple[Board, bytes | None]) -> None:
            self._page.show_added(*found)
            said = N_("Added: {amount}") if former is None else N_("Changed: {amount}")
            self._desk.said.emit(self._desk.words.text(said, amount=self._desk.words.money(new.amount)), True)

        self._desk.act(job, done, initiator=self._page, failed=self._page.form.refuse)
