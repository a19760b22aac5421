"""Hands a finished turn to the review list: translates what the dialogue knows into ``nlu.learning.review.Turn``."""

from __future__ import annotations

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.choices import Picked, read_choice, typed_option
from bot.dialogue.said import Said
from bot.dialogue.state import ConversationState
from nlu.learning.review import Reviewed, Turn, review
from nlu.understanding import Understanding


def reviewed(before: ConversationState, inbound: Inbound, said: Said, read: Understanding | None) -> Reviewed:
    """Decide what of a turn goes to the review list, and what the conversation remembers for the next one.

    Args:
        before: the conversation's state before the turn.
        inbound: the message.
        said: what was answered.
        read: how the message was understood; ``None`` when it was not read.
    """
    picked = _picked(before, inbound) if read is None else Picked()
    choices = [read_choice(option.id) for option in before.options]
    return review(
        Turn(
            outcome=said.outcome,
            text=inbound.text if inbound.kind is InboundKind.TEXT else "",
            read=read,
            codes=said.codes,
            context=before.procedure,
            offered=tuple(choice.code for choice in choices if choice is not None),
            chosen=picked.code,
            chose_none=picked.none_of_these,
            earlier=before.earlier,
        )
    )


def _picked(before: ConversationState, inbound: Inbound) -> Picked:
    """Return what was chosen, by button or by its number or name."""
    option = typed_option(inbound.text, before.options) if inbound.kind is InboundKind.TEXT else None
    payload = inbound.payload if inbound.kind is InboundKind.CHOICE else option.id if option else ""
    return read_choice(payload) or Picked()
