"""How replies degrade to a channel's limits."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.contract import Choice, FileRef, Reply
from bot.channels.fitting import fit, numbered
from bot.channels.splitting import split_text, utf16_length
from tests.fakes.channel import CAPS

THREE = tuple(Choice(f"tt:{n}", f"Thủ tục {n}") for n in (1, 2, 3))
LINK = Choice("", "Trang", url="https://example.vn")


def test_choices_that_fit_are_buttons_and_not_repeated_in_the_text() -> None:
    fitted = fit(Reply("Chọn", THREE[:2]), CAPS)
    assert fitted.parts == ("Chọn",)
    assert fitted.buttons == THREE[:2]


def test_the_numbers_of_a_list_go_on_where_the_reply_before_ended() -> None:
    fitted = fit(Reply("Chọn", THREE, first_number=8), CAPS)
    assert fitted.parts == ("Chọn\n\n8. Thủ tục 1\n9. Thủ tục 2\n10. Thủ tục 3",)


def test_a_title_that_brings_its_number_along_is_not_numbered_twice() -> None:
    titled = tuple(replace(choice, title=f"{number}. Việc") for number, choice in enumerate(THREE, start=1))
    assert fit(Reply("Chọn", titled), CAPS).parts == ("Chọn\n\n1. Việc\n2. Việc\n3. Việc",)


def test_too_many_choices_are_all_numbered_and_the_first_stay_buttons() -> None:
    fitted = fit(Reply("Chọn", THREE), CAPS)
    assert fitted.parts == ("Chọn\n\n1. Thủ tục 1\n2. Thủ tục 2\n3. Thủ tục 3",)
    assert fitted.buttons == THREE[:2]


def test_without_buttons_links_and_files_are_written_out() -> None:
    none = replace(CAPS, max_buttons=0)
    file = FileRef("Tờ khai.docx", "https://example.vn/f", "application/msword")
    fitted = fit(Reply("Xem", (*THREE[:1], LINK), (file,)), none)
    assert fitted.parts == ("Xem\n\n1. Thủ tục 1\nTrang: https://example.vn\nTờ khai.docx: https://example.vn/f",)
    assert fitted.buttons == ()


def test_a_link_takes_a_free_button_and_never_a_number() -> None:
    fitted = fit(Reply("Xem", (LINK, THREE[0])), CAPS)
    assert fitted.buttons == (THREE[0], LINK)
    assert numbered((LINK, *THREE)) == THREE


def test_a_choice_whose_id_is_too_long_is_answered_by_its_number() -> None:
    fitted = fit(Reply("Chọn", (Choice("x" * 65, "Dài"), THREE[0])), CAPS)
    assert "1. Dài" in fitted.parts[0]
    assert fitted.buttons == (THREE[0],)


def test_a_link_that_gets_no_button_is_written_out() -> None:
    fitted = fit(Reply("Xem", (*THREE[:2], LINK)), CAPS)
    assert fitted.buttons == THREE[:2]
    assert fitted.parts == ("Xem\n\nTrang: https://example.vn",)


@given(st.text(max_size=300), st.integers(2, 50))
def test_parts_keep_the_limit_as_the_platform_counts(text: str, limit: int) -> None:
    assert all(utf16_length(part) <= limit for part in split_text(text, limit, utf16_length))


def test_titles_that_would_look_the_same_on_buttons_are_written_out_as_well() -> None:
    begins = "Bảo lãnh cho doanh nghiệp"
    alike = (Choice("tt:1", f"1. {begins}: thanh lý"), Choice("tt:2", f"2. {begins}: sửa đổi"))
    fitted = fit(Reply("Chọn", alike), CAPS)
    assert fitted.parts == (f"Chọn\n\n{alike[0].title}\n{alike[1].title}",)
    assert [button.id for button in fitted.buttons] == ["tt:1", "tt:2"]


def test_titles_that_are_cut_and_still_differ_are_buttons_alone() -> None:
    cut = (Choice("tt:1", "Thanh lý hợp đồng bảo lãnh"), Choice("tt:2", "Sửa đổi hợp đồng bảo lãnh"))
    assert fit(Reply("Chọn", cut), CAPS).parts == ("Chọn",)
