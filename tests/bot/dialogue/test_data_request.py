"""What a message about one's data wants of an official."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogue.flows.data_request import said_kind
from bot.privacy.request import MOST_OPEN, NewRequest, RequestKind
from nlu.understanding import Intent
from tests.bot.dialogue_house import FlowTalk, means
from tests.bot.messages import NOW


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("tôi muốn sửa thông tin bên bạn đang giữ", RequestKind.CORRECT),
        ("cho mình xin bản sao dữ liệu của mình", RequestKind.COPY),
        ("toi phan doi viec dung du lieu cua toi", RequestKind.OBJECT),
        ("tôi khiếu nại vì bên anh làm lộ thông tin của tôi", RequestKind.COMPLAIN),
        ("bạn đang lưu gì về tôi", None),
        ("my data please", None),
    ],
)
def test_words_tell_what_only_an_official_can_do(words: str, kind: RequestKind | None) -> None:
    assert said_kind(words) is kind


async def test_said_in_words_it_is_asked_at_once_for_what_exactly_and_not_kept_in_the_messages() -> None:
    talk = FlowTalk()
    said = await talk.say("tôi muốn sửa thông tin bên bạn đang giữ", means(Intent.PRIVACY_VIEW))
    assert "viết giúp em cụ thể" in said
    said = await talk.say("Địa chỉ trong phản ánh của tôi bị ghi sai.")
    (asked,) = talk.kept.data_requests.values()
    assert (asked.kind, asked.words) == (RequestKind.CORRECT, "Địa chỉ trong phản ánh của tôi bị ghi sai.")
    assert asked.number in said
    assert talk.kept.blanked == 1


async def test_a_conversation_has_only_so_many_waiting() -> None:
    talk = FlowTalk()
    for number in range(MOST_OPEN):
        asked = NewRequest(f"DL-{number}", RequestKind.COPY, "x", NOW, NOW + timedelta(days=1))
        talk.kept.data_requests[asked.number] = asked
    await talk.tap("do:datareq")
    await talk.tap("in:datareq:kind:copy")
    assert "chưa ghi thêm được" in await talk.say("Cho tôi bản sao.")
    assert len(talk.kept.data_requests) == MOST_OPEN
