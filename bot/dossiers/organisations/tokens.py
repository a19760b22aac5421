"""Tokens by which an organisation is known: made, read as they were typed, and hashed. Pure.

A token has no digit and no vowel: it spells no word, and nothing in it can be taken for a card, an id number or a code.
"""

from __future__ import annotations

import re
import secrets

from bot.keyed_hash import KeyedHash
from nlu.text import fold

LEAD = "MCDN"
LETTERS = "BCDFGHJKMNPQRSTVWXZ"
"""Without L, which looks like I and 1."""
GROUPS, SIZE = 6, 5
"""Thirty letters out of nineteen: 127 bits."""
LONGEST_TYPED = 200
"""Letters of what is typed that are looked at."""
_BREAKS = re.compile(r"[\s.\-_\u2010-\u2015\u2212]+")
_TOKEN = re.compile(rf"{LEAD}([{LETTERS}]{{{GROUPS * SIZE}}})")
_ATTEMPT = re.compile(rf"\s*{LEAD}[\s.\-_\u2010-\u2015\u2212]*[A-Z]{{2,}}.*", re.IGNORECASE | re.DOTALL)


def new_token() -> str:
    """Return a new token: ``MCDN-BCDFG-…``."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(SIZE)) for _ in range(GROUPS))
    return "-".join((LEAD, *groups))


def read_token(text: str) -> str | None:
    """Return a typed token in normal form, without breaks; ``None`` for whatever is none."""
    plain = _BREAKS.sub("", fold(text[:LONGEST_TYPED]).upper())
    return plain if _TOKEN.fullmatch(plain) else None


def is_attempt(text: str) -> bool:
    """Tell whether a message is a token, or was meant as one."""
    return _ATTEMPT.fullmatch(text[:LONGEST_TYPED]) is not None


class TokenKeys:
    """Hashes secrets under a key of our own: only hashes are kept."""

    def __init__(self, key: str) -> None:
        """Derive the key from the operator's signing key."""
        self._hashed = KeyedHash("organisations", key)

    def token(self, token: str) -> bytes:
        """Return the hash of a token in normal form."""
        return self._hashed.of(f"token|{token}")

    def address(self, secret: str) -> bytes:
        """Return the hash of the secret part of a file's address."""
        return self._hashed.of(f"file|{secret}")

    def page(self, secret: str) -> bytes:
        """Return the hash of the secret part of the address of a page on which a token is typed."""
        return self._hashed.of(f"page|{secret}")
