"""What people write about places, read."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nlu.places.gazetteer import MOST_CANDIDATES, Gazetteer, load_gazetteer
from nlu.places.place import Former, Outcome
from nlu.places.sources import read_lists

WORDS = (
    "xã",
    "xa",
    "p",
    "5",
    "q1",
    "tp",
    "hcm",
    "Tân",
    "thanh",
    "Châu",
    "ia",
    "chim",
    "quangngai",
    ",",
    "-",
    "12",
    "đường",
    "Hà Nội",
    "ạ",
    "phương",
)


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return load_gazetteer()


def test_the_lists_are_read_once() -> None:
    assert load_gazetteer() is load_gazetteer()


def test_every_commune_is_read_from_its_official_name(places: Gazetteer) -> None:
    misread = [one for one in places.communes if places.read(f"{one.name}, {one.province.name}").commune != one]
    assert (len(places.communes), len(places.provinces), misread) == (3321, 34, [])


def test_old_communes_lead_to_what_they_became(places: Gazetteer) -> None:
    lists = read_lists()
    for old in lists.old_communes[::10]:
        province = lists.old_provinces[old.district.province][0]
        written = ", ".join(dict.fromkeys((old.name, old.district.name, province)))
        reading = places.read(written)
        if len(old.today) == 1:
            assert reading.commune == old.today[0], written
        else:
            assert reading.outcome is Outcome.SEVERAL, written
            assert reading.candidates[0] == old.today[0], written
            assert set(reading.candidates) == set(old.today), written
            assert reading.former == (Former(written, whole=False),)


@pytest.mark.parametrize(
    "written",
    [
        "xã ia chim, tỉnh kon tum", "XA IA CHIM KON TUM", "ia chim kon tum", "iachim quangngai", "xaiachim qngai", "x. Ia Chim - Q.Ngãi",
        "Quảng Ngãi, xã Ia Chim", "dạ em ở xã ia chim tỉnh kon tum ạ", "xax ia chim quangr ngaix", "xã ia chin, kon tum", "Ia Chim commune, Quang Ngai province",
    ],
)  # fmt: skip
def test_one_commune_is_known_in_many_ways_of_writing(places: Gazetteer, written: str) -> None:
    reading = places.read(written)
    assert (reading.commune and reading.commune.name, reading.province and reading.province.name) == (
        "Xã Ia Chim",
        "Tỉnh Quảng Ngãi",
    )


@pytest.mark.parametrize(
    "written", ["tphcm", "tp hcm", "TP.HCM", "sg", "sài gòn", "Ho Chi Minh City", "tp hồ chí minh"]
)
def test_the_biggest_city_has_many_names(places: Gazetteer, written: str) -> None:
    reading = places.read(written)
    assert (reading.outcome, reading.province and reading.province.code) == (Outcome.PROVINCE, "79")


@pytest.mark.parametrize(
    "written", ["p.04, q.10, tp hcm", "P4 Q10", "phường 4 quận 10", "hcm, q10, p4", "phường 04, quận 10"]
)
def test_wards_with_a_number_are_told_by_their_district(places: Gazetteer, written: str) -> None:
    reading = places.read(written)
    assert reading.commune == places.read("Phường 4, Quận 10, Thành phố Hồ Chí Minh").commune
    assert reading.districts == ("Quận 10",)
    assert [one.name for one in reading.former] == ["Phường 4, Quận 10, Thành phố Hồ Chí Minh"]


def test_a_ward_that_had_ended_before_2025_leads_through_its_heir(places: Gazetteer) -> None:
    assert places.read("phường 6, quận 3").commune == places.read("phường Võ Thị Sáu, quận 3").commune


def test_a_name_that_several_provinces_have_is_asked_about(places: Gazetteer) -> None:
    reading = places.read("xã tân tiến")
    assert reading.outcome is Outcome.SEVERAL
    assert reading.province is None
    assert 1 < len(reading.candidates) <= MOST_CANDIDATES
    assert {one.name for one in reading.candidates} == {"Xã Tân Tiến"}


def test_the_province_tells_communes_of_one_name_apart(places: Gazetteer) -> None:
    reading = places.read("xã tân tiến, cà mau")
    assert reading.commune is not None
    assert (reading.commune.province.name, reading.guessed) == ("Tỉnh Cà Mau", False)


@pytest.mark.parametrize(
    ("written", "now"), [("Thanh Hóa", "Tỉnh Thanh Hóa"), ("Long An", "Tỉnh Tây Ninh"), ("hà nam", "Tỉnh Ninh Bình")]
)
def test_a_name_of_a_province_and_of_communes_is_the_province(places: Gazetteer, written: str, now: str) -> None:
    reading = places.read(written)
    assert (reading.outcome, reading.province and reading.province.name) == (Outcome.PROVINCE, now)


@pytest.mark.parametrize(
    ("written", "name"), [("phường long an", "Phường Long An"), ("xã Hà Nam, Hải Phòng", "Xã Hà Nam")]
)
def test_its_kind_makes_such_a_name_a_commune(places: Gazetteer, written: str, name: str) -> None:
    reading = places.read(written)
    assert reading.commune is not None
    assert reading.commune.name == name


def test_an_old_province_is_told(places: Gazetteer) -> None:
    assert places.read("tỉnh Kon Tum").former == (Former("Tỉnh Kon Tum"),)


def test_an_abolished_district_offers_the_communes_on_its_land(places: Gazetteer) -> None:
    reading = places.read("quận 5 tphcm")
    assert (reading.outcome, reading.districts) == (Outcome.PROVINCE, ("Quận 5",))
    assert {one.name for one in reading.candidates} == {"Phường Chợ Quán", "Phường An Đông", "Phường Chợ Lớn"}


def test_an_island_district_is_its_special_zone(places: Gazetteer) -> None:
    reading = places.read("huyện Lý Sơn")
    assert reading.commune is not None
    assert reading.commune.name == "Đặc khu Lý Sơn"


def test_a_commune_that_the_province_lacks_is_named(places: Gazetteer) -> None:
    reading = places.read("xã Hoa Vô Danh, tỉnh Cao Bằng")
    assert (reading.outcome, reading.unknown) == (Outcome.PROVINCE, "xã Hoa Vô Danh")


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("12 Hà Nội, phường Thuận Hóa, Huế", "12 Hà Nội"),
        ("75 phố Huế, phường Hai Bà Trưng, Hà Nội", "75 phố Huế"),
        ("số 12 đường Lê Lợi, tổ 3, phường Quảng Phú, TP Quảng Ngãi", "số 12 đường Lê Lợi, tổ 3"),
        ("12 le loi p ben nghe q1 tphcm", "12 le loi"),
        ("dạ nhà em ở thôn 3 xã ia chim ạ", "thôn 3"),
    ],
)
def test_house_and_street_are_left_over(places: Gazetteer, written: str, rest: str) -> None:
    reading = places.read(written)
    assert reading.commune is not None
    assert reading.rest == rest


@pytest.mark.parametrize(
    "written",
    ["Tokyo, Nhật Bản", "bên Mỹ", "Đài Loan", "gửi sang Đức", "12 rue de Rivoli Paris", "Quận Cam, California", "Úc"],
)
def test_places_abroad_are_told(places: Gazetteer, written: str) -> None:
    assert places.read(written).outcome is Outcome.ABROAD


@pytest.mark.parametrize(
    "written",
    [
        "đường Pháp",
        "chợ Nga",
        "anh",
        "tôi muốn làm thủ tục",
        "đường Hà Nội",
        "không biết",
        "tôi tên Nguyễn Minh Khai",
        "",
        "123",
    ],
)
def test_other_words_are_no_place(places: Gazetteer, written: str) -> None:
    assert places.read(written).outcome is Outcome.NONE


@pytest.mark.parametrize(
    ("written", "guessed"),
    [("xã Ia Chim, Quảng Ngãi", False), ("Ia Chim, Quảng Ngãi", True), ("xã Ia Chin, Quảng Ngãi", True)],
)
def test_what_has_no_kind_or_a_slip_is_a_guess(places: Gazetteer, written: str, guessed: bool) -> None:
    assert places.read(written).guessed is guessed


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=9).map("".join),
    )
)
@example("xã " * 400)
@example("tanphu" * 100)
def test_any_text_comes_to_a_reading_that_holds_together(written: str) -> None:
    reading = load_gazetteer().read(written)
    assert (reading.commune is not None) == (reading.outcome is Outcome.COMMUNE)
    assert reading.commune is None or reading.commune.province == reading.province
    assert len(reading.candidates) <= MOST_CANDIDATES
    assert reading.outcome is not Outcome.SEVERAL or len(reading.candidates) > 1
    assert reading.outcome is not Outcome.PROVINCE or reading.province is not None
