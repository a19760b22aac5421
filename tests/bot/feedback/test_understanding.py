"""Feedback gets a suggestion in its own words, and texts folded and masked."""

from __future__ import annotations

import pytest

from bot.feedback.understanding import BorderReader, TextFolder
from feedback.ports import FoldsText
from feedback.record import REGISTERED_KINDS, About, Border, Category, Kind
from feedback.suggesting import UnderstandsFeedback
from nlu.border.labels import REGISTERED, Label

READER: UnderstandsFeedback = BorderReader()
FOLDER: FoldsText = TextFolder()


def test_both_sides_of_the_border_have_the_same_labels() -> None:
    assert {one.value for one in Border} == {one.value for one in Label}
    assert {one.value for one in REGISTERED_KINDS} == {one.value for one in REGISTERED}


@pytest.mark.parametrize(
    ("text", "border", "kind", "about", "category"),
    [
        ("hồ sơ trễ hẹn hai tháng, cán bộ quát mắng dân", Border.CONDUCT, Kind.REPORT, About.CONDUCT, Category.OBSTACLE),
        ("hai thông tư quy định mâu thuẫn, chồng chéo nhau", Border.CONTENT, Kind.REPORT, About.CONTENT, Category.INCONSISTENT),
        ("đề nghị bỏ giấy xác nhận cư trú", Border.RECOMMENDATION, Kind.RECOMMENDATION, About.CONTENT, Category.SOLUTION),
        ("tôi tố cáo cán bộ nhận hối lộ", Border.DENUNCIATION, Kind.REPORT, About.CONDUCT, None),
    ],
)  # fmt: skip
def test_a_suggestion_is_given_in_the_words_of_the_register(
    text: str, border: Border, kind: Kind, about: About, category: Category | None
) -> None:
    found = READER.suggest(text)
    assert found.classification.border is border
    assert (found.classification.kind, found.classification.about) == (kind, about)
    assert found.classification.category == category
    assert sum(found.others.values()) == pytest.approx(1)
    assert set(found.others) == set(Border)


def test_a_text_is_folded_whole_into_one_writing() -> None:
    assert FOLDER.fold("Hoà  Bình\u200b ĐẸP") == "hoa binh dep"
    assert len(FOLDER.fold("đường " * 3000).split()) == 3000


def test_a_text_is_masked_whole_and_in_its_lines() -> None:
    text = "Tôi tên Nguyễn Văn Bình, số 0912 345 678.\n" + "Hồ sơ trễ hẹn. " * 60 + "Gọi tôi 0987654321."
    masked = FOLDER.mask(text)
    assert "0912" not in masked
    assert "0987654321" not in masked
    assert "Bình" not in masked
    assert masked.count("Hồ sơ trễ hẹn.") == 60
    assert masked.count("\n") == 1
    assert FOLDER.mask(masked) == masked
