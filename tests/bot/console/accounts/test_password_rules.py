"""Which passwords are refused: what everybody tries first, however it is dressed up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.console.accounts.password_rules import LEAST, MOST, PasswordRules, Weak

RULES = PasswordRules()
OWN = ("lan.nt", "Nguyễn Thị Lan")


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Mật Khẩu 123456",
        "Matkhau@2026!",
        "M4tKh4u@1234",
        "anhyeuem1234567",
        "P@ssw0rd12345",
        "qwertyuiop123",
        "123456789012",
        "aaaaaaaaaaaaaaa",
        "Vietnam2026!!!",
        "UBND@hanoi2026",
        "admin@admin@123",
        "nguyenvan1990",
        "Zaq12wsxcde3",
        "rewqfdsavcxz",
        "98765432109876",
        "05121990@matma",
        "05-12-1990 0905 123 456",
        "+84905123456 yeu",
        "079190001234",
        "1990-12-05 1990-12-06",
    ],
)
def test_common_words_runs_and_years_are_refused(password: str) -> None:
    assert RULES.weakness(password) is Weak.COMMON


@pytest.mark.parametrize("password", ["lanlanlan2026lan", "Nguyễn Thị Lan!", "lan.nt-lan.nt-lan", "thilan@1990lan"])
def test_the_own_name_is_refused(password: str) -> None:
    assert RULES.weakness(password, OWN) in (Weak.OWN, Weak.COMMON)
    assert RULES.weakness("xin gạo nếp chiều qua", OWN) is None


@pytest.mark.parametrize(
    "password", ["con mèo nhảy qua rào", "correct horse battery", "trời mưa rơi nhẹ", "kX9#mQ2$vL7p", "7429185036172"]
)
def test_long_ones_of_any_kind_are_taken_without_rules_of_composition(password: str) -> None:
    assert RULES.weakness(password, OWN) is None


@pytest.mark.parametrize("password", ["TinhKhe@UBND2026", "vanphong.tinhkhe.1", "xa Tịnh Khê 123456"])
def test_the_names_of_the_agency_are_refused(password: str) -> None:
    names = (*OWN, "UBND xã Tịnh Khê", "Văn phòng HĐND và UBND")
    assert RULES.weakness(password, names) in (Weak.OWN, Weak.COMMON)
    assert RULES.weakness("nhà có cây khế ngọt", names) is None


def test_lengths_are_counted_in_signs() -> None:
    assert RULES.weakness("kX9#mQ2$vL7") is Weak.SHORT
    assert RULES.weakness("ắ" * (LEAST - 1)) is Weak.SHORT
    assert RULES.weakness("kX9#mQ2$" * 16) is None
    assert RULES.weakness("kX9#mQ2$" * 16 + "x") is Weak.LONG


@given(some.text(min_size=LEAST, max_size=MOST))
def test_any_text_is_judged(password: str) -> None:
    assert RULES.weakness(password, OWN) in (None, Weak.COMMON, Weak.OWN)


@given(some.lists(some.sampled_from(["matkhau", "Vietnam", "123456", "qwerty", "2026", "@", "!", " "]), min_size=4))
def test_whatever_is_put_together_from_the_list_is_refused(parts: list[str]) -> None:
    assert RULES.weakness("".join(parts)) is not None
