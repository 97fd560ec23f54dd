"""Build the demo: files written, then taken in, claimed and exported by the same actions that the window uses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from ltu_desktop.actions import activities, agreements, claim_export, claims, imports
from ltu_desktop.actions.bank_import import plan_bank
from ltu_desktop.actions.context import Context, quiet
from ltu_desktop.actions.demo import papers
from ltu_desktop.actions.demo.bank import statement
from ltu_desktop.actions.demo.cast import Cast, draw
from ltu_desktop.actions.demo.files import Declaration, staff_list
from ltu_desktop.actions.demo.ground import Ground
from ltu_desktop.actions.demo.months import FULL_MONTH, Payroll
from ltu_desktop.actions.payment_proposals import accept, propose
from ltu_desktop.actions.payroll import plan_dsn
from ltu_desktop.actions.staff_import import plan_staff
from ltu_desktop.documents import names
from ltu_desktop.intake.bank import read_bank
from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.staff import read_staff
from ltu_desktop.intake.tables import read_table
from ltu_desktop.queries.claims import asked_by_part
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.packs import load
from ltu_desktop.store.file import Store
from ltu_desktop.store.ids import seeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.actions.claims import SealedClaim
    from ltu_desktop.actions.demo.months import Slip
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.words import Words

OPERATOR = "Nadia Roussel"
_MOST_PEOPLE = 5000


@dataclass
class StagedClock:
    """The demo's own time: each step happens on the day on which an office would do it."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment of the step."""
        return self.moment

    def at(self, day: date, hour: int, minute: int) -> None:
        """Move to a moment of a day."""
        self.moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Demo:
    """What was built: the folder, the employer's file, all other files, the last claim."""

    folder: Path
    store: Path
    files: tuple[Path, ...]
    claim: SealedClaim


@dataclass
class _Stage:
    """The demo being built."""

    cast: Cast
    folder: Path
    words: Words
    progress: Callable[[int, int], None]
    random: Random
    clock: StagedClock
    files: list[Path] = field(default_factory=list)
    done: int = 0

    def step(self) -> None:
        """Tell how far the work is."""
        self.done += 1
        self.progress(self.done, len(self.cast.months) + 4)


def latest_month(wanted: Month) -> Month:
    """Return the month, or the latest one before it for which the home scheme knows all its values."""
    series = load(claims.HOME_SCHEME).series
    month = wanted
    while any(each.on(month.first) is None for each in series.values() if each.values[0].start <= month.first):
        month = month.plus(-1)
    return month


def build(
    out: Path,
    *,
    period: Month,
    words: Words,
    people: int = 120,
    months: int = 24,
    seed: int = 1,
    progress: Callable[[int, int], None] = quiet,
) -> Demo:
    """Build a demo in a new folder (`out`, or the same with -2); the same arguments give the same files.

    Raises UserError when the folder cannot be made or the numbers make no job factory.
    """
    if not (1 <= people <= _MOST_PEOPLE and 1 <= months <= 120):
        raise UserError(
            "demo_size",
            N_("a demo has 1 to {people} people and 1 to 120 months."),
            mend=N_("Choose smaller numbers."),
            params={"people": _MOST_PEOPLE},
        )
    random = Random(f"{seed}/{people}/{months}/{period}")  # noqa: S311  a demo, not a secret
    span = tuple(period.plus(index - months + 1) for index in range(months))
    cast = draw(random, span, people)
    folder = _new_folder(out)
    clock = StagedClock(datetime(period.year, period.number, 1, tzinfo=UTC))
    clock.at(span[0].plus(1).first + timedelta(days=1), 9, 0)
    stage = _Stage(cast, folder, words, progress, random, clock)
    store_path = folder / "demo.ltu"
    ids = seeded(random, int(clock.moment.timestamp()) * 1000)
    with Store.create(store_path, clock=clock, operator=OPERATOR, ids=ids) as store:
        ctx = Context(store, words, clock)
        claim = _play(stage, ctx)
    return Demo(folder, store_path, tuple(stage.files), claim)


def _new_folder(out: Path) -> Path:
    """Make the demo's folder: an empty one is used, beside any other one a new one is made."""
    if out.name in {"", ".."}:
        out = out.resolve()
    try:
        empty = out.is_dir() and not any(out.iterdir())
        folder = out if empty or not out.name else names.free_path(out.parent, out.name)
        (folder / "paie").mkdir(parents=True)
    except OSError as error:
        raise UserError(
            "cannot_write",
            N_("nothing can be written into this folder."),
            mend=N_("Choose another folder."),
            where=str(out.parent),
        ) from error
    return folder


def _play(stage: _Stage, ctx: Context) -> SealedClaim:
    """Do what the office did, month after month; return the last claim."""
    payroll = Payroll(stage.random, stage.cast, load(claims.HOME_SCHEME))
    slips = {month: payroll.slips(month) for month in stage.cast.months}
    hours = [sum((pay.paid for slip in each for pay in slip.pays), Decimal(0)) for each in slips.values()]
    _found(stage, ctx, ceiling=Decimal(int(max(hours) / FULL_MONTH) + 2))
    stage.step()
    content = staff_list(stage.cast, stage.words)
    path = names.write_new(stage.folder, "personnel.xlsx", content)
    stage.files.append(path)
    sheet = read_table(content, path.name)
    _apply(ctx, plan_staff(ctx, read_staff(sheet), sheet))
    stage.step()
    last = stage.cast.months[-1]
    ground = Ground(ctx, stage.cast, Random(f"ground/{len(stage.cast.workers)}/{last}"))  # noqa: S311  a demo, not a secret
    claim: SealedClaim | None = None
    for month, each in slips.items():
        stage.clock.at(month.plus(1).first + timedelta(days=2), 8, 40)
        ground.month(month, each, last=month == last)
        stage.clock.at(month.plus(1).first + timedelta(days=7), 9, 15)
        replaced = month == last.plus(-1)
        if replaced:  # payroll sent a wrong file first, then one that cancels and replaces it
            wrong = [_with_a_slip(slip) if index == 2 else slip for index, slip in enumerate(each)]
            _import_dsn(stage, ctx, month, Declaration(stage.cast, month).bytes(wrong))
            stage.clock.at(month.plus(1).first + timedelta(days=8), 14, 5)
        declaration = Declaration(stage.cast, month, order=2 if replaced else 1, replaces=replaced)
        _import_dsn(stage, ctx, month, declaration.bytes(each))
        if month == last:
            stage.clock.at(month.plus(1).first + timedelta(days=9), 15, 30)
            papers.enter(ctx, stage.random, stage.cast, claims.HOME_SCHEME)
            ground.ahead(month)
            ground.portraits(month)
            _payments(stage, ctx)
        stage.clock.at(month.plus(1).first + timedelta(days=11), 10, 42)
        claim = claims.seal(ctx, month)
        if month != last:
            stage.clock.at(month.plus(1).first + timedelta(days=11), 11, 3)
            claims.send(ctx, claim.row.id)
        stage.step()
    assert claim is not None  # there is at least one month
    for kind in claim_export.KINDS:
        stage.files.append(claim_export.export(ctx, claim.row.id, kind, stage.folder).path)
        if kind in {"pdf", "json"}:
            stage.step()
    return claim


def _payments(stage: _Stage, ctx: Context) -> None:
    """Take the bank's statement in and match it: all claims but the last two are paid."""
    months = stage.cast.months
    with ctx.store.read() as connection:
        paid = [(month, asked_by_part(connection, claims.HOME_SCHEME, month)) for month in months[:-2]]
    if not paid:
        return
    stage.clock.at(months[-1].plus(1).first + timedelta(days=10), 16, 20)
    content = statement(stage.cast, paid)
    path = names.write_new(stage.folder, "releve-bancaire.xml", content)
    stage.files.append(path)
    _apply(ctx, plan_bank(ctx, read_bank(content, path.name)))
    for proposal in propose(ctx):
        accept(ctx, [proposal])


def _with_a_slip(slip: Slip) -> Slip:
    """Return a month's slip as a slip of the hand had it: six hours short."""
    first, *rest = slip.pays
    short = min(first.paid, Decimal("6.00"))
    return replace(slip, pays=(replace(first, paid=first.paid - short), *rest))


def _import_dsn(stage: _Stage, ctx: Context, month: Month, content: bytes) -> None:
    path = names.write_new(stage.folder / "paie", f"dsn-{month}.dsn", content)
    stage.files.append(path)
    _apply(ctx, plan_dsn(ctx, read_dsn(content, path.name), content))


def _apply(ctx: Context, plan: imports.ImportPlan) -> None:
    asked = [row.where for row in plan.rows if row.state in {imports.RowState.QUESTION, imports.RowState.REFUSED}]
    assert not asked, f"the demo's own files are not understood: {asked[:3]}"
    imports.apply(ctx, plan)


def _found(stage: _Stage, ctx: Context, *, ceiling: Decimal) -> None:
    """Enter the employer, the sites and activities, the agreement with one amendment a year."""
    house = stage.cast.house
    employer, agreement = house["employer"], house["agreement"]
    agreements.set_employer(
        ctx,
        {
            "name": employer["name"],
            "siret": employer["siren"] + employer["nic"],
            "address": employer["address"],
            "postcode": employer["postcode"],
            "town": employer["town"],
            "iban": employer["iban"],
            "signatory": employer["signatory"],
            "signatory_quality": employer["quality"],
            "contributions_valid_until": stage.cast.months[-1].plus(3).last,
        },
    )
    sites = {site["name"]: agreements.add_site(ctx, code=site["code"], name=site["name"]) for site in house["site"]}
    for activity in house["activity"]:
        activities.add_activity(ctx, code=activity["code"], name=activity["name"], site_id=sites[activity["site"]])
    first = stage.cast.months[0].first
    start = min(agreement["signed_on"], first)
    key = agreements.set_agreement(
        ctx,
        {
            **{name: agreement[name] for name in ("number", "fund", "territory", "committee", "departments")},
            "signed_on": start,
            "start_on": start,
        },
    )
    for year in range(first.year, stage.cast.months[-1].year + 1):
        begin = max(date(year, 1, 1), start)
        agreements.set_terms(
            ctx,
            key,
            start=begin,
            ceiling_fte=ceiling,
            amendment=str(max(1, year - agreement["signed_on"].year + 1)),
            signed_on=date(year - 1, 12, 15),
        )
