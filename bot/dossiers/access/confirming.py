"""What happens on a one-time page: a code is typed, and the conversation that asked for it is told."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.delivery.errors import ChannelOffError
from bot.delivery.ports import Clock, Transactions
from bot.dossiers.access.challenge_store import Challenge
from bot.dossiers.access.desk import Rules, Stores
from bot.dossiers.access.facts import digits_of
from bot.dossiers.access.limiting import Limits
from bot.dossiers.desk import Asker
from nlu.codes import parse_dossier_code

logger = logging.getLogger(__name__)

Notify = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key."""

Says = Callable[[str, str, datetime], Reply]
"""Gives the notice of a success: in a language, for a code, until when it may be seen."""


class PageState(StrEnum):
    """What a one-time page shows."""

    OPEN = "open"
    WRONG = "wrong"
    """The code is not right; another one may be typed."""
    DONE = "done"
    GONE = "gone"
    """Unknown, used, expired, or too many codes were typed."""
    ELSEWHERE = "elsewhere"
    """Asked for in another browser."""


@dataclass(frozen=True)
class Opened:
    """A one-time page: nothing of a dossier."""

    state: PageState
    language: str = ""
    """Of the conversation; empty for unknown."""
    channel: str = ""
    """In which the code was asked for: who did not ask there should not type it."""


class Confirming:
    """Opens one-time pages and takes the codes typed there."""

    def __init__(
        self,
        *,
        stores: Stores,
        limits: Limits,
        rules: Rules,
        transactions: Transactions,
        clock: Clock,
        tries: int,
        says: Says,
    ) -> None:
        """Take what is kept, what one page bears, and what a conversation is told."""
        self._stores = stores
        self._limits = limits
        self._rules = rules
        self._transactions = transactions
        self._clock = clock
        self._tries = tries
        self._says = says

    async def open(self, token: str, browser: str) -> Opened:
        """Look at a page; nothing is used up by it: messengers open links to show a preview."""
        async with self._transactions.read() as session:
            found = await self._stores.challenges.at_page(session, self._page(token), self._clock(), self._tries)
        return _opened(found, browser, PageState.OPEN)

    async def type(self, token: str, typed: str, browser: str, notify: Notify) -> Opened:
        """Take a code: counted first, then compared; whether there is such a dossier makes no difference until it fits."""
        opened = await self.open(token, browser)
        if opened.state is not PageState.OPEN:
            return opened
        async with self._transactions.write() as session:
            found = await self._stores.challenges.type(session, self._page(token), self._clock(), self._tries)
        if found is None:
            return Opened(PageState.GONE, opened.language)
        right = hmac.compare_digest(digits_of(typed).encode(), self._stores.marks.one_time(found.nonce).encode())
        if right and found.matched and found.sent:
            return _opened(found, browser, PageState.DONE if await self._grant(found, notify) else PageState.GONE)
        return _opened(found, browser, PageState.WRONG if found.tries < self._tries else PageState.GONE)

    async def _grant(self, found: Challenge, notify: Notify) -> bool:
        """Use the page up, open the dossier to the conversation, and tell it: all of it or nothing."""
        wanted = found.wanted
        async with self._transactions.write() as session:
            now = self._clock()
            if not await self._stores.challenges.use(session, found.id, now):
                return False
            until = now + self._rules.access
            await self._stores.access.grant(session, found.person, found.code, "code", (now, until))
            asker = Asker(wanted.ref, now, wanted.source)
            await self._limits.proven(session, asker, parse_dossier_code(wanted.code), now, alone=False)
            try:
                await notify(session, wanted.ref, self._says(wanted.language, wanted.code, until), f"proof:{found.id}")
            except ChannelOffError:
                # They see it when they look again: the page has told them so.
                logger.info("A proof could not be told: its channel is switched off.")
            # Last: who tells of a dossier takes the conversation before the watch.
            await self._stores.watches.raise_level(session, wanted.ref, wanted.code)
        return True

    def _page(self, token: str) -> bytes:
        return self._stores.marks.page(token)


def _opened(found: Challenge | None, browser: str, state: PageState) -> Opened:
    if found is None:
        return Opened(PageState.GONE)
    wanted = found.wanted
    if wanted.browser and not hmac.compare_digest(wanted.browser, browser):
        return Opened(PageState.ELSEWHERE, wanted.language)
    return Opened(state, wanted.language, wanted.channel)
