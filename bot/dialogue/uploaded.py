"""Files with many codes, as a message brings them: where the channel keeps one, or what was read from it already. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.contract import Inbound, InboundKind
from bot.dossiers.organisations.uploads import codes_in_text

_NAME = re.compile(r"\.(?:csv|tsv|txt|xlsx)$", re.IGNORECASE)
_KIND = re.compile(r"^(?:csv|xlsx)$|\bcsv\b|spreadsheetml", re.IGNORECASE)
"""How a table is called; what it is shows when it is read."""
_PLACE, _READ = "file:", "read:"
"""Stand before what an answer holds; nobody can write such an answer, for a text gives codes alone."""


@dataclass(frozen=True)
class Uploaded:
    """A file as a flow's answer tells of it."""

    place: str = ""
    """Where the channel keeps it; empty when it was read already."""
    codes: tuple[str, ...] = ()


def uploaded(inbound: Inbound) -> str | None:
    """Return a flow's answer for a file; ``None`` for a message that brings none."""
    if inbound.kind is not InboundKind.FILE:
        return None
    if "codes" in inbound.data:
        return _READ + " ".join(codes_in_text(str(inbound.data["codes"])))
    return f"{_PLACE}{inbound.file}" if inbound.file else None


def is_table(inbound: Inbound) -> bool:
    """Tell whether a file that nobody asked for is likely to be a table of codes."""
    data = inbound.data
    named = _NAME.search(str(data.get("name") or "")) or _KIND.search(str(data.get("type") or ""))
    return inbound.kind is InboundKind.FILE and (named is not None or "codes" in data)


def read_answer(answer: str) -> Uploaded | None:
    """Return the file that an answer tells of; ``None`` for one that tells of none."""
    if answer.startswith(_PLACE):
        return Uploaded(answer.removeprefix(_PLACE))
    return Uploaded(codes=tuple(answer.removeprefix(_READ).split())) if answer.startswith(_READ) else None
