"""Organisations in memory for the talk, and a register of look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.dialogue.effects import Effect, LeaveOrganisation, LinkOrganisation, SendDigest
from bot.dossiers.desk import Asker, Look, LookOutcome
from bot.dossiers.disclosure import Coarse, Stage
from bot.dossiers.organisations.overview import Overview
from bot.dossiers.organisations.ports import (
    LINKED_FOR,
    Asked,
    Linked,
    PageOffer,
    TokenPage,
    Told,
    Upload,
    UploadOutcome,
)


@dataclass
class FakeLookups:
    """Implements ``RecordsLookups``."""

    noted: list[tuple[str, str]] = field(default_factory=list)
    """Code and channel."""

    async def note(self, session: AsyncSession, codes: Sequence[str], channel: str, at: datetime) -> None:
        self.noted.extend((code, channel) for code in codes)


@dataclass
class FakeOrganisations:
    """Implements ``Organisations`` with one organisation, and carries effects out."""

    now: datetime
    token: str
    name: str = "Công ty Mẫu"
    overview: Overview = field(default_factory=lambda: Overview(()))
    limited: bool = False
    offer: PageOffer = PageOffer.OPEN
    links: dict[Ref, Linked] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    async def linked(self, ref: Ref, now: datetime) -> Linked | None:
        return self.links.get(ref)

    async def owner_of(self, token: str) -> str | None:
        return self.name if token == self.token else None

    async def page(self, ref: Ref, language: str, now: datetime) -> TokenPage:
        if self.offer is not PageOffer.OPEN:
            return TokenPage(self.offer)
        return TokenPage(self.offer, "https://motcua.example/dn/nhap/secret", now + timedelta(minutes=15))

    async def ask(self, ref: Ref, codes: Sequence[str], language: str, now: datetime) -> Told:
        if ref not in self.links:
            return Told(Asked.NOT_LINKED)
        if self.limited:
            return Told(Asked.LIMITED, until=now + timedelta(minutes=20))
        self.asked.append(tuple(codes))
        until = now + timedelta(minutes=30)
        return Told(Asked.TOLD, self.overview, address="https://motcua.example/dn/secret", address_until=until)

    def apply(self, ref: Ref, effect: Effect) -> None:
        match effect:
            case LinkOrganisation(token):
                assert token == self.token
                self.links[ref] = Linked(1, self.name, self.now + LINKED_FOR, digest=False)
            case LeaveOrganisation():
                self.links.pop(ref, None)
            case SendDigest(on):
                self.links[ref] = Linked(1, self.name, self.now + LINKED_FOR, digest=on)


@dataclass
class FakeUploads:
    """Implements ``ReadsUploads``: files by their place."""

    files: dict[str, Upload] = field(default_factory=dict)

    async def read(self, ref: Ref, file: str) -> Upload:
        return self.files.get(file, Upload(UploadOutcome.NOT_FETCHED))


@dataclass
class FakeOutline:
    """Implements ``Looks``: the outline of one dossier."""

    known: frozenset[str] = frozenset({"H48.30.02-261117-0100"})

    async def look(self, asker: Asker, code: str) -> Look:
        if code not in self.known:
            return Look(LookOutcome.UNKNOWN)
        return Look(LookOutcome.TOLD, Coarse(code, Stage.IN_HAND, 1, 2))
