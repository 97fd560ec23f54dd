"""One payment at the right of the list: what it settles, what is proposed and why, and any other open claim."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, choice_field, text_field, value_of
from ltu_desktop.window.payment_form import read_amount
from ltu_desktop.window.payments_work import share
from ltu_desktop.window.pieces import Chip, Elided, Link, Upright, clear, column, label, row, rule
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.actions.payment_proposals import Proposal
    from ltu_desktop.queries.payments import ClaimOpen, PaymentRow
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.payments_work import Board
    from ltu_desktop.words import Words

WIDTH = 400


class PaymentPanel(QFrame):
    """The panel. What a person decides goes out as signals; the page does it."""

    accepted = Signal(object)  # a Proposal, as it is
    matched = Signal(object, object)  # the payment, and [(claim, euros)]
    unmatched = Signal(object, object)  # the payment, and the claim whose match goes
    opened = Signal(object)  # a claim
    closed = Signal()

    def __init__(self, words: Words, commands: Commands) -> None:
        super().__init__()
        self._words = words
        self.payment: PaymentRow | None = None
        self._proposal: Proposal | None = None
        self.shares: list[tuple[bytes, Field]] = []  # the proposed euros, open to be changed
        self.other: Field | None = None
        self.other_amount: Field | None = None
        self.other_button: Button | None = None
        self._candidates: dict[str, ClaimOpen] = {}
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        box = column(self)
        head = row(margins=(20, 12, 12, 0), gap=8)
        self.amount = label("", Text.FIGURE)
        self.facts = label("", Text.DENSE, "text2", wrap=True)
        self.facts.setContentsMargins(20, 0, 20, 8)
        head.addWidget(self.amount, 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(words.text(N_("Close the panel")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.closed)
        head.addWidget(commands.button("payments.change", kind=Kind.QUIET, text=""), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(self.facts)
        box.addWidget(rule())
        self._scroll = Upright()
        inside = QWidget()
        self._body = column(inside, margins=(20, 12, 20, 16), gap=10)
        self._scroll.setWidget(inside)
        box.addWidget(self._scroll, 1)
        self.accept_button = commands.button("payments.accept", kind=Kind.PRIMARY)
        self.remove_button = commands.button("payments.remove", kind=Kind.QUIET)
        foot = row(margins=(6, 8, 20, 12), gap=8)  # the quiet button's word below the texts
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        foot.addWidget(self.accept_button)
        box.addWidget(rule())
        box.addLayout(foot)

    def show_payment(self, payment: PaymentRow, board: Board, *, writable: bool) -> None:
        """Show a payment with what it settles and may settle."""
        words = self._words
        self.payment = payment
        self.amount.setText(words.money(payment.amount))
        facts = (words.day(payment.received_on), payment.payer, payment.label)
        self.facts.setText(" · ".join(part for part in facts if part))
        self.setAccessibleName(f"{self.amount.text()} {self.facts.text()}")
        self.shares, self._candidates = [], {}
        self.other = self.other_amount = self.other_button = None
        clear(self._body)
        if payment.source:
            where = words.text(N_("{file}, line {line}"), file=payment.source, line=words.integer(payment.line))
            came = Elided(where, Text.NOTE, "text3")
            self._body.addWidget(came)
        self._settled(payment, board, writable=writable)
        self._proposal = board.proposal(payment) if payment.left else None
        if self._proposal is not None:
            self._proposed(payment, self._proposal, writable=writable)
        self._others(payment, board, writable=writable)
        self._body.addStretch(1)
        self.accept_button.setVisible(self._proposal is not None)

    def has_proposal(self) -> bool:
        """Tell whether something is proposed for the payment."""
        return self._proposal is not None

    def first(self) -> QWidget:
        """Return what Enter in the list leads to: the proposed euros, else the choice of a claim."""
        if self.shares:
            return self.shares[0][1].widget
        if self.other_amount is not None and self.other is not None:
            return self.other.widget
        return self.remove_button

    def accept(self) -> None:
        """Match as proposed, or with the euros typed in place of those proposed."""
        payment, proposal = self.payment, self._proposal
        if payment is None or proposal is None:
            return
        wanted = self._read(self.shares)
        if wanted is None:
            return
        proposed = [(link.claim_id, link.amount) for link in proposal.links if link.payment_id == payment.id]
        if wanted == proposed:
            self.accepted.emit(proposal)
        else:
            self.matched.emit(payment, wanted)

    # ---- the parts ----

    def _section(self, title: str) -> None:
        self._body.addSpacing(4)
        self._body.addWidget(label(title, Text.SECTION))

    def _settled(self, payment: PaymentRow, board: Board, *, writable: bool) -> None:
        from ltu_desktop.actions.payment_proposals import claim_name

        words = self._words
        self._section(words.text(N_("Settles")))
        for each in payment.matches:
            claim = board.claim(each.claim_id)
            name = claim_name(words, claim) if claim is not None else words.month(each.month)
            line = row(gap=8)
            way = Link(name)
            way.clicked.connect(lambda _on=False, key=each.claim_id: self.opened.emit(key))
            line.addWidget(way)
            if claim is not None and claim.state == "paid":
                line.addWidget(Chip(words.term("claim step", "Paid"), Meaning.OK))
            line.addStretch(1)
            line.addWidget(label(words.money(each.amount), Text.STRONG))
            back = Button(icon="x", kind=Kind.QUIET)
            back.setAccessibleName(words.text(N_("Take the match with {claim} back"), claim=name))
            back.setToolTip(back.accessibleName())
            back.setEnabled(writable)
            back.clicked.connect(lambda _on=False, key=each.claim_id: self.unmatched.emit(payment, key))
            line.addWidget(back)
            self._body.addLayout(line)
        if not payment.matches:
            self._body.addWidget(label(words.text(N_("Nothing yet.")), Text.BODY, "text3"))
        elif payment.left:
            left = words.text(N_("{amount} are left."), amount=words.money(payment.left))
            self._body.addWidget(label(left, Text.DENSE, "text2", wrap=True))

    def _proposed(self, payment: PaymentRow, proposal: Proposal, *, writable: bool) -> None:
        from ltu_desktop.actions.payment_proposals import claim_name, reason_text

        words = self._words
        self._section(words.text(N_("Proposal")))
        self._body.addWidget(label(reason_text(words, proposal), Text.BODY, "text", wrap=True))
        if not proposal.sure:
            unsure = words.text(N_("Please check: other matches are possible."))
            self._body.addWidget(label(unsure, Text.DENSE, "text2", wrap=True))
        others = [each for each in proposal.payments if each.id != payment.id]
        if others:
            said = ", ".join(f"{words.money(each.left)} ({words.day(each.received_on)})" for each in others)
            self._body.addWidget(
                label(words.text(N_("Together with {payments}"), payments=said), Text.DENSE, "text2", wrap=True)
            )
        claims = {each.id: each for each in proposal.claims}
        for link in proposal.links:
            if link.payment_id != payment.id:
                continue
            claim = claims[link.claim_id]
            help_text = words.text(N_("outstanding: {amount}"), amount=words.money(claim.unmatched))
            field = text_field(claim_name(words, claim), value=words.number(link.amount), unit="€", help_text=help_text)
            field.widget.setEnabled(writable)
            assert isinstance(field.widget, QLineEdit)
            field.widget.returnPressed.connect(self.accept)
            self.shares.append((link.claim_id, field))
            self._body.addWidget(field)

    def _others(self, payment: PaymentRow, board: Board, *, writable: bool) -> None:
        from ltu_desktop.actions.payment_proposals import claim_name

        candidates = board.candidates(payment)
        proposed = {key for key, _ in self.shares}
        rest = [each for each in candidates if len(proposed) != 1 or each.id not in proposed]
        if not payment.left or not rest:
            if payment.left and not self.shares:
                said = self._words.text(N_("No claim is open. Seal and send a claim, then match this payment."))
                self._body.addWidget(label(said, Text.BODY, "text2", wrap=True))
            return
        words = self._words
        self._section(words.text(N_("Another claim") if self.shares else N_("Match with a claim")))
        self._candidates = {each.id.hex(): each for each in rest}
        options = [
            (key, f"{claim_name(words, each)} · {words.money(each.unmatched)}")
            for key, each in self._candidates.items()
        ]
        self.other = choice_field(words.text(N_("Claim and amount outstanding")), options, options[0][0])
        self.other_amount = text_field(words.text(N_("Amount")), unit="€")
        choice, typed = self.other.widget, self.other_amount.widget
        assert isinstance(choice, QComboBox)
        assert isinstance(typed, QLineEdit)
        choice.setMinimumContentsLength(12)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.currentIndexChanged.connect(lambda _at: self._offer())
        typed.returnPressed.connect(self._match_other)
        self.other_button = Button(words.term("action", "Match"), icon="link")
        self.other_button.clicked.connect(self._match_other)
        for widget in (choice, typed, self.other_button):
            widget.setEnabled(writable)
        self._body.addWidget(self.other)
        self._body.addWidget(self.other_amount)
        line = row()
        line.addStretch(1)
        line.addWidget(self.other_button)
        self._body.addLayout(line)
        self._offer()

    def _offer(self) -> None:
        """Offer the euros that fit the chosen claim."""
        payment, choice, amount = self.payment, self.other, self.other_amount
        if payment is None or choice is None or amount is None:
            return
        claim = self._candidates[value_of(choice)]
        assert isinstance(amount.widget, QLineEdit)
        amount.widget.setText(self._words.number(share(payment, claim)))
        amount.wrong("")

    def _match_other(self) -> None:
        if self.payment is None or self.other is None or self.other_amount is None:
            return
        claim = self._candidates[value_of(self.other)]
        wanted = self._read([(claim.id, self.other_amount)])
        if wanted is not None:
            self.matched.emit(self.payment, wanted)

    def _read(self, shares: list[tuple[bytes, Field]]) -> list[tuple[bytes, Decimal]] | None:
        """Read typed euros; say what is none, and return None."""
        found: list[tuple[bytes, Decimal]] = []
        for key, field in shares:
            field.wrong("")
            try:
                found.append((key, read_amount(value_of(field))))
            except ValueError:
                field.wrong(self._words.text(N_("This is not an amount: 1,234.56")))
                field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return None
        return found
