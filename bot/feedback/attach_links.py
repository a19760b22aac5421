"""The address of the page on which a draft gets its files: sealed, so that it shows no draft, and good for a short time."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.errors import BotError

PATH = "/tep/"
FOR = timedelta(hours=2)
ABOUT = "feedback attach page"
_LONGEST = 400


class Seals(Protocol):
    """Seals and opens; see ``bot.delivery.cipher``."""

    def seal(self, plain: bytes, about: str) -> bytes: ...

    def open(self, sealed: bytes, about: str) -> bytes: ...


class AttachPlace(msgspec.Struct, frozen=True, array_like=True):
    """Whose files the page takes."""

    draft: str
    language: str
    until: int
    """Unix time."""


class AttachLinks:
    """Makes and reads addresses ``/tep/<what>``."""

    def __init__(self, public_url: str, cipher: Seals, clock: Callable[[], datetime]) -> None:
        """Take the public address, empty for none, what seals, and the present moment."""
        self._public_url = public_url
        self._cipher = cipher
        self._clock = clock

    def address(self, draft: str, language: str = "vi") -> str:
        """Return the address of a draft's page; empty where this server has no public address."""
        return f"{self._public_url}{PATH}{self.token(draft, language)}" if self._public_url else ""

    def token(self, draft: str, language: str = "vi") -> str:
        """Return the last part of the address."""
        place = AttachPlace(draft, language, int((self._clock() + FOR).timestamp()))
        return base64.urlsafe_b64encode(self._cipher.seal(msgspec.json.encode(place), ABOUT)).decode().rstrip("=")

    def read(self, token: str) -> AttachPlace | None:
        """Return what an address is for; ``None`` when it is none of ours or too old."""
        if len(token) > _LONGEST:
            return None
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            place = msgspec.json.decode(self._cipher.open(sealed, ABOUT), type=AttachPlace)
        except (ValueError, binascii.Error, BotError):
            return None
        return place if self._clock().timestamp() < place.until else None
