"""What is asked for several people at once: previews and changes, and two records merged into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.merging_people import MergePlan
    from ltu_desktop.actions.people_bulk import BulkChange, BulkPlan
    from ltu_desktop.queries.people import PersonRow
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.people_many import ManyPanel, Places
    from ltu_desktop.window.people_merge import MergePanel
    from ltu_desktop.words import Words


def load_places(connection: Connection, words: Words) -> Places:
    """Read what people can be given: sites and activities that are in use, and the statuses."""
    from ltu_desktop.queries.agreements import activities, sites

    return {
        "site": tuple((each.id.hex(), each.name) for each in sites(connection)),
        "activity": tuple((each.id.hex(), each.name) for each in activities(connection)),
        "status": tuple((code, words.status(code)) for code in ("ppde", "other")),
    }


class ManyWork(QObject):
    """Joins the two panels to the desk; `merged` tells the key of the record that stayed."""

    merged = Signal(object)

    def __init__(self, page: Page, desk: Desk, many: ManyPanel, merging: MergePanel) -> None:
        super().__init__(page)
        self._page, self._desk, self._many, self._merging = page, desk, many, merging
        self.pair: tuple[bytes, bytes] | None = None  # the record that stays, and the other one
        many.asked.connect(self._plan)
        many.wanted.connect(self._change)
        merging.swapped.connect(self._swap)
        merging.wanted.connect(self._merge)

    def show_people(self, rows: Sequence[PersonRow]) -> None:
        """Show several people in their panel."""
        words = self._desk.words
        self._desk.read(
            lambda connection: load_places(connection, words), lambda places: self._many.show_people(rows, places)
        )

    def _plan(self, change: BulkChange) -> None:
        ids = self._many.ids

        def action(ctx: Context) -> BulkPlan:
            from ltu_desktop.actions.people_bulk import plan_many

            return plan_many(ctx, ids, change)

        self._desk.act(action, self._many.show_plan, failed=self._many.refuse)

    def _change(self, change: BulkChange) -> None:
        ids = self._many.ids

        def action(ctx: Context) -> int:
            from ltu_desktop.actions.people_bulk import BulkState, change_many, plan_many

            count = plan_many(ctx, ids, change).count(BulkState.CHANGED)
            change_many(ctx, ids, change)
            return count

        self._desk.act(action, self._changed, initiator=self._page, failed=self._many.refuse)

    def _changed(self, count: int) -> None:
        words = self._desk.words
        self._desk.said.emit(words.plural("{count} person changed", "{count} people changed", count), True)
        self._page.refresh()

    # ---- two records ----

    def begin_merge(self, ids: Sequence[bytes]) -> None:
        """Show what merging two records would do; the first one stays unless it is said otherwise."""
        self.pair = (ids[0], ids[1])
        self._plan_merge()

    def _plan_merge(self) -> None:
        pair = self.pair
        assert pair is not None

        def action(ctx: Context) -> MergePlan:
            from ltu_desktop.actions.merging_people import plan_merge

            return plan_merge(ctx, *pair)

        self._desk.act(action, self._merging.show_plan, failed=self._merging.refuse)

    def _swap(self) -> None:
        if self.pair is not None:
            self.pair = (self.pair[1], self.pair[0])
            self._plan_merge()

    def _merge(self, take: Collection[str]) -> None:
        pair = self.pair
        assert pair is not None

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.merging_people import merge

            return merge(ctx, *pair, take=take)

        self._desk.act(action, lambda _done: self._merged(pair[0]), initiator=self._page, failed=self._merging.refuse)

    def _merged(self, stays: bytes) -> None:
        self.pair = None
        self._desk.said.emit(self._desk.words.text(N_("The two records are now one.")), True)
        self.merged.emit(stays)
