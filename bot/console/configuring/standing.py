"""Reads the version that holds, so that a form can change a part of it. Pure."""

from __future__ import annotations

from typing import Any

from feedback.file_reading import UnreadableFileError, read_plain

UNREADABLE = "Thiết lập hiện tại không đọc được; hãy sửa ở khung YAML bên dưới trước."


class FormError(ValueError):
    """A form cannot be written; the message says why, in Vietnamese."""


def read_standing(body: str) -> dict[str, Any]:
    """Return what stands in a version; nothing for an empty one.

    Raises:
        FormError: it cannot be read.
    """
    try:
        kept = read_plain(body) or {}
    except UnreadableFileError as error:
        raise FormError(UNREADABLE) from error
    if not isinstance(kept, dict):
        raise FormError(UNREADABLE)
    return kept
