"""The areas of the console, each bound to what it asks of the house."""

from __future__ import annotations

from bot.app.house import House
from bot.app.owning import make_owning
from bot.configuration.folder import FOLDER
from bot.configuration.kinds import Kind, file_of
from bot.configuration.store import ConfigurationStore
from bot.console.audit.noting import Noting
from bot.console.configuring.pages import ConfiguringPages
from bot.console.configuring.wording_pages import WordingPages
from bot.console.dossiers.due_pages import DuePages
from bot.console.dossiers.grade_pages import GradePages
from bot.console.dossiers.organisation_pages import OrganisationPages
from bot.console.dossiers.watch_pages import WatchPages
from bot.console.frame import Frame
from bot.console.handover.pages import HandOverPages
from bot.console.routing import Route
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.said_store import SaidStore
from bot.dossiers.facts import FactKeys
from bot.dossiers.officials import OfficialDossiers
from bot.dossiers.rating.rules import load_rule
from bot.feedback.understanding import TextFolder
from bot.handover.desk import HandOverDesk
from bot.handover.outlook import OpenRequests
from bot.handover.sent_files import SentFiles
from bot.settings import Settings


def hand_over_desk(house: House, engine: Engine) -> HandOverDesk:
    """Return the desk of those who answer people themselves."""
    kept = house.kept
    owning = make_owning(house.settings, kept.feedback.office, house.dossiers.time)
    mask, log = TextFolder().mask, house.officials.kept.audit.append
    return HandOverDesk(house.transactions, kept.handovers, engine, house.texts, owning, mask, log)


def about_hand_overs(house: House, desk: HandOverDesk, frame: Frame) -> list[Route]:
    """Return the pages of the hand-over desk."""
    requests = OpenRequests(house.transactions, house.kept.handovers, desk.owning.hours)
    return HandOverPages(desk, sent_files(house), frame, requests.outlook).routes()


def sent_files(house: House) -> SentFiles:
    """Return what shows the pictures and files that people send to an official: of the size and kinds of feedback's."""
    attachments, cipher = house.kept.feedback.attachments, AesGcmCipher(house.settings.require_keys()[1].reveal())
    return SentFiles(
        house.transactions,
        house.kept.handovers,
        SaidStore(cipher),
        house.photos.fetchers,
        attachments.examiner,
        attachments.limits.bytes,
        house.officials.kept.audit.append,
    )


def about_dossiers(house: House, frame: Frame, noting: Noting) -> list[Route]:
    """Return the pages about dossiers."""
    signing_key, _ = house.settings.require_keys()
    dossiers, access, transactions = house.dossiers, house.kept.access, house.transactions
    desk = OfficialDossiers(transactions, dossiers.store, dossiers.time, access.stores.marks, access.stores.lookups)
    keys = FactKeys(signing_key.reveal())
    return [
        *DuePages(desk, frame, noting.with_reason).routes(),
        *WatchPages(transactions, access.alerts, lambda: dossiers.sources.remotes, frame).routes(),
        *OrganisationPages(transactions, house.kept.organisations, keys, frame, noting.with_reason).routes(),
        *GradePages(transactions, load_rule, frame).routes(),
    ]


def about_settings(house: House, frame: Frame, noting: Noting) -> list[Route]:
    """Return the pages of the agency's settings."""
    store = ConfigurationStore()

    def own_file(kind: Kind) -> str:
        return _operators_own(house.settings, kind)

    return [
        *ConfiguringPages(house.transactions, store, house.usual, own_file, frame, noting.with_reason).routes(),
        *WordingPages(house.transactions, store, house.usual, frame, noting.with_reason).routes(),
    ]


def _operators_own(settings: Settings, kind: Kind) -> str:
    """Return what the operator's own file says; empty for none, or where the agency's own version stands for it."""
    path = file_of(kind, settings)
    return path.read_text("utf-8") if path is not None and path.parent != FOLDER and path.is_file() else ""
