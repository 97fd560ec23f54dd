"""The sentence of each finding's code, in English; the catalogue has the other languages."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
