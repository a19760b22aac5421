"""How feedback compares and masks what people wrote."""

from __future__ import annotations

from nlu.learning.masking import mask
from nlu.text import fold

_PIECE = 250
"""Letters that are masked at once: the masking cuts what is longer."""


class FoldedWords:
    """See ``feedback.ports.FoldsText``."""

    def fold(self, text: str) -> str:
        """See ``FoldsText.fold``."""
        return fold(text.lower())

    def mask(self, text: str) -> str:
        """See ``FoldsText.mask``; in pieces between words."""
        pieces: list[str] = []
        for word in text.split():
            if pieces and len(pieces[-1]) + len(word) < _PIECE:
                pieces[-1] += f" {word}"
            else:
                pieces.append(word)
        return " ".join(mask(piece) for piece in pieces)
