"""QR codes that lead to a procedure's door page: as a picture, and as a page to print for the counter."""

from __future__ import annotations

import io
from enum import StrEnum

import segno


class Picture(StrEnum):
    """Forms of a picture, by the ending of its file."""

    PNG = "png"
    SVG = "svg"


QUIET = 4
"""Modules of white around the code, as the standard asks."""
SCALE = 12
"""Pixels of a module in a PNG: sharp when printed about 5 cm wide."""


def picture(address: str, kind: Picture) -> bytes:
    """Return the code as a picture; a quarter of it may be dirty or torn and it is still read."""
    out = io.BytesIO()
    _code(address).save(out, kind=kind.value, scale=SCALE, border=QUIET)
    return out.getvalue()


def inline_svg(address: str) -> str:
    """Return the code as an SVG element for a page; its size is the page's."""
    return _code(address).svg_inline(border=QUIET, omitsize=True)


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="q")
