"""The sentences of ``domain.yml`` by key and language; nothing else in the bot holds a sentence for citizens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.errors import BotError
from nlu.yaml_files import read_yaml


class TextsError(BotError):
    """``domain.yml`` lacks a sentence, or a sentence lacks a value."""


@dataclass(frozen=True)
class Texts:
    """Sentences by key, then by language."""

    sentences: Mapping[str, Mapping[str, str]]
    values: Mapping[str, str]
    """Filled into every sentence that names them, such as telephone numbers."""
    language: str = "vi"
    """Spoken where the caller names no other."""

    def speaking(self, language: str) -> Texts:
        """Return the same sentences, spoken in a conversation's language."""
        return self if language == self.language else replace(self, language=language)

    def render(self, key: str, language: str = "", **values: object) -> str:
        """Return a sentence with its values filled in; Vietnamese where the language has none.

        Args:
            key: of the response.
            language: "vi" or "en"; that of these texts when not given.
            values: for the words in braces.

        Raises:
            TextsError: the key is unknown or a value is missing.
        """
        variants = self.sentences.get(key)
        if variants is None:
            raise TextsError(f"domain.yml has no response {key!r}; add it under responses:")
        sentence = variants.get(language or self.language) or variants["vi"]
        try:
            return sentence.format_map({**self.values, **values})
        except KeyError as error:
            raise TextsError(
                f"response {key!r} names {error}, which the program does not give; see domain.yml"
            ) from error

    def plain(self, language: str = "vi") -> dict[str, str]:
        """Return all sentences by key with ``values`` filled in; braces that the program fills later stay."""
        found = {}
        for key, variants in self.sentences.items():
            sentence = variants.get(language) or variants["vi"]
            for name, value in self.values.items():
                sentence = sentence.replace(f"{{{name}}}", value)
            found[key] = sentence
        return found


def load_texts(path: Path, values: Mapping[str, str]) -> Texts:
    """Read the ``responses:`` of a Rasa domain file.

    Raises:
        TextsError: the file has no responses, or one without a Vietnamese text.
    """
    domain: dict[str, Any] = read_yaml(path)
    responses = domain.get("responses") or {}
    if not responses:
        raise TextsError(f"{path} has no responses:; every sentence for citizens belongs there")
    sentences: dict[str, dict[str, str]] = {}
    for key, variants in responses.items():
        by_language = {(one.get("metadata") or {}).get("language", "vi"): one["text"] for one in variants}
        if "vi" not in by_language:
            raise TextsError(f"response {key!r} in {path} has no Vietnamese text")
        sentences[key] = by_language
    return Texts(sentences, dict(values))
