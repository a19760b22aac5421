"""What is said of the post: within every channel's limits, the same as a table, and never a figure without its source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.contract import Reply
from bot.channels.fitting import fit
from bot.channels.web.channel import WebChannel
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.say_postal_compare import CompareVoice
from bot.dialogue.say_postal_price import PriceVoice, joined
from bot.dialogue.say_postal_tracking import TrackingVoice
from bot.postal.option import Options, PostalOption
from bot.postal.ports import Wish
from bot.postal.quote import NoQuote, Quote, Zone
from nlu.item_codes import ItemCode, ItemKind
from nlu.post.topic import Topic
from tests.bot.dialogue.scripted import CHANNELS
from tests.bot.dialogue_house import MARRIAGE, TEXTS, TIME
from tests.bot.messages import NOW, ref
from tests.factories import TODAY
from tests.fakes.post import ALLOWED, REFUSED, UNKNOWN, FakePost
from tests.fakes.procedures import FakeCatalogue

POST = FakePost(TODAY)
ABOUT = POST.about(FakeCatalogue(MARRIAGE), TIME)


def compared(options: Options | None = None, language: str = "vi", weighed: bool = False) -> Reply:
    POST.facts.known = {MARRIAGE.code: options} if options else {}
    voice = CompareVoice(TEXTS.speaking(language), ABOUT, weighed)
    found = ABOUT.facts.compare(MARRIAGE, Wish())
    POST.facts.known = {}
    return Reply(voice.message(found), table=voice.table(found))


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_comparison_is_one_message_on_every_channel(channel: str, language: str) -> None:
    assert len(fit(compared(language=language), CHANNELS[channel]).parts) == 1


def test_the_table_says_what_the_message_says() -> None:
    reply = compared()
    assert reply.table is not None
    assert reply.table.columns == ("So sánh", "Tại quầy", "Trực tuyến", "Qua bưu điện")
    assert {len(row) for row in reply.table.rows} == {4}
    for row in reply.table.rows[:3]:
        assert all(cell in reply.text for cell in row[1:])
    assert reply.table.note in reply.text
    assert reply.table.lead in reply.text


def test_only_the_web_chat_gets_the_table_and_other_clients_the_text() -> None:
    reply = compared()
    (call,) = WebChannel(lambda: NOW).render(ref(), reply)
    assert call.body["table"]["columns"][0] == "So sánh"
    assert call.body["text"] == reply.text
    (plain,) = WebChannel(lambda: NOW).render(ref(), replace(reply, table=None))
    assert "table" not in plain.body


def test_a_way_that_is_not_known_to_be_possible_has_no_figures() -> None:
    text = compared(Options(UNKNOWN, UNKNOWN)).text
    assert "**Qua bưu điện**: em chưa biết có nộp cách này được không." in text
    assert "1900 54 54 81" in text


def test_a_refused_post_is_said_though_it_is_no_way_to_compare() -> None:
    reply = compared(Options(REFUSED, REFUSED))
    assert "**Qua bưu điện**: không nộp được cách này." in reply.text
    assert reply.table is not None
    assert "không nộp được cách này" in reply.table.lead
    assert "cước" not in reply.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_price_never_comes_without_its_source(language: str) -> None:
    quote = ABOUT.facts.quote(PostalOption.BOTH, Zone.SAME_PROVINCE, 100, carry_fee=True)
    assert isinstance(quote, Quote)
    said = joined(PriceVoice(TEXTS.speaking(language), ABOUT).quote(quote))
    assert quote.source in said
    assert ("không ghi ngày" if language == "vi" else "no date") in said
    expired = joined(PriceVoice(TEXTS.speaking(language), ABOUT).quote(replace(quote, as_of="2025-03", expired=True)))
    assert "03/2025" in expired
    assert ("hết hạn" if language == "vi" else "expired") in expired


def test_groups_that_have_no_name_here_are_left_out() -> None:
    quote = ABOUT.facts.quote(PostalOption.SEND, Zone.SAME_PROVINCE, 100, carry_fee=False)
    assert isinstance(quote, Quote)
    assert PriceVoice(TEXTS, ABOUT).exempt(replace(quote, exempt=("martians",))) == ""


@pytest.mark.parametrize("why", list(NoQuote))
def test_where_there_is_no_price_the_hotline_is_named(why: NoQuote) -> None:
    assert "1900 54 54 81" in PriceVoice(TEXTS, ABOUT).no_quote(why, Zone.SAME_PROVINCE)


def test_both_directions_alike_are_one_line_unless_they_can_be_had() -> None:
    voice = PostalVoice(TEXTS, ABOUT)
    POST.facts.known = {MARRIAGE.code: Options(ALLOWED, REFUSED)}
    assert voice.options(MARRIAGE).text.count("\n- ") == 2
    POST.facts.known = {MARRIAGE.code: Options(REFUSED, REFUSED)}
    assert "- Gửi hồ sơ và nhận kết quả: không được" in voice.options(MARRIAGE).text
    POST.facts.known = {}


def test_a_note_is_told_only_where_it_says_something() -> None:
    voice = PostalVoice(TEXTS, ABOUT)
    said = replace(ALLOWED, note="Dịch vụ bưu chính"), replace(ALLOWED, note="Chỉ để gửi bổ sung hồ sơ.")
    POST.facts.known = {MARRIAGE.code: Options(*said)}
    text = voice.options(MARRIAGE).text
    POST.facts.known = {}
    assert "“Dịch vụ" not in text
    assert "được. Nguồn ghi: “Chỉ để gửi bổ sung hồ sơ”." in text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Quyết định 12/QĐ-UBND", True),
        ("Quyết định 12/2026/QĐ-UBND", True),
        ("Nghị quyết 1234/2026/NQ-HĐND", True),
        ("Công văn 7/SNV ngày 01/08/2026", False),
        ("Cổng Dịch vụ công quốc gia, bản chụp 06–07/2026", False),
    ],
)
def test_the_day_of_a_source_is_told_unless_its_name_tells_it(source: str, told: bool) -> None:
    said = PostalVoice(TEXTS, ABOUT).source(source, "2026-08-01")
    assert ("tính đến 01/08/2026" in said) is told


def test_what_the_record_says_otherwise_is_told_beside_the_agencys_list() -> None:
    POST.facts.known = {MARRIAGE.code: Options(replace(REFUSED, otherwise=ALLOWED), ALLOWED)}
    text = PostalVoice(TEXTS, ABOUT).options(MARRIAGE).text
    POST.facts.known = {}
    assert "Cổng Dịch vụ công quốc gia thì ghi: được." in text


@pytest.mark.parametrize("topic", list(Topic))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_topic_has_an_explanation_or_a_flow(topic: Topic, language: str) -> None:
    reply = TrackingVoice(TEXTS.speaking(language), ABOUT).explained(topic, TODAY, "")
    assert reply.text
    assert all(len(fit(reply, caps).parts) == 1 for caps in CHANNELS.values())


def test_a_topic_of_another_program_is_answered_with_what_the_service_is() -> None:
    told = TrackingVoice(TEXTS, ABOUT).explained("drones", TODAY, "").text
    assert told == TEXTS.render("utter_postal_answer_what")


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_of_number_leads_on(kind: ItemKind) -> None:
    reply = TrackingVoice(TEXTS, ABOUT).item(ItemCode("EI123456785VN", kind), TODAY)
    assert "EI123456785VN" in reply.text
    page = [one for one in reply.choices if one.url]
    assert bool(page) is (kind is not ItemKind.WRONG_LENGTH)
