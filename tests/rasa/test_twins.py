"""Twins are repeatable, differ from the sentence, and keep what the sentence was labelled with."""

from __future__ import annotations

from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from nlu.components.twin_importer import TwinImporter, is_twin
from nlu.components.twins import join, lose_tones, shorten, slip, twins
from nlu.text import fold, normalise

QUESTIONS = Path(__file__).parent / "fixture" / "questions.yml"
WORDS = ("làm", "giấy", "khai", "sinh", "cho", "con", "cần", "gì", "đăng", "ký", "kinh", "doanh", "hộ", "khẩu", "ở")
SENTENCES = st.lists(
    st.sampled_from(WORDS),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(SENTENCES, st.integers(0, 9), st.integers(0, 3))
def test_the_same_seed_gives_the_same_twins_and_never_the_sentence(text: str, seed: int, noisy: int) -> None:
    made = list(twins(text, seed, noisy=noisy))
    assert made == list(twins(text, seed, noisy=noisy))
    assert len(set(made)) == len(made) <= noisy + 1
    assert text not in made


@given(SENTENCES)
def test_the_folded_twin_is_the_sentence_without_accents(text: str) -> None:
    assert list(twins(text, 1, noisy=0)) == ([fold(text)] if fold(text) != text else [])


@given(st.text(max_size=60).map(normalise), st.integers(0, 5))
def test_noise_never_fails_on_any_text(text: str, seed: int) -> None:
    assert all(twin.strip() for twin in twins(text, seed, noisy=3))


@given(SENTENCES, st.integers(0, 99))
def test_each_noise_does_what_its_name_says(text: str, seed: int) -> None:
    assert fold(lose_tones(text, Random(seed))) == fold(text)
    assert len(join(text, Random(seed)).split()) >= len(text.split()) - 1
    assert abs(len(slip(text, Random(seed))) - len(text)) <= 1


def test_shorthand_replaces_whole_words_only() -> None:
    assert shorten("đổi giấy phép lái xe", Random(1)) == "đổi gplx"
    assert "không" in shorten("khôngkhí", Random(1))


def test_the_importer_keeps_intent_and_aspects_with_every_twin() -> None:
    data = TwinImporter(training_data_paths=[str(QUESTIONS)]).get_nlu_data()
    written = [one for one in data.training_examples if not is_twin(one)]
    made = [one for one in data.training_examples if is_twin(one)]
    assert len(made) > len(written)
    labels = {fold(one.get("text")): (one.get("intent"), one.get("metadata", {}).get("intent")) for one in written}
    folded = [one for one in made if one.get("text") in labels]
    assert folded
    for one in folded:
        assert (one.get("intent"), one.get("metadata", {}).get("intent")) == labels[one.get("text")]


def test_no_twin_repeats_another_sentence() -> None:
    data = TwinImporter(training_data_paths=[str(QUESTIONS)], noisy=3).get_nlu_data()
    texts = [one.get("text").lower() for one in data.training_examples]
    assert len(texts) == len(set(texts))


def test_the_file_lists_each_sentence_once_and_twins_can_be_switched_off() -> None:
    data = TwinImporter(training_data_paths=[str(QUESTIONS)], folded=False, noisy=0).get_nlu_data()
    assert not any(is_twin(one) for one in data.training_examples)
