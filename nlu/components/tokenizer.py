"""Splits a Vietnamese text into words with exact offsets, and gives each its folded form."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.text import expand, fold

_WORD = re.compile(r"\w+(?:[./\-]\w+)*")
"""A word; codes and numbers such as ``1.001193`` or ``H15.50-261008-0975`` stay whole."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Words as written in ``text``; in ``lemma`` lower case, without accents and with shorthand written out.

    The featurizers read the lemma, or the text when they are told ``use_lemma: false``, so one tokenizer serves
    features with and without accents.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults that Rasa's base class asks for."""
        return {
            # Intents are labels here, never split into words.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            # No further splitting of the words found.
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of one attribute; signs alone (emoji, "???") make one token of the whole text."""
        text: str = message.get(attribute)
        words = [Token(found.group(), found.start(), lemma=_lemma(found.group())) for found in _WORD.finditer(text)]
        return words or [Token(text, 0, lemma=fold(text))]


def _lemma(word: str) -> str:
    return " ".join(fold(part) for part in expand([word.lower()]))
