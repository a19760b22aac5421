"""Reminds the unit that receives of requests about data: when one waits to be acknowledged or answered, and when it is late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import Ref, Reply
from bot.channels.mail.channel import NAME as MAIL
from bot.delivery.ports import Transactions
from bot.delivery.setting_aside import News, hand_on
from bot.privacy.answering import Notify, key_of
from bot.privacy.request import DataRequest, RequestKind, RequestState
from bot.privacy.request_store import DataRequestStore
from feedback.office import Office
from feedback.working_time.calendar import Calendar
from feedback.working_time.zone import here

PAUSE = 300.0
"""Seconds between two looks."""
KINDS = {
    RequestKind.CORRECT: "sửa thông tin",
    RequestKind.COPY: "xin bản sao",
    RequestKind.OBJECT: "phản đối, hạn chế",
    RequestKind.DELETE: "xóa dữ liệu",
    RequestKind.COMPLAIN: "khiếu nại về dữ liệu",
}
"""As officials call them."""


class Stage(IntEnum):
    """How urgent it is."""

    NONE = 0
    WAITS = 1
    OVERDUE = 2


@dataclass(frozen=True)
class RemindingUnit:
    """The work in the background; each reminder is marked once, by whichever process sends it."""

    transactions: Transactions
    store: DataRequestStore
    notify: Notify
    office: Office
    calendar: Calendar
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Remind again and again; see ``bot.background``."""
        while True:
            await self.once()
            await rest(PAUSE)

    async def once(self) -> int:
        """Remind of what is due now; tell of how many."""
        now = self.clock()
        async with self.transactions.read() as session:
            waiting = await self.store.listed(session, now)
        due = [(one, stage) for one in waiting if (stage := self.stage(one, now)) > one.reminded]
        for one, stage in due:
            await hand_on(self.transactions, self._news(one, stage, now))
        return len(due)

    def stage(self, one: DataRequest, now: datetime) -> Stage:
        """Return how urgent a request's next step is; a new one waits from its first moment on."""
        if one.due_at is None:
            return Stage.NONE
        if one.due_at < now:
            return Stage.OVERDUE
        day = self.calendar.subtract(here(one.due_at).date(), self.office.policy.remind_days).day
        return Stage.WAITS if one.state is RequestState.OPEN or here(now).date() >= day else Stage.NONE

    def _news(self, one: DataRequest, stage: Stage, now: datetime) -> News:
        return News(
            f"That request {one.asked.number} about data waits",
            take=partial(self.store.reminded, one=one, stage=stage),
            say=partial(self._say, one=one, stage=stage, now=now),
            set_aside=lambda session, _: self.store.reminded(session, one, stage),
        )

    async def _say(self, session: AsyncSession, one: DataRequest, stage: Stage, now: datetime) -> None:
        """Write to the unit that receives; one without an e-mail is reminded by its list alone (on the console, or ``motcua privacy list``)."""
        unit, key = self.office.receiving(here(now).date()), f"{key_of(one)}:remind:{stage.value}"
        if unit.email:
            await self.notify(session, Ref(MAIL, "default", unit.email), Reply(letter(one, stage)), key)


def letter(one: DataRequest, stage: Stage) -> str:
    """Return a reminder, its first line the subject: nothing of who asked, or of the words."""
    number, due = one.asked.number, one.due_at
    assert due is not None
    state = "đã quá hạn" if stage is Stage.OVERDUE else "đang chờ"
    what = "xác nhận" if one.state is RequestState.OPEN else "trả lời"
    return (
        f"Yêu cầu về dữ liệu cá nhân {number} {state}\n"
        f"Yêu cầu {number} ({KINDS[one.asked.kind]}) cần {what} trước {here(due):%H:%M ngày %d/%m/%Y}. "
        "Xem trên trang cán bộ, phần Dữ liệu cá nhân."
    )
