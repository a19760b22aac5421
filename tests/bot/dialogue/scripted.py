"""Reads conversations that anybody can write, and plays them on what each channel can show.

A button is tapped where the channel has room for it; where it has none, its number is typed as it stands in the list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.channels.contract import Caps, Choice, Inbound, InboundKind, Markup, Proactive, Reply
from bot.channels.fitting import Fitted, fit
from bot.channels.web.channel import WebChannel
from nlu.catalogue.entries import index_of
from nlu.catalogue.index import Index
from nlu.catalogue.model import Procedure
from nlu.catalogue.starter import load_starter
from nlu.reader import Reader
from nlu.understanding import Candidate, Understanding
from nlu.yaml_files import read_yaml
from tests.bot.dialogue_house import FlowTalk
from tests.bot.messages import NOW, ref

FOLDER = Path(__file__).with_name("conversations")

CHANNELS: dict[str, Caps] = {
    "web": WebChannel(lambda: NOW).caps,
    "telegram": Caps(4096, 100, 64, 64, Markup.HTML, True, True, Proactive.FREE, utf16=True, upload=True, contact=True),
    "zalo_oa": Caps(2000, 5, 100, 1000, Markup.NONE, False, False, Proactive.WINDOW, upload=True, contact=True),
    "zalo_bot": Caps(2000, 0, 100, 1000, Markup.NONE, False, False, Proactive.QUOTA),
}
"""What the channels can show; the last one has no buttons at all."""


class Turn(msgspec.Struct, forbid_unknown_fields=True):
    """What the citizen does, and what must be seen after it."""

    say: str = ""
    tap: int = 0
    """Number of a button of the last reply, from 1."""
    press: str = ""
    """Title of a button of the last turn."""
    send: str = ""
    """Another kind of message: start, follow, image, staff, …"""
    payload: str = ""
    data: dict[str, str | bool] = msgspec.field(default_factory=dict)
    """What such a message brings."""
    where: tuple[float, float] | None = None
    """Latitude and longitude of a shared location."""
    page: bool = False
    """Whether the right one-time code is typed on its page; nothing is written then."""
    form: bool = False
    """Whether the form page of feedback is filled in; the conversation then goes on by itself."""
    slip: dict[str, str] = msgspec.field(default_factory=dict)
    """What must stand on the one slip for the post afterwards; lists are joined with semicolons."""
    slips: int | None = None
    """How many slips there must be."""
    party: bool = False
    """Whether the form page of a slip is filled in; the conversation then goes on by itself."""
    record: dict[str, str] = msgspec.field(default_factory=dict)
    """What must stand in the one record of feedback afterwards."""
    no_record: bool = False
    """Whether there must be none."""
    no_draft: bool = False
    """Whether nothing of a draft may be left in the conversation."""
    wait: int = 0
    """Minutes that go by before it."""
    outcome: str | None = None
    between: tuple[str, ...] = ()
    """Codes between which the search cannot tell; given where a conversation is about asking back, whatever the weights."""
    procedure: str = ""
    """Code under discussion afterwards."""
    has: tuple[str, ...] = ()
    """In this order in the replies."""
    hasnt: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    """Among the buttons of all replies."""
    no_buttons: tuple[str, ...] = ()
    """Not among them."""
    silent: bool = False
    """Whether the assistant says nothing."""

    @property
    def place(self) -> str:
        """What the citizen does, for messages about failures."""
        if self.party:
            return "party"
        return self.say or self.press or self.send or ("page" if self.page else "form" if self.form else str(self.tap))


class Script(msgspec.Struct, forbid_unknown_fields=True):
    """One conversation."""

    name: str
    turns: tuple[Turn, ...]
    new: bool = False
    """Whether the citizen writes for the first time: then the assistant says who it is."""
    rates: bool = False
    """Whether answers are put to the vote."""
    proved: tuple[str, ...] = ()
    """Codes of dossiers of which the person has proved to be the applicant."""
    fact_alone: bool = False
    """Whether four right digits prove it."""
    stale: tuple[str, ...] = ()
    """Codes whose source is away, with something known from before."""
    only: tuple[str, ...] = ()
    """Channels on which it can be held; empty for all."""
    applicant: bool = False
    """Whether the person is the proven applicant of a dossier with a result."""
    full: bool = False
    """Whether the conversation handed in all that is taken from one on a day."""
    trial: bool = False
    """Whether feedback is received nowhere yet."""
    sent: tuple[str, ...] = ()
    """Receipts of what was sent in this very conversation."""
    similar: bool = False
    """Whether something like it was published."""
    on_page: bool = False
    """Whether contact data are asked for on our own page, whatever the channel."""
    business: bool = False
    """Whether an organisation has dossiers; the outline is known of one of them."""
    post: dict[str, str] = msgspec.field(default_factory=dict)
    """What the post can do for a procedure that it does not simply carry: refused or unknown, by code."""
    no_price: bool = False
    """Whether there is no price list."""
    offices: bool = False
    """Whether a list of post offices was imported."""
    slips_on_page: bool = False
    """Whether names for slips are given on our own page."""
    slip_mail: str = ""
    """Address of the post office that takes slips by e-mail."""
    slip_left: bool = False
    """Whether a confirmed letter leaves at once."""
    bare: bool = False
    """Whether it is only about how questions are understood, not about what the assistant remembers of its buttons."""


def scripts(folder: Path) -> Iterator[tuple[str, Script]]:
    """All conversations of a folder's files, with a name for each."""
    for path in sorted(folder.glob("*.yml")):
        for script in msgspec.convert(read_yaml(path), tuple[Script, ...]):
            yield f"{path.stem}: {script.name}", script


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


@dataclass
class Screen:
    """What a citizen sees of a conversation on one channel, and can do there."""

    talk: FlowTalk
    caps: Caps

    async def do(self, turn: Turn) -> str:
        """Do what a turn says and return what is seen."""
        self.talk.now += timedelta(minutes=turn.wait)
        if turn.say:
            await self.talk.say(turn.say)
        elif turn.page:
            self.talk.desk.typed(replace(ref(), channel=self.talk.channel))
        elif turn.form:
            await self.talk.fill_form()
        elif turn.party:
            await self.talk.fill_slip_form()
        elif turn.send:
            kind = InboundKind(turn.send)
            place = dict(zip(("latitude", "longitude"), turn.where, strict=True)) if turn.where else {}
            await self.talk.send(Inbound(ref(), "m", kind, NOW, payload=turn.payload, data={**turn.data, **place}))
        else:
            await self._choose(turn)
        return "\n\n".join(part for reply in self.talk.replies for part in self._fitted(reply).parts)

    async def _choose(self, turn: Turn) -> None:
        reply, choice = self._choice(turn)
        fitted = self._fitted(reply)
        if any(button.id == choice.id for button in fitted.buttons):
            await self.talk.tap(choice.id)
            return
        title = choice.title.split(". ", 1)[-1]
        lines = [line for part in fitted.parts for line in part.splitlines() if line.endswith(f". {title}")]
        assert lines, f"{title!r} has neither a button nor a number on this channel"
        await self.talk.say(lines[-1].split(".", 1)[0])

    def _choice(self, turn: Turn) -> tuple[Reply, Choice]:
        if turn.tap:
            return self.talk.replies[-1], self.talk.replies[-1].choices[turn.tap - 1]
        found = [(reply, one) for reply in self.talk.replies for one in reply.choices if one.title == turn.press]
        assert found, (
            f"no button {turn.press!r} in {[one.title for reply in self.talk.replies for one in reply.choices]}"
        )
        return found[-1]

    def _fitted(self, reply: Reply) -> Fitted:
        return fit(reply, self.caps)
