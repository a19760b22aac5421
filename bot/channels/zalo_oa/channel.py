"""The Zalo Official Account as a channel."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.channels.contract import Inbound, NativeCall, Ref, Reply, SendStatus, Sent, Template
from bot.channels.zalo_oa.client import PATHS, TEMPLATE_PHONE, ZaloOaClient
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.events import NAME, Account, Noted, moment, read_event
from bot.channels.zalo_oa.files import Files
from bot.channels.zalo_oa.notices import NOTICE, WHY, Route, ZaloOaNotices, instead_of, own_words
from bot.channels.zalo_oa.outcomes import sent
from bot.channels.zalo_oa.render import CAPS, FILE, ContactForm, render
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.signature import Variant, matching
from bot.channels.zalo_oa.tokens import Alarm, log_alarm
from bot.delivery.ports import Clock

logger = logging.getLogger(__name__)

STALE = timedelta(days=1)
"""Requests signed longer ago are refused: Zalo itself repeats one for an hour or a few."""


class ZaloOaChannel:
    """A push channel."""

    name = NAME
    caps = CAPS

    def __init__(
        self,
        settings: ZaloOaSettings,
        client: ZaloOaClient,
        files: Files,
        form: ContactForm,
        notices: ZaloOaNotices,
        clock: Clock,
        alarm: Alarm = log_alarm,
    ) -> None:
        """Take the account, what it sends with, the words of its form, and what knows who may be written to."""
        self._settings = settings
        self._client = client
        self._files = files
        self._form = form
        self._notices = notices
        self._clock = clock
        self._alarm = alarm
        self._seen: set[Variant] = set()
        self.counts: Counter[Noted] = Counter()
        """What became of the events since the start."""

    def verify(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Tell whether the signature is right, in one of the ways that are believed, and not long past."""
        match = matching(self._settings.keys, self._settings.variants, headers, raw)
        if match is None:
            return False
        if match.variant not in self._seen:
            self._seen.add(match.variant)
            logger.info("Zalo signs its webhooks as %s; MOTCUA_ZALO_OA_SIGNATURE can be narrowed to it.", match.variant)
        now = self._clock()
        return abs(now - moment(match.time, now)) <= STALE

    def parse(self, raw: bytes) -> Sequence[Inbound]:
        """Read a request; what needs no answer is counted, what a person must see is told."""
        read = read_event(raw, Account(self._settings.app_id, self._settings.oa_id), self._clock())
        self.counts[read.noted] += 1
        if read.alarm:
            self._alarm(f"Zalo says {read.alarm} about the Official Account; look at the console.")
        return read.inbounds

    def render(self, ref: Ref, reply: Reply, shown: str = "") -> Sequence[NativeCall]:
        """See ``Channel.render``; Zalo cannot edit what was sent."""
        return render(ref, reply, self._form)

    def announce(self, ref: Ref, reply: Reply, key: str, template: Template | None = None) -> Sequence[NativeCall]:
        """Return a notice: whether the person may be written to is asked when it leaves, and not before."""
        return self._notices.guarded(ref, self.render(ref, reply), key, template)

    async def send(self, call: NativeCall) -> Sent:
        """See ``Channel.send``."""
        return await (self._notice(call.body) if call.method == NOTICE else self._make(call))

    async def _make(self, call: NativeCall) -> Sent:
        try:
            if call.method == FILE:
                answer = await self._files.send(call.body)
            elif call.method in PATHS or call.method == TEMPLATE_PHONE:
                answer = await self._client.message(call.method, call.body)
            else:
                return Sent(SendStatus.BUG, detail=f"unknown method {call.method}")
        except TokenError as error:
            return Sent(SendStatus.RETRY if error.passing else SendStatus.AUTH, detail=str(error))
        outcome = sent(answer, self._clock())
        if outcome.status in (SendStatus.AUTH, SendStatus.BUG):
            logger.error("Zalo refused a %s message: %s", call.method, outcome.detail)
        return outcome

    async def _notice(self, body: Mapping[str, Any]) -> Sent:
        """Say a part of a notice in our own words where Zalo lets us, and else by what was approved beforehand."""
        route = await self._notices.consultation(Ref(NAME, self._settings.oa_id, str(body.get("person", ""))))
        if route in WHY:
            outcome = Sent(SendStatus.UNREACHABLE if route is Route.LEFT else SendStatus.CLOSED, detail=WHY[route])
        else:
            outcome = await self._make(own_words(body))
        if outcome.status not in (SendStatus.UNREACHABLE, SendStatus.CLOSED):
            return outcome
        instead = instead_of(body, route)
        if instead and not body.get("first"):
            return Sent(SendStatus.OK, detail="the template says it")
        for call in instead:
            outcome = await self._make(call)
            if outcome.status is not SendStatus.UNREACHABLE:
                break
        return outcome
