"""Every notice has its words in both languages, and none says more than it may."""

from __future__ import annotations

import string

import pytest

from bot.dossiers.disclosure import Level
from bot.dossiers.record import Record, Status
from bot.dossiers.watching.news import News, Told
from bot.dossiers.watching.wording import Said, Voice
from tests.bot.dossiers.records import CODE, record
from tests.bot.dossiers.watching.conftest import TEXTS
from tests.bot.messages import NOW

VOICE = Voice(TEXTS)
CHANGES = [one for one in Told if one not in (Told.DAY_BEFORE, Told.LATE, Told.BACK, Told.MISSED, Told.MOVED)]


def say(
    told: Told, record: Record | None, level: Level = Level.APPLICANT, language: str = "vi", day: bool = True
) -> Said:
    return VOICE.news(News(told, 2, Status.IN_PROGRESS, NOW if day else None), CODE, record, level, language)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("day", [True, False])
@pytest.mark.parametrize("told", CHANGES)
def test_every_kind_has_its_words(told: Told, day: bool, language: str) -> None:
    for known in (record(), None):
        said = say(told, known, language=language, day=day)
        assert CODE in said.reply.text
        assert "{" not in said.reply.text
        assert "None" not in said.reply.text
        assert said.values["code"] == CODE


@pytest.mark.parametrize("day", [True, False])
@pytest.mark.parametrize("told", CHANGES)
def test_a_form_approved_beforehand_gets_just_what_the_sentence_of_its_kind_names(told: Told, day: bool) -> None:
    fixed = [
        VOICE.appointment(Told.DAY_BEFORE, CODE, record(), NOW, "vi"),
        VOICE.appointment(Told.LATE, CODE, None, NOW, "vi"),
        VOICE.back(CODE, "vi"),
        VOICE.missed(CODE, NOW, "vi"),
    ]
    for said in (say(told, record(), day=day), say(told, None, Level.NOBODY, day=day), *fixed):
        sentence = TEXTS.plain()[f"utter_notice_{said.kind}"]
        assert set(said.values) == {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("told", CHANGES)
def test_at_level_zero_all_kinds_read_the_same(told: Told) -> None:
    assert say(told, record(), Level.NOBODY) == say(Told.DONE, None, Level.NOBODY)


def test_a_long_list_of_papers_is_cut_and_numbers_in_it_are_hidden() -> None:
    papers = ("Bản sao căn cước 051099000123", *(f"Giấy {number}" for number in range(8)))
    text = say(Told.SUPPLEMENT, record(missing=papers)).reply.text
    assert "051099000123" not in text
    assert "Giấy 3" in text
    assert "Giấy 4" not in text
    assert "và 4 giấy tờ khác" in text


def test_an_appointment_is_told_where_there_is_one() -> None:
    assert "22/11/2026" in say(Told.RECEIVED, record()).reply.text
    assert "Hẹn" not in say(Told.RECEIVED, record(), day=False).reply.text
    assert "hỏi nơi tiếp nhận" in say(Told.APOLOGY, record(), day=False).reply.text


def test_the_words_of_an_sms_tell_what_happened_and_neither_day_nor_person() -> None:
    whole, short, bare = VOICE.by_sms("due_changed_no_day", CODE, "vi")
    assert whole.startswith(f"Một Cửa: hồ sơ {CODE} đã đổi ngày hẹn trả.")
    assert short == f"Hồ sơ {CODE} đã đổi ngày hẹn trả."
    assert bare == f"{CODE}: có tin mới"
    assert VOICE.by_sms("", CODE, "en")[1] == f"Dossier {CODE} has news."
