"""Access and refresh tokens: the refresh token is good for one use, and its pair is dead at once."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from aiohttp import web

from tests.fakes.zalo_oa.clock import VirtualClock

LIFETIME = timedelta(hours=25)
REFRESH_LIFETIME = timedelta(days=90)


@dataclass
class FakeOAuth:
    """Gives tokens."""

    app_id: str
    app_secret: str
    clock: VirtualClock
    access: str = ""
    refresh: str = ""
    expires_at: datetime | None = None
    codes: dict[str, str] = field(default_factory=dict)
    """Open consents, with the challenge that the console fixed."""
    renewals: int = 0
    away: int = 0
    """HTTP status of the next answers; 0 for good ones."""
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def issue(self) -> tuple[str, str]:
        """Make a new pair; the one before is dead."""
        number = next(self._numbers)
        self.access, self.refresh = f"access-{number}", f"refresh-{number}"
        self.expires_at = self.clock() + LIFETIME
        return self.access, self.refresh

    def refusal(self, token: str | None) -> int:
        """Return the error for an access token; 0 for the good one."""
        if not token or token != self.access:
            return -216
        return -220 if self.expires_at is None or self.clock() >= self.expires_at else 0

    def consent(self, code: str, verifier: str) -> None:
        """Open a consent whose console challenge fits a verifier."""
        self.codes[code] = _challenge(verifier)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer the token route."""
        if self.away:
            return web.Response(status=self.away, text="<html>away</html>")
        form = await request.post()
        if request.headers.get("secret_key") != self.app_secret or form.get("app_id") != self.app_id:
            return _error(-14004, "Invalid app_id or secret key")
        if form.get("grant_type") == "refresh_token":
            made = self.expires_at and self.expires_at - LIFETIME
            if form.get("refresh_token") != self.refresh or not made or self.clock() - made > REFRESH_LIFETIME:
                return _error(-14014, "Invalid refresh token")
            self.renewals += 1
        elif form.get("grant_type") == "authorization_code":
            challenge = self.codes.pop(str(form.get("code")), None)
            if challenge is None or challenge != _challenge(str(form.get("code_verifier", ""))):
                return _error(-14003, "Invalid code or code_verifier")
        else:
            return _error(-14001, "Invalid grant_type")
        access, refresh = self.issue()
        return web.json_response({"access_token": access, "refresh_token": refresh, "expires_in": "90000"})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _error(code: int, message: str) -> web.Response:
    return web.json_response({"error": code, "error_name": "invalid", "error_description": message})
