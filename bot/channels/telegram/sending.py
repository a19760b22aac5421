"""Makes native calls, mends what Telegram refuses for its form, and says what came of each."""

from __future__ import annotations

import logging
from typing import Protocol

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.contract import NativeCall, SendStatus, Sent
from bot.channels.telegram.client import UnknownCallError
from bot.channels.telegram.faults import detail_of, is_foreign
from bot.channels.telegram.rendering import as_link, sent_anew, without_links, without_markup

logger = logging.getLogger(__name__)

MENDINGS = 3
"""How often a call is mended at most: an edit may need to be sent anew, without markup and without links."""
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier",
    "no text in the message to edit",
)
_NOBODY = ("chat not found", "peer_id_invalid", "user_is_blocked", "user is deactivated", "user not found")
_NOT_FETCHED = ("http url content", "file identifier", "web page content", "webpage", "wrong type of")
_BAD_LINK = ("button_url_invalid", "button url", "url host is empty", "wrong http url")


class MakesCalls(Protocol):
    """What the sender needs of ``TelegramClient``."""

    async def make(self, call: NativeCall) -> str:
        """Make a call; see ``TelegramClient.make``."""
        ...


async def send(client: MakesCalls, call: NativeCall) -> Sent:
    """Make a call; never raises for what Telegram answers."""
    for _ in range(MENDINGS):
        try:
            return Sent(SendStatus.OK, id=await client.make(call))
        except BadRequest as error:
            mended = None if is_foreign(error) else _mended(call, error.message.lower())
            if mended is None:
                return _failed(error) if is_foreign(error) else _refused(call, error)
            logger.info("Telegram: %s is sent in another form (%s).", call.method, detail_of(error))
            call = mended
        except UnknownCallError as error:
            return Sent(SendStatus.BUG, detail=str(error))
        except TelegramError as error:
            return _failed(error)
    return Sent(SendStatus.BUG, detail=f"{call.method}: refused in every form")


def _mended(call: NativeCall, said: str) -> NativeCall | None:
    """Return the call in a form that Telegram should take; ``None`` when none is known."""
    if "can't parse entities" in said and "parse_mode" in call.body:
        return without_markup(call)
    if call.method == "editMessageText" and any(one in said for one in _GONE):
        return sent_anew(call)
    if call.method == "sendDocument" and any(one in said for one in _NOT_FETCHED):
        return as_link(call)
    if any(one in said for one in _BAD_LINK):
        return without_links(call)
    return None


def _refused(call: NativeCall, error: BadRequest) -> Sent:
    said = error.message.lower()
    if "message is not modified" in said:
        # It shows already what it should: a second tap on the same button.
        return Sent(SendStatus.OK, id=str(call.body.get("message_id", "")))
    status = SendStatus.UNREACHABLE if any(one in said for one in _NOBODY) else SendStatus.BUG
    return Sent(status, detail=detail_of(error))


def _failed(error: TelegramError) -> Sent:
    if is_foreign(error):
        return Sent(SendStatus.RETRY, detail=detail_of(error))
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
        return Sent(SendStatus.RETRY, retry_after=seconds, detail=detail_of(error))
    if isinstance(error, Forbidden):
        return Sent(SendStatus.UNREACHABLE, detail=detail_of(error))
    if isinstance(error, InvalidToken):
        return Sent(SendStatus.AUTH, detail=detail_of(error))
    # Telegram is away, slow or at odds with itself. What timed out may have been taken all the same: it is sent twice
    # rather than never.
    return Sent(SendStatus.RETRY, detail=detail_of(error))
