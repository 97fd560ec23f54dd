"""The claim of a month: its life above, checks at the left, lines in the middle, the explanation at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QSplitter, QStackedWidget, QWidget

from ltu_desktop.actions.targets import target_of
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.errors import N_, Problem, Severity, UserError
from ltu_desktop.window import claim_work as work
from ltu_desktop.window import mending, theme
from ltu_desktop.window.claim_checks import ChecksPane
from ltu_desktop.window.claim_explain import ExplainPane
from ltu_desktop.window.claim_explained import agreement_text
from ltu_desktop.window.claim_figures import WHOLE_CLAIM, LineRow, Shown
from ltu_desktop.window.claim_lines import LinesPane
from ltu_desktop.window.claim_steps import ClaimSteps
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.focus import first_focusable
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import Elided, row, rule
from ltu_desktop.window.state_bar import StateBar, StateStep, StepState
from ltu_desktop.window.tokens import STATE_BAR, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk


class ClaimPage(Page):
    """One month's claim: a draft that follows the file, or a sealed version."""

    code: ClassVar[str] = "claim"
    parent_code = "claims"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "employer", "site", "person", "contract", "contract_terms", "payroll_file", "pay_month", "absence",
            "agreement", "agreement_terms", "parameter_override", "claim", "claim_line", "sealed",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.shown: Shown | None = None
        self._claim_id: bytes | None = None
        self._turns: Iterator[str] = iter(())  # what is still to be shown of the claim
        self.lines: LinesPane | None = None
        self._narrow: bool | None = None
        self._buttons: dict[str, Button] = {}
        for code, kind in (
            ("claim.print", Kind.NORMAL),
            ("claim.export", Kind.NORMAL),
            ("claim.preview", Kind.NORMAL),
            ("claim.returned", Kind.NORMAL),
            ("claim.paid", Kind.NORMAL),
            ("claim.correct", Kind.NORMAL),
            ("claim.send", Kind.PRIMARY),
            ("claim.seal", Kind.PRIMARY),
        ):
            button = commands.button(code, kind=kind)
            self._buttons[code] = button
            self.head.add(button)
        self._buttons["claim.export"].drops = True
        self.box.addWidget(self._state_row())
        self.box.addWidget(rule(tone="line2"))
        self.body = QStackedWidget()
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.checks = ChecksPane(self.words)
        self.explain = ExplainPane(self.words, commands)
        self.panes.addWidget(self.checks)
        self.panes.addWidget(self.explain)
        self.empty = EmptyPane(
            self.words.text(N_("The payroll of this month is not imported yet.")),
            commands.button("payroll.import", kind=Kind.PRIMARY),
        )
        self.body.addWidget(self.panes)
        self.body.addWidget(self.empty)
        self.box.addWidget(self.body, 1)
        self.checks.chosen.connect(self._problem_chosen)
        self.checks.mend.connect(self._mend)
        self.checks.folding.connect(self._folded)
        self.explain.person_wanted.connect(lambda number: desk.go.emit("people", number))
        self.steps = ClaimSteps(self, desk)
        self.steps.sealed.connect(self._sealed)
        theme.state().changed.connect(self.update)

    def _state_row(self) -> QWidget:
        holder = QFrame()
        holder.setProperty("ground", "header")
        holder.setFixedHeight(theme.grown(STATE_BAR))
        self._across = across = row(holder, margins=(24, 0, 24, 0), gap=12)
        self.states = StateBar()
        self.facts = Elided("", Text.DENSE, "text2")
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # what the steps leave
        self.facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reason = Button(icon="warning-octagon", kind=Kind.ALERT, height=28)
        self.reason.clicked.connect(lambda: self.commands.do("claim.next_problem"))
        across.addWidget(self.states)
        across.addWidget(self.facts, 1)
        across.addWidget(self.reason)
        return holder

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with a claim."""
        return {
            "claim.seal": self.steps.seal,
            "claim.send": lambda: self.steps.move("sent"),
            "claim.paid": lambda: self.steps.move("paid"),
            "claim.returned": self.steps.returned,
            "claim.correct": self.steps.correct,
            "claim.export": lambda: self.steps.export(self._buttons["claim.export"]),
            "claim.preview": lambda: self.steps.preview("show"),
            "claim.print": lambda: self.steps.preview("print"),
            "claim.next_problem": self.checks.next,
            "claim.copy": lambda: QGuiApplication.clipboard().setText(self.explain.text()),
            "payroll.import": lambda: self.desk.go.emit("import", "payroll"),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter on a claim."""
        text = self.words.text
        return [
            ("↑ ↓", text(N_("line"))),
            ("← →", text(N_("figure"))),
            ("F8", text(N_("next point"))),
            ("Ctrl C", text(N_("copy to Excel"))),
        ]

    def show_what(self, what: object) -> None:
        """Show a sealed version by its key, or with None the month's latest."""
        self._claim_id = what if isinstance(what, bytes) else None

    def place(self) -> object:
        """Return the key of the version that is shown, when it is not simply the latest."""
        return self._claim_id

    def month_changed(self) -> None:
        """Show the month's latest claim."""
        self._claim_id = None
        self.refresh()

    def refresh(self) -> None:
        """Read the claim again."""
        month, claim_id = self.desk.month, self._claim_id
        self.head.say(self.words.text(N_("Claim for {of_month}"), of_month=self.words.of_month(month)))
        self.desk.act(lambda ctx: work.load_claim(ctx, month, claim_id), self.show_claim, failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.shown, self._turns = None, iter(())
        self.body.setCurrentWidget(self.empty)
        self._say_commands()
        self.desk.troubled.emit(error)

    def first_focus(self) -> QWidget | None:
        """Begin in the table, or with what there is to do where nothing is claimed yet."""
        if self.body.currentWidget() is self.empty:
            return first_focusable(self.empty)
        return self.lines.current_table() if self.lines is not None else None

    def filter_field(self) -> QWidget | None:
        """Return the filter of the lines."""
        return self.lines.search if self.lines is not None else None

    def fit(self) -> None:
        """Fold the checks into a strip in a narrow window."""
        super().fit()
        narrow = self.compact()
        self._say_facts()
        self.checks.show_strip(on=narrow, narrow=narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            self._share()

    def _share(self) -> None:
        """Give the sides their own widths and the lines all the rest."""
        if self.lines is not None:
            sides = self.checks.sizeHint().width(), self.explain.sizeHint().width()
            self.panes.setSizes([sides[0], max(0, self.panes.width() - sum(sides) - 2), sides[1]])

    def _folded(self, folded: bool) -> None:  # noqa: FBT001  a signal's argument
        """Give the lines the room of the explanation while the checks are unfolded in a narrow window."""
        self.explain.setVisible(folded or not self.compact())

    # ---- showing ----

    def show_claim(self, shown: Shown) -> None:
        """Show a claim, in turns: all at once would stop the window too long. The chosen line and figure stay."""
        first = self.lines is None
        self.shown = shown
        answer = shown.dossier.answer
        parts = tuple(answer.totals.parts)
        lines = self.lines
        if lines is None or lines.parts != parts:
            lines = self._make_lines(parts, answer.currency)
        self._turns = turns = self._show_in_turns(shown, lines, first=first)
        self.desk.worker.in_turns(turns, lambda: turns is self._turns)

    def _show_in_turns(self, shown: Shown, lines: LinesPane, *, first: bool) -> Iterator[str]:
        """Show one thing after the other, and say what comes next; another claim may come in between."""
        if first:
            yield "head"  # the lines were made just now
        self._say_head(shown)
        self._say_state(shown)
        self._say_commands()
        self.body.setCurrentWidget(self.panes if shown.dossier.answer.lines else self.empty)
        if first:
            yield "lines"
        lines.show_claim(shown)
        if self.isVisible():
            self._keep_hand(first=first)
        yield "checks"
        yield from self.checks.show_in_turns(shown.dossier, shown.checks)
        lines.explain_current()

    def _keep_hand(self, *, first: bool) -> None:
        """Take the focus when the page comes, and from a table that is shown no more."""
        hand, begin = QApplication.focusWidget(), self.first_focus()
        lost = hand is not None and self.isAncestorOf(hand) and not hand.isVisible()
        if begin is not None and (first or lost):
            begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_lines(self, parts: tuple[str, ...], currency: str) -> LinesPane:
        if self.lines is not None:
            self.lines.setParent(None)
            self.lines.deleteLater()
        self.lines = lines = LinesPane(self.words, parts, currency)
        self.panes.insertWidget(1, lines)
        self.panes.setStretchFactor(0, 0)
        self.panes.setStretchFactor(1, 1)
        self.panes.setStretchFactor(2, 0)
        self._share()
        self.desk.memory.restore_splitter("claim", self.panes)
        lines.explained.connect(self.explain.explain)
        lines.opened.connect(self._open_line)
        return lines

    def _say_head(self, shown: Shown) -> None:
        words, head = self.words, shown.dossier.head
        if head.version == 1:
            said = words.text(N_("initial version"))
        else:
            said = words.text(N_("correction, version {version}"), version=head.version)
        title = words.text(N_("Claim for {of_month}"), of_month=words.of_month(shown.month))
        self.head.say(title, said, short=words.text(N_("Claim")))  # the month stands above

    def _say_state(self, shown: Shown) -> None:
        words, state = self.words, shown.state
        blocked = [group for group in shown.checks if group.severity is Severity.BLOCKER]
        done, now, later = StepState.DONE, StepState.NOW, StepState.TO_COME
        checked = now if state == "draft" and blocked else done
        order = ("draft", "sealed", "sent", "paid")
        reached = order.index("sent" if state == "returned" else state)
        steps = [
            StateStep(words.term("claim step", "Prepared"), done),
            StateStep(
                words.term("claim step", "To check") if checked is now else words.term("claim step", "Checked"), checked
            ),
        ]
        named = (
            (words.term("claim step", "Sealed"), words.term("claim step", "To seal")),
            (words.term("claim step", "Sent"), words.term("claim step", "To send")),
            (words.term("claim step", "Paid"), words.term("claim step", "To be paid")),
        )
        for at, (was, to_do) in enumerate(named):
            if reached > at:
                steps.append(StateStep(was, done))
            elif reached == at and checked is done:
                steps.append(StateStep(to_do, now))
            else:
                steps.append(StateStep(was, later))
        if state == "returned":
            steps[-1] = StateStep(words.term("claim step", "Returned"), now)
        self.states.show_steps(steps, words.text(N_("now")))
        self._say_facts()
        self.reason.setVisible(bool(blocked) and shown.row is None)
        self._across.setContentsMargins(24, 0, 12 if self.reason.isVisibleTo(self) else 24, 0)  # a link has its own 12
        if blocked:
            self.reason.setText(self._why_not(len(blocked[0].problems)))
            self.reason.refit()

    def _say_facts(self) -> None:
        """Say when it was sealed and what it rests on; in a narrow window what matters most, and that whole."""
        if self.shown is None:
            return
        words, row_, narrow = self.words, self.shown.row, self.compact()
        facts = []
        if row_ is not None:
            if row_.corrective:
                facts.append(words.text(N_("difference {amount}"), amount=words.money(row_.total, sign=True)))
            if not (row_.corrective and narrow):
                moment = row_.sealed_at.astimezone()
                facts.append(words.text(N_("sealed on {moment}"), moment=words.moment(moment)))
            if not narrow:
                facts.append(words.text(N_("fingerprint {print}"), print=short_print(row_.sha256)))
        if not narrow:
            facts.append(agreement_text(words, self.shown.dossier))
        self.facts.setText(" · ".join(filter(None, facts)))
        self.facts.setVisible(bool(self.facts.text()))  # else the steps have its room

    def _why_not(self, count: int) -> str:
        return self.words.plural("To seal: fix {count} blocker", "To seal: fix the {count} blockers", count)

    def _say_commands(self) -> None:
        shown, writable = self.shown, self.desk.writable
        state = shown.state if shown is not None else ""
        latest = shown is not None and shown.latest
        there = shown is not None and bool(shown.dossier.answer.lines)
        read_only = self.desk.why_not
        for code, fits in {
            "claim.seal": state == "draft",
            "claim.send": state in {"sealed", "returned"} and latest,
            "claim.paid": state == "sent" and latest,
            "claim.returned": state == "sent" and latest,
            "claim.correct": state not in {"", "draft"} and latest,
        }.items():
            self._buttons[code].setVisible(fits)
            self.commands.enable(code, on=fits and writable, reason=read_only if fits else "")
        for code in ("claim.export", "claim.preview", "claim.print", "claim.copy"):
            self.commands.enable(code, on=there)
        if shown is not None and state == "draft" and writable:
            blocked = [group for group in shown.checks if group.severity is Severity.BLOCKER]
            if blocked:
                self.commands.enable("claim.seal", on=False, reason=self._why_not(len(blocked[0].problems)))
        self.commands.enable("claim.next_problem", on=shown is not None and bool(shown.dossier.answer.problems))
        self.commands.enable("payroll.import", on=writable, reason=read_only)

    def _open_line(self, chosen: LineRow) -> None:
        if chosen.staff_number:
            self.desk.go.emit("people", chosen.staff_number)

    def _problem_chosen(self, problem: Problem) -> None:
        if self.lines is not None and problem.target not in WHOLE_CLAIM:
            self.lines.choose_person(problem.target)

    def _mend(self, problem: Problem) -> None:
        mending.follow(self.desk, target_of(problem, str(self.desk.month)))

    def _sealed(self) -> None:
        """Show the version that was sealed just now."""
        self._claim_id = None
        self.refresh()
