"""Keeps which record has which folded word, and finds records by words, within the caller's transaction; never commits.

What is published is found by words of its own, marked as such, so that a search among the public items looks at
nothing else. Counting a word ends at a bound: a common word never costs more than a rare one. Words come in as one
parameter, a JSON object, so that a statement is one and the same for any number of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import bindparam, delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.record import Status
from feedback.similarity import COMMON
from feedback.tables import word

PUBLISHED = "+"
"""Before a word of a public item; no folded word begins with it."""
_WORDS = 10
"""Of a text that are looked for: the rarest ones."""
_ROWS = 5_000
"""That they may stand in together."""
_FEW = 6
"""Of common words, where a text has no others: they are looked for among the newest texts alone."""
_GIVEN = {
    "sqlite": "json_each(:given) AS given",
    "postgresql": "json_each_text(CAST(:given AS json)) AS given",
}
"""The words of a JSON object as rows of ``key`` and ``value``."""

_COUNTS = """
SELECT given.key AS word, (
    SELECT count(*) FROM (SELECT 1 FROM feedback_word AS w WHERE w.word = given.key LIMIT :most) AS few
) AS records
FROM {given}
"""

_SCORED = """
SELECT w.record, sum(CAST(given.value AS double precision)) AS score
FROM {given} JOIN feedback_word AS w ON w.word = given.key
"""

_PUBLIC = (
    _SCORED
    + """
JOIN feedback_publication AS p ON p.record = w.record
WHERE w.record >= :floor AND p.hidden_at IS NULL AND (:procedure = '' OR p.procedure_code = :procedure)
GROUP BY w.record ORDER BY score DESC, w.record DESC LIMIT :most
"""
)

_OPEN = (
    _SCORED
    + """
JOIN feedback_record AS r ON r.id = w.record
WHERE w.record >= :floor AND r.status IN :statuses
GROUP BY w.record ORDER BY score DESC, w.record DESC LIMIT :most
"""
)


class WordStore:
    """The words of one database."""

    async def put(self, session: AsyncSession, record_id: int, words: Sequence[str], mark: str = "") -> None:
        """Replace the words of a record, or with ``mark`` those of its public item."""
        await self.drop(session, record_id, mark)
        rows = [{"word": mark + one, "record": record_id} for one in sorted(set(words))]
        if rows:
            await session.execute(insert(word), rows)

    async def drop(self, session: AsyncSession, record_id: int, mark: str = "") -> None:
        """Forget the words of a record, or with ``mark`` those of its public item."""
        public = word.c.word.startswith(PUBLISHED, autoescape=True)
        await session.execute(delete(word).where(word.c.record == record_id, public if mark else ~public))

    async def counts(self, session: AsyncSession, words: Sequence[str], mark: str = "") -> Mapping[str, int]:
        """Return in how many texts each word stands, counted up to ``COMMON``."""
        if not words:
            return {}
        given = _json({mark + one: 1.0 for one in words})
        rows = await session.execute(text(_here(session, _COUNTS)), {"given": given, "most": COMMON})
        return {row.word.removeprefix(mark): row.records for row in rows}

    async def floor(
        self, session: AsyncSession, words: Sequence[str], counts: Mapping[str, int], mark: str = ""
    ) -> int:
        """Return from which record on words are looked for, so that common ones cost no more than others; 0 for all."""
        common = [one for one in words if counts[one] >= COMMON]
        if not common:
            return 0
        newest = select(word.c.record).where(word.c.word == mark + common[0]).order_by(word.c.record.desc())
        found: int | None = (await session.execute(newest.offset(COMMON - 1).limit(1))).scalar_one_or_none()
        return found or 0

    async def public(
        self, session: AsyncSession, weight: Mapping[str, float], procedure_code: str, most: int, floor: int = 0
    ) -> Sequence[int]:
        """Return the public items that share most with a text, the best first.

        Args:
            session: to read with.
            weight: of the words to look for, each without its mark.
            procedure_code: only those on one procedure; empty for all.
            most: how many.
            floor: number of the oldest record that is looked at.
        """
        given = _json({PUBLISHED + one: value for one, value in weight.items()})
        values = {"given": given, "procedure": procedure_code, "most": most, "floor": floor}
        return [row.record for row in await session.execute(text(_here(session, _PUBLIC)), values)]

    async def open(
        self, session: AsyncSession, weight: Mapping[str, float], statuses: Sequence[Status], most: int, floor: int = 0
    ) -> Sequence[int]:
        """Return the records of some statuses that share most with a text, the best first."""
        given = {"given": _json(weight), "statuses": [status.value for status in statuses]}
        values = given | {"most": most, "floor": floor}
        chosen = text(_here(session, _OPEN)).bindparams(bindparam("statuses", expanding=True))
        return [row.record for row in await session.execute(chosen, values)]


def telling(counts: Mapping[str, int]) -> Sequence[str]:
    """Return the words by which a text is looked for: the rarest ones, so many that looking them up stays quick. Pure."""
    ordered = sorted((one for one in counts if counts[one]), key=lambda one: counts[one])
    rare = [one for one in ordered if counts[one] < COMMON]
    if len(rare) < 2:
        return ordered[:_FEW]
    found: list[str] = []
    rows = 0
    for one in rare[:_WORDS]:
        rows += counts[one]
        if rows > _ROWS and len(found) > 2:
            break
        found.append(one)
    return found


def _here(session: AsyncSession, statement: str) -> str:
    return statement.format(given=_GIVEN[session.get_bind().dialect.name])


def _json(words: Mapping[str, float]) -> str:
    return msgspec.json.encode(words).decode()
