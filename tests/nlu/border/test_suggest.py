"""What a text is, as people write: brief or long, with or without accents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.border.labels import REGISTERED, Label
from nlu.border.model import Reading
from nlu.border.suggest import PIECE, pieces, suggest, together
from nlu.text import fold

CLEAR = [
    ("cán bộ một cửa quát mắng dân, hồ sơ trễ hẹn hai tháng không trả lời", Label.CONDUCT),
    ("thông tư và nghị định quy định mâu thuẫn, chồng chéo nhau", Label.CONTENT),
    ("đề nghị bỏ giấy xác nhận này và rút ngắn thời hạn giải quyết", Label.RECOMMENDATION),
    ("tôi khiếu nại quyết định xử phạt số 12/QĐ-XPHC đối với tôi, yêu cầu hủy quyết định", Label.COMPLAINT),
    ("tôi tố cáo cán bộ địa chính đòi hối lộ 10 triệu mới làm sổ đỏ", Label.DENUNCIATION),
    ("đường có ổ gà, đèn đường hỏng, rác chất đống hôi thối", Label.FIELD_REPORT),
    ("xây nhà không phép bị phạt bao nhiêu theo nghị định nào", Label.LEGAL_QUESTION),
    ("nhà tôi đang cháy lớn, có người mắc kẹt, cứu với", Label.EMERGENCY),
    ("vay tiền nhanh giải ngân trong ngày, liên hệ zalo nhận ưu đãi", Label.ADVERT),
    ("lũ khốn nạn, đồ chó", Label.INSULT),
    ("làm giấy khai sinh cần giấy tờ gì, nộp ở đâu", Label.OTHER),
]


@pytest.mark.parametrize(("text", "label"), CLEAR)
def test_clear_texts_are_told_apart_with_and_without_accents(text: str, label: Label) -> None:
    assert suggest(text).label is label
    assert suggest(fold(text)).label is label


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\u200b", "\ud800"])
def test_a_text_without_words_is_nothing_and_never_sure(text: str) -> None:
    found = suggest(text)
    assert (found.label, found.sure, found.category) == (Label.OTHER, 0.0, None)
    assert sum(found.shares.values()) == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_written_gives_shares_that_add_up_and_never_raises(text: str) -> None:
    found = suggest(text)
    assert sum(found.shares.values()) == pytest.approx(1)
    assert 0 <= found.sure <= 1
    assert (found.category is not None) == (found.label in REGISTERED)


def test_a_bribe_in_the_last_sentence_of_a_long_story_is_not_drowned() -> None:
    slow = "Cán bộ tiếp nhận hồ sơ của tôi hẹn đi hẹn lại nhiều lần mà không trả kết quả. " * 25
    found = suggest(slow + "Tôi tố cáo ông phó phòng đòi hối lộ 20 triệu mới ký, tôi có ghi âm và bằng chứng.")
    assert found.label is Label.DENUNCIATION
    assert suggest(slow).label is Label.CONDUCT


def test_a_long_text_is_parted_where_sentences_end_and_no_piece_is_too_long() -> None:
    text = "Một câu không dài lắm. " * 80 + "x" * 2000
    parts = pieces(text)
    assert "".join(parts) == text
    assert max(map(len, parts)) <= PIECE
    assert pieces("ngắn") == ["ngắn"]


def test_several_readings_are_one_by_their_mean() -> None:
    one = Reading({label: 1.0 if label is Label.CONTENT else 0.0 for label in Label}, 3, 7)
    other = Reading({label: 1.0 if label is Label.CONDUCT else 0.0 for label in Label}, 6, 8)
    found = together([other, one])
    assert found.shares[Label.CONTENT] == found.shares[Label.CONDUCT] == 0.5
    assert (found.problem, found.proposal) == (3, 7)
    assert together([one]) is one
