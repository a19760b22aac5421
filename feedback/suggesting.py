"""What is suggested to a sender and never decided: what a text is, and which procedure it is about. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from feedback.record import Border, Classification


@dataclass(frozen=True)
class Suggestion:
    """What a text seems to be."""

    classification: Classification
    sure: float
    """0 to 1: how much the border's label is to be trusted."""
    others: Mapping[Border, float]
    """Shares of all labels; they add up to 1."""


class UnderstandsFeedback(Protocol):
    """Suggests what a text is; never decides."""

    def suggest(self, text: str) -> Suggestion:
        """Return the suggestion for a text with or without accents; never raises."""
        ...


@dataclass(frozen=True)
class NamedProcedure:
    """A procedure (TTHC) as the catalogue names it."""

    code: str
    name: str
    field: str
    """Lĩnh vực."""
