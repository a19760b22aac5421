"""Fits what a message asks about the post on the project's own sentences, and writes ``nlu/post/topics.json``.

    python -m nlu.fitting.post_topics [--wrong]

Figures printed are cross-validated over situations: no situation is in both parts. ``--wrong`` prints what was missed there.
The held-out set (``nlu/data/questions/post.jsonl``) is not read.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from zlib import crc32

import numpy as np

from nlu.fitting.models import Rows, fit_one_of_many
from nlu.fitting.samples import FOLDS, TRAINING, training_lines
from nlu.fitting.written import dumped, rounded, weights_of
from nlu.linear_signs import LinearSigns
from nlu.post.model import COLUMNS, FITTED, TOPICS, PostModel, PostReading
from nlu.post.patterns import names_post
from nlu.post.signs import kinds_of
from nlu.post.topic import BESIDE, Topic
from nlu.text import fold, normalise
from nlu.yaml_files import read_yaml

DATA = TRAINING.parent / "post"
INTENTS: Mapping[Topic, tuple[str, ...]] = {
    Topic.PROCEDURE: ("ask_procedure_*", "office_*"),
    Topic.DOSSIER: ("dossier_*",),
    Topic.OTHER: ("out_of_scope_*", "feedback_*", "complaint", "denunciation", "chitchat", "thank", "affirm", "deny", "correct", "cancel", "help", "talk_to_person", "frustration"),
}  # fmt: skip
"""Files of training sentences by what their sentences are beside the post."""
MOST = 300
"""Sentences of one pattern that are taken, drawn by a fixed seed."""
INTENT_WEIGHT = 0.4
SEEN = 3
"""Situations in which a sign must stand to be learned from."""
STRENGTH = 18.0
"""How far the weights are trusted; the inverse of what holds them back."""
SMALL = 0.1
"""Weights below it are left out of the file."""
BALANCE = 0.5
"""Power by which rare topics weigh more: 0 not at all, 1 until all weigh the same."""


@dataclass(frozen=True)
class Told:
    """A sentence and what it asks."""

    text: str
    topic: Topic
    after: bool
    """It is said after the post was spoken of."""
    situation: str
    """Sentences of one situation are never in both parts of a cross-validation."""
    weight: float = 1.0

    @property
    def part(self) -> int:
        """Part of the cross-validation."""
        return crc32(self.situation.encode()) % FOLDS


def main() -> None:
    """Fit, print what it is worth, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print what was missed in the cross-validation")
    arguments = parser.parse_args()
    own, more = own_sentences(), intent_texts()
    report(own, cross_validated(own, more), arguments.wrong)
    FITTED.write_text(dumped(fit([*own, *more])), "utf-8")


def own_sentences(folder: Path = DATA) -> list[Told]:
    """Return the project's own sentences: files of topics, each with situations told alone and after talk of the post."""
    return [
        Told(text, Topic(topic), where == "after", f"{topic} {where} {number}")
        for path in sorted(folder.glob("*.yml"))
        for topic, told in read_yaml(path).items()
        for where, situations in told.items()
        for number, texts in enumerate(situations)
        for text in texts
    ]


def intent_texts() -> list[Told]:
    """Return sentences of other intents, none that names the post, weighing less than those about it."""
    found = []
    for topic, patterns in INTENTS.items():
        for pattern in patterns:
            lines = [text for _, text in training_lines(f"{pattern}.yml")]
            texts = [text for text in lines if not names_post(fold(normalise(text)))]
            some = Random(f"2008:{pattern}").sample(texts, min(MOST, len(texts)))
            found += [Told(text, topic, False, text, INTENT_WEIGHT) for text in some]
    return found


def fit(told: Sequence[Told]) -> dict[str, dict[str, object]]:
    """Fit the topics, as ``LinearSigns.from_json`` reads them."""
    known = known_signs(told)
    taught = [*told, *twins(told)]
    sizes = Counter(one.topic for one in told)
    weight = [one.weight * (len(told) / len(sizes) / sizes[one.topic]) ** BALANCE for one in taught]
    rows = Rows.of([{known[s]: v for s, v in _signs(one).items() if s in known} for one in taught], len(known))
    labels = np.asarray([TOPICS.index(one.topic) for one in taught])
    weights, bias = fit_one_of_many(rows, labels, np.asarray(weight, np.float32), len(TOPICS), STRENGTH)
    return {"bias": rounded(COLUMNS, bias), "weights": weights_of(known, COLUMNS, weights, SMALL)}


def known_signs(told: Iterable[Told]) -> dict[str, int]:
    """Number the signs that stand in enough situations."""
    seen: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for sign in _signs(one):
            seen[sign].add(one.situation)
    return {sign: number for number, sign in enumerate(sorted(s for s, where in seen.items() if len(where) >= SEEN))}


def twins(told: Iterable[Told]) -> list[Told]:
    """Return each sentence again without accents; what is said alone is heard after talk of the post, too."""
    bare = [replace(one, text=text) for one in told if (text := fold(one.text)) != one.text]
    return [*bare, *(replace(one, after=True, weight=0.5 * one.weight) for one in told if not one.after)]


def _signs(one: Told) -> dict[str, float]:
    return {sign: weight for kind, weight in kinds_of(one.text, after=one.after) for sign in kind}


def cross_validated(own: Sequence[Told], more: Sequence[Told]) -> list[PostReading]:
    """Return what each sentence is taken for by a model that has seen nothing of its situation."""
    found: dict[int, PostReading] = {}
    for part in range(FOLDS):
        data = fit([*(one for one in own if one.part != part), *more])
        model = PostModel(LinearSigns.from_json(data, COLUMNS))
        for number, one in enumerate(own):
            if one.part == part:
                found[number] = model.read(one.text, after=one.after)
    return [found[number] for number in range(len(own))]


def report(own: Sequence[Told], found: Sequence[PostReading], wrong: bool) -> None:
    """Print how many sentences of each topic are taken for it, and for what else."""
    said = [max(one.shares, key=one.shares.__getitem__) for one in found]
    for topic in sorted({one.topic for one in own}):
        of_it = Counter(took for one, took in zip(own, said, strict=True) if one.topic is topic)
        missed = {took.value: number for took, number in of_it.most_common() if took is not topic}
        print(f"{topic.value:<12} {of_it[topic]:>4} of {of_it.total():>4} {missed}")
    print(_shares(own, said))
    if wrong:
        for one, took, read in zip(own, said, found, strict=True):
            if took is not one.topic:
                print(f"  {one.topic.value} → {took.value} {read.shares[took]:.2f} {'after ' * one.after}{one.text}")


def _shares(own: Sequence[Told], said: Sequence[Topic]) -> str:
    pairs: list[tuple[Topic, Topic]] = [(one.topic, took) for one, took in zip(own, said, strict=True)]
    right = sum(true is took for true, took in pairs)
    ours = [(true, took) for true, took in pairs if true not in BESIDE]
    beside = [(true, took) for true, took in pairs if true in BESIDE]
    return (
        f"right {right / len(pairs):.3f} of {len(pairs)}; about the post and taken so {_part(ours, took_ours=True):.3f}; "
        f"not about it and taken for it {_part(beside, took_ours=True):.3f}"
    )


def _part(pairs: Sequence[tuple[Topic, Topic]], *, took_ours: bool) -> float:
    return sum((took not in BESIDE) is took_ours for _, took in pairs) / max(1, len(pairs))


if __name__ == "__main__":
    main()
