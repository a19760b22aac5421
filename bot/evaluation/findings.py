"""What a model report tells: questions in every spelling, their fields, the speed, and the intents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from bot.evaluation.border import Told
from bot.evaluation.cases import Case
from bot.evaluation.intents import Intents
from bot.evaluation.origin import Origin
from bot.evaluation.run import Result
from nlu.noise import AS_WRITTEN, NOISES, SEED, noisy

NOISY = 400
"""Questions that are asked with every kind of noise: some answer ones, the same for each kind, drawn by a fixed seed."""
PARSED = 200
"""Texts that Rasa is asked alone, for its speed."""
FIELDS = 15
UNKNOWN_FIELD = "(field not known)"


@dataclass(frozen=True)
class Findings:
    """Everything that a report is written from."""

    origin: Origin
    results: Sequence[Result]
    noise: Mapping[str, Sequence[Result]]
    """The same questions by kind of noise; the first as they were written."""
    fields: Mapping[str, str]
    """Code → lĩnh vực."""
    parses: Sequence[float]
    """Milliseconds of one ``/model/parse`` each."""
    intents: Intents | None = None
    """``None`` when they were not cross-validated."""
    border: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    """What texts of feedback were taken for, as written and without accents."""


def noisy_sets(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Return a sample of the ``answer`` questions with each kind of noise."""
    answerable = [case for case in cases if case.kind == "answer" and case.accept]
    some = Random(SEED).sample(answerable, min(NOISY, len(answerable)))
    return {kind: [replace(case, text=noisy(case.text, kind)) for case in some] for kind in (AS_WRITTEN, *NOISES)}


def texts_to_parse(cases: Sequence[Case]) -> list[str]:
    """Return a sample of the questions' texts."""
    texts = [case.text for case in cases]
    return Random(SEED).sample(texts, min(PARSED, len(texts)))


def changed_share(written: Sequence[Result], noise: Sequence[Result]) -> float:
    """Return the share of questions in which a noise found something to do."""
    pairs = list(zip(written, noise, strict=True))
    return sum(one.case.text != other.case.text for one, other in pairs) / max(1, len(pairs))


def by_field(results: Sequence[Result], fields: Mapping[str, str]) -> dict[str, list[Result]]:
    """Return the answerable first questions by lĩnh vực of their right service, the fields most asked about first."""
    scored = [result for result in results if result.case.accept and not result.case.context]
    named = [(field_of(result.case, fields), result) for result in scored]
    counts = Counter(name for name, _ in named)
    order = sorted(counts, key=lambda name: (-counts[name], name))[:FIELDS]
    return {name: [result for one, result in named if one == name] for name in order}


def field_of(case: Case, fields: Mapping[str, str]) -> str:
    """Return the field of the first accepted code that the catalogue has."""
    return next((fields[code] for code in case.accept if fields.get(code)), UNKNOWN_FIELD)
