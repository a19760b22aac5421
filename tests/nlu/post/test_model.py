"""What a message asks about the post, by the shipped model: with and without accents, named or not, alone or after talk of it."""

from __future__ import annotations

import pytest

from nlu.post.model import COLUMNS, PostReading, fitted
from nlu.post.topic import BESIDE, Topic
from nlu.text import fold

ALONE = [
    ("anh giao giấy gọi mà tôi đang họp không nghe được máy", Topic.MISSED),
    ("tôi quên mất mã, giờ muốn biết cái phong bì đang nằm ở đâu", Topic.TRACK),
    ("nhân viên bưu điện có được mở hồ sơ của mình ra đọc không", Topic.SECRECY),
    ("chỗ nào gần đây nhận gửi hồ sơ vậy", Topic.OFFICES),
    ("giấy gốc gửi đi rồi xong việc họ có trả lại cho mình không", Topic.ORIGINALS),
    ("mưa ướt hết hồ sơ dọc đường thì ai đền cho tôi", Topic.LOSS),
    ("cho tôi đổi người nhận khác khi bưu tá giao giấy", Topic.CHANGE),
    ("tiền cước thì người gửi trả hay bên nhận trả vậy em", Topic.PAY),
]
AFTER = [("nhiêu tiền vậy em", Topic.PRICE), ("mấy bữa tới nơi", Topic.DAYS), ("lỡ mất thì sao", Topic.LOSS)]


@pytest.mark.parametrize(("text", "topic"), ALONE)
def test_a_topic_is_understood_though_the_post_is_not_named_or_accents_are_missing(text: str, topic: Topic) -> None:
    for said in (text, fold(text)):
        read = fitted().read(said)
        assert read.topic is topic, said
        assert read.post > 0.8, said


@pytest.mark.parametrize(("text", "topic"), AFTER)
def test_after_talk_of_the_post_a_few_words_are_enough(text: str, topic: Topic) -> None:
    assert fitted().read(text, after=True).topic is topic
    assert fitted().read(text, after=True).post > fitted().read(text).post


@pytest.mark.parametrize(
    "text",
    [
        "thủ tục đăng ký khai sinh cần những giấy tờ gì", "lệ phí cấp lại sổ đỏ bao nhiêu", "chào em", "hồ sơ của tôi duyệt chưa",
        "con tôi bị mất giấy khai sinh thì xin cấp lại ở đâu", "",
    ],
)  # fmt: skip
def test_what_is_not_about_the_post_is_not_taken_for_it(text: str) -> None:
    assert fitted().read(text).post < 0.5


def test_a_reading_tells_the_likeliest_topic_of_the_post_however_likely_something_else_is() -> None:
    shares = {**dict.fromkeys(Topic, 0.0), Topic.PROCEDURE: 0.7, Topic.LATE: 0.2, Topic.DAYS: 0.1}

    assert PostReading(shares).topic is Topic.LATE
    assert PostReading(shares).post == pytest.approx(0.3)


def test_the_shipped_model_knows_every_topic_and_is_read_once() -> None:
    assert fitted() is fitted()
    assert fitted().signs.weights.shape == (len(fitted().signs.rows), len(COLUMNS))
    assert {Topic.PROCEDURE, Topic.DOSSIER, Topic.OTHER} == BESIDE
