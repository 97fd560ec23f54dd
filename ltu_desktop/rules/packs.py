"""Packs: a subsidy scheme as data. `resources/schemes/<code>/` = `scheme.toml`, `parameters.toml`, `cases/*.toml`.

A newer edition may have been brought as a signed file (`pack_files`): then that one is in use.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ltu_desktop import RESOURCES
from ltu_desktop.rules.dated import Series
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.pack_files import installed, newest
from ltu_desktop.rules.strict import NotStrict, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OWN_FILES = ("scheme.toml", "parameters.toml")
ENGINE = "1"
"""Version of the calculation itself; raised when the same facts and pack would give other figures."""

T = TypeVar("T")


class RateStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rate for the months of employment `first` to `last` (both counted from 1; last None: for ever)."""

    first: int
    rate: Decimal
    last: int | None = None


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of what is paid: a calculation kind with its base, quantity, rate and further terms.

    `base`, `rate`, `uplift` and `cap` name parameters; `rate_steps` replace `rate` by the month of employment.
    """

    part: str
    kind: str
    source: str
    period: str = "month"
    base: str = ""
    quantity: str = ""
    rate: str = ""
    rate_steps: tuple[RateStep, ...] = ()
    uplift: str = ""
    cap: str = ""
    of: str = ""


_HOURS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?\Z")


class SettingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that no text answers: its options (or a number) and our default; `flagged` ones ask for a look."""

    code: str
    default: str
    options: tuple[str, ...] = ()
    number: bool = False
    flagged: bool = False

    def allows(self, value: str) -> bool:
        """Whether a value is one of the options; a number is hours, two decimals at most."""
        return bool(_HOURS.match(value)) if self.number else value in self.options


class AbsenceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of absence: inside the paid hours or not, and the setting that decides whether it counts."""

    kind: str
    paid: bool
    setting: str


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `scheme.toml`."""

    code: str
    country: str
    currency: str
    name: str
    authority: str
    legal_base: tuple[str, ...]
    valid_from: date
    main_status: str
    full_month: str
    component: tuple[Component, ...]
    other_status: str = ""
    others_limit: str = ""
    aid_free_codes: tuple[str, ...] = ()
    open_ended_codes: tuple[str, ...] = ()
    setting: tuple[SettingRule, ...] = ()
    absence: tuple[AbsenceRule, ...] = ()
    valid_to: date | None = None


class Pack(msgspec.Struct, frozen=True, dict=True):
    """A scheme with its parameters; `version` is a print of both and of the engine."""

    scheme: Scheme
    series: dict[str, Series]
    version: str

    @property
    def code(self) -> str:
        """The scheme's code."""
        return self.scheme.code

    @cached_property
    def settings(self) -> dict[str, SettingRule]:
        """The settings by code."""
        return {rule.code: rule for rule in self.scheme.setting}

    @cached_property
    def absences(self) -> dict[str, AbsenceRule]:
        """The kinds of absence by code."""
        return {rule.kind: rule for rule in self.scheme.absence}

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that are funded."""
        return tuple(status for status in (self.scheme.main_status, self.scheme.other_status) if status)

    def setting(self, code: str, chosen: dict[str, str]) -> str:
        """Return the option in use; "" when the scheme has no such setting."""
        rule = self.settings.get(code)
        return chosen.get(code, rule.default) if rule else ""


def _bad(path: Path, reason: str) -> UserError:
    return UserError(
        "bad_pack",
        N_("the rules pack cannot be read: {reason}."),
        mend=N_("Take the pack as it was delivered, or correct the file at the place named."),
        where=str(path),
        params={"reason": reason},
    )


def read_toml(text: str, kind: type[T], where: Path) -> T:
    """Read a TOML text strictly into a type; unknown and duplicate keys are refused with file and key."""
    try:
        return read(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, NotStrict) as error:
        raise _bad(where, str(error)) from error


def texts_of(folder: Path) -> dict[str, str]:
    """Read the texts of a pack's folder by name; raise `UserError` ("bad_pack") for one that is missing or no text."""
    found = {}
    for path in (*(folder / name for name in OWN_FILES), *sorted(folder.glob("cases/*.toml"))):
        try:
            found[path.relative_to(folder).as_posix()] = path.read_bytes().decode().replace("\r\n", "\n")
        except OSError as error:
            raise _bad(path, error.strerror or str(error)) from error
        except UnicodeDecodeError as error:
            raise _bad(path, str(error)) from error
    return found


def load_texts(texts: Mapping[str, str], where: Path) -> Pack:
    """Load a pack from its texts; raise `UserError` ("bad_pack") that names file and key."""
    for name in OWN_FILES:
        if name not in texts:
            raise _bad(where / name, "?")
    scheme_file, parameter_file = (where / name for name in OWN_FILES)
    scheme = read_toml(texts["scheme.toml"], Scheme, scheme_file)
    series = read_toml(texts["parameters.toml"], dict[str, Series], parameter_file)
    _check(scheme, scheme_file, series, parameter_file)
    text = texts["scheme.toml"] + texts["parameters.toml"]
    return Pack(scheme, series, f"{ENGINE}-{hashlib.sha256(text.encode()).hexdigest()[:12]}")


def load_folder(folder: Path) -> Pack:
    """Load a pack from its folder; raise `UserError` ("bad_pack") that names file and key."""
    return load_texts(texts_of(folder), folder)


def _check(scheme: Scheme, file: Path, series: dict[str, Series], parameters: Path) -> None:
    for code, one in series.items():
        days = [each.start for each in one.values]
        if days != sorted(set(days)):
            raise _bad(parameters, f"{code}: dates out of order or twice")
    named = [scheme.full_month, scheme.others_limit]
    parts: set[str] = set()
    for component in scheme.component:
        named += [component.base, component.rate, component.uplift, component.cap]
        if component.part in parts:
            raise _bad(file, f"component {component.part}: twice")
        if component.of and component.of not in parts:
            raise _bad(file, f"component {component.part}: of = {component.of!r} is not a part above it")
        parts.add(component.part)
    for code in named:
        if code and code not in series:
            raise _bad(file, f"parameter {code!r} is not in parameters.toml")
    settings = [rule.code for rule in scheme.setting]
    for rule in scheme.setting:
        if settings.count(rule.code) > 1:
            raise _bad(file, f"setting {rule.code}: twice")
        if not rule.number and rule.default not in rule.options:
            raise _bad(file, f"setting {rule.code}: default {rule.default!r} is not an option")
    for absence in scheme.absence:
        if absence.setting not in settings:
            raise _bad(file, f"absence {absence.kind}: setting {absence.setting!r} does not exist")


@lru_cache
def load(code: str) -> Pack:
    """Load the edition of a scheme that is in use; raise `UserError` ("unknown_scheme") when there is none."""
    return load_texts(*texts_in_use(code))


def texts_in_use(code: str) -> tuple[dict[str, str], Path]:
    """Return the texts of the edition in use and where they lie: an installed one if it is newer than the shipped."""
    if code not in codes():
        raise UserError(
            "unknown_scheme",
            N_("there is no scheme “{code}”."),
            mend=N_("Known schemes: {known}."),
            params={"code": code, "known": ", ".join(codes())},
        )
    brought = newest(code)
    if brought is not None:
        return brought.files, installed(code)[0]
    folder = shipped_folder(code)
    return texts_of(folder), folder


def shipped_folder(code: str) -> Path:
    """Return the folder of the edition that comes with the program."""
    return RESOURCES / "schemes" / code


def codes() -> list[str]:
    """Return the codes of the packs that come with the program."""
    return sorted(path.parent.name for path in (RESOURCES / "schemes").glob("*/scheme.toml"))
