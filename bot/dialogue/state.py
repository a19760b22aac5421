"""What a conversation remembers between turns; stored as JSON with a version of its own layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec

from bot.resume.snapshot import Ticked
from nlu.learning.review import Earlier
from nlu.understanding import Aspect

LAYOUT = 2
"""Number of the present layout; an older one is carried over by ``decode``, an unknown one starts afresh."""


class Option(msgspec.Struct, frozen=True):
    """One choice that was offered and may be answered by number, name or button."""

    id: str
    title: str


class FlowState(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How far a conversation has come in one flow."""

    name: str
    step: str = ""
    """What was asked last. Kept although it follows from the answers: a newer program may ask in another order."""
    answers: Mapping[str, str] = MappingProxyType({})
    """By step; an empty one was skipped."""
    misses: int = 0
    """Messages in a row that could not be read as the answer."""
    at: int = 0
    """Unix time of the last message that belonged to it."""
    aside: bool = False
    """Whether something else came in between: it waits to be taken up again."""
    offered: int = 0
    """How often it was offered since then to come back to it."""
    unasked: tuple[str, ...] = ()
    """Steps that were answered without asking: who goes back does not stop at them."""


class DossierTalk(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Which dossiers a conversation is about."""

    codes: tuple[str, ...] = ()
    """Codes that were looked up, the latest last."""
    over: str = ""
    """Code of the procedure that was under discussion when a dossier was last looked up: another one came after it."""
    proving: str = ""
    """Code of the dossier that the person is proving to be theirs."""
    proving_at: int = 0
    """Unix time of the last try."""
    own: str = ""
    """Code of the procedure of the dossier that was told of last: it came under discussion with it, and goes with it."""
    owes: bool = False
    """Whether the office waits for money for that dossier: a question about fees is then about this amount."""
    page: str = ""
    """Address of the page on which the one-time code is typed; empty where none was sent."""


class PostalTalk(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What was said of a journey by post: a bare weight or place afterwards changes it."""

    origin: str = ""
    """Name of the place from which it goes: its commune where that was said, and the province."""
    target: str = ""
    """The same of where it goes to."""
    zone: str = ""
    """Between both; empty where it was not said."""
    weight: int = 0
    """Grams that the person named; 0 for none."""
    option: str = ""
    """What the post is asked to carry, where that was said."""
    carry_fee: bool = False
    last: str = ""
    """Name of the flow that told of it last."""
    awaits: str = ""
    """Name of the flow that asked which procedure is meant: it answers once one is named."""
    over: str = ""
    """Code of the procedure under discussion then: after another one a bare weight is about something else."""


class ConversationState(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """State of one conversation."""

    language: str = "vi"
    language_noticed: bool = False
    """Whether it was switched because of how the citizen wrote; choosing the other one then takes that back."""
    language_kept: bool = False
    """Whether such a switch was taken back: from then on only buttons and commands change it."""
    procedure: str = ""
    """Code of the procedure under discussion."""
    aspects: tuple[str, ...] = ()
    """Aspects of the question that waits for a choice."""
    options: tuple[Option, ...] = ()
    """What was offered last."""
    asked: tuple[str, ...] = ()
    """Aspects answered last; "thế cấp lại thì sao" asks for the same."""
    greeted: bool = False
    """Whether the citizen was told that this is an automatic assistant."""
    welcomed_at: int = 0
    """Unix time of the last greeting of one who came to us without a question."""
    followed_at: int = 0
    """Unix time of the last such greeting for a sign of the platform's, not of the citizen's own word."""
    turns: int = 0
    earlier: Earlier | None = None
    """The last question, masked: the next turn may show that it was misunderstood."""
    shown: tuple[Option, ...] = ()
    """Every choice of the last turn, in the order of their numbers."""
    flows: tuple[FlowState, ...] = ()
    """Begun flows, the present one last; those before it wait."""
    silent_until: int = 0
    """Unix time until which a person of the agency is writing and the assistant says nothing."""
    rated: tuple[str, ...] = ()
    """Codes of the procedures whose answer was put to the vote, the latest last."""
    to_rate: str = ""
    """Code of the procedure whose answer may be voted on."""
    ignored_votes: int = 0
    """How many such questions in a row were left without a vote."""
    checklist: Ticked | None = None
    """The person's papers for one procedure."""
    wrong_codes: tuple[int, ...] = ()
    """Unix times of the wrong resume codes that were tried lately."""
    dossier: DossierTalk | None = None
    """The dossiers under discussion; "xong chưa" asks for the last one again."""
    postal: PostalTalk | None = None
    """The journey by post under discussion."""
    receipt: str = ""
    """Number of the receipt for what was sent last (phản ánh, kiến nghị): a second tap is told it again."""


def waiting_aspects(state: ConversationState) -> tuple[Aspect, ...]:
    """Return the aspects of the question that waits; what an older program called otherwise is passed over."""
    return _known(state.aspects)


def asked_before(state: ConversationState) -> tuple[Aspect, ...]:
    """Return the aspects that wait for a choice, else those answered last."""
    return _known(state.aspects) or _known(state.asked)


def _known(names: Sequence[str]) -> tuple[Aspect, ...]:
    known = {aspect.value: aspect for aspect in Aspect}
    return tuple(known[name] for name in names if name in known)


def without_options(state: ConversationState) -> ConversationState:
    """Return a state in which nothing waits for a choice."""
    return msgspec.structs.replace(state, options=(), aspects=())


def encode(state: ConversationState) -> bytes:
    """Return the state as JSON, with the number of its layout."""
    return msgspec.json.encode({"layout": LAYOUT, **msgspec.to_builtins(state)})


def decode(raw: bytes | None) -> ConversationState:
    """Read a state; what cannot be read starts afresh rather than stopping the conversation."""
    if not raw:
        return ConversationState()
    try:
        fields = msgspec.json.decode(raw, type=dict[str, Any])
        layout = fields.pop("layout", 1)  # the first layout did not write its number
        while layout != LAYOUT:
            fields = _CARRY_OVER[layout](fields)
            layout += 1
        return msgspec.convert(fields, ConversationState)
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError):
        return ConversationState()


def _from_first(fields: dict[str, Any]) -> dict[str, Any]:
    """Carry over the first layout: what was offered is all that was shown."""
    return {**fields, "shown": fields.get("options", ())}


_CARRY_OVER: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_first}
"""From each older layout to the next."""
