"""The kinds of what an agency sets itself, and what is wrong with a text that should be one of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import yaml

from bot.dialogue.texts import Texts, with_own
from bot.errors import BotError
from bot.handover.office import load_office
from bot.postal.book import PRACTICE, load_book
from bot.settings import Settings
from feedback.errors import FeedbackError
from feedback.file_faults import FileFault, FileFaultsError
from feedback.file_reading import line_of
from feedback.office import load_feedback_office
from feedback.working_time.loading import load_working_time


class Kind(StrEnum):
    """What can be set."""

    WORKING_TIME = "working_time"
    """Days off, office hours and deadlines of the province; see docs/working-time.md."""
    FEEDBACK = "feedback"
    """Who receives and handles feedback, and how it is taken in; see docs/feedback.md."""
    PERSON = "person"
    """Who answers when a person is wanted; see docs/channels.md."""
    TEXTS = "texts"
    """The agency's own wording of sentences of ``domain.yml``."""
    POSTAL = "postal"
    """For which procedures the post is available and excluded, and its prices; see docs/postal.md."""


LONGEST = 200_000
"""Characters of a version."""
DEEPEST = 20
"""Levels of a version: no file that is meant has half as many, and the reader crashes on some ten thousand."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENS = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
_CLOSES = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def faults_of(kind: Kind, body: str, texts: Texts) -> Sequence[FileFault]:
    """Return what is wrong with a version, each with its line where there is one; nothing for one that can hold.

    Args:
        kind: of the version.
        body: its YAML.
        texts: the sentences that an own wording replaces.
    """
    if len(body) > LONGEST:
        return [FileFault("long", f"longer than {LONGEST} characters", values={"longest": str(LONGEST)})]
    swelling = _swelling(body)
    if swelling is not None:
        return [swelling]
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        path = Path(folder) / f"{kind.value}.yml"
        path.write_text(body, "utf-8")
        try:
            _READ[kind](path, texts)
        except (BotError, FeedbackError, ValueError) as error:
            known = error.faults if isinstance(error, FileFaultsError) else ()
            found = known or [FileFault("other", str(error).replace(f"{folder}/", ""))]
            return [replace(one, line=one.line or line_of(body, one.found)) if one.found else one for one in found]
    return []


def _swelling(body: str) -> FileFault | None:
    """Return why a text is not given to a reader: it would come to far more than it says, or is nested too deep."""
    depth = 0
    try:
        for token in yaml.scan(body, Loader=_LOADER):
            line = token.start_mark.line + 1
            if isinstance(token, yaml.AliasToken):
                said = f"line {line}: write it out; references (*{token.value}) are not read here"
                return FileFault("reference", said, f"*{token.value}", line)
            depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
            if depth > DEEPEST:
                return FileFault(
                    "deep", f"line {line}: more than {DEEPEST} levels", "", line, {"deepest": str(DEEPEST)}
                )
    except yaml.YAMLError:
        # Its reader stops at the same place and says it better.
        return None
    return None


def _working_time(path: Path, _: Texts) -> None:
    load_working_time([path])


def _feedback(path: Path, _: Texts) -> None:
    load_feedback_office(path)


def _person(path: Path, _: Texts) -> None:
    load_office(path)


def _texts(path: Path, texts: Texts) -> None:
    with_own(texts, path)


def _postal(path: Path, _: Texts) -> None:
    load_book(path)


_READ: Mapping[Kind, Callable[[Path, Texts], None]] = {
    Kind.WORKING_TIME: _working_time,
    Kind.FEEDBACK: _feedback,
    Kind.PERSON: _person,
    Kind.TEXTS: _texts,
    Kind.POSTAL: _postal,
}


def file_of(kind: Kind, settings: Settings) -> Path | None:
    """Return the operator's own file of a kind; ``None`` for none."""
    match kind:
        case Kind.WORKING_TIME:
            return settings.working_time_files[0] if settings.working_time_files else None
        case Kind.FEEDBACK:
            return settings.feedback.office
        case Kind.PERSON:
            return settings.office_file
        case Kind.TEXTS:
            return settings.texts_file
        case Kind.POSTAL:
            # What is made up for practice is nobody's own, and no ground to build an own list on.
            return settings.postal.file if settings.postal.file != PRACTICE else None


def with_file(settings: Settings, kind: Kind, path: Path) -> Settings:
    """Return the settings with a file of a kind instead of the operator's own."""
    match kind:
        case Kind.WORKING_TIME:
            return replace(settings, working_time_files=(path, *settings.working_time_files[1:]))
        case Kind.FEEDBACK:
            return replace(settings, feedback=replace(settings.feedback, office=path))
        case Kind.PERSON:
            return replace(settings, office_file=path)
        case Kind.TEXTS:
            return replace(settings, texts_file=path)
        case Kind.POSTAL:
            return replace(settings, postal=replace(settings.postal, file=path))
