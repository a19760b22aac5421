"""Slips for the post: puts together what the dialogue, its effects, the pages and the letters need."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aiohttp import web

from bot.app.clock import present
from bot.app.postal import Postal
from bot.channels.contract import Inbound, InboundKind, Ref
from bot.channels.web.keys import ConversationKeys
from bot.channels.web.visitors import Visitors
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.engine import Engine
from bot.delivery.ports import Transactions
from bot.delivery.state_store import StateStore
from bot.dialogue.dossier_ports import Watches
from bot.dialogue.feedback_ports import ReadsProcedures
from bot.dialogue.flow import Place
from bot.dialogue.flows.post_slip import OPENS
from bot.dialogue.post_slip_ports import AboutSlips, SlipNotice
from bot.dialogue.postal_ports import AboutPostal
from bot.dialogue.texts import Texts
from bot.feedback.form_links import FormLinks
from bot.postal.kept_requests import KeptRequests, StaleSlips
from bot.postal.party_page import PATH, PartyOutside, PartyPage
from bot.postal.posting import Posting
from bot.postal.receivers import Receivers
from bot.postal.request import PostalRequest, new_request_number
from bot.postal.request_effects import SlipEffects
from bot.postal.request_store import RequestStore
from bot.postal.sample_slip import NAME
from bot.postal.sheet_links import SheetLinks
from bot.postal.sheet_page import SheetOutside, SheetPage
from bot.settings import Settings
from feedback.office import Office


@dataclass(frozen=True)
class Slips:
    """Everything about slips of one process."""

    settings: Settings
    transactions: Transactions
    office: Office
    """Who answers for the assistant."""
    store: RequestStore
    post: AboutPostal
    receivers: Receivers
    watches: Watches

    def about(self, procedures: ReadsProcedures) -> AboutSlips:
        """Return what the dialogue reads."""
        links, sheets = self._form_links(), self._sheet_links()

        def page(draft: str, at: Place) -> str:
            return links.address(draft, at.browser)

        def mailbox(request: PostalRequest) -> str:
            return self.receivers.mailbox(request) if self.settings.feedback.mail_server else ""

        async def watched(ref: Ref) -> Sequence[str]:
            return [one.code for one in await self.watches.of(ref)]

        return AboutSlips(
            post=self.post,
            procedures=procedures,
            kept=KeptRequests(self.transactions, self.store),
            offices=self.receivers.of,
            notice=self._notice,
            new_number=new_request_number,
            page=page,
            sheet=sheets.address,
            file=sheets.file,
            sample=sheets.plain(NAME),
            mailbox=mailbox,
            watched=watched,
        )

    def effects(self) -> SlipEffects:
        """Return what carries out what a turn does to slips."""
        return SlipEffects(self.store)

    def posting(self, engine: Engine, texts: Texts) -> Posting:
        """Return what lets confirmed slips go."""
        return Posting(self.transactions, self.store, texts, engine.notify, engine.told, present)

    def routes(self, engine: Engine, texts: Texts) -> list[web.RouteDef]:
        """Return the pages: the form, after which the conversation goes on by itself, and the slip to print."""
        signing_key, _ = self.settings.require_keys()
        visitors = Visitors(ConversationKeys(signing_key.reveal()), self.settings.trust_proxy)

        async def goes_on(ref: Ref, draft: str, at: datetime) -> None:
            id = f"slip-{draft}-{time.time_ns()}"
            await engine.receive(Inbound(ref, id, InboundKind.CHOICE, at, payload=f"do:pslip_page:{draft}"))

        form = PartyOutside(
            self.transactions, self.store, self._form_links(), self.post.places, present, visitors.opener, goes_on
        )
        sheet = SheetOutside(self.transactions, self.store, self._sheet_links(), self.post, present)
        return [*PartyPage(form, texts).routes(), *SheetPage(sheet, texts).routes()]

    def stale(self) -> StaleSlips:
        """Return what deletes what is too old."""
        _, encryption_key = self.settings.require_keys()
        states = StateStore(AesGcmCipher(encryption_key.reveal()))
        return StaleSlips(self.store, states.change, timedelta(days=self.settings.postal.request_days))

    def _notice(self) -> SlipNotice:
        privacy = self.office.privacy
        return SlipNotice(
            controller=privacy.controller or self.office.name,
            contact=privacy.contact,
            servers=privacy.servers,
            days=self.settings.postal.request_days,
            version=f"{SlipNotice.version}/{privacy.version}",
            on_page=self.office.policy.contact_on_page,
        )

    def _form_links(self) -> FormLinks:
        signing_key, _ = self.settings.require_keys()
        return FormLinks(self._here, signing_key.reveal(), PATH, "postal slip form")

    def _sheet_links(self) -> SheetLinks:
        _, encryption_key = self.settings.require_keys()
        return SheetLinks(self._here, AesGcmCipher(encryption_key.reveal()), present)

    @property
    def _here(self) -> str:
        # Who develops has no public address, but a browser on the same machine.
        return self.settings.public_url or f"http://127.0.0.1:{self.settings.port}"


def make_slips(
    settings: Settings,
    transactions: Transactions,
    office: Office,
    store: RequestStore,
    postal: Postal,
    asked: AboutPostal,
    watches: Watches,
) -> Slips:
    """Put it together.

    Args:
        settings: of this process.
        transactions: of its database.
        office: who answers for the assistant.
        store: of slips.
        postal: with the agency's own lists.
        asked: what the talk about the post reads.
        watches: of dossiers.
    """
    receivers = Receivers(postal.receivers, postal.mailboxes, asked.places)
    return Slips(settings, transactions, office, store, replace(asked, request=OPENS), receivers, watches)
