"""Activities, needs, skills, wishes, limits, hours and support: entered, refused, undone; and who fits what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from ltu_desktop.actions import activities, attachments, people, skills, support
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.queries import activities as rows
from ltu_desktop.queries import skills as skill_rows
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.matching import LIMITS, Fit, Profile, Reason, Work, candidate, candidates
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TODAY = date(2026, 11, 12)
OCTOBER = Month(2026, 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.fixture
def zoe(office: Office) -> bytes:
    key = people.add_person(office.ctx, staff_number="F0001", name="Petit", first_names="Zoé", status="ppde")
    people.add_contract(office.ctx, key, start=date(2025, 1, 6), weekly_hours=Decimal(28))
    return key


@pytest.fixture
def sewing(office: Office) -> bytes:
    return activities.add_activity(office.ctx, code="COU", name="Couture", demands="standing")


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value.code


def content(office: Office) -> dict[str, Any]:
    with office.store.read() as connection:
        return {table.name: connection.execute(select(table).order_by(table.c.id)).all() for table in t.EDITED}


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def listed(office: Office, day: date = TODAY) -> dict[str, rows.ActivityRow]:
    with office.store.read() as connection:
        return {row.code: row for row in rows.activities(connection, day)}


# ---- activities


def test_activities_of_the_list_are_added_at_once(office: Office, sewing: bytes) -> None:
    del sewing
    keys = activities.add_models(office.ctx, ["MAR", "COU", "REC"])
    assert len(keys) == 2  # sewing is there
    assert last(office) == "added 2 activities of the list"
    found = listed(office)
    assert [(row.code, row.name, row.look.pictogram) for row in found.values()] == [
        ("COU", "Couture", "scissors"),
        ("MAR", "Market gardening", "leaf"),
        ("REC", "Reuse centre", "recycle"),
    ]
    office.store.undo()
    assert list(listed(office)) == ["COU"]


def test_an_activity_says_all_that_is_known_of_it(office: Office, sewing: bytes, zoe: bytes) -> None:
    with office.store.write("test") as tx:
        tx.insert(t.attendance, {"person_id": zoe, "day": date(2026, 10, 5), "activity_id": sewing, "minutes": 420})
        tx.insert(t.attendance, {"person_id": zoe, "day": date(2025, 10, 6), "activity_id": sewing, "minutes": 60})
    [contract] = _contracts(office, zoe)
    people.change_terms(office.ctx, contract, start=date(2025, 2, 1), activity_id=sewing)
    activities.change_activity(
        office.ctx,
        sewing,
        {"approved_on": date(2025, 3, 4), "approval_note": "  séance 12 ", "people_wanted": 6, "palette": "MAR",
         "staffing_note": "le matin", "analytic_code": "611", "site_id": None, "pictogram": "star",
         "demands": "machines,standing"},
    )  # fmt: skip
    assert last(office) == "changed the activity “Couture”"
    activities.set_turnover(office.ctx, sewing, OCTOBER, Decimal("1200.50"))
    assert last(office) == "entered the turnover of “Couture” for October 2026: €1,200.50"
    activities.set_turnover(office.ctx, sewing, Month(2025, 12), Decimal(7))
    need = activities.add_need(
        office.ctx, "  Retoucher des  rideaux ", asked_by="Mme Roy", place="Loos", weekly_minutes=180
    )
    activities.change_need(office.ctx, need, {"activity_id": sewing})
    row = listed(office)["COU"]
    assert (row.approved_on, row.approval_note, row.people_wanted) == (date(2025, 3, 4), "séance 12", 6)
    assert (row.look.palette, row.look.pictogram, row.demands) == ("MAR", "star", ("standing", "machines"))
    assert (row.people, row.needs, row.minutes, row.turnover) == (1, 1, 420, Decimal("1200.50"))
    assert listed(office, date(2025, 12, 31))["COU"].turnover == Decimal("7.00")
    with office.store.read() as connection:
        assert rows.turnover_of(connection, sewing, 2026) == {10: Decimal("1200.50")}
        [found] = rows.needs(connection)
    assert (found.title, found.state, found.activity, found.weekly_minutes) == (
        "Retoucher des rideaux", "served", "Couture", 180,
    )  # fmt: skip


def _contracts(office: Office, person: bytes) -> list[bytes]:
    with office.store.read() as connection:
        return list(connection.execute(select(t.contract.c.id).where(t.contract.c.person_id == person)).scalars())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"palette": "XXX"}, "bad_value"),
        ({"people_wanted": -1}, "bad_value"),
        ({"people_wanted": "6"}, "bad_value"),
        ({"demands": "flying"}, "bad_value"),
        ({"approved_on": date(1850, 1, 1)}, "bad_value"),
        ({"name": " "}, "missing"),
        ({"code": "mar"}, "code_taken"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    office: Office, sewing: bytes, values: dict[str, Any], code: str
) -> None:
    activities.add_models(office.ctx, ["MAR"])
    before = content(office)
    assert refused(lambda: activities.change_activity(office.ctx, sewing, values)) == code
    assert content(office) == before
    with pytest.raises(TypeError):
        activities.change_activity(office.ctx, sewing, {"colour": "red"})
    with pytest.raises(TypeError):
        activities.add_need(office.ctx, "x", colour="red")


def test_turnover_is_corrected_and_taken_back(office: Office, sewing: bytes) -> None:
    activities.set_turnover(office.ctx, sewing, OCTOBER, Decimal(10))
    activities.set_turnover(office.ctx, sewing, OCTOBER, Decimal(12))
    assert listed(office)["COU"].turnover == Decimal("12.00")
    activities.set_turnover(office.ctx, sewing, OCTOBER, None)
    activities.set_turnover(office.ctx, sewing, OCTOBER, None)  # nothing there: nothing to do
    assert listed(office)["COU"].turnover == Decimal(0)
    assert refused(lambda: activities.set_turnover(office.ctx, sewing, OCTOBER, Decimal(-1))) == "bad_value"
    assert refused(lambda: activities.set_turnover(office.ctx, sewing, OCTOBER, Decimal("1.005"))) == "decimals"


def test_an_activity_that_was_worked_in_is_ended_not_removed(office: Office, sewing: bytes, zoe: bytes) -> None:
    skill = skills.add_skill(office.ctx, "Machine à coudre")
    skills.set_activity_skill(office.ctx, sewing, skill, 2)
    activities.set_turnover(office.ctx, sewing, OCTOBER, Decimal(10))
    paper = attachments.attach(office.ctx, "activity", sewing, "décision.pdf", b"%PDF", kind="decision")
    assert last(office) == "attached “décision.pdf” (Couture)"
    before = content(office)
    activities.remove_activity(office.ctx, sewing)
    assert listed(office) == {}
    assert refused(lambda: attachments.remove(office.ctx, paper)) == "gone"
    office.store.undo()
    assert content(office) == before
    skills.set_wish(office.ctx, zoe, sewing, skills.WISH)
    assert refused(lambda: activities.remove_activity(office.ctx, sewing)) == "place_in_use"
    activities.change_activity(office.ctx, sewing, {"ended_on": date(2026, 11, 1)})
    activities.change_activity(office.ctx, sewing, {"approved_on": None})
    with office.store.read() as connection:
        assert rows.board(connection, TODAY).activities == ()


def test_needs_come_open_ones_first(office: Office) -> None:
    ctx = office.ctx
    first = activities.add_need(ctx, "Jardins", noted_on=date(2026, 1, 5))
    activities.add_need(ctx, "Courses")
    activities.change_need(ctx, first, {"state": "closed", "note": "vu"})
    with office.store.read() as connection:
        assert [(row.title, row.state) for row in rows.needs(connection)] == [
            ("Courses", "open"),
            ("Jardins", "closed"),
        ]
    assert refused(lambda: activities.change_need(ctx, first, {"state": "lost"})) == "bad_value"
    assert refused(lambda: activities.change_need(ctx, first, {"weekly_minutes": -5})) == "bad_value"
    assert refused(lambda: activities.change_need(ctx, first, {"title": ""})) == "missing"
    activities.remove_need(ctx, first)
    assert last(office) == "removed the need “Jardins”"


# ---- skills, wishes, limits, hours


def test_skills_have_one_name_whatever_its_accents(office: Office) -> None:
    ctx = office.ctx
    key = skills.add_skill(ctx, " Permis  B ")
    assert skills.add_skill(ctx, "permis b") == key
    other = skills.add_skill(ctx, "Élagage")
    assert refused(lambda: skills.rename_skill(ctx, other, "PERMIS B")) == "skill_taken"
    skills.rename_skill(ctx, key, "permis B")
    assert refused(lambda: skills.add_skill(ctx, "  ")) == "missing"
    with office.store.read() as connection:
        assert [row.name for row in skill_rows.skills(connection)] == ["Élagage", "permis B"]


def test_a_portrait_of_somebody(office: Office, zoe: bytes, sewing: bytes) -> None:
    ctx = office.ctx
    machine, iron = skills.add_skill(ctx, "Machine"), skills.add_skill(ctx, "Fer")
    skills.set_person_skill(ctx, zoe, machine, 1, wants_to_learn=True)
    skills.set_person_skill(ctx, zoe, iron, 3)
    skills.set_wish(ctx, zoe, sewing, skills.REFUSAL, note=" bruit ")
    skills.set_limits(ctx, zoe, {"lifting", "standing"})
    skills.set_availability(ctx, zoe, {0: [(540, 960)], 2: [(540, 720)]})
    with office.store.read() as connection:
        found = skill_rows.portrait(connection, zoe)
        counted = {row.name: (row.masters, row.learners) for row in skill_rows.skills(connection)}
    assert [(each.name, each.level, each.wants_to_learn) for each in found.skills] == [
        ("Fer", 3, False), ("Machine", 1, True),
    ]  # fmt: skip
    assert [(each.name, each.kind, each.note) for each in found.wishes] == [("Couture", "refusal", "bruit")]
    assert found.limits == {"lifting", "standing"}
    assert found.hours == {0: ((540, 960),), 2: ((540, 720),)}
    assert counted == {"Fer": (1, 0), "Machine": (0, 1)}
    skills.set_person_skill(ctx, zoe, machine, None)
    skills.set_person_skill(ctx, zoe, machine, None)
    skills.set_person_skill(ctx, zoe, iron, 2)
    skills.set_wish(ctx, zoe, sewing, skills.WISH)
    skills.set_limits(ctx, zoe, {"lifting", "driving"})
    skills.set_availability(ctx, zoe, {2: [(540, 720), (780, 900)]})
    with office.store.read() as connection:
        found = skill_rows.portrait(connection, zoe)
    assert [(each.name, each.level) for each in found.skills] == [("Fer", 2)]
    assert [each.kind for each in found.wishes] == ["wish"]
    assert found.limits == {"lifting", "driving"}
    assert found.hours == {2: ((540, 720), (780, 900))}
    skills.set_wish(ctx, zoe, sewing, None)
    skills.set_wish(ctx, zoe, sewing, None)
    with office.store.read() as connection:
        assert skill_rows.portrait(connection, zoe).wishes == ()


def test_what_cannot_be_of_a_person_is_refused(office: Office, zoe: bytes, sewing: bytes) -> None:
    ctx = office.ctx
    skill = skills.add_skill(ctx, "Fer")
    before = content(office)
    assert refused(lambda: skills.set_person_skill(ctx, zoe, skill, 4)) == "bad_value"
    assert refused(lambda: skills.set_wish(ctx, zoe, sewing, "maybe")) == "bad_value"
    assert refused(lambda: skills.set_limits(ctx, zoe, {"flying"})) == "bad_value"
    for hours in ({7: [(0, 60)]}, {0: [(60, 60)]}, {0: [(0, 1441)]}, {0: [(0, 120), (60, 180)]}):
        assert refused(lambda hours=hours: skills.set_availability(ctx, zoe, hours)) == "bad_value"  # type: ignore[misc]
    assert refused(lambda: skills.set_limits(ctx, b"x" * 16, set())) == "gone"
    assert refused(lambda: support.add_note(ctx, b"x" * 16, day=TODAY, kind="support")) == "gone"
    assert content(office) == before


def test_a_skill_goes_with_all_that_was_said_of_it_and_comes_back(office: Office, zoe: bytes, sewing: bytes) -> None:
    ctx = office.ctx
    skill = skills.add_skill(ctx, "Fer")
    skills.set_person_skill(ctx, zoe, skill, 2)
    skills.set_activity_skill(ctx, sewing, skill, 2)
    skills.set_activity_skill(ctx, sewing, skill, 1)
    before = content(office)
    skills.remove_skill(ctx, skill)
    assert last(office) == "removed the skill “Fer”"
    office.store.undo()
    assert content(office) == before


# ---- support


def test_support_is_noted_with_its_next_step(office: Office, zoe: bytes) -> None:
    ctx = office.ctx
    note = support.add_note(
        ctx,
        zoe,
        day=date(2026, 10, 5),
        kind="training",
        minutes=420,
        note="SST",
        next_step="recyclage",
        next_on=date(2026, 11, 1),
    )
    other = support.add_note(ctx, zoe, day=date(2026, 11, 2), kind="interview")
    with office.store.read() as connection:
        assert [(row.day, row.kind, row.minutes) for row in skill_rows.notes(connection, zoe)] == [
            (date(2026, 11, 2), "interview", 0),
            (date(2026, 10, 5), "training", 420),
        ]
        assert skill_rows.next_steps(connection, date(2026, 10, 31)) == []
        assert skill_rows.next_steps(connection, TODAY) == [(note, zoe, date(2026, 11, 1), "recyclage")]
    support.change_note(ctx, note, {"done": True})
    assert last(office) == "changed a support note of F0001"
    with office.store.read() as connection:
        assert skill_rows.next_steps(connection, TODAY) == []
    support.change_note(ctx, other, {"next_on": None, "day": date(2026, 11, 3)})
    for values, code in (
        ({"kind": "chat"}, "bad_value"),
        ({"minutes": -1}, "bad_value"),
        ({"day": date(1800, 1, 1)}, "bad_value"),
    ):
        assert refused(lambda values=values: support.change_note(ctx, note, values)) == code  # type: ignore[misc]
    with pytest.raises(TypeError):
        support.change_note(ctx, note, {"mood": 3})
    support.remove_note(ctx, other)
    with office.store.read() as connection:
        assert len(skill_rows.notes(connection, zoe)) == 1
        assert skill_rows.note_owner(connection, other) == ""


def test_a_person_goes_with_her_skills_and_notes(office: Office, zoe: bytes, sewing: bytes) -> None:
    ctx = office.ctx
    skills.set_wish(ctx, zoe, sewing, skills.WISH)
    skills.set_limits(ctx, zoe, {"lifting"})
    support.add_note(ctx, zoe, day=TODAY, kind="project", note="permis")
    before = content(office)
    people.delete_person(ctx, zoe)
    assert content(office)["support_note"] == []
    office.store.undo()
    assert content(office) == before


# ---- who fits


S1, S2, WORK = b"1" * 16, b"2" * 16, b"w" * 16


def profile(**more: Any) -> Profile:
    given: dict[str, Any] = {
        "skills": {}, "learns": frozenset(), "wishes": frozenset(), "refusals": frozenset(), "limits": frozenset(), "minutes": {},
    }  # fmt: skip
    return Profile(b"p" * 16, **{**given, **more})


@pytest.mark.parametrize(
    ("person", "fit", "codes"),
    [
        (profile(), Fit.LEARNS, ["lacks"]),
        (profile(skills={S1: 2}), Fit.READY, ["skill"]),
        (profile(skills={S1: 1}, learns=frozenset({S1})), Fit.LEARNS, ["learns"]),
        (profile(wishes=frozenset({WORK})), Fit.WISHED, ["wish", "lacks"]),
        (profile(skills={S1: 3}, refusals=frozenset({WORK})), Fit.REFUSED, ["refusal", "skill"]),
        (profile(limits=frozenset({"driving", "lifting"}), wishes=frozenset({WORK})), Fit.LIMITED, ["limit", "wish", "lacks"]),
        (profile(limits=frozenset({"driving"}), skills={S1: 2}, minutes={WORK: 60}), Fit.READY, ["skill", "worked"]),
    ],
)  # fmt: skip
def test_how_somebody_fits(person: Profile, fit: Fit, codes: list[str]) -> None:
    found = candidate(Work(WORK, {S1: 2}, frozenset({"lifting"})), person)
    assert (found.fit, [reason.code for reason in found.reasons]) == (fit, codes)


def test_a_limit_names_what_it_is() -> None:
    found = candidate(Work(WORK, {}, frozenset(LIMITS)), profile(limits=frozenset({"heights"})))
    assert found.reasons == (Reason("limit", limit="heights"),)


people_of = st.builds(
    profile,
    skills=st.dictionaries(st.sampled_from([S1, S2]), st.integers(0, 3)),
    wishes=st.sampled_from([frozenset(), frozenset({WORK})]),
    refusals=st.sampled_from([frozenset(), frozenset({WORK})]),
    limits=st.frozensets(st.sampled_from(LIMITS)),
    minutes=st.dictionaries(st.just(WORK), st.integers(1, 90_000)),
)


@given(st.lists(people_of, max_size=8), st.dictionaries(st.sampled_from([S1, S2]), st.integers(1, 3)))
def test_nobody_is_left_out_and_refusals_come_last(group: list[Profile], asked: dict[bytes, int]) -> None:
    work = Work(WORK, asked, frozenset({"lifting"}))
    found = candidates(work, group)
    assert len(found) == len(group)
    last_ones = [each.fit in {Fit.REFUSED, Fit.LIMITED} for each in found]
    assert last_ones == sorted(last_ones)
    for person in group:
        out = candidate(work, person).fit in {Fit.REFUSED, Fit.LIMITED}
        assert out == (WORK in person.refusals or "lifting" in person.limits)  # never for want of a skill


def test_the_board_knows_everybody_employed(office: Office, zoe: bytes, sewing: bytes) -> None:
    ctx = office.ctx
    people.add_person(ctx, staff_number="F0002", name="Sans", first_names="Contrat")
    skill = skills.add_skill(ctx, "Fer")
    skills.set_activity_skill(ctx, sewing, skill, 2)
    skills.set_person_skill(ctx, zoe, skill, 1, wants_to_learn=True)
    skills.set_limits(ctx, zoe, {"standing"})
    skills.set_wish(ctx, zoe, sewing, skills.WISH)
    with office.store.write("test") as tx:
        tx.insert(t.attendance, {"person_id": zoe, "day": date(2026, 10, 5), "activity_id": sewing, "minutes": 420})
    with office.store.read() as connection:
        found = rows.board(connection, TODAY)
    [member] = found.members
    assert (member.list_name, found.skills[skill]) == ("PETIT Zoé", "Fer")
    assert member.profile.minutes == {sewing: 420}
    assert candidate(found.works[sewing], member.profile).fit is Fit.LIMITED
