"""Where a journey begins and ends, as people say it, and what they are told of how it was understood."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogue.postal_asked import about_post, journey_said, topic_flow
from bot.dialogue.postal_memory import noted
from bot.dialogue.postal_places import distance_said, goes_abroad, place_words, route_in, told_of, where
from bot.dialogue.state import ConversationState
from nlu.post.topic import Topic
from tests.bot.dialogue_house import TEXTS
from tests.fakes.post import FakePlaces

PLACES, TODAY = FakePlaces(), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "origin", "target"),
    [
        ("gửi từ Mỹ Tho ra Quảng Ngãi hết bao nhiêu", "Mỹ Tho", "Quảng Ngãi"),
        ("cuoc gui tu tp hcm ve tp quang ngai nang 300g", "tp hcm", "tp quang ngai"),
        ("cước gửi hồ sơ ra hà nội bao nhiêu", "", "hà nội"),
        ("từ xã Ia Chim", "xã Ia Chim", ""),
        ("how much from Hanoi to Hue by post", "Hanoi", "Hue"),
        ("gửi kết quả về nhà bao nhiêu", "", ""),
        ("cước bưu điện", "", ""),
        ("tôi ở xã Ia Chim muốn gửi ra Hà Nội", "xã Ia Chim", "Hà Nội"),
        ("từ tỉnh gia lai đi đà nẵng nặng 300g", "tỉnh gia lai", "đà nẵng"),
    ],
)
def test_a_route_is_read_with_its_accents(text: str, origin: str, target: str) -> None:
    assert route_in(text) == (origin, target)


@pytest.mark.parametrize(("text", "far"), [("trong cùng một tỉnh", "same"), ("cung tinh", "same"), ("khác tỉnh ạ", "other"), ("tinh khac", "other"), ("hà nội", "")])  # fmt: skip
def test_a_distance_is_read_without_places(text: str, far: str) -> None:
    assert distance_said(text) == far


@pytest.mark.parametrize(
    ("text", "goes"),
    [("gửi qua đức được không", True), ("gui sang paris dc ko", True), ("gửi ra hà nội", False), ("gửi qua bưu điện được không", False)],
)  # fmt: skip
def test_what_is_sent_to_another_country_goes_abroad(text: str, goes: bool) -> None:
    assert goes_abroad(PLACES, text) is goes


def test_a_question_and_nonsense_are_no_place() -> None:
    assert place_words(PLACES, "Hà Nội") == "Hà Nội"
    assert place_words(PLACES, "hà nội được không") is None
    assert place_words(PLACES, "zzz") is None
    assert place_words(PLACES, "à nhầm rồi") is None
    assert place_words(PLACES, "à nhầm, từ hà nội") == "hà nội"


def test_old_names_districts_and_unknown_communes_are_told() -> None:
    assert told_of(TEXTS, where(PLACES, "xã Bình An, huyện Bình Sơn")) == [
        "Xã Bình An, Huyện Bình Sơn, Tỉnh Quảng Ngãi nay là Xã Bình Minh, Tỉnh Quảng Ngãi."
    ]
    assert told_of(TEXTS, where(PLACES, "ia chim, kon tum")) == ["Tỉnh Kon Tum nay thuộc Tỉnh Quảng Ngãi."]
    (told,) = told_of(TEXTS, where(PLACES, "xa la hoac, quang ngai"))
    assert "không tìm thấy “xã Lạ Hoắc” ở Tỉnh Quảng Ngãi" in told
    assert where(PLACES, "tân an", "79101").name == "Xã Tân An, Thành phố Hồ Chí Minh"


def test_one_message_may_tell_the_whole_journey() -> None:
    assert journey_said("gửi từ quảng ngãi ra hà nội nặng nửa ký, hai chiều, thu hộ lệ phí", PLACES) == {
        "from": "quảng ngãi",
        "to": "hà nội",
        "weight": "500",
        "option": "both",
        "carry": "yes",
    }
    assert journey_said("khác tỉnh, chỉ nhận kết quả, không cần thu hộ", PLACES) == {
        "from": "other",
        "option": "receive",
        "carry": "no",
    }


def test_a_bare_weight_goes_on_only_about_the_journey_that_was_told_last() -> None:
    told = noted(ConversationState(procedure="1.000894"), last="postal_price", zone="same_province")
    assert getattr(about_post("nặng 300 gam", told, PLACES, TODAY), "flow", "") == "postal_price"
    assert about_post("nặng 300 gam", ConversationState(procedure="1.000894"), PLACES, TODAY) is None
    another = noted(told)
    assert (
        about_post("nặng 300 gam", ConversationState(procedure="1.001193", postal=another.postal), PLACES, TODAY)
        is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký kết hôn gửi bưu điện bao nhiêu",
        "lệ phí bao nhiêu",
        "hà nội",
        "nộp cmnd gốc hay bản sao",
        "kết hôn nộp qua bưu điện được không",
    ],
)
def test_what_may_be_about_a_procedure_is_left_to_the_search(text: str) -> None:
    assert about_post(text, ConversationState(), PLACES, TODAY) is None


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("gửi bưu điện bao lâu tới, hết bao nhiêu tiền", "postal_price"),
        ("hợp đồng lao động gửi bưu điện mấy ngày tới", "postal_answer"),
        ("giấy của gia đình tôi gửi bưu điện bao lâu", "postal_answer"),
    ],
)
def test_days_asked_together_with_a_price_are_told_with_it_and_alone_without(text: str, flow: str) -> None:
    assert topic_flow(Topic.DAYS, text, TODAY).flow == flow
