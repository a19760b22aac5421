"""A request that leaves open which service is meant is asked back; one that names a service is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nlu.catalogue.index import Index
from nlu.catalogue.index_build import build_index
from nlu.catalogue.index_requests import Request, naming, spread
from nlu.catalogue.services import Entry

HOUSEHOLD = Entry("1.000001", "Đăng ký thành lập hộ kinh doanh")
COMPANY = Entry("1.000002", "Đăng ký thành lập công ty trách nhiệm hữu hạn")
OTHER = Entry("1.000003", "Đăng ký khai sinh")
REQUESTS = (
    Request("đăng ký kinh doanh", ("1.000001", "1.000002")),
    Request("đăng ký khai sinh", ("1.000003", "1.000002")),
    Request("giấy phép rượu", ("9.999998", "9.999999")),
)


def index() -> Index:
    return build_index([HOUSEHOLD, COMPANY, OTHER], 1, requests=REQUESTS)


def test_all_services_of_the_request_come_first_with_the_confidence_spread_over_them() -> None:
    found = index().rank("Đăng ký kinh doanh cần giấy tờ gì")
    assert {one.code for one in found.candidates[:2]} == {"1.000001", "1.000002"}
    assert found.features["ambiguous"] == 1.0


def test_accents_do_not_matter() -> None:
    assert index().rank("dang ky kinh doanh o dau").features["ambiguous"] == 1.0


def test_who_says_the_whole_name_of_a_service_is_not_asked_back() -> None:
    found = index().rank("đăng ký khai sinh")
    assert found.candidates[0].code == "1.000003"
    assert found.features["ambiguous"] < 1.0


def test_a_request_whose_services_the_catalogue_lacks_changes_nothing() -> None:
    assert index().rank("giấy phép rượu").features.get("ambiguous", 0.0) < 1.0


def test_the_index_read_back_asks_back_the_same() -> None:
    again = Index.from_bytes(index().to_bytes())
    assert again.rank("đăng ký kinh doanh") == index().rank("đăng ký kinh doanh")


def test_spreading_keeps_the_better_one_first_and_loses_no_confidence() -> None:
    order, shares = spread(np.asarray([4, 7, 9]), np.asarray([0.3, 0.2, 0.1], np.float32), (9, 7))
    assert order.tolist() == [7, 9, 4]
    assert abs(float(shares.sum()) - (0.8 + 0.2 * 0.3)) < 1e-6


def test_words_that_only_ask_do_not_hide_a_request() -> None:
    # The words must be known, as they are in any real catalogue; unknown ones are taken for slips and mended.
    known = replace(OTHER, questions=("khai sinh nộp mấy bộ hồ sơ, phí chuyển khoản được không, ở xã",))
    found = build_index([HOUSEHOLD, COMPANY, known], 1, requests=REQUESTS)
    for asked in (
        "đăng ký kinh doanh nộp mấy bộ hồ sơ",
        "phí đăng ký kinh doanh, chuyển khoản được không",
        "xin cấp giấy chứng nhận đăng ký kinh doanh ở xã",
    ):
        assert found.rank(asked).features["ambiguous"] == 1.0, asked


def test_a_word_that_tells_a_case_is_no_part_of_a_request_that_lacks_it() -> None:
    assert index().rank("đổi đăng ký kinh doanh").features["ambiguous"] < 1.0


def test_naming_keeps_what_there_is_when_all_words_only_ask() -> None:
    assert naming(("xin", "giay", "phep")) == ("xin", "giay", "phep")
    assert naming(("xin", "giay", "phep", "ruou")) == ("ruou",)


def test_a_service_that_clearly_leads_stays_among_those_of_a_request() -> None:
    order, shares = spread(np.asarray([4, 7, 9]), np.asarray([0.7, 0.2, 0.1], np.float32), (9, 7))
    assert order.tolist() == [4, 7, 9]
    assert shares[0] < 0.6
