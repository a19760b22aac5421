"""Tin không gửi được: what reached nobody and why, never its words; sent once more, or given up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from bot.console.audit.entry import What
from bot.console.audit.store import Audit
from bot.console.channels import CHANNELS
from bot.console.done import go
from bot.console.frame import Area, Frame
from bot.console.roles import ConsoleRole
from bot.console.routing import Route, Visit
from bot.console.undelivered.words import RECEIVED, aside_kind, aside_reason, kind_of, reason_of
from bot.delivery.dead_letter_store import count_undecided, give_up, list_undecided, send_again
from bot.delivery.ports import Transactions
from bot.delivery.tables import OutboxState
from feedback.outgoing_store import OutgoingStore

TEMPLATES = Path(__file__).parent / "templates"
PATH = "/canbo/tin-khong-gui-duoc"
DECIDES = frozenset({ConsoleRole.ADMINISTRATOR, ConsoleRole.RECEIVER})
AREA = Area("Tin không gửi được", PATH, DECIDES)
SHOWN = 50
LONGEST_WHY = 300
UNREACHABLE = "khong-toi"
"""Value of ``muc`` for those whose recipient cannot be reached."""
PICK = "Hãy chọn ít nhất một tin."
NEEDS_WHY = f"Hãy ghi lý do thôi gửi, nhiều nhất {LONGEST_WHY} ký tự."


@dataclass(frozen=True)
class UndeliveredPages:
    """What the outbox gave up, and what of feedback could not be handed to it."""

    transactions: Transactions
    register: OutgoingStore
    """What leaves the register of feedback."""
    audit: Audit
    frame: Frame

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", PATH, DECIDES, self.listed),
            Route("POST", PATH, DECIDES, self.decide),
            Route("POST", PATH + "/phan-anh", DECIDES, self.hand_on),
        ]

    async def listed(self, visit: Visit) -> web.Response:
        """List what waits for a decision, the oldest first."""
        return await self._show(visit, visit.asked.get("muc", ""), "")

    async def decide(self, visit: Visit) -> web.StreamResponse:
        """Send messages once more, or give them up."""
        level, why, gives_up = visit.text("muc"), visit.text("why"), visit.text("do") == "thoi"
        ids = [int(one) for one in visit.texts("chon") if one.isdecimal() and len(one) < 16][:SHOWN]
        if not ids:
            return await self._show(visit, level, PICK)
        if len(why) > LONGEST_WHY or (gives_up and not why):
            return await self._show(visit, level, NEEDS_WHY)
        abouts = mine(visit)
        what = What.LETTERS_GIVEN_UP if gives_up else What.LETTERS_SENT_AGAIN
        async with self.transactions.write() as session:
            if gives_up:
                done = await give_up(session, ids, abouts, visit.at)
            else:
                done = await send_again(session, ids, None, abouts)
            for id in done:
                await self.audit.note(session, visit.official, what, f"outbox:{id}", why, visit.at)
        return go(_address(level), _said(len(done), len(ids), gives_up))

    async def hand_on(self, visit: Visit) -> web.StreamResponse:
        """Let what of feedback was set aside wait for the delivery once more."""
        async with self.transactions.write() as session:
            number = await self.register.retry(session)
            if number:
                await self.audit.note(
                    session, visit.official, What.LETTERS_SENT_AGAIN, "feedback_outgoing", f"{number} tin", visit.at
                )
        return go(PATH, f"{number} tin của sổ phản ánh sẽ được gửi lại trong vài giây.")

    async def _show(self, visit: Visit, level: str, wrong: str) -> web.Response:
        state = OutboxState.UNREACHABLE if level == UNREACHABLE else OutboxState.DEAD
        after = visit.asked.get("sau", "")
        mark = int(after) if after.isdecimal() and len(after) < 16 else 0
        async with self.transactions.read() as session:
            lines = await list_undecided(session, state, mine(visit), mark, SHOWN + 1)
            dead = await count_undecided(session, OutboxState.DEAD, mine(visit))
            aside = await self.register.stuck(session)
        return self.frame.respond(
            visit,
            "undelivered_list.html",
            422 if wrong else 200,
            lines=[(line, kind_of(line), reason_of(line)) for line in lines[:SHOWN]],
            following=_address(level, lines[SHOWN - 1].id) if len(lines) > SHOWN else "",
            dead=dead,
            aside=[(aside_kind(one.key), aside_reason(why)) for one, why in aside],
            channels=CHANNELS,
            unreachable=state is OutboxState.UNREACHABLE,
            picked=visit.texts("chon"),
            why=visit.text("why"),
            wrong=wrong,
            longest=LONGEST_WHY,
            path=PATH,
            level=UNREACHABLE,
        )


def mine(visit: Visit) -> Collection[str] | None:
    """Return what somebody may decide about: administrators everything, who receives what belongs to their work."""
    return None if ConsoleRole.ADMINISTRATOR in visit.official.roles else RECEIVED


def _address(level: str, after: int = 0) -> str:
    query = {**({"muc": level} if level == UNREACHABLE else {}), **({"sau": str(after)} if after else {})}
    return f"{PATH}?{urlencode(query)}" if query else PATH


def _said(done: int, asked: int, gives_up: bool) -> str:
    said = f"Đã thôi gửi {done} tin." if gives_up else f"{done} tin sẽ được gửi lại trong vài giây."
    left = asked - done
    return f"{said} {left} tin được để nguyên: đã có người xử lý, hoặc nội dung đã xóa theo hạn lưu." if left else said
