"""Serves beside the background work until a signal comes, or something else ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from aiohttp import web

from bot.background import Background, Work
from bot.errors import BotError
from bot.last_resort import end_within
from nlu.training import print_progress

BROKEN, ANEW = 1, 75
"""Exit codes: nothing can be written any more; and, which nobody outside sees, to begin anew (EX_TEMPFAIL)."""
Ends = Callable[[], Coroutine[Any, Any, object]]
"""Returns when the process shall end."""

logger = logging.getLogger(__name__)


class ServeError(BotError):
    """The server cannot start."""


async def until_stopped(
    app: web.Application, host: str, port: int, works: Sequence[Work], ends: Mapping[int, Ends]
) -> int:
    """Serve until a signal comes or something else ends it; then stop taking requests first.

    Args:
        app: what is served.
        host: address to listen on.
        port: port to listen on.
        works: the background work.
        ends: what ends it beside a signal, by exit code.

    Returns:
        The exit code: 0 after a signal, 1 when nothing could be taken in any more, so that whoever runs the process
        starts it anew, ``ANEW`` when it shall begin anew itself.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0, handler_cancellation=False)
    await runner.setup()
    background = Background()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise ServeError(
                f"cannot listen on {host}:{port} ({error.strerror}); set MOTCUA_PORT to a free port"
            ) from error
        background.start(*works)
        print_progress(f"Một Cửa answers on http://{host}:{port} – Ctrl-C stops it")
        code = await _first({0: stop.wait, **ends})
        print_progress("stopping …")
        end_within()
        return code
    finally:
        await runner.cleanup()
        await background.stop()


async def _first(ends: Mapping[int, Ends]) -> int:
    """Wait for any of several ends; return its exit code, the lowest of those that came at once."""
    tasks = {code: asyncio.ensure_future(end()) for code, end in ends.items()}
    await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_COMPLETED)
    code = min(code for code, task in tasks.items() if task.done())
    if code == BROKEN:
        logger.critical("ALARM: nothing can be written any more; the process ends, to be started anew.")
    for task in tasks.values():
        task.cancel()
    return code
