"""Reads and writes the review list in the session of the unit of work; never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import RowMapping, and_, case, delete, func, inspect, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from nlu.learning.errors import DecidedElsewhereError, NoSuchQuestionError
from nlu.learning.month_store import MonthStore
from nlu.learning.review import WEIGHT, Kept, Reason, Sighting
from nlu.learning.tables import review_questions as rows
from nlu.understanding import Aspect, Intent


class ReviewState(StrEnum):
    """How far a question has come."""

    OPEN = "open"
    LATER = "later"
    """Skipped by a reviewer: shown again when nothing else is open."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    """Nothing is to be learned from it."""


WAITING = (ReviewState.OPEN, ReviewState.LATER)
"""States in which a question still wants a decision."""


@dataclass(frozen=True)
class Decision:
    """What a reviewer made of a question."""

    state: ReviewState
    code: str = ""
    """The procedure meant."""
    kind: Intent | None = None
    """The out-of-scope intent, when no procedure is meant."""
    aspects: tuple[Aspect, ...] = ()
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Question:
    """One entry of the review list."""

    id: int
    text: str
    """Masked."""
    reason: Reason
    count: int
    first_seen: datetime
    last_seen: datetime
    candidates: tuple[Kept, ...]
    aspects: tuple[Aspect, ...]
    """As they were recognised."""
    context: str
    """Code of the procedure that was under discussion."""
    suggested: str
    """Code that a citizen picked."""
    catalogue_version: int
    decision: Decision


@dataclass(frozen=True)
class Met:
    """A question of the list, as far as it is needed to tell what it was about."""

    text: str
    """Masked."""
    reason: Reason
    count: int
    decided: str
    """Code of the procedure, as a reviewer says; empty for none."""
    suggested: str
    context: str
    nearest: str
    """Code of the best candidate; empty for none."""


class ReviewStore:
    """The rows of the review list."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def exists(self) -> bool:
        """Tell whether the table is there: a machine may be trained before it has a database."""
        connection = await self._session.connection()
        return await connection.run_sync(lambda sync: inspect(sync).has_table(rows.name))

    async def note(self, sighting: Sighting, at: datetime) -> None:
        """Put a message on the list, or count it once more; what was decided about it stays."""
        await self.note_all([(sighting, at)])

    async def note_all(self, noted: Sequence[tuple[Sighting, datetime]]) -> None:
        """Put messages on the list in their order, those of one kind that follow each other in one statement."""
        dialect = self._session.get_bind().dialect.name
        for (counted, suggested), alike in groupby(noted, key=lambda one: (one[0].counted, bool(one[0].suggested))):
            values = [_values(sighting, at) for sighting, at in alike]
            await self._session.execute(_noting(dialect, counted, suggested), values)
        await MonthStore(self._session).note_all([one for one in noted if one[0].counted])

    async def get(self, number: int) -> Question:
        """Return one question.

        Raises:
            NoSuchQuestionError: there is none under that number.
        """
        row = (await self._session.execute(select(rows).where(rows.c.id == number))).mappings().first()
        if row is None:
            raise NoSuchQuestionError(f"there is no question {number}; `motcua questions list` shows them")
        return _question(row)

    async def find(
        self, states: Sequence[ReviewState], reason: Reason | None = None, limit: int | None = None
    ) -> list[Question]:
        """Return questions: those not skipped yet first, then what was met most often, then what was met last."""
        wanted = [rows.c.state.in_(states), *([rows.c.reason == reason] if reason else [])]
        # Of one state alone nothing need be put behind the others: an index has the order then.
        skipped = [case((rows.c.state == ReviewState.LATER, 1), else_=0)] if len(states) > 1 else []
        order = (*skipped, rows.c.count.desc(), rows.c.last_seen.desc(), rows.c.id)
        found = await self._session.execute(select(rows).where(and_(*wanted)).order_by(*order).limit(limit))
        return [_question(row) for row in found.mappings()]

    async def decide(self, number: int, decision: Decision, before: Sequence[ReviewState] = WAITING) -> None:
        """Write a decision down.

        Args:
            number: of the question.
            decision: what was made of it; one that is open again takes an earlier one back.
            before: states in which the question may be.

        Raises:
            NoSuchQuestionError: there is none under that number.
            DecidedElsewhereError: it is in another state.
        """
        chosen = and_(rows.c.id == number, rows.c.state.in_(before))
        result = await self._session.execute(update(rows).where(chosen).values(_decided(decision)))
        if not getattr(result, "rowcount", 0):
            found = await self.get(number)
            raise DecidedElsewhereError(
                f"question {number} is {found.decision.state.value} already; nothing was changed"
            )

    async def delete(self, number: int) -> None:
        """Delete one question for good.

        Raises:
            NoSuchQuestionError: there is none under that number.
        """
        await self.get(number)
        await self._session.execute(delete(rows).where(rows.c.id == number))
        await MonthStore(self._session).forget()

    async def forget(self, before: datetime) -> int:
        """Delete what was not met since; what was accepted stays, since the assistant learns from it. Tell how many."""
        old = and_(rows.c.last_seen < before, rows.c.state != ReviewState.ACCEPTED)
        result = await self._session.execute(delete(rows).where(old))
        await MonthStore(self._session).forget()
        return int(getattr(result, "rowcount", 0))

    async def counts(self) -> dict[tuple[ReviewState, Reason], tuple[int, int]]:
        """Return, by state and reason, how many questions there are, and how often they were met together."""
        query = select(rows.c.state, rows.c.reason, func.count(), func.sum(rows.c.count))
        found = await self._session.execute(query.group_by(rows.c.state, rows.c.reason))
        return {(ReviewState(row[0]), Reason(row[1])): (int(row[2]), int(row[3])) for row in found}

    async def met_between(self, since: datetime, until: datetime, most: int, naming: str = "") -> list[Met]:
        """Return questions about procedures that were met in a time, the most often met first; those rejected not.

        Args:
            since: beginning of the time.
            until: its end, not included.
            most: so many are looked at.
            naming: only those of these in whose codes, or in those of their candidates, this occurs.
        """
        codes = ("decided_code", "suggested", "context", "candidates")
        columns = [rows.c[name] for name in ("id", "text", "reason", "count", *codes)]
        met = and_(rows.c.last_seen >= since, rows.c.first_seen < until, rows.c.decided_kind == "")
        kept = rows.c.state != ReviewState.REJECTED
        first = select(*columns).where(met, kept).order_by(rows.c.count.desc(), rows.c.id).limit(most).subquery()
        named = or_(*(first.c[name].contains(naming, autoescape=True) for name in codes)) if naming else true()
        chosen = select(first).where(named).order_by(first.c.count.desc(), first.c.id)
        return [_met(row) for row in (await self._session.execute(chosen)).mappings()]

    async def met_again(self) -> list[Question]:
        """Return the accepted questions that the assistant met again since and still did not understand."""
        again = and_(rows.c.state == ReviewState.ACCEPTED, rows.c.last_seen > rows.c.decided_at)
        found = await self._session.execute(select(rows).where(again).order_by(rows.c.count.desc(), rows.c.id))
        return [_question(row) for row in found.mappings()]


@cache
def _noting(dialect: str, counted: bool, suggested: bool) -> Any:
    insertion = (postgresql if dialect == "postgresql" else sqlite).insert(rows)
    given = insertion.excluded
    weightier = _weight(given.reason) > _weight(rows.c.reason)
    changes: dict[str, Any] = {"reason": case((weightier, given.reason), else_=rows.c.reason)}
    if counted:
        seen = ("last_seen", "candidates", "aspects", "context", "catalogue_version")
        changes |= {"count": rows.c.count + 1, **{name: given[name] for name in seen}}
    if suggested:
        changes["suggested"] = given.suggested
    return insertion.on_conflict_do_update(index_elements=[rows.c.hash], set_=changes)


def _weight(reason: Any) -> Any:
    return case({name.value: weight for name, weight in WEIGHT.items()}, value=reason, else_=-1)


def _values(sighting: Sighting, at: datetime) -> dict[str, Any]:
    return {
        "hash": sighting.hash,
        "text": sighting.text,
        "reason": sighting.reason.value,
        "candidates": msgspec.json.encode(sighting.candidates).decode(),
        "aspects": " ".join(sighting.aspects),
        "context": sighting.context[:32],
        "suggested": sighting.suggested[:32],
        "count": 1,
        "first_seen": at,
        "last_seen": at,
        "catalogue_version": sighting.catalogue,
        **_decided(Decision(ReviewState.OPEN)),
    }


def _decided(decision: Decision) -> dict[str, Any]:
    return {
        "state": decision.state.value,
        "decided_code": decision.code,
        "decided_kind": decision.kind.value if decision.kind else "",
        "decided_aspects": " ".join(aspect.value for aspect in decision.aspects),
        "decided_by": decision.by[:64],
        "decided_at": decision.at,
    }


def _question(row: RowMapping) -> Question:
    return Question(
        id=row["id"],
        text=row["text"],
        reason=Reason(row["reason"]),
        count=row["count"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        candidates=msgspec.json.decode(row["candidates"], type=tuple[Kept, ...]),
        aspects=_aspects(row["aspects"]),
        context=row["context"],
        suggested=row["suggested"],
        catalogue_version=row["catalogue_version"],
        decision=Decision(
            state=ReviewState(row["state"]),
            code=row["decided_code"],
            kind=Intent(row["decided_kind"]) if row["decided_kind"] else None,
            aspects=_aspects(row["decided_aspects"]),
            by=row["decided_by"],
            at=row["decided_at"],
        ),
    )


def _met(row: RowMapping) -> Met:
    known = row["decided_code"] or row["suggested"] or row["context"]
    kept = () if known else msgspec.json.decode(row["candidates"], type=tuple[Kept, ...])
    nearest = kept[0].code if kept else ""
    said = row["text"], Reason(row["reason"]), row["count"]
    return Met(*said, row["decided_code"], row["suggested"], row["context"], nearest)


def _aspects(names: str) -> tuple[Aspect, ...]:
    """Read aspects; what an older program called otherwise is passed over."""
    known = {aspect.value: aspect for aspect in Aspect}
    return tuple(known[name] for name in names.split() if name in known)
