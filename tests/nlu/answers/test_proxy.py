"""Whether somebody else may do it is answered from the record alone, or said not to be recorded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.answers.build import build_answer
from nlu.answers.facts import Fees, Proxy
from nlu.answers.proxy import asks_for_proxy, proxy_lines
from nlu.catalogue.model import PaperCase, RequiredPaper
from nlu.text import fold
from nlu.understanding import Aspect
from tests.factories import TODAY, procedure

PAPERS = PaperCase(title="Nhờ người khác đi làm thay:", papers=(RequiredPaper(name="Văn bản ủy quyền."),))


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "no accents"])
@pytest.mark.parametrize(
    "text",
    [
        "làm hộ được không",
        "nhờ người khác nộp thay có được không",
        "ủy quyền cho chồng đi làm thì sao",
        "con đi thay được không",
    ],
)
def test_it_is_heard_that_somebody_else_shall_do_it(text: str, write: type) -> None:
    assert asks_for_proxy(write(text))


@pytest.mark.parametrize(
    "text",
    [
        "làm hộ khẩu cần gì",
        "làm giấy ủy quyền",
        "làm hộ chiếu ở đâu",
        "hồi nhỏ bố mẹ không làm khai sinh",
        "con đi học cần gì",
        "",
    ],
)
def test_households_and_passports_are_no_proxies(text: str) -> None:
    assert not asks_for_proxy(text)


def test_what_the_record_says_is_told_in_its_words() -> None:
    record = procedure(cases=(PAPERS,), conditions="Đủ 18 tuổi. Không được ủy quyền.", steps=("Nộp hồ sơ.",))
    assert proxy_lines(record) == ("Nhờ người khác đi làm thay: Văn bản ủy quyền", "Không được ủy quyền")


def test_it_stands_before_what_is_asked_besides_and_in_the_place_of_the_conditions() -> None:
    found = build_answer(procedure(cases=(PAPERS,)), [Aspect.CONDITIONS, Aspect.FEE], TODAY, 365, proxy=True).sections
    assert [type(facts) for facts in found] == [Proxy, Fees]


def test_a_silent_record_gives_no_lines() -> None:
    assert build_answer(procedure(), [], TODAY, 365, proxy=True).sections == (Proxy(Aspect.WHO, ()),)


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    asks_for_proxy(text)
