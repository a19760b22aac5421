"""What goes wrong in a measurement."""

from __future__ import annotations


class BenchError(Exception):
    """The measurement cannot be made; the message is one line for the person at the terminal."""


class NoAnswerError(BenchError):
    """An assistant gave no answer to one message; the message is a short kind of failure, for counting."""
