"""What a conversation remembers of a journey by post, and what a price is asked for. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.dialogue.state import ConversationState, PostalTalk
from bot.postal.option import PostalOption
from bot.postal.ports import Wish
from bot.postal.quote import Zone
from nlu.understanding import Aspect


def journey(state: ConversationState) -> PostalTalk:
    """Return what was said of the journey so far."""
    return state.postal or PostalTalk()


def noted(state: ConversationState, **changes: Any) -> ConversationState:
    """Remember more of it; what was offered before is over."""
    talk = msgspec.structs.replace(journey(state), over=state.procedure, **changes)
    return msgspec.structs.replace(state, postal=talk, options=(), aspects=())


def wish_of(talk: PostalTalk) -> Wish:
    """Return what is asked for; what an older program wrote otherwise counts as not said."""
    return Wish(
        option=PostalOption(talk.option) if talk.option in set(PostalOption) else None,
        zone=Zone(talk.zone) if talk.zone in set(Zone) else None,
        weight=talk.weight or None,
        carry_fee=talk.carry_fee,
    )


def waiting_for_post(state: ConversationState) -> ConversationState:
    """Return a state in which the next procedure that is named is asked about the post."""
    return msgspec.structs.replace(state, options=(), aspects=(Aspect.POST.value,))
