"""Bank files: CAMT.053, OFX 1 and 2, tables; what banks write, and what is refused with its place."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.bank import read_bank
from ltu_desktop.intake.bank_records import BankFile, BankLine
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.mentions import months_in
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month
from tests.intake.bank_text import OFX2, camt, ntry, ofx, stmt, trn, tx, xml_trn

DAY = date(2026, 11, 25)
AMOUNT = Decimal("1930.40")
IBAN = "FR7630001007941234567890185"


def csv(*rows: str, head: str = "Date;Libellé;Débit;Crédit") -> BankFile:
    return read_bank("\n".join([head, *rows]).encode(), "releve.csv")


def one(data: bytes, name: str = "releve.xml") -> BankLine:
    [line] = read_bank(data, name).lines
    return line


def codes(file: BankFile) -> list[str]:
    return [problem.code for problem in file.problems]


# ---- CAMT.053 ----


def test_a_camt_statement_says_day_amount_payer_words_and_number() -> None:
    entry = ntry(
        details=tx(
            "<EndToEndId>CDE-2026-10</EndToEndId>",
            party="<Dbtr><Nm>FONDS ETCLD</Nm></Dbtr>",
            words="<Ustrd>CDE OCTOBRE 2026</Ustrd><Ustrd>2021-059-14</Ustrd>",
        )
    )
    data = camt(stmt(entry, opening="100.00", closing="2030.40"))
    file = read_bank(data, "releve.xml")
    assert file == BankFile(
        name="releve.xml",
        sha256=hashlib.sha256(data).hexdigest(),
        kind="camt053",
        account=IBAN,
        lines=(
            BankLine(
                5, DAY, AMOUNT, "FONDS ETCLD", "CDE OCTOBRE 2026 / 2021-059-14 / CDE-2026-10", "A1", IBAN
            ),
        ),
        problems=(),
        totals=file.totals,
    )  # fmt: skip
    assert (file.totals.credits, file.totals.debits, file.totals.lines, file.totals.statements) == (AMOUNT, ZERO, 1, 1)


@pytest.mark.parametrize(
    ("entry", "payer", "label", "bank_id"),
    [
        # version 8 and later: parties inside Pty, the state inside Cd
        (
            ntry(
                status="<Cd>BOOK</Cd>",
                details=tx(party="<Dbtr><Pty><Nm>FONDS</Nm></Pty></Dbtr>", words="<Ustrd>CDE</Ustrd>"),
            ),
            "FONDS",
            "CDE",
            "A1",
        ),
        (ntry(details=tx(party="<UltmtDbtr><Nm>ÉTAT</Nm></UltmtDbtr>")), "ÉTAT", "", "A1"),
        (
            ntry(details=tx(words="<Strd><CdtrRefInf><Ref>RF18 2026</Ref></CdtrRefInf></Strd>")),
            "",
            "RF18 2026",
            "A1",
        ),
        # no words of the payer: those of the bank; a reference that says nothing is left out
        (
            ntry(heads="<NtryRef>7</NtryRef><AddtlNtryInf>VIR  SEPA\nRECU</AddtlNtryInf>",
                 details=tx("<EndToEndId>NOTPROVIDED</EndToEndId>")),
            "", "VIR SEPA RECU", "S1/7",
        ),
        (
            ntry(heads="", details=tx("<AcctSvcrRef>T9</AcctSvcrRef>", more="<AddtlTxInf>VIR</AddtlTxInf>")),
            "",
            "VIR",
            "T9",
        ),
        (ntry(heads="", details=tx("<EndToEndId>E5</EndToEndId>")), "", "E5", "E5"),
        (ntry(heads=""), "", "", ""),
    ],
)  # fmt: skip
def test_banks_write_the_same_in_many_places(entry: str, payer: str, label: str, bank_id: str) -> None:
    line = one(camt(stmt(entry), version="08"))
    assert (line.payer, line.label, line.bank_id, line.amount, line.problems) == (payer, label, bank_id, AMOUNT, ())


def test_a_debit_is_negative_and_names_who_got_it() -> None:
    party = "<Dbtr><Nm>NOUS</Nm></Dbtr><Cdtr><Nm>URSSAF</Nm></Cdtr>"
    line = one(camt(stmt(ntry("12.5", direction="DBIT", details=tx(party=party)))))
    assert (line.amount, line.payer) == (Decimal("-12.50"), "URSSAF")


def test_a_batch_gives_each_transaction_when_they_make_up_the_entry() -> None:
    parts = [tx("", "1000.00", words="<Ustrd>UN</Ustrd>"), tx("<AcctSvcrRef>B2</AcctSvcrRef>", "930.40")]
    file = read_bank(camt(stmt(ntry(details="".join(parts)))), "r.xml")
    assert [(line.amount, line.bank_id, line.label, line.line) for line in file.lines] == [
        (Decimal("1000.00"), "A1/1", "UN", 5),
        (Decimal("930.40"), "B2", "", 6),
    ]
    nameless = "".join([tx("<EndToEndId>E1</EndToEndId>", "1000.00"), tx("<EndToEndId>E2</EndToEndId>", "930.40")])
    assert [line.bank_id for line in read_bank(camt(stmt(ntry(heads="", details=nameless))), "r.xml").lines] == [
        "E1",
        "E2",
    ]


@pytest.mark.parametrize("second", ["930.41", ""])
def test_a_batch_that_does_not_add_up_stays_one_line(second: str) -> None:
    file = read_bank(camt(stmt(ntry(details=tx("", "1000.00") + tx("", second)))), "r.xml")
    assert [(line.amount, line.bank_id) for line in file.lines] == [(AMOUNT, "A1")]
    assert codes(file) == ["batch_whole"]


def test_amounts_of_version_2_stand_deeper() -> None:
    deep = "<TxDtls><AmtDtls><TxAmt><Amt Ccy='EUR'>{}</Amt></TxAmt></AmtDtls></TxDtls>"
    entry = ntry(details=deep.format("1000.00") + deep.format("930.40"))
    assert [line.amount for line in read_bank(camt(stmt(entry)), "r.xml").lines] == [
        Decimal("1000.00"),
        Decimal("930.40"),
    ]


def test_several_statements_and_what_is_not_booked_yet() -> None:
    other = "FR1420041010050500013M02606"
    data = camt(
        stmt(ntry(), ntry(status="PDNG"), opening="0.00", closing="1930.40"),
        stmt(ntry("5.00", direction="DBIT"), number="S2", iban=other, opening="0.00", closing="-5.00"),
    )
    file = read_bank(data, "r.xml")
    assert file.account == f"{IBAN}, {other}"
    assert [(line.amount, line.account) for line in file.lines] == [(AMOUNT, IBAN), (Decimal("-5.00"), other)]
    assert file.problems == (Finding("not_booked", Severity.INFO, line=6),)
    assert file.totals.statements == 2


def test_balances_that_do_not_agree_tell_that_a_line_is_missing() -> None:
    file = read_bank(camt(stmt(ntry(), opening="0.00", closing="2000.00")), "r.xml")
    assert file.problems == (Finding("balance_differs", line=4, params={"difference": Decimal("69.60")}),)


@pytest.mark.parametrize(
    ("entry", "problems"),
    [
        (ntry(currency="CHF"), ["not_euros"]),
        (ntry(day=""), ["day_missing"]),
        (ntry(day="<Dt>soon</Dt>"), ["day_missing"]),
        (ntry(""), ["amount_missing"]),
        (ntry("1930.405"), ["amount_missing"]),
        (ntry("0.00"), ["amount_missing"]),
        (ntry("1e5"), ["amount_missing"]),
        (ntry("99999999999"), ["amount_missing"]),
        ("<Ntry><CdtDbtInd>CRDT</CdtDbtInd></Ntry>", ["day_missing", "amount_missing"]),
    ],
)
def test_a_line_that_says_too_little_is_refused(entry: str, problems: list[str]) -> None:
    line = one(camt(stmt(entry)))
    assert line.refused
    assert [problem.code for problem in line.problems] == problems


def test_a_day_may_be_a_moment_or_the_value_date() -> None:
    assert one(camt(stmt(ntry(day="<DtTm>2026-11-25T10:00:00</DtTm>")))).received_on == DAY
    assert one(camt(stmt(ntry(day="", heads="<ValDt><Dt>2026-11-26</Dt></ValDt>")))).received_on == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (camt(stmt(ntry()))[:-40], "broken_bank", "r.xml:5"),
        (camt(stmt(ntry())).replace(b"</Ntry>", b"</Entry>"), "broken_bank", "r.xml:5"),
        (camt(stmt(), root="BkToCstmrAcctRpt"), "not_bank", "r.xml"),
        (camt(root="BkToCstmrDbtCdtNtfctn"), "not_bank", "r.xml"),
        (b"<?xml version='1.0'?><facture/>", "not_bank", "r.xml"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><Document>&b;</Document>", "not_bank", "r.xml"),
        (b"<?xml version='1.0' encoding='nonsense'?><Document/>", "not_bank", "r.xml"),
        (b"%PDF-1.7", "not_bank", "r.xml"),
        (b"", "not_bank", "r.xml"),
        (b"\x89PNG\r\n", "not_bank", "r.xml"),
        (ofx(trn(), end=""), "broken_bank", "r.xml:24"),
        (ofx(trn(), trn())[:520], "broken_bank", "r.xml:26"),
        (ofx(trn().replace("</STMTTRN>", "") + trn()), "broken_bank", "r.xml:23"),
        (ofx(trn().replace("</STMTTRN>", "")), "broken_bank", "r.xml:24"),
        (b"OFXHEADER:100\n<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>", "no_statement", "r.xml"),
        (b"OFXHEADER:100\n", "broken_bank", "r.xml:1"),
        (b"Matricule;Nom\nF1;Petit\n", "missing_column", "r.xml"),
        (b"Date;Nom\n1/2/2026;Petit\n", "missing_column", "r.xml"),
        (b'Date;Montant\n01/02/2026;"12\n', "broken_table", "r.xml:2"),
    ],
)
def test_what_is_no_statement_or_cut_off_is_refused_with_its_place(data: bytes, code: str, where: str) -> None:
    with pytest.raises(UserError) as error:
        read_bank(data, "r.xml")
    assert (error.value.code, error.value.where) == (code, where)
    assert error.value.mend


# ---- OFX ----


def test_an_ofx_1_statement_needs_no_closing_tags() -> None:
    balance = "<LEDGERBAL><BALAMT>2030.40<DTASOF>20261130</LEDGERBAL><AVAILBAL><BALAMT>1.00</AVAILBAL>\n"
    data = ofx(
        trn(memo="CDE D&eacute;c. &amp; nov."),
        trn("-12,5", "20261126120000[+1:CET]", "F2", "", "FRAIS"),
        balance=balance,
    )
    file = read_bank(data, "releve.ofx")
    assert file.kind == "ofx"
    assert file.account == "30001 00794 12345678901"
    assert file.problems == ()
    assert [
        (line.line, line.received_on, line.amount, line.payer, line.label, line.bank_id) for line in file.lines
    ] == [
        (15, DAY, AMOUNT, "FONDS ETCLD", "CDE Déc. & nov.", "F1"),
        (23, date(2026, 11, 26), Decimal("-12.50"), "", "FRAIS", "F2"),
    ]


def test_ofx_2_is_read_too_with_comments_quotes_and_letters() -> None:
    body = ofx(xml_trn(name="Département", memo="<![CDATA[CDE <10> & 11]]>"), head=OFX2).decode("cp1252")
    data = body.replace("<BANKTRANLIST>", "<!-- a\nnote with <STMTTRN> -->\n<BANKTRANLIST>").encode()
    [line] = read_bank(data, "releve.ofx").lines
    assert (line.payer, line.label, line.amount, line.line) == ("Département", "CDE <10> & 11", AMOUNT, 9)


def test_an_empty_value_does_not_take_the_next_one_in() -> None:
    empty = trn().replace("<MEMO>CDE", "<MEMO>").replace("<NAME>FONDS ETCLD", "<NAME></NAME>")
    line = one(ofx(empty, trn(number="F2")).replace(trn(number="F2").encode(), b""), "r.ofx")
    assert (line.payer, line.label, line.bank_id) == ("", "", "F1")


@pytest.mark.parametrize(
    ("movement", "currency", "problems"),
    [
        (trn("12.345"), "EUR", ["amount_missing"]),
        (trn("abc"), "EUR", ["amount_missing"]),
        (trn("0"), "EUR", ["amount_missing"]),
        (trn("999999999999"), "EUR", ["amount_missing"]),
        (trn(day="2026"), "EUR", ["day_missing"]),
        (trn(), "CHF", ["not_euros"]),
    ],
)
def test_an_ofx_line_that_says_too_little_is_refused(movement: str, currency: str, problems: list[str]) -> None:
    line = one(ofx(movement, currency=currency), "r.ofx")
    assert line.refused
    assert [problem.code for problem in line.problems] == problems


def test_a_card_and_an_account_are_two_statements() -> None:
    card = ofx(trn(number="C1")).replace(b"STMTRS>", b"CCSTMTRS>").replace(b"12345678901", b"4970")
    both = ofx(trn()).replace(b"</OFX>", card[card.index(b"<BANKMSGSRSV1>") :])
    file = read_bank(both, "r.ofx")
    assert [line.account for line in file.lines] == ["30001 00794 12345678901", "30001 00794 4970"]


# ---- tables ----


def test_a_french_table_with_debit_and_credit() -> None:
    file = read_bank(
        (
            "Compte courant;FR76 3000 1007 9412 3456 7890 185\n"
            "Solde au 30/11/2026;2 030,40\n\n"
            "Date;Date valeur;Libellé;Débit euros;Crédit euros;Référence;Agence\n"
            "25/11/2026;26/11/2026;VIR FONDS ETCLD CDE OCTOBRE 2026;;1 930,40;R1;Lille\n"
            "26/11/2026;26/11/2026;PRLV URSSAF;-812,00;;R2;Lille\n"
            "27/11/2026;;FRAIS;12,5;;;\n"
            ";;Total;824,50;1 930,40;;\n"
            "30/11/2026;;Solde au 30/11/2026;;2 030,40;;\n"
        ).encode("cp1252"),
        "releve.csv",
    )
    assert file.kind == "csv"
    assert file.unknown_columns == ("Agence",)
    assert [(line.line, line.received_on, line.amount, line.label, line.bank_id) for line in file.lines] == [
        (5, DAY, AMOUNT, "VIR FONDS ETCLD CDE OCTOBRE 2026", "R1"),
        (6, date(2026, 11, 26), Decimal("-812.00"), "PRLV URSSAF", "R2"),
        (7, date(2026, 11, 27), Decimal("-12.50"), "FRAIS", ""),
    ]
    assert codes(file) == ["balance_row", "balance_row"]
    assert (file.totals.credits, file.totals.debits) == (AMOUNT, Decimal("-824.50"))


def test_a_final_payment_and_a_company_named_total_are_no_balances() -> None:
    file = csv("25/11/2026;SOLDE CDE 2025;;100,00", "25/11/2026;TOTAL ENERGIES;30,00;", ";Solde;;70,00")
    assert [line.amount for line in file.lines] == [Decimal("100.00"), Decimal("-30.00")]


def test_one_amount_with_a_sign_or_with_a_direction() -> None:
    signed = csv("25/11/2026;A;-12,50", "2026-11-25;B;+1930.40", head="Date opération;Libellé;Montant")
    assert [line.amount for line in signed.lines] == [Decimal("-12.50"), AMOUNT]
    head = "Date;Tiers;Libellé;Informations complémentaires;Montant (EUR);Sens;Devise"
    directed = csv("25/11/2026;FONDS;VIR;CDE 10/2026;12,50;Crédit;EUR", "25/11/2026;X;VIR;VIR;12,50;D;EUR", head=head)
    assert [(line.amount, line.payer, line.label) for line in directed.lines] == [
        (Decimal("12.50"), "FONDS", "VIR / CDE 10/2026"),
        (Decimal("-12.50"), "X", "VIR"),
    ]


@pytest.mark.parametrize(
    ("row", "head", "problems"),
    [
        ("25/11/2026;A;1,00;2,00", "Date;Libellé;Débit;Crédit", ["debit_and_credit"]),
        ("25/11/2026;A;;", "Date;Libellé;Débit;Crédit", ["amount_missing"]),
        (";A;;3,00", "Date;Libellé;Débit;Crédit", ["day_missing"]),
        ("25/11/2026;A;3,00;CHF", "Date;Libellé;Montant;Devise", ["not_euros"]),
        ("25/11/2026;A;1.234;EUR", "Date;Libellé;Montant;Devise", ["number_doubtful", "amount_missing"]),
    ],
)
def test_a_row_that_says_too_little_is_refused(row: str, head: str, problems: list[str]) -> None:
    [line] = csv(row, "25/11/2026;B;1,00;", head=head).lines[:1]
    assert line.refused
    assert [problem.code for problem in line.problems] == problems


def test_columns_chosen_by_hand_are_remembered_for_the_next_file() -> None:
    data = b"Quand;Quoi;Combien\n25/11/2026;CDE;1930,40\n25/11/2026;CDE;1\n"
    chosen = {"bank.date": "Quand", "bank.label": "Quoi", "bank.amount": "Combien"}
    first = read_bank(data, "a.csv", chosen)
    assert first.mapping == chosen
    assert read_bank(data, "a.csv", remembered=[{"bank.date": "Wann"}, first.mapping]) == first
    with pytest.raises(UserError, match="no column"):
        read_bank(data, "a.csv")


def test_heads_repeated_on_each_page_are_no_rows() -> None:
    assert len(csv("25/11/2026;A;;1,00", "Date;Libellé;Débit;Crédit", "25/11/2026;B;;1,00").lines) == 2


# ---- the same movements in each format ----

movements = st.lists(
    st.tuples(
        st.dates(date(2020, 1, 1), date(2030, 12, 31)),
        st.decimals("0.01", "99999999.99", places=2),
        st.booleans(),
        st.text("ABCDEFÉÀÇ 0123456789-", min_size=1, max_size=30).map(lambda text: " ".join(text.split()) or "X"),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25)
@given(movements)
def test_the_three_formats_say_the_same(moves: list[tuple[date, Decimal, bool, str]]) -> None:
    entries, sgml, rows = [], [], []
    for day, amount, out, label in moves:
        words = f"<Ustrd>{label}</Ustrd>"
        direction = "DBIT" if out else "CRDT"
        entries.append(ntry(f"{amount}", direction=direction, day=f"<Dt>{day}</Dt>", details=tx(words=words)))
        sgml.append(trn(f"{'-' if out else ''}{amount}", f"{day:%Y%m%d}", "N", "", label))
        french = f"{amount}".replace(".", ",")
        rows.append(f"{day:%d/%m/%Y};{label};{french if out else ''};{'' if out else french}")
    expected = [(day, -amount if out else amount, label) for day, amount, out, label in moves]
    files = [read_bank(camt(stmt(*entries)), "a.xml"), read_bank(ofx(*sgml), "a.ofx")]
    for file in files:
        assert [(line.received_on, line.amount, line.label) for line in file.lines] == expected
    table = csv(*rows)
    assert [(line.received_on, line.amount) for line in table.lines] == [each[:2] for each in expected]
    assert {file.totals for file in [*files, table]} == {files[0].totals}


# ---- months in words ----


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("CDE OCTOBRE 2026", {"2026-10"}),
        ("cde oct. 26 et nov. 26", {"2026-10", "2026-11"}),
        ("CDE DÉCEMBRE 2025 ET JANVIER 2026", {"2025-12", "2026-01"}),
        ("CDE septembre et octobre 2026", {"2026-09", "2026-10"}),
        ("CDE 10/2026", {"2026-10"}),
        ("demande-cde-2026-10-v1", {"2026-10"}),
        ("CDE 202610 ou 102026", {"2026-10"}),
        ("VIR DU 25/11/2026", set()),
        ("VIR DU 2026-11-25 CDE 10.2026", {"2026-10"}),
        ("RUE DE MAI", set()),
        ("MARS 12 BARRES", {"2012-03"}),
        ("13/2026", set()),
        ("", set()),
    ],
)
def test_months_are_found_in_the_bank_s_words(text: str, months: set[str]) -> None:
    assert months_in(text) == {Month.parse(month) for month in months}
