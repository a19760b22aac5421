"""What people say about each procedure: for the yearly review of procedures. Masked words alone; nothing of a sender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.ports import FoldsText
from feedback.record import Book
from feedback.reports import by_procedure_store
from feedback.reports.making import READERS
from feedback.reports.story import Period
from feedback.similarity import Text, groups

TEXTS = 300
"""The newest ones of a procedure, which are grouped."""
EXCERPT = 300


@dataclass(frozen=True)
class Theme:
    """Something that several say."""

    count: int
    example: str
    """Masked words of the first one, cut short."""


@dataclass(frozen=True)
class Themes:
    """What is said about one procedure."""

    looked_at: int
    themes: Sequence[Theme]
    """The most frequent first."""
    single: Sequence[str]
    """Some of what only one says, the newest first."""


@dataclass(frozen=True)
class ByProcedure:
    """Reads it from the register."""

    folds: FoldsText

    async def counts(
        self, session: AsyncSession, actor: Actor, book: Book, period: Period
    ) -> Mapping[str, Counter[int]]:
        """Return how many records of a period name each procedure, by category (0 while nobody said).

        Raises:
            NotAllowedError: the actor may read no reports.
        """
        actor.require(*READERS)
        return await by_procedure_store.counts(session, book, period)

    async def themes(
        self, session: AsyncSession, actor: Actor, book: Book, period: Period, codes: Sequence[str], single: int = 3
    ) -> Themes:
        """Return what is said about a procedure.

        Args:
            session: to read with.
            actor: who asks.
            book: the register.
            period: of entry.
            codes: of the procedure, as records name it.
            single: how many of those that stand alone.

        Raises:
            NotAllowedError: the actor may read no reports.
        """
        actor.require(*READERS)
        texts = await by_procedure_store.masked(session, book, period, codes, actor.id, TEXTS)
        found = groups({number: Text.of(self.folds.fold(text)) for number, text in texts.items()})
        together = {number for group in found for number in group}
        alone = [_cut(text) for number, text in sorted(texts.items(), reverse=True) if number not in together]
        themes = [Theme(len(group), _cut(texts[group[0]])) for group in found]
        return Themes(len(texts), themes, alone[:single])


def _cut(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
