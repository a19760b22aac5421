"""Tests of links to maps."""

from __future__ import annotations

from bot.postal.map_link import map_link
from bot.postal.office import PostOffice
from bot.postal.settings import PostalSettings

OFFICE = PostOffice("1", "Bưu cục A & B", "12 Lê Lợi", "", "51", latitude=15.12, longitude=108.8)
TEMPLATE = PostalSettings().map_url


def test_an_office_with_its_own_point_is_shown_there() -> None:
    assert map_link(OFFICE, TEMPLATE).endswith("query=15.120000,108.800000")


def test_any_other_is_looked_up_by_name_and_address() -> None:
    office = PostOffice("1", "Bưu cục A & B", "12 Lê Lợi", "", "51", latitude=15.1, longitude=108.8, exact=False)

    link = map_link(office, "https://map.example/?q={place}")

    assert link.startswith("https://map.example/?q=B%C6%B0u%20c%E1%BB%A5c%20A%20%26%20B%2C%20")
    assert " " not in link
