"""Settings: whose name the history and the claims carry, and what each may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.form import Field, choice_field, text_field, value_of
from ltu_desktop.window.pieces import label
from ltu_desktop.window.settings_list import NEW, PART, Line, ListSection
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.operators import OperatorRow
    from ltu_desktop.queries.reading import Connection

EXPLAINED = (
    ("administrator", N_("sees and changes everything")),
    ("without_health", N_("sees and changes everything but health dates and papers")),
    ("reader", N_("sees everything and changes nothing")),
)


def load_operators(connection: Connection) -> list[OperatorRow]:
    """Read who works with the file."""
    from ltu_desktop.queries.operators import operators

    return operators(connection)


class OperatorsSection(ListSection):
    """One's own name, and the list of operators with their roles."""

    code: ClassVar[str] = "operators"
    title: ClassVar[str] = N_("Who works here")
    icon: ClassVar[str] = "users-three"
    tables: ClassVar[frozenset[str]] = frozenset({"operator"})

    _known: Sequence[OperatorRow] = ()

    def refresh(self) -> None:
        """Read the operators again."""
        self.desk.read(load_operators, self._show)

    def _show(self, known: Sequence[OperatorRow]) -> None:
        self._known = known
        self.show_again()

    def show_again(self) -> None:
        """Show one's name and the operators that were read."""
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("You")))
        me = self.desk.operator
        help_text = text(N_("As the history and the claims show it."))
        if self._known:
            names = [each.name for each in self._known]
            options = [(name, name) for name in (names if me in names else [me, *names])]
            field = choice_field(text(N_("You work as")), options, me, help_text=help_text)
            assert isinstance(field.widget, QComboBox)
            field.widget.activated.connect(lambda _at: self._sign())
        else:
            field = text_field(text(N_("Your name")), value=me, help_text=help_text)
            assert isinstance(field.widget, QLineEdit)
            field.widget.editingFinished.connect(self._sign)
        field.widget.setFixedWidth(283)
        self.fields["you.name"] = field
        self.form.addWidget(field)
        self.head(text(N_("Who works with this file")))
        for role, said in EXPLAINED:
            self.form.addWidget(
                label(f"{self._role(role)}{self.words.colon} {text(said)}", Text.DENSE, "text2", wrap=True)
            )
        self.show_lines()
        self.form.addWidget(
            label(
                text(
                    N_(
                        "Names are chosen, not verified: roles guard against mistakes, "
                        "the passphrase keeps strangers out."
                    )
                ),
                Text.DENSE,
                "text3",
                wrap=True,
            )
        )
        self.end(stand)

    def _role(self, role: str) -> str:
        from ltu_desktop.actions.operators import ROLE_NAMES

        return self.words.text(ROLE_NAMES[role])

    def _sign(self) -> None:
        name = " ".join(value_of(self.fields["you.name"]).split())
        if name and name != self.desk.operator:
            self.desk.sign(name)
            self.desk.said.emit(self.words.text(N_("Saved")), False)

    # ---- the list ----

    def texts(self) -> tuple[str, str, str]:
        """Say what a list of operators says."""
        text = self.words.text
        return (
            text(N_("Add someone")),
            text(N_("Nobody is listed yet: anyone who opens the file can change it.")),
            text(N_("Someone new")),
        )

    def lines(self) -> Sequence[Line]:
        """Return the operators with their roles."""
        here = self.words.text(N_("you"))
        return [
            Line(each.id, each.name, each.quality or "", self._role(each.role))
            if each.name != self.desk.operator
            else Line(each.id, f"{each.name} ({here})", each.quality or "", self._role(each.role))
            for each in self._known
        ]

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of an operator."""
        text = self.words.text
        known = next((each for each in self._known if each.id == key), None)
        roles = [(role, self._role(role)) for role, _ in EXPLAINED]
        return {
            "operator": text_field(text(N_("Name")), value=known.name if known else ""),
            "quality": text_field(
                text(N_("Function")),
                value=known.quality if known else "",
                help_text=text(N_("Printed on the claims this person seals.")),
            ),
            "role": choice_field(text(N_("Role")), roles, known.role if known else "administrator"),
        }

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save an operator's fields that changed, or add her."""
        known = next((each for each in self._known if each.id == key), None)
        name, quality, role = values["operator"], values["quality"], values["role"]
        if known is not None and (name, quality, role) == (known.name, known.quality, known.role):
            return
        mine = known is not None and known.name == self.desk.operator

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import operators

            if known is None:
                return operators.add_operator(ctx, name, quality=quality, role=role)
            return operators.change_operator(ctx, key, name=name, quality=quality, role=role)

        def done(_done: object) -> None:
            if key == NEW:
                self.open_key = None
            if mine and name != self.desk.operator:
                self.desk.sign(" ".join(name.split()))
            self.saved()

        self.desk.act(action, done, initiator=self, failed=self._refused_line)

    def _refused_line(self, error: UserError) -> None:
        if error.code == "last_administrator":
            field = self.fields.get(f"{PART}.role")
            if field is not None:
                field.wrong(self.words.error(error))
                field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.refused(PART, error)

    def remove_line(self, key: bytes) -> None:
        """Remove an operator; what she did stays in the history."""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.operators import remove_operator

            return remove_operator(ctx, key)

        self.act(PART, action, self.words.text(N_("Removed from the list")))
