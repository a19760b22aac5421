"""Where a sign-in may lead, and what is carried through it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from yarl import URL

from bot.console.accounts.carried import GOOD, Envelopes, Typed, local
from bot.delivery.cipher import AesGcmCipher

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
ENVELOPES = Envelopes(AesGcmCipher("e" * 40))
TYPED = Typed("/canbo/so", (("words", "đang viết"),), ("anh.jpg",), "lan", NOW)


@pytest.mark.parametrize("path", ["/canbo", "/canbo/so", "/canbo/so?q=a%20b&trang=2", "/canbo/so/PA-7KQM-2XWP#doan"])
def test_the_consoles_own_pages_are_led_to(path: str) -> None:
    assert local(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "//evil.example",
        "https://evil.example/canbo",
        "/canbo@evil.example",
        "/canbo.evil.example",
        "/canbo/../khac",
        "/canbo/%2e%2e/khac",
        "/canbo\\..\\khac",
        "/canbo/so\n/x",
        "/canbo/vao",
        "/canbo/vao/ma",
        "/canbo/ra",
        "/canbo/" + "x" * 3000,
    ],
)
def test_nothing_else_is(path: str) -> None:
    assert local(path) == ""


@given(some.text(max_size=60).map(lambda rest: "/canbo" + rest))
def test_whatever_is_led_to_stays_under_the_console(raw: str) -> None:
    found = local(raw)
    if found:
        reached = URL("https://motcua.example/").join(URL(found))
        assert reached.host == "motcua.example"
        assert reached.path == "/canbo" or reached.path.startswith("/canbo/")


def test_what_is_carried_is_neither_read_nor_changed_nor_kept_for_ever() -> None:
    closed = ENVELOPES.close(TYPED)
    assert ENVELOPES.open(closed, NOW + GOOD) == TYPED
    assert ENVELOPES.open(closed, NOW + GOOD + timedelta(seconds=1)) is None
    assert ENVELOPES.open(closed[:-8] + "AAAAAAA=", NOW) is None
    assert Envelopes(AesGcmCipher("f" * 40)).open(closed, NOW) is None


@given(some.text(max_size=80))
def test_anything_else_opens_to_nothing(raw: str) -> None:
    assert ENVELOPES.open(raw, NOW) is None
