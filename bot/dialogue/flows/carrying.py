"""Takes a conversation to another channel: a short code, shown here and typed there (/tieptuc)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from bot.channels.contract import Choice, Reply
from bot.dialogue.effects import IssueResumeCode, KeepChecklist, UseResumeCode
from bot.dialogue.flow import Answers, End, Flow, Place, rest_given
from bot.dialogue.ports import ResumeCodes
from bot.dialogue.state import ConversationState
from bot.resume.codes import read_code
from bot.resume.snapshot import Snapshot

TRIES = 10
"""Wrong codes that one conversation may try within ``WITHIN`` seconds."""
WITHIN = 3600


def carrying(codes: ResumeCodes, new_code: Callable[[], str]) -> tuple[Flow, Flow]:
    """Return the flow that gives a code and the one that takes it up."""

    async def give(at: Place, _: Answers) -> End:
        snapshot = snapshot_of(at.state)
        if snapshot is None:
            return End((Reply(at.texts.render("utter_carry_nothing")),), at.state)
        code = new_code()
        return End(
            (Reply(at.texts.render("utter_carry_code", code=code)),), at.state, (IssueResumeCode(code, snapshot),)
        )

    async def take(at: Place, answers: Answers) -> End:
        code = read_code(answers.get("rest", ""))
        if code is None:
            return End((Reply(at.texts.render("utter_carry_how")),), at.state)
        if tried_too_often(at.state, int(at.now.timestamp())):
            return End((Reply(at.texts.render("utter_carry_too_often")),), at.state)
        snapshot = await codes.peek(code)
        if snapshot is None:
            state = with_one_more_try(at.state, int(at.now.timestamp()))
            return End((Reply(at.texts.render("utter_carry_unknown")),), state)
        state = msgspec.structs.replace(
            at.state,
            procedure=snapshot.procedure,
            asked=snapshot.asked,
            checklist=snapshot.checklist,
            language=snapshot.language,
        )
        texts = at.texts.speaking(snapshot.language)
        choices = []
        if snapshot.checklist is not None:
            choices.append(Choice("do:list", texts.render("utter_button_list_show")))
        if snapshot.procedure:
            choices.append(Choice(f"tt:{snapshot.procedure}", texts.render("utter_button_procedure")))
        said = Reply(texts.render("utter_carry_taken"), tuple(choices))
        kept = (KeepChecklist(snapshot.checklist),) if snapshot.checklist is not None else ()
        return End((said,), state, (UseResumeCode(code), *kept))

    return (
        Flow(name="carry", title="utter_title_carry", finish=give, commands=("chuyen",)),
        Flow(name="resume", title="utter_title_carry", finish=take, commands=("tieptuc",), given=rest_given),
    )


def snapshot_of(state: ConversationState) -> Snapshot | None:
    """Return what another channel may take up: never answers of a flow, nor anything personal."""
    if not state.procedure and state.checklist is None:
        return None
    return Snapshot(language=state.language, procedure=state.procedure, asked=state.asked, checklist=state.checklist)


def tried_too_often(state: ConversationState, now: int) -> bool:
    """Tell whether a conversation has tried too many wrong codes lately."""
    return len([one for one in state.wrong_codes if now - one < WITHIN]) >= TRIES


def with_one_more_try(state: ConversationState, now: int) -> ConversationState:
    """Note one more wrong code."""
    recent = [one for one in state.wrong_codes if now - one < WITHIN]
    return msgspec.structs.replace(state, wrong_codes=(*recent, now))
