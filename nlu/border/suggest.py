"""Suggests what a text is at the border of Decree 20: something to register, or something with another door. Never decides."""

from __future__ import annotations

import re

from nlu.border.decision import decide
from nlu.border.labels import Label, Suggested
from nlu.border.model import LABELS, BorderModel, Reading, fitted
from nlu.border.words import plain

PIECE = 700
"""Characters that are read at once; a longer story is read piece by piece, so that one sentence of it is not drowned."""
LOUD = 0.85
"""Share of a piece from which a denunciation or an emergency in it counts for the whole story."""

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*\s*")


def suggest(text: str, model: BorderModel | None = None) -> Suggested:
    """Return what a text seems to be, with or without accents; never raises.

    Args:
        text: as it was written.
        model: another than the one that is shipped.
    """
    clean = plain(text)
    model = model or fitted()
    if not any(map(str.isalnum, clean)):
        shares = dict.fromkeys(LABELS, 1 / len(LABELS))
        return Suggested(Label.OTHER, 0.0, shares, False, False, None)
    return decide(together([model.read(piece) for piece in pieces(clean)]))


def pieces(clean: str) -> list[str]:
    """Part a long text at the ends of its sentences."""
    if len(clean) <= PIECE:
        return [clean]
    parts = [""]
    for found in _SENTENCE.finditer(clean):
        for start in range(0, len(found.group()), PIECE):
            sentence = found.group()[start : start + PIECE]
            if len(parts[-1]) + len(sentence) > PIECE:
                parts.append("")
            parts[-1] += sentence
    return [part for part in parts if any(map(str.isalnum, part))]


def together(readings: list[Reading]) -> Reading:
    """Return one reading of all pieces: their mean, but what must not be overlooked as loud as where it is loudest."""
    if len(readings) == 1:
        return readings[0]
    shares = {label: sum(one.shares[label] for one in readings) / len(readings) for label in LABELS}
    for label in (Label.DENUNCIATION, Label.EMERGENCY):
        loudest = max(one.shares[label] for one in readings)
        if loudest >= LOUD:
            shares[label] = max(shares[label], loudest / 2)
    whole = sum(shares.values())
    first = max(readings, key=lambda one: max(one.shares[Label.CONTENT], one.shares[Label.RECOMMENDATION]))
    return Reading({label: share / whole for label, share in shares.items()}, first.problem, first.proposal)
