"""The one error base of the ``feedback`` package."""

from __future__ import annotations


class FeedbackError(Exception):
    """Anything that feedback or its working time could not do; the message says what, why and what to do."""
