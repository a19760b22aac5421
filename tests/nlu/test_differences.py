"""What tells procedures apart is read from their names; an answer in words finds the one that it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.catalogue.model import Level
from nlu.difference_words import Dimension
from nlu.differences import bare_name, fits, narrowed, profile, read_wish, same_subject, telling_apart
from nlu.text import fold
from tests.factories import procedure

LICENCE = procedure("3.000346", name="Cấp giấy phép lái xe")
LICENCE_AGAIN = procedure("3.000348", name="Cấp lại giấy phép lái xe")
LICENCE_CHANGED = procedure("3.000347", name="Đổi giấy phép lái xe")
LICENCES = (LICENCE, LICENCE_CHANGED, LICENCE_AGAIN)
MARRIAGE = procedure("1.000894", name="Đăng ký kết hôn")
FOREIGN = procedure("2.000806", name="Đăng ký kết hôn có yếu tố nước ngoài")
ADULT = procedure("1.014061", name="Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên")
CHILD = procedure("1.014062", name="Cấp thẻ căn cước cho người dưới 14 tuổi")
CARD_AGAIN = procedure("1.014064", name="Cấp lại thẻ căn cước")
ONE_OWNER = procedure("2.001583", name="Đăng ký thành lập công ty TNHH một thành viên")
TWO_OWNERS = procedure("2.001199", name="Đăng ký thành lập công ty TNHH hai thành viên trở lên")
HOUSEHOLD = procedure("1.001612", name="Đăng ký thành lập hộ kinh doanh")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Cấp lại thẻ căn cước", {"again"}),
        ("Cấp đổi thẻ căn cước", {"exchange"}),
        ("Đổi, cấp lại Giấy xác nhận khuyết tật", {"exchange", "again"}),
        ("Thay đổi, cải chính, bổ sung thông tin hộ tịch", {"amend"}),
        ("Gia hạn tạm trú", {"extend"}),
        ("Chấm dứt hoạt động hộ kinh doanh", {"end"}),
        ("Cấp bản sao trích lục hộ tịch", {"copy"}),
        ("Đăng ký kết hôn", {"first"}),
        ("Quy định đối với đối tượng trong quân đội", {"first"}),
        ("Trở lại quốc tịch Việt Nam", {"first"}),
    ],
)
def test_a_name_tells_what_is_done(name: str, values: set[str]) -> None:
    assert profile(procedure(name=name))[Dimension.ACTION] == values


@pytest.mark.parametrize(
    ("offered", "dimensions"),
    [
        (LICENCES, (Dimension.ACTION,)),
        ((MARRIAGE, FOREIGN), (Dimension.FOREIGN,)),
        ((ADULT, CHILD), (Dimension.AGE,)),
        ((ONE_OWNER, TWO_OWNERS), (Dimension.COMPANY,)),
        ((HOUSEHOLD, ONE_OWNER), (Dimension.WHO,)),
        ((MARRIAGE,), ()),
        ((MARRIAGE, procedure(name="Đăng ký khai sinh")), ()),
    ],
)
def test_the_dimension_that_tells_them_apart_is_found(offered: tuple, dimensions: tuple) -> None:
    assert telling_apart([profile(one) for one in offered]) == dimensions


def test_a_second_dimension_is_asked_only_where_it_tells_more() -> None:
    again = procedure(name="Đăng ký lại kết hôn")
    assert set(telling_apart([profile(one) for one in (MARRIAGE, FOREIGN, again)])) == {
        Dimension.ACTION,
        Dimension.FOREIGN,
    }


def test_levels_are_asked_only_when_no_procedure_is_at_home_in_both() -> None:
    commune = procedure(name="Khiếu nại", levels=(Level.COMMUNE,))
    province = procedure(name="Khiếu nại", levels=(Level.PROVINCE,))
    both = procedure(name="Khiếu nại", levels=(Level.COMMUNE, Level.PROVINCE))
    assert telling_apart([profile(commune), profile(province)]) == (Dimension.LEVEL,)
    assert telling_apart([profile(commune), profile(both)]) == ()


def test_the_subject_stays_the_same_whatever_is_done_to_it() -> None:
    assert same_subject(LICENCE.name, LICENCE_AGAIN.name)
    assert same_subject(MARRIAGE.name, FOREIGN.name)
    assert not same_subject(MARRIAGE.name, "Đăng ký khai sinh")
    assert not same_subject("Cấp lại thẻ căn cước", "Cấp lại giấy phép lái xe")
    assert bare_name("Cấp lại giấy phép lái xe") == "giấy phép lái xe"


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    ("answer", "offered", "meant"),
    [
        ("lần đầu", LICENCES, LICENCE),
        ("em chưa có bao giờ", LICENCES, LICENCE),
        ("làm lại", LICENCES, LICENCE_AGAIN),
        ("bị mất rồi ạ", LICENCES, LICENCE_AGAIN),
        ("cái cấp lại ấy", LICENCES, LICENCE_AGAIN),
        ("cấp lại giấy phép lái xe nhé", LICENCES, LICENCE_AGAIN),
        ("đổi thôi", LICENCES[:2], LICENCE_CHANGED),
        ("hết hạn", LICENCES, LICENCE_CHANGED),
        ("với người nước ngoài", (MARRIAGE, FOREIGN), FOREIGN),
        ("người việt với nhau", (MARRIAGE, FOREIGN), MARRIAGE),
        ("không có người nước ngoài", (MARRIAGE, FOREIGN), MARRIAGE),
        ("không phải nước ngoài", (MARRIAGE, FOREIGN), MARRIAGE),
        ("dưới 14 tuổi", (ADULT, CHILD, CARD_AGAIN), CHILD),
        ("cho trẻ em", (ADULT, CHILD, CARD_AGAIN), CHILD),
        ("một mình em thôi", (ONE_OWNER, TWO_OWNERS), ONE_OWNER),
        ("hai người góp vốn", (ONE_OWNER, TWO_OWNERS), TWO_OWNERS),
        ("hộ kinh doanh", (HOUSEHOLD, ONE_OWNER), HOUSEHOLD),
    ],
)
def test_an_answer_in_words_finds_the_option(answer: str, offered: tuple, meant: object, write: type) -> None:
    assert narrowed(read_wish(write(answer)), offered) == (meant,)


def test_an_answer_that_leaves_some_narrows_the_choice() -> None:
    assert narrowed(read_wish("không phải cấp lại"), LICENCES) == (LICENCE, LICENCE_CHANGED)


@pytest.mark.parametrize(
    "question",
    [
        "đăng ký khai sinh",
        "làm lại hộ chiếu",
        "mất bao lâu",
        "vâng",
        "không",
        "gia hạn",
        "đổi tiền ở đâu",
        "",
        "xin chào",
    ],
)
def test_what_speaks_of_something_else_chooses_nothing(question: str) -> None:
    assert narrowed(read_wish(question), LICENCES) == ()


def test_what_is_refused_does_not_fit() -> None:
    wish = read_wish("đổi chứ không phải cấp lại")
    assert fits(wish, LICENCE_CHANGED.name, profile(LICENCE_CHANGED))
    assert not fits(wish, LICENCE_AGAIN.name, profile(LICENCE_AGAIN))


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    narrowed(read_wish(text), LICENCES)
