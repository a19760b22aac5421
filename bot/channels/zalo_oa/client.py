"""Calls of the account's API: the token in its header, renewed and tried once more when Zalo refuses it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from bot.channels.zalo_oa.http import Answer, Http
from bot.channels.zalo_oa.outcomes import REFRESH
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.store import KeptPair

CONSULT = "consult"
"""Consultation message ("tin tư vấn")."""
ANONYMOUS = "anonymous"
TEMPLATE = "template"
"""Approved template, to a person's id."""
TEMPLATE_PHONE = "template_phone"
"""Approved template, to a telephone number."""

PATHS: Mapping[str, str] = {
    CONSULT: "/v3.0/oa/message/cs",
    ANONYMOUS: "/v2.0/oa/message",
    TEMPLATE: "/v3.0/oa/message/template",
}
"""Native methods that are one post to the API's host."""


class Tokens(Protocol):
    """Gives pairs; see ``TokenKeeper``."""

    async def current(self) -> KeptPair:
        """Return a pair that should be good; raises ``TokenError``."""
        ...

    async def renewed(self, refused: KeptPair) -> KeptPair:
        """Return a newer pair than one that was refused; raises ``TokenError``."""
        ...


class ZaloOaClient:
    """The calls that the channel makes."""

    def __init__(self, http: Http, tokens: Tokens, settings: ZaloOaSettings) -> None:
        """Take what requests are made with."""
        self._http = http
        self._tokens = tokens
        self._settings = settings

    async def message(self, method: str, body: Mapping[str, Any]) -> Answer:
        """Send a message by its native method; raises ``TokenError`` when there is no token."""
        hosts = self._settings.hosts
        url = f"{hosts.business}/message/template" if method == TEMPLATE_PHONE else hosts.api + PATHS[method]
        return await self._signed(lambda headers: self._http.post(url, body, headers))

    async def quota(self, person: str) -> Answer:
        """Ask what may still be sent to a person; raises ``TokenError``."""
        url = f"{self._settings.hosts.api}/v3.0/oa/quota/message"
        return await self._signed(lambda headers: self._http.post(url, {"user_id": person}, headers))

    async def upload(self, name: str, content: bytes, kind: str) -> Answer:
        """Upload a file; raises ``TokenError``."""
        url = f"{self._settings.hosts.api}/v2.0/oa/upload/file"
        return await self._signed(lambda headers: self._http.upload(url, name, content, kind, headers))

    async def account(self, access: str | None = None) -> Answer:
        """Ask which account a token, or the present one, belongs to; raises ``TokenError``."""
        url = f"{self._settings.hosts.api}/v2.0/oa/getoa"
        if access is not None:
            return await self._http.get(url, self._headers(access))
        return await self._signed(lambda headers: self._http.get(url, headers))

    async def person(self, person: str) -> Answer:
        """Ask for a person's public details; raises ``TokenError``."""
        query = quote(json.dumps({"user_id": person}))
        url = f"{self._settings.hosts.api}/v3.0/oa/user/detail?data={query}"
        return await self._signed(lambda headers: self._http.get(url, headers))

    async def _signed(self, ask: Callable[[Mapping[str, str]], Awaitable[Answer]]) -> Answer:
        kept = await self._tokens.current()
        answer = await ask(self._headers(kept.pair.access))
        if answer.code not in REFRESH:
            return answer
        kept = await self._tokens.renewed(kept)
        return await ask(self._headers(kept.pair.access))

    def _headers(self, access: str) -> Mapping[str, str]:
        headers = {"access_token": access}
        if self._settings.proof:
            secret = self._settings.app_secret.encode()
            headers["appsecret_proof"] = hmac.new(secret, access.encode(), hashlib.sha256).hexdigest()
        return headers
