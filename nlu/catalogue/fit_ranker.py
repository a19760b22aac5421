"""Fits the ranking's weights on labelled questions and on the project's own sayings, and writes ``ranker.json``.

    python -m nlu.catalogue.fit_ranker --catalogue FILE --questions FILE --declined FILE

The questions are not kept: only the numbers are, with the hash of what they were fitted on. Half of the sayings of the
starter catalogue serve as questions on an index that knows only the other half, so that the weights learn from everyday
words that search has not seen. Figures printed are cross-validated over procedures: no procedure is in both parts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
import yaml
from numpy.typing import NDArray

from nlu.catalogue.entries import entry_of, load_lexicon, starter_sayings
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.index import Entry, Index, build_index
from nlu.catalogue.index_features import FEATURES
from nlu.catalogue.index_weights import FITTED, Weights
from nlu.catalogue.model import base_code
from nlu.text import fold

Matrix = NDArray[np.float32]
TRAINING = Path(__file__).resolve().parents[1] / "data" / "training"
FOLDS = 5
HELPFUL = (*FEATURES[:17], "is_full", "is_popular")
"""Measures of fit: more of them is never worse, so their weights may not fall below zero. Nor is it ever better that
nothing is known of a procedure, or that nobody asks for it."""


@dataclass(frozen=True)
class Question:
    """A labelled question; no code is right when no procedure answers it."""

    text: str
    right: frozenset[str]
    source: str


@dataclass
class Sample:
    """The features of one question's shortlist, with the right rows marked."""

    matrix: Matrix
    right: NDArray[np.bool_]
    weight: float
    part: int


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--declined", type=Path, required=True)
    parser.add_argument("--follow-ups", type=Path, required=True)
    args = parser.parse_args()
    entries = _entries(args.catalogue)
    asked = _questions(args.questions)
    index = build_index(entries, 1, load_lexicon())
    samples = _samples(index, _twins(asked))
    print(f"{len(samples)} samples of questions")
    samples += _saying_samples(entries)
    print(f"{len(samples)} samples with sayings")
    _report(samples, len(asked))
    rank = _fit_rank(samples)
    weights = replace(index.weights, rank=dict(zip(FEATURES, map(float, rank.round(4)), strict=True)), sharpness=1.0)
    ranked = replace(index, weights=weights)
    named = [(ranked, question.text) for question in asked] + _unseen_sayings(entries, weights)
    scope = _fit_yes_or_no(named, [(ranked, text) for text in _declined(args.declined)], "scope")
    naming = _fit_yes_or_no(named, [(ranked, text) for text in _nameless(args.follow_ups)], "naming")
    weights = replace(weights, scope=scope, naming=naming)
    files = (args.catalogue, args.questions, args.declined, args.follow_ups)
    inputs = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    FITTED.write_text(json.dumps({"fitted_on_sha256": inputs, "weights": weights.to_json()}, indent=1) + "\n", "utf-8")


def _entries(catalogue: Path) -> list[Entry]:
    findings: list[Finding] = []
    sayings = starter_sayings()
    with Spool() as spool:
        reading = Reading(spool, findings.append, date.today())
        reading.read(catalogue, lambda _: None)
        reading.finish()
        return [entry_of(procedure, sayings) for procedure in spool.procedures()]


def _questions(path: Path) -> list[Question]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Question(row["text"], frozenset(row["accept"]), row["source"]) for row in rows if row["accept"]]


def _declined(path: Path) -> list[str]:
    """Return questions that no procedure answers: the labelled ones, and the project's own."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return texts + [line for intent, line in training_lines() if intent.startswith("out_of_scope")]


def _nameless(path: Path) -> list[str]:
    """Return questions that name no service: the labelled follow-ups, and the project's own."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return texts + [line for _, line in training_lines("ask_procedure_follow_up.yml")]


def training_lines(pattern: str = "*.yml") -> Iterable[tuple[str, str]]:
    """Return (intent, sentence) of the project's own training data."""
    for path in sorted(TRAINING.glob(pattern)):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                yield block["intent"], line.removeprefix("- ").strip()


def _twins(asked: Sequence[Question]) -> list[Question]:
    return [*asked, *(replace(question, text=fold(question.text)) for question in asked)]


def _samples(index: Index, asked: Sequence[Question], weight: float = 1.0) -> list[Sample]:
    sizes: dict[str, int] = {}
    for question in asked:
        sizes[question.source] = sizes.get(question.source, 0) + 1
    samples = []
    for question in asked:
        found = index.features(question.text)
        right = np.asarray([index.codes[number] in question.right for number in found.documents])
        part = crc32(base_code(min(question.right)).encode()) % FOLDS
        # A large source must not drown the small ones.
        samples.append(Sample(found.matrix, right, weight / np.sqrt(sizes[question.source]), part))
    return samples


def _saying_samples(entries: Sequence[Entry]) -> list[Sample]:
    """Return samples from sayings on an index that does not know them."""
    samples: list[Sample] = []
    for half in (0, 1):
        known = [replace(entry, also_called=entry.also_called[half::2]) for entry in entries]
        index = build_index(known, 1, load_lexicon())
        by_base: dict[str, list[str]] = {}
        for entry in entries:
            by_base.setdefault(base_code(entry.code), []).append(entry.code)
        asked = [
            Question(saying, frozenset(by_base[entry.code]), "sayings")
            for entry in entries
            if entry.code == base_code(entry.code)
            for saying in entry.also_called[1 - half :: 2]
        ]
        samples += _samples(index, asked, weight=0.5)
    return samples


def _unseen_sayings(entries: Sequence[Entry], weights: Weights) -> list[tuple[Index, str]]:
    """Return every second saying with an index that does not know it: everyday words that nobody foresaw."""
    known = [replace(entry, also_called=entry.also_called[::2]) for entry in entries]
    index = build_index(known, 1, load_lexicon(), weights)
    return [
        (index, saying)
        for entry in entries
        if entry.code == base_code(entry.code)
        for saying in entry.also_called[1::2]
    ]


def _fit_rank(samples: Sequence[Sample], steps: int = 500, rate: float = 0.05, decay: float = 1e-3) -> Matrix:
    """Fit a linear ranking by the likelihood of a right procedure on each shortlist (Adam, projected)."""
    used = [sample for sample in samples if sample.right.any()]
    size = max(len(sample.right) for sample in used)
    x = np.stack([np.pad(sample.matrix, ((0, size - len(sample.matrix)), (0, 0))) for sample in used])
    y = np.stack([np.pad(sample.right, (0, size - len(sample.right))) for sample in used])
    share = np.asarray([sample.weight for sample in used], np.float32)
    share /= share.sum()
    at_least_zero = np.asarray([name in HELPFUL for name in FEATURES])
    w = np.zeros(x.shape[2], np.float32)
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        totals = x @ w
        chance = np.exp(totals - totals.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        hit = chance * y
        target = hit / np.maximum(hit.sum(1, keepdims=True), 1e-9)
        slope = np.einsum("ij,ijk->k", (chance - target) * share[:, None], x) + decay * w
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        w = w - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        w = np.where(at_least_zero, np.maximum(w, 0), w).astype(np.float32)
    return w


def _report(samples: Sequence[Sample], accented: int) -> None:
    """Print cross-validated R@1, R@3, R@10 of the questions, their accent-less twins and the sayings."""
    ranks = np.full(len(samples), 99)
    for part in range(FOLDS):
        w = _fit_rank([sample for sample in samples if sample.part != part], steps=250)
        for place, sample in enumerate(samples):
            if sample.part == part and sample.right.any():
                order = np.argsort(-(sample.matrix @ w), kind="stable")
                ranks[place] = int(np.flatnonzero(sample.right[order])[0])
    for name, some in (
        ("questions", ranks[:accented]),
        ("without accents", ranks[accented : 2 * accented]),
        ("sayings", ranks[2 * accented :]),
    ):
        print(f"{name:<16} {len(some):>5}", *(f"R@{k} {np.mean(some < k):.3f}" for k in (1, 3, 10, 60)))


Asked = tuple[Index, str]
"""A text and the index that it is asked on."""


def _fit_yes_or_no(yes: Sequence[Asked], no: Sequence[Asked], name: str) -> dict[str, float]:
    """Fit a logistic decision over the scope features, each text with its accent-less twin; print what it is worth."""
    asked = [
        (index, line, label)
        for some, label in ((yes, 1.0), (no, 0.0))
        for index, text in some
        for line in (text, fold(text))
    ]
    texts = [(text, label) for _, text, label in asked]
    rows = [index.rank(text).features for index, text, _ in asked]
    names = [feature for feature in rows[0] if feature != "naming"]
    x = np.asarray([[row[feature] for feature in names] + [1.0] for row in rows], np.float64)
    y = np.asarray([label for _, label in texts])
    weight = np.where(y > 0, 0.5 / y.sum(), 0.5 / (1 - y).sum())
    parts = np.asarray([crc32(fold(text).encode()) % FOLDS for text, _ in texts])
    held = np.zeros(len(y))
    for part in range(FOLDS):
        held[parts == part] = x[parts == part] @ _logistic(x[parts != part], y[parts != part], weight[parts != part])
    for kept in (0.98, 0.95, 0.9):
        line = np.quantile(held[y > 0], 1 - kept)
        turned = np.mean(held[y == 0] < line)
        print(
            f"{name}: keeping {kept:.2f} of the one turns {turned:.3f} of the other away at {1 / (1 + np.exp(-line)):.3f}"
        )
    return dict(zip([*names, "bias"], map(float, _logistic(x, y, weight).round(4)), strict=True))


def _logistic(x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    w = np.zeros(x.shape[1])
    for _ in range(50):  # Newton's method converges in far fewer
        chance = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (weight * (chance - y)) + 1e-4 * w
        curve = (x * (weight * chance * (1 - chance))[:, None]).T @ x + 1e-4 * np.eye(x.shape[1])
        w -= np.linalg.solve(curve, slope)
    return w


if __name__ == "__main__":
    main()
