"""What happens on the page where a token is typed: the conversation that asked for it is linked, and told so."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref, Reply
from bot.delivery.errors import ChannelOffError
from bot.delivery.ports import Transactions
from bot.dossiers.organisations.page_store import MOST_TRIES, AskedPage, PageStore
from bot.dossiers.organisations.ports import LINKED_FOR
from bot.dossiers.organisations.store import Organisation, OrganisationStore
from bot.dossiers.organisations.tokens import TokenKeys, read_token

logger = logging.getLogger(__name__)

Tells = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key."""
Says = Callable[[str, str], Reply]
"""Gives what a linked conversation is told: in a language, with the organisation's name."""


class PageState(StrEnum):
    """What the page shows."""

    OPEN = "open"
    WRONG = "wrong"
    """No organisation has this token; another one may be typed."""
    DONE = "done"
    GONE = "gone"
    """Unknown, used, expired, or too many tokens were typed."""
    ELSEWHERE = "elsewhere"
    """Typed on another site's page."""


@dataclass(frozen=True)
class Opened:
    """The page: nothing of any organisation until its own token was typed."""

    state: PageState
    language: str = ""
    """Of the conversation; empty for unknown."""
    channel: str = ""
    """Where the page was asked for: who did not ask there should not type a token."""
    name: str = ""
    """Of the organisation, once its token was typed."""


@dataclass(frozen=True)
class Linking:
    """Opens pages and takes the tokens typed there."""

    store: OrganisationStore
    pages: PageStore
    keys: TokenKeys
    transactions: Transactions
    clock: Callable[[], datetime]
    says: Says

    async def open(self, secret: str) -> Opened:
        """Look at a page; nothing is used up by it: messengers open links to show a preview."""
        async with self.transactions.read() as session:
            found = await self.pages.find(session, secret, self.clock())
        return _opened(found, PageState.OPEN)

    async def type(self, secret: str, typed: str, tells: Tells) -> Opened:
        """Take a token: counted first, then compared."""
        async with self.transactions.write() as session:
            found = await self.pages.type(session, secret, self.clock())
        token = read_token(typed)
        if found is None or token is None:
            return _refused(found)
        async with self.transactions.write() as session:
            owner = await self.store.by_token(session, token)
            if owner is None:
                return _refused(found)
            await self._link(session, found, (owner, token), (self.keys.page(secret).hex(), tells))
        return Opened(PageState.DONE, found.language, found.ref.channel, owner.name)

    async def _link(
        self, session: AsyncSession, found: AskedPage, shown: tuple[Organisation, str], telling: tuple[str, Tells]
    ) -> None:
        """Use the page up, link the conversation, and tell it: all of it or nothing."""
        (owner, token), (key, tells) = shown, telling
        now = self.clock()
        await self.store.link(session, found.ref, token, now + LINKED_FOR, found.language)
        try:
            await tells(session, found.ref, self.says(found.language, owner.name), f"orgtoken:{key}")
        except ChannelOffError:
            # The page has told them; the conversation shows it when they ask there.
            logger.info("A link to an organisation could not be told: its channel is switched off.")


def _refused(found: AskedPage | None) -> Opened:
    left = found is not None and found.tries < MOST_TRIES
    return _opened(found, PageState.WRONG if left else PageState.GONE)


def _opened(found: AskedPage | None, state: PageState) -> Opened:
    return Opened(PageState.GONE) if found is None else Opened(state, found.language, found.ref.channel)
