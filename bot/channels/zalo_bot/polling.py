"""Fetches updates one by one, for development. Zalo takes no acknowledgement: what is fetched and not kept is lost."""

from __future__ import annotations

import logging

import msgspec

from bot.channels.zalo_bot.channel import ZaloBotChannel
from bot.channels.zalo_bot.client import IDLE, BotAnswer, Caller
from bot.delivery.errors import DifferentMessageError, StoppedError
from bot.delivery.ports import Desk, Sleep

logger = logging.getLogger(__name__)

WAIT = 30
"""Seconds that Zalo holds a fetch open."""
LONGEST_PAUSE = 60.0
UNAUTHORISED = 401


async def poll(caller: Caller, channel: ZaloBotChannel, desk: Desk, sleep: Sleep) -> None:
    """Fetch until cancelled, or until the house closes; pauses grow while Zalo is away."""
    failures = 0
    while True:
        answer = await caller.call("getUpdates", {"timeout": WAIT}, WAIT + 10.0)
        if answer.ok or answer.code == IDLE:
            failures = 0
            if not await _take(answer, channel, desk):
                return
            continue
        failures += 1
        if failures == 1:
            logger.warning("Zalo Bot: fetching failed: %s %s", answer.code, answer.description)
        pause = LONGEST_PAUSE if answer.code == UNAUTHORISED else min(2.0 ** (failures - 1), LONGEST_PAUSE)
        await sleep(answer.retry_after or pause)


async def _take(answer: BotAnswer, channel: ZaloBotChannel, desk: Desk) -> bool:
    """Hand what was fetched to the desk; tell whether it still takes something."""
    updates = answer.result if isinstance(answer.result, list) else [answer.result]
    for update in updates:
        if not isinstance(update, dict):
            continue
        for inbound in channel.parse(msgspec.json.encode(update)):
            try:
                await desk.receive(inbound)
            except DifferentMessageError:
                logger.info("Zalo Bot: a message came again with another content.")
            except StoppedError:
                return False
    return True
