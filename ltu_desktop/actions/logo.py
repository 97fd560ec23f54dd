"""The employer's logo: kept in the file among the employer's papers, printed at the top left of claim documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents.logo import prepare
from ltu_desktop.queries import attachments as queries
from ltu_desktop.queries.agreements import employer_row
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import attachment

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.journal import Changed


def set_logo(ctx: Context, name: str, content: bytes) -> Changed:
    """Print a picture as the logo from now on; raise UserError for what is no picture, and without an employer."""
    made = prepare(name, content)
    with ctx.store.write("logo.set", initiator=ctx.initiator) as tx:
        known = employer_row(tx.connection)
        if known is None:
            raise UserError("no_employer", N_("The employer has no name yet."), N_("Enter the employer’s name first."))
        values: dict[str, str | int] = {"name": "logo.png", "size": len(made), "blob_sha256": tx.put_blob(made)}
        former = queries.logo_row(tx.connection)
        if former is None:
            subject = {
                "subject": "employer",
                "subject_id": known["id"],
                "media_type": "image/png",
                "kind": queries.LOGO,
            }
            tx.insert(attachment, {**subject, **values})
        else:
            tx.update(attachment, former.id, values)
    return tx.changed


def remove_logo(ctx: Context) -> Changed:
    """Print no logo any more; undo brings it back."""
    with ctx.store.write("logo.remove", initiator=ctx.initiator) as tx:
        former = queries.logo_row(tx.connection)
        if former is not None:
            tx.delete(attachment, former.id)
    return tx.changed


def logo(ctx: Context) -> bytes | None:
    """Return the logo as PNG, or None."""
    with ctx.store.read() as connection:
        row = queries.logo_row(connection)
        return None if row is None else queries.content(connection, row.sha256)
