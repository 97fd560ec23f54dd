"""The language of the documents: kept in the file, so that a claim reads the same whoever exports it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ltu_desktop.queries.settings import PAPER_LANGUAGE, setting_row
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import setting
from ltu_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.journal import Changed


def set_language(ctx: Context, language: str) -> Changed:
    """Write the file's documents in a language from now on; raise UserError `language` for one that is not there."""
    if language not in LANGUAGES:
        raise UserError(
            "language",
            N_("There are no documents in “{language}”."),
            N_("Choose one of: {known}."),
            params={"language": language, "known": ", ".join(LANGUAGES)},
        )
    with ctx.store.write("paper.set_language", {"language": language}, initiator=ctx.initiator) as tx:
        row = setting_row(tx.connection, PAPER_LANGUAGE)
        if row is None:
            tx.insert(setting, {"key": PAPER_LANGUAGE, "value": json.dumps(language)})
        else:
            tx.update(setting, row.id, {"value": json.dumps(language)})
    return tx.changed
