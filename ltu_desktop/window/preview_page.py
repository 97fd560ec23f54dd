"""The preview of a claim's form or of a report, exactly as it is printed and exported, and the printing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from ltu_desktop.documents.report import Report
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import claim_work as work
from ltu_desktop.window.claim_figures import Shown
from ltu_desktop.window.controls import Choice
from ltu_desktop.window.document_page import DocumentPage
from ltu_desktop.window.reports_work import pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.ground_print import Printed
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk


class PreviewPage(DocumentPage):
    """The form on screen; Ctrl+P prints what is seen."""

    code: ClassVar[str] = "preview"
    parent_code = "claim"

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self._shown: Shown | None = None
        self._report: Report | None = None
        self._print_now = False
        text = self.words.text
        self.kind = Choice(text(N_("Document")), [("form", text(N_("form"))), ("annex", text(N_("annex")))])
        self.kind.chosen.connect(lambda _value: self._draw())
        self._buttons = {code: commands.button(code) for code in ("claim.print", "reports.print")}
        self.head.add(self.kind, *self._buttons.values())

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with a preview."""
        return {self._print_code(): self.print}

    def _print_code(self) -> str:
        return "claim.print" if self._report is None else "reports.print"

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        words = self.words
        back = N_("back to the claim") if self._report is None else N_("back to the report")
        return [(words.term("key", "Esc"), words.text(back)), ("Ctrl P", words.text(N_("print")))]

    def show_what(self, what: object) -> None:
        """Take the claim or the report to be drawn, and whether it shall be printed at once."""
        if isinstance(what, tuple):
            shown, wish = what
            self._shown = shown if isinstance(shown, Shown) else None
            self._report = shown if isinstance(shown, Report) else None
            self._print_now = wish == "print"
            self.parent_code = "claim" if self._report is None else "reports"
            self.kind.setVisible(self._report is None)
            for code, button in self._buttons.items():
                button.setVisible(code == self._print_code())

    def first_focus(self) -> QWidget | None:
        """Begin in the pages, so that arrows scroll."""
        return self.view

    def refresh(self) -> None:
        """Draw the document."""
        shown, words = self._shown, self.words
        if self._report is not None:
            self.head.say(self._report.title, self._report.subtitle)
            self._draw()
        elif shown is not None:
            title = words.text(N_("Preview of the claim for {of_month}"), of_month=words.of_month(shown.month))
            self.head.say(title, words.text(N_("draft")) if shown.row is None else "")
            self._draw()

    def month_changed(self) -> None:
        """Another month has another preview: go back to its claim, or to the report."""
        self.desk.go.emit(self.parent_code, None)

    def _draw(self) -> None:
        shown, report, kind = self._shown, self._report, str(self.kind.value)

        def job(ctx: Context) -> Printed:
            from ltu_desktop.actions.ground_print import Printed

            if report is not None:
                return Printed(pdf_bytes(ctx, report), "")
            assert shown is not None
            return Printed(work.form_bytes(ctx, shown, kind), "")

        self.commands.enable(self._print_code(), on=False)
        self.draw(job)

    def drawn(self, _name: str, pages: str) -> None:
        """Say how many pages there are, and print them when that was the wish."""
        said = [pages]
        if self._shown is not None and self._shown.row is None:
            said.insert(0, self.words.text(N_("draft")))
        self.head.say(self.head.title.text(), " · ".join(said))
        self.commands.enable(self._print_code(), on=True)
        if self._print_now:
            self._print_now = False
            self.print()
