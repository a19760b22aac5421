"""Decides what a reading of a message allows: answer, ask back, or say that it is not known. Pure.

Procedures that are one service to a citizen are one candidate (``nlu.catalogue.families``), so that a question is not asked
back only because the portal lists a service several times.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlu.catalogue.model import base_code
from nlu.understanding import Aspect, Candidate, Intent, Understander, Understanding


class Outcome(StrEnum):
    """What a turn came to; the names are those of the evaluation report."""

    ANSWERED = "answered"
    CHOOSE = "choose"
    DETAILS_MISSING = "details_missing"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    DECLINED = "declined"
    EMERGENCY = "emergency"
    OTHER_FLOW = "other_flow"


@dataclass(frozen=True)
class Thresholds:
    """Where the lines are drawn; fitted on the development questions, see docs/adr/0004-decision.md."""

    in_scope: float = 0.5
    """Below this confidence (``scope_confidence``) no procedure is offered."""
    in_scope_alone: float = 0.75
    """The same while Rasa is away and only the ranking speaks."""
    ranking_weight: float = 1.0
    """How much the ranking's log-odds count in the blend …"""
    words_weight: float = -1.04
    """… and those of the out-of-scope intents …"""
    blend_bias: float = -2.08
    doubtful: float = 0.25
    """Below this confidence of the ranking alone nothing is answered without asking back: the catalogue may lack it."""
    sure: float = 0.6
    """Confidence that the first service is meant from which it is answered without asking back."""
    ambiguous: float = 0.5
    """Confidence that a clerk would ask back from which it is asked back however sure the ranking is."""
    surely_outside: float = 0.9
    """Confidence of the out-of-scope intents below which a request known to be asked back about is in scope: "vũ khí"."""
    option: float = 0.03
    """Share below which a service is not offered as an option."""
    weak: float = 0.07
    """Part of the best service's share below which another is not offered beside it: up to here no right option of the
    development questions is lost, and one in eight goes that nobody meant."""
    naming: float = 0.65
    """Confidence from which a message names a service of its own although another is under discussion."""
    still_fits: float = 0.03
    """Share of confidence from which the procedure under discussion still fits the words, and is kept."""
    maybe_another: float = 0.35
    """Confidence from which another service is offered as a button beside the answer about the present one, and from which
    a message that asks no aspect goes over to it."""
    barely_another: float = 0.05
    """The same for a procedure question that asks nothing about the present one, but tells a situation of its own."""
    clearly_another: float = 0.4
    """The same confidence, when the message fits the other service clearly."""
    clear_share: float = 0.7
    """Share of confidence from which a message fits another service clearly."""
    nameless: float = 0.08
    """Below it a first message names no service at all: it is asked which one is meant."""


@dataclass(frozen=True)
class Service:
    """Candidates that are one service, the best first."""

    codes: tuple[str, ...]
    name: str
    share: float


@dataclass(frozen=True)
class Decision:
    """What to do with a procedure question."""

    outcome: Outcome
    services: tuple[Service, ...]
    """One when answered; one to five when a choice is offered; none when it must be asked which one is meant."""


def services(candidates: Sequence[Candidate]) -> tuple[Service, ...]:
    """Return the candidates as services, the best first."""
    found = [Service(candidate.codes, candidate.name, candidate.score) for candidate in candidates]
    return tuple(sorted(found, key=lambda service: -service.share))


def scope_confidence(read: Understanding, limits: Thresholds) -> float:
    """Return the confidence that a procedure of the catalogue answers, from the ranking and from the words."""
    if read.by is Understander.SEARCH:
        return read.in_scope
    total = limits.ranking_weight * _log_odds(read.in_scope) + limits.words_weight * _log_odds(read.out_of_scope)
    return 1 / (1 + math.exp(-total - limits.blend_bias))


def in_scope(read: Understanding, limits: Thresholds) -> bool:
    """Tell whether a procedure may be offered for a message."""
    floor = limits.in_scope_alone if read.by is Understander.SEARCH else limits.in_scope
    requested = read.scores.get("ambiguous", 0.0) >= 1 and read.out_of_scope < limits.surely_outside
    return bool(read.candidates) and (requested or scope_confidence(read, limits) >= floor)


def decide(read: Understanding, limits: Thresholds) -> Decision:
    """Decide on a message that may ask about a procedure, when none is under discussion."""
    if not in_scope(read, limits):
        unknown = read.intent is Intent.ASK_PROCEDURE and not read.candidates
        return Decision(Outcome.NOT_IN_CATALOGUE if unknown else Outcome.DECLINED, ())
    if read.aspects and read.scores.get("naming", 1.0) < limits.nameless:
        return Decision(Outcome.CHOOSE, ())
    ranked = services(read.candidates)
    if answerable(read, limits):
        return Decision(Outcome.ANSWERED, (ranked[0],))
    floor = max(limits.option, limits.weak * ranked[0].share)
    options = tuple(service for service in ranked if service.share >= floor)[:5]
    return Decision(Outcome.CHOOSE, options or ranked[:1])


def answerable(read: Understanding, limits: Thresholds) -> bool:
    """Tell whether the first service may be answered without asking back: it is surely meant, and no other may be."""
    share = read.candidates[0].score
    return (
        read.scores.get("sure", share) >= limits.sure
        and read.scores.get("ambiguous", 0.0) < limits.ambiguous
        and read.in_scope >= limits.doubtful
    )


def names_another(read: Understanding, current: str, limits: Thresholds) -> bool:
    """Tell whether a message names a procedure of its own, rather than going on about the one under discussion.

    Args:
        read: the message.
        current: code of the procedure under discussion.
        limits: the fitted thresholds.
    """
    if not read.candidates or _is_one(read.candidates[0].codes, current):
        return False
    fits = sum(one.score for one in read.candidates if _is_one(one.codes, current))
    naming = read.scores.get("naming", 0.0)
    tells = read.intent is Intent.ASK_PROCEDURE and not set(read.aspects) - {Aspect.OVERVIEW}
    if tells and naming >= limits.barely_another and in_scope(read, limits):
        return fits < limits.still_fits  # "con tui mới đẻ": it asks nothing about the present one, and fits another
    # Going on means to ask something about it: a message that asks for no aspect more likely begins anew.
    clear = in_scope(read, limits) and services(read.candidates)[0].share >= limits.clear_share
    floor = limits.clearly_another if clear else limits.naming if read.aspects else limits.maybe_another
    return fits < limits.still_fits and naming >= floor


def other_service(read: Understanding, current: str, limits: Thresholds) -> Service | None:
    """Return the service that a message kept with the present procedure may have meant instead."""
    if not in_scope(read, limits) or read.scores.get("naming", 0.0) < limits.maybe_another:
        return None
    best = services(read.candidates)[0]
    return None if _is_one(best.codes, current) else best


def _is_one(codes: Sequence[str], current: str) -> bool:
    """Tell whether a procedure is of a service."""
    return any(base_code(code) == base_code(current) for code in codes)


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))
