"""Newer editions of a scheme, brought as a signed file: looked at, taken into use, taken back.

They belong to this computer, not to an employer's file. A file is believed in this order: its signature, its form and
the loader, what it leaves as it was, and its oracles together with those of the edition in use. So claims of former
months keep the rules under which they were made: a pack may add values and settle provisional ones, never change a
final one. The claims that are sealed are not touched at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop.rules import cases as oracles
from ltu_desktop.rules import packs
from ltu_desktop.rules.dated import DatedValue, Series
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.pack_files import ENDING, Edition, PackFile, installed, newest, read_pack, shelf, shipped
from ltu_desktop.rules.signed import FAKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Cases = list[tuple[str, oracles.Case]]

LAST = 9999  # the number is the file's name, in four digits


@dataclass(frozen=True)
class InUse:
    """The edition of a scheme that is in use; `brought` tells that it did not come with the program."""

    code: str
    name: str
    edition: int
    issued: date
    version: str
    brought: bool


@dataclass(frozen=True)
class NewValue:
    """A dated value that a pack brings, and the provisional one in its place until now."""

    parameter: str
    unit: str
    value: DatedValue
    before: DatedValue | None


@dataclass(frozen=True)
class Offer:
    """A pack that may be taken: every check was passed."""

    path: Path
    data: bytes
    file: PackFile
    values: tuple[NewValue, ...]
    cases: int


def in_use(code: str) -> InUse:
    """Return which edition of a scheme is in use; raise UserError when the installed one is damaged."""
    pack, brought = packs.load(code), newest(code)
    own = shipped(code)
    if brought is None:
        return InUse(code, pack.scheme.name, own.number, own.issued, pack.version, brought=False)
    return InUse(code, pack.scheme.name, brought.edition, brought.issued, pack.version, brought=True)


def look(path: Path) -> Offer:
    """Check a pack file without taking it; raise UserError with what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            "unreadable",
            N_("this file cannot be read."),
            mend=N_("Check that it is yours to read and that its disk is there."),
            where=str(path),
        ) from error
    file = read_pack(data, path)
    if file.code not in packs.codes():
        raise UserError(
            "pack_of_unknown_scheme",
            N_("it is for the scheme “{code}”, which this version of the program does not have."),
            mend=N_("Install the newest version of the program first."),
            where=str(path),
            params={"code": file.code},
        )
    if file.engine != packs.ENGINE:
        raise UserError(
            "pack_for_other_program",
            N_("it is made for another version of the program."),
            mend=N_("Install the newest version of the program: the rules come with it."),
            where=str(path),
        )
    now, texts, place = _believed(file.code)
    if not now.number < file.edition <= LAST:
        raise UserError(
            "pack_not_newer",
            N_("it is edition {edition}; edition {now} is in use already."),
            mend=N_("Nothing needs to be done."),
            where=str(path),
            params={"edition": file.edition, "now": now.number},
        )
    pack = packs.load_texts(file.files, path)
    if pack.code != file.code:
        raise UserError(
            "bad_pack_file",
            N_("this is not a rules pack."),
            mend=FAKED,
            where=str(path),
        )
    values = tuple(_new_values(packs.load_texts(texts, place), pack, now.issued, path))
    before = oracles.cases(texts, place)
    return Offer(path, data, file, values, _prove(oracles.cases(file.files, path), before, pack, path))


def _believed(code: str) -> tuple[Edition, Mapping[str, str], Path]:
    """Return the edition in use with its texts; a damaged one counts as none, so that it can be brought again."""
    try:
        brought = newest(code)
    except UserError:
        brought = None
    if brought is not None:
        return Edition(brought.edition, brought.issued), brought.files, shelf(code)
    folder = packs.shipped_folder(code)
    return shipped(code), packs.texts_of(folder), folder


def _new_values(now: packs.Pack, then: packs.Pack, issued: date, path: Path) -> Iterator[NewValue]:
    """Give each value that a pack adds or settles; raise UserError for a final one that it changes.

    Also changed is what a final value gave on a day before the edition in use was `issued`.
    """
    for code in {**now.series, **then.series}:
        if code not in then.series:
            raise _rewrites(code, now.series[code].values[0].start, path)
        old = now.series.get(code) or Series(then.series[code].unit, ())
        before, after = ({value.start: value for value in each.values} for each in (old, then.series[code]))
        for day in sorted(before.keys() | after.keys()):
            was, value = before.get(day), after.get(day)
            in_force = was or (old.on(day) if day <= issued else None)
            final = in_force is not None and in_force.value is not None and not in_force.provisional
            if value is None or (final and (was is None or was.value != value.value)):
                raise _rewrites(code, day, path)
            if was is None or (was.value, was.provisional) != (value.value, value.provisional):
                yield NewValue(code, then.series[code].unit, value, was)


def _rewrites(parameter: str, day: date, path: Path) -> UserError:
    return UserError(
        "pack_rewrites",
        N_("it changes a final value: {parameter}, from {day}. Claims made with it would no longer agree."),
        mend=FAKED,
        where=str(path),
        params={"parameter": parameter, "day": day},
    )


def _prove(own: Cases, before: Cases, pack: packs.Pack, path: Path) -> int:
    """Run a pack's oracles, and those of the edition in use that it does not restate; return how many agree."""
    cases = {f"{file}, {case.name}": case for file, case in (*before, *own)}
    wrong = [name for name, case in cases.items() if oracles.check(pack, case)]
    if wrong or not own:
        raise UserError(
            "pack_disagrees",
            N_("its own proofs do not agree with it ({count} of {all}; the first: {name})."),
            mend=FAKED,
            where=str(path),
            params={"count": len(wrong), "all": len(cases), "name": wrong[0] if wrong else "–"},
        )
    return len(cases)


def add(offer: Offer) -> InUse:
    """Take a checked pack into use, from now on and on this computer; raise UserError when it cannot be kept."""
    code = offer.file.code
    target = shelf(code) / f"{offer.file.edition:04d}{ENDING}"
    scratch = target.with_suffix(".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(offer.data)
        scratch.replace(target)
    except OSError as error:
        raise _cannot_keep(target) from error
    packs.load.cache_clear()
    return in_use(code)


def take_back(code: str) -> InUse:
    """Put the newest installed pack aside, so that the edition before it is in use again.

    Its file stays beside, with another ending. Raises UserError when only the shipped edition is there.
    """
    there = installed(code)
    if not there:
        raise UserError(
            "no_pack_installed",
            N_("only the rules that came with the program are in use: there is nothing to take back."),
            mend=N_("Nothing needs to be done."),
        )
    try:
        there[0].replace(there[0].with_suffix(".aside"))
    except OSError as error:
        raise _cannot_keep(there[0]) from error
    packs.load.cache_clear()
    return in_use(code)


def _cannot_keep(path: Path) -> UserError:
    return UserError(
        "cannot_write",
        N_("the file cannot be written."),
        mend=N_("Check that the folder may be written to and that its disk has room."),
        where=str(path),
    )
