"""The address of a slip's page: sealed, so that it shows nobody's conversation or code, and good for a short time only."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.channels.contract import Ref
from bot.errors import BotError

FOR = timedelta(minutes=30)
"""How long an address can be opened; the access that was proved must hold besides."""
ABOUT = "slip page"


class Seals(Protocol):
    """Seals and opens; see ``bot.delivery.cipher``."""

    def seal(self, plain: bytes, about: str) -> bytes: ...

    def open(self, sealed: bytes, about: str) -> bytes: ...


class SlipPlace(msgspec.Struct, frozen=True, array_like=True):
    """Which slip an address shows, and to whose conversation access was proved."""

    channel: str
    account: str
    conversation: str
    code: str
    kind: str
    until: int
    """Unix time."""

    @property
    def ref(self) -> Ref:
        """The conversation."""
        return Ref(self.channel, self.account, self.conversation)


class SlipLinks:
    """Makes and reads addresses ``/hs/<what>``."""

    def __init__(self, public_url: str, cipher: Seals, clock: Callable[[], datetime]) -> None:
        """Take the public address, empty for none, what seals, and the present moment."""
        self._public_url = public_url
        self._cipher = cipher
        self._clock = clock

    def address(self, ref: Ref, code: str, kind: str) -> str:
        """Return the address of a slip's page; empty where this server has no public address."""
        return f"{self._public_url}/hs/{self.token(ref, code, kind)}" if self._public_url else ""

    def token(self, ref: Ref, code: str, kind: str) -> str:
        """Return the last part of the address."""
        until = int((self._clock() + FOR).timestamp())
        place = SlipPlace(ref.channel, ref.account, ref.conversation, code, kind, until)
        return base64.urlsafe_b64encode(self._cipher.seal(msgspec.json.encode(place), ABOUT)).decode().rstrip("=")

    def read(self, token: str) -> SlipPlace | None:
        """Return what an address shows; ``None`` when it is none of ours or too old."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            place = msgspec.json.decode(self._cipher.open(sealed, ABOUT), type=SlipPlace)
        except (ValueError, binascii.Error, BotError):
            return None
        return place if self._clock().timestamp() < place.until else None
