"""What stands against a plan, in words: a short title, a sentence with the times, the rule's source. No Qt."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window.activities_words import LIMITS
from ltu_desktop.window.planning_sheet import span_text, time_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.actions.planning_weeks import Skipped
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.rules.planning import Conflict
    from ltu_desktop.window.planning_sheet import Sheet
    from ltu_desktop.words import Words

TITLES: Final = {
    "overlap": N_("Two shifts at once"),
    "two_sites": N_("Two places at once"),
    "outside_contract": N_("Outside the contract"),
    "activity_ended": N_("The activity has ended"),
    "absent": N_("Away on that day"),
    "refused_activity": N_("Does not want this activity"),
    "limit": N_("Does not do this work"),
    "closed_site": N_("The place is closed"),
    "daily_rest": N_("Rest too short"),
    "weekly_rest": N_("Weekly rest too short"),
    "long_day": N_("Day too long"),
    "long_week": N_("Week too long"),
    "average_week": N_("Weeks too long on average"),
    "holiday": N_("Public holiday"),
    "no_break": N_("Break missing"),
    "unavailable": N_("Outside availability"),
    "over_contract": N_("More than the contract"),
}
"""What stands against a shift, by code."""


def title(words: Words, conflict: Conflict) -> str:
    """Say a conflict in a few words, with the figure that matters: `Repos trop court : 9 h 30`."""
    said = words.text(TITLES[conflict.code])
    minutes = conflict.params.get("minutes")
    if conflict.code in {"daily_rest", "weekly_rest", "long_day", "long_week", "average_week"} and minutes is not None:
        return f"{said}{words.colon} {words.duration(int(minutes), short=True)}"
    return said


def sentence(words: Words, conflict: Conflict, shifts: Sequence[ShiftRow], names: Sequence[str]) -> str:
    """Say a conflict with its days and times, and what the rule asks for; `names` are the activities of `shifts`."""
    first = shifts[0] if shifts else None
    last = shifts[-1] if shifts else None
    limit = words.duration(int(conflict.params.get("limit_minutes", 0)), short=True)
    minutes = words.duration(int(conflict.params.get("minutes", 0)), short=True)
    when = sorted({each.day for each in shifts}) if conflict.code in ALONE else [conflict.day]
    day = ", ".join(f"{words.weekday(each, short=True)} {each.day}" for each in when)
    shown: dict[str, str] = {"day": day, "limit": limit, "minutes": minutes}
    if first is not None and last is not None:
        shown |= {
            "one": _lower(names[0]),
            "other": _lower(names[-1]),
            "span": span_text(first.start, first.end),
            "before": f"{words.weekday(first.day, short=True)} {time_text(first.end)}",
            "after": f"{words.weekday(last.day, short=True)} {time_text(last.start)}",
            "from": time_text(max(first.start, last.start)),
            "to": time_text(min(first.end, last.end)),
        }
    if conflict.code == "limit":
        shown["work"] = _lower(words.text(LIMITS.get(str(conflict.params.get("limit")), "")))
    if "weekly_minutes" in conflict.params:
        shown["weekly"] = words.duration(int(conflict.params["weekly_minutes"]), short=True)
    if conflict.code == "two_sites" and "gap_minutes" in conflict.params:
        gap = words.duration(int(conflict.params["gap_minutes"]), short=True)
        return words.text(
            N_("{day}: {one} then {other}, {gap} to go from one place to the other."), **(shown | {"gap": gap})
        )
    if first is None:
        return ""
    said = words.text(SENTENCES[conflict.code], **shown)
    return said[:1].upper() + said[1:]


SENTENCES: Final = {
    "overlap": N_("{day} from {from} to {to}: {one} and {other}."),
    "two_sites": N_("{day} from {from} to {to}: {one} and {other}, not at the same place."),
    "outside_contract": N_("{day}, {span}: no contract on that day."),
    "activity_ended": N_("{day}, {span}: {one} has ended. Take another activity, or change the day on which it ends."),
    "absent": N_("{day}, {span}: an absence is recorded."),
    "refused_activity": N_("{day}, {span}: {one}."),
    "limit": N_("{day}, {span}: {one} requires it ({work})."),
    "closed_site": N_("{day}, {span}: closed on that day."),
    "daily_rest": N_("Ends {before}, starts again {after}. {limit} of rest is required."),
    "weekly_rest": N_("{limit} of unbroken rest is required each week."),
    "long_day": N_("{day}: {limit} of work at most."),
    "long_week": N_("{limit} in a week at most."),
    "average_week": N_("{limit} at most, on average over twelve weeks."),
    "holiday": N_("{day}, {span}."),
    "no_break": N_("{day}, {span}: a 20-minute break is required after {limit} of work."),
    "unavailable": N_("{day}, {span}."),
    "over_contract": N_("{minutes} planned, {weekly} in the contract."),
}


ALONE: Final = frozenset(
    {
        "outside_contract",
        "activity_ended",
        "absent",
        "refused_activity",
        "limit",
        "closed_site",
        "holiday",
        "unavailable",
        "no_break",
    }
)
"""Conflicts of one shift by itself: those of somebody that are alike are told together."""


def together(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Tell alike conflicts of a person as one, over all their days."""
    found: dict[object, Conflict] = {}
    for each in conflicts:
        key: object = each.spans
        if each.code in ALONE:
            key = (each.person, each.code, each.params.get("limit"))
        known = found.get((key, each.code))
        found[key, each.code] = each if known is None else replace(known, spans=(*known.spans, *each.spans))
    return list(found.values())


def note(words: Words, conflict: Conflict) -> str:
    """Say a conflict in the note beside the hand: title and what is due."""
    said = title(words, conflict)
    if conflict.code == "daily_rest":
        limit = words.duration(int(conflict.params.get("limit_minutes", 0)), short=True)
        return words.text(N_("{what}, {limit} required"), what=said, limit=limit)
    if conflict.code == "over_contract":
        minutes = words.duration(int(conflict.params["minutes"]), short=True)
        weekly = words.duration(int(conflict.params["weekly_minutes"]), short=True)
        return words.text(N_("{minutes} for a contract of {weekly}"), minutes=minutes, weekly=weekly)
    return said


def with_left_out(words: Words, done: str, skipped: Sequence[Skipped]) -> str:
    """Say what was planned, and how many shifts were left out and why: the two reasons that weigh most by name."""
    from ltu_desktop.actions.planning_weeks import SKIPPED

    if not skipped:
        return done
    counts = Counter(each.code for each in skipped).most_common()
    why = [(words.text(SKIPPED[code]), count) for code, count in counts[:2]]
    if len(counts) > 2:
        why.append((words.text(N_("other reasons")), sum(count for _, count in counts[2:])))
    reasons = ", ".join(f"{reason} ({words.integer(count)})" for reason, count in why) if len(why) > 1 else why[0][0]
    return words.plural(
        "{done}, {count} left out: {why}", "{done}, {count} left out: {why}", len(skipped), done=done, why=reasons
    )


def weight(conflicts: Sequence[Conflict]) -> Severity | None:
    """Return the weight of the weightiest of several conflicts."""
    order = (Severity.BLOCKER, Severity.WARNING, Severity.INFO)
    return next((each for each in order if any(one.severity is each for one in conflicts)), None)


def shifts_of(conflict: Conflict, sheet: Sheet) -> tuple[list[ShiftRow], list[str]]:
    """Return the shifts of the week that a conflict is about, with the names of their activities."""
    person = sheet.people.get(conflict.person)
    found = sorted(
        (each for each in (person.shifts if person else ()) if each.id in conflict.spans),
        key=lambda each: (each.day, each.start),
    )
    return found, [sheet.marks[each.activity_id].name for each in found]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
