"""Keeps who watches which dossier within the caller's transaction; never commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from bot.channels.contract import Ref
from bot.dossiers.disclosure import Level
from bot.dossiers.record import Status
from bot.dossiers.tables import dossier
from bot.dossiers.watching.tables import dossier_watch, watch_notice, watched_dossier
from bot.privacy.held import Held

CHANGES, BACK = "changes", "back"
LONGEST = timedelta(days=730)
"""After this a watch ends, whatever its dossier does."""
LONGEST_BACK = timedelta(days=7)
"""So long a person is told that a source is back; later they have helped themselves."""
MOST = 100
"""Watches of one conversation; more are refused."""
RUNNING = (int(Status.RECEIVED), int(Status.IN_PROGRESS))
"""States in which an appointment counts: nothing is waited for from the applicant, and nothing is finished."""

_WATCH = dossier_watch.c
_ONE = ("channel", "account", "conversation", "code", "kind")
"""What tells one watch from another."""


@dataclass(frozen=True)
class Watched:
    """What a conversation watches, as its person is told."""

    code: str
    level: Level
    made_at: datetime
    back: bool
    """Whether only to tell once that the source answers again."""
    sms: bool = False
    """Whether an SMS may go to the dossier's telephone when a notice does not arrive."""


@dataclass(frozen=True)
class Watch:
    """A watch about which something is to be told."""

    id: int
    ref: Ref
    code: str
    level: Level
    made_at: datetime
    told: int
    """Revision of the dossier that the person knows; a dossier that was deleted and came again begins anew."""
    revision: int = 0
    """Of the dossier now."""
    due_at: datetime | None = None


class WatchStore:
    """Watches of one database session; also what ``bot.privacy`` asks about them."""

    name = "watches"
    tables = frozenset({"dossier_watch", "watch_notice"})

    async def start(
        self, session: AsyncSession, ref: Ref, code: str, level: int, at: datetime, *, back: bool = False
    ) -> bool:
        """Watch a dossier from its present state on; who watches it already does so at the new level.

        Args:
            session: of the turn.
            ref: who is told.
            code: in normal form.
            level: how much they may be told.
            at: now.
            back: tell only, and once, that its source answers again.

        Returns:
            False when the conversation watches too many.
        """
        kind = BACK if back else CHANGES
        known = select(func.count()).select_from(dossier_watch).where(_of(dossier_watch, ref))
        if (await session.scalar(known.where(or_(_WATCH.code != code, _WATCH.kind != kind))) or 0) >= MOST:
            return False
        revision = await session.scalar(select(dossier.c.revision).where(dossier.c.code == code))
        row = {
            **_columns(ref),
            "code": code,
            "kind": kind,
            "level": level,
            "made_at": at,
            "told_revision": revision or 0,
            "ends_at": at + (LONGEST_BACK if back else LONGEST),
        }
        adding = _insert(session, dossier_watch)
        changed = {"level": adding.excluded.level, "ends_at": adding.excluded.ends_at}
        await session.execute(adding.on_conflict_do_update(index_elements=_ONE, set_=changed), [row])
        if not back:
            polled = {"code": code, "source": "", "urgent": 0, "next_at": at, "failures": 0}
            # A row that is there is taken hold of: who would drop it at this moment must see this watch first.
            adding = _insert(session, watched_dossier)
            held = adding.on_conflict_do_update(index_elements=["code"], set_={"code": adding.excluded.code})
            await session.execute(held, [polled])
        return True

    async def stop(self, session: AsyncSession, ref: Ref, code: str | None, at: datetime) -> int:
        """Tell a conversation nothing more about a dossier, or about any; tell how many watches ended."""
        mine = _of(dossier_watch, ref)
        gone = delete(dossier_watch).where(mine if not code else and_(mine, _WATCH.code == code))
        codes = (await session.scalars(gone.returning(_WATCH.code))).all()
        late = _of(watch_notice, ref)
        missed = delete(watch_notice).where(late if not code else and_(late, watch_notice.c.code == code))
        await session.execute(missed)
        await self._drop_unwatched(session, set(codes))
        return len(codes)

    async def lower(self, session: AsyncSession, ref: Ref) -> None:
        """Tell a conversation from now on only what anybody may know: its access was ended."""
        await session.execute(
            update(dossier_watch).where(_of(dossier_watch, ref)).values(level=int(Level.NOBODY), sms_to=None)
        )

    async def raise_level(self, session: AsyncSession, ref: Ref, code: str) -> None:
        """Tell a conversation from now on all that an applicant may know: it just proved to be theirs."""
        mine = and_(_of(dossier_watch, ref), _WATCH.code == code)
        await session.execute(update(dossier_watch).where(mine).values(level=int(Level.APPLICANT)))

    async def allow_sms(self, session: AsyncSession, ref: Ref, code: str, phone: bytes | None) -> bool:
        """Note to which telephone, by its hash, SMS may go when notices do not arrive; ``None`` ends that.

        Returns:
            False when the conversation does not watch the dossier as its applicant.
        """
        mine = and_(_of(dossier_watch, ref), _WATCH.code == code, _WATCH.kind == CHANGES)
        if phone is not None:
            mine = and_(mine, _WATCH.level >= int(Level.APPLICANT))
        changed = update(dossier_watch).where(mine).values(sms_to=phone).returning(_WATCH.id)
        return (await session.scalar(changed)) is not None

    async def sms_to(self, session: AsyncSession, ref: Ref, code: str) -> bytes | None:
        """Return the hash of the telephone to which SMS may go; ``None`` when none may."""
        mine = and_(_of(dossier_watch, ref), _WATCH.code == code, _WATCH.kind == CHANGES)
        found: bytes | None = await session.scalar(
            select(_WATCH.sms_to).where(mine, _WATCH.level >= int(Level.APPLICANT))
        )
        return found

    async def of(self, session: AsyncSession, ref: Ref) -> Sequence[Watched]:
        """Return what a conversation watches, the oldest first."""
        rows = await session.execute(select(dossier_watch).where(_of(dossier_watch, ref)).order_by(_WATCH.id))
        return [
            Watched(row.code, Level(row.level), row.made_at, row.kind == BACK, row.sms_to is not None) for row in rows
        ]

    async def behind(
        self, session: AsyncSession, channels: Collection[str], limit: int, after: int = 0
    ) -> Sequence[Watch]:
        """Return watches whose dossier moved since its person was told, by their number.

        Args:
            session: the caller's.
            channels: that are switched on; others are told once theirs is.
            limit: the most to return.
            after: watches up to this number are passed over.
        """
        chosen = _joined().where(_WATCH.kind == CHANGES, _WATCH.told_revision != dossier.c.revision)
        chosen = chosen.where(_WATCH.channel.in_(channels), _WATCH.id > after)
        return [_watch(row) for row in await session.execute(chosen.order_by(_WATCH.id).limit(limit))]

    async def told(self, session: AsyncSession, watch: Watch, ends_at: datetime | None = None) -> bool:
        """Note that a person knows a revision; false when somebody else noted it, or the watch ended or was changed."""
        same = and_(_WATCH.id == watch.id, _WATCH.told_revision == watch.told, _WATCH.level == int(watch.level))
        here = update(dossier_watch).where(same)
        values: dict[str, Any] = {"told_revision": watch.revision, **({"ends_at": ends_at} if ends_at else {})}
        return (await session.scalar(here.values(values).returning(_WATCH.id))) is not None

    async def before_appointments(
        self, session: AsyncSession, channels: Collection[str], after: datetime, until: datetime, made: datetime
    ) -> Sequence[Watch]:
        """Return watches of applicants whose appointment lies in a span and who were not reminded of it.

        Args:
            session: the caller's.
            channels: that are switched on.
            after: beginning of the span.
            until: end of the span.
            made: watches made from then on are left out: their person has just seen the appointment.
        """
        span = and_(dossier.c.due_at > after, dossier.c.due_at <= until, _WATCH.made_at < made)
        return await self._appointments(session, channels, and_(span, _other(_WATCH.reminded_for)))

    async def late(self, session: AsyncSession, channels: Collection[str], now: datetime) -> Sequence[Watch]:
        """Return watches of applicants whose appointment passed since they were made, and who were not told so.

        What the source said before the appointment proves nothing: it must have spoken since.
        """
        passed = and_(dossier.c.due_at <= now, dossier.c.due_at > _WATCH.made_at, dossier.c.as_of > dossier.c.due_at)
        return await self._appointments(session, channels, and_(passed, _other(_WATCH.late_for)))

    async def reminded(self, session: AsyncSession, watch: Watch) -> bool:
        """Note that the day before an appointment was told; false when somebody else did."""
        return await self._mark(session, watch, _WATCH.reminded_for)

    async def told_late(self, session: AsyncSession, watch: Watch) -> bool:
        """Note that an appointment was told to be missed; false when somebody else did."""
        return await self._mark(session, watch, _WATCH.late_for)

    async def waiting_for_sources(self, session: AsyncSession, channels: Collection[str]) -> Sequence[Watch]:
        """Return who wants to know that a source is back."""
        chosen = select(dossier_watch).where(_WATCH.kind == BACK, _WATCH.channel.in_(channels)).order_by(_WATCH.id)
        return [_watch(row) for row in await session.execute(chosen)]

    async def finish(self, session: AsyncSession, watch: Watch) -> bool:
        """End a watch that told all it had to; false when it had ended already."""
        gone = delete(dossier_watch).where(_WATCH.id == watch.id).returning(_WATCH.id)
        return (await session.scalar(gone)) is not None

    async def expire(self, session: AsyncSession, now: datetime) -> int:
        """End the watches whose time is over; tell how many."""
        gone = delete(dossier_watch).where(_WATCH.ends_at <= now).returning(_WATCH.code)
        codes = (await session.scalars(gone)).all()
        await self._drop_unwatched(session, set(codes))
        return len(codes)

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``."""
        watched = await self.of(session, ref)
        return [Held("utter_held_watches", {"count": str(len(watched))})] if watched else []

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``."""
        gone = delete(dossier_watch).where(_of(dossier_watch, ref)).returning(_WATCH.code)
        codes = (await session.scalars(gone)).all()
        await session.execute(delete(watch_notice).where(_of(watch_notice, ref)))
        await self._drop_unwatched(session, set(codes))

    async def _appointments(
        self, session: AsyncSession, channels: Collection[str], which: ColumnElement[bool]
    ) -> Sequence[Watch]:
        applicant = and_(_WATCH.kind == CHANGES, _WATCH.level >= int(Level.APPLICANT), _WATCH.channel.in_(channels))
        chosen = _joined().where(applicant, dossier.c.status.in_(RUNNING), which)
        return [_watch(row) for row in await session.execute(chosen.order_by(_WATCH.id))]

    async def _mark(self, session: AsyncSession, watch: Watch, mark: Any) -> bool:
        same = and_(_WATCH.id == watch.id, _WATCH.level == int(watch.level))
        open_one = and_(same, or_(mark.is_(None), mark != watch.due_at))
        marked = update(dossier_watch).where(open_one).values({mark: watch.due_at}).returning(_WATCH.id)
        return (await session.scalar(marked)) is not None

    async def _drop_unwatched(self, session: AsyncSession, codes: Collection[str]) -> None:
        """Ask no more for dossiers that nobody watches."""
        if codes:
            watched = select(_WATCH.code).where(_WATCH.kind == CHANGES, _WATCH.code.in_(codes))
            row = watched_dossier.c.code
            # Whoever begins to watch one holds its row: waited for here, so that the next statement sees their watch.
            await session.execute(select(row).where(row.in_(codes)).order_by(row).with_for_update())
            await session.execute(delete(watched_dossier).where(row.in_(codes), row.not_in(watched)))


def _joined() -> Select[Any]:
    """Return a select of watches with what is known of their dossiers."""
    columns = (dossier.c.revision, dossier.c.due_at)
    return select(dossier_watch, *columns).join(dossier, dossier.c.code == _WATCH.code)


def _other(mark: Any) -> ColumnElement[bool]:
    return or_(mark.is_(None), mark != dossier.c.due_at)


def _watch(row: Any) -> Watch:
    ref = Ref(row.channel, row.account, row.conversation)
    now = row._mapping
    revision, due_at = now.get("revision", 0), now.get("due_at")
    return Watch(row.id, ref, row.code, Level(row.level), row.made_at, row.told_revision, revision, due_at)


def _columns(ref: Ref) -> dict[str, str]:
    return {"channel": ref.channel, "account": ref.account, "conversation": ref.conversation}


def _of(table: Any, ref: Ref) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _columns(ref).items()))


def _insert(session: AsyncSession, table: Any) -> Any:
    """Return an insert that can step aside for an existing row; each database has its own spelling of it."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
