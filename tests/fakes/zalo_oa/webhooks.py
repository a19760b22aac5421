"""Posts events as Zalo does: signed, two seconds to answer, five more tries by the ladder, no promise of order or once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from tests.fakes.zalo_oa.clock import VirtualClock

LADDER = (30, 300, 900, 1800, 3600)
"""Seconds before each further try."""
PATIENCE = 2.0


@dataclass
class FakeWebhooks:
    """The sender of events."""

    app_id: str
    oa_key: str
    clock: VirtualClock
    session: aiohttp.ClientSession
    url: str = ""
    subscribed: bool = True
    duplicates: int = 1
    """How often each event is posted."""
    patience: float = PATIENCE
    statuses: list[int] = field(default_factory=list)
    """Of every try; 0 where nobody answered in time."""
    waiting: list[tuple[datetime, int, bytes, str]] = field(default_factory=list)

    async def post(self, event: Mapping[str, Any]) -> None:
        """Post an event; it is tried again when time passes."""
        raw = json.dumps(event, ensure_ascii=False).encode()
        for _ in range(self.duplicates):
            await self._try(raw, str(event["timestamp"]), 0)

    async def probe(self, raw: bytes = b"{}") -> int:
        """Try the address as the console does when it is saved."""
        return await self._ask(raw, {})

    async def due(self) -> None:
        """Try again what has waited long enough."""
        ready = sorted((one for one in self.waiting if one[0] <= self.clock()), key=lambda one: one[0])
        for one in ready:
            self.waiting.remove(one)
            await self._try(one[2], one[3], one[1])

    def sign(self, raw: bytes, timestamp: str) -> str:
        """Return the header's value."""
        digest = hashlib.sha256(self.app_id.encode() + raw + timestamp.encode() + self.oa_key.encode()).hexdigest()
        return f"mac={digest}"

    async def _try(self, raw: bytes, timestamp: str, number: int) -> None:
        if not self.subscribed:
            return
        headers = {"X-ZEvent-Signature": self.sign(raw, timestamp)}
        if number:
            headers["num_retry"] = str(number)
        if await self._ask(raw, headers) == 200:
            return
        if number == len(LADDER):
            self.subscribed = False
            return
        self.waiting.append((self.clock() + timedelta(seconds=LADDER[number]), number + 1, raw, timestamp))

    async def _ask(self, raw: bytes, headers: Mapping[str, str]) -> int:
        timeout = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with self.session.post(
                self.url, data=raw, headers={"Content-Type": "application/json", **headers}, timeout=timeout
            ) as response:
                status = response.status
        except (TimeoutError, aiohttp.ClientError):
            status = 0
        self.statuses.append(status)
        return status
