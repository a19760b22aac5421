"""Taking feedback in: puts together what the dialogue, its effects and the form page need."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.clock import present
from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import Visitors
from bot.delivery.cipher import Cipher
from bot.delivery.engine import Engine
from bot.delivery.ports import Transactions
from bot.delivery.said_store import SaidStore
from bot.dialogue.feedback_ports import (
    AboutFeedback,
    ByWhen,
    FindsSimilar,
    OfficialDoors,
    Reception,
    TakesFiles,
)
from bot.dialogue.flow import Place
from bot.dialogue.ports import ReadsMessages
from bot.dialogue.texts import Texts
from bot.feedback.form_links import FormLinks
from bot.feedback.form_page import FormFiles, FormOutside, FormPage
from bot.feedback.kept_drafts import CountsFiles, KeptDrafts, no_files
from bot.settings import Settings
from feedback.draft_store import DraftStore
from feedback.intake import Intake
from feedback.office import Office
from feedback.ports import NamedProcedure, UnderstandsFeedback
from feedback.receipts import new_receipt
from feedback.record import Address, Book, Submission
from feedback.working_time.deadlines import due
from feedback.working_time.loading import WorkingTime
from feedback.working_time.zone import here
from nlu.catalogue.live import LiveCatalogue
from nlu.decision import Outcome, Thresholds, decide

READ = 400
"""Letters of a story by which the procedure is looked for."""
LIMITS = Thresholds()


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
        if decided.outcome is not Outcome.ANSWERED or read.scores.get("naming", 0.0) < LIMITS.naming:
            return None
        return await self.named(decided.services[0].codes[0]) if decided.services else None


@dataclass(frozen=True)
class TalkParts:
    """What other parts of feedback give to the talk."""

    office: Office
    understands: UnderstandsFeedback
    intake: Intake
    similar: FindsSimilar
    time: WorkingTime
    counts_files: CountsFiles = no_files
    takes_files: TakesFiles | None = None


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


def make_feedback_talk(
    settings: Settings,
    parts: TalkParts,
    transactions: Transactions,
    cipher: Cipher,
    procedures: ReadProcedures,
) -> AboutFeedback:
    """Put together what the dialogue reads."""
    links, said = form_links(settings), SaidStore(cipher)

    async def recall(ref: Ref, message: str) -> str:
        async with transactions.read() as session:
            return await said.text(session, ref, message)

    async def known(submission: Submission, at: datetime) -> str:
        async with transactions.read() as session:
            return await parts.intake.known(session, submission, at)

    def page(draft: str, at: Place) -> str:
        return links.address(draft, at.browser)

    return AboutFeedback(
        reception=lambda: reception_of(parts.office),
        understands=parts.understands,
        procedures=procedures,
        drafts=KeptDrafts(transactions, DraftStore(cipher), parts.counts_files),
        similar=parts.similar,
        by_when=lambda at: by_when(parts.time, parts.office, at),
        new_draft=lambda: secrets.token_hex(16),
        new_receipt=new_receipt,
        draft_days=parts.office.policy.draft_days,
        takes=parts.takes_files,
        page=page,
        recall=recall,
        known=known,
    )


def by_when(time: WorkingTime, office: Office, at: datetime) -> ByWhen:
    """Return until when it is passed on by law, and answered by the agency's own aim."""
    hours, province = time.hours(office.province or None), office.province or None

    def last_day(rule: str) -> datetime:
        ends = due(time.rules.on(rule, here(at).date(), province), at, hours)
        return ends.at or at

    return ByWhen(here(last_day("feedback_transfer")).date(), here(last_day("feedback_process")).date())


def make_form_page(
    settings: Settings,
    office: Office,
    transactions: Transactions,
    cipher: Cipher,
    engine: Engine,
    texts: Texts,
    files: FormFiles | None = None,
) -> FormPage:
    """Return the form page; once it is filled in, the conversation goes on by itself."""
    signing_key, _ = settings.require_keys()
    visitors = Visitors(ConversationKeys(signing_key.reveal()), settings.trust_proxy)

    async def goes_on(where: Address, draft: str, at: datetime) -> None:
        ref = Ref(where.channel, where.account, where.conversation)
        id = f"form-{draft[:12]}-{time.time_ns()}"
        await engine.receive(Inbound(ref, id, InboundKind.CHOICE, at, payload=f"do:pakn_page:{draft}"))

    outside = FormOutside(
        transactions=transactions,
        store=DraftStore(cipher),
        links=form_links(settings),
        clock=present,
        browser=visitors.opener,
        goes_on=goes_on,
        kept=timedelta(days=office.policy.draft_days),
        trial=lambda: office.book is Book.TRIAL,
        files=files,
    )
    return FormPage(outside, texts)
