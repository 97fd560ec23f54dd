"""Plans as iCalendar (RFC 5545), for telephones and shared calendars. Times float: they are those of the place.

A calendar says when, what and where, never why somebody is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_FOLD = 75  # bytes of a line, RFC 5545 §3.1


@dataclass(frozen=True, slots=True)
class Event:
    """A stretch of work: minutes after midnight of its day, an end after 1440 is on the next one.

    `uid` and `version` tell a calendar that takes it in again what it is, and whether it has changed.
    """

    uid: str
    version: int
    day: date
    start: int
    end: int
    title: str
    place: str = ""
    text: str = ""


def ical(name: str, events: Iterable[Event], *, program: str, made: datetime) -> bytes:
    """Write a calendar; `made` is the moment that the file bears."""
    stamp = f"{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(program)}//FR", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{stamp}",
            f"SEQUENCE:{event.version - 1}",
            f"DTSTART:{_moment(event.day, event.start)}",
            f"DTEND:{_moment(event.day, event.end)}",
            f"SUMMARY:{_text(event.title)}",
            *([f"LOCATION:{_text(event.place)}"] if event.place else []),
            *([f"DESCRIPTION:{_text(event.text)}"] if event.text else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line))


def _moment(day: date, minutes: int) -> str:
    return f"{datetime.combine(day, time()) + timedelta(minutes=minutes):%Y%m%dT%H%M%S}"


def _text(text: str) -> str:
    """Write a text so that its commas, semicolons and line breaks mean nothing."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """Cut a line into pieces of at most 75 bytes, between letters; each but the first starts with a space."""
    piece = b""
    for letter in line:
        data = letter.encode()
        if len(piece) + len(data) > _FOLD:
            yield piece
            piece = b" "
        piece += data
    yield piece
