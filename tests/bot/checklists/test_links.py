"""Addresses that hold a checklist."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checklists.links import ChecklistLinks
from bot.resume.snapshot import Ticked
from nlu.answers.checklist import Wishes

LINKS = ChecklistLinks("https://motcua.example", "k" * 40)
LIST = Ticked(procedure="1.001193", wishes=Wishes(proxy=False, case=2), done=("a" * 10,))


def test_a_checklist_is_read_back_from_its_address() -> None:
    address = LINKS.address(LIST)
    assert address.startswith("https://motcua.example/c/")
    assert LINKS.read(address.rpartition("/")[2]) == LIST


def test_without_a_public_address_there_is_none() -> None:
    assert ChecklistLinks("", "k" * 40).address(LIST) == ""


def test_what_another_key_signed_or_somebody_changed_is_refused() -> None:
    token = LINKS.token(LIST)
    assert ChecklistLinks("", "x" * 40).read(token) is None
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[-2] ^= 1
    assert LINKS.read(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")) is None


@pytest.mark.parametrize("token", ["", "x", "%%%", "é", "A" * 5000])
def test_any_other_text_is_none(token: str) -> None:
    assert LINKS.read(token) is None


@given(st.text(max_size=60))
def test_any_text_may_be_asked(token: str) -> None:
    assert LINKS.read(token) is None
