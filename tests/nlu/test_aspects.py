"""What a question asks about is told from its way of asking, with accents or without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.aspects import cue_aspects, cue_features
from nlu.text import fold
from nlu.understanding import Aspect

QUESTIONS = [
    ("làm giấy khai sinh cần giấy tờ gì", Aspect.DOCUMENTS),
    ("hồ sơ gồm những gì", Aspect.DOCUMENTS),
    ("đi đăng ký kết hôn phải mang theo cái gì", Aspect.DOCUMENTS),
    ("cấp lại sổ đỏ mấy bản sao", Aspect.DOCUMENTS),
    ("thế lệ phí bao nhiêu", Aspect.FEE),
    ("đổi bằng lái hết bao nhiêu tiền", Aspect.FEE),
    ("có mất phí không", Aspect.FEE),
    ("làm hộ chiếu bao lâu thì xong", Aspect.TIME),
    ("khi nào lấy được", Aspect.TIME),
    ("mấy ngày có kết quả", Aspect.TIME),
    ("nộp ở đâu", Aspect.WHERE),
    ("cơ quan nào giải quyết", Aspect.WHERE),
    ("làm online được không", Aspect.HOW_ONLINE),
    ("nộp qua VNeID được không", Aspect.HOW_ONLINE),
    ("gửi qua bưu điện được không", Aspect.POST),
    ("mẫu đơn ở đâu", Aspect.FORM),
    ("tải mẫu tờ khai", Aspect.FORM),
    ("điều kiện để được cấp là gì", Aspect.CONDITIONS),
    ("các bước thực hiện thế nào", Aspect.STEPS),
    ("hướng dẫn cách làm", Aspect.STEPS),
    ("căn cứ pháp lý", Aspect.LEGAL),
    ("theo nghị định nào", Aspect.LEGAL),
    ("những ai được làm", Aspect.WHO),
    ("nhận được giấy gì", Aspect.RESULT),
    ("giấy xác nhận độc thân là gì", Aspect.OVERVIEW),
]


@pytest.mark.parametrize(("question", "aspect"), QUESTIONS)
def test_a_cue_tells_the_aspect_with_and_without_accents(question: str, aspect: Aspect) -> None:
    assert aspect in cue_aspects(question)
    assert aspect in cue_aspects(fold(question))


@pytest.mark.parametrize(
    "name",
    [
        "Cấp giấy chứng nhận đủ điều kiện kinh doanh dược",
        "Đăng ký kinh doanh",
        "Đăng ký khai sinh",
        "Đăng ký kết hôn",
        "Cấp giấy phép xây dựng",
    ],
)
def test_a_name_alone_asks_for_neither_conditions_nor_fee(name: str) -> None:
    assert not {Aspect.CONDITIONS, Aspect.FEE, Aspect.TIME} & set(cue_aspects(name))


def test_two_questions_in_one_are_both_found_and_the_last_stands_first() -> None:
    found = cue_aspects("lam giay khai sinh cho con can giay to gi, mat bao nhieu tien")
    assert found[0] is Aspect.FEE
    assert Aspect.DOCUMENTS in found


@given(st.text(max_size=80))
def test_features_and_aspects_say_the_same(text: str) -> None:
    features = dict(zip(Aspect, cue_features(text), strict=True))
    assert {aspect for aspect, value in features.items() if value} == set(cue_aspects(text))
