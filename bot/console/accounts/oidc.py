"""The province's sign-on by OpenID Connect: authorization code with PKCE, state and nonce; nothing of it makes an account."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.console.accounts.oidc_settings import OidcSettings, safe
from bot.errors import BotError

WELL_KNOWN = "/.well-known/openid-configuration"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key pair: a token that names any other kind, or none, is no token."""
LEEWAY = 60
"""Seconds by which the provider's clock may be wrong."""
SECONDS = 10
CHUNK = 64 * 1024
MOST_BYTES = 512 * 1024


class OidcError(BotError):
    """The provider could not be asked, or what it said cannot be believed; the message names no token."""


@dataclass(frozen=True)
class Begun:
    """The way to the provider, and what its answer is compared with."""

    address: str
    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class Oidc:
    """Asks one provider."""

    settings: OidcSettings
    back: str
    """Address to which the provider sends the browser back."""
    clock: Callable[[], datetime]

    async def begin(self) -> Begun:
        """Return the way to the provider.

        Raises:
            OidcError: it cannot be asked.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        async with self._session() as session:
            about = await self._about(session)
        address = prepare_grant_uri(
            about["authorization_endpoint"],
            self.settings.client_id,
            "code",
            redirect_uri=self.back,
            scope=self.settings.scopes,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return Begun(address, state, nonce, verifier)

    async def finish(self, code: str, begun: Begun) -> str:
        """Return who the person is at the provider.

        Raises:
            OidcError: the provider cannot be asked, or what it says cannot be believed.
        """
        async with self._session() as session:
            about = await self._about(session)
            answer = await self._token(session, about, code, begun.verifier)
            keys = await _json(session.get(about["jwks_uri"]))
        claims = self._claims(answer, keys, begun.nonce)
        subject = claims.get(self.settings.claim)
        if not isinstance(subject, str) or not subject:
            raise OidcError(f"the provider's token has no claim {self.settings.claim}")
        return subject

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar())

    async def _about(self, session: aiohttp.ClientSession) -> Mapping[str, Any]:
        about = await _json(session.get(self.settings.issuer.rstrip("/") + WELL_KNOWN, allow_redirects=False))
        if about.get("issuer") != self.settings.issuer:
            raise OidcError("the provider says that it is another issuer than MOTCUA_OIDC_ISSUER")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(about.get(name), str) or not safe(about[name]):
                raise OidcError(f"the provider's {name} is missing or not reached by TLS")
        return about

    async def _token(
        self, session: aiohttp.ClientSession, about: Mapping[str, Any], code: str, verifier: str
    ) -> Mapping[str, Any]:
        body = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.back, "code_verifier": verifier}
        headers = {"Accept": "application/json"}
        secret, id = self.settings.client_secret, self.settings.client_id
        known = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if secret is None:
            body["client_id"] = id
        elif "client_secret_basic" in known:
            pair = f"{quote(id, safe='')}:{quote(secret.reveal(), safe='')}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            body |= {"client_id": id, "client_secret": secret.reveal()}
        asked = session.post(about["token_endpoint"], data=body, headers=headers, allow_redirects=False)
        return await _json(asked)

    def _claims(self, answer: Mapping[str, Any], keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """Return what the identity token says, once its signature, issuer, audience, time and nonce were found good."""
        raw, now = answer.get("id_token"), int(self.clock().timestamp())
        if not isinstance(raw, str):
            raise OidcError("the provider gave no identity token")
        try:
            token = jwt.decode(raw, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            wanted = {"iss": {"essential": True, "value": self.settings.issuer}}
            wanted["aud"] = {"essential": True, "value": self.settings.client_id}
            params = {"nonce": nonce, "client_id": self.settings.client_id}
            claims = CodeIDToken(token.claims, token.header, wanted, params)
            claims.validate(now, LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            # The error's own words may quote the token.
            raise OidcError(f"the provider's identity token is not good ({type(error).__name__})") from error
        return dict(claims)


async def _json(asked: Any) -> Mapping[str, Any]:
    try:
        async with asked as response:
            if response.status != 200:
                raise OidcError(f"the provider answered with status {response.status}")
            content = b""
            async for chunk in response.content.iter_chunked(CHUNK):
                content += chunk
                if len(content) > MOST_BYTES:
                    raise OidcError("the provider's answer is too long")
            found = json.loads(content)
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        raise OidcError(f"the provider cannot be asked ({type(error).__name__})") from error
    if not isinstance(found, dict):
        raise OidcError("the provider answered with something else than a JSON object")
    return found
