"""Người chờ gặp cán bộ: who waits, and the conversation that an official took."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.console.audit.entry import What
from bot.console.done import go
from bot.console.frame import Area, Frame
from bot.console.official import Official
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.delivery.tables import OutboxState
from bot.dialogue.ports import Outlook
from bot.handover.desk import LONGEST_REPLY, Done, HandOverDesk, Talk
from bot.handover.lines import Line, Who

TEMPLATES = Path(__file__).parent / "templates"
PATH = "/canbo/nguoi-cho"
ANSWERS = frozenset({ConsoleRole.RECEIVER, ConsoleRole.HANDLER})
"""Those who talk with citizens."""
AREA = Area("Người chờ", PATH, ANSWERS)
CHANNELS = {"web": "Web", "telegram": "Telegram", "zalo_oa": "Zalo OA", "zalo_bot": "Zalo Bot"}
INSTEAD = {
    "choice": "bấm một nút",
    "image": "gửi một ảnh",
    "file": "gửi một tệp",
    "voice": "gửi một đoạn ghi âm",
    "location": "gửi một vị trí",
    "contact": "gửi số điện thoại bằng nút của ứng dụng",
    "start": "mở cuộc trò chuyện",
    "follow": "quan tâm tài khoản",
    "unfollow": "bỏ quan tâm tài khoản",
    "unsupported": "gửi nội dung mà kênh này không đọc được",
}
"""What a person did instead of writing."""
ARRIVED = {
    OutboxState.HELD: "Lời vừa rồi chờ ở trang web: người dân thấy khi mở trang.",
    OutboxState.WAITING: "Lời vừa rồi đang được gửi.",
    OutboxState.DELIVERED: "Lời vừa rồi đã tới.",
    OutboxState.UNREACHABLE: "Lời vừa rồi không tới được: người dân đã chặn tài khoản, hoặc nền tảng không cho nhắn nữa.",
    OutboxState.DEAD: "Lời vừa rồi không gửi được sau nhiều lần thử.",
}
NOT_YOURS = (
    "Cuộc trò chuyện này không còn trong tay bạn: người dân đã rút lại, hoặc người khác đã nhận. Chưa có gì được gửi."
)
NO_LONGER = "Cuộc trò chuyện này đã không còn trong tay bạn, nên không phải làm gì thêm."
CHANNEL_OFF = "Kênh của người này đang tắt nên không gửi được. Hãy báo quản trị viên."
Notes = Callable[[Official, str, str, datetime], Awaitable[None]]
"""Writes into the console's log who did what about which request."""


@dataclass(frozen=True)
class HandOverPages:
    """The pages of the desk."""

    desk: HandOverDesk
    frame: Frame
    outlook: Callable[[datetime], Awaitable[Outlook]]
    notes: Notes

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = PATH + "/{number:[0-9]{1,15}}"
        return [
            Route("GET", PATH, ANSWERS, self.all),
            Route("GET", one, ANSWERS, self.one),
            Route("POST", one + "/nhan", ANSWERS, self.take),
            Route("POST", one + "/tra-loi", ANSWERS, self.reply),
            Route("POST", one + "/nha", ANSWERS, self.let_go),
            Route("POST", one + "/xong", ANSWERS, self.give_back),
        ]

    async def all(self, visit: Visit) -> web.Response:
        """Show who waits."""
        return self.frame.respond(
            visit,
            "handover_all.html",
            waiting=await self.desk.waiting(visit.official.account),
            outlook=await self.outlook(visit.at),
            channels=CHANNELS,
            at=visit.at,
            path=PATH,
        )

    async def one(self, visit: Visit) -> web.Response:
        """Show a conversation in the official's own hands."""
        number, last = int(visit.part["number"]), visit.asked.get("da", "")
        talk = await self.desk.talk(number, visit.official.account, last if _is_once(last) else "")
        if talk is None:
            raise Refused(NOT_YOURS, 404)
        await self.notes(visit.official, What.CONVERSATION_READ, f"handover:{number}", visit.at)
        return self._show(visit, talk, "", "")

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Take a conversation."""
        number = int(visit.part["number"])
        done = await self.desk.take(number, visit.official.account, visit.at)
        if done is Done.NOT_YOURS:
            if await self.desk.talk(number, visit.official.account) is not None:
                # Pressed twice: it is in these hands already.
                return go(f"{PATH}/{number}")
            return go(PATH, "Người này vừa được nhận, hoặc đã rút yêu cầu.")
        await self.notes(visit.official, What.CONVERSATION_TAKEN, f"handover:{number}", visit.at)
        return go(f"{PATH}/{number}", CHANNEL_OFF if done is Done.CHANNEL_OFF else "")

    async def reply(self, visit: Visit) -> web.StreamResponse:
        """Send a reply; whatever cannot be sent stays in the form."""
        number, words, once = int(visit.part["number"]), visit.text("words"), visit.text("once")
        wrong = _wrong(words, once)
        if not wrong:
            done = await self.desk.reply(number, visit.official.account, words, once, visit.at)
            if done is Done.YES:
                await self.notes(visit.official, What.CONVERSATION_REPLY, f"handover:{number}", visit.at)
                return go(f"{PATH}/{number}?da={once}")
            wrong = NOT_YOURS if done is Done.NOT_YOURS else CHANNEL_OFF
        talk = await self.desk.talk(number, visit.official.account)
        if talk is None:
            return self.frame.respond(visit, "handover_lost.html", 409, words=words, sentence=wrong, path=PATH)
        await self.notes(visit.official, What.CONVERSATION_READ, f"handover:{number}", visit.at)
        return self._show(visit, talk, words, wrong)

    async def let_go(self, visit: Visit) -> web.StreamResponse:
        """Leave a conversation to colleagues."""
        number = int(visit.part["number"])
        if await self.desk.let_go(number, visit.official.account) is Done.NOT_YOURS:
            return go(PATH, NO_LONGER)
        await self.notes(visit.official, What.CONVERSATION_LET_GO, f"handover:{number}", visit.at)
        return go(PATH, "Đã nhả cuộc trò chuyện; người dân vẫn đang chờ.")

    async def give_back(self, visit: Visit) -> web.StreamResponse:
        """End a conversation."""
        number = int(visit.part["number"])
        if await self.desk.give_back(number, visit.official.account, visit.at) is Done.NOT_YOURS:
            return go(PATH, NO_LONGER)
        await self.notes(visit.official, What.CONVERSATION_GIVEN_BACK, f"handover:{number}", visit.at)
        return go(PATH, "Đã xong; trợ lý trả lời tiếp.")

    def _show(self, visit: Visit, talk: Talk, words: str, wrong: str) -> web.Response:
        return self.frame.respond(
            visit,
            "handover_one.html",
            422 if wrong else 200,
            talk=talk,
            lines=[_shown(line) for line in talk.lines],
            channel=CHANNELS.get(talk.request.ref.channel, talk.request.ref.channel),
            arrived=ARRIVED.get(talk.told.state, "") if talk.told else "",
            missed=bool(talk.told and talk.told.missed),
            words=words,
            wrong=wrong,
            once=secrets.token_hex(8),
            longest=LONGEST_REPLY,
            path=PATH,
        )


def _shown(line: Line) -> Mapping[str, object]:
    instead = INSTEAD.get(line.other.value, "") if line.other and not line.text else ""
    return {"house": line.who is Who.HOUSE, "at": line.at, "text": line.text, "instead": instead}


def _is_once(raw: str) -> bool:
    return len(raw) == 16 and all(sign in "0123456789abcdef" for sign in raw)


def _wrong(words: str, once: str) -> str:
    if not words:
        return "Chưa có lời nào để gửi."
    if len(words) > LONGEST_REPLY:
        return f"Lời trả lời dài quá {LONGEST_REPLY} ký tự. Hãy rút ngắn hoặc gửi làm hai lần."
    if not _is_once(once):
        return "Biểu mẫu này hỏng. Hãy bấm gửi lần nữa."
    return ""
