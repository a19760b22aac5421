"""Zalo's error numbers as what they mean for a message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.contract import SendStatus
from bot.channels.zalo_oa.http import Answer, read_answer
from bot.channels.zalo_oa.outcomes import seconds_to_morning, sent
from tests.bot.messages import NOW


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        (SendStatus.AUTH, (-216, -220, -124, -204, -205, -209, -212, -219, -221, -223, -224, -242, -320, -321, -1241)),
        (SendStatus.AUTH, (-14002, -14003, -14999, -115, -131, -137)),
        (SendStatus.RETRY, (-32, -100, -200, -211, -234, -133, -144, -147)),
        (SendStatus.UNREACHABLE, (-213, -217, -218, -227, -230, -232, -244, -108, -114, -118, -119, -139, -141)),
        (SendStatus.BUG, (-201, -210, -233, -240, -248, -109, -1121, -1122, -1124)),
        (SendStatus.RETRY, (-9999, 7)),
    ],
)
def test_each_documented_number_has_its_class(status: SendStatus, codes: tuple[int, ...]) -> None:
    assert {code: sent(Answer(200, code), NOW).status for code in codes} == dict.fromkeys(codes, status)


@pytest.mark.parametrize(
    ("http", "status"),
    [
        (0, SendStatus.RETRY),
        (500, SendStatus.RETRY),
        (502, SendStatus.RETRY),
        (429, SendStatus.RETRY),
        (200, SendStatus.RETRY),
        (401, SendStatus.AUTH),
        (404, SendStatus.BUG),
    ],
)
def test_an_answer_that_is_not_zalos_is_classed_by_its_http_status(http: int, status: SendStatus) -> None:
    assert sent(read_answer(http, b"<html>"), NOW).status is status


def test_success_brings_the_id_of_the_message() -> None:
    outcome = sent(read_answer(200, b'{"data": {"message_id": "m1"}, "error": 0, "message": "Success"}'), NOW)
    assert (outcome.status, outcome.id) == (SendStatus.OK, "m1")


def test_at_night_it_is_tried_again_at_six_in_vietnam() -> None:
    outcome = sent(Answer(200, -234), datetime(2026, 11, 22, 16, 30, tzinfo=UTC))  # 23:30 in Vietnam
    assert (outcome.status, outcome.retry_after) == (SendStatus.RETRY, 6.5 * 3600)
    assert seconds_to_morning(datetime(2026, 11, 21, 22, 0, tzinfo=UTC)) == 3600  # 05:00 in Vietnam


def test_how_long_to_wait_is_told_where_it_is_known() -> None:
    assert sent(Answer(200, -32), NOW).retry_after == 30.0
    assert sent(read_answer(429, b"", "7"), NOW).retry_after == 7.0
    assert read_answer(429, b"", "soon").retry_after is None


def test_what_operators_read_names_nobody() -> None:
    outcome = sent(
        read_answer(200, '{"error": -213, "message": "User 246845883529197922 chưa quan tâm"}'.encode()), NOW
    )
    assert outcome.detail == "-213 User … chưa quan tâm"
