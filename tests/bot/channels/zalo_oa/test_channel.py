"""The Official Account keeps the channel contract."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.channels.contract import Channel, NativeCall, SendStatus
from bot.channels.zalo_oa.channel import ZaloOaChannel
from bot.channels.zalo_oa.client import CONSULT, ZaloOaClient
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.files import Files
from bot.channels.zalo_oa.http import Answer
from bot.channels.zalo_oa.notices import ZaloOaNotices
from bot.channels.zalo_oa.render import ContactForm
from bot.channels.zalo_oa.signature import VARIANTS, mac
from tests.bot.channels.contract import ChannelContract
from tests.bot.channels.zalo_oa.conftest import SETTINGS
from tests.bot.messages import NOW

FORM = ContactForm("Chia sẻ số điện thoại", "Để báo tin")
TIME = str(int(NOW.timestamp() * 1000))


class FakeClient:
    """Answers every message alike, or raises."""

    def __init__(self, answer: Answer | TokenError) -> None:
        self._answer = answer

    async def message(self, method: str, body: Mapping[str, Any]) -> Answer:
        if isinstance(self._answer, TokenError):
            raise self._answer
        return self._answer


DONE = Answer(200, 0)


def channel(answer: Answer | TokenError = DONE, alarms: list[str] | None = None) -> ZaloOaChannel:
    """Return the channel with a client that answers so."""
    client = cast(ZaloOaClient, FakeClient(answer))
    told = alarms if alarms is not None else []
    return ZaloOaChannel(SETTINGS, client, cast(Files, None), FORM, cast(ZaloOaNotices, None), lambda: NOW, told.append)


def event(name: str = "user_send_text", **fields: Any) -> bytes:
    """Return an event's body."""
    body = {
        "app_id": SETTINGS.app_id,
        "sender": {"id": "246845883529197922"},
        "recipient": {"id": SETTINGS.oa_id},
        "event_name": name,
        "message": {"text": "chào", "msg_id": "96d3cdf3af150460909"},
        "timestamp": TIME,
    }
    return json.dumps({**body, **fields}, ensure_ascii=False).encode()


def signed(raw: bytes, time: str = TIME) -> dict[str, str]:
    """Return the headers of a genuine request."""
    return {"X-ZEvent-Signature": f"mac={mac(VARIANTS[0], SETTINGS.keys, raw, time)}"}


class TestZaloOaChannel(ChannelContract):
    """See ``ChannelContract``."""

    def channel(self) -> Channel:
        return channel()

    def genuine(self) -> tuple[dict[str, str], bytes]:
        raw = event()
        return signed(raw), raw

    def forged(self) -> dict[str, str]:
        return {"X-ZEvent-Signature": f"mac={'0' * 64}"}

    def texts(self, body: dict[str, object]) -> str:
        return str(cast(dict[str, Any], body["message"]).get("text", ""))


def test_a_request_signed_long_ago_is_refused() -> None:
    for age, believed in ((timedelta(hours=3), True), (timedelta(days=2), False), (-timedelta(days=2), False)):
        time = str(int((NOW - age).timestamp() * 1000))
        raw = event(timestamp=time)
        assert channel().verify(signed(raw, time), raw) is believed


def test_what_needs_no_answer_is_counted() -> None:
    one = channel()
    for name in ("user_seen_message", "user_received_message", "user_reacted_message", "never_heard_of"):
        assert list(one.parse(event(name))) == []
    assert dict(one.counts) == {"quiet": 3, "unknown": 1}


def test_a_withdrawn_grant_is_told_to_a_person() -> None:
    alarms: list[str] = []
    assert list(channel(alarms=alarms).parse(event("permission_revoked"))) == []
    assert len(alarms) == 1


@pytest.mark.parametrize(("passing", "status"), [(True, SendStatus.RETRY), (False, SendStatus.AUTH)])
async def test_without_a_token_the_message_waits(passing: bool, status: SendStatus) -> None:
    sent = await channel(TokenError("none", passing=passing)).send(NativeCall(CONSULT, {}))
    assert sent.status is status


async def test_an_unknown_method_is_our_own_mistake() -> None:
    assert (await channel().send(NativeCall("dance", {}))).status is SendStatus.BUG


def test_without_the_accounts_secret_key_nobody_can_sign_with_an_empty_one() -> None:
    raw = event()
    one = ZaloOaChannel(
        replace(SETTINGS, oa_key=""),
        cast(ZaloOaClient, None),
        cast(Files, None),
        FORM,
        cast(ZaloOaNotices, None),
        lambda: NOW,
    )
    keys = replace(SETTINGS.keys, oa_key="")
    assert not one.verify({"X-ZEvent-Signature": mac(VARIANTS[0], keys, raw, TIME)}, raw)
