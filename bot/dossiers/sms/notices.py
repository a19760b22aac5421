"""Carries notices that did not arrive to telephones, each in one SMS."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dossiers.sms.gateway import Outcome, Sms, SmsGateway
from bot.dossiers.sms.length import one_sms


class NoticesBySms:
    """See ``ReachesOtherwise``."""

    def __init__(self, gateway: SmsGateway, *, accents: bool) -> None:
        """Take the gateway, and whether its messages may have accents."""
        self._gateway = gateway
        self._accents = accents

    @property
    def knows_keys(self) -> bool:
        """See ``ReachesOtherwise.knows_keys``."""
        return self._gateway.knows_keys

    async def reach(self, phone: str, wordings: Sequence[str], key: str) -> Outcome:
        """See ``ReachesOtherwise.reach``."""
        text = one_sms(wordings, accents=self._accents)
        return await self._gateway.send(Sms(phone, text, key)) if text else Outcome.REFUSED
