"""Asks one province's one-stop system for a dossier: at its pace, again when it stumbles, and not at all while it is down."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import HALF_OPENED, OpenedState
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt

from bot.delivery.pacing import Buckets, Rate
from bot.dossiers.ports import SourceDownError
from bot.dossiers.record import Record
from bot.dossiers.sources.asking import Answer, Asking, Http
from bot.dossiers.sources.authorising import Authorises
from bot.dossiers.sources.errors import NonsenseError, PassingError
from bot.dossiers.sources.reading import Reader
from bot.dossiers.sources.shapes import SourceShape
from nlu.codes import DossierCode

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.2
"""Longest pause before the second try; doubled for each further one, and a random part of it taken."""
PATIENCE = 2.0
"""Longest pause that somebody who waits is made to bear; a source that asks for more is left alone meanwhile."""
BURST = 1.0


@dataclass(frozen=True)
class Times:
    """Time and chance."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ticks: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random.random


class OneStop:
    """The client of one system."""

    def __init__(self, shape: SourceShape, http: Http, auth: Authorises, reader: Reader, times: Times) -> None:
        """Take the mapping and what requests are made with."""
        self._shape = shape
        self._http = http
        self._auth = auth
        self._reader = reader
        self._times = times
        self._breakers = AsyncCircuitBreakerFactory(shape.failures, shape.rest_seconds, [NonsenseError])
        self._places = asyncio.Semaphore(shape.side_by_side)
        self._bucket = Buckets(Rate(max(1, round(shape.per_second)), max(BURST, BURST / shape.per_second)), times.ticks)
        self._left_alone_until = 0.0

    async def ask(self, code: DossierCode) -> Record | None:
        """Return a dossier as the system knows it now; ``None`` when there is none.

        Raises:
            SourceDownError: it cannot be asked now, or answers nonsense.
        """
        if self._left_alone_until - self._times.ticks() > PATIENCE:
            raise SourceDownError("it asked to be left alone for a while")
        breaker = await self._breakers.get_breaker(self._shape.name)
        if breaker.context.state == HALF_OPENED:
            raise SourceDownError("it was down a moment ago, and somebody is trying it")
        try:
            async with breaker:
                return await self._within_time(code)
        except OpenedState as error:
            raise SourceDownError("it failed several times in a row and is left alone for a moment") from error

    async def _within_time(self, code: DossierCode) -> Record | None:
        try:
            async with asyncio.timeout(self._shape.total_seconds):
                return await self._tried(code)
        except TimeoutError as error:
            raise PassingError("no answer in time") from error

    async def _tried(self, code: DossierCode) -> Record | None:
        find = self._shape.find
        again = find.method == "GET" if find.repeatable is None else find.repeatable
        tries = AsyncRetrying(
            sleep=self._times.sleep,
            stop=stop_after_attempt(self._shape.tries if again else 1),
            wait=self._pause,
            retry=retry_if_exception_type(PassingError),
            reraise=True,
        )
        return await tries(self._once, code)

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, PassingError) else None
        if asked is not None and asked > PATIENCE:
            raise SourceDownError(f"it asked to be left alone for {asked:.0f} seconds") from error
        return float(max(asked or 0.0, FIRST_PAUSE * 2.0 ** (state.attempt_number - 1) * self._times.random()))

    async def _once(self, code: DossierCode) -> Record | None:
        answer = await self._signed(code)
        if answer.status in self._shape.answer.not_found.status:
            return None
        if answer.status in (401, 403):
            raise SourceDownError(f"HTTP {answer.status}: it refuses us; look at auth and its secret")
        if not 200 <= answer.status < 300:
            raise SourceDownError(f"HTTP {answer.status}")
        return self._reader.read(code, answer.body)

    async def _signed(self, code: DossierCode) -> Answer:
        headers = await self._auth.headers()
        answer = await self._call(code, headers)
        if answer.status != 401 or not self._auth.refused(headers):
            return answer
        return await self._call(code, await self._auth.headers())

    async def _call(self, code: DossierCode, headers: Mapping[str, str]) -> Answer:
        async with self._places:
            seconds = max(self._bucket.reserve(""), self._left_alone_until - self._times.ticks())
            if seconds > 0:
                await self._times.sleep(seconds)
            try:
                return await self._http.ask(self._asking(code, headers))
            except PassingError as error:
                if error.retry_after is not None:
                    self._left_alone_until = self._times.ticks() + error.retry_after
                raise

    def _asking(self, code: DossierCode, headers: Mapping[str, str]) -> Asking:
        find = self._shape.find
        parts = {"code": code.text, "unit": code.unit, "level1": code.level1, "number": code.number}
        # A code holds letters, digits, dots and dashes alone; quoted all the same, for the path is no place for trust.
        path = find.path.format_map({name: quote(part, safe="") for name, part in parts.items()})
        return Asking(
            find.method,
            self._shape.base_url.rstrip("/") + path,
            {**self._shape.headers, **headers},
            {name: value.format_map(parts) for name, value in find.query.items()},
            _filled(find.json, parts),
            _filled(find.form, parts),
        )


def _filled(value: Any, parts: Mapping[str, str]) -> Any:
    """Fill the parts of a code into every text inside lists and mappings."""
    if isinstance(value, str):
        return value.format_map(parts)
    if isinstance(value, Mapping):
        return {key: _filled(one, parts) for key, one in value.items()}
    return [_filled(one, parts) for one in value] if isinstance(value, list) else value
