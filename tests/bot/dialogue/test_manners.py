"""What goes with every turn, whatever is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.commands import menu
from bot.dialogue.manners import Manners
from bot.dialogue.state import ConversationState
from tests.bot.dialogue_house import TEXTS
from tests.bot.messages import inbound

OURS = Manners(TEXTS, introduced=frozenset({"web"}))


@pytest.mark.parametrize(
    ("channel", "locale", "turns", "language"),
    [
        ("web", "en", 0, "en"),
        ("web", "", 0, "vi"),
        ("web", "fr", 0, "vi"),
        ("web", "en", 1, "vi"),
        ("telegram", "en", 0, "vi"),
    ],
)
def test_a_new_conversation_on_our_own_page_begins_in_its_language(
    channel: str, locale: str, turns: int, language: str
) -> None:
    said = replace(inbound(channel=channel), locale=locale)
    assert OURS.addressed(ConversationState(turns=turns), said).language == language


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_list_of_commands_names_each_that_works(language: str) -> None:
    text = OURS.commands(TEXTS.speaking(language)).text
    assert [line.split()[1] for line in text.splitlines()[1:]] == [f"/{one.name}" for one in menu()]
