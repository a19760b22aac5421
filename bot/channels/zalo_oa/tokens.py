"""Keeps one account's tokens good: one renewal at a time over all processes, stored before use, early, with alarm.

A refresh token is good for one use and its pair is dead at once, so a renewal must never run twice side by side, and what
it brought must be on disk before anything is sent with it.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.store import KeptPair, Pair, ZaloOaStore
from bot.delivery.ports import Clock, Sleep, Transactions

logger = logging.getLogger(__name__)

EARLY = timedelta(hours=5)
"""How long before its end an access token is renewed: at about twenty of its twenty-five hours."""
LEASE = timedelta(seconds=60)
"""How long another process waits for one that renews and does not come back."""
PAUSE = timedelta(minutes=5)
"""Between tries while Zalo refuses or is away."""
LOOKS = 20
"""How often a process looks for the pair that another one is fetching, one second apart."""
SAVES = 5
MISSING = "there are no tokens; give them with `motcua zalo tokens`"

Alarm = Callable[[str], None]
"""Tells a person that they must act."""


def log_alarm(message: str) -> None:
    """Write an alarm to the log."""
    logger.error("ALARM: %s", message)


class TokenKeeper:
    """One account's tokens in this process."""

    def __init__(
        self,
        store: ZaloOaStore,
        transactions: Transactions,
        oauth: OAuth,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        alarm: Alarm = log_alarm,
    ) -> None:
        """Take where the pairs are kept and where new ones come from."""
        self._store = store
        self._transactions = transactions
        self._oauth = oauth
        self._clock = clock
        self._sleep = sleep
        self._alarm = alarm
        self._me = uuid.uuid4().hex
        self._lock = asyncio.Lock()
        self._renewals: set[asyncio.Task[KeptPair]] = set()
        self._known: KeptPair | None = None
        self._unsaved: Pair | None = None
        self._try_again_at: datetime | None = None

    async def current(self) -> KeptPair:
        """Return a pair that should be good, renewing it when it is getting old.

        Raises:
            TokenError: there is none.
        """
        kept = self._known or await self._load()
        if self._unsaved is None and kept.pair.expires_at - self._clock() > EARLY:
            return kept
        try:
            return await self.renewed(kept)
        except TokenError:
            # The old access token serves until its own end.
            if kept.pair.expires_at > self._clock():
                return kept
            raise

    async def renewed(self, refused: KeptPair) -> KeptPair:
        """Return a newer pair than one that is old or was refused.

        A caller that is cancelled does not stop the renewal: the pair that it brings would be lost.

        Raises:
            TokenError: Zalo gives none at present.
        """
        renewal = asyncio.create_task(self._renewed(refused), name="zalo tokens")
        self._renewals.add(renewal)
        renewal.add_done_callback(self._ended)
        return await asyncio.shield(renewal)

    async def close(self) -> None:
        """Wait for renewals in hand; call before the database and the client session close."""
        if self._renewals:
            await asyncio.wait(set(self._renewals))

    def _ended(self, renewal: asyncio.Task[KeptPair]) -> None:
        self._renewals.discard(renewal)
        if not renewal.cancelled():
            renewal.exception()  # Looked at, for a caller that was cancelled does not.

    async def _renewed(self, refused: KeptPair) -> KeptPair:
        async with self._lock:
            if self._unsaved is not None:
                return await self._save(self._unsaved)
            kept = await self._load()
            if kept.version != refused.version:
                return kept
            now = self._clock()
            if self._try_again_at is not None and now < self._try_again_at:
                raise TokenError("renewing failed a moment ago; it is tried again soon", passing=True)
            async with self._transactions.write() as session:
                mine = await self._store.lease(session, kept.version, self._me, now, now + LEASE)
            return await (self._renew(kept) if mine else self._await_other(kept))

    async def stored(self) -> KeptPair:
        """Return the pair in the database, however old; raises ``TokenError`` when there is none."""
        return await self._load()

    async def take(self, pair: Pair) -> KeptPair:
        """Store a pair that a person or a consent brought."""
        async with self._lock:
            self._try_again_at = None
            return await self._save(pair)

    async def _renew(self, kept: KeptPair) -> KeptPair:
        try:
            pair = await self._oauth.renew(kept.pair.refresh)
        except TokenError as error:
            now = self._clock()
            self._try_again_at = now + PAUSE
            async with self._transactions.write() as session:
                await self._store.failed(session, kept.version, str(error), now)
            advice = "it is tried again" if error.passing else "give new ones with `motcua zalo tokens`"
            self._alarm(f"The tokens of the Zalo Official Account could not be renewed: {error}; {advice}.")
            raise
        return await self._save(pair)

    async def _save(self, pair: Pair) -> KeptPair:
        """Store a pair before anybody may use it; while the database refuses, it is held and nothing is sent."""
        self._unsaved = pair
        for number in range(SAVES):
            try:
                async with self._transactions.write() as session:
                    kept = await self._store.keep(session, pair, self._clock())
            except (SQLAlchemyError, OSError):
                logger.exception("New Zalo tokens could not be stored; nothing is sent with them before they are.")
                await self._sleep(0.2 * 2**number)
                continue
            # Only now: while it was being committed, others read the pair before it.
            self._known = kept
            self._unsaved = None
            self._try_again_at = None
            return kept
        self._alarm("New tokens of the Zalo Official Account cannot be stored; they are lost if the process ends now.")
        raise TokenError("new tokens cannot be stored", passing=True)

    async def _await_other(self, kept: KeptPair) -> KeptPair:
        for _ in range(LOOKS):
            await self._sleep(1.0)
            found = await self._load()
            if found.version != kept.version:
                return found
            if found.failed_at is not None and found.failed_at != kept.failed_at:
                raise TokenError("another process could not renew the tokens", passing=True)
        raise TokenError("another process is renewing the tokens", passing=True)

    async def _load(self) -> KeptPair:
        async with self._transactions.read() as session:
            found = await self._store.pair(session)
        if found is None:
            raise TokenError(MISSING, passing=False)
        if self._known is None or self._known.version <= found.version:
            # What was read before a renewal ended comes after it at times.
            self._known = found
        return found
