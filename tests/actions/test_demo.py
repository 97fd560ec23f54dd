"""The demo: a fictional job factory whose own files come in, are claimed and go out like anybody's."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pikepdf
import pytest
from stdnum.fr import nir, siret

from ltu_desktop.actions import attachments, claims
from ltu_desktop.actions.claim_checks import unexplained
from ltu_desktop.actions.context import Context
from ltu_desktop.actions.demo.bank import statement
from ltu_desktop.actions.demo.build import Demo, build, latest_month
from ltu_desktop.actions.demo.cast import FULL_TIME, Cast, draw
from ltu_desktop.actions.demo.files import Declaration, staff_list
from ltu_desktop.actions.demo.months import FULL_MONTH, Payroll
from ltu_desktop.actions.verify import Finding, verify
from ltu_desktop.intake.bank import read_bank
from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.identity import nir_key
from ltu_desktop.intake.staff import read_staff
from ltu_desktop.intake.tables import read_table
from ltu_desktop.queries import home
from ltu_desktop.queries.payments import open_claims, payments
from ltu_desktop.queries.people import people
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store
from ltu_desktop.words import LANGUAGES, Words
from tests.claim_world import OCTOBER, FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.store.journal import Entry

MONTHS = tuple(OCTOBER.plus(-number) for number in range(5, -1, -1))


@pytest.fixture(scope="module")
def cast() -> Cast:
    return draw(Random("cast"), MONTHS, 120)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return build(tmp_path_factory.mktemp("demo") / "d", period=OCTOBER, words=Words("fr"), people=24, months=3)


@pytest.fixture
def opened(demo: Demo) -> Iterator[Context]:
    clock = FixedClock(datetime(2026, 12, 1, tzinfo=UTC))
    with Store.open(demo.store, clock=clock, operator="x", read_only=True) as store:
        yield Context(store, Words("fr"), clock)


def test_the_people_are_as_many_as_asked_and_half_of_them_part_time(cast: Cast) -> None:
    here = [worker for worker in cast.workers if worker.end is None]
    assert len(here) == 120
    others = [worker for worker in cast.workers if worker.status == "other"]
    assert len(others) == 8
    part_time = [worker for worker in cast.workers if worker.weekly_on(OCTOBER.last) != FULL_TIME]
    assert 0.4 <= len(part_time) / len(cast.workers) <= 0.55
    assert {worker.activity for worker in cast.workers} == {activity["name"] for activity in cast.house["activity"]}
    assert {worker.site for worker in cast.workers} == {"Le Moulin", "La Halle"}


def test_people_are_nobody_s_with_numbers_that_check(cast: Cast) -> None:
    numbers = [worker.nir for worker in cast.workers]
    assert len(set(numbers)) == len(numbers)
    for worker in cast.workers:
        assert nir.is_valid(worker.nir + nir_key(worker.nir))
        assert int(worker.nir[7:10]) >= 900  # no commune has such a number
        assert worker.nir[0] == worker.sex
    assert any("2A" in number or "2B" in number for number in numbers)
    assert siret.is_valid(cast.house["employer"]["siren"] + cast.house["employer"]["nic"])
    assert sum(1 for worker in cast.workers if not worker.first) == 1
    assert any(not worker.family.isascii() for worker in cast.workers)


def test_contracts_hold_together(cast: Cast) -> None:
    for worker in cast.workers:
        assert worker.start.weekday() < 5
        assert worker.end is None or worker.end > worker.start
        assert bool(worker.end) == bool(worker.end_reason)
        assert [terms.start for terms in worker.terms] == sorted(terms.start for terms in worker.terms)
        assert worker.recognised_on is None or worker.recognised_on < worker.start
    last = [worker for worker in cast.workers if worker.end and Month.of(worker.end) == OCTOBER]
    new = [worker for worker in cast.workers if Month.of(worker.start) == OCTOBER]
    changed = [worker for worker in cast.workers if Month.of(worker.terms[-1].start) == OCTOBER and worker not in new]
    assert last
    assert new
    assert len(changed) >= 2


def test_declarations_are_read_back_to_the_hour(cast: Cast) -> None:
    payroll = Payroll(Random("pay"), cast, load("fr-tzcld"))
    back = beyond = unpaid = Decimal(0)
    for month in MONTHS:
        slips = payroll.slips(month)
        data = Declaration(cast, month).bytes(slips)
        lines = data.decode("iso-8859-1").split("\r\n")
        assert lines[-1] == ""
        assert lines[-3] == f"S90.G00.90.001,'{len(lines) - 1}'"
        file = read_dsn(data, "demo.dsn")
        hours = sum((pay.paid for slip in slips for pay in slip.pays), Decimal(0))
        assert file.paid_hours == file.hours_read == hours
        assert file.norm == "P26V01"
        assert [each.code for each in file.problems] == []
        assert file.persons == len(slips)
        back += sum((pay.paid for slip in slips for pay in slip.pays[1:]), Decimal(0))
        beyond += sum((slip.pays[0].beyond for slip in slips), Decimal(0))
        unpaid += sum((slip.pays[0].unpaid for slip in slips), Decimal(0))
        assert all(0 <= slip.pays[0].paid <= FULL_MONTH + Decimal("6.50") for slip in slips)
    assert back
    assert beyond
    assert unpaid


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_staff_list_is_understood_in_each_language(cast: Cast, language: str) -> None:
    found = read_staff(read_table(staff_list(cast, Words(language)), "staff.xlsx"))
    assert found.problems == ()
    assert found.unknown_columns == ()
    assert {row.staff_number: (row.name, row.first_names, row.nir, row.status) for row in found.rows} == {
        worker.number: (worker.family, worker.first, worker.nir, worker.status) for worker in cast.workers
    }


def test_the_last_claim_has_no_blocker_and_some_warnings(demo: Demo) -> None:
    problems = demo.claim.dossier.answer.problems
    assert claims.blockers(demo.claim.dossier) == ()
    assert {each.code for each in problems if each.severity is Severity.WARNING} >= {"provisional", "not_open_ended"}
    assert unexplained(demo.claim.dossier.bridge) == 0
    assert {step.code for step in demo.claim.dossier.bridge} == {"payroll", "back_pay", "cap", "claim"}
    assert {change.kind for change in demo.claim.dossier.changes} == {"entry", "exit", "hours"}
    assert demo.claim.row.total == demo.claim.dossier.answer.totals.total + sum(
        sum(each.parts_after.values()) - sum(each.parts_before.values()) for each in demo.claim.dossier.corrections
    )
    assert demo.claim.dossier.head.author_quality == "responsable administrative"


def test_every_month_is_claimed_sent_and_paid_but_the_last(opened: Context) -> None:
    states = [(str(row.month), row.number, row.state) for row in claims.listing(opened)]
    assert states == [("2026-10", 1, "sealed"), ("2026-09", 1, "sent"), ("2026-08", 1, "paid")]
    assert opened.store.check() == []
    replaced = [entry for entry in opened.store.entries() if entry.action == "imports.dsn"]
    assert len(replaced) == 4  # one month came twice: the second file cancels and replaces


def test_the_files_are_there_and_verify(demo: Demo, opened: Context) -> None:
    names = [path.relative_to(demo.folder).as_posix() for path in demo.files]
    assert names == [
        "personnel.xlsx",
        "paie/dsn-2026-08.dsn",
        "paie/dsn-2026-09.dsn",
        "paie/dsn-2026-09-2.dsn",
        "paie/dsn-2026-10.dsn",
        "releve-bancaire.xml",
        "demande-cde-2026-10-v1.pdf",
        "demande-cde-2026-10-v1.xlsx",
        "demande-cde-2026-10-v1.csv",
        "demande-cde-2026-10-v1.json",
        "dossier-cde-2026-10-v1.zip",
    ]
    for path in demo.files[6:10]:
        assert verify(opened, path.read_bytes(), path.name).finding is Finding.INTACT
    answer = json.loads(demo.files[9].read_bytes())
    assert answer["claim"]["sha256"] == demo.claim.sha256
    assert answer["totals"]["total"] == str(demo.claim.dossier.answer.totals.total)


@pytest.mark.untraced
def test_the_same_arguments_make_the_same_files_beside(demo: Demo, tmp_path: Path) -> None:
    again = build(tmp_path / "d", period=OCTOBER, words=Words("fr"), people=24, months=3)
    third = build(tmp_path / "d", period=OCTOBER, words=Words("fr"), people=24, months=3, seed=2)
    prints = [[hashlib.sha256(path.read_bytes()).hexdigest() for path in made.files] for made in (demo, again, third)]
    assert prints[0] == prints[1]
    assert again.claim.sha256 == demo.claim.sha256
    assert third.folder.name == "d-2"
    assert prints[2] != prints[0]
    assert {entry.operator for entry in _entries(again)} == {"Nadia Roussel"}
    assert [entry.at for entry in _entries(again)] == [entry.at for entry in _entries(demo)]


def _entries(made: Demo) -> list[Entry]:
    with Store.open(made.store, clock=FixedClock(), operator="x", read_only=True) as store:
        return store.entries()


def test_the_bank_pays_alone_together_and_in_parts(cast: Cast) -> None:
    parts = [{"department": Decimal(f"{index}50.07"), "state": Decimal(f"{index}000.01")} for index in range(1, 7)]
    paid = list(zip(MONTHS, parts, strict=True))
    file = read_bank(statement(cast, paid), "releve.xml")
    assert file.problems == ()
    assert file.account == cast.house["employer"]["iban"]
    fund = [(line.label, line.amount) for line in file.lines if line.payer == "FONDS ETCLD"]
    assert fund == [
        ("CDE MAI 2026", Decimal("1150.08")),
        ("CDE JUIN 2026", Decimal("2250.08")),
        ("CDE JUILLET 2026 ET AOÛT 2026", Decimal("7800.16")),
        ("CDE SEPTEMBRE 2026", Decimal("5550.08")),
        ("CDE OCTOBRE 2026 PART ETAT", Decimal("6000.01")),
        ("CDE OCTOBRE 2026 PART DEPARTEMENT", Decimal("650.07")),
    ]
    assert all(
        line.received_on is not None and line.received_on.weekday() < 5
        for line in file.lines
        if line.label[:3] == "CDE"
    )
    short = read_bank(statement(cast, paid[:3]), "releve.xml")
    assert ("CDE JUILLET 2026", Decimal("3350.08")) in [(line.label, line.amount) for line in short.lines]


def test_the_statement_is_taken_in_and_matched(opened: Context) -> None:
    with opened.store.read() as connection:
        rows = payments(connection)
        waiting = open_claims(connection, date(2026, 12, 1))
    assert [(row.payer, [str(each.month) for each in row.matches]) for row in rows] == [
        ("FONDS ETCLD", ["2026-08"]),
        ("VILLE DE RIVES-LA-DEULE", []),
    ]
    assert [(str(each.month), each.days) for each in waiting] == [("2026-09", 50), ("2026-10", None)]


@pytest.mark.parametrize(("people", "months"), [(1, 1), (2, 2), (9, 1)])
def test_small_factories_work_too(tmp_path: Path, people: int, months: int) -> None:
    told: list[tuple[int, int]] = []
    made = build(
        tmp_path / "d",
        period=Month(2024, 1),
        words=Words("en"),
        people=people,
        months=months,
        progress=lambda done, total: told.append((done, total)),
    )
    assert made.claim.row.total > 0
    assert told[-1] == (months + 4, months + 4)


def test_what_cannot_be_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="people"):
        build(tmp_path / "d", period=OCTOBER, words=Words("fr"), people=0)
    with pytest.raises(UserError, match="people"):
        build(tmp_path / "d", period=OCTOBER, words=Words("fr"), months=0)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="nothing can be written"):
        build(tmp_path / "file" / "d", period=OCTOBER, words=Words("fr"), people=1, months=1)


def test_an_empty_folder_is_used_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    first = build(Path(), period=OCTOBER, words=Words("fr"), people=1, months=1)
    second = build(Path(), period=OCTOBER, words=Words("fr"), people=1, months=1)
    assert (first.folder, second.folder) == (tmp_path / "here", tmp_path / "here-2")


def test_the_latest_month_has_all_its_legal_values() -> None:
    assert latest_month(OCTOBER) == OCTOBER
    assert latest_month(Month(2030, 5)) == Month(2026, 12)
    assert latest_month(Month(2021, 3)) == Month(2020, 12)


def test_the_office_knows_who_is_eligible_and_what_falls_due(demo: Demo, opened: Context, tmp_path: Path) -> None:
    with opened.store.read() as connection:
        states = Counter(row.file_state for row in people(connection, OCTOBER))
        [employer] = connection.execute(tables.employer.select())
        papers = connection.execute(tables.attachment.select()).all()
        deadlines = home.deadlines(connection, demo.claim.row.sealed_at.date(), "administrator", claims.HOME_SCHEME)
    assert states["to_check"] == 2
    assert states["missing"] == 0
    assert states["complete"] > states["to_check"]
    assert {"decision", "proof", "vigilance", "amendment"} <= {row.kind for row in papers}
    assert "vigilance" in {each.kind for each in demo.claim.dossier.attachments}
    assert {each.kind for each in deadlines} >= {"contract_end", "medical_check", "disability", "certificate"}
    assert [each.code for each in demo.claim.dossier.answer.problems if each.target and "eligib" in each.code] == [
        "eligibility_doubtful"
    ]
    [certificate] = [row for row in papers if row.subject_id == employer.id]
    path = attachments.copy_to(opened, certificate.id, tmp_path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.check_pdf_syntax() == []
