"""Packs: a subsidy scheme as data. `resources/schemes/<code>/` = `scheme.toml`, `parameters.toml`, `cases/*.toml`."""

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
from ltu_desktop.rules.strict import NotStrict, read

if TYPE_CHECKING:
    from pathlib import Path

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
        N_("the scheme pack cannot be read: {reason}."),
        mend=N_("Take the pack as it was delivered, or mend the file at the place named."),
        where=str(path),
        params={"reason": reason},
    )


def read_toml(path: Path, kind: type[T]) -> T:
    """Read a TOML file strictly into a type; unknown and duplicate keys are refused with file and key."""
    try:
        return read(tomllib.loads(path.read_text("utf-8")), kind)
    except OSError as error:
        raise _bad(path, error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, NotStrict) as error:
        raise _bad(path, str(error)) from error


def load_folder(folder: Path) -> Pack:
    """Load a pack from its folder; raise `UserError` ("bad_pack") that names file and key."""
    scheme_file, parameter_file = folder / "scheme.toml", folder / "parameters.toml"
    scheme = read_toml(scheme_file, Scheme)
    series = read_toml(parameter_file, dict[str, Series])
    _check(scheme, scheme_file, series, parameter_file)
    text = scheme_file.read_bytes() + parameter_file.read_bytes()
    content = hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()  # the same print on every system
    return Pack(scheme, series, f"{ENGINE}-{content[:12]}")


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
    """Load a pack that comes with the program; raise `UserError` ("unknown_scheme") when there is none."""
    if code not in codes():
        raise UserError(
            "unknown_scheme",
            N_("there is no scheme “{code}”."),
            mend=N_("Known schemes: {known}."),
            params={"code": code, "known": ", ".join(codes())},
        )
    return load_folder(RESOURCES / "schemes" / code)


def codes() -> list[str]:
    """Return the codes of the packs that come with the program."""
    return sorted(path.parent.name for path in (RESOURCES / "schemes").glob("*/scheme.toml"))
