"""What a message asks for is told by its way of asking, alone or together with what Rasa learned."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.asking_model import FITTED, AskingModel, fitted
from nlu.text import fold
from nlu.understanding import Aspect

LINES = {"learned": 1.0, "question": -1.0, "statement": 0.0, "second": 1.0}
TOY = AskingModel.from_json(
    {
        "lines": LINES,
        "bias": dict.fromkeys((aspect.value for aspect in Aspect), -2.0),
        "weights": {"o dau": {"where": 12.0}, "bao lau": {"time": 12.0}},
    }
)

ASKED = [
    ("Hồ sơ đổi tên doanh nghiệp gồm các loại tài liệu nào?", Aspect.DOCUMENTS),
    ("Giấy phép quảng cáo có hiệu lực mấy năm?", Aspect.RESULT),
    ("Văn bản ủy quyền nhận lương hưu có cần công chứng không?", Aspect.CONDITIONS),
    ("Điều kiện để mở nhà thuốc là gì?", Aspect.CONDITIONS),
    ("Trường hợp nào được miễn lệ phí cấp thẻ căn cước?", Aspect.FEE),
    ("Toàn bộ quy trình cấp giấy phép lao động mất bao lâu?", Aspect.TIME),
    ("Quy trình xử lý hồ sơ cấp đổi sổ đỏ gồm mấy bước?", Aspect.STEPS),
    ("Tôi muốn đổi tên hợp tác xã thì cần thực hiện thủ tục gì?", Aspect.OVERVIEW),
    ("Tôi phải tới đâu để làm thủ tục cấp lại bằng lái?", Aspect.WHERE),
    ("Thủ tục tặng huân chương có cách thức thực hiện ra sao?", Aspect.HOW_ONLINE),
    ("Tờ khai đăng ký tàu cá theo mẫu nào?", Aspect.FORM),
    ("Cấp giấy phép khai thác cát dựa trên luật nào?", Aspect.LEGAL),
    ("Kết quả cấp hộ chiếu có chuyển phát về nhà không?", Aspect.POST),
    ("Ai phải đi khai báo tạm vắng?", Aspect.WHO),
]


@pytest.mark.parametrize(("text", "aspect"), ASKED)
def test_the_shipped_model_knows_each_way_of_asking_with_and_without_accents(text: str, aspect: Aspect) -> None:
    assert fitted().asked(text)[0] is aspect
    assert fitted().asked(fold(text))[0] is aspect


def test_a_name_that_holds_words_of_asking_asks_for_nothing() -> None:
    assert fitted().asked("cấp giấy chứng nhận đủ điều kiện kinh doanh dược") == ()


def test_two_questions_are_both_told_in_their_order() -> None:
    assert TOY.asked("Mất bao lâu? Rồi nộp ở đâu?") == (Aspect.TIME, Aspect.WHERE)


def test_a_statement_that_nothing_speaks_for_asks_for_nothing() -> None:
    assert TOY.asked("con em mới đẻ") == ()


def test_what_rasa_finds_likely_counts_together_with_the_way_of_asking() -> None:
    assert TOY.asked("nộp ở đâu", {Aspect.WHERE: 0.9}) == (Aspect.WHERE,)
    assert TOY.asked("đóng tiền", {Aspect.FEE: 0.99}) == (Aspect.FEE,)
    assert TOY.asked("đóng tiền", {Aspect.FEE: 0.3}) == ()


def test_the_shipped_file_says_what_it_was_fitted_on() -> None:
    data = json.loads(FITTED.read_text("utf-8"))
    assert len(data["fitted_on_sha256"]) == 64
    assert set(data["bias"]) == {aspect.value for aspect in Aspect}


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(list(Aspect)), st.floats(0, 1)))
def test_no_text_and_no_probability_makes_it_fail(text: str, learned: dict[Aspect, float]) -> None:
    assert len(fitted().asked(text, learned)) <= len(Aspect)
