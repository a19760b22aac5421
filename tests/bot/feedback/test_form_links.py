"""Secret addresses of form pages."""

from __future__ import annotations

import pytest

from bot.feedback.form_links import PATH, FormLinks

LINKS = FormLinks("https://motcua.example", "k" * 40)
DRAFT = "0123456789abcdef0123456789abcdef"


def test_an_address_leads_to_its_draft() -> None:
    token = LINKS.address(DRAFT, "").removeprefix(f"https://motcua.example{PATH}")
    found = LINKS.read(token, "any browser")
    assert found is not None
    assert (found.draft, found.own) == (DRAFT, True)


def test_on_the_web_it_belongs_to_the_browser_that_chats() -> None:
    token = LINKS.token(DRAFT, "mine")
    mine, theirs = LINKS.read(token, "mine"), LINKS.read(token, "theirs")
    assert mine is not None
    assert theirs is not None
    assert (mine.own, theirs.own) == (True, False)


@pytest.mark.parametrize("token", ["", DRAFT, DRAFT + "0" * 32, "x" * 16, "ẩn" * 30])
def test_nobody_makes_one_from_an_id(token: str) -> None:
    assert LINKS.read(token, "") is None


def test_another_key_reads_none_and_without_an_address_there_is_none() -> None:
    assert FormLinks("", "q" * 40).read(LINKS.token(DRAFT, ""), "") is None
    assert FormLinks("", "k" * 40).address(DRAFT, "") == ""
