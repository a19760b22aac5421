from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from feedback.publication.patterns import Reason
from feedback.publication.redaction import MARK, Known, KnownKind, Mask, redact, suggest, tells_of


@pytest.mark.parametrize(
    ("text", "gone", "reason"),
    [
        ("Anh Trần Văn Bình không nhận hồ sơ.", "Trần Văn Bình", Reason.NAME),
        ("Tôi là NGUYỄN THỊ HOA, nộp từ tháng ba.", "NGUYỄN THỊ HOA", Reason.NAME),
        ("cán bộ Hương bắt chờ", "Hương", Reason.NAME),
        ("gặp nguyen van binh ở quầy 2", "nguyen van binh", Reason.NAME),
        ("do Lê Minh ký", "Lê Minh", Reason.NAME),
        ("gọi 0901 234 567 không ai nghe", "0901 234 567", Reason.PHONE),
        ("số +84 (90) 123-4567 nhé", "+84 (90) 123-4567", Reason.PHONE),
        ("CCCD 051201001234 của tôi", "051201001234", Reason.ID),
        ("căn cước 051 201 001 234", "051 201 001 234", Reason.ID),
        ("hộ chiếu C1234567", "C1234567", Reason.ID),
        ("chuyển vào stk 0123456 ngân hàng", "0123456", Reason.BANK),
        ("nhà số 12/5 Lê Lợi bị trả hồ sơ", "số 12/5 Lê Lợi", Reason.ADDRESS),
        ("ở thôn Phú Thọ bị trả hồ sơ", "thôn Phú Thọ", Reason.ADDRESS),
        ("tổ dân phố 7 không có điện", "tổ dân phố 7", Reason.ADDRESS),
        ("thư gửi a.b-c@thu.vn nhé", "a.b-c@thu.vn", Reason.EMAIL),
        ("xem https://www.facebook.com/ai.do nhé", "https://www.facebook.com/ai.do", Reason.ACCOUNT),
        ("hồ sơ 000.00.16.H48-200827-0012 trễ", "000.00.16.H48-200827-0012", Reason.DOSSIER),
        ("hồ sơ H48.16-20260827-000012 trễ", "H48.16-20260827-000012", Reason.DOSSIER),
        ("biên nhận PA-7KQM-2XWP", "PA-7KQM-2XWP", Reason.DOSSIER),
        ("xe 76A-123.45 đăng ký", "76A-123.45", Reason.PLATE),
        ("xe máy 76C1 2345", "76C1 2345", Reason.PLATE),
    ],
)
def test_what_tells_of_a_person_is_suggested_with_its_reason(text: str, gone: str, reason: Reason) -> None:
    for form in ("NFC", "NFD"):
        found = suggest(unicodedata.normalize(form, text))
        parts = {(found.text[mask.start : mask.end].strip(), mask.reason) for mask in found.masks}
        assert any(gone in part and why is reason for part, why in parts), parts
        assert gone not in found.redacted
        assert MARK in found.redacted


@pytest.mark.parametrize(
    "text",
    [
        "Quy định nộp hai bản sao giấy khai sinh là thừa, đề nghị bỏ.",
        "Theo Nghị định số 61/2018/NĐ-CP thì trong 15 ngày làm việc phải trả kết quả.",
        "Thủ tục 1.001193.000.00.00.H48 thu lệ phí 1.500.000.000 đồng, trước là 250 000 000 đ.",
        "Ngày 20/11/2026 tôi nộp tại Ủy ban nhân dân phường, đường vào hẹp.",
        "Luật số 25/2018/QH14, Điều 9, khoản 2; Thông tư 03/2025.",
        "Cán bộ tại bộ phận một cửa yêu cầu thêm giấy không có trong quy định.",
    ],
)
def test_rules_sums_and_days_are_left_alone(text: str) -> None:
    assert suggest(text).masks == ()


def test_the_senders_own_data_are_found_however_they_are_written() -> None:
    known = (Known("Đặng Thử Nghiệm"), Known("+84901234567", KnownKind.NUMBER), Known("đường Thử"))
    text = "dang thu nghiem ở DUONG  THU, máy 090.123.4567, hay 84 901234567"
    found = suggest(text, known)
    assert {mask.reason for mask in found.masks} == {Reason.SENDER}
    assert found.redacted == f"{MARK} ở {MARK}, máy {MARK}, hay {MARK}"
    assert tells_of(found.redacted, known) == ()
    assert len(tells_of(text, known)) == 4


def test_too_short_words_of_a_sender_are_not_looked_for_everywhere() -> None:
    assert tells_of("so 1 va so 2", (Known("Số 1"), Known(""), Known("123", KnownKind.NUMBER))) == ()


def test_an_official_may_draw_masks_that_overlap_and_reach_too_far() -> None:
    masks = [Mask(4, 900, Reason.NAME), Mask(0, 2, Reason.NAME), Mask(1, 3, Reason.PHONE), Mask(5, 5, Reason.NAME)]
    assert redact("abcdefgh", masks) == f"{MARK}d{MARK}"
    assert redact("abc", []) == "abc"


@given(some.text(alphabet="ABab09 .@-đĐệ\n", max_size=80), some.text(max_size=12))
def test_masks_are_in_order_within_the_text_and_doing_it_again_finds_no_more_of_the_sender(text: str, own: str) -> None:
    known = (Known(own),)
    found = suggest(text, known)
    place = 0
    for mask in found.masks:
        assert place <= mask.start < mask.end <= len(found.text)
        place = mask.end
    assert tells_of(found.redacted, known) == ()
