"""What waits for whom: nobody is asked to approve their own proposal."""

from __future__ import annotations

from aiohttp.test_utils import make_mocked_request

from bot.console.catalogue.waits import Waits, waits_for
from bot.console.official import Official, SignedIn
from bot.console.routing import Visit
from nlu.catalogue.proposal_store import ProposalKind
from nlu.catalogue.proposals import Proposing, approve, propose
from nlu.learning.review import Reason, Sighting
from nlu.learning.store import ReviewStore
from tests.factories import NOW, procedure
from tests.fakes.console_knowledge import BINH, CHI, LAN, Knowledge


def visit(who: Official) -> Visit:
    """Somebody opens the first page."""
    return Visit(make_mocked_request("GET", "/canbo"), SignedIn(who, "s"), "token", NOW)


async def test_proposals_of_others_and_open_questions_wait_for_an_editor(knowledge: Knowledge) -> None:
    for result in ("Một", "Hai"):
        wanted = Proposing("lan", "lý do", NOW, ProposalKind.EDIT, "t")
        made = await propose(knowledge.work, lambda result=result: [procedure(result=result)], wanted)
    async with knowledge.work.write() as session:
        await ReviewStore(session).note(Sighting("làm giấy cho bé", Reason.DECLINED), NOW)
    assert await waits_for(knowledge.work, visit(LAN)) == Waits(0, 0, 1)
    assert await waits_for(knowledge.work, visit(BINH)) == Waits(2, 0, 1)
    await approve(knowledge.work, made.number, "binh", NOW)
    assert await waits_for(knowledge.work, visit(BINH)) == Waits(1, 1, 1)
    assert await waits_for(knowledge.work, visit(CHI)) == Waits()
