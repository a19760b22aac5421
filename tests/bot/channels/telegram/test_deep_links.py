"""Links that open the bot at one procedure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.deep_links import start_link, start_parameter, start_payload
from bot.dialogue.choices import ask_about, choose, read_choice
from nlu.understanding import Aspect


def test_a_code_travels_without_its_dots_and_comes_back() -> None:
    assert start_parameter(choose("1.001193")) == "tt_1-001193"
    assert start_payload("tt_1-001193") == choose("1.001193")
    assert start_link("mot_cua_bot", choose("1.001193")) == "https://t.me/mot_cua_bot?start=tt_1-001193"


@given(st.from_regex(r"[12]\.[0-9]{6}", fullmatch=True), st.sampled_from(Aspect))
def test_every_choice_of_a_procedure_comes_back_as_it_was(code: str, aspect: Aspect) -> None:
    for choice in (choose(code), ask_about(code, aspect)):
        parameter = start_parameter(choice)
        assert parameter is not None
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter)
        assert start_payload(parameter) == choice
        assert read_choice(choice) is not None


@pytest.mark.parametrize("choice", ["none", "tt:", "tt:a b", "tt:" + "1." * 40, "tt:ế"])
def test_what_no_link_can_carry_gets_none(choice: str) -> None:
    assert start_parameter(choice) is None
    assert start_link("mot_cua_bot", choice) is None


@pytest.mark.parametrize(
    ("parameter", "payload"),
    [("KX7-9QM", "KX7-9QM"), ("", ""), ("a b", ""), ("x" * 65, ""), ("<script>", ""), ("tt_", "tt_"), ("ế", "")],
)
def test_other_parameters_are_passed_on_as_they_are_or_not_at_all(parameter: str, payload: str) -> None:
    assert start_payload(parameter) == payload
