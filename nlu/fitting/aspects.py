"""Fits what a message asks for on the project's own sentences and on labelled questions, and writes ``asking.json``.

    python -m nlu.fitting.aspects QUESTIONS.jsonl…

The questions are not kept: only the numbers are, with the hash of what they were fitted on. A sign is a run of question
words (``nlu.asking_words``), so that no name of a procedure is learned; signs that only the labelled questions have are left
out. Figures printed are cross-validated over services: no service of a labelled question is in both parts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
import yaml

from nlu.asking_model import FITTED, AskingModel
from nlu.asking_words import asking_signs
from nlu.fitting.models import fit_yes_or_no_each
from nlu.fitting.samples import FOLDS, TRAINING
from nlu.fitting.written import dumped, rounded, weights_of
from nlu.understanding import Aspect

ASPECTS = tuple(Aspect)
COLUMNS = tuple(aspect.value for aspect in ASPECTS)
SEEN = 3
"""Own sentences in which a sign must stand to be learned from."""
STRENGTH = 16.0
"""How far the weights are trusted; the inverse of what holds them back."""
OWN_WEIGHT = 0.5
SOURCE_SIZE = 30
"""A labelled question weighs one over the root of its source's size, and one when the source has this many."""
LINES = {"learned": 0.4, "question": -2.0, "statement": -0.5, "second": 1.0}
"""Chosen on the cross-validated scores: a statement ("con em mới đẻ") often asks for nothing, a question always does."""
SMALL = 0.15
"""Weights below it are left out of the file."""


@dataclass(frozen=True)
class Told:
    """A sentence and what it asks for."""

    text: str
    aspects: tuple[Aspect, ...]
    weight: float
    part: int = -1
    """Part of the cross-validation, by service; own sentences are in none."""
    source: str = ""


def main() -> None:
    """Fit, print what it is worth, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path, nargs="+")
    files = parser.parse_args().questions
    own, asked = own_sentences(TRAINING), labelled(files)
    signs = known_signs(own)
    report(asked, cross_validated(own, asked, signs))
    model = fit([*own, *asked], signs)
    inputs = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    FITTED.write_text(dumped({"fitted_on_sha256": inputs, **model}), "utf-8")


def own_sentences(folder: Path) -> list[Told]:
    """Return the project's own sentences whose block names its aspects; an empty list says that none is asked for."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            aspects = (block.get("metadata") or {}).get("aspects")
            if aspects is not None:
                lines = (line.removeprefix("- ").strip() for line in block["examples"].splitlines())
                found += [Told(line, tuple(map(Aspect, aspects)), OWN_WEIGHT) for line in lines]
    return found


def labelled(files: Iterable[Path]) -> list[Told]:
    """Return the labelled questions that ask for one aspect."""
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row.get("aspect", "none") != "none"]
    sizes = Counter(row["source"] for row in rows)
    return [
        Told(
            row["text"],
            (Aspect(row["aspect"]),),
            (SOURCE_SIZE / sizes[row["source"]]) ** 0.5,
            crc32(min(row.get("accept") or row.get("context_accept") or [row["text"]]).encode()) % FOLDS,
            row["source"],
        )
        for row in rows
    ]


def known_signs(own: Iterable[Told]) -> dict[str, int]:
    """Number the signs that enough own sentences have."""
    seen = Counter(sign for told in own for sign in asking_signs(told.text))
    return {sign: number for number, sign in enumerate(sorted(sign for sign in seen if seen[sign] >= SEEN))}


def fit(told: Sequence[Told], signs: Mapping[str, int]) -> dict[str, dict[str, object]]:
    """Fit one logistic decision per aspect over the signs, as ``AskingModel.from_json`` reads it."""
    rows = [asking_signs(one.text) for one in told]
    known = [np.asarray(sorted(signs[sign] for sign in row if sign in signs), np.int64) for row in rows]
    holds = np.asarray([[aspect in one.aspects for aspect in ASPECTS] for one in told])
    scale = np.asarray([len(row) ** -0.5 for row in rows], np.float32)
    weight = np.asarray([one.weight for one in told], np.float32)
    weights, bias = fit_yes_or_no_each(known, scale, holds, weight, len(signs), STRENGTH)
    return {
        "lines": dict(LINES),
        "bias": rounded(COLUMNS, bias),
        "weights": weights_of(signs, COLUMNS, weights, SMALL),
    }


def cross_validated(own: Sequence[Told], asked: Sequence[Told], signs: Mapping[str, int]) -> list[tuple[Aspect, ...]]:
    """Return what each labelled question is taken to ask by a model that has seen no question about its service."""
    found: list[tuple[Aspect, ...]] = [()] * len(asked)
    for part in range(FOLDS):
        model = AskingModel.from_json(fit([*own, *(one for one in asked if one.part != part)], signs))
        for number, one in enumerate(asked):
            if one.part == part:
                found[number] = model.asked(one.text) or (Aspect.OVERVIEW,)
    return found


def report(asked: Sequence[Told], found: Sequence[tuple[Aspect, ...]]) -> None:
    """Print the share that is right and the macro F1 of each source, and precision and recall of each aspect."""
    for source in ("", *sorted({one.source for one in asked})):
        some = [number for number, one in enumerate(asked) if one.source.startswith(source)]
        right = np.mean([asked[number].aspects[0] in found[number][:2] for number in some])
        counts = {aspect: _counts(aspect, asked, found, some) for aspect in ASPECTS}
        f1 = [2 * both / (true + told) for true, told, both in counts.values() if true]
        print(f"{source or 'all':<24} {len(some):>5} right {right:.3f} macro F1 {np.mean(f1):.3f}")
        if not source:
            for aspect, (true, told, both) in counts.items():
                print(f"    {aspect.value:<12} asked {true:>4} told {told:>4} both {both:>4}")


def _counts(
    aspect: Aspect, asked: Sequence[Told], found: Sequence[tuple[Aspect, ...]], some: Sequence[int]
) -> tuple[int, int, int]:
    true = [aspect in asked[number].aspects for number in some]
    told = [aspect in found[number][:2] for number in some]
    return sum(true), sum(told), sum(map(all, zip(true, told, strict=True)))


if __name__ == "__main__":
    main()
