"""Keeps tries to prove oneself until they are answered, within the caller's transaction; never commits."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import CursorResult, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.dossiers.access.marks import Marks
from bot.dossiers.access.tables import challenge
from feedback.sealed import SealedColumn

NONCE_BYTES = 16
AT_ONCE = 20
"""Tries looked at in one round."""
LEASE = timedelta(seconds=90)
"""After so long, whoever began to send is taken for dead; the same code is then sent once more."""
REPEATED = timedelta(minutes=1)
"""Within so long the same try is a repeated turn, not another one."""


class State(StrEnum):
    """How far a try has come in the background."""

    WAITING = "waiting"
    SENDING = "sending"
    DONE = "done"


class Wanted(msgspec.Struct, frozen=True):
    """What a try is about; sealed."""

    channel: str
    account: str
    conversation: str
    code: str
    fact: bytes
    """Keyed hash of the digits on this dossier; the digits themselves are not kept."""
    browser: str
    language: str
    source: str = ""

    @property
    def ref(self) -> Ref:
        """The conversation."""
        return Ref(self.channel, self.account, self.conversation)


@dataclass(frozen=True)
class Challenge:
    """A try."""

    id: int
    wanted: Wanted
    nonce: bytes
    person: bytes
    code: bytes
    matched: bool
    """Whether fact and dossier agree, as far as it was looked at."""
    sent: bool
    attempts: int
    tries: int
    expires_at: datetime


class ChallengeStore:
    """Tries, sealed; one-time codes and pages stand in none of them."""

    def __init__(self, cipher: Cipher, marks: Marks, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        """Take the cipher, the keyed hashes, and a source of nonces that cannot be guessed."""
        self._cipher = cipher
        self._marks = marks
        self._random = random

    async def begin(self, session: AsyncSession, wanted: Wanted, now: datetime, expires_at: datetime) -> bytes:
        """Keep a try in place of the person's earlier ones; a repeated one stays. Returns its nonce.

        Whatever the code and the fact are: the statements are the same ones.
        """
        person, code = self._marks.person(wanted.ref), self._marks.dossier(wanted.code)
        attempt = self._marks.of("attempt", person.hex(), wanted.code, wanted.fact.hex())
        open_ones = (challenge.c.person == person, challenge.c.used_at.is_(None), challenge.c.expires_at > now)
        same = select(challenge.c.nonce).where(
            *open_ones, challenge.c.attempt == attempt, challenge.c.created_at > now - REPEATED
        )
        if (nonce := await session.scalar(same.order_by(challenge.c.id.desc()).limit(1))) is not None:
            return bytes(nonce)
        await session.execute(update(challenge).where(*open_ones).values(expires_at=now, state=State.DONE.value))
        nonce = self._random(NONCE_BYTES)
        page = self._marks.page(self._marks.token(nonce))
        row = {
            "page": page,
            "person": person,
            "code": code,
            "attempt": attempt,
            "nonce": nonce,
            "body": self._cipher.seal(msgspec.json.encode(wanted), _about(page)),
            "state": State.WAITING.value,
            "attempts": 0,
            "tries": 0,
            "created_at": now,
            "due_at": now,
            "expires_at": expires_at,
        }
        await session.execute(insert(challenge).values(row))
        return nonce

    async def last(self, session: AsyncSession, person: bytes, now: datetime) -> Challenge | None:
        """Return the try that a person last began, while it is open."""
        chosen = select(challenge).where(
            challenge.c.person == person, challenge.c.used_at.is_(None), challenge.c.expires_at > now
        )
        row = (await session.execute(chosen.order_by(challenge.c.id.desc()).limit(1))).mappings().first()
        return self._opened(row) if row is not None else None

    async def at_page(self, session: AsyncSession, page: bytes, now: datetime, most: int) -> Challenge | None:
        """Return the open try behind a page, while a code may still be typed there."""
        chosen = select(challenge).where(*_open(page, now, most))
        row = (await session.execute(chosen)).mappings().first()
        return self._opened(row) if row is not None else None

    async def type(self, session: AsyncSession, page: bytes, now: datetime, most: int) -> Challenge | None:
        """Count a code that is typed; ``None`` where none may be typed any more."""
        counted = update(challenge).where(*_open(page, now, most)).values(tries=challenge.c.tries + 1)
        row = (await session.execute(counted.returning(*challenge.c))).mappings().first()
        return self._opened(row) if row is not None else None

    async def use(self, session: AsyncSession, id: int, now: datetime) -> bool:
        """Use a try up; false when that was done meanwhile."""
        used = update(challenge).where(challenge.c.id == id, challenge.c.used_at.is_(None))
        result = await session.execute(used.values(used_at=now, state=State.DONE.value))
        return isinstance(result, CursorResult) and result.rowcount == 1

    async def any_due(self, session: AsyncSession, now: datetime) -> bool:
        """Tell whether something waits to be looked at."""
        return (await session.execute(select(challenge.c.id).where(*_due(now)).limit(1))).first() is not None

    async def claim(self, session: AsyncSession, now: datetime) -> Sequence[Challenge]:
        """Take what waits to be looked at; another process takes it only once this one must be dead."""
        chosen = select(challenge).where(*_due(now)).order_by(challenge.c.due_at).limit(AT_ONCE)
        rows = (await session.execute(chosen.with_for_update(skip_locked=True))).mappings().all()
        taken = update(challenge).where(challenge.c.id.in_([row["id"] for row in rows]))
        begun = {"state": State.SENDING.value, "due_at": now + LEASE, "attempts": challenge.c.attempts + 1}
        await session.execute(taken.values(begun))
        return [self._opened(row) for row in rows]

    async def done(
        self, session: AsyncSession, id: int, *, matched: bool | None, sent_at: datetime | None = None
    ) -> None:
        """Note what came of a try: whether it agrees with the dossier, and whether a code was sent."""
        ended = update(challenge).where(challenge.c.id == id)
        await session.execute(ended.values(state=State.DONE.value, matched=matched, sent_at=sent_at))

    async def later(
        self, session: AsyncSession, id: int, matched: bool | None, due_at: datetime, *, again: bool = False
    ) -> None:
        """Look at a try again later; with ``again`` as if sending had not been begun yet."""
        moved = update(challenge).where(challenge.c.id == id, challenge.c.state == State.SENDING.value)
        values = {"state": State.WAITING.value, "matched": matched, "due_at": due_at}
        await session.execute(moved.values(values | ({"attempts": 0} if again else {})))

    async def end(self, session: AsyncSession, person: bytes) -> None:
        """Delete a person's tries."""
        await session.execute(delete(challenge).where(challenge.c.person == person))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete tries that expired; tell how many."""
        gone = await session.execute(delete(challenge).where(challenge.c.expires_at <= now))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    def _opened(self, row: Any) -> Challenge:
        wanted = msgspec.json.decode(self._cipher.open(row["body"], _about(row["page"])), type=Wanted)
        return Challenge(
            row["id"],
            wanted,
            row["nonce"],
            row["person"],
            row["code"],
            bool(row["matched"]),
            row["sent_at"] is not None,
            row["attempts"],
            row["tries"],
            row["expires_at"],
        )


def _open(page: bytes, now: datetime, most: int) -> tuple[Any, ...]:
    columns = challenge.c
    return columns.page == page, columns.used_at.is_(None), columns.expires_at > now, columns.tries < most


def _due(now: datetime) -> tuple[Any, ...]:
    states = (State.WAITING.value, State.SENDING.value)
    return challenge.c.state.in_(states), challenge.c.due_at <= now, challenge.c.expires_at > now


def _about(page: bytes) -> str:
    return f"dossier challenge:{page.hex()}"


SEALED = (SealedColumn(challenge, "body", lambda row: _about(row.page), (challenge.c.page,)),)
