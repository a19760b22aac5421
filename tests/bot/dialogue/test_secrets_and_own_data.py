"""What the assistant does with secrets that are sent to it, and with what it keeps about a person."""

from __future__ import annotations

import pytest

from bot.channels.contract import InboundKind
from bot.dialogue.effects import BlankMessage
from bot.dialogue.state import encode
from nlu.understanding import Aspect
from tests.bot.dialogue.test_assistant import KNOWN, of
from tests.bot.dialogue_house import BIRTH, FlowTalk, asks

# ---- secrets ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mật khẩu của em là abc12345", "mật khẩu"),
        ("mat khau VNeID cua toi: Hanoi@2026", "mật khẩu"),
        ("mã OTP là 482913", "OTP"),
        ("ma xac nhan vua nhan duoc 482913", "OTP"),
        ("số thẻ 4111 1111 1111 1111", "thẻ ngân hàng"),
        ("căn cước của em 001099012345", "số căn cước"),
        ("cmnd 123456789", "số căn cước"),
    ],
)
async def test_a_secret_is_declined_kindly_and_not_kept(text: str, told: str) -> None:
    talk = FlowTalk(state=KNOWN)
    assert told in await talk.say(text)
    assert talk.kept.blanked == 1
    assert talk.reader.read_texts == []


async def test_the_question_beside_a_secret_is_answered_without_it() -> None:
    talk = FlowTalk(state=KNOWN)
    left = "em tên An số căn cước làm khai sinh cho con cần giấy tờ gì"
    talk.reader.known[left] = asks((BIRTH, 0.95), aspects=[Aspect.DOCUMENTS])
    said = await talk.say("em tên An số căn cước 001099012345 làm khai sinh cho con cần giấy tờ gì")
    assert "không cần số căn cước" in said
    assert "**Giấy tờ cần có**" in said
    assert talk.last is not None
    assert BlankMessage() in talk.last.effects
    assert "001099012345" not in encode(talk.state).decode()


@pytest.mark.parametrize(
    "text",
    ["quên mật khẩu VNeID thì làm sao", "làm lại mã PIN thẻ", "lệ phí 1.000.000 đồng", "1.001193", "H15.50.05.13-261008-0975",
     "gọi 0912345678", "mã xác nhận là gì"],
)  # fmt: skip
async def test_what_only_looks_like_a_secret_is_answered_as_ever(text: str) -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say(text)
    assert talk.kept.blanked == 0


async def test_a_photo_is_declined_with_a_warning_and_not_kept() -> None:
    talk = FlowTalk(state=KNOWN)
    assert "đừng gửi ảnh căn cước" in await talk.send(of(InboundKind.IMAGE))
    assert talk.kept.blanked == 1


# ---- own data ---------------------------------------------------------------------------------------------------------


async def test_what_is_kept_is_shown_and_deleted_after_a_yes() -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("/canbo")
    said = await talk.say("du lieu cua toi")
    assert "nội dung 3 tin nhắn" in said
    assert "yêu cầu gặp cán bộ (1)" in said
    assert "chắc chưa" in await talk.press("Xóa dữ liệu")
    said = await talk.say("xóa hết")
    assert "đã xóa" in said
    assert "nội dung 3 tin nhắn" in said
    assert talk.kept.held == []
    assert talk.kept.requests == {}
    assert talk.state.procedure == ""
    assert "không giữ gì" in await talk.say("/dulieucuatoi")


@pytest.mark.parametrize("said", ["không", "Khong xoa", "hủy"])
async def test_nothing_is_deleted_without_a_yes(said: str) -> None:
    talk = FlowTalk(state=KNOWN)
    await talk.say("/xoadulieu")
    await talk.say(said)
    assert talk.kept.held
    assert talk.state.flows == ()
