"""What can be set for the province's sign-on; each field's variable is ``MOTCUA_OIDC_`` and its name in capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.dossiers.settings_group import flag, read_group
from bot.secret import Secret

PREFIX = "MOTCUA_OIDC_"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class OidcSettings:
    """An OpenID Connect provider; accounts are matched to it, never made by it."""

    issuer: str = ""
    """Its address, as its tokens name it; empty for none."""
    client_id: str = ""
    client_secret: Secret | None = None
    """Empty for a public client, which PKCE alone protects."""
    claim: str = "sub"
    """Which claim says who somebody is: the value that ``motcua officials link`` was given."""
    scopes: str = "openid"
    title: str = "tài khoản chung của tỉnh"
    """What the button calls it: "Đăng nhập bằng …"."""
    second_factor: bool = False
    """Whether the provider asks for a second factor itself; then ours is not asked for."""

    @property
    def is_set(self) -> bool:
        """Tell whether there is one."""
        return bool(self.issuer)


def read_oidc(given: Mapping[str, str], problems: list[str]) -> OidcSettings:
    """Read the group; what cannot be read is added to the problems."""
    found = read_group(given, _READERS, problems, PREFIX)
    if bool(found.get("issuer")) != bool(found.get("client_id")):
        problems.append(f"{PREFIX}ISSUER and {PREFIX}CLIENT_ID belong together")
    if found.get("issuer") and not given.get("MOTCUA_PUBLIC_URL", "").strip():
        problems.append(f"{PREFIX}ISSUER needs MOTCUA_PUBLIC_URL: the provider sends officials back to it")
    return OidcSettings(**found)


def safe(address: str) -> bool:
    """Tell whether an address may be asked: by TLS, or on this very machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _issuer(raw: str) -> str:
    if not safe(raw) or urlsplit(raw).query or urlsplit(raw).fragment:
        raise ValueError("must be an https:// address without a query")
    return raw


def _claim(raw: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.:/-]{1,80}", raw):
        raise ValueError("must be the name of a claim, such as sub or preferred_username")
    return raw


def _scopes(raw: str) -> str:
    if "openid" not in raw.split():
        raise ValueError("must contain openid")
    return raw


_READERS: Mapping[str, Callable[[str], Any]] = {
    "issuer": _issuer,
    "client_id": str,
    "client_secret": Secret,
    "claim": _claim,
    "scopes": _scopes,
    "title": str,
    "second_factor": flag,
}
