"""Requests that name a thing but not which of several services about it: a clerk asks back, whatever leads the ranking. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.catalogue.index_lines import Lines

SAME = 0.9
"""Balance of coverage from which a question is one of these requests."""
SPREAD = 0.8
"""Share of the confidence that is spread over the services of a request."""
LEADING = 0.4
"""Confidence from which a service stays among those of a request although it is not one of them."""

# Folded content words that neither name a thing nor tell a case: what is done to get it, what it is written on, who takes it.
_ASIDE = re.compile(
    r"\b(?:"
    r"xin|lam(?! nghiep| san| phim)|hoi(?! dong| vien| cho| phu| nghi| dap| quy|$)|ve(?! sinh| tinh)"
    r"|di(?! chuyen| tich| chuc| san| vat| doi| du | bien| lam| nuoc)|nen|(?<!ban )sao(?! y| chep| luc)|nop|gui(?! tien)"
    r"|may (?:bo|ban|loai|buoc|ngay|thang|tien)|(?:nhan|lay|tra) (?:giay phep|giay|ket qua|tien|so)|chuan(?: bi)?"
    r"|can cu(?: vao)?(?! cong)|phap luat|(?:theo )?quy dinh|danh ai|ai|cach|thanh toan(?! bao)|chuyen khoan"
    r"|chi phi|(?<!hoc )phi(?! bao ve| nong)|tien(?! gui| luong| te| chat)|ho so|giay to"
    r"|giay(?: chung nhan| phep)?|cap phep|cap(?! lai| doi| moi| ban| cao| cuu| i| ii| iii| iv| \d)"
    r"|phep(?! nam)|gap|nhanh|vao|ngay|tron goi|dich vu cong|tai nha|phuong(?! tien| an)|uy ban|(?<!tac )xa(?! hoi| nuoc)"
    r"|huong(?! dan)|che(?! bien| tao)|ca nha|loai(?! hinh)|den"
    r")\b"
)

_CASE = frozenset(["lai", "doi", "han", "sao", "thay", "chinh", "ngoai", "mat", "ho", "sua", "xac", "huy", "chuyen"])
"""Folded words that tell a case: a question with one of them is no request that lacks it, however common the word."""
_CASE_WORTH = 6.0


@dataclass(frozen=True)
class Request:
    """One request, and the services that it may mean."""

    text: str
    codes: tuple[str, ...]


def naming(content: Sequence[str]) -> tuple[str, ...]:
    """Return those content words of a question that name a thing or tell a case; all of them where none does."""
    kept = _ASIDE.sub(" ", " ".join(content)).split()
    return tuple(kept or content)


def likeness(lines: Lines, content: Sequence[str], rarity: Callable[[str], float]) -> NDArray[np.float32]:
    """Return how well every request fits a question: balance of coverage both ways.

    Args:
        lines: one per request.
        content: folded words of the question that name rather than ask.
        rarity: of a word.
    """
    rare = {word: rarity(word) for word in naming(content)}
    worth = {word: max(value, _CASE_WORTH * (word in _CASE)) for word, value in rare.items()}
    return lines.weigh(worth, rare).highest()


def shared_services(fits: NDArray[np.float32], services: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the services among which a question leaves open what is meant; none when it is no such request.

    Args:
        fits: of every request to the question.
        services: their numbers, per request; of one with fewer than two nothing is asked back.
    """
    if not len(fits):
        return ()
    best = int(fits.argmax())
    return tuple(services[best]) if fits[best] >= SAME and len(services[best]) > 1 else ()


def spread(
    order: NDArray[np.intp], shares: NDArray[np.float32], shared: Sequence[int]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Put the services of a request before the others, with most of the confidence spread over them.

    A service that clearly led the ranking stays among them although the request does not name it.

    Args:
        order: numbers of the ranked services, best first.
        shares: their confidence.
        shared: numbers of the request's services.
    """
    had = dict(zip(order.tolist(), shares.tolist(), strict=True))
    leading = [number for number, share in had.items() if share >= LEADING and number not in shared]
    weight = {number: 0.1 + had.get(number, 0.0) for number in (*leading, *shared)}
    total = sum(weight.values())
    told = {number: SPREAD * value / total for number, value in weight.items()}
    told.update({number: (1 - SPREAD) * share for number, share in had.items() if number not in told})
    ranked = sorted(told, key=lambda number: -told[number])
    return np.asarray(ranked, np.intp), np.asarray([told[number] for number in ranked], np.float32)
