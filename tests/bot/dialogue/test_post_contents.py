"""What may not go along with papers is noticed in people's words, and nothing else is."""

from __future__ import annotations

import pytest

from bot.dialogue.post_contents import Ban, bans_in, several_in

ASKED = ("Tờ khai", "Giấy chứng sinh")


@pytest.mark.parametrize(
    ("text", "bans"),
    [
        ("kẹp thêm 200k tiền mặt", {Ban.MONEY}),
        ("bo tien vao phong bi", {Ban.MONEY}),
        ("500.000 đồng nộp phí", {Ban.MONEY}),
        ("ngoại tệ", {Ban.MONEY}),
        ("some cash", {Ban.MONEY}),
        ("nhẫn vàng", {Ban.VALUABLES}),
        ("thẻ ATM", {Ban.VALUABLES}),
        ("so tiet kiem", {Ban.VALUABLES}),
        ("vàng", {Ban.VALUABLES}),
        ("thẻ căn cước", {Ban.IDENTITY}),
        ("cccd ban goc", {Ban.IDENTITY}),
        ("hộ chiếu của tôi", {Ban.IDENTITY}),
        ("my passport", {Ban.IDENTITY}),
        ("căn cước và 1 triệu", {Ban.MONEY, Ban.IDENTITY}),
        ("bản sao chứng thực căn cước", set()),
        ("photo cccd", set()),
        ("tờ khai cấp hộ chiếu", set()),
        ("đơn đề nghị cấp lại căn cước", set()),
        ("giấy nộp tiền vào ngân sách", set()),
        ("biên lai thu phí", set()),
        ("vâng", set()),
        ("vang", set()),
        ("bản đồ địa chính 1/500", set()),
        ("2 ảnh 4x6", set()),
        ("đơn xin miễn tiền sử dụng đất", set()),
        ("hợp đồng tặng cho", set()),
    ],
)
def test_forbidden_contents(text: str, bans: set[Ban]) -> None:
    assert set(bans_in(text, ASKED)) == bans


def test_an_original_that_the_record_asks_for_may_go() -> None:
    assert bans_in("hộ chiếu", (*ASKED, "Hộ chiếu cũ còn hạn")) == ()
    assert bans_in("hộ chiếu", (*ASKED, "Bản sao hộ chiếu")) == (Ban.IDENTITY,)


@pytest.mark.parametrize(
    "text",
    [
        "gửi chung hai thủ tục",
        "2 bo ho so mot luc",
        "bỏ chung một phong bì",
        "thêm một hồ sơ nữa",
        "thu tuc khac nua",
        "two procedures",
    ],
)
def test_several_procedures(text: str) -> None:
    assert several_in(text)


@pytest.mark.parametrize(
    "text", ["hai bản sao", "Giấy chứng sinh", "hồ sơ bệnh án", "2 ảnh thẻ", "giấy tờ khác nếu có"]
)
def test_one_procedure(text: str) -> None:
    assert not several_in(text)
