"""Tells an address outside Vietnam by its country or city. Pure but for its data file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.places.mentions import FILLERS, names_street
from nlu.places.spelling import Token, differing, key_of, said_words
from nlu.text import fold
from nlu.yaml_files import read_yaml

ABROAD = Path(__file__).with_name("data") / "abroad.yml"
_LEADS = frozenset({"nuoc", "sang", "ben", "di", "qua", "tai", "o", "tu", "ve", "den"})
"""Words (folded) behind which a country's short name is a country."""
MOST_WORDS = 5


@dataclass(frozen=True)
class Abroad:
    """Names of places abroad."""

    names: Mapping[str, Sequence[tuple[str, ...]]]
    """Key → its spellings, as words."""
    short: Mapping[str, str]
    """Key of a short name → the name."""

    def find(self, tokens: Sequence[Token]) -> int | None:
        """Return behind which word of a text the last place abroad ends; ``None`` if there is none."""
        found: int | None = None
        for start in range(len(tokens)):
            key = ""
            for end in range(start + 1, min(start + MOST_WORDS, len(tokens)) + 1):
                key += tokens[end - 1].key
                if self._is_named(key, tokens, start, end):
                    found = end
        return found

    def _is_named(self, key: str, tokens: Sequence[Token], start: int, end: int) -> bool:
        said = [token.said for token in tokens[start:end]]
        if start and names_street(tokens[start - 1]) and not tokens[start].breaks:
            return False
        if any(len(said) in (1, len(name)) and not differing(said, name) for name in self.names.get(key, ())):
            return True
        return end == start + 1 and key in self.short and _counts(tokens, start, self.short[key])


def _counts(tokens: Sequence[Token], at: int, name: str) -> bool:
    """Tell whether a short name stands for the country: accents as they should be, nothing but filling words around it."""
    part_ends = (
        at + 1 == len(tokens) or tokens[at + 1].breaks or all(fold(one.said) in FILLERS for one in tokens[at + 1 :])
    )
    begins = at == 0 or tokens[at].breaks
    led = at > 0 and fold(tokens[at - 1].said) in _LEADS
    accents = tokens[at].said == name.lower() or (tokens[at].said.isascii() and led and len(name) > 2)
    sure = led or (begins and (at > 0 or len(tokens) == 1))
    return accents and part_ends and sure


def load_abroad(path: Path = ABROAD) -> Abroad:
    """Read the names."""
    data = read_yaml(path)
    names: dict[str, list[tuple[str, ...]]] = {}
    for name in data["names"]:
        names.setdefault(key_of(name), []).append(said_words(name))
    return Abroad(names, {key_of(name): name for name in data["short"]})
