"""What joins organisations to the register of look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.organisations import OwnersRegister
from bot.dossiers.desk import LookOutcome
from bot.dossiers.disclosure import Level
from tests.bot.messages import NOW

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


async def test_an_owner_can_learn_of_an_organisations_look_but_not_whose_it_was() -> None:
    register, session = Register(), None
    anything: Any = session
    await OwnersRegister(Marked(), register).note(anything, [CODE], "api", NOW)
    told = ("api", Level.APPLICANT, LookOutcome.TOLD)
    assert register.noted == [(b"organisation", [CODE.encode()], told, NOW)]
