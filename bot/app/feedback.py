"""Feedback under Decree 20/2008: its stores and services, bound to this house."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Protocol

from bot.app.clock import present
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.ports import Transactions
from bot.dialogue.feedback_status_ports import AboutOwnFeedback
from bot.dialogue.flows.feedback_rating import AnswerOutside, satisfaction_choices
from bot.dialogue.texts import Texts
from bot.dossiers.access.beat import Beat
from bot.dossiers.rating.store import RatingStore
from bot.feedback.after_answer import AfterAnswers
from bot.feedback.dossiers_store import DossiersOfPeriod
from bot.feedback.handing_on import HandingOn
from bot.feedback.held import HeldFeedback
from bot.feedback.notices import FeedbackNotices
from bot.feedback.status_desk import LoggedAlarms, OwnSteps, SentFeedback
from bot.feedback.understanding import TextFolder
from bot.feedback.upkeep import Upkeep
from bot.keyed_hash import KeyedHash
from bot.settings import Settings
from feedback.answer_store import AnswerStore
from feedback.asking import StatusDesk
from feedback.asking_store import AskingStore
from feedback.attachments.clamd import Clamd
from feedback.attachments.examining import Examiner, NoScanner
from feedback.attachments.files import SealedFiles
from feedback.attachments.handing_out import HandingOut
from feedback.attachments.service import Attachments, Limits
from feedback.attachments.store import AttachmentStore
from feedback.beside.note_store import NoteStore
from feedback.beside.notes import Notes
from feedback.clock_store import ClockStore
from feedback.clocks import Timer
from feedback.keeping_store import KeepingStore
from feedback.listing import Listing
from feedback.listing_store import ListingStore
from feedback.log_store import LogStore
from feedback.office import IntakeWay, Office, load_feedback_office
from feedback.outgoing_store import OutgoingStore
from feedback.patience_store import PatienceStore
from feedback.publication.service import Publishing
from feedback.publication.store import PublicationStore
from feedback.register_store import RegisterStore
from feedback.reminders import Pace, Reminders
from feedback.reports.making import Reports
from feedback.similar import Followers, Similar, WordIndex
from feedback.similar_store import SimilarStore
from feedback.standing import Standing
from feedback.steps import Outside, Steps, build_steps
from feedback.suggesting import NamedProcedure
from feedback.timekeeping import Clocks, Recompute
from feedback.word_store import WordStore
from feedback.working_time.loading import WorkingTime
from nlu.catalogue.model import Procedure

MEGABYTE = 1024 * 1024


class Catalogue(Protocol):
    """The published catalogue."""

    async def get(self, code: str) -> Procedure | None:
        """Return a procedure; ``None`` for none."""
        ...


@dataclass(frozen=True)
class CatalogueNames:
    """See ``feedback.ports.NamesProcedures``."""

    catalogue: Catalogue

    async def procedure(self, code: str) -> NamedProcedure | None:
        """See ``NamesProcedures.procedure``."""
        found = await self.catalogue.get(code)
        return NamedProcedure(found.code, found.name, found.field) if found is not None else None


@dataclass(frozen=True)
class Feedback:
    """What the house has of feedback."""

    office: Office
    register: RegisterStore
    log: LogStore
    answers: AnswerStore
    names: CatalogueNames
    steps: Steps
    """Everything that can be done to a record."""
    clocks: Clocks
    recompute: Recompute
    reminders: Reminders
    outgoing: OutgoingStore
    """What is to be told, until the delivery has it."""
    attachments: Attachments
    files: HandingOut
    """Gives officials what senders attached."""
    published: PublicationStore
    publishing: Publishing
    listing: Listing
    similar: Similar
    status: StatusDesk
    """Tells senders where their records stand."""
    reports: Reports
    keeping: KeepingStore
    held: HeldFeedback
    notes: Notes
    """What officials note for each other."""

    def unit_name(self, code: str) -> str:
        """Return a unit's name; its code when it is none of the house."""
        unit = self.office.unit(code)
        return unit.name if unit else code

    def after_answers(self, transactions: Transactions) -> AfterAnswers:
        """Return what looks at, and does, what a sender may do after an answer."""
        return AfterAnswers(
            transactions, self.register, self.log, self.steps.own, self.office.policy, self.status.owned
        )

    def own_steps(self) -> OwnSteps:
        """Return what senders do to their records from a conversation."""
        return OwnSteps(self.status, self.steps.supplementing, self.steps.own)

    def sent(self, transactions: Transactions) -> AboutOwnFeedback:
        """Return what the talk about sent feedback reads."""
        desk = SentFeedback(transactions, self.status, Beat(time.monotonic, asyncio.sleep))
        return AboutOwnFeedback(desk, self.unit_name, self.publishing.link, satisfaction_choices)

    def handing_on(self, transactions: Transactions, texts: Texts, engine: Engine) -> HandingOn:
        """Return the work that hands over to the delivery what the register has to tell."""
        tells = FeedbackNotices(texts, engine.notify, self.unit_name, self.publishing.link, satisfaction_choices)
        return HandingOn(transactions, self.outgoing, tells, engine.notify, self.office)

    def upkeep(self, transactions: Transactions, settings: Settings) -> Upkeep:
        """Return the work on the register that nobody asks for."""
        scans = bool(settings.feedback.scanner)
        return Upkeep(transactions, self.reminders, self.recompute, self.attachments, present, scans)

    def answered(self, transactions: Transactions) -> AnswerOutside:
        """Return what the dialogue asks of answered feedback."""
        policy = self.office.policy
        return AnswerOutside(self.after_answers(transactions), policy.rate_days, policy.reopen_days)


def make_feedback(settings: Settings, catalogue: Catalogue, working: WorkingTime, ratings: RatingStore) -> Feedback:
    """Put the services together.

    Args:
        settings: of this process.
        catalogue: names procedures.
        working: calendars, hours and deadline rules.
        ratings: of dossiers.

    Raises:
        OfficeFileError: the file about who receives has faults.
        ScannerAddressError: the scanner's address is none.
    """
    ground = _make_ground(settings, working)
    attachments = make_attachments(settings, ground.office, ground.cipher)
    return _make_services(ground, CatalogueNames(catalogue), attachments, ratings, settings.public_url)


@dataclass(frozen=True)
class _Ground:
    """What all services stand on: the office's rules, its time, and what is kept."""

    office: Office
    timer: Timer
    cipher: AesGcmCipher
    hashes: KeyedHash
    words: TextFolder
    register: RegisterStore
    log: LogStore
    answers: AnswerStore
    outgoing: OutgoingStore
    clock_store: ClockStore
    clocks: Clocks


def _make_ground(settings: Settings, working: WorkingTime) -> _Ground:
    signing_key, encryption_key = settings.require_keys()
    cipher, words = AesGcmCipher(encryption_key.reveal()), TextFolder()
    office = load_feedback_office(settings.feedback.office)
    hashes, clock_store = KeyedHash("feedback", signing_key.reveal()), ClockStore()
    timer = Timer(working.rules, working.hours(office.province or None), office.province)
    return _Ground(
        office=office,
        timer=timer,
        cipher=cipher,
        hashes=hashes,
        words=words,
        register=RegisterStore(cipher, hashes, words),
        log=LogStore(cipher),
        answers=AnswerStore(cipher),
        outgoing=OutgoingStore(cipher, present),
        clock_store=clock_store,
        clocks=Clocks(clock_store, timer),
    )


def _make_services(
    ground: _Ground, names: CatalogueNames, attachments: Attachments, ratings: RatingStore, public_url: str
) -> Feedback:
    register, log, words, practice = ground.register, ground.log, ground.words, ground.office.intake is IntakeWay.TRIAL
    steps, status = _make_steps(ground, names, attachments), _make_status(ground)
    published = PublicationStore(words, practice=practice)
    keeping = KeepingStore(ground.cipher, log, ground.office.policy)
    return Feedback(
        office=ground.office,
        register=register,
        log=log,
        answers=ground.answers,
        names=names,
        steps=steps,
        clocks=ground.clocks,
        recompute=Recompute(ground.clock_store, log, ground.timer),
        reminders=_make_reminders(ground),
        outgoing=ground.outgoing,
        attachments=attachments,
        files=HandingOut(steps.stepping, attachments),
        published=published,
        publishing=Publishing(published, register, steps.answering, public_url),
        listing=Listing(ListingStore(), WordStore(), words, steps.stepping.disclosure),
        similar=Similar(WordStore(), SimilarStore(), words, practice=practice),
        status=status,
        reports=Reports(log, DossiersOfPeriod(ratings), steps.stepping.disclosure),
        keeping=keeping,
        held=HeldFeedback(keeping, status, present),
        notes=Notes(NoteStore(ground.cipher), steps.stepping),
    )


def _make_steps(ground: _Ground, names: CatalogueNames, attachments: Attachments) -> Steps:
    outgoing, words = ground.outgoing, ground.words
    index = WordIndex(WordStore(), SimilarStore(), words)
    after = (ground.clocks, index, Followers(SimilarStore(), outgoing))
    outside = Outside(outgoing, outgoing, words, names, attachments, after)
    return build_steps(ground.register, ground.log, ground.answers, ground.office, outside)


def _make_status(ground: _Ground) -> StatusDesk:
    register, reopen_days = ground.register, ground.office.policy.reopen_days
    standing = Standing(register, ground.log, ground.clocks, SimilarStore(), ground.answers, reopen_days)
    return StatusDesk(AskingStore(), PatienceStore(), register, standing, ground.hashes, LoggedAlarms())


def _make_reminders(ground: _Ground) -> Reminders:
    policy, outgoing = ground.office.policy, ground.outgoing
    pace = Pace(policy.remind_days, policy.very_late_days, *(() if policy.tell_late else (frozenset[str](),)))
    return Reminders(ground.clock_store, ground.log, ground.register, ground.timer, pace, outgoing, outgoing)


def make_attachments(settings: Settings, office: Office, cipher: AesGcmCipher) -> Attachments:
    """Return what keeps files."""
    limits = Limits(office.policy.files, office.policy.file_megabytes * MEGABYTE)
    scanner = Clamd(settings.feedback.scanner) if settings.feedback.scanner else NoScanner()
    files = SealedFiles(settings.feedback.files, cipher)
    return Attachments(AttachmentStore(cipher), files, Examiner(scanner), limits)
