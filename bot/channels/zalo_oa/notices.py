"""How a notice reaches a person who did not just write: freely, for money, by an approved template, or not at all.

Every part of a notice asks for itself when it leaves, so that nothing is sent on what was true when it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.channels.contract import NativeCall, Ref, Template
from bot.channels.untyped import identifier, mapping, sequence
from bot.channels.zalo_oa.client import TEMPLATE, TEMPLATE_PHONE, ZaloOaClient
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.events import moment as moment_of
from bot.channels.zalo_oa.phones import as_zalo_writes
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.windows import Windows
from bot.delivery.ports import Clock

FREE = timedelta(hours=48)
LAST = timedelta(days=7)
TRACKING_MAX = 48
NOTICE = "notice"
"""Native method, no call of Zalo's: a call that is only made where Zalo lets us write, with what may be sent instead."""


class Route(StrEnum):
    """Whether an ordinary message may go to a person who did not just write."""

    FREE = "free"
    """Within 48 hours of the person's last word."""
    PAID = "paid"
    """Within 7 days, billed."""
    CLOSED = "closed"
    """Only an approved template."""
    LEFT = "left"
    """The person left the account."""


WHY: Mapping[Route, str] = {
    Route.CLOSED: "the window for messages of ours is over",
    Route.LEFT: "the person left the account",
}
"""What operators are told of a notice that could not be sent."""


class ZaloOaNotices:
    """Knows which way a notice may go."""

    def __init__(self, windows: Windows, client: ZaloOaClient, settings: ZaloOaSettings, clock: Clock) -> None:
        """Take what is known of windows, which templates there are, and whether billed messages may be sent."""
        self._windows = windows
        self._client = client
        self._settings = settings
        self._clock = clock

    def guarded(self, ref: Ref, calls: Sequence[NativeCall], key: str, template: Template | None) -> list[NativeCall]:
        """Return a notice's calls, each to be made only where Zalo takes it; the template stands for all of them.

        Args:
            ref: the person's conversation.
            calls: that say the notice in our own words.
            key: of the notice; goes along where Zalo takes one.
            template: the same in an approved form.
        """
        instead = [{"method": one.method, "body": dict(one.body)} for one in self._instead(ref, key, template)]
        return [
            NativeCall(
                NOTICE,
                {
                    "person": ref.conversation,
                    "call": {"method": call.method, "body": dict(call.body)},
                    "instead": instead,
                    "first": place == 0,
                },
            )
            for place, call in enumerate(calls)
        ]

    def _instead(self, ref: Ref, key: str, template: Template | None) -> list[NativeCall]:
        """Return the calls of an approved form, by the person's id and then by the number; none without such a form."""
        number = self._settings.templates.get(template.kind) if template is not None else None
        if template is None or number is None:
            return []
        said = {"template_id": number, "template_data": dict(template.values)}
        found = []
        if not ref.conversation.startswith(ANONYMOUS):
            found.append(NativeCall(TEMPLATE, {"user_id": ref.conversation, **said}))
        phone = as_zalo_writes(template.phone) if template.phone else ""
        if phone:
            found.append(NativeCall(TEMPLATE_PHONE, {"phone": phone, **said, "tracking_id": key[:TRACKING_MAX]}))
        return found

    async def consultation(self, ref: Ref) -> Route:
        """Tell whether an ordinary message may be sent to a person who did not just write, and at whose cost.

        Zalo is asked for the person's window and quota; where it does not answer, what we noted counts.
        """
        if ref.conversation.startswith(ANONYMOUS):
            return Route.CLOSED
        known = await self._windows.of(ref)
        if known is not None and known.left_at is not None:
            return Route.LEFT
        age = self._age(known.last_at if known else None)
        if known is not None and age >= LAST:
            return Route.CLOSED
        age, remains = await self._asked(ref.conversation, age)
        if age < FREE and remains:
            return Route.FREE
        return Route.PAID if age < LAST and self._settings.paid else Route.CLOSED

    async def _asked(self, person: str, age: timedelta) -> tuple[timedelta, bool]:
        """Return the age of the last word and whether free messages remain, as Zalo says; else as we know."""
        try:
            answer = await self._client.quota(person)
        except TokenError:
            return age, True
        if not answer.ok:
            return age, True
        last = identifier(answer.data.get("last_interaction"))
        if last.isdecimal():
            # What Zalo counts is what holds.
            age = self._age(moment_of(last, self._clock()))
        remain = mapping(answer.data.get("cs_reply")).get("remain")
        return age, not isinstance(remain, int) or remain > 0

    def _age(self, last: datetime | None) -> timedelta:
        return self._clock() - last if last is not None else timedelta.max


def own_words(body: Mapping[str, Any]) -> NativeCall:
    """Return the call in our own words that a ``NOTICE`` guards."""
    return _call(body.get("call"))


def instead_of(body: Mapping[str, Any], route: Route) -> list[NativeCall]:
    """Return what a ``NOTICE`` may send instead; to one who left, only what goes to the number they gave."""
    found = [_call(one) for one in sequence(body.get("instead"))]
    return [one for one in found if route is not Route.LEFT or one.method == TEMPLATE_PHONE]


def _call(value: object) -> NativeCall:
    one = mapping(value)
    return NativeCall(str(one.get("method", "")), mapping(one.get("body")))
