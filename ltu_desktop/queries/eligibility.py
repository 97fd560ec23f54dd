"""Eligibility: the four points of a person with their days and proofs, and which points are open for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.queries.attachments import of_person
from ltu_desktop.rules.eligibility import CRITERIA, RECOGNISED, VOLUNTEER, State, hired_on, latest, state
from ltu_desktop.store.tables import contract, eligibility, person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.queries.attachments import AttachmentRow


@dataclass(frozen=True)
class PointRow:
    """One point: its state, since when it holds (recognised: when decided), when it was checked, and its proofs.

    `latest` is the last day that `since` may be for the hire; `id` is None while nothing is said.
    """

    criterion: str
    state: State
    since: date | None
    latest: date
    checked_on: date | None
    note: str
    proofs: tuple[AttachmentRow, ...]
    id: bytes | None = None
    version: int = 0


@dataclass(frozen=True)
class Checklist:
    """A person's points in the order of the law; `concerned` is false for those who are not PPDE.

    `hired_on` is the day on which the points are judged: the hire's, or today's before there is a contract.
    """

    person_id: bytes
    concerned: bool
    hired_on: date
    points: tuple[PointRow, ...]

    @property
    def done(self) -> int:
        """How many points are in order."""
        return sum(1 for point in self.points if point.state is State.OK)


def checklist(connection: Connection, person_id: bytes, today: date, role: str) -> Checklist | None:
    """Return a person's checklist, or None when she is not in the file."""
    p, c, e = person.c, contract.c, eligibility.c
    row = connection.execute(
        select(p.status, p.recognised_on, p.decision_number).where(p.id == person_id)
    ).one_or_none()
    if row is None:
        return None
    contracts = connection.execute(select(c.start_on, c.end_on).where(c.person_id == person_id).order_by(c.start_on))
    hired = hired_on([(start, end) for start, end in contracts], today) or today
    rows = {each.criterion: each for each in connection.execute(select(eligibility).where(e.person_id == person_id))}
    papers: dict[bytes | str, list[AttachmentRow]] = defaultdict(list)
    for paper in of_person(connection, person_id, role):
        papers[paper.subject_id].append(paper)
        papers[paper.kind].append(paper)
    points = []
    for criterion in CRITERIA:
        if criterion == RECOGNISED:
            day, proofs = row.recognised_on, tuple(papers["decision"])
            found = PointRow(
                criterion, state(criterion, day, hired), day, latest(criterion, hired), day, row.decision_number, proofs
            )
        else:
            known = rows.get(criterion)
            since, checked, note = (known.since, known.checked_on, known.note) if known else (None, None, "")
            found = PointRow(
                criterion,
                state(criterion, checked if criterion == VOLUNTEER else since, hired),
                since,
                latest(criterion, hired),
                checked,
                note,
                tuple(papers[known.id]) if known else (),
                known.id if known else None,
                known.version if known else 0,
            )
        points.append(found)
    return Checklist(person_id, row.status == "ppde", hired, tuple(points))


def open_points(connection: Connection, day: date) -> dict[bytes, dict[str, State]]:
    """Return the points that are missing or doubtful, for all PPDE, as of a day; nobody whose points are in order."""
    p, c, e = person.c, contract.c, eligibility.c
    spans: dict[bytes, list[tuple[date, date | None]]] = defaultdict(list)
    ppde = p.status == "ppde"
    for owner, start, end in connection.execute(
        select(c.person_id, c.start_on, c.end_on).join(person, p.id == c.person_id).where(ppde).order_by(c.start_on)
    ):
        spans[owner].append((start, end))
    said: dict[bytes, dict[str, date | None]] = defaultdict(dict)
    for owner, criterion, since, checked in connection.execute(
        select(e.person_id, e.criterion, e.since, e.checked_on).order_by(e.person_id)
    ):
        said[owner][criterion] = checked if criterion == VOLUNTEER else since
    found = {}
    for key, recognised_on in connection.execute(select(p.id, p.recognised_on).where(ppde)):
        days = {**said.get(key, {}), RECOGNISED: recognised_on}
        points = _open(days, hired_on(spans.get(key, ()), day) or day)
        if points:
            found[key] = points
    return found


def _open(days: Mapping[str, date | None], hired: date) -> dict[str, State]:
    states = {criterion: state(criterion, days.get(criterion), hired) for criterion in CRITERIA}
    return {criterion: each for criterion, each in states.items() if each is not State.OK}


def point_rows(connection: Connection, person_id: bytes) -> dict[str, bytes]:
    """Return the keys of what is said of a person, by criterion."""
    e = eligibility.c
    rows = connection.execute(select(e.criterion, e.id).where(e.person_id == person_id))
    return {row[0]: row[1] for row in rows}
