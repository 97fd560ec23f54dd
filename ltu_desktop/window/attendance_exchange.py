"""Attendance in and out: files and blocks with heads are looked at before they are taken in; a month goes out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_work as work
from ltu_desktop.window import dialogs

if TYPE_CHECKING:
    from ltu_desktop.actions.attendance_paste import PastePlan
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.attendance_take import TakePanel


class Exchange(QObject):
    """Joins the panel of what is taken in, and the writing of files, to the desk."""

    def __init__(self, page: AttendancePage) -> None:
        super().__init__(page)
        self._page, self._desk, self._words = page, page.desk, page.words

    @cached_property
    def take(self) -> TakePanel:
        """A block of attendance being looked at before it is taken in."""
        from ltu_desktop.window.attendance_take import TakePanel

        made = TakePanel(self._words)
        made.wanted.connect(self._take_in)
        self._page.panels.add(made)
        return made

    def ask_file(self) -> None:
        """Ask for a file of attendance, and say what it would do."""
        memory, words, month = self._desk.memory, self._words, self._desk.month
        kinds = f"{words.text(N_('Tables'))} (*.xlsx *.ods *.csv)"
        path = dialogs.ask_open(self._page, words.text(N_("Which file?")), memory.folder, kinds)
        if path is not None:
            memory.folder = path.parent
            self._desk.act(
                lambda ctx: work.plan_file(ctx, path, month),
                self._show_take,
                title=words.text(N_("Reading the file")),
            )

    def ask_block(self, text: str) -> None:
        """Say what a block with heads would do, from the chosen cell on."""
        sheet, active, month = self._page.grid.sheet, self._page.grid.choice.active, self._desk.month
        people = [sheet.row(at).key[0] for at in range(active.row, len(sheet.shown))]
        first = sheet.days[active.column].day
        self._desk.act(lambda ctx: work.plan_block(ctx, text, month, people, first), self._show_take)

    def _show_take(self, plan: PastePlan) -> None:
        self._page.panels.show(self.take)
        self.take.show_plan(plan)
        self.take.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_in(self, plan: PastePlan) -> None:
        def taken(_done: object) -> None:
            self._page.panels.vanish()
            self._page.panels.turned(self._words.plural("{count} cell saved", "{count} cells saved", plan.changed))

        self._desk.act(lambda ctx: work.take_in(ctx, plan), taken, initiator=self._page)

    def export(self, kind: str) -> None:
        """Write the month into a folder, as the filters leave it."""
        memory, words, month = self._desk.memory, self._words, self._desk.month
        folder = dialogs.ask_folder(self._page, words.text(N_("Into which folder?")), memory.folder)
        if folder is None:
            return
        memory.folder = folder
        site, team = self._page.chosen_site(), self._page.chosen_team()
        self._desk.act(
            lambda ctx: work.export(ctx, month, kind, folder, site, team),
            lambda path: self._desk.said.emit(
                words.text(N_("Written into {folder}: {names}"), folder=folder, names=path.name), False
            ),
            title=words.text(N_("Writing the files")),
        )
