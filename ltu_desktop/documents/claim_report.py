"""The claim as a report: seven parts (or, for a corrective version, its differences first)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ltu_desktop.documents.report import Report
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.words import Words

# Keys of sections and tables, for whoever shows the report elsewhere:
#   identification[identification] parameters[parameters, settings] amount[amount] notice
#   list[list] totals[totals, year] reconciliation[bridge, gaps] changes[changes, corrections]
#   declarations[attachments]; a corrective version starts with difference[difference] and amount[amount].
# Columns of `list`: number id name status site entry exit contract paid a b c fundable fte part:<code>… total remark.


def build(dossier: Dossier, words: Words) -> Report:
    """Turn a dossier into the claim's report, in the document's language."""
    raise NotImplementedError
