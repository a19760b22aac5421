"""The fake platform itself, seen by somebody else's client (`zalo_sdk`): it is as strict as Zalo is documented to be."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
import requests
import zalo_sdk
import zalo_sdk.oa
from zalo_sdk.oa.ZaloMessage import ZaloAttachment, ZaloMessageBody, ZaloRecipient

from tests.fakes.zalo_oa import FakeZaloOa

USER = "246845883529197922"


@pytest.fixture
def client(zalo: FakeZaloOa) -> Any:
    """The other client, with a good token."""
    access, refresh = zalo.oauth.issue()
    return zalo_sdk.oa.Client("app", "secret", access, refresh, endpoint_prefix=zalo.url)


async def ask(function: Any, *args: Any, **kwargs: Any) -> Any:
    """Call the blocking client beside the loop that serves it."""
    return await asyncio.to_thread(function, *args, **kwargs)


def text(words: str) -> Any:
    return ZaloMessageBody(text=words)


async def test_it_sends_asks_and_uploads(client: Any, zalo: FakeZaloOa) -> None:
    person = zalo.person()
    sent = await ask(client.send_message, ZaloRecipient(user_id=USER), text("chào"))
    assert sent["data"]["user_id"] == USER
    assert person.texts == ["chào"]
    assert (await ask(client.get_user_detail, USER))["data"]["user_id"] == USER
    assert (await ask(client.get_zalo_user_quotas, USER))["data"]["cs_reply"]["remain"] == 7
    token = (await ask(client.upload_file, b"%PDF", "file", "a.pdf", "application/pdf"))["data"]["token"]
    body = ZaloMessageBody(attachment=ZaloAttachment("file", {"token": token}))
    await ask(client.send_message, ZaloRecipient(user_id=USER), body)
    assert person.inbox[-1]["attachment"]["payload"]["token"] == token


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (text("x" * 2001), "-210"),
        (
            ZaloMessageBody(
                text="x",
                attachment=ZaloAttachment(
                    "template", {"buttons": [{"title": "a", "type": "oa.query.hide", "payload": "a"}] * 6}
                ),
            ),
            "-201",
        ),
        (ZaloMessageBody(attachment=ZaloAttachment("file", {"token": "old"})), "-100"),
    ],
)
async def test_it_is_told_what_zalo_refuses(client: Any, zalo: FakeZaloOa, body: Any, code: str) -> None:
    zalo.person()
    with pytest.raises(zalo_sdk.ZaloOAException, match=code):
        await ask(client.send_message, ZaloRecipient(user_id=USER), body)


async def test_windows_tokens_and_old_routes_are_kept_as_by_zalo(client: Any, zalo: FakeZaloOa) -> None:
    zalo.person()
    zalo.person("stranger", spoke=False)
    to = ZaloRecipient(user_id=USER)
    with pytest.raises(zalo_sdk.ZaloOAException, match="-213"):
        await ask(client.send_message, ZaloRecipient(user_id="stranger"), text("x"))
    with pytest.raises(Exception, match="404"):
        await ask(client.send_message, to, text("x"), category="transaction")
    zalo.clock.advance(hours=26)
    with pytest.raises(zalo_sdk.ZaloOAException, match="-220"):
        await ask(client.send_message, to, text("x"))
    client.access_token, _ = zalo.oauth.issue()
    zalo.clock.advance(days=6)
    client.access_token, _ = zalo.oauth.issue()
    with pytest.raises(zalo_sdk.ZaloOAException, match="-230"):
        await ask(client.send_message, to, text("x"))


async def test_a_refresh_token_is_good_once_and_ends_its_pair(zalo: FakeZaloOa) -> None:
    old_access, old = zalo.oauth.issue()
    zalo.person()

    def renew(refresh: str) -> Any:
        return requests.post(
            f"{zalo.url}/v4/oa/access_token",
            data={"grant_type": "refresh_token", "refresh_token": refresh, "app_id": zalo.app_id},
            headers={"secret_key": zalo.oauth.app_secret},
            timeout=5,
        ).json()

    assert (await ask(renew, old))["expires_in"] == "90000"
    assert (await ask(renew, old))["error"] == -14014
    client = zalo_sdk.oa.Client("app", "secret", old_access, old, endpoint_prefix=zalo.url)
    with pytest.raises(zalo_sdk.ZaloOAException, match="-216"):
        await ask(client.send_message, ZaloRecipient(user_id=USER), text("x"))


async def test_it_gives_up_on_a_slow_answer(zalo: FakeZaloOa, slow_server: str) -> None:
    zalo.webhooks.url, zalo.webhooks.patience = slow_server, 0.2
    await zalo.say(USER, "chào")
    assert zalo.webhooks.statuses == [0]
    assert len(zalo.webhooks.waiting) == 1


@pytest.fixture
def slow_server() -> Any:
    """Address of a server that takes connections and says nothing."""
    import socket

    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    done.set()
    listening.close()
