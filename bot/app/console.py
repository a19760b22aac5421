"""The officials' console: puts the areas' pages behind one guard and into one frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.app.clock import present
from bot.app.console_areas import about_dossiers, about_hand_overs, about_settings, hand_over_desk
from bot.app.console_knowledge import AREAS as KNOWLEDGE_AREAS
from bot.app.console_knowledge import FOLDERS as KNOWLEDGE_FOLDERS
from bot.app.console_knowledge import knowledge_pages, make_jobs
from bot.app.console_triage import AccountPeople, make_triage
from bot.app.figures import FIGURE_AREAS, FIGURE_TEMPLATES, figure_pages
from bot.app.house import House
from bot.app.officials import Officials
from bot.app.privacy import make_exporting
from bot.console.accounts import account_pages, oidc_pages
from bot.console.accounts.account_pages import AccountPages, Unit
from bot.console.accounts.carried import Envelopes
from bot.console.accounts.cookies import Cookies
from bot.console.accounts.oidc import Oidc
from bot.console.accounts.oidc_pages import OidcPages
from bot.console.accounts.own import Own
from bot.console.accounts.own_pages import OwnPages
from bot.console.accounts.sign_in_form import SignInForm
from bot.console.accounts.sign_in_pages import SignInPages
from bot.console.accounts.signins import KnownSignIns
from bot.console.audit import pages as audit_pages
from bot.console.audit.noting import GuardNotes, Noting
from bot.console.audit.pages import AuditPages
from bot.console.catalogue.tiles import KnowledgeTiles
from bot.console.configuring import pages as configuring_pages
from bot.console.data_requests import pages as data_request_pages
from bot.console.data_requests.pages import DataRequestPages
from bot.console.data_requests.tiles import DataRequestTiles
from bot.console.dossiers import due_pages
from bot.console.frame import Area, Frame
from bot.console.handover import pages as hand_over_pages
from bot.console.handover.tiles import HandOverTiles
from bot.console.home import HomePage
from bot.console.routing import Guard, OpenRoute, Route
from bot.console.triage import pages as triage_pages
from bot.console.triage.counting import Counts
from bot.console.triage.desk import TriageDesk
from bot.console.triage.pages import TriagePages
from bot.console.triage.tiles import TriageTiles
from bot.console.undelivered import pages as undelivered_pages
from bot.console.undelivered.pages import UndeliveredPages
from bot.console.undelivered.tiles import UndeliveredTiles
from bot.console.waiting import Waiting
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.ports import Transactions
from bot.keyed_hash import KeyedHash
from bot.privacy.answering import DataDesk
from bot.privacy.exporting import Exporting
from bot.settings import Settings
from feedback.office import Office

AREAS: Sequence[Area] = (
    triage_pages.AREA,
    hand_over_pages.AREA,
    due_pages.AREA,
    *KNOWLEDGE_AREAS,
    *FIGURE_AREAS,
    data_request_pages.AREA,
    undelivered_pages.AREA,
    configuring_pages.AREA,
    account_pages.AREA,
    audit_pages.AREA,
)
"""What the frame leads to, in this order: one line for each area."""
FOLDERS: Sequence[Path] = (
    Path(account_pages.__file__).parent / "templates",
    Path(audit_pages.__file__).parent / "templates",
    hand_over_pages.TEMPLATES,
    triage_pages.FOLDER,
    FIGURE_TEMPLATES,
    *KNOWLEDGE_FOLDERS,
    due_pages.TEMPLATES,
    configuring_pages.TEMPLATES,
    data_request_pages.TEMPLATES,
    undelivered_pages.TEMPLATES,
)
"""The areas' templates: one line for each area."""


@dataclass(frozen=True)
class Entrance:
    """What stands before the pages."""

    frame: Frame
    guard: Guard
    cookies: Cookies
    doors: Sequence[OpenRoute]


def make_console(house: House, engine: Engine, clock: Callable[[], datetime] = present) -> list[web.RouteDef]:
    """Return all routes of the console.

    Args:
        house: the assistant.
        engine: tells citizens what officials do.
        clock: gives the moment of each visit.
    """
    entrance = make_entrance(house.settings, house.officials, house.transactions, clock)
    return routes_of(entrance, _pages(house, engine, entrance))


def make_entrance(
    settings: Settings,
    officials: Officials,
    transactions: Transactions,
    clock: Callable[[], datetime],
    more: Sequence[Path] = (),
) -> Entrance:
    """Put the frame, the guard and the doors together.

    Args:
        settings: of this process.
        officials: their accounts and sign-ins.
        transactions: of the database.
        clock: gives the present moment.
        more: folders of further templates.
    """
    signing_key, encryption_key = settings.require_keys()
    frame, kept, steps = Frame(AREAS, (*FOLDERS, *more)), officials.kept, officials.steps
    cookies = Cookies(steps.origins)
    outside = settings.oidc.title if settings.oidc.is_set else ""
    form = SignInForm(frame, Envelopes(AesGcmCipher(encryption_key.reveal())), outside)
    signins = KnownSignIns(kept.accounts, kept.sessions, transactions, cookies, steps.limits, form, clock)
    guard = Guard(
        signins, frame, KeyedHash("console forms", signing_key.reveal()), clock, GuardNotes(transactions, kept.audit)
    )
    doors = SignInPages(steps, cookies, form, frame)
    opened = doors.routes()
    if settings.oidc.is_set:
        provider = Oidc(settings.oidc, settings.public_url + oidc_pages.BACK, clock)
        opened += OidcPages(provider, doors).routes()
    return Entrance(frame, guard, cookies, opened)


def routes_of(entrance: Entrance, pages: Sequence[Route]) -> list[web.RouteDef]:
    """Return the routes of some pages with their doors, their files, and the answer for whatever is not there."""
    guard = entrance.guard
    return [*guard.routes(pages, entrance.doors), *entrance.frame.routes(), *guard.elsewhere()]


def _pages(house: House, engine: Engine, entrance: Entrance) -> list[Route]:
    """Return the pages behind the guard: one line for each area."""
    frame = entrance.frame
    noting = Noting(house.transactions, house.officials.kept.audit)
    desk, jobs = hand_over_desk(house, engine), make_jobs(house)
    triage = triage_desk(house, frame)
    counts = Counts(triage.listing)
    register, audit = house.kept.feedback.outgoing, house.officials.kept.audit
    requests = DataDesk(house.kept.data_requests, house.kept.privacy.holders)
    waiting: list[Waiting] = [
        *(HandOverTiles(desk), TriageTiles(triage, counts), KnowledgeTiles(house.transactions)),
        *(DataRequestTiles(house.transactions, requests), UndeliveredTiles(house.transactions, register)),
    ]
    return [
        *HomePage(frame, waiting).routes(),
        *about_accounts(house.officials, house.kept.feedback.office, entrance),
        *AuditPages(house.officials.kept.audit, house.transactions, frame).routes(),
        *TriagePages(triage, counts).routes(),
        *figure_pages(house, frame, jobs),
        *knowledge_pages(house, frame, noting, jobs),
        *about_hand_overs(house, desk, frame),
        *about_dossiers(house, frame, noting),
        *DataRequestPages(house.transactions, requests, _exporting(house), audit, frame).routes(),
        *UndeliveredPages(house.transactions, register, audit, frame).routes(),
        *about_settings(house, frame, noting),
    ]


def _exporting(house: House) -> Exporting:
    """Return what makes copies of what is kept about a person."""
    kept, cipher = house.kept, AesGcmCipher(house.settings.require_keys()[1].reveal())
    feedback = kept.feedback
    return make_exporting(kept.data_requests, kept.privacy.holders, feedback.register, feedback.steps.reading, cipher)


def triage_desk(house: House, frame: Frame) -> TriageDesk:
    """Return what the pages of triage call."""
    feedback, kept = house.kept.feedback, house.officials.kept
    people = AccountPeople(kept.accounts, feedback.office)
    return make_triage(house.settings, house.transactions, feedback, frame, kept.audit, people)


def about_accounts(officials: Officials, office: Office, entrance: Entrance) -> list[Route]:
    """Return the pages about accounts, one's own and others'."""
    own = Own(officials.steps)

    def units() -> Sequence[Unit]:
        return [Unit(one.code, one.name) for one in office.units]

    return [
        *OwnPages(own, entrance.cookies, entrance.frame).routes(),
        *AccountPages(officials.administration, own, entrance.cookies, entrance.frame, units).routes(),
    ]
