"""Words typed in answer to a question with buttons."""

from __future__ import annotations

import pytest

from bot.dialogue.state import Option
from bot.dialogue.typed_answers import answers_in_words, asks_something, is_question

WHO = (Option("do:list:1.1:0", "Tôi tự đi làm"), Option("do:list:1.1:1", "Nhờ người khác"))
CASE = (
    Option("do:list:1.1:-:0", "Cấp mới cho cơ sở đã bán, chuyển nhượng"),
    Option("do:list:1.1:-:1", "Cấp lại do mất"),
    Option("do:list:1.1:-:2", "Cấp lại do hỏng"),
    Option("do:list:1.1:-:n", "Không thuộc trường hợp nào"),
    Option("do:list:1.1:-:-", "Chưa rõ"),
)
WAY = (
    Option("do:list:1.1:-::counter", "Nộp trực tiếp"),
    Option("do:list:1.1:-::online", "Nộp trực tuyến"),
    Option("do:list:1.1:-::post", "Gửi qua bưu điện"),
    Option("do:list:1.1:-::-", "Chưa rõ"),
)
ONE = (Option("do:list:1.1:-:0", "Trẻ bị bỏ rơi"), CASE[3], CASE[4])
STEP = (Option("in:erase:sure:yes", "Xóa hết"), Option("in:erase:sure:no", "Không xóa"), Option("go:back", "Quay lại"))


@pytest.mark.parametrize(
    ("said", "shown", "meant"),
    [
        ("ủy quyền", WHO, "Nhờ người khác"),
        ("uỷ quyền", WHO, "Nhờ người khác"),
        ("uy quyen", WHO, "Nhờ người khác"),
        ("con tôi", WHO, "Nhờ người khác"),
        ("bố mẹ", WHO, "Nhờ người khác"),
        ("bo me", WHO, "Nhờ người khác"),
        ("em nhờ chồng đi nộp hộ ạ", WHO, "Nhờ người khác"),
        ("my wife", WHO, "Nhờ người khác"),
        ("tôi", WHO, "Tôi tự đi làm"),
        ("dạ em", WHO, "Tôi tự đi làm"),
        ("em tự nộp", WHO, "Tôi tự đi làm"),
        ("tu di", WHO, "Tôi tự đi làm"),
        ("làm cho con tôi", WHO, "Tôi tự đi làm"),
        ("mới", CASE, "Cấp mới cho cơ sở đã bán, chuyển nhượng"),
        ("moi", CASE, "Cấp mới cho cơ sở đã bán, chuyển nhượng"),
        ("bị mất", CASE, "Cấp lại do mất"),
        ("hỏng ạ", CASE, "Cấp lại do hỏng"),
        ("không", CASE, "Không thuộc trường hợp nào"),
        ("dạ không ạ", CASE, "Không thuộc trường hợp nào"),
        ("không biết nữa", CASE, "Chưa rõ"),
        ("chưa chắc", CASE, "Chưa rõ"),
        ("có", ONE, "Trẻ bị bỏ rơi"),
        ("không có", ONE, "Không thuộc trường hợp nào"),
        ("online", WAY, "Nộp trực tuyến"),
        ("qua mạng ạ", WAY, "Nộp trực tuyến"),
        ("lên xã", WAY, "Nộp trực tiếp"),
        ("buu dien", WAY, "Gửi qua bưu điện"),
        ("có", STEP, "Xóa hết"),
        ("không", STEP, "Không xóa"),
    ],
)
def test_an_answer_in_words_is_found(said: str, shown: tuple[Option, ...], meant: str) -> None:
    assert [one.title for one in answers_in_words(said, shown)] == [meant]


def test_a_part_of_several_titles_leaves_those() -> None:
    assert [one.title for one in answers_in_words("cấp lại", CASE)] == ["Cấp lại do mất", "Cấp lại do hỏng"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("nộp online được không", WAY),
        ("nop online duoc khong", WAY),
        ("trực tiếp ở đâu?", WAY),
        ("ủy quyền thì cần giấy tờ gì", WHO),
        ("lệ phí", CASE),
        ("mời", CASE),
        ("quay lại", CASE),
        ("hủy", CASE),
        ("rồi", WHO),
        ("hộ chiếu", CASE),
        ("em muốn hỏi thêm về việc đăng ký kết hôn với người nước ngoài bị mất giấy", CASE),
        ("", CASE),
    ],
)
def test_a_question_or_something_else_is_no_answer(said: str, shown: tuple[Option, ...]) -> None:
    assert answers_in_words(said, shown) == ()


def test_buttons_under_an_answer_are_no_question() -> None:
    assert not is_question((Option("tt:1.1:fee", "Lệ phí"), Option("do:list:1.1", "Giấy tờ cho trường hợp của tôi")))
    assert not is_question(())
    assert is_question(WHO)
    assert is_question(STEP)


def test_a_plain_no_asks_nothing() -> None:
    assert not asks_something("dạ không ạ")
    assert asks_something("được không ạ")
    assert asks_something("mất bao lâu")
