"""Tests of drafts, publishing and rollback, on both databases."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.entries import index_of, index_recipe
from nlu.catalogue.errors import CatalogueError, ConflictError, NoSuchVersionError, OutdatedDraftError
from nlu.catalogue.index import Index, stored_recipe
from nlu.catalogue.model import Procedure
from nlu.catalogue.store import CatalogueStore, State
from nlu.catalogue.tables import revision
from nlu.catalogue.tables import version as version_table
from nlu.catalogue.versions import DraftMade, make_draft, publish, renew_index, rollback
from tests.factories import NOW, procedure
from tests.fakes.catalogue import FakeIndex, fake_index_of

ONE, TWO, THREE = procedure("1.000001"), procedure("1.000002"), procedure("1.000003")


async def draft(
    database: UnitOfWork, *procedures: Procedure, replace: bool = False, onto: int | None = None
) -> DraftMade:
    """Make a draft of these records."""
    return await make_draft(database, lambda: procedures, origin="test", now=NOW, replace=replace, onto=onto)


async def live(database: UnitOfWork, *procedures: Procedure) -> int:
    """Make these records live."""
    await draft(database, *procedures)
    return (await publish(database, fake_index_of, now=NOW)).number


async def codes(database: UnitOfWork, number: int) -> list[str]:
    """The codes that a version holds."""
    async with database.read() as session:
        return [one.code async for one in CatalogueStore(session).procedures(number)]


async def states(database: UnitOfWork) -> list[tuple[int, State]]:
    """All versions, newest first."""
    async with database.read() as session:
        return [(version.number, version.state) for version, _ in await CatalogueStore(session).versions()]


async def test_the_first_import_makes_a_draft_that_nobody_sees_yet(database: UnitOfWork) -> None:
    made = await draft(database, ONE, TWO)

    assert made == DraftMade(number=1, base=None, imported=2, carried_over=0)
    assert await states(database) == [(1, State.DRAFT)]
    async with database.read() as session:
        assert await CatalogueStore(session).live_number() is None


async def test_an_import_replaces_and_adds_by_code_on_top_of_the_live_version(database: UnitOfWork) -> None:
    await live(database, ONE, TWO)

    made = await draft(database, procedure("1.000002", name="Tên mới"), THREE)

    assert (made.base, made.imported, made.carried_over) == (1, 2, 1)
    async with database.read() as session:
        store = CatalogueStore(session)
        found = await store.get_many(2, ["1.000003", "1.000002", "9.999999", "1.000001"])
    assert [one.code for one in found] == ["1.000003", "1.000002", "1.000001"]
    assert found[1].name == "Tên mới"


async def test_a_draft_can_hold_the_imported_procedures_alone(database: UnitOfWork) -> None:
    await live(database, ONE, TWO)

    made = await draft(database, THREE, replace=True)

    assert made.base is None
    assert await codes(database, made.number) == ["1.000003"]


async def test_a_draft_can_build_on_another_draft(database: UnitOfWork) -> None:
    await live(database, ONE)
    first = await draft(database, TWO)

    second = await draft(database, THREE, onto=first.number)

    assert await codes(database, second.number) == ["1.000001", "1.000002", "1.000003"]
    assert (await publish(database, fake_index_of, now=NOW)).number == second.number


async def test_a_draft_on_a_version_that_is_not_there_is_refused(database: UnitOfWork) -> None:
    with pytest.raises(NoSuchVersionError, match="no version 7"):
        await draft(database, ONE, onto=7)


async def test_a_record_that_does_not_change_is_stored_once(database: UnitOfWork) -> None:
    for _ in range(3):
        await draft(database, ONE, TWO)

    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(revision)) == 2


async def test_an_import_that_breaks_off_leaves_nothing_behind(database: UnitOfWork) -> None:
    def broken() -> list[Procedure]:
        raise CatalogueError("the file ended")

    with pytest.raises(CatalogueError):
        await make_draft(database, broken, origin="test", now=NOW)

    assert await states(database) == []


async def test_more_records_than_one_batch_are_kept_and_read_back(database: UnitOfWork) -> None:
    many = [procedure(f"1.{number:06d}") for number in range(1, 906)]

    made = await draft(database, *many)

    assert await codes(database, made.number) == [one.code for one in many]


async def test_publishing_stores_the_index_and_retires_the_version_before(database: UnitOfWork) -> None:
    await live(database, ONE)
    await draft(database, TWO)

    published = await publish(database, fake_index_of, now=NOW)

    assert (published.number, published.replaced, published.published_at) == (2, 1, NOW)
    assert await states(database) == [(2, State.LIVE), (1, State.RETIRED)]
    async with database.read() as session:
        found = await CatalogueStore(session).index(2)
    assert found is not None
    assert found[1] == b"2:1.000001,1.000002"
    assert len(found[0]) == 64


async def test_there_must_be_a_draft_to_publish(database: UnitOfWork) -> None:
    with pytest.raises(NoSuchVersionError, match="no draft"):
        await publish(database, fake_index_of, now=NOW)
    with pytest.raises(NoSuchVersionError, match="no version 5"):
        await publish(database, fake_index_of, now=NOW, number=5)
    await live(database, ONE)
    with pytest.raises(NoSuchVersionError, match="is live, not a draft"):
        await publish(database, fake_index_of, now=NOW, number=1)


async def test_an_empty_version_is_not_published(database: UnitOfWork) -> None:
    await draft(database)

    with pytest.raises(CatalogueError, match="holds no procedure"):
        await publish(database, fake_index_of, now=NOW)


async def test_a_draft_that_does_not_know_the_live_version_is_published_only_by_force(database: UnitOfWork) -> None:
    await live(database, ONE)
    early = await draft(database, TWO)
    await live(database, THREE)

    with pytest.raises(OutdatedDraftError, match="version 2 was made on version 1 but version 3 is live"):
        await publish(database, fake_index_of, now=NOW, number=early.number)
    forced = await publish(database, fake_index_of, now=NOW, number=early.number, force=True)

    assert forced.replaced == 3


async def test_a_failing_index_leaves_the_live_version_alone(database: UnitOfWork) -> None:
    await live(database, ONE)
    await draft(database, TWO)

    def broken(*_: object) -> FakeIndex:
        raise CatalogueError("no index")

    with pytest.raises(CatalogueError):
        await publish(database, broken, now=NOW)

    assert await states(database) == [(2, State.DRAFT), (1, State.LIVE)]


async def test_rollback_returns_to_the_version_before_and_the_withdrawn_one_can_come_again(
    database: UnitOfWork,
) -> None:
    await live(database, ONE)
    await live(database, TWO)

    withdrawn, again = await rollback(database)

    assert (withdrawn.number, withdrawn.state, again.number, again.state) == (2, State.WITHDRAWN, 1, State.LIVE)
    assert (await publish(database, fake_index_of, now=NOW, number=2)).number == 2
    assert (await rollback(database))[1].number == 1


async def test_rollback_goes_back_step_by_step_and_stops_at_the_first(database: UnitOfWork) -> None:
    for one in (ONE, TWO, THREE):
        await live(database, one)

    assert (await rollback(database))[1].number == 2
    assert (await rollback(database))[1].number == 1
    with pytest.raises(NoSuchVersionError, match="first one published"):
        await rollback(database)


async def test_there_must_be_a_live_version_to_roll_back(database: UnitOfWork) -> None:
    with pytest.raises(NoSuchVersionError, match="no version is live"):
        await rollback(database)


async def test_imports_at_the_same_time_make_a_draft_each(database: UnitOfWork) -> None:
    made = await asyncio.gather(*(draft(database, ONE, procedure(f"1.00010{n}")) for n in range(4)))

    assert sorted(one.number for one in made) == [1, 2, 3, 4]
    for one in made:
        assert len(await codes(database, one.number)) == 2


async def test_of_two_publications_at_the_same_time_one_wins_and_the_other_is_told(database: UnitOfWork) -> None:
    first, second = await draft(database, ONE), await draft(database, TWO)

    outcomes = await asyncio.gather(
        publish(database, fake_index_of, now=NOW, number=first.number),
        publish(database, fake_index_of, now=NOW, number=second.number),
        return_exceptions=True,
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], (ConflictError, OutdatedDraftError))
    assert [state for _, state in await states(database)].count(State.LIVE) == 1


async def test_the_database_itself_refuses_a_second_live_version(database: UnitOfWork) -> None:
    await live(database, ONE)
    await draft(database, TWO)

    with pytest.raises(Exception, match=r"(?i)unique"):
        async with database.write() as session:
            await session.execute(version_table.update().values(state="live"))


async def test_an_index_made_with_other_words_is_made_anew_and_a_present_one_is_left_alone(
    database: UnitOfWork,
) -> None:
    number = await live(database, ONE)

    assert await renew_index(database, index_of, index_recipe)
    assert not await renew_index(database, index_of, index_recipe)

    async with database.read() as session:
        stored = await CatalogueStore(session).index(number)
    assert stored is not None
    assert stored_recipe(stored[1]) == index_recipe()
    assert Index.from_bytes(stored[1]).codes == ("1.000001",)


async def test_without_a_live_version_there_is_no_index_to_make(database: UnitOfWork) -> None:
    assert not await renew_index(database, index_of, index_recipe)
