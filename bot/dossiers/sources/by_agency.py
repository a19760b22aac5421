"""Chooses the source of a dossier by the agency in its code; what no one-stop system answers for is the database's."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from bot.dossiers.ports import DossierSource, PollsDossiers, Sighting
from bot.dossiers.sources.health import Health
from nlu.codes import DossierCode, Layout


@runtime_checkable
class Remote(DossierSource, PollsDossiers, Protocol):
    """A source that is asked over a network."""

    @property
    def health(self) -> Health:
        """How it fares."""
        ...

    @property
    def handful(self) -> int:
        """How many dossiers are asked for before it is looked whose turn it is."""
        ...

    def poll(self, codes: Sequence[DossierCode]) -> AsyncGenerator[Sighting, None]:
        """See ``PollsDossiers.poll``; closed when nobody reads on."""
        ...

    async def probe(self, code: DossierCode) -> bool:
        """Tell whether it answers."""
        ...


class ByAgency:
    """Implements ``DossierSource`` over several sources."""

    name = "by agency"

    def __init__(
        self, database: DossierSource, remotes: Sequence[Remote], called: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Take the sources; each remote one says for which agencies it answers.

        Args:
            database: knows the rest.
            remotes: systems that are asked over a network.
            called: what citizens call each of these, by its name.
        """
        self._database = database
        self._called = called
        self.remotes = tuple(remotes)
        self._by_agency = {tuple(agency.split(".")): remote for remote in remotes for agency in remote.health.agencies}

    async def find(self, code: DossierCode) -> Sighting:
        """See ``DossierSource.find``."""
        source = self.source_of(code)
        return replace(await source.find(code), called=self._called.get(source.name, ""))

    def source_of(self, code: DossierCode) -> DossierSource:
        """Return who answers for a code."""
        return self.remote_of(code) or self._database

    def remote_of(self, code: DossierCode) -> Remote | None:
        """Return the system that must be asked over a network; ``None`` for the database's own."""
        groups = agency_of(code)
        for length in range(len(groups), 0, -1):
            if (found := self._by_agency.get(groups[:length])) is not None:
                return found
        return None


def agency_of(code: DossierCode) -> tuple[str, ...]:
    """Return the groups of a code's agency, the province or ministry first: ``H34``, ``16`` of ``000.00.16.H34``."""
    groups = code.unit.split(".")
    if code.layout is not Layout.OLD:
        return tuple(groups)
    groups.reverse()
    while len(groups) > 1 and not groups[-1].strip("0"):
        groups.pop()
    return tuple(groups)
