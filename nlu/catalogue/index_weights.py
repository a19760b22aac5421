"""The numbers that weigh the ranking's features, fitted by ``nlu.fitting`` and kept beside the code as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FITTED = Path(__file__).with_name("ranker.json")
SURENESS = (
    "odds", "lead", "share", "explained", "query_literal", "core_literal", "said_f", "unexplained", "alike", "alike_names",
    "length", "core_f", "pairs", "said_exact", "unknown", "asked_for",
)  # fmt: skip
"""Signs by which the confidence in the first service is told."""


@dataclass(frozen=True)
class Weights:
    """Weights of the two steps, and of the decision whether any procedure answers."""

    shortlist: Mapping[str, float]
    """Per search field: which procedures are looked at closely."""
    rank: Mapping[str, float]
    """Per feature of ``index_features.FEATURES``."""
    sharpness: float
    """How strongly a lead in the total turns into confidence; makes the scores calibrated."""
    scope: Mapping[str, float]
    """Per scope feature, with ``bias``: logistic weights of "some procedure answers this"."""
    naming: Mapping[str, float]
    """The same for "the message names a service itself", rather than going on about one named before."""
    sureness: Mapping[str, float] = field(default_factory=dict)
    """The same for "the first service is the right one", over ``SURENESS``: the confidence that a citizen is answered on."""
    ambiguity: Mapping[str, float] = field(default_factory=dict)
    """The same for "a clerk would ask back"."""

    @cached_property
    def rank_vector(self) -> NDArray[np.float32]:
        """The feature weights in the order of ``FEATURES``."""
        from nlu.catalogue.index_features import FEATURES

        return np.asarray([self.rank.get(name, 0.0) for name in FEATURES], dtype=np.float32)

    def in_scope(self, features: Mapping[str, float]) -> float:
        """Return the confidence that some procedure of the catalogue answers the question."""
        return _logistic(self.scope, features)

    def names_service(self, features: Mapping[str, float]) -> float:
        """Return the confidence that the message names a service itself."""
        return _logistic(self.naming, features)

    def ambiguous(self, features: Mapping[str, float]) -> float:
        """Return the confidence that a clerk would ask back which of several services is meant."""
        return _logistic(self.ambiguity, features)

    def sure(self, features: Mapping[str, float]) -> float:
        """Return the confidence that the first service is the right one."""
        return _logistic(self.sureness, features)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Weights:
        """Read plain data."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__ if name in data})

    @classmethod
    def fitted(cls) -> Weights:
        """Read the fitted numbers that are shipped with the code."""
        return cls.from_json(json.loads(FITTED.read_text("utf-8"))["weights"])


def _logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    total = weights.get("bias", 0.0) + sum(weight * features.get(name, 0.0) for name, weight in weights.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)
