"""The triage of feedback in the console, bound to this house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.feedback import Feedback
from bot.channels.contract import InboundKind, Ref
from bot.console.accounts.account_store import AccountStore
from bot.console.audit.noting import NotesActions
from bot.console.frame import Frame
from bot.console.roles import register_roles
from bot.console.triage.desk import Beside, KnowsPeople, Person, Spoken, TriageDesk
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Transactions
from bot.delivery.talk_store import Line, TalkStore
from bot.feedback.understanding import TextFolder
from bot.settings import Settings
from feedback.beside.filter_store import FilterStore
from feedback.beside.template_store import TemplateStore
from feedback.beside.templates import Templates
from feedback.beside.viewer_store import ViewerStore
from feedback.office import Office
from feedback.record import Address
from feedback.similar import Groups
from feedback.similar_store import SimilarStore
from feedback.word_store import WordStore

NOT_TEXT = {
    InboundKind.TEXT: "",
    InboundKind.IMAGE: "(ảnh)",
    InboundKind.FILE: "(tệp)",
    InboundKind.VOICE: "(tiếng nói)",
    InboundKind.LOCATION: "(vị trí)",
    InboundKind.CONTACT: "(danh thiếp)",
}
TAPPED = "(bấm nút)"


@dataclass(frozen=True)
class OfficePeople:
    """The officials that the office file names; until a house has accounts."""

    office: Office

    async def people(self, session: AsyncSession) -> Sequence[Person]:
        """See ``KnowsPeople.people``."""
        return [Person(one.id, one.id, one.unit, one.roles) for one in self.office.officials]


@dataclass(frozen=True)
class AccountPeople:
    """See ``KnowsPeople``: those who have an account that opens, beside those of the office file."""

    accounts: AccountStore
    office: Office

    async def people(self, session: AsyncSession) -> Sequence[Person]:
        """See ``KnowsPeople.people``."""
        listed = [one.official for one in await self.accounts.listed(session) if one.disabled_at is None]
        found = [Person(one.account, one.name, one.unit, register_roles(one.roles)) for one in listed]
        known = {one.account for one in found}
        others = await OfficePeople(self.office).people(session)
        return [*found, *(one for one in others if one.account not in known)]


@dataclass(frozen=True)
class KeptTalks:
    """See ``ReadsTalks``: the delivery's messages."""

    store: TalkStore

    async def around(self, session: AsyncSession, where: Address, since: datetime, until: datetime) -> Sequence[Spoken]:
        """See ``ReadsTalks.around``."""
        ref = Ref(where.channel, where.account, where.conversation)
        return [Spoken(one.at, one.citizen, _words(one)) for one in await self.store.around(session, ref, since, until)]


def _words(one: Line) -> str | None:
    if one.text is None or one.kind is None:
        return one.text
    return one.text or NOT_TEXT.get(one.kind, TAPPED)


def make_triage(
    settings: Settings,
    transactions: Transactions,
    feedback: Feedback,
    frame: Frame,
    looks: NotesActions,
    people: KnowsPeople | None = None,
) -> TriageDesk:
    """Put together what the pages of triage call.

    Args:
        settings: of this process.
        transactions: of its database.
        feedback: the register.
        frame: renders pages.
        looks: where looks at personal data are written down.
        people: who can be given something; those of the office file for none.
    """
    cipher, words = AesGcmCipher(settings.require_keys()[1].reveal()), TextFolder()
    return TriageDesk(
        transactions=transactions,
        frame=frame,
        office=feedback.office,
        register=feedback.register,
        steps=feedback.steps,
        listing=feedback.listing,
        clocks=feedback.clocks,
        bounds=feedback.reminders.bounds,
        attachments=feedback.attachments,
        files=feedback.files,
        published=feedback.published,
        publishing=feedback.publishing,
        groups=Groups(WordStore(), SimilarStore(), words),
        names=feedback.names,
        words=words,
        beside=Beside(feedback.notes, Templates(TemplateStore()), FilterStore(cipher), ViewerStore()),
        people=people or OfficePeople(feedback.office),
        looks=looks,
        talks=KeptTalks(TalkStore(cipher)),
    )
