"""An OpenID Connect provider with real keys and signatures; strict about PKCE, and able to misbehave."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


@cache
def own_key() -> RSAKey:
    """The provider's key."""
    return RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})


@cache
def strange_key() -> RSAKey:
    """Another key under the same name."""
    return RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})


@dataclass
class FakeProvider:
    """Gives a code for a visit of the browser, and an identity token for the code."""

    clock: Callable[[], datetime]
    client: str = "motcua"
    secret: str = "s3cret"
    url: str = ""
    subject: str = "079123"
    claims: dict[str, Any] = field(default_factory=dict)
    """Replace those of the token; ``None`` takes one away."""
    key: RSAKey = field(default_factory=own_key)
    algorithm: str = "RS256"
    about: dict[str, Any] = field(default_factory=dict)
    """Replaces what the discovery says."""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> web.Application:
        """Return its server."""
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/token", self._token)
        return app

    def visit(self, address: str) -> str:
        """Be signed in as the subject; return the address to which the browser is sent back."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.url}/authorize"
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == (
            "code",
            self.client,
            "S256",
        )
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    async def _discovery(self, _: web.Request) -> web.Response:
        about = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }
        return web.json_response(about | self.about)

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response(KeySet([own_key()]).as_dict(private=False))

    async def _token(self, request: web.Request) -> web.Response:
        given = await request.post()
        basic = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        asked = self._codes.pop(str(given.get("code")), None)
        digest = hashlib.sha256(str(given.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = (
            asked is not None
            and request.headers.get("Authorization") == f"Basic {basic}"
            and given.get("grant_type") == "authorization_code"
            and given.get("redirect_uri") == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if not good or asked is None:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "at", "token_type": "Bearer", "id_token": self._identity(asked)})

    def _identity(self, asked: dict[str, str]) -> str:
        now = int(self.clock().timestamp())
        claims: dict[str, Any] = {
            "iss": self.url,
            "sub": self.subject,
            "aud": self.client,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        claims = {name: value for name, value in (claims | self.claims).items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])
