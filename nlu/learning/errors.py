"""What can go wrong while questions are reviewed and learned from."""

from __future__ import annotations

from nlu.errors import NluError


class LearningError(NluError):
    """Base of the learning loop's errors."""


class NoSuchQuestionError(LearningError):
    """There is no question under that number."""


class DecidedElsewhereError(LearningError):
    """Somebody else decided about the question in between."""
