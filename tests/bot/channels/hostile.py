"""Requests of somebody who means harm, for each channel: nearly right bodies under right, wrong and stolen signatures."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from bot.channels.contract import Channel, Inbound
from bot.channels.telegram.channel import HEADER as TELEGRAM_HEADER
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.channel import WebChannel
from bot.channels.zalo_bot.channel import SECRET_HEADER, ZaloBotChannel
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.channels.zalo_oa.channel import ZaloOaChannel
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.signature import SIGNATURE_HEADER, VARIANTS, Keys, mac
from tests.fakes.telegram import updates
from tests.fakes.zalo_bot import TOKEN
from tests.fakes.zalo_oa.platform import APP_ID, OA_ID

NOW = datetime.now(UTC).replace(microsecond=0)
TIME = str(int(NOW.timestamp() * 1000))
USER = "246845883529197922"
Headers = Mapping[str, str]
STRANGE: tuple[Any, ...] = (
    *(None, True, -1, 0, 2**70, 10**40, 1.5, float("nan"), "", "x", "#:", "/start", "\u0000", "\ud800"),
    *("x" * 5000, "ế" * 200, "\u202e", "'; DROP TABLE inbox; --", "{{7*7}}", "%s%n", "🙂" * 300),
    *([], [[]], {}, {"id": []}, {"id": {}}, [{"id": 1}] * 40),
)


@dataclass(frozen=True)
class Request:
    """One request."""

    headers: Headers
    raw: bytes
    forged: bool


@dataclass(frozen=True)
class Sender:
    """Who can sign, and who cannot, on one channel."""

    channel: Channel
    path: str
    seeds: Sequence[Mapping[str, Any]]
    """Bodies that are right."""
    sign: Callable[[bytes], Headers]
    forge: Callable[[bytes, random.Random], Headers]
    refuses: frozenset[int]
    """What a forged request is answered with."""

    def requests(self, count: int, seed: int = 20_261_126) -> Iterator[Request]:
        """Return so many requests; some come again, word for word."""
        chance = random.Random(seed)
        kept: list[Request] = []
        for _ in range(count):
            if kept and chance.random() < 0.05:
                yield chance.choice(kept)
                continue
            raw = hostile(chance.choice(self.seeds), chance)
            forged = chance.random() < 0.25
            request = Request(self.forge(raw, chance) if forged else self.sign(raw), raw, forged)
            kept = [*kept[-50:], request]
            yield request


def hostile(seed: Mapping[str, Any], chance: random.Random) -> bytes:
    """Return a body with something strange in it, at times no JSON at all."""
    body: Any = seed
    for _ in range(chance.randrange(4)):
        body = spoiled(body, chance)
    raw = json.dumps(body, ensure_ascii=chance.random() < 0.8).encode("utf-8", "surrogatepass")
    if chance.random() < 0.25:
        at = chance.randrange(len(raw) + 1)
        raw = raw[:at] + chance.randbytes(chance.randrange(4)) + raw[at + chance.randrange(3) :]
    return raw


def spoiled(value: Any, chance: random.Random) -> Any:
    """Put one strange thing somewhere into a value, or leave something out."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(list(value))
        if chance.random() < 0.1:
            return {name: one for name, one in value.items() if name != key}
        return {**value, "x" if chance.random() < 0.1 else key: spoiled(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        return [spoiled(value[0], chance), *value[1:]] * chance.choice((0, 1, 1, 1, 30))
    return chance.choice(STRANGE)


def deep(opened: bytes, count: int = 100_000) -> bytes:
    """Return JSON that never closes what it opens."""
    return b'{"update_id":1,"event_name":"x","message":' + opened * count


def check(inbound: Inbound) -> None:
    """Whatever was read can be kept, and nobody's name is empty or endless."""
    json.dumps([inbound.text, inbound.payload, dict(inbound.data)])
    for part in (inbound.text, inbound.payload, inbound.id, inbound.ref.conversation, inbound.locale):
        part.encode()
    assert inbound.at.tzinfo is not None
    assert 0 < len(inbound.ref.conversation) <= 128
    assert 0 < len(inbound.id) <= 128


def telegram(secret: str = "a-secret_for-tests") -> Sender:
    """Telegram: a secret in a header."""
    channel = TelegramChannel(
        client=cast(Any, None), account="123456789", secret=secret, title=lambda *_: "", clock=lambda: NOW
    )
    wrong = ("", "x", secret[:-1], f"{secret}x", secret.upper(), "é\udcff", f"{secret}, {secret}")
    picture = [{"file_id": "p", "file_size": 9}, {"file_id": "q", "file_size": 90}]
    said = updates.message(text="x")["message"]
    return Sender(
        channel,
        "/telegram/webhook",
        (
            updates.text("/start tt_1-001193"),
            updates.text("cần giấy tờ gì"),
            updates.tap("tt:1.001193", 77),
            updates.member("kicked", "member"),
            updates.message(photo=picture, caption="x"),
            updates.message(contact={"phone_number": "1", "user_id": 7}),
            updates.message(location={"latitude": 1.5, "longitude": 2}),
            updates.message(type="supergroup", text="/start"),
            {"update_id": 1, "edited_message": said},
        ),
        lambda _: {TELEGRAM_HEADER: secret},
        lambda _, chance: {TELEGRAM_HEADER: chance.choice(wrong)} if chance.random() < 0.9 else {},
        frozenset({403}),
    )


def zalo_oa(app_secret: str = "app secret", oa_key: str = "oa key") -> Sender:
    """The Official Account: a digest over body, time and secret."""
    settings = ZaloOaSettings(APP_ID, OA_ID, app_secret, oa_key)
    nobody: Any = None
    channel = ZaloOaChannel(settings, nobody, nobody, nobody, nobody, lambda: NOW, lambda _: None)

    def signed(raw: bytes, time: str = TIME, keys: Keys = settings.keys) -> Headers:
        return {SIGNATURE_HEADER: f"mac={mac(VARIANTS[2], keys, raw, time)}", "X-ZEvent-Timestamp": time}

    def forged(raw: bytes, chance: random.Random) -> Headers:
        old = str(int((NOW - timedelta(days=2)).timestamp() * 1000))
        without = Keys(APP_ID, OA_ID, "", "")
        return chance.choice(
            (
                {},
                {SIGNATURE_HEADER: "mac="},
                {SIGNATURE_HEADER: "mac=" + "0" * 64, "X-ZEvent-Timestamp": TIME},
                {SIGNATURE_HEADER: "é\udcff"},
                signed(raw + b" "),
                signed(raw, keys=without),
                {**signed(raw), "X-ZEvent-Timestamp": "9" * 40},
                signed(raw, old),
            )
        )

    return Sender(channel, "/zalo/oa/webhook", _oa_events(), signed, forged, frozenset({403}))


def _oa_events() -> Sequence[Mapping[str, Any]]:
    whole: dict[str, Any] = {
        "app_id": APP_ID,
        "sender": {"id": USER, "admin_id": "7"},
        "recipient": {"id": OA_ID},
        "follower": {"id": USER},
        "user_id": USER,
        "message": {
            "msg_id": "m1",
            "text": "chào",
            "conversation_id": "c9",
            "attachments": [
                {"payload": {"url": "https://a.zdn.vn/x", "coordinates": {"latitude": "1", "longitude": "2"}}}
            ],
        },
        "info": {"phone": "84912345678", "name": "A"},
    }
    names = (
        *("user_send_text", "user_send_image", "user_send_location", "user_send_file", "user_send_business_card"),
        *("anonymous_send_text", "oa_send_text", "follow", "unfollow", "user_click_chatnow", "user_submit_info"),
        *("user_withdraw", "user_send_", "_send_"),
    )
    return [{**whole, "event_name": name, "message": {**whole["message"], "msg_id": f"m.{name}"}} for name in names]


def zalo_bot(secret: str = "bot secret") -> Sender:
    """The bot: a secret in a header, bodies bare or in an envelope."""
    channel = ZaloBotChannel(ZaloBotSettings(TOKEN, secret), cast(Any, None), lambda: NOW)
    wrong = ("", "x", secret[:-1], f"{secret}x", secret.upper(), "é\udcff")
    said = {
        "date": int(TIME),
        "chat": {"chat_type": "PRIVATE", "id": "u1"},
        "message_id": "m1",
        "from": {"id": "u1", "is_bot": False, "display_name": "A"},
        "text": "chào",
        "photo_url": "https://a.zdn.vn/i",
        "voice_url": "https://a.zdn.vn/v",
    }
    names = ("text", "image", "voice", "sticker", "link", "unsupported", "", "x")
    bare = [{"event_name": f"message.{name}.received", "message": {**said, "message_id": f"m{name}"}} for name in names]
    return Sender(
        channel,
        "/zalo/bot/webhook",
        [*bare, *({"ok": True, "result": one} for one in bare)],
        lambda _: {SECRET_HEADER: secret},
        lambda _, chance: {SECRET_HEADER: chance.choice(wrong)} if chance.random() < 0.9 else {},
        frozenset({401}),
    )


def web() -> Sender:
    """The page's API: nobody signs, but other sites' pages are refused."""
    json_type = {"Content-Type": "application/json"}
    wrong: Sequence[Headers] = (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {**json_type, "Sec-Fetch-Site": "cross-site"},
        {**json_type, "Sec-Fetch-Site": "same-site"},
        {**json_type, "Origin": "https://evil.example"},
        {**json_type, "Origin": "null"},
    )
    return Sender(
        WebChannel(lambda: NOW),
        "/api/v1/messages",
        (
            {"conversation": "c", "id": "m1", "text": "cần giấy tờ gì"},
            {"conversation": "c", "id": "m2", "choice": "tt:1.001193"},
            {"conversation": "c", "id": "m3", "text": "/start", "trace": True},
        ),
        lambda _: json_type,
        lambda _, chance: chance.choice(wrong),
        frozenset({403, 415}),
    )


SENDERS: Mapping[str, Callable[..., Sender]] = {
    "telegram": telegram,
    "zalo_oa": zalo_oa,
    "zalo_bot": zalo_bot,
    "web": web,
}
