"""Ages in messages, and lines at ages in names and cases."""

from __future__ import annotations

import pytest

from nlu.ages import AgeSaid, age_fits, age_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("thế còn bé 15 tuổi", AgeSaid(15, "thế còn")),
        ("con em 10t thì sao", AgeSaid(10, "thì sao")),
        ("the con be 15 tuoi", AgeSaid(15, "the")),
        ("bé mới 8 tháng tuổi", AgeSaid(0, "")),
        ("bà 82 tuổi", AgeSaid(82, "")),
        ("dưới 14 tuổi thì sao", None),
        ("từ 14 tuổi", None),
        ("con 5 tuổi và 8 tuổi", None),
        ("2 tháng nữa", None),
        ("300 tuổi", None),
    ],
)
def test_somebodys_age_is_told_from_a_line(text: str, said: AgeSaid | None) -> None:
    assert age_said(text) == said


@pytest.mark.parametrize(
    ("title", "fitting"),
    [
        ("Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên", {14, 17, 77}),
        ("Cấp thẻ căn cước cho người dưới 14 tuổi", {3}),
        ("Người chưa đủ 14 tuổi chưa có số định danh", {3}),
        ("Người từ đủ 16 đến dưới 18 tuổi", {17}),
        ("Người cao tuổi từ đủ 75 tuổi đến 80 tuổi", {77}),
    ],
)
def test_a_line_is_for_some_ages(title: str, fitting: set[int]) -> None:
    assert {years for years in (3, 14, 17, 77) if age_fits(title, years)} == fitting


@pytest.mark.parametrize("title", ["Người cao tuổi", "Đăng ký kết hôn", "Áp dụng từ 01/7/2025"])
def test_what_draws_no_line_tells_nothing(title: str) -> None:
    assert age_fits(title, 30) is None
