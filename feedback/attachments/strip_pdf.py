"""Takes out of a PDF what it says of its maker and whatever could act when it is opened; imports nothing of ours."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

MOST_OBJECTS = 50_000
MOST_PAGES = 200
MOST_BYTES = 200_000_000
"""That all streams together may unpack to."""
MOST_PIXELS = 50_000_000
"""That one picture in it may claim."""
_FILTERS = 2
"""Filters over each other that honest files have at most."""
_CHUNK = 1 << 20

_SAYS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
"""Of any part: who made it, when, with what."""
_ACTS = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/URI", "/EF", "/AF", "/XFA", "/Collection")
"""Of any part: what runs, opens something, or carries another file."""
_ROOT = ("/Names", "/AcroForm", "/Perms", "/Legal", "/Outlines", "/StructTreeRoot", "/Requirements", "/Extensions")
"""Of the document: named scripts and files, forms, signatures, and what nobody needs to read the pages."""
_TRAILER = ("/Info", "/ID")
_DRAWN = frozenset({"/Font", "/XObject", "/ExtGState", "/Pattern"})
"""Kinds of parts that a page may call by any name, one of the above too."""
_KEPT_NOTES = frozenset({"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Square", "/Circle", "/Ink"})
"""Kinds of notes on a page that only show something."""


class LockedError(Exception):
    """It asks for a password."""


class TooMuchError(Exception):
    """It unpacks to more than is taken."""


def stripped(content: bytes) -> bytes:
    """Return the pages alone.

    Raises:
        LockedError: see there.
        TooMuchError: see there.
        pikepdf.PdfError: it is none that can be read.
    """
    try:
        opened = pikepdf.open(io.BytesIO(content), attempt_recovery=True)
    except pikepdf.PasswordError:
        raise LockedError from None
    with opened as pdf:
        if pdf.is_encrypted:
            raise LockedError
        if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
            raise TooMuchError
        if not len(pdf.pages):
            raise pikepdf.PdfError("no page")
        _measure(pdf)
        _clean(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _clean(pdf: pikepdf.Pdf) -> None:
    # Here readers look for what acts, whatever a file says that it is.
    _drop_all(pdf.trailer, _TRAILER)
    _drop_all(pdf.Root, (*_ROOT, *_SAYS, *_ACTS))
    for page in pdf.pages:
        _drop_all(page.obj, (*_SAYS, *_ACTS))
        _keep_notes(page.obj)
    for part in _parts(pdf):
        for name in (*_SAYS, *_ACTS):
            _drop(part, name)
        if isinstance(part, pikepdf.Stream) and _filters(part) == ["/DCTDecode"]:
            parms: Any = part.get("/DecodeParms")
            part.write(bare_jpeg(part.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def _keep_notes(page: pikepdf.Object) -> None:
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = [note for note in notes if str(note.get("/Subtype")) in _KEPT_NOTES]
    page["/Annots"] = pikepdf.Array(kept)
    for note in kept:
        _drop_all(note, (*_SAYS, *_ACTS, "/T", "/M", "/CreationDate", "/NM", "/Popup", "/A", "/RichMediaContent"))


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream, those within others too."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
            yield one
            waiting += [value for _, value in one.items() if _within(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _within(value)]


def _within(value: Any) -> bool:
    """Tell whether a value is a part that no number of its own leads to."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _drop_all(part: Any, names: Iterable[str]) -> None:
    for name in names:
        if name in part:
            del part[name]


def _drop(part: Any, name: str) -> None:
    """Take a key out, unless it may be the name by which a page calls something that is drawn."""
    value = part.get(name)
    drawn = isinstance(value, pikepdf.Dictionary | pikepdf.Stream) and str(value.get("/Type")) in _DRAWN
    if value is not None and not drawn:
        del part[name]


def _measure(pdf: pikepdf.Pdf) -> None:
    """Unpack what is packed, without keeping it."""
    left = MOST_BYTES
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        filters = _filters(one)
        pixels = _number(one.get("/Width")) * _number(one.get("/Height"))
        if len(filters) > _FILTERS or pixels > MOST_PIXELS:
            raise TooMuchError
        raw = one.read_raw_bytes()
        left -= len(raw)
        for name in filters:
            if name not in ("/FlateDecode", "/Fl"):
                break
            raw = _inflated(raw, left)
            left -= len(raw)
        if left < 0:
            raise TooMuchError


def _inflated(raw: bytes, most: int) -> bytes:
    """Return the bytes unpacked, as far as they are whole."""
    unpacking = zlib.decompressobj()
    try:
        out = unpacking.decompress(raw, max(1, most + 1))
    except zlib.error:
        return b""
    if len(out) > most:
        raise TooMuchError
    return out


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0


_MARKER, _START, _SCAN = 0xFF, b"\xff\xd8", 0xDA
_DROPPED = frozenset({0xFE, *(marker for marker in range(0xE1, 0xF0) if marker != 0xEE)})
"""Comments and whatever programs note down (EXIF, XMP, IPTC); not the two that say how colours are stored."""


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG without its notes, its pixels untouched; one that is built otherwise comes back as it is."""
    if not content.startswith(_START):
        return content
    kept, place = bytearray(_START), len(_START)
    while place + 4 <= len(content) and content[place] == _MARKER and content[place + 1] != _SCAN:
        size = 2 + int.from_bytes(content[place + 2 : place + 4])
        if content[place + 1] not in _DROPPED:
            kept += content[place : place + size]
        place += size
    return bytes(kept + content[place:])
