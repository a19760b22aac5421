"""The talk about the post, put together."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bot.app.postal import Postal
from bot.app.postal_talk import make_postal_talk, read_ahead
from bot.dialogue.postal_ports import AboutPostal
from bot.errors import BotError
from bot.postal.settings import PostalSettings, read_postal
from bot.settings import Settings
from tests.bot.dialogue_house import MARRIAGE, TIME
from tests.factories import TODAY
from tests.fakes.post import QUANG_NGAI, FakeOffices, FakePlaces, FakePost
from tests.fakes.procedures import FakeCatalogue


def put_together(home: str) -> AboutPostal:
    settings = Settings(database_url="sqlite://", postal=PostalSettings(home=home))
    officials: Any = None  # what they see of the post is not talked about
    postal = Postal(
        FakePost(TODAY).facts, FakeOffices(), lambda office: office.code, officials, officials, practice=False
    )
    return make_postal_talk(settings, postal, FakePlaces(), FakeCatalogue(MARRIAGE), TIME)


@pytest.mark.parametrize(("name", "home"), [("", None), ("Quảng Ngãi", QUANG_NGAI), ("kon tum", QUANG_NGAI)])
def test_the_province_that_is_served_may_be_named_as_people_do(name: str, home: object) -> None:
    assert put_together(name).home == home


@pytest.mark.parametrize("name", ["Atlantis", "xã Ia Chim", "Paris"])
def test_what_is_no_province_keeps_the_house_from_opening(name: str) -> None:
    with pytest.raises(BotError, match="MOTCUA_POSTAL_HOME"):
        put_together(name)


def test_its_name_is_read_from_the_settings() -> None:
    assert read_postal({"MOTCUA_POSTAL_HOME": "Quảng Ngãi"}, []).home == "Quảng Ngãi"


async def test_what_the_first_message_would_wait_for_is_read_ahead_and_beside_the_answering(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: dict[str, int] = {}
    for name in ("fitted", "load_gazetteer"):
        monkeypatch.setattr(f"bot.app.postal_talk.{name}", lambda name=name: read.update({name: threading.get_ident()}))
    await read_ahead()
    assert set(read) == {"fitted", "load_gazetteer"}
    assert threading.get_ident() not in read.values()
