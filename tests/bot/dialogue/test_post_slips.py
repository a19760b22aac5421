"""What filling in a slip leaves behind, and what its effects refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.contract import FileRef
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.errors import StaleStateError
from bot.dialogue.effects import BlankMessage
from bot.dialogue.postal_effects import BeginSlip, DropSlip, KeepSlip, MailSlip, TakeSlipBack
from bot.postal.request_effects import LEAVES_AFTER, SlipEffects
from bot.postal.request_store import RequestStore
from bot.unit_of_work import UnitOfWork
from tests.bot.dialogue.scripted import Script
from tests.bot.dialogue.test_conversations import prepare_feedback, talk_of
from tests.bot.dialogue_house import FlowTalk
from tests.bot.messages import NOW, ref
from tests.bot.postal.slips import slip

EFFECTS = SlipEffects(RequestStore(AesGcmCipher("k" * 40)))


def begun() -> FlowTalk:
    talk = talk_of(Script("slip", ()))
    prepare_feedback(talk, Script("slip", ()))
    return talk


async def test_nothing_of_a_person_is_asked_before_the_consent_and_nothing_said_of_one_is_kept() -> None:
    talk = begun()
    await talk.tap("do:postal_request:1.001193")
    await talk.press("Cả hai chiều")
    assert talk.last is not None
    assert talk.last.effects == ()
    await talk.press("Đồng ý")
    assert [type(one) for one in talk.last.effects] == [BeginSlip]
    for private in ("Nguyễn Văn An", "0905123427", "5 Trần Phú, Tân An", "Tân An", "8 Lê Lai, Ia Chim"):
        await talk.say(private)
        assert BlankMessage() in talk.last.effects, private
        if private == "Tân An":
            await talk.press("Phường Tân An, Thành phố Hà Nội")


async def test_cancelling_forgets_the_draft_and_its_page() -> None:
    talk = begun()
    await talk.tap("do:postal_request:1.001193")
    await talk.press("Cả hai chiều")
    await talk.press("Đồng ý")
    await talk.say("hủy")
    assert talk.last is not None
    assert DropSlip("BC-2222-2222") in talk.last.effects


async def test_watched_dossiers_are_offered_to_be_linked() -> None:
    talk = begun()
    talk.slips.made["BC-7KQM-2XWP"] = slip()
    talk.slips.watches = ("H48.30.02-261117-0100",)
    await talk.tap("do:pslip_dossier:BC-7KQM-2XWP")
    await talk.press("H48.30.02-261117-0100")
    assert talk.slips.made["BC-7KQM-2XWP"].dossier_code == "H48.30.02-261117-0100"


async def test_a_slip_of_another_conversation_opens_nothing() -> None:
    talk = begun()
    for flow in ("postal_slip", "pslip_back"):
        assert "không thấy phiếu này" in await talk.tap(f"do:{flow}:BC-9999-9999")


async def test_a_second_confirmation_and_a_late_recall_let_the_turn_be_tried_again(database: UnitOfWork) -> None:
    async def take(*effects: BeginSlip | KeepSlip | MailSlip | TakeSlipBack) -> None:
        async with database.write() as session:
            for one in effects:
                await EFFECTS.take(session, ref(), one, "vi", NOW)

    await take(BeginSlip("BC-7KQM-2XWP", "1"), KeepSlip(slip(), "1", NOW), MailSlip("BC-7KQM-2XWP", "a@example.vn"))
    with pytest.raises(StaleStateError):
        await take(MailSlip("BC-7KQM-2XWP", "a@example.vn"))
    async with database.write() as session:
        assert await EFFECTS.store.due(session, NOW, 9) == []
        (one,) = await EFFECTS.store.due(session, NOW + LEAVES_AFTER, 9)
        assert await EFFECTS.store.hand_on(session, replace(one), NOW)
    with pytest.raises(StaleStateError):
        await take(TakeSlipBack("BC-7KQM-2XWP"))


@pytest.mark.parametrize("hidden", [False, True])
async def test_the_pdf_goes_along_where_names_may_stand_in_the_chat_and_elsewhere_after_a_yes(hidden: bool) -> None:
    talk = begun()
    talk.slips.made["BC-7KQM-2XWP"] = slip()
    talk.slips.on_page = frozenset({"web"}) if hidden else frozenset()
    pdf = FileRef(
        "phieu-gui-ho-so-BC-7KQM-2XWP.pdf", "https://motcua.example/phieu/BC-7KQM-2XWP/tep", "application/pdf"
    )
    await talk.tap("do:postal_slip:BC-7KQM-2XWP")
    assert [reply.files for reply in talk.replies] == [() if hidden else (pdf,)]
    if hidden:
        await talk.press("Gửi tệp PDF vào đây")
        assert [reply.files for reply in talk.replies] == [()]
        await talk.press("Gửi vào đây")
        assert [reply.files for reply in talk.replies] == [(pdf,)]


async def test_a_yes_is_for_the_slip_that_its_button_names_whichever_was_asked_about_since() -> None:
    talk = begun()
    talk.slips.made |= {id: slip(id=id) for id in ("BC-AAAA-AAAA", "BC-BBBB-BBBB")}
    await talk.tap("do:pslip_drop:BC-BBBB-BBBB")
    await talk.tap("in:pslip_drop:sure:yes:BC-AAAA-AAAA")
    assert list(talk.slips.made) == ["BC-BBBB-BBBB"]
