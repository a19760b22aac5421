"""How a notice reaches a person who did not just write: freely, for money, by an approved template, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.channels.contract import NativeCall, Ref, Reply
from bot.channels.untyped import identifier, mapping
from bot.channels.zalo_oa.client import TEMPLATE, TEMPLATE_PHONE, ZaloOaClient
from bot.channels.zalo_oa.errors import TokenError
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.events import moment as moment_of
from bot.channels.zalo_oa.phones import as_zalo_writes
from bot.channels.zalo_oa.render import ContactForm, render
from bot.channels.zalo_oa.windows import Windows
from bot.delivery.ports import Clock

FREE = timedelta(hours=48)
LAST = timedelta(days=7)
TRACKING_MAX = 48


class Route(StrEnum):
    """How a notice goes out."""

    FREE = "free"
    """Consultation message within 48 hours of the person's last word."""
    PAID = "paid"
    """Consultation message within 7 days, billed."""
    TEMPLATE = "template"
    """Approved template to the person's id."""
    PHONE = "phone"
    """Approved template to a telephone number."""
    NONE = "none"
    """Not on Zalo: they left, or nothing that Zalo would take fits."""


@dataclass(frozen=True)
class Template:
    """A message that Zalo approved beforehand."""

    id: str
    data: Mapping[str, str]
    """Values of its parameters."""


@dataclass(frozen=True)
class Notice:
    """What a person is told."""

    reply: Reply
    """As a message of the conversation."""
    key: str
    """Ours, unique; it goes along where Zalo takes one."""
    template: Template | None = None
    """The same in an approved form, for when the window is over."""
    phone: str = ""
    """Telephone number that the person gave for notices."""


@dataclass(frozen=True)
class Planned:
    """How it goes out: ``calls`` belong into the outbox."""

    route: Route
    calls: tuple[NativeCall, ...] = ()
    otherwise: tuple[NativeCall, ...] = field(default=())
    """To be sent instead when the calls turn out to be unreachable."""


class ZaloOaNotices:
    """Plans notices."""

    def __init__(self, windows: Windows, client: ZaloOaClient, form: ContactForm, paid: bool, clock: Clock) -> None:
        """Take what is known of windows, and whether billed messages may be sent."""
        self._windows = windows
        self._client = client
        self._form = form
        self._paid = paid
        self._clock = clock

    async def notice(self, ref: Ref | None, notice: Notice) -> Planned:
        """Plan a notice.

        Args:
            ref: the person's conversation; ``None`` when only a telephone number is known.
            notice: what is said.
        """
        by_phone = _by_phone(notice)
        if ref is None or ref.conversation.startswith(ANONYMOUS):
            return Planned(Route.PHONE, by_phone) if by_phone else Planned(Route.NONE)
        known = await self._windows.of(ref)
        if known is not None and known.left_at is not None:
            return Planned(Route.NONE)
        route = await self.consultation(ref)
        if route is not Route.NONE:
            return Planned(route, self._message(ref, notice), by_phone)
        if notice.template is not None:
            body = {
                "user_id": ref.conversation,
                "template_id": notice.template.id,
                "template_data": dict(notice.template.data),
            }
            return Planned(Route.TEMPLATE, (NativeCall(TEMPLATE, body),), by_phone)
        return Planned(Route.NONE)

    async def consultation(self, ref: Ref) -> Route:
        """Tell whether an ordinary message may be sent to a person who did not just write, and at whose cost.

        Zalo is asked for the person's window and quota; where it does not answer, what we noted counts.
        """
        known = await self._windows.of(ref)
        if known is not None and known.left_at is not None:
            return Route.NONE
        age = self._age(known.last_at if known else None)
        if known is not None and age >= LAST:
            return Route.NONE
        age, remains = await self._asked(ref.conversation, age)
        if age < FREE and remains:
            return Route.FREE
        return Route.PAID if age < LAST and self._paid else Route.NONE

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

    def _message(self, ref: Ref, notice: Notice) -> tuple[NativeCall, ...]:
        return tuple(render(ref, notice.reply, self._form))


def _by_phone(notice: Notice) -> tuple[NativeCall, ...]:
    phone = as_zalo_writes(notice.phone) if notice.phone else ""
    if not phone or notice.template is None:
        return ()
    body = {
        "phone": phone,
        "template_id": notice.template.id,
        "template_data": dict(notice.template.data),
        "tracking_id": notice.key[:TRACKING_MAX],
    }
    return (NativeCall(TEMPLATE_PHONE, body),)
