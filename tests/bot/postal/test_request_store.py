"""Slips are kept sealed, for their own conversation alone, no longer than needed, and are sent once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.channels.contract import Reply
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.tables import OutboxState, outbox
from bot.postal.request import Parties, RequestState
from bot.postal.request_records import Consent
from bot.postal.request_store import DRAFT_KEPT, RequestStore
from bot.postal.request_tables import postal_request
from bot.unit_of_work import UnitOfWork
from tests.bot.delivery.conftest import engine_on
from tests.bot.messages import NOW, ref
from tests.bot.postal.slips import slip
from tests.fakes.post_slips import AN

STORE = RequestStore(AesGcmCipher("k" * 40))
CONSENT = Consent("2026-11/1", NOW)
MINUTE = timedelta(minutes=1)
ID = "BC-7KQM-2XWP"


async def kept(database: UnitOfWork, id: str = ID) -> None:
    async with database.write() as session:
        await STORE.begin(session, ref(), id, CONSENT)
        await STORE.keep(session, ref(), slip(id=id), "vi", CONSENT)


async def confirmed(database: UnitOfWork, at: datetime = NOW) -> bool:
    async with database.write() as session:
        return await STORE.confirm(session, ref(), ID, "buucuc@example.vn", (at, at + MINUTE))


async def test_a_draft_takes_names_from_the_page_until_it_is_finished(database: UnitOfWork) -> None:
    async with database.write() as session:
        for _ in range(2):
            await STORE.begin(session, ref(), ID, CONSENT)
        assert await STORE.put_parties(session, ID, Parties(AN), NOW)
    async with database.read() as session:
        draft = await STORE.draft(session, ID)
        assert draft is not None
        assert draft.parties == Parties(AN)
        assert await STORE.of(session, ref()) == []
    async with database.write() as session:
        for _ in range(2):
            await STORE.keep(session, ref(), slip(), "vi", CONSENT)
        assert not await STORE.put_parties(session, ID, Parties(AN), NOW)
        assert await STORE.draft(session, ID) is None
        assert await STORE.of(session, ref()) == [slip()]


async def test_nothing_of_a_person_stands_readable_in_the_table(database: UnitOfWork) -> None:
    await kept(database)
    async with database.read() as session:
        row = (await session.execute(select(postal_request))).one()
    told = " ".join(str(value) for value in row).encode() + row.body
    for secret in ("Nguyễn", "905123427", "Lê Lợi"):
        assert secret.encode() not in told


async def test_another_conversation_neither_sees_nor_changes_nor_sends_nor_deletes_it(database: UnitOfWork) -> None:
    await kept(database)
    other = ref("c2")
    async with database.write() as session:
        assert await STORE.one(session, other, ID) is None
        await STORE.note(session, other, ID, ("H48.30.02-261117-0001", ""), NOW)
        assert not await STORE.confirm(session, other, ID, "a@example.vn", (NOW, NOW))
        await STORE.keep(session, other, slip(weight=9), "vi", CONSENT)
        await STORE.drop(session, other, ID)
        assert await STORE.one(session, ref(), ID) == slip()


async def test_codes_are_noted_one_by_one(database: UnitOfWork) -> None:
    await kept(database)
    async with database.write() as session:
        await STORE.note(session, ref(), ID, ("H48.30.02-261117-0001", ""), NOW)
        await STORE.note(session, ref(), ID, ("", "EI123456785VN"), NOW)
        found = await STORE.one(session, ref(), ID)
    assert found == replace(slip(), dossier_code="H48.30.02-261117-0001", item_code="EI123456785VN")


async def test_what_is_confirmed_can_be_taken_back_until_it_is_handed_on(database: UnitOfWork) -> None:
    await kept(database)
    assert await confirmed(database)
    assert not await confirmed(database), "it is under way"
    async with database.write() as session:
        assert await STORE.due(session, NOW, 9) == []
        assert await STORE.waits(session, ID)
        assert await STORE.take_back(session, ref(), ID, NOW)
        assert await STORE.due(session, NOW + MINUTE, 9) == []
    assert await confirmed(database)
    async with database.write() as session:
        (one,) = await STORE.due(session, NOW + MINUTE, 9)
        assert one.key.endswith(":2"), "another confirmation is another letter"
        assert await STORE.hand_on(session, one, NOW)
        assert not await STORE.hand_on(session, one, NOW)
        assert not await STORE.take_back(session, ref(), ID, NOW)
        assert not await STORE.waits(session, ID)
        assert await STORE.settle(session, one, RequestState.SENT, NOW)
        assert not await STORE.settle(session, one, RequestState.FAILED, NOW)
    assert not await confirmed(database), "it was sent"


async def test_old_slips_and_older_drafts_go(database: UnitOfWork) -> None:
    await kept(database)
    async with database.write() as session:
        await STORE.begin(session, ref(), "BC-2222-2222", CONSENT)
        assert await STORE.forget(session, NOW + DRAFT_KEPT, timedelta(days=30)) == 0
        assert await STORE.forget(session, NOW + DRAFT_KEPT + MINUTE, timedelta(days=30)) == 1
        assert await STORE.forget(session, NOW + timedelta(days=30), timedelta(days=30)) == 0
        assert await STORE.forget(session, NOW + timedelta(days=30) + MINUTE, timedelta(days=30)) == 1
        assert await STORE.of(session, ref()) == []


async def test_erasing_takes_the_letter_along_that_has_not_left(database: UnitOfWork) -> None:
    await kept(database)
    await kept(database, "BC-2222-2222")
    await confirmed(database)
    engine = engine_on(database, pulled=False)
    async with database.write() as session:
        (held,) = await STORE.describe(session, ref())
        assert held.values == {"count": "2"}
        (one,) = await STORE.due(session, NOW + MINUTE, 9)
        await STORE.hand_on(session, one, NOW)
        await engine.notify(session, ref("b"), Reply("phiếu"), one.key)
        await engine.notify(session, ref("b"), Reply("khác"), "other")
        await STORE.erase(session, ref(), 1)
        assert await STORE.describe(session, ref()) == []
        waiting = select(outbox.c.key).where(outbox.c.state == OutboxState.WAITING, outbox.c.body.is_not(None))
        assert [key.split(".")[0] for key in await session.scalars(waiting)] == ["n:other"]
