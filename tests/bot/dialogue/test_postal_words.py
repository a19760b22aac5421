"""What a message asks about the post, told from its words alone."""

from __future__ import annotations

import pytest

from bot.dialogue.postal_words import is_postal, only_postal, topic_of
from nlu.post.topic import Topic
from nlu.text import fold

SAID = [
    ("cước gửi hồ sơ bao nhiêu", Topic.PRICE),
    ("phí ship kết quả về nhà", Topic.PRICE),
    ("gửi giấy tờ về nhà bao nhiêu tiền", Topic.PRICE),
    ("bưu cục nào gần nhà tôi", Topic.OFFICES),
    ("bưu điện mấy giờ mở cửa", Topic.OFFICES),
    ("tra cứu bưu gửi", Topic.TRACK),
    ("bưu phẩm đang ở bưu cục nào", Topic.TRACK),
    ("sao bưu điện chưa giao giấy tờ cho tôi", Topic.LATE),
    ("bưu tá giao lúc tôi vắng nhà", Topic.MISSED),
    ("người khác ký nhận thay có được không khi bưu tá tới", Topic.WHO),
    ("bưu điện làm mất hồ sơ của tôi thì ai đền", Topic.LOSS),
    ("bưu điện giao nhầm nhà", Topic.LOSS),
    ("bưu tá đòi thêm giấy tờ", Topic.MORE_PAPERS),
    ("bưu điện có gửi đi nước ngoài không", Topic.ABROAD),
    ("bỏ tiền mặt vào trong phong bì gửi bưu điện được không", Topic.FORBIDDEN),
    ("gửi hai hồ sơ chung một bì được không", Topic.MANY),
    ("đổi địa chỉ nhận qua bưu điện", Topic.CHANGE),
    ("hộ nghèo có được giảm cước bưu điện không", Topic.EXEMPT),
    ("trả cước khi nhận hay khi gửi", Topic.PAY),
    ("bưu điện có tới nhà lấy hồ sơ không", Topic.HOME),
    ("số tổng đài bưu điện", Topic.HOTLINE),
    ("so sánh các cách nộp", Topic.COMPARE),
    ("nộp qua bưu điện hay trực tuyến nhanh hơn", Topic.COMPARE),
    ("bưu điện giao mấy ngày thì tới", Topic.DAYS),
    ("bưu chính công ích là gì", Topic.WHAT),
    ("gửi cmnd gốc với tiền mặt được không", Topic.FORBIDDEN),
    ("để căn cước vô phong bì gửi được hông", Topic.FORBIDDEN),
    ("chừng nào bưu điện giao kết quả", Topic.DAYS),
    ("chưa thấy bưu tá đâu", Topic.LATE),
    ("bưu điện có lại nhà lấy hồ sơ hông", Topic.HOME),
    ("bán cho tui con tem", Topic.NOT_OURS),
    ("bán cho tôi năm con tem", Topic.NOT_OURS),
    ("bưu điện tuyển nhân viên không", Topic.NOT_OURS),
    ("gửi tiền tiết kiệm bưu điện lãi bao nhiêu", Topic.NOT_OURS),
    ("ship đồ ăn tới nhà", Topic.NOT_OURS),
    ("chuyển tiền qua bưu điện cho má", Topic.NOT_OURS),
    ("bưu điện chủ nhật có làm không", Topic.OFFICES),
    ("kiện hàng của tôi tới đâu rồi", Topic.TRACK),
    ("hai tuần rồi mà bưu điện chưa giao sổ đỏ", Topic.LATE),
    ("lỡ bưu điện làm rớt hồ sơ thì sao", Topic.LOSS),
    ("gửi kèm tiền lệ phí trong bì thư được không", Topic.FORBIDDEN),
    ("bưu điện bao giờ mới giao", Topic.DAYS),
    ("how much is it by post", Topic.PRICE),
    ("track my parcel", Topic.TRACK),
    ("where is the nearest post office", Topic.OFFICES),
]


@pytest.mark.parametrize(("text", "topic"), SAID)
def test_a_topic_is_told_from_the_words_with_and_without_accents(text: str, topic: Topic) -> None:
    assert topic_of(text) is topic
    assert topic_of(fold(text)) is topic


@pytest.mark.parametrize(
    "text",
    [
        "làm lại căn cước bao nhiêu tiền", "đăng ký kết hôn cần giấy tờ gì", "link cuộc thi tìm hiểu pháp luật ở đâu", "lệ phí cấp hộ chiếu",
        "cấp tem kiểm định xe", "mất giấy khai sinh thì làm sao", "nộp ở đâu", "tạm trú mấy ngày thì xong", "làm thẻ căn cước cần chuẩn bị hồ sơ gì", "",
    ],
)  # fmt: skip
def test_questions_about_procedures_have_no_topic_of_the_post(text: str) -> None:
    assert topic_of(text) is None
    assert not is_postal(text)


@pytest.mark.parametrize(("text", "alone"), [("cước bưu điện gửi kết quả bao nhiêu", True), ("đăng ký bưu điện tới nhà", True), ("đăng ký kết hôn gửi bưu điện bao nhiêu", False)])  # fmt: skip
def test_a_message_that_names_a_procedure_is_not_about_the_post_alone(text: str, alone: bool) -> None:
    assert only_postal(text) is alone


@pytest.mark.parametrize("text", ["làm căn cước xong gửi về nhà được không", "gửi căn cước về nhà qua bưu điện được không", "đi vắng thì gửi bưu điện làm sao"])  # fmt: skip
def test_a_card_that_comes_home_is_not_put_into_an_envelope(text: str) -> None:
    assert topic_of(text) is not Topic.FORBIDDEN
    assert topic_of(fold(text)) is not Topic.FORBIDDEN


def test_where_no_topic_is_likely_what_can_go_by_post_is_told() -> None:
    assert topic_of("lam the cn cuoc cho con 15t buu dien giao dc hk") is Topic.OPTIONS
