"""The secret addresses of form pages (``/gui/<token>`` for feedback): nobody makes one from what stands in the tables. Pure."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from bot.keyed_hash import KeyedHash

PATH = "/gui/"
MARK = 16
"""Letters of each mark in the token: 64 bits, behind an id that cannot be guessed either."""


@dataclass(frozen=True)
class Opening:
    """What an address says."""

    draft: str
    own: bool
    """Whether it was opened in the browser that it was made for."""


class FormLinks:
    """Makes and reads the addresses."""

    def __init__(self, public_url: str, signing_key: str, path: str = PATH, purpose: str = "feedback form") -> None:
        """Take where citizens reach us, empty for nowhere, the operator's key, and which form it is.

        Args:
            public_url: without the path.
            signing_key: of the operator.
            path: before the token.
            purpose: an address made for another one opens nothing.
        """
        self._public_url = public_url
        self._path = path
        self._hash = KeyedHash(purpose, signing_key)

    def address(self, draft: str, browser: str) -> str:
        """Return a draft's address; empty where we have none.

        Args:
            draft: id.
            browser: hash of the browser that holds the conversation; empty on channels that have none.
        """
        return f"{self._public_url}{self._path}{self.token(draft, browser)}" if self._public_url and draft else ""

    def token(self, draft: str, browser: str) -> str:
        """Return what stands in the address."""
        return f"{draft}{self._mark(draft)}{self._mark(draft, browser)}"

    def read(self, token: str, browser: str) -> Opening | None:
        """Return what an address says; ``None`` for one that we did not make."""
        draft, ours, theirs = token[: -2 * MARK], token[-2 * MARK : -MARK], token[-MARK:]
        if not draft or not hmac.compare_digest(ours.encode(), self._mark(draft).encode()):
            return None
        free = hmac.compare_digest(theirs.encode(), self._mark(draft, "").encode())
        own = hmac.compare_digest(theirs.encode(), self._mark(draft, browser).encode())
        return Opening(draft, free or own)

    def _mark(self, *parts: str) -> str:
        return self._hash.of(*parts, str(len(parts))).hex()[:MARK]
