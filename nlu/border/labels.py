"""What a text that somebody wants to hand in can be: feedback that is registered, or something with another door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Label(str, Enum):
    """The sides of the border that domain law draws (Decree 20/2008 Articles 1, 3, 5; Laws 02/2011 and 25/2018)."""

    CONDUCT = "conduct"
    """A concrete obstacle: delay, harassment, a rule not or wrongly carried out (Article 5.1)."""
    CONTENT = "content"
    """Something is wrong with a rule itself (Article 5.2 to 5.6)."""
    RECOMMENDATION = "kien_nghi"
    """A solution or an initiative is proposed (Article 5.7 and 5.8)."""
    COMPLAINT = "khieu_nai"
    """The writer wants a decision or act that hits their own rights reviewed (khiếu nại)."""
    DENUNCIATION = "to_cao"
    """Somebody's breach of law is reported (tố cáo)."""
    FIELD_REPORT = "field_report"
    """Streets, light, rubbish, noise, water, animals (phản ánh hiện trường)."""
    LEGAL_QUESTION = "legal_question"
    """What the law says is asked; nothing is reported."""
    EMERGENCY = "emergency"
    ADVERT = "advert"
    INSULT = "insult"
    OTHER = "other"


REGISTERED = frozenset((Label.CONDUCT, Label.CONTENT, Label.RECOMMENDATION))
"""What Decree 20 lets in."""
CONDUCT_CATEGORY = 1
PROBLEMS = (2, 3, 4, 5, 6)
"""Categories of Article 5 that are about a rule: does not fit reality, inconsistent, unlawful, against a treaty, other."""
PROPOSALS = (7, 8)
"""A solution to one of the others; an initiative for a new rule."""


@dataclass(frozen=True)
class Suggested:
    """What a text seems to be."""

    label: Label
    sure: float
    """0 to 1. Below ``nlu.border.decision.SURE`` an official looks at it, whatever the label."""
    shares: Mapping[Label, float]
    """Of all labels; they add up to 1."""
    proposes: bool
    """Whether something is proposed: then it is a recommendation (kiến nghị), else a report (phản ánh)."""
    about_both: bool
    """Whether it is about conduct and a rule at once."""
    category: int | None
    """1 to 8 of Article 5; ``None`` for what is not registered."""
