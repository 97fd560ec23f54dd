"""What every action is given: the file, the words, the clock, and whom to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.rules.clock import Clock
    from ltu_desktop.store.file import Store
    from ltu_desktop.words import Words


def quiet(done: int, total: int) -> None:
    """Tell nobody how far the work is: the default of a context."""


@dataclass(frozen=True)
class Context:
    """The open file and its surroundings, made by the two doors (`cli`, `app`).

    `progress` is called with (done, total) during long work and may raise to cancel it: the transaction rolls back.
    `initiator` is whoever asks (a page), so that it does not reload under the user's hands.
    """

    store: Store
    words: Words
    clock: Clock
    progress: Callable[[int, int], None] = quiet
    initiator: object | None = None

    @property
    def role(self) -> str:
        """The operator's role, as the file has it now: `administrator`, `reader` or `without_health`."""
        from ltu_desktop.store.roles import role_of  # the calculator alone needs no database

        with self.store.read() as connection:
            return role_of(connection, self.store.operator)

    @property
    def paper(self) -> Words:
        """The words of the documents: in the file's language for them, else in the window's."""
        from ltu_desktop.queries.settings import paper_language
        from ltu_desktop.words import Words

        with self.store.read() as connection:
            language = paper_language(connection)
        return self.words if language in {None, self.words.language} else Words(language)
