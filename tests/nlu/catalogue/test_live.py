"""Tests of the live catalogue in a running process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from bot.unit_of_work import UnitOfWork
from nlu.catalogue.entries import index_of
from nlu.catalogue.live import LiveCatalogue
from nlu.catalogue.model import Detail, Procedure
from nlu.catalogue.store import CatalogueStore
from nlu.catalogue.versions import make_draft, publish, rollback
from tests.factories import NOW, procedure


class Counting(UnitOfWork):
    """A unit of work that counts how often it is read from."""

    reads = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        self.reads += 1
        async with super().read() as session:
            yield session


async def publish_these(database: UnitOfWork, *procedures: Procedure) -> None:
    """Make these records live with their real index."""
    await make_draft(database, lambda: procedures, origin="t", now=NOW)
    await publish(database, index_of, now=NOW)


async def test_nothing_is_there_before_the_first_publication(database: UnitOfWork) -> None:
    catalogue = LiveCatalogue(database)

    assert await catalogue.refresh() is False
    assert (catalogue.number, catalogue.index, catalogue.index_bytes(), catalogue.etag()) == (0, None, b"", "")
    assert await catalogue.get("1.001193") is None


async def test_a_publication_and_a_rollback_are_followed(database: UnitOfWork) -> None:
    catalogue = LiveCatalogue(database)
    await publish_these(database, procedure())
    assert await catalogue.refresh() is True
    first = catalogue.etag()
    assert (await catalogue.get("1.001193")) == procedure()

    await publish_these(database, procedure(name="Đăng ký lại khai sinh"))
    assert await catalogue.refresh() is True
    renamed = await catalogue.get("1.001193")
    assert (catalogue.number, renamed.name if renamed else "") == (2, "Đăng ký lại khai sinh")
    assert catalogue.etag() != first

    await rollback(database)
    assert await catalogue.refresh() is True
    assert (catalogue.number, catalogue.etag()) == (1, first)
    assert (await catalogue.get("1.001193")) == procedure()


async def test_the_index_belongs_to_the_version_and_finds_its_procedures(database: UnitOfWork) -> None:
    await publish_these(database, procedure(), procedure("1.000894", name="Đăng ký kết hôn"))
    catalogue = LiveCatalogue(database)
    await catalogue.refresh()

    assert catalogue.index is not None
    assert catalogue.index.version == catalogue.number == 1
    assert catalogue.index.rank("đăng ký kết hôn").candidates[0].code == "1.000894"


async def test_refreshing_without_a_change_costs_one_query_and_keeps_the_cache(database: UnitOfWork) -> None:
    await publish_these(database, procedure())
    work = Counting(database.engine)
    catalogue = LiveCatalogue(work)
    await catalogue.refresh()
    loaded = catalogue.loaded
    await catalogue.get("1.001193")
    work.reads = 0

    assert await catalogue.refresh() is False
    assert await catalogue.get("1.001193") is not None

    assert work.reads == 1
    assert catalogue.loaded is loaded


async def test_records_come_in_the_order_asked_and_the_cache_stays_small(database: UnitOfWork) -> None:
    await publish_these(database, *(procedure(f"1.00000{n}") for n in range(6)))
    catalogue = LiveCatalogue(database, cached=2)
    await catalogue.refresh()

    found = await catalogue.get_many(["1.000004", "9.000000", "1.000001", "1.000003"])

    assert [one.code for one in found] == ["1.000004", "1.000001", "1.000003"]
    assert len(catalogue._records) == 2


async def test_an_index_of_an_older_program_is_built_again(database: UnitOfWork) -> None:
    await publish_these(database, procedure())
    async with database.write() as session:
        await CatalogueStore(session).save_index(1, b"another layout")
    catalogue = LiveCatalogue(database)

    await catalogue.refresh()

    assert catalogue.index is not None
    assert catalogue.index.codes == ("1.001193",)
    assert catalogue.index_bytes() != b"another layout"


async def test_the_procedures_of_a_field_come_with_details_first_and_short_names_first(database: UnitOfWork) -> None:
    listing = procedure("1.000001", name="Tách thửa", field="Đất đai", detail=Detail.LISTING)
    long, short = (procedure(f"1.00000{at}", name="Cấp sổ " * at, field="Đất đai") for at in (3, 2))
    await publish_these(database, procedure(), listing, long, short)
    catalogue = LiveCatalogue(database)
    assert await catalogue.in_fields(["Đất đai"]) == []
    await catalogue.refresh()
    assert await catalogue.in_fields(["Đất đai", "Nhà ở"]) == [short, long, listing]
    assert await catalogue.in_fields([]) == []
