"""A correction tells what is meant and what is refused; nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.starter import load_starter
from nlu.corrections import Correction, is_refusal, read_correction
from nlu.text import fold


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    ("text", "wanted", "refused"),
    [
        ("không, ý tôi là đổi chứ không phải cấp mới", "đổi", "cấp mới"),
        ("cấp lại chứ không phải đổi", "cấp lại", "đổi"),
        ("không phải cấp mới mà là đổi", "đổi", "cấp mới"),
        ("không phải cái đó, cái cho người nước ngoài ấy", "cái cho người nước ngoài", "đó"),
        ("à nhầm, gia hạn", "gia hạn", ""),
        ("ý em là cấp lại ạ", "cấp lại", ""),
        ("không, tôi hỏi lệ phí", "lệ phí", ""),
        ("bạn nhầm rồi, tôi hỏi về đất", "đất", ""),
        ("lộn rồi, con hỏi bằng lái mà", "bằng lái", ""),
        ("dạ không phải, em hỏi căn cước ạ", "căn cước", ""),
    ],
)
def test_a_correction_is_read(text: str, wanted: str, refused: str, write: type) -> None:
    assert read_correction(write(text)) == Correction(write(wanted), write(refused))


@pytest.mark.parametrize(
    "text",
    [
        "không", "sai rồi", "nhầm thủ tục rồi", "em hỏi về khai sinh", "tôi muốn hỏi về đất đai", "có phải cấp lại không",
        "không phải người Việt thì có đăng ký được không", "tôi không phải nộp gì à", "không có giấy chứng sinh thì sao", "",
        "chó cắn người thì chủ có phải bồi thường không",
    ],
)  # fmt: skip
def test_what_corrects_nothing_is_not_read_as_a_correction(text: str) -> None:
    assert read_correction(text) is None


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    "text",
    [
        "không phải cái này",
        "nhầm thủ tục rồi",
        "sai rồi ạ",
        "không đúng",
        "không phải thủ tục tôi hỏi",
        "ko phải cái đó đâu",
    ],
)
def test_a_bare_refusal_is_one(text: str, write: type) -> None:
    assert is_refusal(write(text))


@pytest.mark.parametrize(
    "text",
    [
        "không phải nộp phí à em",
        "không phải cấp mới",
        "sai tên thì sửa sao",
        "không",
        "không phải cái đó, đổi cơ",
        "nói nhảm",
        "",
    ],
)
def test_what_says_more_is_no_bare_refusal(text: str) -> None:
    assert not is_refusal(text)


def test_no_saying_of_the_starter_catalogue_is_a_correction() -> None:
    asked = [said for one in load_starter()[0] for said in one.also_called]
    assert [said for said in asked if read_correction(said)] == []


@given(st.text(max_size=120))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    read_correction(text)
