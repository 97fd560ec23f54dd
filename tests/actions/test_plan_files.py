"""Plans as files: a list goes out and comes in again without a change; calendars for people and sites."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import calendars, plan_files
from ltu_desktop.actions.closing import close_month
from ltu_desktop.documents.ical import Event, ical
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, ground, october
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.actions.plan_files import PlanImport


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    moulin = made.rows(t.site)[0]["id"]
    made.update(t.site, moulin, address="3 rue du Moulin", postcode="59120", town="Loos")
    made.insert(t.site, code="VI", name="Site vide")
    field, shop = made.activity("MAR", "Maraîchage"), made.activity("EPI", "Épicerie")
    made.update(t.activity, field, site_id=moulin)
    made.shift("F0001", october(5), field, 510, 990, 60)
    made.shift("F0001", october(6), shop, 1320, 1560)
    key = made.shift("F0002", october(6), shop, 540, 780)
    made.update(t.shift, key, site_id=moulin)
    yield made
    made.close()


def planned(world: Ground, *rows: str) -> PlanImport:
    head = "Matricule;Date;Début;Fin;Pause;Activité;Site"
    return plan_files.plan_file(world.ctx, "\n".join([head, *rows]).encode(), "plan.csv")


def why(plan: PlanImport) -> list[tuple[int, str]]:
    return [(each.row, each.problem.code) for each in plan.refused]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_list_that_went_out_changes_nothing_when_it_comes_in(
    world: Ground, tmp_path: Path, kind: str, language: str
) -> None:
    made = plan_files.build(world.ctx, october(5), october(11), language=language)
    path = plan_files.export(world.ctx, made, kind, tmp_path)
    assert path.name == f"planning-2026-10-05.{kind}"
    data = path.read_bytes()
    plan = plan_files.plan_file(world.ctx, data, path.name)
    assert (plan.shifts, plan.unchanged, plan.refused) == ((), 3, ())
    before = [{**row, "id": 0} for row in world.rows(t.shift)]
    for row in world.rows(t.shift):
        world.delete(t.shift, row["id"])
    plan = plan_files.plan_file(world.ctx, data, path.name)
    plan_files.take_in(world.ctx, plan)
    after = [{**row, "id": 0} for row in world.rows(t.shift)]
    assert sorted(map(repr, after)) == sorted(repr({**row, "version": 1}) for row in before)
    entry = world.store.entries(1)[0]
    assert (entry.action, entry.params) == ("planning.import", {"file": path.name, "count": 3})
    world.store.undo()
    assert world.rows(t.shift) == []


def test_sums_and_a_site_alone(world: Ground, tmp_path: Path) -> None:
    made = plan_files.build(world.ctx, october(5), october(11))
    table = made.table("plan")
    assert str(table.totals[0].cells[table.index("hours")]) == "15.00"
    moulin = next(row["id"] for row in world.rows(t.site) if row["code"] == "MO")
    assert len(plan_files.build(world.ctx, october(5), october(11), site_id=moulin).table("plan").rows) == 2
    assert plan_files.build(world.ctx, october(1), october(2)).table("plan").totals == ()
    text = Paper(plan_files.export(world.ctx, made, "pdf", tmp_path / "p.pdf").read_bytes()).text()
    assert "DELANNOY Zoé" in text


def test_rows_that_cannot_be_taken_are_named(world: Ground) -> None:
    plan = planned(
        world,
        "F0003;07/10/2026;8:30;12:00;;MAR;",
        "Dupont;07/10/2026;8:30;12:00;;MAR;",
        "F0003;demain;8:30;12:00;;MAR;",
        "F0003;07/10/2026;huit;12:00;;MAR;",
        "F0003;07/10/2026;8:30;;;MAR;",
        "F0003;07/10/2026;24:00;25:00;;MAR;",
        "F0003;08/10/2026;8:30;12:00;oui;MAR;",
        "F0003;08/10/2026;8:30;12:00;240;MAR;",
        "F0003;08/10/2026;8:30;12:00;;XXX;",
        "F0003;08/10/2026;8:30;12:00;;MAR;Nulle part",
        "F0003;07/10/2026;11:00;13:00;;EPI;",
        "F0001;05/10/2026;16:00;18:00;;EPI;",
        "F0003;07/10/2026;12:00;13:00;;épicerie;le moulin",
        "Total;;;;;;",
    )
    assert why(plan) == [
        (3, "paste_unknown"),
        (4, "plan_day"),
        (5, "plan_times"),
        (6, "plan_times"),
        (7, "plan_times"),
        (8, "plan_pause"),
        (9, "plan_pause"),
        (10, "paste_activity"),
        (11, "plan_site"),
        (12, "plan_overlap"),
        (13, "plan_overlap"),
    ]
    assert [(each.start, each.end) for each in plan.shifts] == [(510, 720), (720, 780)]
    said = {each.problem.code: " ".join(world.ctx.words.problem(each.problem)) for each in plan.refused}
    assert said["plan_site"].startswith("Il n’y a pas de site «\u00a0Nulle part\u00a0».")
    assert not any("{" in text for text in said.values())


def test_a_list_that_was_edited_changes_the_shifts(world: Ground) -> None:
    keys = {(row["day"].day, row["start_minute"]): row["id"] for row in world.rows(t.shift)}
    plan = planned(
        world,
        "F0001;05/10/2026;9:00;17:00;60;MAR;",  # half an hour later
        "F0001;06/10/2026;22:00;2:00;;EPI;",  # as it is, until two at night
        "F0001;06/10/2026;21:00;23:00;;EPI;",  # overlaps one that the list says stays
        "F0002;06/10/2026;9:00;13:00;;MAR;",  # another activity
        "F0003;06/10/2026;9:00;13:00;;MAR;",
        "F0003;06/10/2026;9:00;13:00;;MAR;",  # twice in the list
        "F0003;06/10/2026;9:30;13:00;;MAR;",  # against a row of the list
    )
    assert [(each.id, each.version, each.shift.start, each.shift.end) for each in plan.changes] == [
        (keys[5, 510], 1, 540, 1020)
    ]
    assert (len(plan.shifts), plan.unchanged) == (1, 2)
    assert why(plan) == [(4, "plan_overlap"), (5, "plan_overlap"), (8, "plan_overlap")]
    before = world.rows(t.shift)
    plan_files.take_in(world.ctx, plan)
    row = next(each for each in world.rows(t.shift) if each["id"] == keys[5, 510])
    assert (row["start_minute"], row["end_minute"], row["version"]) == (540, 1020, 2)
    assert world.store.entries(1)[0].params["count"] == 2
    assert planned(world, "F0001;05/10/2026;9:00;17:00;60;MAR;").unchanged == 1
    with pytest.raises(UserError) as refused:  # it was looked at before the change
        plan_files.take_in(world.ctx, plan)
    assert refused.value.code == "changed_meanwhile"
    world.store.undo()
    assert world.rows(t.shift) == before


def test_one_row_over_two_shifts_changes_neither(world: Ground) -> None:
    [field] = [row["id"] for row in world.rows(t.activity) if row["code"] == "MAR"]
    for start in (480, 780):
        world.shift("F0003", october(8), field, start, start + 180)
    plan = planned(world, "F0003;08/10/2026;8:00;16:00;;MAR;")
    assert (plan.changes, why(plan)) == ((), [(2, "plan_overlap")])


def test_closed_months_and_other_files(world: Ground) -> None:
    plan = planned(world, "F0003;07/10/2026;8:30;12:00;;MAR;")
    close_month(world.ctx, OCTOBER, note="essai")
    assert why(planned(world, "F0003;07/10/2026;8:30;12:00;;MAR;")) == [(2, "paste_closed")]
    with pytest.raises(UserError) as refused:
        plan_files.take_in(world.ctx, plan)
    assert refused.value.code == "month_closed"
    with pytest.raises(UserError) as refused:
        plan_files.plan_file(world.ctx, b"Nom;Prix\nPain;2\n", "prix.csv")
    assert refused.value.code == "no_plan"
    assert planned(world).shifts == ()


# ---- calendars ----


def unfolded(data: bytes) -> list[str]:
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_persons_calendar_says_when_what_and_where(world: Ground) -> None:
    lines = unfolded(calendars.person_calendar(world.ctx, world.people["F0001"], october(1), october(31)))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "X-WR-CALNAME:Planning de BENALI Zoé" in lines
    start = lines.index("BEGIN:VEVENT")
    event = lines[start : lines.index("END:VEVENT") + 1]
    assert event[1].endswith("@ltu-desktop")
    assert event[2:] == [
        "DTSTAMP:20261112T104200Z",
        "SEQUENCE:0",
        "DTSTART:20261005T083000",
        "DTEND:20261005T163000",
        "SUMMARY:Maraîchage",
        "LOCATION:Le Moulin\\, 3 rue du Moulin\\, 59120 Loos",
        "DESCRIPTION:Pause de 1\u00a0h\u00a000",
        "END:VEVENT",
    ]
    assert "DTEND:20261007T020000" in lines  # past midnight
    assert lines.count("BEGIN:VEVENT") == 2


def test_a_sites_calendar_names_its_people(world: Ground) -> None:
    moulin = next(row["id"] for row in world.rows(t.site) if row["code"] == "MO")
    lines = unfolded(calendars.site_calendar(world.ctx, moulin, october(1), october(31)))
    assert [line for line in lines if line.startswith("SUMMARY")] == [
        "SUMMARY:Maraîchage – BENALI Zoé",
        "SUMMARY:Épicerie – DELANNOY Zoé",
    ]
    assert [line for line in lines if line.startswith("SEQUENCE")] == ["SEQUENCE:0", "SEQUENCE:1"]


def test_no_reason_of_absence_leaves_the_house(world: Ground) -> None:
    world.type("F0001", october(5), "MAL")
    data = calendars.person_calendar(world.ctx, world.people["F0001"], october(1), october(31))
    assert b"MAL" not in data
    assert b"Maladie" not in data


def test_all_calendars_go_into_a_folder_without_names(world: Ground, tmp_path: Path) -> None:
    paths = calendars.export_all(world.ctx, october(1), october(31), tmp_path)
    assert [path.name for path in paths] == ["planning-f0001.ics", "planning-f0002.ics", "planning-site-mo.ics"]
    with pytest.raises(UserError) as refused:
        calendars.export_all(world.ctx, date(2027, 1, 1), date(2027, 1, 2), tmp_path)
    assert refused.value.code == "nothing_planned"
    for job in (calendars.person_calendar, calendars.site_calendar):
        with pytest.raises(UserError) as refused:
            job(world.ctx, b"?" * 16, october(1), october(2))
        assert refused.value.code == "gone"


def test_texts_are_escaped_and_long_lines_folded_between_letters() -> None:
    event = Event("1@x", 3, october(5), 0, 60, "é" * 60, text="a;b,c\\d\r\ne\rf")
    data = ical("Été", [event], program="LTU", made=datetime(2026, 11, 12, 10, 42, tzinfo=UTC))
    lines = unfolded(data)
    assert "SUMMARY:" + "é" * 60 in lines
    assert "DESCRIPTION:a\\;b\\,c\\\\d\\ne\\nf" in lines
    assert not any(line.startswith("LOCATION") for line in lines)
    assert "SEQUENCE:2" in lines
