"""Compares two groupings of codes into families: what joined, what split, and how far two of them agree. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Grouping = Mapping[str, str]
"""Name of the family of every code."""


@dataclass(frozen=True)
class FamilyDiff:
    """What became of the families between two groupings, told of the codes that both know."""

    before: int
    after: int
    """How many families there are."""
    joined: tuple[tuple[tuple[str, ...], ...], ...]
    """For each family that holds codes of several earlier ones: their codes, one group for each earlier family."""
    split: tuple[tuple[tuple[str, ...], ...], ...]
    """For each earlier family whose codes lie in several now: its codes, one group for each present family."""


@dataclass(frozen=True)
class Agreement:
    """How far a grouping agrees with another one, in pairs of codes that are one service."""

    compared: int
    """Codes that both know; only these count."""
    common: int
    extra: tuple[tuple[str, str], ...]
    """Pairs that only ours joins."""
    missing: tuple[tuple[str, str], ...]
    """Pairs that only the other one joins."""

    @property
    def precision(self) -> float:
        """Share of our pairs that the other one has too; 1 when we have none."""
        return self.common / (self.common + len(self.extra)) if self.common or self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of the other one's pairs that we have too; 1 when it has none."""
        return self.common / (self.common + len(self.missing)) if self.common or self.missing else 1.0


def members(grouping: Grouping) -> dict[str, tuple[str, ...]]:
    """Return the codes of each family, in their order."""
    found: dict[str, list[str]] = {}
    for code in sorted(grouping):
        found.setdefault(grouping[code], []).append(code)
    return {family: tuple(codes) for family, codes in found.items()}


def compare_groupings(old: Grouping, new: Grouping) -> FamilyDiff:
    """Say which families joined and which split."""
    both = old.keys() & new.keys()
    before, after = ({code: grouping[code] for code in both} for grouping in (old, new))
    return FamilyDiff(
        before=len(set(old.values())),
        after=len(set(new.values())),
        joined=tuple(_divided(after, before)),
        split=tuple(_divided(before, after)),
    )


def _divided(whole: Grouping, parts: Grouping) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Give the families of ``whole`` that the other grouping divides."""
    for codes in members(whole).values():
        groups = tuple(members({code: parts[code] for code in codes}).values())
        if len(groups) > 1:
            yield groups


def agreement(ours: Grouping, theirs: Grouping) -> Agreement:
    """Compare two groupings pair by pair."""
    both = ours.keys() & theirs.keys()
    mine, other = (set(_pairs({code: grouping[code] for code in both})) for grouping in (ours, theirs))
    return Agreement(len(both), len(mine & other), tuple(sorted(mine - other)), tuple(sorted(other - mine)))


def _pairs(grouping: Grouping) -> Iterable[tuple[str, str]]:
    for codes in members(grouping).values():
        yield from itertools.combinations(codes, 2)


def diff_lines(diff: FamilyDiff, names: Mapping[str, str], limit: int | None) -> Iterator[str]:
    """Write the difference for an official.

    Args:
        diff: the difference.
        names: of the procedures, by code.
        limit: most examples; ``None`` for all.
    """
    changes = f"gộp {len(diff.joined)}, tách {len(diff.split)}"
    yield f"Nhóm dịch vụ: {diff.after} (trước: {diff.before}); {changes}."
    told = [("gộp", groups) for groups in diff.joined] + [("tách", groups) for groups in diff.split]
    for word, groups in told[:limit]:
        parts = " | ".join(", ".join(codes) for codes in groups)
        yield f"  {word}: {parts}  {names.get(groups[0][0], '')}".rstrip()
    if limit is not None and len(told) > limit:
        yield f"  … và {len(told) - limit} nhóm nữa (xem hết: --all)"
