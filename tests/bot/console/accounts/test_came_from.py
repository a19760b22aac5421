"""From where somebody signs in: counted apart, shown shortened."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import Visitors
from bot.console.accounts.came_from import Came, Origins, browser, shortened
from bot.keyed_hash import KeyedHash

ORIGINS = Origins(Visitors(ConversationKeys("s" * 40), True), KeyedHash("test", "k" * 32))


def came(address: str = "203.0.113.7", devices: str = "") -> Came:
    return ORIGINS.of(make_mocked_request("GET", "/canbo/vao", headers={"X-Forwarded-For": address}), devices)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/56"),
        ("fe80::1%eth0", "fe80::/56"),
    ],
)
def test_a_network_is_kept_instead_of_an_address(address: str, network: str) -> None:
    assert shortened(address) == network


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/149.0 Safari/537.36 Edg/149.0", "Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130.0 Chrome/124.0 Safari/537", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("<script>alert(1)</script>", "Trình duyệt khác"),
        ("", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_told_in_words_of_ours(agent: str, words: str) -> None:
    assert browser(agent) == words


def test_tries_are_counted_by_account_and_by_network() -> None:
    one, other = ORIGINS.keys(came(), "lan"), ORIGINS.keys(came("198.51.100.1"), "lan")
    assert one[0] == other[0]
    assert one[1] != other[1]
    assert len(ORIGINS.keys(came("127.0.0.1"), "lan")) == 1


def test_a_browser_that_was_here_with_an_account_has_a_count_of_its_own_for_it() -> None:
    cookie = ORIGINS.proofs(came(), "lan")
    known = came("198.51.100.1", cookie)
    assert ORIGINS.keys(known, "lan")[0] != ORIGINS.keys(came(), "lan")[0]
    assert ORIGINS.keys(known, "binh")[0] == ORIGINS.keys(came(), "binh")[0]
    assert ORIGINS.proofs(known, "lan") == cookie
    both = ORIGINS.proofs(known, "binh")
    assert cookie in both
    assert ORIGINS.keys(came(devices=both), "binh")[0] != ORIGINS.keys(came(), "binh")[0]


@pytest.mark.parametrize("made_up", ["x.y", "a" * 22 + "." + "0" * 32, "~~", "a" * 22 + "." + "ắ" * 32])
def test_a_proof_that_was_made_up_proves_nothing(made_up: str) -> None:
    assert ORIGINS.keys(came(devices=made_up), "lan") == ORIGINS.keys(came(), "lan")
