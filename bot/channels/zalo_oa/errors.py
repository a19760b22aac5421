"""What can go wrong with the Official Account beyond the answer to one message."""

from __future__ import annotations

from bot.errors import BotError


class ZaloOaError(BotError):
    """Base of the Official Account's errors."""


class TokenError(ZaloOaError):
    """There is no access token that Zalo would take."""

    def __init__(self, message: str, *, passing: bool) -> None:
        """Take what happened, and whether it may be over by itself (else a person must act)."""
        super().__init__(message)
        self.passing = passing
