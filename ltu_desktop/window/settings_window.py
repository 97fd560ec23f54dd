"""Settings: languages of the window and of the documents, colours, size of the texts, height of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.form import choice_field
from ltu_desktop.window.menu import APPEARANCES, LANGUAGE_NAMES, appear
from ltu_desktop.window.pieces import label
from ltu_desktop.window.settings_section import Section, three_columns
from ltu_desktop.window.tokens import SCALES, Appearance, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.actions.context import Context

ROWS = (("", N_("Comfortable")), ("compact", N_("Compact")))


def load_paper(ctx: Context) -> str:
    """Read the language of the documents."""
    return ctx.paper.language


class WindowSection(Section):
    """What this computer shows, and the language in which the file's documents are written."""

    code: ClassVar[str] = "window"
    title: ClassVar[str] = N_("Display and languages")
    icon: ClassVar[str] = "palette"
    tables: ClassVar[frozenset[str]] = frozenset({"setting"})

    def refresh(self) -> None:
        """Read the file's language again."""
        self.desk.act(load_paper, self._show)

    def _show(self, paper: str) -> None:
        stand = self.begin()
        text, memory = self.words.text, self.desk.memory
        self.head(text(N_("Languages")))
        self._choices(
            (
                "window.language",
                text(N_("Language of the window")),
                LANGUAGE_NAMES,
                self.words.language,
                text(N_("On this computer.")),
            ),
            (
                "paper.language",
                text(N_("Language of the documents")),
                LANGUAGE_NAMES,
                paper,
                text(N_("Kept in the file: claims, reports and lists are written in it, whoever exports them.")),
            ),
        )
        self.fields["paper.language"].widget.setEnabled(self.desk.writable)
        self.head(text(N_("Display")), text(N_("on this computer")))
        self._choices(
            (
                "window.appearance",
                text(N_("Colours")),
                [(str(code or ""), text(said)) for code, said in APPEARANCES],
                str(memory.appearance or ""),
                "",
            ),
            (
                "window.scale",
                text(N_("Text size")),
                [(str(each), self._percent(each)) for each in SCALES],
                str(memory.scale),
                "",
            ),
            (
                "window.rows",
                text(N_("Row height in lists")),
                [(code, text(said)) for code, said in ROWS],
                memory.rows,
                "",
            ),
        )
        self.form.addWidget(
            label(
                text(N_("The whole window also follows the system’s own text scaling.")),
                Text.DENSE,
                "text3",
                wrap=True,
            )
        )
        self.end(stand)

    def _percent(self, scale: int) -> str:
        space = "\u00a0" if self.words.language == "fr" else ""
        return f"{scale}{space}%"

    def _choices(self, *rows: tuple[str, str, Sequence[tuple[str, str]], str, str]) -> None:
        grid = three_columns()
        for at, (name, said, options, value, help_text) in enumerate(rows):
            field = choice_field(said, options, value, help_text=help_text)
            assert isinstance(field.widget, QComboBox)
            field.widget.activated.connect(
                lambda _at, name=name, box=field.widget: self._chosen(name, str(box.currentData()))
            )
            self.fields[name] = field
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(grid)

    def _chosen(self, name: str, value: str) -> None:
        memory = self.desk.memory
        if name == "window.language" and value != self.words.language:
            self.desk.language_chosen.emit(value)
        elif name == "paper.language":
            self._set_paper(value)
        elif name == "window.appearance":
            appear(memory, Appearance(value) if value else None)
        elif name == "window.scale" and int(value) != memory.scale:
            memory.scale = int(value)
            self.desk.remake.emit()
        elif name == "window.rows" and value != memory.rows:
            memory.rows = value
            self.desk.remake.emit()

    def _set_paper(self, language: str) -> None:
        def action(ctx: Context) -> object:
            from ltu_desktop.actions.paper import set_language

            return set_language(ctx, language)

        self.act("paper", action)
