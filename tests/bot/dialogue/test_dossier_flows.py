"""What the talk about dossiers leaves behind: effects, what is blanked, and what no state ever holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.contract import Ask, Choice, Inbound, InboundKind
from bot.dialogue.effects import BlankMessage, StopWatching, WatchDossier
from bot.dialogue.flow import Flows, Place
from bot.dialogue.flows.dossier_proof import four_digits
from bot.dialogue.flows.registry import dossiers
from bot.dialogue.state import ConversationState, encode
from bot.dossiers.desk import Asker, Look
from nlu.understanding import Intent
from tests.bot.dialogue_house import TEXTS, FlowTalk, means
from tests.bot.messages import NOW, ref
from tests.fakes.dossiers import DONE, LATE, RUNNING, FakeDesk

KNOWN = ConversationState(greeted=True)


def talk(**changes: object) -> FlowTalk:
    one = FlowTalk(state=KNOWN)
    for name, value in changes.items():
        setattr(one, name, value)
    return one


def effects(one: FlowTalk) -> tuple[object, ...]:
    assert one.last is not None
    return one.last.effects


async def test_the_four_digits_are_blanked_and_in_no_state() -> None:
    one = talk()
    await one.say(RUNNING.code)
    await one.press("Tôi là người nộp hồ sơ")
    await one.say("3427")
    assert BlankMessage() in effects(one)
    assert b"3427" not in encode(one.state)
    assert not one.state.flows


async def test_a_shared_contact_is_blanked_and_in_no_state() -> None:
    one = talk(channel="telegram")
    await one.say(RUNNING.code)
    await one.press("Tôi là người nộp hồ sơ")
    await one.say("3427")
    assert one.replies[-1].ask is Ask.CONTACT
    data = {"phone": "+84905123427", "own": True}
    said = await one.send(Inbound(ref(), "m", InboundKind.CONTACT, NOW, data=data))
    assert "N∗∗∗ V∗∗ A∗" in said
    assert BlankMessage() in effects(one)
    assert b"905123427" not in encode(one.state)


async def test_a_one_time_code_typed_in_the_chat_is_blanked() -> None:
    one = talk()
    await one.say(RUNNING.code)
    await one.press("Tôi là người nộp hồ sơ")
    await one.say("3427")
    await one.say("482913")
    assert BlankMessage() in effects(one)


@pytest.mark.parametrize("digits", ["1111", "3427"])
async def test_an_unknown_dossier_and_one_that_is_known_answer_a_try_alike(digits: str) -> None:
    said = []
    for code in (RUNNING.code, "000.00.16.H48-261110-9999"):
        one = talk()
        await one.tap(f"do:prove:{code}")
        said.append((await one.say(digits), [choice.title for reply in one.replies for choice in reply.choices]))
    assert said[0] == said[1]


async def test_a_picture_is_blanked_whatever_it_shows() -> None:
    one = talk()
    for file in ("qr", "card", "wall"):
        await one.send(Inbound(ref(), "m", InboundKind.IMAGE, NOW, data={"file": file, "type": "image/jpeg"}))
        assert effects(one) == (BlankMessage(),)


async def test_watching_tells_how_much_may_be_told() -> None:
    one = talk()
    await one.tap(f"do:watch:{RUNNING.code}")
    assert effects(one) == (WatchDossier(RUNNING.code, 0),)
    one.desk.proofs[ref(), RUNNING.code] = True
    await one.tap(f"do:watch:{RUNNING.code}")
    assert effects(one) == (WatchDossier(RUNNING.code, 1),)
    await one.tap(f"do:unwatch:{RUNNING.code}")
    assert effects(one) == (StopWatching(RUNNING.code),)
    await one.tap(f"do:watch:{LATE.code}")
    await one.tap(f"do:watch:{RUNNING.code}")
    await one.tap("do:unwatch:all")
    assert effects(one) == (StopWatching(),)


async def test_a_source_that_is_down_is_told_of_once_it_is_back() -> None:
    one = talk(desk=FakeDesk(stale=frozenset({RUNNING.code})))
    await one.tap(f"do:tellback:{RUNNING.code}")
    assert effects(one) == (WatchDossier(RUNNING.code, 0, back=True),)


async def test_the_intents_open_the_same_flows() -> None:
    one = talk()
    assert TEXTS.render("utter_dossier_which") in await one.say("nó thế nào ấy nhỉ", means(Intent.DOSSIER_STATUS))
    one = talk()
    await one.say(LATE.code)
    assert LATE.code in await one.say("nó thế nào ấy nhỉ", means(Intent.DOSSIER_STATUS))
    assert effects(one) == ()
    assert TEXTS.render("utter_late_law", days=1) in await one.say("lâu la thế nhỉ", means(Intent.DOSSIER_LATE))
    await one.say("canh giúp với nghen", means(Intent.DOSSIER_WATCH))
    assert effects(one) == (WatchDossier(LATE.code, 0),)


async def test_a_question_about_being_late_is_answered_before_a_code_is_asked_for() -> None:
    one = talk()
    said = await one.say("trễ thì cơ quan có phải xin lỗi không", means(Intent.DOSSIER_LATE))
    assert TEXTS.render("utter_late_law", days=1) in said
    assert TEXTS.render("utter_dossier_which") in said


async def test_so_many_watches_and_no_more() -> None:
    one = talk()
    one.watches.kept[ref()] = {str(number): WatchDossier(str(number), 0) for number in range(100)}
    assert "mức tối đa" in await one.tap(f"do:watch:{RUNNING.code}")
    assert effects(one) == ()
    assert "100 hồ sơ" in await one.press("Hồ sơ đang theo dõi")


async def test_a_try_while_the_source_is_away_compares_nothing() -> None:
    one = talk(desk=FakeDesk(down=frozenset({RUNNING.code})))
    await one.tap(f"do:prove:{RUNNING.code}")
    assert "chưa so được số nào" in await one.say("3427")
    assert BlankMessage() in effects(one)


async def test_the_desk_is_told_where_a_message_came_from_and_its_language() -> None:
    asked: list[Asker] = []

    class Listening(FakeDesk):
        async def look(self, asker: Asker, code: str) -> Look:
            asked.append(asker)
            return await super().look(asker, code)

    one = talk(desk=Listening(), state=ConversationState(greeted=True, language="en"))
    message = Inbound(ref(), "m", InboundKind.TEXT, NOW, text=RUNNING.code, source="s1", browser="b1")
    await one.send(message)
    assert (asked[0].source, asked[0].browser, asked[0].language) == ("s1", "b1", "en")


async def test_a_result_offers_what_the_house_puts_there() -> None:
    one = talk()
    one.desk.proofs[ref(), DONE.code] = True
    given = replace(one.dossiers(), after_result=lambda _, known: (Choice(f"do:rate:{known.code}", "Chấm điểm"),))
    one.extra = tuple(flow for flow in dossiers(given) if flow.name == "dossier")
    flow = Flows(one.extra).named("dossier")
    assert flow is not None
    end = await flow.finish(Place(ref(), NOW, KNOWN, TEXTS), {"code": DONE.code})
    assert "Chấm điểm" in [choice.title for choice in end.replies[0].choices]


async def test_buttons_of_nobodys_making_do_no_harm() -> None:
    one = talk()
    for payload in (
        "do:prove:zzz",
        "do:watch:zzz",
        "do:late:x:y",
        "do:slip:::",
        "do:unwatch:zzz",
        "do:seen:a",
        "do:reckon:1",
    ):
        assert await one.tap(payload), payload


async def test_the_limit_is_told_with_its_end() -> None:
    one = talk(desk=FakeDesk(most=1))
    await one.say(RUNNING.code)
    assert "Số lượt tra mã đã đến giới hạn" in await one.say(LATE.code)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("3427", "3427"),
        (" 34 27 ", "3427"),
        ("3-4-2-7", "3427"),
        ("4 số cuối là 3427 ạ", "3427"),
        ("0905123427", "3427"),
        ("+84 905 123 427", "3427"),
        ("001099012345", "2345"),
        ("12", None),
        ("không biết", "none"),
        ("người khác nộp hộ em, em không nhớ số", "none"),
        ("em đổi sim rồi", "none"),
        ("nộp hộ chiếu ở đâu", None),
        ("làm giúp em giấy khai sinh", None),
        ("1234 hoặc 5678", None),
        ("H48.16-261105-0005 mới đúng", None),
        ("", None),
    ],
)
def test_four_digits_are_read_as_people_type_them(text: str, digits: str | None) -> None:
    assert four_digits(Inbound(ref(), "m", InboundKind.TEXT, NOW, text=text)) == digits
