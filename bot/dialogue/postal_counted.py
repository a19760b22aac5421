"""Counts what people ask about the post, wherever in the talk it is answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.effects import CountAskedOfPost
from bot.dialogue.flow import Answers, End, Flow, Place
from bot.dialogue.said import Said
from bot.postal.asked import Topic
from nlu.decision import Outcome
from nlu.understanding import Aspect

TOPICS: Mapping[str, Topic] = {
    "postal": Topic.OPTIONS,
    "postal_price": Topic.PRICE,
    "postal_compare": Topic.COMPARE,
    "postal_offices": Topic.OFFICES,
    "postal_track": Topic.TRACK,
}
"""What a flow answers, by its name; the others are not counted. Slips are where they are kept (``bot.effects``)."""


def counted(flow: Flow) -> Flow:
    """Return a flow whose answer is counted; one that leads on to another flow leaves that to it."""
    topic = TOPICS.get(flow.name)
    if topic is None:
        return flow

    async def finish(at: Place, answers: Answers) -> End:
        end = await flow.finish(at, answers)
        if end.then or not end.replies:
            return end
        return replace(end, effects=(*end.effects, CountAskedOfPost(topic, end.state.procedure or "")))

    return replace(flow, finish=finish)


def asked_of_post(said: Said) -> tuple[CountAskedOfPost, ...]:
    """Return what an answer about a procedure told of the post."""
    if said.outcome is not Outcome.ANSWERED or Aspect.POST.value not in said.state.asked:
        return ()
    return tuple(CountAskedOfPost(Topic.OPTIONS, code) for code in said.codes[:1])
