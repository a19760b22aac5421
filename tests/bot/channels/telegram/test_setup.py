"""The channel as it is put together from the settings, behind our own server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import load_house_texts, project_root
from bot.channels.contract import Ask, Ref, Reply
from bot.channels.telegram.channel import HEADER
from bot.channels.telegram.setup import PATH, Telegram, open_telegram, webhook_secret
from bot.settings import Secret, Settings, SettingsError
from tests.bot.channels.telegram.desk import FakeDesk
from tests.bot.messages import NOW
from tests.fakes.telegram.strict import TOKEN, StrictTelegram
from tests.fakes.telegram.updates import message, text

SAY = load_house_texts(project_root()).render
KEY = Secret("k" * 40)
SETTINGS = Settings(signing_key=KEY, encryption_key=KEY)


def opened(settings: Settings, polling: bool = False) -> AbstractAsyncContextManager[Telegram | None]:
    """Open the channel."""
    menu = (("help", "utter_command_help"),)
    return open_telegram(settings, SAY, lambda: NOW, polling=polling, menu=menu)


@pytest.fixture
async def house(telegram: StrictTelegram) -> AsyncIterator[Telegram]:
    assert telegram.server is not None
    address = str(telegram.server.make_url("")).rstrip("/")
    settings = Settings(
        telegram_token=Secret(TOKEN),
        telegram_api=address,
        public_url="https://motcua.vn",
        signing_key=KEY,
        encryption_key=KEY,
    )
    async with opened(settings) as channel:
        assert channel is not None
        yield channel


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk()
    desk.over.set()
    return desk


@pytest.fixture
async def server(house: Telegram, desk: FakeDesk) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.add_routes(house.routes(desk))
    async with TestClient(TestServer(app)) as client:
        yield client


def secret(of: Settings) -> dict[str, str]:
    """Return the header of a genuine request."""
    return {HEADER: webhook_secret(of, Secret(TOKEN))}


GENUINE = secret(SETTINGS)


async def test_without_a_token_there_is_no_telegram() -> None:
    async with opened(Settings()) as channel:
        assert channel is None
    with pytest.raises(SettingsError, match="MOTCUA_TELEGRAM_TOKEN"):
        async with opened(Settings(), polling=True):
            pass


def test_the_secret_is_derived_unless_it_is_set_and_never_the_key_itself() -> None:
    derived = GENUINE[HEADER]
    assert len(derived) == 64
    assert derived != secret(Settings(signing_key=Secret("t" * 40), encryption_key=KEY))[HEADER]
    assert derived != webhook_secret(SETTINGS, Secret("1:another"))
    assert secret(Settings(telegram_secret=Secret("set-by-hand-12345"))) == {HEADER: "set-by-hand-12345"}


async def test_telegram_posts_to_the_public_address_with_the_secret(
    house: Telegram, telegram: StrictTelegram, desk: FakeDesk
) -> None:
    assert len(house.routes(desk)) == 1
    await house.keep()
    assert telegram.webhook["url"] == f"https://motcua.vn{PATH}"
    assert telegram.webhook["secret_token"] == GENUINE[HEADER]
    assert [one["command"] for one in telegram.commands["en"]] == ["help"]
    assert house.channel.parse(json.dumps(text("a")).encode())[0].ref.account == TOKEN.partition(":")[0]


async def test_what_is_posted_is_taken_in_once(
    server: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    update = text("đăng ký khai sinh")
    for _ in range(2):
        assert (await server.post(PATH, json=update, headers=GENUINE)).status == 200
    assert [one.text for one in desk.taken] == ["đăng ký khai sinh"]


async def test_a_forged_request_is_refused_and_leaves_nothing(
    server: TestClient[web.Request, web.Application], desk: FakeDesk
) -> None:
    for headers in ({}, {HEADER: "x"}, {HEADER: GENUINE[HEADER][:-1]}, {HEADER: GENUINE[HEADER] + "ế"}):
        assert (await server.post(PATH, json=text("a"), headers=headers)).status == 403
    assert desk.taken == []


async def test_a_group_is_acknowledged_and_nothing_is_said(
    server: TestClient[web.Request, web.Application], desk: FakeDesk, telegram: StrictTelegram
) -> None:
    posted = message(-100, type="supergroup", text="/start")
    assert (await server.post(PATH, json=posted, headers=GENUINE)).status == 200
    assert (desk.taken, telegram.calls) == ([], [])


def test_the_buttons_that_hand_something_over_have_names_in_both_languages(house: Telegram) -> None:
    for ask in Ask:
        titles = [
            house.channel.render(Ref("telegram", "1", "1"), Reply(said, ask=ask))[0].body["reply_markup"]["keyboard"]
            for said in ("Anh/chị gửi giúp em", "Please share it with the assistant")
        ]
        assert titles[0] != titles[1]


async def test_where_updates_are_fetched_nothing_is_posted(telegram: StrictTelegram, desk: FakeDesk) -> None:
    assert telegram.server is not None
    address = str(telegram.server.make_url("")).rstrip("/")
    settings = replace(SETTINGS, telegram_token=Secret(TOKEN), telegram_api=address, public_url="https://motcua.vn")
    telegram.give(text("chào"))
    async with opened(settings, polling=True) as house:
        assert house is not None
        assert house.routes(desk) == ()
        keeping = asyncio.create_task(house.keep())
        await desk.arrived.wait()
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
    assert telegram.webhook == {}
    assert telegram.made("deleteWebhook")
