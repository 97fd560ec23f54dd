"""What restoring a backup would change: counts now and then, and a sentence for each change that would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.pieces import Band, clear, column, label
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.actions.backups import Restoring
    from ltu_desktop.words import Words

FIRST = 184  # px that the names take which stand left of what is said of them
SHOWN = 12  # sentences; the others are counted
NAMES = {"person": N_("People"), "claim": N_("Claims, versions included"), "payment": N_("Payments")}


class RestoreView(QWidget):
    """The preview; `text` is all that it says."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.text = ""
        self._box = column(self, gap=8)

    def show_preview(self, found: Restoring) -> None:
        """Show what would change, or what the backup holds where there is nothing to compare it with."""
        clear(self._box)
        words, text = self._words, self._words.text
        said = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, theme.grown(FIRST))
        grid.setColumnStretch(3, 1)
        for at, name in enumerate(NAMES):
            then = words.integer(found.then[name])
            now = words.integer(found.now[name]) if found.now is not None else ""
            figure = then if now in {"", then} else f"{now} → {then}"
            changed = now not in {"", then}
            grid.addWidget(label(text(NAMES[name]), Text.BODY, "text2"), at, 0)
            value = label(figure, Text.STRONG if changed else Text.BODY)
            grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignRight)
            said.append(f"{text(NAMES[name])} {figure}")
        holder = QWidget()
        holder.setLayout(grid)
        self._box.addWidget(holder)
        for line in self._sentences(found):
            said.append(line)
            self._box.addWidget(label(line, Text.DENSE, "text2", wrap=True))
        if found.lost:
            said += self._lost(found.lost)
        self.text = "\n".join(said)
        self.setAccessibleName(self.text)

    def _sentences(self, found: Restoring) -> list[str]:
        words = self._words
        lines = []
        if found.others:
            lines.append(words.plural("{count} other row differs.", "{count} other rows differ.", found.others))
        if found.gained:
            lines.append(
                words.plural(
                    "{count} change that only the backup has comes back.",
                    "{count} changes that only the backup has come back.",
                    found.gained,
                )
            )
        if found.now is not None and not found.lost:
            lines.append(words.text(N_("No change would be lost.")))
        return lines

    def _lost(self, lost: Sequence[str]) -> list[str]:
        """Show what would be lost, the latest first; return what that says."""
        words, lines, rest = self._words, list(lost[:SHOWN]), len(lost) - SHOWN
        title = words.plural("{count} change would be lost:", "{count} changes would be lost:", len(lost))
        if rest > 0:
            lines.append(words.plural("and {count} earlier one.", "and {count} earlier ones.", rest))
        band = Band(Meaning.ATTENTION, title)
        band.add_list(lines)
        self._box.addWidget(band)
        return [title, *lines]
