"""Bank files taken in: once, only what concerns claims unless asked, and nothing twice."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.actions import imports, payments
from ltu_desktop.actions.bank_import import plan_bank, remembered_columns
from ltu_desktop.actions.imports import RowState
from ltu_desktop.actions.journal_words import done
from ltu_desktop.intake.bank import read_bank
from ltu_desktop.intake.bank_records import BankLine
from ltu_desktop.intake.findings import Finding
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.words import Words
from tests.bank_world import OCTOBER, SEPTEMBER, Bank, euros, file, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.actions.imports import ImportPlan

FUND, CUSTOMER = "FONDS ETCLD", "VILLE DE LOOS"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = Bank(tmp_path / "a.ltu")
    yield made
    made.close()


def told(plan: ImportPlan) -> list[tuple[str, bool, str]]:
    """State, whether put aside, code of the problem."""
    return [(row.state.value, row.aside, row.problem.code if row.problem else "") for row in plan.rows]


def test_new_lines_come_in_with_their_place(bank: Bank) -> None:
    plan = bank.bring(line("1930.40", label="CDE 10/2026", number="A1", at=6), line("5.00", payer="", label="INTERETS"))
    assert [(row.key, row.name, row.where, row.state) for row in plan.rows] == [
        ("line1", FUND, "releve.xml:6", RowState.NEW),
        ("line2", "INTERETS", "releve.xml:1", RowState.NEW),
    ]
    assert [(each.field, each.after) for each in plan.rows[0].changes] == [
        ("received_on", date(2026, 11, 25)),
        ("amount", euros("1930.40")),
        ("label", "CDE 10/2026"),
    ]
    assert plan.totals.equal
    assert plan.kind == "bank"
    [row] = [row for row in bank.payments() if row.bank_id]
    assert (row.amount, row.payer, row.label, row.bank_id, row.account, row.source, row.line) == (
        *(euros("1930.40"), FUND, "CDE 10/2026", "A1", "FR76", "releve.xml", 6),
    )
    [entry] = bank.store.entries(limit=1)
    assert done(Words("fr"), entry) == "a importé le fichier de la banque «\u00a0releve.xml\u00a0»\u00a0: 2 nouvelles"
    bank.store.undo()
    assert bank.payments() == []


@pytest.mark.parametrize("number", ["A1", ""])
def test_the_same_file_again_changes_nothing(bank: Bank, number: str) -> None:
    lines = [line("10.00", number=number), line("10.00", number=number), line("11.00", number=number and "A2")]
    bank.bring(*lines)
    assert len(bank.payments()) == 3, "two equal lines are two payments"
    before = len(bank.store.entries())
    plan = bank.bring(*lines)
    assert plan.changes_nothing
    assert told(plan) == [("unchanged", False, "")] * 3
    assert len(bank.store.entries()) == before
    longer = bank.plan(*lines, line("10.00", number=number))
    assert [row.state.value for row in longer.rows] == ["unchanged", "unchanged", "unchanged", "new"]


def test_one_number_is_not_enough_to_be_the_same(bank: Bank) -> None:
    """Banks count again from 1 in each statement: day and amount must agree too, and the account."""
    first = line("10.00", number="1")
    bank.bring(first)
    assert told(bank.plan(line("10.00", "2026-12-25", number="1"))) == [("new", False, "")]
    assert told(bank.plan(line("11.00", number="1"))) == [("new", False, "")]
    assert told(bank.plan(msgspec.structs.replace(first, account="FR99"))) == [("new", False, "")]
    assert told(bank.plan(msgspec.structs.replace(first, label="other words"))) == [("unchanged", False, "")]


def test_without_numbers_the_words_tell_two_lines_apart(bank: Bank) -> None:
    bank.bring(line("10.00", label="CDE État"))
    assert told(bank.plan(line("10.00", label="cde ETAT"))) == [("unchanged", False, "")]
    assert told(bank.plan(line("10.00", label="CDE Département"))) == [("new", False, "")]


def test_what_may_be_there_already_is_put_aside(bank: Bank) -> None:
    bank.pay("1930.40", "2026-11-25", label="by hand")
    bank.bring(line("20.00", label="CSV"))
    plan = bank.plan(line("1930.40", number="A1"), line("20.00", number="A2", label="CAMT"), line("20.00", label="CSV"))
    assert told(plan) == [("new", True, "perhaps_known"), ("new", False, ""), ("unchanged", False, "")]
    assert imports.sentence(Words("en"), plan.rows[0].problem or Finding("")).startswith("A payment of this amount")
    assert plan.aside == {"line1"}
    imports.apply(bank.ctx, plan)
    assert len(bank.payments()) == 3
    imports.apply(bank.ctx, bank.plan(line("1930.40", number="A1")), leave=frozenset())
    assert len(bank.payments()) == 4


def test_until_practice_shows_who_pays_all_that_comes_in_is_taken(bank: Bank) -> None:
    bank.claim(SEPTEMBER, "1000.00")
    claim = bank.claim(OCTOBER, "1930.40")
    bank.claim(OCTOBER, "-94.16", number=2)
    bank.world.agreement()
    lines = [
        line("1930.40", number="1"),
        line("300.00", number="2", payer=CUSTOMER, label="FACTURE"),
        line("-812.00", number="3", payer="URSSAF", label="COTISATIONS 10/2026"),
        line("-94.16", number="4", payer="X"),
        line("-20.00", number="5", payer="FONDS ETCLD"),
        line("1000.00", number="6", payer=CUSTOMER, label="?"),
        line("50.00", number="7", payer=CUSTOMER, label="CDE 09/2026"),
    ]
    aside = ("new", True, "not_the_fund")
    taken = ("new", False, "")
    assert told(bank.plan(*lines)) == [taken, taken, aside, taken, taken, taken, taken]
    bank.bring(lines[0])
    [row] = bank.payments()
    payments.match(bank.ctx, row.id, [(claim, euros("1930.40"))])
    assert told(bank.plan(*lines)) == [("unchanged", False, ""), aside, aside, taken, taken, taken, taken]
    plan = bank.plan(*lines)
    imports.apply(bank.ctx, plan, leave=plan.aside - {"line2"})
    assert [row.label for row in bank.payments() if row.payer == CUSTOMER and row.amount == 300] == ["FACTURE"]


def test_refused_lines_stay_out_and_the_rest_comes_in(bank: Bank) -> None:
    bad = BankLine(3, None, euros("5.00"), problems=(Finding("day_missing", Severity.BLOCKER, line=3),))
    doubtful = BankLine(4, date(2026, 11, 25), euros("6.00"), FUND, problems=(Finding("batch_whole", line=4),))
    whole = file(bad, doubtful)
    of_the_file = Finding("balance_row", Severity.INFO, line=9)
    whole = msgspec.structs.replace(whole, problems=(*whole.problems, of_the_file), unknown_columns=("Agence",))
    plan = plan_bank(bank.ctx, whole)
    assert told(plan) == [("refused", False, "day_missing"), ("new", False, "batch_whole")]
    assert plan.problems == (of_the_file,)
    assert plan.unknown_codes == {"Agence": 2}
    imports.apply(bank.ctx, plan)
    assert [row.amount for row in bank.payments()] == [euros("6.00")]


def test_lines_left_out_are_new_the_next_time(bank: Bank) -> None:
    both = (line("1.00", number="1"), line("2.00", number="2"))
    bank.bring(*both, leave=frozenset({"line1"}))
    assert [row.amount for row in bank.payments()] == [euros("2.00")]
    assert told(bank.plan(*both)) == [("new", False, ""), ("unchanged", False, "")]


def test_a_plan_is_refused_when_the_payments_have_changed(bank: Bank) -> None:
    plan = bank.plan(line("1930.40"))
    bank.pay("1930.40")
    with pytest.raises(UserError) as error:
        imports.apply(bank.ctx, plan)
    assert error.value.code == "import_stale"


def test_columns_of_a_table_are_remembered(bank: Bank) -> None:
    assert remembered_columns(bank.ctx) == []
    chosen = {"bank.date": "Quand", "bank.label": "Quoi", "bank.amount": "Combien"}
    data = b"Quand;Quoi;Combien\n25/11/2026;CDE;1930,40\n25/11/2026;CDE;2\n"
    imports.apply(bank.ctx, plan_bank(bank.ctx, read_bank(data, "a.csv", chosen)))
    assert remembered_columns(bank.ctx) == [chosen]
    again = plan_bank(bank.ctx, read_bank(data, "a.csv", remembered=remembered_columns(bank.ctx)))
    assert again.changes_nothing
    before = bank.rows()
    imports.apply(bank.ctx, again)
    assert bank.rows() == before
    other = {"bank.date": "D", "bank.amount": "M"}
    imports.apply(bank.ctx, bank.plan(line("3.00"), mapping=other))
    assert remembered_columns(bank.ctx) == [other, chosen]
    bank.store.undo()
    assert remembered_columns(bank.ctx) == [chosen]


lines = st.lists(
    st.builds(
        line,
        st.sampled_from(["10.00", "20.00", "-5.00"]),
        st.sampled_from(["2026-11-25", "2026-12-25"]),
        payer=st.sampled_from([FUND, ""]),
        label=st.sampled_from(["A", "a", "B"]),
        number=st.sampled_from(["", "", "1", "2"]),
    ),
    max_size=6,
)


@pytest.mark.untraced
@settings(max_examples=25)
@given(lines, lines)
def test_laws_of_bringing_in(first: list[BankLine], second: list[BankLine]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(Path(folder) / "a.ltu")
        try:
            bank.bring(*first, leave=frozenset())
            assert len(bank.payments()) == len(first), "no line is lost, none comes twice"
            before = bank.rows()
            bank.bring(*first, leave=frozenset())
            assert bank.rows() == before, "the second time changes nothing"
            plan = bank.bring(*second)
            after = bank.rows()
            assert len(bank.payments()) == len(first) + sum(
                row.state is RowState.NEW and not row.aside for row in plan.rows
            )
            if after != before:
                bank.store.undo()
                assert bank.rows() == before, "what is done is undone"
        finally:
            bank.close()
