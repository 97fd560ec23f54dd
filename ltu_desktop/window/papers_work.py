"""What the panel's points and documents ask for: done over there, told at the field, shown again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs
from ltu_desktop.window.paper_copies import open_copy, read_file
from ltu_desktop.window.person_papers import POINT

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.eligibility import Point
    from ltu_desktop.queries.people import PersonDetail
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.person_panel import PersonPanel


def read_and_attach(ctx: Context, person_id: bytes, code: str, path: Path) -> object:
    """Attach a file to a person as what `code` says: a kind of paper, or the proof of a point."""
    from ltu_desktop.actions.attachments import attach
    from ltu_desktop.actions.eligibility import attach_proof

    content = read_file(path)
    if code.startswith(POINT):
        return attach_proof(ctx, person_id, code.removeprefix(POINT), path.name, content)
    return attach(ctx, "person", person_id, path.name, content, kind=code)


class PapersWork(QObject):
    """Joins the panel to the desk."""

    def __init__(self, page: Page, desk: Desk, panel: PersonPanel) -> None:
        super().__init__(page)
        self._page, self._desk, self._panel = page, desk, panel
        panel.essentials.point_changed.connect(self._say_point)
        panel.paper_wanted.connect(self._attach)
        for opened in (panel.documents.opened, panel.essentials.points.opened):
            opened.connect(self._open)
        panel.documents.removed.connect(self._remove)

    def _say_point(self, code: str, point: Point) -> None:
        person = self._panel.person
        assert person is not None

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.eligibility import set_point

            return set_point(ctx, person.id, code, point)

        def failed(error: UserError) -> None:
            points = self._panel.essentials.points
            if error.params.get("field") not in point:
                self._desk.troubled.emit(error)
            else:
                bare = UserError(error.code, error.what, error.mend, "", error.params)
                points.fields[code].wrong(self._desk.words.error(bare))

        self._desk.act(
            action, lambda _done: self._done(person, self._panel.current.hand()), initiator=self._page, failed=failed
        )

    def _attach(self, person: PersonDetail, code: str, path: Path | None) -> None:
        words, memory = self._desk.words, self._desk.memory
        if path is None:
            path = dialogs.ask_open(self._panel, words.text(N_("Which document?")), memory.folder, "")
        if path is None:
            return
        chosen = path
        self._desk.act(
            lambda ctx: read_and_attach(ctx, person.id, code, chosen),
            lambda _done: self._done(person, "papers"),
            title=words.text(N_("Attaching")),
            initiator=self._page,
        )

    def _open(self, key: bytes) -> None:
        open_copy(self._desk, key)

    def _remove(self, key: bytes) -> None:
        person = self._panel.person

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.attachments import remove

            return remove(ctx, key)

        if person is not None:
            self._desk.act(action, lambda _done: self._done(person, "papers"), initiator=self._page)

    def _done(self, person: PersonDetail, kept: str) -> None:
        words = self._desk.words
        self._desk.said.emit(words.text(N_("Saved for {name}"), name=person.list_name), True)
        self._panel.kept = kept
        self._page.refresh()
