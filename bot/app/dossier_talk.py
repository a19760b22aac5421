"""What the talk about dossiers is given: the desk, what is watched, dated tables, working time, and pages for slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.app.sms import make_notice_sender
from bot.channels.contract import Ref
from bot.channels.web.channel import NAME as WEB
from bot.channels.zalo_bot.updates import NAME as ZALO_BOT
from bot.channels.zalo_oa.events import NAME as ZALO_OA
from bot.delivery.cipher import AesGcmCipher
from bot.delivery.ports import Clock, Transactions
from bot.dialogue.dossier_ports import AboutDossiers, Watched, Watches
from bot.dialogue.flows.dossier_rating import rating_choices
from bot.dossiers.agencies import load_agencies
from bot.dossiers.desk import Desk
from bot.dossiers.forms import load_forms
from bot.dossiers.photos import Photos
from bot.dossiers.slip_links import SlipLinks
from bot.dossiers.watching.store import WatchStore
from bot.settings import Settings
from feedback.working_time.loading import WorkingTime

MAY_FAIL = frozenset({WEB, ZALO_OA, ZALO_BOT})
"""Channels that let us write first within a window alone, or not at all until the page is opened."""


@dataclass(frozen=True)
class KeptWatches:
    """What conversations wait for, as the dialogue reads it. See ``Watches``."""

    transactions: Transactions
    store: WatchStore

    async def of(self, ref: Ref) -> Sequence[Watched]:
        """See ``Watches.of``."""
        async with self.transactions.read() as session:
            return [Watched(one.code, one.level, one.back, one.sms) for one in await self.store.of(session, ref)]


def make_dossier_talk(
    settings: Settings, desk: Desk, watches: Watches, time: WorkingTime, photos: Photos, clock: Clock
) -> AboutDossiers:
    """Put it together around a desk."""
    return AboutDossiers(
        desk=desk,
        watches=watches,
        agencies=load_agencies(),
        forms=load_forms(),
        time=time,
        photos=photos,
        slip_address=slip_links(settings, clock).address,
        after_result=rating_choices,
        sms=MAY_FAIL if make_notice_sender(settings.dossier_access) else frozenset(),
    )


def slip_links(settings: Settings, clock: Clock) -> SlipLinks:
    """Return what makes and reads the addresses of slips' pages."""
    _, encryption_key = settings.require_keys()
    return SlipLinks(settings.public_url, AesGcmCipher(encryption_key.reveal()), clock)
