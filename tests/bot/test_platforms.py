"""The composition root opens the platforms that are switched on; what they say is in ``channels/test_recorded_talks``."""

from __future__ import annotations

from bot.app import open_house, open_platforms, project_root
from bot.settings import Secret, Settings


async def test_without_settings_there_is_no_platform(small_catalogue: str) -> None:
    settings = Settings(database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_house(settings, project_root(), None) as house, open_platforms(house) as platforms:
        assert list(platforms) == []


async def test_each_platform_that_hands_files_over_is_asked_for_them(small_catalogue: str) -> None:
    settings = Settings(
        database_url=small_catalogue,
        signing_key=Secret("s" * 40),
        encryption_key=Secret("e" * 40),
        zalo_oa_app_id="1",
        zalo_oa_id="2",
        zalo_oa_app_secret=Secret("a" * 20),
        zalo_bot_token=Secret("1:abc"),
        zalo_bot_secret=Secret("b" * 20),
    )
    async with open_house(settings, project_root(), None) as house, open_platforms(house):
        assert set(house.photos.fetchers) == {"zalo_oa", "zalo_bot"}
        inside = "http://127.0.0.1:1/qr.jpg"
        assert [await one.fetch(inside, 10) for one in house.photos.fetchers.values()] == [None, None]
