"""The token routes of Zalo's OAuth v4: a pair for a pair, or for the code of a consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from bot.channels.untyped import identifier, words
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.http import Answer, Http
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.store import Pair
from bot.delivery.ports import Clock

LIFETIME = 90_000
"""Seconds of an access token where the answer does not say."""
LONGEST_TOKEN = 4000


class OAuth(Protocol):
    """Gives new pairs."""

    async def renew(self, refresh: str) -> Pair:
        """Exchange a refresh token, which is used up by it.

        Raises:
            TokenError: Zalo refused, or could not be reached.
        """
        ...

    async def exchange(self, code: str) -> Pair:
        """Exchange the code of a consent; raises ``TokenError`` as ``renew`` does."""
        ...


class ZaloOAuth:
    """``OAuth`` over HTTP."""

    def __init__(self, http: Http, settings: ZaloOaSettings, clock: Clock) -> None:
        """Take what requests are made with."""
        self._http = http
        self._settings = settings
        self._clock = clock

    async def renew(self, refresh: str) -> Pair:
        """See ``OAuth.renew``."""
        return await self._pair({"grant_type": "refresh_token", "refresh_token": refresh})

    async def exchange(self, code: str) -> Pair:
        """See ``OAuth.exchange``."""
        verifier = self._settings.code_verifier
        return await self._pair({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})

    async def _pair(self, fields: Mapping[str, str]) -> Pair:
        now = self._clock()
        url = f"{self._settings.hosts.oauth}/v4/oa/access_token"
        headers = {"secret_key": self._settings.app_secret}
        answer = await self._http.post_form(url, {**fields, "app_id": self._settings.app_id}, headers)
        access = words(answer.body.get("access_token"), LONGEST_TOKEN)
        refresh = words(answer.body.get("refresh_token"), LONGEST_TOKEN)
        if not access or not refresh:
            raise _refused(answer)
        return Pair(access, refresh, now + timedelta(seconds=_lifetime(answer)))


def _lifetime(answer: Answer) -> int:
    """Return how long the access token lives; it is sent as a text."""
    seconds = identifier(answer.body.get("expires_in"))
    return int(seconds) if seconds.isascii() and seconds.isdecimal() and 0 < int(seconds) < 10**8 else LIFETIME


def _refused(answer: Answer) -> TokenError:
    away = answer.status == 0 or answer.status >= 500 or answer.status == 429 or answer.code == -32
    told = f"HTTP {answer.status}" + (f", error {answer.code}" if answer.code is not None else "")
    return TokenError(f"Zalo gave no new tokens ({told} {answer.message})".replace(" )", ")"), passing=away)
