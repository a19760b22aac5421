"""What the talk about the public postal service is given."""

from __future__ import annotations

import asyncio

from bot.app.postal import Postal
from bot.dialogue.ports import Catalogue
from bot.dialogue.postal_ports import AboutPostal
from bot.errors import BotError
from bot.postal.ports import ReadsPlaces
from bot.postal.public_links import load_public_links
from bot.settings import Settings
from feedback.working_time.loading import WorkingTime
from nlu.places.gazetteer import load_gazetteer
from nlu.places.place import Outcome, PlaceReading, Province
from nlu.post.model import fitted


class Atlas:
    """The places of the country, read from their files when first asked for: that takes a moment, and most commands ask for none."""

    def read(self, words: str) -> PlaceReading:
        """See ``ReadsPlaces.read``."""
        return load_gazetteer().read(words)


async def read_ahead() -> None:
    """Read what topics are told by, and the places, beside the answering, so that nobody's first message waits for them."""
    await asyncio.to_thread(fitted)
    await asyncio.to_thread(load_gazetteer)


def make_postal_talk(
    settings: Settings, postal: Postal, places: ReadsPlaces, catalogue: Catalogue, time: WorkingTime
) -> AboutPostal:
    """Put it together.

    Raises:
        BotError: ``MOTCUA_POSTAL_HOME`` names no province.
    """
    home = _home(settings.postal.home, places)
    return AboutPostal(
        postal.facts, places, postal.offices, catalogue, time, load_public_links(), postal.map_link, home
    )


def _home(name: str, places: ReadsPlaces) -> Province | None:
    if not name:
        return None
    read = places.read(name)
    if read.outcome is not Outcome.PROVINCE or read.province is None:
        raise BotError(
            f"MOTCUA_POSTAL_HOME is {name!r}, which is no province of today; write its name, such as “Quảng Ngãi”"
        )
    return read.province
