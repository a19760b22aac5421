"""What others said already: public items for who is about to send, groups of open records for officials, and news for followers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor, Role
from feedback.case import Case
from feedback.ports import FoldsText, Notice, NoticeKind, Tells
from feedback.posting_store import Spread
from feedback.publication.item import Published
from feedback.record import ENDED, Address, Status
from feedback.similar_store import SimilarStore
from feedback.similarity import ALIKE, Text, groups, likeness, weights, words_of
from feedback.transitions import Action
from feedback.word_store import PUBLISHED, WordStore, sought

OPEN = tuple(status for status in Status if status not in ENDED and status is not Status.AWAITING_PUBLICATION)
"""Statuses of records that are still to be answered."""
_CANDIDATES = 15
"""Looked at closely, after they were found by their words."""
_SAME_PROCEDURE = 0.1
"""How much more alike an item on the same procedure is."""
_GROUPED = 2000
"""Open records, the newest ones, that are grouped at once."""
_TEXT_STEPS = frozenset({Action.SUBMIT, Action.ENTER, Action.SUPPLEMENT, Action.SPLIT, Action.UNDO})
_NEWS = frozenset({Action.PUBLISH, Action.REOPEN, Action.HIDE})


@dataclass(frozen=True)
class WordIndex:
    """Keeps the words of records and public items up to date; follows each step, in its transaction."""

    words: WordStore
    items: SimilarStore
    folds: FoldsText

    async def follow(self, session: AsyncSession, case: Case, action: Action, at: datetime) -> None:
        """Look at the record as it is after a step; when it is published, its public item must be there already."""
        if action in _TEXT_STEPS:
            await self.words.put(session, case.id, words_of(self.folds.fold(case.masked)))
        if action in (Action.PUBLISH, Action.REWORD, Action.HIDE):
            await self.publish(session, case.id)

    async def publish(self, session: AsyncSession, record_id: int) -> None:
        """Take up the words of a record's public item as it is now; also after an official changed its text."""
        question = await self.items.question(session, record_id)
        if question is None:
            await self.words.drop(session, record_id, PUBLISHED)
        else:
            await self.words.put(session, record_id, words_of(self.folds.fold(question)), PUBLISHED)


@dataclass(frozen=True)
class Similar:
    """Public items that may be what somebody wants to say."""

    words: WordStore
    items: SimilarStore
    folds: FoldsText
    practice: bool = True
    """Whether what a trial published is found, too: where feedback is received it never is."""

    async def find(
        self, session: AsyncSession, text: str, procedure_code: str = "", limit: int = 3
    ) -> Sequence[Published]:
        """Return the public items most like a text, the best first; none where nothing is alike.

        Args:
            session: to read with.
            text: what somebody is about to send.
            procedure_code: those on the same procedure come first; empty for unknown.
            limit: how many.
        """
        folded = self.folds.fold(text)
        spread = await self.words.spreads(session, words_of(folded), PUBLISHED)
        wanted = sought(spread)
        if not wanted:
            return []
        ids: list[int] = []
        if procedure_code:
            ids += await self.words.public(session, wanted, _CANDIDATES, procedure_code, practice=self.practice)
        if len(ids) < _CANDIDATES:
            ids += await self.words.public(session, wanted, _CANDIDATES, practice=self.practice)
        found = await self.items.items(session, list(dict.fromkeys(ids)))
        return self._best(folded, found, _weights(spread), procedure_code)[:limit]

    async def follow(self, session: AsyncSession, slug: str, where: Address, language: str, at: datetime) -> bool:
        """Tell a conversation from now on when a public item moves; false when there is none, or it is told already."""
        record_id = await self.items.record_of(session, slug)
        return record_id is not None and await self.items.follow(session, record_id, where, language, at)

    async def unfollow(self, session: AsyncSession, slug: str, where: Address) -> None:
        """Tell a conversation no more of an item; of none for an empty slug."""
        record_id = await self.items.record_of(session, slug) if slug else None
        if record_id is not None or not slug:
            await self.items.unfollow(session, where, record_id)

    def _best(
        self, folded: str, found: Sequence[Published], weight: Mapping[str, float], procedure_code: str
    ) -> Sequence[Published]:
        mine = Text.of(folded)
        scored = []
        for place, item in enumerate(found):
            alike = likeness(mine, Text.of(self.folds.fold(item.question)), weight)
            if alike >= ALIKE:
                same = bool(procedure_code) and item.procedure_code == procedure_code
                scored.append((alike + _SAME_PROCEDURE * same, -place, item))
        return [item for _, _, item in sorted(scored, key=lambda one: one[:2], reverse=True)]


def _weights(spread: Mapping[str, Spread]) -> Mapping[str, float]:
    return weights({one: found.count for one, found in spread.items()})


@dataclass(frozen=True)
class Group:
    """Open records about the same thing."""

    records: tuple[int, ...]
    """The oldest first: the others can be merged into it and answered once."""


@dataclass(frozen=True)
class Groups:
    """What officials can answer at once."""

    words: WordStore
    items: SimilarStore
    folds: FoldsText

    async def like(self, session: AsyncSession, actor: Actor, case: Case, limit: int = 20) -> Sequence[int]:
        """Return the open records most like one, the best first, without itself.

        Raises:
            NotAllowedError: the actor handles no records.
        """
        actor.require(Role.RECEIVER, Role.HANDLER, Role.APPROVER)
        folded = self.folds.fold(case.masked)
        spread = await self.words.spreads(session, words_of(folded))
        wanted = sought(spread)
        if not wanted:
            return []
        ids = await self.words.open(session, wanted, OPEN, _CANDIDATES * 2)
        texts = await self.items.masked(session, [one for one in ids if one != case.id])
        mine, weight = Text.of(folded), _weights(spread)
        alike = {one: likeness(mine, Text.of(self.folds.fold(text)), weight) for one, text in texts.items()}
        return sorted((one for one in alike if alike[one] >= ALIKE), key=lambda one: (-alike[one], one))[:limit]

    async def all(self, session: AsyncSession, actor: Actor) -> Sequence[Group]:
        """Return the groups among the newest open records, the largest first; a handler's are those of the own unit.

        Raises:
            NotAllowedError: the actor handles no records.
        """
        actor.require(Role.RECEIVER, Role.HANDLER, Role.APPROVER)
        units = None if actor.has((Role.RECEIVER, Role.APPROVER)) else (actor.unit,)
        texts = await self.items.open_texts(session, OPEN, units, _GROUPED)
        folded = {one: Text.of(self.folds.fold(text)) for one, text in texts.items()}
        return [Group(records) for records in groups(folded)]


@dataclass(frozen=True)
class Followers:
    """Tells those who follow a public item when it moves; follows each step, in its transaction."""

    items: SimilarStore
    tells: Tells

    async def follow(self, session: AsyncSession, case: Case, action: Action, at: datetime) -> None:
        """Tell them of a step that is public, once each: neither the receipt nor a word of the sender's goes out."""
        if action not in _NEWS:
            return
        people = await self.items.followers(session, case.id)
        slug = await self.items.slug_of(session, case.id) if people else ""
        values = {"slug": slug, "status": case.status.value}
        for place, one in enumerate(people):
            key = f"f:{case.id}:{case.revision}:moved:{place}"
            await self.tells.tell(session, one.where, Notice(NoticeKind.MOVED, "", values, key), one.language)
