"""Which procedures citizens ask about without being understood: for officials who review procedures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.catalogue.model import base_code
from nlu.learning.review import Reason
from nlu.learning.store import Met, ReviewStore

MOST = 5000
"""Questions that are looked at, those met most often."""


@dataclass
class Failed:
    """Questions about one procedure."""

    count: int = 0
    """How often they were met since they stand on the list."""
    reasons: dict[Reason, int] = field(default_factory=dict)
    questions: list[Met] = field(default_factory=list)
    """Most often met first."""

    def take(self, met: Met) -> None:
        """Count a question."""
        self.count += met.count
        self.reasons[met.reason] = self.reasons.get(met.reason, 0) + met.count
        self.questions.append(met)


async def failed_by_procedure(session: AsyncSession, since: datetime, until: datetime) -> Mapping[str, Failed]:
    """Return what was asked and not understood, by the national part of the procedure's code.

    A question counts for the procedure that a reviewer or the citizen said, else for the one under discussion, else for
    the one that it resembles most.
    """
    return gathered(await ReviewStore(session).met_between(since, until, MOST))


async def failed_of(session: AsyncSession, since: datetime, until: datetime, code: str) -> Failed:
    """Return the same of one procedure, by the national part of its code."""
    return gathered(await ReviewStore(session).met_between(since, until, MOST, code)).get(code, Failed())


def gathered(questions: Sequence[Met]) -> Mapping[str, Failed]:
    """Put questions to their procedures; what resembles none is left out. Pure."""
    found: dict[str, Failed] = {}
    for met in questions:
        code = met.decided or met.suggested or met.context or met.nearest
        if code:
            found.setdefault(base_code(code), Failed()).take(met)
    return found
