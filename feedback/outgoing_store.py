"""What leaves the register, in the transaction of its cause: notices, letters and reminders wait here until they are handed on.

So a step needs no channel that is open, and may be made by a command while another process talks to the channels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.inserting import insertion
from feedback.ports import Mail, Notice, Seals
from feedback.record import Address
from feedback.reminders import Reminder
from feedback.sealed import SealedColumn, tried
from feedback.tables import outgoing


@dataclass(frozen=True)
class ToTell:
    """A notice for a conversation."""

    to: Address
    notice: Notice
    language: str


@dataclass(frozen=True)
class ToRemind:
    """A reminder for a unit."""

    unit: str
    reminder: Reminder


Leaving: TypeAlias = ToTell | Mail | ToRemind
_KINDS: dict[str, type[Any]] = {"notice": ToTell, "mail": Mail, "reminder": ToRemind}


@dataclass(frozen=True)
class Waiting:
    """Something that waits to be handed on."""

    id: int
    key: str
    what: Leaving | None
    """``None``: it cannot be opened."""


class OutgoingStore:
    """See ``HoldsNotices``, ``SendsMail`` and ``RemindsUnit``."""

    def __init__(self, seals: Seals, clock: Callable[[], datetime]) -> None:
        self._seals = seals
        self._clock = clock

    async def tell(self, session: AsyncSession, to: Address, notice: Notice, language: str) -> None:
        """See ``Tells.tell``."""
        await self._put(session, notice.key, "notice", ToTell(to, notice, language), notice.held_until)

    async def release(self, session: AsyncSession, start: str) -> None:
        """See ``HoldsNotices.release``."""
        await session.execute(update(outgoing).where(*_held(start)).values(held_until=None))

    async def drop(self, session: AsyncSession, start: str) -> int:
        """See ``HoldsNotices.drop``."""
        gone = delete(outgoing).where(*_held(start)).returning(outgoing.c.id)
        return len((await session.execute(gone)).all())

    async def send(self, session: AsyncSession, mail: Mail) -> None:
        """See ``SendsMail.send``."""
        await self._put(session, mail.key, "mail", mail)

    async def remind(self, session: AsyncSession, unit: str, reminder: Reminder) -> None:
        """See ``RemindsUnit.remind``."""
        key = f"remind.{reminder.record}.{reminder.rule[9:25]}.{reminder.stage:d}.{reminder.due_at:%y%m%d}"
        await self._put(session, key, "reminder", ToRemind(unit, reminder))

    async def waiting(self, session: AsyncSession, most: int) -> Sequence[Waiting]:
        """Return what waits, in the order in which it was caused."""
        due = or_(outgoing.c.held_until.is_(None), outgoing.c.held_until <= self._clock())
        chosen = select(outgoing).where(outgoing.c.failed.is_(None), due).order_by(outgoing.c.id).limit(most)
        return [self._waiting(row) for row in await session.execute(chosen)]

    async def handed_on(self, session: AsyncSession, waiting: Waiting) -> bool:
        """Drop what was handed on; false when another process did so meanwhile."""
        gone = delete(outgoing).where(outgoing.c.id == waiting.id).returning(outgoing.c.id)
        return (await session.execute(gone)).scalar_one_or_none() is not None

    async def failed(self, session: AsyncSession, waiting: Waiting, why: str) -> None:
        """Set aside what cannot be handed on; ``motcua feedback outgoing`` shows it."""
        await session.execute(update(outgoing).where(outgoing.c.id == waiting.id).values(failed=why[:80]))

    async def stuck(self, session: AsyncSession) -> Sequence[tuple[Waiting, str]]:
        """Return what was set aside, with why."""
        chosen = select(outgoing).where(outgoing.c.failed.is_not(None)).order_by(outgoing.c.id)
        return [(self._waiting(row), row.failed) for row in await session.execute(chosen)]

    async def count_stuck(self, session: AsyncSession) -> int:
        """Count what was set aside."""
        counted = select(func.count()).select_from(outgoing).where(outgoing.c.failed.is_not(None))
        return await session.scalar(counted) or 0

    async def retry(self, session: AsyncSession) -> int:
        """Let everything that was set aside wait again; tell how much it is."""
        again = update(outgoing).where(outgoing.c.failed.is_not(None)).values(failed=None).returning(outgoing.c.id)
        return len((await session.execute(again)).all())

    async def _put(
        self, session: AsyncSession, key: str, what: str, leaving: Leaving, held_until: datetime | None = None
    ) -> None:
        body = self._seals.seal(msgspec.msgpack.encode(leaving), _about(key))
        row = {"key": key, "what": what, "body": body, "at": self._clock(), "held_until": held_until}
        put = insertion(session, outgoing).values(row)
        await session.execute(put.on_conflict_do_nothing(index_elements=[outgoing.c.key]))

    def _waiting(self, row: Any) -> Waiting:
        # One row that cannot be read must not keep back everybody's news.
        return Waiting(row.id, row.key, tried(self._open, row))

    def _open(self, row: Any) -> Leaving:
        found: Leaving = msgspec.msgpack.decode(self._seals.open(row.body, _about(row.key)), type=_KINDS[row.what])
        return found


def _held(start: str) -> tuple[ColumnElement[bool], ...]:
    return outgoing.c.held_until.is_not(None), outgoing.c.key.startswith(start, autoescape=True)


def _about(key: str) -> str:
    return f"feedback outgoing {key}"


SEALED = (SealedColumn(outgoing, "body", lambda row: _about(row.key), (outgoing.c.key,)),)
