"""Run on its own, as a file: reads a picture from its input and writes the texts of its QR codes as JSON.

It gets no environment and little memory and time, and can write no file: pictures come from anybody. Imports nothing of ours.
"""

from __future__ import annotations

import io
import json
import sys

NO_PICTURE = 2
TOO_LARGE = 3
"""Exit codes."""

MOST_PIXELS = 50_000_000
"""A picture claims its size before it is unpacked: a small file can be a wall of pixels."""
SIDE = 3000
"""Pixels to which a larger picture is reduced; the code on a receipt is still sharp then."""
_MEMORY = 1 << 30
_SECONDS = 10
_TEXTS = 8
_LETTERS = 2000
_KINDS = ("JPEG", "PNG", "WEBP")


def main() -> int:
    """Read the input; return the exit code."""
    _limit()
    import zxingcpp
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit is below, and lower than what it would only warn of
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=_KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return TOO_LARGE
            picture.draft("L", (SIDE, SIDE))
            grey = picture.convert("L")
    except MemoryError:
        return TOO_LARGE
    except Exception:  # whatever is wrong with the bytes, they are no picture for us
        return NO_PICTURE
    grey.thumbnail((SIDE, SIDE))
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(grey, formats=kinds, text_mode=zxingcpp.TextMode.Plain)
    json.dump([one.text[:_LETTERS] for one in found[:_TEXTS]], sys.stdout)
    return 0


def _limit() -> None:
    """Take away what reading a picture does not need; where the system knows no such limits, time alone is limited."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
