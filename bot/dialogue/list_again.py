"""Asks a checklist's question once more when a short message was meant for it, but could not be read as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.flow import End, Place
from bot.dialogue.flows.paper_list import LIST, asked_by
from bot.dialogue.runner import Runner
from bot.dialogue.said import Said
from bot.dialogue.state import Option
from bot.dialogue.typed_answers import answers_in_words, asks_something
from nlu.decision import Outcome, Thresholds
from nlu.understanding import Intent, Understanding

SHORT = 4
"""Words up to which a message is sooner an answer that was not understood than a matter of its own."""


def was_an_answer(
    shown: Sequence[Option], text: str, said: Said, read: Understanding | None, limits: Thresholds
) -> bool:
    """Tell whether a message was meant for the question whose answers are shown.

    Args:
        shown: every choice of the last turn.
        text: of the message.
        said: what it would be answered as a question of its own.
        read: how it was understood as one; ``None`` when that was not needed.
        limits: the fitted thresholds.
    """
    if asked_by(shown) is None or asks_something(text) or len(text.split()) > SHORT:
        return False
    if read is None or said.opens or said.outcome is Outcome.EMERGENCY or read.procedure_codes or read.aspects:
        return False
    if said.outcome is Outcome.OTHER_FLOW and read.intent not in (Intent.AFFIRM, Intent.DENY):
        return False  # thanks, a greeting, a wish to stop
    named = read.scores.get("naming", 0.0) >= limits.naming or read.scores.get("ambiguous", 0.0) >= 1
    return not named


async def list_again(runner: Runner, at: Place, text: str) -> End | None:
    """Ask once more, of a part of several titles only those; ``None`` where there is no such question."""
    flow, ask = runner.flows.named(LIST), asked_by(at.state.shown)
    if flow is None or ask is None:
        return None
    end = await runner.open(flow, at, ask)
    left = {option.id for option in answers_in_words(text, at.state.shown)}
    lead = at.texts.render("utter_list_several" if left else "utter_list_again")
    first = end.replies[0]
    choices = tuple(one for one in first.choices if not left or one.id in left)
    again = replace(first, text=f"{lead}\n\n{first.text}", choices=choices, replace=False)
    return replace(end, replies=(again, *end.replies[1:]))
