"""What a conversation remembers survives storage, and what cannot be read does not stop it."""

from __future__ import annotations

import pytest

from bot.dialogue.state import ConversationState, Option, decode, encode
from tests.bot.dialogue_house import BIRTH, Talk, asks
from tests.fakes.procedures import FakeReader


def test_a_state_read_back_is_the_same_state() -> None:
    state = ConversationState(
        procedure="1.001193", aspects=("fee",), options=(Option("tt:1.001193", "Khai sinh"),), greeted=True, turns=3
    )
    assert decode(encode(state)) == state


@pytest.mark.parametrize("raw", [None, b"", b"nonsense", b"[]", b'{"layout": 99}', b'{"turns": "many"}', b"\xff\xfe"])
def test_a_state_that_cannot_be_read_starts_afresh(raw: bytes | None) -> None:
    assert decode(raw) == ConversationState()


async def test_a_state_with_an_aspect_of_an_older_program_does_not_stop_the_conversation() -> None:
    talk = Talk(state=ConversationState(aspects=("gone",), options=(Option(f"tt:{BIRTH.code}", "Khai sinh"),)))
    assert "**Đăng ký khai sinh**" in await talk.say("1")
    talk = Talk(state=ConversationState(aspects=("gone",)), reader=FakeReader())
    assert "**Đăng ký khai sinh**" in await talk.say("khai sinh", asks((BIRTH, 0.95)))
