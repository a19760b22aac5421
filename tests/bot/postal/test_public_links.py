"""Addresses of the post's public pages."""

from __future__ import annotations

from bot.postal.public_links import load_public_links

LINKS = load_public_links()


def test_an_item_leads_to_the_posts_own_page() -> None:
    assert LINKS.tracking("EI123456785VN") == "https://www.vnpost.vn/vi-vn/dinh-vi/buu-pham?key=EI123456785VN"


def test_what_somebody_typed_cannot_break_out_of_the_address() -> None:
    assert LINKS.tracking("A1&x=y/../#").endswith("?key=A1%26x%3Dy%2F..%2F%23")


def test_every_address_is_secure_and_says_where_it_comes_from() -> None:
    assert all(link.address.startswith("https://") and link.source for link in LINKS.known.values())
