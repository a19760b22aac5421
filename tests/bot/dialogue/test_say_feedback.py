"""How feedback is shown back to who is about to send it."""

from __future__ import annotations

import pytest

from bot.app import load_house_texts, project_root
from bot.dialogue.feedback_ports import Item
from bot.dialogue.say_feedback import say_similar


@pytest.mark.parametrize(
    ("item", "mark"),
    [
        (Item("s1", "Trả kết quả chậm", "Đã chấn chỉnh."), ""),
        (Item("s1", "Trả kết quả chậm", "Đã chấn chỉnh.", trial=True), "[Thử nghiệm] "),
        (Item("s1", "Trả kết quả chậm", "Đã chấn chỉnh.", sample=True, trial=True), "[Ví dụ] "),
    ],
)
def test_what_no_agency_answered_is_marked_before_its_words(item: Item, mark: str) -> None:
    said = say_similar(load_house_texts(project_root()), (item,))

    assert f"**1.** {mark}Trả kết quả chậm" in said
