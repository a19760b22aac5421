"""Signs by hand: lists of words that are sound, and patterns that find what they are named for."""

from __future__ import annotations

import re

import pytest

from nlu.border.law_signs import MANY, PATTERNS, listed, patterns, word_lists
from nlu.border.words import said
from nlu.word_lists import pairs


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("yêu cầu hủy quyết định xử phạt", "undo it"),
        ("tôi khiếu nại quyết định xử phạt số 12", "decision number"),
        ("quyết định thu hồi đất đối với gia đình tôi", "against me"),
        ("đơn này tôi viết", "opens a petition"),
        ("cán bộ đòi phải đưa 5 triệu", "asks for money"),
        ("ông ta nhận phong bì", "gives or takes"),
        ("đưa 5 triệu mới ký", "money, then"),
        ("chủ tịch xã lấy tiền của dân", "official and money"),
        ("nâng điểm cho con sếp", "kin gains"),
        ("bắt tôi nộp thêm giấy", "wants papers"),
        ("đã quá 30 ngày", "days late"),
        ("quy định miễn phí nhưng vẫn thu", "though the rule"),
        ("thủ tục này rườm rà", "rule at fault"),
        ("đề nghị bỏ giấy xác nhận", "change proposed"),
        ("kiến nghị sửa luật", "begins with a proposal"),
        ("đề nghị sửa con đường", "street proposal"),
        ("rút lại còn một trang giùm", "ends with a wish"),
        ("luật gì kỳ vậy", "what a rule"),
        ("cần giấy A lại cần giấy B", "same papers round"),
        ("làm vậy có trái luật không", "asks the law"),
        ("xây sai phép phạt bao nhiêu", "asks punishment"),
        ("bao giờ có kết quả vậy?", "asks at the end"),
        ("cho em hỏi chút", "asks at the start"),
        ("làm khai sinh cần những gì", "asks procedure"),
        ("muốn tố cáo thì gửi ai", "where to"),
        ("shop giao hàng trễ", "my contract"),
        ("nhà bên đang cháy", "happens now"),
    ],
)
def test_a_pattern_finds_what_it_is_named_for_with_and_without_other_words_before(text: str, name: str) -> None:
    assert f"!{name}" in patterns(" ".join(said(text)))


def test_patterns_find_whole_words_only() -> None:
    assert "!of mine" in patterns("toi")
    assert "!of mine" not in patterns("atoi")
    assert "!of mine" not in patterns("toia")


def test_every_pattern_begins_where_a_word_begins() -> None:
    spaced = {name for name, pattern in PATTERNS.items() if re.match(r"\^? |#", pattern)}
    assert spaced == PATTERNS.keys()


def test_nothing_has_no_signs() -> None:
    assert patterns("") == set()
    assert listed([]) == {}
    assert pairs([]) == set()


def test_every_entry_of_a_list_is_folded_and_is_found_by_its_words() -> None:
    for entry, names in word_lists().lists.items():
        assert entry == " ".join(entry.split())
        assert entry.isascii()
        assert set(names) <= listed(entry.split()).keys()


def test_different_entries_of_a_list_are_counted_up_to_a_few() -> None:
    assert listed(["hoi", "lo"])["bribe"] == 1
    assert listed(["phong", "bi", "phong", "bi"])["bribe"] == 1
    assert listed(["hoi", "lo", "phong", "bi", "lot", "tay", "voi", "tien"])["bribe"] == MANY


def test_a_list_is_found_anywhere_in_a_text_but_not_across_a_gap() -> None:
    assert "bribe" in listed(["can", "bo", "doi", "hoi", "lo", "cua", "dan"])
    assert "bribe" not in listed(["hoi", "can", "lo"])


def test_pairs_are_of_two_lists_in_one_order() -> None:
    assert (
        pairs(["late", "bribe", "rule"])
        == pairs(["rule", "late", "bribe"])
        == {"bribe&late", "bribe&rule", "late&rule"}
    )
