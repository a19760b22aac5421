"""Tests of grouping codes into services."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.families import Correction, Member, families

A, B, C, D = "1.000001", "1.000002", "1.000003", "1.000004"

ONE_SERVICE = [
    ("Cấp thẻ thư viện (cấp tỉnh)", "Cấp thẻ thư viện (cấp xã)"),
    ("Cấp thẻ thư viện cấp huyện", "Thủ tục cấp thẻ thư viện"),
    ("Cấp thẻ thư viện thuộc thẩm quyền của Sở Văn hóa", "Cấp thẻ thư viện thuộc thẩm quyền giải quyết của Bộ Văn hóa"),
    ("Cấp thẻ thư viện (thẩm quyền của Bộ Văn hóa, Thể thao)", "Cấp thẻ thư viện"),
    (
        "Mở thư viện thuộc thẩm quyền của Sở Văn hóa khi đổi tên",
        "Mở thư viện thuộc thẩm quyền của Bộ Văn hóa khi đổi tên",
    ),
    ("Cấp lại thẻ thư viện (thực hiện tại cấp trung ương)", "Cấp lại thẻ thư viện (thực hiện tại cấp tỉnh)"),
    (
        "Gia hạn thẻ tại Cục Quản lý xuất nhập cảnh Bộ Công an",
        "Gia hạn thẻ tại Phòng Quản lý xuất nhập cảnh Công an tỉnh",
    ),
    ("Thành lập thư viện ở trung ương", "Thành lập thư viện cấp tỉnh"),
    ("Giao thư viện do cấp xã quản lý", "Giao thư viện do cấp tỉnh quản lý"),
    ("Đổi thẻ thực hiện bằng dịch vụ công trực tuyến", "Đổi thẻ thực hiện bằng dịch vụ công toàn trình"),
    ("Xét thẻ lần 2", "Xét thẻ lần thứ hai"),
    ("Cấp mới thẻ thư viện", "Cấp thẻ thư viện"),
    ("Cấp chứng nhận thư viện", "Cấp Giấy chứng nhận thư viện"),
    ("Trợ cấp theo Quyết định số 12/2007/QĐ-TTg", "Trợ cấp theo Quyết định 12/2007/QĐ-TTg"),
    ("Tuyển người giữ sách (Nghị định số 85/2023/NĐ-CP)", "Tuyển người giữ sách"),
    ("Quỹ sách tự giải thể", "Tự giải thể quỹ sách"),
    ("Khai hàng hoá xuất, nhập khẩu", "Khai hàng hóa xuất khẩu, nhập khẩu"),
    ("Hoãn THA dân sự", "Hoãn thi hành án dân sự"),
    ("THÀNH LẬP HỘI SÁCH. (Cấp Huyện)", "Thành lập hội sách"),
]

TWO_SERVICES = [
    ("Cấp thẻ thư viện", "Cấp lại thẻ thư viện"),
    ("Cấp thẻ thư viện", "Cấp đổi thẻ thư viện"),
    ("Cấp thẻ thư viện", "Gia hạn thẻ thư viện"),
    ("Cấp thẻ thư viện", "Điều chỉnh thẻ thư viện"),
    ("Cấp thẻ thư viện", "Thu hồi thẻ thư viện"),
    ("Cấp thẻ thư viện lần đầu", "Cấp thẻ thư viện lần hai"),
    ("Đăng ký kết bạn", "Đăng ký kết bạn có yếu tố nước ngoài"),
    ("Cấp thẻ cho doanh nghiệp", "Cấp thẻ cho cá nhân"),
    ("Cấp thẻ đọc hạng A", "Cấp thẻ đọc hạng B"),
    ("Cấp phép kinh doanh dược", "Cấp phép kinh doanh"),
    ("Khai tài sản", "Khai sản"),
    ("Đăng ký trồng rừng", "Đăng ký rừng"),
    ("Cấp phép mở cửa mỏ", "Cấp phép mở mỏ"),
    ("Cấp sổ đọc (bổ sung)", "Cấp sổ đọc"),
    ("Cấp sổ đọc (số lượng lớn)", "Cấp sổ đọc"),
    ("Mở thư viện thuộc thẩm quyền của Sở Văn hóa khi đổi tên", "Mở thư viện thuộc thẩm quyền của Sở Văn hóa khi dời chỗ"),
    ("Cấp thẻ thuộc thẩm quyền của Bộ Văn hóa từ ngày 01/01/2016", "Cấp thẻ thuộc thẩm quyền của Bộ Văn hóa trước ngày 01/01/2016"),
    ("Dạy nghề thuộc thẩm quyền của Sở Công Thương", "Dạy nghề thuộc thẩm quyền của Bộ Quốc phòng"),
    ("Chuyển hội sách thành hội thơ", "Chuyển hội thơ thành hội sách"),
    ("Kiểm tra trước, hoàn thuế sau", "Hoàn thuế trước, kiểm tra sau"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE_SERVICE)
def test_level_authority_and_manner_of_writing_make_no_other_service(one: str, other: str) -> None:
    assert families([Member(A, one), Member(B, other)]) == {A: A, B: A}


@pytest.mark.parametrize(("one", "other"), TWO_SERVICES)
def test_what_is_done_for_whom_and_to_what_makes_another_service(one: str, other: str) -> None:
    assert families([Member(A, one), Member(B, other)]) == {A: A, B: B}


def test_a_doubtful_name_groups_nothing() -> None:
    assert families([Member(A, "Cấp thẻ"), Member(B, "Cấp thẻ", name_doubted=True)]) == {A: A, B: B}


def test_a_provincial_copy_belongs_to_its_national_code_when_the_names_agree() -> None:
    copy = f"{A}.000.00.00.H17"

    assert families([Member(A, "Cấp thẻ thư viện"), Member(copy, "Cấp thẻ thư viện thành phố")])[copy] == A
    assert families([Member(A, "Cấp thẻ thư viện"), Member(copy, "Đăng ký tàu cá")])[copy] == copy
    assert families([Member(A, "Kết bạn"), Member(copy, "Kết bạn với người nước ngoài")])[copy] == copy


MEMBERS = [Member(A, "Cấp thẻ"), Member(B, "Cấp thẻ (cấp xã)"), Member(C, "Đổi thẻ"), Member(D, "Xóa thẻ")]


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ([], {A: A, B: A, C: C, D: D}),
        ([Correction(B)], {A: A, B: B, C: C, D: D}),
        ([Correction(A)], {A: A, B: B, C: C, D: D}),
        ([Correction(B, C)], {A: A, B: B, C: B, D: D}),
        ([Correction(D, C), Correction(C)], {A: A, B: A, C: C, D: D}),
        ([Correction(B), Correction(C, B)], {A: A, B: B, C: B, D: D}),
        ([Correction("9.999999", A), Correction(D, "9.999999")], {A: A, B: A, C: C, D: D}),
    ],
)
def test_officials_corrections_win_and_those_about_codes_that_are_not_there_are_passed_over(
    corrections: list[Correction], expected: dict[str, str]
) -> None:
    assert families(MEMBERS, corrections) == expected


WORDS = st.sampled_from(
    ["Cấp", "cấp lại", "thẻ", "(cấp xã)", "tài sản", "tại", "hạng A", "lần 2", "nước ngoài", "sang"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
CODES = st.sampled_from([A, B, C, D, f"{A}.H17", f"{B}.000.00.00.H17"])
CATALOGUES = st.dictionaries(CODES, st.tuples(NAMES, st.booleans()), min_size=1).map(
    lambda found: [Member(code, name, doubted) for code, (name, doubted) in found.items()]
)
CORRECTIONS = st.lists(st.builds(Correction, CODES, st.one_of(st.just(""), CODES)), max_size=4)


@given(CATALOGUES, CORRECTIONS, st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_does_not_matter_and_no_code_is_lost(
    catalogue: list[Member], corrections: list[Correction], chance: object
) -> None:
    shuffled = sorted(catalogue, key=lambda _: chance.random())  # type: ignore[attr-defined]
    found = families(catalogue, corrections)

    assert families(shuffled, corrections) == found
    assert found.keys() == {member.code for member in catalogue}
    for code, family in found.items():
        assert family <= code
        assert found[family] == family


@given(NAMES, NAMES)
def test_joining_is_symmetric(one: str, other: str) -> None:
    def together(first: str, second: str) -> bool:
        found = families([Member(A, first), Member(B, second)])
        return found[A] == found[B]

    assert together(one, other) == together(other, one)


@given(CATALOGUES, CORRECTIONS, CODES, CODES)
def test_the_last_word_holds(catalogue: list[Member], earlier: list[Correction], code: str, with_code: str) -> None:
    there = {member.code for member in catalogue}
    alone = families(catalogue, [*earlier, Correction(code)])
    if code in there:
        assert [one for one in alone if alone[one] == alone[code]] == [code]
    if {code, with_code} <= there:
        joined = families(catalogue, [*earlier, Correction(code, with_code)])
        assert joined[code] == joined[with_code]
