"""What a claim corrects: for each line the hours and amounts claimed before, those that are right, the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.documents.claim_labels import correction_reason
from ltu_desktop.documents.claim_labels import part as part_name
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.claim_explained import DIFFERENCE, HOURS_AFTER, HOURS_BEFORE, difference, differences
from ltu_desktop.window.claim_figures import TOTAL
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column
from ltu_desktop.window.table_totals import Total

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ltu_desktop.rules.dossier import Correction
    from ltu_desktop.window.claim_figures import Shown
    from ltu_desktop.words import Words


@dataclass(frozen=True)
class CorrectionRow:
    """A correction with the name of whom it concerns."""

    place: int
    name: str
    item: Correction


def correction_rows(words: Words, shown: Shown) -> tuple[CorrectionRow, ...]:
    """Return what a claim corrects, as the table shows it."""
    names = shown.view.names
    return tuple(
        CorrectionRow(
            at,
            names.get(item.person, item.person) if item.person else words.line_name(item.reason),
            item,
        )
        for at, item in enumerate(shown.dossier.corrections)
    )


def correction_columns(words: Words, parts: tuple[str, ...], currency: str) -> tuple[Column[CorrectionRow], ...]:
    """Return the columns: before, after, the difference of each part and of all."""
    sign = "€" if currency == "EUR" else currency

    def signed(value: Decimal, *, strong: bool = False) -> Cell:
        return Cell(words.number(value, sign=True), strong=strong) if value else QUIET_ZERO

    def reason(each: CorrectionRow) -> Cell:
        return Cell(correction_reason(each.item.reason, words) if each.item.person else "", "text2")

    return (
        Column(
            "month",
            words.text(N_("Month")),
            lambda each: Cell(f"{words.month(Month.parse(each.item.period))} v{each.item.version}", "text2"),
            126,
            sort=lambda each: (each.item.period, each.name),
            yields=8,
        ),
        Column(
            "name", words.text(N_("NAME First name")), lambda each: Cell(each.name), 120, stretch=True,
            sort=lambda each: each.name,
        ),
        Column(
            HOURS_BEFORE, words.text(N_("Before")), lambda each: Cell(words.number(each.item.hours_before)), 74,
            unit="h", right=True, sort=lambda each: each.item.hours_before, yields=1,
        ),
        Column(
            HOURS_AFTER,
            words.text(N_("After")),
            lambda each: Cell(
                words.number(each.item.hours_after), strong=each.item.hours_after != each.item.hours_before
            ),
            74,
            unit="h",
            right=True,
            sort=lambda each: each.item.hours_after,
        ),
        *(
            Column(
                f"{DIFFERENCE}{part}",
                f"Δ {part_name(part, words, short=True)}",
                lambda each, part=part: signed(difference(each.item, part)),  # type: ignore[misc]  # a lambda with defaults
                88,
                unit=sign,
                right=True,
                sort=lambda each, part=part: difference(each.item, part),  # type: ignore[misc]  # a lambda with defaults
                yields=2 + at,  # before the hours: without those before, those after say nothing
            )
            for at, part in enumerate(parts)
        ),
        Column(
            TOTAL,
            f"Δ {words.text(N_('Total'))}",
            lambda each: signed(difference(each.item), strong=True),
            88,
            unit=sign,
            right=True,
            sort=lambda each: difference(each.item),
        ),
        Column("reason", words.text(N_("Reason")), reason, 110, yields=9),
    )  # fmt: skip


def correction_total(words: Words, rows: Sequence[CorrectionRow], parts: tuple[str, ...]) -> Total:
    """Add the differences up."""
    items = [each.item for each in rows]
    values = {f"{DIFFERENCE}{part}": words.number(differences(items, part), sign=True) for part in parts}
    values[TOTAL] = words.number(differences(items), sign=True)
    return Total(words.text(N_("To be paid or recovered")), values, strong=True)
