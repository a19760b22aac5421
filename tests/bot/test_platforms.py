"""The composition root opens the platforms that are switched on; what they say is in ``channels/test_recorded_talks``."""

from __future__ import annotations

from bot.app import open_house, open_platforms, project_root
from bot.settings import Secret, Settings


async def test_without_settings_there_is_no_platform(small_catalogue: str) -> None:
    settings = Settings(database_url=small_catalogue, signing_key=Secret("s" * 40), encryption_key=Secret("e" * 40))
    async with open_house(settings, project_root(), None) as house, open_platforms(house) as platforms:
        assert list(platforms) == []
