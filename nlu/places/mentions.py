"""Finds every place that a text may name, each by itself, and weighs how much speaks for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nlu.places import weights
from nlu.places.index import LEAST, Bearer, Index
from nlu.places.slips import alike
from nlu.places.spelling import AFTER, KINDS, Level, Token, differing, said_words
from nlu.text import fold

MOST_WORDS = 7
"""Words of the longest name, with room for kinds inside."""
MOST_GUESSED = 10
"""Words of a part of an address in which slips are looked for without a kind before them; longer ones are sentences."""
LONGEST_HOUSE = 4
"""Figures of a house number; a longer one is a postal code."""
_KINDS_IN_NAMES = frozenset({"tinh", "xa", "quan"})
_NO_KINDS = frozenset({"tịnh", "tính", "tình", "xá", "xà", "quán", "quân", "quần", "quản", "phượng", "huyền"})
"""Words that look like a kind once their accents are gone."""
STREET = frozenset({
    "đường", "phố", "ngõ", "hẻm", "ngách", "kiệt", "chợ", "cầu", "lộ", "trường", "viện", "ty", "sạn", "phê", "xe", "ga", "bay",
    "nhạc", "hàng", "quán", "tiệm", "hiệu", "phim", "tiếng", "món", "cơm", "bánh", "hãng",
})  # fmt: skip
"""Words behind which a name is a street's, a market's or a dish's."""
BARE_STREET = frozenset({
    "duong", "pho", "ngo", "hem", "ngach", "kiet", "cho",
})  # fmt: skip
"""Those of them that are told without accents."""
FILLERS = frozenset({
    "da", "em", "o", "toi", "minh", "anh", "chi", "gui", "ve", "den", "tai", "la", "cho", "nha", "a", "nhe", "ben", "ngoai",
    "trong", "thuoc", "cua", "vn", "viet", "nam", "cu", "moi", "nay", "thua", "chao", "u", "ah", "vang", "que", "dang", "con",
    "song", "dia", "nhan", "ket", "qua", "giup", "voi", "gap", "lay", "tu", "ra", "vao", "day", "duoi", "tren", "xin", "hoi",
    "co", "chu", "bac", "ong", "ba", "chau", "tui", "tra", "giay", "ho", "so", "giao", "chuyen", "phat", "buu", "dien", "muon",
    "can", "nuoc", "thi",
})  # fmt: skip
"""Words (folded) around an address that belong to no name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that may name a place."""

    bearer: Bearer
    start: int
    """First word, that of the kind if one is said."""
    end: int
    """Behind the last word."""
    weight: float
    named: bool
    """Whether its kind is said."""
    mended: bool = False
    """Whether a slip was mended."""
    weak: bool = False
    """Whether it counts beside other places only: an abbreviation or a single word without a kind."""
    exact: bool = False
    """Whether it is the name as it should be, without a kind or with its own."""

    def meets(self, other: Mention) -> bool:
        """Tell whether both use a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Found:
    """The mentions of a text; slips are looked for when they are asked for, for they cost most of the time."""

    _finder: _Finder
    _exact: list[Mention]

    @cached_property
    def _known(self) -> set[int]:
        """Words of names that are written as they should be."""
        return {at for one in self._exact if one.exact for at in range(one.start, one.end)}

    @cached_property
    def exact(self) -> list[Mention]:
        """The mentions without a slip."""
        kept = [one for one in self._exact if one.named or not self._finder.elsewhere(one.start, self._known)]
        return self._placed(kept)

    @cached_property
    def all(self) -> list[Mention]:
        """Those with one slip too."""
        return [*self.exact, *self._placed(self._finder.slipped(self._known))]

    def _placed(self, mentions: Iterable[Mention]) -> list[Mention]:
        explained = {at for one in self._exact for at in range(one.start, one.end)}
        return [self._finder.placed(one, explained) for one in mentions]


def find(tokens: Sequence[Token], index: Index) -> Found:
    """Return what a text mentions."""
    finder = _Finder(tokens, index, accented=not all(one.said.isascii() for one in tokens))
    return Found(finder, _pieces_last(list(finder.exact())))


def _pieces_last(mentions: list[Mention]) -> list[Mention]:
    """Weigh down what is only a piece of a longer name, or of a longer name of its kind: "xã Bảo Lâm" in "xã Bảo Lâm 5"."""
    whole = {(one.start, one.end, one.named) for one in mentions if one.exact}

    def is_piece(one: Mention) -> bool:
        return any(
            start <= one.start
            and one.end <= end
            and end - start > one.end - one.start
            and (not one.named or (named and start == one.start))
            for start, end, named in whole
        )

    return [replace(one, weight=one.weight - weights.INSIDE) if is_piece(one) else one for one in mentions]


def names_street(token: Token) -> bool:
    """Tell whether a word makes the name behind it a street's, a market's or a dish's."""
    return token.said in STREET or (token.said.isascii() and token.said in BARE_STREET)


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    levels: frozenset[Level]
    start: int
    end: int
    """Where the stretch with its kind ends: behind an English kind."""


@dataclass(frozen=True, slots=True)
class _Finder:
    tokens: Sequence[Token]
    index: Index
    accented: bool
    """Whether the text bears accents at all."""

    def exact(self) -> Iterator[Mention]:
        for start, end, key in self._stretches():
            for bearer in self.index.names.get(key, ()):
                yield from self._mention(bearer, start, end, mended=False)
            if len(key) > 2 or self._kind(start, end) or len(self.tokens) > end - start:
                for bearer in self.index.shorthand.get(key, ()):
                    yield from self._mention(bearer, start, end, mended=False)

    def slipped(self, known: set[int]) -> Iterator[Mention]:
        """Yield mentions with one slip: behind a kind, or where a short text leaves a word unexplained."""
        for start, end, key in self._stretches(most=4):
            said = range(start, end)
            if len(key) < LEAST:
                continue
            if self._kind(start, end) is None and (
                key in self.index.names
                or all(at in known or self._filler(at) for at in said)
                or not self._short(start)
                or self.elsewhere(start, known)
            ):
                continue
            for name in self.index.near(key):
                for bearer in self.index.names[name]:
                    if alike([self.tokens[at].said for at in said], said_words(bearer.unit.own)):
                        yield from self._mention(bearer, start, end, mended=True)

    def _stretches(self, most: int = MOST_WORDS) -> Iterator[tuple[int, int, str]]:
        for start in range(len(self.tokens)):
            key = ""
            for end in range(start + 1, min(start + most, len(self.tokens)) + 1):
                if end > start + 1 and self.tokens[end - 1].breaks:
                    break
                key += self.tokens[end - 1].key
                yield start, end, key

    def _mention(self, bearer: Bearer, start: int, end: int, mended: bool) -> Iterator[Mention]:
        kind = self._kind(start, end)
        if kind is not None and bearer.unit.level in kind.levels:
            same = kind.name in (bearer.kind, bearer.unit.kind)
            loose = weights.LOOSE_KIND if bearer.unit.level == Level.PROVINCE else weights.LIKE_KIND
            worth = weights.KIND if same else loose
            yield self._weighed(bearer, kind.start, kind.end, start, end, worth, mended)
        numbered = self.tokens[start].key.isdigit() and end == start + 1
        if (kind is None or self._doubtful(kind) or self._ends_name(kind)) and not numbered:
            yield self._weighed(bearer, start, end, start, end, None, mended)

    def _weighed(
        self, bearer: Bearer, start: int, end: int, first: int, last: int, kind: float | None, mended: bool
    ) -> Mention:
        said = [token.said for token in self.tokens[first:last]]
        name = said_words(bearer.unit.own)
        letters = sum(map(len, said))
        strange = 0.0 if mended or bearer.short or bearer.other else differing(said, name, self.accented)
        weight = weights.NAME + weights.LETTER * min(letters, weights.MOST_LETTERS) + (kind or 0.0)
        weight -= strange * (weights.STRANGE if kind is None else weights.STRANGE_NAMED)
        weight -= (
            weights.SLIP * mended + weights.SHORT * bearer.short + weights.WAS_KIND * (bearer.kind != bearer.unit.kind)
        )
        weight += weights.PROVINCE * (bearer.unit.level == Level.PROVINCE)
        ended = bearer.other and bearer.unit.level == Level.COMMUNE
        weak = kind is None and (
            ((bearer.short or letters < 5) and not self._alone(first, last))
            or strange >= len(said)
            or ended
            or _is_word(bearer, said, name)
        )
        guessed = mended or bearer.short or ended
        exact = strange < 1 and not weak and not guessed
        return Mention(bearer, start, end, weight, kind is not None, guessed, weak, exact)

    def _kind(self, start: int, end: int) -> _Kind | None:
        """Return the kind said right before a name, or behind it in English."""
        for count in (2, 1):
            at = start - count
            if at < 0 or any(token.apart for token in self.tokens[at + 1 : start + 1]):
                continue
            found = KINDS.get(tuple(token.key for token in self.tokens[at:start]))
            if found and self.tokens[at].said not in _NO_KINDS:
                return _Kind(found[0], found[1], at, end)
        if end < len(self.tokens) and self.tokens[end].key in AFTER and not self.tokens[end].apart:
            name, levels = KINDS[(self.tokens[end].key,)]
            return _Kind(name, levels, start, end + 1)
        return None

    def _ends_name(self, kind: _Kind) -> bool:
        """Tell whether a kind may be the last word of the name before: "Sơn Tịnh Quảng Ngãi" without accents."""
        first = self.tokens[kind.start]
        return kind.start > 0 and not first.apart and first.said in _KINDS_IN_NAMES

    def _doubtful(self, kind: _Kind) -> bool:
        """Tell whether a kind of one letter may be the end of something else."""
        return kind.end - kind.start > 1 and len(self.tokens[kind.start].key) == 1

    def elsewhere(self, start: int, known: set[int]) -> bool:
        """Tell whether a name without a kind is a street's: behind "đường" or a house number."""
        if start == 0 or self.tokens[start].breaks:
            return False
        before = self.tokens[start - 1]
        if start - 1 not in known and names_street(before):
            return True
        if not before.key.isdigit() or start - 1 in known or len(before.key) > LONGEST_HOUSE:
            return False
        if start == 1 or before.breaks:
            return True
        ahead = self.tokens[start - 2]
        return ahead.key in ("so", "nha", "sn") or ahead.key.isdigit() or names_street(ahead)

    def placed(self, one: Mention, explained: set[int]) -> Mention:
        """Weigh what stands around a mention: words that nothing explains may be the rest of another name."""
        stranded = one.end < len(self.tokens) and not self.tokens[one.end].breaks and self._odd(one.end, explained)
        weight = one.weight - weights.STRANDED * stranded
        begun = (
            not one.named
            and one.start > 0
            and not self.tokens[one.start].breaks
            and self._odd(one.start - 1, explained)
        )
        small = one.bearer.unit.level != Level.PROVINCE
        return replace(one, weight=weight, weak=one.weak or (begun and small), exact=one.exact and not stranded)

    def _odd(self, at: int, explained: set[int]) -> bool:
        return at not in explained and not self._filler(at)

    def _filler(self, at: int) -> bool:
        return fold(self.tokens[at].said) in FILLERS or (self.tokens[at].key,) in KINDS

    def _alone(self, start: int, end: int) -> bool:
        """Tell whether a stretch is all that its part of the address says, polite words aside."""
        return all(self._filler(at) for at in (*self._before(start), *self._after(end)))

    def _before(self, at: int) -> range:
        return range(next((one for one in range(at, 0, -1) if self.tokens[one].breaks), 0), at)

    def _after(self, at: int) -> range:
        return range(
            at, next((one for one in range(at, len(self.tokens)) if self.tokens[one].breaks), len(self.tokens))
        )

    def _short(self, at: int) -> bool:
        """Tell whether the part of the address around a word is short enough to be a name."""
        return len(self._before(at)) + len(self._after(at + 1)) < MOST_GUESSED


def _is_word(bearer: Bearer, said: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether a short name of one word whose accents are not there is more likely a word: "ở quê"."""
    return (
        bearer.unit.level != Level.PROVINCE and len(said) == len(name) == 1 and len(said[0]) < LEAST and said != [*name]
    )
