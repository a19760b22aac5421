"""After a result: how the dossier was handled, in three taps and a remark; once per dossier, changeable for a week."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_memory import last_code
from bot.dialogue.effects import RateDossier
from bot.dialogue.flow import Answers, End, Flow, Offer, Place, Step, no_words
from bot.dialogue.flows.dossier import asker_of
from bot.dialogue.say_dossier import parse
from bot.dialogue.state import FlowState
from bot.dialogue.texts import Texts
from bot.dossiers.desk import Looks
from bot.dossiers.disclosure import Shown
from bot.dossiers.rating.answers import CHANGEABLE, Agencies, Attitude, Contacts, may_change
from bot.dossiers.record import Status

RESULT = frozenset({Status.DONE, Status.RETURNED})
"""Statuses after which a rating is offered."""


@dataclass(frozen=True)
class RatingOutside:
    """What the flows about rating a dossier's handling read from outside."""

    desk: Looks
    first_rated: Callable[[str], Awaitable[datetime | None]]
    """Tells when a dossier was first rated; ``None`` for never."""


def rating_choices(texts: Texts, shown: Shown) -> Sequence[Choice]:
    """Return the button that offers a rating under the answer about a dossier; none before there is a result."""
    if shown.status not in RESULT:
        return ()
    return (Choice(f"do:rate:{shown.code}", texts.render("utter_button_rate")),)


def rating_flows(outside: RatingOutside) -> tuple[Flow, Flow]:
    """Return the flow that looks whether a rating may be given, and the one that takes it."""

    async def begin(at: Place, answers: Answers) -> End:
        code = answers.get("code") or last_code(at.state)
        refused = await _refused(outside, at, code)
        if refused:
            return End((Reply(at.texts.render(refused, days=CHANGEABLE.days)),), at.state)
        begun = FlowState(name="rating", answers={"code": code})
        flows = (*(one for one in at.state.flows if one.name != "rating"), begun)
        return End((), msgspec.structs.replace(at.state, flows=flows), then="rating")

    async def take(at: Place, answers: Answers) -> End:
        refused = await _refused(outside, at, answers.get("code", ""))
        if refused:
            return End((Reply(at.texts.render(refused, days=CHANGEABLE.days)),), at.state)
        rated = RateDossier(
            answers["code"],
            Contacts(answers["contacts"]),
            Agencies(answers["agencies"]),
            Attitude(answers["attitude"]),
            answers.get("comment", ""),
        )
        told = [at.texts.render("utter_rate_thanks", days=CHANGEABLE.days)]
        if rated.attitude is Attitude.BAD:
            told.append(at.texts.render("utter_rate_feedback"))
        return End((Reply("\n\n".join(told)),), at.state, (rated,))

    return (
        Flow("rate", "utter_title_rate", begin, given=_code),
        Flow("rating", "utter_title_rate", take, steps=_STEPS),
    )


async def _refused(outside: RatingOutside, at: Place, code: str) -> str:
    """Return the key of why no rating can be given; empty when it can."""
    if not code:
        return "utter_rate_not_proven"
    look = await outside.desk.look(asker_of(at), code)
    if look.shown is None:
        return "utter_rate_not_proven"
    if look.shown.status not in RESULT:
        return "utter_rate_too_early"
    first = await outside.first_rated(code)
    return "" if first is None or may_change(first, at.now) else "utter_rate_known"


def _code(rest: str) -> Answers:
    code = parse(rest)
    return {"code": code.text} if code else {}


def _tapped(name: str, values: Sequence[str]) -> Step:
    offers = tuple(Offer(value, f"utter_button_rate_{name}_{value}") for value in values)
    return Step(name, asks=f"utter_rate_{name}", reads=no_words, offers=offers)


_STEPS = (
    _tapped("contacts", [one.value for one in Contacts]),
    _tapped("agencies", [one.value for one in Agencies]),
    _tapped("attitude", [one.value for one in Attitude]),
    Step("comment", asks="utter_rate_comment", story=True, skippable=True),
)
