"""The Zalo Bot keeps the channel contract; its replies are text alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Channel, Choice, FileRef, Ref, Reply, SendStatus
from bot.channels.splitting import utf16_length
from bot.channels.zalo_bot.channel import ZaloBotChannel
from bot.channels.zalo_bot.client import BotAnswer, read_answer, sent
from bot.channels.zalo_bot.settings import ZaloBotSettings, zalo_bot_settings
from bot.settings import Secret, Settings, SettingsError
from tests.bot.channels.contract import ChannelContract
from tests.bot.messages import NOW
from tests.fakes.zalo_bot import TOKEN

SECRET = "what zalo sends along"
SETTINGS = ZaloBotSettings(TOKEN, SECRET)
HERE = Ref("zalo_bot", "12345", "u1")


class FakeCaller:
    """Does what it is asked."""

    async def call(self, method: str, body: Mapping[str, Any], seconds: float = 0.0) -> BotAnswer:
        return BotAnswer(True, result={"message_id": "o1"})


def channel(settings: ZaloBotSettings = SETTINGS) -> ZaloBotChannel:
    return ZaloBotChannel(settings, FakeCaller(), lambda: NOW)


def update(name: str = "message.text.received", **content: Any) -> dict[str, Any]:
    message = {
        "date": int(NOW.timestamp() * 1000),
        "chat": {"chat_type": "PRIVATE", "id": "u1"},
        "message_id": "m1",
        "from": {"id": "u1", "is_bot": False, "display_name": "A"},
        "text": "chào",
    }
    return {"event_name": name, "message": {**message, **content}}


class TestZaloBotChannel(ChannelContract):
    """See ``ChannelContract``."""

    def channel(self) -> Channel:
        return channel()

    def genuine(self) -> tuple[dict[str, str], bytes]:
        return {"X-Bot-Api-Secret-Token": SECRET}, json.dumps(update()).encode()

    def forged(self) -> dict[str, str]:
        return {"X-Bot-Api-Secret-Token": SECRET + "x"}


@pytest.mark.parametrize("header", ["", "\udce1", "ế", SECRET[:-1]])
def test_no_other_secret_is_believed_and_without_one_nothing(header: str) -> None:
    assert not channel().verify({"X-Bot-Api-Secret-Token": header}, b"")
    assert not channel(replace(SETTINGS, secret="")).verify({"X-Bot-Api-Secret-Token": header}, b"")


def test_choices_are_numbers_and_files_are_addresses() -> None:
    reply = Reply(
        "**Chọn**",
        (Choice("a", "Một"), Choice("b", "Hai"), Choice("", "Trang", url="https://example.vn")),
        (FileRef("Đơn.pdf", "https://example.vn/f", "application/pdf"),),
    )
    (call,) = channel().render(HERE, reply)
    assert call.body == {
        "chat_id": "u1",
        "text": "Chọn\n\n1. Một\n2. Hai\nTrang: https://example.vn\nĐơn.pdf: https://example.vn/f",
    }


@given(st.text(max_size=80).map(lambda text: text * 60), st.lists(st.text(max_size=60), max_size=20))
def test_every_message_keeps_the_limit_and_says_something(text: str, titles: list[str]) -> None:
    for call in channel().render(HERE, Reply(text, tuple(Choice(str(n), one) for n, one in enumerate(titles)))):
        words = str(call.body["text"])
        assert 1 <= utf16_length(words) <= 2000
        assert words.strip()
        assert words.encode()


@pytest.mark.parametrize(
    ("http", "body", "status"),
    [
        (200, b'{"ok": true, "result": {"message_id": "o1"}}', SendStatus.OK),
        (200, b'{"ok": false, "error_code": 401}', SendStatus.AUTH),
        (401, b"", SendStatus.AUTH),
        (403, b"", SendStatus.UNREACHABLE),
        (400, b"{}", SendStatus.BUG),
        (404, b"{}", SendStatus.BUG),
        (429, b"{}", SendStatus.RETRY),
        (408, b"{}", SendStatus.RETRY),
        (502, b"<html>", SendStatus.RETRY),
        (200, b"<html>", SendStatus.RETRY),
        (302, b'{"ok": true}', SendStatus.RETRY),
    ],
)
def test_each_answer_has_its_class(http: int, body: bytes, status: SendStatus) -> None:
    assert sent(read_answer(http, body)).status is status


def test_how_long_to_wait_is_told() -> None:
    assert sent(read_answer(429, b"{}", "7")).retry_after == 7.0


def test_the_settings_are_all_or_none() -> None:
    assert zalo_bot_settings(Settings()) is None
    for wrong in (
        Settings(zalo_bot_token=Secret(TOKEN)),
        Settings(zalo_bot_token=Secret(TOKEN), zalo_bot_secret=Secret("short")),
        Settings(zalo_bot_token=Secret("../x"), zalo_bot_secret=Secret(SECRET)),
        Settings(zalo_bot_secret=Secret(SECRET)),
    ):
        with pytest.raises(SettingsError, match="MOTCUA_ZALO_BOT"):
            zalo_bot_settings(wrong)
    found = zalo_bot_settings(Settings(zalo_bot_token=Secret(TOKEN), zalo_bot_polling=True))
    assert found is not None
    assert found.account == "12345"
    assert "hush" not in repr(found)
