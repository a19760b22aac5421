"""Proves the register by its log: the chain is whole, numbers have no gap, and every record stands where its last entry says."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from feedback import verify_store
from feedback.answering import WORDS
from feedback.described import NOW, Described, read
from feedback.handling import VERSION
from feedback.log import START, Entry, faults
from feedback.log_store import LogStore, Told
from feedback.originals import MATTER, SENDER, KeepsOriginals, answer_of, digests
from feedback.publication.service import digest_of
from feedback.record import Status
from feedback.transitions import TRANSITIONS, Action
from feedback.verify_store import Stands

_ANCHOR = re.compile(r"([0-9a-f]{64})(?:@(\d{1,15}))?")


@dataclass(frozen=True)
class Anchor:
    """The newest entry of the log when something was printed."""

    hash: bytes
    seq: int | None = None
    """``None`` where the number is not known any more."""


def read_anchor(text: str) -> Anchor:
    """Read an anchor as it is printed: the hash, and its number after an ``@`` if there is one.

    Raises:
        ValueError: it is none.
    """
    found = _ANCHOR.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError("an anchor is 64 letters and digits, with @ and the number of the entry if you have it")
    return Anchor(bytes.fromhex(found[1]), int(found[2]) if found[2] else None)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be."""

    where: str
    """``entry 12``, ``record 7``, ``register 2026``, ``head``, ``anchor`` or ``originals``."""
    what: str
    fault: bool = True
    """``False`` for something to know that is as it may be."""


@dataclass
class _Walk:
    """What the entries have said so far."""

    seq: int = 0
    hash: bytes = START
    stands: dict[int, Status] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    told: dict[int, Described] = field(default_factory=dict)
    """What is counted of each record, as the log told it last."""
    words: dict[int, str] = field(default_factory=dict)
    """Digest of each public item."""
    blank: dict[int, int] = field(default_factory=dict)
    """Records with an entry whose reason and details are gone, with the number of the first."""
    digests: dict[tuple[int, str], str] = field(default_factory=dict)
    """Of each original, as the log bound it last; none of what was entered before it bound any."""
    must: set[tuple[int, str]] = field(default_factory=set)
    """Originals that have to be there; of answers those that went out."""
    full: set[int] = field(default_factory=set)
    """Records that are there with their words."""
    emptied: set[int] = field(default_factory=set)


async def verify(
    session: AsyncSession,
    log: LogStore,
    *keep: KeepsOriginals,
    anchor: Anchor | None = None,
    walked: Callable[[int], None] = lambda _: None,
) -> AsyncIterator[Finding]:
    """Give everything that is wrong, and what is gone rightly; nothing for a sound register.

    Args:
        session: one that has read nothing yet: all of it is read as of one moment.
        log: the log.
        keep: the stores of the sealed originals.
        anchor: printed on a report once: the log must still have that entry.
        walked: is told the number of each entry.
    """
    await verify_store.still(session)
    walk = _Walk()
    async for told in log.opened(session):
        for found in (*_entry(walk, told.entry), *_note(walk, told)):
            yield found
        walked(told.entry.seq)
    if await log.last(session) != (walk.seq, walk.hash):
        yield Finding("head", f"says that the newest entry is another than {walk.seq}: entries were taken off the end")
    if anchor is not None:
        for found in _anchored(anchor, walk.seq, await log.at(session, anchor.hash)):
            yield found
    async for found in _records(session, walk):
        yield found
    async for found in _originals(session, walk, keep):
        yield found
    async for found in _public(session, walk):
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


def _note(walk: _Walk, told: Told) -> Iterator[Finding]:
    """Give what is wrong with an entry's reason and details, and keep what they tell."""
    entry = told.entry
    if told.blank:
        walk.blank.setdefault(entry.record, entry.seq)
        return
    if not told.true:
        yield Finding(f"entry {entry.seq}", "has another reason or other details than it was written with")
    if NOW in told.details:
        walk.told[entry.record] = read(told.details[NOW])
    for what, digest in digests(told.details).items():
        walk.digests[entry.record, what] = digest
        if what in (MATTER, SENDER):
            walk.must.add((entry.record, what))
    if entry.action is Action.DECIDE and VERSION in told.details:
        went_out = (entry.record, answer_of(int(told.details[VERSION])))
        walk.must |= {went_out} & walk.digests.keys()
    if told.details.get(WORDS):
        walk.words[entry.record] = told.details[WORDS]


async def _records(session: AsyncSession, walk: _Walk) -> AsyncIterator[Finding]:
    left = set(walk.stands)
    async for stands in verify_store.records(session):
        left.discard(stands.id)
        (walk.emptied if stands.emptied else walk.full).add(stands.id)
        for what in _differs(walk, stands):
            yield Finding(f"record {stands.id}", what)
    for record in sorted(left):
        yield Finding(f"record {record}", "is gone; the log knows it")


def _differs(walk: _Walk, stands: Stands) -> Iterator[str]:
    """Give in what a record is not as the log says."""
    said = walk.stands.get(stands.id)
    if said is None:
        yield "has no entry in the log"
    elif said is not stands.status:
        yield f"is {stands.status}, its last entry says {said}"
    elif walk.units.get(stands.id, stands.unit) != stands.unit:
        yield f"is with {stands.unit!r}, its last entry says {walk.units[stands.id]!r}"
    if stands.emptied:
        return
    if stands.id in walk.blank:
        yield f"was not emptied, but reason and details of entry {walk.blank[stands.id]} are gone"
    told = walk.told.get(stands.id)
    for name, value in stands.columns.items() if told else ():
        if name not in ("unit", "number", "year", "book") and (value or None) != (getattr(told, name) or None):
            yield f"has another {name} than the log says"


async def _originals(session: AsyncSession, walk: _Walk, keep: Sequence[KeepsOriginals]) -> AsyncIterator[Finding]:
    left = {one for one in walk.must if one[0] in walk.full} if keep else set()
    for store in keep:
        async for one in store.originals(session):
            left.discard((one.record, one.what))
            said = walk.digests.get((one.record, one.what), one.digest)
            if one.digest is None:
                yield Finding(
                    f"record {one.record}", f"has a {one.what} that cannot be opened: another key, or exchanged"
                )
            elif said != one.digest:
                lost = "has lost its {}, but not its reasons: by its age it would have lost both"
                what = lost if one.record in walk.emptied else "has another {} than was sealed"
                yield Finding(f"record {one.record}", what.format(one.what))
    for record, what in sorted(left):
        yield Finding(f"record {record}", f"has lost its {what}")
    if walk.emptied:
        yield Finding("originals", f"of {len(walk.emptied)} records are gone by their age or by wish", fault=False)


def _anchored(anchor: Anchor, last: int, found: int | None) -> Iterator[Finding]:
    if found is not None and anchor.seq in (None, found):
        yield Finding("anchor", f"is entry {found}: the log still says what it said then", fault=False)
    elif found is not None:
        yield Finding("anchor", f"is entry {found}, not {anchor.seq}")
    elif anchor.seq is not None and anchor.seq > last:
        yield Finding("anchor", f"is entry {anchor.seq}; the log ends at {last}: entries were taken off the end")
    else:
        at = f" at {anchor.seq}" if anchor.seq is not None else ""
        yield Finding("anchor", f"is no entry of this log{at}: it was written anew since, or is another register's")


async def _public(session: AsyncSession, walk: _Walk) -> AsyncIterator[Finding]:
    async for record, question, answer in verify_store.publications(session):
        if record in walk.words and walk.words[record] != digest_of(question, answer):
            yield Finding(f"record {record}", "has another public item than was published")
