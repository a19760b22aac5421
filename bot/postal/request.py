"""A request for the post: the sender's slip (Phiếu gửi hồ sơ, Circular 17/2017/TT-BTTTT Article 9.2) as the person filled it in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.postal.option import PostalOption
from feedback.receipts import ALPHABET

PREFIX = "BC"
"""Bưu chính."""


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

    DRAFT = "draft"
    """Begun: its person agreed to the notice, and may have given names and addresses on the form page."""
    PREPARED = "prepared"
    """The slip is there to print or show; nothing was sent."""
    SENDING = "sending"
    """Confirmed: the letter to the post office leaves within a minute, or waits in the outbox."""
    SENT = "sent"
    FAILED = "failed"
    """The letter could not be delivered: the person was told."""
    CANCELLED = "cancelled"
    """Its sending was taken back before it left; the slip stays."""


SENDABLE = (RequestState.PREPARED, RequestState.FAILED, RequestState.CANCELLED)
"""States in which a letter may be sent: what was sent once is never sent again."""


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
    province: str = ""
    """Code; empty where only words are known."""

    @property
    def address(self) -> str:
        """The whole address in one line."""
        return ", ".join(part for part in (self.street, self.place) if part)


@dataclass(frozen=True)
class Parties:
    """What the form page takes."""

    applicant: Party
    door: Party | None = None
    """See ``PostalRequest.door``."""


@dataclass(frozen=True)
class PostalRequest:
    """What is on the slip. Personal data: sealed at rest, dropped by the term of docs/privacy.md."""

    id: str
    """Number on the slip: random, speakable, says nothing about the person."""
    option: PostalOption
    procedure_code: str
    procedure_name: str
    applicant: Party
    office: Party
    """The agency (cơ quan giải quyết, Bộ phận một cửa)."""
    papers: tuple[str, ...]
    """What lies in the envelope (``SEND``, ``BOTH``)."""
    result: str
    """What comes back (``RECEIVE``, ``BOTH``)."""
    weight: int
    """Grams."""
    payer: Payer
    fee_by: FeeBy
    made_at: datetime
    door: Party | None = None
    """Where the result is brought, if not to the applicant's own address."""
    dossier_code: str = ""
    """Once there is one."""
    item_code: str = ""
    """Number that the post gave it (mã bưu gửi); for tracking."""
    state: RequestState = RequestState.PREPARED
    notes: tuple[str, ...] = field(default=())
    """Keys of what the person was warned of."""
    practice: bool = False
    """Made up, for trying out."""

    @property
    def sender(self) -> Party:
        """Who hands the item to the post."""
        return self.office if self.option is PostalOption.RECEIVE else self.applicant

    @property
    def receiver(self) -> Party:
        """Whom the item goes to."""
        return self.home if self.option is PostalOption.RECEIVE else self.office

    @property
    def home(self) -> Party:
        """Where the result goes (``RECEIVE``, ``BOTH``)."""
        return self.door or self.applicant

    @property
    def sends(self) -> bool:
        """Whether papers go to the agency."""
        return self.option is not PostalOption.RECEIVE

    @property
    def returns(self) -> bool:
        """Whether the result comes back."""
        return self.option is not PostalOption.SEND


def new_request_number(pick: Callable[[str], str] = secrets.choice) -> str:
    """Return a new number such as ``BC-7KQM-2XWP``."""
    letters = "".join(pick(ALPHABET) for _ in range(8))
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"
