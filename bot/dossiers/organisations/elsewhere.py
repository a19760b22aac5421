"""Asks one-stop systems for the dossiers of one question, so many and no more: what they say is kept in our own table."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.dossiers.ports import DossierSource, SourceDownError
from bot.dossiers.sources.health import Health
from nlu.codes import DossierCode, parse_dossier_code

logger = logging.getLogger(__name__)


class AskedSystem(DossierSource, Protocol):
    """A one-stop system, which keeps what it says where the batch reads it; see ``RemoteSource``."""

    @property
    def health(self) -> Health:
        """How it fares."""
        ...


class KnowsSystems(Protocol):
    """Tells which system answers for a code; see ``ByAgency``."""

    def remote_of(self, code: DossierCode) -> AskedSystem | None:
        """Return the system that must be asked over a network; ``None`` for our own table."""
        ...


@dataclass(frozen=True)
class Patience:
    """How much is asked for one question."""

    codes: int = 40
    """Dossiers asked for; what a system said a moment ago counts among them, though it is not asked again."""
    side_by_side: int = 2
    """At once, of one system: half of its usual places are left for people who ask about one dossier."""
    seconds: float = 8.0
    """After these nothing more is waited for; answers on their way are kept for the next question."""


@dataclass(frozen=True)
class Elsewhere:
    """Asks the systems that answer for some codes. Call it outside of any open transaction: they write in their own."""

    systems: KnowsSystems
    patience: Patience = Patience()

    async def ask(self, unseen: Sequence[str], seen: Sequence[str] = ()) -> frozenset[str]:
        """Ask for dossiers; what the systems know stands in our table afterwards.

        Whoever asks may know which of the first codes our table holds for others: they are all treated alike.

        Args:
            unseen: codes of which the organisation can see nothing yet, asked for first.
            seen: codes of dossiers that are shown already, asked for anew as far as patience reaches.

        Returns:
            Those of the first codes for which no system could be asked.
        """
        wanted = self._systems(unseen)
        again = self._systems(seen)
        asked = dict(list({**wanted, **again}.items())[: self.patience.codes])
        answered = await self._answered(asked)
        return frozenset(code for code, system in wanted.items() if code not in answered or system.health.up is False)

    def _systems(self, codes: Iterable[str]) -> dict[str, AskedSystem]:
        found = ((code, self.systems.remote_of(parse_dossier_code(code))) for code in codes)
        return {code: system for code, system in found if system is not None}

    async def _answered(self, asked: Mapping[str, AskedSystem]) -> set[str]:
        """Return the codes for which a system answered in time."""
        answered: set[str] = set()
        places = {system.name: asyncio.Semaphore(self.patience.side_by_side) for system in asked.values()}

        async def one(code: str, system: AskedSystem) -> None:
            async with places[system.name]:
                try:
                    sighting = await system.find(parse_dossier_code(code))
                except SourceDownError:
                    return
            if not sighting.down:
                answered.add(code)

        tasks = [asyncio.create_task(one(code, system)) for code, system in asked.items()]
        if tasks:
            try:
                _, late = await asyncio.wait(tasks, timeout=self.patience.seconds)
            finally:
                for task in tasks:
                    task.cancel()
            if late:
                logger.info("A batch did not wait for %d dossiers of one-stop systems.", len(late))
            await asyncio.gather(*tasks, return_exceptions=True)
        return answered
