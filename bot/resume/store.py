"""Keeps resume codes within the caller's transaction; never commits."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import CursorResult, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.privacy.held import Held
from bot.resume.snapshot import Snapshot
from bot.resume.tables import resume_code
from feedback.sealed import SealedColumn

VALID = timedelta(days=7)
"""How long a code may be used."""
KEPT = timedelta(days=30)
"""How long a used or expired code is remembered, so that it can be told from one that never was."""


class ResumeStore:
    """Single-use codes; only their keyed hashes are kept, and what they carry is sealed. See ``HoldsData``."""

    name = "resume codes"
    tables = frozenset({resume_code.name})

    def __init__(self, cipher: Cipher, key: str) -> None:
        """Take the cipher and the secret under which codes are hashed."""
        self._cipher = cipher
        self._key = hashlib.sha256(b"motcua: resume codes" + key.encode()).digest()

    async def issue(self, session: AsyncSession, code: str, snapshot: Snapshot, ref: Ref, now: datetime) -> None:
        """Keep what a new code carries."""
        digest = self._digest(code)
        sealed = self._cipher.seal(msgspec.json.encode(snapshot), _about(digest))
        row = {
            "digest": digest,
            "snapshot": sealed,
            "holder": self._holder(ref),
            "channel": ref.channel,
            "created_at": now,
            "expires_at": now + VALID,
        }
        await session.execute(insert(resume_code).values(**row))

    async def peek(self, session: AsyncSession, code: str, now: datetime) -> Snapshot | None:
        """Return what a code carries without using it; ``None`` for one that is unknown, used or expired."""
        digest = self._digest(code)
        chosen = select(resume_code.c.snapshot).where(
            resume_code.c.digest == digest, resume_code.c.used_at.is_(None), resume_code.c.expires_at > now
        )
        sealed = (await session.execute(chosen)).scalar_one_or_none()
        if sealed is None:
            return None
        try:
            return msgspec.json.decode(self._cipher.open(sealed, _about(digest)), type=Snapshot)
        except (UnreadableError, msgspec.MsgspecError):
            return None

    async def use(self, session: AsyncSession, code: str, now: datetime) -> bool:
        """Use a code up; false when somebody else did so meanwhile, or it expired."""
        open_one = update(resume_code).where(
            resume_code.c.digest == self._digest(code),
            resume_code.c.used_at.is_(None),
            resume_code.c.expires_at > now,
        )
        result = await session.execute(open_one.values(used_at=now, snapshot=None, holder=None))
        return isinstance(result, CursorResult) and result.rowcount == 1

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        unused = select(func.count()).select_from(resume_code).where(resume_code.c.holder == self._holder(ref))
        count = (await session.execute(unused)).scalar_one()
        return [Held("utter_held_codes", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        await session.execute(delete(resume_code).where(resume_code.c.holder == self._holder(ref)))

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete codes that expired long ago; tell how many."""
        result = await session.execute(delete(resume_code).where(resume_code.c.expires_at < now - KEPT))
        return result.rowcount if isinstance(result, CursorResult) else 0

    def _holder(self, ref: Ref) -> bytes:
        # The channel's id of a conversation is not kept beside what another channel takes up.
        return hmac.digest(self._key, f"holder:{ref.channel}:{ref.account}:{ref.conversation}".encode(), "sha256")

    def _digest(self, code: str) -> bytes:
        return hmac.digest(self._key, code.encode(), "sha256")


def _about(digest: bytes) -> str:
    return f"resume:{digest.hex()}"


SEALED = (SealedColumn(resume_code, "snapshot", lambda row: _about(row.digest)),)
