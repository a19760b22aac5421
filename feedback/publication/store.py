"""Reads and writes the published items within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from feedback.ports import FoldsText
from feedback.posting_store import WHOLE, bound, having_all, having_each, numbers, spreads
from feedback.publication.item import Filters, HiddenWhy, Page, Published, Query
from feedback.tables import publication, published_word

LONGEST_WORD = 32
MOST_WORDS = 8
"""Of a search; more are left out."""
MOST_INDEXED = 2000
"""Words of one item that it is found by."""
MOST_PAGES = 500
MOST_FOUND = 10
"""Pages of what was found by words: each further one goes through all of those before it once more."""
RARE = 500
"""Items with all words up to which these are gone through, rather than the newest items one after another; fewer for the
first pages, which are found among the newest items as soon as every tenth of so many as are shown has the words."""
_FEW = 200
_MOST_FILTERS = 200
_SOME = 500


class PublicationStore:
    """The published items of one database."""

    def __init__(self, words: FoldsText, *, practice: bool = True) -> None:
        """Take what folds words, and whether what a trial published is listed: where feedback is received it never is."""
        self._words = words
        self._practice = practice

    async def put(self, session: AsyncSession, item: Published) -> None:
        """Publish an item, or publish it anew with other words under the same link."""
        row = _row(item)
        there = await self.of_record(session, item.record)
        if there is None:
            await session.execute(insert(publication).values(row))
        else:
            await session.execute(update(publication).where(publication.c.record == item.record).values(row))
        await self._index(session, item)

    async def hide(self, session: AsyncSession, record: int, why: HiddenWhy, at: datetime) -> bool:
        """Take an item off the pages and blank its words; tell whether it stood there."""
        shown = publication.c.record == record, publication.c.hidden_at.is_(None)
        hidden = update(publication).where(*shown).values(hidden_at=at, hidden_why=why.value, question="", answer="")
        found = (await session.execute(hidden.returning(publication.c.record))).all()
        await session.execute(delete(published_word).where(published_word.c.record == record))
        return bool(found)

    async def find(self, session: AsyncSession, slug: str) -> Published | None:
        """Return an item by its link, a hidden one too; ``None`` for none."""
        row = (await session.execute(select(publication).where(publication.c.slug == slug))).one_or_none()
        return read_item(row) if row else None

    async def of_record(self, session: AsyncSession, record: int) -> Published | None:
        """Return a record's item, a hidden one too; ``None`` for none."""
        row = (await session.execute(select(publication).where(publication.c.record == record))).one_or_none()
        return read_item(row) if row else None

    async def page(self, session: AsyncSession, asked: Query, number: int = 1, size: int = 20) -> Page:
        """Return a page of what fits, the newest first."""
        most = MOST_FOUND if asked.words else MOST_PAGES
        number = max(1, min(number, most))
        fitting = await self._fitting(session, asked, number * size + 1)
        if fitting is None:
            return Page((), number, more=False)
        # Only what is shown is read whole.
        some = fitting.order_by(*_NEWEST).limit(size + 1).offset((number - 1) * size)
        chosen = select(publication).where(publication.c.record.in_(some)).order_by(*_NEWEST)
        rows = (await session.execute(chosen)).all()
        more = len(rows) > size
        return Page(
            tuple(read_item(row) for row in rows[:size]), number, more and number < most, more and number == most
        )

    async def shown_between(self, session: AsyncSession, since: datetime, until: datetime) -> AsyncIterator[Published]:
        """Give the items that are shown and were published in a time, the oldest first, some at a time."""
        key: tuple[datetime, int] = since, 0
        place = tuple_(publication.c.published_at, publication.c.record)
        while True:
            within = place > key, publication.c.published_at < until, publication.c.hidden_at.is_(None)
            rows = (await session.execute(select(publication).where(*within).order_by(*place).limit(_SOME))).all()
            for row in rows:
                yield read_item(row)
            if len(rows) < _SOME:
                return
            key = rows[-1].published_at, rows[-1].record

    async def filters(self, session: AsyncSession) -> Filters:
        """Return what lists can be narrowed to."""
        kept = publication.c
        procedures = (
            select(kept.procedure_code, func.max(kept.procedure_name).label("name"))
            .where(*self._listed(), kept.procedure_code.is_not(None))
            .group_by(kept.procedure_code)
            .order_by(func.count().desc(), kept.procedure_code)
            .limit(_MOST_FILTERS)
        )
        named = [(row.procedure_code, row.name or row.procedure_code) for row in await session.execute(procedures)]
        named.sort(key=lambda one: self._words.fold(one[1]))
        agencies = await self._values(session, kept.agency)
        return Filters(tuple(named), agencies, await self._values(session, kept.field))

    def search_words(self, text: str) -> list[str]:
        """Return a text's words as they are looked for, each once."""
        folded = "".join(sign if sign.isalnum() else " " for sign in self._words.fold(text))
        return list(dict.fromkeys(word[:LONGEST_WORD] for word in folded.split()))

    async def _index(self, session: AsyncSession, item: Published) -> None:
        await session.execute(delete(published_word).where(published_word.c.record == item.record))
        text = f"{item.procedure_name} {item.procedure_code} {item.question} {item.answer}"
        words = self.search_words(text)[:MOST_INDEXED]
        if words:
            await session.execute(insert(published_word), [{"word": word, "record": item.record} for word in words])

    async def _fitting(self, session: AsyncSession, asked: Query, shown: int) -> Select[tuple[int]] | None:
        """Return the selection of the records of what fits; ``None`` where that is nothing.

        Args:
            session: to read with.
            asked: what is looked for.
            shown: how many are read, those of the pages before too.
        """
        kept = publication.c
        found = select(kept.record).where(*self._listed())
        words = self.search_words(asked.words)[:MOST_WORDS]
        if asked.words and not words:
            return None
        few = False
        if words:
            spread = await spreads(session, published_word, words, WHOLE)
            words.sort(key=lambda one: spread[one])
            most = bound(words, spread[words[0]].count, min(RARE, max(_FEW, 10 * shown)))
            having = await having_all(session, published_word, words, most) if spread[words[0]].count else ()
            few = len(having) < most
            found = found.where(
                *(
                    [kept.record.in_(numbers(session, having))]
                    if few
                    else having_each(published_word, words, kept.record)
                )
            )
        named = ((kept.procedure_code, asked.procedure), (kept.agency, asked.agency), (kept.field, asked.field))
        for column, value in named:
            if value:
                # What is computed is looked up in no index: the few items with the words are looked at instead.
                found = found.where((column.concat("") if few else column) == value)
        return found

    def _listed(self) -> Sequence[ColumnElement[bool]]:
        shown = publication.c.hidden_at.is_(None)
        return (shown,) if self._practice else (shown, publication.c.trial.is_(False))

    async def _values(self, session: AsyncSession, column: Any) -> tuple[str, ...]:
        asked = select(column).where(*self._listed(), column.is_not(None), column != "")
        rows = await session.execute(asked.distinct().order_by(column).limit(_MOST_FILTERS))
        return tuple(rows.scalars())


_NEWEST = (publication.c.published_at.desc(), publication.c.record.desc())
_FIELDS = tuple(one.name for one in fields(Published))
_EMPTY_IS_NULL = frozenset({"procedure_code", "procedure_name", "field"})


def _row(item: Published) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in _FIELDS}
    return {name: (value or None) if name in _EMPTY_IS_NULL else value for name, value in row.items()}


def read_item(row: Row[Any]) -> Published:
    """Return an item from its whole row."""
    values = {name: getattr(row, name) for name in _FIELDS}
    values |= {name: values[name] or "" for name in _EMPTY_IS_NULL}
    why = values["hidden_why"]
    return Published(**{**values, "hidden_why": HiddenWhy(why) if why else None})
