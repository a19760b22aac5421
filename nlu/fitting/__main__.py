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
from datetime import date
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np

from nlu.catalogue.entries import entries_of, load_lexicon
from nlu.catalogue.importing.findings import Finding
from nlu.catalogue.importing.reading import Reading
from nlu.catalogue.importing.spool import Spool
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_features import CLOSENESS, COVERAGE, FEATURES, FIELDS
from nlu.catalogue.index_weights import FITTED, SURENESS, Weights
from nlu.catalogue.model import Procedure
from nlu.fitting.models import fit_logistic, fit_ranking, places
from nlu.fitting.samples import (
    FOLDS,
    OWN_SOURCES,
    Asked,
    Floats,
    Samples,
    gather,
    labelled,
    nameless,
    own_questions,
    requests,
    second_sayings,
)
from nlu.text import fold

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
    index = build_index(entries, 1, load_lexicon(), weights)
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


def read_procedures(catalogue: Path) -> list[Procedure]:
    """Read a catalogue file."""
    findings: list[Finding] = []
    with Spool() as spool:
        reading = Reading(spool, findings.append, date.today())
        reading.read(catalogue, lambda _: None)
        reading.finish()
        return list(spool.procedures())


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
    sureness = _fit_sureness([one for one in known if one.source not in OWN_SOURCES])
    real = [one for one in known if one.source not in OWN_SOURCES]
    several, clear = (requests(ranked[id(full)], kind) for kind in ("clarify", "answer"))
    ambiguity = _fit_yes_or_no(several, [*clear, *real], "ambiguity")
    return replace(weights, naming=naming, sureness=sureness, ambiguity=ambiguity)


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


def _fit_yes_or_no(yes: Sequence[Asked], no: Sequence[Asked], name: str) -> dict[str, float]:
    """Fit a logistic decision over the scope features; print what it is worth when cross-validated over texts."""
    texts = [(one, label) for some, label in ((yes, 1.0), (no, 0.0)) for one in some]
    rows = [one.index.rank(text).features for one, label in texts for text in _spellings(one, label)]
    y = np.asarray([label for one, label in texts for _ in _spellings(one, label)])
    owners = [one.text for one, label in texts for _ in _spellings(one, label)]
    names = [feature for feature in rows[0] if feature not in ("naming", "sure", "ambiguous")]
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
