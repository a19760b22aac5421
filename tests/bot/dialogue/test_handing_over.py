"""What somebody who asks for a person is asking about decides whose they are."""

from __future__ import annotations

import pytest

from bot.channels.contract import Inbound, InboundKind
from bot.dialogue.flows.feedback_story import FORM
from bot.dialogue.flows.handing_over import concern_of
from bot.dialogue.ports import Concern
from bot.dialogue.state import ConversationState, DossierTalk, FlowState
from tests.bot.dialogue_house import BIRTH, MARRIAGE, TEXTS, FlowTalk
from tests.bot.messages import NOW, ref

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
            Concern(receiving=True),
        ),
        (ConversationState(procedure=BIRTH.code, receipt="PA-2222-2222"), Concern(receiving=True)),
    ],
)
def test_it_is_the_dossier_under_discussion_else_the_procedure_and_the_receiving_units_once_feedback_is_written(
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


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (InboundKind.IMAGE, {"url": "https://a.zdn.vn/i"}, "utter_person_sees_image"),
        (InboundKind.FILE, {"file": "f", "type": "image/png"}, "utter_person_sees_file"),
        (InboundKind.FILE, {"file": "f", "name": "don.pdf"}, "utter_person_sees_file"),
        (InboundKind.CONTACT, {"phone": "+84901234567", "own": True}, "utter_person_sees_contact"),
    ],
)
async def test_what_somebody_sends_while_they_wait_is_kept_for_the_official_and_else_not(
    kind: InboundKind, data: dict[str, object], said: str
) -> None:
    talk = FlowTalk(state=ConversationState(greeted=True))
    sent = Inbound(ref(), "m", kind, NOW, data=data)
    assert TEXTS.render(said) not in await talk.send(sent)
    assert talk.kept.blanked == 1
    await talk.say("/canbo")
    assert TEXTS.render(said) in await talk.send(sent)
    assert talk.kept.blanked == 1


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (InboundKind.FILE, {"file": "f", "name": "ma.csv"}),
        (InboundKind.VOICE, {"file": "v"}),
        (InboundKind.LOCATION, {"latitude": 15.1, "longitude": 108.8}),
    ],
)
async def test_a_table_of_codes_is_answered_and_what_no_official_can_see_is_not_kept(
    kind: InboundKind, data: dict[str, object]
) -> None:
    talk = FlowTalk(state=ConversationState(greeted=True))
    await talk.say("/canbo")
    said = await talk.send(Inbound(ref(), "m", kind, NOW, data=data))
    assert "để cán bộ xem" not in said
    assert talk.kept.blanked == 1
