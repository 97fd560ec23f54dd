"""What the page of people asks for besides one person's record: somebody added, filters kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.imports import Candidate
    from ltu_desktop.actions.matching import Identity
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.people_filters import Filters
    from ltu_desktop.window.people_new import Hire, NewPersonPanel


class NewcomerWork(QObject):
    """Joins the form of a new person to the desk; `added` tells her staff number."""

    added = Signal(str)

    def __init__(self, page: Page, desk: Desk, form: NewPersonPanel) -> None:
        super().__init__(page)
        self._page, self._desk, self._form = page, desk, form
        form.asked.connect(self._look_for_doubles)
        form.wanted.connect(self._add)

    def begin(self) -> None:
        """Empty the form, begin with the name, and propose a staff number."""
        self._form.begin()
        self._form.first().setFocus(Qt.FocusReason.OtherFocusReason)

        def query(connection: Connection) -> str:
            from ltu_desktop.actions.hiring import next_number

            return next_number(connection)

        self._desk.read(query, self._form.propose)

    def _look_for_doubles(self, who: Identity) -> None:
        def action(ctx: Context) -> tuple[Candidate, ...]:
            from ltu_desktop.actions.doubles import look_alikes

            return look_alikes(ctx, who)

        self._desk.act(action, lambda found: self._form.say_alike(who, found))

    def _add(self, hired: Hire) -> None:
        def action(ctx: Context) -> str:
            from ltu_desktop.actions.hiring import hire

            hire(ctx, hired.person, hired.contract)
            return str(hired.person["staff_number"])

        self._desk.act(action, self._added, initiator=self._page, failed=self._form.refuse)

    def _added(self, staff_number: str) -> None:
        self.added.emit(staff_number)
        self._desk.said.emit(self._desk.words.text(N_("Added: no. {number}"), number=staff_number), True)


class FiltersWork(QObject):
    """Keeps filters in the file."""

    def __init__(self, page: Page, desk: Desk, filters: Filters) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        filters.kept.connect(self._keep)
        filters.given_up.connect(self._give_up)

    def _keep(self, name: str, values: Mapping[str, str]) -> None:
        def action(ctx: Context) -> object:
            from ltu_desktop.actions.kept_filters import keep_filter

            return keep_filter(ctx, self._page.code, name, values)

        text = self._desk.words.text(N_("Filter saved: {name}"), name=name)
        self._desk.act(action, lambda _done: self._changed(text), initiator=self._page)

    def _give_up(self, name: str) -> None:
        def action(ctx: Context) -> object:
            from ltu_desktop.actions.kept_filters import forget_filter

            return forget_filter(ctx, self._page.code, name)

        text = self._desk.words.text(N_("Filter deleted: {name}"), name=name)
        self._desk.act(action, lambda _done: self._changed(text), initiator=self._page)

    def _changed(self, text: str) -> None:
        self._desk.said.emit(text, True)
        self._page.refresh()
