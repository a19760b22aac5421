"""Questions with their right answers, as ``motcua evaluate`` reads them."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.errors import BotError
from nlu.border.labels import Label
from nlu.text import fold

KINDS = ("answer", "clarify", "out_of_scope", "not_in_catalogue", "follow_up", "feedback")
FEEDBACK = "feedback"
"""Kind of a text that somebody hands in; it has a ``label`` and is asked of the border alone."""

OWN = Path(__file__).resolve().parents[2] / "nlu" / "data" / "questions"
"""The project's own questions; texts of other files may not be copied into a report."""


class QuestionsError(BotError):
    """A file of questions cannot be read."""


@dataclass(frozen=True)
class Case:
    """One labelled question."""

    text: str
    kind: str
    accept: tuple[str, ...]
    """Codes of which any is right."""
    aspect: str
    """Aspect asked for, or ``none`` (not scored)."""
    context: tuple[str, ...]
    """Codes of the procedure under discussion, for a follow-up."""
    source: str
    place: str = field(default="", repr=False, compare=False)
    """What it is called in a report that may not show its text: its id, or its file and line."""
    label: str = ""
    """What a text of kind ``feedback`` is: a value of ``nlu.border.labels.Label``."""
    category: int | None = None
    """Its category of Article 5, when the line has one."""
    own: bool = field(default=False, repr=False, compare=False)
    """Whether it is one of the project's own, whose text a report may show."""


def read_cases(paths: Sequence[Path]) -> list[Case]:
    """Read the questions of all files, plain or gzipped.

    Raises:
        QuestionsError: a file or a line cannot be read; the message names both.
    """
    cases = [case for path in paths for case in _read(path)]
    if not cases:
        raise QuestionsError(f"{', '.join(map(str, paths))}: no questions; one JSON object a line is expected")
    return cases


def accentless(cases: Sequence[Case]) -> list[Case]:
    """Return the same questions as people type them without accents."""
    return [replace(case, text=fold(case.text)) for case in cases]


def _read(path: Path) -> Iterator[Case]:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise QuestionsError(f"{path} cannot be read as questions: {error}") from error
    own = path.resolve().is_relative_to(OWN)
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            case = _case(line, f"{path} line {number}", path.name.split(".")[0])
            yield replace(case, place=case.place or f"{path.name}:{number}", own=own)


def _case(line: str, where: str, source: str) -> Case:
    try:
        row: dict[str, Any] = json.loads(line)
        text, kind = row["text"], row["kind"]
        lists = [tuple(row.get(key) or ()) for key in ("accept", "context_accept")]
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionsError(f"{where} is no question: {error!r}; see `motcua evaluate --help`") from error
    if any(isinstance(row.get(key), str) for key in ("accept", "context_accept")):
        raise QuestionsError(f"{where}: accept and context_accept are lists of codes")
    if not isinstance(text, str) or kind not in KINDS:
        raise QuestionsError(f"{where}: text must be a string and kind one of {', '.join(KINDS)}")
    if kind == FEEDBACK and row.get("label") not in set(Label):
        raise QuestionsError(f"{where}: a line of kind {FEEDBACK} has a label, one of {', '.join(Label)}")
    accept, context = lists
    return Case(
        text,
        kind,
        accept or context,
        row.get("aspect") or "none",
        context,
        row.get("source") or source,
        str(row.get("id") or ""),
        row["label"] if kind == FEEDBACK else "",
        row.get("category") if kind == FEEDBACK else None,
    )
