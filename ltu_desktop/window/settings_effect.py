"""A change is tried before it is saved: what it does to the claims in euros; then it is saved, or left."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import JOINER, Band, clear, column
from ltu_desktop.window.tokens import Meaning
from ltu_desktop.words import MINUS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QHideEvent, QShowEvent

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.trial import ChangeEffect
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.words import Words


class EffectBand(QWidget):
    """Stands below a form: tries a change, and saves it at once when it moves no euro. `left` takes the typing back."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._words = desk, desk.words
        self._save: Callable[[], None] | None = None
        self._asked: object = None
        self._box = column(self)
        self.text = ""
        self.save_button: Button | None = None
        self.leave_button: Button | None = None
        self.hide()

    def ask(
        self,
        change: Callable[[Context], object],
        start: date,
        save: Callable[[], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Try a change that holds from a day on; `save` saves it, `failed` is told what it is refused for."""
        if change == self._asked:
            return  # the field is left for the band's own button: nothing new was typed
        self._asked, self._save = change, save
        month = max(self._desk.month, Month.of(start))

        def trial(ctx: Context) -> ChangeEffect:
            from ltu_desktop.actions.trial import effect

            return effect(ctx, change, month)

        def refused(error: UserError) -> None:
            self.forget()
            failed(error)

        self._desk.act(trial, self._told, failed=refused, title=self._words.text(N_("Trying the change")))

    def _told(self, found: ChangeEffect) -> None:
        if not moves(found):
            self._go_on()
            return
        title, rest = said(self._words, found)
        self.text = f"{title} {rest}".strip()
        clear(self._box)
        stops = found.bare or found.after is None  # a month that cannot be sealed or computed any more
        band = Band(Meaning.ATTENTION if stops else Meaning.INFO, title, rest)
        text = self._words.text
        self.leave_button = Button(text(N_("Leave as it was")))
        self.save_button = Button(text(N_("Save the change")), icon="check", kind=Kind.PRIMARY)
        self.leave_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self._go_on)
        band.ways.addWidget(self.leave_button)
        band.ways.addWidget(self.save_button)
        self._box.addWidget(band)
        self.show()
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        save = self._save
        self.forget()
        if save is not None:
            save()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Tell that a change waits to be saved."""
        super().showEvent(event)
        self._desk.waits.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Tell that none waits here any more."""
        super().hideEvent(event)
        self._desk.waits.emit(False)

    def leave(self) -> None:
        """Leave all as it was."""
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """Take the question away."""
        self._save, self._asked, self.text = None, None, ""
        clear(self._box)
        self.save_button = self.leave_button = None
        self.hide()


def moves(found: ChangeEffect) -> bool:
    """Tell whether a change moves a euro, or decides whether a month that has any can be computed."""
    known = (found.before is None) == (found.after is None)
    lost = not known and (found.before or found.after)
    return bool(found.difference or found.people or found.claimed or found.bare or lost)


def said(words: Words, found: ChangeEffect) -> tuple[str, str]:
    """Say an effect: the month's claim before and after, then the agreement, people and other months concerned."""
    text = words.text
    if found.before is None or found.after is None:
        which = N_("Without this change the claim for {of_month} cannot be computed.")
        if found.after is None:
            which = N_("With this change the claim for {of_month} can no longer be computed: a legal value is missing.")
        title = text(which, of_month=words.of_month(found.month))
    else:
        title = text(
            N_("Total of the lines for {of_month}{colon} {before} → {after} ({difference})"),
            of_month=words.of_month(found.month),
            colon=words.colon,
            before=words.money(found.before),
            after=words.money(found.after),
            difference=words.money(found.after - found.before, sign=True),
        )
    rest = []
    if found.month in found.bare:
        if found.difference:
            rest.append(f"{title}.")
        title = text(
            N_("Without an agreement the claim for {of_month} can no longer be sealed."),
            of_month=words.of_month(found.month),
        )
    others = [month for month in found.bare if month != found.month]
    if others:
        months = words.months(others)
        rest.append(
            words.plural(
                "A month already claimed ({months}) would be without an agreement.",
                "Months already claimed ({months}) would be without an agreement.",
                len(others),
                months=months,
            )
        )
    count = len([who for who in found.people if who])
    if count:
        rest.append(words.plural("{count} person is affected.", "{count} people are affected.", count))
    if found.claimed:
        total = sum(found.claimed.values(), Decimal("0.00"))
        months = words.months(list(found.claimed))
        rest.append(
            words.plural(
                "A month already claimed ({months}) changes by {total}: this will be claimed as a correction.",
                "Months already claimed ({months}) change by {total}: this will be claimed as corrections.",
                len(found.claimed),
                months=months,
                total=words.money(total, sign=True).replace(MINUS, f"{MINUS}{JOINER}"),
            )
        )
    return title, " ".join(rest)
