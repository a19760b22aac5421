"""Parts are proposed where a coordinator joins two things, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.splitting import asking_pieces, split_services
from nlu.text import fold


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("làm khai sinh với nhập khẩu cho bé cần gì", ("làm khai sinh", "nhập khẩu cho bé cần gì")),
        ("đăng ký kết hôn và xin giấy độc thân", ("đăng ký kết hôn", "xin giấy độc thân")),
        ("làm căn cước xong làm hộ chiếu ở đâu", ("làm căn cước", "làm hộ chiếu ở đâu")),
        ("khai sinh bé, nhập hộ khẩu và làm thẻ y tế", ("khai sinh bé", "nhập hộ khẩu", "làm thẻ y tế")),
        ("đổi bằng lái ở đâu? làm hộ chiếu bao lâu?", ("đổi bằng lái ở đâu", "làm hộ chiếu bao lâu")),
        ("sang tên xe; đổi bằng lái", ("sang tên xe", "đổi bằng lái")),
    ],
)
def test_two_things_are_parted(text: str, parts: tuple[str, ...], write: type) -> None:
    assert split_services(write(text)) == tuple(map(write, parts))


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    "text",
    [
        "nhận cha, mẹ, con cần gì", "kết hôn với người nước ngoài", "quyền sử dụng đất và tài sản gắn liền với đất",
        "chuyển nhượng, tặng cho đất", "cần giấy tờ gì và bao lâu", "điều kiện và hồ sơ đăng ký kết hôn", "đối với trẻ em",
        "vợ mất rồi xin giấy độc thân", "tôi đã ly hôn và muốn kết hôn", "khai sinh với căn cước khác nhau", "đăng ký kết hôn", "",
        "vợ em mới sinh. Làm khai sinh ở đâu?", "phí và lệ phí", "tranh chấp đất với hàng xóm", "nộp hồ sơ xong rồi ạ",
    ],
)  # fmt: skip
def test_one_thing_stays_whole(text: str, write: type) -> None:
    assert split_services(write(text)) == ()


def test_the_question_in_talk_is_found() -> None:
    assert asking_pieces("hôm nay mưa to quá, mà đổi bằng lái cần giấy tờ gì") == ("đổi bằng lái cần giấy tờ gì",)
    assert asking_pieces("đổi bằng lái cần giấy tờ gì") == ()


@given(st.text(max_size=120))
def test_no_text_makes_the_splitting_fail(text: str) -> None:
    assert all(split_services(text)) or True
    asking_pieces(text)
