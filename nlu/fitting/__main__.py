"""Fits the ranking's weights on labelled questions and on the project's own sayings, and writes ``ranker.json``.

    python -m nlu.fitting --catalogue FILE --questions FILE --follow-ups FILE

The questions are not kept: only the numbers are, with the hash of what they were fitted on. The project's own sayings
and long questions serve as questions on an index that does not know them, so that the weights learn from words that
search has not seen. Figures printed are cross-validated over services: no service is in both parts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from nlu.catalogue.entries import entries_of, load_lexicon, load_requests
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_features import CLOSENESS, COVERAGE, FEATURES, FIELDS
from nlu.catalogue.index_weights import FITTED, Weights
from nlu.fitting.decisions import decisions
from nlu.fitting.models import fit_ranking, places
from nlu.fitting.samples import (
    FOLDS,
    OWN_SOURCES,
    Asked,
    Floats,
    Samples,
    gather,
    labelled,
    own_questions,
    read_procedures,
    second_sayings,
)

AGAINST = frozenset({"unexplained", "unexplained_all", "unexplained_name", "missing_rare", "long_name"})
"""Measures of misfit; all other measures of fit may not count against a service."""
HELPFUL = np.asarray(
    [
        (name in {*FIELDS, *COVERAGE, *CLOSENESS} and name not in AGAINST) or name in ("is_full", "is_popular")
        for name in FEATURES
    ]
)
OWN_WEIGHT = 0.003


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--catalogue", "--questions", "--follow-ups"):
        parser.add_argument(name, type=Path, required=True)
    args = parser.parse_args()
    records, weights = read_procedures(args.catalogue), Weights.fitted()
    entries = entries_of(records)
    index = build_index(entries, 1, load_lexicon(), weights, requests=load_requests())
    asked = labelled(index, args.questions)
    own = [*own_questions(entries, weights), *second_sayings(records, weights)]
    samples = gather([*asked, *own], OWN_WEIGHT)
    _report(samples, [*asked, *own])
    rank = fit_ranking(samples, HELPFUL)
    weights = replace(weights, rank=dict(zip(FEATURES, map(float, rank.round(4)), strict=True)), sharpness=1.0)
    weights = decisions(weights, asked, own, args.follow_ups)
    files = (args.catalogue, args.questions, args.follow_ups)
    inputs = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    FITTED.write_text(json.dumps({"fitted_on_sha256": inputs, "weights": weights.to_json()}, indent=1) + "\n", "utf-8")


def _report(samples: Samples, asked: Sequence[Asked]) -> None:
    """Print cross-validated R@1, R@3, R@10 by source; labelled questions stand beside their accent-less twins."""
    found = np.full(len(asked), 99)
    for part in range(FOLDS):
        w = fit_ranking(_only(samples, samples.part != part), HELPFUL)
        held = samples.part == part
        found[held] = places(_only(samples, held), w)
    for source in dict.fromkeys(one.source for one in asked):
        some = found[[one.source == source for one in asked]]
        print(f"{source:<24} {len(some):>5}", *(f"R@{k} {np.mean(some < k):.3f}" for k in (1, 3, 10, 24)))
    real = found[[one.source not in OWN_SOURCES for one in asked]]
    print("all, accented", *(f"R@{k} {np.mean(real[::2] < k):.3f}" for k in (1, 3, 10)))
    print("all, folded  ", *(f"R@{k} {np.mean(real[1::2] < k):.3f}" for k in (1, 3, 10)))


def _only(samples: Samples, rows: Floats) -> Samples:
    return Samples(*(getattr(samples, name)[rows] for name in ("x", "right", "there", "weight", "part")))


if __name__ == "__main__":
    main()
