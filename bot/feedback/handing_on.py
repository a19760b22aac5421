"""Hands what the register has to tell over to the delivery: notices to senders, letters to agencies, reminders to units."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.background import rest
from bot.channels.contract import FileRef, Ref, Reply
from bot.channels.mail.channel import FILE
from bot.channels.mail.channel import NAME as MAIL
from bot.delivery.ports import Transactions
from bot.delivery.setting_aside import News, hand_on
from feedback.office import Office
from feedback.outgoing_store import OutgoingStore, ToRemind, ToTell, Waiting
from feedback.ports import Mail, Tells
from feedback.reminders import Reminder, Stage
from feedback.working_time.zone import here

PAUSE = 2.0
"""Seconds between two looks."""
MOST = 100
Notify = Callable[[AsyncSession, Ref, Reply, str], Awaitable[bool]]
"""Says something first, once per key, in the caller's transaction."""

_STAGES = {Stage.SOON: "sắp hết hạn", Stage.OVERDUE: "đã quá hạn", Stage.VERY_OVERDUE: "đã quá hạn lâu"}
_RULES = {
    "feedback_transfer": "chuyển cơ quan có thẩm quyền",
    "feedback_refuse": "trả lời không tiếp nhận",
    "feedback_ask_supplement": "yêu cầu bổ sung",
    "feedback_process": "xử lý",
    "feedback_publish": "công khai kết quả",
}


@dataclass(frozen=True)
class HandingOn:
    """The work in the background."""

    transactions: Transactions
    store: OutgoingStore
    tells: Tells
    notify: Notify
    office: Office

    async def run(self) -> None:
        """Hand on again and again; see ``bot.background``."""
        while True:
            if await self.once() < MOST:
                await rest(PAUSE)

    async def once(self) -> int:
        """Hand on what waits now; tell how much it was."""
        async with self.transactions.read() as session:
            found = await self.store.waiting(session, MOST)
        for waiting in found:
            await hand_on(self.transactions, self._news(waiting))
        return len(found)

    def _news(self, waiting: Waiting) -> News:
        return News(
            f"Something of feedback ({waiting.key})",
            take=partial(self.store.handed_on, waiting=waiting),
            say=partial(self._one, waiting=waiting),
            set_aside=lambda session, why: self.store.failed(session, waiting, why),
        )

    async def _one(self, session: AsyncSession, waiting: Waiting) -> None:
        match waiting.what:
            case ToTell(to, notice, language):
                await self.tells.tell(session, to, notice, language)
            case Mail():
                await self._post(session, waiting.what, waiting.key)
            case ToRemind(unit, reminder):
                await self._remind(session, unit, reminder, waiting.key)
            case None:
                raise ValueError("sealed with another key, or changed since")

    async def _post(self, session: AsyncSession, mail: Mail, key: str) -> None:
        files = tuple(FileRef("", f"{FILE}{one}", "") for one in mail.attachments)
        letter = Reply(f"{' '.join(mail.subject.split())}\n{mail.body}", files=files)
        await self.notify(session, Ref(MAIL, "default", mail.to), letter, key)

    async def _remind(self, session: AsyncSession, code: str, reminder: Reminder, key: str) -> None:
        """Write to the unit's e-mail; one without is reminded by its list alone (``motcua feedback list --overdue``)."""
        unit = self.office.unit(code)
        if unit is None or not unit.email:
            return
        subject = f"Phản ánh số {reminder.register_number} {_STAGES[reminder.stage]}"
        what, due = _RULES.get(reminder.rule, reminder.rule), here(reminder.due_at)
        body = (
            f"Việc {what} phản ánh số {reminder.register_number} ({reminder.receipt}) có hạn {due:%H:%M ngày %d/%m/%Y}."
        )
        await self._post(session, Mail(unit.email, subject, body, (), key), key)
