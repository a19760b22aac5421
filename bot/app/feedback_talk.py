"""Taking feedback in: puts together what the dialogue, its effects and the form page need."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app.clock import present
from bot.app.feedback import Feedback
from bot.app.feedback_intake import ChatFiles, FoundSimilar
from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import Visitors
from bot.delivery.cipher import AesGcmCipher, Cipher
from bot.delivery.engine import Engine
from bot.delivery.ports import Transactions
from bot.delivery.said_store import SaidStore
from bot.delivery.state_store import StateStore
from bot.dialogue.feedback_ports import (
    AboutFeedback,
    ByWhen,
    OfficialDoors,
    Reception,
)
from bot.dialogue.flow import Place
from bot.dialogue.ports import ReadsMessages
from bot.dialogue.texts import Texts
from bot.dossiers.photos import FetchesFiles
from bot.feedback.agency_names import agency_in
from bot.feedback.effects import FeedbackEffects
from bot.feedback.form_links import FormLinks
from bot.feedback.form_page import FormOutside, FormPage
from bot.feedback.kept_drafts import KeptDrafts, StaleDrafts
from bot.feedback.understanding import BorderReader
from bot.settings import Settings
from feedback.draft_store import DraftStore
from feedback.intake import Intake
from feedback.office import Office
from feedback.receipts import new_receipt
from feedback.record import Address, Book, Submission
from feedback.similar import Similar
from feedback.suggesting import NamedProcedure, UnderstandsFeedback
from feedback.working_time.deadlines import due
from feedback.working_time.loading import WorkingTime
from feedback.working_time.model import Sure
from feedback.working_time.rules import DeadlineRule
from feedback.working_time.zone import here
from nlu.catalogue.live import LiveCatalogue
from nlu.decision import Outcome, Thresholds, decide

READ = 400
"""Letters of a story by which the procedure is looked for."""
LIMITS = Thresholds()
SURELY = 0.9
"""Confidence in a procedure from which a story is taken to be about it: a story names many things beside it, so below that it
is asked."""


@dataclass(frozen=True)
class ReadProcedures:
    """See ``bot.dialogue.feedback_ports.ReadsProcedures``."""

    catalogue: LiveCatalogue
    reader: ReadsMessages

    async def named(self, code: str) -> NamedProcedure | None:
        """See ``ReadsProcedures.named``."""
        found = await self.catalogue.get(code)
        return NamedProcedure(found.code, found.name, found.field) if found is not None else None

    async def meant(self, text: str) -> NamedProcedure | None:
        """See ``ReadsProcedures.meant``."""
        read = await self.reader.read(text[:READ])
        decided = decide(read, LIMITS)
        named, sure = (read.scores.get(sign, 0.0) for sign in ("naming", "sure"))
        if decided.outcome is not Outcome.ANSWERED or named < LIMITS.naming or sure < SURELY:
            return None
        return await self.named(decided.services[0].codes[0]) if decided.services else None


@dataclass(frozen=True)
class Talking:
    """Takes feedback in: what the dialogue, its effects, retention and the form page are made of."""

    settings: Settings
    office: Office
    transactions: Transactions
    cipher: Cipher
    catalogue: LiveCatalogue
    time: WorkingTime
    intake: Intake
    files: ChatFiles
    similar: Similar
    understands: UnderstandsFeedback

    @property
    def drafts(self) -> DraftStore:
        """What is kept until it is sent."""
        return DraftStore(self.cipher)

    def about(self, reader: ReadsMessages) -> AboutFeedback:
        """Return what the dialogue reads."""
        links, said = form_links(self.settings), SaidStore(self.cipher)
        kept = KeptDrafts(self.transactions, self.drafts, self.files.count_in)

        async def recall(ref: Ref, message: str) -> str:
            async with self.transactions.read() as session:
                return await said.text(session, ref, message)

        async def known(submission: Submission, at: datetime) -> str:
            async with self.transactions.read() as session:
                return await self.intake.known(session, submission, at)

        async def full(submission: Submission, at: datetime) -> bool:
            async with self.transactions.read() as session:
                return await self.intake.full(session, submission.where, at)

        def page(draft: str, at: Place) -> str:
            return links.address(draft, at.browser)

        return AboutFeedback(
            reception=lambda: reception_of(self.office),
            understands=self.understands,
            procedures=ReadProcedures(self.catalogue, reader),
            drafts=kept,
            similar=FoundSimilar(self.transactions, self.similar, f"{self.settings.public_url}/phan-anh/"),
            by_when=lambda at: by_when(self.time, self.office, at),
            new_draft=lambda: secrets.token_hex(16),
            new_receipt=new_receipt,
            draft_days=self.office.policy.draft_days,
            takes=self.files,
            hands_over=lambda channel: channel in self.files.fetchers,
            agency_of=lambda words: agency_in(self.office, words, here(present()).date()),
            page=page,
            recall=recall,
            known=known,
            full=full,
        )

    def effects(self) -> FeedbackEffects:
        """Return what carries out what a turn does to feedback."""

        async def follows(session: AsyncSession, slug: str, where: Address, language: str, at: datetime) -> None:
            await self.similar.follow(session, slug, where, language, at)

        kept = timedelta(days=self.office.policy.draft_days)
        return FeedbackEffects(self.drafts, self.intake, follows, self.files.attachments.drop_draft, kept)

    def stale_drafts(self) -> StaleDrafts:
        """Return what deletes drafts that are too old, and their words in the conversations."""
        return StaleDrafts(self.drafts, StateStore(self.cipher).change, self.files.attachments.drop_draft)

    def form_page(self, engine: Engine, texts: Texts) -> FormPage:
        """Return the form page; once it is filled in, the conversation goes on by itself."""
        signing_key, _ = self.settings.require_keys()
        visitors = Visitors(ConversationKeys(signing_key.reveal()), self.settings.trust_proxy)

        async def goes_on(where: Address, draft: str, at: datetime) -> None:
            ref = Ref(where.channel, where.account, where.conversation)
            id = f"form-{draft[:12]}-{time.time_ns()}"
            await engine.receive(Inbound(ref, id, InboundKind.CHOICE, at, payload=f"do:pakn_page:{draft}"))

        outside = FormOutside(
            transactions=self.transactions,
            store=self.drafts,
            links=form_links(self.settings),
            clock=present,
            browser=visitors.opener,
            goes_on=goes_on,
            kept=timedelta(days=self.office.policy.draft_days),
            trial=lambda: self.office.book is Book.TRIAL,
            files=self.files,
        )
        return FormPage(outside, texts)


def make_talking(
    settings: Settings,
    feedback: Feedback,
    transactions: Transactions,
    catalogue: LiveCatalogue,
    working: WorkingTime,
    fetchers: Mapping[str, FetchesFiles],
) -> Talking:
    """Put it together."""
    _, encryption_key = settings.require_keys()
    return Talking(
        settings,
        feedback.office,
        transactions,
        AesGcmCipher(encryption_key.reveal()),
        catalogue,
        working,
        feedback.steps.intake,
        ChatFiles(transactions, feedback.attachments, fetchers),
        feedback.similar,
        BorderReader(),
    )


def reception_of(office: Office) -> Reception:
    """Return what of an office file the talk says."""
    doors = {name: getattr(office.doors, name) for name in OfficialDoors.__dataclass_fields__}
    privacy = office.privacy
    return Reception(
        book=office.book,
        agency=office.name,
        decision=office.decision,
        doors=OfficialDoors(**doors),
        controller=privacy.controller,
        contact=privacy.contact,
        servers=privacy.servers,
        retention=privacy.retention,
        version=privacy.version,
        on_page=office.policy.contact_on_page,
    )


def form_links(settings: Settings) -> FormLinks:
    """Return what makes and reads the addresses of form pages."""
    signing_key, _ = settings.require_keys()
    # Who develops has no public address, but a browser on the same machine.
    return FormLinks(settings.public_url or f"http://127.0.0.1:{settings.port}", signing_key.reveal())


def by_when(working: WorkingTime, office: Office, at: datetime) -> ByWhen:
    """Return until when it is passed on, by law or a rule of the province's own, and answered by the agency's own aim."""
    hours, province = working.hours(office.province or None), office.province or None

    def last_day(rule: DeadlineRule) -> date:
        ends = due(rule, at, hours)
        return here(ends.at or at).date()

    transfer, process = (
        working.rules.on(f"feedback_{name}", here(at).date(), province) for name in ("transfer", "process")
    )
    return ByWhen(last_day(transfer), last_day(process), transfer.sure is Sure.LAW and not transfer.province)
