"""What the talk about dossiers needs from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.channels.contract import Choice, Ref
from bot.dialogue.texts import Texts
from bot.dossiers.agencies import Agencies
from bot.dossiers.desk import Desk
from bot.dossiers.disclosure import Level, Shown
from bot.dossiers.forms import FormSets
from bot.dossiers.photos import PhotoRead
from feedback.working_time.loading import WorkingTime


@dataclass(frozen=True)
class Watched:
    """A dossier that a conversation waits for."""

    code: str
    level: Level
    """How much its notices may tell."""
    back: bool = False
    """Whether only to tell once that the source answers again."""
    sms: bool = False
    """Whether an SMS follows when a notice does not arrive."""


class Watches(Protocol):
    """The dossiers that conversations wait for."""

    async def of(self, ref: Ref) -> Sequence[Watched]:
        """Return what this conversation waits for, the oldest first."""
        ...


class ReadsPhotos(Protocol):
    """Fetches a picture from its channel and looks for a dossier's QR code; keeps nothing."""

    async def read(self, ref: Ref, file: str) -> PhotoRead:
        """Read one picture; never raises for what the channel or the picture is."""
        ...


def _nothing(_: Texts, __: Shown) -> tuple[Choice, ...]:
    return ()


def _no_page(_: Ref, __: str, ___: str) -> str:
    return ""


@dataclass(frozen=True)
class AboutDossiers:
    """Everything that the flows about dossiers read from outside."""

    desk: Desk
    watches: Watches
    agencies: Agencies
    forms: FormSets
    time: WorkingTime
    photos: ReadsPhotos | None = None
    slip_address: Callable[[Ref, str, str], str] = _no_page
    """Gives the short-lived address of a slip's page, by conversation, code and kind; empty for none."""
    after_result: Callable[[Texts, Shown], Sequence[Choice]] = _nothing
    """Buttons for what comes after a result, such as rating the service; none before there is one."""
    most_watched: int = 100
    """Dossiers that one conversation may wait for."""
    sms: frozenset[str] = frozenset()
    """Channels on which notices may fail to arrive and behind which an SMS can be sent."""
    pulled: frozenset[str] = frozenset({"web"})
    """Channels on which nobody can be told before they come back."""
