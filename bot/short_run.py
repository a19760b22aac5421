"""Runs the whole path for a moment, for commands that ask without a running server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.app import free_port, make_engine, make_nlu_process, open_house
from bot.channels.web.channel import WebChannel
from bot.delivery.engine import Engine
from bot.errors import BotError
from bot.http.internal import internal_routes
from bot.migrations.schema import upgrade
from bot.nlu_process import NluState
from bot.settings import Secret, Settings
from bot.unit_of_work import UnitOfWork, open_engine
from nlu.client import RasaClient
from nlu.training import RasaHome

LOADING_SECONDS = 1200.0
"""Training where the model is stale takes some minutes of these; loading takes seconds."""

Prepare = Callable[[], Awaitable[Path]] | None
"""Returns the model to run with; ``None`` for the one that ``serve`` would take."""


class ShortRunError(BotError):
    """The assistant cannot be run for a moment."""


@dataclass(frozen=True)
class ShortRun:
    """What runs for a moment."""

    engine: Engine
    """Answers messages through the whole path."""
    rasa: RasaClient
    """Asks the Rasa server alone."""


def with_own_keys(settings: Settings, database_url: str) -> Settings:
    """Return settings for a short run: keys of its own, and the database that holds its catalogue."""
    return replace(
        settings,
        database_url=database_url,
        signing_key=Secret(secrets.token_urlsafe(48)),
        encryption_key=Secret(secrets.token_urlsafe(48)),
        internal_key=Secret(secrets.token_urlsafe(48)),
        trace=True,
    )


@contextlib.asynccontextmanager
async def whole_path(settings: Settings, home: RasaHome, folder: Path, model: Prepare = None) -> AsyncIterator[Engine]:
    """Run the whole path for its engine alone; see ``short_run``."""
    async with short_run(settings, home, folder, model) as running:
        yield running.engine


@contextlib.asynccontextmanager
async def short_run(settings: Settings, home: RasaHome, folder: Path, model: Prepare = None) -> AsyncIterator[ShortRun]:
    """Run the whole path: catalogue, a Rasa server of its own, and an engine on a database that is thrown away.

    Args:
        settings: with the keys and the database that holds the catalogue.
        home: where Rasa's side of the project lies.
        folder: empty; takes the conversations.
        model: returns the model; the one that ``serve`` would take by default.

    Raises:
        ShortRunError: Rasa does not become ready.
    """
    rasa_port, index_port = free_port(), free_port()
    key = settings.internal_key.reveal() if settings.internal_key else None
    conversations = UnitOfWork(open_engine(f"sqlite:///{folder / 'conversations.sqlite3'}"))
    await upgrade(conversations.engine)
    async with open_house(settings, home.root, f"http://127.0.0.1:{rasa_port}") as house:
        await house.catalogue.refresh()
        app = web.Application()
        app.add_routes(internal_routes(house.catalogue, key))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", index_port).start()
        assert house.rasa is not None
        index = (f"http://127.0.0.1:{index_port}", key)
        process = make_nlu_process(home, rasa_port, index, house.rasa.ready, os.environ, model)
        supervising = asyncio.ensure_future(process.run())
        engine = make_engine(house, conversations, WebChannel(lambda: datetime.now(UTC)), trace=True)
        await engine.start()
        try:
            await _until_ready(lambda: process.state, supervising)
            yield ShortRun(engine, house.rasa)
        finally:
            await engine.stop()
            supervising.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await supervising
            await runner.cleanup()
            await conversations.close()


async def _until_ready(state: Callable[[], NluState], supervising: asyncio.Future[None]) -> None:
    for _ in range(int(LOADING_SECONDS * 2)):
        if state() is NluState.READY:
            return
        if supervising.done():
            raise ShortRunError("there is no Rasa environment; `make setup` makes it")
        await asyncio.sleep(0.5)
    raise ShortRunError("the Rasa server did not become ready; see var/log/rasa.log")
