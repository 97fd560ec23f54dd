"""All commands, in the order of a month's work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.cli import calculator, claim, files, house, show
from ltu_desktop.cli.options import Maker

if TYPE_CHECKING:
    from ltu_desktop.cli.options import Parser
    from ltu_desktop.words import Words


def build(words: Words) -> Parser:
    """Build the parser of the whole command line, in one language."""
    make = Maker(words)
    parser, commands = make.top()
    for room in (show, files, house, claim, calculator):
        room.add(make, commands)
    return parser
