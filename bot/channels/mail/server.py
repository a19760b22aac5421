"""Where outgoing e-mail is handed in: read from one address, so that a password stands in one secret setting."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
"""Usual port by scheme; without a scheme's TLS the server must be on this machine or its network."""


@dataclass(frozen=True)
class MailServer:
    """An SMTP server."""

    host: str
    port: int
    tls: str
    """``smtp`` (none), ``smtp+starttls`` or ``smtps``."""
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_server(raw: str) -> MailServer:
    """Read ``smtps://user:password@host:465``.

    Raises:
        ValueError: it is not such an address; the message never repeats it.
    """
    try:
        parts = urlsplit(raw)
        port = parts.port
    except ValueError as error:
        raise ValueError("must be like smtps://user:password@host:465") from error
    if parts.scheme not in PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError("must be like smtps://user:password@host:465 (or smtp+starttls://, or smtp:// without TLS)")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme == "smtp" and password:
        raise ValueError("would send its password in the clear: use smtps:// or smtp+starttls://")
    return MailServer(parts.hostname, port or PORTS[parts.scheme], parts.scheme, user, password)
