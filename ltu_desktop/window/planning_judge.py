"""Whether a shift fits where it is put: said before it is let go, and while it is typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window import planning_words as say
from ltu_desktop.window.planning_board import Put, Verdict
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.rules.planning import Span
    from ltu_desktop.window.planning_entry import Wish
    from ltu_desktop.window.planning_page import PlanningPage


class Judge:
    """Judges by the week that the page shows."""

    def __init__(self, page: PlanningPage) -> None:
        self._page = page

    def values(self, put: Put) -> dict[str, Any]:
        """Return what a shift would be where it is put: whose, when, in which activity."""
        sheet, shift = self._page.board.sheet, put.shift
        assert sheet is not None
        key = sheet.rows[put.row].key
        return {
            "person_id": shift.person_id if sheet.by_activity else key,
            "day": sheet.day(put.day),
            "activity_id": key if sheet.by_activity else shift.activity_id,
            "site_id": shift.site_id,
            "start": put.start,
            "end": put.end,
        }

    def verdict(self, put: Put) -> Verdict:
        """Say whether what is in the hand fits where it is."""
        from ltu_desktop.rules.planning import Span

        values = self.values(put)
        return self.judge(
            Span(
                b"" if put.copies else put.shift.id,
                values["person_id"],
                values["day"],
                put.start,
                put.end,
                put.shift.pause,
                values["activity_id"],
                values["site_id"] or self._site_of(values["activity_id"]),
            )
        )

    def _site_of(self, activity: bytes) -> bytes | None:
        sheet = self._page.board.sheet
        return sheet.marks[activity].site_id if sheet is not None and activity in sheet.marks else None

    def entry(self, wish: Wish, shift: ShiftRow | None) -> Verdict:
        """Say whether what is typed fits."""
        from ltu_desktop.rules.planning import Span

        key = shift.id if shift is not None else b""
        place = wish.site_id or self._site_of(wish.activity_id)
        return self.judge(
            Span(key, wish.person_id, wish.day, wish.start, wish.end, wish.pause, wish.activity_id, place)
        )

    def judge(self, span: Span) -> Verdict:
        """Say what would stand against a shift; else that all is well, with the hours of the week."""
        from ltu_desktop.rules.planning import check_drop

        loaded, words = self._page.loaded, self._page.words
        assert loaded is not None
        found = check_drop(loaded.board.week, span)
        if found:
            weight = say.weight(found)
            meaning = Meaning.BLOCKING if weight is Severity.BLOCKER else Meaning.ATTENTION
            told = list(dict.fromkeys(say.note(words, each) for each in found))
            return Verdict(meaning, " · ".join(told[:3]))
        sunday = self._page.monday + timedelta(days=6)
        week = loaded.board.week.of(span.person)
        others = sum(each.minutes for each in week if each.key != span.key and self._page.monday <= each.day <= sunday)
        planned = words.duration(others + span.minutes, short=True)
        planner = loaded.board.week.people.get(span.person)
        if planner is None or planner.weekly is None:
            return Verdict(Meaning.OK, words.text(N_("Free, rest respected, {hours}"), hours=planned))
        weekly = words.duration(planner.weekly, short=True)
        said = words.text(N_("Free, rest respected, {hours} of {weekly}"), hours=planned, weekly=weekly)
        return Verdict(Meaning.OK, said)
