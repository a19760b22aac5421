"""Keeps ratings of dossiers within the caller's transaction; never commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CursorResult, func, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.errors import UnreadableError
from bot.delivery.statements import insertion
from bot.dossiers.rating.answers import COMMENT, Agencies, Answers, Attitude, Contacts, may_change
from bot.dossiers.rating.tables import dossier_rating, dossier_rating_day
from bot.dossiers.record import Record
from bot.dossiers.store import OPENED, DossierStore
from bot.dossiers.tables import dossier
from bot.keyed_hash import KeyedHash
from bot.privacy.held import Held
from feedback.sealed import SealedColumn
from feedback.working_time.zone import here
from nlu.learning.masking import mask

AT_ONCE = 500
"""Dossiers read in one statement."""


@dataclass(frozen=True)
class Rated:
    """A rating as it is given."""

    code: str
    answers: Answers
    comment: str = ""


class RatingStore:
    """One rating per dossier; also what ``bot.privacy`` asks about them."""

    name = "dossier ratings"
    tables = frozenset({dossier_rating.name})

    def __init__(self, cipher: Cipher, key: str) -> None:
        """Take what seals comments, and the operator's signing key."""
        self._cipher = cipher
        self._hashed = KeyedHash("ratings of dossiers", key)

    async def rate(self, session: AsyncSession, ref: Ref, rated: Rated, at: datetime) -> bool:
        """Keep a rating in place of an earlier one; tell whether it still could be given."""
        dossier_mark = self._dossier(rated.code)
        at_dossier = dossier_rating.c.dossier == dossier_mark
        columns = (dossier_rating.c[name] for name in ("first_at", "changed_at", "attitude"))
        known = (await session.execute(select(*columns).where(at_dossier).with_for_update())).first()
        if known is not None and not may_change(known.first_at, at):
            return False
        comment = mask(rated.comment)[:COMMENT]
        values = {
            "person": self._person(ref),
            "channel": ref.channel,
            "contacts": rated.answers.contacts.value,
            "agencies": rated.answers.agencies.value,
            "attitude": rated.answers.attitude.value,
            "comment": self._cipher.seal(comment.encode(), _about(dossier_mark)) if comment else None,
            "changed_at": at,
        }
        counts = Counter({(here(at).date(), rated.answers.attitude.value): 1})
        if known is None:
            await session.execute(insert(dossier_rating).values(dossier=dossier_mark, first_at=at, **values))
        else:
            await session.execute(update(dossier_rating).where(at_dossier).values(**values))
            counts[here(known.changed_at).date(), known.attitude] -= 1
        await _count(session, counts)
        return True

    async def first_at(self, session: AsyncSession, code: str) -> datetime | None:
        """Return when a dossier was first rated; ``None`` for never."""
        at_dossier = dossier_rating.c.dossier == self._dossier(code)
        found: datetime | None = await session.scalar(select(dossier_rating.c.first_at).where(at_dossier))
        return found

    async def of(self, session: AsyncSession, codes: Sequence[str]) -> Mapping[str, Answers]:
        """Return the ratings of some dossiers."""
        marks = {self._dossier(code): code for code in codes}
        columns = (dossier_rating.c[name] for name in ("dossier", "contacts", "agencies", "attitude"))
        rows = await session.execute(select(*columns).where(dossier_rating.c.dossier.in_(list(marks))))
        return {
            marks[row.dossier]: Answers(Contacts(row.contacts), Agencies(row.agencies), Attitude(row.attitude))
            for row in rows
        }

    async def comments(self, session: AsyncSession, since: datetime) -> Sequence[str]:
        """Return the comments since a moment, for officials; what cannot be opened is left out."""
        chosen = select(dossier_rating.c.dossier, dossier_rating.c.comment).where(
            dossier_rating.c.comment.is_not(None), dossier_rating.c.changed_at >= since
        )
        found = []
        for row in await session.execute(chosen.order_by(dossier_rating.c.changed_at)):
            try:
                found.append(self._cipher.open(row.comment, _about(row.dossier)).decode())
            except UnreadableError:
                continue
        return found

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        chosen = select(func.count()).select_from(dossier_rating).where(dossier_rating.c.person == self._person(ref))
        count = await session.scalar(chosen)
        return [Held("utter_held_dossier_rating", {"count": str(count)})] if count else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``: the answers stay as nobody's, the comment goes."""
        mine = update(dossier_rating).where(dossier_rating.c.person == self._person(ref))
        await session.execute(mine.values(person=None, comment=None))

    async def forget(self, session: AsyncSession, before: datetime) -> int:
        """Blank whose ratings are that were given before a moment, and their comments; tell how many."""
        old = update(dossier_rating).where(dossier_rating.c.changed_at < before, dossier_rating.c.person.is_not(None))
        gone = await session.execute(old.values(person=None, comment=None))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    def _person(self, ref: Ref) -> bytes:
        return self._hashed.of("person", ref.channel, ref.account, ref.conversation)

    def _dossier(self, code: str) -> bytes:
        return self._hashed.of("dossier", code)


async def ended_between(
    session: AsyncSession, store: DossierStore, since: datetime, until: datetime
) -> AsyncIterator[list[Record]]:
    """Yield the dossiers that ended from one moment until before another, some hundreds at a time; no samples."""
    mine = dossier.c.ended_at >= since, dossier.c.ended_at < until, dossier.c.sample.is_(False)
    chosen = select(*OPENED, dossier.c.ended_at).where(*mine).order_by(dossier.c.ended_at, dossier.c.code)
    after: tuple[datetime, str] | None = None
    while True:
        # In the order of the index: by their codes each page would sort all of the time's dossiers anew. The place is
        # told twice, once so that the index finds it.
        place = [dossier.c.ended_at >= after[0], tuple_(dossier.c.ended_at, dossier.c.code) > after] if after else []
        rows = (await session.execute(chosen.where(*place).limit(AT_ONCE))).mappings().all()
        if not rows:
            return
        yield [store.opened(row).record for row in rows]
        after = rows[-1]["ended_at"], rows[-1]["code"]


def _about(mark: bytes) -> str:
    return f"dossier rating:{mark.hex()}"


async def _count(session: AsyncSession, counts: Counter[tuple[date, str]]) -> None:
    # In one order everywhere: two ratings at once wait for each other instead of locking each other out.
    for (day, attitude), more in sorted(counts.items()):
        one = insertion(session, dossier_rating_day).values(day=day, attitude=attitude, count=more)
        changed = {"count": dossier_rating_day.c.count + more}
        await session.execute(one.on_conflict_do_update(index_elements=["day", "attitude"], set_=changed))


SEALED = (SealedColumn(dossier_rating, "comment", lambda row: _about(row.dossier)),)
