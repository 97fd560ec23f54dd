"""What a person can, wishes and does not do, and when she can work: a part of her panel. Saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.matching import LIMITS as LIMIT_CODES
from ltu_desktop.window import theme
from ltu_desktop.window.activities_words import LEVELS, LIMITS
from ltu_desktop.window.controls import Select
from ltu_desktop.window.form import Field, text_field, value_of
from ltu_desktop.window.person_part import Part, section
from ltu_desktop.window.pieces import Link, clear, label, row, rule
from ltu_desktop.window.spans import read_spans, write_spans
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.queries.skills import PersonSkill, Portrait
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.words import Words

LEARNS = "learns"  # beside the levels: not yet, but she wants to
WISHES = (("", N_("not stated")), ("wish", N_("wants to do it")), ("refusal", N_("does not want it")))
DAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))


class Skills(Part):
    """Skills with their level, wishes by activity, limits, hours; `asked` gives an action to be done."""

    code: ClassVar[str] = "skills"
    title: ClassVar[str] = N_("Skills")

    asked = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._sheet: Sheet | None = None
        self.levels: dict[bytes, Select] = {}
        self.new_skill: Field | None = None
        self.wishes: dict[bytes, Select] = {}
        self.limits: dict[str, QCheckBox] = {}
        self.hours: dict[int, Field] = {}

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:  # noqa: ARG002  everything is made anew
        """Show a person's skills and wishes."""
        place = self.hand()
        self._sheet = sheet
        clear(self.box)
        portrait = sheet.portrait
        if portrait is None:
            return
        self._show_skills(portrait)
        self._show_wishes(sheet, portrait)
        self._show_limits(portrait)
        self._show_hours(portrait)
        self.box.addStretch(1)
        if place:
            self.put_hand(place)

    def count(self, sheet: Sheet) -> int:
        """Count the skills."""
        return len(sheet.portrait.skills) if sheet.portrait is not None else 0

    # ---- skills ----

    def _show_skills(self, portrait: Portrait) -> None:
        words = self.words
        self.box.addLayout(section(words.text(N_("Skills")), words.text(N_("never used to select people"))))
        options = [(str(level), words.text(said)) for level, said in LEVELS.items()]
        options.insert(1, (LEARNS, words.text(N_("not yet, wants to learn"))))
        options.append(("", words.text(N_("remove"))))
        self.levels = {}
        for each in portrait.skills:
            level = Select(options, LEARNS if each.wants_to_learn and not each.level else str(each.level))
            level.setAccessibleName(each.name)
            level.activated.connect(lambda _at, each=each: self._set_level(each))
            self.levels[each.skill_id] = level
            self.box.addLayout(self._line(each.name, level))
        self.new_skill = text_field(words.text(N_("Another skill")))
        edit = self.new_skill.widget
        assert isinstance(edit, QLineEdit)
        edit.setPlaceholderText(words.text(N_("e.g. driving licence")))
        edit.setEnabled(self._writable())
        edit.returnPressed.connect(self._add_skill)
        self.box.addWidget(self.new_skill)

    def _line(self, name: str, widget: QWidget) -> QHBoxLayout:
        across = row(gap=12)
        across.addWidget(label(name, Text.BODY, wrap=True), 1)
        widget.setEnabled(self._writable())
        widget.setFixedWidth(theme.grown(200))
        across.addWidget(widget)
        return across

    def _writable(self) -> bool:
        return self._sheet is not None and self._sheet.writable

    def _person(self) -> bytes:
        assert self._sheet is not None
        return self._sheet.person.id

    def _set_level(self, each: PersonSkill) -> None:
        chosen, person = str(self.levels[each.skill_id].currentData()), self._person()

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.skills import set_person_skill

            if chosen == LEARNS:
                return set_person_skill(ctx, person, each.skill_id, 0, wants_to_learn=True)
            level = int(chosen) if chosen else None
            return set_person_skill(
                ctx, person, each.skill_id, level, wants_to_learn=each.wants_to_learn and level == 1
            )

        self.asked.emit(action)

    def _add_skill(self) -> None:
        assert self.new_skill is not None
        name, person = value_of(self.new_skill), self._person()
        if not name:
            return

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.skills import add_skill, set_person_skill

            return set_person_skill(ctx, person, add_skill(ctx, name), 1)

        self.asked.emit(action)

    # ---- wishes ----

    def _show_wishes(self, sheet: Sheet, portrait: Portrait) -> None:
        words = self.words
        self.box.addWidget(rule())
        self.box.addLayout(section(words.text(N_("Wishes")), words.text(N_("a refusal is always respected"))))
        known = {each.activity_id: each.kind for each in portrait.wishes}
        options = [(code, words.text(said)) for code, said in WISHES]
        self.wishes = {}
        if not sheet.activities:
            self.box.addWidget(label(words.text(N_("No activity is in this file yet.")), Text.DENSE, "text3"))
        for key, name in sheet.activities:
            wish = Select(options, known.get(key, ""))
            wish.setAccessibleName(name)
            wish.activated.connect(lambda _at, key=key: self._set_wish(key))
            self.wishes[key] = wish
            self.box.addLayout(self._line(name, wish))

    def _set_wish(self, activity: bytes) -> None:
        kind, person = str(self.wishes[activity].currentData()) or None, self._person()

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.skills import set_wish

            return set_wish(ctx, person, activity, kind)

        self.asked.emit(action)

    # ---- limits ----

    def _show_limits(self, portrait: Portrait) -> None:
        words = self.words
        self.box.addWidget(rule())
        self.box.addLayout(section(words.text(N_("Does not do")), words.text(N_("the reason is not kept"))))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        self.limits = {}
        for at, code in enumerate(LIMIT_CODES):
            box = QCheckBox(words.text(LIMITS[code]))
            box.setChecked(code in portrait.limits)
            box.setEnabled(self._writable())
            box.clicked.connect(lambda _on=False: self._set_limits())
            self.limits[code] = box
            grid.addWidget(box, at // 2, at % 2)
        self.box.addLayout(grid)

    def _set_limits(self) -> None:
        kinds, person = {code for code, box in self.limits.items() if box.isChecked()}, self._person()

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.skills import set_limits

            return set_limits(ctx, person, kinds)

        self.asked.emit(action)

    # ---- hours ----

    def _show_hours(self, portrait: Portrait) -> None:
        words = self.words
        self.box.addWidget(rule())
        said = words.text(N_("always")) if not portrait.hours else words.text(N_("empty days: not at all"))
        self.box.addLayout(section(words.text(N_("Can work")), said))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.hours = {}
        for weekday, day in enumerate(DAYS):
            field = text_field(words.text(day), value=write_spans(portrait.hours.get(weekday, ())))
            edit = field.widget
            assert isinstance(edit, QLineEdit)
            edit.setPlaceholderText("8:30–16:30")
            edit.setEnabled(self._writable())
            edit.editingFinished.connect(self._set_hours)
            self.hours[weekday] = field
            grid.addWidget(field, weekday // 2, weekday % 2)
        self.box.addLayout(grid)
        if portrait.hours:
            always = Link(words.text(N_("Can always work")), icon="x")
            always.setEnabled(self._writable())
            always.clicked.connect(lambda _on=False: self._save_hours({}))
            across = row()
            across.addWidget(always)
            across.addStretch(1)
            self.box.addLayout(across)

    def _set_hours(self) -> None:
        sheet = self._sheet
        assert sheet is not None
        assert sheet.portrait is not None
        wanted: dict[int, tuple[tuple[int, int], ...]] = {}
        for weekday, field in self.hours.items():
            field.wrong("")
            try:
                spans = read_spans(value_of(field))
            except ValueError:
                field.wrong(self.words.text(N_("Enter times such as 8:30–12:00.")))
                return
            if spans:
                wanted[weekday] = spans
        if wanted != sheet.portrait.hours:
            self._save_hours(wanted)

    def _save_hours(self, wanted: dict[int, tuple[tuple[int, int], ...]]) -> None:
        person = self._person()

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.skills import set_availability

            return set_availability(ctx, person, wanted)

        self.asked.emit(action)

    # ---- the hand ----

    def _places(self) -> dict[str, QWidget]:
        found: dict[str, QWidget] = {f"skill {key.hex()}": widget for key, widget in self.levels.items()}
        found |= {f"wish {key.hex()}": widget for key, widget in self.wishes.items()}
        found |= {f"limit {code}": box for code, box in self.limits.items()}
        found |= {f"hours {weekday}": field.widget for weekday, field in self.hours.items()}
        if self.new_skill is not None:
            found["new"] = self.new_skill.widget
        return found

    def hand(self) -> str:
        """Return the name of the place where the focus is."""
        return next((name for name, widget in self._places().items() if widget.hasFocus()), "")

    def put_hand(self, name: str) -> bool:
        """Put the focus into a place by its name."""
        widget = self._places().get(name)
        if widget is not None:
            widget.setFocus()
        return widget is not None

    def first(self) -> QWidget | None:
        """Begin with the first skill, or a new one."""
        level: QComboBox | None = next(iter(self.levels.values()), None)
        return level if level is not None else self.new_skill.widget if self.new_skill is not None else None
