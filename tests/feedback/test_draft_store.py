"""Drafts: who agreed to what, and contact data of the form page. On a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.unit_of_work import UnitOfWork
from feedback.draft_store import DraftStore
from feedback.record import Address, Sender
from feedback.tables import draft
from tests.bot.messages import NOW
from tests.feedback.fakes import OpenSeals

WHERE = Address("telegram", "default", "c1")
WEEK = timedelta(days=7)
AN = Sender("Nguyễn Văn An", "12 Lê Lợi", "+84905123427")


@pytest.fixture
def store() -> DraftStore:
    return DraftStore(OpenSeals())


async def test_a_draft_begun_twice_is_one_with_the_first_consent(store: DraftStore, database: UnitOfWork) -> None:
    async with database.write() as session:
        await store.begin(session, "d1", WHERE, "1", (NOW, NOW + WEEK))
        await store.begin(session, "d1", WHERE, "2", (NOW + WEEK, NOW + 2 * WEEK))
    async with database.read() as session:
        found = await store.get(session, "d1", NOW)
    assert found is not None
    assert (found.where, found.consent_version, found.consent_at, found.contact) == (WHERE, "1", NOW, None)


async def test_contact_data_are_kept_while_the_draft_is_open(store: DraftStore, database: UnitOfWork) -> None:
    async with database.write() as session:
        await store.begin(session, "d1", WHERE, "1", (NOW, NOW + WEEK))
        assert await store.put_contact(session, "d1", AN, (NOW, NOW + 2 * WEEK))
        assert not await store.put_contact(session, "none", AN, (NOW, NOW + WEEK))
    async with database.read() as session:
        assert await store.contact(session, "d1") == AN
        assert await store.get(session, "d1", NOW + WEEK) is not None, "filling in the page prolongs it"
        assert await store.get(session, "d1", NOW + 2 * WEEK) is None
        body = (await session.execute(select(draft.c.body))).scalar_one()
    assert body.startswith(b"feedback draft d1\0"), "sealed for its own place"


async def test_what_is_too_old_is_named_and_what_was_sent_is_gone(store: DraftStore, database: UnitOfWork) -> None:
    async with database.write() as session:
        await store.begin(session, "d1", WHERE, "1", (NOW, NOW + WEEK))
        await store.begin(session, "d2", WHERE, "1", (NOW, NOW + 2 * WEEK))
        assert await store.expired(session, NOW + WEEK) == [("d1", WHERE)]
        await store.drop(session, "d2")
        assert await store.contact(session, "d2") is None
        assert await store.expired(session, NOW + 3 * WEEK) == [("d1", WHERE)]
