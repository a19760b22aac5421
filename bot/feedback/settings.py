"""What can be set for feedback; each field's variable is ``MOTCUA_FEEDBACK_`` and its name in capitals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.channels.mail.server import read_mail_server
from bot.dossiers.settings_group import read_group
from bot.secret import Secret

PREFIX = "MOTCUA_FEEDBACK_"


@dataclass(frozen=True)
class FeedbackSettings:
    """Where feedback goes and where its files are kept."""

    office: Path | None = None
    """YAML file with who receives and handles, see ``feedback.office``; without it everything is a trial."""
    files: Path = Path("var/attachments")
    """Folder of the sealed attachments; never served."""
    scanner: str = ""
    """Address of a ClamAV daemon, ``tcp://host:3310`` or ``unix:///run/clamd.sock``; empty: files are not scanned."""
    samples: bool = True
    """Whether ``serve --init`` loads sample feedback into a database without any, once it answers."""
    mail_server: Secret | None = None
    """SMTP server for forms that go to the agency's e-mail: ``smtps://user:password@host``."""
    mail_from: str = ""
    """Address that they come from."""


def read_feedback(given: Mapping[str, str], problems: list[str]) -> FeedbackSettings:
    """Read the group; what cannot be read is added to the problems."""
    found = read_group(given, _READERS, problems, PREFIX)
    if bool(found.get("mail_server")) != bool(found.get("mail_from")):
        problems.append(f"{PREFIX}MAIL_SERVER and {PREFIX}MAIL_FROM belong together")
    return FeedbackSettings(**found)


def _server(raw: str) -> Secret:
    read_mail_server(raw)
    return Secret(raw)


def _address(raw: str) -> str:
    name, _, domain = raw.partition("@")
    if not name or "." not in domain or any(letter.isspace() for letter in raw):
        raise ValueError("must be an e-mail address")
    return raw


def _scanner(raw: str) -> str:
    if not raw.startswith(("tcp://", "unix:///")):
        raise ValueError("must be like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl")
    return raw


def _flag(raw: str) -> bool:
    if raw.lower() not in ("1", "0", "true", "false", "yes", "no"):
        raise ValueError("must be 1 or 0")
    return raw.lower() in ("1", "true", "yes")


_READERS: Mapping[str, Callable[[str], Any]] = {
    "office": Path,
    "files": Path,
    "scanner": _scanner,
    "samples": _flag,
    "mail_server": _server,
    "mail_from": _address,
}
