"""Reads hurried words as what a catalogue says: Telex keys, teencode, words run together, slips, lost accents. Pure.

Only a message with a word that neither the names nor the sayings of the catalogue have is looked at; then the likeliest
reading of the whole line is taken: how odd each way of writing is (``index_slips``) against how usual the words are after
one another (``index_usage``). A name or a number stays as it is, since no reading of it is likely.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nlu.catalogue.index_english import in_vietnamese
from nlu.catalogue.index_shorthand import READINGS
from nlu.catalogue.index_slips import TELEX, marks_cost, respelt, slip_cost, without_telex
from nlu.catalogue.index_usage import LONGEST, Usage, shortened, spoken
from nlu.text import SHORTHAND, fold

UNKNOWN, UNKNOWN_LETTER, UNKNOWN_LONG = 8.0, 1.2, 2.4
"""What it costs to believe that a word is one that the catalogue never says, for each of its letters, and of those beyond a syllable's."""
ELSEWHERE = 2.0
"""How much less it costs when a paper or a question of the catalogue has it."""
NO_SPACE = 1.5
"""For each space left out."""
SHORT = 2.0
"""For each reading of shorthand that comes to mind before the one meant."""
SLIP = 3
"""Letters from which slips of the finger are looked for; shorter words have too many neighbours."""
LIGHT = 1.5
"""Cost up to which a word counts as one with its accents left out, and nothing else is looked for."""
BEAM = 6
"""Readings of what went before that are kept at each step."""

Link = tuple["Link | None", tuple[str, ...]] | None


@dataclass(frozen=True)
class _Arc:
    """One way to read what stands between two places."""

    end: int
    words: tuple[str, ...]
    cost: float
    keep: bool = False
    """Whether it is the word as it stands, about which usage has nothing to say."""


@dataclass(frozen=True)
class Repair:
    """Knows how a catalogue's words are used."""

    written: Usage
    """As they are written."""
    elsewhere: Container[str]
    """Folded words that the catalogue has anywhere."""

    @classmethod
    def of(cls, lines: Iterable[Sequence[str]], elsewhere: Container[str]) -> Repair:
        """Learn the usage of lines, and prepare what the first hurried citizen would otherwise wait for."""
        repair = cls(Usage.of(lines), elsewhere)
        repair.mend(["đăngkýy"])
        return repair

    @cached_property
    def plain(self) -> Usage:
        """Usage without accents."""
        return self.written.folded()

    def mend(self, said: Sequence[str]) -> list[str]:
        """Return the words of a message, with what can be mended mended; other words are returned as they were."""
        accented = any(not word.isascii() for word in said if word not in SHORTHAND)
        told = in_vietnamese(said, self.written.pairs)
        usage = self.written if accented else self.plain
        said = told if accented else [fold(word) for word in told]
        if all(self._at_home(word, usage) for word in said):
            return list(said)
        careless = accented and any(word not in usage.counts and fold(word) in usage.spellings for word in said)
        return self._likeliest(said, usage, careless)

    def _at_home(self, word: str, usage: Usage) -> bool:
        if word in READINGS:
            return False
        return word in usage.counts or not word.isalpha() or word in SHORTHAND

    def _likeliest(self, said: Sequence[str], usage: Usage, careless: bool) -> list[str]:
        states: dict[str, tuple[float, Link]] = {"": (0.0, None)}
        for word in said:
            states = _read(states, len(word), self._arcs(word, usage, careless), usage)
        link = min(states.values(), key=lambda state: state[0])[1]
        parts: list[tuple[str, ...]] = []
        while link is not None:
            link, words = link
            parts.append(words)
        return [word for words in reversed(parts) for word in words]

    def _arcs(self, word: str, usage: Usage, careless: bool) -> Mapping[int, Sequence[_Arc]]:
        """Return the ways to read a word, by where in it they begin."""
        end = len(word)
        if word in READINGS:
            readings = (*READINGS[word], word)
            return {0: [_Arc(end, self._words(one, usage), SHORT * place) for place, one in enumerate(readings)]}
        if word in SHORTHAND and word not in usage.counts:
            return {0: [_Arc(end, self._words(SHORTHAND[word], usage), 0.0)]}
        if not word.isalpha():
            return {0: [_Arc(end, (word,), 0.0, keep=True)]}
        if word in usage.counts:
            variants = usage.spellings.get(word, ()) if careless and word.isascii() else ()
            others = [_Arc(end, (one,), marks_cost(word, one)) for one in variants if one != word]
            return {0: [_Arc(end, (word,), 0.0), *others]}
        return self._unknown(word, usage)

    def _words(self, text: str, usage: Usage) -> tuple[str, ...]:
        return tuple((text if usage is self.written else fold(text)).split())

    def _unknown(self, word: str, usage: Usage) -> Mapping[int, Sequence[_Arc]]:
        end = len(word)
        kept = UNKNOWN + UNKNOWN_LETTER * min(end, LONGEST) + UNKNOWN_LONG * max(0, end - LONGEST)
        kept -= ELSEWHERE if fold(word) in self.elsewhere else 0.0
        best: dict[str, float] = {}
        for one, cost in self._meant(word, usage):
            best[one] = min(cost, best.get(one, cost))
        arcs: dict[int, list[_Arc]] = {0: [_Arc(end, (word,), kept, keep=True)]}
        arcs[0].extend(_Arc(end, self._words(SHORTHAND.get(one, one), usage), cost) for one, cost in best.items())
        for start in range(end):
            for stop in range(start + 1, min(end, start + LONGEST) + 1):
                if (start, stop) != (0, end) and (piece := word[start:stop]) in usage.counts and spoken(piece):
                    arcs.setdefault(start, []).append(_Arc(stop, (piece,), NO_SPACE if stop < end else 0.0))
        return arcs

    def _meant(self, word: str, usage: Usage) -> Iterator[tuple[str, float]]:
        """Yield what an unknown word may mean, with the cost of its being written so."""
        accented, plain = usage is self.written, fold(word)
        toned = [(one, marks_cost(word, one)) for one in usage.spellings.get(plain, ())]
        yield from toned
        if any(cost <= LIGHT for _, cost in toned):
            return
        for one in without_telex(word):
            meant = one if accented else fold(one)
            if meant in usage.counts:
                yield meant, TELEX
        for one, cost in self._spelt(plain):
            if one in SHORTHAND:
                yield one, cost
            yield from (
                (full, cost + marks_cost(word, full))
                for full in usage.spellings.get(one, ())
                if accented or full == one
            )

    def _spelt(self, plain: str) -> Iterator[tuple[str, float]]:
        """Yield folded words that a folded one may be when it is spelt by ear, in teencode, or with a slip."""
        yield from respelt(plain)
        if len(plain) >= SLIP:
            near = dict.fromkeys(one for short in (plain, *shortened(plain)) for one in self.plain.near.get(short, ()))
            yield from ((one, cost) for one in near if (cost := slip_cost(plain, one)) is not None)


def _read(
    states: Mapping[str, tuple[float, Link]], length: int, arcs: Mapping[int, Sequence[_Arc]], usage: Usage
) -> dict[str, tuple[float, Link]]:
    """Go on from the best readings of what went before over one word, maybe in pieces."""
    places: list[dict[str, tuple[float, Link]]] = [{} for _ in range(length + 1)]
    places[0] = dict(states)
    for at in range(length):
        if not places[at] or at not in arcs:
            continue
        best = sorted(places[at].items(), key=lambda state: state[1][0])[:BEAM]
        for arc in arcs[at]:
            for last, (cost, link) in best:
                total, before = cost + arc.cost, last
                if arc.keep:
                    before = arc.words[-1]
                else:
                    for word in arc.words:
                        total += usage.surprise(before, word)
                        before = word
                if before not in places[arc.end] or total < places[arc.end][before][0]:
                    places[arc.end][before] = (total, (link, arc.words))
    return places[length]
