"""A message is always read: by Rasa, or by the catalogue search when Rasa is away or behind."""

from __future__ import annotations

from dataclasses import dataclass

from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.services import Entry
from nlu.reader import Reader
from nlu.search_reader import search_reading, single_word_intent
from nlu.understanding import Aspect, Candidate, Intent, Understander, Understanding
from tests.fakes.rasa import FakeNlu

INDEX = build_index(
    [
        Entry("1.001193", "Đăng ký khai sinh"),
        Entry("1.000894", "Đăng ký kết hôn"),
        Entry("1.004194", "Gia hạn tạm trú"),
    ],
    version=7,
)


@dataclass
class Live:
    """A live catalogue that is only its index."""

    index: Index | None = INDEX


async def test_without_rasa_the_catalogue_is_searched_and_the_way_of_asking_tells_the_aspects() -> None:
    read = await Reader(FakeNlu(), Live()).read("dang ky ket hon can giay to gi, mat bao nhieu tien")
    assert read.by is Understander.SEARCH
    assert read.candidates[0].code == "1.000894"
    assert set(read.aspects) >= {Aspect.DOCUMENTS, Aspect.FEE}
    assert read.catalogue_version == 7


async def test_a_reading_with_the_live_index_is_taken_as_it_is() -> None:
    known = Understanding(
        text="kết hôn",
        candidates=(Candidate("9.999999", 1.0),),
        catalogue_version=7,
        index_identity=INDEX.identity,
        by=Understander.RASA,
    )
    assert await Reader(FakeNlu({"kết hôn": known}), Live()).read("kết hôn") == known


async def test_another_catalogue_with_the_same_version_number_is_not_taken_for_the_live_one() -> None:
    stale = Understanding(
        text="đăng ký kết hôn",
        candidates=(Candidate("9.999999", 1.0),),
        catalogue_version=7,
        index_identity=build_index([Entry("9.999999", "Việc khác")], version=7).identity,
        by=Understander.RASA,
    )
    read = await Reader(FakeNlu({stale.text: stale}), Live()).read(stale.text)
    assert read.candidates[0].code == "1.000894"
    assert read.index_identity == INDEX.identity


async def test_a_bare_stop_or_no_is_taken_at_its_word_where_rasa_was_not_sure() -> None:
    for said, meant in (("thôi", Intent.CANCEL), ("khong", Intent.DENY), ("Vâng ạ.", Intent.AFFIRM)):
        unsure = Understanding(
            text=said, intent=Intent.ASK_PROCEDURE, confidence=0.5, aspects=(Aspect.CONDITIONS,), catalogue_version=7
        )
        read = await Reader(FakeNlu({said: unsure}), Live()).read(said)
        assert (read.intent, read.aspects) == (meant, ())


async def test_a_sentence_that_begins_with_no_is_left_to_rasa() -> None:
    known = Understanding(
        text="không có sổ đỏ thì sao", intent=Intent.ASK_PROCEDURE, confidence=0.5, aspects=(Aspect.STEPS,)
    )
    read = await Reader(FakeNlu({known.text: known}), Live()).read(known.text)
    assert read.intent is Intent.ASK_PROCEDURE


async def test_a_reading_of_another_version_is_ranked_again_and_keeps_intent_and_aspects() -> None:
    known = Understanding(
        text="đăng ký kết hôn",
        intent=Intent.ASK_PROCEDURE,
        confidence=0.9,
        aspects=(Aspect.FEE,),
        candidates=(Candidate("9.999999", 1.0),),
        catalogue_version=6,
        by=Understander.RASA,
    )
    read = await Reader(FakeNlu({"đăng ký kết hôn": known}), Live()).read("đăng ký kết hôn")
    assert read.candidates[0].code == "1.000894"
    assert (read.intent, read.aspects, read.catalogue_version) == (Intent.ASK_PROCEDURE, (Aspect.FEE,), 7)


async def test_with_neither_rasa_nor_catalogue_codes_and_cues_are_still_read() -> None:
    read = await Reader(None, Live(None)).read("mã 1.001193 lệ phí bao nhiêu")
    assert read.procedure_codes == ("1.001193",)
    assert read.aspects == (Aspect.FEE,)
    assert read.candidates == ()


def test_everyday_words_are_understood_without_rasa() -> None:
    for text, intent in [
        ("xin chào", Intent.GREET),
        ("chao em", Intent.GREET),
        ("cảm ơn em nhé", Intent.THANK),
        ("ok cảm ơn em", Intent.THANK),
        ("dạ vâng, cảm ơn ạ", Intent.THANK),
        ("tạm biệt", Intent.GOODBYE),
        ("bạn là ai", Intent.BOT_CHALLENGE),
        ("hồ sơ của tôi đến đâu rồi", Intent.DOSSIER_STATUS),
        ("tôi muốn gặp cán bộ", Intent.TALK_TO_PERSON),
        ("tôi muốn tố cáo", Intent.DENUNCIATION),
        ("tôi muốn gửi phản ánh", Intent.FEEDBACK_SUBMIT),
        ("H15.50.05.13-261008-0975", Intent.DOSSIER_STATUS),
        ("không ạ", Intent.DENY),
    ]:
        assert search_reading(text, INDEX).intent is intent, text


def test_a_question_about_a_procedure_is_no_greeting_and_no_thanks() -> None:
    for text in ("xin chào em cho hỏi đăng ký kết hôn", "đăng ký kết hôn xong có phải cảm ơn ai không"):
        assert search_reading(text, INDEX).intent is Intent.UNKNOWN, text


def test_whether_one_may_file_online_or_by_post_is_no_question_about_conditions() -> None:
    assert search_reading("còn nộp online được không", INDEX).aspects == (Aspect.HOW_ONLINE,)
    assert search_reading("gửi bưu điện được không", INDEX).aspects == (Aspect.POST,)
    asked = search_reading("điều kiện gì và nộp online được không", INDEX).aspects
    assert set(asked) == {Aspect.CONDITIONS, Aspect.HOW_ONLINE}


def test_stopping_with_accents_is_not_taken_for_yes() -> None:
    assert single_word_intent("Dừng!") is Intent.CANCEL
    assert single_word_intent("dừng lại") is Intent.CANCEL
    assert single_word_intent("đúng") is Intent.AFFIRM
