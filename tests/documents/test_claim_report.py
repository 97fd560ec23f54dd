"""The claim's report: every figure is the dossier's, and nothing private is in its words."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltu_desktop.documents import annex_report, claim_labels
from ltu_desktop.documents.claim_report import build
from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.report import Cell, Column, Kind, plain, weekly, written
from ltu_desktop.rules.answer import Totals
from ltu_desktop.rules.dossier import Change, Correction, Dossier, FileCard, Remark
from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.rules.money import ZERO, to_cent
from ltu_desktop.words import Words
from tests.documents.dossiers import NIR, SICK, corrective, hostile, make

if TYPE_CHECKING:
    from collections.abc import Iterator

FR, EN = Words("fr"), Words("en")


def texts(value: Any) -> Iterator[str]:
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(key)
            yield from texts(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


@pytest.mark.parametrize("words", [FR, EN])
def test_each_line_of_the_list_is_the_answers(words: Words) -> None:
    dossier = make(44)
    table = build(dossier, words).table("list")
    lines = {line.person: line for line in dossier.answer.lines}
    assert [row.key for row in table.rows] == [card.id for card in dossier.people]
    for row in table.rows:
        line = lines[row.key]
        told = {column.key: plain(cell) for column, cell in zip(table.columns, row.cells, strict=True)}
        assert (told["paid"], told["a"], told["b"], told["c"]) == (
            line.paid_hours,
            line.hours_a,
            line.hours_b,
            line.hours_c,
        )
        assert (told["fundable"], told["fte"], told["total"]) == (line.quantity, line.fte, line.total)
        assert {"state": told["part:state"], "department": told["part:department"]} == line.parts
    total = {column.key: plain(cell) for column, cell in zip(table.columns, table.totals[0].cells, strict=True)}
    totals = dossier.answer.totals
    assert total["total"] == totals.total == sum((line.total for line in dossier.answer.lines), ZERO)
    assert total["fte"] == totals.fte
    assert total["part:state"] == totals.parts["state"]


def test_what_is_claimed_is_the_month_and_its_corrections() -> None:
    dossier = make(44)
    table = build(dossier, FR).table("amount")
    *rows, total = [*table.rows, *table.totals]
    for place in range(1, len(table.columns)):
        assert plain(total.cells[place]) == sum((Decimal(str(plain(row.cells[place]))) for row in rows), ZERO)
    assert plain(rows[0].cells[-1]) == dossier.answer.totals.total
    assert plain(rows[1].cells[-1]) == Decimal("-94.16")


def test_a_corrective_version_leads_from_the_old_amount_to_the_new_one() -> None:
    report = build(corrective(44), FR)
    assert report.corrective
    before, gap, after = ([Decimal(str(plain(cell))) for cell in row.cells[1:]] for row in report.table("amount").rows)
    assert [old + change for old, change in zip(before, gap, strict=True)] == after
    table = report.table("difference")
    assert plain(table.totals[0].cells[table.index("total:gap")]) == gap[-1]
    # differences of rounded amounts, never rounded differences: −7 h and +7 h leave a cent
    assert [plain(row.cells[table.index("total:gap")]) for row in table.rows[:2]] == [
        Decimal("-94.13"),
        Decimal("94.14"),
    ]
    assert report.table("corrections").rows == ()


def test_a_corrective_version_that_changes_nothing_says_so() -> None:
    report = build(replace(corrective(5), corrections=()), EN)
    assert report.table("difference").rows == ()
    assert report.table("difference").empty == "No line differs"
    assert [str(plain(row.cells[0])) for row in report.table("amount").rows][1] == "Difference"


def test_totals_by_site_and_status_add_up() -> None:
    table = build(make(60, sites=3), FR).table("totals")
    grand = table.totals[0]
    for place in range(1, len(table.columns)):
        if table.columns[place].key == "fte":
            continue
        sites = [row for row in table.rows if row.key in {"MO", "HA", "S3"}]
        statuses = [row for row in table.rows if row.key.startswith("*/")]
        whole = plain(grand.cells[place])
        assert sum(Decimal(str(plain(row.cells[place]))) for row in sites) == whole
        assert sum(Decimal(str(plain(row.cells[place]))) for row in statuses) == whole


def test_many_sites_are_put_together_so_that_part_4_fits_a_page() -> None:
    for sites in (2, 9, 40):
        table = build(make(90, sites=sites), FR).table("totals")
        assert len(table.rows) <= 27
        sums = [row for row in table.rows if "/" not in row.key]
        assert sum(int(str(plain(row.cells[1]))) for row in sums) == 90


def test_the_bridge_leads_from_payroll_to_claim_and_explains_all() -> None:
    report = build(make(44), FR)
    table = report.table("bridge")
    hours = [Decimal(str(plain(row.cells[2]))) for row in table.rows]
    assert sum(hours, ZERO) == plain(table.totals[0].cells[2])
    assert "Écart inexpliqué\u00a0: 0,00\u00a0h." in table.notes[0]
    gaps = report.table("gaps")
    assert {str(plain(row.cells[-1])) for row in gaps.rows} == {
        "Classe C",
        "Plafond",
        "Rappel sept.",
        "Rappel sept., Plafond",
    }
    steps = sum(hours[1:], ZERO)
    assert plain(gaps.totals[0].cells[gaps.index("gap")]) == steps


def test_an_unexplained_gap_is_named() -> None:
    dossier = make(3)
    cards = (replace(dossier.people[0], payroll_hours=Decimal("1.00")), *dossier.people[1:])
    report = build(replace(dossier, people=cards), FR)
    assert str(plain(report.table("gaps").rows[0].cells[-1])) == "Inexpliqué"
    assert "150,67" in report.table("bridge").notes[0]


@pytest.mark.parametrize("code", ["066", "091", "092", "093", "094", "095", "096", "097", "777"])
def test_a_reason_of_exit_that_may_touch_health_is_withheld(code: str) -> None:
    dossier = make(3)
    change = Change("exit", dossier.people[0].id, date(2026, 10, 16), Decimal(35), None, code, SICK)
    row = build(replace(dossier, changes=(change,)), FR).table("changes").rows[0]
    assert plain(row.cells[-1]) == "Fin de contrat, motif au dossier"
    assert all(SICK not in text for text in texts(row))


def test_other_reasons_of_exit_are_said_with_payrolls_code() -> None:
    assert claim_labels.exit_reason("059", FR) == "Démission (code DSN 059)"
    assert claim_labels.exit_reason("043", EN) == "Termination by mutual agreement (payroll code 043)"
    assert not claim_labels.exit_reason("", FR)


@pytest.mark.parametrize("words", [FR, EN])
def test_nothing_private_is_said(words: Words) -> None:
    dossier = hostile(30)
    said = [*texts(build(dossier, words)), *texts(annex_report.build(View(dossier), words))]
    for text in said:
        digits = re.sub(r"[\s.\u00a0\u202f-]", "", text)
        assert NIR not in digits
        assert not re.search(r"(?<![0-9A-Fa-f])[1-478]\d{12}(?:\d\d)?(?![0-9A-Fa-f])", text)
        assert SICK not in text


def test_settings_name_kinds_of_absence_but_no_line_or_notice_does() -> None:
    dossier = make(44)
    assert any(problem.code == "open_setting" for problem in dossier.answer.problems)
    report = build(dossier, FR)
    kinds = [FR.absence(kind) for kind in ("sick_paid", "sick_unpaid", "work_accident", "maternity", "unpaid_leave")]
    for section in report.sections:
        if section.key == "parameters":
            continue
        for text in texts(section):
            assert not any(kind.lower() in text.lower() for kind in kinds), text
            assert "maladie" not in text.lower()


@given(st.text(alphabet="0123456789 .-\u00a0\u202fABab", min_size=0, max_size=40), st.text(max_size=5))
def test_no_social_security_number_survives(text: str, around: str) -> None:
    shown = claim_labels.safe(f"{around} {NIR[0]} {NIR[1:5]} {NIR[5:10]} {NIR[10:]} {text}", EN)
    assert NIR not in re.sub(r"[\s.\u00a0\u202f\u2009-]", "", shown)


def test_free_text_is_one_line_of_composed_letters() -> None:
    assert claim_labels.safe("Zoe\u0308\n Dupont\u200b", EN) == "Zoë Dupont"
    assert claim_labels.safe("SIRET 123\u00a0456\u00a0782\u00a000010", EN) == "SIRET 123\u00a0456\u00a0782\u00a000010"
    assert claim_labels.safe("Tél. 03 20 00 00 00", EN) == "Tél. 03 20 00 00 00"
    assert claim_labels.safe("né en Corse 2 85 05 2A 006 001 36", EN) == "né en Corse [number withheld]"


def test_at_most_six_things_to_know() -> None:
    dossier = make(44, others=3, ceiling="10.00")
    several = [
        replace(problem, code=code, params={"hours": "160.00", "code": "64"})
        for problem in dossier.answer.problems[:1]
        for code in ("hours_high", "no_contract", "no_status", "not_open_ended")
    ]
    answer = replace(dossier.answer, problems=(*dossier.answer.problems, *several))
    notices = build(replace(dossier, answer=answer), FR).section("notice").notices
    assert len(notices) == 6
    assert notices[-1].text.startswith("et ")
    assert [notice.code for notice in notices[:2]] == ["provisional", "others_limit"]


def test_a_corrective_version_leads_to_what_the_month_comes_to() -> None:
    """September v1 and its back pay in October's part 6.2, then v2: the versions alone do not give the month."""
    dossier = corrective(5, changed=1)
    item, totals = dossier.corrections[0], dossier.answer.totals
    less = {part: totals.parts[part] - (item.parts_after[part] - item.parts_before[part]) for part in totals.parts}
    head = replace(dossier.head, corrects_total=less)
    plain = build(replace(dossier, head=head), EN).section("notice").notices
    assert "elsewhere" not in [notice.code for notice in plain]
    head = replace(head, corrects_total=less | {"state": less["state"] + Decimal("13.43")})
    first = build(replace(dossier, head=head), EN).section("notice").notices[0]
    assert first.code == "elsewhere"
    assert EN.money(totals.total) in first.text
    assert EN.money(totals.total + Decimal("13.43")) in first.text
    assert "\u2212€13.43" in first.text


def test_nothing_to_know_is_said_too() -> None:
    dossier = make(0)
    answer = replace(dossier.answer, parameters=(), guard=None, problems=())
    (notice,) = build(replace(dossier, answer=answer), EN).section("notice").notices
    assert (notice.title, notice.warning) == ("Nothing to report", False)


def test_gauges_say_the_year_the_month_and_what_is_left() -> None:
    ceiling, others = build(make(44, ceiling="30.00", others=4), FR).section("totals").gauges
    assert ceiling.over
    assert ceiling.sentences[0].startswith("Moyenne au-dessus du plafond, de ")
    assert others.over
    assert "ETP financés" in others.sentences[-1]
    calm = build(make(44), FR).section("totals").gauges
    assert [gauge.over for gauge in calm] == [False, False]
    assert "(tous)" in calm[1].sentences[0]


def test_a_claim_without_ceiling_says_so() -> None:
    dossier = make(5)
    bare = replace(dossier, agreement=replace(dossier.agreement, ceiling_fte=None, number="", amendment=""))
    report = build(bare, FR)
    assert report.section("totals").gauges[0].limit is None
    assert report.owner_line == "Aucune convention saisie"
    assert not any(row.key == "ceiling_fte" for row in report.table("parameters").rows)


def test_all_settings_are_printed_and_a_chosen_one_names_the_amendment() -> None:
    dossier = make(5, settings={"overtime": "count", "rounding": "on_sum"})
    table = build(dossier, FR).table("settings")
    assert {row.key for row in table.rows} == {setting.code for setting in dossier.answer.settings}
    chosen = {row.key: (plain(row.cells[1]), plain(row.cells[2])) for row in table.rows}
    assert chosen["overtime"] == ("comptées (av. 6)", "avenant n°\u00a06") or "av. 6" in str(chosen["overtime"][0])
    assert chosen["paid_absence"][1] == "défaut"
    assert "sur la somme seulement (av. 6)" in {plain(row.cells[1]) for row in table.rows}


def test_a_provisional_value_is_marked_and_said_on_every_page() -> None:
    report = build(make(3), FR)
    (row,) = [row for row in report.table("parameters").rows if row.key == "state_rate"]
    assert row.role == "marked"
    assert str(plain(row.cells[3])).startswith("Provisoire\u00a0: ")
    assert report.warnings == ("Taux de l’État provisoire",)


def test_parts_of_another_scheme_make_its_columns() -> None:
    dossier = make(3)
    parts = {"city": Decimal("1.00"), "region": Decimal("2.00"), "esf_plus": Decimal("3.00")}
    lines = tuple(replace(line, parts=parts, total=Decimal("6.00")) for line in dossier.answer.lines)
    totals = Totals({key: value * 3 for key, value in parts.items()}, Decimal("18.00"), ZERO, ZERO)
    answer = replace(dossier.answer, scheme="be-tzcld", lines=lines, totals=totals, parameters=(), year_to_date=None)
    report = build(replace(dossier, answer=answer), EN)
    table = report.table("list")
    assert [column.key for column in table.columns if column.key.startswith("part:")] == [
        "part:city",
        "part:region",
        "part:esf_plus",
    ]
    assert table.columns[table.index("part:esf_plus")].head == "Esf plus"
    assert plain(table.totals[0].cells[table.index("total")]) == Decimal("18.00")
    assert len(report.section("declarations").statements) == 3


def test_an_adjustment_of_the_whole_claim_is_a_line_of_its_own() -> None:
    dossier = make(44, others=3, settings={"ten_percent": "running"})
    adjusted = [line for line in dossier.answer.lines if line.person is None]
    assert adjusted
    table = build(dossier, FR).table("list")
    row = table.rows[-1]
    assert plain(row.cells[table.index("number")]) is None
    assert plain(row.cells[table.index("total")]) == adjusted[-1].total
    whole = sum((Decimal(str(plain(each.cells[table.index("total")]))) for each in table.rows), ZERO)
    assert whole == dossier.answer.totals.total
    (block,) = annex_report.build(View(dossier), FR).adjustments[:1]
    assert block.number is None
    assert block.total == adjusted[0].total


def test_a_correction_without_person_names_the_adjustment() -> None:
    dossier = make(3)
    item = Correction("2026-09", 1, "a" * 64, "", ZERO, Decimal("-2.00"), {}, {"state": Decimal("-20.00")}, "ceiling")
    table = build(replace(dossier, corrections=(item,)), FR).table("corrections")
    row = table.rows[0]
    assert plain(row.cells[table.index("name")]) == FR.line_name("ceiling")
    assert plain(row.cells[table.index("difference")]) == Decimal("-20.00")
    assert plain(row.cells[table.index("reason")]) == ""


def test_a_file_name_is_never_printed_as_an_attachment() -> None:
    dossier = make(3)
    files = (
        FileCard(f"{SICK}.pdf", None, "a" * 64),
        FileCard("Bail du Moulin", date(2026, 1, 2), "b" * 64),
        FileCard("x.pdf", None, "c" * 64, "vigilance"),
    )
    table = build(replace(dossier, attachments=files), FR).table("attachments")
    assert [plain(row.cells[1]) for row in table.rows] == [
        "Pièce justificative (PDF)",
        "Bail du Moulin",
        "Attestation de vigilance Urssaf",
    ]


@pytest.mark.parametrize(
    ("item", "french", "english"),
    [
        (Remark("entry", {"day": date(2026, 10, 12)}), "Entrée le 12", "In on 12"),
        (Remark("exit", {"day": date(2026, 10, 1)}), "Sortie le 1er", "Out on 1"),
        (
            Remark("hours_change", {"day": date(2026, 10, 1)}, {"before": Decimal(20), "after": Decimal("17.50")}),
            "20 h → 17 h 30 le 1er",
            "20 h → 17 h 30 on 1",
        ),
        (Remark("complementary", {}, {"hours": Decimal("6.00")}), "6,00 h compl.", "6.00 h extra"),
        (Remark("cap", {}, {"hours": Decimal("151.67")}), "Plafond 151,67", "Cap 151.67"),
        (Remark("class_c"), "Classe C : vérifier", "Class C: check"),
        (Remark("correction", {"month": date(2026, 9, 1)}), "Rectif. sept. : 6.2", "Corr. Sept: 6.2"),
        (Remark("no_payroll"), "Absent de la paie", "Not in payroll"),
        (Remark("new_code"), "New code", "New code"),
    ],
)
def test_remarks_are_short_fixed_words(item: Remark, french: str, english: str) -> None:
    assert claim_labels.remark(item, FR).replace("\u00a0", " ") == french
    assert claim_labels.remark(item, EN).replace("\u00a0", " ") == english


@given(st.decimals(0, 60, places=2))
def test_weekly_hours_are_said_in_hours_and_minutes(hours: Decimal) -> None:
    said = weekly(hours, full=True).replace("\u00a0", " ")
    whole, minutes = said.split(" h ")
    assert abs(Decimal(whole) + Decimal(minutes) / 60 - hours) <= Decimal(1) / 120
    assert int(minutes) < 60


def test_cells_with_units_of_their_own() -> None:
    column = Column("value", "Value", Kind.NUMBER)
    cells = (
        Cell(Decimal("12.31"), Kind.MONEY),
        Cell(Decimal("0.95"), Kind.PERCENT),
        Cell(Decimal("151.67"), Kind.HOURS, "h"),
        Cell(Decimal("7.00"), Kind.HOURS, sign=True),
        Cell(Decimal("36.00"), Kind.FTE, "ETP"),
        Cell(date(2026, 10, 1), Kind.DATE),
        Cell(3, Kind.COUNT),
        Cell(None, Kind.TEXT),
    )
    said = [written(cell, column, FR).replace("\u00a0", " ") for cell in cells]
    assert said == ["12,31 €", "95,00 %", "151,67 h", "+7,00", "36,00 ETP", "01/10/2026", "3", ""]


def test_the_annex_redoes_each_line() -> None:
    dossier = make(44)
    told = annex_report.build(View(dossier), FR)
    assert [block.number for block in told.people] == list(range(1, 45))
    for block, entry in zip(told.people, View(dossier).entries, strict=True):
        *rows, fundable = block.hours
        taken = sum((row.value or ZERO for row in rows[2:]), ZERO)
        assert (rows[1].value or ZERO) + taken == fundable.value == entry.line.quantity
        assert [step.rounded for step in block.steps][1:] == list(entry.line.parts.values())
        assert block.total == entry.line.total


def test_half_a_cent_is_marked() -> None:
    # 130.00 h at 12.31 and 95 %: 1 520.285 exactly
    assert annex_report.is_half_cent(to_cent(Decimal("12.31") * 130) * Decimal("0.95"))
    assert not annex_report.is_half_cent(Decimal("1773.707"))
    assert annex_report.is_half_cent(Decimal("-0.005"))


def test_formulas_are_written_in_the_documents_language() -> None:
    assert annex_report.localised("1867.06 × 0.95", FR, ["0.95"]) == "1\u202f867,06 × 95\u00a0%"
    assert annex_report.localised("1867.06 × 0.955", EN, ["0.955"]) == "1,867.06 × 95.5%"
    assert annex_report.localised("min(12.31 × 3, 100)", FR) == "min(12,31 × 3, 100)"


def test_rounding_on_the_sum_gives_the_lines_own_cents() -> None:
    dossier = make(7, settings={"rounding": "on_sum"})
    told = annex_report.build(View(dossier), FR)
    assert told.on_sum
    for block, entry in zip(told.people, View(dossier).entries, strict=True):
        assert [step.rounded for step in block.steps if step.rounded is not None] == list(entry.line.parts.values())
        assert not any(step.half for step in block.steps)


def test_a_corrective_annex_explains_the_changed_lines_only() -> None:
    told = annex_report.build(View(corrective(44, changed=3)), FR)
    assert [block.number for block in told.people] == [1, 2, 3]
    assert told.unchanged == 41


def test_a_year_is_a_period_too() -> None:
    dossier = make(3)
    report = build(replace(dossier, head=replace(dossier.head, period="2026")), FR)
    assert report.period_text == "2026"
    assert report.section("changes").title == "Changements et rectifications"


def test_unknown_cards_do_not_hide_a_line() -> None:
    dossier: Dossier = make(4)
    report = build(replace(dossier, people=dossier.people[:2]), FR)
    assert len(report.table("list").rows) == 4


def test_hours_by_calendar_days_and_counted_absences_are_explained() -> None:
    dossier = make(24, settings={"mid_month": "calendar", "unpaid_absence": "count"})
    lines = {line.person: line for line in dossier.answer.lines}
    by_days = [line for line in lines.values() if any(step.code == "calendar_hours" for step in line.steps)]
    assert by_days
    entered = replace(
        next(card for card in dossier.people if card.id == by_days[0].person), payroll_hours=Decimal("130.00")
    )
    cards = tuple(entered if card.id == entered.id else card for card in dossier.people)
    view = View(replace(dossier, people=cards))
    report = build(view.dossier, FR)
    reasons = {row.key: str(plain(row.cells[-1])) for row in report.table("gaps").rows}
    assert reasons[entered.id] == "Prorata"
    assert "Classe B comptée" in reasons.values()
    assert "Écart inexpliqué\u00a0: 0,00\u00a0h." in report.table("bridge").notes[0]
    blocks = {block.id: block for block in annex_report.build(view, FR).people}
    assert "Au prorata des jours" in [row.label for row in blocks[entered.id].hours]
    for block, entry in zip(blocks.values(), view.entries, strict=True):
        *rows, fundable = block.hours
        assert sum((row.value or ZERO for row in rows[1:]), ZERO) == fundable.value == entry.line.quantity


def test_a_parameter_of_the_agreement_says_so() -> None:
    dossier = make(2)
    used = [replace(each, overridden=True, provisional=False) for each in dossier.answer.parameters]
    table = build(replace(dossier, answer=replace(dossier.answer, parameters=tuple(used))), FR).table("parameters")
    assert str(plain(table.rows[0].cells[3])).endswith("(de la convention)")


def test_units_of_another_scheme_are_printed() -> None:
    dossier = make(1)
    odd = replace(dossier.answer.parameters[0], code="points_a_month", unit="points", value=Decimal("12.5"))
    gbp = replace(dossier.answer, currency="GBP", parameters=(odd,))
    report = build(replace(dossier, answer=gbp), EN)
    row = report.table("parameters").rows[0]
    cell = row.cells[1]
    assert isinstance(cell, Cell)
    assert written(cell, Column("", ""), EN, "GBP").replace("\u00a0", " ") == "12.5 points"
    assert report.table("amount").columns[1].unit == "GBP"


def test_a_problem_names_its_person_by_line() -> None:
    dossier = make(3)
    problem = Problem("no_payroll", Severity.BLOCKER, dossier.people[1].id, {"month": "2026-10"})
    answer = replace(dossier.answer, problems=(problem,))
    notices = build(replace(dossier, answer=answer), FR).section("notice").notices
    (found,) = [notice for notice in notices if notice.code == "no_payroll"]
    assert found.title == "Point bloquant"
    assert found.text.startswith("Ligne 2 – ")


def test_the_sums_of_the_statuses_are_those_of_all_people() -> None:
    view = View(corrective(44, changed=3))
    listed = [entry for entries, _sums in view.by_status.values() for entry in entries]
    assert sorted(listed, key=lambda entry: entry.number) == list(view.entries)
    assert {status for status, (entries, _sums) in view.by_status.items() for _ in entries} == {
        entry.line.status for entry in view.entries
    }
    people = view.sums(view.entries)
    sums = [found for _entries, found in view.by_status.values()]
    assert sum(each.total for each in sums) == people.total
    assert sum(each.people for each in sums) == people.people
