"""Signs of life on Telegram: a tapped button stops spinning at once, and the bot "types" while an answer is in the making."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.contract import InboundKind
from bot.delivery.ports import Desk, Sleep
from bot.delivery.records import Received
from bot.tracebacks import where

logger = logging.getLogger(__name__)

FIRST_SECONDS = 0.3
"""An answer that comes sooner needs no sign: the call would only take a place from the answer."""
AGAIN_SECONDS = 5.0
"""Telegram shows "typing" for about that long."""
MOST_TIMES = 12
"""A turn that takes longer than this many signs has failed, or is left for the next start."""
MOST_AT_ONCE = 8
"""Under more load than this nothing is shown: a sign costs as much as an answer, and the answers themselves go first."""
SILENT = frozenset({InboundKind.STATUS, InboundKind.UNFOLLOW, InboundKind.WITHDRAW})
"""What is not answered."""


class TelegramSignals:
    """See ``Signals``. It has connections of its own, so that a sign never takes one from an answer."""

    def __init__(self, bot: Bot, desk: Desk, sleep: Sleep = asyncio.sleep) -> None:
        """Take what it speaks through, what knows when a turn is over, and how it waits."""
        self._bot = bot
        self._desk = desk
        self._sleep = sleep
        self._tasks: set[asyncio.Task[None]] = set()

    def noticed(self, received: Received) -> None:
        """Show that a message has come; see ``Signals``."""
        if received.inbound.kind in SILENT or len(self._tasks) >= MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._show(received), name="telegram signs")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Show nothing more."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _show(self, received: Received) -> None:
        try:
            tap = received.inbound.data.get("tap")
            if isinstance(tap, str):
                # A tap that is too old to be answered, or was answered before, does not spin any more.
                with contextlib.suppress(TelegramError):
                    await self._bot.answer_callback_query(tap)
            await self._type(received)
        except TelegramError as error:
            logger.debug("Telegram: no sign could be shown (%s).", type(error).__name__)
        except Exception as error:
            logger.error("Telegram: showing a sign failed (%s).\n%s", type(error).__name__, where(error))

    async def _type(self, received: Received) -> None:
        seconds = FIRST_SECONDS
        for _ in range(MOST_TIMES):
            await self._sleep(seconds)
            if not self._desk.answering(received):
                return
            await self._bot.send_chat_action(received.inbound.ref.conversation, ChatAction.TYPING)
            seconds = AGAIN_SECONDS
