"""``motcua feedback redact|publish|hide``: what goes on the public pages."""

from __future__ import annotations

import pytest

from tests.bot.commands.feedback_desk import APPROVER, HANDLER, RECEIVER, Desk

TEXT = '"Tôi tên Nguyễn Văn Giấy, số 0901 234 567, nhà ở số 7, thôn Thử, nộp hồ sơ trễ mười ngày."'


@pytest.fixture
def decided(desk: Desk) -> str:
    """The receipt of a record that was entered on paper and answered."""
    receipt = desk.entered(text=TEXT)
    desk.does(RECEIVER, "take", receipt)
    answer = desk.file("draft.txt", "Đơn vị xin lỗi ông Nguyễn Văn Giấy vì trễ hẹn.")
    desk.does(HANDLER, "answer", receipt, answer, "--outcome", "conduct_found")
    desk.does(APPROVER, "approve", receipt)
    return receipt


def test_a_redacted_record_is_published_and_taken_off_again(desk: Desk, decided: str) -> None:
    folder = desk.folder / "ra"
    output = desk.does(APPROVER, "redact", decided, folder)
    assert "Read both" in output
    question = (folder / "question.txt").read_text("utf-8")
    assert "trễ mười ngày" in question
    for told in ("Giấy", "234", "thôn Thử"):
        assert told not in question
        assert told not in (folder / "answer.txt").read_text("utf-8")
    assert "published: " in desk.does(APPROVER, "publish", decided, folder)
    assert "  published  " in desk.does(RECEIVER, "show", decided)
    assert "off the public pages" in desk.does(APPROVER, "hide", decided, "--because", "personal")
    assert "  decided  " in desk.does(RECEIVER, "show", decided)
    assert "has no public item" in desk.fails(APPROVER, "hide", decided, "--because", "personal")


@pytest.mark.parametrize("told", ["nguyen van giay", "0901.234.567", "thôn Thử"])
def test_a_text_that_still_tells_of_the_sender_is_refused_and_stays_in_the_house(
    desk: Desk, decided: str, told: str
) -> None:
    desk.file("question.txt", f"Hồ sơ trễ hẹn, người gửi là {told}.")
    desk.file("answer.txt", "Đơn vị xin lỗi.")
    said = desk.fails(APPROVER, "publish", decided, desk.folder)
    assert "still names a person" in said
    assert told not in said
    assert "  decided  " in desk.does(RECEIVER, "show", decided)


def test_without_an_approved_answer_there_is_nothing_to_redact(desk: Desk) -> None:
    assert "no approved answer yet" in desk.fails(HANDLER, "redact", desk.a("in_review"), desk.folder / "ra")
    assert not (desk.folder / "ra").exists()


def test_only_who_approves_publishes_and_only_with_both_texts(desk: Desk, decided: str) -> None:
    desk.file("question.txt", "Hồ sơ trễ hẹn mười ngày.")
    assert "answer.txt cannot be read" in desk.fails(APPROVER, "publish", decided, desk.folder)
    desk.file("answer.txt", "Đơn vị xin lỗi.")
    assert "mau-xuly" in desk.fails(HANDLER, "publish", decided, desk.folder)
    assert "  decided  " in desk.does(RECEIVER, "show", decided)


def test_a_folder_that_cannot_be_made_is_one_clear_line(desk: Desk, decided: str) -> None:
    in_the_way = desk.file("tep.txt", "một tệp")
    assert "cannot be written" in desk.fails(APPROVER, "redact", decided, in_the_way)
