"""Topics of the post are fitted on the project's own sentences, by situations; what is measured is never learned from."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from nlu.fitting import post_topics
from nlu.fitting.post_topics import DATA, Told, cross_validated, fit, known_signs, own_sentences, report, twins
from nlu.fitting.written import dumped
from nlu.linear_signs import LinearSigns
from nlu.post.model import COLUMNS, PostModel, PostReading
from nlu.post.topic import Topic
from nlu.text import fold

LOST = ("bưu điện làm mất giấy", "bưu tá làm mất thư", "mất giấy dọc đường", "làm mất hồ sơ")
PRICE = ("cước gửi bao nhiêu", "gửi hết bao nhiêu", "giá cước bao nhiêu", "bao nhiêu một lần gửi")
HELD_OUT = Path(post_topics.__file__).parents[1] / "data" / "questions" / "post.jsonl"


def told(text: str, topic: Topic, situation: str = "", *, after: bool = False) -> Told:
    return Told(text, topic, after, situation or text)


def few() -> list[Told]:
    return [*(told(text, Topic.LOSS) for text in LOST), *(told(text, Topic.PRICE) for text in PRICE)]


def test_what_is_fitted_tells_its_own_sentences_apart_and_writes_the_same_each_time() -> None:
    data = fit(few())
    model = PostModel(LinearSigns.from_json(data, COLUMNS))

    assert [model.read(fold(text)).topic for text in LOST] == [Topic.LOSS] * len(LOST)
    assert [model.read(fold(text)).topic for text in PRICE] == [Topic.PRICE] * len(PRICE)
    assert dumped(data) == dumped(fit(few()))
    assert json.loads(dumped(data)) == data


def test_a_sign_is_learned_from_only_when_it_stands_in_enough_situations() -> None:
    same = [told("mất rồi", Topic.LOSS, "one"), told("mất thật", Topic.LOSS, "one"), told("mất", Topic.LOSS, "two")]

    assert "mat" not in known_signs(same)
    assert "mat" in known_signs([*same, told("mất nữa", Topic.LOSS, "three")])


def test_a_sentence_is_heard_without_accents_and_after_talk_of_the_post_too() -> None:
    made = twins([told("cước gửi", Topic.PRICE), told("nhieu vay", Topic.PRICE, after=True)])

    assert [(one.text, one.after, one.weight) for one in made] == [("cuoc gui", False, 1.0), ("cước gửi", True, 0.5)]


def test_no_sentence_is_judged_by_a_model_that_has_seen_its_situation(monkeypatch: pytest.MonkeyPatch) -> None:
    taught: list[set[str]] = []

    def fake_fit(some: list[Told]) -> dict[str, dict[str, object]]:
        taught.append({one.situation for one in some})
        return {"bias": {}, "weights": {}}

    def fake_read(_: PostModel, text: str, *, after: bool = False) -> PostReading:
        assert text not in taught[-1]
        return PostReading(dict.fromkeys(Topic, 0.0))

    monkeypatch.setattr(post_topics, "fit", fake_fit)
    monkeypatch.setattr(PostModel, "read", fake_read)

    assert len(cross_validated(few(), [told("chào", Topic.OTHER)])) == len(few())
    assert all("chào" in some for some in taught)


def test_the_report_says_what_is_taken_for_the_post_and_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    sure = {topic: PostReading({**dict.fromkeys(Topic, 0.0), topic: 1.0}) for topic in Topic}
    report([told("a", Topic.LATE), told("b", Topic.OTHER)], [sure[Topic.LATE], sure[Topic.LATE]], wrong=True)

    said = capsys.readouterr().out
    assert "right 0.500 of 2; about the post and taken so 1.000; not about it and taken for it 1.000" in said
    assert "other → late 1.00 b" in said


def test_every_topic_has_sentences_alone_and_after_and_none_stands_in_two_topics() -> None:
    own = own_sentences(DATA)
    topics: dict[tuple[str, bool], set[Topic]] = {}
    for one in own:
        topics.setdefault((one.text.lower(), one.after), set()).add(one.topic)

    assert {text for text, found in topics.items() if len(found) > 1} == set()
    for after in (False, True):
        assert min(Counter(one.topic for one in own if one.after is after)[topic] for topic in Topic) >= 20


def test_no_sentence_of_the_held_out_set_is_learned_from() -> None:
    own = {fold(one.text.lower()) for one in own_sentences(DATA)}
    held_out = [json.loads(line) for line in HELD_OUT.read_text("utf-8").splitlines()]

    assert len(held_out) == 140
    assert [one["text"] for one in held_out if fold(one["text"].lower()) in own] == []
