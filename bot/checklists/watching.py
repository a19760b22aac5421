"""Tells people that a newly published catalogue changes what they have to bring."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import Choice, Ref, Reply, Template
from bot.checklists.store import ChecklistStore, Saved
from bot.delivery.errors import ChannelOffError
from bot.delivery.ports import Clock, Transactions
from bot.dialogue.texts import Texts
from bot.tracebacks import where
from nlu.answers.checklist import make_checklist
from nlu.catalogue.model import Procedure

logger = logging.getLogger(__name__)

BATCH = 100
"""Checklists compared in one transaction."""
PAUSE = 20.0
"""Seconds between two looks for a new version."""


class Live(Protocol):
    """The live catalogue."""

    @property
    def number(self) -> int:
        """Number of the live version."""
        ...

    async def get(self, code: str) -> Procedure | None:
        """Return one procedure."""
        ...


Notify = Callable[[AsyncSession, Ref, Reply, str, Template | None], Awaitable[bool]]
"""Says something first, once per key, where need be by an approved form."""


class ChecklistWatch:
    """Compares saved checklists with the live catalogue, each once per version."""

    def __init__(
        self,
        transactions: Transactions,
        store: ChecklistStore,
        catalogue: Live,
        texts: Texts,
        notify: Notify,
        clock: Clock,
    ) -> None:
        """Take where checklists are kept, what they are compared with, and how people are told."""
        self._transactions = transactions
        self._store = store
        self._catalogue = catalogue
        self._texts = texts
        self._notify = notify
        self._clock = clock

    async def look(self) -> int:
        """Compare all checklists that the live version was not compared with yet; tell how many people were told."""
        version, told = self._catalogue.number, 0
        while True:
            async with self._transactions.write() as session:
                batch = await self._store.not_compared(session, version, BATCH)
                for ref, saved in batch:
                    if saved is not None and await self._told(session, saved, version):
                        told += 1
                    await self._store.compared(session, ref, version)
            if len(batch) < BATCH:
                return told

    async def run(self, sleep: Callable[[float], Awaitable[None]] = rest) -> None:
        """Look again and again until cancelled."""
        seen = -1
        while True:
            try:
                if self._catalogue.number != seen:
                    version = self._catalogue.number
                    told = await self.look()
                    seen = version
                    if told:
                        logger.info("Told %d people that their checklist changed.", told)
            except Exception as error:
                said = "Saved checklists could not be compared (%s); it is tried again.\n%s"
                logger.error(said, type(error).__name__, where(error))
            await sleep(PAUSE)

    async def _told(self, session: AsyncSession, saved: Saved, version: int) -> bool:
        try:
            return await self._changed(session, saved, version)
        except ChannelOffError:
            # What they saw stays noted: the next version tells them, should their channel be on again.
            return False

    async def _changed(self, session: AsyncSession, saved: Saved, version: int) -> bool:
        """Tell the person when their list is not what they saw; each change once."""
        ticked = saved.ticked
        procedure = await self._catalogue.get(ticked.procedure)
        now = make_checklist(procedure, ticked.wishes).fingerprint if procedure else ""
        if now == ticked.fingerprint:
            return False
        key = "utter_list_changed" if procedure else "utter_list_gone"
        texts = self._texts.speaking(saved.ticked.language)
        name = procedure.name if procedure else ticked.name or ticked.procedure
        choices = (Choice("do:list", texts.render("utter_button_list_show")),) if procedure else ()
        place = hashlib.sha256(repr(saved.ref).encode()).hexdigest()[:16]
        reply = Reply(texts.render(key, name=name), choices)
        template = Template("checklist" if procedure else "checklist_gone", {"procedure": name})
        said = await self._notify(session, saved.ref, reply, f"list:{place}:{version}:{now}", template)
        # What was told is what the person has seen: the next version is compared with it.
        seen = msgspec.structs.replace(ticked, fingerprint=now)
        await self._store.keep(session, saved.ref, seen, version, self._clock())
        return said
