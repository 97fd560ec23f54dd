"""Settings: the agreement with the Fund, what it grants from a day on, and the legal values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button
from ltu_desktop.window.form import choice_field, off_until, read_day, read_number, text_field, value_of, write_day
from ltu_desktop.window.pieces import Chip, Elided, Link, label, row
from ltu_desktop.window.settings_effect import EffectBand
from ltu_desktop.window.settings_section import SCHEME, Section, three_columns
from ltu_desktop.window.settings_values import DatedValues, ValueRow, load_values
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.agreements import AgreementRow, TermsInForce
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.rules.packs import SettingRule
    from ltu_desktop.window.desk import Desk

AGREEMENT = ("number", "start_on", "end_on", "signed_on", "fund", "departments", "territory", "committee")
NAMES = {"start_on": N_("In force from"), "end_on": N_("Until (empty: no end)")}


@dataclass(frozen=True)
class Kept:
    """What the file says of the agreement; `rules` are the scheme's settings."""

    agreement: AgreementRow | None
    rules: Mapping[str, SettingRule]
    values: tuple[ValueRow, ...]


@dataclass(frozen=True)
class Deal:
    """Changes of the agreement itself as they are typed, to be tried and to be saved; no key: a new agreement."""

    changed: Mapping[str, Any]
    agreement_id: bytes | None

    def __call__(self, ctx: Context) -> object:
        """Set them. Raises `UserError` with the field's name in `params["field"]`."""
        from ltu_desktop.actions.agreements import set_agreement

        return set_agreement(ctx, self.changed, agreement_id=self.agreement_id)


@dataclass(frozen=True)
class Terms:
    """Terms as they are typed, to be tried and to be saved."""

    agreement_id: bytes
    start: date
    ceiling: Decimal | None = None
    amendment: str = ""
    settings: Mapping[str, str] | None = None
    signed_on: date | None = None

    def __call__(self, ctx: Context) -> object:
        """Set them. Raises `UserError` with the field's name in `params["field"]`."""
        from ltu_desktop.actions.agreements import set_terms

        return set_terms(
            ctx,
            self.agreement_id,
            start=self.start,
            ceiling_fte=self.ceiling,
            amendment=self.amendment,
            settings=self.settings or None,
            signed_on=self.signed_on,
        )


def load_agreement(connection: Connection, day: date) -> Kept:
    """Read the agreement as of a day, the latest when none is in force."""
    from ltu_desktop.queries import agreements
    from ltu_desktop.rules.packs import load

    known = agreements.agreements(connection, SCHEME)
    found = agreements.agreement_on(connection, SCHEME, day) or (known[-1] if known else None)
    return Kept(found, load(SCHEME).settings, load_values(connection, SCHEME, day))


class AgreementSection(Section):
    """The agreement, its amendments, the legal values; terms and values are tried in euros before they are saved."""

    code: ClassVar[str] = "agreement"
    title: ClassVar[str] = N_("Agreement")
    icon: ClassVar[str] = "handshake"
    tables: ClassVar[frozenset[str]] = frozenset({"agreement", "agreement_terms", "parameter_override"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kept: Kept | None = None
        self.values: DatedValues | None = None  # made with the first reading: it asks for the scheme's values
        self.deal_effect: EffectBand | None = None  # of the agreement's own days
        self.effect: EffectBand | None = None  # of what it grants
        self.ways: dict[date, Link] = {}
        self.amend_button: Button | None = None
        self._start: date | None = None  # first day of the terms that are open; None: those in force
        self._wanted: tuple[str, str] = ("", "")  # what, and which field of it
        self._turns: Iterator[str] = iter(())  # what is still to be shown
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_hand())

    def refresh(self) -> None:
        """Read the agreement again."""
        day = self.desk.month.last
        self.desk.read(lambda connection: load_agreement(connection, day), self._show)

    def show_what(self, what: str, field: str = "") -> None:
        """Put the focus at a field or what is missing in the agreement, or in the form of a legal value."""
        self._wanted = (what, field)

    def back(self) -> bool:
        """Leave what is being tried as it was."""
        band = next((each for each in self._bands() if each.isVisible()), None)
        if band is None:
            return False
        band.leave()
        return True

    def _bands(self) -> list[EffectBand]:
        """Return the bands in which something may be tried."""
        bands = (self.deal_effect, self.effect, self.values.effect if self.values is not None else None)
        return [each for each in bands if each is not None]

    # ---- showing ----

    def _show(self, kept: Kept) -> None:
        self.kept = kept
        self._turns = turns = self._show_in_turns(kept)
        self.desk.worker.in_turns(turns, lambda: turns is self._turns)

    def _show_in_turns(self, kept: Kept) -> Iterator[str]:
        """Show the agreement, what it grants, the legal values; say what comes next."""
        stand = self.begin("agreement")
        self.head(self.words.text(N_("Agreement with the Fund")))
        agreement = kept.agreement
        self.grid("agreement", AGREEMENT, _values(agreement), lambda _part: self._save(), NAMES, {"territory"})
        self.deal_effect = self._band()
        self.end(stand)
        yield "terms"
        stand = self.begin("terms", "new")
        self.effect = None
        if agreement is not None:
            self._terms(agreement, kept.rules)
        self.end(stand)
        yield "values"
        if self.values is None:
            self.values = DatedValues(self.desk, SCHEME)
            self.values.saved.connect(self.saved)
            self.whole.insertWidget(2, self.values)
        self.values.show_values(kept.values)
        self._focus()

    def _band(self) -> EffectBand:
        band = EffectBand(self.desk)
        band.left.connect(self.refresh)
        self.form.addWidget(band)
        return band

    def _focus(self) -> None:
        (wanted, code), self._wanted = self._wanted, ("", "")
        if wanted.startswith("values") and self.values is not None:
            self.values.mend(wanted.partition(":")[2])
            self._show_hand()
        elif wanted:
            self.focus_field(code)

    def _show_hand(self) -> None:
        """Keep what the hand is in in sight, a band or the form of values: its place is known only once all is laid."""
        if self.values is None:
            return
        hand = self.focusWidget()
        for band in self._bands():
            if band.isAncestorOf(hand):
                self.area.ensureWidgetVisible(band, 0, 24)
                return
        if self.values.isAncestorOf(hand):
            self.area.ensureWidgetVisible(self.values.add_button, 0, 24)

    def _open_terms(self, agreement: AgreementRow) -> TermsInForce | None:
        found = next((each for each in agreement.terms if each.start == self._start), None)
        return found or agreement.on(self.desk.month.last)

    def _terms(self, agreement: AgreementRow, rules: Mapping[str, SettingRule]) -> None:
        words = self.words
        now = self._open_terms(agreement)
        start = now.start if now is not None else agreement.start
        self.head(words.text(N_("What it grants")), words.text(N_("from {day}"), day=words.day(start)), below=True)
        self._list_terms(agreement, start)
        self._terms_fields(now, start, rules)
        self.effect = self._band()
        line = row(gap=12)
        new_day = text_field(words.text(N_("New amendment from")), width=theme.grown(190))
        day = new_day.widget
        assert isinstance(day, QLineEdit)
        day.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        day.setEnabled(self.desk.writable)
        day.returnPressed.connect(self._amend)
        self.fields["new.start"] = new_day
        self.amend_button = add = Button(words.text(N_("Add the amendment")), icon="plus-circle")
        add.clicked.connect(self._amend)
        why = label(words.text(N_("Fill in its first day.")), Text.DENSE, "text3")
        why.setMinimumHeight(add.sizeHint().height())  # level with the button
        line.addWidget(new_day, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(why, 1, Qt.AlignmentFlag.AlignBottom)
        self.form.addLayout(line)
        off_until(add, why, [new_day], allowed=lambda: self.desk.writable)

    def _list_terms(self, agreement: AgreementRow, shown: date) -> None:
        """List the amendments when there are several; each can be opened."""
        self.ways = {}
        if len(agreement.terms) < 2:
            return
        words = self.words
        now = agreement.on(self.desk.month.last)
        for each in agreement.terms:
            line = row(gap=12)
            since = label(words.text(N_("from {day}"), day=words.day(each.start)), Text.BODY)
            since.setMinimumWidth(120)
            line.addWidget(since)
            name = words.text(N_("amendment {name}"), name=each.amendment) if each.amendment else ""
            ceiling = "" if each.ceiling_fte is None else f"{words.number(each.ceiling_fte)} {words.text(N_('FTE'))}"
            line.addWidget(Elided(" · ".join(part for part in (name, ceiling) if part), Text.BODY, "text2"), 1)
            if now is not None and each.start == now.start:
                line.addWidget(Chip(words.text(N_("in force"))))
            link = Link(words.text(N_("Open")), icon="note-pencil")
            link.setAccessibleName(f"{link.text()}{words.colon} {since.text()}")
            link.setEnabled(each.start != shown)
            link.clicked.connect(lambda _on=False, start=each.start: self.open_terms(start))
            self.ways[each.start] = link
            line.addWidget(link)
            self.form.addLayout(line)

    def open_terms(self, start: date) -> None:
        """Show the terms that hold from a day on, to be changed."""
        self._start = start
        self.refresh()

    def _terms_fields(self, now: TermsInForce | None, start: date, rules: Mapping[str, SettingRule]) -> None:
        words = self.words
        ceiling = now.ceiling_fte if now is not None else None
        shown = words.number(ceiling) if ceiling is not None else ""
        fields = {
            "terms.ceiling_fte": text_field(field_name(words, "ceiling_fte"), value=shown, unit=words.text(N_("FTE"))),
            "terms.amendment": text_field(
                field_name(words, "amendment"), value=now.amendment if now is not None else ""
            ),
            "terms.signed_on": text_field(
                words.term("amendment", "Signed on"), value=write_day(now.signed_on) if now is not None else ""
            ),
        }
        chosen = now.settings if now is not None else {}
        for code, setting in rules.items():
            if setting.number or len(setting.options) < 2:
                continue
            said, _ = words.setting(code, setting.default)
            options = [(option, words.setting(code, option)[1]) for option in setting.options]
            fields[f"terms.{code}"] = choice_field(said, options, chosen.get(code, setting.default))
        grid = three_columns()
        for at, (name, field) in enumerate(fields.items()):
            widget = field.widget
            widget.setEnabled(self.desk.writable)
            if isinstance(widget, QLineEdit):
                widget.editingFinished.connect(lambda: self._save_terms(start))
            elif isinstance(widget, QComboBox):
                widget.activated.connect(lambda _at: self._save_terms(start))
            self.fields[name] = field
            grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(grid)

    # ---- saving ----

    def _save(self) -> None:
        kept = self.kept
        values = self.read_part("agreement", AGREEMENT)
        if kept is None or values is None:
            return
        before = _values(kept.agreement)
        changed = {name: value for name, value in values.items() if (value or None) != (before.get(name) or None)}
        if not changed or (kept.agreement is None and not (values["number"] and values["start_on"])):
            if self.deal_effect is not None:
                self.deal_effect.forget()
            return  # before number and first day are said there is nothing to keep
        deal = Deal(changed, kept.agreement.id if kept.agreement is not None else None)
        if self.deal_effect is None or deal.agreement_id is None or changed.keys().isdisjoint({"start_on", "end_on"}):
            self.act("agreement", deal)
            return
        self.deal_effect.ask(
            deal,
            self.desk.month.first,
            lambda: self.act("agreement", deal),
            lambda error: self.refused("agreement", error),
        )

    def _typed_terms(self, start: date) -> Terms | None:
        """Return what is typed; None when a figure or day cannot be read, which is told at its field."""
        kept = self.kept
        assert kept is not None
        assert kept.agreement is not None
        ceiling, day = self.fields["terms.ceiling_fte"], self.fields["terms.signed_on"]
        ceiling.wrong("")
        day.wrong("")
        try:
            typed = read_number(value_of(ceiling))
        except ValueError:
            ceiling.wrong(self.words.text(N_("This is not a number.")))
            return None
        try:
            signed = read_day(value_of(day))
        except ValueError:
            day.wrong(self.words.text(N_("This is not a date: day, month, year.")))
            return None
        now = self._open_terms(kept.agreement)
        before = now.settings if now is not None else {}
        chosen = {code: value_of(self.fields[f"terms.{code}"]) for code in kept.rules if f"terms.{code}" in self.fields}
        settings = {
            code: value for code, value in chosen.items() if value != before.get(code, kept.rules[code].default)
        }
        return Terms(kept.agreement.id, start, typed, value_of(self.fields["terms.amendment"]), settings, signed)

    def _save_terms(self, start: date) -> None:
        kept = self.kept
        if kept is None or kept.agreement is None or self.effect is None:
            return
        typed = self._typed_terms(start)
        if typed is None:
            return
        now = self._open_terms(kept.agreement)
        same = (now.ceiling_fte, now.amendment, now.signed_on) if now is not None else (None, "", None)
        if (typed.ceiling, typed.amendment, typed.signed_on) == same and not typed.settings:
            self.effect.forget()
            return
        self.effect.ask(typed, start, lambda: self.act("terms", typed), lambda error: self.refused("terms", error))

    def _amend(self) -> None:
        kept = self.kept
        if kept is None or kept.agreement is None:
            return
        field = self.fields["new.start"]
        try:
            start = read_day(value_of(field))
        except ValueError:
            start = None
        if start is None:
            field.wrong(self.words.text(N_("This is not a date: day, month, year.")))
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._start = start
        self.act("new", Terms(kept.agreement.id, start))


def _values(agreement: AgreementRow | None) -> dict[str, Any]:
    if agreement is None:
        return {}
    values: dict[str, Any] = {name: getattr(agreement, name, None) for name in AGREEMENT}
    return values | {"start_on": agreement.start, "end_on": agreement.end}
