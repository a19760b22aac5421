"""Keeps the versions of answers, sealed, within the caller's transaction; never commits and checks no rule."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.answer import Answer, Draft
from feedback.originals import Original, answer_of
from feedback.ports import Seals
from feedback.sealed import SealedColumn, opened_digest
from feedback.tables import answer

_PAGE = 1000


class AnswerStore:
    """The answers of one database."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    async def add(self, session: AsyncSession, record: int, given: Answer, by: str, at: datetime) -> Draft:
        """Keep a further version. Whoever calls has changed the record before: two do not write one version."""
        last = await self.latest(session, record)
        draft = Draft(record, last.version + 1 if last else 1, given, by, at)
        await session.execute(
            insert(answer).values(
                record=record,
                version=draft.version,
                body=self._seals.seal(msgspec.msgpack.encode(given), _about(record, draft.version)),
                whole=bool(given.text.strip()) and given.outcome is not None,
                drafted_by=by,
                drafted_at=at,
            )
        )
        return draft

    async def latest(self, session: AsyncSession, record: int) -> Draft | None:
        """Return the newest version; ``None`` for none."""
        newest = select(answer).where(answer.c.record == record).order_by(answer.c.version.desc()).limit(1)
        row = (await session.execute(newest)).one_or_none()
        return self._draft(row) if row else None

    async def approved(self, session: AsyncSession, record: int) -> Draft | None:
        """Return the version that went to the sender last; ``None`` while there is none."""
        sent = select(answer).where(answer.c.record == record, answer.c.approved_at.is_not(None))
        row = (await session.execute(sent.order_by(answer.c.version.desc()).limit(1))).one_or_none()
        return self._draft(row) if row else None

    async def text(self, session: AsyncSession, record_id: int) -> str:
        """Return the text that went to the sender last; empty for none."""
        sent = await self.approved(session, record_id)
        return sent.answer.text if sent else ""

    async def versions(self, session: AsyncSession, record: int) -> Sequence[Draft]:
        """Return every version, the oldest first."""
        rows = await session.execute(select(answer).where(answer.c.record == record).order_by(answer.c.version))
        return [self._draft(row) for row in rows]

    async def originals(self, session: AsyncSession) -> AsyncIterator[Original]:
        """See ``feedback.originals.KeepsOriginals``: every version."""
        last = (0, 0)
        while True:
            page = select(answer).where(tuple_(answer.c.record, answer.c.version) > last)
            rows = (await session.execute(page.order_by(answer.c.record, answer.c.version).limit(_PAGE))).all()
            for row in rows:
                digest = opened_digest(self._seals, row.body, _about(row.record, row.version))
                yield Original(row.record, answer_of(row.version), digest)
            if len(rows) < _PAGE:
                return
            last = (rows[-1].record, rows[-1].version)

    async def approve(self, session: AsyncSession, draft: Draft, by: str, at: datetime) -> Draft:
        """Mark a version as the one that goes to the sender."""
        await session.execute(_at(draft.record, draft.version, update(answer)).values(approved_by=by, approved_at=at))
        return replace(draft, approved_by=by, approved_at=at)

    async def drop(self, session: AsyncSession, record: int, version: int) -> None:
        """Take a version back that nobody approved."""
        await session.execute(_at(record, version, delete(answer)).where(answer.c.approved_at.is_(None)))

    def _draft(self, row: Row[Any]) -> Draft:
        plain = self._seals.open(row.body, _about(row.record, row.version))
        given = msgspec.msgpack.decode(plain, type=Answer)
        return Draft(row.record, row.version, given, row.drafted_by, row.drafted_at, row.approved_by, row.approved_at)


def _at(record: int, version: int, statement: Any) -> Any:
    return statement.where(answer.c.record == record, answer.c.version == version)


def _about(record: int, version: int) -> str:
    return f"feedback answer {record} {version}"


SEALED = (SealedColumn(answer, "body", lambda row: _about(row.record, row.version)),)
