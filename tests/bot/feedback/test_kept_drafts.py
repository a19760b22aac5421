"""Drafts that nobody goes on with are deleted whole: words, contact data, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.dialogue.flows.feedback_story import FORM
from bot.dialogue.state import ConversationState, FlowState
from bot.feedback.kept_drafts import StaleDrafts
from bot.unit_of_work import UnitOfWork
from feedback.draft_store import DraftStore
from feedback.record import Address
from feedback.tables import draft
from tests.feedback.fakes import OpenSeals
from tests.feedback.records import NOW

WHERE, DAY = Address("web", "default", "somebody"), timedelta(days=1)


@dataclass
class Conversations:
    """States that are changed, and drafts whose files are dropped."""

    states: dict[Ref, ConversationState] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)

    async def change(
        self, session: AsyncSession, ref: Ref, change: Callable[[ConversationState], ConversationState]
    ) -> bool:
        if ref not in self.states:
            return False
        self.states[ref] = change(self.states[ref])
        return True

    async def drop_files(self, session: AsyncSession, draft: str) -> object:
        self.dropped.append(draft)
        return 1


async def test_what_is_too_old_goes_with_its_words_contact_data_and_files(database: UnitOfWork) -> None:
    ref = Ref("web", "default", "somebody")
    begun = ConversationState(flows=(FlowState(name=FORM, answers={"draft": "d1", "story": "Chờ mười ngày"}),))
    told, store = Conversations({ref: begun}), DraftStore(OpenSeals())
    async with database.write() as session:
        await store.begin(session, "d1", WHERE, "1", (NOW, NOW + DAY))
        await store.begin(session, "d2", WHERE, "1", (NOW, NOW + 3 * DAY))
        gone = await StaleDrafts(store, told.change, told.drop_files).forget(session, NOW + 2 * DAY)
        left = (await session.execute(select(func.count()).select_from(draft))).scalar_one()
    assert (gone, left, told.dropped) == (1, 1, ["d1"])
    assert told.states[ref].flows == ()
