"""What a controller should know before checking, and the two gauges: the year so far against its limits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.claim_changes import corrective, difference
from ltu_desktop.documents.claim_front import parameter_cell, parameter_name
from ltu_desktop.documents.claim_tables import months_span
from ltu_desktop.documents.report import Column, Gauge, Kind, Notice, written
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.money import ZERO, to_fte
from ltu_desktop.words.codes import OFFICE_ONLY

if TYPE_CHECKING:
    from ltu_desktop.documents.claim_view import View
    from ltu_desktop.words import Words

MOST_NOTICES = 6
MONTHS_A_YEAR = 12

# problems that a notice below says with its figures, and those that paper never tells
_SAID = {"provisional", "others_over_limit", "others_over_limit_this_month", "aid_over_cost"} | OFFICE_ONLY


def provisional_names(view: View, words: Words) -> tuple[str, ...]:
    """Name the values that are not published yet, for the foot of every page."""
    names = dict.fromkeys(
        parameter_name(used.code, words) for used in view.dossier.answer.parameters if used.provisional
    )
    return tuple(words.text("{name}: provisional", name=name) for name in names)


def notices(view: View, words: Words) -> tuple[Notice, ...]:
    """Return the lines of "to know before checking", six at most: the rest is counted."""
    found = [
        *_elsewhere(view, words),
        *_provisional(view, words),
        *_others(view, words),
        *_class_c(view, words),
        *_guard(view, words),
        *_problems(view, words),
    ]
    if not found:
        return (Notice("nothing", words.text("Nothing to report"), "", warning=False),)
    if len(found) > MOST_NOTICES:
        more = len(found) - MOST_NOTICES + 1
        rest = words.plural(
            "and {count} other point: see the checks of the claim",
            "and {count} other points: see the checks of the claim",
            more,
        )
        return (*found[: MOST_NOTICES - 1], Notice("more", "", rest, warning=False))
    return tuple(found)


def _elsewhere(view: View, words: Words) -> list[Notice]:
    """Lead from what a month's versions ask for to what the month comes to, when parts 6.2 lie between the two."""
    dossier = view.dossier
    if not corrective(view):
        return []
    differences = (difference(item, part) for item in dossier.corrections for part in view.parts)
    asked = sum(dossier.head.corrects_total.values(), ZERO) + sum(differences, ZERO)
    gap = dossier.answer.totals.total - asked
    if not gap:
        return []
    currency = dossier.answer.currency
    text = words.text(
        "The month comes to {total}; its versions ask for {asked}. The gap ({gap}) is settled in part 6.2, "
        "of this claim or of later ones.",
        total=words.money(dossier.answer.totals.total, currency=currency),
        asked=words.money(asked, currency=currency),
        gap=words.money(gap, sign=True, currency=currency),
    )
    return [Notice("elsewhere", words.text("Settled elsewhere"), text, warning=False)]


def _provisional(view: View, words: Words) -> list[Notice]:
    found = []
    for used in view.dossier.answer.parameters:
        if used.provisional:
            value = written(parameter_cell(used, view, words), Column("", ""), words, view.dossier.answer.currency)
            text = words.text(
                "{value}: {source}. When the order is published, the lines are computed again and the difference "
                "appears in part 6.2 of a later claim.",
                value=value,
                source=labels.source(used.source, words).rstrip("."),
            )
            title = words.text("{name}: provisional", name=parameter_name(used.code, words))
            found.append(Notice("provisional", title, text))
    return found


def others_month(view: View) -> tuple[Decimal, Decimal]:
    """Return the FTE of those who are not PPDE and of all, in this month."""
    others = [entry.line for entry in view.entries if entry.card.status == "other"]
    hours = sum((line.quantity for line in others), ZERO)
    people = view.sums(view.entries)
    return view.fte(hours, others), people.fte


def _others(view: View, words: Words) -> list[Notice]:
    limit = view.used("others_limit")
    year = view.dossier.answer.year_to_date
    if limit is None or year is None:
        return []
    some, whole = others_month(view)
    month = some / whole if whole else Decimal(0)
    if month <= limit.value and year.others_ratio <= limit.value:
        return []
    name = labels.month_name(view.dossier.head.period, words)
    said = {
        "month": name,
        "ratio": words.percent(month),
        "months": months_span(view, words),
        "average": words.percent(year.others_ratio),
    }
    if year.others_ratio > limit.value:
        text = words.text("{month}: {ratio}. Average {months}: {average}, above the limit.", **said)
    else:
        text = words.text("{month}: {ratio}. Average {months}: {average}, below the limit.", **said)
    return [Notice("others_limit", words.text("10% rule"), f"{text} {_settled(view, words)}")]


def _settled(view: View, words: Words) -> str:
    if _running(view):
        return words.text("The adjustment line of this claim settles it.")
    return words.text("Nothing is withheld this month; it is settled with the yearly statement.")


def _running(view: View) -> bool:
    return any(each.code == "ten_percent" and each.value == "running" for each in view.dossier.answer.settings)


def _class_c(view: View, words: Words) -> list[Notice]:
    some = [entry for entry in view.entries if entry.line.hours_c]
    if not some:
        return []
    hours = sum((entry.line.hours_c for entry in some), ZERO)
    text = words.plural(
        "{count} person, {hours} paid but not counted (setting, to be confirmed by the Fund).",
        "{count} people, {hours} paid but not counted (setting, to be confirmed by the Fund).",
        len(some),
        hours=words.hours(hours),
    )
    return [Notice("class_c", words.text("Class C"), text)]


def _guard(view: View, words: Words) -> list[Notice]:
    guard = view.dossier.answer.guard
    if guard is None or guard.aid_to_smic is None:
        return []
    text = words.text("Aid ÷ gross SMIC: {ratio}.", ratio=words.percent(guard.aid_to_smic))
    if guard.aid_to_cost is not None and guard.employer_cost is not None:
        text += " " + words.text(
            "Aid ÷ employer’s cost of the month ({cost}, payroll): {ratio}.",
            cost=words.money(guard.employer_cost, currency=view.dossier.answer.currency),
            ratio=words.percent(guard.aid_to_cost),
        )
    text += " " + words.text("The aid must stay below the cost (art. 24).")
    return [Notice("guard", words.text("Aid and remuneration"), text)]


def _problems(view: View, words: Words) -> list[Notice]:
    """Return the claim's other problems, one notice a code, in order of weight."""
    order = {Severity.BLOCKER: 0, Severity.WARNING: 1}
    grouped: dict[str, list[int]] = {}
    problems = view.dossier.answer.problems
    for index, problem in enumerate(problems):
        if problem.code not in _SAID and problem.severity is not Severity.INFO:
            grouped.setdefault(problem.code, []).append(index)
    found = []
    for code, places in sorted(grouped.items(), key=lambda item: order.get(problems[item[1][0]].severity, 2)):
        first = problems[places[0]]
        blocks = first.severity is Severity.BLOCKER
        title = words.term("problem", "Blocking") if blocks else words.term("problem", "To check")
        text = labels.safe(words.problem(first)[0], words)
        if first.target in view.numbers:  # people are named by their line
            text = words.text("Line {number}: {text}", number=view.numbers[first.target], text=text)
        if len(places) > 1:
            text += ". " + words.plural("And {count} other line.", "And {count} other lines.", len(places) - 1)
        found.append(Notice(code, title, text))
    return found


# ---------------------------------------------------------------- gauges


def gauges(view: View, words: Words) -> tuple[Gauge, ...]:
    """Return the ceiling of the agreement and, where the scheme has it, the limit for those who are not PPDE."""
    others = _others_gauge(view, words)
    ceiling = _ceiling_gauge(view, words)
    return tuple(gauge for gauge in (ceiling, others) if gauge is not None)


def _ceiling_gauge(view: View, words: Words) -> Gauge | None:
    year = view.dossier.answer.year_to_date
    month = view.sums(view.entries).fte
    average = year.fte if year is not None else month
    limit = view.dossier.agreement.ceiling_fte
    name = labels.month_name(view.dossier.head.period, words)
    if limit is None:
        title = words.text("Ceiling of the agreement: none recorded")
        sentences = [
            words.text("Average {months}: {fte} FTE.", months=months_span(view, words), fte=words.fte(average))
        ]
    else:
        title = words.text("Ceiling of the agreement: {fte} FTE on yearly average", fte=words.fte(limit))
        sentences = _ceiling_sentences(view, words, limit)
    over = limit is not None and average > limit
    if over and limit is not None:
        sentences.insert(0, words.text("Average above the ceiling by {fte} FTE.", fte=words.fte(average - limit)))
    return Gauge(
        "ceiling",
        title,
        Kind.FTE,
        average,
        month,
        limit,
        words.text("average {months} {fte} FTE", months=months_span(view, words), fte=words.fte(average)),
        words.text("{month}: {value}", month=name.lower() if words.language == "fr" else name, value=words.fte(month)),
        words.text("ceiling {fte}", fte=words.fte(limit)) if limit is not None else "",
        tuple(sentences),
        over=over,
    )


def _ceiling_sentences(view: View, words: Words, limit: Decimal) -> list[str]:
    year = view.dossier.answer.year_to_date
    if year is None or year.ceiling_fte_months is None or year.ceiling_left is None:
        return []
    used = words.text(
        "Used: {used} FTE months of {whole} ({limit} × 12).",
        used=words.fte(year.used_fte_months),
        whole=words.fte(year.ceiling_fte_months),
        limit=words.fte(limit),
    )
    months = MONTHS_A_YEAR - year.months
    left = words.text("Left: {left}.", left=words.fte(year.ceiling_left))
    if months > 0 and year.ceiling_left > 0:
        each = to_fte(year.ceiling_left / months)
        left = words.text(
            "Left: {left}, that is {each} a month.", left=words.fte(year.ceiling_left), each=words.fte(each)
        )
    return [f"{used} {left}"]


def _others_gauge(view: View, words: Words) -> Gauge | None:
    limit = view.used("others_limit")
    if limit is None:
        return None
    year = view.dossier.answer.year_to_date
    some, whole = others_month(view)
    month = some / whole if whole else Decimal(0)
    average = year.others_ratio if year is not None else month
    name = labels.month_name(view.dossier.head.period, words)
    share = words.percent(limit.value, 0 if limit.value * 100 == int(limit.value * 100) else 2)
    totals = view.dossier.answer.totals
    sentences = []
    if year is not None:
        funded = words.fte(year.funded_fte)
        if year.funded_fte == year.fte:
            funded = words.text("{fte} (all)", fte=funded)
        sentences.append(
            words.text(
                "Average: {others} others of {whole} FTE, limit {limit}. FTE funded: {funded}.",
                others=words.fte(year.other_fte),
                whole=words.fte(year.fte),
                limit=words.fte(to_fte(year.fte * limit.value)),
                funded=funded,
            )
        )
    settled = words.text("settled in this claim") if _running(view) else words.text("settled once a year")
    sentences.append(
        words.text(
            "{month}: {others} of {whole} FTE, limit {limit}. FTE funded: {funded}; {settled}.",
            month=name,
            others=words.fte(some),
            whole=words.fte(whole),
            limit=words.fte(to_fte(whole * limit.value)),
            funded=words.fte(totals.funded_fte),
            settled=settled,
        )
    )
    over = average > limit.value
    if over:
        sentences.insert(0, words.text("Average above the limit of {limit}.", limit=share))
    return Gauge(
        "others_limit",
        words.text("{limit} rule: share of non-PPDE in the total FTE", limit=share),
        Kind.PERCENT,
        average,
        month,
        limit.value,
        words.text("average {months} {value}", months=months_span(view, words), value=words.percent(average)),
        words.text(
            "{month}: {value}", month=name.lower() if words.language == "fr" else name, value=words.percent(month)
        ),
        words.text("limit {value}", value=share),
        tuple(sentences),
        over=over,
    )
