"""Settings: what was deleted, by whom and when, and the way to bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.pieces import Elided, Link, column, label, row, rule
from ltu_desktop.window.settings_section import Section
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.deleted import Deleted
    from ltu_desktop.window.desk import Desk


def load_deleted(ctx: Context) -> list[Deleted]:
    """Read what was deleted."""
    from ltu_desktop.actions.deleted import deleted

    return deleted(ctx)


class DeletedSection(Section):
    """Instead of a bin: what is away, and how it comes back."""

    code: ClassVar[str] = "deleted"
    title: ClassVar[str] = N_("Removed")
    icon: ClassVar[str] = "trash"
    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.ways: dict[int, Link] = {}
        desk.changed.connect(lambda _changed: self.refresh() if self.isVisible() else None)

    def first_focus(self) -> QWidget | None:
        """Begin at the latest."""
        return next((link for link in self.ways.values() if link.isEnabled()), None)

    def refresh(self) -> None:
        """Read again what was deleted."""
        self.desk.act(load_deleted, self._show)

    def _show(self, found: Sequence[Deleted]) -> None:
        stand = self.begin()
        text = self.words.text
        self.ways = {}
        self.head(text(N_("Removed")), text(N_("nothing is lost: the history keeps it as it was")))
        if not found:
            self.form.addWidget(label(text(N_("Nothing was removed.")), Text.BODY, "text2"))
        for each in found:
            self.form.addLayout(self._line(each))
            self.form.addWidget(rule())
        self.end(stand)

    def _line(self, each: Deleted) -> QVBoxLayout:
        from ltu_desktop.actions.journal_words import moment

        words = self.words
        box = column(gap=2)
        line = row(gap=12)
        said = f"{each.operator} {each.what}"
        name = f"{said} ({each.name})" if each.name else said
        line.addWidget(Elided(name, Text.STRONG), 1)
        line.addWidget(label(moment(words, each.at, self.desk.clock.now().date()), Text.DENSE, "text2"))
        back = Link(words.text(N_("Bring back")), icon="arrow-u-up-left")
        back.setAccessibleName(f"{back.text()}{words.colon} {name}")
        back.setEnabled(self.desk.writable and each.why_not is None)
        back.clicked.connect(lambda _on=False, number=each.number: self.bring_back(number))
        self.ways[each.number] = back
        line.addWidget(back)
        box.addLayout(line)
        if each.why_not is not None:
            reason = words.error(each.why_not)
            back.setToolTip(reason)
            back.setAccessibleDescription(reason)
            box.addWidget(label(reason, Text.DENSE, "text3", wrap=True))
        return box

    def bring_back(self, number: int) -> None:
        """Bring back what an entry took away."""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.deleted import bring_back

            return bring_back(ctx, number)

        said = self.words.text(N_("It is back."))
        self.desk.act(action, lambda _done: self.desk.said.emit(said, False))
