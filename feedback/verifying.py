"""Proves the register by its log: the chain is whole, numbers have no gap, and every record stands where its last entry says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from feedback import verify_store
from feedback.log import START, Entry, faults
from feedback.log_store import LogStore
from feedback.record import Status
from feedback.transitions import TRANSITIONS, Action


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be."""

    where: str
    """``entry 12``, ``record 7``, ``register 2026`` or ``head``."""
    what: str


@dataclass
class _Walk:
    """What the entries have said so far."""

    seq: int = 0
    hash: bytes = START
    stands: dict[int, Status] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)


async def verify(session: AsyncSession, log: LogStore) -> AsyncIterator[Finding]:
    """Give everything that is wrong; nothing for a sound register.

    Args:
        session: one that has read nothing yet: all of it is read as of one moment.
        log: the log.
    """
    await verify_store.still(session)
    walk = _Walk()
    async for entry in log.all(session):
        for found in _entry(walk, entry):
            yield found
    if await log.last(session) != (walk.seq, walk.hash):
        yield Finding("head", f"says that the newest entry is another than {walk.seq}: entries were taken off the end")
    async for found in _records(session, walk):
        yield found
    for series in await verify_store.series(session):
        if not (series.count == series.distinct == series.highest == series.last and series.lowest == 1):
            what = (
                f"has {series.count} records with numbers {series.lowest} to {series.highest}; given were {series.last}"
            )
            yield Finding(f"{series.book} {series.year}", what)


def _entry(walk: _Walk, entry: Entry) -> Iterator[Finding]:
    """Give what is wrong with one entry, and go on from it."""
    where = f"entry {entry.seq}"
    for fault in faults([entry], walk.hash, walk.seq + 1):
        yield Finding(f"entry {fault.seq}", fault.what)
    before = walk.stands.get(entry.record)
    if entry.from_status is not before and entry.to_status is not None:
        yield Finding(where, f"begins at {entry.from_status} what stood at {before}")
    elif not _fits(entry):
        yield Finding(where, f"{entry.action} does not begin at {entry.from_status}")
    walk.seq, walk.hash = entry.seq, entry.hash
    if entry.to_status is not None:
        walk.stands[entry.record] = entry.to_status
        if entry.to_unit and entry.action is not Action.FORWARD:
            walk.units[entry.record] = entry.to_unit


def _fits(entry: Entry) -> bool:
    step = TRANSITIONS[entry.action]
    if entry.from_status is None:
        return entry.to_status is None or not step.starts or entry.action is Action.SPLIT
    return entry.from_status in step.starts and (step.to in (None, entry.to_status))


async def _records(session: AsyncSession, walk: _Walk) -> AsyncIterator[Finding]:
    left = set(walk.stands)
    async for record, status, unit in verify_store.statuses(session):
        left.discard(record)
        said = walk.stands.get(record)
        if said is None:
            yield Finding(f"record {record}", "has no entry in the log")
        elif said is not status:
            yield Finding(f"record {record}", f"is {status}, its last entry says {said}")
        elif walk.units.get(record, unit) != unit:
            yield Finding(f"record {record}", f"is with {unit!r}, its last entry says {walk.units[record]!r}")
    for record in sorted(left):
        yield Finding(f"record {record}", "is gone; the log knows it")
