"""Makes the sources that the settings name, and closes them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.delivery.ports import Clock, Transactions
from bot.dossiers.ports import DossierSource
from bot.dossiers.sources.asking import AiohttpHttp
from bot.dossiers.sources.authorising import make_auth
from bot.dossiers.sources.by_agency import ByAgency
from bot.dossiers.sources.mapping import read_sources
from bot.dossiers.sources.one_stop import OneStop, Times
from bot.dossiers.sources.ports import Keeps
from bot.dossiers.sources.reading import Closing, Reader
from bot.dossiers.sources.remembering import Manner, Moments, RemoteSource
from bot.dossiers.sources.shapes import SourceShape
from bot.secret import Secret


@dataclass(frozen=True)
class Surroundings:
    """What sources stand on."""

    database: DossierSource
    store: Keeps
    transactions: Transactions
    clock: Clock
    closing_of: Callable[[str], Closing]
    """When the offices of an agency close on a day."""


@contextlib.asynccontextmanager
async def open_sources(
    path: Path | None, secrets: Mapping[str, Secret], around: Surroundings, times: Times | None = None
) -> AsyncIterator[ByAgency]:
    """Open the database and the one-stop systems of a file; without a file the database alone.

    Args:
        path: see ``mapping.read_sources``.
        secrets: that the file may name.
        around: what they stand on.
        times: time and chance.

    Raises:
        SourcesFileError: the file has faults.
    """
    shapes = read_sources(path, secrets) if path is not None else ()
    async with contextlib.AsyncExitStack() as stack:
        remotes: list[RemoteSource] = []
        for shape in shapes:
            # One session each, without cookies: what one system says never reaches another.
            session = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
            remotes.append(make_remote(shape, session, secrets, around, times or Times()))
        try:
            yield ByAgency(around.database, remotes, {shape.name: shape.called for shape in shapes})
        finally:
            await asyncio.gather(*(remote.close() for remote in remotes))


def make_remote(
    shape: SourceShape,
    session: aiohttp.ClientSession,
    secrets: Mapping[str, Secret],
    around: Surroundings,
    times: Times,
) -> RemoteSource:
    """Put one system's client, its memory and its pace together."""
    http = AiohttpHttp(session, shape.timeout_seconds, shape.largest_bytes)
    reader = Reader(shape.answer, around.closing_of(shape.agencies[0]), around.clock)
    client = OneStop(shape, http, make_auth(shape.auth, secrets, http, times.ticks), reader, times)
    manner = Manner(
        shape.name,
        shape.agencies,
        timedelta(seconds=shape.fresh_seconds),
        shape.polls_per_second,
        shape.side_by_side,
    )
    return RemoteSource(
        manner, client, around.store, around.transactions, Moments(around.clock, times.sleep, times.ticks)
    )
