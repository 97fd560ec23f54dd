"""One person at the right of the list: what is missing, contracts on a line, eligibility to mend, identity, months."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from ltu_desktop.documents.claim_labels import EXIT_REASONS
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.contract_form import NATURES, ContractForm, Step, Wanted
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.people_list import STOPS
from ltu_desktop.window.person_facts import identity, months
from ltu_desktop.window.person_papers import Papers, Points
from ltu_desktop.window.pieces import Band, Elided, Link, clear, column, label, row, rule
from ltu_desktop.window.timeline import Timeline
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.queries.eligibility import Checklist
    from ltu_desktop.queries.people import PersonDetail, PersonRow
    from ltu_desktop.words import Words

WIDTH = 470
LACKS = {
    "status": (N_("The status is missing: PPDE or other?"), N_("Without it nothing can be claimed for her.")),
    "recognised_on": (
        N_("The date of the committee’s decision is missing"),
        N_("It stands in the committee’s minutes."),
    ),
    "contract": (N_("There is no contract"), N_("Add it below, or import the list or the payroll that holds it.")),
    "weekly_hours": (N_("The contract’s weekly hours are missing"), N_("Import the staff list that holds them.")),
    "aid": (
        N_("Payroll declares another State aid"),
        N_("This hire cannot carry two: have the code corrected in payroll."),
    ),
}


class PersonPanel(QFrame):
    """The panel; what is typed in the eligibility is saved at once, `changed` says what."""

    changed = Signal(object, object)  # the person shown, and the values to be changed
    contract_wanted = Signal(object, object)  # the person shown, and the `Wanted` change of her contracts
    closed = Signal()
    point_changed = Signal(object, str, object)  # the person, a point of her eligibility, what is said of it
    paper_wanted = Signal(object, str, object)  # the person, what the paper is, its path (None: it is asked for)
    paper_opened = Signal(object)
    paper_removed = Signal(object)

    def __init__(self, words: Words, today: date) -> None:
        super().__init__()
        self._words, self._today = words, today
        self.person: PersonDetail | None = None
        self._row: PersonRow | None = None
        self.kept = ""  # the field that shall have the focus again when the panel is drawn anew
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setMinimumWidth(340)
        box = column(self)
        head = row(margins=(20, 12, 12, 8), gap=8)
        names = column(gap=2)
        self.name = Elided("", Text.TITLE)
        self.facts = Elided("", Text.DENSE, "text2")
        names.addWidget(self.name)
        names.addWidget(self.facts)
        head.addLayout(names, 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(words.text(N_("Close the panel")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(rule())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        whole = column(inside, margins=(20, 12, 20, 16), gap=10)
        self._above, self._body = column(gap=10), column(gap=10)
        self.contract_form = ContractForm(words)  # stays while all around it is drawn anew
        self.contract_form.wanted.connect(lambda wanted: self.contract_wanted.emit(self.person, wanted))
        self.contract_form.closed.connect(self._form_left)
        whole.addLayout(self._above)
        whole.addWidget(self.contract_form)
        whole.addLayout(self._body, 1)
        self._scroll.setWidget(inside)
        self.points: Points | None = None
        self.papers: Papers | None = None
        self._dropped: Path | None = None
        self.setAcceptDrops(True)
        box.addWidget(self._scroll, 1)

    def show_person(
        self,
        person: PersonDetail,
        listed: PersonRow | None,
        history: Sequence[str] = (),
        *,
        writable: bool,
        checklist: Checklist | None = None,
        papers: Sequence[AttachmentRow] = (),
    ) -> None:
        """Show a person; what is being typed elsewhere stays, the body scrolls to its top only for another person."""
        words = self._words
        again = self.person is not None and self.person.id == person.id
        place = self._scroll.verticalScrollBar().value() if again else 0
        self.person, self._row = person, listed
        self.name.setText(person.list_name)
        activity = listed.activity if listed is not None else ""
        facts = [words.text(N_("no. {number}"), number=person.staff_number), person.site, activity]
        self.facts.setText(" · ".join(part for part in facts if part))
        self.setAccessibleName(person.list_name)
        if not again and self.contract_form.isVisible():
            self.contract_form.leave()
        clear(self._above)
        clear(self._body)
        for code in listed.missing if listed is not None else ():
            title, text = LACKS[code]
            meaning = Meaning.BLOCKING if code in STOPS else Meaning.ATTENTION
            self._above.addWidget(Band(meaning, words.text(title), words.text(text)))
        self._contracts(person, writable=writable)
        self._eligibility(person, checklist, writable=writable)
        self._documents(papers, checklist, writable=writable)
        for part in (identity(words, person), months(words, person)):
            if part is not None:
                self._body.addWidget(part)
        if history:
            self._body.addWidget(rule())
            self._section(words.text(N_("History")))
            for said in history:
                self._body.addWidget(label(said, Text.DENSE, "text2", wrap=True))
        self._body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(place)
        kept, self.kept = self.kept, ""
        if kept == "contracts":
            self._form_left()
        elif kept.startswith("point:"):
            if self.points is not None:
                self.points.fields[kept.partition(":")[2]].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kept == "papers":
            if self.papers is not None:
                self.papers.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kept:
            getattr(self, kept).widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _section(self, title: str, said: str = "") -> None:
        line = row(gap=10)
        line.addWidget(label(title, Text.SECTION))
        line.addWidget(label(said, Text.BODY, "text2"), 1)
        self._body.addLayout(line)

    # ---- contracts ----

    def _contracts(self, person: PersonDetail, *, writable: bool) -> None:
        words = self._words
        now = next((each for each in reversed(person.contracts) if each.terms), None)
        said = ""
        if now is not None:
            terms = now.terms[-1]
            parts = [NATURES.get(now.nature, ""), terms.job]
            if terms.hourly_pay is not None:
                parts.append(words.text(N_("{amount} an hour"), amount=words.money(terms.hourly_pay)))
            said = " · ".join(words.text(part) if part in NATURES.values() else part for part in parts if part)
        line = row(gap=10)
        line.addWidget(label(words.text(N_("Contract")), Text.SECTION))
        line.addWidget(Elided(said, Text.BODY, "text2"), 1)
        self._above.addLayout(line)
        if person.contracts:
            self._above.addWidget(Timeline(words, person.contracts, self._today))
        else:
            self._above.addWidget(label(words.text(N_("None in the file.")), Text.DENSE, "text3"))
        latest = person.contracts[-1] if person.contracts else None
        if latest is not None and latest.end is not None:
            ended = words.text(N_("Ended on {day}"), day=words.day(latest.end))
            reason = EXIT_REASONS.get(latest.end_reason, "")
            why = f"{ended} · {words.text(reason)}" if reason else ended
            self._above.addWidget(label(why, Text.DENSE, "text2", wrap=True))
        self.contract_ways: dict[str, Link] = {}
        if writable:
            self._contract_ways(person)
        self._body.addWidget(rule())

    def _contract_ways(self, person: PersonDetail) -> None:
        """Offer what can be done now: amend and end what runs, take an end back, begin a further contract."""
        words = self._words
        latest = person.contracts[-1] if person.contracts else None
        ways: list[tuple[str, str, str]] = []
        if latest is not None and latest.terms:
            ways.append((Step.AMEND, words.text(N_("New amendment")), "plus-circle"))
        if latest is not None and latest.end is None:
            ways.append((Step.END, words.text(N_("End the contract…")), "sign-out"))
        if latest is None or latest.end is not None:
            ways.append((Step.ADD, words.text(N_("New contract")), "file-plus"))
        if latest is not None and latest.end is not None:
            ways.append(("reopen", words.text(N_("Take the end back")), "arrow-u-up-left"))
        line = row(gap=12)
        for code, text, icon in ways:
            link = Link(text, icon=icon)
            link.clicked.connect(lambda _on=False, code=code: self._begin(code))
            self.contract_ways[code] = link
            line.addWidget(link)
        line.addStretch(1)
        self._above.addLayout(line)

    def _begin(self, code: str) -> None:
        person = self.person
        if person is None:
            return
        if code == "reopen":
            wanted = Wanted(Step.END, person.id, person.contracts[-1].id, {"end": None})
            self.contract_wanted.emit(person, wanted)
            return
        self.begin_contract(Step(code))

    def begin_contract(self, step: Step) -> None:
        """Open the form of a step below the contracts."""
        if self.person is not None:
            self.contract_form.begin(step, self.person)
            QTimer.singleShot(0, self.contract_form, self._show_form)

    def _show_form(self) -> None:
        self._scroll.ensureWidgetVisible(self.contract_form, 0, 12)

    def _form_left(self) -> None:
        """Put the focus back where the form was asked for."""
        link = next(iter(self.contract_ways.values()), None)
        if link is not None:
            link.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- eligibility ----

    def _eligibility(self, person: PersonDetail, checklist: Checklist | None, *, writable: bool) -> None:
        words, values = self._words, person.values
        said = ""
        if checklist is not None and checklist.concerned:
            count = len(checklist.points)
            said = words.text(N_("{done} of {all} in order"), done=checklist.done, all=count)
        self._section(words.text(N_("Eligibility")), said)
        options = (("", words.status("")), ("ppde", words.status("ppde")), ("other", words.status("other")))
        self.status = choice_field(words.text(N_("Status")), options, values["status"] or "")
        self.day = text_field(
            words.text(N_("Committee’s decision on")), value=write_day(values["recognised_on"]), width=130
        )
        edit = self.day.widget
        assert isinstance(edit, QLineEdit)
        edit.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        self.number = text_field(words.text(N_("Decision number")), value=values["decision_number"])
        fields = QGridLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(10)
        wide = self.width() >= WIDTH - 20
        for field, spot in ((self.status, (0, 0)), (self.day, (0, 1)), (self.number, (0, 2) if wide else (1, 0))):
            field.widget.setEnabled(writable)
            fields.addWidget(field, *spot, 1, 1 if wide or field is not self.number else 2, Qt.AlignmentFlag.AlignTop)
        self.status.widget.setFixedWidth(120)
        fields.setColumnStretch(2 if wide else 1, 1)
        self._body.addLayout(fields)
        self.points = None
        if checklist is not None and checklist.concerned:
            self.points = Points(words, checklist, columns=3 if wide else 2, writable=writable)
            self.points.changed.connect(lambda code, point: self.point_changed.emit(self.person, code, point))
            self._body.addWidget(self.points)
        self._body.addWidget(rule())
        choice, number = self.status.widget, self.number.widget
        assert isinstance(choice, QComboBox)
        assert isinstance(number, QLineEdit)
        choice.activated.connect(lambda _at: self._save())
        edit.editingFinished.connect(self._save)
        number.editingFinished.connect(self._save)

    def _save(self) -> None:
        """Save what differs; a wrong day is told below its field and kept as typed."""
        person = self.person
        if person is None:
            return
        try:
            day = read_day(value_of(self.day))
        except ValueError:
            self.day.wrong(self._words.text(N_("This is not a date: day, month, year.")))
            return
        self.day.wrong("")
        typed = {
            "status": value_of(self.status) or None,
            "recognised_on": day,
            "decision_number": value_of(self.number),
        }
        values = {name: value for name, value in typed.items() if value != person.values[name]}
        if values:
            self.changed.emit(person, values)

    # ---- documents ----

    def _documents(self, papers: Sequence[AttachmentRow], checklist: Checklist | None, *, writable: bool) -> None:
        self._section(self._words.text(N_("Documents")), str(len(papers)) if papers else "")
        concerned = checklist is not None and checklist.concerned
        self.papers = Papers(self._words, papers, concerned=concerned, writable=writable)
        self.papers.wanted.connect(self._want_paper)
        self.papers.opened.connect(self.paper_opened)
        self.papers.removed.connect(self.paper_removed)
        self._body.addWidget(self.papers)
        self._body.addWidget(rule())

    def _want_paper(self, code: str) -> None:
        path, self._dropped = self._dropped, None
        self.paper_wanted.emit(self.person, code, path)

    def ask_paper(self, path: Path | None = None) -> None:
        """Ask what a paper is that shall be attached; without a path the file is asked for next."""
        if self.papers is not None and self.papers.add_button.isEnabled():
            self._dropped = path
            self._scroll.ensureWidgetVisible(self.papers.add_button)
            self.papers.ask()
            self._dropped = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one document."""
        if len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Attach the dropped document, once it is said what it is."""
        event.acceptProposedAction()
        path = Path(event.mimeData().urls()[0].toLocalFile())
        QTimer.singleShot(0, self, lambda: self.ask_paper(path))  # the drag must end before a menu opens

    def focus_missing(self) -> bool:
        """Put the focus into the very field that is missing; tell whether one is."""
        missing = self._row.missing if self._row is not None else ()
        for code, field in (("status", "status"), ("recognised_on", "day")):
            if code in missing and self.person is not None:
                widget = getattr(self, field).widget
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(widget)
                return True
        return False
