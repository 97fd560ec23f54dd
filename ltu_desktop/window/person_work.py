"""What the panel of a person asks for: read on the worker, changed by actions, refused at the field, tried before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.person_part import Sheet
from ltu_desktop.window.person_skills import Skills
from ltu_desktop.window.person_support import Support

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.trial import ChangeEffect
    from ltu_desktop.queries.people import PersonDetail
    from ltu_desktop.window.contract_form import Wanted
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.person_panel import PersonPanel
    from ltu_desktop.window.worker import Task
    from ltu_desktop.words import Words

HISTORY = 30  # entries shown of a person's history


def load_person(ctx: Context, person_id: bytes) -> Sheet | None:
    """Read all that the panel shows of a person; None when she is gone."""
    from ltu_desktop.actions.journal_words import PHRASES, sentence
    from ltu_desktop.queries.activities import activities
    from ltu_desktop.queries.agreements import sites
    from ltu_desktop.queries.attachments import of_person
    from ltu_desktop.queries.eligibility import checklist
    from ltu_desktop.queries.health import health
    from ltu_desktop.queries.people import person
    from ltu_desktop.queries.skills import notes as support_notes
    from ltu_desktop.queries.skills import portrait
    from ltu_desktop.store.roles import WITHOUT_HEALTH

    role, today = ctx.role, ctx.clock.now().date()
    with ctx.store.read() as connection:
        found = person(connection, person_id)
        if found is None:
            return None
        points = checklist(connection, person_id, today, role)
        papers = of_person(connection, person_id, role)
        dates = None if role == WITHOUT_HEALTH else health(connection, person_id, role)
        places = tuple((each.id.hex(), each.name) for each in sites(connection))
        able, notes = portrait(connection, person_id), tuple(support_notes(connection, person_id))
        going = tuple((each.id, each.name) for each in activities(connection, today) if each.ended_on is None)
    entries = {
        entry.number: entry
        for key in (person_id, *(contract.id for contract in found.contracts))
        for entry in ctx.store.entries(limit=HISTORY, row_id=key)
        if entry.action in PHRASES
    }
    latest = sorted(entries.values(), key=lambda entry: entry.number, reverse=True)[:HISTORY]
    said = tuple(sentence(ctx.words, entry, today) for entry in latest)
    return Sheet(found, today, None, said, points, tuple(papers), dates, places, able, notes, going)


def say_effect(words: Words, found: ChangeEffect) -> str:
    """Say what a change does to the month's claim, and to months that are claimed already."""
    if found.difference is None:
        return words.text(N_("The month’s claim cannot be worked out yet: a legal value is missing."))
    said = []
    of_month = words.of_month(found.month)
    if found.difference:
        said.append(
            words.text(
                N_("{amount} on the claim for {of_month}"),
                amount=words.money(found.difference, sign=True),
                of_month=of_month,
            )
        )
    for month, amount in found.claimed.items():
        said.append(
            words.text(
                N_("{amount} to correct for {month}"), amount=words.money(amount, sign=True), month=words.month(month)
            )
        )
    return " · ".join(said) or words.text(N_("no effect on the claim for {of_month}"), of_month=of_month)


class PersonWork(QObject):
    """Joins the panel to the desk."""

    def __init__(self, page: Page, desk: Desk, panel: PersonPanel) -> None:
        super().__init__(page)
        self._page, self._desk, self._panel = page, desk, panel
        self._trying: Task[ChangeEffect] | None = None
        panel.essentials.changed.connect(self._change)
        panel.identity.changed.connect(self._change)
        panel.identity.health_changed.connect(self._change_health)
        for part in (panel.part(Skills), panel.part(Support)):
            part.asked.connect(lambda action: self._do(action, self._saved))
        panel.essentials.contracts.wanted.connect(self._change_contract)
        panel.essentials.contracts.tried.connect(self._try)

    def _do(self, action: Callable[[Context], object], done: Callable[[PersonDetail], None]) -> None:
        person = self._panel.person
        if person is not None:
            self._desk.act(action, lambda _done: done(person), initiator=self._page, failed=self._refused)

    def _change(self, values: Mapping[str, Any]) -> None:
        person = self._panel.person
        assert person is not None

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.people import change_person

            return change_person(ctx, person.id, values, expected_version=person.version)

        self._do(action, self._saved)

    def _change_health(self, values: Mapping[str, Any]) -> None:
        person = self._panel.person
        assert person is not None

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.health import set_health

            return set_health(ctx, person.id, values)

        self._do(action, self._saved)

    def _saved(self, person: PersonDetail) -> None:
        self._desk.said.emit(self._desk.words.text(N_("Saved for {name}"), name=person.list_name), True)
        self._panel.keep_hand()
        self._page.refresh()

    def _refused(self, error: UserError) -> None:
        bare = UserError(error.code, error.what, error.mend, "", error.params)
        if not self._panel.refuse(str(error.params.get("field")), self._desk.words.error(bare)):
            self._desk.troubled.emit(error)

    # ---- contracts ----

    def _change_contract(self, wanted: Wanted) -> None:
        form = self._panel.essentials.contracts.form

        def failed(error: UserError) -> None:
            if not form.refuse(error):
                self._desk.troubled.emit(error)

        person = self._panel.person
        if person is not None:
            self._stop_trying()
            self._desk.act(wanted, lambda _done: self._contract_saved(person), initiator=self._page, failed=failed)

    def _contract_saved(self, person: PersonDetail) -> None:
        contracts = self._panel.essentials.contracts
        if contracts.form.isVisible():
            contracts.form.leave()
        self._desk.said.emit(self._desk.words.text(N_("Saved for {name}"), name=person.list_name), True)
        self._panel.kept = self._panel.essentials.hand() or "contracts"
        self._page.refresh()

    def _try(self, wanted: Wanted) -> None:
        """Find out what a change would do, and let go of what was asked before."""
        self._stop_trying()
        month, words = self._desk.month, self._desk.words
        contracts = self._panel.essentials.contracts

        def action(ctx: Context) -> ChangeEffect:
            from ltu_desktop.actions.trial import effect

            return effect(ctx, wanted, month)

        def failed(error: UserError) -> None:
            contracts.say_effect(wanted, words.error(UserError(error.code, error.what, error.mend, "", error.params)))

        self._trying = self._desk.act(
            action, lambda found: contracts.say_effect(wanted, say_effect(words, found)), failed=failed
        )

    def _stop_trying(self) -> None:
        if self._trying is not None:
            self._trying.cancel()
            self._trying = None
