"""What a turn does to slips for the post. Data only; see ``bot.dialogue.effects``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.postal.request import PostalRequest


@dataclass(frozen=True)
class BeginSlip:
    """Keep that a person agreed to the notice; from then on a slip may be filled in."""

    id: str
    version: str
    """Of the notice that was read."""


@dataclass(frozen=True)
class KeepSlip:
    """Keep a slip that its person looked at and found right; the same number twice is one."""

    request: PostalRequest = field(repr=False)
    version: str
    """Of the notice."""
    agreed_at: datetime


@dataclass(frozen=True)
class NoteCodes:
    """Note a dossier's code or the post's item code on a slip; empty for leaving it."""

    id: str
    dossier: str = ""
    item: str = ""


@dataclass(frozen=True)
class MailSlip:
    """Let a slip go to the post office by e-mail, after the time in which that can be taken back."""

    id: str
    mail_to: str


@dataclass(frozen=True)
class TakeSlipBack:
    """Do not let it go after all."""

    id: str


@dataclass(frozen=True)
class DropSlip:
    """Delete a slip or what was filled in of one."""

    id: str


PostalEffect = BeginSlip | KeepSlip | NoteCodes | MailSlip | TakeSlipBack | DropSlip
