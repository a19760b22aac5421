"""Names of attached files: what is shown, and what stands in the header of a download. Pure."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from feedback.attachments.kinds import MediaKind

LONGEST = 80
_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|%;]+")


def clean_name(name: str, kind: MediaKind) -> str:
    """Return a name without folders, signs that act, or an ending of another kind; the ending is that of the content."""
    flat = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in unicodedata.normalize("NFC", name)
    )
    last = re.split(r"[\\/]", flat)[-1]
    stem = _NOT_IN_NAMES.sub(" ", last.rpartition(".")[0] or last)
    words = " ".join(stem.split()).strip(" .")[:LONGEST].strip(" .")
    return f"{words or 'tep'}.{kind.ending}"


def download_headers(name: str, kind: MediaKind) -> dict[str, str]:
    """Return the headers under which a file leaves the house: to be saved, never shown or run in our pages' name."""
    return _headers("attachment", name, kind)


def file_headers(name: str, kind: MediaKind) -> dict[str, str]:
    """Return the same for who looks at it on a page of ours: a picture is shown, on its own and without any right."""
    return _headers("attachment" if kind is MediaKind.PDF else "inline", name, kind)


def _headers(how: str, name: str, kind: MediaKind) -> dict[str, str]:
    plain = f"dinh-kem.{kind.ending}"
    return {
        "Content-Type": kind.value,
        "Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
