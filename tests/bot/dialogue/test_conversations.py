"""Whole conversations, as tables that anybody can read: on the starter catalogue, with the search alone (no Rasa)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from nlu.catalogue.entries import index_of
from nlu.catalogue.index import Index
from nlu.catalogue.model import Procedure
from nlu.catalogue.starter import load_starter
from nlu.reader import Reader
from nlu.understanding import Candidate, Understanding
from tests.bot.dialogue_house import Talk
from tests.fakes.procedures import FakeCatalogue

FOLDER = Path(__file__).with_name("conversations")


class Turn(msgspec.Struct, forbid_unknown_fields=True):
    """What the citizen does, and what must be seen after it."""

    say: str = ""
    tap: int = 0
    """Number of a button of the last reply, from 1."""
    outcome: str = "answered"
    between: tuple[str, ...] = ()
    """Codes between which the search cannot tell; given where a conversation is about asking back, whatever the weights."""
    procedure: str = ""
    """Code under discussion afterwards."""
    has: tuple[str, ...] = ()
    """In this order in the replies."""
    hasnt: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    """Among the buttons of all replies."""


class Script(msgspec.Struct, forbid_unknown_fields=True):
    """One conversation."""

    name: str
    turns: tuple[Turn, ...]


def scripts() -> list[Any]:
    """All conversations of all files."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for script in msgspec.convert(yaml.safe_load(path.read_text("utf-8")), tuple[Script, ...]):
            found.append(pytest.param(script, id=f"{path.stem}: {script.name}"))
    return found


@lru_cache(maxsize=1)
def starter() -> tuple[tuple[Procedure, ...], Index]:
    """The starter catalogue with its index, made once."""
    procedures, _ = load_starter()
    return tuple(procedures), index_of(procedures, 1)


class Live:
    """The starter catalogue's index as the reader wants it."""

    @property
    def index(self) -> Index | None:
        return starter()[1]


class Torn(Reader):
    """The reader, with the search torn between some services on some texts."""

    def __init__(self, script: Script) -> None:
        super().__init__(None, Live())
        self._between = {turn.say: turn.between for turn in script.turns if turn.between}

    async def read(self, text: str) -> Understanding:
        read = await super().read(text)
        codes = self._between.get(text)
        if codes is None:
            return read
        names = {procedure.code: procedure.name for procedure in starter()[0]}
        candidates = tuple(Candidate(code, 0.9 / len(codes), names[code], (code,)) for code in codes)
        return replace(read, candidates=candidates)


@pytest.mark.parametrize("script", scripts())
async def test_conversation(script: Script) -> None:
    talk = Talk(FakeCatalogue(*starter()[0]), Torn(script))
    for number, turn in enumerate(script.turns, start=1):
        at = f"turn {number} ({turn.say or turn.tap})"
        text = await (talk.tap(talk.replies[-1].choices[turn.tap - 1].id) if turn.tap else talk.say(turn.say))
        assert talk.outcome == turn.outcome, f"{at}: {text}"
        assert turn.procedure in ("", talk.state.procedure), f"{at}: {talk.state.procedure}: {text}"
        place = 0
        for part in turn.has:
            place = text.find(part, place)
            assert place >= 0, f"{at}: no {part!r} (in order) in: {text}"
        assert [part for part in turn.hasnt if part in text] == [], f"{at}: {text}"
        shown = {choice.title for reply in talk.replies for choice in reply.choices}
        assert set(turn.buttons) <= shown, f"{at}: {shown}"
