"""An Official Account that talks to the fake platform, with its own SQLite database."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.settings import Hosts, ZaloOaSettings
from bot.channels.zalo_oa.store import Pair, ZaloOaStore
from bot.delivery.cipher import AesGcmCipher
from bot.unit_of_work import UnitOfWork, open_engine
from tests.bot.dialogue_house import TEXTS
from tests.fakes.zalo_oa import FakeZaloOa, running_zalo_oa
from tests.fakes.zalo_oa.platform import APP_ID, OA_ID

APP_SECRET = "the secret of the app"
OA_KEY = "the secret key of the account"
CIPHER = AesGcmCipher("a secret that is long enough for tests")
SETTINGS = ZaloOaSettings(APP_ID, OA_ID, APP_SECRET, OA_KEY)


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZaloOa]:
    """The platform."""
    async with running_zalo_oa(APP_SECRET, OA_KEY) as zalo:
        yield zalo


@pytest.fixture
def settings(zalo: FakeZaloOa) -> ZaloOaSettings:
    """Settings that point at the platform."""
    return ZaloOaSettings(APP_ID, OA_ID, APP_SECRET, OA_KEY, hosts=Hosts(zalo.url, zalo.url, zalo.url))


@pytest.fixture
async def transactions(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[UnitOfWork]:
    """A SQLite database of the test's own."""
    shutil.copy(migrated_sqlite, tmp_path / "zalo.sqlite3")
    work = UnitOfWork(open_engine(f"sqlite:///{tmp_path / 'zalo.sqlite3'}"))
    yield work
    await work.close()


@pytest.fixture
async def oa(zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork) -> AsyncIterator[ZaloOa]:
    """The account, with good tokens."""
    await give_tokens(zalo, transactions)
    async with open_zalo_oa(settings, TEXTS, CIPHER, transactions, zalo.clock, files_from=on_this_machine) as oa:
        yield oa


def on_this_machine(address: str) -> bool:
    """Let files come from the tests' own servers."""
    return address == "127.0.0.1"


async def give_tokens(zalo: FakeZaloOa, transactions: UnitOfWork) -> Pair:
    """Store a fresh pair of the platform, as `motcua zalo tokens` does."""
    access, refresh = zalo.oauth.issue()
    assert zalo.oauth.expires_at is not None
    pair = Pair(access, refresh, zalo.oauth.expires_at)
    async with transactions.write() as session:
        await ZaloOaStore(OA_ID, CIPHER).keep(session, pair, zalo.clock())
    return pair
