"""The platform of the fault test: posts messages until they are accepted, some twice, and records what comes back."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import aiohttp
from aiohttp import web

from benchmarks.chaos_channel import GENUINE, SENDER

REPLY = re.compile(r"(\d+)/(\d+)/(\d+)")
REFUSED = 0.03
"""Part of the calls answered 429."""
REPEATED = 0.15
"""Part of the messages posted once more, at once or a while later."""
LATE = 3.0
"""The longest such while, in seconds."""
ANSWER_SECONDS = 5.0
AFTER_FAILURE = 0.05


@dataclass(frozen=True)
class Call:
    """One call that the platform accepted."""

    conversation: str
    text: str
    sender: int = 0
    """Which of the bot's processes made it."""


@dataclass(frozen=True)
class Verdict:
    """What became of the messages."""

    messages: int
    """Accepted with 200."""
    replies: int
    """That they call for, as far as known."""
    lost: int
    """Messages without all of their replies."""
    doubled: int
    """Replies received more than once, counted for each time beyond the first."""
    most_at_once: int
    """Of these the most that one crash explains: whose record died with the same process."""
    most_in_one: int
    """Of these the most in one conversation."""
    unexplained: int
    """Of those received more than once the ones whose process was not killed."""
    reordered: int
    """Replies that came after one that belongs behind them: an older one again behind a newer one is one of these, its
    first repetition at once is none."""
    strange: int
    """Calls that answer nothing we asked, or are not of the form agreed."""


@dataclass
class Platform:
    """Records in the order of acceptance."""

    chance: Random
    accepted: dict[str, list[int]] = field(default_factory=dict)
    """Messages of each conversation, in the order in which the bot took them."""
    received: list[Call] = field(default_factory=list)
    repeated: int = 0
    """Messages posted once more though they were accepted."""
    refused: int = 0
    """Calls answered 429."""

    async def take(self, request: web.Request) -> web.Response:
        """Accept a call, strictly, or tell the bot to wait."""
        body = await request.json()
        if set(body) != {"to", "text"} or not body["text"] or body["to"] not in self.accepted:
            return web.json_response({}, status=400)
        if self.chance.random() < REFUSED:
            self.refused += 1
            return web.json_response({"retry_after": 0.05}, status=429)
        self.received.append(Call(body["to"], body["text"], int(request.headers.get(SENDER, 0))))
        return web.json_response({"id": str(len(self.received))})

    def verdict(self, killed: Collection[int]) -> Verdict:
        """Judge what was received against what was accepted."""
        return judge(self.accepted, self.received, killed)


@dataclass(frozen=True)
class _Reply:
    """A call that answers a message which was accepted."""

    conversation: str
    message: int
    place: int
    count: int
    sender: int

    @property
    def key(self) -> tuple[str, int, int]:
        return self.conversation, self.message, self.place


def judge(accepted: Mapping[str, Sequence[int]], received: Sequence[Call], killed: Collection[int] = ()) -> Verdict:
    """Compare what the bot accepted with what it sent.

    Args:
        accepted: messages of each conversation in order.
        received: calls in order; a text is message/place/count.
        killed: processes that were.
    """
    replies = [reply for call in received if (reply := _read(accepted, call)) is not None]
    of = {(one.conversation, one.message): one.count for one in replies}
    there = {one.key for one in replies}
    asked = [(conversation, message) for conversation, messages in accepted.items() for message in messages]
    doubles = _doubles(replies)
    return Verdict(
        messages=len(asked),
        replies=sum(of.values()),
        lost=sum(one not in of or any((*one, place) not in there for place in range(of[one])) for one in asked),
        doubled=len(doubles),
        most_at_once=max(Counter(sender for sender, _ in doubles).values(), default=0),
        most_in_one=max(Counter(doubles).values(), default=0),
        unexplained=sum(sender not in killed for sender, _ in doubles),
        reordered=_reordered(accepted, replies),
        strange=len(received) - len(replies),
    )


def _read(accepted: Mapping[str, Sequence[int]], call: Call) -> _Reply | None:
    found = REPLY.fullmatch(call.text)
    if found is None or int(found[1]) not in accepted.get(call.conversation, ()):
        return None
    return _Reply(call.conversation, int(found[1]), int(found[2]), int(found[3]), call.sender)


def _doubles(replies: Sequence[_Reply]) -> list[tuple[int, str]]:
    """Return, for each reply that came again, who sent it the time before and in which conversation."""
    last: dict[tuple[str, int, int], int] = {}
    found = []
    for reply in replies:
        if reply.key in last:
            found.append((last[reply.key], reply.conversation))
        last[reply.key] = reply.sender
    return found


def _reordered(accepted: Mapping[str, Sequence[int]], replies: Sequence[_Reply]) -> int:
    furthest: dict[str, tuple[int, int]] = {}
    count = 0
    for reply in replies:
        here = (accepted[reply.conversation].index(reply.message), reply.place)
        before = furthest.get(reply.conversation, here)
        count += here < before
        furthest[reply.conversation] = max(here, before)
    return count


class Citizens:
    """Write in several conversations at once, each message when the one before it is accepted."""

    def __init__(
        self,
        platform: Platform,
        session: aiohttp.ClientSession,
        urls: Callable[[], Sequence[str]],
        secret: str,
        questions: Sequence[str],
    ) -> None:
        """Take the platform, and where the bot's processes listen."""
        self._platform = platform
        self._session = session
        self._urls = urls
        self._secret = secret
        self._questions = questions
        self._late: set[asyncio.Task[None]] = set()
        self.enough = asyncio.Event()

    async def write(self, conversations: int, pause: float) -> None:
        """Write until it is enough; return when all that was begun is accepted."""
        names = [f"citizen{number}" for number in range(conversations)]
        self._platform.accepted.update({name: [] for name in names})
        await asyncio.gather(*(self._converse(name, pause) for name in names))
        await asyncio.gather(*self._late)

    async def _converse(self, name: str, pause: float) -> None:
        chance = self._platform.chance
        number = 0
        while not self.enough.is_set():
            message = {"from": name, "id": number, "text": chance.choice(self._questions)}
            # Noted before: its reply may come before our request is answered.
            self._platform.accepted[name].append(number)
            await self._insist(message)
            if chance.random() < REPEATED:
                self._platform.repeated += 1
                late = asyncio.create_task(self._again(message, chance.choice((0.0, chance.uniform(0, LATE)))))
                self._late.add(late)
            number += 1
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)

    async def _again(self, message: Mapping[str, object], seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._insist(message)

    async def _insist(self, message: Mapping[str, object]) -> None:
        """Post until it is accepted, as platforms do."""
        while True:
            if await self._post(message):
                return
            await asyncio.sleep(AFTER_FAILURE)

    async def _post(self, message: Mapping[str, object]) -> bool:
        url = self._platform.chance.choice(self._urls())
        try:
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
            headers = {GENUINE: self._secret}
            async with self._session.post(url, json=message, headers=headers, timeout=timeout) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False
