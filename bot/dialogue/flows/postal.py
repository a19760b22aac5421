"""/buudien: what the public postal service (dịch vụ bưu chính công ích) can do, for one procedure or at all."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.channels.contract import Reply
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.flows.postal_offices import office_flows
from bot.dialogue.flows.postal_price import price_flows
from bot.dialogue.flows.postal_tracking import TRACK, tracking_flows
from bot.dialogue.postal_asked import code_said, topic_flow, topic_in
from bot.dialogue.postal_counted import counted
from bot.dialogue.postal_heard import POSTAL
from bot.dialogue.postal_memory import waiting_for_post
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.state import without_options
from feedback.working_time.zone import here
from nlu.post.topic import Topic
from nlu.understanding import Aspect, Intent

_UNDER_WAY = frozenset({Topic.TRACK, Topic.LATE, Topic.MISSED, Topic.LOSS, Topic.WHO, Topic.CHANGE, Topic.DAYS})
"""What may be asked of an item that was sent."""


@dataclass(frozen=True)
class Entry:
    """Leads a message about the post to what it asks."""

    about: AboutPostal

    async def open(self, at: Place, answers: Answers) -> End:
        """Answer the command, a button with a procedure's code, or a message whose intent is the postal service."""
        said = answers.get("rest", "")
        code = code_said(said)
        topic = topic_in(said, at.state) if said and not code else None
        if topic is not None and topic is not Topic.OPTIONS:
            meant = topic_flow(topic, said, here(at.now).date())
            return End((), at.state, then=meant.flow, given=meant.rest)
        known = code or at.state.procedure
        procedure = await self.about.catalogue.get(known) if known else None
        voice = PostalVoice(at.texts, self.about)
        if procedure is not None:
            asked = (Aspect.POST.value,)
            state = msgspec.structs.replace(without_options(at.state), procedure=procedure.code, asked=asked)
            return End((voice.options(procedure),), state)
        state = waiting_for_post(at.state)
        return End((Reply(at.texts.render("utter_postal_menu"), tuple(voice.choices("", None))),), state)

    async def sent(self, at: Place, answers: Answers) -> End:
        """Answer a message whose intent is an item under way."""
        said = answers.get("rest", "")
        topic = topic_in(said, at.state)
        meant = topic_flow(topic, said, here(at.now).date()) if topic in _UNDER_WAY else None
        if meant is None:
            return End((), at.state, then=TRACK, given=said)
        return End((), at.state, then=meant.flow, given=meant.rest)


def postal_flows(about: AboutPostal) -> tuple[Flow, ...]:
    """Return every flow about the post."""
    entry = Entry(about)
    flows = (
        Flow(
            POSTAL,
            "utter_title_postal",
            entry.open,
            commands=("buudien",),
            intents=frozenset({Intent.POSTAL_SERVICE}),
            given=rest_given,
            hears=True,
        ),
        Flow(
            "postal_sent",
            "utter_title_track",
            entry.sent,
            intents=frozenset({Intent.POSTAL_TRACKING}),
            given=rest_given,
            hears=True,
        ),
        *price_flows(about),
        *office_flows(about),
        *tracking_flows(about),
    )
    return tuple(counted(flow) for flow in flows)
