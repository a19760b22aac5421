"""What comes of a call, for everything that Telegram may answer."""

from __future__ import annotations

import logging

import pytest

from bot.channels.contract import Choice, FileRef, NativeCall, Ref, Reply, SendStatus
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import TelegramClient
from tests.bot.channels.telegram.conftest import SECRET, title
from tests.bot.messages import NOW
from tests.fakes.telegram.checks import Refusal, bad
from tests.fakes.telegram.strict import TOKEN, StrictTelegram, too_many

CHAT = 4242
REF = Ref("telegram", "123456789", str(CHAT))
BUTTON = Choice("tt:1.001193", "Đăng ký khai sinh")
FORM = FileRef("Tờ khai.pdf", "https://dichvucong.gov.vn/to-khai.pdf", "application/pdf")


async def say(channel: TelegramChannel, reply: Reply, shown: str = "") -> list[SendStatus]:
    """Send a reply as the outbox does, one call after the other."""
    return [(await channel.send(call)).status for call in channel.render(REF, reply, shown)]


async def test_a_message_is_sent_and_its_id_returned(channel: TelegramChannel, telegram: StrictTelegram) -> None:
    (call,) = channel.render(REF, Reply("**Giấy tờ** <1>", (BUTTON,)))
    sent = await channel.send(call)
    shown = telegram.shown[int(sent.id)]
    assert sent.status is SendStatus.OK
    assert shown.text == "Giấy tờ <1>"
    assert shown.buttons() == [{"text": BUTTON.title, "callback_data": BUTTON.id}]


@pytest.mark.parametrize(
    ("fault", "status", "after"),
    [
        (too_many(7), SendStatus.RETRY, 7.0),
        (Refusal(403, "Forbidden: bot was blocked by the user"), SendStatus.UNREACHABLE, None),
        (Refusal(403, "Forbidden: user is deactivated"), SendStatus.UNREACHABLE, None),
        (bad("chat not found"), SendStatus.UNREACHABLE, None),
        (bad("PEER_ID_INVALID"), SendStatus.UNREACHABLE, None),
        (Refusal(401, "Unauthorized"), SendStatus.AUTH, None),
        (Refusal(404, "Not Found"), SendStatus.AUTH, None),
        (Refusal(409, "Conflict: terminated by other getUpdates request"), SendStatus.RETRY, None),
        (Refusal(500, "Internal Server Error"), SendStatus.RETRY, None),
        (Refusal(502, "Bad Gateway"), SendStatus.RETRY, None),
        (bad("message is too long"), SendStatus.BUG, None),
        (bad("BUTTON_DATA_INVALID"), SendStatus.BUG, None),
    ],
)
async def test_each_answer_becomes_a_status(
    channel: TelegramChannel, telegram: StrictTelegram, fault: Refusal, status: SendStatus, after: float | None
) -> None:
    telegram.faults.append(fault)
    (call,) = channel.render(REF, Reply("Chào"))
    sent = await channel.send(call)
    assert (sent.status, sent.retry_after) == (status, after)
    assert sent.detail
    assert len(telegram.calls) == 1


async def test_telegram_that_cannot_be_reached_is_tried_again(telegram: StrictTelegram) -> None:
    client = TelegramClient(TOKEN, "http://127.0.0.1:9")
    channel = TelegramChannel(client=client, account="1", secret=SECRET, title=title, clock=lambda: NOW)
    assert await say(channel, Reply("Chào")) == [SendStatus.RETRY]
    await client.close()


async def test_a_wrong_token_needs_a_person(telegram: StrictTelegram, client: TelegramClient) -> None:
    telegram.token = "1:another"
    channel = TelegramChannel(client=client, account="1", secret=SECRET, title=title, clock=lambda: NOW)
    assert await say(channel, Reply("Chào")) == [SendStatus.AUTH]


async def test_neither_log_nor_detail_holds_the_token_or_what_was_written(
    channel: TelegramChannel, telegram: StrictTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.faults += [bad('can\'t parse entities: Unsupported start tag "bí mật"'), bad('text "bí mật" is bad')]
    (call,) = channel.render(REF, Reply("bí mật"))
    sent = await channel.send(call)
    assert sent.status is SendStatus.BUG
    logged = "\n".join(one.getMessage() for one in caplog.records if one.name != "aiohttp.access")
    assert logged
    for told in (logged, sent.detail):
        assert TOKEN not in told
        assert "bí mật" not in told


async def test_what_telegram_cannot_parse_goes_out_once_more_in_plain_text(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    (call,) = channel.render(REF, Reply("**Lệ phí** < 50.000 đồng & hơn", (BUTTON,)))
    broken = NativeCall(call.method, {**call.body, "text": call.body["text"] + "</b>"})
    assert (await channel.send(broken)).status is SendStatus.OK
    (shown,) = telegram.shown.values()
    assert shown.text == "Lệ phí < 50.000 đồng & hơn"
    assert shown.buttons()
    assert len(telegram.made("sendMessage")) == 2


async def test_a_tapped_message_is_edited_in_place_and_loses_its_buttons(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    await say(channel, Reply("Anh/chị hỏi việc nào?", (BUTTON,)))
    (old,) = telegram.shown
    assert await say(channel, Reply("Đăng ký khai sinh", replace=True), str(old)) == [SendStatus.OK]
    assert [(one.id, one.text, one.buttons()) for one in telegram.shown.values()] == [(old, "Đăng ký khai sinh", [])]


async def test_a_second_tap_that_changes_nothing_is_no_failure(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    await say(channel, Reply("Việc nào?", (BUTTON,)))
    (old,) = telegram.shown
    assert await say(channel, Reply("Việc nào?", (BUTTON,), replace=True), str(old)) == [SendStatus.OK]


@pytest.mark.parametrize("shown", ["999999", "103"], ids=["deleted", "cannot be edited"])
async def test_what_cannot_be_edited_any_more_is_sent_anew(
    channel: TelegramChannel, telegram: StrictTelegram, shown: str
) -> None:
    for _ in range(3):
        await say(channel, Reply("Không có nút"))
    assert await say(channel, Reply("Trả lời", (BUTTON,), replace=True), shown) == [SendStatus.OK]
    last = list(telegram.shown.values())[-1]
    assert (last.id, last.text, len(last.buttons())) == (104, "Trả lời", 1)


async def test_a_document_is_fetched_by_telegram_and_sent_as_a_link_where_it_cannot(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    telegram.documents[FORM.url] = FORM.kind
    assert await say(channel, Reply("Mẫu đơn", files=(FORM,))) == [SendStatus.OK] * 2
    assert [one.document for one in telegram.shown.values()] == [FORM.url, ""]
    telegram.documents.clear()
    assert await say(channel, Reply("", files=(FORM,))) == [SendStatus.OK]
    assert list(telegram.shown.values())[-1].text == f"Tờ khai.pdf: {FORM.url}"


async def test_a_link_that_telegram_takes_for_no_button_becomes_a_line(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    telegram.faults.append(bad("inline keyboard button URL 'https://x.vn' is invalid: Wrong HTTP URL"))
    reply = Reply("Xem", (BUTTON, Choice("", "Trang <gốc>", "https://x.vn?a=1&b=2")))
    assert await say(channel, reply) == [SendStatus.OK]
    (shown,) = telegram.shown.values()
    assert shown.text == "Xem\n\nTrang <gốc>: https://x.vn?a=1&b=2"
    assert [one["text"] for one in shown.buttons()] == [BUTTON.title]


async def test_a_call_of_another_version_is_our_bug_and_asks_nothing_of_telegram(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    assert (await channel.send(NativeCall("sendDice", {"chat_id": CHAT}))).status is SendStatus.BUG
    assert telegram.calls == []


async def test_an_answer_of_a_shape_that_nobody_knows_still_means_that_it_was_sent(
    channel: TelegramChannel, telegram: StrictTelegram
) -> None:
    telegram.answers = [{"message_id": 7, "reply_markup": {"remove_keyboard": True}}, {"chat": "?"}, True, []]
    (call,) = channel.render(REF, Reply("Chào"))
    sent = [await channel.send(call) for _ in range(4)]
    assert [(one.status, one.id) for one in sent] == [(SendStatus.OK, id) for id in ("7", "", "", "")]


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 500])
@pytest.mark.parametrize("page", ["{}", "[]", "null", "<html>", '{"ok": true}', '"x"', ""])
async def test_what_somebody_on_the_way_answers_is_not_telegrams_word(
    channel: TelegramChannel, telegram: StrictTelegram, status: int, page: str
) -> None:
    telegram.pages.append((status, page))
    assert await say(channel, Reply("Chào")) == [SendStatus.RETRY]
