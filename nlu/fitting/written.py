"""How fitted weights are written down: rounded, what is next to nothing left out, one sign a line so that a change can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from nlu.fitting.samples import Floats


def weights_of(signs: Mapping[str, int], columns: Sequence[str], weights: Floats, least: float) -> dict[str, object]:
    """Return the weights of each sign by column; a sign whose weights are all smaller than ``least`` is left out."""
    by_sign = {sign: rounded(columns, weights[number], least) for sign, number in signs.items()}
    return {sign: numbers for sign, numbers in by_sign.items() if numbers}


def rounded(columns: Sequence[str], numbers: Floats, least: float = 0.0) -> dict[str, object]:
    """Return the numbers by column that are worth keeping."""
    pairs = zip(columns, numbers.tolist(), strict=True)
    return {name: round(number, 2) for name, number in pairs if abs(number) >= least}


def dumped(data: Mapping[str, object]) -> str:
    """Write JSON, the ``weights`` last."""
    weights = data["weights"]
    assert isinstance(weights, dict)
    head = json.dumps({name: value for name, value in data.items() if name != "weights"}, indent=1)
    lines = ",\n".join(f"  {json.dumps(sign)}: {json.dumps(told)}" for sign, told in weights.items())
    return head.removesuffix("\n}") + ',\n "weights": {\n' + lines + "\n }\n}\n"
