"""What the work of an activity asks for: of the body, and of skills, each with the level to do it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.matching import LIMITS as LIMIT_CODES
from ltu_desktop.window.activities_words import LEVELS, LIMITS
from ltu_desktop.window.form import choice_field, text_field, value_of
from ltu_desktop.window.pieces import Link, column, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QLayout

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.activities import ActivityRow
    from ltu_desktop.window.desk import Desk


class ActivityAsks(QWidget):
    """What one activity asks for; `asked` are levels by skill, `skills` their names; `act` does what is chosen."""

    def __init__(
        self,
        desk: Desk,
        activity: ActivityRow,
        asked: Mapping[bytes, int],
        skills: Mapping[bytes, str],
        act: Callable[[Callable[[Context], object]], None],
    ) -> None:
        super().__init__()
        self._desk, self._activity, self._act = desk, activity.id, act
        text = desk.words.text
        box = column(self, gap=12)
        box.addWidget(label(text(N_("The work asks for")), Text.DENSE, "text2"))
        self.demands: dict[str, QCheckBox] = {}
        box.addLayout(self._lay_demands(activity.demands))
        box.addWidget(label(text(N_("Skills, and the level needed to work unaided")), Text.DENSE, "text2"))
        self.removes: dict[bytes, Link] = {}
        for key, level in sorted(asked.items(), key=lambda each: skills.get(each[0], "")):
            box.addLayout(self._lay_skill(key, skills.get(key, ""), level))
        self.skill = text_field(text(N_("Another skill")))
        edit = self.skill.widget
        assert isinstance(edit, QLineEdit)
        edit.setEnabled(desk.writable)
        edit.setPlaceholderText(text(N_("e.g. driving licence")))
        edit.editingFinished.connect(self._add_skill)
        box.addWidget(self.skill)

    def _lay_demands(self, chosen: tuple[str, ...]) -> QLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for at, code in enumerate(LIMIT_CODES):
            check = QCheckBox(self._desk.words.text(LIMITS[code]))
            check.setChecked(code in chosen)
            check.setEnabled(self._desk.writable)
            check.clicked.connect(lambda _on=False: self._save_demands())
            self.demands[code] = check
            grid.addWidget(check, at // 2, at % 2)
        return grid

    def _lay_skill(self, key: bytes, name: str, level: int) -> QLayout:
        words = self._desk.words
        across = row(gap=8)
        across.addWidget(label(name, Text.BODY, wrap=True), 1)
        levels = [(str(each), words.text(said)) for each, said in LEVELS.items() if each]
        field = choice_field("", levels, str(level))
        field.label.hide()
        field.widget.setAccessibleName(name)
        field.widget.setEnabled(self._desk.writable)
        assert isinstance(field.widget, QComboBox)
        field.widget.activated.connect(lambda _at: self._set_skill(key, int(value_of(field))))
        across.addWidget(field)
        away = Link(icon="x")
        away.setAccessibleName(words.text(N_("Remove {name}"), name=name))
        away.setToolTip(away.accessibleName())
        away.setEnabled(self._desk.writable)
        away.clicked.connect(lambda _on=False: self._set_skill(key, None))
        self.removes[key] = away
        across.addWidget(away)
        return across

    # ---- saving ----

    def _save_demands(self) -> None:
        activity = self._activity
        chosen = ",".join(code for code, check in self.demands.items() if check.isChecked())

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import activities

            return activities.change_activity(ctx, activity, {"demands": chosen})

        self._act(action)

    def _set_skill(self, skill: bytes, level: int | None) -> None:
        activity = self._activity

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import skills

            return skills.set_activity_skill(ctx, activity, skill, level)

        self._act(action)

    def _add_skill(self) -> None:
        activity, name = self._activity, value_of(self.skill)
        self.skill.wrong("")
        if not name:
            return

        def action(ctx: Context) -> object:
            from ltu_desktop.actions import skills

            return skills.set_activity_skill(ctx, activity, skills.add_skill(ctx, name), 2)

        self._act(action)
