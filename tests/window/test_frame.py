"""The frame: keys, pages, palette, help, panes, language, appearance, what is remembered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import platformdirs
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from ltu_desktop import app as door
from ltu_desktop.actions.people import add_person
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import theme
from ltu_desktop.window.commands import COMMANDS, key_text
from ltu_desktop.window.frame import Frame
from ltu_desktop.window.memory import Memory
from ltu_desktop.window.menu import appear
from ltu_desktop.window.palette import Entry, fits, marked, read_month
from ltu_desktop.window.tokens import Appearance
from ltu_desktop.words import Words
from tests.claim_world import FixedClock
from tests.studio import settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.palette import Palette
    from tests.window.conftest import Desk


def come(running: door.Application) -> None:
    """Wait until a program that has just been shown has made its window and opened its file."""
    while not running.frame.filled:
        QApplication.processEvents()
    settle(running.frame)
    settle(running.frame)


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_keys_lead_to_the_pages(month: Desk) -> None:
    keys = ((Qt.Key.Key_5, "claims"), (Qt.Key.Key_8, "settings"), (Qt.Key.Key_1, "home"), (Qt.Key.Key_2, "people"))
    for key, code in keys:
        QTest.keyClick(month.frame, key, Qt.KeyboardModifier.AltModifier)
        month.rest()
        assert month.frame.page is month.frame.pages[code]
        assert month.frame.navigation.buttons[f"page.{code}"].isChecked()


def test_no_key_means_two_things_at_once() -> None:
    # one page at a time takes these
    pages = ("people", "planning", "attendance", "activities", "paper", "claim", "import", "payments", "reports")
    places = tuple(f"{page}." for page in pages)
    everywhere = [command for command in COMMANDS if command.keys and not command.code.startswith(places)]
    counted = Counter(command.keys for command in everywhere)
    assert [keys for keys, count in counted.items() if count > 1] == []
    for place in places:
        keys = [command.keys for command in COMMANDS if command.keys and command.code.startswith(place)]
        assert not set(keys) & set(counted)
        assert len(keys) == len(set(keys))


def test_keys_are_said_in_the_language() -> None:
    assert key_text(Words("fr"), "Ctrl+Return") == "Ctrl Entrée"
    assert key_text(Words("en"), "Ctrl+PgUp") == "Ctrl PgUp"
    assert [key_text(Words("fr"), f"Alt+{key}") for key in ("Home", "Left", "Right")] == ["Alt Début", "Alt ←", "Alt →"]


def sought(month: Desk, text: str) -> Palette:
    """Open the palette by its command, type, and wait until what was found is shown."""
    month.frame.commands.do("view.palette")
    palette = month.frame.palette_popup
    QTest.keyClicks(palette.entry, text)
    wait(month.frame, 120)
    return palette


def test_the_palette_finds_people_pages_and_months(month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_K, CONTROL)
    palette = month.frame.palette_popup
    assert palette.isVisible()
    QTest.keyClicks(palette.entry, "benali")
    wait(month.frame, 120)
    assert [entry.text for _, entries in palette.entries() for entry in entries] == ["BENALI Nadia"]
    QTest.keyClick(palette.entry, Qt.Key.Key_Return)
    month.rest()
    assert month.frame.pages["people"].panel.name.text() == "BENALI Nadia"  # type: ignore[attr-defined]
    sought(month, "#mars 2026")
    QTest.keyClick(palette.entry, Qt.Key.Key_Return)
    month.rest()
    assert month.frame.desk.month == Month(2026, 3)


def test_the_palette_says_that_it_found_nothing_once_it_has_looked(month: Desk) -> None:
    def said(palette: Palette) -> list[str]:
        return [palette.list.item(at).text() for at in range(palette.list.count())]

    month.frame.commands.do("view.palette")
    palette = month.frame.palette_popup
    QTest.keyClicks(palette.entry, "zz")
    assert said(palette) == [], "people are still looked for"
    wait(month.frame, 120)
    assert said(palette) == ["Rien trouvé : essayez le début d’un nom, ou moins de lettres."]
    QTest.keyClick(palette.entry, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.entry.setText(">zz")
    assert len(said(palette)) == 1
    palette.vanish()


def test_the_palette_tells_people_of_one_name_apart(month: Desk) -> None:
    def add(ctx: Context) -> None:
        add_person(ctx, staff_number="7001", name="Suryani", birth_date=date(1980, 3, 2))
        add_person(ctx, staff_number="7002", name="Suryani")
        add_person(ctx, staff_number="7003", name="Suryani", status="ppde")

    month.frame.desk.act(add, lambda _done: None)
    month.rest()
    palette = sought(month, "@sury")
    palette._people = [replace(each, site=f"Site {at}") for at, each in enumerate(palette._people)]  # may have no room
    ((_, entries),) = palette.entries()
    assert [(each.text, each.note) for each in entries] == [
        ("SURYANI", "né·e le 02/03/1980 · n°\u00a07001 · non indiqué"),
        ("SURYANI", "n°\u00a07002 · non indiqué"),
        ("SURYANI", "PPDE"),  # her status tells
    ]
    spoken = palette.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "SURYANI né·e le 02/03/1980 · n°\u00a07001 · non indiqué"


def test_in_the_palette_the_site_gives_way_before_a_name() -> None:
    entry = Entry(
        "DE LA ROCHEFOUCAULD Marie-Antoinette", note="PPDE", last="Ancienne filature, bâtiment du bord de l’eau"
    )
    assert entry.noted(1000) == "PPDE · Ancienne filature, bâtiment du bord de l’eau" == entry.whole()
    assert entry.noted(400) == "PPDE"


def test_the_palette_begins_with_what_is_called_so_and_ends_with_what_cannot_be_done(month: Desk) -> None:
    month.go("people")
    palette = sought(month, "de")
    groups = palette.entries()
    assert [title for title, _ in groups][:2] == ["Pages", "Actions"]
    assert [each.text for each in groups[0][1]] == ["Demandes"]
    able = [each.do is not None for each in groups[1][1]]
    assert able == sorted(able, reverse=True)
    assert False in able, "what cannot be done says why"
    assert marked("de", "Clé, DÉpart et idée de Zoé") == [
        ("Clé", False),
        (", ", False),
        ("DÉ", True),
        ("part", False),
        (" ", False),
        ("et", False),
        (" ", False),
        ("idée", False),
        (" ", False),
        ("de", True),
        (" ", False),
        ("Zoé", False),
    ]


def test_the_palette_says_when_it_shows_the_first_people_only(month: Desk) -> None:
    def add(ctx: Context) -> None:
        for number in range(9):
            add_person(ctx, staff_number=f"8{number}", name=f"Suryani{number}")

    month.frame.desk.act(add, lambda _done: None)
    month.rest()
    palette = sought(month, "@surya")
    ((title, entries),) = palette.entries()
    assert (title, len(entries)) == ("Personnes\u00a0: les 8 premières, tapez plus de lettres", 8)
    QTest.keyClicks(palette.entry, "ni3")
    wait(month.frame, 120)
    assert [(title, len(entries)) for title, entries in palette.entries()] == [("Personnes", 1)]


def test_the_palette_says_why_something_cannot_be_done(month: Desk) -> None:
    month.go("claim")
    month.frame.commands.do("view.palette")
    palette = month.frame.palette_popup
    QTest.keyClicks(palette.entry, ">sceller")
    [entry] = [entry for _, entries in palette.entries() for entry in entries]
    assert entry.do is None
    assert entry.why_not == "Pour sceller\u00a0: corriger les 2 points bloquants"
    QTest.keyClick(palette.entry, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    wait(month.frame, 100)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("octobre", Month(2026, 10)),
        ("oct 2025", Month(2025, 10)),
        ("Août", Month(2026, 8)),
        ("10/2026", Month(2026, 10)),
        ("2026-02", Month(2026, 2)),
        ("march", Month(2026, 3)),
        ("13/2026", None),
        ("xy", None),
        ("benali", None),
    ],
)
def test_months_are_read_as_people_type_them(text: str, found: Month | None) -> None:
    assert read_month(Words("fr"), text, Month(2026, 11)) == found


@pytest.mark.parametrize(
    ("typed", "said", "found"),
    [("dem", "Ouvrir la demande", True), ("exp dem", "Exporter la demande", True), ("mande", "Demandes", False)],
)
def test_typed_words_begin_words(typed: str, said: str, found: bool) -> None:  # noqa: FBT001  a case's value
    assert fits(typed, said) is found


def test_help_lists_every_key_and_esc_closes_it(month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    month.rest()
    said = {each.text() for each in month.frame.keys_help.findChildren(QLabel)}
    words = month.frame.words
    for command in COMMANDS:
        if command.keys:
            assert {key_text(words, command.keys), words.text(command.text)} <= said
    bar = month.frame.keys_help.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() == 0  # all of them in sight
    QTest.keyClick(month.frame.keys_help, Qt.Key.Key_Escape)
    assert not month.frame.keys_help.isVisible()
    month.frame.resize(1093, 614)
    QTest.keyClick(month.frame, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    month.rest()
    assert month.frame.rect().contains(month.frame.keys_help.geometry())
    QTest.keyClick(month.frame.keys_help, Qt.Key.Key_Down)
    assert bar.value() > 0
    QTest.keyClick(month.frame.keys_help, Qt.Key.Key_Escape)


def test_f6_goes_round_the_panes(month: Desk) -> None:
    month.go("claim")
    seen = []
    for _ in range(4):
        QTest.keyClick(month.frame, Qt.Key.Key_F6)
        widget = QApplication.focusWidget()
        assert widget is not None
        pane = widget
        while not pane.property("pane"):
            parent = pane.parentWidget()
            assert parent is not None
            pane = parent
        seen.append(type(pane).__name__)
    assert set(seen) == {"Table", "ChecksPane", "ExplainPane"}
    assert seen[0] == seen[3]


def test_a_mistake_of_ours_is_told_without_personal_data(month: Desk) -> None:
    month.frame.herald._broken(RuntimeError("DUPONT Jeanne 2 84 05 59"))
    report = next((month.folder / "log").glob("mistake-*.txt"))
    assert "DUPONT" not in report.read_text("utf-8")
    assert "RuntimeError" in report.read_text("utf-8")
    assert str(report) in month.frame.trouble.text


def test_trouble_is_said_in_words_with_the_next_step(month: Desk) -> None:
    error = UserError("read_only", "The file was opened read-only.", "Close it and open it for writing.")
    month.frame.desk.troubled.emit(error)
    assert "lecture seule" in month.frame.trouble.text
    QTest.keyClick(month.frame, Qt.Key.Key_Escape)
    assert month.frame.trouble.text == ""


def test_the_ring_follows_the_focus(month: Desk) -> None:
    ring, button = month.frame.ring, month.frame.top.search
    button.setFocus()
    assert ring.isVisible()
    assert ring.geometry().contains(button.mapTo(month.frame, button.rect().center()))
    month.frame.pages["people"].list.table.setFocus()  # type: ignore[attr-defined]
    assert not ring.isVisible()


def test_the_appearance_is_kept_and_repaints(month: Desk, look: QApplication) -> None:
    appear(month.frame.desk.memory, Appearance.DARK)
    assert theme.tokens().appearance is Appearance.DARK
    assert Memory(month.folder).appearance is Appearance.DARK
    theme.apply(look, Appearance.LIGHT)


def test_the_menu_holds_file_language_and_appearance(month: Desk) -> None:
    menu = month.frame.menu()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:2] == ["Nouveau fichier…", "Ouvrir un fichier…"]
    assert {"Langue", "Apparence", "Quitter"} <= set(texts)
    menu.deleteLater()


def test_the_language_changes_with_the_file_open(look: QApplication, open_month: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.language = "fr"
    path = tmp_path / "f.ltu"
    path.write_bytes(open_month.read_bytes())
    running = door.Application(look, memory, FixedClock())
    running.show(path)
    come(running)
    assert running.frame.pages["home"].head.title.text() == "Octobre 2026"
    running.frame.language_chosen.emit("en")
    settle(running.frame)
    settle(running.frame)
    assert running.frame.pages["home"].head.title.text() == "October 2026"
    assert running.frame.desk.store is not None
    assert memory.language == "en"
    running.frame.close()
    running.frame.deleteLater()
    look.removeTranslator(running._translator)  # type: ignore[arg-type]


def test_larger_texts_come_at_once_with_the_file_and_the_place_kept(
    look: QApplication, open_month: Path, tmp_path: Path
) -> None:
    memory = Memory(tmp_path)
    memory.language, memory.scale = "fr", 100
    path = tmp_path / "f.ltu"
    path.write_bytes(open_month.read_bytes())
    running = door.Application(look, memory, FixedClock())
    running.show(path)
    come(running)
    running.frame.go("settings", "window")
    settle(running.frame)
    before = running.frame
    high = before.top.height()
    section = before.pages["settings"].section("window")  # type: ignore[attr-defined]
    size = section.fields["window.scale"].widget
    size.setCurrentIndex(size.findData("150"))
    size.activated.emit(size.currentIndex())
    settle(running.frame)
    settle(running.frame)
    assert running.frame is not before
    assert running.frame.top.height() == high * 1.5
    assert running.frame.desk.store is not None
    assert running.frame.page is running.frame.pages["settings"]
    assert running.frame.page.place() == "window"
    running.frame.close()
    running.frame.deleteLater()
    look.removeTranslator(running._translator)  # type: ignore[arg-type]
    theme.measure(look, 100, "")


def test_closing_a_file_leads_back_to_the_first_page(month: Desk) -> None:
    month.frame.commands.do("file.close")
    month.rest()
    assert month.frame.outer.currentWidget() is month.frame.start
    assert not month.frame.commands.on("page.people")
    assert not month.frame.commands.on("view.palette")


def test_the_window_comes_back_where_it_was(make_window: Callable[..., Desk]) -> None:
    first = make_window("fr", (1200, 700))
    first.frame.desk.memory.keep(first.frame)
    second = make_window("fr", (1200, 700))
    assert second.frame.desk.memory.restore(second.frame)


def test_the_door_opens_a_file_and_ends_with_the_window(
    look: QApplication, open_month: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path))
    path = tmp_path / "porte.ltu"
    path.write_bytes(open_month.read_bytes())
    opened: list[str] = []
    timer = QTimer(look)

    def look_around() -> None:
        frames = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Frame)]
        for frame in frames:
            if frame.filled and frame.desk.store is not None and not frame.desk.worker.busy():
                opened.append(frame.windowTitle())
                timer.stop()
                frame.close()

    timer.timeout.connect(look_around)
    timer.start(20)
    assert door.main([str(path)]) == 0
    assert opened == ["porte.ltu – LTU Desktop"]
    theme.apply(look, Appearance.LIGHT)
