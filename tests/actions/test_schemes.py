"""Newer editions of a scheme: believed, taken, taken back; former claims keep their rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ltu_desktop.actions import claim_export, claims, schemes
from ltu_desktop.actions.verify import Finding, verify
from ltu_desktop.rules import cases, packs
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from tests.claim_world import OCTOBER, ready
from tests.pack_world import CODE, RATE, RATE_2027, Bench, bench

__all__ = ["bench"]

GRANT = '{ from = 2025-01-01, value = "6361.00", provisional = true, source = "montant 2024 repris : montant 2025 attendu" }'
SMIC = '  { from = 2026-06-01, value = "12.31", published = 2026-05-24, source = "arrêté du 22/05/2026" },'
PROVISIONAL = (
    '{ from = 2026-01-01, value = "0.95", provisional = true, source = "taux 2025 repris : arrêté 2026 attendu" }'
)


def rate(day: date) -> Decimal | None:
    found = packs.load(CODE).series["state_rate"].on(day)
    return found.value if found else None


def refused(path: Path) -> UserError:
    with pytest.raises(UserError) as error:
        schemes.look(path)
    assert error.value.mend
    return error.value


def test_the_edition_that_came_with_the_program_is_in_use(bench: Bench) -> None:
    used = schemes.in_use(CODE)
    assert (used.edition, used.brought) == (1, False)
    assert used.version == packs.load(CODE).version


def test_a_pack_is_looked_at_taken_and_taken_back(bench: Bench) -> None:
    offer = schemes.look(bench.file((RATE, RATE_2027)))
    assert rate(date(2027, 1, 1)) is None  # looking changes nothing
    (new,) = offer.values
    assert (new.parameter, new.value.start, new.value.value) == ("state_rate", date(2027, 1, 1), Decimal("1.00"))
    assert new.before is not None
    assert new.before.value is None
    assert offer.cases > 10
    used = schemes.add(offer)
    assert (used.edition, used.brought, used.issued) == (2, True, date(2027, 1, 20))
    assert rate(date(2027, 1, 1)) == Decimal("1.00")
    back = schemes.take_back(CODE)
    assert (back.edition, back.brought) == (1, False)
    assert rate(date(2027, 1, 1)) is None
    with pytest.raises(UserError) as nothing:
        schemes.take_back(CODE)
    assert nothing.value.code == "no_pack_installed"
    assert schemes.add(schemes.look(bench.file((RATE, RATE_2027)))).edition == 2  # it may be brought again


def test_of_several_the_newest_is_in_use_and_the_one_before_comes_back(bench: Bench) -> None:
    schemes.add(schemes.look(bench.file((RATE, RATE_2027))))
    newer = (SMIC, SMIC + '\n  { from = 2027-02-01, value = "12.50", source = "arrêté de janvier 2027" },')
    schemes.add(schemes.look(bench.file((RATE, RATE_2027), newer, edition=5)))
    assert schemes.in_use(CODE).edition == 5
    assert refused(bench.file((RATE, RATE_2027), edition=4)).code == "pack_not_newer"
    assert schemes.take_back(CODE).edition == 2
    assert rate(date(2027, 1, 1)) == Decimal("1.00")


def test_a_program_with_a_newer_edition_uses_its_own(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    schemes.add(schemes.look(bench.file((RATE, RATE_2027))))
    from ltu_desktop.rules import pack_files

    own = pack_files.Edition(3, date(2027, 3, 1))
    monkeypatch.setattr(pack_files, "shipped", lambda _code: own)
    monkeypatch.setattr(schemes, "shipped", lambda _code: own)
    packs.load.cache_clear()
    assert (schemes.in_use(CODE).edition, schemes.in_use(CODE).brought) == (3, False)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"edition": 1}, "pack_not_newer"),
        ({"edition": 10_000}, "pack_not_newer"),
        ({"code": "xx-none"}, "pack_of_unknown_scheme"),
        ({"engine": "9"}, "pack_for_other_program"),
        ({"signer": "Personne"}, "unknown_signer"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused(bench: Bench, given: dict[str, object], code: str) -> None:
    assert refused(bench.file((RATE, RATE_2027), **given)).code == code  # type: ignore[arg-type]
    assert schemes.in_use(CODE).edition == 1


def test_a_missing_file_is_refused(bench: Bench) -> None:
    assert refused(bench.folder / "none.ltupack").code == "unreadable"


def test_the_loader_names_file_and_key(bench: Bench) -> None:
    error = refused(bench.file((RATE, RATE_2027.replace("source", "sourse"))))
    assert error.code == "bad_pack"
    assert error.where.endswith("parameters.toml")
    texts = bench.texts()
    del texts["scheme.toml"]
    assert refused(bench.file(texts=texts)).where.endswith("scheme.toml")


def test_a_pack_whose_texts_are_of_another_scheme_is_refused(bench: Bench) -> None:
    texts = bench.texts(('code = "fr-tzcld"', 'code = "fr-other"'), file="scheme.toml")
    assert refused(bench.file(texts=texts)).code == "bad_pack_file"


@pytest.mark.parametrize(
    "change",
    [
        (SMIC, SMIC.replace("12.31", "12.32")),  # changed
        (SMIC, ""),  # taken out
        (SMIC, '  { from = 2026-03-01, value = "12.10", source = "?" },\n' + SMIC),  # put in between, in the past
        (SMIC, SMIC.replace('value = "12.31", ', "")),  # no longer known
    ],
)
def test_a_final_value_is_never_changed(bench: Bench, change: tuple[str, str]) -> None:
    error = refused(bench.file((RATE, RATE_2027), change))
    assert error.code == "pack_rewrites"
    assert error.params["parameter"] == "smic_hourly"


def test_a_series_is_never_taken_out(bench: Bench) -> None:
    texts = bench.texts()
    text = texts["parameters.toml"]
    texts["parameters.toml"] = text[: text.index("[start_up_unit]")]
    texts["scheme.toml"] = texts["scheme.toml"].replace('base = "start_up_unit"', 'base = "smic_hourly"')
    assert "start_up_unit" not in texts["scheme.toml"].replace("#", "")
    assert refused(bench.file(texts=texts)).code == "pack_rewrites"


def test_a_provisional_value_may_be_settled_and_a_new_series_added(bench: Bench) -> None:
    text = bench.texts((GRANT, '{ from = 2025-01-01, value = "6400.00", source = "arrêté du 10/01/2027" }'))
    text["parameters.toml"] += (
        '\n[bonus]\nunit = "EUR"\nvalues = [{ from = 2027-01-01, value = "1.00", source = "?" }]\n'
    )
    offer = schemes.look(bench.file(texts=text))
    grant, bonus = offer.values
    assert grant.before is not None
    assert (grant.parameter, grant.before.provisional, grant.value.provisional) == ("start_up_unit", True, False)
    assert (bonus.parameter, bonus.before) == ("bonus", None)
    schemes.add(offer)
    found = packs.load(CODE).series["start_up_unit"].on(date(2025, 6, 1))
    assert found is not None
    assert found.value == Decimal("6400.00")


def test_what_former_proofs_rest_on_is_settled_only_when_they_are_restated(bench: Bench) -> None:
    settled = (PROVISIONAL, '{ from = 2026-01-01, value = "0.94", source = "arrêté du 10/01/2027" }')
    error = refused(bench.file(settled))
    assert error.code == "pack_disagrees"
    texts = bench.texts(settled)
    pack = packs.load_texts(texts, bench.folder)
    wrong = {case.name for _, case in cases.cases(texts, bench.folder) if cases.check(pack, case)}
    assert len(wrong) == error.params["count"]
    for name in [name for name in texts if name.startswith("cases/")]:
        kept = [
            part for part in texts[name].split("[[case]]")[1:] if not any(f'name = "{each}"' in part for each in wrong)
        ]
        again = [f'\nname = "{each}"\nsource = "?"\nfacts = {{}}\nrefused = "period"\n' for each in wrong]
        texts[name] = "".join(f"[[case]]{part}" for part in (*kept, *again))
    assert schemes.look(bench.file(texts=texts)).cases > 10


def test_a_pack_without_proofs_is_refused(bench: Bench) -> None:
    texts = {name: text for name, text in bench.texts((RATE, RATE_2027)).items() if not name.startswith("cases/")}
    assert refused(bench.file(texts=texts)).code == "pack_disagrees"


def test_another_calculation_is_caught_by_the_proofs_of_the_edition_in_use(bench: Bench) -> None:
    texts = bench.texts(('rate = "department_share"', 'rate = "state_rate"'), file="scheme.toml")
    assert refused(bench.file(texts=texts)).code == "pack_disagrees"


def test_a_damaged_pack_is_never_passed_over_but_can_be_brought_again_or_taken_back(bench: Bench) -> None:
    path = bench.file((RATE, RATE_2027))
    schemes.add(schemes.look(path))
    kept = bench.folder / "data/schemes" / CODE / "0002.ltupack"
    good = kept.read_bytes()
    kept.write_bytes(good.replace(b"1.00", b"9.00"))
    packs.load.cache_clear()
    with pytest.raises(UserError, match="signature"):
        packs.load(CODE)
    assert schemes.add(schemes.look(path)).edition == 2
    assert kept.read_bytes() == good
    kept.write_bytes(b"")
    assert schemes.take_back(CODE).edition == 1
    assert packs.load(CODE).version == packs.load_folder(packs.shipped_folder(CODE)).version


def test_a_shelf_that_cannot_be_written_changes_nothing(bench: Bench) -> None:
    offer = schemes.look(bench.file((RATE, RATE_2027)))
    (bench.folder / "data").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError) as error:
        schemes.add(offer)
    assert error.value.code == "cannot_write"
    (bench.folder / "data").unlink()
    schemes.add(offer)
    (bench.folder / "data/schemes" / CODE / "0002.aside/x").mkdir(parents=True)
    with pytest.raises(UserError) as error:
        schemes.take_back(CODE)
    assert error.value.code == "cannot_write"
    assert schemes.in_use(CODE).edition == 2


def test_sealed_claims_stay_and_former_months_keep_their_rules(bench: Bench, tmp_path: Path) -> None:
    world = ready(tmp_path / "w.ltu")
    ctx = world.ctx
    sealed = claims.seal(ctx, OCTOBER)
    before = claim_export.export(ctx, OCTOBER, "pdf", tmp_path / "before.pdf")
    schemes.add(schemes.look(bench.file((RATE, RATE_2027))))
    after = claim_export.export(ctx, OCTOBER, "pdf", tmp_path / "after.pdf")
    assert after.sha256 == before.sha256
    assert claims.find(ctx, OCTOBER).sha256 == sealed.row.sha256
    assert verify(ctx, before.path.read_bytes(), "before.pdf").finding == Finding.INTACT
    months = Month(2026, 11), Month(2027, 1)
    for month in months:
        world.payroll(month, {"F0002": "151.67"})
    november, january = (claims.review(ctx, month).dossier for month in months)
    assert november.corrections == january.corrections == ()  # October is computed anew, and is the same
    parts = [
        next(line.parts["state"] for line in each.answer.lines if line.person == "F0002")
        for each in (sealed.dossier, november, january)
    ]
    assert parts == [Decimal("1773.71"), Decimal("1773.71"), Decimal("1867.06")]  # 151.67 × 12.31, × 0.95 until then
    schemes.take_back(CODE)
    with pytest.raises(UserError):
        claims.review(ctx, Month(2027, 1))
    world.close()
