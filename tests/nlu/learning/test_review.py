"""Which turns go to the review list, why, and what never does."""

from __future__ import annotations

from typing import Any

import pytest

from nlu.decision import Outcome
from nlu.learning.review import PRIVATE, Earlier, Reason, Reviewed, Turn, review, text_hash
from nlu.understanding import Aspect, Candidate, Intent, Understanding

BIRTH, AGAIN, MARRIAGE = "1.001193", "1.004884", "1.000894"


def read(**changes: Any) -> Understanding:
    """A procedure question as it was read."""
    values: dict[str, Any] = {
        "text": "",
        "intent": Intent.ASK_PROCEDURE,
        "candidates": (Candidate(BIRTH, 0.41234, "Đăng ký khai sinh"), Candidate(AGAIN, 0.3, "Đăng ký lại khai sinh")),
        "catalogue_version": 3,
    }
    return Understanding(**{**values, **changes})


def says(text: str, outcome: Outcome, earlier: Earlier | None = None, **changes: Any) -> Reviewed:
    """A turn in which the citizen wrote a text."""
    codes = changes.pop("codes", ())
    context = changes.pop("context", "")
    return review(Turn(outcome, text, read(**changes), codes, context, earlier=earlier))


def asked(text: str = "làm giấy cho bé mới đẻ", **changes: Any) -> Earlier:
    """A question that was answered with the registration of a birth."""
    values: dict[str, Any] = {"text": text, "answered": BIRTH, "aspects": ("documents",)}
    return Earlier(**{**values, **changes})


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.DECLINED, Reason.DECLINED),
        (Outcome.CHOOSE, Reason.ASKED_BACK),
        (Outcome.NOT_IN_CATALOGUE, Reason.NOT_IN_CATALOGUE),
    ],
)
def test_what_was_not_answered_is_put_on_the_list_masked_with_its_candidates(outcome: Outcome, reason: Reason) -> None:
    found = says("Em tên Lan, làm giấy cho bé mới đẻ", outcome, aspects=(Aspect.FEE,), context=MARRIAGE)
    (sighting,) = found.sightings
    assert sighting.text == "Em tên ⟨tên⟩, làm giấy cho bé mới đẻ"
    assert (sighting.reason, sighting.counted) == (reason, True)
    assert [(one.code, one.score) for one in sighting.candidates] == [(BIRTH, 0.4123), (AGAIN, 0.3)]
    assert (sighting.aspects, sighting.context, sighting.catalogue) == (("fee",), MARRIAGE, 3)


def test_what_was_answered_is_only_remembered_for_one_turn() -> None:
    found = says("làm giấy khai sinh", Outcome.ANSWERED, codes=(BIRTH,))
    assert found.sightings == ()
    assert found.earlier is not None
    assert (found.earlier.text, found.earlier.answered) == ("làm giấy khai sinh", BIRTH)


@pytest.mark.parametrize("intent", sorted(PRIVATE, key=lambda one: one.value))
def test_other_peoples_business_is_never_kept_however_it_ended(intent: Intent) -> None:
    assert says("gì đó", Outcome.DECLINED, asked(), intent=intent, confidence=0.2) == Reviewed()


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn tố cáo ông chủ tịch xã",
        "can bo phuong hach sach doi hoi lo",
        "gửi phản ánh về bãi rác",
        "khiếu nại quyết định thu hồi đất",
        "mã OTP của tôi không về",
    ],
)
def test_words_of_denunciations_and_second_facts_keep_a_message_out_whatever_it_was_read_as(text: str) -> None:
    assert says(text, Outcome.DECLINED) == Reviewed()


def test_a_message_with_a_dossier_code_is_not_kept() -> None:
    assert says("H15.50.05.13-261008-0975", Outcome.DECLINED, dossier_codes=("x",)) == Reviewed()


@pytest.mark.parametrize("outcome", [Outcome.OTHER_FLOW, Outcome.EMERGENCY])
def test_what_another_flow_answers_is_neither_kept_nor_remembered(outcome: Outcome) -> None:
    assert says("cảm ơn", outcome, asked(), intent=Intent.THANK) == Reviewed()
    assert review(Turn(outcome, "cháy nhà rồi", None)) == Reviewed()


def test_a_message_of_signs_alone_is_not_kept() -> None:
    assert says("???", Outcome.DECLINED) == Reviewed()


def test_the_same_question_in_other_words_puts_the_first_wording_on_the_list_with_what_it_found() -> None:
    found = says(
        "khai sinh lại cho bé bị mất giấy", Outcome.ANSWERED, asked("bé bị mất giấy khai sinh"), codes=(AGAIN,)
    )
    (sighting,) = found.sightings
    assert (sighting.text, sighting.reason) == ("bé bị mất giấy khai sinh", Reason.REPHRASED)
    assert (sighting.suggested, sighting.counted) == (AGAIN, True)


def test_a_declined_question_that_is_then_understood_gets_its_label_without_being_counted_twice() -> None:
    before = asked("bé bị mất giấy khai sinh", answered="", reason="declined")
    (sighting,) = says("cấp lại giấy khai sinh bị mất", Outcome.ANSWERED, before, codes=(AGAIN,)).sightings
    assert (sighting.reason, sighting.suggested, sighting.counted) == (Reason.REPHRASED, AGAIN, False)


def test_asking_something_new_about_the_same_procedure_is_no_other_wording() -> None:
    found = says(
        "làm giấy cho bé mới đẻ hết bao nhiêu tiền", Outcome.ANSWERED, asked(), codes=(BIRTH,), aspects=(Aspect.FEE,)
    )
    assert found.sightings == ()


def test_asking_the_same_again_about_the_same_procedure_is() -> None:
    (sighting,) = says("bé mới đẻ làm giấy gì", Outcome.ANSWERED, asked(), codes=(BIRTH,)).sightings
    assert (sighting.reason, sighting.suggested) == (Reason.REPHRASED, "")


def test_another_question_is_no_other_wording() -> None:
    assert says("đăng ký kết hôn ở đâu", Outcome.ANSWERED, asked(), codes=(MARRIAGE,)).sightings == ()


def test_the_very_same_message_again_is_no_other_wording() -> None:
    assert says("Làm giấy cho bé mới đẻ?", Outcome.ANSWERED, asked(), codes=(AGAIN,)).sightings == ()


def test_naming_another_service_after_a_correction_is_whatever_the_words() -> None:
    corrected = says("sai rồi", Outcome.OTHER_FLOW, asked(), intent=Intent.CORRECT)
    assert corrected.sightings == ()
    assert corrected.earlier is not None
    (later,) = says("đăng ký kết hôn", Outcome.ANSWERED, corrected.earlier, codes=(MARRIAGE,)).sightings
    assert (later.text, later.suggested) == ("làm giấy cho bé mới đẻ", MARRIAGE)
    (at_once,) = says(
        "không, ý tôi là kết hôn", Outcome.ANSWERED, asked(), intent=Intent.CORRECT, codes=(MARRIAGE,)
    ).sightings
    assert at_once.suggested == MARRIAGE


def test_what_a_citizen_picks_after_being_asked_back_becomes_the_suggestion() -> None:
    before = asked(answered="", reason="asked_back")
    found = review(Turn(Outcome.ANSWERED, chosen=AGAIN, offered=(BIRTH, AGAIN), codes=(AGAIN,), earlier=before))
    (sighting,) = found.sightings
    assert (sighting.reason, sighting.suggested, sighting.counted) == (Reason.ASKED_BACK, AGAIN, False)
    assert found.earlier is not None
    assert found.earlier.answered == AGAIN


def test_none_of_these_is_a_reason_of_its_own() -> None:
    before = asked(answered="", reason="asked_back")
    found = review(Turn(Outcome.CHOOSE, chose_none=True, offered=(BIRTH, AGAIN), earlier=before))
    (sighting,) = found.sightings
    assert (sighting.reason, sighting.counted) == (Reason.CHOSE_NONE, False)
    (later,) = says("đăng ký kết hôn", Outcome.ANSWERED, found.earlier, codes=(MARRIAGE,)).sightings
    assert later.suggested == MARRIAGE


@pytest.mark.parametrize(
    "turn",
    [
        Turn(Outcome.ANSWERED, chosen=BIRTH, offered=(BIRTH,)),
        Turn(Outcome.ANSWERED, chosen=MARRIAGE, offered=(BIRTH,), earlier=asked(reason="asked_back")),
        Turn(Outcome.ANSWERED, chosen=BIRTH, offered=(BIRTH,), earlier=asked()),
        Turn(Outcome.CHOOSE, chose_none=True),
    ],
)
def test_other_choices_tell_nothing(turn: Turn) -> None:
    assert review(turn).sightings == ()


def test_texts_that_say_the_same_are_one_entry() -> None:
    assert text_hash("Làm khai sinh?") == text_hash("lam  khai sinh") != text_hash("làm khai tử")
