from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.unit_of_work import UnitOfWork
from feedback.publication.item import HiddenWhy, Query
from feedback.publication.store import PublicationStore
from feedback.tables import published_word
from tests.feedback.fakes import SimpleWords
from tests.feedback.publication.items import item
from tests.feedback.records import NOW

STORE = PublicationStore(SimpleWords())
ITEMS = (
    item(1),
    item(2, procedure_code="1.000894", procedure_name="Đăng ký kết hôn", question="Phải chờ lâu.", agency="H48.2"),
    item(3, procedure_code="", procedure_name="", field="Đất đai", question="Bản đồ sai thửa.", answer="Đã sửa."),
)


@pytest.fixture
async def filled(database: UnitOfWork) -> UnitOfWork:
    async with database.write() as session:
        for one in ITEMS:
            await STORE.put(session, one)
    return database


async def found(database: UnitOfWork, **asked: str) -> list[int]:
    async with database.read() as session:
        return [one.record for one in (await STORE.page(session, Query(**asked))).items]


async def test_an_item_is_read_back_as_it_was_published(filled: UnitOfWork) -> None:
    async with filled.read() as session:
        assert [await STORE.find(session, one.slug) for one in ITEMS] == list(ITEMS)
        assert await STORE.find(session, "nothing") is None


@pytest.mark.parametrize(
    ("asked", "records"),
    [
        ({}, [3, 2, 1]),
        ({"words": "khai sinh"}, [1]),
        ({"words": "KHAI SINH ban sao"}, [1]),
        ({"words": "dang ky"}, [2, 1]),
        ({"words": "đăng ký đất"}, []),
        ({"words": "!?"}, []),
        ({"procedure": "1.000894"}, [2]),
        ({"agency": "H48.1"}, [3, 1]),
        ({"field": "Đất đai"}, [3]),
        ({"field": "Hộ tịch", "words": "chờ"}, [2]),
        ({"words": "1.001193"}, [1]),
    ],
)
async def test_items_are_found_by_words_procedure_agency_and_field(
    filled: UnitOfWork, asked: dict[str, str], records: list[int]
) -> None:
    assert await found(filled, **asked) == records


async def test_frequent_words_are_found_the_same_way(filled: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.publication.store.RARE", 1)
    monkeypatch.setattr("feedback.posting_store.WHOLE", 0)
    assert await found(filled, words="dang ky") == [2, 1]
    assert await found(filled, words="dang ky khai sinh") == [1]


async def test_pages_follow_each_other(filled: UnitOfWork) -> None:
    async with filled.read() as session:
        first = await STORE.page(session, Query(), 1, 2)
        second = await STORE.page(session, Query(), 2, 2)
        far = await STORE.page(session, Query(), 10**9, 2)
    assert ([one.record for one in first.items], first.more) == ([3, 2], True)
    assert ([one.record for one in second.items], second.more) == ([1], False)
    assert (far.items, far.more) == ((), False)


async def test_what_is_found_by_words_ends_after_some_pages_and_says_that_there_is_more(
    filled: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.publication.store.MOST_FOUND", 2)
    async with filled.write() as session:
        await STORE.put(session, item(4))
        pages = [await STORE.page(session, Query("khai sinh"), number, 1) for number in (1, 2, 3)]
        assert [(page.number, page.more, page.cut) for page in pages] == [
            (1, True, False),
            (2, False, False),
            (2, False, False),
        ]
        await STORE.put(session, item(5))
        last = await STORE.page(session, Query("khai sinh"), 9, 1)
        assert (last.number, last.more, last.cut) == (2, False, True)
        everything = await STORE.page(session, Query(), 4, 1)
        assert (everything.number, everything.more, everything.cut) == (4, True, False)


async def test_what_is_hidden_is_found_by_its_link_alone_and_its_words_are_gone(filled: UnitOfWork) -> None:
    async with filled.write() as session:
        assert await STORE.hide(session, 1, HiddenWhy.SENDER, NOW)
        assert not await STORE.hide(session, 1, HiddenWhy.OTHER, NOW)
        assert not await STORE.hide(session, 99, HiddenWhy.OTHER, NOW)
        hidden = await STORE.find(session, ITEMS[0].slug)
        count = select(func.count()).select_from(published_word).where(published_word.c.record == 1)
        assert (await session.execute(count)).scalar_one() == 0
    assert hidden is not None
    assert (hidden.hidden_why, hidden.hidden_at, hidden.question, hidden.answer) == (HiddenWhy.SENDER, NOW, "", "")
    assert await found(filled, words="khai sinh") == []
    assert await found(filled) == [3, 2]


async def test_an_item_published_anew_is_found_by_its_new_words(filled: UnitOfWork) -> None:
    async with filled.write() as session:
        await STORE.hide(session, 1, HiddenWhy.MISTAKE, NOW)
        await STORE.put(session, item(1, question="Khác hẳn."))
    assert await found(filled, words="khac han") == [1]
    assert await found(filled, words="ban sao") == []


async def test_lists_can_be_narrowed_to_what_there_is(filled: UnitOfWork) -> None:
    async with filled.read() as session:
        filters = await STORE.filters(session)
    assert filters.procedures == (("1.000894", "Đăng ký kết hôn"), ("1.001193", "Đăng ký khai sinh"))
    assert filters.agencies == ("H48.1", "H48.2")
    assert set(filters.fields) == {"Hộ tịch", "Đất đai"}


async def test_what_a_trial_published_is_listed_no_more_once_feedback_is_received(filled: UnitOfWork) -> None:
    real = PublicationStore(SimpleWords(), practice=False)
    practised = item(4, trial=True, procedure_code="1.9", procedure_name="Thử", agency="MAU", field="Thử")
    async with filled.write() as session:
        await STORE.put(session, practised)
        assert [one.record for one in (await STORE.page(session, Query())).items] == [4, 3, 2, 1]
        assert [one.record for one in (await real.page(session, Query())).items] == [3, 2, 1]
        assert [one.record for one in (await real.page(session, Query("khai sinh"))).items] == [1]
        filters = await real.filters(session)
        assert await real.find(session, practised.slug) == practised
    assert ("1.9", "Thử") not in filters.procedures
    assert (filters.agencies, set(filters.fields)) == (("H48.1", "H48.2"), {"Hộ tịch", "Đất đai"})


async def test_an_empty_house_has_nothing_to_show(database: UnitOfWork) -> None:
    async with database.read() as session:
        assert (await STORE.filters(session)).procedures == ()


async def test_what_was_published_in_a_time_is_given_in_order_some_at_a_time(
    filled: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.publication.store._SOME", 1)
    first, last = ITEMS[0].published_at, max(one.published_at for one in ITEMS)
    async with filled.write() as session:
        await STORE.hide(session, 2, HiddenWhy.MISTAKE, NOW)
    async with filled.read() as session:
        every = [one.record async for one in STORE.shown_between(session, first, last + timedelta(seconds=1))]
        none = [
            one.record
            async for one in STORE.shown_between(session, last + timedelta(seconds=1), last + timedelta(days=1))
        ]
    assert (every, none) == ([1, 3], [])
