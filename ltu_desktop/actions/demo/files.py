"""The files that the demo's job factory sends: payroll declarations (DSN) and the staff list."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from ltu_desktop.actions.demo.months import FULL_MONTH
from ltu_desktop.documents.report import Column, Kind
from ltu_desktop.documents.tables import to_xlsx
from ltu_desktop.intake.columns import LABELS
from ltu_desktop.intake.identity import nir_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.actions.demo.cast import Cast, Worker
    from ltu_desktop.actions.demo.months import Pay, Slip
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.words import Words

_PLAIN = str.maketrans({"œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "\u0131": "i", "’": "'"})
_STAFF = (
    ("staff_number", Kind.CODE),
    ("name", Kind.TEXT),
    ("first_names", Kind.TEXT),
    ("birth_date", Kind.DATE),
    ("nir", Kind.CODE),
    ("status", Kind.TEXT),
    ("recognised_on", Kind.DATE),
    ("decision_number", Kind.CODE),
    ("entry", Kind.DATE),
    ("site", Kind.TEXT),
    ("activity", Kind.TEXT),
    ("address", Kind.TEXT),
    ("postcode", Kind.CODE),
    ("town", Kind.TEXT),
)


def staff_list(cast: Cast, words: Words) -> bytes:
    """Write the staff list as a workbook, sorted by name as an office keeps it."""
    heads = {
        **{field: words.text(label) for field, label in LABELS.items()},
        "status": words.term("staff list", "Status"),
        "recognised_on": words.term("staff list", "Decision date"),
        "decision_number": words.term("staff list", "Decision number"),
    }
    columns = [Column(field, heads[field], kind) for field, kind in _STAFF]
    rows = [
        (
            worker.number,
            worker.family,
            worker.first,
            worker.birth,
            worker.nir + nir_key(worker.nir),
            words.status(worker.status),
            worker.recognised_on,
            worker.decision,
            worker.start,
            worker.site,
            worker.activity,
            worker.address,
            worker.postcode,
            worker.town,
        )
        for worker in sorted(cast.workers, key=lambda worker: (worker.family, worker.first))
    ]
    return to_xlsx(words.text("Staff list"), columns, rows, words)


class Declaration:
    """A month's declaration in the making: lines `rubric,'value'`, ISO-8859-1, CRLF."""

    def __init__(self, cast: Cast, month: Month, *, order: int = 1, replaces: bool = False) -> None:
        self._lines: list[str] = []
        self._house = cast.house["employer"]
        self._month = month
        self._head(order, replaces=replaces)

    def bytes(self, slips: Sequence[Slip]) -> bytes:
        """Add everybody and the closing block; return the file."""
        for slip in slips:
            self._person(slip.worker)
            self._contract(slip)
            for pay in slip.pays:
                self._pay(slip, pay)
        count = len(self._lines) + 2  # the closing block counts itself
        self._put("S90.G00.90", ("001", str(count)), ("002", "1"))
        return "".join(f"{line}\r\n" for line in self._lines).encode("iso-8859-1")

    def _put(self, block: str, *rubrics: tuple[str, str | None]) -> None:
        self._lines += [f"{block}.{number},'{_latin(value)}'" for number, value in rubrics if value]

    def _head(self, order: int, *, replaces: bool) -> None:
        house, month = self._house, self._month
        place = (house["postcode"], house["town"])
        self._put(
            "S10.G00.00",
            ("001", house["software"]),
            ("002", house["publisher"]),
            ("003", f"{month.year % 100}.{month.number}"),
            ("005", "02"),
            ("006", f"P{month.year % 100:02d}V01"),
            ("007", "01"),
            ("008", "01"),
        )
        self._put(
            "S10.G00.01",
            ("001", house["siren"]),
            ("002", house["nic"]),
            ("003", house["name"].partition(",")[0].upper()),
            ("004", house["address"]),
            ("005", place[0]),
            ("006", place[1]),
        )
        self._put(
            "S20.G00.05",
            ("001", "01"),
            ("002", "03" if replaces else "01"),
            ("003", "11"),
            ("004", str(order)),
            ("005", _day(month.first)),
            ("007", _day(month.last)),
            ("008", "01"),
            ("010", "01"),
        )
        self._put("S21.G00.06", ("001", house["siren"]), ("002", house["nic"]), ("003", "8899B"))
        self._put(
            "S21.G00.11",
            ("001", house["nic"]),
            ("002", "8899B"),
            ("003", house["address"]),
            ("004", place[0]),
            ("005", place[1]),
        )

    def _person(self, worker: Worker) -> None:
        self._put(
            "S21.G00.30",
            ("001", worker.nir),
            ("002", worker.family),
            ("003", worker.family),
            ("004", worker.first),
            ("005", f"0{worker.sex}"),
            ("006", _day(worker.birth)),
            ("008", worker.address),
            ("009", worker.postcode),
            ("010", worker.town),
            ("019", worker.number),
        )

    def _contract(self, slip: Slip) -> None:
        worker = slip.worker
        full = slip.contract_hours >= FULL_MONTH
        self._put(
            "S21.G00.40",
            ("001", _day(worker.start)),
            ("002", "07"),
            ("003", "02"),
            ("004", "525b"),
            ("006", worker.job),
            ("007", worker.nature),
            ("008", "99"),
            ("009", worker.contract_number),
            ("010", _day(worker.planned_end) if worker.planned_end else None),
            ("011", "10"),
            ("012", "151.67"),
            ("013", f"{slip.contract_hours}"),
            ("014", "10" if full else "20"),
            ("017", "9999"),
        )
        for day, former in slip.changes:
            self._put("S21.G00.41", ("001", _day(day)), ("007", f"{former}"))
        for stop in slip.stops:
            if stop.block == "60":
                dates = (("002", _day(stop.start - timedelta(days=1))), ("003", _day(stop.end)))
            else:
                dates = (("002", _day(stop.start)), ("003", _day(stop.end)))
            self._put(f"S21.G00.{stop.block}", ("001", stop.reason), *dates)
        if slip.ends and worker.end is not None:
            self._put("S21.G00.62", ("001", _day(worker.end)), ("002", worker.end_reason))
        gross = sum(pay.gross for pay in slip.pays)
        self._put("S21.G00.50", ("001", _day(self._month.last)), ("002", f"{gross}"), ("003", "1"), ("004", f"{gross}"))

    def _pay(self, slip: Slip, pay: Pay) -> None:
        self._money(slip, pay, "001", pay.gross)
        self._money(slip, pay, "002", pay.gross)
        for kind, hours in (("01", pay.paid), ("02", pay.unpaid)):
            if hours or kind == "01":
                self._put("S21.G00.53", ("001", kind), ("002", f"{hours}"), ("003", "10"))
        self._money(slip, pay, "010", pay.gross)
        if pay.beyond:
            self._money(slip, pay, "017", None, pay.beyond)

    def _money(self, slip: Slip, pay: Pay, kind: str, amount: Decimal | None, hours: Decimal | None = None) -> None:
        self._put(
            "S21.G00.51",
            ("001", _day(pay.start)),
            ("002", _day(pay.end)),
            ("010", slip.worker.contract_number),
            ("011", kind),
            ("012", f"{hours}" if hours is not None else None),
            ("013", f"{amount}" if amount is not None else None),
        )


def _day(day: date) -> str:
    return f"{day:%d%m%Y}"


def _latin(text: str | None) -> str:
    """Write a text with the letters of ISO-8859-1, as payroll programs do: `Nguyễn` is `Nguyen`, `Cœur` is `Coeur`."""
    found = []
    for letter in (text or "").translate(_PLAIN):
        try:
            letter.encode("iso-8859-1")
        except UnicodeEncodeError:
            found += [each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)]
        else:
            found.append(letter)
    return "".join(found).encode("iso-8859-1", "replace").decode("iso-8859-1")
