"""Which questions are asked again before a proposal is published. Pure but for the files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.cases import Case, read_cases
from nlu.learning.lessons import FIXED_QUESTIONS
from nlu.learning.masking import unmasked
from nlu.learning.store import Question
from nlu.understanding import Aspect

CLARIFY = FIXED_QUESTIONS.with_name("clarify.jsonl")
MOST_CHANGED = 200
"""Changed procedures whose own questions are asked; an import that changes more is told by its labelled questions."""


@dataclass(frozen=True)
class Regression:
    """One question."""

    text: str
    kind: str
    """As in ``bot.evaluation.cases``; empty for a button of a changed procedure."""
    accept: tuple[str, ...] = ()
    """Codes of which any is right."""
    code: str = ""
    """The procedure that is asked about outright, as by a button; ``text`` is its name then."""
    aspects: tuple[Aspect, ...] = ()


def labelled(root: Path, accepted: Iterable[Question] = ()) -> list[Regression]:
    """Return the project's labelled questions and those that officials have labelled, each text once."""
    paths = [path for path in (root / FIXED_QUESTIONS, root / CLARIFY) if path.is_file()]
    cases: Sequence[Case] = read_cases(paths) if paths else []
    found = {one.text: Regression(one.text, one.kind, one.accept) for one in cases if not one.context}
    for one in accepted:
        text, decision = unmasked(one.text), one.decision
        if text and not one.context:
            kind = "out_of_scope" if decision.kind else "answer"
            found.setdefault(text, Regression(text, kind, (decision.code,) if decision.code else ()))
    return list(found.values())


def of_changed(named: Sequence[tuple[str, str]]) -> list[Regression]:
    """Return what people ask about procedures that were changed, by code and name."""
    return [Regression(name, "", (), code, (aspect,)) for code, name in named[:MOST_CHANGED] for aspect in Aspect]
