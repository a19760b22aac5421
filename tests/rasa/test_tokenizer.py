"""Words have exact offsets, and lemmas without accents or shorthand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

from nlu.components.tokenizer import VietnameseTokenizer
from nlu.text import normalise


def tokenize(text: str) -> list[Token]:
    tokenizer = VietnameseTokenizer(VietnameseTokenizer.get_default_config())
    return tokenizer.tokenize(Message(data={"text": text}), "text")


@given(st.text(min_size=1, max_size=80).map(normalise).filter(bool))
def test_every_word_stands_where_its_offsets_say(text: str) -> None:
    words = tokenize(text)
    assert words
    assert all(text[word.start : word.end] == word.text for word in words)


def test_the_lemma_is_folded_and_shorthand_is_written_out() -> None:
    assert [word.lemma for word in tokenize("Đổi GPLX ở đâu?")] == ["doi", "giay phep lai xe", "o", "dau"]


def test_a_code_stays_one_word() -> None:
    assert [word.text for word in tokenize("mã H15.50-261008-0975.")] == ["mã", "H15.50-261008-0975"]


def test_signs_alone_make_one_token() -> None:
    assert [word.text for word in tokenize("?!")] == ["?!"]
