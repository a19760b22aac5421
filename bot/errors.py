"""The one error base of the ``bot`` package."""

from __future__ import annotations


class BotError(Exception):
    """Anything that the assistant's own machinery could not do; the message says what, why and what to do."""
