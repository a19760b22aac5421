"""The Rasa process beside us, and the catalogue that it ranks."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from bot.background import rest
from bot.nlu_process import NluProcess, serve_command
from nlu.catalogue.live import LiveCatalogue
from nlu.training import RasaHome, print_progress, rasa_environment, serving_model

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 5.0
"""How often a published catalogue is looked for; well below the minute that publishing promises."""


async def follow_catalogue(
    catalogue: LiveCatalogue, loaded: Callable[[], None], seconds: float = REFRESH_SECONDS
) -> None:
    """Follow what is published until cancelled; a database that is away for a while is asked again.

    Args:
        catalogue: what is live.
        loaded: called when another catalogue has taken the place of the one before.
        seconds: between two looks.
    """
    while True:
        await rest(seconds)
        try:
            if await catalogue.refresh():
                logger.info("Catalogue version %d is live.", catalogue.number)
                loaded()
        except Exception:
            logger.exception("The live catalogue could not be looked up; the one in memory stays.")


def make_nlu_process(
    home: RasaHome,
    port: int,
    index: tuple[str, str | None],
    ready: Callable[[], Awaitable[bool]],
    environment: Mapping[str, str],
    prepare: Callable[[], Awaitable[Path]] | None = None,
) -> NluProcess:
    """Put the supervisor of the Rasa process together.

    Args:
        home: where Rasa's side of the project lies.
        port: loopback port for the Rasa server.
        index: base address of the process that serves the catalogue's index, and the key of its private route.
        ready: tells whether the server has loaded its model.
        environment: the app's own.
        prepare: returns the model to serve; the promoted one by default, else that of the present inputs.
    """
    url, key = index
    return NluProcess(
        prepare=prepare or (lambda: serving_model(home, environment, print_progress)),
        command=serve_command(home.python, port),
        ready=ready,
        environment=rasa_environment(environment, {"MOTCUA_INDEX_URL": url, "MOTCUA_INTERNAL_KEY": key or ""}),
        root=home.root,
        log_file=home.root / "var" / "log" / "rasa.log",
        on_state=lambda state: print_progress(f"understanding: {state.value}"),
    )


def free_port() -> int:
    """Return a loopback port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
