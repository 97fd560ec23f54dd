"""The employer's logo, made ready for paper: opaque, in RGB, no larger than a printer can show at 12 mm."""

from __future__ import annotations

import io

from ltu_desktop.rules.errors import N_, UserError

LARGEST = (960, 288)
"""Pixels across and down: 40 × 12 mm at 600 dots per inch, rounded up."""

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")


def prepare(name: str, data: bytes) -> bytes:
    """Return a picture as PNG on white; raise UserError `logo_unreadable` for what is no picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as found:
            picture = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(
            "logo_unreadable",
            N_("This is no picture that can be printed."),
            N_("Choose a PNG or JPEG file."),
            where=name,
        ) from error
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    opaque = ground.convert("RGB")
    opaque.thumbnail(LARGEST)
    target = io.BytesIO()
    opaque.save(target, "PNG", optimize=True)
    return target.getvalue()
