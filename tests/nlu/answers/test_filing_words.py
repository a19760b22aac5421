"""Which notes are for which way of filing."""

from __future__ import annotations

import pytest

from nlu.answers.filing_words import filing_ways, note_for
from nlu.catalogue.model import FilingWay

COUNTER, ONLINE, POST = FilingWay.COUNTER, FilingWay.ONLINE, FilingWay.POST


@pytest.mark.parametrize(
    ("head", "ways"),
    [
        ("Nộp trực tuyến", {ONLINE}),
        ("Trường hợp nộp hồ sơ trực tuyến", {ONLINE}),
        ("Đối với giấy tờ gửi kèm nếu người yêu cầu nộp hồ sơ theo hình thức trực tuyến", {ONLINE}),
        ("Trường hợp hồ sơ được gửi trên môi trường điện tử", {ONLINE}),
        ("Nộp trên mạng", {ONLINE}),
        ("Gửi qua bưu điện", {POST}),
        ("Nộp giấy", {COUNTER, POST}),
        ("Đối với cá nhân khai trực tiếp với cơ quan thuế", {COUNTER}),
        ("Trường hợp đăng ký trực tiếp hoặc qua dịch vụ bưu chính", {COUNTER, POST}),
        ("Trường hợp hồ sơ không được gửi trên môi trường điện tử", set()),
        ("Trường hợp người bị thiệt hại trực tiếp yêu cầu bồi thường", set()),
        ("Trường hợp người yêu cầu đã nộp bản điện tử Giấy chứng sinh", set()),
        ("Trẻ bị bỏ rơi", set()),
    ],
)
def test_a_head_names_its_ways(head: str, ways: set[FilingWay]) -> None:
    assert filing_ways(head) == ways


@pytest.mark.parametrize(
    ("note", "kept_for"),
    [
        ("Gửi qua bưu điện thì kèm bản sao có chứng thực.", {POST}),
        ("Nộp trực tiếp thì nộp bản photo và đưa bản chính để đối chiếu cũng được.", {COUNTER}),
        ("Nộp trên mạng thì khai phiếu điện tử.", {ONLINE}),
        ("Nộp trên mạng: gửi hộ chiếu qua bưu chính; giấy tờ khác phải chứng thực điện tử.", {ONLINE}),
        ("Giấy chứng sinh đã có bản điện tử thì không phải nộp bản giấy.", {COUNTER, ONLINE, POST}),
        ("Trẻ dưới 14 tuổi thì cha mẹ đi cùng.", {COUNTER, ONLINE, POST}),
    ],
)
def test_a_note_is_kept_where_it_applies(note: str, kept_for: set[FilingWay]) -> None:
    assert {way for way in FilingWay if note_for(note, way)} == kept_for
    assert note_for(note, None) == note
    assert all(note_for(note, way) == note for way in kept_for)


def test_only_the_clause_of_another_way_is_left_out() -> None:
    note = "Được chọn bản chính hoặc bản sao; nộp trực tuyến thì quét từ bản chính"
    assert note_for(note, POST) == "Được chọn bản chính hoặc bản sao"
    assert note_for(note, ONLINE) == note
    both = "Nộp giấy thì đem bản chính; nộp điện tử thì ký số; ai cũng phải có tờ khai"
    assert note_for(both, ONLINE) == "Nộp điện tử thì ký số; ai cũng phải có tờ khai"
    assert note_for(both, COUNTER) == "Nộp giấy thì đem bản chính; ai cũng phải có tờ khai"


def test_a_sentence_of_its_own_stands_for_itself() -> None:
    note = "Nộp trực tuyến: quét bản chính. Mang theo căn cước khi nhận kết quả."
    assert note_for(note, COUNTER) == "Mang theo căn cước khi nhận kết quả."
