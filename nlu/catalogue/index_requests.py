"""Requests that name a thing but not which of several services about it: a clerk asks back, whatever leads the ranking. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_lines import Lines

SAME = 0.95
"""Balance of coverage from which a question is one of these requests."""
SPREAD = 0.8
"""Share of the confidence that is spread over the services of a request."""


@dataclass(frozen=True)
class Request:
    """One request, and the services that it may mean."""

    text: str
    codes: tuple[str, ...]


def shared_services(
    lines: Lines, services: Sequence[Sequence[int]], worth: Mapping[str, float], rarity: Mapping[str, float]
) -> tuple[int, ...]:
    """Return the services among which a question leaves open what is meant; none when it is no such request.

    Args:
        lines: one per request.
        services: their numbers, per request; of one with fewer than two nothing is asked back.
        worth: content words of the question with their weight times rarity.
        rarity: of the same words.
    """
    if not services or not worth:
        return ()
    balance = lines.weigh(worth, rarity).highest()
    best = int(balance.argmax())
    return tuple(services[best]) if balance[best] >= SAME and len(services[best]) > 1 else ()


def spread(
    order: NDArray[np.intp], shares: NDArray[np.float32], shared: Sequence[int]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Put the services of a request before the others, with most of the confidence spread over them.

    Args:
        order: numbers of the ranked services, best first.
        shares: their confidence.
        shared: numbers of the request's services.
    """
    had = dict(zip(order.tolist(), shares.tolist(), strict=True))
    weight = {number: 0.1 + had.get(number, 0.0) for number in shared}
    total = sum(weight.values())
    told = {number: SPREAD * value / total for number, value in weight.items()}
    told.update({number: (1 - SPREAD) * share for number, share in had.items() if number not in told})
    ranked = sorted(told, key=lambda number: -told[number])
    return np.asarray(ranked, np.intp), np.asarray([told[number] for number in ranked], np.float32)
