"""Carries out what a turn does to slips for the post, in the turn's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.contract import Ref
from bot.delivery.errors import StaleStateError
from bot.dialogue.postal_effects import (
    BeginSlip,
    DropSlip,
    KeepSlip,
    MailSlip,
    NoteCodes,
    PostalEffect,
    TakeSlipBack,
)
from bot.postal.request_records import Consent
from bot.postal.request_store import RequestStore

LEAVES_AFTER = timedelta(minutes=1)
"""How long sending can be taken back."""


@dataclass(frozen=True)
class SlipEffects:
    """See ``bot.effects.KeepsSlips``."""

    store: RequestStore

    async def take(self, session: AsyncSession, ref: Ref, effect: PostalEffect, language: str, at: datetime) -> None:
        """Carry one effect out.

        Raises:
            StaleStateError: the letter left, or was confirmed, since the turn looked; the turn is tried again and says so.
        """
        match effect:
            case BeginSlip(id, version):
                await self.store.begin(session, ref, id, Consent(version, at))
            case KeepSlip(request, version, agreed_at):
                await self.store.keep(session, ref, request, language, Consent(version, agreed_at))
            case NoteCodes(id, dossier, item):
                await self.store.note(session, ref, id, (dossier, item), at)
            case MailSlip(id, mail_to):
                if not await self.store.confirm(session, ref, id, mail_to, (at, at + LEAVES_AFTER)):
                    raise StaleStateError("The slip was sent or deleted meanwhile.")
            case TakeSlipBack(id):
                if not await self.store.take_back(session, ref, id, at):
                    raise StaleStateError("The letter left meanwhile.")
            case DropSlip(id):
                await self.store.drop(session, ref, id)
