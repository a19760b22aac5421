"""What joins organisations to the register of look-ups and to the channels' files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.organisations import HandsOver, OwnersRegister, make_uploads
from bot.dossiers.desk import LookOutcome
from bot.dossiers.disclosure import Level
from bot.dossiers.organisations.ports import UploadOutcome
from tests.bot.messages import NOW, ref

CODE = "H48.30.02-261117-0001"


@dataclass
class Marked:
    def dossier(self, code: str) -> bytes:
        return code.encode()

    def of(self, kind: str, *parts: str) -> bytes:
        return kind.encode()


@dataclass
class Register:
    noted: list[tuple[object, ...]] = field(default_factory=list)

    async def note(
        self,
        session: AsyncSession,
        person: bytes,
        codes: Sequence[bytes],
        told: tuple[str, Level, LookOutcome],
        at: datetime,
    ) -> None:
        self.noted.append((person, codes, told, at))


@dataclass
class Handed:
    content: bytes = b""
    too_large: bool = False


@dataclass
class Channel:
    handed: Handed | None

    async def fetch(self, file: str, most: int) -> Handed | None:
        return self.handed


async def test_an_owner_can_learn_of_an_organisations_look_but_not_whose_it_was() -> None:
    register, session = Register(), None
    anything: Any = session
    await OwnersRegister(Marked(), register).note(anything, [CODE], "api", NOW)
    told = ("api", Level.APPLICANT, LookOutcome.TOLD)
    assert register.noted == [(b"organisation", [CODE.encode()], told, NOW)]


@pytest.mark.parametrize(
    ("handed", "outcome"),
    [
        (Handed(CODE.encode()), UploadOutcome.READ),
        (Handed(too_large=True), UploadOutcome.TOO_LARGE),
        (None, UploadOutcome.NOT_FETCHED),
    ],
)
async def test_files_come_from_the_conversations_own_channel(handed: Handed | None, outcome: UploadOutcome) -> None:
    channels: dict[str, HandsOver] = {}
    uploads = make_uploads(channels)
    assert (await uploads.read(ref(), "f")).outcome is UploadOutcome.NOT_FETCHED
    channels["web"] = Channel(handed)
    assert (await uploads.read(ref(), "f")).outcome is outcome
