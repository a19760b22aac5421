"""What a link that opens the bot carries."""

from __future__ import annotations

import pytest

from bot.channels.telegram.deep_links import start_payload


@pytest.mark.parametrize(
    ("parameter", "payload"),
    [
        ("tt_1-001193", "tt_1.001193"),
        ("KX7-9QM", "KX7-9QM"),
        ("tt_", "tt_"),
        ("", ""),
        ("tt_1.001193", "tt_1.001193"),
        ("1.001193", "1.001193"),
        ("a b", ""),
        ("x" * 65, ""),
        ("<script>", ""),
        ("ế", ""),
    ],
)
def test_a_procedures_code_gets_its_dots_back_and_what_is_no_parameter_is_dropped(parameter: str, payload: str) -> None:
    assert start_payload(parameter) == payload
