"""What goes out to the sites, looked at before it is printed: the plan on the wall, weekly slips, month sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QRadioButton, QScrollArea, QWidget

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs, theme
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.document_page import DocumentPage
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.form import Field, choice_field, text_field, value_of
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.ground_print import Printed
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk

WALL_A3, WALL_A4, SLIPS, SLIPS_TWO, BLANK, FILLED = "wall_a3", "wall_a4", "slips", "slips_two", "blank", "filled"
WEEKLY = (
    (WALL_A3, N_("Wall plan, A3")),
    (WALL_A4, N_("Wall plan, A4")),
    (SLIPS, N_("Weekly slips, A5")),
    (SLIPS_TWO, N_("Weekly slips, two on A4")),
)
MONTHLY = ((BLANK, N_("Month sheets to fill in by hand")), (FILLED, N_("Month sheets filled in")))
SIDE = 320


@dataclass(frozen=True)
class Ask:
    """What is to be printed: a week (its Monday) or a month, of whom; `parent` is the page to go back to."""

    parent: str
    monday: date | None = None
    month: Month | None = None
    site_id: bytes | None = None
    activity_id: bytes | None = None
    people: tuple[bytes, ...] | None = None


@dataclass
class _Loaded:
    sites: list[tuple[str, str]] = field(default_factory=list)
    activities: list[tuple[str, str]] = field(default_factory=list)
    name: str = ""
    phone: str = ""


def load(ctx: Context) -> _Loaded:
    """Read the sites and activities to choose from, and whom to call."""
    from ltu_desktop.actions.ground_print import contact
    from ltu_desktop.queries.planning import activity_marks, site_names

    with ctx.store.read() as connection:
        found = contact(connection)
        return _Loaded(
            [(key.hex(), name) for key, name in site_names(connection).items()],
            [(each.id.hex(), each.name) for each in activity_marks(connection) if each.ended_on is None],
            found.name if found is not None else "",
            found.phone if found is not None else "",
        )


class PaperPage(DocumentPage):
    """What to print at the left, the pages at the right."""

    code: ClassVar[str] = "paper"
    parent_code = "attendance"
    tables: ClassVar[frozenset[str]] = frozenset({"shift", "attendance", "absence_day", "setting"})

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self._ask: Ask | None = None
        self.name = ""  # of the file
        self.kinds: dict[str, QRadioButton] = {}
        self.fields: dict[str, Field] = {}
        self.head.add(commands.button("paper.save"), commands.button("paper.print", kind=Kind.PRIMARY))
        self.options = QFrame()
        self.options.setProperty("ground", "canvas")
        self.options.setProperty("pane", True)
        self.form = column(self.options, margins=(24, 16, 24, 16), gap=10)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.options)
        area.setFixedWidth(theme.grown(SIDE))
        area.setAccessibleName(self.words.text(N_("What to print")))
        self.pages = QFrame()
        self.pages.setProperty("ground", "sunken")
        self.pages_box = column(self.pages)
        self.trouble = EmptyPane("")
        self.trouble.hide()
        self.pages_box.addWidget(self.trouble)
        across = row(gap=0)
        across.addWidget(area)
        across.addWidget(rule(vertical=True, tone="line2"))
        across.addWidget(self.pages, 1)
        self.box.addLayout(across, 1)

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done here."""
        return {"paper.print": self.print, "paper.save": self.save}

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        words = self.words
        return [(words.term("key", "Esc"), words.text(N_("back"))), ("Ctrl P", words.text(N_("print")))]

    def show_what(self, what: object) -> None:
        """Take what is to be printed."""
        if isinstance(what, Ask):
            self._ask = what
            self.parent_code = what.parent
            self._build()

    def first_focus(self) -> QWidget | None:
        """Begin with what is printed."""
        return next((button for button in self.kinds.values() if button.isChecked()), None)

    def month_changed(self) -> None:
        """Another month is looked at on the page that this one came from."""
        self.desk.go.emit(self.parent_code, None)

    def refresh(self) -> None:
        """Draw the document again."""
        if self._ask is not None:
            self._say_title()
            self.desk.act(load, self._fill)

    # ---- the form ----

    def _build(self) -> None:
        from ltu_desktop.window.pieces import clear

        ask, words = self._ask, self.words
        assert ask is not None
        clear(self.form)
        self.kinds, self.fields = {}, {}
        self.form.addWidget(label(words.text(N_("What to print")), Text.SECTION))
        choices = column()
        self.form.addLayout(choices)
        for code, said in WEEKLY if ask.monday is not None else MONTHLY:
            button = QRadioButton(words.text(said))
            button.setChecked(not self.kinds)
            button.clicked.connect(lambda _on=False: self._draw())
            self.kinds[code] = button
            choices.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)  # the ring lies around what it says
        self.form.addWidget(rule())
        self.form.addWidget(label(words.text(N_("For whom")), Text.SECTION))
        for name, said in (("site", N_("Site")), ("activity", N_("Activity"))):
            of_all = words.term("activity", "all") if name == "activity" else words.text(N_("all"))
            self.fields[name] = choice_field(words.text(said), [("", of_all)])
            widget: Any = self.fields[name].widget
            widget.activated.connect(lambda _at: self._draw())
            self.form.addWidget(self.fields[name])
        self.only = QCheckBox(words.text(N_("Only the selected people")))
        self.only.setChecked(ask.people is not None)
        self.only.setVisible(ask.people is not None)
        self.only.clicked.connect(lambda _on=False: self._draw())
        self.form.addWidget(self.only)
        if ask.monday is not None:
            self.form.addWidget(rule())
            self.form.addWidget(label(words.text(N_("Who to call")), Text.SECTION))
            for name, said in (("name", N_("First name")), ("phone", N_("Telephone"))):
                made = text_field(words.text(said))
                edit = made.widget
                assert isinstance(edit, QLineEdit)
                edit.setEnabled(self.desk.writable)
                edit.editingFinished.connect(self._save_contact)
                self.fields[name] = made
                self.form.addWidget(made)
        note = words.text(N_("Reasons for absence are never printed."))
        self.form.addWidget(label(note, Text.NOTE, "text3", wrap=True))
        self.form.addStretch(1)

    def _fill(self, found: _Loaded) -> None:
        ask = self._ask
        if ask is None:
            return
        words = self.words
        for name, of_all, options, chosen in (
            ("site", words.text(N_("all")), found.sites, ask.site_id),
            ("activity", words.term("activity", "all"), found.activities, ask.activity_id),
        ):
            widget: Any = self.fields[name].widget
            kept = str(widget.currentData() or "") or (chosen.hex() if chosen is not None else "")
            widget.clear()
            for key, said in [("", of_all), *options]:
                widget.addItem(said, key)
            widget.setCurrentIndex(max(0, widget.findData(kept)))
        for name, value in (("name", found.name), ("phone", found.phone)):
            if name in self.fields:
                self.fields[name].refill(value, again=True)
        self._draw()

    def _kind(self) -> str:
        return next(code for code, button in self.kinds.items() if button.isChecked())

    def _key(self, name: str) -> bytes | None:
        found = value_of(self.fields[name])
        return bytes.fromhex(found) if found else None

    def _save_contact(self) -> None:
        name, phone = value_of(self.fields["name"]), value_of(self.fields["phone"])

        def action(ctx: Context) -> object:
            from ltu_desktop.actions.ground_print import contact, set_contact

            with ctx.store.read() as connection:
                known = contact(connection)
            if known is not None and (known.name, known.phone) == (name, phone):
                return None
            return set_contact(ctx, name, phone) if name or phone or known is not None else None

        for each in ("name", "phone"):
            self.fields[each].settle()
        self.desk.act(action, lambda _done: self._draw(), initiator=self)

    # ---- drawing ----

    def _say_title(self) -> None:
        ask, words = self._ask, self.words
        assert ask is not None
        if ask.monday is not None:
            week = words.text(N_("week {week}"), week=ask.monday.isocalendar().week)
            self.head.say(words.text(N_("Print the plan")), week)
        elif ask.month is not None:
            self.head.say(words.text(N_("Print the sheets")), words.month(ask.month))

    def _job(self) -> Callable[[Context], Printed]:
        ask, kind = self._ask, self._kind()
        assert ask is not None
        site, activity = self._key("site"), self._key("activity")
        people = ask.people if ask.people is not None and self.only.isChecked() else None

        def job(ctx: Context) -> Printed:
            from ltu_desktop.actions import ground_print

            if ask.month is not None:
                return ground_print.month_sheets(
                    ctx, ask.month, people=people, site_id=site, activity_id=activity, filled=kind == FILLED
                )
            assert ask.monday is not None
            if kind in {WALL_A3, WALL_A4}:
                return ground_print.wall(ctx, ask.monday, site_id=site, activity_id=activity, a4=kind == WALL_A4)
            return ground_print.slips(
                ctx, ask.monday, people=people, site_id=site, activity_id=activity, two_up=kind == SLIPS_TWO
            )

        return job

    def _draw(self) -> None:
        for code in ("paper.print", "paper.save"):
            self.commands.enable(code, on=False)
        self.desk.worker.later(lambda: self.view)  # while the worker draws
        self.draw(self._job(), self._failed)

    def _failed(self, error: UserError) -> None:
        self.data, self.count = b"", 0
        self.view.hide()
        self.trouble.said.setText(self.words.error(error))
        self.trouble.show()

    def drawn(self, name: str, pages: str) -> None:
        """Say how many pages there are; they can be printed and saved now."""
        self.name = name
        self.trouble.hide()
        self._say_title()
        self.head.say(self.head.title.text(), f"{self.head.context.text()} · {pages}")
        for code in ("paper.print", "paper.save"):
            self.commands.enable(code, on=True)

    # ---- out ----

    def save(self) -> None:
        """Write the document into a folder, never over another one."""
        name, data, memory = self.name, self.data, self.desk.memory
        if not data:
            return
        folder = dialogs.ask_folder(self, self.words.text(N_("Into which folder?")), memory.folder)
        if folder is None:
            return
        memory.folder = folder

        def action(_ctx: Context) -> Path:
            from ltu_desktop.documents.names import write_new

            return write_new(folder, name, data)

        text = self.words.text
        self.desk.act(action, lambda path: self.desk.said.emit(text(N_("Written: {path}"), path=path), False))
