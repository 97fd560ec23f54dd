"""Names as lists show them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def list_name(name: str, first_names: str) -> str:
    """Return `NOM Prénom`: the family name in capitals (accents kept), then the first names; one name may be all."""
    return f"{name.upper()} {first_names}".strip()


def namesakes(names: Iterable[str]) -> frozenset[str]:
    """Return the names that more than one person bears: a list tells these apart by their staff numbers."""
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def folded_name(name: str, first_names: str) -> str:
    """Return what the file keeps for search and order: names without accents or case."""
    return fold(f"{name} {first_names}")
