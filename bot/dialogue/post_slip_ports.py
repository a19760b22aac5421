"""What the talk that fills in the sender's slip (Phiếu gửi hồ sơ) needs from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.channels.contract import Ref
from bot.dialogue.feedback_ports import ReadsProcedures
from bot.dialogue.flow import Place
from bot.dialogue.postal_ports import AboutPostal
from bot.postal.ports import KeepsRequests
from bot.postal.request import Parties, Party, PostalRequest
from nlu.catalogue.model import Procedure


@dataclass(frozen=True)
class SlipNotice:
    """What the notice before the first personal question must say (Law 91/2025), and where it asks."""

    controller: str = ""
    contact: str = ""
    servers: str = ""
    days: int = 30
    """How long a slip is kept since it was last touched."""
    version: str = "2026-11"
    """Of the notice's own words; changed with them."""
    on_page: frozenset[str] = frozenset({"telegram"})
    """Channels on which names and addresses are given on our own page, not in the chat."""


class ReadsSlips(KeepsRequests, Protocol):
    """The slips of one conversation, and what was given on the form page."""

    async def parties(self, draft: str) -> Parties | None:
        """Return who sends and receives; ``None`` for not given yet."""
        ...

    async def can_take_back(self, request: str) -> bool:
        """Tell whether a confirmed letter has not been handed on yet."""
        ...


class ListsOffices(Protocol):
    """The agencies that may receive."""

    def __call__(self, procedure: Procedure, applicant: Party) -> tuple[Party, ...]:
        """Return them, the likeliest first."""
        ...


@dataclass(frozen=True)
class AboutSlips:
    """Everything that the flows read from outside."""

    post: AboutPostal
    procedures: ReadsProcedures
    kept: ReadsSlips
    offices: ListsOffices
    notice: Callable[[], SlipNotice]
    new_number: Callable[[], str]
    page: Callable[[str, Place], str]
    """Address of the form page of a draft; empty for none."""
    sheet: Callable[[str], str]
    """Address of the page to print; empty for none."""
    file: Callable[[str], str]
    """Address of the same as a PDF; empty for none."""
    sample: str
    """Address of a made-up slip, to see what one looks like; empty for none."""
    mailbox: Callable[[PostalRequest], str]
    """E-mail address of the post office that a slip may be sent to; empty for none."""
    watched: Callable[[Ref], Awaitable[Sequence[str]]]
    """Codes of the dossiers that a conversation waits for."""
