"""Whether words that go to several people, or to whoever must not know who wrote, name one of the senders."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from feedback.actor import Actor
from feedback.case import Case
from feedback.disclosure import Disclosure, Sight
from feedback.publication.redaction import Known, KnownKind, fold_letters, suggest, tells_of
from feedback.record import Sender
from feedback.register_store import RegisterStore
from feedback.transitions import TransitionError
from feedback.working_time.zone import here

logger = logging.getLogger(__name__)


class NamesSomebodyError(TransitionError):
    """The words name a sender to somebody else; whoever may not see senders is not told which one, nor that it is one."""


@dataclass(frozen=True)
class Naming:
    """Looks through reasons and answers before they leave."""

    register: RegisterStore
    disclosure: Disclosure

    async def of_group(self, session: AsyncSession, cases: Iterable[Case]) -> Sequence[Case]:
        """Return records with all that were merged into them: everybody who is told."""
        return [one for case in cases for one in (case, *await self.register.merged(session, case.id))]

    async def refuse(
        self, session: AsyncSession, actor: Actor, cases: Sequence[Case], said: tuple[str, str], at: datetime
    ) -> None:
        """Go on only with words that name none of the senders.

        Args:
            session: to read with.
            actor: whose words they are.
            cases: the records whose senders must not be named.
            said: what the words are (``answer``, ``reason``), and the words.
            at: now.

        Raises:
            NamesSomebodyError: they name one; or, from whom a sender is hidden, anybody at all.
        """
        part, text = said
        day = here(at).date()
        if any(self.disclosure.sight(actor, case, day) is Sight.VEILED for case in cases) and suggest(text).masks:
            raise NamesSomebodyError(_unsaid(part))
        for case in cases:
            sent = await self.register.sender(session, case)
            if not tells_of(text, _by_name(sent.sender)):
                continue
            if self.disclosure.sight(actor, case, day, sent.restricted_at is not None) is Sight.SEES:
                raise NamesSomebodyError(f"the {part} names the sender of {case.register_number}; others would read it")
            logger.warning("Feedback: words of %s named the sender of record %d, unseen by them.", actor.id, case.id)
            raise NamesSomebodyError(_unsaid(part))


def _unsaid(part: str) -> str:
    return f"the {part} still names a person; others would read it"


def _by_name(sender: Sender) -> Sequence[Known]:
    """Return what names somebody by itself: a name of one syllable and a street stand in many texts."""
    whole = [Known(text) for text in (sender.name, sender.email) if len(fold_letters(text).split()) > 1 or "@" in text]
    return [*whole, Known(sender.phone, KnownKind.NUMBER)] if sender.phone else whole
