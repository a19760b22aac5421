"""The account's rows, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.zalo_oa.store import Interaction, ZaloOaStore
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER
from tests.bot.messages import NOW

ONE, OTHER = ZaloOaStore("one", CIPHER), ZaloOaStore("other", CIPHER)
LATER = NOW + timedelta(hours=1)


async def test_interactions_are_kept_by_account_and_ended_and_begun_anew(database: UnitOfWork) -> None:
    async with database.write() as session:
        await ONE.spoke(session, "u", NOW)
        await ONE.spoke(session, "u", LATER)
        assert await ONE.interaction(session, "u") == Interaction(LATER)
        assert await OTHER.interaction(session, "u") is None
        await ONE.left(session, "u", LATER)
        assert await ONE.interaction(session, "u") == Interaction(LATER, LATER)
        await ONE.spoke(session, "u", LATER)
        assert await ONE.interaction(session, "u") == Interaction(LATER)
        await ONE.forget(session, "u", NOW)
        assert await ONE.interaction(session, "u") == Interaction(LATER), "they spoke after they asked"
        await ONE.forget(session, "u", LATER)
        assert await ONE.interaction(session, "u") is None


async def test_uploads_are_kept_as_long_as_zalo_keeps_them(database: UnitOfWork) -> None:
    async with database.write() as session:
        await ONE.keep_upload(session, "d", "t1", NOW)
        await ONE.keep_upload(session, "d", "t2", LATER)
        assert await ONE.upload(session, "d", NOW) == "t2"
        assert await ONE.upload(session, "d", LATER) is None
        assert await OTHER.upload(session, "d", NOW) is None
        await OTHER.forget_upload(session, "d")
        assert await ONE.upload(session, "d", NOW) == "t2"
        await ONE.tidy(session, LATER + timedelta(seconds=1), NOW)
        assert await ONE.upload(session, "d", NOW) is None
