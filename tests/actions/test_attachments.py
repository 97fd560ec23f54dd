"""Papers: attached once, opened by a copy, never a program, never too large; undo brings them back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import agreements, attachments, eligibility, people
from ltu_desktop.actions.eligibility import Point
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.documents.claim_front import attachment_name
from ltu_desktop.queries import attachments as queries
from ltu_desktop.queries.claim_cards import attachments as cards
from ltu_desktop.queries.eligibility import checklist
from ltu_desktop.rules.dossier import FileCard
from ltu_desktop.rules.eligibility import State
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.office import NOW, Office
from tests.claim_world import OCTOBER, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.fixture
def zoe(office: Office) -> bytes:
    return people.add_person(office.ctx, staff_number="F0001", name="Petit", first_names="Zoé", status="ppde")


def refused(call: Callable[[], Any]) -> UserError:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value


def listed(office: Office, subject: str, key: bytes) -> list[queries.AttachmentRow]:
    with office.store.read() as connection:
        return queries.attachments(connection, subject, key, "administrator")


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def test_a_paper_is_kept_and_opened_by_a_copy(office: Office, zoe: bytes, tmp_path: Path) -> None:
    day = date(2026, 10, 1)
    key = attachments.attach(office.ctx, "person", zoe, r"C:\Scans\contrat.PDF", b"%PDF-1.7", kind="contract", day=day)
    [row] = listed(office, "person", zoe)
    assert (row.id, row.name, row.media_type, row.kind, row.day, row.size) == (
        key,
        "contrat.pdf",
        "application/pdf",
        "contract",
        day,
        8,
    )
    assert last(office) == "attached “contrat.pdf” (F0001)"
    first = attachments.copy_to(office.ctx, key, tmp_path)
    first.write_bytes(b"scribbled upon")
    second = attachments.copy_to(office.ctx, key, tmp_path)
    assert (first.name, second.name) == ("contrat.pdf", "contrat-2.pdf")
    assert second.read_bytes() == b"%PDF-1.7"
    assert refused(lambda: attachments.copy_to(office.ctx, key, tmp_path / "nowhere")).code == "cannot_write"


def test_taking_off_is_undone(office: Office, zoe: bytes, tmp_path: Path) -> None:
    key = attachments.attach(office.ctx, "person", zoe, "a.txt", b"a")
    attachments.remove(office.ctx, key)
    assert last(office) == "took off the attached document “a.txt” (F0001)"
    assert listed(office, "person", zoe) == []
    assert refused(lambda: attachments.remove(office.ctx, key)).code == "gone"
    office.store.undo()
    assert attachments.copy_to(office.ctx, key, tmp_path).read_bytes() == b"a"
    office.store.undo()
    assert listed(office, "person", zoe) == []


def test_name_kind_and_day_are_corrected(office: Office, zoe: bytes) -> None:
    key = attachments.attach(office.ctx, "person", zoe, "scan0001.pdf", b"a")
    attachments.change(office.ctx, key, name="Décision du CLE", kind="decision", day=date(2026, 2, 3))
    assert last(office) == "changed the attached document “Décision du CLE.pdf” (F0001)"
    attachments.change(office.ctx, key, name="décision.PDF")
    [row] = listed(office, "person", zoe)
    assert (row.name, row.kind, row.day) == ("décision.pdf", "decision", date(2026, 2, 3))
    attachments.change(office.ctx, key, kind="health")
    assert last(office) == "changed the attached document “…” (F0001)"
    with pytest.raises(TypeError):
        attachments.change(office.ctx, key, kind="song")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("/srv/x/Reçu n° 3.JPEG", "Reçu n° 3.jpeg"),
        ("..\\..\\evil.txt", "evil.txt"),
        ('a<b>:c"|d?.png', "a b c d.png"),
        ("CON.pdf", "_CON.pdf"),
        ("com1.lettre.pdf", "_com1.lettre.pdf"),
        (".pdf", "document.pdf"),
        ("???.pdf", "document.pdf"),
        ("a. pdf", "a.pdf"),
        ("a.pdf .", "a.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_are_such_that_any_system_can_write_them(office: Office, zoe: bytes, given: str, kept: str) -> None:
    attachments.attach(office.ctx, "person", zoe, given, b"a")
    assert [row.name for row in listed(office, "person", zoe)] == [kept]


@pytest.mark.parametrize("name", ["virus.exe", "facture.pdf.js", "macro.docm", "sans", "a.", "", "page.html", "a.lnk"])
def test_programs_and_nameless_files_are_not_taken(office: Office, zoe: bytes, name: str) -> None:
    error = refused(lambda: attachments.attach(office.ctx, "person", zoe, name, b"a"))
    assert error.code == "attachment_kind"


def test_empty_large_and_double_papers_are_refused(office: Office, zoe: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    attachments.attach(office.ctx, "person", zoe, "a.pdf", b"abc")
    error = refused(lambda: attachments.attach(office.ctx, "person", zoe, "b.pdf", b"abc"))
    assert (error.code, error.params["name"]) == ("already_attached", "a.pdf")
    assert refused(lambda: attachments.attach(office.ctx, "person", zoe, "b.pdf", b"")).code == "attachment_empty"
    early = date(1800, 1, 1)
    assert refused(lambda: attachments.attach(office.ctx, "person", zoe, "b.pdf", b"b", day=early)).code == "bad_value"
    monkeypatch.setattr(attachments, "LIMIT", 2)
    error = refused(lambda: attachments.attach(office.ctx, "person", zoe, "b.pdf", b"abcd"))
    assert error.code == "attachment_too_large"
    assert refused(lambda: attachments.attach(office.ctx, "person", b"nobody", "b.pdf", b"a")).code == "gone"
    with pytest.raises(TypeError):
        attachments.attach(office.ctx, "site", zoe, "b.pdf", b"a")
    with pytest.raises(TypeError):
        attachments.attach(office.ctx, "person", zoe, "b.pdf", b"a", kind="song")


def test_each_place_has_its_name_in_the_history(tmp_path: Path) -> None:
    from ltu_desktop.actions import claims

    world = ready(tmp_path / "w.ltu")
    world.absence("F0001", OCTOBER, "sick_unpaid", "7.00")
    sealed = claims.seal(world.ctx, OCTOBER)
    with world.store.read() as connection:
        keys = {
            table.name: connection.execute(table.select()).first()[0]  # type: ignore[index]
            for table in (t.employer, t.agreement, t.absence)
        }
    attachments.attach(world.ctx, "claim", sealed.row.id, "accusé.pdf", b"1", kind="receipt")
    attachments.attach(world.ctx, "agreement", keys["agreement"], "convention.pdf", b"2", kind="agreement")
    attachments.attach(world.ctx, "employer", keys["employer"], "attestation.pdf", b"3", kind="vigilance")
    attachments.attach(world.ctx, "absence", keys["absence"], "arrêt.pdf", b"4", kind="sick_note")
    said = [phrase(Words("fr"), each) for each in world.store.entries(limit=4)]
    assert said == [
        "a joint «\u00a0…\u00a0» (F0001)",
        "a joint «\u00a0attestation.pdf\u00a0» (La Fabrique du Canal)",
        "a joint «\u00a0convention.pdf\u00a0» (2021-059-14)",
        "a joint «\u00a0accusé.pdf\u00a0» (octobre 2026)",
    ]
    with world.store.read() as connection:
        assert [row.name for row in queries.of_person(connection, world.people["F0001"], "administrator")] == [
            "arrêt.pdf"
        ]
    world.close()


def test_the_claim_lists_the_latest_certificate_and_the_agreements_papers(office: Office, zoe: bytes) -> None:
    agreements.set_employer(office.ctx, {"name": "La Fabrique"})
    key = agreements.set_agreement(office.ctx, {"number": "1", "start_on": date(2024, 1, 1)})
    [employer] = office.rows(t.employer)
    for name, day in (("b.pdf", date(2026, 5, 1)), ("a.pdf", date(2026, 11, 1)), ("c.pdf", date(2025, 11, 1))):
        attachments.attach(office.ctx, "employer", employer["id"], name, name.encode(), kind="vigilance", day=day)
    attachments.attach(office.ctx, "agreement", key, "avenant.pdf", b"5", kind="amendment")
    attachments.attach(office.ctx, "person", zoe, "contrat.pdf", b"6", kind="contract")
    with office.store.read() as connection:
        found = cards(connection, key)
        assert [(each.name, each.kind) for each in found] == [("a.pdf", "vigilance"), ("avenant.pdf", "amendment")]
        assert [each.name for each in cards(connection, None)] == ["a.pdf"]
    assert all(attachment_name(each, Words(lang)) != each.name for each in found for lang in ("fr", "en"))
    assert attachment_name(FileCard("x.pdf", None, "", "agreement"), Words("fr")) == "Convention"


def test_a_proof_hangs_on_its_point(office: Office, zoe: bytes) -> None:
    people.add_contract(office.ctx, zoe, start=date(2024, 4, 8), weekly_hours=Decimal(28))
    attachments_of = eligibility.attach_proof
    attachments_of(office.ctx, zoe, "resident", "quittance.pdf", b"q", day=date(2024, 2, 14))
    attachments_of(office.ctx, zoe, "resident", "facture.pdf", b"f", day=date(2024, 3, 14))
    attachments_of(office.ctx, zoe, "recognised", "décision.pdf", b"d")
    eligibility.set_point(office.ctx, zoe, "resident", Point(since=date(2020, 1, 1), note=" rue du Canal "))
    assert last(office) == "noted the eligibility of F0001: living in the territory for 6 months"
    eligibility.set_point(office.ctx, zoe, "without_job", Point(since=date(2024, 1, 1)))
    eligibility.set_point(office.ctx, zoe, "without_job", Point(since=None))
    eligibility.set_point(office.ctx, zoe, "without_job", Point(since=date(2023, 6, 1), checked_on=date(2024, 1, 2)))
    with office.store.read() as connection:
        found = checklist(connection, zoe, TODAY, "administrator")
        assert checklist(connection, b"nobody", TODAY, "administrator") is None
    assert found is not None
    assert (found.concerned, found.hired_on, found.done) == (True, date(2024, 4, 8), 1)
    assert [(point.criterion, point.state, [paper.name for paper in point.proofs]) for point in found.points] == [
        ("volunteer", State.MISSING, []),
        ("without_job", State.DOUBTFUL, []),
        ("resident", State.OK, ["quittance.pdf", "facture.pdf"]),
        ("recognised", State.MISSING, ["décision.pdf"]),
    ]
    assert found.points[2].note == "rue du Canal"
    assert found.points[1].latest == date(2023, 4, 8)
    people.delete_person(office.ctx, zoe)
    assert office.rows(t.attachment) == office.rows(t.eligibility) == []
    office.store.undo()
    assert len(office.rows(t.attachment)) == 3


def test_what_is_no_point_is_refused(office: Office, zoe: bytes) -> None:
    late = Point(checked_on=date(2027, 1, 1))
    assert refused(lambda: eligibility.set_point(office.ctx, zoe, "volunteer", late)).code == "bad_value"
    assert refused(lambda: eligibility.set_point(office.ctx, b"nobody", "volunteer", Point())).code == "gone"
    for criterion in ("recognised", "rich"):
        with pytest.raises(TypeError):
            eligibility.set_point(office.ctx, zoe, criterion, Point())
    told: list[tuple[int, int]] = []
    ctx = type(office.ctx)(office.store, office.ctx.words, office.clock, lambda done, of: told.append((done, of)))
    eligibility.set_many(ctx, {zoe: {"volunteer": Point(checked_on=TODAY)}})
    assert told == [(1, 1)]
    assert last(office) == "noted the eligibility of 1 person"
