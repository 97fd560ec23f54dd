"""The papers that show an activity's approval: attached, opened by a copy, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import dialogs
from ltu_desktop.window.controls import Button
from ltu_desktop.window.paper_copies import open_copy, read_file
from ltu_desktop.window.pieces import Link, column, row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.window.desk import Desk


class ActivityPapers(QWidget):
    """The papers of one activity, each with its links, and the button that adds one; `act` does what is asked."""

    def __init__(
        self,
        desk: Desk,
        activity_id: bytes,
        papers: Sequence[AttachmentRow],
        act: Callable[[Callable[[Context], object]], None],
    ) -> None:
        super().__init__()
        self._desk, self._activity, self._act = desk, activity_id, act
        words = desk.words
        box = column(self, gap=8)
        self.links: list[Link] = []
        for paper in papers:
            across = row(gap=8)
            link = Link(paper.name, icon="paperclip")
            link.setAccessibleName(words.text(N_("Open a copy of {name}"), name=paper.name))
            link.setToolTip(link.accessibleName())
            link.clicked.connect(lambda _on=False, key=paper.id: open_copy(desk, key))
            across.addWidget(link)
            across.addStretch(1)
            away = Link(icon="x")
            away.setAccessibleName(words.text(N_("Remove {name}"), name=paper.name))
            away.setToolTip(away.accessibleName())
            away.setEnabled(desk.writable)
            away.clicked.connect(lambda _on=False, key=paper.id: self._take_off(key))
            across.addWidget(away)
            self.links += [link, away]
            box.addLayout(across)
        across = row()
        self.button = Button(words.text(N_("Attach the decision…")), icon="paperclip")
        self.button.setEnabled(desk.writable)
        self.button.setToolTip(words.text(N_("Or drop the file here.")))
        self.button.clicked.connect(lambda: self.attach(None))
        across.addWidget(self.button)
        across.addStretch(1)
        box.addLayout(across)

    def attach(self, path: Path | None) -> None:
        """Attach the committee's decision: a file that was dropped, or one to be chosen."""
        desk, activity = self._desk, self._activity
        chosen = path or dialogs.ask_open(self, desk.words.text(N_("Which document?")), desk.memory.folder, "")
        if chosen is None:
            return

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.attachments import attach

            return attach(ctx, "activity", activity, chosen.name, read_file(chosen), kind="decision")

        self._act(action)

    def _take_off(self, paper: bytes) -> None:
        def action(ctx: Context) -> object:
            from ltu_desktop.actions import attachments

            return attachments.remove(ctx, paper)

        self._act(action)
