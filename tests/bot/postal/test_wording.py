"""Tests of what a record's words say of the post and of coming in person."""

from __future__ import annotations

import pytest

from bot.postal.wording import must_come, post_words
from nlu.catalogue.model import FilingMethod, FilingWay, PaperCase, Procedure, RequiredPaper
from tests.factories import counter, procedure


def by_post(note: str = "") -> Procedure:
    """A procedure that lists the post among its ways of filing."""
    return procedure(methods=(counter(), FilingMethod(way=FilingWay.POST, note=note)))


def stepped(*steps: str) -> Procedure:
    """A procedure whose steps say something, without the post among its ways."""
    return procedure(steps=steps)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Gửi qua dịch vụ bưu chính đến Bộ phận Một cửa.",
        "Nộp hồ sơ hoàn toàn qua bưu chính công ích hoặc nộp bổ sung hồ sơ qua bưu chính công ích khi có thông báo.",
        "Người đề nghị sửa đổi, bổ sung giấy phép nộp 01 bộ hồ sơ qua dịch vụ bưu chính.",
        "Nộp hồ sơ, trả kết quả qua dịch vụ bưu chính.",
    ],
)
def test_the_post_among_the_ways_of_filing_carries_papers(note: str) -> None:
    assert post_words(by_post(note)).sends


@pytest.mark.parametrize(
    "note",
    [
        "Nộp bổ sung hồ sơ qua dịch vụ bưu chính công ích theo thông báo của cơ quan tiếp nhận (nếu có).",
        "Trả kết quả qua dịch vụ bưu chính đến địa chỉ theo yêu cầu.",
        "Nhận kết quả qua bưu điện.",
        "Nộp bổ sung hồ sơ theo thông báo của cơ quan tiếp nhận.",
        "Cơ quan tiếp nhận hồ sơ trong giờ làm việc. Trả kết quả tại trụ sở hoặc qua dịch vụ bưu chính.",
    ],
)
def test_the_post_for_supplements_or_the_result_alone_carries_no_first_dossier(note: str) -> None:
    assert not post_words(by_post(note)).sends


@pytest.mark.parametrize(
    ("note", "comes_back"),
    [
        ("Chỉ để nhận thẻ tại nhà; người nhận trả cước bưu chính.", True),
        ("Dịch vụ bưu chính chỉ áp dụng với việc trả kết quả.", True),
        ("Chỉ để gửi bổ sung hồ sơ đã nộp trên mạng, theo thông báo của cơ quan.", False),
    ],
)
def test_a_note_that_says_what_alone_the_post_is_for_lets_no_first_dossier_go(note: str, *, comes_back: bool) -> None:
    words = post_words(by_post(note))

    assert words.limits
    assert not words.sends
    assert bool(words.receives) is comes_back


@pytest.mark.parametrize(
    "note",
    [
        "Chỉ nộp hồ sơ qua dịch vụ bưu chính công ích, không qua dịch vụ khác.",
        "Gửi hồ sơ qua bưu điện đến địa chỉ của Sở; kết quả trả tại địa chỉ đã ghi.",
        "Nộp qua bưu chính bản sao chứng chỉ; nhận kết quả sau 5 ngày.",
    ],
)
def test_the_word_only_about_something_else_limits_nothing(note: str) -> None:
    words = post_words(by_post(note))

    assert words.sends
    assert not words.limits


@pytest.mark.parametrize(
    "step",
    [
        "Trả kết quả tại cơ quan đăng ký xe hoặc qua dịch vụ bưu chính.",
        "Bước 6: Nhận kết quả trực tiếp tại Công an cấp xã hoặc trả qua dịch vụ bưu chính đến địa chỉ theo yêu cầu.",
        "Việc trả giấy phép lái xe được thực hiện tại nơi nộp hoặc thông qua dịch vụ bưu chính.",
        "Nộp hồ sơ, nhận kết quả qua dịch vụ bưu chính.",
    ],
)
def test_a_result_that_comes_by_post_is_read(step: str) -> None:
    assert post_words(stepped("Nộp hồ sơ tại quầy.", step)).receives == step.strip()


@pytest.mark.parametrize(
    "step",
    [
        "Nộp hồ sơ tại Bộ phận tiếp nhận và trả kết quả của Sở hoặc gửi qua bưu điện.",
        "Chi trả chế độ bằng hình thức trực tiếp hoặc qua dịch vụ bưu chính.",
        "Người đề nghị trả lại giấy phép nộp hồ sơ qua dịch vụ bưu chính.",
        "Nộp bổ sung giấy tờ để nhận kết quả qua dịch vụ bưu chính.",
        "Cơ quan tiếp nhận hồ sơ qua dịch vụ bưu chính kiểm tra kết quả.",
    ],
)
def test_what_is_not_about_the_result_is_not_taken_for_it(step: str) -> None:
    assert not post_words(stepped(step)).receives


def test_a_step_may_say_that_papers_go_by_post_but_not_those_of_officials_nor_abroad() -> None:
    assert post_words(stepped("Tổ chức nộp hồ sơ trực tiếp hoặc gửi qua dịch vụ bưu chính.")).sends
    assert not post_words(stepped("Cơ quan thẩm định gửi hồ sơ qua dịch vụ bưu chính cho Bộ.")).sends
    assert not post_words(stepped("Nộp hồ sơ qua bưu chính tới Cơ quan đại diện ở nước ngoài.")).sends
    assert not post_words(stepped("Gửi biển số xe qua dịch vụ bưu chính.")).sends


def test_a_person_must_come_where_the_record_says_so_and_lets_nobody_stand_in() -> None:
    found = must_come(stepped("Khi đăng ký, hai bên nam, nữ phải có mặt."))

    assert found is not None
    assert (found.words, found.filing_only) == ("Khi đăng ký, hai bên nam, nữ phải có mặt.", False)


def test_who_may_authorise_somebody_need_not_come() -> None:
    said = "Người yêu cầu phải có mặt."

    assert must_come(stepped(said, "Trường hợp ủy quyền thì kèm văn bản ủy quyền.")) is None
    assert must_come(stepped(said, "Người được uỷ quyền nộp bản sao.")) is None
    paper = PaperCase(papers=(RequiredPaper(name="Văn bản uỷ quyền (nếu có)"),))
    assert must_come(procedure(steps=(said,), cases=(paper,))) is None


@pytest.mark.parametrize(
    "step",
    [
        "Hội đồng xét tuyển phải có mặt ít nhất hai phần ba thành viên.",
        "Việc hòa giải chỉ tiến hành khi các bên tranh chấp đều có mặt.",
        "Người đang phải trực tiếp nuôi dưỡng con nhỏ.",
        "Trường hợp không thể có mặt thì báo trước.",
        "Người được ủy quyền không được ủy quyền cho người khác thực hiện.",
    ],
)
def test_other_people_s_presence_is_no_duty_of_the_applicant(step: str) -> None:
    assert must_come(stepped(step)) is None


def test_who_may_have_nobody_else_hand_in_must_do_it_alone() -> None:
    found = must_come(
        stepped("Người xin nhập quốc tịch nộp hồ sơ tại Sở Tư pháp, không uỷ quyền cho người khác nộp hồ sơ.")
    )

    assert found is not None
    assert found.filing_only


def test_long_statements_are_shortened_at_a_word() -> None:
    assert len(post_words(by_post("Gửi qua bưu chính " + "đến cơ quan " * 40)).sends) <= 200


def test_capitals_and_the_other_spelling_are_read_alike() -> None:
    assert post_words(stepped("NỘP HỒ SƠ QUA BƯU CHÍNH CÔNG ÍCH")).sends
    assert must_come(stepped("HAI BÊN PHẢI CÓ MẶT"))
    assert must_come(stepped("Không được uỷ quyền cho người khác nộp hồ sơ"))
