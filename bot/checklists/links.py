"""The address of a checklist's page: it holds the checklist itself, signed, so that nothing has to be stored. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

import msgspec

from bot.resume.snapshot import Ticked

MAC_BYTES = 12
"""A forged page could only show public facts; 96 bits are more than enough."""


class ChecklistLinks:
    """Makes and reads addresses ``/c/<what>``."""

    def __init__(self, public_url: str, signing_key: str) -> None:
        """Take the public address, empty for none, and the secret that proves an address to be ours."""
        self._public_url = public_url
        self._key = hashlib.sha256(b"motcua: checklist pages" + signing_key.encode()).digest()

    def address(self, ticked: Ticked) -> str:
        """Return the address of a checklist's page; empty where this server has no public address."""
        return f"{self._public_url}/c/{self.token(ticked)}" if self._public_url else ""

    def token(self, ticked: Ticked) -> str:
        """Return the last part of the address."""
        body = msgspec.json.encode(ticked)
        return base64.urlsafe_b64encode(self._mac(body) + body).decode().rstrip("=")

    def read(self, token: str) -> Ticked | None:
        """Return the checklist in an address; ``None`` when it is none of ours."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (ValueError, binascii.Error):
            return None
        mac, body = raw[:MAC_BYTES], raw[MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        try:
            return msgspec.json.decode(body, type=Ticked)
        except msgspec.MsgspecError:
            return None

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:MAC_BYTES]
