"""Payments by command line: the bank's file comes in, matches are proposed and made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop import cli
from ltu_desktop.rules.periods import Month
from tests.bank_world import OCTOBER, SEPTEMBER, Bank
from tests.intake.bank_text import camt, ntry, stmt, tx

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., str]

AUGUST = Month(2026, 8)


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 12, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    bank = Bank(tmp_path / "a.ltu")
    bank.claim(AUGUST, "500.00")
    bank.claim(SEPTEMBER, "1000.00")
    bank.claim(SEPTEMBER, "-94.16", number=2)
    bank.claim(OCTOBER, "1930.40", state="sealed")
    bank.close()

    def command(*words: str | Path, expect: int = 0, language: str = "en") -> str:
        arguments = [*map(str, words), "--store", str(tmp_path / "a.ltu"), "--language", language]
        code = cli.main(arguments, clock=Clock())
        out, err = capsys.readouterr()
        assert code == expect, err
        assert "Traceback" not in err
        return out + err

    return command


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    def move(amount: str, number: str, who: str, words: str, direction: str = "CRDT") -> str:
        side = "Dbtr" if direction == "CRDT" else "Cdtr"
        party = f"<{side}><Nm>{who}</Nm></{side}>"
        details = tx(party=party, words=f"<Ustrd>{words}</Ustrd>")
        return ntry(amount, direction=direction, heads=f"<AcctSvcrRef>{number}</AcctSvcrRef>", details=details)

    path = tmp_path / "releve.xml"
    path.write_bytes(
        camt(
            stmt(
                move("500.00", "A1", "FONDS ETCLD", "CDE 08/2026"),
                move("905.84", "A2", "FONDS ETCLD", "CDE SEPTEMBRE 2026"),
                move("300.00", "A3", "FONDS ETCLD", "ACOMPTE"),
                move("812.00", "A4", "URSSAF", "COTISATIONS", "DBIT"),
                ntry("1.00", currency="CHF", heads=""),
            )
        )
    )
    return path


def names(out: str) -> list[str]:
    return [row.split()[0] for row in out.splitlines() if "2026" in row and not row.startswith("open:")]


def test_from_the_bank_s_file_to_paid_claims(run: Run, statement: Path) -> None:
    out = run("import", "bank", statement, "--dry-run")
    assert "releve.xml: 3 new, 1 refused, 1 put aside" in out
    assert "URSSAF (put aside) [line4]: Received on 25 Nov 2026, Amount −€812.00, Bank description COTISATIONS" in out
    assert "The amount is in another currency (CHF). (releve.xml:13, line5)" in out
    assert "--take ROW takes one in" in out
    assert "Nothing was changed." in out
    assert "Imported." in run("import", "bank", statement)
    assert "3 unchanged, 1 refused, 1 put aside" in run("import", "bank", statement)
    out = run("payments", "list")
    assert len(names(out)) == 3
    assert "open: September 2026 (version 2), −€94.16 of −€94.16, sent 70 days ago" in out
    assert "open: October 2026, €1,930.40 of €1,930.40\n" in out
    out = run("payments", "propose")
    assert [row[:6].strip() for row in out.splitlines()] == ["99 %", "99 %", "40 %"]
    assert "2026-09/1 + 2026-09/2  €905.84  The claims for September 2026, September 2026 (version 2)," in out
    assert "2 proposals carried out." in run("payments", "match", "--proposed")
    assert "0 proposals carried out." in run("payments", "match", "--proposed")
    out = run("payments", "list", "--open")
    [name] = names(out)
    assert "€300.00 left" in out
    out = run("payments", "match", name, "2026-10=120,50")
    assert "→ 2026-10/1 (€120.50) – €179.50 left" in out
    out = run("payments", "match", name, "2026-10")
    assert out.rstrip().endswith("FONDS ETCLD → 2026-10")
    assert "open: October 2026, €1,630.40 of €1,930.40" in run("payments", "list")
    assert "matched the payment of €300.00 received on 25 Nov 2026: October 2026, €179.50" in run(
        "journal", "--limit", "1"
    )
    assert "Nothing to propose." in run("payments", "propose")
    run("undo")
    assert "€179.50 left" in run("payments", "list", "--open")


def test_one_payment_is_shared_out_in_the_order_given(run: Run, statement: Path) -> None:
    run("import", "bank", statement, "--leave", "line1", "--leave", "line3")
    [name] = names(run("payments", "list"))
    out = run("payments", "match", name, "2026-09/2", "2026-09")
    assert "2026-09/1 (€1,000.00), 2026-09/2 (−€94.16)" in out
    assert "paid" in run("claim", "list", "--period", "2026-09")


def test_rows_put_aside_are_taken_by_name_or_all(run: Run, statement: Path) -> None:
    assert "no row “line9”" in run("import", "bank", statement, "--take", "line9", expect=2)
    run("import", "bank", statement, "--take", "line4")
    assert "−€812.00" in run("payments", "list")
    run("undo")
    run("import", "bank", statement, "--take", "all")
    assert "URSSAF" in run("payments", "list", "--open")


def test_what_cannot_be_matched_is_said(run: Run, statement: Path) -> None:
    assert "No payment to show." in run("payments", "list", "--open")
    assert "Name them, or use --proposed." in run("payments", "match", expect=2)
    run("import", "bank", statement)
    name = names(run("payments", "list"))[0]
    assert "there is no payment zz" in run("payments", "match", "zz", "2026-10", expect=2)
    assert "no such version" in run("payments", "match", name, "2026-12", expect=2)
    assert "only" in run("payments", "match", name, "2026-10=1930.40", expect=2)
    for wrong in ("2026-13", "2026-10/0", "2026-10=NaN", "2026-10=x"):
        assert "is not written YYYY-MM" in run("payments", "match", name, wrong, expect=2)
    (statement.parent / "photo.xml").write_bytes(b"\x89PNG")
    out = run("import", "bank", statement.parent / "photo.xml", expect=2, language="fr")
    assert "photo.xml\u00a0: C’est une image." in out


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "command", [("import", "bank"), ("payments", "list"), ("payments", "propose"), ("payments", "match")]
)
def test_each_command_has_help_with_an_example(
    command: tuple[str, str], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*command, "--help", "--language", language]) == 0
    out, _ = capsys.readouterr()
    assert f"ltu-desktop {' '.join(command)} " in out.split("exempl" if language == "fr" else "example")[-1]
