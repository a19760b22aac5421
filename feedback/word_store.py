"""Keeps which record has which folded word, and finds records by words, within the caller's transaction; never commits.

What is published is found by words of its own, marked as such, so that a search among the public items looks at
nothing else. A common word never costs more than a rare one: it is counted up to a bound, and looked for among the
newest texts alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.posting_store import GIVEN, Spread, encoded, spreads
from feedback.record import Status
from feedback.similarity import COMMON, weights
from feedback.tables import word

PUBLISHED = "+"
"""Before a word of a public item; no folded word begins with it."""
_WORDS = 10
"""Of a text that are looked for: the rarest ones."""
_ROWS = 5_000
"""That they may stand in together."""
_FEW = 6
"""Of common words, where a text has no others: they are looked for among the newest texts alone."""
_SCORED = """
WITH wanted AS MATERIALIZED (
    SELECT given.key AS word, CAST(given.value ->> 0 AS double precision) AS weight,
        CAST(given.value ->> 1 AS integer) AS since
    FROM {given}
)
SELECT w.record, sum(wanted.weight) AS score
FROM wanted CROSS JOIN feedback_word AS w
WHERE w.word = wanted.word AND w.record >= wanted.since {fitting}
GROUP BY w.record ORDER BY score DESC, w.record DESC LIMIT :most
"""

# The plus keeps the databases from looking every word up for every record that fits.
_ON_PROCEDURE = "AND +w.record IN (SELECT p.record FROM feedback_publication AS p WHERE p.procedure_code = :procedure)"
_REAL = "AND +w.record NOT IN (SELECT p.record FROM feedback_publication AS p WHERE p.trial)"
_OF_STATUSES = "AND +w.record IN (SELECT r.id FROM feedback_record AS r WHERE r.status IN :statuses)"


@dataclass(frozen=True)
class Sought:
    """A word that records are looked for by."""

    weight: float
    since: int = 0
    """Number of the oldest record that is looked at; 0 for all."""


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

    async def spreads(self, session: AsyncSession, words: Sequence[str], mark: str = "") -> Mapping[str, Spread]:
        """Return how common each word is, counted up to ``COMMON``."""
        found = await spreads(session, word, [mark + one for one in words], COMMON)
        return {one.removeprefix(mark): spread for one, spread in found.items()}

    async def public(
        self,
        session: AsyncSession,
        sought: Mapping[str, Sought],
        most: int,
        procedure_code: str = "",
        *,
        practice: bool = True,
    ) -> Sequence[int]:
        """Return the public items that share most with a text, the best first.

        Args:
            session: to read with.
            sought: the words to look for, without their mark.
            most: how many.
            procedure_code: only those on one procedure; empty for all.
            practice: whether those of a trial are among them.
        """
        values = {"given": _given(sought, PUBLISHED), "most": most}
        values |= {"procedure": procedure_code} if procedure_code else {}
        fitting = (_ON_PROCEDURE if procedure_code else "") + ("" if practice else f" {_REAL}")
        return [row.record for row in await session.execute(text(_here(session, fitting)), values)]

    async def open(
        self, session: AsyncSession, sought: Mapping[str, Sought], statuses: Sequence[Status], most: int
    ) -> Sequence[int]:
        """Return the records of some statuses that share most with a text, the best first."""
        values = {"given": _given(sought), "statuses": [status.value for status in statuses], "most": most}
        chosen = text(_here(session, _OF_STATUSES)).bindparams(bindparam("statuses", expanding=True))
        return [row.record for row in await session.execute(chosen, values)]


def sought(spread: Mapping[str, Spread]) -> Mapping[str, Sought]:
    """Return by which of a text's words it is looked for; common ones among the newest records alone. Pure."""
    counts = {one: found.count for one, found in spread.items()}
    weight = weights(counts)
    return {one: Sought(weight[one], spread[one].since) for one in telling(counts)}


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


def _given(sought: Mapping[str, Sought], mark: str = "") -> str:
    return encoded({mark + word: [one.weight, one.since] for word, one in sought.items()})


def _here(session: AsyncSession, fitting: str) -> str:
    return _SCORED.format(given=GIVEN[session.get_bind().dialect.name], fitting=fitting)
