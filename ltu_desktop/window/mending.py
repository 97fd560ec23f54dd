"""The way to where something is mended: from a target to its page, to whom or what it is about, to the very field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.actions.targets import Target
    from ltu_desktop.window.desk import Desk


def follow(desk: Desk, target: Target) -> None:
    """Show the page of a target, with the focus in its field."""
    if target.page in {"people", "settings"}:
        desk.go.emit(target.page, target if target.subject or target.field else None)
    elif target.page == "attendance":
        where = (target.subject, target.day) if target.day else target.subject or None
        desk.go.emit("attendance", target if target.field else where)
    elif target.page == "import":
        desk.go.emit("import", "payroll" if target.subject else "people")
    elif target.page == "payments":
        desk.go.emit("payments", None)
    else:
        if target.subject:
            desk.set_month(Month.parse(target.subject))
        desk.go.emit("claim", None)
