"""Payments: the bank's file read, its lines matched with the claims that they settle, and all of it taken back."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from ltu_desktop.rules.periods import Month
from ltu_desktop.window.claims_page import ClaimsPage
from ltu_desktop.window.controls import Button
from ltu_desktop.window.import_page import ImportPage
from ltu_desktop.window.payment_form import read_amount
from ltu_desktop.window.payments_page import BY_MONTH, OPEN_CLAIMS, TO_MATCH, PaymentsPage
from ltu_desktop.window.pieces import Link
from tests.bank_world import AUGUST, OCTOBER, SEPTEMBER, Bank
from tests.window.on_screen import cut_texts, english_only, shown_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.queries.payments import ClaimOpen
    from tests.window.conftest import Desk

STATEMENT = """Date;Libellé;Débit;Crédit
05/11/2026;VIR FONDS ETCLD CDE 08/2026;;1000,00
06/11/2026;VIR FONDS ETCLD CDE 09/2026;;1200,50
07/11/2026;PRLV ELECTRICITE;80,00;
"""


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture(scope="module")
def claims_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with three claims that were sent, and no payment."""
    bank = Bank(tmp_path_factory.mktemp("bank") / "banque.ltu", "fr")
    bank.world.employer()
    bank.world.agreement()
    bank.claim(AUGUST, "1000.00", sealed_on=date(2026, 9, 10))
    bank.claim(SEPTEMBER, "1200.50", sealed_on=date(2026, 10, 10))
    bank.claim(OCTOBER, "1930.40", sealed_on=date(2026, 11, 9))
    bank.close()
    return bank.path


@pytest.fixture
def desk(make_window: Callable[..., Desk], claims_file: Path, tmp_path: Path) -> Desk:
    made = make_window()
    path = tmp_path / "banque.ltu"
    shutil.copy(claims_file, path)
    made.open(path)
    return made


@pytest.fixture
def page(desk: Desk) -> PaymentsPage:
    shown = desk.go("payments")
    assert isinstance(shown, PaymentsPage)
    return shown


@pytest.mark.parametrize(
    ("typed_in", "euros"), [("1 234,5", "1234.50"), ("1,234.56", "1234.56"), ("\u22122\u202f000,00 €", "-2000.00")]
)
def test_euros_are_read_as_both_languages_write_them(typed_in: str, euros: str) -> None:
    assert str(read_amount(typed_in)) == euros


def claim(page: PaymentsPage, month: Month) -> ClaimOpen:
    assert page.board is not None
    return next(each for each in page.board.claims if each.month == month)


def typed(field: object, text: str) -> None:
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def add(desk: Desk, page: PaymentsPage, amount: str, payer: str = "FONDS ETCLD", day: str = "06/11/2026") -> None:
    """Add a payment as a person does, without the mouse."""
    desk.frame.commands.do("payments.add")
    assert QApplication.focusWidget() is page.form.first()
    for name, value in (("received_on", day), ("amount", amount), ("payer", payer)):
        typed(page.form.fields[name].widget, value)
    QTest.keyClick(page.form.fields["payer"].widget, Qt.Key.Key_Return)
    desk.rest()


def toast(desk: Desk) -> str:
    said = desk.frame.toast.accessibleName()
    desk.frame.toast.hide()
    return said


def test_an_empty_file_says_what_to_do_first(month: Desk) -> None:
    page = month.go("payments")
    assert isinstance(page, PaymentsPage)
    assert page.body.currentWidget() is page.empty
    assert page.empty.said.text().startswith("Ce fichier ne contient pas encore de versement.")
    assert [way.isEnabled() for way in page.empty.findChildren(Button)] == [True]
    assert page.hints() == [("Ctrl N", "ajouter")], "there is no payment to choose"


def test_a_statement_is_imported_matched_and_all_taken_back(desk: Desk, page: PaymentsPage) -> None:
    path = desk.folder / "releve.csv"
    path.write_text(STATEMENT, "utf-8")
    QTest.keyClick(page.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    importing = desk.frame.page
    assert isinstance(importing, ImportPage)
    assert importing.head.title.text() == "Importer le relevé bancaire"
    importing.read(path)
    desk.rest()
    assert desk.frame.trouble.text == ""
    assert importing.preview.foot.ready.text() == "2 lignes prêtes"
    assert page.board is not None
    assert not page.board.payments, "nothing is written before the decision"
    QTest.keyClick(importing.preview.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert desk.frame.page is page
    assert toast(desk) == "2 versements importés"
    assert [str(each.amount) for each in page.model.rows()] == ["1200.50", "1000.00"]
    assert [page._state(each) for each in page.model.rows()] == ["proposed", "proposed"]

    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    amount = QApplication.focusWidget()
    assert amount is page.panel.shares[0][1].widget
    QTest.keyClick(amount, Qt.Key.Key_Return)
    desk.rest()
    assert toast(desk) == "1 versement rapproché"
    assert claim(page, SEPTEMBER).state == "paid"
    assert QApplication.focusWidget() is page.table
    claims = desk.go("claims")
    assert isinstance(claims, ClaimsPage)
    follow = next(each for each in claims.model.columns if each.code == "points")
    said = {line.month: (line.state, follow.cell(line).text) for line in claims.model.rows()}
    assert said[SEPTEMBER] == ("paid", "payée le 06/11/2026")
    assert said[AUGUST][0] == "sent"
    assert said[AUGUST][1].startswith("envoyée le ")

    desk.go("payments")
    desk.frame.commands.do("edit.undo")
    desk.rest()
    assert claim(page, SEPTEMBER).state == "sent"
    desk.frame.commands.do("edit.undo")
    desk.rest()
    assert page.model.rows() == []
    desk.frame.toast.hide()


def test_what_the_bank_paid_to_others_is_left_out_unless_taken(desk: Desk) -> None:
    path = desk.folder / "releve.csv"
    path.write_text(STATEMENT, "utf-8")
    importing = desk.go("import", "bank")
    assert isinstance(importing, ImportPage)
    importing.read(path)
    desk.rest()
    bill = next(line for line in importing.preview.model.rows() if line.row is not None and line.row.aside)
    importing.preview.table.choose(bill.key)
    QTest.keyClick(importing.preview.table, Qt.Key.Key_Space)
    assert importing.preview.foot.ready.text() == "3 lignes prêtes"


def test_all_sure_matches_are_accepted_at_once(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    add(desk, page, "1 200,50")
    assert toast(desk).replace("\u202f", " ") == "Ajouté\u00a0: 1 200,50\u00a0€"
    assert page.sure_button.text() == "Accepter 2 rapprochements sûrs"
    QTest.mouseClick(page.sure_button, Qt.MouseButton.LeftButton)
    desk.rest()
    assert toast(desk) == "2 versements rapprochés"
    assert (claim(page, AUGUST).state, claim(page, SEPTEMBER).state) == ("paid", "paid")
    assert page.sure_button.isHidden()
    page.segments.choose(TO_MATCH)
    assert page.model.rows() == []


def test_the_key_that_accepts_is_told_where_something_is_proposed(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "12,00", payer="MAIRIE")
    told = desk.frame.status.keys
    assert "accepter la proposition" not in told.text()
    add(desk, page, "1200,50")
    assert "accepter la proposition" in told.text()


def test_less_may_be_matched_and_taken_back(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    typed(page.panel.shares[0][1].widget, "rien")
    QTest.mouseClick(page.panel.accept_button, Qt.MouseButton.LeftButton)
    assert page.panel.shares[0][1].is_wrong()
    typed(page.panel.shares[0][1].widget, "400,00")
    QTest.mouseClick(page.panel.accept_button, Qt.MouseButton.LeftButton)
    desk.rest()
    assert str(claim(page, AUGUST).received) == "400.00"
    assert claim(page, AUGUST).state == "sent"
    assert page._state(page.model.rows()[0]) == "part"
    [way] = [each for each in page.panel.findChildren(Link) if each.isVisible()]
    assert way.text() == "août 2026"
    asked: list[object] = []
    page.panel.opened.disconnect()
    page.panel.opened.connect(asked.append)
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    assert asked == [claim(page, AUGUST).id]
    back = next(
        each for each in page.panel.findChildren(Button) if each.accessibleName().startswith("Annuler le rappr")
    )
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    desk.rest()
    assert toast(desk) == "Le rapprochement est annulé"
    assert str(claim(page, AUGUST).received) == "0.00"


def test_another_claim_than_the_proposed_may_be_chosen(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    assert page.panel.other is not None
    assert page.panel.other_amount is not None
    choice = page.panel.other.widget
    assert isinstance(choice, QComboBox)
    assert [choice.itemText(at).split(" · ")[0] for at in range(choice.count())] == ["septembre 2026", "octobre 2026"]
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClick(page.panel.other_amount.widget, Qt.Key.Key_Return)
    desk.rest()
    assert str(claim(page, OCTOBER).received) == "1000.00"
    desk.frame.toast.hide()


def test_the_file_refuses_more_than_is_open(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    typed(page.panel.shares[0][1].widget, "1100")
    QTest.keyClick(page.panel.shares[0][1].widget, Qt.Key.Key_Return)
    desk.rest()
    assert desk.frame.trouble.isVisible()
    assert "1\u202f000,00\u00a0€" in desk.frame.trouble.text
    desk.frame.trouble.dismiss()
    desk.frame.toast.hide()


def test_a_payment_is_removed_and_brought_back(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    QTest.mouseClick(page.panel.accept_button, Qt.MouseButton.LeftButton)
    desk.rest()
    assert claim(page, AUGUST).state == "paid"
    page.panel.remove_button.setFocus()
    QTest.keyClick(page.panel.remove_button, Qt.Key.Key_Space)
    desk.rest()
    assert page.model.rows() == []
    assert page.panel.isHidden()
    assert claim(page, AUGUST).state == "sent"
    QTest.mouseClick(desk.frame.toast.button, Qt.MouseButton.LeftButton)
    desk.rest()
    assert claim(page, AUGUST).state == "paid"
    desk.frame.toast.hide()


def test_a_payment_is_corrected_by_hand(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000", payer="Fond")
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is page.form.fields["received_on"].widget
    assert page.form.title.text() == "Modifier le versement"
    typed(page.form.fields["payer"].widget, "FONDS ETCLD")
    typed(page.form.fields["amount"].widget, "999,00")
    QTest.keyClick(page.form.fields["amount"].widget, Qt.Key.Key_Return)
    desk.rest()
    assert [(each.payer, str(each.amount)) for each in page.model.rows()] == [("FONDS ETCLD", "999.00")]
    assert toast(desk) == "Modifié\u00a0: 999,00\u00a0€"
    desk.frame.commands.do("edit.undo")
    desk.rest()
    assert [(each.payer, str(each.amount)) for each in page.model.rows()] == [("Fond", "1000.00")]
    desk.frame.toast.hide()


def test_what_is_being_typed_stays_while_the_list_is_looked_at(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    add(desk, page, "12")
    desk.frame.toast.hide()
    desk.frame.commands.do("payments.add")
    typed(page.form.fields["amount"].widget, "55")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.form.isVisible()
    assert page.panel.isHidden()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.form.isHidden()
    assert page.panel.isVisible()


def test_of_a_line_of_the_bank_only_the_payer_is_open(desk: Desk) -> None:
    path = desk.folder / "releve.csv"
    path.write_text(STATEMENT, "utf-8")
    importing = desk.go("import", "bank")
    assert isinstance(importing, ImportPage)
    importing.read(path)
    desk.rest()
    desk.frame.commands.do("import.apply")
    desk.rest()
    page = desk.frame.page
    assert isinstance(page, PaymentsPage)
    desk.frame.commands.do("payments.change")
    assert [name for name, field in page.form.fields.items() if field.widget.isEnabled()] == ["payer"]
    typed(page.form.first(), "Fonds")
    QTest.keyClick(page.form.first(), Qt.Key.Key_Return)
    desk.rest()
    assert [each.payer for each in page.model.rows()] == ["Fonds", ""]
    desk.frame.toast.hide()


def test_a_new_payment_says_what_is_wrong_while_it_is_typed(desk: Desk, page: PaymentsPage) -> None:
    desk.frame.commands.do("payments.add")
    assert page.hints() == [("Entrée", "ajouter"), ("Échap", "retour")], "those of the form, not of the list beside it"
    fields = page.form.fields
    typed(fields["received_on"].widget, "32/11/2026")
    QTest.keyClick(fields["received_on"].widget, Qt.Key.Key_Tab)
    assert fields["received_on"].is_wrong()
    typed(fields["received_on"].widget, "05/11/2026")
    QTest.keyClick(fields["received_on"].widget, Qt.Key.Key_Tab)
    assert not fields["received_on"].is_wrong()
    QTest.mouseClick(page.form.add_button, Qt.MouseButton.LeftButton)
    assert "Indiquez le montant." in [each.text() for each in fields["amount"].findChildren(QLabel)]
    assert QApplication.focusWidget() is fields["amount"].widget
    typed(fields["received_on"].widget, "05/11/2999")
    typed(fields["amount"].widget, "10,005")
    QTest.keyClick(fields["amount"].widget, Qt.Key.Key_Return)
    assert fields["amount"].is_wrong(), "no fractions of a cent"
    typed(fields["amount"].widget, "1,000")
    QTest.keyClick(fields["amount"].widget, Qt.Key.Key_Return)
    assert fields["amount"].is_wrong(), "a thousand or one?"
    typed(fields["amount"].widget, "10,00")
    QTest.keyClick(fields["amount"].widget, Qt.Key.Key_Return)
    desk.rest()
    assert fields["received_on"].is_wrong(), "the file refuses a day to come"
    desk.frame.commands.do("view.back")
    assert page.form.isHidden()


def test_expected_against_received_with_ages(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    QTest.mouseClick(page.panel.accept_button, Qt.MouseButton.LeftButton)
    desk.rest()
    page.segments.choose(BY_MONTH)
    assert page.by_month.table.isVisible()
    rows = {line.flow.period: line for line in page.by_month.model.rows()}
    assert (str(rows[AUGUST].flow.open), str(rows[SEPTEMBER].flow.open)) == ("0.00", "1200.50")
    assert rows[SEPTEMBER].days == 33
    said = {code: text.replace("\u202f", " ").replace("\u00a0", " ") for code, text in page.by_month.ages.said.items()}
    assert said == {"": "–", "0-30": "1 930,40 €", "31-60": "1 200,50 €", "61-90": "–", "90+": "–"}
    [total] = page.by_month.with_totals.totals.texts()
    assert total.values["open"].replace("\u202f", " ") == "3 130,90"
    assert "1\u202f200,50\u00a0€" in [each.text() for each in page.by_month.ages.findChildren(QLabel)]
    page.by_month.table.setFocus()
    page.by_month.table.choose(SEPTEMBER)
    asked: list[str] = []
    desk.frame.desk.go.disconnect(desk.frame.ways.go)
    desk.frame.desk.go.connect(lambda code, _what: asked.append(code))
    QTest.keyClick(page.by_month.table, Qt.Key.Key_Return)
    assert asked == ["claim"]
    assert desk.frame.desk.month == SEPTEMBER
    assert [said for _, said in page.hints()] == ["mois", "ouvrir", "ajouter"]
    page.by_month.table.choose(Month(2026, 11))
    assert [said for _, said in page.hints()] == ["mois", "ajouter"], "money came in, nothing was claimed"
    QTest.keyClick(page.by_month.table, Qt.Key.Key_Return)
    assert asked == ["claim"]
    desk.frame.toast.hide()


def test_the_list_is_filtered_by_words_and_euros(desk: Desk, page: PaymentsPage) -> None:
    add(desk, page, "1000")
    add(desk, page, "77,70", payer="Mairie")
    desk.frame.commands.do("view.filter")
    QTest.keyClicks(page.search, "77,7")
    assert [each.payer for each in page.model.rows()] == ["Mairie"]
    [total] = page.with_totals.totals.texts()
    assert total.values["amount"] == "77,70"
    QTest.keyClicks(page.search, "z")
    assert page.table.accessibleDescription().startswith("Aucun versement ne correspond")
    assert page.panel.isHidden(), "of none that is in sight"
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(page.model.rows()) == 2
    assert not page.panel.isHidden()
    desk.frame.toast.hide()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)], ids=lambda size: str(size[0]))
def test_nothing_is_cut_nor_in_another_language(
    size: tuple[int, int], language: str, make_window: Callable[..., Desk], claims_file: Path, tmp_path: Path
) -> None:
    window = make_window(language, size)
    path = tmp_path / "banque.ltu"
    shutil.copy(claims_file, path)
    window.open(path)
    page = window.go("payments")
    assert isinstance(page, PaymentsPage)
    for amount in ("1000", "1 200,50", "12,00", "2 500,00"):
        add(window, page, amount)
    page.panel.accept_button.click()
    window.rest()
    window.frame.toast.hide()
    wrong: list[str] = []
    foreign = english_only() if language == "fr" else set()

    def look(what: str) -> None:
        window.rest()
        wrong.extend(f"{what}: {text}" for text in cut_texts(page))
        wrong.extend(f"{what}: English {text}" for text in shown_texts(page) if text in foreign)

    for row in page.model.rows():
        page.table.choose(row.id)
        look(str(row.amount))
    page.segments.choose(BY_MONTH)
    look("by month")
    page.begin_new()
    look("new")
    assert not wrong, "\n".join(wrong)


def test_a_reader_can_look_and_change_nothing(
    make_window: Callable[..., Desk], claims_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "banque.ltu"
    shutil.copy(claims_file, path)
    window = make_window()
    window.open(path)
    page = window.go("payments")
    assert isinstance(page, PaymentsPage)
    add(window, page, "1000")
    window.frame.toast.hide()
    window.frame.desk.close_file()
    window.rest()
    window.frame.desk.open(path, read_only=True)
    window.rest()
    window.go("payments")
    assert [str(row.amount) for row in page.model.rows()] == ["1000.00"]
    assert not page.panel.shares[0][1].widget.isEnabled()
    for code in ("payments.import", "payments.add", "payments.accept", "payments.remove"):
        assert not window.frame.commands.on(code)
        assert window.frame.commands.reasons[code] == "Le fichier est ouvert en lecture seule."


def test_open_claims_stand_one_by_one_with_their_age_and_open_the_claim(desk: Desk, page: PaymentsPage) -> None:
    page.segments.choose(OPEN_CLAIMS)
    view = page.open_claims
    assert view.isVisible()
    assert page.board is not None
    waiting = [claim for claim in page.board.claims if claim.open]
    assert waiting
    assert view.model.rows() == waiting
    total = view.with_totals.totals.texts()[0]
    assert total.values["open"] == page.words.number(sum((claim.open for claim in waiting), Decimal(0)))
    assert [said for _, said in page.hints()] == ["demande", "ouvrir", "ajouter"]
    age = next(each for each in view.model.columns if each.code == "age")
    assert [age.cell(each).text == "pas encore envoyée" for each in waiting] == [
        each.sent_on is None for each in waiting
    ]
    assert not page.search.isVisible()
    asked: list[object] = []
    desk.frame.desk.go.disconnect(desk.frame.ways.go)
    desk.frame.desk.go.connect(lambda code, what: asked.append((code, what)))
    view.table.choose(waiting[0].id)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert asked == [("claim", waiting[0].id)]
    assert desk.frame.desk.month == waiting[0].month
