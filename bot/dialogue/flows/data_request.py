"""What only an official can do about somebody's data: it is noted, with a number, by when, and who answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.contract import Choice, Ref, Reply
from bot.dialogue.effects import NoteDataRequest
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, no_words
from bot.dialogue.texts import Texts
from bot.privacy.request import MOST_OPEN, Aims, NewRequest, RequestKind
from feedback.working_time.zone import here
from nlu.text import fold, normalise

NAME = "datareq"
LONGEST = 2000
"""Letters of a request that are kept."""

_SAID = {
    RequestKind.CORRECT: ("sua ", "dinh chinh", "cap nhat", "sai ", "correct", "rectify", "wrong"),
    RequestKind.COPY: ("ban sao", "sao chep", "cung cap", "trich xuat", "copy", "export"),
    RequestKind.OBJECT: ("phan doi", "han che", "rut dong y", "ngung su dung", "object", "restrict", "withdraw"),
    RequestKind.COMPLAIN: ("khieu nai", "to cao", "lo thong tin", "lam lo", "complain", "leak"),
}
"""Words, folded, by which a message about one's data says what only an official can do."""


@dataclass(frozen=True)
class DataOutside:
    """What the flow reads from outside."""

    count_open: Callable[[Ref], Awaitable[int]]
    """How many requests of a conversation wait."""
    aims: Callable[[RequestKind, datetime], Aims]
    new_number: Callable[[], str]
    controller: str = ""
    """Who answers; empty where the agency has not said so."""
    contact: str = ""


def request_choice(texts: Texts) -> Choice:
    """Return the button that begins a request."""
    return Choice(f"do:{NAME}", texts.render("utter_button_datareq"))


def said_kind(words: str) -> RequestKind | None:
    """Tell what a message about one's data wants of an official; ``None`` when the assistant itself can do it."""
    said = f" {fold(normalise(words))} "
    return next((kind for kind, signs in _SAID.items() if any(f" {sign.strip()} " in said for sign in signs)), None)


def data_request(outside: DataOutside) -> Flow:
    """Return the flow."""

    async def finish(at: Place, answers: Answers) -> End:
        if await outside.count_open(at.ref) >= MOST_OPEN:
            return End((Reply(at.texts.render("utter_datareq_many", count=MOST_OPEN)),), at.state)
        kind = RequestKind(answers["kind"])
        by = outside.aims(kind, at.now)
        words = answers["words"][:LONGEST]
        asked = NewRequest(outside.new_number(), kind, words, by.acknowledge_by, by.answer_by, at.state.language)
        return End((Reply(_told(at, outside, asked, by.basis)),), at.state, (NoteDataRequest(asked),))

    return Flow(name=NAME, title="utter_title_datareq", finish=finish, steps=_STEPS, given=_given)


def _told(at: Place, outside: DataOutside, asked: NewRequest, basis: str) -> str:
    render = at.texts.render
    first, last = (f"{here(moment):%d/%m/%Y}" for moment in (asked.acknowledge_by, asked.answer_by))
    who = (
        render("utter_datareq_who", controller=outside.controller, contact=outside.contact)
        if outside.controller
        else render("utter_datareq_nobody")
    )
    what = render(f"utter_button_datareq_{asked.kind.value}")
    said = [
        render("utter_datareq_noted", number=asked.number, what=what),
        render("utter_datareq_by_when", first=first, last=last, basis=basis),
        who,
    ]
    if asked.kind is RequestKind.DELETE:
        said.append(render("utter_datareq_delete_limits"))
    return "\n\n".join(said)


def _given(rest: str) -> Answers:
    return {"kind": rest} if rest in set(RequestKind) else {}


_STEPS = (
    Step(
        "kind",
        asks="utter_datareq_kind",
        label="utter_label_datareq_kind",
        reads=no_words,
        offers=tuple(Offer(kind.value, f"utter_button_datareq_{kind.value}") for kind in RequestKind),
    ),
    Step("words", asks="utter_datareq_words", label="utter_label_datareq_words", story=True, private=True),
)
