"""Fits what is told of a ranking: does a message name a service, is the first one right, would a clerk ask back.

    python -m nlu.fitting.decisions --catalogue FILE --questions FILE

renews the last two alone, which decide between an answer and a choice; the ranking's own weights stay. A request that a
clerk would ask back about is ranked on an index that does not know it, so that the decision learns what requests look like
that nobody wrote down.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np

from nlu.catalogue.entries import entries_of, load_lexicon, load_requests
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_weights import FITTED, SURENESS, Weights
from nlu.fitting.models import fit_logistic
from nlu.fitting.samples import (
    FOLDS,
    OWN_SOURCES,
    Asked,
    labelled,
    nameless,
    read_procedures,
    requests,
    unseen_requests,
)
from nlu.text import fold

OUTCOMES = ("naming", "sure", "ambiguous")
"""What is fitted here, which may not be a sign of itself."""


def main() -> None:
    """Fit how sure the first service is and whether a clerk would ask back, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--catalogue", "--questions"):
        parser.add_argument(name, type=Path, required=True)
    args = parser.parse_args()
    entries = entries_of(read_procedures(args.catalogue))
    index = build_index(entries, 1, load_lexicon(), Weights.fitted(), requests=load_requests())
    weights = asking(index.weights, labelled(index, args.questions))
    stored = json.loads(FITTED.read_text("utf-8"))
    FITTED.write_text(json.dumps({**stored, "weights": weights.to_json()}, indent=1) + "\n", "utf-8")


def decisions(weights: Weights, asked: Sequence[Asked], own: Sequence[Asked], follow_ups: Path) -> Weights:
    """Fit what is told of the ranking: whether a service is named, how sure the first is, whether a clerk would ask back."""
    full = asked[0].index
    ranked = {
        id(index): replace(index, weights=weights)
        for index in {id(one.index): one.index for one in (*asked, *own)}.values()
    }
    known = [replace(one, index=ranked[id(one.index)]) for one in (*asked, *own)]
    going_on = [replace(one, index=ranked[id(full)]) for one in nameless(follow_ups, full)]
    naming = _fit_yes_or_no(known, going_on, "naming")
    return asking(replace(weights, naming=naming), [one for one in known if one.source not in OWN_SOURCES])


def asking(weights: Weights, asked: Sequence[Asked]) -> Weights:
    """Fit how sure the first service is, and whether a clerk would ask back.

    Args:
        weights: of the ranking; their decisions are fitted anew.
        asked: labelled questions, on an index that knows the requests.
    """
    index = asked[0].index
    sureness = _fit_sureness(asked)
    clear = [*requests(index, "answer"), *(one for one in asked if one.kind == "answer")]
    ambiguity = _fit_yes_or_no(unseen_requests(index), clear, "ambiguity")
    return replace(weights, sureness=sureness, ambiguity=ambiguity)


def _fit_yes_or_no(yes: Sequence[Asked], no: Sequence[Asked], name: str) -> dict[str, float]:
    """Fit a logistic decision over the scope features; print what it is worth when cross-validated over texts."""
    texts = [(one, label) for some, label in ((yes, 1.0), (no, 0.0)) for one in some]
    rows = [one.index.rank(text).features for one, label in texts for text in _spellings(one, label)]
    y = np.asarray([label for one, label in texts for _ in _spellings(one, label)])
    owners = [one.text for one, label in texts for _ in _spellings(one, label)]
    names = [feature for feature in rows[0] if feature not in OUTCOMES]
    x = np.asarray([[row[feature] for feature in names] + [1.0] for row in rows], np.float64)
    weight = np.where(y > 0, 0.5 / y.sum(), 0.5 / (1 - y).sum())
    parts = np.asarray([crc32(fold(text).encode()) % FOLDS for text in owners])
    held = np.zeros(len(y))
    for part in range(FOLDS):
        w = fit_logistic(x[parts != part], y[parts != part], weight[parts != part])
        held[parts == part] = x[parts == part] @ w
    for kept in (0.99, 0.98, 0.95, 0.9):
        line = np.quantile(held[y > 0], 1 - kept)
        turned = np.mean(held[y == 0] < line)
        print(
            f"{name}: keeping {kept:.2f} of the one turns {turned:.3f} of the other away at {1 / (1 + np.exp(-line)):.3f}"
        )
    return dict(zip([*names, "bias"], map(float, fit_logistic(x, y, weight).round(4)), strict=True))


def _spellings(one: Asked, label: float) -> tuple[str, ...]:
    """Return the text, with its accent-less twin where the samples do not hold it already."""
    return (one.text, fold(one.text)) if not label else (one.text,)


def _fit_sureness(asked: Sequence[Asked]) -> dict[str, float]:
    """Fit the confidence that the first service is right, on the signs of ``SURENESS``."""
    rankings = [(one, one.index.rank(one.text)) for one in asked]
    x = np.asarray([[ranking.features[name] for name in SURENESS] + [1.0] for _, ranking in rankings], np.float64)
    y = np.asarray([float(bool(one.right & set(ranking.candidates[0].codes))) for one, ranking in rankings])
    w = fit_logistic(x, y, np.full(len(y), 1.0 / len(y)))
    sure = 1 / (1 + np.exp(-x @ w))
    for low in np.arange(0.2, 1.0, 0.1):
        some = (sure >= low) & (sure < low + 0.1)
        if some.any():
            print(
                f"sure {low:.1f}-{low + 0.1:.1f}: {some.sum():>5} questions, right {y[some].mean():.3f}, said {sure[some].mean():.3f}"
            )
    return dict(zip([*SURENESS, "bias"], map(float, w.round(4)), strict=True))


if __name__ == "__main__":
    main()
