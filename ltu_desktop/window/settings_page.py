"""The settings: the employer, the agreement with the Fund, its terms. What is typed is saved at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button
from ltu_desktop.window.form import Field, choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import clear, column, label, row, rule
from ltu_desktop.window.settings_values import DatedValues, ValueRow, load_values
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.agreements import AgreementRow
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.rules.packs import SettingRule
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk

SCHEME = "fr-tzcld"
EMPLOYER = (
    *("name", "siret", "address", "postcode", "town", "iban"),
    *("signatory", "signatory_quality", "contributions_valid_until"),
)
AGREEMENT = ("number", "start_on", "signed_on", "end_on", "fund", "territory", "committee", "departments")
DAYS = frozenset({"contributions_valid_until", "start_on", "signed_on", "end_on"})
NAMES = {"start_on": N_("In force from"), "end_on": N_("Until (empty: no end)")}


@dataclass(frozen=True)
class Kept:
    """What the file says of employer and agreement; `rules` are the scheme's settings."""

    employer: Mapping[str, Any]
    agreement: AgreementRow | None
    rules: Mapping[str, SettingRule]
    values: tuple[ValueRow, ...]


def load_settings(connection: Connection, day: date) -> Kept:
    """Read employer and agreement as of a day."""
    from ltu_desktop.queries import agreements
    from ltu_desktop.rules.packs import load

    known = agreements.agreements(connection, SCHEME)
    found = agreements.agreement_on(connection, SCHEME, day) or (known[-1] if known else None)
    values = load_values(connection, SCHEME, day)
    return Kept(agreements.employer_row(connection) or {}, found, load(SCHEME).settings, values)


class SettingsPage(Page):
    """Forms for what a claim needs besides people and payroll."""

    code: ClassVar[str] = "settings"
    tables: ClassVar[frozenset[str]] = frozenset({"employer", "agreement", "agreement_terms", "parameter_override"})

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.fields: dict[str, Field] = {}
        self._kept: Kept | None = None
        self._wanted = ""
        self.head.say(self.words.text(N_("Settings")), self.words.text(N_("saved as you type, and undoable")))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        across = row(self._inside, margins=(24, 16, 24, 24))
        holder = QWidget()
        holder.setMaximumWidth(880)
        self._whole = column(holder, gap=12)
        self._form = column(gap=12)
        self._whole.addLayout(self._form)
        self._whole.addStretch(1)
        self.values: DatedValues | None = None  # made with the first reading: it asks for the scheme's values
        across.addWidget(holder, 1)
        across.addStretch(0)
        self._scroll.setWidget(self._inside)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_hand())
        self.box.addWidget(self._scroll, 1)

    def show_what(self, what: object) -> None:
        """Put the focus where something is missing: `employer`, `agreement`, `values` or `values:PARAMETER`."""
        self._wanted = what if isinstance(what, str) else ""

    def first_focus(self) -> QWidget | None:
        """Begin with the first field."""
        field = self.fields.get("employer.name")
        return field.widget if field is not None else None

    def refresh(self) -> None:
        """Read the settings again."""
        day = self.desk.month.last
        self.desk.read(lambda connection: load_settings(connection, day), self._show)

    # ---- showing ----

    def _show(self, kept: Kept) -> None:
        focus = next((name for name, field in self.fields.items() if field.widget.hasFocus()), "")
        place = self._scroll.verticalScrollBar().value()
        self._kept = kept
        clear(self._form)
        self.fields = {}
        text = self.words.text
        self._section(text(N_("Employer")), text(N_("as it stands on every claim")))
        self._grid("employer", EMPLOYER, dict(kept.employer))
        self._you()
        self._section(text(N_("Agreement with the Fund")), "")
        agreement = kept.agreement
        values: dict[str, Any] = {}
        if agreement is not None:
            values = {name: getattr(agreement, name, None) for name in AGREEMENT}
            values |= {"start_on": agreement.start, "end_on": agreement.end}
        self._grid("agreement", AGREEMENT, values)
        if agreement is not None:
            self._terms(agreement, kept.rules)
        self._show_values(kept)
        self._focus(focus)
        self._scroll.verticalScrollBar().setValue(place)

    def _show_values(self, kept: Kept) -> None:
        """Show the legal values below; that section stays while the forms above are made anew."""
        if self.values is None:
            self.values = DatedValues(self.desk, SCHEME)
            self.values.saved.connect(self._saved)
            self._whole.insertWidget(1, self.values)
        self.values.show_values(kept.values)

    def _focus(self, former: str) -> None:
        wanted, self._wanted = self._wanted, ""
        name = former
        if wanted.startswith("values") and self.values is not None:
            self.values.mend(wanted.partition(":")[2])
            self._show_hand()
            return
        if wanted:
            names = [
                each for each in self.fields if each.startswith((wanted, "terms" if wanted == "agreement" else wanted))
            ]
            empty = [each for each in names if not value_of(self.fields[each])]
            name = (empty or names or [former])[0]
        if name in self.fields:
            self.fields[name].widget.setFocus(Qt.FocusReason.OtherFocusReason)
            if wanted:
                self._scroll.ensureWidgetVisible(self.fields[name])

    def _show_hand(self) -> None:
        """Keep the form of legal values in sight while the hand is in it: its place is known only once all is laid."""
        if self.values is not None and self.values.isAncestorOf(self.focusWidget()):
            self._scroll.ensureWidgetVisible(self.values.add_button, 0, 24)

    def _section(self, title: str, said: str) -> None:
        if self.fields:
            self._form.addSpacing(8)
            self._form.addWidget(rule())
        line = row(gap=10)
        line.addWidget(label(title, Text.SECTION))
        line.addWidget(label(said, Text.BODY, "text2"), 1)
        self._form.addLayout(line)

    def _grid(self, part: str, names: tuple[str, ...], values: Mapping[str, Any]) -> None:
        grid = _three_columns()
        for at, name in enumerate(names):
            said = self.words.text(NAMES[name]) if name in NAMES else field_name(self.words, name)
            shown = write_day(values.get(name)) if name in DAYS else str(values.get(name) or "")
            field = text_field(said, value=shown)
            edit = field.widget
            assert isinstance(edit, QLineEdit)
            if name in DAYS:
                edit.setPlaceholderText(self.words.text(N_("dd/mm/yyyy")))
            edit.setEnabled(self.desk.writable)
            edit.editingFinished.connect(lambda part=part: self._save(part))
            self.fields[f"{part}.{name}"] = field
            grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
        self._form.addLayout(grid)

    def _you(self) -> None:
        text = self.words.text
        self._section(text(N_("You")), "")
        field = text_field(
            text(N_("Your name")),
            value=self.desk.operator,
            help_text=text(N_("As the history and the claims show it.")),
        )
        edit = field.widget
        assert isinstance(edit, QLineEdit)
        edit.setFixedWidth(283)
        edit.editingFinished.connect(self._sign)
        self.fields["you.name"] = field
        self._form.addWidget(field)

    def _sign(self) -> None:
        name = " ".join(value_of(self.fields["you.name"]).split())
        if name and name != self.desk.operator:
            self.desk.sign(name)
            self.desk.said.emit(self.words.text(N_("Saved")), False)

    def _terms(self, agreement: AgreementRow, rules: Mapping[str, SettingRule]) -> None:
        words = self.words
        now = agreement.on(self.desk.month.last)
        start = now.start if now is not None else agreement.start
        self._section(words.text(N_("What it grants")), words.text(N_("from {day}"), day=words.day(start)))
        grid = _three_columns()
        ceiling = now.ceiling_fte if now is not None else None
        shown = words.number(ceiling) if ceiling is not None else ""
        fields = {
            "terms.ceiling_fte": text_field(field_name(words, "ceiling_fte"), value=shown, unit=words.text(N_("FTE"))),
            "terms.amendment": text_field(
                field_name(words, "amendment"), value=now.amendment if now is not None else ""
            ),
        }
        chosen = now.settings if now is not None else {}
        for code, rule_ in rules.items():
            if rule_.number or len(rule_.options) < 2:
                continue
            said, _ = words.setting(code, rule_.default)
            options = [(option, words.setting(code, option)[1]) for option in rule_.options]
            fields[f"terms.{code}"] = choice_field(said, options, chosen.get(code, rule_.default))
        for at, (name, field) in enumerate(fields.items()):
            widget = field.widget
            widget.setEnabled(self.desk.writable)
            if isinstance(widget, QLineEdit):
                widget.editingFinished.connect(lambda: self._save_terms(start))
            elif isinstance(widget, QComboBox):
                widget.activated.connect(lambda _at: self._save_terms(start))
            self.fields[name] = field
            grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
        self._form.addLayout(grid)
        line = row(gap=12)
        self._new_day = text_field(words.text(N_("New amendment from")), width=140)
        day = self._new_day.widget
        assert isinstance(day, QLineEdit)
        day.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        day.setEnabled(self.desk.writable)
        self.fields["new.start"] = self._new_day
        add = Button(words.text(N_("Add the amendment")), icon="plus-circle")
        add.setEnabled(self.desk.writable)
        add.clicked.connect(self._amend)
        line.addWidget(self._new_day, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self._form.addLayout(line)

    # ---- saving ----

    def _read(self, part: str, names: tuple[str, ...]) -> dict[str, Any] | None:
        """Return what is typed in a part; None when a day cannot be read, which is told below its field."""
        values: dict[str, Any] = {}
        right = True
        for name in names:
            field = self.fields[f"{part}.{name}"]
            field.wrong("")
            typed = value_of(field)
            if name not in DAYS:
                values[name] = typed
                continue
            try:
                values[name] = read_day(typed)
            except ValueError:
                field.wrong(self.words.text(N_("This is not a date: day, month, year.")))
                right = False
        return values if right else None

    def _save(self, part: str) -> None:
        kept = self._kept
        names = EMPLOYER if part == "employer" else AGREEMENT
        values = self._read(part, names)
        if kept is None or values is None:
            return
        if part == "employer":
            changed = {
                name: value for name, value in values.items() if (value or None) != (kept.employer.get(name) or None)
            }
            if changed:
                self._act(part, lambda ctx: _set_employer(ctx, changed))
            return
        agreement = kept.agreement
        if agreement is None:
            if values["number"] and values["start_on"]:  # before that there is nothing to keep
                self._act(part, lambda ctx: _set_agreement(ctx, values, None))
            return
        before = {name: getattr(agreement, name, None) for name in AGREEMENT}
        before |= {"start_on": agreement.start, "end_on": agreement.end}
        changed = {name: value for name, value in values.items() if (value or None) != (before[name] or None)}
        if changed:
            self._act(part, lambda ctx: _set_agreement(ctx, changed, agreement.id))

    def _typed_terms(self) -> tuple[Decimal | None, str, dict[str, str]] | None:
        ceiling: Decimal | None = None
        field = self.fields["terms.ceiling_fte"]
        field.wrong("")
        typed = value_of(field).replace("\u202f", "").replace(" ", "").replace(",", ".")
        if typed:
            try:
                ceiling = Decimal(typed)
            except InvalidOperation:
                field.wrong(self.words.text(N_("This is not a number.")))
                return None
        kept = self._kept
        assert kept is not None
        chosen = {code: value_of(self.fields[f"terms.{code}"]) for code in kept.rules if f"terms.{code}" in self.fields}
        return ceiling, value_of(self.fields["terms.amendment"]), chosen

    def _save_terms(self, start: date) -> None:
        kept, typed = self._kept, self._typed_terms()
        if kept is None or kept.agreement is None or typed is None:
            return
        ceiling, amendment, chosen = typed
        now = kept.agreement.on(self.desk.month.last)
        before = now.settings if now is not None else {}
        settings = {
            code: value for code, value in chosen.items() if value != before.get(code, kept.rules[code].default)
        }
        same = (now.ceiling_fte, now.amendment) if now is not None else (None, "")
        if (ceiling, amendment) != same or settings:
            agreement_id = kept.agreement.id
            self._act("terms", lambda ctx: _set_terms(ctx, agreement_id, start, ceiling, amendment, settings))

    def _amend(self) -> None:
        kept = self._kept
        if kept is None or kept.agreement is None:
            return
        try:
            start = read_day(value_of(self._new_day))
        except ValueError:
            start = None
        if start is None:
            self._new_day.wrong(self.words.text(N_("This is not a date: day, month, year.")))
            self._new_day.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        agreement_id = kept.agreement.id
        self._act("new", lambda ctx: _set_terms(ctx, agreement_id, start, None, "", {}))

    def _act(self, part: str, action: Callable[[Context], object]) -> None:
        self.desk.act(
            action, lambda _done: self._saved(), initiator=self, failed=lambda error: self._refused(part, error)
        )

    def _saved(self) -> None:
        self.desk.said.emit(self.words.text(N_("Saved")), True)
        self.refresh()

    def _refused(self, part: str, error: UserError) -> None:
        name = str(error.params.get("field", ""))
        field = self.fields.get(f"{part}.{name}") or self.fields.get(f"{part}.{name}_on")
        if field is None:
            self.desk.troubled.emit(error)
        else:
            field.wrong(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))


def _three_columns() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for at in range(3):
        grid.setColumnStretch(at, 1)
    return grid


def _set_employer(ctx: Context, values: Mapping[str, object]) -> object:
    from ltu_desktop.actions.agreements import set_employer

    return set_employer(ctx, values)


def _set_agreement(ctx: Context, values: Mapping[str, object], agreement_id: bytes | None) -> object:
    from ltu_desktop.actions.agreements import set_agreement

    return set_agreement(ctx, values, agreement_id=agreement_id)


def _set_terms(
    ctx: Context,
    agreement_id: bytes,
    start: date,
    ceiling: Decimal | None,
    amendment: str,
    settings: Mapping[str, str],
) -> object:
    from ltu_desktop.actions.agreements import set_terms

    return set_terms(
        ctx, agreement_id, start=start, ceiling_fte=ceiling, amendment=amendment, settings=settings or None
    )
