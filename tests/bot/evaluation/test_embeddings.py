"""Embeddings are taken from a package that may be there or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.evaluation.embeddings import embedding_way


class Letters:
    """Embeds a text by two of its letters."""

    def passage(self, texts: Sequence[str]) -> Any:
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Any:
        counts = np.asarray([text.count("a"), text.count("b")], np.float32)
        return counts / np.linalg.norm(counts)


def missing(name: str) -> Any:
    """Import nothing."""
    raise ImportError(name)


def test_the_closest_name_is_first() -> None:
    way = embedding_way([(("1",), "aaab"), (("2",), "abbb")], lambda name: Letters())
    assert way is not None
    assert way.rank("bb a") == [("2",), ("1",)]


def test_without_the_package_there_is_no_way() -> None:
    assert embedding_way([], missing) is None
