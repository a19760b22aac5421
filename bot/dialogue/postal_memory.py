"""What a conversation remembers of a journey by post, and what a price is asked for. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.dialogue.state import ConversationState, PostalTalk
from bot.postal.option import PostalOption
from bot.postal.ports import Wish
from bot.postal.quote import Zone
from nlu.understanding import Aspect

MATTER = "post"
"""Of the flows that ask for what an answer about the post needs."""
_SHOWN = ("do:postal", "in:postal")
"""How the choices of an answer about the post begin."""


def spoke_of_post(state: ConversationState) -> bool:
    """Tell whether the last turn was about the post."""
    return any(one.id.startswith(_SHOWN) for one in state.shown)


def journey(state: ConversationState) -> PostalTalk:
    """Return what was said of the journey so far."""
    return state.postal or PostalTalk()


def noted(state: ConversationState, **changes: Any) -> ConversationState:
    """Remember more of it; what was offered before is over."""
    talk = msgspec.structs.replace(journey(state), over=state.procedure, awaits="", **changes)
    return msgspec.structs.replace(state, postal=talk, options=(), aspects=())


def wish_of(talk: PostalTalk) -> Wish:
    """Return what is asked for; what an older program wrote otherwise counts as not said."""
    return Wish(
        option=PostalOption(talk.option) if talk.option in set(PostalOption) else None,
        zone=Zone(talk.zone) if talk.zone in set(Zone) else None,
        weight=talk.weight or None,
        carry_fee=talk.carry_fee,
    )


def waiting_for_post(state: ConversationState, flow: str = "") -> ConversationState:
    """Return a state in which the next procedure that is named is asked about the post.

    Args:
        state: of the conversation.
        flow: name of the one that answers then; what the post can do for the procedure when empty.
    """
    talk = msgspec.structs.replace(journey(state), awaits=flow)
    return msgspec.structs.replace(state, options=(), aspects=(Aspect.POST.value,), postal=talk)


def awaiting(state: ConversationState) -> str:
    """Return the flow that waits for a procedure's name; empty for none."""
    return journey(state).awaits if state.aspects == (Aspect.POST.value,) else ""
