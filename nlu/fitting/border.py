"""Fits what a text is at the border of Decree 20 on the project's own texts, and writes ``nlu/border/border.json``.

    python -m nlu.fitting.border [--wrong]

Figures printed are cross-validated over situations: no situation is in both parts. ``--wrong`` prints what was missed there.
The evaluation sets (``nlu/data/questions/feedback*.jsonl``) are not read.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from nlu.border.decision import GUARDED
from nlu.border.labels import PROBLEMS, PROPOSALS, REGISTERED, Suggested
from nlu.border.model import COLUMNS, FITTED, LABELS, BorderModel
from nlu.border.signs import signs_of
from nlu.border.suggest import suggest
from nlu.border.words import plain
from nlu.fitting.border_data import Told, intent_texts, listed_words, own_texts
from nlu.fitting.models import Rows, fit_one_of_many
from nlu.fitting.samples import FOLDS, Floats
from nlu.fitting.written import dumped, rounded, weights_of
from nlu.noise import noisy

SEEN = 2
"""Situations in which a sign must stand to be learned from; a sentence of an intent counts as one."""
STRENGTH = 18.0
"""How far the weights are trusted; the inverse of what holds them back."""
CATEGORY_STRENGTH = 3.0
TWINS = (("without accents", 1.0), ("shorthand and teencode", 0.2), ("slip of a finger", 0.2))
"""Noise that a twin of each text gets, and what the twin weighs beside it."""
SMALL = 0.06
"""Weights below it are left out of the file."""
BALANCE = 0.5
"""Power by which rare labels weigh more: 0 not at all, 1 until all weigh the same."""


def main() -> None:
    """Fit, print what it is worth, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print the texts that were missed in the cross-validation")
    arguments = parser.parse_args()
    own, more = own_texts(), [*intent_texts(), *listed_words()]
    report(own, cross_validated(own, more), arguments.wrong)
    FITTED.write_text(dumped(fit([*own, *more])), "utf-8")


def fit(told: Sequence[Told]) -> dict[str, dict[str, object]]:
    """Fit the labels, and among texts about rules the categories, as ``BorderModel.from_json`` reads it."""
    known = known_signs(told)
    taught = [*told, *twins(told)]
    signs = [signs_of(plain(one.text)) for one in taught]
    groups: tuple[tuple[Sequence[object], Sequence[object], float], ...] = (
        (LABELS, [one.label for one in taught], STRENGTH),
        (PROBLEMS, [one.category for one in taught], CATEGORY_STRENGTH),
        (PROPOSALS, [one.category for one in taught], CATEGORY_STRENGTH),
    )
    parts = [_fitted(taught, signs, known, classes, truth, strength) for classes, truth, strength in groups]
    weights, bias = np.hstack([part[0] for part in parts]), np.hstack([part[1] for part in parts])
    return {"bias": rounded(COLUMNS, bias), "weights": weights_of(known, COLUMNS, weights, SMALL)}


def _fitted(
    taught: Sequence[Told], signs: Sequence[Mapping[str, float]], known: Mapping[str, int],
    classes: Sequence[object], truth: Sequence[object], strength: float,
) -> tuple[Floats, Floats]:  # fmt: skip
    kept = [number for number, one in enumerate(truth) if one in classes]
    sizes = Counter(truth[number] for number in kept)
    weight = [taught[n].weight * (len(kept) / len(sizes) / sizes[truth[n]]) ** BALANCE for n in kept]
    rows = Rows.of([{known[s]: v for s, v in signs[n].items() if s in known} for n in kept], len(known))
    labels = np.asarray([classes.index(truth[number]) for number in kept])
    return fit_one_of_many(rows, labels, np.asarray(weight, np.float32), len(classes), strength)


def known_signs(told: Iterable[Told]) -> dict[str, int]:
    """Number the signs that stand in enough situations."""
    seen: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for sign in signs_of(plain(one.text)):
            seen[sign].add(one.situation or one.text)
    return {sign: number for number, sign in enumerate(sorted(s for s, where in seen.items() if len(where) >= SEEN))}


def twins(told: Iterable[Told]) -> list[Told]:
    """Return each of the project's own texts again with each kind of noise."""
    own = [one for one in told if one.situation]
    made = [(one, noisy(one.text, kind), share) for one in own for kind, share in TWINS]
    return [
        Told(text, one.label, one.category, one.weight * share, one.situation)
        for one, text, share in made
        if text != one.text
    ]


def cross_validated(own: Sequence[Told], more: Sequence[Told]) -> list[Suggested]:
    """Return what each own text is taken for by a model that has seen nothing of its situation."""
    found: dict[int, Suggested] = {}
    for part in range(FOLDS):
        model = BorderModel.from_json(fit([*(one for one in own if one.part != part), *more]))
        for number, one in enumerate(own):
            if one.part == part:
                found[number] = suggest(one.text, model)
    return [found[number] for number in range(len(own))]


def report(own: Sequence[Told], found: Sequence[Suggested], wrong: bool) -> None:
    """Print precision, recall and F1 of each label, and what must not happen."""
    pairs = Counter((one.label, said.label) for one, said in zip(own, found, strict=True))
    f1 = []
    for label in LABELS:
        true = sum(n for (one, _), n in pairs.items() if one is label)
        told = sum(n for (_, said), n in pairs.items() if said is label)
        both = pairs[label, label]
        f1.append(2 * both / max(1, true + told))
        missed = {
            said.value: n for (one, said), n in sorted(pairs.items(), key=lambda p: -p[1]) if one is label is not said
        }
        print(
            f"{label.value:<15} {true:>4} precision {both / max(1, told):.3f} recall {both / max(1, true):.3f} F1 {f1[-1]:.3f} {missed}"
        )
    urgent = [said for one, said in zip(own, found, strict=True) if one.label in GUARDED]
    print(
        f"to_cao and emergencies taken for something to register: {sum(s.label in REGISTERED for s in urgent)} of {len(urgent)}"
    )
    print(f"macro F1 {np.mean(f1):.3f}, situations {len({one.situation for one in own})}, texts {len(own)}")
    if wrong:
        for one, said in zip(own, found, strict=True):
            if one.label is not said.label:
                print(f"  {one.label.value} → {said.label.value} {said.sure:.2f}: {one.text[:150]}")


if __name__ == "__main__":
    main()
