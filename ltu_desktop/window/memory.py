"""What the window remembers between two starts: language, appearance, sizes, recent files. Nothing about people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QLocale, QSettings

from ltu_desktop.window.tokens import SCALES, Appearance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QSplitter, QWidget

RECENT = 5


class Memory:
    """Settings of this person on this computer, in one ini file."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """The window's language: what was chosen, else the system's, else French."""
        import locale

        from ltu_desktop.words import LANGUAGES  # not before the first paint

        chosen = str(self._settings.value("language", ""))
        if chosen in LANGUAGES:
            return chosen
        system = QLocale.system().name()[:2] or (locale.getlocale()[0] or "")[:2]
        return system if system in LANGUAGES else "fr"

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def appearance(self) -> Appearance | None:
        """The chosen appearance; None follows the system."""
        chosen = str(self._settings.value("appearance", ""))
        return Appearance(chosen) if chosen in set(Appearance) else None

    @appearance.setter
    def appearance(self, appearance: Appearance | None) -> None:
        self._settings.setValue("appearance", str(appearance or ""))

    @property
    def scale(self) -> int:
        """The size of the texts in per cent."""
        kept = str(self._settings.value("scale", ""))
        return int(kept) if kept.isdecimal() and int(kept) in SCALES else 100

    @scale.setter
    def scale(self, scale: int) -> None:
        self._settings.setValue("scale", scale)

    @property
    def rows(self) -> str:
        """The rows of lists: `compact`, or empty for comfortable ones."""
        return "compact" if self._settings.value("rows", "") == "compact" else ""

    @rows.setter
    def rows(self, rows: str) -> None:
        self._settings.setValue("rows", rows)

    @property
    def operator(self) -> str:
        """The name under which this person's changes and claims go; the computer's name for her at first."""
        import getpass

        return str(self._settings.value("operator", "")) or getpass.getuser()

    @operator.setter
    def operator(self, name: str) -> None:
        self._settings.setValue("operator", name)

    @property
    def recent(self) -> list[Path]:
        """Files opened lately that are still there, the last one first."""
        names = self._settings.value("recent", [])
        texts = [names] if isinstance(names, str) else names if isinstance(names, list) else []
        return [path for path in map(Path, texts) if path.is_file()]

    def opened(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        others = [str(other) for other in self.recent if other != path]
        self.write({"recent": [str(path), *others][:RECENT]})

    @property
    def folder(self) -> Path:
        """Where files were last chosen; the home folder at first."""
        folder = Path(str(self._settings.value("folder", "")) or Path.home())
        return folder if folder.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._settings.setValue("folder", str(folder))

    @property
    def backup_folder(self) -> Path:
        """Where backups were last made by hand; where files were last chosen at first."""
        folder = Path(str(self._settings.value("backup_folder", "")) or self.folder)
        return folder if folder.is_dir() else self.folder

    @backup_folder.setter
    def backup_folder(self, folder: Path) -> None:
        self._settings.setValue("backup_folder", str(folder))

    def proof(self, path: Path) -> str:
        """Return what is said of the last proven restore of a file's backup on this computer; empty before one."""
        return str(self._settings.value(f"proofs/{_named(path)}", ""))

    def keep_proof(self, path: Path, said: str) -> None:
        """Remember the last proven restore of a file's backup."""
        self._settings.setValue(f"proofs/{_named(path)}", said)

    def columns_off(self, table: str, at_first: frozenset[str]) -> frozenset[str]:
        """Return the columns of a table that were taken off; those that are off at first when nothing was chosen."""
        kept = self._settings.value(f"columns/{table}")
        return at_first if kept is None else frozenset(str(kept).split())

    def keep_columns_off(self, table: str, codes: frozenset[str]) -> None:
        """Remember the columns of a table that are taken off."""
        self._settings.setValue(f"columns/{table}", " ".join(sorted(codes)))

    @property
    def place(self) -> str:
        """Where somebody was when the program ended, as `whereabouts` writes it; "" when no file was open."""
        return str(self._settings.value("place", ""))

    def keep_place(self, place: str, geometry: QByteArray) -> None:
        """Remember a place, and where the window was seen there; an empty one leaves that as it was."""
        self.write({"place": place} if geometry.isEmpty() else {"place": place, "geometry": geometry})

    def write(self, values: Mapping[str, object]) -> None:
        """Write values down at once, on whichever thread: only that one waits for the disk."""
        own = QSettings(self._settings.fileName(), QSettings.Format.IniFormat)
        for name, value in values.items():
            own.setValue(name, value)
        own.sync()

    def restore(self, window: QWidget) -> bool:
        """Give a window the place and size it had; tell whether there was one."""
        kept = self._settings.value("geometry")
        return isinstance(kept, QByteArray) and window.restoreGeometry(kept)

    def keep(self, window: QWidget) -> None:
        """Remember a window's place and size."""
        self.write({"geometry": window.saveGeometry()})

    def restore_splitter(self, name: str, splitter: QSplitter) -> None:
        """Give panes the sizes they had, and remember those they get by hand."""
        kept = self._settings.value(f"panes/{name}")
        if isinstance(kept, QByteArray):
            splitter.restoreState(kept)
            splitter.setProperty("kept", True)
        splitter.splitterMoved.connect(lambda *_: self._keep_panes(name, splitter))

    def _keep_panes(self, name: str, splitter: QSplitter) -> None:
        splitter.setProperty("kept", True)
        self._settings.setValue(f"panes/{name}", splitter.saveState())


def _named(path: Path) -> str:
    """Name a file by a key that an ini file takes."""
    import hashlib

    return hashlib.sha256(str(path).encode()).hexdigest()[:16]
