"""The sentences of ``domain.yml`` by key and language; nothing else in the bot holds a sentence for citizens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Any

from bot.errors import BotError
from feedback.file_faults import FileFault, FileFaultsError
from feedback.file_reading import UnreadableFileError, read_plain
from nlu.yaml_files import read_yaml


class TextsError(BotError, FileFaultsError):
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


def with_own(texts: Texts, path: Path) -> Texts:
    """Return sentences in an agency's own wording where a file has one.

    Args:
        texts: all of them.
        path: YAML: by the key of the response, the wording by language. It names the values of the sentence that it
            replaces and no others, so that nothing that a citizen must be told is lost.

    Raises:
        TextsError: the file is no such file, or a wording names other values; every fault is named at once.
    """
    try:
        own = read_plain(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise TextsError(f"{path} cannot be read: {error}") from error
    except UnreadableFileError as error:
        raise TextsError(f"{path} cannot be read: {error}", [error.fault]) from error
    if not isinstance(own, dict):
        no_mapping = FileFault("texts.form", "must hold sentences by key and language", line=1)
        raise TextsError(f"{path} {no_mapping.said}", [no_mapping])
    faults: list[FileFault] = []
    sentences = {key: dict(variants) for key, variants in texts.sentences.items()}
    for key, variants in own.items():
        known = sentences.get(key)
        if known is None or not isinstance(variants, dict) or not variants.keys() <= {"vi", "en"}:
            said = f"{key}: there is no such response, or its wording is not by language (vi, en)"
            faults.append(FileFault("texts.key", said, str(key), values={"key": str(key)}))
            continue
        for language, wording in variants.items():
            fault = fault_of(known.get(language) or known["vi"], wording)
            if fault:
                values = {**fault.values, "key": key, "language": language}
                said = f"{key} ({language}): {fault.said}"
                faults.append(FileFault(fault.key, said, str(wording or key), values=values))
            else:
                known[language] = wording
    if faults:
        raise TextsError(f"{path}: " + "; ".join(one.said for one in faults), faults)
    return replace(texts, sentences=sentences)


def fault_of(sentence: str, wording: object) -> FileFault | None:
    """Return why a wording cannot stand for a sentence; ``None`` when it can."""
    if not isinstance(wording, str) or not wording.strip():
        return FileFault("wording.empty", "is empty")
    try:
        named = names_in(wording)
    except ValueError:
        return FileFault("wording.brace", "has a brace that opens or closes nothing")
    missing, foreign = sorted(names_in(sentence) - named), sorted(named - names_in(sentence))
    if not missing and not foreign:
        return None
    parts = [f"lacks {{{name}}}" for name in missing] + [f"has {{{name}}}, which is not given" for name in foreign]
    values = {"missing": _braced(missing), "foreign": _braced(foreign)}
    return FileFault("wording.names", ", ".join(parts), values=values)


def _braced(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def names_in(sentence: str) -> frozenset[str]:
    """Return the values that a sentence names.

    Raises:
        ValueError: a brace stands alone.
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


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
