"""The webhook over HTTP, as Zalo posts to it, and the page after the consent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.contract import Inbound, InboundKind
from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.delivery.errors import StoppedError
from bot.delivery.records import Received
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER, OA_KEY
from tests.bot.dialogue_house import TEXTS
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.platform import OA_ID

USER = "246845883529197922"


class FakeDesk:
    """Keeps each message once; refuses while it is closed."""

    def __init__(self) -> None:
        self.taken: dict[str, Inbound] = {}
        self.closed = False

    async def receive(self, inbound: Inbound) -> Received:
        if self.closed:
            raise StoppedError("closed")
        self.taken.setdefault(f"{inbound.ref.conversation}/{inbound.id}", inbound)
        return Received(1, inbound)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
async def house(oa: ZaloOa, zalo: FakeZaloOa, desk: FakeDesk) -> AsyncIterator[str]:
    """Address of our server, known to the platform."""
    async with serving(oa, desk) as server:
        zalo.webhooks.url = str(server.make_url("/zalo/oa/webhook"))
        yield str(server.make_url(""))


def serving(oa: ZaloOa, desk: FakeDesk) -> TestServer:
    app = web.Application()
    app.add_routes(list(oa.routes(desk)))  # type: ignore[arg-type]
    return TestServer(app)


async def test_what_people_do_on_zalo_comes_to_the_desk(
    house: str, zalo: FakeZaloOa, desk: FakeDesk, oa: ZaloOa
) -> None:
    await zalo.follow(USER)
    await zalo.say(USER, "làm giấy khai sinh")
    await zalo.say(USER, "#TT1004")
    await zalo.attach(USER, "location", {"coordinates": {"latitude": "16.05", "longitude": "108.2"}})
    await zalo.share(USER)
    await zalo.answered_by_staff(USER, "của chính mình")
    await zalo.answered_by_staff(USER, "cán bộ đây", admin="777")
    await zalo.unfollow(USER)
    assert [one.kind for one in desk.taken.values()] == [
        InboundKind.FOLLOW,
        InboundKind.TEXT,
        InboundKind.START,
        InboundKind.LOCATION,
        InboundKind.CONTACT,
        InboundKind.STAFF,
        InboundKind.UNFOLLOW,
    ]
    assert zalo.webhooks.statuses == [200] * 8
    window = await oa.windows.of(next(iter(desk.taken.values())).ref)
    assert window is not None
    assert window.left_at is not None


async def test_the_same_event_twice_is_one_message(house: str, zalo: FakeZaloOa, desk: FakeDesk) -> None:
    zalo.webhooks.duplicates = 3
    await zalo.say(USER, "chào")
    await zalo.follow(USER)
    assert len(desk.taken) == 2


async def test_an_event_that_we_could_not_take_comes_again_by_the_ladder(
    house: str, zalo: FakeZaloOa, desk: FakeDesk
) -> None:
    desk.closed = True
    await zalo.say(USER, "chào")
    await zalo.pass_time(minutes=5)
    desk.closed = False
    await zalo.pass_time(minutes=1)
    assert zalo.webhooks.statuses == [503, 503, 200]
    assert len(desk.taken) == 1


async def test_after_the_whole_ladder_zalo_unsubscribes_us(house: str, zalo: FakeZaloOa, desk: FakeDesk) -> None:
    desk.closed = True
    await zalo.say(USER, "chào")
    await zalo.pass_time(hours=3)
    assert zalo.webhooks.statuses == [503] * 6
    assert not zalo.webhooks.subscribed


@pytest.mark.parametrize("raw", [b"", b"{}", b" {} \n"])
async def test_the_consoles_empty_probe_is_answered_without_effect(
    house: str, zalo: FakeZaloOa, desk: FakeDesk, raw: bytes
) -> None:
    assert await zalo.webhooks.probe(raw) == 200
    assert desk.taken == {}


@pytest.mark.parametrize("status", [403, 200, 401])
async def test_a_forged_event_is_refused_with_the_status_that_is_set(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork, desk: FakeDesk, status: int
) -> None:
    chosen = replace(settings, refused=status)
    async with (
        open_zalo_oa(chosen, TEXTS, CIPHER, transactions, zalo.clock) as oa,
        serving(oa, desk) as server,
    ):
        zalo.webhooks.url = str(server.make_url("/zalo/oa/webhook"))
        zalo.webhooks.oa_key = OA_KEY + "x"
        await zalo.say(USER, "chào")
    assert zalo.webhooks.statuses == [status]
    assert desk.taken == {}


async def test_a_consent_brings_tokens_of_our_account_alone(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork, desk: FakeDesk
) -> None:
    chosen = replace(settings, code_verifier="v" * 43)
    async with (
        open_zalo_oa(chosen, TEXTS, CIPHER, transactions, zalo.clock) as oa,
        serving(oa, desk) as server,
        ClientSession() as session,
    ):

        async def returned(code: str, oa_id: str) -> int:
            url = server.make_url("/zalo/oa/callback")
            async with session.get(url, params={"code": code, "oa_id": oa_id}) as response:
                return response.status

        zalo.oauth.consent("good", "v" * 43)
        zalo.oauth.consent("other challenge", "w" * 43)
        assert await returned("good", "another account") == 400
        assert await returned("", OA_ID) == 400
        assert await returned("never given", OA_ID) == 502
        assert await returned("other challenge", OA_ID) == 502
        assert await returned("good", OA_ID) == 200
        assert (await oa.tokens.current()).pair.access == zalo.oauth.access
        zalo.oauth.consent("stolen", "v" * 43)
        zalo.oa_id = "another account"
        assert await returned("stolen", OA_ID) == 400
        assert (await oa.tokens.current()).version == 1


async def test_without_a_verifier_there_is_no_callback(house: str) -> None:
    async with ClientSession() as session, session.get(f"{house}/zalo/oa/callback?code=x&oa_id={OA_ID}") as response:
        assert response.status == 404
