"""Keys prove themselves, and addresses tell nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.keys import KEY_LENGTH, ConversationKeys

KEYS = ConversationKeys("k" * 40)


def test_a_key_is_recognised_by_whoever_holds_the_signing_key_only() -> None:
    key = KEYS.issue()
    assert len(key) == KEY_LENGTH
    assert KEYS.valid(key)
    assert not ConversationKeys("another signing key, long enough").valid(key)
    assert KEYS.issue() != key


@given(st.text(max_size=80))
def test_made_up_keys_are_never_taken(key: str) -> None:
    assert not KEYS.valid(key)


def test_an_address_depends_on_key_and_name() -> None:
    one, two = KEYS.issue(), KEYS.issue()
    assert KEYS.address(one, "c") == KEYS.address(one, "c")
    assert len({KEYS.address(one, "c"), KEYS.address(one, "d"), KEYS.address(two, "c")}) == 3
    assert one not in KEYS.address(one, "c")
