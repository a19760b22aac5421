"""Files to citizens: uploaded once in six days, then sent by their token; else their link goes out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.channels.fetching import Fetcher
from bot.channels.untyped import words
from bot.channels.zalo_oa.client import CONSULT, ZaloOaClient
from bot.channels.zalo_oa.http import Answer
from bot.channels.zalo_oa.outcomes import EXPIRED_UPLOAD
from bot.channels.zalo_oa.render import TYPES, ending, file_message, link_message
from bot.channels.zalo_oa.store import ZaloOaStore
from bot.delivery.ports import Clock, Transactions

logger = logging.getLogger(__name__)

LARGEST = 5 * 1024 * 1024
KEPT = timedelta(days=6)
"""Zalo forgets an upload after seven days."""


class Files:
    """Sends files."""

    def __init__(
        self, client: ZaloOaClient, fetcher: Fetcher, store: ZaloOaStore, transactions: Transactions, clock: Clock
    ) -> None:
        """Take what uploads are made and remembered with."""
        self._client = client
        self._fetcher = fetcher
        self._store = store
        self._transactions = transactions
        self._clock = clock

    async def send(self, body: Mapping[str, Any]) -> Answer:
        """Send a file, or its link where Zalo does not take it; raises ``TokenError``."""
        recipient, name, url = dict(body["recipient"]), str(body["name"]), str(body["url"])
        kind = TYPES.get(ending(name), "")
        content = await self._fetcher.fetch(url, (kind,), LARGEST) if kind else None
        if content:
            digest = hashlib.sha256(name.encode() + b"\0" + content).hexdigest()
            for _ in range(2):
                token = await self._token(digest, name, content)
                if not token:
                    break
                answer = await self._client.message(CONSULT, file_message(recipient, token))
                if answer.code != EXPIRED_UPLOAD:
                    return answer
                async with self._transactions.write() as session:
                    await self._store.forget_upload(session, digest)
        return await self._client.message(CONSULT, link_message(recipient, name, url))

    async def _token(self, digest: str, name: str, content: bytes) -> str:
        """Return what Zalo calls the file; empty when it does not take it."""
        async with self._transactions.read() as session:
            known = await self._store.upload(session, digest, self._clock() - KEPT)
        if known:
            return known
        answer = await self._client.upload(name, content, TYPES.get(ending(name), "application/octet-stream"))
        token = words(answer.data.get("token"))
        if not answer.ok or not token:
            logger.warning("A file could not be uploaded (%s %s); its link is sent.", answer.code, answer.message)
            return ""
        async with self._transactions.write() as session:
            await self._store.keep_upload(session, digest, token, self._clock())
        return token
