"""A question about a procedure is not taken for somebody's own dossier or complaint, and these are not taken for one."""

from __future__ import annotations

import pytest

from bot.dialogue.own_matters import asks_procedure
from nlu.decision import Thresholds
from nlu.understanding import Intent, Understanding

LIMITS = Thresholds()


def read(text: str, intent: Intent, naming: float = 1.0) -> Understanding:
    return Understanding(text=text, intent=intent, confidence=0.99, scores={"naming": naming})


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hồ sơ kết hôn", Intent.DOSSIER_STATUS),
        ("ho so ket hon", Intent.DOSSIER_STATUS),
        ("cung cấp thông tin, dữ liệu đất đai", Intent.PRIVACY_VIEW),
        ("thủ tục khiếu nại", Intent.COMPLAINT),
        ("khiếu nại quyết định hành chính online được không", Intent.COMPLAINT),
        ("trình tự giải quyết tố cáo", Intent.DENUNCIATION),
    ],
)
def test_a_procedure_that_is_named_is_asked_about(text: str, intent: Intent) -> None:
    assert asks_procedure(read(text, intent), LIMITS, going_on=False)
    assert not asks_procedure(read(text, intent, naming=-1.0), LIMITS, going_on=False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hồ sơ kết hôn của em tới đâu rồi", Intent.DOSSIER_STATUS),
        ("em làm hộ chiếu online, giờ tới bước nào rồi", Intent.DOSSIER_STATUS),
        ("hồ sơ đất nộp tháng trước xong chưa", Intent.DOSSIER_STATUS),
        ("cho xem thông tin của tôi", Intent.PRIVACY_VIEW),
        ("tôi khiếu nại quyết định thu hồi đất của xã", Intent.COMPLAINT),
        ("tôi tố cáo ông chủ tịch xã nhận tiền", Intent.DENUNCIATION),
        ("thủ tục khiếu nại", Intent.TALK_TO_PERSON),
    ],
)
def test_somebodys_own_matter_stays_theirs(text: str, intent: Intent) -> None:
    assert not asks_procedure(read(text, intent), LIMITS, going_on=False)


def test_papers_that_are_hardly_named_are_not_taken_for_those_of_the_procedure_under_discussion() -> None:
    barely = read("hồ sơ kết hôn", Intent.DOSSIER_STATUS, naming=0.31)

    assert asks_procedure(barely, LIMITS, going_on=False)
    assert not asks_procedure(barely, LIMITS, going_on=True)
