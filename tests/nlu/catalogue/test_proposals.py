"""Nothing that somebody proposes is published before another person has looked at it, on both databases."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.errors import (
    NotApprovedError,
    OutdatedDraftError,
    ProposalError,
    RecordChangedError,
    SamePersonError,
)
from nlu.catalogue.model import Procedure
from nlu.catalogue.proposal_store import Proposal, ProposalKind, ProposalState, ProposalStore
from nlu.catalogue.proposals import Proposing, approve, propose, propose_edit, publish_proposal, send_back
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import make_draft, publish
from tests.factories import NOW, procedure
from tests.fakes.catalogue import fake_index_of

OLD = procedure()
NEW = procedure(result="Giấy khai sinh bản giấy và bản điện tử")
BY_LAN = Proposing("lan", "Theo quyết định mới", NOW, ProposalKind.EDIT, "sửa 1.001193")


@pytest.fixture
async def live(database: UnitOfWork) -> UnitOfWork:
    """A database with two live procedures."""
    await make_draft(database, lambda: [OLD, procedure("1.000894")], origin="t", now=NOW)
    await publish(database, fake_index_of, now=NOW)
    return database


async def edit(database: UnitOfWork, new: Procedure = NEW, wanted: Proposing = BY_LAN) -> int:
    """Propose a changed record."""
    async with database.read() as session:
        store = CatalogueStore(session)
        number = wanted.onto or await store.live_number()
        assert number is not None
        opened = await store.hash_of(number, OLD.code)
    return (await propose_edit(database, new, opened, wanted)).number


async def proposal(database: UnitOfWork, number: int) -> Proposal:
    """Read a proposal."""
    async with database.read() as session:
        return await ProposalStore(session).get(number)


async def result(database: UnitOfWork) -> str:
    """What the live record says."""
    async with database.read() as session:
        store = CatalogueStore(session)
        number = await store.live_number()
        assert number is not None
        return (await store.get_many(number, [OLD.code]))[0].result


async def test_a_change_is_live_once_a_second_person_approved_and_somebody_published_it(live: UnitOfWork) -> None:
    number = await edit(live)
    assert await result(live) == OLD.result
    await approve(live, number, "binh", NOW, "Đã đối chiếu")
    await publish_proposal(live, fake_index_of, number, "lan", NOW)

    assert await result(live) == NEW.result
    found = await proposal(live, number)
    assert (found.state, found.decided_by, found.published_by) == (ProposalState.PUBLISHED, "binh", "lan")


async def test_nobody_approves_what_they_wrote(live: UnitOfWork) -> None:
    number = await edit(live)
    with pytest.raises(SamePersonError):
        await approve(live, number, "lan", NOW)
    with pytest.raises(NotApprovedError):
        await publish_proposal(live, fake_index_of, number, "binh", NOW)
    with pytest.raises(NotApprovedError):
        await publish(live, fake_index_of, now=NOW, number=number, force=True)
    assert await result(live) == OLD.result


async def test_whoever_goes_on_with_a_proposal_is_an_author_of_it_too(live: UnitOfWork) -> None:
    first = await edit(live)
    more = msgspec.structs.replace(NEW, conditions="Không")
    second = await edit(live, more, replace(BY_LAN, by="binh", onto=first))
    assert (await proposal(live, first)).state is ProposalState.REPLACED
    for author in ("lan", "binh"):
        with pytest.raises(SamePersonError):
            await approve(live, second, author, NOW)
    await approve(live, second, "chi", NOW)
    await publish_proposal(live, fake_index_of, second, "chi", NOW)
    assert await result(live) == NEW.result


async def test_a_record_that_somebody_changed_meanwhile_is_not_overwritten(live: UnitOfWork) -> None:
    with pytest.raises(RecordChangedError):
        await propose_edit(live, NEW, "of another record", BY_LAN)
    with pytest.raises(ProposalError, match="nothing to propose"):
        await edit(live, OLD)


async def test_what_was_overtaken_by_a_publication_is_neither_approved_nor_published(live: UnitOfWork) -> None:
    slow, quick = await edit(live), await edit(live, procedure(result="Khác"))
    await approve(live, quick, "binh", NOW)
    await publish_proposal(live, fake_index_of, quick, "binh", NOW)
    with pytest.raises(OutdatedDraftError):
        await approve(live, slow, "binh", NOW)


async def test_what_is_sent_back_needs_a_reason_and_cannot_be_approved(live: UnitOfWork) -> None:
    number = await edit(live)
    with pytest.raises(ProposalError, match="why"):
        await send_back(live, number, "binh", NOW, " ")
    await send_back(live, number, "binh", NOW, "Thiếu nguồn")
    with pytest.raises(ProposalError, match="returned"):
        await approve(live, number, "binh", NOW)
    with pytest.raises(ProposalError, match="returned"):
        await edit(live, procedure(result="Khác"), replace(BY_LAN, onto=number))


async def test_an_abolished_procedure_goes_and_the_others_stay(live: UnitOfWork) -> None:
    wanted = replace(BY_LAN, without=("1.000894",))
    made = await propose(live, lambda: (), wanted)
    async with live.read() as session:
        assert [one.code async for one in CatalogueStore(session).procedures(made.number)] == [OLD.code]


async def test_a_draft_made_at_the_servers_terminal_is_published_there_as_before(live: UnitOfWork) -> None:
    await make_draft(live, lambda: [NEW], origin="t", now=NOW)
    await publish(live, fake_index_of, now=NOW)
    assert await result(live) == NEW.result
