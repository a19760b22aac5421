"""The light markup of replies as channels show it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.markup import to_html, to_plain


def test_bold_and_lists_are_shown_and_everything_else_is_escaped() -> None:
    assert to_html("**Phí** <5 & 6\n- một\n- hai") == "<b>Phí</b> &lt;5 &amp; 6\n• một\n• hai"
    assert to_plain("**Phí**\n- một") == "Phí\n• một"


def test_a_bold_that_was_cut_in_two_stays_as_written() -> None:
    assert to_html("**Phí") == "**Phí"
    assert to_plain("a ** b ** c") == "a ** b ** c"


@given(st.text(alphabet="*<>&b/ -\nế", max_size=60))
def test_the_html_holds_no_tag_but_bold_and_closes_it(text: str) -> None:
    rest = re.sub(r"<b>[^<>]*</b>", "", to_html(text))
    assert "<" not in rest
    assert ">" not in rest
