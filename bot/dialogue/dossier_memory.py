"""What a conversation remembers of the dossiers that were looked up in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.dialogue.state import ConversationState, DossierTalk
from bot.dossiers.desk import Look

KEPT = 5
"""Codes remembered; the oldest is dropped beyond that."""


def noted(state: ConversationState, codes: Sequence[str]) -> ConversationState:
    """Remember codes that were looked up, the last of them as the one under discussion."""
    talk = state.dossier or DossierTalk()
    kept = [code for code in talk.codes if code not in codes]
    return msgspec.structs.replace(
        state,
        dossier=msgspec.structs.replace(talk, codes=tuple([*kept, *codes][-KEPT:]), over=state.procedure),
        options=(),
        aspects=(),
    )


def told(state: ConversationState, code: str, look: Look) -> ConversationState:
    """Remember the dossier that was told of, and its procedure as the one under discussion where the person may know it.

    "Lệ phí bao nhiêu" after it is about its procedure, not about one that was asked about before. One that came with
    another dossier goes with it.
    """
    before = state.dossier.own if state.dossier else ""
    if look.procedure:
        state = msgspec.structs.replace(state, procedure=look.procedure, asked=())
    elif before and state.procedure == before:
        state = msgspec.structs.replace(state, procedure="", asked=())
    owes = look.shown is not None and look.shown.fee_due is not None
    state = noted(state, (code,))
    assert state.dossier is not None
    talk = msgspec.structs.replace(state.dossier, own=look.procedure, owes=owes)
    return msgspec.structs.replace(state, dossier=talk)


def forgotten(state: ConversationState) -> ConversationState:
    """Forget all dossiers, and the procedure that came with one: it tells what the dossier is about."""
    own = state.dossier.own if state.dossier else ""
    procedure = "" if own and state.procedure == own else state.procedure
    return msgspec.structs.replace(state, dossier=None, procedure=procedure)


def last_code(state: ConversationState) -> str:
    """Return the code under discussion; empty for none."""
    return state.dossier.codes[-1] if state.dossier and state.dossier.codes else ""


def other_code(state: ConversationState) -> str:
    """Return the one that was looked up before it; the same where there is only one."""
    return state.dossier.codes[-2] if state.dossier and len(state.dossier.codes) > 1 else last_code(state)


def proving(state: ConversationState, code: str, now: int, page: str = "") -> ConversationState:
    """Remember a try to prove, so that bare digits after it are understood."""
    talk = state.dossier or DossierTalk()
    codes = (*(one for one in talk.codes if one != code), code) if code in talk.codes else talk.codes
    talk = msgspec.structs.replace(talk, codes=codes, over=state.procedure, proving=code, proving_at=now, page=page)
    return msgspec.structs.replace(state, dossier=talk)


def proved(state: ConversationState) -> ConversationState:
    """Forget the try."""
    talk = state.dossier or DossierTalk()
    return msgspec.structs.replace(state, dossier=msgspec.structs.replace(talk, proving="", proving_at=0, page=""))
