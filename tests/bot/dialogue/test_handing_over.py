"""What somebody who asks for a person is asking about decides whose they are."""

from __future__ import annotations

import pytest

from bot.dialogue.flows.feedback_story import FORM
from bot.dialogue.flows.handing_over import concern_of
from bot.dialogue.ports import Concern
from bot.dialogue.state import ConversationState, DossierTalk, FlowState
from tests.bot.dialogue_house import BIRTH, MARRIAGE, TEXTS, FlowTalk

CODE = "H48.12-261101-0001"
LOOKED_UP = DossierTalk(codes=(CODE,), over=BIRTH.code)


@pytest.mark.parametrize(
    ("state", "concern"),
    [
        (ConversationState(), Concern()),
        (ConversationState(procedure=BIRTH.code), Concern("", BIRTH.code)),
        (ConversationState(dossier=DossierTalk(codes=(CODE,))), Concern(CODE)),
        (ConversationState(procedure=BIRTH.code, dossier=LOOKED_UP), Concern(CODE, BIRTH.code)),
        (ConversationState(procedure=MARRIAGE.code, dossier=LOOKED_UP), Concern("", MARRIAGE.code)),
        (
            ConversationState(procedure=BIRTH.code, dossier=LOOKED_UP, flows=(FlowState(name=FORM, aside=True),)),
            Concern(),
        ),
        (ConversationState(procedure=BIRTH.code, receipt="PA-2222-2222"), Concern()),
    ],
)
def test_it_is_the_dossier_under_discussion_else_the_procedure_and_nothing_once_feedback_is_written(
    state: ConversationState, concern: Concern
) -> None:
    assert concern_of(state) == concern


async def test_who_asks_for_a_person_about_a_procedure_is_asked_for_with_it_once() -> None:
    talk = FlowTalk(state=ConversationState(greeted=True, procedure=BIRTH.code))
    await talk.say("/canbo")
    await talk.say("/canbo")
    assert talk.kept.concerns == [Concern("", BIRTH.code)]


async def test_what_somebody_says_while_they_wait_is_kept_for_the_official_and_not_answered_as_something_else() -> None:
    talk = FlowTalk(state=ConversationState(greeted=True))
    await talk.say("/canbo")
    for words in ("đường trước nhà ngập rác thải cả tuần nay rồi", "gọi lại cho em nhé"):
        assert TEXTS.render("utter_person_reads") in await talk.say(words)
    assert talk.kept.blanked == 0
    await talk.say("tôi tố cáo cán bộ quầy ba nhận hối lộ")
    assert talk.kept.blanked == 1
