"""Commands with a slash, as words, without accents; and what is none."""

from __future__ import annotations

import pytest

from bot.dialogue.commands import COMMANDS, Called, is_unknown_command, menu, procedure_of, read_command
from tests.bot.dialogue_house import TEXTS


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("/start", "start", ""),
        ("/start tt_1-001193", "start", "tt_1-001193"),
        ("/START@MotCuaBot tt_1-001193", "start", "tt_1-001193"),
        ("/thutuc Đăng ký khai sinh", "thutuc", "Đăng ký khai sinh"),
        ("/help", "help", ""),
        ("/trogiup", "help", ""),
        ("tro giup", "help", ""),
        ("Trợ giúp!", "help", ""),
        ("huy", "huy", ""),
        ("Hủy.", "huy", ""),
        ("gap can bo", "canbo", ""),
        ("Gặp cán bộ", "canbo", ""),
        ("/dulieucuatoi", "dulieucuatoi", ""),
        ("xóa dữ liệu của tôi", "xoadulieu", ""),
        ("#TT1.001193", "start", "tt_1.001193"),
        ("#tt 1", None, ""),
        ("MC-12", "tieptuc", "MC-12"),
        ("English", "ngonngu", "english"),
        ("tra cứu hồ sơ", "hoso", ""),
        ("/ngonngu en", "ngonngu", "en"),
        ("/hủy", "huy", ""),
        ("/ThủTục đăng ký kết hôn", "thutuc", "đăng ký kết hôn"),
    ],
)
def test_a_command_is_read_however_it_is_written(text: str, name: str | None, rest: str) -> None:
    assert read_command(text) == (Called(name, rest) if name else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "//",
        "/unknown",
        "/startx",
        "hủy đăng ký kết hôn",
        "gặp cán bộ ở đâu",
        "/etc/passwd",
        "a" * 5000,
        "1.001193",
    ],
)
def test_everything_else_is_no_command(text: str) -> None:
    assert read_command(text) is None


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        *(("/blabla", True), ("/Blabla@MotCuaBot", True), (" /ăn_cơm ", True), ("/help2", True)),
        *(
            ("/help", False),
            ("/2", False),
            ("/", False),
            ("/etc/passwd", False),
            ("/abc khai sinh", False),
            ("abc", False),
        ),
    ],
)
def test_a_lone_word_behind_a_slash_that_is_no_command_is_known_as_such(text: str, unknown: bool) -> None:
    assert is_unknown_command(text) is unknown


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("tt_1-001193", "1.001193"),
        ("tt_1.001193", "1.001193"),
        ("1.001193", "1.001193"),
        ("tt_1-001193-H17", "1.001193.H17"),
        ("tt_1001193", "1.001193"),
        ("", ""),
        ("tt_", ""),
        ("ref_abc", ""),
        ("tt_x", ""),
        ("tt_1-00119", ""),
        ("../../x", ""),
    ],
)
def test_a_start_payload_names_a_procedure(payload: str, code: str) -> None:
    assert procedure_of(payload) == code


def test_the_menu_lists_what_exists_and_each_entry_has_its_sentence() -> None:
    assert [command.name for command in menu()] == [
        "start", "help", "thutuc", "hoso",
        "doanhnghiep", "buudien", "phananh", "danhsach", "chuyen", "tieptuc", "huy", "ngonngu", "canbo", "dulieucuatoi", "xoadulieu",
    ]  # fmt: skip
    for command in COMMANDS:
        for language in ("vi", "en"):
            assert 3 <= len(TEXTS.render(command.describes, language)) <= 256
