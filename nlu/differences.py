"""What tells procedures of one kind apart: again or first, foreign or not, for whom, at which level. Pure.

Names carry the difference ("cấp lại", "có yếu tố nước ngoài"); so do a citizen's short answers ("làm lại", "với người nước
ngoài"). Both are read into the same ``Profile``, so that an answer in words finds the procedure it means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlu.catalogue.index_features import core_name
from nlu.catalogue.model import Level, Procedure
from nlu.difference_words import BARE, FILLING, NAMED, NO, SAID, Dimension
from nlu.text import expand, fold, has_accents, normalise, tokens, words

Profile = Mapping[Dimension, frozenset[str]]
"""What a procedure is in each dimension; a dimension that says nothing of it is absent."""

_LEVELS = {Level.CENTRAL: "central", Level.PROVINCE: "province", Level.COMMUNE: "commune"}
ALIKE = 0.6
"""Share of the shorter subject's words from which two names speak of the same thing."""


@dataclass(frozen=True)
class Wish:
    """What a short message says of these dimensions."""

    wanted: Profile
    refused: Profile
    ages: frozenset[int]
    """Ages that were named."""
    rest: tuple[str, ...]
    """Folded words that are neither a difference nor mere filling."""

    @property
    def empty(self) -> bool:
        """Whether nothing was wanted or refused."""
        return not self.wanted and not self.refused


def profile(procedure: Procedure) -> Profile:
    """Read what a procedure is from its name, levels and applicants."""
    found = dict(_named(procedure.name))
    found[Dimension.ACTION] = found[Dimension.ACTION] or frozenset({"first"})
    found[Dimension.FOREIGN] = found[Dimension.FOREIGN] or frozenset({"domestic"})
    if not found[Dimension.WHO] and procedure.applicants:
        found[Dimension.WHO] = frozenset(
            {"company"} if all("oanh nghiệp" in one for one in procedure.applicants) else set()
        )
    found[Dimension.LEVEL] = frozenset(_LEVELS[level] for level in procedure.levels if level in _LEVELS)
    return {dimension: values for dimension, values in found.items() if values}


@lru_cache(maxsize=16384)
def subject(name: str) -> frozenset[str]:
    """Return the folded words that name the thing itself, without level and without what is done to it."""
    plain = normalise(name).lower()
    for dimension in (Dimension.ACTION, Dimension.FOREIGN, Dimension.AGE, Dimension.WAY):
        for pattern in NAMED[dimension].values():
            plain = re.sub(pattern, " ", plain)
    kept = frozenset(core_name(plain).split())
    return kept - BARE or kept


def same_subject(one: str, other: str) -> bool:
    """Tell whether two names speak of the same thing, whatever is done to it."""
    mine, theirs = subject(one), subject(other)
    return len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))


def closeness(one: str, other: str) -> float:
    """Return the share of the words of both subjects that they have in common."""
    mine, theirs = subject(one), subject(other)
    return len(mine & theirs) / (len(mine | theirs) or 1)


def bare_name(name: str) -> str:
    """Return a name without what is done to the thing and without "có yếu tố nước ngoài"; for searching its siblings."""
    plain = normalise(name).lower()
    for dimension in (Dimension.ACTION, Dimension.FOREIGN, Dimension.AGE):
        for pattern in NAMED[dimension].values():
            plain = re.sub(pattern, " ", plain)
    return re.sub(r"[\s,;/]+", " ", plain).strip()


def telling_apart(profiles: Sequence[Profile]) -> tuple[Dimension, ...]:
    """Return the dimension that tells most of the procedures apart, and a second one where it tells more; else none."""
    if len(profiles) < 2:
        return ()
    usable = [
        dimension
        for dimension in Dimension
        if all(dimension in one for one in profiles) and _differ(dimension, {one[dimension] for one in profiles})
    ]
    chosen: tuple[Dimension, ...] = ()
    for _ in range(2):
        kinds = {dimension: _kinds(profiles, (*chosen, dimension)) for dimension in usable}
        best = max(usable, key=lambda one: kinds[one], default=None)
        if best is None or kinds[best] <= _kinds(profiles, chosen):
            break
        chosen = (*chosen, best)
    return chosen


def _differ(dimension: Dimension, kinds: set[frozenset[str]]) -> bool:
    """Tell whether it can be asked: more than one kind, and (but for actions, which names join) none within two of them."""
    apart = dimension is Dimension.ACTION or sum(map(len, kinds)) == len(frozenset().union(*kinds))
    return len(kinds) > 1 and apart


def _kinds(profiles: Sequence[Profile], dimensions: Sequence[Dimension]) -> int:
    return len({tuple(one[dimension] for dimension in dimensions) for one in profiles})


def ages(name: str) -> frozenset[int]:
    """Return the ages that a name draws a line at."""
    plain = normalise(name).lower()
    return frozenset(
        int(found) for pattern in NAMED[Dimension.AGE].values() for found in re.findall(pattern, plain) if found
    )


def read_wish(text: str) -> Wish:
    """Read a short message: what of the dimensions it wants, what it refuses, and what else it says."""
    said = expand(words(normalise(text)))
    line = " ".join(said)
    wish = _read_line(line, line, folded=not has_accents(line))
    bare = fold(line)
    mixed = wish.empty and has_accents(line) and len(bare) == len(line)
    return _read_line(bare, line, folded=True) if mixed else wish


def _read_line(line: str, written: str, *, folded: bool) -> Wish:
    wanted: dict[Dimension, frozenset[str]] = {}
    refused: dict[Dimension, frozenset[str]] = {}
    numbers: set[int] = set()
    covered = [False] * len(line)
    for dimension, table in SAID.items():
        for value, pattern in table.items():
            for match in re.finditer(rf"\b(?:{fold(pattern) if folded else pattern})(?!\w)", line):
                if any(covered[slice(*match.span())]) and not _again(dimension, value):
                    continue
                if folded and not _may_mean(written[slice(*match.span())]):
                    continue
                covered[slice(*match.span())] = [True] * len(match[0])
                no = NO.search(fold(line[: match.start()]))
                into = refused if no else wanted
                into[dimension] = into.get(dimension, frozenset()) | {value}
                numbers.update(int(group) for group in match.groups() if group)
    left = "".join(" " if hit else letter for letter, hit in zip(line, covered, strict=True))
    rest = tuple(word for word in map(fold, left.split()) if word not in FILLING)
    return Wish(wanted, refused, frozenset(numbers), rest)


def _may_mean(written: str) -> bool:
    """Tell whether words found without accents may be meant: not where each has its own ("dạ rồi" is no "đã rơi")."""
    return any(word.isascii() for word in written.split())


def _again(dimension: Dimension, value: str) -> bool:
    """Tell whether a value may share its words with another: "hết hạn" is both to exchange and to extend."""
    return (dimension, value) == (Dimension.ACTION, "extend")


def fits(wish: Wish, name: str, one: Profile, dimensions: Sequence[Dimension] = tuple(Dimension)) -> bool:
    """Tell whether a procedure is what a wish says, in these dimensions."""
    for dimension in dimensions:
        have = one.get(dimension, frozenset())
        wanted = wish.wanted.get(dimension, frozenset())
        if wanted and not wanted & have:
            return False
        if have and have <= wish.refused.get(dimension, frozenset()):
            return False
    named = ages(name)
    return not (wish.ages and named and Dimension.AGE in wish.wanted and not wish.ages & named)


def narrowed(wish: Wish, procedures: Sequence[Procedure], titles: Sequence[str] = ()) -> tuple[Procedure, ...]:
    """Return those of the offered procedures that a short answer means; none when it answers nothing.

    The answer must speak of the offered ones alone: a word that none of their names has makes it a question of its own.

    Args:
        wish: the answer.
        procedures: offered.
        titles: under which they were offered, in the same order; their words count as the names' own.
    """
    shown = titles or [""] * len(procedures)
    known = [frozenset(tokens(f"{one.name} {title}")) for one, title in zip(procedures, shown, strict=True)]
    everywhere = frozenset.intersection(*known) if known else frozenset()
    if not known or any(not any(word in name for name in known) for word in wish.rest):
        return ()
    telling = frozenset(wish.rest) - everywhere
    profiles = [profile(one) for one in procedures]
    differing = [one for one in Dimension if len({each.get(one, frozenset()) for each in profiles}) > 1]
    if not telling and not any(one in wish.wanted or one in wish.refused for one in differing):
        return ()
    found = tuple(
        one
        for one, each, name in zip(procedures, profiles, known, strict=True)
        if telling <= name and fits(wish, one.name, each, differing)
    )
    return _exactly(wish, found) if len(found) < len(procedures) else ()


def _exactly(wish: Wish, found: tuple[Procedure, ...]) -> tuple[Procedure, ...]:
    """Prefer those that are what was said and nothing else: "đổi" before "đổi, cấp lại"."""
    exact = tuple(
        one
        for one in found
        if all(values == profile(one).get(dimension, values) for dimension, values in wish.wanted.items())
    )
    return exact or found


@lru_cache(maxsize=16384)
def _named(name: str) -> Profile:
    plain = normalise(name).lower()
    return {dimension: _values(plain, table) for dimension, table in NAMED.items()}


def _values(name: str, table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(value for value, pattern in table.items() if re.search(pattern, name))
