"""A request for the post: the sender's slip (Phiếu gửi hồ sơ, Circular 17/2017/TT-BTTTT Article 9.2) as the person filled it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.postal.option import PostalOption


class Payer(StrEnum):
    """Who pays the postage (Decision 45/2016 Article 12.3: the applicant) and when."""

    SENDER = "sender"
    """On handing over."""
    ON_DELIVERY = "on_delivery"
    """The applicant, when the result comes."""


class FeeBy(StrEnum):
    """How the state fee reaches the agency (Article 11)."""

    NONE = "none"
    """Nothing to pay."""
    DIRECT = "direct"
    """To the agency: account, counter or online."""
    POST = "post"
    """Through the post, which asks for carrying it."""


class RequestState(StrEnum):
    """Where a request stands."""

    PREPARED = "prepared"
    """The slip is there to print or show; nothing was sent."""
    SENDING = "sending"
    """Confirmed: the letter to the post office waits in the outbox."""
    SENT = "sent"
    FAILED = "failed"
    """The letter could not be delivered: the person was told."""
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Party:
    """Who sends or receives."""

    name: str
    phone: str
    street: str
    """House, street, hamlet."""
    commune: str
    """Code; empty where only words are known."""
    place: str
    """Commune and province in words, as printed."""
    email: str = ""


@dataclass(frozen=True)
class PostalRequest:
    """What is on the slip. Personal data: sealed at rest, dropped by the term of docs/privacy.md."""

    id: str
    """Number on the slip: random, speakable, says nothing about the person."""
    option: PostalOption
    procedure_code: str
    procedure_name: str
    sender: Party
    receiver: Party
    papers: tuple[str, ...]
    """What lies in the envelope (``SEND``, ``BOTH``)."""
    result: str
    """What comes back (``RECEIVE``, ``BOTH``)."""
    weight: int
    """Grams."""
    payer: Payer
    fee_by: FeeBy
    made_at: datetime
    dossier_code: str = ""
    """Once there is one."""
    item_code: str = ""
    """Number that the post gave it (mã bưu gửi); for tracking."""
    state: RequestState = RequestState.PREPARED
    notes: tuple[str, ...] = field(default=())
    """Keys of what the person was warned of."""
