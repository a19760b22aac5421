"""The platform as a test drives it: people speak and tap, time passes, things go wrong."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer

from tests.fakes.zalo_oa.api import make_app
from tests.fakes.zalo_oa.clock import VirtualClock
from tests.fakes.zalo_oa.oauth import FakeOAuth
from tests.fakes.zalo_oa.people import Person
from tests.fakes.zalo_oa.webhooks import FakeWebhooks

APP_ID = "360846524940903967"
OA_ID = "388613280878808645"
UPLOAD_LIFETIME = timedelta(days=7)
PER_MINUTE = 4000


@dataclass
class FakeZaloOa:
    """Zalo, with one app and one Official Account."""

    clock: VirtualClock
    oauth: FakeOAuth
    webhooks: FakeWebhooks
    app_id: str = APP_ID
    oa_id: str = OA_ID
    url: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    uploads: dict[str, tuple[str, bytes, datetime]] = field(default_factory=dict)
    templates: list[Mapping[str, Any]] = field(default_factory=list)
    """Template messages that went out."""
    approved: dict[str, set[str]] = field(default_factory=dict)
    """Templates with the names of their parameters."""
    to_visitors: list[Mapping[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """Paths of all requests with a token."""
    errors: list[int] = field(default_factory=list)
    """Error numbers of the next calls."""
    broken: list[int] = field(default_factory=list)
    """HTTP status of the next calls."""
    wants_proof: bool = False
    per_minute: int = PER_MINUTE
    _recent: deque[datetime] = field(default_factory=deque)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def number(self, kind: str) -> str:
        """Return a new id."""
        return f"{kind}-{next(self._numbers)}"

    def person(self, user: str = "246845883529197922", *, spoke: bool = True) -> Person:
        """Return somebody who wrote to the account, or who never did."""
        if user not in self.people:
            self.people[user] = Person(user, last_interaction=self.clock() if spoke else None)
        return self.people[user]

    def over_rate(self) -> bool:
        """Count a call; tell whether the app made too many within a minute."""
        now = self.clock()
        while self._recent and now - self._recent[0] >= timedelta(minutes=1):
            self._recent.popleft()
        if len(self._recent) >= self.per_minute:
            return True
        self._recent.append(now)
        return False

    def keep_upload(self, name: str, content: bytes) -> str:
        """Take a file and return its token."""
        token = self.number("upload")
        self.uploads[token] = (name, content, self.clock())
        return token

    def knows_upload(self, token: str) -> bool:
        """Tell whether a token is less than seven days old."""
        return token in self.uploads and self.clock() - self.uploads[token][2] < UPLOAD_LIFETIME

    async def say(self, user: str, text: str, **more: Any) -> None:
        """Let a person write."""
        self._spoke(user)
        await self._from_person(user, "user_send_text", {"text": text, **more})

    async def attach(self, user: str, what: str, payload: Mapping[str, Any]) -> None:
        """Let a person send something that is not text."""
        self._spoke(user)
        await self._from_person(user, f"user_send_{what}", {"attachments": [{"type": what, "payload": dict(payload)}]})

    async def tap(self, user: str, title: str) -> None:
        """Let a person tap a button under the last message; it comes back as an ordinary text."""
        button = next(one for one in self.people[user].buttons() if one["title"] == title)
        if button["type"].startswith("oa.query"):
            await self.say(user, button["payload"])

    async def follow(self, user: str) -> None:
        """Let a person follow."""
        self._spoke(user).follows = True
        await self._post("follow", follower={"id": user}, oa_id=self.oa_id, source="oa_profile")

    async def unfollow(self, user: str) -> None:
        """Let a person leave."""
        self.people[user].follows = False
        await self._post("unfollow", follower={"id": user}, oa_id=self.oa_id, source="oa_profile")

    async def share(self, user: str, phone: str = "84912345678") -> None:
        """Let a person fill in the form."""
        self._spoke(user)
        info = {"name": "Nguyễn Văn A", "phone": phone, "user_dob": "30/10/1999", "full_address": {"user_city": "Huế"}}
        await self._post("user_submit_info", sender={"id": user}, recipient={"id": self.oa_id}, info=info)

    async def answered_by_staff(self, user: str, text: str, admin: str = "") -> None:
        """Report a message of the account: by a person of the agency, or our own one."""
        sender = {"id": self.oa_id, **({"admin_id": admin} if admin else {})}
        message = {"text": text, "msg_id": self.number("m")}
        await self._post("oa_send_text", sender=sender, recipient={"id": user}, message=message)

    async def post(self, event_name: str, **fields: Any) -> None:
        """Post any event."""
        await self._post(event_name, **fields)

    async def pass_time(self, **spans: float) -> None:
        """Let time pass, and try again what is due meanwhile."""
        end = self.clock() + timedelta(**spans)
        while self.webhooks.waiting and min(self.webhooks.waiting)[0] <= end:
            self.clock.now = max(self.clock(), min(self.webhooks.waiting)[0])
            await self.webhooks.due()
        self.clock.now = end

    def _spoke(self, user: str) -> Person:
        person = self.person(user)
        person.spoke(self.clock())
        return person

    async def _from_person(self, user: str, event_name: str, message: dict[str, Any]) -> None:
        message["msg_id"] = self.number("m")
        await self._post(event_name, sender={"id": user}, recipient={"id": self.oa_id}, message=message)

    async def _post(self, event_name: str, **fields: Any) -> None:
        event = {"app_id": self.app_id, "user_id_by_app": "552177279717587730", **fields}
        await self.webhooks.post({**event, "event_name": event_name, "timestamp": self.clock.milliseconds})


@asynccontextmanager
async def running_zalo_oa(app_secret: str, oa_key: str, clock: VirtualClock | None = None) -> AsyncIterator[FakeZaloOa]:
    """Run the platform on a loopback port."""
    time = clock or VirtualClock()
    async with aiohttp.ClientSession() as session:
        zalo = FakeZaloOa(time, FakeOAuth(APP_ID, app_secret, time), FakeWebhooks(APP_ID, oa_key, time, session))
        async with TestServer(make_app(zalo)) as server:
            zalo.url = str(server.make_url("")).rstrip("/")
            yield zalo
