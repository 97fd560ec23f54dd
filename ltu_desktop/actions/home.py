"""Home: what now? The month as steps, what blocks its claim and where to mend it, FTE, the year in euros, deadlines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ltu_desktop.actions.claims import HOME_SCHEME, Prepared, at_stake, review
from ltu_desktop.actions.closing import plan_of
from ltu_desktop.actions.targets import Target, target_of
from ltu_desktop.queries import home as queries
from ltu_desktop.queries.attendance import month_grid
from ltu_desktop.rules.adjust import ratio
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.rules.money import ZERO, to_fte
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.actions.closing import ClosingPlan
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.home import Deadline, MonthBar, MonthCounts
    from ltu_desktop.queries.payments import ClaimOpen
    from ltu_desktop.rules.errors import Problem


class StepState(StrEnum):
    """How far a step is; `now` is the next thing to do, `blocked` waits for points to be mended.

    `open` is not done, but no longer in anybody's way.
    """

    DONE = "done"
    NOW = "now"
    BLOCKED = "blocked"
    OPEN = "open"
    TO_COME = "to_come"


@dataclass(frozen=True)
class HomeStep:
    """One step of the month, with its numbers and where it is done.

    `code`: `staff` (count: people with a contract), `attendance` (count: what the month lacks to be closed; differ:
    people whose payroll tells other hours; only in a month with plans or attendance), `payroll` (count: people in its
    files, files), `checks` (count: blockers, amount: € at stake), `claim` (amount: what it asks for), `sent` (amount),
    `paid` (amount: € still open).
    `day` is the one on which it was done.
    """

    code: str
    state: StepState
    go: Target
    count: int = 0
    files: int = 0
    amount: Decimal | None = None
    day: date | None = None
    differ: int = 0


@dataclass(frozen=True)
class Point:
    """A problem of the month's claim with its € at stake: whose ("": the whole claim's), and where to mend it."""

    problem: Problem
    name: str
    target: Target


@dataclass(frozen=True)
class FteGauge:
    """FTE of the month and the year's average against the ceiling; `left` counts FTE-months to the year's end."""

    month: Decimal
    year: Decimal
    ceiling: Decimal | None
    left: Decimal | None


@dataclass(frozen=True)
class OthersGauge:
    """The 10 % rule: FTE of those who are not PPDE and their ratio in the month and on the year's average."""

    fte: Decimal
    month: Decimal
    year: Decimal
    limit: Decimal


@dataclass(frozen=True)
class Home:
    """All that the page shows of a month.

    `over`: the month's last day has come. `points` are blockers, then warnings, the greatest amount first; none once
    the claim is sealed and nothing changed. `bars` run from January to the month and `year` adds them up; `waiting` is
    what the month's next version would ask for. `trouble` tells why the claim cannot be worked out (a legal value is
    missing); then there are no gauges.
    """

    month: Month
    over: bool
    steps: tuple[HomeStep, ...]
    points: tuple[Point, ...]
    at_stake: Decimal
    fte: FteGauge | None
    others: OthersGauge | None
    bars: tuple[MonthBar, ...]
    year: MonthBar
    waiting: Decimal
    deadlines: tuple[Deadline, ...]
    trouble: UserError | None = None

    @property
    def next(self) -> HomeStep | None:
        """The step to do now, None when the month is done."""
        return next((step for step in self.steps if step.state in {StepState.NOW, StepState.BLOCKED}), None)

    @property
    def blockers(self) -> tuple[Point, ...]:
        """The points that stop sealing."""
        return tuple(point for point in self.points if point.problem.severity is Severity.BLOCKER)


def overview(ctx: Context, month: Month, scheme: str = HOME_SCHEME) -> Home:
    """Put a month's home page together; reads only."""
    today = ctx.clock.now().date()
    role = ctx.role
    prepared: Prepared | None = None
    trouble = None
    with ctx.store.read() as connection:
        grid = month_grid(connection, month) if queries.keeps_hours(connection, month) else None
    try:
        prepared = review(ctx, month, scheme, grid=grid)
    except UserError as error:
        trouble = error
    with ctx.store.read() as connection:
        counts = queries.month_counts(connection, month)
        versions = queries.versions(connection, month, today, scheme)
        bars = queries.bars(connection, Month(month.year, 1), month, today, scheme)
        deadlines = queries.deadlines(connection, today, role, scheme)
    points = _points(prepared, month)
    return Home(
        month=month,
        over=today >= month.last,
        steps=_with_attendance(
            _steps(month, counts, prepared, versions, points, trouble),
            plan_of(ctx, grid) if grid is not None else None,
            _differ(prepared),
        ),
        points=points,
        at_stake=at_stake(point.problem for point in points if point.problem.severity is Severity.BLOCKER),
        fte=_fte(prepared),
        others=_others(prepared, scheme),
        bars=bars,
        year=queries.added(bars),
        waiting=prepared.total if prepared else ZERO,
        deadlines=tuple(deadlines),
        trouble=trouble,
    )


def _points(prepared: Prepared | None, month: Month) -> tuple[Point, ...]:
    if prepared is None or (prepared.corrective and not prepared.dossier.corrections):
        return ()
    names = {card.id: f"{card.name.upper()} {card.first_names}".strip() for card in prepared.dossier.people}
    order = {Severity.BLOCKER: 0, Severity.WARNING: 1}
    told = [each for each in prepared.dossier.answer.problems if each.severity in order]
    told.sort(key=lambda each: (order[each.severity], -(each.at_stake or ZERO)))
    return tuple(Point(each, names.get(each.target, ""), target_of(each, str(month))) for each in told)


def _steps(
    month: Month,
    counts: MonthCounts,
    prepared: Prepared | None,
    versions: list[ClaimOpen],
    points: tuple[Point, ...],
    trouble: UserError | None,
) -> tuple[HomeStep, ...]:
    name = str(month)
    blockers = [point.problem for point in points if point.problem.severity is Severity.BLOCKER]
    sealed = bool(versions)
    last = versions[-1] if versions else None
    claimed = sum((each.expected for each in versions), ZERO)
    left = sum((each.open for each in versions), ZERO)
    sent = sealed and all(each.state in {"sent", "paid"} for each in versions)
    done = {
        "staff": counts.present > 0,
        "payroll": counts.files > 0,
        "checks": not blockers and trouble is None and (counts.files > 0 or sealed),
        "claim": sealed and not (prepared is not None and prepared.dossier.corrections and prepared.corrective),
        "sent": sent,
        "paid": sent and not left,
    }
    states: dict[str, StepState] = {}
    for code, is_done in done.items():
        waiting = StepState.NOW in states.values() or StepState.BLOCKED in states.values()
        blocked = code == "checks" and counts.files > 0 and (blockers or trouble is not None)
        if is_done:
            states[code] = StepState.DONE
        elif blocked:
            states[code] = StepState.BLOCKED
        else:
            states[code] = StepState.TO_COME if waiting else StepState.NOW
    asked = prepared.total if prepared is not None and not done["claim"] else claimed
    first = points[0].target if blockers else Target("claims", name)
    return (
        HomeStep("staff", states["staff"], Target("people") if done["staff"] else Target("import"), counts.present),
        HomeStep(
            "payroll", states["payroll"], Target("import", name), counts.paid, counts.files, day=counts.received_on
        ),
        HomeStep("checks", states["checks"], first, len(blockers), amount=at_stake(blockers)),
        HomeStep("claim", states["claim"], Target("claims", name), amount=asked, day=last.sealed_on if last else None),
        HomeStep("sent", states["sent"], Target("claims", name), amount=claimed, day=last.sent_on if last else None),
        HomeStep("paid", states["paid"], Target("payments", name), amount=left),
    )


def _differ(prepared: Prepared | None) -> int:
    """Count the people whose timesheet and payroll differ, told one by one or together."""
    found = prepared.dossier.answer.problems if prepared is not None else ()
    return sum(
        int(each.params.get("count", "1")) for each in found if each.code in {"hours_differ", "hours_differ_many"}
    )


def _with_attendance(steps: tuple[HomeStep, ...], plan: ClosingPlan | None, differ: int) -> tuple[HomeStep, ...]:
    """Put the closing of the attendance before the payroll that is made from it.

    Once payroll or a claim is there, it no longer is what comes next: the hours have gone where they were needed.
    """
    if plan is None:
        return steps
    staff, payroll = steps[0], steps[1]
    if plan.closed_on is not None:
        state = StepState.DONE
    elif staff.state is StepState.DONE and payroll.state is StepState.NOW:
        state, payroll = StepState.NOW, replace(payroll, state=StepState.TO_COME)
    else:
        state = StepState.TO_COME if payroll.state is not StepState.DONE else StepState.OPEN
    by_need = sorted(plan.missing, key=lambda each: each.day is None)  # days that are open, then sheets
    place = Target("attendance", by_need[0].staff_number, day=by_need[0].day) if by_need else Target("attendance")
    step = HomeStep("attendance", state, place, len(plan.missing), day=plan.closed_on, differ=differ)
    return (staff, step, payroll, *steps[2:])


def _fte(prepared: Prepared | None) -> FteGauge | None:
    if prepared is None or prepared.dossier.answer.year_to_date is None:
        return None
    answer, year = prepared.dossier.answer, prepared.dossier.answer.year_to_date
    return FteGauge(answer.totals.fte, year.fte, prepared.dossier.agreement.ceiling_fte, year.ceiling_left)


def _others(prepared: Prepared | None, scheme: str) -> OthersGauge | None:
    """Measure those who are not PPDE; None for a scheme without a limit for them."""
    rules = load_pack(scheme).scheme
    known = {used.code: used.value for used in prepared.dossier.answer.parameters} if prepared else {}
    if prepared is None or prepared.dossier.answer.year_to_date is None or rules.others_limit not in known:
        return None
    lines = [line for line in prepared.dossier.answer.lines if line.person is not None]
    others = sum((line.quantity for line in lines if line.status == rules.other_status), ZERO)
    return OthersGauge(
        to_fte(others / known[rules.full_month]),
        ratio(others, sum((line.quantity for line in lines), ZERO)),
        prepared.dossier.answer.year_to_date.others_ratio,
        known[rules.others_limit],
    )
