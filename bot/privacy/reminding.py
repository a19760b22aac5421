"""Reminds the unit that receives of requests about data: when one waits to be acknowledged or answered, and when it is late."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.background import rest
from bot.channels.contract import Ref, Reply
from bot.channels.mail.channel import NAME as MAIL
from bot.delivery.errors import ChannelOffError
from bot.delivery.ports import Transactions
from bot.privacy.answering import Notify
from bot.privacy.request import DataRequest, RequestKind, RequestState
from bot.privacy.request_store import DataRequestStore
from feedback.office import Office
from feedback.working_time.calendar import Calendar
from feedback.working_time.zone import here

logger = logging.getLogger(__name__)

PAUSE = 300.0
"""Seconds between two looks."""
_KINDS = {
    RequestKind.CORRECT: "sửa thông tin",
    RequestKind.COPY: "xin bản sao",
    RequestKind.OBJECT: "phản đối, hạn chế",
    RequestKind.DELETE: "xóa",
    RequestKind.COMPLAIN: "khiếu nại về dữ liệu",
}


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
            await self._remind(one, stage, now)
        return len(due)

    def stage(self, one: DataRequest, now: datetime) -> Stage:
        """Return how urgent a request's next step is; a new one waits from its first moment on."""
        if one.due_at is None:
            return Stage.NONE
        if one.due_at < now:
            return Stage.OVERDUE
        day = self.calendar.subtract(here(one.due_at).date(), self.office.policy.remind_days).day
        return Stage.WAITS if one.state is RequestState.OPEN or here(now).date() >= day else Stage.NONE

    async def _remind(self, one: DataRequest, stage: Stage, now: datetime) -> None:
        number, unit = one.asked.number, self.office.receiving(here(now).date())
        try:
            async with self.transactions.write() as session:
                if await self.store.reminded(session, one, stage) and unit.email:
                    key = f"data:{number}:{one.state.value}:remind:{stage.value}"
                    await self.notify(session, Ref(MAIL, "default", unit.email), Reply(letter(one, stage)), key)
        except ChannelOffError as error:
            logger.warning("The unit that receives could not be reminded of request %s: %s", number, error)
            async with self.transactions.write() as session:
                await self.store.reminded(session, one, stage)


def letter(one: DataRequest, stage: Stage) -> str:
    """Return a reminder, its first line the subject: nothing of who asked, or of the words."""
    number, due = one.asked.number, one.due_at
    assert due is not None
    state = "đã quá hạn" if stage is Stage.OVERDUE else "đang chờ"
    what = "xác nhận" if one.state is RequestState.OPEN else "trả lời"
    return (
        f"Yêu cầu về dữ liệu cá nhân {number} {state}\n"
        f"Yêu cầu {number} ({_KINDS[one.asked.kind]}) cần {what} trước {here(due):%H:%M ngày %d/%m/%Y}. "
        "Xem bằng lệnh: motcua privacy list."
    )
