"""Proposals that came to nothing do not fill the disk, and nothing that may still be needed goes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.proposal_store import ProposalKind, ProposalStore
from nlu.catalogue.proposals import Proposing, propose, send_back
from nlu.catalogue.pruning_store import INDEXES, LOOKED_AT, prune
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.tables import search_index
from nlu.catalogue.versions import make_draft, publish, rollback
from tests.factories import NOW, procedure
from tests.fakes.catalogue import fake_index_of

LATER = NOW + LOOKED_AT + timedelta(seconds=1)


async def live(database: UnitOfWork, result: str) -> None:
    """Make a record live."""
    await make_draft(database, lambda: [procedure(result=result)], origin="t", now=NOW)
    await publish(database, fake_index_of, now=NOW + timedelta(minutes=int(result)))


async def pruned(database: UnitOfWork) -> int:
    """Prune when all is old."""
    async with database.write() as session:
        return await prune(session, LATER)


async def test_the_content_of_a_proposal_sent_back_goes_after_a_while_and_its_story_stays(database: UnitOfWork) -> None:
    await live(database, "1")
    wanted = Proposing("lan", "vì sao", NOW, ProposalKind.EDIT, "t")
    back = await propose(database, lambda: [procedure(result="a")], wanted)
    kept = await propose(database, lambda: [procedure(result="b")], wanted)
    await send_back(database, back.number, "binh", NOW, "Thiếu nguồn")
    async with database.write() as session:
        assert await prune(session, NOW) == 0
    assert await pruned(database) == 1
    assert await pruned(database) == 0
    async with database.read() as session:
        store = CatalogueStore(session)
        assert [await store.is_empty(one) for one in (1, back.number, kept.number)] == [False, True, False]
        assert (await ProposalStore(session).get(back.number)).decision == "Thiếu nguồn"


async def test_the_indexes_of_the_newest_versions_and_of_the_live_one_stay(database: UnitOfWork) -> None:
    for number in range(1, INDEXES + 3):
        await live(database, str(number))
    for _ in range(INDEXES + 1):
        await rollback(database)
    assert await pruned(database) == 1
    async with database.read() as session:
        left = set(await session.scalars(select(search_index.c.version)))
    assert left == {1, *range(3, INDEXES + 3)}
