"""What the report is made of: the same questions with each noise, and the fields of the right services."""

from __future__ import annotations

from bot.evaluation.cases import Case
from bot.evaluation.findings import FIELDS, NOISY, UNKNOWN_FIELD, by_field, changed_share, noisy_sets, texts_to_parse
from nlu.noise import AS_WRITTEN, NOISES
from tests.bot.evaluation.results import result

CASES = [Case(f"đăng ký khai sinh lần {number}", "answer", ("1",), "none", (), "own") for number in range(NOISY + 5)]
OTHER = Case("trời mưa", "out_of_scope", (), "none", (), "own")


def test_every_noise_is_asked_with_the_same_answerable_questions() -> None:
    sets = noisy_sets([*CASES, OTHER])
    assert list(sets) == [AS_WRITTEN, *NOISES]
    assert {len(some) for some in sets.values()} == {NOISY}
    assert set(sets[AS_WRITTEN]) < set(CASES)
    assert sets == noisy_sets([*CASES, OTHER])
    assert sets["capitals"][0].text == sets[AS_WRITTEN][0].text.upper()


def test_where_there_is_nothing_to_answer_there_is_no_noise() -> None:
    assert all(not some for some in noisy_sets([OTHER]).values())


def test_the_texts_to_parse_are_a_sample() -> None:
    assert texts_to_parse([OTHER]) == ["trời mưa"]
    assert len(texts_to_parse(CASES)) < len(CASES)


def test_the_changed_share_tells_where_a_noise_found_something_to_do() -> None:
    assert changed_share([result(text="a"), result(text="b")], [result(text="a"), result(text="B")]) == 0.5
    assert changed_share([], []) == 0.0


def test_questions_are_grouped_by_the_field_of_their_right_service_the_largest_first() -> None:
    fields = {"1": "Hộ tịch", "2": "Đất đai", "3": ""}
    asked = [
        result(accept=("2",)),
        result(accept=("9", "1")),
        result(accept=("1",)),
        result(accept=("3",)),
        result(accept=()),
        result(accept=("1",), context=("1",)),
    ]
    groups = by_field(asked, fields)
    assert {name: len(some) for name, some in groups.items()} == {"Hộ tịch": 2, UNKNOWN_FIELD: 1, "Đất đai": 1}
    assert next(iter(groups)) == "Hộ tịch"
    many = [result(accept=(str(number),)) for number in range(30)]
    assert len(by_field(many, {str(number): f"field {number}" for number in range(30)})) == FIELDS
