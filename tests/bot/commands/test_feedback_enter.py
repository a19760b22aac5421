"""``motcua feedback enter``: what came on paper or by telephone."""

from __future__ import annotations

import pytest

from tests.bot.commands.feedback_desk import HANDLER, RECEIVER, Desk


def test_a_sheet_gets_the_next_number_and_stands_in_the_book(desk: Desk) -> None:
    output = desk.does(RECEIVER, "enter", desk.sheet())
    assert "in the book trial" in output
    receipt = output.partition(":")[0]
    shown = desk.does(RECEIVER, "show", receipt, "--sender")
    assert "received" in shown
    assert "came by paper (van_ban)" in shown
    assert "Nguyễn Văn Giấy; Số 7, thôn Thử, xã Ví Dụ; +84901234567" in shown
    assert "[sample" not in shown


def test_what_was_said_on_the_telephone_is_of_that_form(desk: Desk) -> None:
    receipt = desk.entered(
        came_by="telephone", kind="kien_nghi", about="content", category="7", proposal="Bỏ giấy này."
    )
    shown = desk.does(RECEIVER, "show", receipt)
    assert "came by telephone (dien_thoai)" in shown
    assert "kien_nghi, content, category 7" in shown
    assert "Proposal: Bỏ giấy này." in shown


def test_numbers_are_read_as_they_are_written(desk: Desk) -> None:
    receipt = desk.entered(phone="0701234567", dossier_code="000.12", happened_on="2026-01-04", may_publish="true")
    shown = desk.does(RECEIVER, "show", receipt, "--sender")
    assert "+84701234567" in shown
    assert "dossier: 000.12" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"came_by": "bồ câu"}, "came_by must be one of"),
        ({"received_at": "2026-01-05T09:00:00"}, "needs a time zone"),
        ({"received_at": "2099-01-05T09:00:00+07:00"}, "cannot have come later than now"),
        ({"received_at": "hôm qua"}, "received_at"),
        ({"name": "Ẩn danh"}, "name; without them it is not received (Article 7)"),
        ({"name": "1", "phone": "12", "address": "xa"}, "name, address, phone"),
        ({"email": "không phải thư"}, "email"),
        ({"text": ""}, "text"),
        ({"text": "'  '"}, "text"),
        ({"procedure_code": "9.999999"}, "no procedure 9.999999 in the catalogue"),
        ({"category": "9"}, "category"),
        ({"category": "3"}, "category 3 is about a rule"),
        ({"so_thich": "bóng đá"}, "so_thich"),
        ({"about": "mọi thứ"}, "about"),
    ],
)
def test_a_wrong_sheet_is_one_clear_line_and_takes_no_number(desk: Desk, wrong: dict[str, str], said: str) -> None:
    assert said in desk.fails(RECEIVER, "enter", desk.sheet(**wrong))
    assert len(desk.receipts()) == 43


def test_a_file_that_is_none_is_one_clear_line(desk: Desk) -> None:
    assert "cannot be read" in desk.fails(RECEIVER, "enter", desk.folder / "none.yml")
    assert "is empty" in desk.fails(RECEIVER, "enter", desk.file("rong.yml", " \n"))
    assert "Expected `object`" in desk.fails(RECEIVER, "enter", desk.file("danh-sach.yml", "- một"))
    assert "hong.yml" in desk.fails(RECEIVER, "enter", desk.file("hong.yml", "text: [không đóng"))


def test_only_who_receives_enters(desk: Desk) -> None:
    assert "mau-xuly may not enter" in desk.fails(HANDLER, "enter", desk.sheet())


def test_a_sheet_that_is_entered_twice_is_one_record_and_that_is_said(desk: Desk) -> None:
    first = desk.does(RECEIVER, "enter", desk.sheet())
    again = desk.does(RECEIVER, "enter", desk.sheet())
    assert again == first.rstrip() + "; you entered the same a moment ago, nothing new was made\n"


def test_what_came_as_a_supplement_on_paper_is_taken_in(desk: Desk) -> None:
    receipt, more = desk.entered(), desk.file("them.txt", "Ngày nộp là ngày 3/11.")
    assert "cannot supplement what is received" in desk.fails(RECEIVER, "supplement", receipt, more)
    desk.does(RECEIVER, "ask", receipt, "--why", "Nhờ cho biết ngày nộp.")
    assert ": received, with Đơn vị mẫu" in desk.does(RECEIVER, "supplement", receipt, more)
    assert "Ngày nộp là ngày 3/11." in desk.does(RECEIVER, "show", receipt)
    assert "is empty" in desk.fails(RECEIVER, "supplement", receipt, desk.file("them.txt", " "))


def test_a_second_matter_becomes_a_record_of_its_own_with_the_same_sender(desk: Desk) -> None:
    receipt = desk.entered()
    second = desk.file("hai.yml", "text: Mẫu đơn còn hỏi số sổ hộ khẩu đã bỏ.\nabout: content\ncategory: 2\n")
    said = desk.does(RECEIVER, "split", receipt, second, "--why", "Hai việc khác nhau.")
    child = said.partition(":")[0]
    assert f"split from {receipt}" in said
    shown = desk.does(RECEIVER, "show", child, "--sender")
    assert "phan_anh, content, category 2" in shown
    assert "Nguyễn Văn Giấy" in shown
    assert "hộ khẩu" not in desk.does(RECEIVER, "show", receipt)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("text: ngắn\n", "at least"),
        ("text: Đủ dài để nói một việc gì đó.\ncategory: 2\n", "category 2 is about a rule"),
        ("text: Đủ dài để nói một việc gì đó.\nname: Ai đó\n", "name"),
    ],
)
def test_a_second_matter_that_cannot_be_one_is_refused(desk: Desk, sheet: str, said: str) -> None:
    receipt = desk.entered()
    assert said in desk.fails(RECEIVER, "split", receipt, desk.file("hai.yml", sheet), "--why", "Hai việc.")
