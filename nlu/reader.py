"""Reads a message the best way that is there now: with Rasa, with the catalogue search when Rasa is away or behind."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Protocol

from nlu.catalogue.index import Index
from nlu.client import NluPort, NluUnavailable
from nlu.search_reader import search_reading, single_word_intent
from nlu.understanding import Understander, Understanding

UNSURE = 0.9
"""Confidence of an intent below which a bare "thôi" or "không" is taken at its word."""


class LiveIndex(Protocol):
    """Holds the search index of the live catalogue version."""

    @property
    def index(self) -> Index | None:
        """The index, or ``None`` while nothing is published."""
        ...


class Reader:
    """Reads messages; never fails, since the search always answers."""

    def __init__(self, nlu: NluPort | None, live: LiveIndex) -> None:
        """Use Rasa through ``nlu`` when given, and the live catalogue."""
        self._nlu = nlu
        self._live = live
        self._ranking = asyncio.Semaphore(1)

    async def read(self, text: str) -> Understanding:
        """Read one message."""
        if self._nlu is None:
            return await self._searched(text)
        try:
            read = await self._nlu.understand(text)
        except NluUnavailable:
            return await self._searched(text)
        return self._with_live_ranking(_with_cues(read))

    async def _searched(self, text: str) -> Understanding:
        """Read by the search: some milliseconds of work, one message at a time.

        Between two of them whatever else waits gets its turn, so that dozens of messages at once do not keep a platform
        waiting for its acknowledgement.
        """
        async with self._ranking:
            await asyncio.sleep(0)
            return search_reading(text, self._live.index)

    def _with_live_ranking(self, read: Understanding) -> Understanding:
        """Rank again when Rasa ranked with another index than the live one; the rest of its reading stays."""
        index = self._live.index
        if index is None or not read.text or read.index_identity == index.identity:
            return read
        ranking = index.rank(read.text)
        return dataclasses.replace(
            read,
            candidates=ranking.candidates,
            in_scope=ranking.in_scope,
            catalogue_version=index.version,
            index_identity=index.identity,
            by=Understander.RASA,
            scores=ranking.features,
        )


def _with_cues(read: Understanding) -> Understanding:
    """Take a bare yes, no or stop at its word where the learned classifier was not sure."""
    word = single_word_intent(read.text)
    if word is not None and read.confidence < UNSURE:
        return dataclasses.replace(read, intent=word, confidence=UNSURE, aspects=())
    return read
