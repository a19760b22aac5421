"""Tells where something failed without the exception's own words: they may quote what a citizen wrote, or who it was."""

from __future__ import annotations

import traceback


def where(error: BaseException) -> str:
    """Return the lines of code that an exception came through, for the log."""
    return "".join(traceback.format_tb(error.__traceback__))
