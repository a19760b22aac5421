"""/canbo: hands over to a person (gặp cán bộ), says what can be expected, and takes the request back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.contract import Choice, Reply
from bot.dialogue.dossier_memory import last_code
from bot.dialogue.effects import AskForPerson, TakeBackRequest
from bot.dialogue.flow import Answers, End, Flow, Place
from bot.dialogue.flows.feedback_story import FORM
from bot.dialogue.ports import Concern, HandOvers, Outlook
from bot.dialogue.say_moments import say_moment
from bot.dialogue.state import ConversationState
from nlu.understanding import Intent

LONGEST_IN_MINUTES = 90
"""A longer wait is told in hours."""


@dataclass(frozen=True)
class Office:
    """Who answers when a citizen wants a person; empty fields are not known."""

    place: str = ""
    hours: str = ""
    """As it is told: "7h30–11h30, 13h30–17h00, thứ Hai đến thứ Sáu"."""
    phone: str = ""
    source: str = ""
    checked: str = ""
    """Day on which somebody last compared it with its source, as it is told: "26/11/2026"."""
    wait_minutes: int = 30
    """Minutes of office hours after which who still waits for another unit is the receiving unit's as well."""


def handing_over(requests: HandOvers, office: Office) -> tuple[Flow, Flow]:
    """Return the flow that hands over and the one that takes it back."""

    async def finish(at: Place, _: Answers) -> End:
        known = await requests.is_open(at.ref)
        earlier = at.state.earlier
        said = [
            at.texts.render("utter_person_already" if known else "utter_person_noted"),
            *_when(at, await requests.outlook(at.now)),
            _who(at, office),
            at.texts.render("utter_person_meanwhile"),
        ]
        back = Choice("do:unperson", at.texts.render("utter_button_take_back"))
        if known:
            return End((Reply("\n\n".join(said), (back,)),), at.state)
        unit = await requests.unit(at.ref, concern_of(at.state), at.now)
        asked = AskForPerson(earlier.text if earlier else "", unit)
        return End((Reply("\n\n".join(said), (back,)),), at.state, (asked,))

    async def take_back(at: Place, _: Answers) -> End:
        known = await requests.is_open(at.ref)
        said = at.texts.render("utter_person_taken_back" if known else "utter_person_none")
        return End((Reply(said, replace=True),), at.state, (TakeBackRequest(),) if known else ())

    return (
        Flow(
            name="person",
            title="utter_title_person",
            finish=finish,
            commands=("canbo",),
            intents=frozenset({Intent.TALK_TO_PERSON}),
        ),
        Flow(name="unperson", title="utter_title_person", finish=take_back),
    )


def concern_of(state: ConversationState) -> Concern:
    """Return what a conversation is about: its dossier, unless another procedure came up after it.

    Who is writing feedback, or sent some, is the receiving unit's: the unit that it may complain about is not to read it first.
    """
    if state.receipt or any(flow.name == FORM for flow in state.flows):
        return Concern(receiving=True)
    talk = state.dossier
    current = talk is not None and state.procedure in ("", talk.over, talk.own)
    return Concern(last_code(state) if current else "", state.procedure)


def _when(at: Place, outlook: Outlook) -> list[str]:
    """Say what is known of the wait; nothing where nothing is."""
    lines = []
    if outlook.opens_at is not None:
        lines.append(at.texts.render("utter_person_opens", moment=say_moment(at.texts, outlook.opens_at)))
    if outlook.minutes is not None and outlook.minutes <= LONGEST_IN_MINUTES:
        lines.append(at.texts.render("utter_person_wait_minutes", count=outlook.minutes))
    elif outlook.minutes is not None:
        lines.append(at.texts.render("utter_person_wait_hours", count=-(-outlook.minutes // 60)))
    return ["\n".join(lines)] if lines else []


def _who(at: Place, office: Office) -> str:
    if not (office.phone or office.hours):
        return at.texts.render("utter_person_default")
    render = at.texts.render
    lines = [render("utter_person_place", place=office.place)] if office.place else []
    if office.hours:
        lines.append(render("utter_person_hours", hours=office.hours))
    if office.phone:
        lines.append(render("utter_person_phone", phone=office.phone))
    if office.source:
        lines.append(render("utter_person_source", source=office.source, checked=office.checked))
    return "\n".join(lines)
