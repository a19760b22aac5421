"""How a request proves who asks: nothing, a header, a bearer token, user and password, or a token that is fetched."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.dossiers.ports import SourceDownError
from bot.dossiers.sources.asking import Asking, Http
from bot.dossiers.sources.shapes import AuthShape, BasicAuth, BearerAuth, ClientAuth, HeaderAuth
from bot.secret import Secret

EARLY_SECONDS = 30.0
"""How long before its end a token is fetched anew."""
WITHOUT_END = 300.0
"""How long a token counts that does not say when it ends."""


class Authorises(Protocol):
    """Gives the headers of a request."""

    async def headers(self) -> Mapping[str, str]:
        """Return them; raises ``SourceDownError`` when there is no token to be had."""
        ...

    def refused(self, headers: Mapping[str, str]) -> bool:
        """Take note that a source refused them; tell whether other ones can be had."""
        ...


@dataclass(frozen=True)
class Fixed:
    """Headers that never change."""

    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    async def headers(self) -> Mapping[str, str]:
        """See ``Authorises.headers``."""
        return self.values

    def refused(self, headers: Mapping[str, str]) -> bool:
        """See ``Authorises.refused``."""
        return False


class Fetched:
    """OAuth 2 client credentials. However many ask at once, one token request is made."""

    def __init__(self, shape: ClientAuth, secret: Secret, http: Http, ticks: Callable[[], float]) -> None:
        """Take how a token is asked for."""
        self._shape = shape
        self._secret = secret
        self._http = http
        self._ticks = ticks
        self._lock = asyncio.Lock()
        self._headers: Mapping[str, str] = {}
        self._until = 0.0

    async def headers(self) -> Mapping[str, str]:
        """See ``Authorises.headers``."""
        async with self._lock:
            if not self._headers or self._ticks() >= self._until:
                await self._fetch()
            return self._headers

    def refused(self, headers: Mapping[str, str]) -> bool:
        """See ``Authorises.refused``."""
        if headers is self._headers:
            self._headers = {}
        return True

    async def _fetch(self) -> None:
        shape = self._shape
        form = {"grant_type": "client_credentials", **({"scope": shape.scope} if shape.scope else {})}
        headers: Mapping[str, str] = {}
        if shape.send == "basic":
            headers = {"Authorization": basic(shape.client_id, self._secret)}
        else:
            form |= {"client_id": shape.client_id, "client_secret": self._secret.reveal()}
        answer = await self._http.ask(Asking("POST", shape.token_url, headers=headers, form=form))
        body = answer.body if isinstance(answer.body, dict) else {}
        token, lasts = body.get("access_token"), body.get("expires_in")
        if answer.status != 200 or not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise SourceDownError(f"no token was given out (HTTP {answer.status}); look at auth and its secret")
        seconds = float(lasts) if isinstance(lasts, int | float) and not isinstance(lasts, bool) else WITHOUT_END
        self._headers = {"Authorization": f"Bearer {token}"}
        # A token that lasts shorter than that is used for half its time.
        self._until = self._ticks() + max(seconds - EARLY_SECONDS, seconds / 2)


def make_auth(shape: AuthShape, secrets: Mapping[str, Secret], http: Http, ticks: Callable[[], float]) -> Authorises:
    """Return what proves a source's requests; the mapping was checked to name secrets that are there."""
    match shape:
        case HeaderAuth(header=header, secret=name):
            return Fixed({header: secrets[name].reveal()})
        case BearerAuth(secret=name):
            return Fixed({"Authorization": f"Bearer {secrets[name].reveal()}"})
        case BasicAuth(user=user, secret=name):
            return Fixed({"Authorization": basic(user, secrets[name])})
        case ClientAuth(secret=name):
            return Fetched(shape, secrets[name], http, ticks)
    return Fixed()


def basic(user: str, secret: Secret) -> str:
    """Return the value of the header for user and password."""
    return "Basic " + base64.b64encode(f"{user}:{secret.reveal()}".encode()).decode()
