"""What a sign-in carries along: where it leads, what was typed before it, and what its steps need. Sealed wherever it lies."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
from aiohttp import web
from yarl import URL

from bot.console.done import HOME
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError

GOOD = timedelta(hours=12)
"""For how long what was typed is carried."""
ENVELOPE = "console form"
NEVER = ("csrf", "password", "totp")
"""Beginnings of the names of fields that are not carried: they are secrets."""
_CLOSED = (f"{HOME}/vao", f"{HOME}/ra", f"{HOME}/tep")


class Typed(msgspec.Struct, frozen=True, array_like=True):
    """A form that came when nobody was signed in any more."""

    path: str
    """Where it was going."""
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    """Names of files, which cannot be carried."""
    account: str
    """Who was signed in before; empty for unknown. Nobody else is shown it."""
    at: datetime


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that goes along."""

    next: str = ""
    """Where the sign-in leads; empty for the first page."""
    typed: Typed | None = None
    secret: str = ""
    """Of one-time codes, while they are set up."""
    state: str = ""
    nonce: str = ""
    verifier: str = ""
    """What the answer of the province's sign-on is compared with."""


def local(raw: str) -> str:
    """Return an address of the console's own pages; empty for anything else."""
    if not raw.startswith(HOME) or not raw.isprintable() or "\\" in raw or len(raw) > 2000:
        return ""
    try:
        path = URL(raw).path
    except ValueError:
        return ""
    inside = path == HOME or path.startswith(HOME + "/")
    # What is resolved by the browser must be what was looked at here.
    plain = ".." not in path.split("/") and not any(path == one or path.startswith(one + "/") for one in _CLOSED)
    return raw if inside and plain else ""


def typed_from(request: web.Request, given: Mapping[str, object] | None, account: str, at: datetime) -> Typed | None:
    """Return what a form says; ``None`` where there is nothing to carry.

    Args:
        request: that brought it.
        given: its form, as ``request.post()`` reads it; ``None`` where there is none.
        account: who was signed in before.
        at: the present moment.
    """
    path = local(str(request.rel_url))
    fields: list[tuple[str, str]] = []
    files: list[str] = []
    for name, value in given.items() if given is not None else ():
        if isinstance(value, web.FileField):
            files.append(value.filename)
        elif isinstance(value, str) and not name.startswith(NEVER):
            fields.append((name, value))
    return Typed(path, tuple(fields), tuple(files), account, at) if path and (fields or files) else None


class Envelopes:
    """Seals what is carried through a page: the browser brings it back and can neither read nor change it."""

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher."""
        self._cipher = cipher

    def close(self, typed: Typed) -> str:
        """Return the text for a hidden field."""
        return base64.urlsafe_b64encode(self._cipher.seal(msgspec.msgpack.encode(typed), ENVELOPE)).decode()

    def open(self, raw: str, now: datetime) -> Typed | None:
        """Return what was closed; ``None`` when it is not ours, or too old."""
        try:
            plain = self._cipher.open(base64.urlsafe_b64decode(raw.encode()), ENVELOPE)
            typed = msgspec.msgpack.decode(plain, type=Typed)
        except (ValueError, UnreadableError, msgspec.DecodeError):
            return None
        return typed if now - typed.at <= GOOD else None
