"""A half-filled slip that nobody goes on with goes, and its words in the conversation with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.cipher import AesGcmCipher
from bot.dialogue.flows.post_slip_who import FORM
from bot.dialogue.state import ConversationState, FlowState
from bot.postal.kept_requests import StaleSlips, without
from bot.postal.request_records import Consent
from bot.postal.request_store import DRAFT_KEPT, RequestStore
from bot.unit_of_work import UnitOfWork
from tests.bot.messages import NOW, ref

STORE = RequestStore(AesGcmCipher("k" * 40))
HALF = FlowState(name=FORM, answers={"id": "BC-2222-2222", "name": "Nguyễn Văn An"})
OTHER = FlowState(name="pakn", answers={"id": "BC-2222-2222"})


def test_only_the_form_of_that_slip_is_taken_out() -> None:
    state = ConversationState(flows=(HALF, OTHER))
    assert without(state, "BC-2222-2222").flows == (OTHER,)
    assert without(state, "BC-3333-3333") is state


async def test_what_is_too_old_is_taken_out_of_its_own_conversation(database: UnitOfWork) -> None:
    states = {ref(): ConversationState(flows=(HALF,)), ref("c2"): ConversationState(flows=(HALF,))}

    async def change(_: AsyncSession, of: Ref, by: Callable[[ConversationState], ConversationState]) -> bool:
        states[of] = by(states[of])
        return True

    stale = StaleSlips(STORE, change, timedelta(days=30))
    async with database.write() as session:
        await STORE.begin(session, ref(), "BC-2222-2222", Consent("1", NOW))
        assert await stale.forget(session, NOW + DRAFT_KEPT) == 0
        assert states[ref()].flows == (HALF,)
        assert await stale.forget(session, NOW + DRAFT_KEPT + timedelta(seconds=1)) == 1
    assert (states[ref()].flows, states[ref("c2")].flows) == ((), (HALF,))
