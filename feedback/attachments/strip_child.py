"""Run on its own, as a file: reads a picture or a PDF from its input and writes it again without what it says of its maker.

It gets no environment and little memory and time, and can write no file: files come from anybody.
"""

from __future__ import annotations

import importlib
import io
import sys
from pathlib import Path

BROKEN = 2
TOO_MUCH = 3
LOCKED = 4
"""Exit codes."""

MOST_PIXELS = 50_000_000
"""A picture claims its size before it is unpacked: a small file can be a wall of pixels."""
SIDE = 4000
"""Pixels to which a larger picture is reduced; small print on a photographed page is still read then."""
_MEMORY = 1 << 30
_SECONDS = 20
_QUALITY = 88
_KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def main() -> int:
    """Read the input; return the exit code. The first argument is the kind, as its first bytes say it."""
    _limit()
    kind, content = sys.argv[1], sys.stdin.buffer.read()
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        out = _pdf(content) if kind == "application/pdf" else _picture(content, _KINDS[kind])
    except (MemoryError, OverflowError):
        return TOO_MUCH
    except SystemExit as refused:
        return int(refused.code or BROKEN)
    except Exception:  # whatever is wrong with the bytes, they are nothing for us
        return BROKEN
    sys.stdout.buffer.write(out)
    return 0


def _picture(content: bytes, form: str) -> bytes:
    """Return the pixels alone, the right side up: without EXIF, place, thumbnails, profiles and what hangs behind."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit is below, and lower than what it would only warn of
    with Image.open(io.BytesIO(content), formats=(form,)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise SystemExit(TOO_MUCH)
        opened.draft("RGB", (SIDE, SIDE))
        turned = ImageOps.exif_transpose(opened)
        turned.thumbnail((SIDE, SIDE))
        seen_through = form != "JPEG" and (turned.has_transparency_data or turned.mode in ("LA", "PA", "RGBA"))
        seen = turned.convert("RGBA" if seen_through else "RGB")
    # Made from the pixels, so that nothing else of the old one can come along.
    bare = Image.frombytes(seen.mode, seen.size, seen.tobytes())
    out = io.BytesIO()
    if form == "PNG":
        bare.save(out, form, optimize=False)
    else:
        bare.save(out, form, quality=_QUALITY)
    return out.getvalue()


def _pdf(content: bytes) -> bytes:
    strip_pdf = importlib.import_module("strip_pdf")  # beside this file
    try:
        out: bytes = strip_pdf.stripped(content)
    except strip_pdf.LockedError:
        raise SystemExit(LOCKED) from None
    except strip_pdf.TooMuchError:
        raise SystemExit(TOO_MUCH) from None
    return out


def _limit() -> None:
    """Take away what this does not need; where the system knows no such limits, time alone is limited."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main())
