"""The address of a slip's page to print: sealed, so that it shows neither number nor person, and good for some days only."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from bot.dossiers.slip_links import Seals
from bot.errors import BotError

PATH = "/phieu/"
FILE = "/tep"
"""Behind a page's address: the same slip as a PDF."""
FOR = timedelta(days=7)
"""How long an address can be opened; who comes later asks for the slip again and gets a new one."""
ABOUT = "postal sheet"


class SheetLinks:
    """Makes and reads addresses ``/phieu/<what>``."""

    def __init__(self, public_url: str, cipher: Seals, clock: Callable[[], datetime]) -> None:
        """Take the public address, empty for none, what seals, and the present moment."""
        self._public_url = public_url
        self._cipher = cipher
        self._clock = clock

    def address(self, id: str) -> str:
        """Return the address of a slip's page; empty where this server has no public address."""
        return f"{self._public_url}{PATH}{self.token(id)}" if self._public_url else ""

    def file(self, id: str) -> str:
        """Return the address of a slip as a PDF; empty likewise."""
        page = self.address(id)
        return page and page + FILE

    def plain(self, name: str) -> str:
        """Return the address of a page that is nobody's secret; empty where this server has no public address."""
        return f"{self._public_url}{PATH}{name}" if self._public_url else ""

    def token(self, id: str) -> str:
        """Return the last part of the address."""
        until = int((self._clock() + FOR).timestamp())
        return base64.urlsafe_b64encode(self._cipher.seal(msgspec.json.encode((id, until)), ABOUT)).decode().rstrip("=")

    def read(self, token: str) -> str:
        """Return the number of the slip that an address shows; empty when it is none of ours or too old."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
            id, until = msgspec.json.decode(self._cipher.open(sealed, ABOUT), type=tuple[str, int])
        except (ValueError, binascii.Error, BotError, msgspec.MsgspecError):
            return ""
        return id if self._clock().timestamp() < until else ""
