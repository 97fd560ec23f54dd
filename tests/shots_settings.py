"""Pictures of the settings and of the first page's sheets, for the gallery."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from ltu_desktop.actions.activities import add_activity, remove_activity
from ltu_desktop.actions.agreements import add_site, remove_site, set_employer
from ltu_desktop.actions.context import Context
from ltu_desktop.actions.operators import add_operator, change_operator
from ltu_desktop.queries.operators import operators as listed
from ltu_desktop.store.file import Store
from tests.studio import OfficeClock, Studio, settle

if TYPE_CHECKING:
    from ltu_desktop.window.start import StartPage


def start_of(studio: Studio) -> StartPage:
    return studio.frame.start


def copy(studio: Studio, name: str) -> Store:
    """Open a copy of the example, whose key and people may change without spoiling other pictures."""
    path = studio.folder / name
    shutil.copy(studio.example, path)
    start_of(studio).open(path)
    settle(studio.frame)
    store = studio.frame.desk.store
    assert store is not None
    return store


def agreement(studio: Studio) -> None:
    """A setting is tried: its euros stand below it before it is saved."""
    studio.open("settings", "agreement")
    section = studio.frame.pages["settings"].section("agreement")  # type: ignore[attr-defined]
    choice = section.fields["terms.rounding"].widget
    choice.setCurrentIndex(choice.findData("on_sum"))
    choice.activated.emit(choice.currentIndex())
    settle(studio.frame)


def agreement_ends(studio: Studio) -> None:
    """The agreement would end before the month: nothing could be sealed any more."""
    studio.open("settings", "agreement")
    end = studio.frame.pages["settings"].section("agreement").fields["agreement.end_on"].widget  # type: ignore[attr-defined]
    end.setText("31/08/2026")
    end.editingFinished.emit()
    settle(studio.frame)


def sites(studio: Studio) -> None:
    studio.open("settings", "sites")
    section = studio.frame.pages["settings"].section("sites")  # type: ignore[attr-defined]
    section.open_line(next(iter(section.opens)))


def backups(studio: Studio) -> None:
    """Look at what restoring the last backup would change."""
    store = copy(studio, "sauvegarde.ltu")
    path = store.backup()
    set_employer(Context(store, studio.frame.words, OfficeClock()), {"town": "Loos"})
    studio.frame.go("settings", "backups")
    settle(studio.frame)
    section = studio.frame.pages["settings"].section("backups")  # type: ignore[attr-defined]
    section.prove()
    settle(studio.frame)
    section.choose(path)
    settle(studio.frame)
    studio.frame.toast.hide()


def passphrase(studio: Studio) -> None:
    store = copy(studio, "chiffre.ltu")
    store.change_passphrase("moulin girafe tambour neige pastel")
    studio.frame.go("settings", "passphrase")
    settle(studio.frame)
    section = studio.frame.pages["settings"].section("passphrase")  # type: ignore[attr-defined]
    section.fields["key.first"].widget.setText("quatre mots sans rapport")


def locked(studio: Studio) -> None:
    """Type a recovery code: one group holds a mistake."""
    studio.close_file()
    path = studio.folder / "protege.ltu"
    with Store.create(path, clock=OfficeClock(), operator="Marie Courtois", passphrase="sesame") as store:
        groups = str(store.recovery_code()).split("-")
    start = start_of(studio)
    start.open(path)
    settle(studio.frame)
    start.lock.turn.click()
    groups[2] = groups[2][:4] + ("0" if groups[2][4] != "0" else "1")
    boxes = start.lock.boxes
    boxes.boxes[0].textEdited.emit("".join(groups[:5]))


def recovery(studio: Studio) -> None:
    """Keep the code of a new file."""
    studio.close_file()
    start = start_of(studio)
    start.paper.show_code("7KQ4M-2XDT9-H0VRC-W85PA-3NZE6-JB1GY-QF4S7-T9D2K", lambda: None)
    start.wanted.emit()
    start._turn(start.paper)


def rescue(studio: Studio) -> None:
    """Restore a backup from the first page."""
    store = copy(studio, "perdu.ltu")
    path = store.backup()
    set_employer(Context(store, studio.frame.words, OfficeClock()), {"town": "Loos"})
    studio.frame.desk.close_file()
    settle(studio.frame)
    start = start_of(studio)
    start.rescue.ask(path)
    start._turn(start.rescue)


def operators(studio: Studio) -> None:
    """Show who works here, to a colleague who only reads."""
    store = copy(studio, "lecture.ltu")
    ctx = Context(store, studio.frame.words, OfficeClock())
    add_operator(ctx, "Ida Petit", quality="Présidente")
    add_operator(ctx, "Samir Gomes", quality="Responsable RH", role="without_health")
    with store.read() as connection:
        me = next(each.id for each in listed(connection) if each.name == store.operator)
    change_operator(ctx, me, role="reader")
    settle(studio.frame)
    studio.frame.go("settings", "operators")


def display(studio: Studio) -> None:
    studio.open("settings", "window")


def deleted(studio: Studio) -> None:
    """List what was deleted: one comes back, the code of the other was given away meanwhile."""
    store = copy(studio, "supprime.ltu")
    ctx = Context(store, studio.frame.words, OfficeClock())
    for name in ("Le Dépôt", "Le Hangar"):
        remove_site(ctx, add_site(ctx, code="HG", name=name))
    add_site(ctx, code="HG", name="Le Grand Hangar")
    remove_activity(ctx, add_activity(ctx, code="BRO", name="Brocante"))
    studio.frame.go("settings", "deleted")


SHOTS = (deleted, agreement, agreement_ends, sites, operators, backups, passphrase, display, locked, recovery, rescue)
