"""What is done with a claim: sealed, sent, returned, corrected, written to files; each asks once where it must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import claim_work as work
from ltu_desktop.window import dialogs
from ltu_desktop.window.claim_corrections import CorrectionRow, correction_columns, correction_rows
from ltu_desktop.window.claim_figures import Shown
from ltu_desktop.window.models import RowsModel
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import TABLE_HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.actions.claim_export import Exported
    from ltu_desktop.actions.claims import Prepared, SealedClaim
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.window.claim_page import ClaimPage
    from ltu_desktop.window.controls import Button
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.words import Words

KINDS = (
    ("pdf", N_("Whole claim (PDF)")),
    ("xlsx", N_("Workbook (Excel)")),
    ("csv", N_("Lines (CSV)")),
    ("json", N_("Data (JSON)")),
)
"""What a claim can be exported to."""


SHOWN = 6  # differences in sight before the list scrolls


def differences(words: Words, prepared: Prepared) -> Table:
    """Make the list of what a corrective version would hold: hours before and after, and the difference in euros."""
    dossier = prepared.dossier
    rows = correction_rows(words, Shown.of(words, dossier, prepared.total))
    columns = [
        each for each in correction_columns(words, (), dossier.answer.currency) if each.code not in {"month", "reason"}
    ]
    model: RowsModel[CorrectionRow] = RowsModel(columns, key=lambda each: each.place)
    model.set_rows(rows)
    table = Table(model, row_height=28, edge=8)
    table.setAccessibleName(words.text(N_("What would be corrected")))
    table.setFixedHeight(TABLE_HEAD + 28 * min(len(rows), SHOWN) + 2)
    return table


class ClaimSteps(QObject):
    """Joins the claim page to the desk; `sealed` tells that a version was sealed."""

    sealed = Signal()

    def __init__(self, page: ClaimPage, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk

    # ---- doing ----

    def seal(self) -> None:
        """Ask once, in words, then seal."""
        shown = self._page.shown
        if shown is None:
            return
        words = self._desk.words
        asked = dialogs.Question(
            self._page,
            words.text(N_("Seal the claim for {of_month}?"), of_month=words.of_month(shown.month)),
            words.text(
                N_(
                    "{amount} for {people} will be fixed as they are now. "
                    "A sealed claim can no longer be changed or undone, only corrected."
                ),
                amount=words.money(shown.asked),
                people=words.plural("{count} employee", "{count} employees", shown.view.everything.people),
            ),
            words.term("button", "Seal"),
            words.text(N_("Not yet")),
            icon="lock-simple",
        )
        if asked.exec():
            month = shown.month
            self._desk.act(
                lambda ctx: work.seal(ctx, month),
                self._sealed,
                title=words.text(N_("Sealing the claim")),
                initiator=self._page,
            )
        asked.deleteLater()

    def _sealed(self, claim: SealedClaim) -> None:
        self.sealed.emit()
        text = self._desk.words.text(N_("Sealed. Its fingerprint is {print}."), print=short_print(claim.sha256))
        self._desk.said.emit(text, False)

    def correct(self) -> None:
        """Work out what a corrective version would hold, then ask for the reason; of nothing the band says why."""
        if self._page.shown is not None:
            month = self._page.shown.month
            self._desk.act(lambda ctx: work.ask_correction(ctx, month), self._ask_correction)

    def _ask_correction(self, prepared: Prepared) -> None:
        words = self._desk.words
        why = dialogs.Why(
            words.text(N_("Reason of the correction")), words.text(N_("Say in a few words what was wrong."))
        )
        asked = dialogs.Question(
            self._page,
            words.text(N_("Correct the claim for {of_month}?"), of_month=words.of_month(self._desk.month)),
            words.text(
                N_("The correction holds only the differences: {lines}, {amount}."),
                lines=words.plural("{count} line", "{count} lines", len(prepared.dossier.corrections)),
                amount=words.money(prepared.total, sign=True),
            ),
            words.term("button", "Seal the correction"),
            words.text(N_("Not yet")),
            icon="note-pencil",
            body=differences(words, prepared),
            why=why,
        )
        if asked.exec():
            month, text = self._desk.month, why.text()
            self._desk.act(lambda ctx: work.correct(ctx, month, text), self._sealed, initiator=self._page)
        asked.deleteLater()

    def returned(self) -> None:
        """Note that the Fund returned the claim, with its reason."""
        shown, words = self._page.shown, self._desk.words
        if shown is None or shown.row is None:
            return
        why = dialogs.Why(words.text(N_("The Fund’s reason")), words.text(N_("Copy it from the Fund’s letter.")))
        asked = dialogs.Question(
            self._page,
            words.text(N_("Has the Fund returned this claim?")),
            words.text(N_("Its reason is kept with the claim. Correct what is wrong, then seal a correction.")),
            words.term("button", "Mark as returned"),
            words.text(N_("Cancel")),
            icon="envelope-simple-open",
            why=why,
        )
        if asked.exec():
            claim_id, text = shown.row.id, why.text()
            self._desk.act(lambda ctx: work.move(ctx, claim_id, "returned", text), self._moved, initiator=self._page)
        asked.deleteLater()

    def move(self, state: str) -> None:
        """Note that the claim was sent or paid."""
        if self._page.shown is not None and self._page.shown.row is not None:
            claim_id = self._page.shown.row.id
            self._desk.act(lambda ctx: work.move(ctx, claim_id, state), self._moved, initiator=self._page)

    def _moved(self, _row: ClaimRow) -> None:
        self._page.refresh()
        self._desk.said.emit(self._desk.words.text(N_("Noted.")), True)

    # ---- files ----

    def export(self, button: Button) -> None:
        """Offer the kinds of file; the last choice writes them all."""
        words = self._desk.words
        menu = QMenu(self._page)
        for kind, text in KINDS:
            menu.addAction(words.text(text)).triggered.connect(lambda _on=False, kind=kind: self.write((kind,)))
        menu.addSeparator()
        every = menu.addAction(words.text(N_("All of them, into a folder…")))
        every.triggered.connect(lambda: self.write(tuple(kind for kind, _ in KINDS)))
        archive = menu.addAction(words.text(N_("Sealed dossier (all of them and their fingerprints, ZIP)")))
        archive.setEnabled(self._page.shown is not None and self._page.shown.row is not None)
        archive.triggered.connect(lambda: self.write(("zip",)))
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def write(self, kinds: tuple[str, ...]) -> None:
        """Ask for the folder and write files of some kinds."""
        shown = self._page.shown
        if shown is None:
            return
        memory = self._desk.memory
        folder = dialogs.ask_folder(self._page, self._desk.words.text(N_("Into which folder?")), memory.folder)
        if folder is None:
            return
        memory.folder = folder
        target = shown.row.id if shown.row is not None else shown.month
        self._desk.act(
            lambda ctx: work.export_files(ctx, target, kinds, folder),
            lambda files: self._exported(files, folder),
            title=self._desk.words.text(N_("Writing the files")),
            initiator=self._page,
        )

    def _exported(self, files: list[Exported], folder: Path) -> None:
        names = ", ".join(file.path.name for file in files)
        self._desk.said.emit(
            self._desk.words.text(N_("Written into {folder}: {names}"), folder=folder, names=names), False
        )

    def preview(self, what: str) -> None:
        """Draw the form: to `show` or to `print` it."""
        if self._page.shown is not None:
            self._desk.go.emit("preview", (self._page.shown, what))
