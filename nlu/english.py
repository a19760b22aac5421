"""Puts an English question into the Vietnamese words by which the catalogue is searched. Data, not translation; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.text import has_accents, normalise

ENGLISH = Path(__file__).with_name("data") / "english.yml"


@dataclass(frozen=True)
class English:
    """English wordings by the Vietnamese words for them."""

    subjects: Mapping[str, Sequence[str]]
    changes: Mapping[str, Sequence[str]]
    aspects: Mapping[str, Sequence[str]]
    talk: Mapping[str, Sequence[str]]
    emergencies: Mapping[str, Sequence[str]]
    notices: Mapping[str, Sequence[str]]
    """Wordings of what is told rather than asked, by what it is at the border of feedback (``nlu.border.labels``)."""
    paperwork: Sequence[str]
    """Words beside which an emergency is only talked about."""

    def cry(self, text: str) -> str:
        """Return the Vietnamese words for an emergency reported in English; empty for every other message."""
        said = _plain(text)
        if not said or any(_stands(word, said) for word in self.paperwork):
            return ""
        return _longest(self.emergencies, said)

    def notice(self, text: str) -> str:
        """Return what a message in English reports at the border of feedback; empty for every other message."""
        said = _plain(text)
        return next(
            (label for label, wordings in self.notices.items() if any(_stands(one, said) for one in wordings)), ""
        )

    def in_vietnamese(self, text: str) -> str:
        """Return what an English message asks for, in Vietnamese; empty when it is not known for English."""
        said = _plain(text)
        if not said:
            return ""
        small = next((words for words, wordings in self.talk.items() if said in wordings), "")
        if small:
            return small
        subject = _longest(self.subjects, said)
        change = _longest(self.changes, said) if subject else ""
        aspects = [words for words, wordings in self.aspects.items() if any(_stands(one, said) for one in wordings)]
        if len(aspects) > 1:
            # "How do I …" leads many questions; what follows says what is asked for.
            aspects = [words for words in aspects if not words.startswith("các bước")]
        named = f"{subject} {change}" if change.startswith("có ") and change not in subject else subject
        if change and not change.startswith("có "):
            named = f"{change} {subject}"
        return " ".join([named, *aspects[:2]]).strip()


def load_english(path: Path = ENGLISH) -> English:
    """Read the wordings."""
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return English(**raw)


def _plain(text: str) -> str:
    return "" if has_accents(text) else " ".join(re.findall(r"[a-z0-9']+", normalise(text).lower().replace("’", "'")))


def _stands(wording: str, said: str) -> bool:
    return f" {wording} " in f" {said} "


def _longest(known: Mapping[str, Sequence[str]], said: str) -> str:
    found = [(len(one), words) for words, wordings in known.items() for one in wordings if _stands(one, said)]
    return max(found, default=(0, ""))[1]
