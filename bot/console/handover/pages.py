"""Người chờ gặp cán bộ: who waits, what they said, and the conversation that an official took."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels.contract import InboundKind
from bot.console.channels import CHANNELS
from bot.console.done import go
from bot.console.files import NOTED, TAKEN
from bot.console.frame import Area, Frame
from bot.console.handover.news import list_tag, seen_by, tag_of
from bot.console.handover.words import (
    ARRIVED,
    BAD_TAG,
    CHANNEL_OFF,
    INSTEAD,
    NEEDS_NOTE,
    NEEDS_UNIT,
    NEEDS_WHY,
    NO_LONGER,
    NOT_SHOWN,
    NOT_YOURS,
    REASONS,
    TAKEN_ALREADY,
    UNSCANNED,
)
from bot.console.roles import ConsoleRole
from bot.console.routing import Refused, Route, Visit
from bot.dialogue.ports import Outlook
from bot.handover.desk import LINES, LONGEST_REPLY, Done, HandOverDesk, Talk
from bot.handover.lines import Line, Who
from bot.handover.sent_files import Missing, Opened, SentFiles
from feedback.attachments.kinds import MediaKind
from feedback.attachments.names import file_headers

TEMPLATES = Path(__file__).parent / "templates"
PATH = "/canbo/nguoi-cho"
ANSWERS = frozenset({ConsoleRole.RECEIVER, ConsoleRole.HANDLER})
"""Those who talk with citizens."""
AREA = Area("Người chờ", PATH, ANSWERS)
LONGEST_WHY = 300


@dataclass(frozen=True)
class HandOverPages:
    """The pages of the desk."""

    desk: HandOverDesk
    files: SentFiles
    frame: Frame
    outlook: Callable[[datetime], Awaitable[Outlook]]

    def routes(self) -> list[Route]:
        """Return the routes."""
        one = PATH + "/{number:[0-9]{1,15}}"
        return [
            Route("GET", PATH, ANSWERS, self.all),
            Route("GET", PATH + "/moi", ANSWERS, self.changes),
            Route("GET", one, ANSWERS, self.one),
            Route("GET", one + "/moi", ANSWERS, self.news),
            Route("GET", one + "/tep/{message:[0-9]{1,18}}", ANSWERS, self.file),
            Route("POST", one + "/truoc", ANSWERS, self.before),
            Route("POST", one + "/nhan", ANSWERS, self.take),
            Route("POST", one + "/tra-loi", ANSWERS, self.reply),
            Route("POST", one + "/nha", ANSWERS, self.let_go),
            Route("POST", one + "/chuyen", ANSWERS, self.pass_on),
            Route("POST", one + "/xong", ANSWERS, self.give_back),
        ]

    async def all(self, visit: Visit) -> web.Response:
        """Show who waits."""
        waiting = await self.desk.waiting(visit.actor, visit.at)
        return self.frame.respond(
            visit,
            "handover_all.html",
            waiting=waiting,
            tag=list_tag(waiting),
            outlook=await self.outlook(visit.at),
            late={one.id for one in waiting.open if self.desk.owning.waits_long(one, visit.at)},
            unit_name=self.desk.owning.name,
            channels=CHANNELS,
            path=PATH,
        )

    async def changes(self, visit: Visit) -> web.Response:
        """Tell whether the list is another one than the page shows; 304 for no."""
        tag = list_tag(await self.desk.waiting(visit.actor, visit.at))
        return web.Response(status=304 if tag == _tag(visit) else 200, headers=_tagged(tag))

    async def one(self, visit: Visit) -> web.Response:
        """Show a conversation: in the official's own hands as it is, masked while nobody has it."""
        number = _number(visit)
        talk = await self.desk.talk(number, visit.actor, visit.at, _once(visit.asked.get("da", "")))
        if talk is not None:
            return self._show(visit, talk)
        waits = await self.desk.glance(number, visit.actor, visit.at)
        if waits is None:
            raise Refused(NOT_YOURS, 404)
        return self.frame.respond(visit, "handover_waits.html", reasons=REASONS, **self._of(visit, waits))

    async def news(self, visit: Visit) -> web.Response:
        """Return what was said since the page was made; 304 for nothing."""
        seen, last = seen_by(_tag(visit)), _once(visit.asked.get("da", ""))
        if seen is None:
            raise Refused(BAD_TAG, 400)
        talk = await self.desk.news(_number(visit), visit.actor, visit.at, seen, last)
        if talk is None:
            raise Refused(NOT_YOURS, 404)
        tag = tag_of(talk)
        if tag == _tag(visit):
            return web.Response(status=304, headers=_tagged(tag))
        response = self.frame.respond(visit, "handover_news.html", **_lines(talk))
        response.headers.update(_tagged(tag))
        return response

    async def file(self, visit: Visit) -> web.Response:
        """Show a picture that the person sent, or hand a file out."""
        found = await self.files.open(_number(visit), visit.actor, int(visit.part["message"]), visit.at)
        if not isinstance(found, Opened):
            raise Refused(NOT_SHOWN[found], 404 if isinstance(found, Missing) else 422)
        unsure = found.kind is MediaKind.PDF and not found.scanned
        name = f"{UNSCANNED} {found.name}" if unsure else found.name
        response = web.Response(body=found.content, headers=file_headers(name, found.kind))
        response[TAKEN] = NOTED
        return response

    async def before(self, visit: Visit) -> web.Response:
        """Show what was said in the day before the request; nothing of it belongs into an address or a history."""
        talk = await self.desk.before(_number(visit), visit.actor, _why(visit), visit.at)
        if talk is None:
            raise Refused(NOT_YOURS, 404)
        return self.frame.respond(
            visit, "handover_before.html", asked=talk.request, path=PATH, most=LINES, **_lines(talk)
        )

    async def take(self, visit: Visit) -> web.StreamResponse:
        """Take a conversation."""
        number = _number(visit)
        done = await self.desk.take(number, visit.actor, _why(visit), visit.at)
        if done is Done.NOT_YOURS:
            if number in {one.id for one in (await self.desk.waiting(visit.actor, visit.at)).mine}:
                # Pressed twice: it is in these hands already.
                return go(f"{PATH}/{number}")
            return go(PATH, TAKEN_ALREADY)
        return go(f"{PATH}/{number}", CHANNEL_OFF if done is Done.CHANNEL_OFF else "")

    async def reply(self, visit: Visit) -> web.StreamResponse:
        """Send a reply; whatever cannot be sent stays in the form."""
        number, words, once = _number(visit), visit.text("words"), visit.text("once")
        wrong = _wrong(words, once)
        if not wrong:
            done = await self.desk.reply(number, visit.actor, words, once, visit.at)
            if done is Done.YES:
                return go(f"{PATH}/{number}?da={once}")
            wrong = NOT_YOURS if done is Done.NOT_YOURS else CHANNEL_OFF
        talk = await self.desk.talk(number, visit.actor, visit.at)
        if talk is None:
            return self.frame.respond(visit, "handover_lost.html", 409, words=words, sentence=wrong, path=PATH)
        return self._show(visit, talk, words, wrong)

    async def let_go(self, visit: Visit) -> web.StreamResponse:
        """Leave a conversation to colleagues."""
        if await self.desk.let_go(_number(visit), visit.actor, visit.at) is Done.NOT_YOURS:
            return go(PATH, NO_LONGER)
        return go(PATH, "Đã nhả cuộc trò chuyện; người dân vẫn đang chờ.")

    async def pass_on(self, visit: Visit) -> web.StreamResponse:
        """Give a conversation to another unit."""
        unit, note = visit.text("don-vi"), visit.text("ghi-chu")[:LONGEST_WHY]
        names = {one.code: one.name for one in self.desk.owning.units(visit.at)}
        if unit not in names:
            raise Refused(NEEDS_UNIT)
        if not note:
            raise Refused(NEEDS_NOTE)
        done = await self.desk.pass_on(_number(visit), visit.actor, unit, note, visit.at)
        if done is Done.NOT_YOURS:
            return go(PATH, NO_LONGER)
        return go(PATH, f"Đã chuyển cho {names[unit]}; người dân vẫn đang chờ.")

    async def give_back(self, visit: Visit) -> web.StreamResponse:
        """End a conversation."""
        if await self.desk.give_back(_number(visit), visit.actor, visit.at) is Done.NOT_YOURS:
            return go(PATH, NO_LONGER)
        return go(PATH, "Đã xong; trợ lý trả lời tiếp.")

    def _show(self, visit: Visit, talk: Talk, words: str = "", wrong: str = "") -> web.Response:
        return self.frame.respond(
            visit,
            "handover_one.html",
            422 if wrong else 200,
            words=words,
            wrong=wrong,
            once=secrets.token_hex(8),
            last=_once(visit.asked.get("da", "")),
            tag=tag_of(talk),
            longest=LONGEST_REPLY,
            **self._of(visit, talk),
        )

    def _of(self, visit: Visit, talk: Talk) -> Mapping[str, Any]:
        """Return what a page says of a conversation, whoever has it."""
        request, owning = talk.request, self.desk.owning
        return {
            **_lines(talk),
            "asked": request,
            "channel": CHANNELS.get(request.ref.channel, request.ref.channel),
            "unit": owning.name(request.unit),
            "units": [one for one in owning.units(visit.at) if one.code != request.unit],
            "longest_why": LONGEST_WHY,
            "path": PATH,
        }


def _lines(talk: Talk) -> Mapping[str, Any]:
    told = talk.told
    return {
        "lines": [_shown(line) for line in talk.lines],
        "files": f"{PATH}/{talk.request.id}/tep",
        "arrived": ARRIVED.get(told.state, "") if told else "",
        "missed": bool(told and told.missed),
    }


def _shown(line: Line) -> Mapping[str, Any]:
    beside = line.other is not None and (not line.text or line.other is not InboundKind.CHOICE)
    instead = INSTEAD.get(line.other.value, "") if line.other and beside else ""
    return {"house": line.who is Who.HOUSE, "line": line, "instead": instead}


def _tag(visit: Visit) -> str:
    """Return the tag of what a page shows; a server between us that packs pages marks their tags as weak."""
    return visit.request.headers.get("If-None-Match", "").removeprefix("W/")


def _tagged(tag: str) -> Mapping[str, str]:
    return {"ETag": tag, "Cache-Control": "no-store"}


def _number(visit: Visit) -> int:
    return int(visit.part["number"])


def _why(visit: Visit) -> str:
    why = visit.text("ly-do")[:LONGEST_WHY]
    if not why:
        raise Refused(NEEDS_WHY)
    return why


def _once(raw: str) -> str:
    """Return the key of a reply; empty for what is none."""
    return raw if len(raw) == 16 and all(sign in "0123456789abcdef" for sign in raw) else ""


def _wrong(words: str, once: str) -> str:
    if not words:
        return "Chưa có lời nào để gửi."
    if len(words) > LONGEST_REPLY:
        return f"Lời trả lời dài quá {LONGEST_REPLY} ký tự. Hãy rút ngắn hoặc gửi làm hai lần."
    if not _once(once):
        return "Biểu mẫu này hỏng. Hãy bấm gửi lần nữa."
    return ""
