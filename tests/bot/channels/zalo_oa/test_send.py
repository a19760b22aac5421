"""Sending over HTTP to the fake platform: tokens, files, what goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.contract import Ask, Choice, FileRef, Ref, Reply, SendStatus, Sent
from bot.channels.zalo_oa.build import ZaloOa, open_zalo_oa
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.unit_of_work import UnitOfWork
from tests.bot.channels.zalo_oa.conftest import CIPHER, give_tokens
from tests.bot.dialogue_house import TEXTS
from tests.fakes.zalo_oa import FakeZaloOa
from tests.fakes.zalo_oa.platform import OA_ID

USER = "246845883529197922"
HERE = Ref("zalo_oa", OA_ID, USER)


async def say(oa: ZaloOa, reply: Reply, ref: Ref = HERE) -> list[Sent]:
    return [await oa.channel.send(call) for call in oa.channel.render(ref, reply)]


@pytest.fixture
async def files() -> AsyncIterator[str]:
    """Address of a server with our files."""

    async def serve(request: web.Request) -> web.Response:
        size = int(request.match_info["size"])
        return web.Response(body=b"x" * size)

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<p>Không tìm thấy</p>", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/{size:\\d+}", serve), web.get("/page", page)])
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def test_a_reply_with_buttons_and_the_form_arrives(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    person = zalo.person()
    sent = await say(oa, Reply("**Chọn**", (Choice("tt:1", "Một"),), ask=Ask.CONTACT))
    assert [one.status for one in sent] == [SendStatus.OK, SendStatus.OK]
    assert sent[0].id.startswith("message-")
    assert person.texts == ["Chọn", ""]
    element = person.inbox[1]["attachment"]["payload"]["elements"][0]
    assert element["title"] == TEXTS.render("utter_share_phone_title")


async def test_an_expired_token_is_renewed_and_the_message_sent_once_more(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    person = zalo.person()
    zalo.clock.advance(hours=26)
    person.spoke(zalo.clock())
    assert (await say(oa, Reply("chào")))[0].status is SendStatus.OK
    assert zalo.oauth.renewals == 1
    # A token that Zalo no longer wants although it is young.
    zalo.oauth.access = "revoked"
    assert (await say(oa, Reply("chào")))[0].status is SendStatus.OK
    assert zalo.oauth.renewals == 2


async def test_a_dead_refresh_token_needs_a_person(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person()
    zalo.oauth.issue()
    (sent,) = await say(oa, Reply("chào"))
    assert sent.status is SendStatus.AUTH
    assert "access-" not in repr(sent)


async def test_while_the_token_route_is_away_the_message_waits(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person()
    zalo.oauth.access, zalo.oauth.away = "revoked", 503
    assert (await say(oa, Reply("chào")))[0].status is SendStatus.RETRY


@pytest.mark.parametrize(
    ("code", "status"),
    [(-32, SendStatus.RETRY), (-244, SendStatus.UNREACHABLE), (-224, SendStatus.AUTH), (-201, SendStatus.BUG)],
)
async def test_errors_in_good_http_answers_are_classed(
    oa: ZaloOa, zalo: FakeZaloOa, code: int, status: SendStatus
) -> None:
    zalo.person()
    zalo.errors.append(code)
    (sent,) = await say(oa, Reply("chào"))
    assert sent.status is status
    assert USER not in sent.detail


async def test_a_platform_that_is_away_or_broken_is_tried_again(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person()
    zalo.broken.append(502)
    assert (await say(oa, Reply("chào")))[0].status is SendStatus.RETRY


async def test_after_seven_days_nobody_can_be_written_to(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person()
    zalo.clock.advance(days=7, seconds=1)
    assert (await say(oa, Reply("chào")))[0].status is SendStatus.UNREACHABLE


async def test_the_rate_limit_is_kept(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person()
    zalo.per_minute = 2
    sent = [(await say(oa, Reply("chào")))[0].status for _ in range(3)]
    assert sent == [SendStatus.OK, SendStatus.OK, SendStatus.RETRY]


async def test_a_file_is_uploaded_once_in_six_days(oa: ZaloOa, zalo: FakeZaloOa, files: str) -> None:
    person = zalo.person()
    reply = Reply("", files=(FileRef("Tờ khai ký.pdf", f"{files}10", "application/pdf"),))
    await say(oa, reply)
    await say(oa, reply)
    assert [name for name, _, _ in zalo.uploads.values()] == ["Tờ khai ký.pdf"]
    assert len(person.inbox) == 2
    zalo.clock.advance(days=6, hours=1)
    person.spoke(zalo.clock())
    await say(oa, reply)
    assert len(zalo.uploads) == 2


async def test_an_upload_that_zalo_forgot_early_is_made_again(oa: ZaloOa, zalo: FakeZaloOa, files: str) -> None:
    person = zalo.person()
    reply = Reply("", files=(FileRef("a.pdf", f"{files}10", "application/pdf"),))
    await say(oa, reply)
    zalo.uploads.clear()
    assert (await say(oa, reply))[0].status is SendStatus.OK
    assert len(zalo.uploads) == 1
    assert len(person.inbox) == 2


@pytest.mark.parametrize("path", ["6000000", "gone", "page"])
async def test_a_file_that_is_too_large_or_away_or_no_file_goes_as_its_address(
    oa: ZaloOa, zalo: FakeZaloOa, files: str, path: str
) -> None:
    person = zalo.person()
    await say(oa, Reply("", files=(FileRef("a.pdf", f"{files}{path}", "application/pdf"),)))
    assert person.texts == [f"a.pdf: {files}{path}"]


async def test_a_visitor_is_answered_on_the_old_route(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    sent = await say(oa, Reply("chào", (Choice("a", "Một"),)), Ref("zalo_oa", OA_ID, "anonymous:7:c9"))
    assert [one.status for one in sent] == [SendStatus.OK]
    assert zalo.to_visitors[0]["message"] == {"text": "chào\n\n1. Một"}


async def test_the_proof_of_the_app_secret_goes_along_when_it_is_switched_on(
    zalo: FakeZaloOa, settings: ZaloOaSettings, transactions: UnitOfWork
) -> None:
    zalo.person()
    zalo.wants_proof = True
    await give_tokens(zalo, transactions)
    for proof, status in ((False, SendStatus.AUTH), (True, SendStatus.OK)):
        chosen = replace(settings, proof=proof)
        async with open_zalo_oa(chosen, TEXTS, CIPHER, transactions, zalo.clock) as oa:
            assert (await say(oa, Reply("chào")))[0].status is status


async def test_who_a_person_is_can_be_asked(oa: ZaloOa, zalo: FakeZaloOa) -> None:
    zalo.person()
    assert (await oa.client.person(USER)).data["display_name"] == "Người dân"
    assert (await oa.client.account()).data["oaid"] == OA_ID
