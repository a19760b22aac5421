"""When a service is answered, when it is asked back, and when nothing is offered."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from nlu.decision import Outcome, Thresholds, decide, names_another, scope_confidence, services
from nlu.understanding import Aspect, Candidate, Intent, Understander, Understanding

LIMITS = Thresholds()


def read(*candidates: tuple[Any, ...], in_scope: float = 0.99, naming: float = 1.0, **changes: Any) -> Understanding:
    """An understanding by Rasa with (code, score, name) as candidates, sure of everything."""
    values: dict[str, Any] = {
        "text": "…",
        "intent": Intent.ASK_PROCEDURE,
        "confidence": 0.9,
        "candidates": tuple(Candidate(*one) for one in candidates),
        "in_scope": in_scope,
        "out_of_scope": 1 - in_scope,
        "by": Understander.RASA,
        "scores": {"naming": naming},
    }
    return Understanding(**{**values, **changes})


def test_one_clear_service_is_answered() -> None:
    decision = decide(read(("1.000001", 0.9, "Đăng ký khai sinh"), ("1.000002", 0.1, "Đăng ký kết hôn")), LIMITS)
    assert decision.outcome is Outcome.ANSWERED
    assert decision.services[0].codes == ("1.000001",)


def test_all_codes_of_a_service_come_along_with_its_candidate() -> None:
    found = read(
        ("1.000001", 0.6, "Giải quyết khiếu nại lần đầu", ("1.000001", "1.000002")), ("1.000003", 0.1, "Tiếp công dân")
    )
    decision = decide(found, LIMITS)
    assert decision.outcome is Outcome.ANSWERED
    assert decision.services[0].codes == ("1.000001", "1.000002")


def test_the_fitted_confidence_decides_before_the_share() -> None:
    candidates = (("1.000001", 0.9, "Khai sinh"), ("1.000002", 0.1, "Kết hôn"))
    assert decide(read(*candidates, scores={"sure": 0.1}), LIMITS).outcome is Outcome.CHOOSE
    assert decide(read(*candidates, scores={"sure": 0.95}), LIMITS).outcome is Outcome.ANSWERED


def test_what_a_clerk_would_ask_back_is_asked_back_however_sure_the_ranking_is() -> None:
    candidates = (("1.000001", 0.9, "Đăng ký thành lập hộ kinh doanh"), ("1.000002", 0.08, "Thành lập công ty"))
    decision = decide(read(*candidates, scores={"sure": 0.95, "ambiguous": 0.97}), LIMITS)
    assert decision.outcome is Outcome.CHOOSE
    assert len(decision.services) == 2


def test_services_that_differ_stay_apart() -> None:
    joined = services(
        [Candidate("1.000001", 0.3, "Đăng ký kết hôn"), Candidate("1.000002", 0.3, "Đăng ký lại kết hôn")]
    )
    assert len(joined) == 2


def test_close_services_are_offered_at_most_five_the_best_first() -> None:
    found = read(*((f"1.00000{number}", 0.14 - number / 1000, f"Việc số {number} khác hẳn") for number in range(7)))
    decision = decide(found, LIMITS)
    assert decision.outcome is Outcome.CHOOSE
    assert [service.codes[0] for service in decision.services] == [f"1.00000{number}" for number in range(5)]


def test_two_services_that_fit_equally_well_are_asked_back() -> None:
    decision = decide(read(("1.000001", 0.44, "Khai sinh"), ("1.000002", 0.42, "Kết hôn")), LIMITS)
    assert decision.outcome is Outcome.CHOOSE


def test_what_is_far_below_the_best_is_not_offered_beside_it() -> None:
    found = (("1.000001", 0.6, "Khai sinh"), ("1.000002", 0.3, "Kết hôn"), ("1.000003", 0.04, "Hộ chiếu"))
    decision = decide(read(*found, scores={"sure": 0.1}), LIMITS)
    assert decision.outcome is Outcome.CHOOSE
    assert [service.name for service in decision.services] == ["Khai sinh", "Kết hôn"]


def test_the_best_alone_is_asked_about_rather_than_beside_what_nobody_meant() -> None:
    decision = decide(
        read(("1.000001", 0.6, "Khai sinh"), ("1.000002", 0.02, "Hộ chiếu"), scores={"sure": 0.1}), LIMITS
    )
    assert decision.outcome is Outcome.CHOOSE
    assert [service.name for service in decision.services] == ["Khai sinh"]


def test_what_fits_no_procedure_is_declined_and_offers_nothing() -> None:
    decision = decide(read(("1.000001", 0.9, "Đăng ký khai sinh"), in_scope=0.01), LIMITS)
    assert decision.outcome is Outcome.DECLINED
    assert decision.services == ()


@pytest.mark.parametrize("by", list(Understander))
def test_the_scope_is_a_chance_whatever_extremes_it_is_made_of(by: Understander) -> None:
    for ranking in (0.0, 0.5, 1.0):
        for words in (0.0, 0.5, 1.0):
            chance = scope_confidence(Understanding(text="…", in_scope=ranking, out_of_scope=words, by=by), LIMITS)
            assert 0 <= chance <= 1


def test_words_that_are_surely_out_of_scope_outweigh_a_ranking_that_is_unsure() -> None:
    found = read(("1.000001", 0.9, "Đăng ký khai sinh"), in_scope=0.5, out_of_scope=0.99)
    assert decide(found, LIMITS).outcome is Outcome.DECLINED


def test_without_rasa_the_ranking_alone_decides() -> None:
    birth = ("1.000001", 0.9, "Đăng ký khai sinh")
    assert decide(read(birth, in_scope=0.9, by=Understander.SEARCH), LIMITS).outcome is Outcome.ANSWERED
    assert decide(read(birth, in_scope=0.05, by=Understander.SEARCH), LIMITS).outcome is Outcome.DECLINED


def test_a_first_question_that_names_no_service_is_asked_which_one_it_means() -> None:
    decision = decide(read(("1.000001", 0.9, "Khai sinh"), naming=0.0, aspects=(Aspect.FEE,)), LIMITS)
    assert decision.outcome is Outcome.CHOOSE
    assert decision.services == ()


def test_without_candidates_a_procedure_question_is_not_in_the_catalogue() -> None:
    assert decide(read(), LIMITS).outcome is Outcome.NOT_IN_CATALOGUE
    assert decide(Understanding(text="…"), LIMITS).outcome is Outcome.DECLINED


def test_a_follow_up_names_no_other_procedure() -> None:
    assert not names_another(read(("1.000002", 0.9, "Đăng ký kết hôn"), naming=0.0), "1.000001", LIMITS)
    assert not names_another(read(), "1.000001", LIMITS)


def test_a_message_that_names_another_procedure_replaces_the_one_under_discussion() -> None:
    assert names_another(read(("1.000002", 0.9, "Đăng ký kết hôn")), "1.000001", LIMITS)


def test_a_message_that_asks_nothing_and_fits_another_service_goes_over_to_it() -> None:
    told = read(("1.000002", 0.6, "Đăng ký khai sinh"), ("1.000003", 0.2, "Thai sản"), naming=0.07)
    assert names_another(told, "1.000001", LIMITS)
    assert not names_another(dataclasses.replace(told, aspects=(Aspect.FEE,)), "1.000001", LIMITS)
    assert not names_another(dataclasses.replace(told, intent=Intent.FRUSTRATION), "1.000001", LIMITS)


def test_naming_the_same_procedure_again_or_its_provincial_copy_is_no_change() -> None:
    assert not names_another(read(("1.000001", 0.9, "Khai sinh")), "1.000001", LIMITS)
    assert not names_another(read(("1.000001.000.00.00.H17", 0.9, "Khai sinh")), "1.000001", LIMITS)


def test_what_the_catalogue_may_lack_is_asked_back_however_far_one_service_leads() -> None:
    found = read(("1.000001", 0.9, "Đăng ký việc nuôi con nuôi"), ("1.000002", 0.05, "Kết hôn"), in_scope=0.22)
    assert decide(dataclasses.replace(found, out_of_scope=0.0), LIMITS).outcome is Outcome.CHOOSE


def test_a_known_request_is_asked_back_although_so_short_a_message_looks_out_of_scope() -> None:
    candidates = (("1.000001", 0.5, "Cấp giấy phép sử dụng vũ khí"), ("1.000002", 0.3, "Khai báo vũ khí"))
    scores = {"sure": 0.9, "ambiguous": 1.0}
    assert decide(read(*candidates, in_scope=0.3, out_of_scope=0.8, scores=scores), LIMITS).outcome is Outcome.CHOOSE
    assert decide(read(*candidates, in_scope=0.3, out_of_scope=0.97, scores=scores), LIMITS).outcome is Outcome.DECLINED
