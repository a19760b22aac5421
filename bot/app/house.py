"""The assistant itself: its stores, its sentences, its dialogue."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import aiohttp

from bot.app.access import Access, make_access
from bot.app.clock import present
from bot.app.dossier_rating import make_rating
from bot.app.dossier_talk import KeptWatches, make_dossier_talk
from bot.app.dossiers import Dossiers, open_dossiers
from bot.app.feedback import Feedback, make_feedback
from bot.app.feedback_talk import Talking, make_talking
from bot.app.officials import Officials, make_officials
from bot.app.organisations import OwnersRegister, make_asking, make_organisation_store
from bot.app.owning import make_charged, make_owning
from bot.app.postal import Postal, make_postal
from bot.app.postal_slips import Slips, make_slips
from bot.app.postal_talk import Atlas, make_postal_talk
from bot.app.privacy import make_data_talk
from bot.channels.zalo_oa.held_store import HeldInteractions
from bot.checklists.links import ChecklistLinks
from bot.checklists.store import ChecklistStore
from bot.console.catalogue.shelf import Shelves
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.held_store import HeldMessages
from bot.dialogue.assistant import Assistant
from bot.dialogue.conversation import Conversation
from bot.dialogue.dossier_ports import AboutDossiers, Watches
from bot.dialogue.feedback_noticed import Notices
from bot.dialogue.feedback_ports import AboutFeedback
from bot.dialogue.field_flow import FieldFlow
from bot.dialogue.flows.batch import Business
from bot.dialogue.flows.feedback_howto import HowToOutside
from bot.dialogue.flows.registry import Outside, all_flows
from bot.dialogue.manners import Manners
from bot.dialogue.postal_heard import PostalEar
from bot.dialogue.procedure_flow import ProcedureFlow
from bot.dialogue.runner import Runner
from bot.dialogue.say_answer import AnswerVoice
from bot.dialogue.say_postal import PostalVoice
from bot.dialogue.texts import Texts, load_texts, with_own
from bot.doors.doors import Doors
from bot.dossiers.desk import Desk
from bot.dossiers.naming import NamingDesk
from bot.dossiers.organisations.asking import Asking
from bot.dossiers.organisations.store import OrganisationStore
from bot.dossiers.organisations.uploads import Uploads
from bot.dossiers.photos import Photos, QrReader
from bot.dossiers.rating.store import RatingStore
from bot.feedback.held_drafts import HeldDrafts
from bot.handover.office import load_office
from bot.handover.outlook import OpenRequests
from bot.handover.store import HandOverStore
from bot.postal.request_store import RequestStore
from bot.privacy.register import PrivacyRegister
from bot.privacy.request_store import DataRequestStore
from bot.resume.codes import new_code
from bot.resume.look import CodeLook
from bot.resume.store import ResumeStore
from bot.settings import Settings
from bot.unit_of_work import UnitOfWork, open_engine
from feedback.draft_store import DraftStore
from nlu.catalogue.live import LiveCatalogue, today_in_vietnam
from nlu.client import NluPort, RasaClient
from nlu.decision import Thresholds
from nlu.english import load_english
from nlu.fields import load_fields
from nlu.hotlines import load_hotlines
from nlu.reader import Reader

RASA_CONNECTIONS = 4
"""Parses asked for at once; the others wait here in their order. Rasa parses one at a time however many ask, and with
dozens of connections it leaves some waiting for seconds: those turns would fall back to the search."""


@dataclass(frozen=True)
class House:
    """The parts that stay together while the process runs."""

    settings: Settings
    root: Path
    """The project's folder, with ``domain.yml`` and ``config.yml``."""
    transactions: UnitOfWork
    catalogue: LiveCatalogue
    texts: Texts
    """In the agency's own wording where it has one."""
    usual: Texts
    """As they stand in ``domain.yml``."""
    dialogue: Assistant
    rasa: RasaClient | None
    kept: Kept
    dossiers: Dossiers
    photos: Photos
    """Reads QR codes in pictures; platforms enter what they fetch them with."""
    about_dossiers: AboutDossiers
    """What the talk about dossiers reads."""
    asking: Asking
    """Answers organisations."""
    uploads: Uploads
    """Reads files of dossier codes."""
    talking: Talking
    """Takes feedback in."""
    officials: Officials
    """Their accounts and sign-ins."""
    shelves: Shelves
    """The catalogue as the officials' list shows it."""
    postal: Postal
    """What is known of the public postal service."""
    slips: Slips
    """What people fill in for the post."""


def load_house_texts(root: Path, own: Path | None = None) -> Texts:
    """Read the citizens' sentences with the telephone numbers they name, in the agency's own wording where it has one."""
    return _in_own_words(load_texts(root / "domain.yml", load_hotlines()), own)


def _in_own_words(texts: Texts, own: Path | None) -> Texts:
    return with_own(texts, own) if own is not None else texts


@contextlib.asynccontextmanager
async def open_house(
    settings: Settings,
    root: Path,
    rasa_url: str | None,
    stand_ins: tuple[Desk, Watches] | None = None,
    usual: Texts | None = None,
) -> AsyncIterator[House]:
    """Put the assistant together around one database and, when given, one Rasa server.

    Args:
        settings: of this process.
        root: the project's folder.
        rasa_url: address of the Rasa server; ``None`` for catalogue search alone.
        stand_ins: what the talk about dossiers asks instead of the house's own desk and watches.
        usual: the sentences of ``domain.yml`` where they were read already.
    """
    transactions = UnitOfWork(open_engine(settings.database_url))
    catalogue = LiveCatalogue(transactions)
    usual = usual or load_house_texts(root)
    texts = _in_own_words(usual, settings.texts_file)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(transactions.close)
        connector = aiohttp.TCPConnector(limit=RASA_CONNECTIONS)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
        rasa = RasaClient(session, rasa_url) if rasa_url else None
        dossiers = await stack.enter_async_context(open_dossiers(settings, transactions))
        kept, photos = make_kept(settings, transactions, dossiers, catalogue), Photos(QrReader())
        own = NamingDesk(kept.desk, catalogue), KeptWatches(transactions, dossiers.watches)
        about = make_dossier_talk(settings, *(stand_ins or own), dossiers.time, photos, present)
        register = OwnersRegister(kept.access.stores.marks, kept.access.stores.lookups)
        asking = make_asking(settings, kept.organisations, dossiers, transactions, register)
        uploads = Uploads(photos.fetchers)
        business = Business(asking, kept.desk, uploads)
        talking = make_talking(settings, kept.feedback, transactions, catalogue, dossiers.time, photos.fetchers)
        postal = make_postal(settings, transactions, dossiers.time, kept.feedback.office.province or None, present)
        asked = make_postal_talk(settings, postal, Atlas(), catalogue, dossiers.time)
        slips = make_slips(
            settings, transactions, kept.feedback.office, kept.postal_requests, postal, asked, about.watches
        )
        dialogue = make_dialogue(settings, texts, catalogue, rasa, transactions, kept, about, business, talking, slips)
        officials = make_officials(settings, transactions, kept.feedback.office, present)
        known = (kept, dossiers, photos, about, asking, uploads, talking, officials, Shelves(transactions))
        yield House(settings, root, transactions, catalogue, texts, usual, dialogue, rasa, *known, postal, slips)


@dataclass(frozen=True)
class Kept:
    """What conversations leave behind beside their messages."""

    handovers: HandOverStore
    checklists: ChecklistStore
    codes: ResumeStore
    organisations: OrganisationStore
    dossier_ratings: RatingStore
    privacy: PrivacyRegister
    links: ChecklistLinks
    access: Access
    """Who may be told what of a dossier."""
    feedback: Feedback
    data_requests: DataRequestStore
    postal_requests: RequestStore

    @property
    def desk(self) -> Desk:
        """What the dialogue asks about dossiers."""
        return self.access.desk


def make_kept(settings: Settings, transactions: UnitOfWork, dossiers: Dossiers, catalogue: LiveCatalogue) -> Kept:
    """Put the stores together; each that keeps something about people is entered in the privacy register.

    Args:
        settings: of this process.
        transactions: of its database.
        dossiers: where they are looked up, and who watches them.
        catalogue: of procedures.
    """
    signing_key, encryption_key = settings.require_keys()
    cipher = AesGcmCipher(encryption_key.reveal())
    handovers, checklists = HandOverStore(), ChecklistStore(cipher)
    codes = ResumeStore(cipher, signing_key.reveal())
    known = (dossiers.store, dossiers.watches)
    access = make_access(settings, transactions, cipher, dossiers.sources, known, present)
    organisations, ratings = make_organisation_store(settings), RatingStore(cipher, signing_key.reveal())
    told = (HeldMessages(), handovers, checklists, codes, HeldInteractions())
    feedback = make_feedback(settings, catalogue, dossiers.time, ratings)
    requests, slips = DataRequestStore(cipher), RequestStore(cipher)
    drafts = HeldDrafts(DraftStore(cipher), feedback.attachments.drop_draft)
    holders = (*told, access.held, dossiers.watches, organisations, ratings, feedback.held, drafts, requests, slips)
    return Kept(
        handovers,
        checklists,
        codes,
        organisations,
        ratings,
        PrivacyRegister(transactions, holders),
        ChecklistLinks(settings.public_url, signing_key.reveal()),
        access,
        feedback,
        requests,
        slips,
    )


def make_dialogue(
    settings: Settings,
    texts: Texts,
    catalogue: LiveCatalogue,
    nlu: NluPort | None,
    transactions: UnitOfWork,
    kept: Kept,
    dossiers: AboutDossiers,
    business: Business,
    talking: Talking,
    slips: Slips,
) -> Assistant:
    """Put the dialogue together."""
    postal = slips.post
    flow = ProcedureFlow(
        catalogue=catalogue,
        texts=texts,
        voice=AnswerVoice(texts),
        limits=Thresholds(),
        today=today_in_vietnam,
        stale_after_days=settings.stale_after_days,
        post=PostalVoice(texts, postal),
    )
    fields = FieldFlow(load_fields(), flow.asking)
    reader = Reader(nlu, catalogue)
    talk = Conversation(reader=reader, procedures=flow, texts=texts, fields=fields)
    outside = _outside(settings, catalogue, transactions, kept, dossiers, business, talking.about(reader), slips)
    pause = timedelta(minutes=settings.staff_pause_minutes)
    manners, english = Manners(texts, pause, introduced=frozenset({"web"})), load_english()
    ear = PostalEar(postal.places, flow.limits)
    notices = Notices(talking.understands, english)
    return Assistant(talk, Runner(all_flows(outside)), manners, english, outside.requests, notices, ear)


def _outside(
    settings: Settings,
    catalogue: LiveCatalogue,
    transactions: UnitOfWork,
    kept: Kept,
    dossiers: AboutDossiers,
    business: Business,
    feedback: AboutFeedback,
    slips: Slips,
) -> Outside:
    """Return what the flows ask beside the catalogue."""
    office = kept.feedback.office
    owning = make_owning(settings, office, dossiers.time)
    charged = make_charged(settings, transactions, owning, catalogue, slips.post.places)
    return Outside(
        requests=OpenRequests(transactions, kept.handovers, owning.hours, charged.unit),
        holdings=kept.privacy,
        office=load_office(settings.office_file),
        catalogue=catalogue,
        codes=CodeLook(transactions, kept.codes, present),
        new_code=new_code,
        list_address=kept.links.address,
        today=today_in_vietnam,
        stale_after_days=settings.stale_after_days,
        dossiers=dossiers,
        business=business,
        rating=make_rating(kept.desk, kept.dossier_ratings, transactions),
        feedback=feedback,
        data=make_data_talk(transactions, kept.data_requests, office, dossiers.time),
        howto=HowToOutside(office, today_in_vietnam, settings.public_url),
        answers=kept.feedback.answered(transactions),
        own_feedback=kept.feedback.sent(transactions),
        postal=slips.post,
        slips=slips.about(feedback.procedures),
    )


def doors_of(settings: Settings) -> Doors:
    """Return the doors that the settings name."""
    return Doors(settings.public_url, settings.telegram_name, settings.zalo_oa_id)


def project_root() -> Path:
    """Return the project's folder: where ``domain.yml`` lies beside the packages."""
    return Path(__file__).resolve().parents[2]
