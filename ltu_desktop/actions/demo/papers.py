"""What the demo's office knows besides payroll: eligibility with proofs, papers, health dates that fall due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions import attachments, eligibility, health
from ltu_desktop.actions.eligibility import Point
from ltu_desktop.queries.agreements import agreements, employer_row
from ltu_desktop.queries.people import number_owner
from ltu_desktop.rules.eligibility import RESIDENT, VOLUNTEER, WITHOUT_JOB, latest

if TYPE_CHECKING:
    from random import Random

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.demo.cast import Cast, Worker

_WITH_PROOFS = 6
_WITH_HEALTH = 9


def enter(ctx: Context, random: Random, cast: Cast, scheme: str) -> None:
    """Enter all of it on the day of the clock, shortly before the last claim.

    The newest PPDE moved into the territory too late, and of the one before her nobody has noted where she lives.
    """
    today = ctx.clock.now().date()
    workers = sorted(
        (each for each in cast.workers if each.status == "ppde"), key=lambda each: (each.start, each.number)
    )
    with ctx.store.read() as connection:
        owners = {each.number: number_owner(connection, each.number) for each in workers}
        places = {"employer": employer_row(connection), "agreement": agreements(connection, scheme)[0]}
    keys = {number: owner[0] for number, owner in owners.items() if owner is not None}
    points = {each.number: _points(random, each) for each in workers}
    for each, since in zip(workers[:-3:-1], (timedelta(days=90), None), strict=False):
        if since is None:
            del points[each.number][RESIDENT]
        else:
            points[each.number][RESIDENT]["since"] = each.start - since
    eligibility.set_many(ctx, {keys[number]: said for number, said in points.items()})
    _attach(ctx, cast, places, [(each, keys[each.number], points[each.number]) for each in workers[:_WITH_PROOFS]])
    present = [each for each in workers if each.end is None][:_WITH_HEALTH]
    for index, each in enumerate(present):
        due = today + timedelta(days=random.randint(-6, 240))
        days: dict[str, date | None] = {"medical_check_due": due}
        if index % 3 == 0:
            days["disability_until"] = today + timedelta(days=40 + 300 * index)
        health.set_health(ctx, keys[each.number], days)


def _points(random: Random, worker: Worker) -> dict[str, Point]:
    """Draw what was checked before a hire."""
    assert worker.recognised_on is not None  # the committee recognised every PPDE of the cast
    checked = worker.recognised_on - timedelta(days=random.randint(1, 30))
    return {
        VOLUNTEER: Point(checked_on=checked),
        WITHOUT_JOB: Point(
            since=latest(WITHOUT_JOB, worker.start) - timedelta(days=random.randint(0, 2500)), checked_on=checked
        ),
        RESIDENT: Point(
            since=latest(RESIDENT, worker.start) - timedelta(days=random.randint(0, 7000)), checked_on=checked
        ),
    }


def _attach(
    ctx: Context, cast: Cast, places: dict[str, Any], people: list[tuple[Worker, bytes, dict[str, Point]]]
) -> None:
    employer, agreement = places["employer"], places["agreement"]
    days = {
        "vigilance": employer["contributions_valid_until"],
        "agreement": agreement.signed_on,
        "amendment": agreement.terms[-1].start,
    }
    for paper in cast.house["paper"]:
        if paper["on"] in places:
            key = employer["id"] if paper["on"] == "employer" else agreement.id
            day = days[paper["kind"]]
            content = _content(ctx, paper, day, employer=employer["name"])
            issued = min(day, ctx.clock.now().date() - timedelta(days=20))
            attachments.attach(ctx, paper["on"], key, paper["name"], content, kind=paper["kind"], day=issued)
            continue
        for worker, key, points in people:
            point = points.get(paper["on"], Point(checked_on=worker.recognised_on))
            day = point.get("since") or point.get("checked_on")
            content = _content(ctx, paper, day, person=f"{worker.first} {worker.family}".strip())
            eligibility.attach_proof(ctx, key, paper["on"], paper["name"], content, day=worker.recognised_on)


def _content(ctx: Context, paper: dict[str, Any], day: date | None, **filled: str) -> bytes:
    """Write a paper: a page of PDF, or plain text."""
    said = ctx.words.day(day) if day else ""
    lines = [line.format(day=said, **filled) for line in paper["text"]]
    return _pdf(lines) if paper["name"].endswith(".pdf") else "\n".join([*lines, ""]).encode()


def _pdf(lines: list[str]) -> bytes:
    """Write a page of PDF by hand: a proof needs no more, and its bytes are the same everywhere."""
    shown = [line.encode("cp1252", "replace") for line in lines]
    escaped = [line.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in shown]
    text = b"BT /F 12 Tf 18 TL 60 780 Td " + b"".join(b"(" + line + b") Tj T* " for line in escaped) + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer
