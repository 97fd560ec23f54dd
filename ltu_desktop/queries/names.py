"""Names as lists show them."""

from __future__ import annotations

from ltu_desktop.rules.text import fold


def list_name(name: str, first_names: str) -> str:
    """Return `NOM Prénom`: the family name in capitals (accents kept), then the first names; one name may be all."""
    return f"{name.upper()} {first_names}".strip()


def folded_name(name: str, first_names: str) -> str:
    """Return what the file keeps for search and order: names without accents or case."""
    return fold(f"{name} {first_names}")
