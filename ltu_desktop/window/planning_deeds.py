"""What the planning page does to the file: one gesture, one action, one step to undo; the board stays where it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_words import with_left_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.planning_weeks import Laid
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.rules.planning import Substitute
    from ltu_desktop.window.planning_board import Put
    from ltu_desktop.window.planning_entry import Wish
    from ltu_desktop.window.planning_page import PlanningPage
    from ltu_desktop.window.planning_side import Mend
    from ltu_desktop.window.planning_substitutes import Vacancy


class Deeds:
    """The gestures of a page, done on the worker."""

    def __init__(self, page: PlanningPage) -> None:
        self._page = page
        self._copied: ShiftRow | None = None

    def _do(self, action: Callable[[Context], object], said: str) -> None:
        page = self._page

        def done(_value: object) -> None:
            page.desk.said.emit(said, True)
            page.refresh()

        def failed(error: Any) -> None:
            page.desk.troubled.emit(error)
            page.refresh()

        page.desk.act(action, done, initiator=page, failed=failed)

    def _text(self, message: str, **params: object) -> str:
        return self._page.words.text(message, **params)

    # ---- one shift ----

    def put(self, put: Put) -> None:
        """Move, copy or stretch a shift as the hand did."""
        values = self._page.judge.values(put)
        shift = put.shift
        if put.copies:
            self._copy(shift, values)
            return
        changed = {name: value for name, value in values.items() if value != getattr(shift, name)}
        if not changed:
            return

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            return planning.change_shift(ctx, shift.id, changed, expected_version=shift.version)

        self._page.show_put(put)
        moved = {"person_id", "day", "activity_id"} & set(changed)
        self._do(action, self._text(N_("Shift moved")) if moved else self._text(N_("Times changed")))

    def _copy(self, shift: ShiftRow, values: dict[str, Any]) -> None:
        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            if values["activity_id"] == shift.activity_id:
                return planning.copy_shifts(ctx, [(shift.id, values["person_id"], values["day"])])
            return planning.add_shift(ctx, **values, pause=shift.pause, note=shift.note)

        self._do(action, self._text(N_("Shift copied")))

    def plan(self, wish: Wish) -> None:
        """Plan what was typed, once or as a series."""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            return planning.add_shift(
                ctx,
                wish.person_id,
                wish.day,
                wish.activity_id,
                wish.start,
                wish.end,
                pause=wish.pause,
                site_id=wish.site_id,
                days=wish.days,
            )

        said = self._page.words.plural("{count} shift planned", "{count} shifts planned", len(wish.days) + 1)
        self._do(action, said)

    def change(self, shift: ShiftRow, wish: Wish) -> None:
        """Change a shift as it was typed."""
        values = {name: getattr(wish, name) for name in ("activity_id", "site_id", "start", "end", "pause")}
        changed = {name: value for name, value in values.items() if value != getattr(shift, name)}
        if not changed:
            return

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            return planning.change_shift(ctx, shift.id, changed, expected_version=shift.version)

        self._do(action, self._text(N_("Shift changed")))

    def remove(self, shift: ShiftRow, *, series: bool = False) -> None:
        """Take a shift off the plan, or all of its series from its day on."""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            if series and shift.series_id is not None:
                return planning.delete_series(ctx, shift.series_id, since=shift.day)
            return planning.delete_shifts(ctx, [shift.id])

        said = N_("Series removed from the plan, from this day on") if series else N_("Shift removed from the plan")
        self._do(action, self._text(said))

    def mend(self, mend: Mend) -> None:
        """Mend a conflict."""
        if mend.drops:
            self.remove(mend.shift)
            return
        shift = mend.shift
        values = {"start": mend.start, "end": mend.end, "pause": mend.pause}

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            return planning.change_shift(ctx, shift.id, values, expected_version=shift.version)

        self._do(action, self._text(N_("Times changed")))

    def give(self, vacancy: Vacancy, chosen: Substitute) -> None:
        """Give a shift to a substitute, or plan her for a need."""
        span, shift = vacancy.span, vacancy.shift
        sheet = self._page.board.sheet
        person = sheet.people.get(chosen.person) if sheet is not None else None
        name = sheet.who(person, self._page.words) if sheet is not None and person is not None else ""

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import planning

            if shift is not None:
                return planning.substitute(ctx, shift.id, chosen.person)
            return planning.add_shift(
                ctx, chosen.person, span.day, span.activity, span.start, span.end, pause=span.pause
            )

        self._do(action, self._text(N_("Assigned to {name}"), name=name))

    # ---- copying by keys ----

    def copy(self) -> None:
        """Remember the shift under the cursor."""
        self._copied = self._page.board.shift()
        if self._copied is not None:
            self._page.desk.said.emit(self._text(N_("Shift copied: Ctrl V pastes it elsewhere")), False)

    def paste(self) -> None:
        """Put the remembered shift where the cursor is."""
        if self._copied is not None and self._page.board.try_lock():
            spot = self._page.board.view.spot
            self._copy_to(self._copied, spot.row, spot.day)

    def copy_right(self) -> None:
        """Copy the shift under the cursor to the next day, and go there."""
        board = self._page.board
        shift, spot = board.shift(), board.view.spot
        if shift is not None and spot.day + 1 < board.view.lay.days and board.try_lock():
            self._copy_to(shift, spot.row, spot.day + 1)
            board.choose(Spot(spot.row, spot.day + 1))

    def copy_down(self) -> None:
        """Copy the shift under the cursor to the person below, and go there."""
        board = self._page.board
        shift, spot = board.shift(), board.view.spot
        if shift is not None and spot.row + 1 < len(board.view.lay.counts) and board.try_lock():
            self._copy_to(shift, spot.row + 1, spot.day)
            board.choose(Spot(spot.row + 1, spot.day))

    def _copy_to(self, shift: ShiftRow, row: int, day: int) -> None:
        from ltu_desktop.window.planning_board import Put

        self._copy(shift, self._page.judge.values(Put(shift, row, day, shift.start, shift.end, copies=True)))

    # ---- weeks ----

    def copy_week(self) -> None:
        """Copy last week into the one that is shown; what is planned already stays."""
        page, monday = self._page, self._page.monday

        def action(ctx: Context) -> Laid:
            from ltu_desktop.actions import planning

            return planning.copy_week(ctx, monday - timedelta(days=7), monday)

        def done(laid: Laid) -> None:
            said = page.words.plural("{count} shift copied", "{count} shifts copied", len(laid.added))
            page.desk.said.emit(with_left_out(page.words, said, laid.skipped), bool(laid.added))
            page.refresh()

        page.desk.act(action, done, initiator=page)
