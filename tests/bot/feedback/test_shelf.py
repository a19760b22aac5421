"""What the public pages read, on a real database."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.feedback.shelf import Shelf
from bot.unit_of_work import UnitOfWork
from feedback.publication.item import Query
from feedback.publication.store import PublicationStore
from tests.feedback.fakes import SimpleWords
from tests.feedback.publication.items import item
from tests.feedback.records import NOW


async def test_items_are_read_at_once_and_filters_within_a_minute(database: UnitOfWork) -> None:
    moments: list[datetime] = [NOW]
    store = PublicationStore(SimpleWords())
    shelf = Shelf(database, store, lambda: moments[-1])
    assert (await shelf.filters()).procedures == ()
    async with database.write() as session:
        await store.put(session, item(1))
    assert [one.record for one in (await shelf.page(Query())).items] == [1]
    assert await shelf.find(item(1).slug) == item(1)
    assert (await shelf.filters()).procedures == ()
    moments.append(NOW + timedelta(minutes=1))
    assert (await shelf.filters()).procedures == (("1.001193", "Đăng ký khai sinh"),)
