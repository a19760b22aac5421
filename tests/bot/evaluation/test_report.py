"""The figures of an evaluation: ranks, shares and aspects, counted as their definition says."""

from __future__ import annotations

import json

import pytest

from bot.evaluation.report import as_json, figures, summarise, table
from nlu.understanding import Candidate
from tests.bot.evaluation.results import result


def test_the_rank_is_the_place_of_the_first_right_code() -> None:
    assert result("right", "b").rank == 0
    assert result("a", "b", "right").rank == 2
    assert result("a").rank >= 10
    assert result().rank >= 10
    assert result("a", "also", accept=("right", "also")).rank == 1


def test_any_code_of_a_service_makes_it_right() -> None:
    joined = result(candidates=(Candidate("a", 0.5), Candidate("b", 0.4, members=("b", "right"))))
    assert joined.rank == 1


def test_a_choice_is_right_when_a_right_service_is_among_what_it_offers() -> None:
    found = figures(
        [
            result("a", outcome="choose", options=(("a",), ("b", "right"))),
            result("right", outcome="choose", options=(("a",), ("b",))),
            result("right", outcome="choose"),
            result("right"),
        ]
    )
    assert (found["asked back"], found["choice"], found["right among options"]) == (0.75, 0.5, 0.25)


def test_recall_counts_the_right_code_within_the_first_one_three_and_ten() -> None:
    found = figures([result("right"), result("a", "right"), result("a", "b", "c", "right"), result("a")])
    assert (found["R@1"], found["R@3"], found["R@10"]) == (0.25, 0.5, 0.75)


def test_questions_without_a_right_code_are_not_counted_in_recall() -> None:
    found = figures([result("right"), result("a", accept=(), kind="clarify", outcome="choose")])
    assert found["R@1"] == 1.0
    assert found["asked back"] == 0.5
    assert figures([result("a", accept=())])["R@1"] is None


def test_the_outcomes_are_shares_of_all_questions() -> None:
    outcomes = (
        "answered",
        "details_missing",
        "choose",
        "declined",
        "not_in_catalogue",
        "emergency",
        "other_flow",
        "choose",
    )
    found = figures([result("right", outcome=outcome) for outcome in outcomes])
    assert (found["answered"], found["asked back"], found["declined"]) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize(
    ("understood", "right"),
    [
        (("fee",), True),
        (("fee", "time"), True),
        (("time", "fee"), True),
        (("time", "fee", "where"), False),
        (("fee", "time", "where"), False),
        (("time",), False),
        ((), False),
    ],
)
def test_an_aspect_is_right_with_at_most_one_other(understood: tuple[str, ...], right: bool) -> None:
    assert result(aspect="fee", aspects=understood).aspect_right is right


def test_the_aspect_none_is_not_scored() -> None:
    assert result(aspect="none", aspects=("fee",)).aspect_right is None
    assert figures([result(aspect="none")])["aspect"] is None
    assert figures([result(aspect="none"), result(aspect="fee", aspects=("fee",))])["aspect"] == 1.0


def test_latencies_are_told_as_median_and_95th_percentile() -> None:
    found = figures([result(milliseconds=float(number)) for number in range(1, 101)])
    assert found["p50 ms"] == 50.5
    assert found["p95 ms"] == 96.0
    assert figures([])["p50 ms"] is None


def test_the_summary_is_per_kind_and_the_table_names_sources_when_there_are_several() -> None:
    results = [result("right"), result("a", source="other"), result("right", kind="follow_up")]
    assert set(summarise(results)) == {"answer", "follow_up"}
    lines = table(results).splitlines()
    assert [line.split("  ")[0].strip() or line.split()[0] for line in lines[1:]] == [
        "answer",
        "dev",
        "other",
        "follow_up",
    ]
    assert len({len(line) for line in lines}) == 1


def test_the_report_has_the_documented_form() -> None:
    body = json.loads(json.dumps(as_json([result("right", "b", aspects=("fee",))])))
    assert set(body) == {"summary", "cases"}
    assert body["cases"] == [
        {
            "text": "câu hỏi",
            "kind": "answer",
            "accept": ["right"],
            "outcome": "answered",
            "candidates": [
                {"code": "right", "score": 1.0, "members": ["right"]},
                {"code": "b", "score": 0.9, "members": ["b"]},
            ],
            "options": [],
            "confidence": 0.0,
            "signs": {},
            "intent": "ask_procedure",
            "aspects": ["fee"],
            "milliseconds": 10.0,
        }
    ]
