"""Work patterns of one or more weeks, and whose contract has which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button
from ltu_desktop.window.form import Field, choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.pieces import row
from ltu_desktop.window.planning_needs import weekday_name
from ltu_desktop.window.planning_slots import read_hours, write_hours
from ltu_desktop.window.settings_list import NEW, PART, Line, ListSection
from ltu_desktop.window.settings_section import three_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.queries.planning_rows import PatternRow
    from ltu_desktop.queries.planning_terms import PatternUse

USE = "use"
MOST_WEEKS = 12


class PatternsSection(ListSection):
    """Patterns are made, changed and removed; given to the terms of a contract."""

    title: ClassVar[str] = N_("Work patterns")

    _patterns: Sequence[PatternRow] = ()
    _uses: Sequence[PatternUse] = ()
    _weeks = 1  # of a new one

    def show_patterns(self, patterns: Sequence[PatternRow], uses: Sequence[PatternUse]) -> None:
        """Show the patterns, and whose they are."""
        self._patterns, self._uses = patterns, uses
        self.show_again()

    def show_again(self) -> None:
        """Show what was read."""
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("Work patterns")), text(N_("usual hours, week by week, of those who have no plan")))
        self.show_lines()
        if self._patterns and self._uses:
            self._show_uses()
        self.end(stand)

    def texts(self) -> tuple[str, str, str]:
        """Say what this list says."""
        text = self.words.text
        return (
            text(N_("Add a pattern")),
            text(N_("No pattern yet: weekly hours are spread evenly from Monday to Friday until there is one.")),
            text(N_("New work pattern")),
        )

    def lines(self) -> Sequence[Line]:
        """Return the patterns with their hours and how many have them."""
        words = self.words
        found = []
        for each in self._patterns:
            hours = " / ".join(words.duration(each.minutes(week), short=True) for week in range(each.weeks))
            used = words.plural("{count} contract", "{count} contracts", each.used) if each.used else ""
            stays = (
                words.text(N_("In use: assign another pattern to the people who have it first.")) if each.used else ""
            )
            weeks = words.plural("{count} week", "{count} weeks", each.weeks)
            found.append(Line(each.id, each.name, " · ".join(p for p in (weeks, hours, used) if p), stays=stays))
        return found

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of a pattern: its name, how many weeks, and the hours of each weekday."""
        words, text = self.words, self.words.text
        pattern = self._pattern(key)
        weeks = pattern.weeks if pattern else self._weeks
        options = [(str(at), words.plural("{count} week", "{count} weeks", at)) for at in range(1, MOST_WEEKS + 1)]
        fields = {
            "name": text_field(text(N_("Name of the pattern")), value=pattern.name if pattern else ""),
            "weeks": choice_field(text(N_("Length of the cycle")), options, str(weeks)),
        }
        if pattern is None:
            widget = fields["weeks"].widget
            assert isinstance(widget, QComboBox)
            widget.activated.connect(lambda at: self._more_weeks(at + 1))
        for week in range(weeks):
            for weekday in range(7):
                day = weekday_name(words, weekday).capitalize()
                label = day if weeks == 1 else text(N_("{day}, week {letter}"), day=day, letter=chr(65 + week))
                slots = pattern.slots if pattern else ()
                hours = [(s.start, s.end, s.pause) for s in slots if (s.week, s.weekday) == (week, weekday)]
                fields[f"{week}.{weekday}"] = text_field(label, value=write_hours(hours))
        fields["0.0"].widget.setAccessibleDescription(self._example())
        return fields

    def parts(self) -> Mapping[str, str]:
        """Part the weeks; an example stands above the first."""
        return {f"{week}.0": "" if week else self._example() for week in range(MOST_WEEKS)}

    def _example(self) -> str:
        return self.words.text(N_("For example 8:30–12:00, 13:00–16:30, or 8:30–16:30 /60 (60-minute break)"))

    def _more_weeks(self, weeks: int) -> None:
        """Give a new pattern as many weeks as its cycle has; what is typed stays."""
        typed = {name: value_of(field) for name, field in self.fields.items() if name.startswith(PART)}
        self._weeks = weeks
        self.show_again()
        for name, value in typed.items():
            if name in self.fields:
                self.fields[name].refill(value)

    def _pattern(self, key: bytes) -> PatternRow | None:
        return next((each for each in self._patterns if each.id == key), None)

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save a pattern, or add it."""
        from ltu_desktop.actions.planning_setup import Slot

        slots, right = [], True
        for name, typed in values.items():
            week, dot, weekday = name.partition(".")
            if not dot:
                continue
            try:
                slots += [Slot(int(week), int(weekday), *hours) for hours in read_hours(typed)]
            except ValueError:
                self.fields[f"{PART}.{name}"].wrong(self.words.text(N_("Type hours such as 8:30–12:00, 13:00–16:30.")))
                right = False
        weeks = int(values["weeks"])
        kept = [slot for slot in slots if slot.week < weeks]
        pattern = self._pattern(key)
        if not right or (pattern is not None and self._same(pattern, values["name"], weeks, kept)):
            return

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import set_pattern

            return set_pattern(ctx, values["name"], weeks, kept, pattern_id=None if key == NEW else key)

        self.desk.act(
            action,
            lambda _done: self._added() if key == NEW else self.saved(),
            initiator=self,
            failed=lambda error: self.refused(PART, error),
        )

    def _same(self, pattern: PatternRow, name: str, weeks: int, slots: Sequence[Any]) -> bool:
        known = {(s.week, s.weekday, s.start, s.end, s.pause) for s in pattern.slots}
        now = {(s.week, s.weekday, s.start, s.end, s.pause) for s in slots}
        return (pattern.name, pattern.weeks, known) == (name, weeks, now)

    def _added(self) -> None:
        self.open_key = None
        self.saved()

    def remove_line(self, key: bytes) -> None:
        """Remove a pattern that nobody has."""

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import remove_pattern

            return remove_pattern(ctx, key)

        self.act(PART, action, self.words.text(N_("Pattern removed")))

    # ---- whose they are ----

    def _show_uses(self) -> None:
        words, text = self.words, self.words.text
        self.head(text(N_("Who works which pattern")), text(N_("it belongs to the terms of the contract")))
        patterns = {each.id: each.name for each in self._patterns}
        people = []
        for each in self._uses:
            said = patterns.get(each.pattern_id or b"", text(N_("no pattern")))
            people.append((each.terms_id.hex(), f"{each.list_name} · {said}"))
        choices = [("", text(N_("no pattern"))), *((key.hex(), name) for key, name in patterns.items())]
        self.fields[f"{USE}.terms"] = choice_field(text(N_("Person")), people)
        self.fields[f"{USE}.pattern"] = choice_field(text(N_("Work pattern")), choices)
        self.fields[f"{USE}.cycle"] = text_field(
            text(N_("A day in its first week")),
            value=write_day(self.desk.clock.now().date()),
            help_text=text(N_("where the cycle of several weeks begins")),
        )
        grid = three_columns()
        for at, name in enumerate(("terms", "pattern", "cycle")):
            field = self.fields[f"{USE}.{name}"]
            field.widget.setEnabled(self.desk.writable)
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(grid)
        across = row()
        self.give = Button(words.text(N_("Assign this pattern")), icon="check")
        self.give.setEnabled(self.desk.writable)
        self.give.clicked.connect(self._give)
        across.addWidget(self.give)
        across.addStretch(1)
        self.form.addLayout(across)

    def _give(self) -> None:
        cycle = self.fields[f"{USE}.cycle"]
        cycle.wrong("")
        try:
            day = read_day(value_of(cycle))
        except ValueError:
            cycle.wrong(self.words.text(N_("This is not a date: day, month, year.")))
            return
        terms = bytes.fromhex(value_of(self.fields[f"{USE}.terms"]))
        chosen = value_of(self.fields[f"{USE}.pattern"])

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.planning_setup import set_terms_pattern

            return set_terms_pattern(
                ctx, terms, bytes.fromhex(chosen) if chosen else None, cycle_from=day if chosen else None
            )

        self.act(USE, action, self.words.text(N_("Pattern assigned")))
