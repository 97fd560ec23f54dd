"""Read a monthly payroll declaration (DSN): a text file, one rubric a line, whose order makes a tree.

30 opens a person, 40 a contract with its changes (41), leaves (60), end (62) and suspensions (65); 50 and 51 give the
pay, 53 the activity under a remuneration of type 002. A file that is not whole is refused with the line.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.intake.dsn_blocks import Block, Blocks
from ltu_desktop.intake.dsn_lines import Lines, refuse
from ltu_desktop.intake.dsn_person import PersonBuilder
from ltu_desktop.intake.dsn_records import Declaration, DsnFile, DsnPerson
from ltu_desktop.intake.findings import Finding
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Callable

_ANOTHER_NATURE = {
    "02": N_("This is a notice of the end of a contract (nature {nature}), not a monthly declaration."),
    "04": N_("This is a notice of sick leave (nature {nature}), not a monthly declaration."),
    "05": N_("This is a notice of return from sick leave (nature {nature}), not a monthly declaration."),
    "07": N_("This is a notice of the end of a contract (nature {nature}), not a monthly declaration."),
}
_UNKNOWN_NATURE = N_("This declaration is of nature {nature}; only monthly ones (nature 01) can be imported.")
_TYPES = {"01", "02", "03", "04", "05"}
_EMPTY_TYPES = {"02", "04", "05"}
_CHOOSE_MONTHLY = N_("Choose the month’s declaration.")


def read_dsn(data: bytes, name: str) -> DsnFile:
    """Read a declaration file; raise `UserError` with its line when it is foreign, cut off or malformed.

    `name` is the file's name, for sentences. ISO-8859-1 and UTF-8 are told apart. Nothing is dropped: rubrics that are
    not read are counted, and hours that could not be added are told in `problems`.
    """
    lines = Lines(data, name)
    tree = _Tree(name)
    blocks = Blocks(lines)
    for block in blocks:
        tree.take(block)
    return tree.file(data, lines, blocks)


class _Tree:
    """Puts block after block in its place."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Finding] = []
        self.declarations: list[Declaration] = []
        self.head: dict[str, str] = {}
        self.control = Decimal(0)
        self.announced = ""
        self.declaration: Block | None = None
        self.month = Month(1, 1)
        self.siren = self.siret = ""
        self.sirets: list[str] = []
        self.persons: list[DsnPerson] = []
        self.person: PersonBuilder | None = None
        self._places: dict[str, Callable[[Block], None]] = {
            "S10.G00.00": self._head,
            "S20.G00.05": self._declaration,
            "S21.G00.06": self._company,
            "S21.G00.11": self._establishment,
            "S21.G00.30": self._person,
            "S21.G00.40": lambda block: self._of_person(block).contract(block),
            "S21.G00.41": lambda block: self._of_person(block).change(block),
            "S21.G00.51": lambda block: self._of_person(block).remuneration(block),
            "S21.G00.53": self._activity,
            "S21.G00.60": lambda block: self._of_person(block).sick_leave(block),
            "S21.G00.62": lambda block: self._of_person(block).end(block),
            "S21.G00.65": lambda block: self._of_person(block).suspension(block),
            "S90.G00.90": self._end,
        }

    def take(self, block: Block) -> None:
        place = self._places.get(block.code)
        if place:
            place(block)

    def _head(self, block: Block) -> None:
        self.head = {number: block.value(number) for number in block.values}
        if block.value("005") == "01":
            self.problems.append(Finding("test_file", line=block.at("005")))

    def _declaration(self, block: Block) -> None:
        self._close_declaration()
        nature, kind = block.needed("001"), block.needed("002")
        if nature != "01":
            raise refuse(
                self.name,
                block.at("001"),
                "not_monthly",
                _ANOTHER_NATURE.get(nature, _UNKNOWN_NATURE),
                _CHOOSE_MONTHLY,
                nature=nature,
            )
        if kind not in _TYPES:
            raise refuse(
                self.name,
                block.at("002"),
                "unknown_type",
                N_("The type of this declaration, “{type}”, is unknown; 01 to 05 are expected."),
                type=kind,
            )
        fraction = block.value("003") or "11"
        if len(fraction) != 2 or not (fraction.isdecimal() and "1" <= fraction[0] <= fraction[1]):
            raise refuse(
                self.name,
                block.at("003"),
                "impossible_fraction",
                N_("“{fraction}” is not a part of a declaration; 11 (whole), 12, 22… are expected."),
                fraction=fraction,
            )
        order = block.value("004") or "0"
        if not (order.isdecimal() and order.isascii()):
            raise refuse(
                self.name,
                block.at("004"),
                "impossible_number",
                N_("“{value}” is not a whole number (rubric {rubric})."),
                value=order,
                rubric=f"{block.code}.004",
            )
        if block.value("010") not in {"", "01"}:
            self.problems.append(Finding("not_euro", line=block.at("010"), params={"code": block.value("010")}))
        self.month = Month.of(block.needed_day("005"))
        self.declaration = block
        self.siren = self.siret = ""

    def _company(self, block: Block) -> None:
        if self.declaration is None:
            raise self._out_of_place(block, "S20.G00.05")
        self._close_person()
        self.siren = block.needed("001")

    def _establishment(self, block: Block) -> None:
        if not self.siren:
            raise self._out_of_place(block, "S21.G00.06")
        self._close_person()
        self.siret = self.siren + block.needed("001")
        if self.siret not in self.sirets:
            self.sirets.append(self.siret)

    def _person(self, block: Block) -> None:
        if not self.siret:
            raise self._out_of_place(block, "S21.G00.11")
        self._close_person()
        self.person = PersonBuilder(block, self.siret, self.month)

    def _of_person(self, block: Block) -> PersonBuilder:
        if self.person is None:
            raise self._out_of_place(block, "S21.G00.30")
        return self.person

    def _activity(self, block: Block) -> None:
        if block.value("001") == "01" and block.value("003") == "10":
            self.control += block.needed_number("002")
        self._of_person(block).activity(block)

    def _end(self, block: Block) -> None:
        self._close_declaration()
        self.announced = block.value("002")

    def _out_of_place(self, block: Block, parent: str) -> UserError:
        return refuse(
            self.name,
            block.line,
            "out_of_place",
            N_("Block {block} stands where no block {parent} is open."),
            block=block.code,
            parent=parent,
        )

    def _close_person(self) -> None:
        if self.person is not None:
            self.persons.append(self.person.close())
            self.person = None

    def _close_declaration(self) -> None:
        self._close_person()
        block = self.declaration
        if block is None:
            return
        kind = block.value("002")
        declaration = Declaration(
            nature=block.value("001"),
            type=kind,
            fraction=block.value("003") or "11",
            order=int(block.value("004") or 0),
            month=self.month,
            siren=self.siren,
            sirets=tuple(self.sirets),
            persons=tuple(self.persons),
            line=block.line,
        )
        if declaration.persons and kind in _EMPTY_TYPES:
            self.problems.append(
                Finding("people_in_empty", line=block.line, params={"type": kind, "count": len(declaration.persons)})
            )
        if not declaration.persons and kind not in _EMPTY_TYPES:
            self.problems.append(Finding("nobody", line=block.line))
        self.declarations.append(declaration)
        self.declaration, self.persons, self.sirets = None, [], []

    def file(self, data: bytes, lines: Lines, blocks: Blocks) -> DsnFile:
        """Make the file's record; refuse one without a declaration."""
        if not self.declarations:
            raise refuse(self.name, 1, "no_declaration", N_("The file holds no declaration (S20.G00.05)."))
        if self.announced.isdecimal() and int(self.announced) != len(self.declarations):
            self.problems.append(
                Finding(
                    "count_of_declarations",
                    line=lines.count,
                    params={"announced": int(self.announced), "count": len(self.declarations)},
                )
            )
        of_persons = [
            problem
            for declaration in self.declarations
            for person in declaration.persons
            for problem in person.problems
        ]
        return DsnFile(
            name=self.name,
            sha256=hashlib.sha256(data).hexdigest(),
            encoding=lines.encoding,
            norm=self.head.get("006", ""),
            software=self.head.get("001", ""),
            publisher=self.head.get("002", ""),
            software_version=self.head.get("003", ""),
            test=self.head.get("005") == "01",
            lines=lines.count,
            paid_hours=self.control + Decimal("0.00"),
            declarations=tuple(self.declarations),
            unknown=blocks.unknown,
            problems=tuple(sorted(self.problems + of_persons, key=lambda problem: problem.line)),
        )
