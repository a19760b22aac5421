"""What the account does in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.background import Background, Work
from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.store import ZaloOaStore
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER, give_tokens
from tests.bot.dialogue_house import TEXTS
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.platform import OA_ID


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_tokens_are_renewed_early_while_nothing_is_sent(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.clock.advance(hours=21)
    background = Background()
    background.start(Work("zalo", oa.keep))
    await until(lambda: bool(zalo.oauth.renewals))
    await background.stop()
    assert zalo.oauth.renewals == 1


async def test_without_tokens_the_background_work_goes_on(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_zalo_oa(settings, TEXTS, CIPHER, transactions, zalo.clock) as oa:
        background = Background()
        background.start(Work("zalo", oa.keep))
        await until(lambda: "motcua zalo tokens" in caplog.text)
        await background.stop()
        assert "died" not in caplog.text
        assert "cut off" not in caplog.text


async def test_what_was_noted_is_written_at_the_end(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork
) -> None:
    await give_tokens(zalo, transactions)
    async with open_zalo_oa(settings, TEXTS, CIPHER, transactions, zalo.clock) as oa:
        oa.windows.note(Inbound(Ref("zalo_oa", OA_ID, "u"), "m", InboundKind.TEXT, zalo.clock()))
    async with transactions.read() as session:
        assert await ZaloOaStore(OA_ID, CIPHER).interaction(session, "u") is not None
