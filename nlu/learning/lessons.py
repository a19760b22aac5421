"""Turns accepted questions into what is learned from: Rasa examples and sayings of procedures. Pure but for the files.

Questions of the fixed test set are never learned, whoever asked them: what is measured must not have been seen.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.catalogue.model import base_code
from nlu.learning.masking import same_key, unmasked
from nlu.learning.store import Question, ReviewState
from nlu.understanding import Intent

FOLDER = Path("var/learning")
"""Below the project's root."""
EXAMPLES = "accepted.yml"
"""Rasa training examples."""
SAYINGS = "sayings.yml"
"""What people say for each procedure, for the search index."""
FIXED_QUESTIONS = Path("nlu/data/questions/fixed.jsonl")

_MARKUP = re.compile(r"[\[\](){}<>|*`\\]")
"""Signs that Rasa's example format reads as markup."""


@dataclass(frozen=True)
class Lesson:
    """One sentence that is learned."""

    text: str
    intent: str
    aspects: tuple[str, ...]
    code: str
    """Procedure that the sentence names; empty when it names none by itself."""


def lessons(questions: Iterable[Question], held_out: Collection[str] = ()) -> list[Lesson]:
    """Return what is learned from reviewed questions, in the order of their texts.

    Args:
        questions: reviewed; those not accepted are passed over.
        held_out: ``same_key`` of texts that must not be learned.
    """
    found: dict[str, Lesson] = {}
    for question in questions:
        lesson = _lesson(question)
        if lesson is not None and same_key(lesson.text) not in held_out:
            found[same_key(lesson.text)] = lesson
    return [found[key] for key in sorted(found)]


def held_out_questions(root: Path) -> frozenset[str]:
    """Return the keys of the fixed test set."""
    lines = (root / FIXED_QUESTIONS).read_text("utf-8").splitlines() if (root / FIXED_QUESTIONS).is_file() else []
    return frozenset(same_key(json.loads(line)["text"]) for line in lines if line.strip())


def write_lessons(folder: Path, learned: Iterable[Lesson]) -> None:
    """Write both files; with nothing to learn there are none, and nothing is as it was before anything was learned."""
    known = list(learned)
    examples = [one for one in known if one.intent]
    sayings: dict[str, list[str]] = {}
    for one in known:
        if one.code:
            sayings.setdefault(one.code, []).append(one.text)
    _write(folder / EXAMPLES, _examples(examples) if examples else "")
    body = yaml.safe_dump(sayings, allow_unicode=True, sort_keys=True, width=1000)
    _write(
        folder / SAYINGS, f"# What people say for each procedure, accepted by a reviewer.\n{body}" if sayings else ""
    )


def _lesson(question: Question) -> Lesson | None:
    decision = question.decision
    text = " ".join(_MARKUP.sub(" ", unmasked(question.text)).split()).lstrip("-/ ").removesuffix("…").strip()
    if decision.state is not ReviewState.ACCEPTED or not any(letter.isalpha() for letter in text):
        return None
    if decision.kind is not None:
        return Lesson(text, decision.kind.value, (), "")
    # What was said while the same procedure was under discussion need not name it: search must not learn it by that.
    goes_on = bool(question.context) and base_code(question.context) == base_code(decision.code)
    aspects = tuple(aspect.value for aspect in decision.aspects)
    return Lesson(text, Intent.ASK_PROCEDURE.value, aspects, "" if goes_on else base_code(decision.code))


def _examples(known: list[Lesson]) -> str:
    """Return the sentences in Rasa's format, a block for each intent with its aspects."""
    blocks: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in known:
        blocks.setdefault((one.intent, tuple(sorted(one.aspects))), []).append(one.text)
    lines = ["# Questions of citizens, masked, accepted by a reviewer.", 'version: "3.1"', "nlu:"]
    for (intent, aspects), texts in sorted(blocks.items()):
        lines.append(f"  - intent: {intent}")
        if intent == Intent.ASK_PROCEDURE.value:
            lines.append(f"    metadata: {{aspects: [{', '.join(aspects)}]}}")
        lines.append("    examples: |")
        lines += [f"      - {text}" for text in texts]
    return "\n".join(lines) + "\n"


def _write(path: Path, content: str) -> None:
    """Write a file in one step, only when it changes; without content there is no file."""
    if not content:
        path.unlink(missing_ok=True)
        return
    if path.is_file() and path.read_text("utf-8") == content:
        return
    # Masked as they are, these are citizens' words: for the owner alone.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
    os.replace(aside, path)
