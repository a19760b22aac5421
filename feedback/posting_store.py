"""Reads which records have which words, from a table of words and records; never commits.

How much a question reads is bounded: a word is counted up to a bound, and where all words are common, those records that
have all of them are gone through from the newest on until there are enough. What a statement is given comes as one JSON
text, so that it is one and the same for any number of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, Table, cast, func, literal, select, text
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.ext.asyncio import AsyncSession

GIVEN = {"sqlite": "json_each(:given) AS given", "postgresql": "json_each(CAST(:given AS json)) AS given"}
"""The words of a JSON object as rows of ``key`` and ``value``."""

WHOLE = 2000
"""A word in fewer records than this: those with all words are found by going through its own, however many they are."""
_SINGLE = 4
# One number says both: how many records have the word, or, negative, which one is as far back as is counted.
_SPREAD = """
SELECT given.key AS word, coalesce(
    (SELECT -w.record FROM {table} AS w WHERE w.word = given.key ORDER BY w.record DESC LIMIT 1 OFFSET :most - 1),
    (SELECT count(*) FROM {table} AS w WHERE w.word = given.key)
) AS spread
FROM {given}
"""


@dataclass(frozen=True, order=True)
class Spread:
    """How common a word is; the rarer of two is the lesser one."""

    count: int
    """Records that have it, counted up to a bound."""
    since: int = 0
    """Of a common one: so many have it from this record on. The less common it is, the further back that lies."""


async def spreads(session: AsyncSession, table: Table, words: Sequence[str], most: int) -> Mapping[str, Spread]:
    """Return how common each word is, counted up to ``most``."""
    if not words:
        return {}
    statement = text(_SPREAD.format(table=table.name, given=GIVEN[_dialect(session)]))
    rows = await session.execute(statement, {"given": encoded(dict.fromkeys(words)), "most": most})
    return {row.word: Spread(row.spread) if row.spread >= 0 else Spread(most, -row.spread) for row in rows}


async def having_all(session: AsyncSession, table: Table, words: Sequence[str], most: int) -> Sequence[int]:
    """Return the newest records that have all of some words: with fewer than ``most`` those are all there are.

    Args:
        session: to read with.
        table: of words and records.
        words: at least one, the rarest first: the records of that one are gone through.
        most: how many.
    """
    first = table.alias("first")
    rest = having_each(table, words[1:], first.c.record)
    found = select(first.c.record).where(first.c.word == words[0], *rest).order_by(first.c.record.desc())
    return list((await session.execute(found.limit(most))).scalars())


def bound(words: Sequence[str], rarest: int, few: int) -> int:
    """Return up to how many records with all words are gone through. Pure.

    Args:
        words: all of them; a single one needs no look-ups.
        rarest: in how many records the rarest one is, counted up to ``WHOLE`` at least.
        few: how many where even that is common: with more, they are met soon among the newest records.
    """
    if rarest < WHOLE:
        return WHOLE
    return few if len(words) > 1 else _SINGLE * few


def having_each(table: Table, words: Sequence[str], record: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """Return the conditions that a record has all of some words, for going through records one by one."""
    # As a value and not as EXISTS: PostgreSQL would read all records that have a common word, to join them.
    ones = [select(table.c.record).where(table.c.word == one, table.c.record == record) for one in words]
    return [one.correlate_except(table).scalar_subquery().is_not(None) for one in ones]


def numbers(session: AsyncSession, given: Sequence[int]) -> Select[Any]:
    """Return the selection of some numbers, as few or many as they are."""
    one = literal(encoded(list(given)))
    if _dialect(session) == "postgresql":
        return select(cast(func.json_array_elements_text(cast(one, JSON)).table_valued("value").c.value, Integer))
    return select(func.json_each(one).table_valued("value").c.value)


def encoded(given: Mapping[str, object] | Sequence[int]) -> str:
    """Return words or numbers as a statement takes them."""
    return msgspec.json.encode(given).decode()


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name
