"""Reads and writes the catalogue's tables in the session of the unit of work; never commits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Row, case, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.model import Detail, Procedure
from nlu.catalogue.tables import entry, revision, search_index, version

BATCH = 400
"""Records read or written in one statement; below the 32,766 parameters that both databases take."""


class State(StrEnum):
    """What a version is."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"
    """Was live until another one was published; a rollback can return to it."""
    WITHDRAWN = "withdrawn"
    """Was live until it was rolled back."""


@dataclass(frozen=True)
class Version:
    """One numbered version of the catalogue."""

    number: int
    state: State
    base: int | None
    """Live version when the draft was made."""
    replaced: int | None
    """Version that was live before this one was published."""
    origin: str
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class Held:
    """What a version holds for one code."""

    code: str
    hash: str
    name: str
    field: str
    detail: Detail
    doubts: int


@dataclass(frozen=True)
class Named:
    """A procedure by code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Revision:
    """A record with the hash of its content."""

    procedure: Procedure
    body: bytes
    hash: str

    @classmethod
    def of(cls, procedure: Procedure) -> Revision:
        """Encode a record; equal records have equal hashes."""
        body = msgspec.json.encode(procedure)
        return cls(procedure, body, sha256(body).hexdigest())


class CatalogueStore:
    """The catalogue's rows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def live_number(self) -> int | None:
        """Return the number of the live version."""
        found: int | None = await self._session.scalar(select(version.c.number).where(version.c.state == State.LIVE))
        return found

    async def lock_live(self) -> int | None:
        """Return the same, and let nobody publish or roll back until this transaction ends."""
        query = select(version.c.number).where(version.c.state == State.LIVE).with_for_update()
        found: int | None = await self._session.scalar(query)
        return found

    async def live_index(self) -> tuple[int, str] | None:
        """Return the live version's number and the ETag of its stored index (empty when it has none), without the index."""
        query = select(version.c.number, search_index.c.etag).outerjoin(
            search_index, search_index.c.version == version.c.number
        )
        row = (await self._session.execute(query.where(version.c.state == State.LIVE))).first()
        return (row.number, row.etag or "") if row else None

    async def version(self, number: int) -> Version | None:
        """Return one version."""
        row = (await self._session.execute(select(version).where(version.c.number == number))).first()
        return _version(row) if row else None

    async def versions(self) -> list[tuple[Version, int]]:
        """Return all versions, newest first, each with the number of its procedures."""
        count = select(func.count()).where(entry.c.version == version.c.number).scalar_subquery()
        rows = await self._session.execute(select(version, count).order_by(version.c.number.desc()))
        return [(_version(row), row[-1]) for row in rows]

    async def published(self, limit: int) -> list[Version]:
        """Return the versions that are or were live, newest first."""
        query = select(version).where(version.c.published_at.is_not(None)).order_by(version.c.number.desc())
        return [_version(row) for row in await self._session.execute(query.limit(limit))]

    async def newest_draft(self) -> int | None:
        """Return the number of the newest draft."""
        newest = select(func.max(version.c.number)).where(version.c.state == State.DRAFT)
        found: int | None = await self._session.scalar(newest)
        return found

    async def add_draft(self, base: int | None, origin: str, now: datetime) -> int:
        """Add an empty draft and return its number; an ``IntegrityError`` means that another one took the number."""
        last = await self._session.scalar(select(func.max(version.c.number))) or 0
        values = {"number": last + 1, "state": State.DRAFT, "base": base, "origin": origin, "created_at": now}
        await self._session.execute(insert(version), values)
        return last + 1

    async def add_procedures(self, number: int, batch: Sequence[Revision]) -> None:
        """Put records into a version; one that is stored already is not stored again."""
        bodies = [{"hash": one.hash, "body": one.body} for one in sorted(batch, key=lambda one: one.hash)]
        postgres = self._session.get_bind().dialect.name == "postgresql"
        statement = postgresql.insert(revision) if postgres else sqlite.insert(revision)
        await self._session.execute(statement.on_conflict_do_nothing(), bodies)
        await self._session.execute(insert(entry), [_held_values(number, one) for one in batch])

    async def copy_rest(self, source: int, target: int, without: Collection[str] = ()) -> int:
        """Let ``target`` also hold what ``source`` holds under other codes; return how many.

        Args:
            source: version that is copied from.
            target: version that is copied into.
            without: codes that are left out.
        """
        there = entry.alias("there")
        rest = select(literal(target), *[entry.c[name] for name in _HELD]).where(
            entry.c.version == source,
            entry.c.code.not_in(tuple(without)),
            ~select(there.c.code).where(there.c.version == target, there.c.code == entry.c.code).exists(),
        )
        result = await self._session.execute(insert(entry).from_select(["version", *_HELD], rest))
        return int(getattr(result, "rowcount", 0))

    async def held(self, number: int) -> dict[str, Held]:
        """Return what a version holds, by code."""
        rows = await self._session.execute(select(*[entry.c[name] for name in _HELD]).where(entry.c.version == number))
        return {row.code: Held(row.code, row.hash, row.name, row.field, Detail(row.detail), row.doubts) for row in rows}

    async def hash_of(self, number: int, code: str) -> str:
        """Return the hash of what a version holds under a code; empty when it holds nothing."""
        chosen = select(entry.c.hash).where(entry.c.version == number, entry.c.code == code)
        found: str | None = await self._session.scalar(chosen)
        return found or ""

    async def is_empty(self, number: int) -> bool:
        """Tell whether a version holds nothing, as when its content was deleted."""
        return await self._session.scalar(select(entry.c.code).where(entry.c.version == number).limit(1)) is None

    async def differing(self, old: int, new: int) -> tuple[list[Named], list[Named], list[Named]]:
        """Return what the new version adds, lacks and changes, in the order of the codes, without reading records."""
        here, there = entry.alias("here"), entry.alias("there")

        def only(one: int, other: int) -> Any:
            missing = ~select(there.c.code).where(there.c.version == other, there.c.code == here.c.code).exists()
            return select(here.c.code, here.c.name).where(here.c.version == one, missing).order_by(here.c.code)

        both = select(here.c.code, here.c.name).join(there, there.c.code == here.c.code)
        changed = both.where(here.c.version == new, there.c.version == old, here.c.hash != there.c.hash)
        found = []
        for query in (only(new, old), only(old, new), changed.order_by(here.c.code)):
            found.append([Named(row.code, row.name) for row in await self._session.execute(query)])
        return found[0], found[1], found[2]

    async def procedures(self, number: int) -> AsyncIterator[Procedure]:
        """Give all records of a version in the order of their codes."""
        decoder, last = msgspec.json.Decoder(Procedure), ""
        while True:
            query = _bodies(number).add_columns(entry.c.code).where(entry.c.code > last)
            rows = (await self._session.execute(query.order_by(entry.c.code).limit(BATCH))).all()
            for row in rows:
                yield decoder.decode(row.body)
            if len(rows) < BATCH:
                return
            last = rows[-1].code

    async def get_many(self, number: int, codes: Sequence[str]) -> list[Procedure]:
        """Return the records of these codes that the version holds, in the order of the codes given."""
        decoder = msgspec.json.Decoder(Procedure)
        found: dict[str, Procedure] = {}
        for start in range(0, len(codes), BATCH):
            query = _bodies(number).where(entry.c.code.in_(codes[start : start + BATCH]))
            for body in await self._session.scalars(query):
                procedure = decoder.decode(body)
                found[procedure.code] = procedure
        return [found[code] for code in codes if code in found]

    async def get_live(self, codes: Sequence[str]) -> list[Procedure]:
        """Return the records of these codes that the live version holds; none while nothing is live."""
        number = await self.live_number()
        return await self.get_many(number, codes) if number is not None else []

    async def codes_in(self, number: int, fields: Collection[str], most: int) -> list[str]:
        """Return codes that a version holds in these fields: with details before bare listings, short names first."""
        listed = case((entry.c.detail == Detail.LISTING.value, 1), else_=0)
        query = select(entry.c.code).where(entry.c.version == number, entry.c.field.in_(tuple(fields)))
        rows = await self._session.scalars(query.order_by(listed, func.length(entry.c.name), entry.c.code).limit(most))
        return list(rows)

    async def save_index(self, number: int, body: bytes) -> None:
        """Store the search index of a version, in place of an earlier one."""
        await self._session.execute(search_index.delete().where(search_index.c.version == number))
        values = {"version": number, "etag": sha256(body).hexdigest(), "body": body}
        await self._session.execute(insert(search_index), values)

    async def index(self, number: int) -> tuple[str, bytes] | None:
        """Return the ETag (without quotes) and the bytes of a version's search index."""
        query = select(search_index.c.etag, search_index.c.body).where(search_index.c.version == number)
        row = (await self._session.execute(query)).first()
        return (row.etag, row.body) if row else None

    async def change_state(self, number: int, expected: State, values: dict[str, Any]) -> bool:
        """Change a version if it is still in the state expected; tells whether it was."""
        statement = update(version).where(version.c.number == number, version.c.state == expected).values(values)
        result = await self._session.execute(statement)
        return bool(getattr(result, "rowcount", 0))


_HELD = ("code", "hash", "name", "field", "detail", "doubts")


def _bodies(number: int) -> Any:
    return select(revision.c.body).join(entry, entry.c.hash == revision.c.hash).where(entry.c.version == number)


def _held_values(number: int, one: Revision) -> dict[str, Any]:
    procedure = one.procedure
    return {
        "version": number,
        "code": procedure.code,
        "hash": one.hash,
        "name": procedure.name,
        "field": procedure.field,
        "detail": procedure.detail.value,
        "doubts": len(procedure.doubts),
    }


def _version(row: Row[Any]) -> Version:
    return Version(
        number=row.number,
        state=State(row.state),
        base=row.base,
        replaced=row.replaced,
        origin=row.origin,
        created_at=row.created_at,
        published_at=row.published_at,
    )
