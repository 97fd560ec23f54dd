"""Who a row of somebody's list is: by staff number, by `NOM Prénom` or by `Prénom NOM`; and which activity it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.queries.attendance import people_names
from ltu_desktop.queries.names import list_name
from ltu_desktop.rules.attendance import refusal
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from ltu_desktop.rules.errors import Problem


class People:
    """The people and activities of the file, by what lists call them; `activities` by folded code and name.

    `names` are those that our own lists show, by the person's key.
    """

    def __init__(self, connection: Connection) -> None:
        people, self.activities = people_names(connection)
        self.names = {key: list_name(name, first) for key, _, name, first in people}
        self._numbers = {fold(number): key for key, number, _, _ in people}
        self._names: dict[str, set[bytes]] = {}
        for key, _, name, first in people:
            for text in {fold(f"{name} {first}"), fold(f"{first} {name}")}:
                self._names.setdefault(text, set()).add(key)

    def find(self, who: Sequence[str], text: str) -> bytes | Problem:
        """Return the person whom some texts name, or why she is not known; `text` is what is refused then.

        A name says more than a number, which may be something else: weekly hours beside the name.
        """
        texts = [fold(each) for each in who]
        several = False
        for each in (" ".join(texts), *texts):
            found = self._names.get(each, set())
            if len(found) == 1:
                return next(iter(found))
            several = several or bool(found)
        numbers = [self._numbers[each] for each in texts if each in self._numbers]
        if numbers:
            return numbers[0]
        return refusal("paste_several" if several else "paste_unknown", text, who=" ".join(who))
