"""What a file is, by its first bytes and never by its name; a file that is two things at once is none. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD = 1024
"""Bytes at the beginning in which readers look for what a file is."""


class MediaKind(StrEnum):
    """Media types that are taken."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"

    @property
    def ending(self) -> str:
        """Ending of a file's name, without the dot."""
        return {"image/jpeg": "jpg", "application/pdf": "pdf"}.get(self.value, self.value.rpartition("/")[2])


class Refusal(StrEnum):
    """Why a file is not taken; the sentence is ``utter_attachment_`` with this."""

    KIND = "kind"
    """None of the kinds that are taken."""
    HEIC = "heic"
    """An iPhone's own kind of picture: nothing here opens it."""
    TWO_KINDS = "two_kinds"
    """It could be read as another kind as well."""
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    """In bytes."""
    TOO_MANY = "too_many"
    """As many as a record may have are there already."""
    TOO_MUCH = "too_much"
    """Small in bytes, but enormous when it is opened."""
    LOCKED = "locked"
    """Protected by a password."""
    BROKEN = "broken"
    INFECTED = "infected"
    """The scanner found something in it."""
    BUSY = "busy"
    """Too many at once, or it took too long, or the channel did not hand it over."""
    GONE = "gone"
    """What it was for was sent or dropped meanwhile."""


_HEIF = re.compile(rb"^.{4}ftyp(?:heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif|avis)", re.DOTALL)
_MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|\?php)", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22
_ZIP_COMMENT = 65535


def sniff(content: bytes) -> MediaKind | Refusal:
    """Return what a file is, or why it is not taken."""
    if not content:
        return Refusal.EMPTY
    kind = _begins_as(content)
    if kind is None:
        return Refusal.HEIC if _HEIF.match(content) else Refusal.KIND
    return Refusal.TWO_KINDS if _other_too(content, kind) else kind


def _begins_as(content: bytes) -> MediaKind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return MediaKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaKind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return MediaKind.WEBP
    return MediaKind.PDF if content.startswith(b"%PDF-") else None


def _other_too(content: bytes, kind: MediaKind) -> bool:
    """Tell whether another program would take it for a page, an archive or a document."""
    head = content[:HEAD]
    if _MARKUP.search(head) or (kind is not MediaKind.PDF and b"%PDF-" in head):
        return True
    return _ends_as_zip(content)


def _ends_as_zip(content: bytes) -> bool:
    start = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_COMMENT - _ZIP_END_BYTES))
    if start < 0 or len(content) < start + _ZIP_END_BYTES:
        return False
    comment = int.from_bytes(content[start + 20 : start + 22], "little")
    directory = int.from_bytes(content[start + 12 : start + 16], "little")
    return start + _ZIP_END_BYTES + comment <= len(content) and 0 < directory <= start
