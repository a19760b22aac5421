"""Keeps what senders attach: examined and written to disk first, noted after; what a crash leaves in between is swept."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, NotAllowedError, Role
from feedback.attachments.examining import Examined, Examiner, Verdict
from feedback.attachments.files import SealedFiles
from feedback.attachments.kinds import Refusal
from feedback.attachments.names import clean_name
from feedback.attachments.store import Attachment, AttachmentStore, ScanState
from feedback.case import Case
from feedback.disclosure import Disclosure
from feedback.register_store import NoSuchRecordError

SEES = (Role.RECEIVER, Role.HANDLER, Role.APPROVER)
"""Officials who may open a record's files."""
STRAY_SECONDS = 3600.0
"""Age at which a file that nobody noted belongs to no transaction that still runs."""
_AT_ONCE = 200


@dataclass(frozen=True)
class Limits:
    """How much one draft or record may have; see ``feedback.office.Policy``."""

    files: int = 5
    bytes: int = 10 * 1024 * 1024
    """Of one file."""


@dataclass(frozen=True)
class Attachments:
    """The files of one installation."""

    store: AttachmentStore
    files: SealedFiles
    examiner: Examiner
    limits: Limits = Limits()
    new_id: Callable[[], str] = lambda: secrets.token_hex(16)

    async def examine(self, content: bytes) -> Examined | Refusal:
        """Look at a file; takes up to seconds, so do it before a transaction begins."""
        return await self.examiner.examine(content, self.limits.bytes)

    async def write(self, found: Examined) -> str:
        """Write an examined file to disk before a transaction begins, so that none waits for the disk; return its id."""
        id = self.new_id()
        await asyncio.to_thread(self.files.write, id, found.content)
        return id

    async def add(
        self, session: AsyncSession, draft: str, name: str, found: Examined, at: datetime, written: str = ""
    ) -> Attachment | Refusal:
        """Keep an examined file for a draft; the very same one twice is kept once.

        Args:
            session: the caller's.
            draft: whose it is.
            name: as the sender called it.
            found: what is kept.
            at: now.
            written: id under which it is on disk already; what is not noted then is swept.
        """
        await self.store.hold(session, draft)
        there = await self.store.of_draft(session, draft)
        twin = next((one for one in there if one.sha256 == found.sha256), None)
        if twin is not None:
            return twin
        if len(there) >= self.limits.files:
            return Refusal.TOO_MANY
        state = ScanState.CLEAN if found.verdict is Verdict.CLEAN else ScanState.PENDING
        called = clean_name(name, found.kind)
        id = written or await self.write(found)
        one = Attachment(id, called, found.kind, len(found.content), found.sha256, state, at, draft=draft)
        await self.store.add(session, one)
        return one

    async def add_to_open(
        self, session: AsyncSession, draft: str, name: str, found: Examined, at: datetime, written: str = ""
    ) -> Attachment | Refusal:
        """Keep an examined file unless its draft was sent or dropped meanwhile: nobody would ever find it then."""
        if not await self.store.hold(session, draft):
            return Refusal.GONE
        return await self.add(session, draft, name, found, at, written)

    async def keep(
        self, session: AsyncSession, draft: str, name: str, content: bytes, at: datetime
    ) -> Attachment | Refusal:
        """Examine a file and keep it for a draft: both at once, for small ones and for tests."""
        found = await self.examine(content)
        return found if isinstance(found, Refusal) else await self.add(session, draft, name, found, at)

    async def of_draft(self, session: AsyncSession, draft: str) -> Sequence[Attachment]:
        """Return a draft's files."""
        return await self.store.of_draft(session, draft)

    async def of_record(self, session: AsyncSession, record: int) -> Sequence[Attachment]:
        """Return a record's files that may be passed on: all but those that a scanner refused."""
        there = await self.store.of_record(session, record)
        return [one for one in there if one.state is not ScanState.REFUSED]

    async def all_of_record(self, session: AsyncSession, record: int) -> Sequence[Attachment]:
        """Return a record's files with what is known of them, as officials see them listed."""
        return await self.store.of_record(session, record)

    async def adopt(self, session: AsyncSession, draft: str, record: int) -> int:
        """Give a draft's files to the record that was made of it; return how many they are."""
        return await self.store.adopt(session, draft, record)

    async def leave_out(self, session: AsyncSession, draft: str, id: str) -> bool:
        """Take a file off a draft again; tell whether it was there."""
        one = await self.store.get(session, id)
        if one is None or one.draft != draft:
            return False
        await self.store.drop(session, [id])
        return True

    async def drop_draft(self, session: AsyncSession, draft: str) -> int:
        """Take all files off a draft that is cancelled or too old; return how many they were."""
        there = await self.store.of_draft(session, draft)
        await self.store.drop(session, [one.id for one in there])
        return len(there)

    async def drop_record(self, session: AsyncSession, record: int) -> int:
        """Forget a record's files, as retention asks; return how many they were."""
        there = await self.store.of_record(session, record)
        await self.store.drop(session, [one.id for one in there])
        return len(there)

    async def open(
        self, session: AsyncSession, actor: Actor, case: Case, id: str, disclosure: Disclosure, day: date
    ) -> tuple[Attachment, bytes]:
        """Return a record's file to an official; ``feedback.attachments.handing_out`` notes it in the log.

        Raises:
            NotAllowedError: the actor lacks the role, the sender is hidden from them, or a scanner refused the file.
            NoSuchRecordError: the record has no such file, or is not this actor's.
        """
        actor.require(*SEES)
        if not disclosure.may_open(actor, case, day):
            raise NoSuchRecordError(f"no record {case.id}")
        if disclosure.is_veiled(actor, case, day):
            raise NotAllowedError("a photograph may show who sent it: not for those of whom the record is about")
        one = await self.store.get(session, id)
        if one is None or one.record != case.id:
            raise NoSuchRecordError(f"record {case.register_number} has no such attachment")
        if one.state is ScanState.REFUSED:
            raise NotAllowedError("the scanner found something in this file; it is not handed out")
        return one, await asyncio.to_thread(self.files.read, id)

    async def sweep(self, session: AsyncSession, older_than: float = STRAY_SECONDS) -> int:
        """Delete files that no row knows: of crashes, and of what was dropped. Return how many."""
        found = await asyncio.to_thread(self.files.strays, older_than)
        gone: list[str] = []
        for place in range(0, len(found), _AT_ONCE):
            some = found[place : place + _AT_ONCE]
            known = await self.store.known(session, some)
            gone += [id for id in some if id not in known]
        await asyncio.to_thread(self.files.drop, gone)
        return len(gone)
