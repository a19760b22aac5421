"""The one error base of the ``nlu`` package."""

from __future__ import annotations


class NluError(Exception):
    """Anything that understanding or the catalogue could not do; the message says what, why and what to do."""
