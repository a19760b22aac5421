"""What files call fields, states and slips: read from ``data/words.yml`` and an operator's own table of states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from bot.dossiers.importing.errors import DossierFileError
from bot.dossiers.record import ApplicantKind, SlipKind, Status
from nlu.text import fold
from nlu.yaml_files import read_yaml

WORDS = Path(__file__).with_name("data") / "words.yml"
Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Words:
    """Meanings by words in the form of ``plain``."""

    fields: Mapping[str, str]
    """Official names of fields."""
    step_fields: Mapping[str, str]
    slip_fields: Mapping[str, str]
    states: Mapping[str, Status]
    applicants: Mapping[str, ApplicantKind]
    channels: Mapping[str, int]
    slip_kinds: Mapping[str, SlipKind]
    sheets: Mapping[str, str]
    """``steps`` or ``slips``."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    source: str
    sure: str
    fields: dict[str, tuple[str, ...]]
    step_fields: dict[str, tuple[str, ...]]
    slip_fields: dict[str, tuple[str, ...]]
    states: dict[Status, tuple[str, ...]]
    applicants: dict[ApplicantKind, tuple[str, ...]]
    channels: dict[int, tuple[str, ...]]
    slip_kinds: dict[SlipKind, tuple[str, ...]]
    sheets: dict[str, tuple[str, ...]]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a word without accents, capitals and everything but letters and digits."""
    return "".join(character for character in fold(text) if character.isalnum())


def load_words(states: Path | None = None) -> Words:
    """Read the words.

    Args:
        states: an operator's YAML file of a vendor's states, ``text or number: 1-10``; it goes before ours.

    Raises:
        DossierFileError: that file cannot be read or maps to something else.
    """
    file = msgspec.convert(read_yaml(WORDS), _File, strict=False)
    words = Words(
        fields=_named(file.fields),
        step_fields=_named(file.step_fields),
        slip_fields=_named(file.slip_fields),
        states=_numbered(file.states),
        applicants=_numbered(file.applicants),
        channels=_numbered(file.channels),
        slip_kinds=_named(file.slip_kinds),
        sheets=_named(file.sheets),
    )
    return words if states is None else replace(words, states={**words.states, **_vendor_states(states)})


def _named(table: Mapping[Meaning, Sequence[str]]) -> dict[str, Meaning]:
    named = {plain(name): meaning for meaning, names in table.items() for name in names}
    return named | {plain(str(meaning)): meaning for meaning in table}


def _numbered(table: Mapping[Meaning, Sequence[str]]) -> dict[str, Meaning]:
    return _named(table) | {str(int(number)): number for number in table}  # type: ignore[call-overload]


def _vendor_states(path: Path) -> dict[str, Status]:
    try:
        table = msgspec.convert(read_yaml(path), dict[str | int, int])
    except OSError as error:
        raise DossierFileError(f"{path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise DossierFileError(f"{path} must be YAML in UTF-8 with lines such as “Đang giải quyết: 4”") from error
    wrong = [str(word) for word, number in table.items() if not 1 <= number <= len(Status) - 1]
    if wrong:
        raise DossierFileError(f"{path}: states are the numbers 1 to 10; look at {', '.join(wrong)}")
    return {plain(str(word)): Status(number) for word, number in table.items()}
