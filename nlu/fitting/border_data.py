"""Texts that the border is fitted on: the project's own, by situation, and the sentences of intents that fit a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zlib import crc32

from nlu.border.labels import Label
from nlu.border.law_signs import word_lists
from nlu.fitting.samples import FOLDS, TRAINING
from nlu.text import fold
from nlu.yaml_files import read_yaml

DATA = TRAINING.parent / "border"
INTENTS: Mapping[str, Label] = {
    "emergency": Label.EMERGENCY,
    "complaint": Label.COMPLAINT,
    "denunciation": Label.DENUNCIATION,
    "out_of_scope_law": Label.LEGAL_QUESTION,
    "out_of_scope_fines": Label.LEGAL_QUESTION,
    **dict.fromkeys(
        (
            "ask_procedure_everyday", "ask_procedure_several", "ask_procedure_official", "ask_procedure_ways_of_asking", "dossier_status",
            "office_hours", "office_address", "feedback_howto", "feedback_status", "greet", "thank", "chitchat", "help", "talk_to_person",
            "postal_service", "privacy_delete", "correct", "out_of_scope_other", "out_of_scope_prices", "out_of_scope_medical",
            "out_of_scope_news", "out_of_scope_entertainment", "out_of_scope_abroad", "rate_service",
        ),
        Label.OTHER,
    ),
}  # fmt: skip
"""Files of training sentences by what their sentences are at the border."""
MOST = {Label.OTHER: 60, Label.LEGAL_QUESTION: 250, Label.EMERGENCY: 300, Label.COMPLAINT: 120, Label.DENUNCIATION: 150}
"""Sentences of one file that are taken, drawn by a fixed seed."""
INTENT_WEIGHT = 0.35
OTHER_WEIGHT = 0.2
LISTS: Mapping[str, Label] = {
    **dict.fromkeys(("late", "sent around", "rude", "harassed", "refused", "extra papers"), Label.CONDUCT),
    **dict.fromkeys(("fault of rule", "does not fit", "inconsistent", "unlawful", "treaty"), Label.CONTENT),
    **dict.fromkeys(("change a rule", "something new"), Label.RECOMMENDATION),
    **dict.fromkeys(("complain", "punished", "wronged", "not accepted", "claims"), Label.COMPLAINT),
    **dict.fromkeys(("denounce", "bribe", "corrupt", "crime", "violence done"), Label.DENUNCIATION),
    **dict.fromkeys(("street things", "broken", "nuisance", "repair please"), Label.FIELD_REPORT),
    **dict.fromkeys(("ask law", "civil"), Label.LEGAL_QUESTION),
    **dict.fromkeys(
        ("ask procedure", "ask dossier", "small talk", "praise", "private business", "at home", "where to send"),
        Label.OTHER,
    ),
    "offers": Label.ADVERT,
    "swears": Label.INSULT,
    "hurt now": Label.EMERGENCY,
}
"""What an entry of a list of words says where it stands alone."""
LIST_WEIGHT = 0.2
_ASKED = re.compile(r"\b(?:o dau|the nao|lam sao|nhu nao|bao lau|gi|ai|khong|ra sao|may|dau|cach|mau)\b|\?")
"""A complaint that is only asked about is none."""


@dataclass(frozen=True)
class Told:
    """A text and what it is."""

    text: str
    label: Label
    category: int | None
    weight: float
    situation: str
    """Texts of one situation are never in both parts of a cross-validation; empty for sentences of intents."""

    @property
    def part(self) -> int:
        """Part of the cross-validation; -1 for sentences that are in none."""
        return crc32(self.situation.encode()) % FOLDS if self.situation else -1


def own_texts(folder: Path = DATA) -> list[Told]:
    """Return the project's own texts."""
    return [told for path in sorted(folder.glob("*.yml")) for told in _of_file(path)]


def _of_file(path: Path) -> Iterator[Told]:
    data = read_yaml(path)
    label = Label(data["label"])
    for group in data.get("groups") or [data]:
        for situation, texts in group["situations"].items():
            for text in texts:
                yield Told(text, label, group.get("category"), 1.0, f"{label.value}: {situation}")


def intent_texts(folder: Path = TRAINING) -> list[Told]:
    """Return sentences of the intents that fit a label, weighing less than the project's own."""
    found = []
    for name, label in INTENTS.items():
        lines = [line for block in read_yaml(folder / f"{name}.yml")["nlu"] for line in block["examples"].splitlines()]
        texts = [text for line in lines if (text := line.removeprefix("- ").strip()) and _fits(text, label)]
        some = Random(f"2008:{name}").sample(texts, min(MOST[label], len(texts)))
        weight = OTHER_WEIGHT if label is Label.OTHER else INTENT_WEIGHT
        found += [Told(text, label, None, weight, "") for text in some]
    return found


def listed_words() -> list[Told]:
    """Return the entries of the lists of words, each of two words or more as a text of its own."""
    return [
        Told(entry, LISTS[names[0]], None, LIST_WEIGHT, "")
        for entry, names in word_lists().lists.items()
        if len(names) == 1 and names[0] in LISTS and (" " in entry or names[0] == "swears")
    ]


def _fits(text: str, label: Label) -> bool:
    return label not in (Label.COMPLAINT, Label.DENUNCIATION) or not _ASKED.search(fold(text))
