"""How the bot presents itself, with the real sentences."""

from __future__ import annotations

from bot.app import load_house_texts, project_root
from bot.channels.telegram.client import TelegramClient
from bot.channels.telegram.presence import Presence, Webhook
from bot.dialogue.commands import menu
from tests.fakes.telegram.checks import Refusal, bad
from tests.fakes.telegram.strict import StrictTelegram, too_many

SAY = load_house_texts(project_root()).render
MENU = [(one.name, one.describes) for one in menu()]
WEBHOOK = Webhook("https://motcua.vn/telegram/webhook", "s" * 64)


def presence(client: TelegramClient, pauses: list[float] | None = None, webhook: Webhook | None = WEBHOOK) -> Presence:
    """Return what presents the bot; pauses are noted instead of waited."""

    async def sleep(seconds: float) -> None:
        if pauses is not None:
            pauses.append(seconds)

    return Presence(client.bot, SAY, webhook, menu=MENU, sleep=sleep)


async def test_telegram_learns_where_to_post_and_what_to_show(client: TelegramClient, telegram: StrictTelegram) -> None:
    await presence(client).show()
    assert telegram.webhook["url"] == WEBHOOK.url
    assert telegram.webhook["secret_token"] == WEBHOOK.secret
    assert telegram.webhook["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    assert [one["command"] for one in telegram.commands[""]] == [name for name, _ in MENU]
    assert [one["description"] for one in telegram.commands[""]] == [SAY(key, "vi") for _, key in MENU]
    assert [one["description"] for one in telegram.commands["en"]] == [SAY(key, "en") for _, key in MENU]
    assert "mật khẩu" in telegram.about["description", ""]
    assert "passwords" in telegram.about["description", "en"]
    assert set(telegram.about) == {(name, code) for name in ("description", "short_description") for code in ("", "en")}


async def test_what_telegram_knows_already_is_not_told_again(client: TelegramClient, telegram: StrictTelegram) -> None:
    await presence(client).show()
    telegram.calls.clear()
    await presence(client, webhook=None).show()
    assert not [name for name, _ in telegram.calls if name.startswith("set")]


async def test_while_telegram_is_away_it_is_tried_again_at_growing_distances(
    client: TelegramClient, telegram: StrictTelegram
) -> None:
    telegram.faults += [Refusal(502, "Bad Gateway"), too_many(3), Refusal(500, "Internal")]
    pauses: list[float] = []
    await presence(client, pauses).show()
    assert pauses == [5.0, 10.0, 20.0]
    assert telegram.commands


async def test_a_refusal_is_told_once_and_stops_nothing(client: TelegramClient, telegram: StrictTelegram) -> None:
    for fault in (bad("bad webhook: HTTPS url must be provided"), Refusal(401, "Unauthorized")):
        telegram.faults.append(fault)
        await presence(client).show()
    assert len(telegram.calls) == 2


async def test_a_firewalls_page_does_not_count_as_telegrams_word(
    client: TelegramClient, telegram: StrictTelegram
) -> None:
    telegram.pages += [(status, "<html>blocked</html>") for status in (403, 404, 400, 200)]
    pauses: list[float] = []
    await presence(client, pauses).show()
    assert len(pauses) == 4
    assert telegram.webhook
