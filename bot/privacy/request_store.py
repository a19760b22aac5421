"""Keeps requests about data within the caller's transaction; never commits. A request is its own queue of what to tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Row, and_, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import Cipher
from bot.delivery.places import columns_of, of
from bot.privacy.held import Held
from bot.privacy.request import DataRequest, NewRequest, RequestKind, RequestState
from bot.privacy.tables import data_request as table
from feedback.inserting import insertion
from feedback.sealed import SealedColumn, tried
from feedback.working_time.zone import here

KEPT = timedelta(days=365)
"""How long after its end a request is kept, to show that it was answered in time."""
ENDED = tuple(one.value for one in RequestState if one.ended)


class DataRequestStore:
    """The requests of one database; also what ``bot.privacy`` asks about them."""

    name = "data requests"
    tables = frozenset({table.name})

    def __init__(self, cipher: Cipher) -> None:
        """Take the cipher for what is kept at rest."""
        self._cipher = cipher

    async def note(self, session: AsyncSession, ref: Ref, asked: NewRequest, at: datetime) -> None:
        """Note a request; the very same number twice is one."""
        row = {
            **columns_of(ref),
            "number": asked.number,
            "language": asked.language,
            "kind": asked.kind.value,
            "words": self._cipher.seal(asked.words.encode(), _about(asked.number)),
            "state": RequestState.OPEN.value,
            "asked_at": at,
            "acknowledge_by": asked.acknowledge_by,
            "answer_by": asked.answer_by,
            "to_tell": False,
        }
        put = insertion(session, table).values(row)
        await session.execute(put.on_conflict_do_nothing(index_elements=[table.c.number]))

    async def count_open(self, session: AsyncSession, ref: Ref) -> int:
        """Return how many requests of a conversation wait."""
        counted = select(func.count()).select_from(table).where(of(table, ref), _open())
        return (await session.execute(counted)).scalar_one()

    async def count_waiting(self, session: AsyncSession, now: datetime) -> tuple[int, int]:
        """Return how many requests wait, and how many of them are overdue."""
        due = case((table.c.state == RequestState.OPEN.value, table.c.acknowledge_by), else_=table.c.answer_by)
        late = func.coalesce(func.sum(case((due < now, 1), else_=0)), 0)
        row = (await session.execute(select(func.count(), late).select_from(table).where(_open()))).one()
        return row[0], row[1]

    async def get(self, session: AsyncSession, number: str) -> DataRequest | None:
        """Return a request; ``None`` for none."""
        row = (await session.execute(select(table).where(table.c.number == number))).one_or_none()
        return self._read(row) if row is not None else None

    async def listed(self, session: AsyncSession, now: datetime, *, ended: bool = False) -> Sequence[DataRequest]:
        """Return the open requests, the overdue first, each by what is due next; with the ended ones behind when wanted."""
        chosen = select(table) if ended else select(table).where(_open())
        found = [self._read(row) for row in await session.execute(chosen)]
        return sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.ended_at or now, one.asked.number))

    async def step(
        self, session: AsyncSession, number: str, state: RequestState, answer: str, by: tuple[str, datetime]
    ) -> bool:
        """Take a step and have its person told; false when the request is not there, has ended, or is as far already."""
        actor, at = by
        before = [one.value for one in state.before]
        values: dict[str, Any] = {"state": state.value, "actor": actor, "to_tell": True, "failed": None, "reminded": 0}
        values["acknowledged_at"] = func.coalesce(table.c.acknowledged_at, at)
        if answer:
            values["answer"] = self._cipher.seal(answer.encode(), _about_answer(number))
        values["ended_at"] = at if state.ended else None
        if state is RequestState.REOPENED:
            values["taken_back_at"] = at
        mine = update(table).where(table.c.number == number, table.c.state.in_(before)).values(values)
        changed = await session.execute(mine)
        return isinstance(changed, CursorResult) and changed.rowcount == 1

    async def to_tell(self, session: AsyncSession, most: int) -> Sequence[DataRequest]:
        """Return requests whose last step is still to be told."""
        chosen = select(table).where(table.c.to_tell.is_(True)).order_by(table.c.id).limit(most)
        return [self._read(row) for row in await session.execute(chosen)]

    async def told(self, session: AsyncSession, one: DataRequest, failed: str = "") -> bool:
        """Note that a step was told or cannot be; false when another process did so, or a further step came, meanwhile."""
        mine = and_(table.c.number == one.asked.number, table.c.state == one.state.value, table.c.to_tell.is_(True))
        done = await session.execute(update(table).where(mine).values(to_tell=False, failed=failed[:80] or None))
        return isinstance(done, CursorResult) and done.rowcount == 1

    async def reminded(self, session: AsyncSession, one: DataRequest, stage: int) -> bool:
        """Note how far the unit was reminded; false when another process did so, or a step was taken, meanwhile."""
        mine = and_(table.c.number == one.asked.number, table.c.state == one.state.value, table.c.reminded < stage)
        done = await session.execute(update(table).where(mine).values(reminded=stage))
        return isinstance(done, CursorResult) and done.rowcount == 1

    async def forget(self, session: AsyncSession, now: datetime) -> int:
        """Delete requests that ended long ago; tell how many."""
        gone = await session.execute(delete(table).where(table.c.ended_at < now - KEPT))
        return gone.rowcount if isinstance(gone, CursorResult) else 0

    async def describe(self, session: AsyncSession, ref: Ref) -> Sequence[Held]:
        """See ``HoldsData.describe``; what waits stays until it is answered."""
        rows = (await session.execute(select(table).where(of(table, ref)).order_by(table.c.id))).all()
        waiting = [row for row in rows if row.state not in ENDED]
        told = [
            Held(
                "utter_held_datareq",
                {"number": row.number, "day": f"{here(row.answer_by):%d/%m/%Y}"},
                "utter_kept_datareq",
            )
            for row in waiting
        ]
        ended = len(rows) - len(waiting)
        return [*told, *([Held("utter_held_datareq_ended", {"count": str(ended)})] if ended else [])]

    async def erase(self, session: AsyncSession, ref: Ref, keep: int) -> None:
        """See ``HoldsData.erase``: what waits for an official's answer stays until then."""
        await session.execute(delete(table).where(of(table, ref), table.c.state.in_(ENDED)))

    def _read(self, row: Row[Any]) -> DataRequest:
        sealed = {"words": (row.words, _about(row.number)), "answer": (row.answer, _about_answer(row.number))}
        # One that cannot be opened must not keep the others from being seen in time.
        opened = {name: tried(self._cipher.open, *one) if one[0] else b"" for name, one in sealed.items()}
        words, answer = ((opened[name] or b"").decode() for name in ("words", "answer"))
        asked = NewRequest(row.number, RequestKind(row.kind), words, row.acknowledge_by, row.answer_by, row.language)
        ref, state = Ref(row.channel, row.account, row.conversation), RequestState(row.state)
        told = not row.to_tell and not row.failed
        return DataRequest(
            asked,
            ref,
            state,
            row.asked_at,
            row.acknowledged_at,
            row.ended_at,
            answer,
            told,
            row.taken_back_at,
            row.reminded,
            frozenset(name for name, plain in opened.items() if plain is None),
        )


def _open() -> ColumnElement[bool]:
    return table.c.state.not_in(ENDED)


def _about(number: str) -> str:
    return f"data request {number}"


def _about_answer(number: str) -> str:
    return f"data request answered {number}"


SEALED = (
    SealedColumn(table, "words", lambda row: _about(row.number), (table.c.number,)),
    SealedColumn(table, "answer", lambda row: _about_answer(row.number), (table.c.number,)),
)
